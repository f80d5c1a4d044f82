"""The lines that a total may sum up, the likeliest first; of totals far above only those that may add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from namndata.audit.figures import FigureTable, Line, half_unit
from schema.lexicon.units import side_of

NEAR_MISS = 0.05
"""A total that no set of lines comes to is a wrong sum where the nearest is within this share of it;
where all are farther off, the table is built otherwise and nothing is claimed."""
SLACK = 1e-5
"""How far sums may be off that are added up from the other end, or rounded."""


def addend_sets(table: FigureTable, total: Line) -> Iterator[tuple[Line, ...]]:
    """Return the sets of lines that a total may sum up, the likeliest first.

    Of the last totals above it, as many as there are, only those sets are given that come to it in some column or
    nearly so in all.
    """
    above, totals = table.above(total.row, table.lines), table.above(total.row, table.totals)
    ordinary = table.above(total.row, table.ordinary)
    since = ordinary[len(table.above(totals[-1].row, table.ordinary)) :] if totals else ordinary
    yield since
    if total.parent:
        yield tuple(line for line in above if line.parent == total.parent)
    if totals:
        yield (totals[-1], *since)
        yield (*totals, *since)
        yield ordinary
    for start in reversed(list(_fitting(totals, total))):
        yield totals[start:]


def _fitting(totals: Sequence[Line], total: Line) -> Iterator[int]:
    """Yield from where on the totals above one may add up to it, one side taken from the other or not; not all."""
    sums = {column: _Sum(figure.value, half_unit(figure)) for column, figure in total.amounts.items()}
    for start in range(len(totals) - 1, 0, -1):
        side = side_of(totals[start].label)
        for column, figure in totals[start].amounts.items():
            if column in sums:
                sums[column].add(figure.value, half_unit(figure), side)
        reached = [one for one in sums.values() if one.is_begun]
        off, printed = sum(one.off for one in reached), sum(abs(one.printed) for one in reached)
        if any(one.may_hold for one in reached) or off <= NEAR_MISS * printed + SLACK * len(reached):
            yield start


class _Sum:
    """What some lines come to in a column, both sides added up or one taken from the other."""

    def __init__(self, printed: float, tolerance: float) -> None:
        self.printed = printed
        self.tolerance = tolerance + SLACK
        self.whole = self.less_income = self.less_cost = 0.0
        self.is_begun = False

    def add(self, value: float, tolerance: float, side: str | None) -> None:
        """Add a line's figure, of income, cost or neither."""
        self.whole += value
        self.less_income += -value if side == "income" else value
        self.less_cost += -value if side == "cost" else value
        self.tolerance += tolerance + SLACK * SLACK * abs(value)
        self.is_begun = True

    @property
    def off(self) -> float:
        """How far the lines together are from what is printed."""
        return abs(self.whole - self.printed)

    @property
    def may_hold(self) -> bool:
        """Whether the lines may come to what is printed."""
        return any(abs(s - self.printed) <= self.tolerance for s in (self.whole, self.less_income, self.less_cost))
