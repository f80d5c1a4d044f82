"""Tables that hold no data."""

from dataclasses import replace

from drawing import content, draw_table, heading

from extract.page.symbols import main_colour
from extract.records.no_data import tables_without_data
from extract.records.report import print_report

CONTENTS = "Inledning | 3\nMål och uppföljning | 4\nEkonomi | 4\nPersonal | 11"


def test_a_list_of_contents_holds_no_data_and_says_so():
    table = draw_table(CONTENTS)
    assert tables_without_data(content(table)) == {table.number: "a list of contents"}
    report, problems = print_report(content(heading("Innehåll"), table))
    assert not report.rows
    assert "no_data" in {problem.code for problem in problems}


def test_figures_that_fall_or_have_columns_are_data():
    falling = draw_table("Sjuka | 9\nNöjda | 4\nTrygga | 11")
    wider = draw_table("Sjuka | 3 | 4\nNöjda | 4 | 5\nTrygga | 11 | 12", number=2)
    longer = draw_table("Barn | 3\nElever | 40\nAlla | 1200", number=3)
    assert tables_without_data(content(falling, wider, longer)) == {}


def test_a_line_that_runs_over_the_pages_holds_no_data():
    feet = [replace(draw_table(f"Norrby kommun | Sida {page}", number=page), page=page) for page in (1, 2, 3)]
    assert set(tables_without_data(content(*feet))) == {1, 2, 3}
    assert tables_without_data(content(*feet[:2])) == {}


def test_a_ring_or_a_face_of_grey_does_not_change_a_dots_colour():
    green, grey, lime, yellow = (60, 170, 80), (150, 150, 150), (150, 200, 60), (250, 205, 50)
    assert main_colour([green] * 30 + [grey] * 60) == "green"
    assert main_colour([green] * 5 + [grey] * 60) == "grey"
    assert main_colour([lime] * 9) == "green"
    assert main_colour([yellow] * 9) == "yellow"


def test_figures_where_a_header_should_stand_give_no_records():
    chart = draw_table("Procent | 25\nRektorer | 15\nLärare | 16")
    report, problems = print_report(content(heading("Stöd"), chart))
    assert not report.rows
    assert "no_data" in {problem.code for problem in problems}
    _, problems = print_report(content(heading("Stöd"), draw_table("Indikator | 23 | 24\nNöjda, % | 80 | 81")))
    assert "no_data" not in {problem.code for problem in problems}


def test_signs_alone_name_no_row():
    report, problems = print_report(content(draw_table("Indikator | 2023 | 2024\n• • | 4 | 5\nNöjda | 7 | 8")))
    assert [row.indicator for row in report.rows] == ["Nöjda"]
    assert "unnamed_rows" in {problem.code for problem in problems}
