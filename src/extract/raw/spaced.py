"""Text whose columns are kept by runs of spaces, as `pdftotext -layout` writes it → content with tables.

Each word gets the box that it has on a typewriter's page; the reader of tables without drawn cells then
finds columns and rows as it does in a PDF. What stands in no table is read as running text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.grid.aligned import find_aligned
from extract.grid.find import audited, is_table, joined_to_table
from extract.grid.join import Joined, join_grids
from extract.grid.model import Grid, find_header_rows
from extract.page.model import PageParse
from extract.raw.headers import LABEL_SIDE
from extract.raw.lines import Footnote, Line, footnote_block, pages_of
from extract.raw.prose import read_prose
from schema.layout import Block, Box, Content, Item, Page, Source, Table, Word
from schema.lexicon.figures import is_amount, parts_words
from schema.lexicon.goals import parse_goal_line
from schema.lexicon.headers import begins_header_word, column_role
from schema.lexicon.periods import opens_with_period
from schema.lexicon.signs.marks import split_at_marks
from schema.lexicon.signs.pages import has_leader
from schema.lexicon.text import fold

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
LONGEST_REST = 24
"""Letters in a line that goes on with a column's header."""
NEAR = 3
"""Lines, blank ones included, within which the next line of a table stands."""

_NEIGHBOURS = [k for k in range(-NEAR, NEAR + 1) if k]
_GAP = re.compile(r"\S {3,}(?=\S)")
_WORD = re.compile(r"\S+")
_PIECE = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line and the place where it stands."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The place after it."""
        return self.start + len(self.text)

    @property
    def is_header(self) -> bool:
        """Whether it names a column."""
        return column_role(self.text)[0] not in ("unknown", "blank")

    @property
    def opens_header(self) -> bool:
        """Whether a header's first word begins like this (`Nämnd-`, `Målvä`)."""
        return begins_header_word(fold(self.text))

    @property
    def is_amount(self) -> bool:
        """A figure that is no year."""
        return is_amount(self.text)


def keeps_columns(raw: Sequence[str]) -> bool:
    """Whether enough lines near each other leave gaps at the same place."""
    gaps = {i: _gaps(text) for i, text in enumerate(raw)}
    spaced = [i for i in gaps if gaps[i] and any(_meet(gaps[i], gaps.get(i + k, [])) for k in _NEIGHBOURS)]
    printed = sum(bool(text.strip()) for text in raw)
    return len(spaced) >= max(FEWEST_SPACED, SPACED_SHARE * printed)


def _gaps(text: str) -> list[tuple[int, int]]:
    if has_leader(text):
        return []
    return [(match.start() + 1, match.end()) for match in _GAP.finditer(text)]


def _meet(first: Sequence[tuple[int, int]], second: Sequence[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in first for c, d in second)


def read_spaced(
    source: Source, lines: Sequence[Line], furniture: Sequence[Block], notes: Sequence[Footnote]
) -> Content:
    """Read the lines of such a text, page by page."""
    pages = pages_of(lines)
    grids = [_grids(page, number) for number, page in enumerate(pages, 1)]
    texts = [_prose(page, found) for page, found in zip(pages, grids, strict=True)]
    first = [page[0].number if page else 1 for page in pages]
    tables = [_table(joined, first) for joined in join_grids(grids, texts)]
    items: list[Item] = [*furniture, *(footnote_block(note) for note in notes)]
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


def _grids(page: Sequence[Line], number: int) -> list[Grid]:
    """The tables of a page."""
    headers = _header_lines(page)
    bold = headers | _group_lines(page, headers)
    starts = _crowded_starts(page, headers)
    first = page[0].number if page else 1
    grids: list[Grid] = []
    for start, end in _segments(page, headers):
        lines = range(start, end)
        grids += _find([w for i in lines for w in _words(page[i], first, starts[i], bold=i in bold)], number)
    return grids


def _find(words: Sequence[Word], number: int) -> list[Grid]:
    """The tables among the words of a page or a part of it."""
    if not words:
        return []
    width, height = (max(values) for values in zip(*((w.box.x1, w.box.bottom) for w in words), strict=True))
    found = find_aligned(PageParse(Page(number, width, height, tuple(words))), words)
    return [audited(find_header_rows(grid)) for grid in found if is_table(grid)]


def _segments(page: Sequence[Line], headers: set[int]) -> list[tuple[int, int]]:
    """The page cut above each header and around each line that names a goal: no table runs over those."""
    cuts = {i for i in headers if i - 1 not in headers}
    for index, line in enumerate(page):
        if line.text and len(_parts(line)) == 1 and parse_goal_line(line.text):
            cuts |= {index, index + 1}
    edges = sorted({0, *cuts, len(page)})
    return list(pairwise(edges))


def _header_lines(page: Sequence[Line]) -> set[int]:
    """Lines that hold column headers: most of their parts are header words, and what goes on beside them."""
    found: set[int] = set()
    parts = [_parts(line) for line in page]
    for index, own in enumerate(parts):
        if _is_header(own):
            found.add(index)
            if index - 1 not in found and _leads_to(parts[index - 1] if index else [], own):
                found.add(index - 1)
        elif index - 1 in found and _continues(parts[index - 1], own):
            found.add(index)
    return found


def _group_lines(page: Sequence[Line], headers: set[int]) -> set[int]:
    """Lines of a label alone between rows of amounts that are no part of the labels beside them."""
    printed = [i for i, line in enumerate(page) if line.text]
    parts = {i: _parts(page[i]) for i in printed}
    rows = {i for i in printed if len(parts[i]) > 1 and any(part.is_amount for part in parts[i][1:])}
    widest = max((parts[i][0].end for i in rows), default=0)
    found: set[int] = set()
    for before, index, after in zip(printed, printed[1:], printed[2:], strict=False):
        beside = before in rows | headers | found and (after in rows or len(parts[after]) == 1)
        if beside and len(parts[index]) == 1 and index not in headers:
            alone = _stands_alone(parts[before][0], parts[index][0], widest)
            if alone and _stands_alone(parts[index][0], parts[after][0], widest):
                found.add(index)
    return found


def _stands_alone(part: Part, following: Part, widest: int) -> bool:
    """Whether the next line's label is no end of this one: a capital or dash opens it, and a word more had room."""
    word = following.text.split(" ", 1)[0]
    return not following.text[0].islower() and part.end + 1 + len(word) <= widest


def _parts(line: Line) -> list[Part]:
    """The pieces of a line that more than one space parts."""
    return [Part(match.start(), match.group()) for match in _PIECE.finditer(line.raw.rstrip())]


def _is_header(parts: Sequence[Part]) -> bool:
    """Two header words at least, more of them than of other texts, and no figures but years."""
    if len(parts) < 2 or any(part.is_amount for part in parts):
        return False
    known = sum(part.is_header for part in parts)
    return known > 1 and 2 * known > len(parts)


def _leads_to(above: Sequence[Part], parts: Sequence[Part]) -> bool:
    """The first line of a header whose words stand over several columns or are broken."""
    beside = len(above) > 1 or (above and len(parts) > 1 and above[0].start >= parts[1].start)
    return bool(beside) and all(part.is_header or part.opens_header for part in above)


def _continues(above: Sequence[Part], parts: Sequence[Part]) -> bool:
    """The rest of a header: below each of its parts stands a header part that may go on."""
    return bool(parts) and all(_goes_on(part, above) for part in parts)


def _goes_on(part: Part, above: Sequence[Part]) -> bool:
    """Lower case or a period below a value column; below a label only the rest of a broken word."""
    if part.is_amount or len(part.text) > LONGEST_REST:
        return False
    over = next((p for p in above if p.start < part.end and part.start < p.end), None)
    if over is None or part.is_header:
        return part.is_header
    if column_role(over.text)[0] in LABEL_SIDE:
        return False
    return part.text[0].islower() or opens_with_period(part.text)


def _crowded_starts(page: Sequence[Line], headers: set[int]) -> list[set[int]]:
    """For each line the places where a column begins after a single space: lines around it leave a gap there."""
    ends = [{end for _, end in _gaps(line.raw)} for line in page]
    starts: list[set[int]] = []
    for index, line in enumerate(page):
        near = Counter(end for k in _NEIGHBOURS if 0 <= index + k < len(page) for end in ends[index + k])
        found = {x for x in near if near[x] >= FEWEST_BESIDE and _is_word_start(line.raw, x)}
        if index in headers:
            found = {x for x in found if not _dates_word_before(line.raw, x)} | _header_starts(line)
        starts.append(found)
    return starts


def _dates_word_before(text: str, place: int) -> bool:
    """Whether a period goes with the header word before it (`Utfall 2023` over figures as wide as the year)."""
    return opens_with_period(text[place:]) and text[: place - 1].rstrip()[-1:].isalpha()


def _header_starts(line: Line) -> set[int]:
    """Places where a header word opens a column of its own beside another (`Utfall Budget Avvikelse`)."""
    words = [Part(match.start(), match.group()) for match in _WORD.finditer(line.raw)]
    return {word.start for word in words[1:] if word.text[0].isupper() and word.is_header}


def _is_word_start(text: str, place: int) -> bool:
    """Whether a word begins here after one space."""
    return parts_words(text, place - 2) if 1 < place < len(text) else False


def _words(line: Line, first: int, starts: set[int], *, bold: bool) -> list[Word]:
    """A line's words where they stand; footnote marks are words of their own."""
    top = PITCH * (line.number - first)
    place = len(line.raw) - len(line.raw.lstrip())
    words: list[Word] = []
    for index, text in enumerate(split_at_marks(line.text)):
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
