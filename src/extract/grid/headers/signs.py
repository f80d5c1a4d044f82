"""Signs of amounts that stand in a column of their own, left of their figures, as spreadsheets print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.grid.model import Grid, GridCell
from schema.lexicon.figures import is_figure, is_lone_minus


def with_signs(grid: Grid) -> Grid:
    """The grid with each minus that stands alone in a column without a header in the cell of the figure after it."""
    for col in range(grid.n_cols - 2, 0, -1):
        if _holds_signs(grid, col):
            xs = (*grid.xs[: col + 1], *grid.xs[col + 2 :])
            grid = replace(grid, xs=xs, cells=tuple(_joined(grid, col)))
    return grid


def _holds_signs(grid: Grid, col: int) -> bool:
    """Whether a column prints nothing but minus signs, each beside a figure without one, and has no header."""
    own = [cell for cell in grid.cells if cell.col <= col < cell.col + cell.col_span]
    right = {(cell.row, cell.row_span): cell for cell in grid.cells if cell.col == col + 1}
    signs = [cell for cell in own if cell.words and not _is_over(cell, col)]
    return (
        bool(signs)
        and all(cell.col_span == 1 and is_lone_minus(cell.text) for cell in signs)
        and all(_is_over(cell, col) or (cell.row, cell.row_span) in right for cell in own)
        and all(_is_amount(right[cell.row, cell.row_span]) for cell in signs)
    )


def _is_over(cell: GridCell, col: int) -> bool:
    """Whether a cell stands over a column and the one after it."""
    return cell.col <= col and cell.col + cell.col_span > col + 1


def _is_amount(cell: GridCell) -> bool:
    return is_figure(cell.text) and cell.text[:1].isdigit()


def _joined(grid: Grid, col: int) -> Iterator[GridCell]:
    """The cells with those of a column and the next as one."""
    signs = {(cell.row, cell.row_span): cell for cell in grid.cells if cell.col == col and cell.col_span == 1}
    for cell in grid.cells:
        if cell.col == col and cell.col_span == 1:
            continue
        if cell.col == col + 1 and (sign := signs.get((cell.row, cell.row_span))):
            yield replace(cell, col=col, box=replace(cell.box, x0=sign.box.x0), words=(*sign.words, *cell.words))
        elif _is_over(cell, col):
            yield replace(cell, col_span=cell.col_span - 1)
        else:
            yield replace(cell, col=cell.col - (cell.col > col))
