"""Rows of printed lines as cells of a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from extract.grid.model import Grid, GridCell, find_header_rows
from extract.grid.row_model import Piece, RowModel, RowTask
from extract.page.lines import SIDEWAYS, around, is_sideways, stand_beside
from schema.layout import Box, Word
from schema.lexicon.figures import is_figure

SIDE_ROOM = 5.0
"""Font sizes at most between a label set sideways and its rows."""
SIDE_LINES = 2
"""Lines of figures at least beside a label; a header that is set sideways has none."""
MOST_SIDE_LABELS = 6
HEAD_ROOM = 2.0
"""Font sizes at most between headers that are set sideways and the first row below them."""
FEWEST_HEADS = 2
"""Columns at least that have such a header: one word alone may be anything."""
MOST_TURNED = 100
"""Lines set sideways that a page with such headers has at most; a map or drawing has thousands."""


def cells_of(model: RowModel, rows: Sequence[tuple[int, int]], xs: Sequence[float]) -> list[GridCell]:
    """A cell for each place of the grid; a group's text that runs on over rows is one merged cell."""
    task = model.task
    boxes = row_boxes(task, rows, xs[0], xs[-1])
    cells: list[GridCell] = []
    covered: set[tuple[int, int]] = set()
    for number, (start, end) in enumerate(rows):
        spans = task.groups.get(start, {}) if start == end else {}
        spans = spans or (_spans(task, start, xs) if start in task.spanning and start == end else {})
        col = 0
        while col < task.n_cols:
            width = spans.get(col, 1)
            height = _height(model, rows, number, col) if width == 1 else 1
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
    """For each piece of a line across columns how many it covers; all where the first one's begins right of it."""
    spans = {}
    starts = sorted(task.pieces[line])
    if starts == [0] and task.pieces[line][0].line.box.x0 >= xs[1]:
        return {0: task.n_cols}
    for col, after in zip(starts, [*starts[1:], task.n_cols], strict=True):
        right = task.pieces[line][col].line.box.x1
        reach = sum(x < right for x in xs[:-1]) - col
        spans[col] = max(1, min(reach, after - col))
    return spans


def turned_headers(words: Sequence[Word]) -> list[Word]:
    """The words that run up or down the page beside others of their kind."""
    tall = [word for word in words if len(word.text) > 1 and is_sideways(word)]
    if len(tall) > MOST_TURNED:
        return []
    return [word for word in tall if any(word is not other and stand_beside(word, other) for other in tall)]


def with_turned_header(grid: Grid, turned: Sequence[Word], words: Sequence[Word]) -> Grid:
    """The grid with a header row of the words that are set sideways right above its columns, and a corner beside them.

    Each stands between the right edge of the column before and that of its own: figures are set to the right.
    """
    if not turned:
        return grid
    first = around(cell.box for cell in grid.row(0))
    over = [w for w in turned if w.box.bottom < first.top + w.size]
    near = [w.box.top for w in over if w.box.bottom > first.top - HEAD_ROOM * w.size]
    over = [w for w in over if near and w.box.top > min(near) - w.size]
    edges = {
        col: max(w.box.x1 for cell in grid.cells if cell.col == col and cell.col_span == 1 for w in cell.words)
        for col in {cell.col for cell in grid.cells if cell.words and cell.col_span == 1}
    }
    heads: dict[int, list[Word]] = {}
    for word in sorted(over, key=lambda word: word.box.x0):
        middle = (word.box.x0 + word.box.x1) / 2
        col = min((col for col, edge in edges.items() if middle <= edge + word.size), default=0)
        heads.setdefault(col, []).append(word)
    if len(heads) < FEWEST_HEADS or 0 in heads:
        return grid
    top = min(word.box.top for found in heads.values() for word in found)
    corner = tuple(
        w for w in words if w not in over and w.box.x1 <= grid.xs[1] and top - w.size < w.box.top < first.top - 1
    )
    named = {0: corner, **{col: tuple(found) for col, found in heads.items()}}
    xs = [min([x, *(word.box.x0 - 0.5 for word in heads.get(col, ()))]) for col, x in enumerate(grid.xs)]
    row = [GridCell(0, col, Box(0.0, top, 0.0, first.top), words=named.get(col, ())) for col in range(grid.n_cols)]
    cells = (
        replace(cell, box=replace(cell.box, x0=xs[cell.col], x1=xs[cell.col + cell.col_span]))
        for cell in (*row, *(replace(cell, row=cell.row + 1) for cell in grid.cells))
    )
    return replace(grid, xs=tuple(xs), cells=tuple(cells), header_rows=(0,))


def side_labels(words: Sequence[Word]) -> list[Word]:
    """The words that run up or down the page to the left of several lines of others."""
    tall = [word for word in words if len(word.text) > 1 and is_sideways(word)]
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
