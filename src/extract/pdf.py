"""Reads a PDF: begins with a file, ends with its blocks and tables in reading order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from extract.grid.find import find_tables, joined_to_table
from extract.grid.join import join_grids
from extract.grid.leftovers import with_rests
from extract.page.backdrop import backdrop_of
from extract.page.blocks import blocks_of, furniture_blocks, furniture_of, hyphenates, reading_order, text_style
from extract.page.columns import Part, parts_of
from extract.page.lines import lines_of
from extract.page.model import PageParse
from extract.page.parse import parse_page
from extract.pictured import parts_in_pictures
from extract.scan.pictures import PictureOfTable, tables_in_pictures
from extract.scan.read import available_engine, read_scan
from schema.layout import Block, Content, Item, Page, Source, Table, Word
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
    parses: list[PageParse] = []
    pictures: list[list[PictureOfTable]] = []
    refused: list[UnreadableDocument] = []
    try:
        for index in range(len(document)):
            on_page(index + 1)
            try:
                parse = _read_page(document, index)
                on_page(index + 1)
                pictures.append([] if reference else tables_in_pictures(document, index, parse))
                parses.append(parse)
            except UnreadableDocument as error:
                refused.append(error)
                pictures.append([])
                parses.append(PageParse(Page(index + 1, 0.0, 0.0)))
    finally:
        document.close()
    if refused and len(refused) == len(parses):
        raise refused[0]
    problems = _unreadable_pages(parses)
    problems += [Problem("read", error.code, str(error), "error", page=error.page) for error in refused]
    pages = [parse.page for parse in parses]
    furniture = furniture_of(pages)
    for page in pages:
        furniture[page.number] |= {id(word) for word in backdrop_of(page.words)}
    bodies = [[w for w in p.words if id(w) not in furniture[p.number]] for p in pages]
    parts = parts_of(parses, bodies)
    pictured, unread = _pictured(pictures, path)
    problems += unread
    parts = sorted([*parts, *pictured], key=lambda part: part.number)
    grids = []
    for part in parts:
        on_page(part.number)
        found = find_tables(part.parse, part.words, path=path, reference=reference)
        step = f"picture: read by {part.parse.page.engine}"
        grids.append([replace(g, steps=(*g.steps, step)) for g in found] if part in pictured else found)
    if not reference:
        grids = with_rests(grids, [part.words for part in parts])
    loose = [
        _outside(part.words, [c.words for g in found for c in g.cells])
        for part, found in zip(parts, grids, strict=True)
    ]
    style = text_style(line for words in loose for line in lines_of(words))
    items = [blocks_of(words, part.number, style) for part, words in zip(parts, loose, strict=True)]
    tables = [joined_to_table(joined) for joined in join_grids(grids, items, hyphenated=hyphenates(pages))]
    running = [
        block
        for page in pages
        for block in furniture_blocks([w for w in page.words if id(w) in furniture[page.number]], page.number)
    ]
    ordered = _in_order(running, [block for blocks in items for block in blocks], tables, parts)
    pages = [
        replace(page, words=(*page.words, *(w for part in pictured if part.number == page.number for w in part.words)))
        for page in pages
    ]
    return Content(source, ordered, tuple(pages), len(pages), tuple(problems))


def _pictured(pictures: Sequence[Sequence[PictureOfTable]], path: Path) -> tuple[list[Part], list[Problem]]:
    """The parts and problems that pictures of tables add to all pages."""
    found = [parts_in_pictures(own, number, path) for number, own in enumerate(pictures, 1) if own]
    return [part for parts, _ in found for part in parts], [p for _, problems in found for p in problems]


def _read_page(document: pdfium.PdfDocument, index: int) -> PageParse:
    """A page's own text, or what OCR reads where it has none that can be used."""
    parse = parse_page(document, index)
    return parse if _has_text(parse) or not available_engine() else read_scan(document, index)


def _outside(words: Sequence[Word], cells: Sequence[Sequence[Word]]) -> list[Word]:
    """The words that stand in no cell."""
    used = {id(word) for cell in cells for word in cell}
    return [word for word in words if id(word) not in used]


def _in_order(
    running: Sequence[Block], blocks: Sequence[Block], tables: Sequence[Table], parts: Sequence[Part]
) -> tuple[Item, ...]:
    """Blocks and tables of all pages in reading order, tables numbered; running lines come with what they are near."""
    found: list[Item] = [*running, *blocks, *tables]
    found.sort(key=lambda item: (item.page or 0, _place(item, parts), *reading_order(item.box)))
    numbered: list[Item] = []
    count = 0
    for item in found:
        if isinstance(item, Table):
            count += 1
            item = replace(item, number=count)
        numbered.append(item)
    return tuple(numbered)


def _place(item: Item, parts: Sequence[Part]) -> int:
    """Which of the parts of its page a thing stands in."""
    own = [part for part in parts if part.number == item.page]
    return next((i for i, part in enumerate(own) if item.box and part.holds(item.box)), 0)


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
