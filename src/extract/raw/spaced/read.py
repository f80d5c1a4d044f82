"""Text whose columns are kept by runs of spaces, as `pdftotext -layout` writes it → content with tables.

Each word gets the box that it has on a typewriter's page; the reader of tables without drawn cells then
finds columns and rows as it does in a PDF. What stands in no table is read as running text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.grid.aligned import find_aligned, region_to_grid
from extract.grid.bars import Bar
from extract.grid.headers.cells import with_groups
from extract.grid.judge import audited, is_table
from extract.grid.model import Grid, find_header_rows
from extract.grid.pages.join import Joined, join_grids, joined_to_table
from extract.page.lines import Line as PrintedLine
from extract.page.model import PageParse
from extract.raw.lines import Footnote, Line, footnote_block, pages_of
from extract.raw.loose import read_outside, unknown_columns
from extract.raw.spaced.body import blank_lines_part_rows, end_of_body
from extract.raw.spaced.headers import columns_under, header_blocks
from extract.raw.spaced.parts import NEIGHBOURS, Part, Parts, gaps_in, parts_of
from extract.raw.spaced.places import in_columns
from schema.layout import LOST_ENDS, Block, Box, Content, Item, Page, Source, Table, Word, numbered
from schema.lexicon.figures import is_figure, parts_words
from schema.lexicon.goals import parse_goal_line
from schema.lexicon.headers import is_time_alone
from schema.lexicon.labels import is_sex_label, tells_of_table
from schema.lexicon.numbers import digit_runs
from schema.lexicon.periods import opens_with_period
from schema.lexicon.signs.bullets import opens_with_bullet
from schema.lexicon.signs.marks import split_at_marks
from schema.lexicon.units import canonical_unit
from schema.lexicon.values import unended_words
from schema.lexicon.wordbreaks import ends_open

LETTER = 5.0
"""Width of a letter in points."""
SIZE = 10.0
OVERHANG = 1.2
"""What a word's box takes of the space after it, so that one space is no gutter and two are a gap."""
LONGEST_ROW = 400
"""Characters of a line that may be a row; a longer one holds several, whose ends were lost, or running text."""
PITCH = 12.0
"""Distance of lines in points."""
CROWDED = 4.0
"""What is taken off a word that stands one space before the next column, so that a gap parts them."""
FEWEST_BESIDE = 2
"""Lines near a line that must leave a gap where a column begins in it after a single space."""
OFF_CENTRE = LETTER + 1.0
"""The middle of a group's header may be a letter off that of its columns: places are rounded to letters."""

MOST_GROUP_LINES = 4
"""Lines of labels alone between two rows; more are running text."""

_WORD = re.compile(r"\S+")


def read_spaced(
    source: Source, lines: Sequence[Line], furniture: Sequence[Block], notes: Sequence[Footnote]
) -> Content:
    """Read the lines of such a text, page by page."""
    pages = pages_of(lines)
    read = [_read_page(page, number) for number, page in enumerate(pages, 1)]
    grids, outside = [found for found, _ in read], [items for _, items in read]
    first = [page[0].number if page else 1 for page in pages]
    between = [[_with_box(item, start) for item in items] for items, start in zip(outside, first, strict=True)]
    steps = (LOST_ENDS,) if any(line.part_of for line in lines) else ()
    tables = [_table(joined, first, steps) for joined in join_grids(grids, between)]
    items: list[Item] = [*furniture, *(footnote_block(note) for note in notes), *(i for own in outside for i in own)]
    ordered = numbered(sorted([*items, *tables], key=lambda item: item.line or 0))
    return Content(source, ordered, problems=tuple(unknown_columns(ordered)))


def _read_page(page: Sequence[Line], number: int) -> tuple[list[Grid], list[Item]]:
    """The tables of a page and what stands outside them."""
    parts = [[Part(0, line.raw)] if _is_too_long(line) else parts_of(line) for line in page]
    blocks = header_blocks(parts)
    headers = {i for block in blocks for i in block}
    bold = headers | _group_lines(page, parts, headers)
    starts = _crowded_starts(page, blocks)
    first = page[0].number if page else 1
    placed = _in_columns(parts, blocks)
    parts = [[Part(start, part.text) for part, start in own] for own in placed]
    printed = [_words(line, first, starts[i], placed[i], bold=i in bold) for i, line in enumerate(page)]
    words = [[] if _is_too_long(line) else own for own, line in zip(printed, page, strict=True)]
    for block in blocks:
        words[block.start : block.stop] = _settled(words[block.start : block.stop], [parts[i] for i in block])
    opened = {block.start: block for block in blocks}
    grids: list[Grid] = []
    for start, end in _segments(page, parts, blocks):
        rest = start
        if start in opened:
            stop = end_of_body(parts, opened[start], end)
            headed = _headed(words[start:stop], parts[start:stop], number)
            rest = stop if headed else start
            grids += headed
        grids += _find([word for line in words[rest:end] for word in line], number)
    return grids, _outside(page, printed, grids)


def _is_too_long(line: Line) -> bool:
    """Whether a line holds more than a row, in a text that lost the ends of lines."""
    return line.part_of is not None and len(line.text) > LONGEST_ROW


def _in_columns(parts: Sequence[Parts], blocks: Sequence[range]) -> list[list[tuple[Part, int]]]:
    """Each line's pieces and where they belong: those below a header, up to the next, are of one table."""
    edges = [*(block.start for block in blocks), len(parts)]
    before = [[(part, part.start) for part in own] for own in parts[: edges[0]]]
    tables = [in_columns(parts[b.start : end], len(b)) for b, end in zip(blocks, edges[1:], strict=True)]
    return [*before, *(own for table in tables for own in table)]


def _settled(lines: Sequence[list[Word]], parts: Sequence[Parts]) -> list[list[Word]]:
    """A header's words with those of each column moved up onto its first lines, unless a text heads two columns.

    A converter sets each cell in the middle of its row, and the lines of one cell between those of another.
    """
    columns = columns_under(parts)
    if _is_over_groups(parts[0], len(columns)):
        return [list(lines[0]), *_settled(lines[1:], parts[1:])]
    starts = [[p.start for p in line] for line in parts]
    held = [
        [line[bisect_left(at, start) : bisect_left(at, end)] for line, at in zip(parts, starts, strict=True)]
        for start, end in columns
    ]
    if any(len(own) > 1 for column in held for own in column):
        return [list(line) for line in lines]
    settled: list[list[Word]] = [[] for _ in lines]
    places = [[w.box.x0 / LETTER for w in line] for line in lines]
    tops = [min((w.box.top for w in line), default=0.0) for line in lines]
    for (start, end), column in zip(columns, held, strict=True):
        filled = [i for i, own in enumerate(column) if own]
        for place, i in enumerate(filled):
            own = lines[i][bisect_left(places[i], start) : bisect_left(places[i], end)]
            settled[place] += [replace(w, box=replace(w.box, top=tops[place], bottom=tops[place] + SIZE)) for w in own]
    return settled


def _is_over_groups(parts: Parts, columns: int) -> bool:
    """Whether a header's line holds nothing but times, too few for its columns: each stands over several."""
    return bool(parts) and 2 * len(parts) <= columns and all(is_time_alone(part.text) for part in parts)


def _headed(lines: Sequence[Sequence[Word]], parts: Sequence[Parts], number: int) -> list[Grid]:
    """The table of a header and the lines below it; none where they are no table."""
    region = [PrintedLine(tuple(line)) for line in lines if line]
    if len(region) < 2:
        return []
    grid = region_to_grid(region, _bars(lines, parts), {}, number)
    return [audited(find_header_rows(with_groups(grid, OFF_CENTRE)))] if grid is not None and is_table(grid) else []


def _bars(lines: Sequence[Sequence[Word]], parts: Sequence[Parts]) -> list[Bar]:
    """Blank lines that part rows, as rules across the table."""
    if not blank_lines_part_rows(parts):
        return []
    right = max(word.box.x1 for line in lines for word in line)
    return [
        Bar(above[0].box.bottom + (PITCH - SIZE) / 2, 0.0, right)
        for above, below in pairwise(lines)
        if above and not below
    ]


def _find(words: Sequence[Word], number: int) -> list[Grid]:
    """The tables among the words of a page or a part of it."""
    if not words:
        return []
    width, height = (max(values) for values in zip(*((w.box.x1, w.box.bottom) for w in words), strict=True))
    found = find_aligned(PageParse(Page(number, width, height, tuple(words))), words)
    return [audited(find_header_rows(with_groups(grid, OFF_CENTRE))) for grid in found if is_table(grid)]


def _segments(page: Sequence[Line], parts: Sequence[Parts], blocks: Sequence[range]) -> list[tuple[int, int]]:
    """The page cut above each header and around each line that names a goal or ends a table: none runs over those."""
    cuts = {block.start for block in blocks}
    for index, line in enumerate(page):
        if line.text and len(parts[index]) == 1 and (parse_goal_line(line.text) or tells_of_table(line.text, "below")):
            cuts |= {index, index + 1}
    edges = sorted({0, *cuts, len(page)})
    return list(pairwise(edges))


def _group_lines(page: Sequence[Line], parts: Sequence[Parts], headers: set[int]) -> set[int]:
    """Lines of labels alone below a row of amounts or a header that are no part of the labels beside them."""
    printed = [i for i, line in enumerate(page) if line.text]
    rows = {i for i in printed if len(parts[i]) > 1 and any(part.is_amount for part in parts[i][1:])}
    beside = min((parts[i][1].start for i in rows), default=0)
    widest = max((parts[i][0].end for i in printed if i in rows or parts[i][0].end < beside), default=0)
    labels = Counter(parts[i][0].text for i in rows)
    found: set[int] = set()
    for k, before in enumerate(printed):
        if before not in rows | headers:
            continue
        run: list[int] = []
        opens = before in headers or _opens_after(before, printed[k + 1 : k + 2], parts, widest)
        for index, after in pairwise(printed[k + 1 : k + 2 + MOST_GROUP_LINES]):
            if len(parts[index]) > 1 or index in headers:
                break
            run.append(index)
            is_shared = labels[parts[after][0].text] > 1
            if is_shared or _stands_alone(parts[index][0], parts[after][0], widest):
                ends = not ends_open(parts[before][0].text) and not is_sex_label(parts[after][0].text)
                begins = is_shared and ends and parts[run[0]][0].text[0].isupper()
                found |= set(run) if opens or begins else set()
                run, opens = [], True
    return found


def _opens_after(before: int, after: Sequence[int], parts: Sequence[Parts], widest: int) -> bool:
    return any(_stands_alone(parts[before][0], parts[i][0], widest) for i in after)


def _stands_alone(part: Part, following: Part, widest: int) -> bool:
    """Whether the next line's label is no end of this one: a capital or dash opens it, and a word more had room."""
    word = following.text.split(" ", 1)[0]
    return not following.text[0].islower() and (part.end + 1 + len(word) <= widest or opens_with_bullet(following.text))


def _crowded_starts(page: Sequence[Line], blocks: Sequence[range]) -> list[set[int]]:
    """For each line the places where a column begins after a single space: lines of its table leave a gap there."""
    ends = [{end for _, end in gaps_in(line.raw)} for line in page]
    tables = [sum(block.start <= index for block in blocks) for index in range(len(page))]
    headers = {index for block in blocks for index in block}
    starts: list[set[int]] = []
    for index, line in enumerate(page):
        around = [index + k for k in NEIGHBOURS if 0 <= index + k < len(page)]
        near = Counter(end for other in around if tables[other] == tables[index] for end in ends[other])
        found = {x for x in _about(near) if _is_word_start(line.raw, x) and not _ends_value(line.raw, x)}
        if index in headers:
            found = {x for x in found if not _dates_word_before(line.raw, x)} | _header_starts(line)
        starts.append(found)
    return starts


def _ends_value(text: str, place: int) -> bool:
    """Whether a word ends a value with the word before it: *%* after a figure, a figure after *minst*."""
    before, word = text[:place].split()[-1:], text[place:].split(maxsplit=1)[:1]
    if not before or not word:
        return False
    is_unit = is_figure(before[0]) and not is_figure(word[0]) and canonical_unit(word[0]) is not None
    return is_unit or before[0].casefold() in unended_words()


def _about(near: Counter[int]) -> set[int]:
    """The places at or one letter beside which enough lines leave a gap: a converter rounds places to letters."""
    places = {x + shift for x in near for shift in (-1, 0, 1)}
    return {x for x in places if near[x - 1] + near[x] + near[x + 1] >= FEWEST_BESIDE}


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


def _words(line: Line, first: int, starts: set[int], placed: Sequence[tuple[Part, int]], *, bold: bool) -> list[Word]:
    """A line's words where they belong; footnote marks are words of their own."""
    top = PITCH * (line.number - first)
    place = len(line.raw) - len(line.raw.lstrip())
    words: list[Word] = []
    for index, text in enumerate(split_at_marks(line.text)):
        for match in _WORD.finditer(text):
            start, end = place + match.start(), place + match.end()
            step = next(moved - part.start for part, moved in placed if start < part.end)
            left, right = LETTER * (start + step), LETTER * (end + step) + (-CROWDED if end + 1 in starts else OVERHANG)
            box = Box(left, top, max(right, left + 1), top + SIZE)
            words.append(Word(match.group(), box, SIZE, bold=bold, is_marker=index % 2 == 1))
        place += len(text)
    return words


def _outside(page: Sequence[Line], words: Sequence[Sequence[Word]], grids: Sequence[Grid]) -> list[Item]:
    """What the lines hold that stand in no table, each run of lines by itself."""
    taken = {number for grid in grids for number in _line_numbers(grid, page[0].number)}
    held = Counter(_place_of(word) for grid in grids for cell in grid.cells for word in cell.words)
    items: list[Item] = []
    run: list[Line] = []
    for line, own in zip(page, words, strict=True):
        if line.number in taken:
            items += [*read_outside(run, keeps_places=True), *_loose_figures(line, own, held)]
            run = []
        else:
            run.append(line)
    return [*items, *read_outside(run, keeps_places=True)]


def _place_of(word: Word) -> tuple[float, str]:
    """Where in its line a word stands, and what it is; a header's words may have moved to another line."""
    return word.box.x0, word.text


def _loose_figures(line: Line, words: Sequence[Word], held: Counter[tuple[float, str]]) -> list[Block]:
    """What a line prints beside its tables, where it holds figures: a long line holds more than its tables do."""
    loose: list[str] = []
    for word in words:
        if held[_place_of(word)]:
            held[_place_of(word)] -= 1
        else:
            loose.append(word.text)
    text = " ".join(loose)
    return [Block("paragraph", text, line=line.number)] if digit_runs(text) else []


def _line_numbers(grid: Grid, first: int) -> set[int]:
    """The lines of the file from the first to the last that a table holds words of."""
    held = [first + round(word.box.top / PITCH) for cell in grid.cells for word in cell.words]
    return set(range(min(held), max(held) + 1))


def _with_box(item: Item, first: int) -> Block:
    """A block with its place on the page, as far as its first line tells; figures of unknown columns as text."""
    top = PITCH * ((item.line or first) - first)
    block = item if isinstance(item, Block) else Block("paragraph", item.cells[0].text, line=item.line)
    return replace(block, box=Box(0.0, top, LETTER, top + SIZE))


def _table(joined: Joined, first: Sequence[int], steps: tuple[str, ...]) -> Table:
    """A table of a text: it has a line in the file, no page and no boxes."""
    grid = joined.grids[0]
    table = joined_to_table(joined)
    cells = tuple(replace(cell, page=None, box=None, fragments=()) for cell in table.cells)
    line = min(_line_numbers(grid, first[grid.page - 1]))
    return replace(table, cells=cells, page=None, box=None, line=line, engine="spaced", steps=(*table.steps, *steps))
