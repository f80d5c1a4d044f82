"""Headers that no word tells: as many texts as the rows below them can be read to have cells."""

import pytest

from extract.raw.headers.counted import header_over_rows
from extract.raw.headers.find import header_at
from extract.raw.lines import read_lines
from extract.readers import read_file


def header(text: str, start: int = 0):
    found = header_over_rows(read_lines(text.split("\n")), start)
    return [column.label for column in found.columns] if found else None


ROWS = "Arabiska 89 945 227 54\nSomaliska 38 337 129 14\nTurkiska 9 535 45 10"


@pytest.mark.parametrize(
    "head",
    [
        "Språk\nAntal\nuppdrag\nAntal\ntolkar\nAuktoriserad\ntolk",
        "Språk Antal\nuppdrag\nAntal\ntolkar\nAuktoriserad\ntolk",
    ],
)
def test_a_capital_begins_a_cell(head):
    assert header(f"{head}\n{ROWS}") == ["Språk", "Antal uppdrag", "Antal tolkar", "Auktoriserad tolk"]


def test_an_abbreviation_goes_on_with_a_cell():
    rows = "Kultur 1 049 382 8 936 1 058 318\nTeknik 18 394 10 18 404"
    assert header(f"Nämnd\nRam inkl\nPKV\nResurs\nRam efter\n{rows}") == [
        "Nämnd",
        "Ram inkl PKV",
        "Resurs",
        "Ram efter",
    ]


def test_the_year_above_the_labels_goes_with_them():
    rows = "Kultur 10 20 30\nTeknik 11 21 31"
    assert header(f"Ram 2028\n2028\nNämnd\nRam inkl\nResurs\nEfter\n{rows}", 1) == [
        "2028 Nämnd",
        "Ram inkl",
        "Resurs",
        "Efter",
    ]


def test_texts_of_another_number_are_no_header():
    assert header(f"Språk\nAntal\nuppdrag\n{ROWS}") is None


def test_words_that_fit_the_rows_go_before():
    text = "Investeringar\nBelopp tkr Bokslut 2019 Budget 2019 Avvikelse\nAndel i förening\n5 6 1\nBåt\n7 9 2"
    columns = header_at(read_lines(text.split("\n")), 0).columns
    assert [column.label for column in columns][1:] == ["Bokslut 2019", "Budget 2019", "Avvikelse"]


def test_a_year_glued_to_a_word_is_parted():
    text = "Belopp mnkr Redovisat 2023Budget 2023Avvikelse\nKultur 10 20 10\nTeknik 11 21 10"
    assert [c.label for c in header_at(read_lines(text.split("\n")), 0).columns][1:3] == [
        "Redovisat 2023",
        "Budget 2023",
    ]


NOTES = "Resultaträkning\n(tkr) Not Budget 2025 Utfall 2025 Utfall 2024\nIntäkter 1 233 760 231 858 220 452\n"


def test_figures_that_begin_with_no_note_fail_no_text(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(NOTES + "Avskrivningar 1,5 2,5 3,5 4,5\nKostnader 2 231 935 229 672 222 593\n", encoding="utf-8")
    assert read_file(path).items


def test_zero_begins_no_group(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(NOTES + "Kostnader 2 231 935 229 672 222 593\nResultat 0 315 950\n", encoding="utf-8")
    cells = [cell.text for table in read_file(path).tables for cell in table.cells]
    assert "0 315" not in cells and "315" in cells
