"""Tables of spaced text whose names stand beside marks, or that a line below them explains."""

from pathlib import Path

import pytest

from extract.raw.lines import read_lines, take_notes
from extract.readers import read_file
from extract.records.report import print_report
from schema.lexicon.signs.marks import places_of_glued_mark, places_of_mark
from schema.printed import BudgetLine

INVESTMENTS = """Investeringar i nämnden

Pri Stat Investeringar (tkr)          Budget    Plan      Plan
o   us                                2027      2028      2029
1     P    6289 Ny spelplan           1 000     500       0
2     N         Samlingssal           1 450     750       0
3     N         Tillgängligt arkiv    250       100       0
4     P    6012 Bokbuss               400       100       0
5     N         Servering             250       100       0
6     N         Nya lokaler           2 200     0         0

Nämnden följer utvecklingen under resten av året.
"""
DEPARTMENTS = """Ekonomi november 2026

Belopp i tkr              Ledning     Stöd    Bibliotek     Summa
Verksamhetens intäkter     -9 500        0       -2 980   -12 480
Personalkostnader          -2 190   -5 000        1 315    -5 875
Lokalhyror                 -1 840        0         -550    -2 390
Resultat                  -13 530   -5 000       -2 215   -20 745
Tabellen visar prognosavvikelse per avdelning och helår

Nämnden följer utvecklingen under resten av året.
"""


def lines_of(tmp_path: Path, text: str) -> list[BudgetLine]:
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return print_report(read_file(path))[0].rows_of(BudgetLine)


def test_names_beside_marks_name_the_rows(tmp_path):
    rows = {line.line: [value.raw for value in line.values] for line in lines_of(tmp_path, INVESTMENTS)}
    assert rows["Samlingssal"] == ["1 450", "750", "0"]
    assert not set(rows) & {"P", "N"}


def test_a_line_that_tells_what_the_table_shows_is_no_row_of_it(tmp_path):
    rows = lines_of(tmp_path, DEPARTMENTS)
    assert rows[-1].line == "Resultat"
    assert {value.kind for line in rows for value in line.values} == {"variance"}


@pytest.mark.parametrize("text", ["Kostnad för missbruksvård 1 063 kr/inv", "12 063", "2 1 063"])
def test_a_group_of_thousands_keeps_its_three_digits(text):
    assert places_of_glued_mark("3", text) == []


def test_a_number_with_a_mark_is_told_only_where_no_other_may_be_it():
    text = "Antal föreningar 142 139\n\nAntal bad 122 640 118 9072\n\n1Räknat av dörren.\n\n2Simskola i augusti.\n"
    rows = {line.text for line in take_notes(read_lines(text.split("\n")))[0]}
    assert "Antal föreningar 142 139" in rows


def test_a_mark_after_a_whole_group_of_thousands_is_told_apart():
    assert places_of_glued_mark("3", "1 0633 kr/inv") == [(5, 6)]


def test_a_thousand_in_a_label_is_no_mark_and_a_mark_at_an_abbreviation_is_one():
    assert places_of_mark("1", "Fallskador per 1 000 personer 61,2 58,9") == []
    assert places_of_mark("1", "Antal barn 1 45 67 tillsammans") == [(10, 12)]
    assert places_of_mark("3", "unga SoL/LSS3 Median") == [(12, 13)]
    assert places_of_mark("9", "snitt R9 för riket") == []
