"""A second reading, by camelot, of tables that the audit doubts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from extract.grid.camelots import find_camelot
from extract.grid.choose import differing_cells
from extract.grid.model import Grid
from extract.page.model import PageParse
from schema.layout import READS_OTHERWISE, Word

Judge = Callable[[Sequence[Grid]], list[Grid]]


def reread_doubtful(
    grids: Sequence[Grid], parse: PageParse, words: Sequence[Word], judge: Judge, *, path: Path
) -> list[Grid]:
    """The grids, each doubtful one replaced by camelot's reading of its words where the judge finds that sound."""
    return [grid if grid.verdict == "ok" else _reread(grid, parse, words, judge, path) for grid in grids]


def _reread(grid: Grid, parse: PageParse, words: Sequence[Word], judge: Judge, path: Path) -> Grid:
    """Camelot's reading if it is sound, leaves no word out and parts no fewer columns, else the grid with a remark."""
    own = {id(word) for cell in grid.cells for word in cell.words}
    region = [word for word in words if id(word) in own]
    found = find_camelot(parse, region, path=path)
    for other in judge(found):
        held = {id(word) for cell in other.cells for word in cell.words}
        if other.verdict == "ok" and held == own and other.n_cols >= grid.n_cols:
            return replace(other, steps=(*grid.steps, f"{grid.engine}: {grid.verdict}"))
    differing = differing_cells(grid, found)
    return (
        replace(grid, steps=(*grid.steps, f"camelot-hybrid: {READS_OTHERWISE}, {differing} cells"))
        if differing
        else grid
    )
