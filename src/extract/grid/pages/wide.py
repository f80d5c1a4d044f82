"""Columns that a sheet wider than its page left on a later page, without the names of their rows.

A printed spreadsheet goes on to the right on another page: its rows stand at the same heights there, and the page opens
with figures where names would be. Only where all of that holds are the columns put beside their rows; where figures
stand at the heights of rows and no more is known, a problem tells it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from extract.grid.model import Grid, GridCell, grid_to_cells
from extract.grid.pages.join import Joined
from extract.page.columns import Part
from extract.page.gutters import borders, columns_of, has_figure
from extract.page.lines import Line, lines_of
from extract.page.model import middle_of
from schema.layout import Box, Word
from schema.lexicon.figures import is_amount, is_figure
from schema.problem import Problem

SAME_HEIGHT = 1.0
"""Lines of one row end within this many points of each other on both pages."""
FEWEST_ROWS = 3
"""Rows that must stand at the same heights."""
MOST_ROWS = 0.6
"""Share of the table's rows of figures that go on, and of these that open with a figure."""
FURTHEST = 12
"""Pages at most between the columns of a row: a sheet's pages are printed downwards first."""
LONGEST_ABOVE = 3
"""Words of a line above the columns that is no title of another table."""


@dataclass(frozen=True, slots=True)
class ColumnsBeside:
    """Columns on a later page, and the part of a table whose rows they belong to."""

    left: Grid
    page: int
    xs: tuple[float, ...]
    words: tuple[Word, ...]
    body: float
    """Where the first row of figures begins; what stands above it are headers."""


@dataclass(frozen=True, slots=True)
class _Way:
    """Tables of an earlier page whose rows a page may go on with."""

    share: float
    """How many of the tables' rows of figures come again at the same heights."""
    number: int
    lefts: tuple[Grid, ...]
    proven: bool
    """The page's first column stands where names do, and no title above it."""


def columns_beside(
    grids: Sequence[Sequence[Grid]], parts: Sequence[Part]
) -> tuple[list[list[Grid]], list[ColumnsBeside], list[Problem]]:
    """The grids of all parts without those that are columns of tables on earlier pages, these, and what may be such."""
    kept = [list(own) for own in grids]
    found: list[ColumnsBeside] = []
    problems: list[Problem] = []
    count = Counter(part.number for part in parts)
    for i, part in enumerate(parts):
        lines = lines_of(part.words) if count[part.number] == 1 else []
        if not _are_unnamed([line for line in lines if _has_value(line)], 1):
            continue
        before = [k for k in range(max(0, i - FURTHEST), i) if count[parts[k].number] == 1]
        same_size = [k for k in before if _size(parts[k]) == _size(part)]
        ways = [way for k in same_size if (way := _way(lines, kept[k], parts[k].number))]
        best = max(ways, key=lambda way: (way.proven, way.share, way.number), default=None)
        if best and best.proven:
            own = list(_columns(best.lefts, kept[i], part, lines))
            taken = {id(word) for beside in own for word in beside.words}
            kept[i] = [g for g in kept[i] if not any(id(word) in taken for cell in g.cells for word in cell.words)]
            found += own
        elif best:
            problems.append(_not_joined(part.number, best.number))
    return kept, found, problems


def _not_joined(page: int, left: int) -> Problem:
    message = f"page {page} opens with figures as high as the rows of page {left}; compare whether they are theirs"
    return Problem("tables", "columns_apart", message, page=page)


def _size(part: Part) -> tuple[float, float]:
    return part.parse.page.width, part.parse.page.height


def _way(lines: Sequence[Line], grids: Sequence[Grid], number: int) -> _Way | None:
    """How a later page's lines go on with the rows of a page; None where heights differ or rows have names."""
    rows = [line for line in lines if _has_value(line)]
    heights = {id(grid): _heights(grid) for grid in grids}
    named = [grid for grid in grids if _names_at(grid) is not None]
    lefts = tuple(grid for grid in named if any(_is_among(line, heights[id(grid)]) for line in rows))
    if not all(any(_is_among(line, heights[id(grid)]) for grid in lefts) for line in rows):
        return None
    own = [line for grid in lefts for line in _lines(grid) if has_figure(line) and line.box.bottom >= rows[0].box.top]
    continued_at = [row.box.bottom for row in rows]
    continued = [line for line in own if _is_among(line, continued_at)]
    share = len(continued) / max(len(own), 1)
    depth = max(_names_at(grid) or 0 for grid in lefts) + 1
    if share < MOST_ROWS or not _are_unnamed(rows, depth):
        return None
    is_left = median(line.segments[0].box.x1 for line in rows) < min(map(_end_of_first_values, lefts)) - SAME_HEIGHT
    top = min(line.box.top for grid in lefts for line in _lines(grid))
    titled = any(line.box.bottom < top and len(line.words) > LONGEST_ABOVE for line in lines)
    return _Way(share, number, lefts, is_left and not titled)


def _are_unnamed(rows: Sequence[Line], depth: int) -> bool:
    """Whether rows open with amounts, so many beside each other, and with no names or years."""
    opening = sum(all(is_amount(piece.text) for piece in line.segments[:depth]) for line in rows)
    return len(rows) >= FEWEST_ROWS and opening >= MOST_ROWS * len(rows)


def _has_value(line: Line) -> bool:
    return has_figure(line) or is_figure(line.text)


def _lines(grid: Grid) -> list[Line]:
    return lines_of(word for cell in grid.cells for word in cell.words)


def _heights(grid: Grid) -> list[float]:
    return [line.box.bottom for line in _lines(grid)]


def _is_among(line: Line, heights: Iterable[float]) -> bool:
    return any(abs(line.box.bottom - height) <= SAME_HEIGHT for height in heights)


def _names_at(grid: Grid) -> int | None:
    """The column in which the names of rows stand, the second where numbers of theirs come first; None without."""
    for col in (0, 1):
        texts = [cell.text for cell in _body(grid, col)]
        if 2 * sum(any(map(str.isalpha, text)) and not is_figure(text) for text in texts) > len(texts):
            return col
    return None


def _body(grid: Grid, col: int) -> list[GridCell]:
    return [cell for cell in grid.cells if cell.col == col and cell.words and cell.row not in grid.header_rows]


def _end_of_first_values(grid: Grid) -> float:
    """Where the column right of the names ends."""
    ends = [max(word.box.x1 for word in cell.words) for cell in _body(grid, (_names_at(grid) or 0) + 1)]
    return median(ends) if ends else 0.0


def _columns(
    lefts: Sequence[Grid], grids: Sequence[Grid], part: Part, lines: Sequence[Line]
) -> Iterator[ColumnsBeside]:
    """The columns of a page beside each grid, as its own grids part them."""
    ordered = sorted(lefts, key=lambda grid: grid.box.top)
    inside = {id(word) for grid in grids for cell in grid.cells for word in cell.words}
    reach = -1e9
    for left in ordered:
        box, above, reach = left.box, reach, left.box.bottom
        heights = _heights(left)
        rows = [line for line in lines if _has_value(line) and _is_among(line, heights)]
        words = [
            word
            for word in part.words
            if box.top <= (middle := middle_of(word)) < box.bottom or (id(word) in inside and above <= middle < box.top)
        ]
        held = {id(word) for word in words}
        shared = [(sum(id(w) in held for cell in g.cells for w in cell.words), g.xs) for g in grids]
        most, xs = max(shared, default=(0, ()))
        yield ColumnsBeside(left, part.number, xs if most else _borders(words), tuple(words), rows[0].box.top)


def _borders(words: Sequence[Word]) -> tuple[float, ...]:
    """The borders of columns that no grid shows, of a single one where no gutter parts them."""
    gutters = columns_of(lines_of(words)).gutters
    ends = min(word.box.x0 for word in words), max(word.box.x1 for word in words)
    return tuple(borders(words, gutters)) if gutters else ends


def with_columns_beside(
    tables: Sequence[Joined], beside: Sequence[ColumnsBeside], *, hyphenated: bool = False
) -> list[Joined]:
    """The tables, each with the columns that later pages hold of it."""
    joined = list(tables)
    for columns in beside:
        at = next((i for i, table in enumerate(joined) if any(g is columns.left for g in table.grids)), None)
        if at is not None:
            joined[at] = _widened(joined[at], columns, hyphenated=hyphenated)
    return joined


def _widened(table: Joined, columns: ColumnsBeside, *, hyphenated: bool) -> Joined:
    """A table with columns right of those that it has, each word in the row at its height."""
    bands = _bands(table, columns.left.page)
    if not bands:
        return table
    rows = sorted(bands, key=lambda row: bands[row].top)
    tops = [bands[row].top for row in rows]
    first_body = max(bisect_right(tops, columns.body + SAME_HEIGHT) - 1, 0)
    held: dict[tuple[int, int], list[Word]] = {}
    for word in columns.words:
        place = max(bisect_right(tops, middle_of(word)) - 1, 0)
        place = min(place, max(first_body - 1, 0)) if word.box.bottom < columns.body else place
        col = bisect_right(columns.xs[1:-1], (word.box.x0 + word.box.x1) / 2)
        held.setdefault((rows[place], col), []).append(word)
    cells = tuple(
        GridCell(
            row,
            col,
            Box(columns.xs[col], bands[row].top, columns.xs[col + 1], bands[row].bottom),
            words=tuple(held.get((row, col), ())),
        )
        for row in rows
        for col in range(len(columns.xs) - 1)
    )
    headers = tuple(row for row in rows if row in table.header_rows)
    step = f"columns of page {columns.page} beside their rows"
    grid = Grid(columns.page, columns.xs, cells, columns.left.engine, header_rows=headers, steps=(step,))
    width = max(cell.col + cell.col_span for cell in table.cells)
    printed = (part.cell for part in grid_to_cells(grid, hyphenated=hyphenated))
    added = (replace(cell, col=cell.col + width) for cell in printed)
    return Joined((*table.grids, grid), (*table.cells, *added), table.header_rows)


def _bands(table: Joined, page: int) -> dict[int, Box]:
    """Where each row of a table stands on a page."""
    bands: dict[int, Box] = {}
    for cell in table.cells:
        if cell.page == page and cell.box and cell.row_span == 1:
            known = bands.get(cell.row, cell.box)
            bands[cell.row] = replace(
                known, top=min(known.top, cell.box.top), bottom=max(known.bottom, cell.box.bottom)
            )
    return bands
