"""Rows of printed lines as cells of a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.grid.model import GridCell
from extract.grid.row_model import Piece, RowModel, RowTask, row_boxes
from schema.layout import Box, Word


def cells_of(model: RowModel, rows: Sequence[tuple[int, int]], xs: Sequence[float]) -> list[GridCell]:
    """A cell for each place of the grid; a group's text that runs on over rows is one merged cell."""
    task = model.task
    boxes = row_boxes(task, rows, xs[0], xs[-1])
    cells: list[GridCell] = []
    covered: set[tuple[int, int]] = set()
    for number, (start, end) in enumerate(rows):
        spans = _spans(task, start, xs) if start in task.spanning and start == end else {}
        col = 0
        while col < task.n_cols:
            width = spans.get(col, 1)
            height = _height(model, rows, number, col)
            if (number, col) not in covered:
                last = number + height - 1
                box = Box(xs[col], boxes[number].top, xs[col + width], boxes[last].bottom)
                words = tuple(_words(task, col, start, rows[last][1]))
                cells.append(GridCell(number, col, box, height, width, words))
                covered |= {(number + i, col) for i in range(height)}
            col += width
    return cells


def _words(task: RowTask, col: int, start: int, end: int) -> Iterator[Word]:
    """The words of a column between two lines."""
    for line in task.pieces[start : end + 1]:
        if col in line:
            yield from line[col].line.words


def _height(model: RowModel, rows: Sequence[tuple[int, int]], number: int, col: int) -> int:
    """How many rows a cell covers because its text runs on beside them."""
    if col not in model.groups or rows[number][0] < model.task.header:
        return 1
    height = 1
    while number + height < len(rows):
        above = [line[col] for line in _lines(model.task, rows[number + height - 1]) if col in line]
        below = [line[col] for line in _lines(model.task, rows[number + height]) if col in line]
        beside = any(set(line) - {col} for line in _lines(model.task, rows[number + height]))
        if not above or not below or not beside or not model.runs_on(above[-1], below[0]):
            break
        height += 1
    return height


def _lines(task: RowTask, row: tuple[int, int]) -> Sequence[dict[int, Piece]]:
    return task.pieces[row[0] : row[1] + 1]


def _spans(task: RowTask, line: int, xs: Sequence[float]) -> dict[int, int]:
    """For each piece of a line across columns how many it covers."""
    spans = {}
    starts = sorted(task.pieces[line])
    for col, after in zip(starts, [*starts[1:], task.n_cols], strict=True):
        right = task.pieces[line][col].line.box.x1
        reach = sum(x < right for x in xs[:-1]) - col
        spans[col] = max(1, min(reach, after - col))
    return spans
