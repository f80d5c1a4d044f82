"""Cells of the headers of aligned tables: groups over their columns, and headers that go on beside a row of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.grid.headers.groups import OFF_CENTRE, spread_groups, with_rows_joined
from extract.grid.headers.phrases import is_beside
from extract.grid.model import Grid, GridCell, holds_amounts
from extract.grid.row_model import goes_on, piece_of
from schema.lexicon.figures import count_in_brackets

CLOSE = 0.5
"""Lines of a header's cell are at most this many font sizes apart."""
FEWEST_COUNTS = 3
"""Columns at least that are numbered: fewer numbers may be notes."""
MOST_ROWS = 8
"""Rows at most that are looked at as a header."""


def with_groups(grid: Grid, off_centre: float = OFF_CENTRE) -> Grid:
    """The grid with the headers of groups over their columns: as their places among each other tell, else as read."""
    grid = _with_rows_beside(grid)
    spread = spread_groups(grid, off_centre)
    if grid.engine != "aligned" or spread is not grid:
        return spread
    row = next((row for row in range(grid.n_rows) if sum(bool(cell.words) for cell in grid.row(row)) > 1), 0)
    if not any(cell.col_span > 1 for cell in grid.row(row)):
        return grid
    single = replace(grid, cells=tuple(part for cell in grid.cells for part in _parts(cell, grid, row)))
    spread = spread_groups(single, off_centre)
    return grid if spread is single else spread


def _with_rows_beside(grid: Grid) -> Grid:
    """The grid with rows of its header as one that overlap in height: their cells are set to the middle of one row."""
    for upper, lower in pairwise(grid.header_rows):
        cells = [*grid.row(upper), *grid.row(lower)]
        if lower > upper + 1 or any(cell.row_span > 1 or cell.col_span > 1 for cell in cells):
            continue
        above, below = ([line for cell in grid.row(row) for line in cell.lines] for row in (upper, lower))
        if any(is_beside(a, b) for a in above for b in below):
            return _with_rows_beside(with_rows_joined(grid, upper, lower))
    return grid


def _parts(cell: GridCell, grid: Grid, row: int) -> list[GridCell]:
    """A cell of a row as one of each column that it stands over, its words in the first; others as they are."""
    if cell.row != row or cell.col_span == 1 or cell.row_span > 1:
        return [cell]
    cols = range(cell.col, cell.col + cell.col_span)
    boxes = [replace(cell.box, x0=grid.xs[col], x1=grid.xs[col + 1]) for col in cols]
    words = [cell.words, *(() for _ in cols[1:])]
    return [
        replace(cell, col=col, col_span=1, box=box, words=own) for col, box, own in zip(cols, boxes, words, strict=True)
    ]


def with_whole_headers(grid: Grid) -> Grid:
    """The grid with each header in one cell whose text goes on below, in the row under groups beside it."""
    body = next((row for row in range(min(grid.n_rows, MOST_ROWS)) if holds_amounts(grid, row)), 0)
    if grid.engine != "aligned" or body < 2:
        return grid
    cells = {(cell.row, cell.col): cell for cell in grid.cells}
    for row in range(body - 2, -1, -1):
        for cell in grid.row(row):
            below = cells.get((row + 1, cell.col))
            if below and _goes_on(cell, below):
                box = replace(cell.box, bottom=below.box.bottom)
                whole = replace(cell, row_span=1 + below.row_span, box=box, words=(*cell.words, *below.words))
                cells[row, cell.col] = whole
                del cells[row + 1, cell.col]
    if len(cells) == len(grid.cells):
        return grid
    return _without_empty_rows(replace(grid, cells=tuple(sorted(cells.values(), key=lambda c: (c.row, c.col)))))


def with_numbers_apart(grid: Grid) -> Grid:
    """The grid with the numbers of its columns, `(1)`, `(2)`, in a row of their own that ends the header."""
    for row in range(min(grid.n_rows - 1, MOST_ROWS)):
        foot = sorted((c for c in grid.cells if c.row + c.row_span - 1 == row and c.words), key=lambda c: c.col)
        counts = [count_in_brackets(cell.lines[-1].text) for cell in foot]
        if len(counts) < FEWEST_COUNTS or counts != list(range(1, len(counts) + 1)):
            continue
        if all(len(cell.lines) == 1 for cell in foot):
            return replace(grid, header_rows=tuple(range(row + 1)))
        cells = [part for cell in grid.cells for part in _counted(cell, row)]
        return replace(grid, cells=tuple(cells), header_rows=tuple(range(row + 2)), shaded=())
    return grid


def _counted(cell: GridCell, row: int) -> list[GridCell]:
    """A cell, parted above its last line where it ends in a row; one below is moved down."""
    last = cell.row + cell.row_span - 1
    if last != row:
        return [replace(cell, row=cell.row + (cell.row > row), row_span=cell.row_span + (cell.row <= row < last))]
    lines = cell.lines
    border = lines[-1].box.top if lines else cell.box.bottom
    above = tuple(word for line in lines[:-1] for word in line.words)
    below = lines[-1].words if lines else ()
    upper = replace(cell, box=replace(cell.box, bottom=border), words=above)
    return [upper, replace(cell, row=row + 1, row_span=1, box=replace(cell.box, top=border), words=below)]


def _goes_on(above: GridCell, below: GridCell) -> bool:
    """Whether the words of a header's cell go on in the cell below it, as close as lines are."""
    if not above.words or not below.words or max(above.col_span, below.col_span, above.row_span) > 1:
        return False
    last, first = above.lines[-1], below.lines[0]
    close = first.box.top - last.box.bottom <= CLOSE * last.size
    return close and last.bold == first.bold and goes_on(piece_of(last), piece_of(first))


def _without_empty_rows(grid: Grid) -> Grid:
    """The grid without the rows in which nothing begins but headers that go on below."""
    rows = [[cell for cell in grid.row(row) if cell.words] for row in range(grid.n_rows)]
    gone = [row for row, own in enumerate(rows) if own and all(cell.row_span > 1 for cell in own)]
    return _without_row(grid, gone[0]) if gone else grid


def _without_row(grid: Grid, row: int) -> Grid:
    kept = (cell for cell in grid.cells if cell.row != row or cell.row_span > 1)
    cells = tuple(
        replace(
            cell,
            row=cell.row - (cell.row > row),
            row_span=cell.row_span - (cell.row <= row < cell.row + cell.row_span),
        )
        for cell in kept
    )
    return _without_empty_rows(replace(grid, cells=cells, header_rows=_moved(grid.header_rows, row)))


def _moved(rows: Sequence[int], gone: int) -> tuple[int, ...]:
    return tuple(row - (row > gone) for row in rows if row != gone)
