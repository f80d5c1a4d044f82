"""Odd pages and damaged texts that once ended the reading of a whole document."""

import pytest
from drawing import draw_table
from typeset import read_typeset, texts

from extract.facts.find import find_facts
from extract.grid.aligned import find_aligned
from extract.marked.read import read_text
from extract.page.parse import PageParse
from extract.raw.read import read_flow
from extract.records.report import print_report
from schema.layout import Block, Box, Content, Page, Source, Word
from schema.printed import BudgetLine

TEXT = Source("rapport", "rapport.txt", "", "text/plain")
TEXT_WITH_PIPES = Source("rapport", "rapport.md", "", "text/markdown")


def word(text, x, top, size=10.0):
    return Word(text, Box(x, top, x + 5.5 * len(text), top + size), size)


def grid_of(text):
    table = read_flow(TEXT, text.split("\n")).tables[0]
    places = [(cell.row, cell.col) for cell in table.cells]
    assert len(places) == len(set(places))
    return texts(table)


def test_a_goal_column_without_an_indicator_column_holds_the_labels():
    assert grid_of("Nämndmål 2017 2018 2019\nTrygg stad Antal parker med \n\n3 4 5\n")[1:] == [
        ["Trygg stad Antal parker med", "3", "4", "5"]
    ]


def test_a_year_that_is_glued_to_its_header_word_is_a_column_of_its_own():
    header, row = grid_of("Nämndmål Nämndindikator<2017 2018 2019\nTrygg stad Antal parker med \n\n3 3 3 1 ny\n")
    assert header == ["Nämndmål", "Nämndindikator", "2017", "2018", "2019"]
    assert row[:2] == ["Trygg stad", "Antal parker med"]


def test_a_money_table_of_nothing_but_its_header_gives_no_record():
    table = draw_table("Belopp tkr | Utfall 2024 | Budget 2024")
    report, _ = print_report(Content(TEXT, (table,)))
    assert report.rows_of(BudgetLine) == ()


def test_equal_last_rows_of_a_ruled_table_over_two_pages_stay_its_rows(tmp_path):
    rows = [["Kontroll", "Utförd 2023", "Utförd 2024"], ["Brandskydd", "Ja", "Ja"], *[["Nej", "Nej", "Nej"]] * 2]
    cells = [", ".join(f"[{text}]" for row in part for text in row) for part in (rows[:2], rows[2:])]
    body = "#pagebreak()\n".join(f"#table(columns: (90pt, 90pt, 90pt), {part})\n" for part in cells)
    found = [row for table in read_typeset(tmp_path, body).tables for row in texts(table)]
    assert found == rows


def test_a_ruled_table_whose_header_comes_back_inside_it_is_two_tables(tmp_path):
    rows = [["Kontroll", "2023", "2024"], ["Brand", "1", "2"], ["Kontroll", "2023", "2024"], ["Lek", "3", "4"]]
    cells = ", ".join(f"[{text}]" for row in rows for text in row)
    found = [row for table in read_typeset(tmp_path, f"#table(columns: 3, {cells})").tables for row in texts(table)]
    assert [row for row in found if row != rows[0]] == [rows[1], rows[3]]


def test_tables_side_by_side_of_which_one_begins_higher_are_read():
    left = [(50, "Simhall"), (180, "0"), (230, "12")]
    right = [(320, "Böcker"), (450, "0"), (500, "14")]
    words = [word(text, x, 100.0 + 20 * row) for row in range(4) for x, text in left]
    words += [word(text, x, 120.0 + 20 * row) for row in range(3) for x, text in right]
    found = find_aligned(PageParse(Page(1, 595.0, 842.0, tuple(words))), words)
    assert sum(len(cell.words) for grid in found for cell in grid.cells) == len(words)


def test_an_empty_page_between_pages_set_in_columns_is_read(tmp_path):
    column = "Nämnden har under året arbetat med att korta väntetiderna och stärka stödet till dem. " * 14
    body = f"{column}#colbreak()\n{column}#pagebreak()\n#pagebreak()\n{column}"
    content = read_typeset(
        tmp_path, body, page="#set page(width: 480pt, height: 420pt, columns: 2)\n#set text(size: 8pt)\n"
    )
    assert content.number_of_pages == 3
    assert {block.page for block in content.blocks} == {1, 3}


@pytest.mark.parametrize("broken", [[], ["", "  "], ["\x0c"]])
def test_a_text_of_nothing_has_no_items(broken):
    assert read_flow(TEXT, broken).items == ()


@pytest.mark.parametrize("lone", ["|---|---|", "| | |", "\t\t"])
def test_a_rule_between_rows_that_are_not_there_is_no_table(lone, tmp_path):
    path = tmp_path / "rapport.md"
    path.write_text(f"Årsredovisning\n\n{lone}\n\n| Mått | 2023 |\n|---|---|\n| Nöjda | 71 |\n", encoding="utf-8")
    content = read_text(TEXT_WITH_PIPES, path)
    assert [table.n_rows for table in content.tables] == [2]
    assert print_report(content)[0].rows


def test_a_dotless_i_of_a_broken_font_is_looked_up_as_the_letter_that_it_was_found_as():
    lines = ("Lınköpings kommun", "LİNKÖPİNG", "Vårdnämnden", "Sammanträde 3 aprıl 2024")
    content = Content(TEXT, tuple(Block("paragraph", line) for line in lines))
    assert find_facts(content).municipality == "Linköpings kommun"
