"""Each case is one cell and what it means; confidence has tests of its own."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.amounts import parse_amount
from normalize.cells import Part, parse_cell

GOLD = sorted((Path(__file__).parents[2] / "shared" / "gold").glob("*.json"))
MISSING, PENDING, TEXT = Part(status="missing"), Part(status="pending"), Part(status="text")


def part(value: str | int | None = None, unit: str | None = None, **fields) -> Part:
    fields = {name: Decimal(field) if name == "upper" else field for name, field in fields.items()}
    return Part(value=None if value is None else Decimal(value), unit=unit, **fields)


def meaning(raw: str, **context) -> list[Part]:
    return [replace(part, confidence=1.0) for part in parse_cell(raw, **context)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2 977", part(2977)),
        ("41,59", part("41.59")),
        ("0", part(0)),
        ("1 357⁵", part(1357)),
        ("400*", part(400)),
        ("−0,3", part("-0.3")),
        ("- 5", part(-5)),
        ("2023", part(2023)),
        (",95", part("0.95")),
        ("-,5 %", part("-0.5", "%")),
        ("2½", part("2.5")),
        ("9,5 ‰", part("9.5", "‰")),
        ("4,2/5", part("4.2")),
        ("12/290", part(12)),
        ("95 1)", part(95)),
        ("10 till 15", part(10, upper=15)),
        ("5+", part(5, comparator=">=")),
        ("2024-12-31", TEXT),
        ("15/3 2024", TEXT),
        ("8:30", TEXT),
        ("85 %", part(85, "%")),
        ("80 procent", part(80, "%")),
        ("18 dagar", part(18, "dagar")),
        ("5st", part(5, "st")),
        ("-1,5 procentenheter", part("-1.5", "procentenheter")),
        ("Index 78", part(78, "index")),
        ("45 ↑", part(45)),
        ("45 (31/12)", part(45, period="2018-12")),
        ("45 per 31 dec", part(45, period="2018-12")),
        ("1 januari: 45", part(45, period="2018-01")),
        ("Jan-aug: 45", part(45, period="2018-01/2018-08")),
        ("1 ny", part(1, "ny")),
        ("1 (Malmslätt)", part(1)),
        ("26-34 %", part(26, "%", upper=34)),
        ("80–90 %", part(80, "%", upper=90)),
        ("5 000-6 000", part(5000, upper=6000)),
        ("Minst 1 projekt", part(1, "projekt", comparator=">=")),
        ("Minst ett projekt", part(1, "projekt", comparator=">=")),
        ("Fyra besök för alla placerade.", part(4, "besök")),
        ("Tre enskilda möten med barn", part(3, "möten")),
        ("max 30", part(30, comparator="<=")),
        ("Inom 3 månader", part(3, "månader", comparator="<=")),
        ("topp 3", part(3, comparator="<=")),
        ("≥18 %", part(18, "%", comparator=">=")),
        ("> 48", part(48, comparator=">")),
        ("Över 7,5 poäng", part("7.5", "poäng", comparator=">")),
        ("knappt 20%", part(20, "%", comparator="<")),
        ("ca 15%", part(15, "%", comparator="~")),
        ("ung 116 000", part(116000, comparator="~")),
        ("ca: 5", part(5, comparator="~")),
        ("95 % eller högre", part(95, "%", comparator=">=")),
        ("Ej lägre än 80 %", part(80, "%", comparator=">=")),
        ("Inte över 5 %", part(5, "%", comparator="<=")),
        ("Bedömd till 98%", part(98, "%", status="preliminary")),
        ("90 % (preliminärt)", part(90, "%", status="preliminary")),
        ("25,06%(2016)", part("25.06", "%", period="2016")),
        ("2020: 80 %", part(80, "%", period="2020")),
        ("Augusti 2023: 53 %", part(53, "%", period="2023-08")),
        ("Augusti: 0", part(0, period="2018-08")),
        ("32 (mars)", part(32, period="2018-03")),
        ("36 mars 2023", part(36, period="2023-03")),
        ("41 % exkl Arenan", part(41, "%", breakdown="exkl Arenan")),
        ("Snitt R9 2022: 913 kr/inv", part(913, "kr/inv", breakdown="Snitt R9", period="2022")),
        ("Snitt 2022: 9260 kr/inv 0-20", part(9260, "kr/inv", breakdown="Snitt", period="2022")),
        ("Öka", part(direction="increase")),
        ("Ökar", part(direction="increase")),
        ("Ska minska", part(direction="decrease")),
        ("bibehålla", part(direction="maintain")),
        ("Ej öka", part(direction="not_increase")),
        ("Stabiliseras", part(direction="stabilise")),
        ("Stabilt i förhållande till 2023 för både barn och vuxna", part(direction="stabilise")),
        ("Minska till 5 %", part(5, "%", direction="decrease")),
        ("Ökning av positiva svar med minst 5 %", part(5, "%", comparator=">=", direction="increase")),
        ("8 av 10 brukare", part(8, "brukare")),
        ("Åtta av tio (8/10)", part(8)),
        ("0 (noll)", part(0)),
    ],
)
def test_a_plain_cell_is_one_part(raw: str, expected: Part):
    assert meaning(raw, column_period="2018") == [expected]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("LSS 44 % IFO 52 %", [part(44, "%", breakdown="LSS"), part(52, "%", breakdown="IFO")]),
        (
            "IFO 470 LSS: 13 FH/ SoL IU",
            [part(470, breakdown="IFO"), part(13, breakdown="LSS"), part(breakdown="FH/ SoL", status="missing")],
        ),
        ("637 Flickor:44%", [part(637), part(44, "%", breakdown="Flickor")]),
        ("72 % M-70% K-73%", [part(72, "%"), part(70, "%", breakdown="M"), part(73, "%", breakdown="K")]),
        (
            "2020: 75% (alla) M-79%",
            [part(75, "%", breakdown="alla", period="2020"), part(79, "%", breakdown="M", period="2020")],
        ),
        (
            "Barn och unga:1292 Flickor 601 (46%) Vuxna: 1 102",
            [
                part(1292, breakdown="Barn och unga"),
                part(601, breakdown="Flickor"),
                part(46, "%", breakdown="Flickor"),
                part(1102, breakdown="Vuxna"),
            ],
        ),
        (
            "Barn och unga: stabilt genomsnitt Vuxna: öka",
            [part(breakdown="Barn och unga", direction="stabilise"), part(breakdown="Vuxna", direction="increase")],
        ),
        ("19 arbete (11 studier)", [part(19, breakdown="arbete"), part(11, breakdown="studier")]),
        (
            "40% 60 % 13-17 åringar knappt 20% 0-12 åringar",
            [
                part(40, "%"),
                part(60, "%", breakdown="13-17 åringar"),
                part(20, "%", breakdown="0-12 åringar", comparator="<"),
            ],
        ),
        (
            "217/1457 ca 15% ca 10% ej insatser 5%LVU",
            [
                part(217),
                part(1457, breakdown="/"),
                part(15, "%", comparator="~"),
                part(10, "%", breakdown="ej insatser", comparator="~"),
                part(5, "%", breakdown="LVU"),
            ],
        ),
        (
            "Linköping: 761 kr/inv R9: 1 063kr/inv",
            [part(761, "kr/inv", breakdown="Linköping"), part(1063, "kr/inv", breakdown="R9")],
        ),
        ("45 % (K 44 %, M 46 %)", [part(45, "%"), part(44, "%", breakdown="K"), part(46, "%", breakdown="M")]),
        ("2022: 75 %, 2021: 72 %", [part(75, "%", period="2022"), part(72, "%", period="2021")]),
        ("88 % (117 av 133)", [part(88, "%"), part(117)]),
        ("94 varav 31 digitala", [part(94), part(31, breakdown="varav digitala")]),
        ("79 resp 84 %", [part(79, "%"), part(84, "%")]),
        ("10 (8 flickor, 2 pojkar)", [part(10), part(8, breakdown="flickor"), part(2, breakdown="pojkar")]),
        ("T1: 45 T2: 50", [part(45, period="2018-01/2018-04"), part(50, period="2018-05/2018-08")]),
        ("M minska K öka", [part(breakdown="M", direction="decrease"), part(breakdown="K", direction="increase")]),
        ("+26,3 mkr (-7,6)", [part("26.3", "mnkr"), part("-7.6", "mnkr", period="2017")]),
        ("åk 6: 78 % åk 9: 82 %", [part(78, "%", breakdown="åk 6"), part(82, "%", breakdown="åk 9")]),
        ("Månatlig uppföljning 14 Max 120", [TEXT, part(14), part(120, comparator="<=")]),
        (
            "Samma eller lägre än R9-snitt Snitt 2022: 1 063 kr/inv",
            [TEXT, part(1063, "kr/inv", breakdown="Snitt", period="2022")],
        ),
        ("Uppnås i alla områden utom kö 4-6 veckor", [TEXT, part(4, "veckor", upper=6)]),
    ],
)
def test_a_compound_cell_is_several_parts(raw: str, expected: list[Part]):
    assert meaning(raw, column_period="2018") == expected


@pytest.mark.parametrize(
    ("raw", "label", "expected"),
    [
        ("12", "Andel i arbete (%)", [part(12, "%")]),
        ("Max 120", "Utredningstid i dagar", [part(120, "dagar", comparator="<=")]),
        (
            "415 (40) Flickor: 50%(17%)",
            "Barn i dygnsvård (varav ensamkommande)",
            [
                part(415),
                part(40, breakdown="varav ensamkommande"),
                part(50, "%", breakdown="Flickor"),
                part(17, "%", breakdown="Flickor, varav ensamkommande"),
            ],
        ),
        (
            "98%/0/ behov",
            "Balans mellan beläggningsgrad/utan plats/nya platser",
            [
                part(98, "%", breakdown="beläggningsgrad"),
                part(0, breakdown="utan plats"),
                part(breakdown="nya platser", status="text"),
            ],
        ),
        (
            "79% resp 84%",
            "Ej återaktualiserade barn 0-12 resp 13-20 år*",
            [part(79, "%", breakdown="0-12 år"), part(84, "%", breakdown="13-20 år")],
        ),
    ],
)
def test_the_label_says_what_the_cell_leaves_out(raw: str, label: str, expected: list[Part]):
    assert meaning(raw, label=label) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "i.u.",
        "iu",
        "I.U",
        "i u då undersökningen genomförs hösten 2023",
        "iu (mätning genomförs 2024)",
        "-",
        "–",
        "?",
        "..",
        "Ej mätt",
        "Ej mätbart",
        "Ej aktuellt (ny indikator)",
        "Uppgift saknas i kolada",
        "Saknas",
        "Ingen uppgift",
        "Har slutat mätas i kommunen",
        "Frågan ställs inte längre av myndigheten.",
        "Mäts ej 2023",
    ],
)
def test_words_for_a_missing_value(raw: str):
    assert meaning(raw) == [MISSING]


@pytest.mark.parametrize(
    "raw",
    [
        "Kommer till hösten",
        "Kommer hösten 2018",
        "resultat kommer i december",
        "Resultat i höst.",
        "Årsuppgift kan tas fram i december",
        "Mäts 2024",
    ],
)
def test_words_for_a_value_that_will_come(raw: str):
    assert meaning(raw) == [PENDING]


@pytest.mark.parametrize(
    "raw",
    [
        "Systematisk analys",
        "Inga signifikanta skillnader",
        "Ingår i arbetet med processen",
        "Klar enligt plan",
        "15 mars 2023",
        "Lägre än 2022",
        "Överskott",
        "Ja",
        "Arbetet följer planen för 2025",
        "Granskning redovisas i internkontrollrapporten",
    ],
)
def test_words_that_carry_no_value(raw: str):
    assert meaning(raw) == [TEXT]


def test_a_dash_is_nought_only_where_the_legend_says_so():
    assert meaning("-", legend=(("–", "0, värdet noll"),)) == [part(0)]
    assert meaning("-", legend=(("-", "uppgift saknas"),)) == [MISSING]


def test_the_rows_unit_column_goes_before_its_label():
    assert meaning("12", label="Antal elever", unit="Procent") == [part(12, "%")]
    assert meaning("12", unit="kg CO2/km") == [part(12, "kg CO2/km")]


@pytest.mark.parametrize(
    ("raw", "lines", "certain"),
    [
        ("12 345", ("12 345",), True),
        ("12 345", ("12", "345"), False),
        ("5.403", (), False),
        ("12 (10)", (), False),
        ("Fyra besök för alla placerade", (), False),
        ("Minst 90 %", (), True),
    ],
)
def test_what_may_be_read_otherwise_is_less_certain(raw: str, lines: tuple[str, ...], certain: bool):
    assert all(part.confidence == 1 for part in parse_cell(raw, lines=lines, column_period="2020")) is certain


@given(st.text(min_size=1, max_size=40))
def test_any_text_means_something(raw: str):
    parts = parse_cell(raw, label="Antal elever (varav flickor)", column_period="2020")
    assert parts
    assert all(part.upper is None or part.value < part.upper for part in parts)


@given(
    st.lists(
        st.sampled_from(
            [
                "12",
                "5,5 %",
                "(",
                ")",
                "ca",
                "resp",
                "/",
                "av",
                "-",
                "M",
                "öka",
                "iu",
                "2020:",
                "flickor",
                "och",
                "minst",
                "0-12 år",
            ]
        ),
        max_size=9,
    )
)
def test_no_order_of_words_breaks_the_grammar(words: list[str]):
    assert parse_cell(" ".join(words), column_period="2020")


@pytest.mark.skipif(not GOLD, reason="the hand-read reports are not beside the checkout")
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_hand_read_cells_are_understood(path: Path):
    wrong: list[tuple] = []
    wanted = 0
    for row in json.loads(path.read_text(encoding="utf-8"))["indicators"]:
        for value in row["values"]:
            parts = parse_cell(
                value["raw"], label=row["indicator"], parent=row["parent"], column_period=str(value["period"])
            )
            read = [
                (_float(p.value), _float(p.upper), p.comparator, p.direction, p.status, p.period, p.unit) for p in parts
            ]
            printed = f"{value['raw']} {row['indicator']} {row['parent'] or ''}".casefold()
            for gold in value["parts"]:
                key = tuple(gold[k] for k in ("value", "upper", "comparator", "direction", "status", "period", "unit"))
                # A unit that neither cell nor label prints is the column's or the table's.
                own_unit = gold["unit"] is None or gold["unit"].casefold() in printed
                wanted += 1
                if not any(key[: 7 if own_unit else 6] == other[: 7 if own_unit else 6] for other in read):
                    wrong.append((value["raw"], row["indicator"], key, read))
    assert len(wrong) <= 0.03 * wanted, wrong


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def test_a_label_in_brackets_names_the_sexes_of_a_cell_with_a_stroke():
    parts = parse_cell(
        "86/88", label="Andel nöjda (kv/m)", parent=None, lines=(), unit=None, column_period="2023", legend=()
    )
    assert [(part.breakdown, part.value) for part in parts] == [("kv", 86), ("m", 88)]


def test_a_header_that_counts_gives_its_unit_where_no_label_does():
    assert parse_cell("227", label="Arabiska", column="Antal tolkar")[0].unit == "tolkar"
    assert parse_cell("227", label="Antal besök", column="Antal tolkar")[0].unit == "besök"
    assert parse_cell("227", label="Arabiska", column="Utfall 2024")[0].unit is None


def test_a_header_that_names_the_year_of_its_cells_is_no_unit():
    column = "Senast uppmätta värde (år)"
    assert [(part.unit, part.period) for part in parse_cell("1,35 (2019)", column=column)] == [(None, "2019")]
    assert [part.unit for part in parse_cell("3,5", column="Avskrivningstid (år)")] == ["år"]


@pytest.mark.parametrize(
    ("context", "unit"),
    [
        ({"unit": "Andel, %", "label": "Nöjda brukare"}, "%"),
        ({"unit": "Medelvärde av antal", "label": "Väntetid i dagar"}, "dagar"),
        ({"unit": "plats", "label": "Väntetid i dagar"}, "plats"),
        ({"label": "Tillsvidareanställda", "column": "Antal kvinnor"}, None),
    ],
)
def test_a_column_of_units_is_read_and_a_sex_is_none(context, unit):
    assert [part.unit for part in parse_cell("12", **context)] == [unit]


def test_a_unit_after_brackets_is_of_the_figure_before_them_too():
    parts = parse_cell("14 (16) st", column_period="2024")
    assert [(part.value, part.unit, part.period) for part in parts] == [(14, "st", None), (16, "st", "2023")]
    parts = parse_cell("85 (83) %", column_period="2024")
    assert [(part.value, part.unit) for part in parts] == [(85, "%"), (83, "%")]


@pytest.mark.parametrize("cell", ["75 ± 2", "75 +/- 2", "75±2,5"])
def test_how_far_off_a_number_may_be_is_no_value_of_its_own(cell):
    [part] = parse_cell(cell)
    assert part.value == 75
    assert part.confidence < 1


@pytest.mark.parametrize(
    ("cell", "value", "upper"),
    [
        ("1,234.5", "1234.5", None),
        ("½", "0.5", None),
        ("3 ½", "3.5", None),
        ("1 234-", "-1234", None),
        ("mellan 95 och 100 %", "95", "100"),
    ],
)
def test_numbers_that_are_written_in_other_ways_are_kept_whole(cell, value, upper):
    [part] = parse_cell(cell)
    assert (part.value, part.upper) == (Decimal(value), Decimal(upper) if upper else None)


def test_a_minus_behind_an_amount_is_its_sign_and_doubted():
    amount = parse_amount("1 234-")
    assert amount.value == -1234
    assert amount.confidence < 1
    assert parse_amount("1 234:-").value == 1234


def test_numbers_of_two_units_that_no_word_tells_apart_are_doubted():
    assert {part.confidence for part in parse_cell("≥ 40 % max 11 tim")} == {0.4}
    assert {part.confidence for part in parse_cell("14 st (45 %)")} == {1.0}
    assert {part.confidence for part in parse_cell("IFO 40 % LSS 11 st")} == {1.0}
