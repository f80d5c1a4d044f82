"""Columns that a later part of a table lacks on its page: merged cells or nothing at all stand in them there."""

from __future__ import annotations

from dataclasses import replace

from extract.grid.model import Grid, GridCell, holds_amounts
from extract.page.gutters import column_of
from schema.layout import Box

SAME_COLUMN = 6.0
"""Column borders of a continued table differ by less than this many points from page to page."""
FEWEST_SHARED = 3
"""A table that goes on without some of its columns shows at least so many others."""
MOST_HEADER_ROWS = 4
"""Column headers have seldom more lines."""


def with_missing_columns(last: Grid, grid: Grid) -> Grid:
    """The grid with the columns of the table before it that it lacks: its first, or any that are empty on this page."""
    missing = last.n_cols - grid.n_cols
    if missing < 1 or grid.n_cols < FEWEST_SHARED or has_own_header(grid):
        return grid
    return _with_merged_columns(last, grid, missing) or _with_empty_columns(last, grid) or grid


def _with_merged_columns(last: Grid, grid: Grid, missing: int) -> Grid | None:
    """The grid with the first columns of the table before it, where merged cells left them empty on this page."""
    borders = zip(last.xs[missing + 1 :], grid.xs[1:], strict=True)
    if grid.xs[0] < last.xs[missing] - SAME_COLUMN or any(abs(a - b) > SAME_COLUMN for a, b in borders):
        return None
    box = grid.box
    empty = [
        GridCell(0, col, Box(last.xs[col], box.top, last.xs[col + 1], box.bottom), row_span=grid.n_rows)
        for col in range(missing)
    ]
    cells = tuple(replace(cell, col=cell.col + missing) for cell in grid.cells)
    return replace(grid, xs=(*last.xs[: missing + 1], *grid.xs[1:]), cells=(*empty, *cells))


def _with_empty_columns(last: Grid, grid: Grid) -> Grid | None:
    """The grid in the columns of the table before it, where each of its own stands within one of these."""
    spans = any(cell.col_span > 1 or cell.row_span > 1 for cell in grid.cells)
    if spans or {last.engine, grid.engine} != {"aligned"}:
        return None
    within: dict[int, set[int]] = {}
    for cell in grid.cells:
        within.setdefault(cell.col, set()).update(column_of(word, last.xs) for word in cell.words)
    places = {col: next(iter(cols)) for col, cols in within.items() if len(cols) == 1}
    if len(set(places.values())) < grid.n_cols or places[0] != 0:
        return None
    held = {(cell.row, places[cell.col]): cell.words for cell in grid.cells}
    rows = {cell.row: cell.box for cell in grid.cells}
    cells = tuple(
        GridCell(row, col, replace(box, x0=last.xs[col], x1=last.xs[col + 1]), words=held.get((row, col), ()))
        for row, box in rows.items()
        for col in range(last.n_cols)
    )
    return replace(grid, xs=last.xs, cells=cells)


def has_own_header(grid: Grid) -> bool:
    """Whether the first row is set apart by weight or colour as column headers are; stripes shade amounts as well.

    A title in one cell, or the headers of groups, may stand above.
    """
    if 0 in grid.shaded and not holds_amounts(grid, 0):
        return True
    filled = [[cell for cell in grid.row(row) if cell.words] for row in range(grid.n_rows)]
    top = next((row for row in range(min(MOST_HEADER_ROWS, grid.n_rows)) if len(filled[row]) > 1), 0)
    head, body = ([c for row in rows for c in row] for rows in (filled[: top + 1], filled[top + 1 :]))
    wide = len(filled[top]) > 1 and (not top or not holds_amounts(grid, top))
    return wide and all(c.bold for c in head) and not all(c.bold for c in body)
