"""Rows that no line parts: drawn cells in which several figures stand below each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extract.grid import Grid, GridCell
from extract.lines import Line, cluster, lines_of
from schema.layout import Word

SAME_BASE = 3.0
"""Figures of one row stand within this many points of each other in height."""
_FIGURE = re.compile(r"^[<>~]?\s*[-–−+]?\s?\(?\d[\d\s.,]*\)?\s?%?\*{0,3}$|^[-–−]$")


def split_stacked(grid: Grid) -> Grid:
    """The grid with each row of stacked figures made into one row a figure."""
    cells: list[GridCell] = []
    added = 0
    shifts: list[int] = []
    for number in range(grid.n_rows):
        shifts.append(added)
        row = grid.row(number)
        tops = _row_tops(row, grid.n_cols)
        if len(tops) < 2 or len(row) != grid.n_cols or any(c.row_span > 1 for c in row):
            cells += [replace(cell, row=cell.row + added) for cell in row]
            continue
        cells += [part for cell in row for part in _parts(cell, tops, added)]
        added += len(tops) - 1
    shaded = tuple(row + shifts[row] for row in grid.shaded)
    return replace(grid, cells=tuple(cells), shaded=shaded) if added else grid


def _row_tops(row: Sequence[GridCell], n_cols: int) -> list[float]:
    """Where the rows inside a row begin: empty unless its value columns hold stacked figures beside labels."""
    lines = {cell.col: lines_of(cell.words) for cell in row if cell.words}
    stacks = [found for col, found in lines.items() if col and _is_stack(found)]
    labels = lines.get(0, [])
    most = max((len(found) for found in stacks), default=0)
    if len(stacks) < min(2, n_cols - 1) or len(labels) < most:
        return []
    figures = [line.box.top for found in lines.values() for line in found if _FIGURE.match(line.text)]
    return cluster(figures, SAME_BASE)


def _is_stack(lines: Sequence[Line]) -> bool:
    return len(lines) > 1 and all(_FIGURE.match(line.text) for line in lines)


def _parts(cell: GridCell, tops: Sequence[float], added: int) -> list[GridCell]:
    """A cell as one cell for each row that stands in it."""
    held: list[list[Word]] = [[] for _ in tops]
    for word in cell.words:
        held[max(0, bisect_right(tops, word.box.top + SAME_BASE) - 1)].append(word)
    edges = [cell.box.top, *tops[1:], cell.box.bottom]
    return [
        replace(
            cell,
            row=cell.row + added + i,
            box=replace(cell.box, top=edges[i], bottom=edges[i + 1]),
            words=tuple(words),
            symbol=cell.symbol if i == 0 else None,
        )
        for i, words in enumerate(held)
    ]
