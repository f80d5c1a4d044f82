"""Rows of printed lines as cells of a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from extract.grid.model import Grid, GridCell, find_header_rows
from extract.grid.row_model import Piece, RowModel, RowTask
from extract.page.lines import around
from schema.layout import Box, Word
from schema.lexicon.figures import is_figure

SIDEWAYS = 1.5
"""A word is set sideways where its box is so many times as high as its letters."""
SIDE_ROOM = 5.0
"""Font sizes at most between a label set sideways and its rows."""
SIDE_LINES = 2
"""Lines of figures at least beside a label; a header that is set sideways has none."""
MOST_SIDE_LABELS = 6


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


def side_labels(words: Sequence[Word]) -> list[Word]:
    """The words that run up or down the page to the left of several lines of others."""
    tall = [w for w in words if len(w.text) > 1 and w.box.height > max(SIDEWAYS * w.size, w.box.width)]
    upright = [(w, (w.box.top + w.box.bottom) / 2) for w in words if tall and w.box.height <= SIDEWAYS * w.size]
    found = []
    for word in tall:
        beside = [w for w, middle in upright if word.box.top < middle < word.box.bottom]
        lines = {round(w.box.bottom) for w in beside if is_figure(w.text)}
        if len(lines) >= SIDE_LINES and all(w.box.x0 >= word.box.x1 for w in beside):
            found.append(word)
    return found


def with_side_labels(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid with a first column of the labels that are set sideways to the left of its rows."""
    headers = grid.header_rows or find_header_rows(grid).header_rows
    body = [row for row in range(grid.n_rows) if row not in headers]
    boxes = [around(cell.box for cell in grid.row(row)) for row in body]
    labels = _side_labels(words, boxes, grid.xs[0])
    if not labels or not len(labels) <= min(len(body), MOST_SIDE_LABELS):
        return grid
    left = min(box.x0 for box in map(_around, labels))
    cuts = min(_cuts_of(len(body), len(labels)), key=lambda cuts: _distance(cuts, labels, boxes))
    cells = [replace(cell, col=cell.col + 1) for cell in grid.cells]
    for row in headers:
        box = around(cell.box for cell in grid.row(row))
        cells.append(GridCell(row, 0, Box(left, box.top, grid.xs[0], box.bottom)))
    for label, (start, end) in zip(labels, pairwise(cuts), strict=True):
        box = Box(left, boxes[start].top, grid.xs[0], boxes[end - 1].bottom)
        cells.append(GridCell(body[start], 0, box, body[end - 1] - body[start] + 1, 1, label))
    return replace(grid, xs=(left, *grid.xs), cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))))


def _side_labels(words: Sequence[Word], rows: Sequence[Box], left: float) -> list[tuple[Word, ...]]:
    """The words beside the rows, those above each other as one label, from the top down."""
    beside = [
        word
        for word in words
        if rows
        and 0 <= left - word.box.x1 <= SIDE_ROOM * word.size
        and rows[0].top - word.size < word.box.top
        and word.box.bottom < rows[-1].bottom + word.size
    ]
    labels: list[list[Word]] = []
    for word in sorted(beside, key=lambda word: word.box.top):
        if labels and word.box.top - labels[-1][-1].box.bottom < word.size / 2:
            labels[-1].append(word)
        else:
            labels.append([word])
    return [tuple(reversed(label)) for label in labels]  # most are read from below


def _around(words: Sequence[Word]) -> Box:
    return around(word.box for word in words)


def _cuts_of(rows: int, labels: int) -> Iterator[tuple[int, ...]]:
    """Each way to divide some rows among labels."""
    return ((0, *inner, rows) for inner in combinations(range(1, rows), labels - 1))


def _distance(cuts: Sequence[int], labels: Sequence[Sequence[Word]], rows: Sequence[Box]) -> float:
    """How far the labels are from the top, or the middle, of their rows."""
    distance = 0.0
    for label, (start, end) in zip(map(_around, labels), pairwise(cuts), strict=True):
        middle = (rows[start].top + rows[end - 1].bottom - label.top - label.bottom) / 2
        distance += min(abs(rows[start].top - label.top), abs(middle))
    return distance


def row_boxes(task: RowTask, rows: Sequence[tuple[int, int]], x0: float, x1: float) -> list[Box]:
    """The height of each row, borders halfway between neighbouring rows."""
    spans = []
    for start, end in rows:
        boxes = [p.line.box for i in range(start, end + 1) for p in task.pieces[i].values()]
        spans.append((min(b.top for b in boxes), max(b.bottom for b in boxes)))
    edges = [spans[0][0]]
    edges += [(above[1] + below[0]) / 2 for above, below in zip(spans, spans[1:], strict=False)]
    edges.append(spans[-1][1])
    return [Box(x0, top, x1, bottom) for top, bottom in zip(edges, edges[1:], strict=False)]
