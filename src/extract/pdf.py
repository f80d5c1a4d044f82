"""Composes a PDF: begins with its pages, ends with its blocks and tables in reading order."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from extract.grid.find import find_tables
from extract.grid.leftovers import with_rests
from extract.grid.model import Grid
from extract.grid.pages.join import join_grids, joined_to_table
from extract.grid.pages.wide import columns_beside, with_columns_beside
from extract.page.backdrop import backdrop_of
from extract.page.blocks import (
    blocks_of,
    furniture_blocks,
    furniture_of,
    hyphenates,
    lines_apart,
    reading_order,
    text_style,
)
from extract.page.columns import Part, parts_of
from extract.page.gutters import beginning
from extract.page.model import PageParse
from extract.page.read import Refusal, has_text, read_pages
from extract.pictured import Found, parts_in_pictures
from extract.scan.pages import read_scanned_pages
from extract.scan.pictures import PictureOfTable
from schema.layout import Block, Box, Content, Item, Source, Table, Word, numbered
from schema.problem import Problem, UnreadableDocument


def read_pdf(
    source: Source,
    path: Path,
    *,
    reference: bool = False,
    on_page: Callable[[int], None] = lambda number: None,
) -> Content:
    """Read a PDF in one go; `reference` finds tables with the unchanged libraries instead."""
    pages = read_pages(source, path, on_page=on_page)
    scanned = read_scanned_pages(source, path, (pages,), on_page=on_page)
    return compose_pages(source, path, (pages, scanned), on_page=on_page, reference=reference)


def compose_pages(
    source: Source,
    path: Path,
    earlier: Sequence[Any],
    *,
    on_page: Callable[[int], None] = lambda number: None,
    reference: bool = False,
) -> Content:
    """Find the blocks and tables of pages that have been read, by their text or by OCR."""
    read, scanned = earlier
    parses = [scanned.pages.get(index, parse) for index, parse in enumerate(read.parses)]
    refused = (*read.refused, *scanned.refused)
    problems = _unreadable_pages(parses, refused)
    problems += [Problem("read", one.code, one.message, "error", page=one.page) for one in refused]
    pages = [parse.page for parse in parses]
    furniture = furniture_of(pages)
    for page in pages:
        furniture[page.number] |= {id(word) for word in backdrop_of(page.words)}
    bodies = [[w for w in p.words if id(w) not in furniture[p.number]] for p in pages]
    parts = parts_of(parses, bodies)
    in_pictures, unread = _pictured({} if reference else scanned.pictures, path)
    problems += unread
    known = {id(part): [_of_picture(grid, part) for grid in found] for part, found in in_pictures}
    pictured = [part for part, _ in in_pictures]
    parts = sorted([*parts, *pictured], key=lambda part: part.number)
    grids = []
    for part in parts:
        found, unfound = (
            (known[id(part)], []) if id(part) in known else _tables_of(part, path, on_page, reference=reference)
        )
        problems += unfound
        grids.append(found)
    if not reference:
        grids = with_rests(grids, [part.words for part in parts])
    grids, beside, apart = columns_beside(grids, [] if reference else parts)
    problems += apart
    moved = {columns.page: [c.words for c in beside if c.page == columns.page] for columns in beside}
    loose = [
        _outside(part.words, [*moved.get(part.number, ()), *(c.words for g in found for c in g.cells)])
        for part, found in zip(parts, grids, strict=True)
    ]
    drawn = [_drawn(part.parse) for part in parts]
    style = text_style(line for own in zip(loose, drawn, strict=True) for line in lines_apart(*own))
    items = [blocks_of(w, part.number, style, d) for part, w, d in zip(parts, loose, drawn, strict=True)]
    hyphenated = hyphenates(pages)
    by_place = join_grids(*_with_pictures_between(parts, pictured, grids, items), hyphenated=hyphenated)
    by_place = with_columns_beside(by_place, beside, hyphenated=hyphenated)
    tables = [joined_to_table(joined) for joined in by_place]
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
    return Content(source, ordered, tuple(pages), len(pages), tuple(problems), properties=read.properties)


def _tables_of(
    part: Part, path: Path, on_page: Callable[[int], None], *, reference: bool
) -> tuple[list[Grid], list[Problem]]:
    """Find a page's tables; an error of ours costs that page its tables, and not the document, and is told."""
    try:
        on_page(part.number)
        return find_tables(part.parse, part.words, path=path, reference=reference), []
    except MemoryError:
        raise
    except UnreadableDocument as error:
        return [], [Problem("read", error.code, error.message, "error", page=part.number)]
    except Exception as error:
        traceback.print_exc()
        message = (
            f"Finding its tables failed in namndata ({error!r}): its words stay running text. Compare it with the page."
        )
        return [], [Problem("read", "tables_not_found", message, "error", page=part.number)]


def _of_picture(grid: Grid, part: Part) -> Grid:
    return replace(grid, steps=(*grid.steps, f"picture: read by {part.parse.page.engine}"))


def _pictured(pictures: Mapping[int, Sequence[PictureOfTable]], path: Path) -> tuple[list[Found], list[Problem]]:
    """The parts, with their tables, and problems that pictures of tables add to all pages."""
    found = [parts_in_pictures(own, index + 1, path) for index, own in sorted(pictures.items())]
    return [part for parts, _ in found for part in parts], [p for _, problems in found for p in problems]


def _with_pictures_between(
    parts: Sequence[Part], pictured: Sequence[Part], grids: Sequence[list[Grid]], items: Sequence[list[Block]]
) -> tuple[list[list[Grid]], list[list[Block]]]:
    """Each part's tables and text, those of its pictures among its own: a heading between two pictures parts them."""
    tables, texts = [list(own) for own in grids], [list(own) for own in items]
    for i, part in enumerate(parts):
        around = (k for k, p in enumerate(parts[:i]) if p.number == part.number and p not in pictured)
        home = next((k for k in around if parts[k].holds(part.box)), i) if part in pictured else i
        if home != i:
            tables[home] = sorted([*tables[home], *tables[i]], key=lambda grid: grid.box.top)
            texts[home] += texts[i]
            tables[i], texts[i] = [], []
    return tables, texts


def _drawn(parse: PageParse) -> list[Box]:
    """Where rules and shading are drawn on a page."""
    return [*(rule.box for rule in parse.page.rules), *(fill.box for fill in parse.fills)]


def _outside(words: Sequence[Word], cells: Sequence[Sequence[Word]]) -> list[Word]:
    """The words that stand in no cell, whole or in parts."""
    used = {beginning(word) for cell in cells for word in cell}
    return [word for word in words if beginning(word) not in used]


def _in_order(
    running: Sequence[Block], blocks: Sequence[Block], tables: Sequence[Table], parts: Sequence[Part]
) -> tuple[Item, ...]:
    """Blocks and tables of all pages in reading order, tables numbered; running lines come with what they are near."""
    found: list[Item] = [*running, *blocks, *tables]
    places = {id(item): (item.page or 0, _place(item, parts), *reading_order(item.box)) for item in found}
    for before, block in pairwise(blocks):  # a box comes after what it stands beside, though it may begin above that
        if places[id(before)][:2] == places[id(block)][:2]:
            places[id(block)] = max(places[id(before)], places[id(block)])
    found.sort(key=lambda item: places[id(item)])
    return numbered(found)


def _place(item: Item, parts: Sequence[Part]) -> int:
    """Which of the parts of its page a thing stands in."""
    own = [part for part in parts if part.number == item.page]
    return next((i for i, part in enumerate(own) if item.box and part.holds(item.box)), 0)


def _unreadable_pages(parses: Sequence[PageParse], refused: Sequence[Refusal]) -> list[Problem]:
    """A problem for each page without usable text that was not refused; raises where no page has any."""
    bad = [parse for parse in parses if not has_text(parse)]
    if not bad:
        return []
    written = [parse for parse in parses if parse.page.words and has_text(parse)]
    if bad and not written and refused:
        raise UnreadableDocument(refused[0].code, refused[0].message, page=refused[0].page)
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
        if p.page.number not in {one.page for one in refused}
    ]
