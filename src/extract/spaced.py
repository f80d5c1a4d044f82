"""Text whose columns are kept by runs of spaces, as `pdftotext -layout` writes it → content with tables.

Each word gets the box that it has on a typewriter's page; the reader of tables without drawn cells then
finds columns and rows as it does in a PDF. What stands in no table is read as running text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.aligned import find_aligned
from extract.classify import column_role
from extract.flowlines import MARK_CLOSE, MARK_OPEN, Footnote, Line, take_marks
from extract.flowprose import read_prose
from extract.grid import Grid, find_header_rows
from extract.gutters import YEAR_LIKE, is_figure
from extract.joining import Joined, join_grids
from extract.pages import PageParse
from extract.tables import audited, is_table, joined_to_table
from schema.layout import Block, Box, Content, Item, Page, Source, Table, Word

LETTER = 5.0
"""Width of a letter in points."""
SIZE = 10.0
OVERHANG = 1.2
"""What a word's box takes of the space after it, so that one space is no gutter and two are a gap."""
PITCH = 12.0
"""Distance of lines in points."""
FEWEST_SPACED = 6
SPACED_SHARE = 0.05
"""Lines that part columns by spaces next to other such lines, in a text that keeps its columns."""
CROWDED = 4.0
"""What is taken off a word that stands one space before the next column, so that a gap parts them."""
FEWEST_BESIDE = 2
"""Lines near a line that must leave a gap where a column begins in it after a single space."""
NEAR = 3
"""Lines, blank ones included, within which the next line of a table stands."""

_NEIGHBOURS = [k for k in range(-NEAR, NEAR + 1) if k]
_GAP = re.compile(r"\S {3,}(?=\S)")
_LEADER = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}")
_WORD = re.compile(r"\S+")
_MARK = re.compile(f"{MARK_OPEN}([^{MARK_CLOSE}]+){MARK_CLOSE}")


def keeps_columns(raw: Sequence[str]) -> bool:
    """Whether enough lines near each other leave gaps at the same place."""
    gaps = {i: _gaps(text) for i, text in enumerate(raw)}
    spaced = [i for i in gaps if gaps[i] and any(_meet(gaps[i], gaps.get(i + k, [])) for k in _NEIGHBOURS)]
    printed = sum(bool(text.strip()) for text in raw)
    return len(spaced) >= max(FEWEST_SPACED, SPACED_SHARE * printed)


def _gaps(text: str) -> list[tuple[int, int]]:
    if _LEADER.search(text):
        return []
    return [(match.start() + 1, match.end()) for match in _GAP.finditer(text)]


def _meet(first: Sequence[tuple[int, int]], second: Sequence[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in first for c, d in second)


def read_spaced(
    source: Source, lines: Sequence[Line], furniture: Sequence[Block], notes: Sequence[Footnote]
) -> Content:
    """Read the lines of such a text, page by page."""
    pages = _pages(lines)
    grids = [_grids(page, number) for number, page in enumerate(pages, 1)]
    texts = [_prose(page, found) for page, found in zip(pages, grids, strict=True)]
    first = [page[0].number if page else 1 for page in pages]
    tables = [_table(joined, first) for joined in join_grids(grids, texts)]
    items: list[Item] = [*furniture, *(_footnote(note) for note in notes)]
    items += [replace(block, page=None, box=None) for blocks in texts for block in blocks]
    ordered = sorted([*items, *tables], key=lambda item: item.line or 0)
    return Content(source, tuple(_numbered(ordered)))


def _numbered(items: Iterable[Item]) -> list[Item]:
    kept: list[Item] = []
    number = 0
    for item in items:
        if isinstance(item, Table):
            number += 1
            item = replace(item, number=number)
        kept.append(item)
    return kept


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    for line in lines:
        if line.starts_page and pages[-1]:
            pages.append([])
        pages[-1].append(line)
    return pages


def _grids(page: Sequence[Line], number: int) -> list[Grid]:
    """The tables of a page."""
    headers = _header_lines(page)
    starts = _crowded_starts(page)
    first = page[0].number if page else 1
    words = [word for i, line in enumerate(page) for word in _words(line, first, starts[i], bold=i in headers)]
    if not words:
        return []
    width = max(word.box.x1 for word in words)
    height = PITCH * (page[-1].number - first + 1)
    found = find_aligned(PageParse(Page(number, width, height, tuple(words))), words)
    return [audited(find_header_rows(grid)) for grid in found if is_table(grid)]


def _header_lines(page: Sequence[Line]) -> set[int]:
    """Lines that hold column headers: most of their parts are header words, and what goes on below them."""
    found: set[int] = set()
    for index, line in enumerate(page):
        parts = _parts(line)
        goes_on = index - 1 in found and parts and all(_goes_on(text) for text in parts)
        if goes_on or _is_header(parts):
            found.add(index)
    return found


def _parts(line: Line) -> list[str]:
    return re.split(r"\s{2,}", line.text) if line.text else []


def _is_header(parts: Sequence[str]) -> bool:
    """Two header words at least, more of them than of other texts, and no figures but years."""
    known = sum(column_role(text)[0] not in ("unknown", "blank") for text in parts)
    return known > 1 and 2 * known > len(parts) and not any(_is_amount(text) for text in parts)


def _goes_on(text: str) -> bool:
    """The rest of a broken header: lower case, a period or a header word."""
    return not _is_amount(text) and (text[0].islower() or column_role(text)[0] not in ("unknown", "blank"))


def _is_amount(text: str) -> bool:
    return is_figure(text) and not YEAR_LIKE.match(text)


def _crowded_starts(page: Sequence[Line]) -> list[set[int]]:
    """For each line the places where a column begins after a single space: lines around it leave a gap there."""
    ends = [{end for _, end in _gaps(line.raw)} for line in page]
    starts: list[set[int]] = []
    for index, line in enumerate(page):
        near = Counter(end for k in _NEIGHBOURS if 0 <= index + k < len(page) for end in ends[index + k])
        starts.append({x for x in near if near[x] >= FEWEST_BESIDE and _is_word_start(line.raw, x)})
    return starts


def _is_word_start(text: str, place: int) -> bool:
    """Whether a word begins here after one space."""
    return 1 < place < len(text) and text[place - 1] == " " and not (text[place - 2] + text[place]).isspace()


def _words(line: Line, first: int, starts: set[int], *, bold: bool) -> list[Word]:
    """A line's words where they stand; footnote marks are words of their own."""
    top = PITCH * (line.number - first)
    place = len(line.raw) - len(line.raw.lstrip())
    words: list[Word] = []
    for index, text in enumerate(_MARK.split(line.text)):
        for match in _WORD.finditer(text):
            start, end = place + match.start(), place + match.end()
            right = LETTER * end + (-CROWDED if end + 1 in starts else OVERHANG)
            box = Box(LETTER * start, top, max(right, LETTER * start + 1), top + SIZE)
            words.append(Word(match.group(), box, SIZE, bold=bold, is_marker=index % 2 == 1))
        place += len(text)
    return words


def _prose(page: Sequence[Line], grids: Sequence[Grid]) -> list[Block]:
    """The blocks of the lines that stand in no table, each run of lines by itself."""
    taken = {number for grid in grids for number in _line_numbers(grid, page[0].number)}
    blocks: list[Block] = []
    run: list[Line] = []
    for line in page:
        if line.number in taken:
            blocks += read_prose(run)
            run = []
        else:
            run.append(line)
    blocks += read_prose(run)
    return [_with_box(block, page[0].number) for block in blocks]


def _line_numbers(grid: Grid, first: int) -> set[int]:
    """The lines of the file that a table holds words of."""
    return {first + round(word.box.top / PITCH) for cell in grid.cells for word in cell.words}


def _with_box(block: Block, first: int) -> Block:
    """A block with its place on the page, as far as its first line tells."""
    top = PITCH * ((block.line or first) - first)
    return replace(block, box=Box(0.0, top, LETTER, top + SIZE))


def _table(joined: Joined, first: Sequence[int]) -> Table:
    """A table of a text: it has a line in the file, no page and no boxes."""
    grid = joined.grids[0]
    table = joined_to_table(joined)
    cells = tuple(replace(cell, page=None, box=None, fragments=()) for cell in table.cells)
    line = min(_line_numbers(grid, first[grid.page - 1]))
    return replace(table, cells=cells, page=None, box=None, line=line, engine="spaced")


def _footnote(note: Footnote) -> Block:
    return Block("footnote", take_marks(note.text)[0], markers=(note.marker,), line=note.line)
