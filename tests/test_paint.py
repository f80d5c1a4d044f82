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


BANDS = """
#set text(size: 8pt)
#table(columns: (90pt, 50pt, 50pt, 45pt, 50pt), stroke: none, inset: 3pt,
  fill: (x, y) => if y == 0 { rgb("005a9c") } else if y in (1, 4) { rgb("dfe9f2") } else { rgb("f3f7fb") },
  ..(([Mål och mått], [Utfall 2023], [Mål 2023], [Trend], [Bedömning]).map(c => text(fill: white, strong(c)))),
  table.cell(colspan: 3)[*Vattnet i sjön ska nå en god status*], table.cell(colspan: 2)[*Når delvis målet*],
  [Avlopp], [163], [220], [Bättre], [Når ej],
  [Badplatser], [8], [9], [Sämre], [Når ej],
  table.cell(colspan: 3)[*Maten ska vara god*], table.cell(colspan: 2)[*Når målet*],
  [Nöjda gäster], [71], [70], [Bättre], [Når],
)
"""


def test_words_that_run_over_columns_on_one_fill_are_one_cell_and_a_judged_band_is_no_header(tmp_path):
    table = read_typeset(tmp_path, BANDS).tables[0]
    across = {cell.text: cell.col_span for cell in table.cells if cell.row == 1}
    assert across == {"Vattnet i sjön ska nå en god status": 3, "Når delvis målet": 2}
    assert table.header_rows == (0,)
    assert [cell.text for cell in table.cells if cell.row == 2] == ["Avlopp", "163", "220", "Bättre", "Når ej"]
