"""Headers that are set to another side than the figures below them, and numbers that narrow cells broke."""

import pytest
from typeset import read_typeset, texts

from extract.grid.phrases import phrases_by_column
from extract.page.lines import Line
from schema.layout import Box, Word
from schema.lexicon.figures import breaks_number, is_amount
from schema.lexicon.wordbreaks import join_lines

PAGE = """
#set page(width: 520pt, height: 300pt, margin: 40pt)
#set text(size: 10pt, lang: "sv", font: "Libertinus Serif")
"""
HEADER = ["Projekt", "Total\\\nbudget", "Förbrukat\\\nt.o.m. 2024", "Budget\\\n2025", "Utfall\\\n2025-08"]
ROWS = [
    ["Konstgräsplan", "8 400", "1 250", "7 150", "5 902"],
    ["Bibliotek, inredning", "900", "0", "900", "110"],
    ["Simhall, rening", "3 200", "2 960", "240", "251"],
    ["Summa", "12 500", "4 210", "8 290", "6 263"],
]


def line(*words: tuple[str, float, float]) -> Line:
    return Line(tuple(Word(text, Box(x0, 10, x1, 20), 10) for text, x0, x1 in words))


def test_each_phrase_of_a_line_heads_the_column_it_stands_over():
    sides = [(0, 80), (140, 160), (190, 210), (250, 270)]
    told = phrases_by_column(
        line(("Förvaltning", 0, 60), ("Visstid", 126, 160), ("Andel", 166, 190), ("heltid", 193, 220)), sides
    )
    assert told and {col: part.text for col, part in told.items()} == {
        0: "Förvaltning",
        1: "Visstid",
        2: "Andel heltid",
    }
    assert phrases_by_column(line(("Januari–augusti", 130, 215), ("Helår", 250, 270)), sides) is None
    assert phrases_by_column(line(("Summa", 126, 160)), sides) is None


def test_a_header_set_to_the_left_is_read_over_figures_to_the_right(tmp_path):
    cells = ", ".join(f"[{text}]" for row in ROWS for text in row)
    header = ", ".join(f"[*{text}*]" for text in HEADER)
    body = (
        "= Investeringar 2025, tkr\n#table(columns: 5, stroke: (x, y) => (bottom: 0.5pt), inset: (x: 2pt, y: 2pt), "
        f"align: (x, y) => if x == 0 or y == 0 {{ left + horizon }} else {{ right }}, {header}, {cells})\n"
    )
    [table] = read_typeset(tmp_path, body, page=PAGE).tables
    assert texts(table)[0] == ["Projekt", "Total budget", "Förbrukat t.o.m. 2024", "Budget 2025", "Utfall 2025-08"]
    assert texts(table)[1:] == ROWS


@pytest.mark.parametrize(
    ("above", "below", "whole"), [("35,", "0", "35,0"), ("12 410,", "5 %", "12 410,5 %"), ("1", "940", "1940")]
)
def test_a_narrow_cell_breaks_a_number(above, below, whole):
    assert breaks_number(above, below)
    assert join_lines([above, below], fills=[True]) == whole


def test_a_comma_ends_other_things_than_numbers():
    assert not breaks_number("35,", "varav 12")
    assert not breaks_number("2023,", "0")


def test_years_side_by_side_are_no_amounts():
    assert not is_amount("2025 2025-08")
    assert is_amount("2 025")
