"""Finds the tables of a page: the cheapest engine first, audits as the judge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extract.aligned import find_aligned
from extract.grid import Grid, find_header_rows
from extract.joining import Joined
from extract.lines import around
from extract.pages import PageParse
from extract.ruled import find_ruled
from schema.layout import Table, Word

FEWEST_FILLED = 4
"""A grid with fewer filled cells is a box or a caption, not a table."""


def find_tables(parse: PageParse, words: Sequence[Word], *, path: Path, reference: bool = False) -> list[Grid]:
    """The grids of a page from the top down; words are those outside running headers and footers."""
    ruled = [grid for grid in find_ruled(parse, words) if is_table(grid)]
    used = {id(word) for grid in ruled for cell in grid.cells for word in cell.words}
    loose = [word for word in words if id(word) not in used]
    aligned = [grid for grid in find_aligned(loose, parse.page.number) if is_table(grid)]
    grids = [find_header_rows(grid) for grid in (*ruled, *aligned)]
    return sorted(grids, key=lambda grid: (grid.box.top, grid.box.x0))


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
