"""What in a table's shape makes its values doubtful: one sign a test, and a table without any."""

from pathlib import Path

import pytest
from reports import amount

from extract.records.report import print_report
from namndata.audit.confidence import weigh_report
from normalize.report import NormalizedReport, normalize_report
from schema.doubts import LEAST, MEASURED, OF_ANSWERS, confidence_of, known_doubts
from schema.layout import Block, Cell, Content, Source, Table
from schema.printed import BudgetLine, IndicatorRow
from schema.problem import Check
from schema.records import BudgetValue

SOURCES = Path(__file__).parent.parent / "src"
SOURCE = Source("a", "a.txt", "00", "text/plain")
HEADER = ("Belopp tkr", "Budget 2019", "Plan 2020", "Plan 2021")
ROWS = (
    ("Familjehem", "1 500", "1 600", "1 700"),
    ("Boende", "2 500", "2 600", "2 650"),
    ("Korttid", "900", "910", "920"),
    ("Daglig verksamhet", "3 100", "3 150", "3 200"),
    ("Avlösarservice", "700", "710", "730"),
)


def doubts_of(header=HEADER, rows=ROWS, **fields):
    """Return each value's doubts by label and column."""
    texts = (header, *rows)
    cells = tuple(Cell(row, col, text) for row, line in enumerate(texts) for col, text in enumerate(line))
    table = Table(1, cells, **fields)
    report, _ = print_report(Content(SOURCE, (Block("heading", "Driftsammandrag"), table)))
    lines = [
        *((line.line, line) for line in report.rows_of(BudgetLine)),
        *((row.indicator, row) for row in report.rows_of(IndicatorRow)),
    ]
    return {(label, value.col): set(value.doubts) for label, line in lines for value in line.values}


def with_row(index, *texts):
    """Return the rows with one replaced."""
    return (*ROWS[:index], texts, *ROWS[index + 1 :])


def test_a_well_read_table_raises_no_doubt():
    doubts = doubts_of()
    assert len(doubts) == 15
    assert not any(doubts.values())


def test_a_unit_that_the_cell_prints_is_not_doubted():
    fees = (
        ("Fast avgift", "2 796 kr", "3 494 kr"),
        ("Rörlig avgift", "1 000 kr", "1 250"),
        ("Besök", "900 kr", "1 125 kr"),
    )
    doubts = doubts_of(("Avgifter per år", "Budget 2019", "Plan 2020"), fees)
    lacking = {place for place, found in doubts.items() if found & {"no_unit", "assumed_unit"}}
    assert lacking == {("Rörlig avgift", 2)}


@pytest.mark.parametrize(
    ("texts", "col", "doubt"),
    [
        (("Korttid och", "900", "910", "920"), 1, "broken_label"),
        (("omsorg i hemmet", "900", "910", "920"), 1, "broken_label"),
        (("Summa boende Omsorg i hemmet", "900", "910", "920"), 1, "two_labels"),
        (("Korttid 900", "910", "920", ""), 1, "figure_in_label"),
        (("Korttid 1 234 1 235 Dagvård", "910", "920", "930"), 1, "figure_in_label"),
        (("Korttid", "900", "", "920"), 1, "uneven_rows"),
        (("Boende", "900", "910", "920"), 1, "repeated_label"),
        (("Korttid", "900 14", "910", "920"), 1, "several_figures"),
        (("Korttid", "2019", "910", "9"), 1, "year_for_value"),
        (("Korttid", "900", "910", "92 000"), 3, "out_of_line"),
        (("Korttid", "9", "910", "920"), 1, "out_of_line"),
        (("Andel trygga", "90", "910", "92"), 2, "impossible_share"),
        (("Korttid", "90 dagar", "91 kr", "92 dagar"), 2, "unit_conflict"),
        (("Korttid", "900", "910", "920 Nej"), 3, "words_for_value"),
    ],
)
def test_an_odd_row_is_doubted_and_the_others_are_not(texts, col, doubt):
    doubts = doubts_of(rows=with_row(2, *texts))
    assert doubt in doubts[texts[0], col]
    assert not doubts["Familjehem", 1]


@pytest.mark.parametrize("cell", ["90–95", "1 204", "-900", "900 *"])
def test_a_range_a_group_and_a_sign_are_one_number(cell):
    doubts = doubts_of(rows=with_row(2, "Korttid", cell, "910", "920"))
    assert "several_figures" not in doubts["Korttid", 1]


@pytest.mark.parametrize(
    ("header", "doubt"),
    [
        (("Belopp tkr", "Budget 2019", "Plan 2020", "Plan 2020"), "shared_header"),
        (("Belopp tkr", "Budget 2019", "Plan 2020", "Kvistar"), "unknown_header"),
        (("Belopp tkr", "Budget 2019", "Plan 2020", "Januari–augusti Helår Utfall"), "two_periods"),
    ],
)
def test_an_odd_header_makes_its_column_doubtful(header, doubt):
    doubts = doubts_of(header)
    assert doubt in doubts["Boende", 3]
    assert not doubts["Boende", 1]


def test_values_right_of_a_column_of_other_names_are_doubtful():
    rows = [("Boende", "62", "Inkomna", "318"), ("Familjehem", "38", "Avslutade", "301"), ("Stöd", "45", "Nya", "7")]
    doubts = doubts_of(("Område", "Utfall 2018", "Typ", "Utfall 2019"), rows=rows)
    assert "names_between" in doubts["Boende", 3] and "names_between" not in doubts["Boende", 1]


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [({"verdict": "2 words run over a border"}, "faulty_grid"), ({"engine": "flow"}, "reconstructed_table")],
)
def test_what_the_reader_of_the_grid_says_is_a_doubt_on_all_its_values(fields, doubt):
    doubts = doubts_of(**fields)
    assert len(doubts) == 15
    assert [value for value, found in doubts.items() if doubt not in found] == []


@pytest.mark.parametrize(
    "label", ["minus realisationsvinster", "varav boende", "Elever i åk 9", "Boende 2019", "kvinnor"]
)
def test_labels_may_begin_low_and_end_in_a_year_or_a_class(label):
    assert not doubts_of(rows=with_row(2, label, "900", "910", "920"))[label, 1]


def test_many_broken_labels_are_the_tables_fault():
    rows = [(f"{label} och", *values) if index < 2 else (label, *values) for index, (label, *values) in enumerate(ROWS)]
    doubts = doubts_of(rows=rows)
    assert len(doubts) == 15
    assert [value for value, found in doubts.items() if "broken_labels" not in found] == []


def scanned(unsure):
    """The table with the given cells read badly by OCR."""
    texts = (HEADER, *ROWS)
    return tuple(
        Cell(row, col, text, confidence=0.6 if (row, col) in unsure else 0.99)
        for row, line in enumerate(texts)
        for col, text in enumerate(line)
    )


@pytest.mark.parametrize(
    ("unsure", "doubts"),
    [
        ({(1, 0)}, {"label_by_ocr"}),
        ({(1, 1)}, {"read_by_ocr"}),
        ({(row, 0) for row in range(1, 6)}, {"label_by_ocr", "poor_scan"}),
    ],
)
def test_badly_read_characters_make_the_value_the_row_or_the_table_doubtful(unsure, doubts):
    report, _ = print_report(Content(SOURCE, (Block("heading", "Driftsammandrag"), Table(1, scanned(unsure)))))
    first = report.rows_of(BudgetLine)[0]
    assert set(first.values[0].doubts) == doubts


def test_every_doubt_has_a_factor_and_a_reason():
    for doubt in known_doubts().values():
        assert doubt.reason
        assert 0 < doubt.factor < 1 or doubt.name in MEASURED | OF_ANSWERS


def test_every_doubt_is_raised_somewhere():
    sources = [path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py")]
    assert [name for name in known_doubts() if not any(f'"{name}"' in text for text in sources)] == []


def test_doubts_multiply_once_each_and_leave_a_remainder():
    factor = known_doubts()["broken_label"].factor
    assert confidence_of(["broken_label", "broken_label"]) == factor
    assert confidence_of(["broken_label"], 0.5) == round(factor * 0.5, 3)
    assert confidence_of(known_doubts()) == LEAST


def test_a_value_keeps_its_doubts_from_cell_to_record():
    cells = [Cell(row, col, text) for row, line in enumerate((HEADER, *ROWS)) for col, text in enumerate(line)]
    report, _ = print_report(Content(SOURCE, (Table(1, tuple(cells), engine="flow"),)))
    records = normalize_report(report).records_of(BudgetValue)
    assert {value.doubts for value in records} == {("reconstructed_table",)}
    assert {value.confidence for value in records} == {known_doubts()["reconstructed_table"].factor}


def weighed(confidence, *checks):
    report = NormalizedReport((amount("Boende", 5, row=1, confidence=confidence),))
    return weigh_report(report, checks).records_of(BudgetValue)[0]


def check(kind, passed=True):
    return Check(kind, passed, 5, 5 if passed else 6, "", 1, ((1, 1), (2, 1)))


def test_trust_grows_once_for_each_direction_that_agrees():
    assert weighed(0.8).confidence == 0.8
    assert weighed(0.8, check("sum"), check("net")).confidence == 0.9
    assert weighed(0.8, check("sum"), check("variance")).confidence == 0.95
    assert weighed(0.8, check("part_of")).confidence == 0.8


def test_a_failed_sum_makes_all_its_figures_doubtful():
    value = weighed(1.0, check("sum", passed=False))
    assert value.doubts == ("failed_check",)
    assert value.confidence == known_doubts()["failed_check"].factor
