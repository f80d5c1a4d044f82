"""Finds the tables of a page: the cheapest engine first, audits as the judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extract import camelots, plumber
from extract.aligned import find_aligned
from extract.grid import Grid, GridCell, find_header_rows
from extract.joining import Joined
from extract.lines import around
from extract.pages import PageParse
from extract.plumber import find_complete
from extract.ruled import find_ruled, shaded_rows
from schema.layout import Table, Word

FEWEST_FILLED = 4
"""A grid with fewer filled cells is a box or a caption, not a table."""


def find_tables(parse: PageParse, words: Sequence[Word], *, path: Path, reference: bool = False) -> list[Grid]:
    """The grids of a page from the top down; words are those outside running headers and footers.

    Each engine sees only the words that the cheaper ones before it left.
    """
    if reference:
        return _ordered(_find_unchanged(parse, words, path))
    found: list[Grid] = []
    found += _accepted(find_complete(parse, words), parse)
    found += _accepted(find_ruled(parse, _left_over(words, found)), parse, found)
    found += _accepted(find_aligned(_left_over(words, found), parse.page.number), parse)
    return _ordered(found)


def _find_unchanged(parse: PageParse, words: Sequence[Word], path: Path) -> list[Grid]:
    """What the unchanged libraries find, pdfplumber before camelot."""
    plumbed = _accepted(plumber.find_unchanged(path, parse.page.number, words), parse)
    rest = _left_over(words, plumbed)
    return [*plumbed, *_accepted(camelots.find_unchanged(parse, rest, path=path), parse)]


def _accepted(grids: Sequence[Grid], parse: PageParse, taken: Sequence[Grid] = ()) -> list[Grid]:
    """The grids that are tables, with their headers marked and the audit's verdict."""
    tables = [grid for grid in grids if is_table(grid) and not any(_overlap(grid, t) for t in taken)]
    return [audited(find_header_rows(_with_shading(grid, parse))) for grid in tables]


def _overlap(grid: Grid, other: Grid) -> bool:
    a, b = grid.box, other.box
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    return wide > 0 and high > 0 and wide * high > 0.3 * min(a.width * a.height, b.width * b.height)


def _with_shading(grid: Grid, parse: PageParse) -> Grid:
    """The grid with the rows that stand on the header's own colour."""
    if grid.shaded or not parse.fills:
        return grid
    tops = sorted({cell.box.top for cell in grid.cells})
    return replace(grid, shaded=shaded_rows(parse.fills, [*tops, grid.box.bottom]))


def _left_over(words: Sequence[Word], grids: Sequence[Grid]) -> list[Word]:
    """The words that stand in no grid."""
    used = {id(word) for grid in grids for cell in grid.cells for word in cell.words}
    return [word for word in words if id(word) not in used]


def _ordered(grids: Sequence[Grid]) -> list[Grid]:
    return sorted(grids, key=lambda grid: (grid.box.top, grid.box.x0))


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
    """Whether more than a third of a word stands outside its cell."""
    outside = max(cell.box.x0 - word.box.x0, word.box.x1 - cell.box.x1)
    return outside > max(3.0, 0.33 * word.box.width)


def is_table(grid: Grid) -> bool:
    """Whether a grid is large and full enough to be a table."""
    filled = sum(bool(cell.words or cell.symbol) for cell in grid.cells)
    return grid.n_rows >= 2 and grid.n_cols >= 2 and filled >= FEWEST_FILLED


def joined_to_table(joined: Joined) -> Table:
    """A table in its final form, not yet numbered."""
    first = joined.grids[0]
    own = [cell.box for cell in joined.cells if cell.page == first.page and cell.box]
    return Table(
        number=0,
        cells=joined.cells,
        header_rows=joined.header_rows,
        page=first.page,
        box=around(own) if own else None,
        engine=first.engine,
        verdict=next((g.verdict for g in joined.grids if g.verdict != "ok"), "ok"),
        steps=tuple(dict.fromkeys(step for grid in joined.grids for step in grid.steps)),
    )
