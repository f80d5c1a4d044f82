"""Reads a PDF: begins with a file, ends with its blocks and tables in reading order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from extract.blocks import blocks_of, furniture_blocks, furniture_of, hyphenates, reading_order, text_style
from extract.joining import join_grids
from extract.lines import lines_of
from extract.ocr import available_engine, read_scan
from extract.pages import PageParse, parse_page
from extract.rests import with_rests
from extract.tables import find_tables, joined_to_table
from schema.layout import Block, Content, Item, Source, Table, Word
from schema.problem import Problem, UnreadableDocument

LETTER_SHARE = 0.5
"""Readable Swedish pages hold over 0.7 letters and digits; pages of symbol garbage under 0.3."""
FEW_CHARACTERS = 20
"""A page under a picture with fewer characters than this is a scan."""
SCAN_SHARE = 0.5
"""A picture that covers more than this share of a page may be a scanned page."""


def read_pdf(
    source: Source,
    path: Path,
    *,
    reference: bool = False,
    on_page: Callable[[int], None] = lambda number: None,
) -> Content:
    """Read a PDF's text and tables; `reference` finds tables with the unchanged libraries instead.

    `on_page` is told the number of each page before its words are read, and again before its tables are.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise UnreadableDocument("broken", "is a damaged PDF; fetch or export the file again") from error
    try:
        parses = []
        for index in range(len(document)):
            on_page(index + 1)
            parses.append(_read_page(document, index))
    finally:
        document.close()
    problems = _unreadable_pages(parses)
    pages = [parse.page for parse in parses]
    furniture = furniture_of(pages)
    bodies = [[w for w in p.words if id(w) not in furniture[p.number]] for p in pages]
    grids = []
    for parse, words in zip(parses, bodies, strict=True):
        on_page(parse.page.number)
        grids.append(find_tables(parse, words, path=path, reference=reference))
    if not reference:
        grids = with_rests(grids, bodies)
    loose = [
        _outside(words, [c.words for g in found for c in g.cells]) for words, found in zip(bodies, grids, strict=True)
    ]
    style = text_style(line for words in loose for line in lines_of(words))
    items: list[list[Block]] = []
    for page, words in zip(pages, loose, strict=True):
        running = [w for w in page.words if id(w) in furniture[page.number]]
        items.append([*furniture_blocks(running, page.number), *blocks_of(words, page.number, style)])
    tables = [joined_to_table(joined) for joined in join_grids(grids, items, hyphenated=hyphenates(pages))]
    ordered = _in_order(items, tables)
    return Content(source, ordered, tuple(pages), len(pages), tuple(problems))


def _read_page(document: pdfium.PdfDocument, index: int) -> PageParse:
    """A page's own text, or what OCR reads where it has none that can be used."""
    parse = parse_page(document, index)
    return parse if _has_text(parse) or not available_engine() else read_scan(document, index)


def _outside(words: Sequence[Word], cells: Sequence[Sequence[Word]]) -> list[Word]:
    """The words that stand in no cell."""
    used = {id(word) for cell in cells for word in cell}
    return [word for word in words if id(word) not in used]


def _in_order(blocks: Sequence[Sequence[Block]], tables: Sequence[Table]) -> tuple[Item, ...]:
    """Blocks and tables of all pages in reading order, tables numbered."""
    found: list[Item] = [block for page in blocks for block in page]
    found += tables
    found.sort(key=lambda item: (item.page or 0, *reading_order(item.box)))
    numbered: list[Item] = []
    count = 0
    for item in found:
        if isinstance(item, Table):
            count += 1
            item = replace(item, number=count)
        numbered.append(item)
    return tuple(numbered)


def _unreadable_pages(parses: Sequence[PageParse]) -> list[Problem]:
    """A problem for each page without usable text; raises where no page has any."""
    bad = [parse for parse in parses if not _has_text(parse)]
    written = [parse for parse in parses if parse.page.words and _has_text(parse)]
    if bad and not written:
        message = "is scanned or its fonts cannot be read: no page has text; make it searchable with OCR first"
        raise UnreadableDocument("scanned", message, page=bad[0].page.number)
    return [
        Problem(
            "read",
            "scanned_page",
            f"page {p.page.number} has no readable text; make it searchable with OCR",
            page=p.page.number,
        )
        for p in bad
    ]


def _has_text(parse: PageParse) -> bool:
    """Whether a page's text can be used: a blank page can, a picture of text or symbol garbage cannot."""
    text = "".join(word.text for word in parse.page.words)
    if len(text) < FEW_CHARACTERS:
        return parse.picture_share < SCAN_SHARE
    readable = sum(ch.isalnum() and ord(ch) < 0x250 for ch in text)
    return readable >= LETTER_SHARE * len(text.replace(".", "").replace("_", "")) and parse.odd_chars < 0.5 * len(text)
