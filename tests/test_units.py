from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.units import amount_sek, count_noun, label_unit, title_unit
from schema.lexicon.units import is_of_shares, money_unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Belopp tkr", "tkr"),
        ("kkr", "tkr"),
        ("Tusental kronor", "tkr"),
        ("Belopp i 1 000 kr", "tkr"),
        ("Belopp i 1000-tals kronor", "tkr"),
        ("SEK 1 000", "tkr"),
        ("hyra på 21 000 kr", "kr"),
        ("belopp i miljoner kronor", "mnkr"),
        ("Mkr", "mnkr"),
        ("MKR", "mnkr"),
        ("Effekt 2023, mnkr", "mnkr"),
        ("MSEK", "mnkr"),
        ("kronor", "kr"),
        ("kr/inv", None),
        ("Kretslopp", None),
        (None, None),
    ],
)
def test_a_printed_unit_of_money_is_known(text: str | None, unit: str | None):
    assert money_unit(text) == unit


@given(st.integers(-(10**9), 10**9))
def test_an_amount_in_sek_is_exact_and_whole(tenths: int):
    amount = amount_sek(Decimal(tenths) / 10, "mnkr")
    assert isinstance(amount, int) and amount == tenths * 100_000


def test_only_money_has_an_amount_in_sek():
    assert amount_sek(Decimal(190), "%") is None
    assert amount_sek(Decimal("0.5"), "kr") == 0.5


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Total sjukfrånvaro (%)", "%"),
        ("Total sjukfrånvaro, %", "%"),
        ("Personalavgångar externt %", "%"),
        ("Placerade barns % andel", "%"),
        ("Andel (andel tillsvidare chefer som slutat, %)", "%"),
        ("Sjukfrånvaro, procent", "%"),
        ("Beläggningsgrad, mål 80 %", None),
        ("Andel heltidsanställningar", None),
        ("Tillsvidare (åa)", "åa"),
        ("Kostnad (kr/inv) för missbruksvård", "kr/inv"),
        ("Kostnad (kr/inv 0-20) för familjehem", "kr/inv"),
        ("Längd cykelväg, meter per invånare", "meter per invånare"),
        ("Meritvärde i poäng per skola", "poäng"),
        ("Utredningstid i dagar (median) för barn", "dagar"),
        ("Väntetid i antal dagar från första kontakt", "dagar"),
        ("Väntetid, dagar i genomsnitt", "dagar"),
        ("Handläggningstid bygglov, median dagar", "dagar"),
        ("Planlagd mark, ha", "ha"),
        ("Sjukfrånvaro, procent av ordinarie arbetstid", "%"),
        ("Barn som ska ha plats", None),
        ("Slutföras inom 120 dagar", None),
        ("Utförda hemtjänsttimmar", "timmar"),
        ("Antal projekt med aktiv medverkan", "projekt"),
        ("Antal utförda uppdrag, tolk", "uppdrag"),
        ("Antal ej verkställda boendebeslut inom tre månader", "boendebeslut"),
        ("Antal kvalitativa undersökningar.", "undersökningar"),
        ("Antal barn och unga i dygnsvård", None),
        ("Antal tillsvidareanställda", None),
        ("Antal medarbetare per chef", None),
        ("Antalet E-tjänster ska öka", None),
        ("Kostnad per brukare, tkr", "tkr"),
        ("Kostnad kr/inv för missbruksvård", "kr/inv"),
        ("Frisknärvaro procent", "%"),
        ("Förskola, kr per inskrivet barn", "kr per inskrivet barn"),
        ("Äldreomsorg, kr per invånare 80- år", "kr per invånare"),
        ("Driftkostnad kr/elev i grundskolan", "kr/elev"),
        ("Nettokostnad, tkr per nämnd", "tkr"),
        ("Placerade barn 0-20 år, vårddygn", "dygn"),
        ("Ärenden IFO/LSS", None),
        ("Slutanvändning av energi, MWh/inv", "MWh/inv"),
        ("Utsläpp, ton CO2-ekv/inv", "ton CO2-ekv/inv"),
        ("Hämtat matavfall, liter/vecka", "liter/vecka"),
        ("Elanvändning (kWh/m2 Atemp)", "kWh/m2"),
        ("Bemanning dag/natt", None),
        ("Förbrukningsavgift, kr/m3", "kr/m3"),
        ("Chefsindex", None),
        ("Antal april", None),
        ("Antal projekt", "projekt"),
        ("Producerat dricksvatten, 1 000 m³", "1 000 m3"),
        ("Installerad solel, kWp", "kWp"),
        ("Lager, 1 000 varor", None),
        ("", None),
    ],
)
def test_a_label_states_its_unit(label: str, unit: str | None):
    assert label_unit(label) == unit


def test_a_sub_row_takes_its_parents_unit():
    assert label_unit("Kvinnor", "Total sjukfrånvaro (%)") == "%"


def test_the_noun_counted_comes_after_its_adjectives():
    assert count_noun(["enskilda", "möten", "med", "barn"]) == "möten"


def test_a_share_in_a_lines_name_is_not_its_unit():
    assert not is_of_shares("Effektivisering 0,5 %")
    assert all(map(is_of_shares, ("Avvikelse %", "Budget 2023 %", "Andel (%)")))


def test_money_for_each_year_is_money():
    assert [money_unit(text) for text in ("Summa (mnkr/år)", "Hyra (mkr/år)", "Hyra (kr/inv)")] == [
        "mnkr",
        "mnkr",
        None,
    ]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Handläggningstider, medelvärde i dagar", "dagar"),
        ("Väntetider (dagar)", "dagar"),
        ("Elanvändning, kWh/m2", "kWh/m2"),
        ("Sjukfrånvaro, procent av ordinarie arbetstid", "%"),
        ("Sjukfrånvaro i procent per enhet", "%"),
        ("Ökning med 2 procent per år", None),
        ("Verksamheten i år", None),
        ("Kostnader i tkr", None),
        ("Barn i veckor och dagar", None),
        ("", None),
    ],
)
def test_a_title_states_the_measure_of_all_rows(title, unit):
    assert title_unit(title) == unit


def test_an_hour_of_power_is_no_hour():
    assert label_unit("Kilowattimmar per kvm") == "Kilowattimmar per kvm"
    assert label_unit("Antal kilowattimmar") == "kWh"
    assert label_unit("Hemtjänsttimmar per månad") == "timmar"
