"""Pages of text with pasted pictures: those of tables are read, others are not."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from fonts import set_with_typst
from typeset import read_typeset, texts

from extract import pictured
from extract.scan import pictures
from extract.scan.engines import available_engine
from schema.layout import Content

needs_ocr = pytest.mark.skipif(not available_engine(), reason="no OCR engine is installed")
SHEET = """
#set page(width: 300pt, height: auto, margin: 1pt)
#set text(size: 9pt, font: "PT Sans")
#table(columns: (120pt, 58pt, 58pt, 58pt), inset: 3pt, stroke: 0.5pt + luma(200),
  align: (_, row) => if row == 0 { center } else { right },
  fill: (_, row) => if row == 0 { rgb("fada45") } else if calc.odd(row) { luma(237) } else { white },
  [*Belopp i tkr*], [*Budget 2026*], [*Prognos 2026*], [*Avvikelse*],
  [Personal], [-717 828], [-709 944], [7 884], [Lokalhyror], [-155 693], [-155 693], [0],
  [Köp av tjänster], [-355 019], [-355 293], [-274], [Summa], [-1 228 540], [-1 220 930], [7 610])
"""
CHART = """
#set page(width: 300pt, height: 160pt, margin: 10pt)
#set text(size: 8pt, font: "PT Sans")
#let bar(x) = place(dx: 30pt + 40pt * x, dy: 20pt + 12pt * x, rect(width: 24pt, height: 110pt - 12pt * x, fill: blue))
#for x in range(6) { bar(x) }
#for x in range(6) { place(dx: 32pt + 40pt * x, dy: 135pt, [#(2020 + x)]) }
#for y in range(5) { place(dx: 0pt, dy: 24pt * y, [#(100 - 20 * y)]) }
"""
DRAWING = """
#set page(width: 300pt, height: 160pt, margin: 10pt)
#let house(x, y) = place(dx: x, dy: y, {
  place(polygon((0pt, 8pt), (8pt, 0pt), (16pt, 8pt)))
  place(dy: 8pt, rect(width: 16pt, height: 10pt))
  place(dx: 6pt, dy: 11pt, circle(radius: 2.5pt))
})
#for x in range(6) { for y in range(5) { house(10pt + 45pt * x, 6pt + 28pt * y) } }
"""
WORDS = """
#set page(width: 300pt, height: auto, margin: 1pt)
#set text(size: 9pt, font: "PT Sans")
#table(columns: (30pt, 180pt, 80pt), inset: 3pt, stroke: 0.5pt,
  [*Nr*], [*Uppdrag till nämnden*], [*Status*],
  [], [Korta tiden för förhandsbesked], [Genomfört], [], [Ta fram en vattenplan], [Pågår],
  [], [Se över lokalerna], [Genomfört])
"""
ORGANISATION = WORDS.replace("Status", "Revisorerna").replace("Genomfört", "Kansli").replace("Pågår", "Stab")
TABLE = [
    ["Belopp i tkr", "Budget 2026", "Prognos 2026", "Avvikelse"],
    ["Personal", "-717 828", "-709 944", "7 884"],
    ["Lokalhyror", "-155 693", "-155 693", "0"],
    ["Köp av tjänster", "-355 019", "-355 293", "-274"],
    ["Summa", "-1 228 540", "-1 220 930", "7 610"],
]


BODY = '= Drift\nNämnden följer ekonomin varje månad.\n\n#image("sheet.png", width: 300pt)\n\nBudgeten hålls.'


def with_picture(folder: Path, source: str, *, dots: int = 150, body: str = BODY) -> Content:
    """A page with text above and below a picture of a printed sheet."""
    page = pdfium.PdfDocument(set_with_typst(source.encode()))[0]
    page.render(scale=dots / 72).to_pil().convert("RGB").save(folder / "sheet.png")
    return read_typeset(folder, body)


@needs_ocr
@pytest.mark.parametrize("dots", [110, 150, 200])
def test_a_table_that_is_a_picture_is_read_where_it_stands(tmp_path, dots):
    content = with_picture(tmp_path, SHEET, dots=dots)
    assert [texts(table) for table in content.tables] == [TABLE]
    table = content.tables[0]
    assert table.steps[-1] == f"picture: read by {available_engine()}"
    assert 0.5 < min(cell.confidence for cell in table.cells if cell.text) < 1
    assert [item.text if hasattr(item, "text") else "table" for item in content.items] == [
        "Drift",
        "Nämnden följer ekonomin varje månad.",
        "table",
        "Budgeten hålls.",
    ]
    assert "-717" in {word.text for word in content.pages[0].words}
    assert not content.problems


@needs_ocr
def test_a_picture_of_a_table_of_words_is_read_where_its_rows_say_how_far_they_have_come(tmp_path):
    tables = with_picture(tmp_path, WORDS).tables
    assert [texts(table)[:2] for table in tables] == [
        [["Nr", "Uppdrag till nämnden", "Status"], ["", "Korta tiden för förhandsbesked", "Genomfört"]]
    ]
    assert not with_picture(tmp_path, ORGANISATION).tables


@needs_ocr
def test_pictures_with_a_heading_between_them_are_two_tables(tmp_path):
    picture = '#image("sheet.png", width: 300pt)'
    content = with_picture(tmp_path, SHEET, body=f"= Drift\n{picture}\n\n= Investeringar\n{picture}")
    assert [texts(table) for table in content.tables] == [TABLE, TABLE]
    assert [getattr(item, "text", "table") for item in content.items] == ["Drift", "table", "Investeringar", "table"]


@needs_ocr
def test_a_picture_of_a_chart_is_left(tmp_path):
    content = with_picture(tmp_path, CHART)
    assert not content.tables and not content.problems


@needs_ocr
def test_a_drawing_whose_pieces_stand_in_rows_is_no_print():
    page = pdfium.PdfDocument(set_with_typst(DRAWING.encode()))[0]
    picture = page.render(scale=200 / 72, rev_byteorder=True).to_numpy()[:, :, :3]
    read = pictures.ocr_page(picture, number=1, width=300, height=160, scale=200 / 72, upright=True)
    assert not read.page.words


SHAPES = """
#set page(width: 300pt, height: 160pt, margin: 10pt)
#for x in range(4) { for y in range(4) { place(dx: 70pt * x, dy: 36pt * y,
  circle(radius: (3pt, 15pt, 6pt, 10pt).at(calc.rem(x + y, 4)), stroke: 2pt)) } }
"""


def test_shapes_of_many_heights_are_not_given_to_ocr(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "ocr_page", None)
    assert with_picture(tmp_path, SHAPES).tables == ()
    with pytest.raises(TypeError):
        with_picture(tmp_path, SHEET)


@needs_ocr
def test_a_picture_that_returns_on_later_pages_is_read_once(tmp_path, monkeypatch):
    read: list[int] = []
    ocr_page = pictures.ocr_page
    monkeypatch.setattr(pictures, "ocr_page", lambda *given, **named: read.append(1) or ocr_page(*given, **named))
    picture = '#image("sheet.png", width: 300pt)'
    content = with_picture(tmp_path, SHEET, body=f"= Drift\n{picture}\n#pagebreak()\n= Investeringar\n{picture}")
    assert [(table.page, texts(table)) for table in content.tables] == [(1, TABLE), (2, TABLE)]
    assert len(read) == 1


def test_a_picture_of_a_table_is_a_problem_of_its_page_where_no_engine_reads_it(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "available_engine", lambda: None)
    content = with_picture(tmp_path, SHEET)
    assert [(p.code, p.page) for p in content.problems] == [("picture_of_table", 1)]


def test_a_picture_that_is_read_badly_is_a_problem_of_its_page(tmp_path, monkeypatch):
    monkeypatch.setattr(pictured, "SURE", 1.1)
    content = with_picture(tmp_path, SHEET)
    assert not content.tables and [p.code for p in content.problems] == ["picture_of_table"]


def test_words_that_keep_clear_of_borders_that_a_header_lacks_stand_in_their_columns(tmp_path):
    lined = "table.cell(stroke: (top: 1pt, bottom: 1pt, left: 1pt))"
    middle = "table.cell(stroke: (top: 1pt, bottom: 1pt))"
    body = f"""#table(columns: (110pt, 70pt, 70pt), stroke: 1pt,
      {lined}[Belopp i tkr], {middle}[Budget 2026], {middle}[Utfall 2026], [Personal], [12], [14], [Hyror], [3], [4])"""
    assert texts(read_typeset(tmp_path, body).tables[0])[0] == ["Belopp i tkr", "Budget 2026", "Utfall 2026"]
