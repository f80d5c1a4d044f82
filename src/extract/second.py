"""A second reading, by camelot, of tables that the audit doubts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from extract.camelots import find_camelot
from extract.grid import Grid
from extract.pages import PageParse
from schema.layout import Word

Judge = Callable[[Sequence[Grid]], list[Grid]]


def reread_doubtful(
    grids: Sequence[Grid], parse: PageParse, words: Sequence[Word], judge: Judge, *, path: Path
) -> list[Grid]:
    """The grids, each doubtful one replaced by camelot's reading of its words where the judge finds that sound."""
    kept: list[Grid] = []
    for grid in grids:
        better = None if grid.verdict == "ok" else _second_reading(grid, parse, words, judge, path)
        kept.append(better or grid)
    return kept


def _second_reading(grid: Grid, parse: PageParse, words: Sequence[Word], judge: Judge, path: Path) -> Grid | None:
    """Camelot's reading of the same words, if it is sound, leaves none of them out and parts no fewer columns."""
    own = {id(word) for cell in grid.cells for word in cell.words}
    region = [word for word in words if id(word) in own]
    for other in judge(find_camelot(parse, region, path=path)):
        held = {id(word) for cell in other.cells for word in cell.words}
        if other.verdict == "ok" and held == own and other.n_cols >= grid.n_cols:
            return replace(other, steps=(*grid.steps, f"{grid.engine}: {grid.verdict}"))
    return None
