"""Tables that hold no data."""

from dataclasses import replace

from drawing import content, draw_table, heading

from extract.page.symbols import main_colour
from extract.records.cell_doubts import label_of
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
    assert not any("chart" in problem.message for problem in problems)


def test_figures_that_no_row_or_column_names_say_that_they_gave_no_record():
    nameless = draw_table("• | 12 | 14\n• | 13 | 15")
    report, problems = print_report(content(heading("Stöd"), replace(nameless, header_rows=())))
    assert not report.rows
    assert {problem.code for problem in problems} & {"no_data", "unnamed_rows"}


def test_sizes_and_names_in_one_column_name_the_rows_beside_a_fee():
    fees = draw_table("Container | Avgift, kr/period\n6–18 kubikmeter | 4 281\nSchaktflak, 9 kubikmeter | 5 832")
    report, _ = print_report(content(heading("Taxa"), fees))
    assert [(label_of(row), row.values[0].raw) for row in report.rows] == [
        ("6–18 kubikmeter", "4 281"),
        ("Schaktflak, 9 kubikmeter", "5 832"),
    ]


def test_a_table_whose_header_states_a_unit_does_not_go_on_with_the_one_before():
    piece = draw_table("Grundavgift, säck | Avgift, kr/st\nHämtning av säck | 6 850\nExtra säck | 229")
    ton = draw_table("Behandlingsavgift, säck | Avgift, kr/ton\nGips | 1 000\nMetall | 175", number=2)
    report, _ = print_report(content(heading("Storsäck"), piece, ton))
    units = {label_of(row): row.values[0].unit for row in report.rows}
    assert units == {"Hämtning av säck": "kr/st", "Extra säck": "kr/st", "Gips": "kr/ton", "Metall": "kr/ton"}
