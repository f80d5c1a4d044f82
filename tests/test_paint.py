from typeset import read_typeset, texts

from extract.page.model import Fill
from extract.page.paint import rules_that_show, without_double_paint
from schema.layout import Box, Rule

BLUE, WHITE = (189, 227, 255), (255, 255, 255)
CELL = Fill(Box(70, 200, 300, 234), BLUE)
LINES = [Fill(Box(73, 203, 297, 217), BLUE), Fill(Box(73, 217, 297, 231), BLUE)]

SHADED_TWICE = """
#let line(body) = block(fill: rgb("bde3ff"), width: 100%, spacing: 0pt, body)
#table(columns: (130pt, 70pt, 70pt), stroke: none, inset: 4pt, fill: rgb("bde3ff"),
  line[*Indikator*], line[*Utfall 2023*], line[*Utfall 2024*],
  {line[Antal föreningar som]; line[har fått stöd]}, line[31], line[43],
  line[Sjukfrånvaro (%)], line[6,1], line[5,8])
"""


def test_lines_of_text_painted_on_their_cell_in_its_colour_do_not_show():
    assert without_double_paint([CELL, *LINES]) == [CELL]


def test_cells_painted_on_a_table_in_its_colour_show():
    cells = [Fill(Box(70, 200, 180, 234), BLUE), Fill(Box(180, 200, 300, 234), BLUE)]
    assert set(without_double_paint([CELL, *cells])) == {CELL, *cells}


def test_paint_of_another_colour_shows():
    other = Fill(LINES[0].box, WHITE)
    assert without_double_paint([CELL, other]) == [CELL, other]


def test_a_strip_of_a_cells_colour_that_pads_it_is_no_line():
    strip, line = Rule(Box(70, 200, 300, 202.8)), Rule(Box(70, 233.5, 300, 234))
    assert rules_that_show([(strip, BLUE), (line, (0, 0, 0)), (line, None)], [CELL]) == [line, line]


def test_a_table_whose_cells_and_lines_are_shaded_keeps_its_columns_and_rows(tmp_path):
    assert texts(read_typeset(tmp_path, SHADED_TWICE).tables[0]) == [
        ["Indikator", "Utfall 2023", "Utfall 2024"],
        ["Antal föreningar som har fått stöd", "31", "43"],
        ["Sjukfrånvaro (%)", "6,1", "5,8"],
    ]
