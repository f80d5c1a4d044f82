"""What is wrong with a reading of a page's tables, as features whose weighted sum chooses among readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from csv import DictReader
from dataclasses import replace
from functools import cache, lru_cache
from itertools import combinations, pairwise
from math import log1p
from pathlib import Path

from extract.grid.model import Grid, GridCell, is_broken_number
from extract.page.gutters import has_figure
from extract.page.lines import Line, lines_of, segments_of
from schema.layout import Word
from schema.lexicon.figures import is_figure
from schema.lexicon.periods import is_time
from schema.lexicon.signs.leaders import is_leader
from schema.lexicon.values import opens_like_value
from schema.lexicon.years import years_in

FILLED_SHARE = 0.2
"""Grids emptier than this are charts or forms; goal tables have half of their cells filled."""
FEWEST_FILLED = 4
"""A grid with fewer filled cells is a box or a caption, not a table."""
WORD_GAP = 0.4
"""Figures nearer than this share of their size are one number."""
MEETING = 3.0
"""Grids whose boxes share a strip no wider than this, in points, stand beside each other."""
LABEL = 3
"""A label has at least so many letters; a unit or code may have fewer."""
CUT = 0.33
"""A word is cut by a border where more than this share of it stands outside its cell."""

KEPT = 64
"""Grids whose faults are kept: a page's are asked for with each further reading."""
TOGETHER = ("loose_figures", "overlaps")
"""Features that are not the sum of each grid's own."""

Feature = Callable[[Sequence[Grid], Sequence[Word]], float]


def cost_of(grids: Sequence[Grid], figures: Sequence[Word]) -> float:
    """How badly grids explain a page, of whose tabular figures some may be left: faults counted, weighed and summed."""
    return sum(weight * log1p(_count(name, grids, figures)) for name, weight in weights().items())


def _count(name: str, grids: Sequence[Grid], figures: Sequence[Word]) -> float:
    """A feature of grids, of those whose faults add up the sum of each one's."""
    return FEATURES[name](grids, figures) if name in TOGETHER else sum(_faults(grid)[name] for grid in grids)


@lru_cache(maxsize=KEPT)
def _faults(grid: Grid) -> dict[str, float]:
    """The features of a grid that is judged alone, and beside others, several times."""
    return {name: FEATURES[name]([grid], ()) for name in weights() if name not in TOGETHER}


def tabular_figures(words: Sequence[Word]) -> list[Word]:
    """The figures in lines of several pieces, as tables have them."""
    return [word for line in lines_of(words) if has_figure(line) for word in line.words if is_figure(word.text)]


@cache
def weights() -> dict[str, float]:
    """The weight of each feature, as fitted to pairs of readings of typeset tables."""
    with Path(__file__).with_name("judge_weights.csv").open(encoding="utf-8") as file:
        return {row["feature"]: float(row["weight"]) for row in DictReader(file)}


def _loose_figures(grids: Sequence[Grid], figures: Sequence[Word]) -> float:
    """Tabular figures that stand in no grid."""
    held = {id(word) for grid in grids for cell in grid.cells for word in cell.words}
    return sum(id(word) not in held for word in figures)


def _figures_without_label(grids: Sequence[Grid], _: Sequence[Word]) -> float:
    """Cells of figures in rows that have no label."""
    return sum(len(figures) for row in _rows(grids) if (figures := _figures(row)) and not _has_label(row))


def _numbers_in_one_cell(grids: Sequence[Grid], _: Sequence[Word]) -> float:
    """Further numbers beside or below the first in one cell."""
    return sum(max(0, len(_numbers(cell)) - 1) for grid in grids for cell in grid.cells)


def _gaps_in_cells(grids: Sequence[Grid], _: Sequence[Word]) -> float:
    """Cells whose lines have a gap as wide as between columns."""
    return sum(cell.is_parted for grid in grids for cell in grid.cells)


def _numbers_parted(grids: Sequence[Grid], _: Sequence[Word]) -> float:
    """Borders that part the figures of one number."""
    rows = (sorted((c for c in row if c.words), key=lambda c: c.col) for row in _rows(grids))
    return sum(_are_one(a, b) for row in rows for a, b in pairwise(row))


def _words_cut(grids: Sequence[Grid], _: Sequence[Word]) -> float:
    """Words that stand across a border."""
    return sum(_is_cut(word, cell) for grid in grids for cell in grid.cells for word in cell.words)


def _overlaps(grids: Sequence[Grid], _: Sequence[Word]) -> float:
    """Pairs of tables that stand in each other."""
    return sum(meet(a, b) for a, b in combinations(grids, 2))


def _empty_columns(grids: Sequence[Grid], _: Sequence[Word]) -> float:
    """Columns without a word."""
    return sum(
        not any(cell.words and cell.col <= col < cell.col + cell.col_span for cell in grid.cells)
        for grid in grids
        for col in range(grid.n_cols)
    )


def _without_header(grids: Sequence[Grid], _: Sequence[Word]) -> float:
    """Tables that open with figures and no year or day."""
    opening = [grid.row(0) for grid in grids]
    return sum(bool(_figures(row)) and not any(years_in(cell.text) for cell in row) for row in opening)


def _tables(grids: Sequence[Grid], _: Sequence[Word]) -> float:
    """How many tables there are: pieces of one table are more."""
    return len(grids)


FEATURES: dict[str, Feature] = {
    "loose_figures": _loose_figures,
    "figures_without_label": _figures_without_label,
    "numbers_in_one_cell": _numbers_in_one_cell,
    "gaps_in_cells": _gaps_in_cells,
    "numbers_parted": _numbers_parted,
    "words_cut": _words_cut,
    "overlaps": _overlaps,
    "empty_columns": _empty_columns,
    "without_header": _without_header,
    "tables": _tables,
}


def _rows(grids: Iterable[Grid]) -> list[list[GridCell]]:
    """The cells of each row, merged ones in every row that they cover."""
    rows: dict[tuple[int, int], list[GridCell]] = {}
    for i, grid in enumerate(grids):
        for cell in grid.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                rows.setdefault((i, row), []).append(cell)
    return list(rows.values())


def meet(a: Grid, b: Grid) -> bool:
    """Whether two grids have a place in common, more than their borders."""
    wide = min(a.box.x1, b.box.x1) - max(a.box.x0, b.box.x0)
    high = min(a.box.bottom, b.box.bottom) - max(a.box.top, b.box.top)
    return wide > MEETING and high > MEETING


def _figures(row: Iterable[GridCell]) -> list[GridCell]:
    return [cell for cell in row if is_figure(cell.text)]


def _has_label(row: Sequence[GridCell]) -> bool:
    """Whether a cell of a row names it; a time may in the first column, figures with words where they stand first."""
    if any(map(_is_label, row)):
        return True
    first = min((cell for cell in row if cell.words), key=lambda cell: cell.col)
    text = first.text
    names = opens_like_value(text) and any(map(str.isalpha, text))  # `6–15 år`
    dates = first.col == 0 and is_time(text) and not all(is_time(cell.text) for cell in row if cell.words)
    return names or dates


def _is_label(cell: GridCell) -> bool:
    return sum(ch.isalpha() for ch in cell.text) >= LABEL


def _numbers(cell: GridCell) -> list[Line]:
    pieces = [piece for line in cell.lines for piece in segments_of(line) if is_figure(piece.text)]
    firsts = [b for a, b in pairwise([None, *pieces]) if b and not (a and is_broken_number(a, b, cell))]
    return [piece for piece in firsts if not (piece.text.startswith("(") and years_in(piece.text))]


def _are_one(left: GridCell, right: GridCell) -> bool:
    """Whether a number ends in one cell that begins in the cell before."""
    for a in left.lines:
        for b in right.lines:
            last, first = a.words[-1], b.words[0]
            level = abs(last.box.bottom - first.box.bottom) < 1
            near = first.box.x0 - last.box.x1 < WORD_GAP * last.size
            if level and near and last.text[-1:].isdigit() and len(first.text) == 3 and first.text.isdigit():
                return True
    return False


def audited(grid: Grid) -> Grid:
    """The grid with the audit's verdict on it."""
    return replace(grid, verdict=_fault(grid) or "ok")


def _fault(grid: Grid) -> str | None:
    """What is wrong with a grid: places without a cell or with two, or words that a border cuts."""
    places = Counter(
        (row, col)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    )
    if len(places) != grid.n_rows * grid.n_cols:
        return "not rectangular"
    if max(places.values()) > 1:
        return "cells overlap"
    held = Counter(id(word) for cell in grid.cells for word in cell.words)
    if max(held.values(), default=0) > 1:
        return "a word stands in two cells"
    cut = sum(_is_cut(word, cell) for cell in grid.cells for word in cell.words)
    return f"{cut} words run over a border" if cut else None


def _is_cut(word: Word, cell: GridCell) -> bool:
    """Whether more than a third of a word stands outside its cell; dots that lead across a border may."""
    outside = max(cell.box.x0 - word.box.x0, word.box.x1 - cell.box.x1)
    return outside > max(3.0, CUT * word.box.width) and not is_leader(word.text)


def is_table(grid: Grid) -> bool:
    """Whether a grid is large and full enough to be a table, or a header that its rows left behind."""
    filled = sum(bool(cell.words) for cell in grid.cells)
    enough = filled >= max(FEWEST_FILLED, FILLED_SHARE * len(grid.cells))
    if grid.engine == "aligned" and max(grid.n_rows, grid.n_cols) <= 2 and not _holds_figure(grid):
        return False
    if grid.n_rows == 1:
        return grid.engine == "ruled" and grid.n_cols > 2 and all(c.bold for c in grid.cells if c.words)
    return grid.n_rows >= 2 and grid.n_cols >= 2 and enough


def _holds_figure(grid: Grid) -> bool:
    return any(is_figure(line.text) for cell in grid.cells for line in cell.lines)
