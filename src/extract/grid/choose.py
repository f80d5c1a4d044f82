"""Chooses among readings of a page, table by table: the one that leaves least unexplained, doubtful ones read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.grid.judge import cost_of, meet, tabular_figures
from extract.grid.libraries.camelots import find_camelot
from extract.grid.model import Grid
from extract.page.model import PageParse
from schema.layout import READS_OTHERWISE, Word

MARGIN = 0.4
"""Another reading than the first must be cheaper by so much.

Joined pieces of a table save 0.3, which is not enough; a number that is no longer parted saves 0.46.
"""

Judge = Callable[[Sequence[Grid]], list[Grid]]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read a page, and what must be wrong with the readings so far for it to be tried."""

    read: Callable[[], list[Grid]]
    worth: float = 0.0


@dataclass(frozen=True, slots=True)
class _Choice:
    """The readings of one place on a page, none with a grid that reaches into another place."""

    readings: tuple[tuple[Grid, ...], ...]
    costs: tuple[float, ...]

    @property
    def best(self) -> int:
        """The first reading, but for one that is clearly cheaper."""
        cheapest = min(range(len(self.costs)), key=lambda i: self.costs[i])
        return cheapest if self.costs[cheapest] + MARGIN < self.costs[0] else 0

    @property
    def chosen(self) -> tuple[Grid, ...]:
        """The grids of the best reading."""
        return self.readings[self.best]

    def told(self) -> list[Grid]:
        """The chosen grids, each with a word on a reading that is nearly as good and has other cells."""
        near = [i for i, cost in enumerate(self.costs) if i != self.best and cost <= self.costs[self.best] + MARGIN]
        return [_with_rival(grid, [self.readings[i] for i in near]) for grid in self.chosen]


def best_tables(ways: Sequence[Way], words: Sequence[Word]) -> list[Grid]:
    """The tables of a page, each from the reading that explains its place best; costly ways come last."""
    first, *others = ways
    readings = [first.read()]
    if not readings[0]:
        return []
    figures = tabular_figures(words)
    chosen, choices = readings[0], list[_Choice]()
    for way in others:
        if cost_of(chosen, figures) <= way.worth:
            break
        readings.append(way.read())
        choices = list(_choices(readings, figures))
        chosen = [grid for choice in choices for grid in choice.chosen]
    return [grid for choice in choices for grid in choice.told()] if choices else chosen


def _choices(readings: Sequence[Sequence[Grid]], figures: Sequence[Word]) -> Iterator[_Choice]:
    """Each place on the page where readings found tables, with what they found there and what is wrong with it."""
    for place in _places([grid for reading in readings for grid in reading]):
        own = [tuple(grid for grid in reading if any(grid is other for other in place)) for reading in readings]
        inside = [word for word in figures if any(grid.box.holds_middle_of(word.box) for grid in place)]
        yield _Choice(tuple(own), tuple(cost_of(grids, inside) for grids in own))


def _places(grids: Sequence[Grid]) -> list[list[Grid]]:
    """Grids that stand in each other, put together."""
    places: list[list[Grid]] = []
    for grid in grids:
        near = [place for place in places if any(meet(grid, other) for other in place)]
        places = [place for place in places if not any(place is one for one in near)]
        places.append([*(other for place in near for other in place), grid])
    return places


def _with_rival(grid: Grid, rivals: Sequence[Sequence[Grid]]) -> Grid:
    """The grid, with how many of its filled cells the rival that differs least has otherwise."""
    differing = [count for grids in rivals if (count := differing_cells(grid, grids))]
    if not differing:
        return grid
    return replace(grid, steps=(*grid.steps, f"another way: {READS_OTHERWISE}, {min(differing)} cells"))


def differing_cells(grid: Grid, others: Sequence[Grid]) -> int:
    """How many of the grid's filled cells no other reading has with the same words; 0 without another reading."""
    held = {frozenset(id(word) for word in cell.words) for other in others for cell in other.cells if cell.words}
    own = [frozenset(id(word) for word in cell.words) for cell in grid.cells if cell.words]
    return sum(words not in held for words in own) if held else 0


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
