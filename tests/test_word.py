"""Word files: blocks, lists, notes and tables as they are printed; what is broken or too large is refused."""

import random
import sqlite3
import zipfile
from pathlib import Path

import pytest
from docx.shared import Pt, RGBColor
from reports import build
from worded import add_notes, add_table, markup, new, read, reference, texts

from extract.readers import read_file
from extract.word import package
from extract.word.lists import Level, roman, written
from schema.problem import UnreadableDocument

EXAMPLE = Path(__file__).parent.parent / "corpus" / "tallby-utbildning-delarsrapport-2025.docx"


def blocks(content):
    return [(block.kind, block.level, block.text) for block in content.blocks]


def test_headings_paragraphs_and_items_are_told_by_their_styles(tmp_path):
    document = new()
    document.add_heading("Delårsrapport 2025", 1)
    document.add_heading("Ekonomi", 2)
    document.add_paragraph("Nämnden håller sin budget.")
    document.add_paragraph("färre vikarier", style="List Bullet")
    document.add_paragraph("Innehåll 3", style="Normal").style.name = "Normal"
    assert blocks(read(document, tmp_path))[:4] == [
        ("heading", 1, "Delårsrapport 2025"),
        ("heading", 2, "Ekonomi"),
        ("paragraph", 0, "Nämnden håller sin budget."),
        ("list_item", 0, "färre vikarier"),
    ]


def test_headings_that_only_their_weight_tells_are_ranked_by_size(tmp_path):
    document = new()
    for text, size in (("Rapport", 20), ("Ekonomi", 14), ("Inledande mening.", 14)):
        run = document.add_paragraph().add_run(text)
        run.bold, run.font.size = True, Pt(size)
    assert blocks(read(document, tmp_path)) == [
        ("heading", 1, "Rapport"),
        ("heading", 2, "Ekonomi"),
        ("paragraph", 0, "Inledande mening."),
    ]


def test_bold_lines_stand_below_headings_that_have_a_style(tmp_path):
    document = new()
    document.add_heading("Ekonomi", 2)
    document.add_paragraph().add_run("Kommentar till utfallet").bold = True
    assert [level for _, level, _ in blocks(read(document, tmp_path))] == [2, 7]


def test_numbers_that_word_sets_before_items_are_printed(tmp_path):
    document = new()
    for text in ("Nämnden ska spara.", "Nämnden ska bygga."):
        document.add_paragraph(text, style="List Number")
    assert [block.text for block in read(document, tmp_path).blocks] == [
        "1. Nämnden ska spara.",
        "2. Nämnden ska bygga.",
    ]


@pytest.mark.parametrize(
    ("count", "style", "text"),
    [(4, "decimal", "4"), (4, "lowerRoman", "iv"), (29, "upperRoman", "XXIX"), (2, "lowerLetter", "b")]
    + [(28, "upperLetter", "BB"), (7, "decimalZero", "07")],
)
def test_numbers_of_lists_are_written_as_word_does(count, style, text):
    assert written(count, style) == text
    assert roman(0) == "" and Level().start == 1


def test_words_struck_out_or_hidden_are_not_printed_and_those_put_in_are(tmp_path):
    document = new()
    paragraph = document.add_paragraph("Kvar ")
    paragraph._p.append(markup("<w:del><w:r><w:delText>struket 12 </w:delText></w:r></w:del>"))
    paragraph._p.append(markup("<w:ins><w:r><w:t>tillagt 13</w:t></w:r></w:ins>"))
    paragraph.add_run(" dolt 14").font.hidden = True
    content = read(document, tmp_path)
    assert [block.text for block in content.blocks] == ["Kvar tillagt 13"]
    assert content.text.split() == ["Kvar", "tillagt", "13"]


def test_links_fields_and_content_controls_are_read_where_they_stand(tmp_path):
    document = new()
    paragraph = document.add_paragraph("Se ")
    paragraph._p.append(markup("<w:hyperlink><w:r><w:t>planen</w:t></w:r></w:hyperlink>"))
    paragraph._p.append(markup("<w:r><w:instrText>PAGEREF 9</w:instrText></w:r>"))
    paragraph._p.append(markup("<w:sdt><w:sdtContent><w:r><w:t> från 2024</w:t></w:r></w:sdtContent></w:sdt>"))
    whole = "<w:sdt><w:sdtContent><w:p><w:r><w:t>Sammanfattning</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, markup(whole))
    assert [block.text for block in read(document, tmp_path).blocks] == ["Sammanfattning", "Se planen från 2024"]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path):
    document = new()
    inner = "<w:txbxContent><w:p><w:r><w:t>Ruta 5</w:t></w:r></w:p></w:txbxContent>"
    paragraph = document.add_paragraph("Före")
    paragraph._p.append(
        markup(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{inner}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    document.add_paragraph("Efter")
    content = read(document, tmp_path)
    assert [block.text for block in content.blocks] == ["Före", "Ruta 5", "Efter"]
    assert content.text.count("5") == 1


def test_running_headers_stand_apart(tmp_path):
    document = new()
    document.sections[0].header.paragraphs[0].text = "Tallby kommun"
    document.add_paragraph("Text")
    assert blocks(read(document, tmp_path)) == [("paragraph", 0, "Text"), ("furniture", 0, "Tallby kommun")]


def test_footnotes_are_numbered_in_the_order_of_the_text_and_stand_after_it(tmp_path):
    document = new()
    add_notes(document, n7="<w:r><w:t>Preliminärt.</w:t></w:r>", n3="<w:r><w:t>Omräknat.</w:t></w:r>")
    table = add_table(document, [["Mått", "2024"], ["Antal barn", "71"]])
    table.cell(1, 1).paragraphs[0]._p.append(reference(7))
    document.add_paragraph("Utfallet ökade")._p.append(reference(3))
    content = read(document, tmp_path)
    assert content.tables[0].grid()[1][1].markers == ("1",)
    assert [(block.kind, block.text, block.markers) for block in content.blocks] == [
        ("footnote", "Preliminärt.", ("1",)),
        ("paragraph", "Utfallet ökade", ("2",)),
        ("footnote", "Omräknat.", ("2",)),
    ]


def test_a_footnote_that_nothing_refers_to_is_read_once_after_the_text(tmp_path):
    document = new()
    add_notes(document, n1="<w:r><w:t>Preliminärt.</w:t></w:r>", n2="<w:r><w:t>Gjordes i årskurs 5.</w:t></w:r>")
    document.add_paragraph("Utfallet ökade")._p.append(reference(1))
    document.add_paragraph("Nästa stycke")._p.append(reference(9))
    found = [(block.text, block.markers) for block in read(document, tmp_path).blocks if block.kind == "footnote"]
    assert found == [("Preliminärt.", ("1",)), ("Gjordes i årskurs 5.", ())]


def test_a_footnote_with_a_mark_of_its_own_keeps_it(tmp_path):
    document = new()
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>*</w:t></w:r>'
    add_notes(document, n1=f"{raised}<w:r><w:t> Ungefärligt.</w:t></w:r>")
    paragraph = document.add_paragraph("Antal")
    paragraph._p.append(reference(1, customMarkFollows="1"))
    paragraph._p.append(markup(raised))
    first, note = read(document, tmp_path).blocks
    assert (first.text, first.markers) == ("Antal", ("*",))
    assert (note.kind, note.text, note.markers) == ("footnote", "Ungefärligt.", ("*",))


def test_raised_figures_are_marks_but_powers_and_notes_below_a_table_are_read(tmp_path):
    document = new()
    table = add_table(document, [["Mått", "2024"], ["", "1 204"]])
    label = table.cell(1, 0).paragraphs[0]
    label.add_run("Lokalyta, m")
    label.add_run("2").font.superscript = True
    label.add_run(" per barn")
    label.add_run("1,2").font.superscript = True
    note = document.add_paragraph()
    note.add_run("1").font.superscript = True
    note.add_run(" Utan idrottshallar.")
    content = read(document, tmp_path)
    cell = content.tables[0].grid()[1][0]
    assert (cell.text, cell.markers) == ("Lokalyta, m² per barn", ("1", "2"))
    assert [(block.kind, block.text, block.markers) for block in content.blocks] == [
        ("footnote", "Utan idrottshallar.", ("1",))
    ]


def test_stars_are_marks_where_a_paragraph_says_what_they_mean(tmp_path):
    document = new()
    add_table(document, [["Mått", "2024"], ["Antal barn", "71*"]])
    document.add_paragraph("* Preliminär uppgift")
    content = read(document, tmp_path)
    cell = content.tables[0].grid()[1][1]
    assert (cell.text, cell.lines, cell.markers) == ("71", ("71",), ("*",))
    assert content.blocks[0].markers == ("*",)


def test_cells_merged_over_columns_and_rows_stand_in_each_of_their_places(tmp_path):
    rows = [
        ["Mål", "Indikator", "Utfall", "<", "Mål 2025"],
        ["^", "^", "2023", "2024", "^"],
        ["Trygg skola", "Andel trygga", "71", "74", "75"],
        ["^", "Antal anmälningar", "163", "188", "–"],
    ]
    document = new()
    add_table(document, rows)
    (table,) = read(document, tmp_path).tables
    assert table.header_rows == (0, 1)
    assert texts(table) == [
        ["Mål", "Indikator", "Utfall", "Utfall", "Mål 2025"],
        ["Mål", "Indikator", "2023", "2024", "Mål 2025"],
        ["Trygg skola", "Andel trygga", "71", "74", "75"],
        ["Trygg skola", "Antal anmälningar", "163", "188", "–"],
    ]
    assert len(table.cells) == 4 + 2 + 5 + 4


def test_borders_a_little_apart_make_no_columns(tmp_path):
    # The first row's border stands a hair to the right of the others': a grid of three columns for a table of two.
    def cell(text, span):
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'

    rows = [cell("Mått", 2) + cell("2024", 1), cell("Antal barn", 1) + cell("71", 2), cell("Andel", 1) + cell("5 %", 2)]
    document = new()
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
    inner = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    document.element.body.insert(0, markup(f"<w:tbl><w:tblPr/>{grid}{inner}</w:tbl>"))
    (table,) = read(document, tmp_path).tables
    assert texts(table) == [["Mått", "2024"], ["Antal barn", "71"], ["Andel", "5 %"]]


def test_rows_that_begin_further_in_are_filled_up(tmp_path):
    document = new()
    table = add_table(document, [["Mått", "2023", "2024"], ["Antal", "1", "2"]])
    row = table.rows[1]._tr
    row.remove(row.tc_lst[0])
    row.get_or_add_trPr().append(markup('<w:gridBefore w:val="1"/>'))
    assert texts(read(document, tmp_path).tables[0]) == [["Mått", "2023", "2024"], ["", "1", "2"]]


def test_rows_that_word_repeats_are_the_header_and_rows_struck_out_are_gone(tmp_path):
    document = new()
    table = add_table(document, [["Tabell 1", "<"], ["Mått", "2024"], ["Antal", "9"], ["Struken", "8"]])
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(markup("<w:tblHeader/>"))
    table.rows[3]._tr.get_or_add_trPr().append(markup("<w:del/>"))
    (read_table,) = read(document, tmp_path).tables
    assert (read_table.header_rows, read_table.n_rows) == ((0, 1), 3)


def test_a_table_that_opens_with_amounts_has_no_header(tmp_path):
    document = new()
    add_table(document, [["Intäkter", "1 204", "-5"], ["Kostnader", "10", "4"]])
    assert read(document, tmp_path).tables[0].header_rows == ()


def test_bold_lines_above_plain_ones_are_the_head_of_their_cell(tmp_path):
    document = new()
    table = add_table(document, [["Mått", "2024"], ["", "71"], ["", "12"], ["", "9"]])
    name = table.cell(1, 0).paragraphs[0]
    name.add_run("Trygghet ").bold = True
    name.add_run("i skolan").bold = True
    table.cell(1, 0).add_paragraph("Avser alla elever i kommunen.")
    table.cell(2, 0).paragraphs[0].add_run("Antal").bold = True
    table.cell(2, 0).paragraphs[0].add_run(" besök")
    table.cell(3, 0).paragraphs[0].add_run("Heltid").bold = True
    grid = read(document, tmp_path).tables[0].grid()
    assert [row[0].bold_head for row in grid] == ["", "Trygghet i skolan", "", ""]


def test_looks_of_cells_are_kept(tmp_path):
    document = new()
    table = add_table(document, [["Mått", "2024"], ["", ""], ["", ""]])
    label = table.cell(1, 0).paragraphs[0]
    label.add_run("Trygghet ")
    label.add_run("som eleverna upplever den").italic = True
    table.cell(1, 1).paragraphs[0].add_run("71").bold = True
    part = table.cell(2, 0).paragraphs[0]
    part.paragraph_format.left_indent = Pt(12)
    part.add_run("Flickor").italic = True
    grid = read(document, tmp_path).tables[0].grid()
    assert grid[1][0].italic_tail == "som eleverna upplever den" and not grid[1][0].italic
    assert grid[1][1].bold
    assert (grid[2][0].italic, grid[2][0].indent, grid[1][0].indent) == (True, 12.0, 0.0)


def test_status_symbols_are_told_by_their_colour(tmp_path):
    document = new()
    table = add_table(document, [["Mål", "Status"], ["Trygg skola", ""], ["Hållbar nämnd", ""], ["Text", "●"]])
    table.cell(1, 1).paragraphs[0].add_run("●").font.color.rgb = RGBColor(0x3A, 0xA6, 0x55)
    table.cell(2, 1)._tc.get_or_add_tcPr().append(markup('<w:shd w:val="clear" w:fill="CF3A3A"/>'))
    grid = read(document, tmp_path).tables[0].grid()
    assert [(row[1].symbol.colour, row[1].symbol.shape) for row in grid[1:3]] == [("green", "dot"), ("red", "square")]
    assert grid[3][1].symbol is None and grid[3][1].text == "●"


def test_each_table_is_one_of_its_own(tmp_path):
    document = new()
    for year in ("2023", "2024"):
        add_table(document, [["Mått", year], ["Antal", "1"]])
        document.add_paragraph("Kommentar")
    assert [(table.number, table.grid()[0][1].text) for table in read(document, tmp_path).tables] == [
        (1, "2023"),
        (2, "2024"),
    ]


def test_a_table_in_a_cell_is_a_table_of_its_own_after_the_outer_one(tmp_path):
    document = new()
    outer = add_table(document, [["Område", "Utfall"], ["Skola", "Se tabellen"], ["Vård", "12"]])
    inner = outer.cell(1, 1).add_table(2, 2)
    for cell, text in zip([c for row in inner.rows for c in row.cells], ("Mått", "2024", "Antal", "7"), strict=True):
        cell.text = text
    first, second = read(document, tmp_path).tables
    assert texts(first) == [["Område", "Utfall"], ["Skola", "Se tabellen"], ["Vård", "12"]]
    assert texts(second) == [["Mått", "2024"], ["Antal", "7"]]


def test_a_table_that_only_sets_others_side_by_side_is_none(tmp_path):
    document = new()
    outer = document.add_table(1, 2)
    for place, year in enumerate(("2023", "2024")):
        inner = outer.cell(0, place).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "Antal", year
    document.add_table(1, 1).cell(0, 0).text = "En ruta med text"
    content = read(document, tmp_path)
    assert [texts(table) for table in content.tables] == [[["Antal", "2023"]], [["Antal", "2024"]]]
    assert "En ruta med text" in [block.text for block in content.blocks]


def test_what_word_shows_and_this_does_not_read_is_a_problem(tmp_path):
    document = new()
    document.add_paragraph("Tabell ur Excel")._p.append(markup("<w:r><w:object/></w:r>"))
    assert [problem.code for problem in read(document, tmp_path).problems] == ["embedded_object"]


def refusal_of(path):
    with pytest.raises(UnreadableDocument) as caught:
        read_file(path)
    return caught.value


def repacked(folder, **changes):
    """The example with parts replaced, by the last word of their names; None leaves a part out."""
    path = folder / "changed.docx"
    with zipfile.ZipFile(EXAMPLE) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new_file:
        for name in old.namelist():
            data = changes.get(Path(name).stem, old.read(name))
            if data is not None:
                new_file.writestr(name, data)
    return path


def test_an_empty_document_is_refused_in_one_line(tmp_path):
    new().save(str(tmp_path / "tom.docx"))
    database = build(tmp_path, tmp_path / "out").database
    with sqlite3.connect(database) as db:
        [(status, message)] = db.execute("select status, message from documents").fetchall()
    assert (status, message) == ("failed", "holds no text; fetch or export the report again")


@pytest.mark.parametrize(
    "changes", [{"document": b"<w:document"}, {"document": None}, {"styles": b"<x/>"}, {"footnotes": b"no markup"}]
)
def test_a_package_with_a_broken_part_is_refused_or_read_without_it(tmp_path, changes):
    path = repacked(tmp_path, **changes)
    if "styles" in changes:
        assert read_file(path).tables
    else:
        assert refusal_of(path).code == "broken"


def test_a_file_that_was_cut_off_is_known_for_what_it_is(tmp_path):
    path = tmp_path / "cut.docx"
    path.write_bytes(EXAMPLE.read_bytes()[:9000])
    assert "damaged Word file" in refusal_of(path).message


def test_damaged_bytes_cost_the_document_and_nothing_else(tmp_path):
    whole, chance = EXAMPLE.read_bytes(), random.Random(1)
    path = tmp_path / "damaged.docx"
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
        try:
            read_file(path)
        except UnreadableDocument as reason:
            assert "\n" not in reason.message


def test_what_unpacks_to_more_than_a_report_is_refused_before_it_is_read(tmp_path, monkeypatch):
    bomb = repacked(tmp_path, document=b"<w:document>" + b" " * (package.MOST_TEXT + 1))
    assert bomb.stat().st_size < 1_000_000
    monkeypatch.setattr(package.docx, "Document", lambda path: pytest.fail("opened"))
    assert refusal_of(bomb).code == "huge_file"


def test_entities_that_grow_are_not_followed(tmp_path):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE d [<!ENTITY e0 "x">{entities}]><w:document xmlns:w="x">&e11;</w:document>'
    assert refusal_of(repacked(tmp_path, document=body.encode())).code == "broken"


def test_tables_nested_beyond_reason_are_refused(tmp_path):
    depth = 400
    inside = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"<w:document {namespace}><w:body>{inside}</w:body></w:document>"
    assert refusal_of(repacked(tmp_path, document=document.encode())).code == "broken"


def test_a_word_file_goes_through_to_the_corpus(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rapport.docx").write_bytes(EXAMPLE.read_bytes())
    database = build(tmp_path / "in", tmp_path / "out").database
    with sqlite3.connect(database) as db:
        [(status, pages, media)] = db.execute("select status, pages, media_type from documents").fetchall()
        numbers, lost = db.execute("select sum(numbers), sum(unaccounted) from number_ledger").fetchone()
        failed = db.execute("select count(*) from checks where status = 'fail'").fetchone()[0]
    assert (status, pages) == ("ok", None) and media.endswith("wordprocessingml.document")
    assert (numbers > 200, lost, failed) == (True, 0, 0)
