"""Figures of texts whose columns nothing tells: kept in the cells, with a problem, and no value of them."""

from dataclasses import replace
from pathlib import Path

import pytest
from drawing import SOURCE, draw_table

from extract.readers import read_file
from extract.records.report import print_report
from schema.layout import UNKNOWN_COLUMNS, Content

PROSE = "Kulturnämnden\nVerksamheten i korthet\n\nNämnden redovisar här vad som har hänt under årets första del.\n\n"
AFTER = "\n\nNämnden följer utvecklingen under resten av året.\n"


def read(tmp_path: Path, body: str):
    path = tmp_path / "report.txt"
    path.write_text(PROSE + body + AFTER, encoding="utf-8")
    content = read_file(path)
    return content, print_report(content)[0]


COLUMNS_APART = "Bibliotek\nMuseum\nMusikskola\n\n10 200\n20 300\n\n30 400\n\n11\n22\n33\n\n1\n3"


def test_figures_of_unknown_columns_stay_in_cells_and_state_nothing(tmp_path):
    content, report = read(tmp_path, COLUMNS_APART)
    (table,) = content.tables
    assert table.verdict == UNKNOWN_COLUMNS
    assert [cell.text for cell in table.cells if cell.col and cell.text] == [
        *("10 200", "20 300", "30 400", "11", "22", "33", "1", "3")
    ]
    assert [cell.text for cell in table.cells if not cell.col and cell.text] == ["Bibliotek", "Museum", "Musikskola"]
    assert not any(cell.confidence for cell in table.cells)
    assert not report.rows
    (problem,) = content.problems
    assert problem.code == "unknown_columns" and "lines 6-20" in problem.message and problem.table == table.number


def test_what_stands_around_them_is_running_text(tmp_path):
    content, _ = read(tmp_path, COLUMNS_APART)
    texts = [block.text for block in content.blocks]
    assert texts[-1] == "Nämnden följer utvecklingen under resten av året."
    assert any(text.startswith("Nämnden redovisar") for text in texts)


@pytest.mark.parametrize(
    "body",
    [
        "Innehåll\nInledning 3\nEkonomi 5\nPersonal 7\nMiljö 9\nBarn 11\nRisker 12\nBilagor 14\nSlutord 15",
        "12 mars\n\n20 mars\n\n1 april\n\n10 april\n\n17 april\n\n24 april\n\n8 maj\n\n20 maj",
        "2025-03-12\n2025-04-12\n2025-05-12\n2025-06-12\n2025-07-12\n2025-08-12\n2025-09-12",
        "Anna Berg 0322-61 60 00\nBo Ek 0322-61 60 01\nEva Lind 070-123 45 67\nUlf Ask 08-508 290 00",
        "Storgatan 12\n441 81 Alingsås\n\nTorget 4\n272 80 Simrishamn\n\nKungsgatan 8\n411 19 Göteborg",
        "Protokoll § 12\nProtokoll § 14\nProtokoll § 15\nProtokoll § 19\nProtokoll § 22\nProtokoll § 23",
        "1.\n2.\n3.\n4.\n5.\n6.\n7.\nFörsta bilagan\nAndra bilagan\nTredje bilagan",
        "Under året deltog 120 barn i 14 kurser och 36 vuxna i 5 kurser.\nAv dem var 60 flickor och 40 pojkar.\n"
        "Besöken var 12 300 och lånen 45 600.\nDet är 3 procent fler än 2024.",
    ],
    ids=["contents", "dates", "iso dates", "telephones", "addresses", "paragraphs", "numbers of a list", "sentences"],
)
def test_no_table_is_made_of(tmp_path, body):
    content, _ = read(tmp_path, body)
    assert not content.tables and not content.problems


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ("Antal tillsyner | 312 400 287 | | ", []),
        ("Antal händelser | 168 214 301 | 1 412 | ", ["1 412"]),
        ("Summa kostnader | 218 890 217 166 | 658 760 651 500 | ", []),
        ("Kostnad per brukare | 1 012 300 | 998 000 | ", ["1 012 300", "998 000"]),
        ("Antal besök | 41 377 | | ", ["41 377"]),
    ],
)
def test_figures_that_may_be_joined_state_nothing_where_columns_are_lost(row, kept):
    table = draw_table(f"Mått | Utfall 2022 | Utfall 2023 | Mål 2024\n{row}\nAntal barn | 12 | 13 | 15")
    report, problems = print_report(Content(SOURCE, (replace(table, engine="flow"),)))
    assert [value.raw for value in report.rows[0].values] == kept
    lost = [problem.raw for problem in problems if problem.code == "unknown_columns"]
    assert len(lost) + len(kept) == sum(bool(cell.strip()) for cell in row.split("|")[1:])
    assert not any(p.code == "unknown_columns" for p in print_report(Content(SOURCE, (table,)))[1])
