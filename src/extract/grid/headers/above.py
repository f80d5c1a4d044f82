"""A line of groups above a grid that was drawn without it: its columns' headers come again, and tell nothing apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extract.grid.headers.groups import spread_groups
from extract.grid.model import Grid, GridCell, printed_text
from extract.page.gutters import has_figure
from extract.page.lines import Line, lines_of, segments_of
from schema.layout import Box, Word

NEAR = 1.3
"""The line ends at most so many font sizes above the grid."""
SAME_SIZE = 0.6
"""It is set as the headers below are, within this many points."""


def with_groups_above(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid with the headers of groups in the line above it, where they tell apart columns that are headed alike.

    `words` are those of the page that stand in no table.
    """
    heads = [(cell.col, printed_text(cell)) for cell in grid.row(0) if cell.col and cell.words and cell.col_span == 1]
    texts = [text for _, text in heads]
    line = _line_above(grid, words) if grid.header_rows[:1] == (0,) and len(set(texts)) < len(texts) else None
    if line is None:
        return grid
    held: dict[int, tuple[Word, ...]] = {}
    for piece in segments_of(line):
        held[bisect_right(grid.xs[1:-1], (piece.box.x0 + piece.box.x1) / 2)] = piece.words
    top = min(line.box.top, grid.box.top - 1)
    row = (
        GridCell(0, col, Box(grid.xs[col], top, grid.xs[col + 1], grid.box.top), words=held.get(col, ()))
        for col in range(grid.n_cols)
    )
    below = (replace(cell, row=cell.row + 1) for cell in grid.cells)
    rows, shaded = (tuple(number + 1 for number in own) for own in (grid.header_rows, grid.shaded))
    headed = replace(grid, cells=(*row, *below), header_rows=(0, *rows), shaded=shaded)
    spread = spread_groups(headed)
    groups = {col: cell for cell in spread.row(0) if cell.words for col in range(cell.col, cell.col + cell.col_span)}
    pairs = [(id(groups.get(col)), text) for col, text in heads]
    return spread if spread is not headed and len(set(pairs)) == len(pairs) else grid


def _line_above(grid: Grid, words: Sequence[Word]) -> Line | None:
    """The line right above a grid's columns of values, if it is of several phrases, set as the headers are."""
    box, own = grid.box, [word for cell in grid.row(0) for word in cell.words]
    within = [w for w in words if w.box.bottom <= box.top + 1 and box.x0 - 1 <= w.box.x0 and w.box.x1 <= box.x1 + 1]
    line = lines_of(within)[-1] if within and own else None
    if line is None or has_figure(line) or len(segments_of(line)) < 2 or line.box.x0 < grid.xs[1] - 1:
        return None
    near = box.top - line.box.bottom <= NEAR * line.size and abs(line.size - own[0].size) <= SAME_SIZE
    return line if near and line.bold == all(word.bold for word in own) else None
