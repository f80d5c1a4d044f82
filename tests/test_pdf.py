import signal
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest
from typeset import PAGE, RUNNING, read, read_typeset, texts, typeset

from extract.grid.choose import reread_doubtful
from extract.grid.find import find_tables
from extract.grid.judge import audited
from extract.grid.libraries import camelots
from extract.grid.libraries.plumber import FastPage
from extract.page.parse import parse_page
from schema.layout import Content, Source, Table
from schema.problem import UnreadableDocument

ARCHIVE = Path(__file__).parents[2] / "shared" / "archive-pdf"
DIGITAL = sorted(path for path in ARCHIVE.glob("*.pdf") if "scan" not in path.stem)
REPORT = """
= Driftsammandrag
Löpande text om ekonomin, som fortsätter på en rad till så att stycket blir två rader långt.
== Ekonomi, belopp i tkr
#table(columns: (130pt, 60pt, 60pt), [*Belopp*], [*2022*], [*2023*],
  [Familjehem], [1 053], [1 089], [Placeringar], [-12,5], [26–34 %])
- Första punkten
- Andra punkten

Text efter tabellen.#footnote[Preliminär uppgift, 17 procent.]
"""


def words_of(content: Content) -> Counter[str]:
    """Every word of the pages, joined to runs of letters and figures so that mended words compare equal."""
    return _letters(word.text for page in content.pages for word in page.words)


def kept_of(content: Content) -> Counter[str]:
    """What blocks, cells and marks hold of it."""
    blocks = [text for block in content.blocks for text in (block.text, *block.markers)]
    cells = [text for t in content.tables for c in t.cells for text in (*c.lines, *c.markers)]
    return _letters([*blocks, *cells])


def _letters(texts) -> Counter[str]:
    return Counter(ch for text in texts for ch in text if not ch.isspace() and ch not in "-\u00ad,)")


def figures_of(content: Content) -> Counter[str]:
    return Counter({ch: n for ch, n in kept_of(content).items() if ch.isdigit()})


def test_nothing_that_is_printed_is_lost(tmp_path):
    content = read_typeset(tmp_path, RUNNING + REPORT)
    assert kept_of(content) == words_of(content)


@pytest.mark.skipif(not DIGITAL, reason="the archive is not beside the checkout")
@pytest.mark.parametrize("path", DIGITAL, ids=lambda path: path.stem)
def test_nothing_of_the_archive_is_lost(path):
    content = read(path)
    assert kept_of(content) == words_of(content)
    assert all(table.verdict == "ok" for table in content.tables)


def test_every_cell_knows_where_it_stands(tmp_path):
    content = read_typeset(tmp_path, REPORT)
    for table in content.tables:
        for cell in table.cells:
            assert cell.page == 1 and cell.box is not None
            inside = [
                word.text
                for word in content.pages[0].words
                if cell.box.x0 <= (word.box.x0 + word.box.x1) / 2 <= cell.box.x1
                and cell.box.top <= (word.box.top + word.box.bottom) / 2 <= cell.box.bottom
            ]
            assert " ".join(inside) == cell.text


def test_text_comes_in_reading_order_with_its_kind(tmp_path):
    content = read_typeset(tmp_path, RUNNING + REPORT + "\n#pagebreak()\nSlut.")
    kinds = ["table" if isinstance(item, Table) else item.kind for item in content.items]
    assert kinds == [
        "furniture", "heading", "paragraph", "heading", "table", "list_item", "list_item", "paragraph",
        "footnote", "furniture", "furniture", "paragraph", "furniture",
    ]  # fmt: skip
    headings = [(b.text, b.level) for b in content.blocks if b.kind == "heading"]
    assert headings == [("Driftsammandrag", 1), ("Ekonomi, belopp i tkr", 2)]
    footnote = next(block for block in content.blocks if block.kind == "footnote")
    assert footnote.markers == ("1",) and footnote.text == "Preliminär uppgift, 17 procent."
    assert next(b for b in content.blocks if b.text.startswith("Text efter")).markers == ("1",)


def test_headings_keep_their_level_through_the_document(tmp_path):
    body = "= A\nText.\n== B\nText.\n=== C\nText.\n#pagebreak()\n== D\nText.\n= E\nText " * 2
    levels = [block.level for block in read_typeset(tmp_path, body).blocks if block.kind == "heading"]
    assert levels[:5] == [1, 2, 3, 2, 1]


def test_lines_of_running_text_are_joined_with_spaces(tmp_path):
    body = "Familjerådgivningen i Bergvåla \\ Lundström Ahlgren \\ leder arbetet med barn- \\ och ungdomsvård."
    (block,) = read_typeset(tmp_path, body).blocks
    assert block.text == "Familjerådgivningen i Bergvåla Lundström Ahlgren leder arbetet med barn- och ungdomsvård."


def test_letters_that_share_a_ligature_stay_in_their_word(tmp_path):
    (block,) = read_typeset(tmp_path, "Driftsammandrag, effektmål och finansiering").blocks
    assert block.text == "Driftsammandrag, effektmål och finansiering"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_reads_the_same(tmp_path, rotation):
    path = typeset(tmp_path, REPORT)
    expected = read(path)
    document = pdfium.PdfDocument(path)
    document[0].set_rotation(rotation)
    turned = tmp_path / "turned.pdf"
    document.save(turned)
    content = read(turned)
    assert [texts(t) for t in content.tables] == [texts(t) for t in expected.tables]
    assert [b.text for b in content.blocks] == [b.text for b in expected.blocks]


def test_words_carry_their_look(tmp_path):
    content = read_typeset(tmp_path, "Vanlig *fet* _kursiv_ tal#super[2] #text(size: 20pt)[stor]")
    look = {w.text: (w.bold, w.italic, w.is_marker, round(w.size)) for w in content.pages[0].words}
    assert look["Vanlig"] == (False, False, False, 10)
    assert look["fet"][0] and look["kursiv"][1] and look["2"][2]
    assert look["stor"][3] == 20


def test_a_scanned_page_among_others_is_a_problem_not_a_failure(tmp_path, monkeypatch):
    monkeypatch.setattr("extract.scan.read.available_engine", lambda: None)
    path = typeset(tmp_path, "Text som går att läsa. " * 20)
    picture = pdfium.PdfDocument(path)[0].render(scale=1).to_pil()
    picture.save(tmp_path / "scan.pdf", "PDF")
    document = pdfium.PdfDocument(path)
    document.import_pages(pdfium.PdfDocument(tmp_path / "scan.pdf"))
    document.save(tmp_path / "both.pdf")
    content = read(tmp_path / "both.pdf")
    assert [(p.code, p.page) for p in content.problems] == [("scanned_page", 2)]


def test_pdfplumber_finds_the_same_tables_on_the_fast_page(tmp_path):
    path = typeset(tmp_path, REPORT)
    with pdfplumber.open(path) as document:
        own = document.pages[0]
        fast = FastPage(parse_page(pdfium.PdfDocument(path), 0))
        found, expected = fast.find_tables(), own.find_tables()
        assert [len(table.rows) for table in found] == [len(table.rows) for table in expected] != []
        for cell, other in zip(found[0].cells, expected[0].cells, strict=True):
            assert cell == pytest.approx(other, abs=0.5)


def test_camelot_finds_the_same_tables_from_the_one_parse(tmp_path):
    path = typeset(tmp_path, REPORT)
    parse = parse_page(pdfium.PdfDocument(path), 0)
    fed = camelots.find_camelot(parse, parse.page.words, path=path)
    own = camelots.find_unchanged(parse, parse.page.words, path=path)
    assert [_rows(grid) for grid in fed] == [_rows(grid) for grid in own]


def _rows(grid) -> list[tuple[int, int, str]]:
    return [(c.row, c.col, " ".join(w.text for w in c.words)) for c in grid.cells]


def test_camelot_rereads_what_the_audit_doubts(tmp_path):
    path = typeset(tmp_path, REPORT)
    parse = parse_page(pdfium.PdfDocument(path), 0)
    words = parse.page.words
    (good,) = find_tables(parse, words, path=path)
    doubtful = replace(good, verdict="1 words run over a border")
    (reread,) = reread_doubtful([doubtful], parse, words, lambda grids: [audited(g) for g in grids], path=path)
    assert reread.engine == "camelot-hybrid" and reread.verdict == "ok"
    assert reread.steps == ("pdfplumber: 1 words run over a border",)
    assert sorted(row[2] for row in _rows(reread)) == sorted(row[2] for row in _rows(good))


def test_the_unchanged_libraries_read_the_same_table(tmp_path):
    from extract.pdf import read_pdf

    path = typeset(tmp_path, REPORT)
    source = Source("report", "report.pdf", "", "application/pdf")
    fast, reference = read_pdf(source, path), read_pdf(source, path, reference=True)
    assert [texts(t) for t in reference.tables] == [texts(t) for t in fast.tables]


def test_a_page_of_impossible_size_is_a_problem_and_the_others_are_read(tmp_path):
    document = pdfium.PdfDocument(typeset(tmp_path, REPORT))
    pages = len(document)
    document.new_page(90_000, 90_000)
    document.save(tmp_path / "huge.pdf")
    content = read(tmp_path / "huge.pdf")
    assert content.tables and content.number_of_pages == pages + 1
    assert [(p.code, p.page, p.severity) for p in content.problems] == [("huge_page", pages + 1, "error")]


def test_a_document_of_impossible_pages_alone_is_refused(tmp_path):
    document = pdfium.PdfDocument.new()
    document.new_page(90_000, 90_000)
    document.save(tmp_path / "huge.pdf")
    with pytest.raises(UnreadableDocument) as caught:
        read(tmp_path / "huge.pdf")
    assert caught.value.code == "huge_page" and caught.value.page == 1


def test_a_page_without_text_is_no_scan(tmp_path):
    assert read_typeset(tmp_path, "#pagebreak()\nText på sidan två.", page=PAGE).problems == ()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system knows no such clock")
def test_what_takes_too_much_processor_time_gives_nothing():
    def endless():
        while True:
            pass

    assert camelots.within(0.05, endless) is None
    assert camelots.within(5, lambda: ["table"]) == ["table"]
    assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL
