"""Tables without drawn cells: columns from the gutters between words, rows from the gaps between lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.grid import Grid, GridCell
from extract.lines import Line, around, lines_of, segments_of
from schema.layout import Box, Word

GUTTER = 0.5
"""A strip without words at least this share of the font size wide parts columns; a space has 0.28."""
REGION_GAP = 2.4
"""Lines further apart than this share of the font size do not belong to one table."""
CELL_GAP = 0.2
"""A gap this share of the font size above the narrowest one parts two rows."""
LOOSE_LINES = 0.75
"""Where even the narrowest gap is this share of the font size, each line is a row of its own."""
BAND_OVERLAP = 0.3
"""Blocks that share this part of the lower one's height stand in one row."""
SIZE_CHANGE = 1.12
"""A line printed this much larger than the table is a heading."""
FILLED_SHARE = 0.28
"""Grids with a smaller share of filled cells are scattered words; goal tables with merged cells have 0.45."""
PROSE_LENGTH = 170
"""Cells that are longer than this on average are columns of running text."""
_LEADER = re.compile(r"\.{4,}|(\. ){4,}|…{2,}")
_BULLET = re.compile(r"^([•◦▪‣·●○■–—-]|o|\(?\d{1,2}[.)]|[a-zåäö]\))$")
_FIGURE = re.compile(r"^[<>~]?\s*[-–−+]?\s?\(?\d[\d\s.,]*\)?\s?%?\*{0,3}$|^[-–−.]{1,3}$")
_YEAR = re.compile(r"\b(19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one column that stand close together: one cell, or a piece of one."""

    col: int
    col_span: int
    words: tuple[Word, ...]
    box: Box


def find_aligned(words: Sequence[Word], page: int) -> list[Grid]:
    """Tables among words that stand in no drawn cell."""
    grids = [_region_to_grid(region, page) for region in _regions(lines_of(words))]
    return [grid for grid in grids if grid is not None]


def _regions(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines that share at least one gutter."""
    regions: list[list[Line]] = []
    current: list[Line] = []
    for line in lines:
        if current and _belongs(current, line):
            current.append(line)
            continue
        if current:
            regions.append(current)
        current = [line] if _is_multi(line) else []
    if current:
        regions.append(current)
    return [_with_lines_above(region, lines) for region in regions if len(region) > 1]


def _is_multi(line: Line) -> bool:
    """Whether a line has pieces in several columns and is no entry of a table of contents."""
    if _LEADER.search(line.text):
        return False
    pieces = segments_of(line)
    return len(pieces) > 1 and not (len(pieces) == 2 and bool(_BULLET.match(pieces[0].text)))


def _belongs(region: Sequence[Line], line: Line) -> bool:
    """Whether a line goes on with a region: close enough, no heading, and leaving a gutter free."""
    size = max(part.size for part in region)
    gap = line.box.top - max(part.box.bottom for part in region)
    if gap > REGION_GAP * size or line.size > SIZE_CHANGE * size or size > SIZE_CHANGE * line.size * 1.2:
        return False
    if _LEADER.search(line.text) or _starts_table(region, line, gap):
        return False
    before = _gutters([*region])
    after = _gutters([*region, line])
    if _is_multi(line):
        return len(after) >= max(1, min(len(before), 2))
    inside = line.box.x0 >= min(part.box.x0 for part in region) - 2
    return bool(after) and len(after) >= len(before) and inside


def _starts_table(region: Sequence[Line], line: Line, gap: float) -> bool:
    """Whether a line is the header of another table: bold in several columns, no amounts, further down."""
    if not line.bold or len(segments_of(line)) < 2 or len(region) < 2 or region[-1].bold:
        return False
    gaps = [b.box.top - a.box.bottom for a, b in pairwise(region)]
    amounts = re.search(r"\d", _YEAR.sub("", line.text))
    return not amounts and gap > 1.15 * max(0.5, sorted(gaps)[len(gaps) // 2])


def _with_lines_above(region: list[Line], lines: Sequence[Line]) -> list[Line]:
    """Add the first lines of header cells that are taller than the rest of the header row."""
    start = next(i for i, line in enumerate(lines) if line is region[0])
    while start > 0:
        above, first = lines[start - 1], region[0]
        gap = first.box.top - above.box.bottom
        close = gap <= 0.45 * first.size and abs(above.size - first.size) < 0.6
        if not close or above.bold != first.bold or len(_gutters([above, *region])) < len(_gutters(region)):
            break
        region = [above, *region]
        start -= 1
    return region


def _gutters(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Strips between the outermost words that no word of any line touches."""
    size = min(line.size for line in lines)
    spans = sorted((word.box.x0, word.box.x1) for line in lines for word in line.words if not word.is_marker)
    gutters: list[tuple[float, float]] = []
    reach = spans[0][1] if spans else 0.0
    for start, end in spans:
        if start - reach >= GUTTER * size:
            gutters.append((reach, start))
        reach = max(reach, end)
    return gutters


def _region_to_grid(region: Sequence[Line], page: int) -> Grid | None:
    gutters = _gutters(region)
    if not gutters:
        return None
    words = [word for line in region for word in line.words]
    xs = _column_borders(words, gutters)
    rows = _rows_of(_blocks(region, xs))
    if len(rows) < 2:
        return None
    grid = _without_split_columns(Grid(page, tuple(xs), tuple(_cells(rows, xs)), "aligned"))
    return grid if _is_plausible(grid) else None


def _column_borders(words: Sequence[Word], gutters: Sequence[tuple[float, float]]) -> list[float]:
    """Borders a little left of where each column's words begin."""
    padding = min(0.8 * max(word.size for word in words), *(0.5 * (right - left) for left, right in gutters))
    left = min(word.box.x0 for word in words) - padding
    right = max(word.box.x1 for word in words) + padding
    return [left, *(start - padding for _, start in gutters), right]


def _blocks(region: Sequence[Line], xs: Sequence[float]) -> list[Block]:
    """Each column's lines gathered where they stand close together."""
    columns: list[list[_ColumnLine]] = [[] for _ in range(len(xs) - 1)]
    for number, line in enumerate(region):
        pieces: dict[int, list[Word]] = {}
        for word in line.words:
            pieces.setdefault(_column_of(word, xs), []).append(word)
        for col, piece in pieces.items():
            columns[col].append(_ColumnLine(number, Line(tuple(piece))))
    limit = _row_gap([[part.line for part in column] for column in columns])
    starts = _dense_starts(columns, len(region), limit)
    return [block for col, lines in enumerate(columns) for block in _column_blocks(col, lines, limit, starts)]


@dataclass(frozen=True, slots=True)
class _ColumnLine:
    """The part of a printed line that stands in one column."""

    number: int
    """Of the whole line, from the top of the region."""
    line: Line


def _dense_starts(columns: Sequence[Sequence[_ColumnLine]], n_lines: int, limit: float) -> set[int]:
    """Lines that begin a row where rows are set as tight as lines: each line with figures is a row."""
    texts: list[dict[int, Line]] = [{} for _ in range(n_lines)]
    for col, column in enumerate(columns):
        for part in column:
            texts[part.number][col] = part.line
    figures = [_has_figures(text, len(columns)) for text in texts]
    tight = [
        after.line.box.top - line.line.box.bottom < limit and figures[line.number] and figures[after.number]
        for column in columns[1:]
        for line, after in pairwise(column)
        if after.number == line.number + 1
    ]
    if sum(tight) < max(1, 0.25 * n_lines):
        return set()
    return {i for i in range(n_lines) if _begins_row(texts, figures, i)}


def _has_figures(text: dict[int, Line], n_cols: int) -> bool:
    """Whether at least half of a line's value columns hold bare figures."""
    bare = sum(bool(_FIGURE.match(line.text)) for col, line in text.items() if col)
    return bare > 0 and 2 * bare >= min(len([col for col in text if col]), n_cols - 1)


def _begins_row(texts: Sequence[dict[int, Line]], figures: Sequence[bool], i: int) -> bool:
    """Whether a line of a tight table begins a row; labels may run on over lines without figures."""
    label = texts[i][0].text if 0 in texts[i] else ""
    goes_on = label[:1].islower()
    if figures[i]:
        label_above = i > 0 and not figures[i - 1] and list(texts[i - 1]) == [0]
        return not (goes_on and label_above)
    return bool(label) and not goes_on and list(texts[i]) == [0] and any(figures[:i])


def _column_of(word: Word, xs: Sequence[float]) -> int:
    middle = (word.box.x0 + word.box.x1) / 2
    return max(0, sum(x <= middle for x in xs[:-1]) - 1)


def _row_gap(columns: Sequence[Sequence[Line]]) -> float:
    """The gap from which two lines of a column stand in different rows."""
    gaps = sorted(b.box.top - a.box.bottom for lines in columns for a, b in pairwise(lines))
    size = max((line.size for lines in columns for line in lines), default=10.0)
    if not gaps or gaps[0] >= LOOSE_LINES * size:
        return 0.0
    return gaps[0] + max(1.2, CELL_GAP * size)


def _column_blocks(col: int, lines: Sequence[_ColumnLine], limit: float, starts: set[int]) -> list[Block]:
    groups: list[list[_ColumnLine]] = []
    for part in lines:
        if groups and _same_block(groups[-1][-1], part, limit, starts):
            groups[-1].append(part)
        else:
            groups.append([part])
    return [
        Block(col, 1, tuple(w for p in group for w in p.line.words), around(p.line.box for p in group))
        for group in groups
    ]


def _same_block(above: _ColumnLine, part: _ColumnLine, limit: float, starts: set[int]) -> bool:
    """Whether two lines of a column belong to one cell."""
    close = part.line.box.top - above.line.box.bottom < limit and above.line.bold == part.line.bold
    return close and not any(above.number < start <= part.number for start in starts)


@dataclass(slots=True)
class _Band:
    """A row of the table while blocks are put into it."""

    top: float
    bottom: float
    blocks: list[tuple[Block, int]]
    """Blocks that begin in the row, with the number of rows they cover."""


def _rows_of(blocks: Sequence[Block]) -> list[_Band]:
    """Rows as bands of height, made from the lowest blocks up; taller blocks over several bands are merged cells."""
    bands: list[_Band] = []
    for block in sorted(blocks, key=lambda b: (round(b.box.height), b.box.top, b.col)):
        touched = sorted((band for band in bands if _overlap(band, block.box)), key=lambda band: band.top)
        if not touched:
            bands.append(_Band(block.box.top, block.box.bottom, [(block, 1)]))
        elif len(touched) == 1:
            band = touched[0]
            band.blocks.append((block, 1))
            band.top, band.bottom = min(band.top, block.box.top), max(band.bottom, block.box.bottom)
        else:
            touched[0].blocks.append((block, len(touched)))
    return sorted(bands, key=lambda band: band.top)


def _overlap(band: _Band, box: Box) -> bool:
    shared = min(band.bottom, box.bottom) - max(band.top, box.top)
    return shared > BAND_OVERLAP * min(band.bottom - band.top, box.height)


def _cells(rows: Sequence[_Band], xs: Sequence[float]) -> list[GridCell]:
    """A cell for each place of the grid; blocks that share a place are one cell."""
    held: dict[tuple[int, int], list[tuple[Block, int]]] = {}
    for number, band in enumerate(rows):
        for block, span in band.blocks:
            held.setdefault((number, block.col), []).append((block, span))
    covered: set[tuple[int, int]] = set()
    cells = []
    for number, band in enumerate(rows):
        for col in range(len(xs) - 1):
            if (number, col) in covered:
                continue
            here = held.get((number, col), [])
            span = _free_span(held, number, col, max((s for _, s in here), default=1))
            covered |= {(number + i, col) for i in range(span)}
            box = Box(xs[col], band.top, xs[col + 1], rows[number + span - 1].bottom)
            words = tuple(word for block, _ in here for word in block.words)
            cells.append(GridCell(number, col, box, span, 1, words))
    return cells


def _free_span(held: dict[tuple[int, int], list[tuple[Block, int]]], row: int, col: int, span: int) -> int:
    """How far down a cell may reach before the column's next words."""
    for i in range(1, span):
        if (row + i, col) in held:
            return i
    return span


def _without_split_columns(grid: Grid) -> Grid:
    """Give a header back to the figures set from the right that stand beside it, not under it."""
    col = 0
    while col < grid.n_cols - 1:
        left, right = ({c.row for c in grid.cells if c.col == x and c.words} for x in (col, col + 1))
        split = left and right and not left & right and min(left | right) in (left if len(left) == 1 else right)
        if split and 1 in (len(left), len(right)) and grid.n_rows > 2:
            grid = _merge_columns(grid, col)
        else:
            col += 1
    return grid


def _merge_columns(grid: Grid, col: int) -> Grid:
    """The grid with a column and the next one made into one."""
    cells = []
    for cell in grid.cells:
        if cell.col == col:
            other = next((c for c in grid.cells if c.col == col + 1 and c.row == cell.row), None)
            words = cell.words + (other.words if other else ())
            box = replace(cell.box, x1=grid.xs[col + 2])
            cells.append(replace(cell, words=words, box=box))
        elif cell.col != col + 1:
            cells.append(replace(cell, col=cell.col - (cell.col > col)))
    return replace(grid, xs=grid.xs[: col + 1] + grid.xs[col + 2 :], cells=tuple(cells))


def _is_plausible(grid: Grid) -> bool:
    """Whether a grid of aligned words is a table rather than columns of prose, a list or a table of contents."""
    filled = [cell for cell in grid.cells if cell.words]
    if len(filled) < FILLED_SHARE * grid.n_rows * grid.n_cols:
        return False
    lengths = [sum(len(w.text) + 1 for w in cell.words) for cell in filled]
    first = [" ".join(w.text for w in c.words) for c in filled if c.col == 0]
    if all(_BULLET.match(text) for text in first):
        return False
    numeric = sum(any(ch.isdigit() for w in c.words for ch in w.text) for c in filled if c.col)
    return sum(lengths) / len(lengths) < PROSE_LENGTH and (numeric > 0 or grid.n_cols > 2 or _bold_first_row(grid))


def _bold_first_row(grid: Grid) -> bool:
    cells = [cell for cell in grid.row(0) if cell.words]
    return len(cells) > 1 and all(cell.bold for cell in cells)
