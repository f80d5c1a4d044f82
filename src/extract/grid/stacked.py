"""Rows that no line parts: drawn cells in which several figures stand below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.grid.model import Grid, GridCell, is_broken_number
from extract.grid.row_cells import cells_of, row_boxes
from extract.grid.row_model import Piece, RowModel, RowTask, piece_of
from extract.page.lines import Line, lines_of
from schema.layout import Box, Word
from schema.lexicon.figures import is_figure

STACKED_SHARE = 0.7
"""Share of a row's columns of figures that hold several; numbers broken for want of room are seldom so many."""
BODY_LINES = 3
"""So many figures below each other in two cells of a row are those of several rows."""


def split_stacked(grid: Grid) -> Grid:
    """The grid with each row of stacked figures made into the rows that explain its lines best."""
    if last_row_is_body(grid) and _last_row_holds_rows(grid):
        return _with_body_parted(grid)
    cells: list[GridCell] = []
    added = 0
    shifts: list[int] = []
    for number in range(grid.n_rows):
        shifts.append(added)
        row = grid.row(number)
        parts = _parted(row, grid) if _is_stacked(row, grid.n_cols) else []
        cells += parts or [replace(cell, row=cell.row + added) for cell in row]
        if parts:
            cells[-len(parts) :] = [replace(cell, row=cell.row + added) for cell in parts]
            added += len(parts) // grid.n_cols - 1
    shaded = tuple(row + shifts[row] for row in grid.shaded)
    return replace(grid, cells=tuple(cells), shaded=shaded) if added else grid


def last_row_is_body(grid: Grid) -> bool:
    """Whether lines may run between the columns alone: one drawn row, the last, holds most of the table's text."""
    row = grid.row(grid.n_rows - 1)
    if grid.n_cols < 3 or len(row) != grid.n_cols or any(cell.row_span > 1 for cell in row):
        return False
    wrapped = sum(len(cell.lines) > 1 for cell in row)
    return wrapped > 1 and 2 * row[0].box.height > grid.box.height


def _last_row_holds_rows(grid: Grid) -> bool:
    """Whether figures stand below each other in several columns of such a row, more than one that breaks has."""
    counts = [sum(is_figure(line.text) for line in cell.lines) for cell in grid.row(grid.n_rows - 1)]
    return sum(count >= BODY_LINES for count in counts) > 1


def _with_body_parted(grid: Grid) -> Grid:
    """The grid with its last row made into the rows that explain its lines best."""
    number = grid.n_rows - 1
    model = RowModel(_row_task(grid.row(number), grid))
    body = cells_of(model, model.rows(), grid.xs)
    above = [cell for cell in grid.cells if cell.row < number]
    return replace(grid, cells=(*above, *(replace(cell, row=cell.row + number) for cell in body)))


def _is_stacked(row: Sequence[GridCell], n_cols: int) -> bool:
    """Whether the value columns of a row hold several figures each, beside at least as many lines of labels."""
    if len(row) != n_cols or any(cell.row_span > 1 for cell in row):
        return False
    lines = {cell.col: cell.lines for cell in row if cell.words}
    counts = [_figures_below_each_other(cell) for cell in row if cell.words and cell.col]
    counts = [count for count in counts if count]
    stacks = sum(count > 1 for count in counts)
    labels = max((len(lines[col]) for col in range(n_cols - 1) if col in lines), default=0)
    return stacks >= max(min(2, n_cols - 1), STACKED_SHARE * len(counts)) and labels >= max(counts, default=0)


def _figures_below_each_other(cell: GridCell) -> int:
    """How many figures a cell holds, one that breaks counted once."""
    figures = [line for line in cell.lines if is_figure(line.text)]
    return len(figures) - sum(is_broken_number(a, b, cell) for a, b in pairwise(figures))


def _parted(row: Sequence[GridCell], grid: Grid) -> list[GridCell]:
    """The row's cells parted into rows; empty where its lines make up one row."""
    task = _row_task(row, grid)
    rows = RowModel(task).rows()
    if len(rows) < 2:
        return []
    tops = [box.top for box in row_boxes(task, rows, grid.xs[0], grid.xs[-1])]
    parted = []
    for place, (start, end) in enumerate(rows):
        bottom = tops[place + 1] if place + 1 < len(tops) else row[0].box.bottom
        top = tops[place] if place else row[0].box.top
        for cell in row:
            own = (line[cell.col] for line in task.pieces[start : end + 1] if cell.col in line)
            words = tuple(word for piece in own for word in piece.line.words)
            box = Box(cell.box.x0, top, cell.box.x1, bottom)
            symbol = cell.symbol if place == 0 else None
            parted.append(replace(cell, row=cell.row + place, box=box, words=words, symbol=symbol))
    return parted


def _row_task(row: Sequence[GridCell], grid: Grid) -> RowTask:
    """The question which of a drawn row's lines make up rows of their own."""
    lines = lines_of(word for cell in row for word in cell.words)
    owner = {word: cell.col for cell in row for word in cell.words}
    pieces = tuple(_pieces(line, owner) for line in lines)
    return RowTask(pieces, grid.xs, frozenset(), frozenset(), frozenset(), False, 0)


def _pieces(line: Line, owner: dict[Word, int]) -> dict[int, Piece]:
    """A line's words by the column of their cell."""
    held: dict[int, list[Word]] = {}
    for word in line.words:
        held.setdefault(owner[word], []).append(word)
    return {col: piece_of(Line(tuple(words))) for col, words in held.items()}
