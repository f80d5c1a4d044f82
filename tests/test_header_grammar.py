"""The grammar of headers: words composed, levels added up, times read in the report's own time."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.lexicon.headers import ReportTime, best_reading, is_time_alone, period_of, read_header
from schema.lexicon.headers.items import mend

AUGUST = ReportTime(2024, "2024-08-31")
LIST = Path(__file__).with_name("printed_headers.tsv")


def printed_headers() -> list[tuple[str, str, str]]:
    lines = [line for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(row["header"], row["kind"], row["period"]) for row in csv.DictReader(lines, delimiter="\t")]


def meaning(path, report=AUGUST) -> tuple[str, str]:
    reading = best_reading(path)
    if not reading.is_value:
        return "none", ""
    return reading.kind or "outcome", period_of(reading, report) or ""


@pytest.mark.parametrize(("header", "kind", "period"), printed_headers())
def test_a_printed_header_has_its_kind_and_period(header, kind, period):
    assert meaning(header) == (kind, period)


@pytest.mark.parametrize(
    ("levels", "kind", "period"),
    [
        (("Period", "Utfall fg år"), "outcome", "2023-01/2023-08"),
        (("Helår", "Prognos"), "forecast", "2024"),
        (("Helår", "Bokslut fg år"), "outcome", "2023"),
        (("Ack utfall/resultat", "Avvikelse"), "variance", "2024-01/2024-08"),
        (("Utfall", "2018"), "outcome", "2018"),
        (("2023", "jan-aug", "Utfall"), "outcome", "2023-01/2023-08"),
        (("Avvikelse", "Prognos"), "variance", "2024"),
        (("Budget 2024", "Intäkter"), "budget", "2024"),
        (("Prognos", "Avvikelse mot budget"), "variance", "2024"),
        (("Driftredovisning", "Budget"), "budget", "2024"),
        (("Januari–augusti", "Budget"), "budget", "2024-01/2024-08"),
        (("Mål", "2024"), "target", "2024"),
        (("Budget jan-", "apr 2024"), "budget", "2024-01/2024-04"),
        (("Ack. utfall", "t.o.m.", "2023"), "outcome", "2023"),
        (("2024-01-01", "–2024-12-31"), "outcome", "2024"),
        (("Kvartal 2", "Periodbudget"), "budget", "2024-04/2024-06"),
        (("Kvartal 2", "Ackumulerad budget"), "budget", "2024-01/2024-06"),
    ],
)
def test_levels_add_up(levels, kind, period):
    assert meaning(levels) == (kind, period)


def test_two_kinds_with_a_bare_dash_are_open():
    readings = read_header("Budget – utfall")
    assert {r.kind for r in readings} == {"budget", "outcome", "variance"}
    assert len({r.score for r in readings}) == 1 and readings[0].score < 0.5


def test_a_word_of_comparison_closes_what_a_dash_leaves_open():
    assert [r.kind for r in read_header("Avvikelse budget – utfall")] == ["variance"]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Förändring mot budget 2024", "variance"),
        ("Förändring mot föregående år", "effect"),
        ("Höjning i %", "effect"),
        ("Besparingskrav", "effect"),
        ("Tekniska justeringar", "effect"),
        ("Överförs till 2024", "effect"),
        ("Målbild 2030", "target"),
        ("Avvikelse mot fg år", "effect"),
        ("Avvikelse mot prognos fg år", "variance"),
        ("Förändring mellan prognoserna", "effect"),
        ("Differens mot föregående år", "effect"),
        ("Differens", "variance"),
        ("Ramförändring", "effect"),
    ],
)
def test_a_change_in_time_is_no_variance(header, kind):
    assert best_reading(header).kind == kind


@pytest.mark.parametrize(
    ("header", "part", "sex"),
    [
        ("Utfall 2024 (K)", "K", "K"),
        ("Utfall män 2024", "män", "M"),
        ("Utfall 2024 åk 6", "åk 6", None),
        ("Andel åk 7-9", "åk 7-9", None),
        ("Utfall 2024 LSS", "LSS", None),
        ("Liknande kommuner 2025", "Liknande kommuner", None),
        ("Norrregionen genomsnitt 2025", "Norrregionen genomsnitt", None),
        ("Kommun 2019", "Kommun", None),
        ("16-19 år", "16-19 år", None),
        ("50 år eller äldre", "50 år eller äldre", None),
        ("Kvinnor 2023", "Kvinnor", "K"),
        ("Totalt", None, None),
        ("Riket 2023", "Riket", None),
        ("Utfall 2024 totalt", None, None),
        ("Ansvarig nämnd", "nämnd", None),
    ],
)
def test_a_header_names_its_part(header, part, sex):
    reading = best_reading(header)
    assert (reading.part, reading.sex) == (part, sex)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Nämndmål Beskrivning", "committee_goal"),
        ("Socialnämndens mål", "committee_goal"),
        ("Verksamhetens mål", "committee_goal"),
        ("KF-mål", "municipal_goal"),
        ("Målområde", "goal_area"),
        ("Nämnd- indikator", "indicator"),
        ("Mål uppnås", "assessment"),
        ("Prognos måluppfyllelse", "assessment"),
        ("Färdiggrad", "status"),
        ("Basuppdrag (volymmått)", "volume"),
        ("Strategiska utvecklingsuppdrag", "assignment"),
        ("Agda 7", "unknown"),
        ("Brukarundersökningar", "unknown"),
        ("", "blank"),
    ],
)
def test_a_header_of_words_has_a_role(header, role):
    assert best_reading(header).role == role


def test_a_second_kind_in_brackets_is_of_the_second_figure():
    reading = best_reading("Mål (utfall) 2018")
    assert (reading.kind, reading.also, reading.time.years) == ("target", "outcome", (2018, 2018))


@pytest.mark.parametrize(
    ("header", "measure", "unit"),
    [
        ("Budget kostnader helår", "cost", None),
        ("Nettokostnad 2023", "net", None),
        ("Avvikelse i miljoner kronor", None, "mnkr"),
        ("Utfall intäkter, tkr", "income", "tkr"),
        ("Avvikelse (%)", None, "%"),
    ],
)
def test_measures_and_units_are_told_apart_from_the_kind(header, measure, unit):
    reading = best_reading(header)
    assert (reading.measure, reading.unit) == (measure, unit)


@pytest.mark.parametrize(
    ("header", "report", "period"),
    [
        ("Utfall", ReportTime(2018), "2018"),
        ("Budget", ReportTime(2018, "2018-12-31"), "2018"),
        ("Utfall", ReportTime(), ""),
        ("Utfall 2015", ReportTime(), "2015"),
        ("Utfall ack", ReportTime(2017, "2017-11-30"), "2017-01/2017-11"),
        ("Avvikelse fg år", ReportTime(2018), "2017"),
    ],
)
def test_a_header_without_a_period_takes_the_reports(header, report, period):
    assert meaning(header, report)[1] == period


def test_one_new_word_composes_with_all_others(monkeypatch):
    from schema.lexicon.headers import grammar, items, words

    known = {**words.entries(), ("rekvisition",): words.Entry("rekvisition", "kind", "budget")}
    monkeypatch.setattr(words, "entries", lambda: known)
    for kept in (words.find_word, words._first_words, items.items_of, grammar._read):
        kept.cache_clear()
    try:
        assert meaning("Helårsrekvisition") == ("budget", "2024")
        assert meaning("Ack. rekvisition fg år") == ("budget", "2023-01/2023-08")
        assert meaning("Avvikelse mot rekvisition")[0] == "variance"
    finally:
        monkeypatch.undo()
        for kept in (words.find_word, words._first_words, items.items_of, grammar._read):
            kept.cache_clear()


@given(st.text(alphabet="Utfallbudge mån-–/()0123456789%,.²½:+ÅÄÖåäö", max_size=40))
def test_any_text_has_a_reading(text):
    assert read_header(text)[0].score <= 1


@pytest.mark.parametrize(
    ("header", "parted"),
    [
        ("Målvärdehelår", "Målvärde helår"),
        ("Utfallföregående år", "Utfall föregående år"),
        ("Förändringack", "Förändring ack"),
        ("Prognosavvikelse", "Prognosavvikelse"),
        ("Resultatenhetens namn", "Resultatenhetens namn"),
    ],
)
def test_words_that_lost_the_space_between_them_are_parted_and_compounds_are_not(header, parted):
    assert mend(header) == parted


@pytest.mark.parametrize(
    ("header", "months"),
    [
        ("Q1-Q3 2025", (1, 9)),
        ("Kv 1–3 2024", (1, 9)),
        ("Utfall T1+T2", (1, 8)),
        ("T2 -24", (5, 8)),
        ("Kv 2 2024", (4, 6)),
    ],
)
def test_terms_beside_each_other_are_counted_as_one(header, months):
    assert best_reading(header).time.months == months


@pytest.mark.parametrize("header", ["Föregående års utfall", "Föreg. års utfall", "Fg års utfall"])
def test_last_year_may_be_in_the_genitive(header):
    assert best_reading(header).time.shift == -1


def test_the_year_of_a_paper_named_in_brackets_is_not_the_columns():
    assert best_reading("Lokalt alternativ (Sweco 2022)").time.is_empty
    assert (
        best_reading("Utfall (Kolada 2022)").time.years == best_reading("Alternativ (2022)").time.years == (2022, 2022)
    )


def test_a_lone_capital_over_a_column_is_no_unit():
    assert best_reading("Årsprognos (P)").unit is None
    assert best_reading("Utfall p").unit == "poäng"


def test_a_unit_after_a_number_is_a_limit_and_not_the_columns():
    assert best_reading("Varav >60 dagar 2024").unit is None
    assert best_reading("Väntetid, dagar").unit == "dagar"


def test_a_level_that_ends_with_a_preposition_goes_on_in_the_next():
    assert best_reading(("Förändring mot", "2023, %")) == best_reading("Förändring mot 2023, %")
    assert (
        meaning(("Förändring mot", "2023, %"))[0] == "effect"
        and not best_reading(("Förändring mot", "2023")).time.years
    )


def test_a_unit_for_each_of_something_is_one_unit():
    assert best_reading("Utfall 2023 kg/person").unit == "kg/person"
    assert best_reading("MWh/inv").unit == "MWh/inv"
    assert best_reading("Avvikelse kr/budget").unit == "kr"


def test_a_year_and_its_unit_are_a_time():
    assert is_time_alone("2023, %", with_unit=True) and not is_time_alone("2023, %")
    assert not is_time_alone("12 %", with_unit=True) and not is_time_alone("1 204 tkr", with_unit=True)
