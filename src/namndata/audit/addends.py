"""The lines that a total may sum up: begins with a table, ends with the sets of its lines that are worth adding up.

The lines right above a total are likeliest. Of sets that reach farther up there are as many as totals above it, and
each holds ever more lines: what they come to is told by running sums, and only those that may be it are added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from namndata.audit.figures import FigureTable, Line, half_unit
from schema.lexicon.units import side_of

NEAR_MISS = 0.05
"""A total that no set of lines comes to is a wrong sum where the nearest is within this share of it;
where all are farther off, the table is built otherwise and nothing is claimed."""
MOST_TOTALS = 120
"""Totals right above one that are taken for its parts without all those above them."""
SLACK = 1e-5
"""How far running sums may be off: numbers are added in another order, and not rounded."""
SIDES = ("income", "cost")
Sides = Sequence[str | None]
"""Sides that may be subtracted; None where all lines are added up."""


class Running(NamedTuple):
    """What the first lines of some come to in a column."""

    whole: float = 0.0
    income: float = 0.0
    cost: float = 0.0
    tolerance: float = 0.0
    terms: int = 0

    def less(self, start: Running) -> Running:
        """Return what the lines after others come to."""
        return Running(
            self.whole - start.whole,
            self.income - start.income,
            self.cost - start.cost,
            self.tolerance - start.tolerance,
            self.terms - start.terms,
        )

    def come_to(self, subtracted: str | None) -> float:
        """Return the sum of the lines, one side subtracted."""
        return self.whole - 2 * (self.income if subtracted == "income" else self.cost if subtracted else 0.0)


class Farther(NamedTuple):
    """A set of lines that reaches farther up than to the total above, and what they come to in each column."""

    totals: slice
    """Which of the totals."""
    ordinary: slice
    """Which of the ordinary lines, after them."""
    sums: dict[int, Running]
    has_sides: bool
    """It holds lines of income and of cost."""


class Addends:
    """The sets of a table's lines that its totals may sum up."""

    def __init__(self, table: FigureTable) -> None:
        self.table = table
        self._kept: tuple[Line | None, list[Farther]] = (None, [])
        """The sets farther up of the total that was asked for last: it is asked for with and without sides."""

    def likely(self, total: Line) -> Iterator[tuple[Line, ...]]:
        """Return the likeliest sets: the lines since the last total, those of one heading, the last total with them."""
        totals, since = self._above(total)
        yield since
        if total.parent:
            yield tuple(line for line in self.table.above(total.row, self.table.lines) if line.parent == total.parent)
        if totals:
            yield (totals[-1], *since)

    def fitting(self, total: Line, sides: Sides = (None,), *, fewest: int = 1) -> Iterator[tuple[Line, ...]]:
        """Return the sets farther up of which one may hold in more columns than all others; the others do not.

        Counted are columns in which at least `fewest` lines have figures.
        """
        tried: list[tuple[Farther, int, int]] = []
        printed = {column: (figure.value, half_unit(figure)) for column, figure in total.amounts.items()}
        for farther in self._farther(total):
            for subtracted in sides if farther.has_sides or sides == (None,) else ():
                surely, perhaps = _held(farther, printed, subtracted, fewest)
                if perhaps:
                    tried.append((farther, surely, perhaps))
        most = max((surely for _, surely, _ in tried), default=0)
        is_first = True
        for farther, surely, perhaps in tried:
            if perhaps >= most and (is_first or perhaps > surely):
                is_first = is_first and surely < most
                yield self._lines(farther)

    def nearest(self, total: Line) -> Iterator[tuple[Line, ...]]:
        """Return the sets farther up that come nearest to the total, where they are no farther off than a near miss."""
        off = [
            (share, farther) for farther in self._farther(total) if (share := _share_off(farther, total)) is not None
        ]
        least = min((share for share, _ in off), default=0.0)
        yield from (self._lines(farther) for share, farther in off if share <= min(least, NEAR_MISS) + SLACK)

    def _above(self, total: Line) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """Return the totals above one, and the ordinary lines since the last of them."""
        table = self.table
        totals, ordinary = table.above(total.row, table.totals), table.above(total.row, table.ordinary)
        return totals, ordinary[len(table.above(totals[-1].row, table.ordinary)) :] if totals else ordinary

    def _farther(self, total: Line) -> list[Farther]:
        """Return all totals above one with the lines since, all ordinary lines, and the last totals alone."""
        if self._kept[0] is not total:
            self._kept = total, list(self._sets(total))
        return self._kept[1]

    def _sets(self, total: Line) -> Iterator[Farther]:
        totals, since = self._above(total)
        count, last = len(totals), len(self.table.above(total.row, self.table.ordinary))
        if not totals:
            return
        yield self._of(total, slice(0, count), slice(last - len(since), last))
        if last:
            yield self._of(total, slice(0, 0), slice(0, last))
        for start in range(max(count - MOST_TOTALS, 1), count):
            yield self._of(total, slice(start, count), slice(0, 0))

    def _of(self, total: Line, totals: slice, ordinary: slice) -> Farther:
        sums: dict[int, Running] = {}
        sides = {"income": 0, "cost": 0}
        for part, running in ((totals, self._totals), (ordinary, self._ordinary)):
            if part.start == part.stop:
                continue
            for side in SIDES:
                sides[side] += running.sides[side][part.stop] - running.sides[side][part.start]
            for column in total.amounts:
                if column in running.sums:
                    reached = running.sums[column][part.stop].less(running.sums[column][part.start])
                    before = sums.get(column)
                    sums[column] = reached if before is None else reached.less(_NOTHING.less(before))
        return Farther(totals, ordinary, sums, has_sides=all(sides.values()))

    def _lines(self, farther: Farther) -> tuple[Line, ...]:
        return (*self.table.totals[farther.totals], *self.table.ordinary[farther.ordinary])

    @cached_property
    def _totals(self) -> _RunningSums:
        return _RunningSums(self.table.totals)

    @cached_property
    def _ordinary(self) -> _RunningSums:
        return _RunningSums(self.table.ordinary)


_NOTHING = Running()


class _RunningSums:
    """What the lines before each come to by column, and how many of them are of income and of cost."""

    def __init__(self, lines: Sequence[Line]) -> None:
        columns = {column for line in lines for column in line.amounts}
        self.sums = {column: [_NOTHING] for column in columns}
        self.sides = {side: [0] for side in SIDES}
        for line in lines:
            of = side_of(line.label)
            for side in SIDES:
                self.sides[side].append(self.sides[side][-1] + (of == side))
            for column, sums in self.sums.items():
                figure, (whole, income, cost, tolerance, terms) = line.amounts.get(column), sums[-1]
                if figure is None:
                    sums.append(sums[-1])
                    continue
                value = figure.value
                income, cost = income + value * (of == "income"), cost + value * (of == "cost")
                sums.append(Running(whole + value, income, cost, tolerance + half_unit(figure), terms + 1))


def _held(
    farther: Farther, total: Mapping[int, tuple[float, float]], subtracted: str | None, fewest: int
) -> tuple[int, int]:
    """Return in how many columns a set surely comes to the total, and in how many perhaps.

    The total is told by each column's figure and half of what its last digit counts.
    """
    surely = perhaps = 0
    for column, running in farther.sums.items():
        if running.terms < fewest:
            continue
        printed, half = total[column]
        off = abs(running.come_to(subtracted) - printed)
        tolerance = running.tolerance + half
        slack = SLACK + SLACK * SLACK * abs(printed)
        surely += off <= tolerance - slack
        perhaps += off <= tolerance + slack
    return surely, perhaps


def _share_off(farther: Farther, total: Line) -> float | None:
    """Return how far off a set is, as a share of the totals; None where those are nought."""
    columns = [column for column, running in farther.sums.items() if running.terms]
    printed = sum(abs(total.amounts[column].value) for column in columns)
    off = sum(abs(farther.sums[column].whole - total.amounts[column].value) for column in columns)
    return max(off - SLACK * len(columns), 0.0) / printed if printed else None
