from pathlib import Path

import numpy as np
import pytest
from typeset import read, read_typeset, texts

from extract.page.chars import LEAST_SIZE, RawChars, Run
from extract.page.symbols import drawn_bullets
from extract.page.words import chars_on_page
from schema.layout import Box, Word

TABLE = """
#table(columns: (150pt, 70pt, 70pt), stroke: 0.5pt,
  [Indikator], [Utfall 2023], [Utfall 2024],
  [Nöjda besökare (%)], [86], [88], [Sjukfrånvaro (%)], [6,1], [5,8])
"""
ROWS = [
    ["Indikator", "Utfall 2023", "Utfall 2024"],
    ["Nöjda besökare (%)", "86", "88"],
    ["Sjukfrånvaro (%)", "6,1", "5,8"],
]
TWO_TABLES = """
#let cols = (55pt, 25pt, 25pt)
#place(dx: 0pt, dy: 20pt, grid(columns: cols, row-gutter: 6pt,
  [Simhall], [0], [12], [Ishall], [0], [14], [Bibliotek], [3], [10], [Museum], [0], [9]))
#place(dx: 180pt, dy: 32.5pt, grid(columns: cols, row-gutter: 6pt,
  [Böcker], [0], [12], [Filmer], [0], [14], [Spel], [0], [17]))
"""
FORM = {
    1: "<< /Type /Catalog /Pages 2 0 R >>",
    2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Annots [6 0 R 8 0 R]"
    " /Resources << /Font << /F 5 0 R >> >> >>",
    4: "BT /F 10 Tf 40 150 Td (Indikator) Tj 120 0 Td (Utfall) Tj -120 -20 Td (Antal barn) Tj ET",
    5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    6: "<< /Type /Annot /Subtype /FreeText /Rect [155 125 215 143] /DA (/F 10 Tf) /AP << /N 7 0 R >> >>",
    7: "BT /F 10 Tf 5 5 Td (1 231) Tj ET",
    8: "<< /Type /Annot /Subtype /Text /Rect [300 100 320 120] /Contents (Kolla 999) >>",
}
FORM_HEAD = "/Type /XObject /Subtype /Form /BBox [0 0 60 18] /Resources << /Font << /F 5 0 R >> >> "


def written(folder: Path, objects: dict[int, str]) -> Path:
    """A PDF with these objects; a text of drawing commands becomes a stream."""
    body, places = "%PDF-1.7\n", []
    for number, text in objects.items():
        places.append(len(body))
        if not text.startswith("<<"):
            head = FORM_HEAD if number == 7 else ""
            text = f"<< {head}/Length {len(text)} >>\nstream\n{text}\nendstream"
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    body += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    body += f"startxref\n{body.index('xref')}\n%%EOF\n"
    path = folder / "form.pdf"
    path.write_bytes(body.encode("latin-1"))
    return path


@pytest.mark.parametrize("angle", ["-45deg", "0deg", "-30deg"])
def test_a_watermark_harms_no_value_and_is_kept_apart(tmp_path, angle):
    mark = f"#place(dx: 20pt, dy: 10pt, rotate({angle}, text(size: 60pt, fill: luma(220))[UTKAST]))"
    content = read_typeset(tmp_path, mark + TABLE)
    assert texts(content.tables[0]) == ROWS
    assert [b.text for b in content.blocks if b.kind == "furniture"] == ["UTKAST"]


def test_a_large_heading_over_nothing_is_no_watermark(tmp_path):
    content = read_typeset(tmp_path, "#text(size: 30pt)[Årsrapport]\n\n" + TABLE)
    assert "furniture" not in {b.kind for b in content.blocks}


def test_slanted_text_is_read_as_it_runs(tmp_path):
    body = "#place(dx: 200pt, dy: 60pt, rotate(-30deg, text(size: 9pt)[Antal barn]))\n#v(100pt)\nText."
    assert "Antal barn" in {w.text for w in read_typeset(tmp_path, body).pages[0].words}


def test_two_tables_side_by_side_that_begin_at_different_heights_are_read(tmp_path):
    assert [texts(t)[0] for t in read_typeset(tmp_path, TWO_TABLES).tables] == [
        ["Simhall", "0", "12"],
        ["Böcker", "0", "12"],
    ]


def test_a_damaged_page_costs_that_page(tmp_path):
    objects = {**FORM, 2: "<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>", 9: "<< /Type /Font >>"}
    content = read(written(tmp_path, objects))
    assert [p.page for p in content.problems if p.code == "broken_page"] == [2]
    assert any(w.text == "Indikator" for w in content.pages[0].words)


def test_a_table_of_two_equal_rows_is_read(tmp_path):
    row = "[Nej], [Nej], [Nej],"
    body = f"#table(columns: (100pt, 60pt, 60pt), stroke: 0.5pt, {row} {row})"
    assert sum(t.n_rows for t in read_typeset(tmp_path, body).tables) == 2


def test_text_written_on_the_page_is_read_where_it_stands_and_notes_are_not(tmp_path):
    words = {w.text: w.box for w in read(written(tmp_path, FORM)).pages[0].words}
    assert set(words) == {"Indikator", "Utfall", "Antal", "barn", "1", "231"}
    assert 155 < words["231"].x0 < 215 and abs(words["231"].bottom - words["barn"].bottom) < 3


DRAWN = """#let item(mark, body) = block(spacing: 5pt)[#box(mark, baseline: -2.5pt)#h(8pt)#body]
"""


@pytest.mark.parametrize(
    "mark",
    ["circle(radius: 1.5pt, fill: black)", "circle(radius: 1.5pt, stroke: 0.6pt)", "square(size: 3pt, fill: black)"],
)
def test_bullets_that_are_drawn_open_items(tmp_path, mark):
    body = f"{DRAWN}Nämnden har tre mål:\n#item({mark})[Korta köer]\n#item({mark})[Trygga skolor]\n"
    found = read_typeset(tmp_path, body)
    assert [block.text for block in found.blocks if block.kind == "list_item"] == ["• Korta köer", "• Trygga skolor"]
    assert not found.pages[0].images


def test_a_small_dot_in_a_status_colour_stays_a_picture(tmp_path):
    body = f"{DRAWN}#item(circle(radius: 1.5pt, fill: green))[Korta köer]\n"
    (page,) = read_typeset(tmp_path, body).pages
    assert [image.colour for image in page.images] == ["green"] and page.words[0].text == "Korta"


def test_letters_of_no_size_open_no_list():
    letter = Word("a", Box(10, 10, 12, 12), 0.0)
    assert not list(drawn_bullets([letter], [Box(5, 10, 7, 12)]))


def test_letters_of_no_size_have_one_to_divide_by():
    runs = (Run(up=(0.0, 0.0), size=9.0), Run(size=0.0))
    assert {run.height for run in runs} == {LEAST_SIZE}
    none = np.zeros(2, dtype=bool)
    chars = RawChars(np.array([65, 66]), np.zeros((2, 2)), np.zeros((2, 4)), runs, np.arange(2), none)
    assert set(chars_on_page(chars, (1, 0, 0, 1, 0, 0), 100.0).size) == {LEAST_SIZE}


@pytest.mark.parametrize("small", [6.2, 7.0])
def test_words_in_small_capitals_of_two_sizes_are_whole(tmp_path, small):
    caps = f"#let caps(first, rest) = box[#text(size: 8pt)[#first]#text(size: {small}pt)[#rest]]\n"
    body = caps + "#caps[B][UDGET] 2024 #caps[Å][RSARBETARE]#super[2]\n"
    words = [word.text for word in read_typeset(tmp_path, body).pages[0].words]
    assert words == ["BUDGET", "2024", "ÅRSARBETARE", "2"]


def test_lines_that_bold_labels_open_are_paragraphs_of_their_own(tmp_path):
    body = """= Mål
    *Nämndmål:* Tillsyn ska utföras enligt tillsynsplanen \\
    *Bedömning:* Delvis uppfyllt \\
    Samtliga planerade tillsyner på särskilda boenden har genomförts under året, men tillsynen av
    flerbostadshus fick skjutas fram eftersom *resurserna* inte räckte till."""
    paragraphs = [block.text for block in read_typeset(tmp_path, body).blocks if block.kind == "paragraph"]
    assert paragraphs[:2] == ["Nämndmål: Tillsyn ska utföras enligt tillsynsplanen", "Bedömning: Delvis uppfyllt"]
    assert len(paragraphs) == 3


def test_bullets_of_the_symbol_font_are_bullets():
    codes = np.array([0xF0B7, 0xF0A7, ord("S")])
    none = np.zeros(3, dtype=bool)
    chars = RawChars(codes, np.zeros((3, 2)), np.zeros((3, 4)), (Run(),), np.zeros(3, dtype=np.intp), none)
    assert chars_on_page(chars, (1, 0, 0, 1, 0, 0), 100.0).text == "••S"
