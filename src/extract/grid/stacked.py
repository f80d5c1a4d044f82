"""Drawn grids that hold more than their lines show: rows of several figures in a cell, tables below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.grid.model import Grid, GridCell, holds_amounts, is_broken_number, printed_text
from extract.grid.row_cells import cells_of, row_boxes
from extract.grid.row_model import Piece, RowModel, RowTask, piece_of
from extract.page.lines import Line, lines_of
from schema.layout import Box, Word
from schema.lexicon.figures import is_figure

STACKED_SHARE = 0.7
"""Share of a row's columns of figures that hold several; numbers broken for want of room are seldom so many."""
BODY_LINES = 3
"""So many figures below each other in two cells of a row are those of several rows."""


def part_at_headers(grid: Grid) -> list[Grid]:
    """The grid, parted where another table begins: under a header like its own, or a title and one after an empty row.

    A spreadsheet printed with its grid is one grid of tables, titles and empty rows; only the tables are kept.
    """
    parts, start = list[Grid](), 0
    for number in range(1, grid.n_rows):
        end, first = _gap_above(grid, number) or (number, number)
        apart = end < first and first > start
        if apart or (_repeats_header(grid, start, number) and number - start > 1 and number < grid.n_rows - 1):
            parts += [_rows(grid, start, end)] if end > start else []
            start = first
    return [*parts, _rows(grid, start, grid.n_rows)] if start else [grid]


def _rows(grid: Grid, start: int, stop: int) -> Grid:
    """Rows of the grid as one of their own, without the columns at the right that hold nothing in them."""
    own = [replace(cell, row=cell.row - start) for cell in grid.cells if start <= cell.row < stop]
    width = max((cell.col + cell.col_span for cell in own if cell.words), default=grid.n_cols)
    cells = tuple(replace(c, col_span=min(c.col_span, width - c.col)) for c in own if c.col < width)
    shaded = tuple(row - start for row in grid.shaded if start <= row < stop)
    return replace(grid, xs=grid.xs[: width + 1], cells=cells, shaded=shaded)


def _is_header(grid: Grid, number: int) -> bool:
    """Whether a row that no merged cell reaches into holds several bold cells and no amounts."""
    filled = [cell for cell in grid.row(number) if cell.words]
    bold = len(filled) > 1 and all(cell.bold for cell in filled) and not holds_amounts(grid, number)
    return bold and not any(cell.row < number < cell.row + cell.row_span for cell in grid.cells)


def _repeats_header(grid: Grid, start: int, number: int) -> bool:
    """Whether a row is bold as the row at the start is, with a text from there."""
    if start in grid.shaded and len(grid.shaded) == 1 or not all(c.bold for c in grid.row(start) if c.words):
        return False
    texts = {(cell.col, printed_text(cell).casefold()) for cell in grid.row(start) if cell.words and cell.col}
    again = any((cell.col, printed_text(cell).casefold()) in texts for cell in grid.row(number) if cell.words)
    return again and _is_header(grid, number)


def _gap_above(grid: Grid, number: int) -> tuple[int, int] | None:
    """The first row of the gap above a header, an empty one with the titles below it, and of the header itself.

    A header without a title is of most columns.
    """
    filled = [[cell for cell in grid.row(row) if cell.words] for row in range(number + 1)]
    if not _is_header(grid, number):
        return None
    first = number
    while first and filled[first - 1] and all(cell.col and cell.bold for cell in filled[first - 1]):
        first -= 1
    top = first
    while top and len(filled[top - 1]) < 2 and not any(cell.col for cell in filled[top - 1]):
        top -= 1
    empty = [row for row in range(top, first) if not filled[row]]
    is_full = 2 * len(filled[number]) > grid.n_cols or (empty and empty[-1] < first - 1)
    return (empty[0] if top else 0, first) if empty and is_full else None


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
        cells += parts or ([replace(cell, row=cell.row + added) for cell in row] if added else row)
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
