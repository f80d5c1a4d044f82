"""Rows that a page break left alone at the top of a page: too few for a table, but set in the last table's columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.grid.model import Grid, GridCell
from extract.grid.row_cells import row_boxes
from extract.grid.row_model import RowModel, RowTask, pieces_by_column
from extract.page.gutters import column_of, has_figure
from extract.page.lines import Line, lines_of
from schema.layout import Box, Word

OVER_BORDER = 2.0
"""A word may reach this many points over the border of its column."""
ROW_GAP = 1.6
"""Lines further apart than this many font sizes are no rows of one table."""
SAME_SIZE = 1.1
"""Rows of one table are printed in sizes that differ by less than this factor."""


def with_rests(pages: Sequence[Sequence[Grid]], bodies: Sequence[Sequence[Word]]) -> list[list[Grid]]:
    """The grids of all pages, with those rows added that follow a table across a page break."""
    found = [list(grids) for grids in pages]
    for number in range(1, len(found)):
        above = found[number - 1]
        if above and _ends_page(above[-1], bodies[number - 1]):
            first = found[number - 2][-1] if number > 1 and len(above) == 1 and found[number - 2] else None
            known = [above[-1]] if first is None or first.n_cols != above[-1].n_cols else [above[-1], first]
            rests = (_rest(last, found[number], bodies[number]) for last in known)
            rest = next((rest for rest in rests if rest), None)
            found[number] = [replace(rest, page=above[-1].page + 1), *found[number]] if rest else found[number]
    return found


def _ends_page(grid: Grid, words: Sequence[Word]) -> bool:
    """Whether nothing stands below a grid."""
    bottom = max((w.box.bottom for c in grid.cells for w in c.words), default=grid.box.bottom)
    return not any(word.box.top > bottom for word in words)


def _rest(last: Grid, grids: Sequence[Grid], words: Sequence[Word]) -> Grid | None:
    """The lines at the top of a page that keep to the columns of the table before, as a grid."""
    used = {id(word) for grid in grids for cell in grid.cells for word in cell.words}
    size = max((w.size for c in last.cells for w in c.words), default=0.0)
    fitting: list[Line] = []
    for line in lines_of(words):
        far = bool(fitting) and line.box.top - fitting[-1].box.bottom > ROW_GAP * line.size
        if far or any(id(word) in used for word in line.words) or not _fits(line, last.xs, size):
            break
        fitting.append(line)
    while fitting and not has_figure(fitting[-1]) and not fitting[-1].text[:1].islower():
        fitting.pop()
    if not any(has_figure(line) for line in fitting):
        return None
    return _as_grid(fitting, last)


def _fits(line: Line, xs: Sequence[float], size: float) -> bool:
    """Whether a line's words keep to the columns and to the table's size."""
    if not size / SAME_SIZE <= line.size <= size * SAME_SIZE:
        return False
    for word in line.words:
        col = column_of(word, xs)
        if word.box.x0 < xs[col] - OVER_BORDER or word.box.x1 > xs[col + 1] + OVER_BORDER:
            return False
    return True


def _as_grid(lines: Sequence[Line], last: Grid) -> Grid:
    pieces = tuple(pieces_by_column(line, last.xs) for line in lines)
    task = RowTask(pieces, last.xs, frozenset(), frozenset(), frozenset(), False, 0)
    rows = RowModel(task).rows()
    boxes = row_boxes(task, rows, last.xs[0], last.xs[-1])
    cells = []
    for number, (start, end) in enumerate(rows):
        for col in range(last.n_cols):
            words = tuple(w for line in pieces[start : end + 1] if col in line for w in line[col].line.words)
            box = Box(last.xs[col], boxes[number].top, last.xs[col + 1], boxes[number].bottom)
            cells.append(GridCell(number, col, box, 1, 1, words))
    return Grid(last.page + 1, last.xs, tuple(cells), "aligned", steps=("rows after a page break",))
