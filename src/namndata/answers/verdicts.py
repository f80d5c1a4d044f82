"""Which printed verdicts are on an indicator: one beside the goal, or over several indicators, is on the goal.

*Uppfyllt* in a column between *Nämndmål* and *Indikator* says that the goal is met, whatever its indicators came to;
unless several indicators of one goal have verdicts of their own there. The cells of that column are merged over the
indicators that they are on, and texts show of a merged cell the first row alone: empty ones below belong to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from normalize.name_keys import compact_key
from normalize.status import assessment_code
from schema.layout import Cell, Table
from schema.records import IndicatorValue
from schema.result import DocumentResult

MET = {"met": 1, "partly_met": 0, "not_met": 0}
"""What a verdict comes to: a target that is partly met is not met."""
Place = tuple[int | None, int | None]
"""Table and row."""


@dataclass(frozen=True)
class Verdicts:
    """The verdicts that a report's tables of indicators print."""

    rows: Mapping[Place, IndicatorValue]
    """A value of each row, one with a verdict where the row has any."""
    tables: Mapping[int, Table]

    @cached_property
    def cells(self) -> dict[Place, tuple[Cell, Cell | None]]:
        """The cell of the verdict and that of the label, for each row with a verdict."""
        found = {}
        for place, value in self.rows.items():
            verdict = self._cell_of_verdict(value) if value.goal_met else None
            if verdict is not None:
                found[place] = verdict, first(cell for cell in self._row(value) if names(cell, value))
        return found

    @cached_property
    def stand_by_rows(self) -> bool:
        """Whether indicators of one goal have verdicts of their own, wherever in the row these stand."""
        own = [
            (table, self.rows[table, row].committee_goal)
            for (table, row), (verdict, _) in self.cells.items()
            if verdict.row == row and self.rows[table, row].parent is None
        ]
        return any(count > 1 and goal for (_, goal), count in Counter(own).items())

    def is_on_goal(self, place: Place) -> bool:
        """Tell whether the verdict in a row is on its goal."""
        if place not in self.cells:
            above = self._above(place)
            return above is not None and self.is_on_goal(above)
        verdict, label = self.cells[place]
        stands_before = label is not None and verdict.col < label.col
        judged = self._with_empty_below(place) if stands_before else self._spanned(place)
        indicators = {value.indicator for value in judged if value.parent is None}
        return len(indicators) > 1 or (stands_before and not self.stand_by_rows)

    def _above(self, place: Place) -> Place | None:
        """Return the nearest row above whose verdict a row without a cell of its own repeats."""
        own = self.rows[place]
        above = [each for each in self.cells if each[0] == place[0] and (each[1] or 0) < (place[1] or 0)]
        nearest = max(above, key=lambda each: each[1] or 0, default=None)
        return nearest if nearest and self.rows[nearest].goal_met == own.goal_met else None

    def _spanned(self, place: Place) -> list[IndicatorValue]:
        """Return a value of each row that the cell of a verdict spans."""
        verdict, _ = self.cells[place]
        places = ((place[0], row) for row in range(verdict.row, verdict.row + verdict.row_span))
        return [self.rows[each] for each in places if each in self.rows]

    def _with_empty_below(self, place: Place) -> list[IndicatorValue]:
        """Return a value of each row from a verdict's to the next verdict or goal."""
        verdict, _ = self.cells[place]
        goal = self.rows[place].committee_goal
        found = []
        below = [each for each in self.rows if each[0] == place[0] and (each[1] or 0) >= verdict.row]
        for each in sorted(below, key=lambda each: each[1] or 0):
            other = self.cells.get(each)
            if self.rows[each].committee_goal != goal or (other and other[0].row != verdict.row):
                break
            found.append(self.rows[each])
        return found

    def _row(self, value: IndicatorValue) -> Iterable[Cell]:
        table = self.tables.get(value.table or 0)
        row = value.row or 0
        return (cell for cell in (table.cells if table else ()) if cell.row <= row < cell.row + cell.row_span)

    def _cell_of_verdict(self, value: IndicatorValue) -> Cell | None:
        wanted = compact_key(value.goal_met or "")
        worded = first(cell for cell in self._row(value) if compact_key(cell.text) == wanted)
        return worded or first(cell for cell in self._row(value) if cell.symbol is not None)


def verdict_reader(result: DocumentResult) -> Callable[[IndicatorValue], tuple[str | None, int | None]]:
    """Return what reads a value's row for the verdict on its indicator, as printed and as 1, 0 or nothing."""
    values = sorted(result.records_of(IndicatorValue), key=lambda value: bool(value.goal_met))
    rows = {(value.table, value.row): value for value in values}
    verdicts = Verdicts(rows, {table.number: table for table in result.tables})
    on_goal = {place: verdicts.is_on_goal(place) for place, value in rows.items() if value.goal_met}

    def read(value: IndicatorValue) -> tuple[str | None, int | None]:
        if not value.goal_met or on_goal[value.table, value.row]:
            return None, None
        return value.goal_met, MET.get(assessment_code(value.goal_met, result.legend) or "")

    return read


def names(cell: Cell, value: IndicatorValue) -> bool:
    """Tell whether a cell holds a value's label."""
    wanted = compact_key(value.indicator)
    return bool(wanted) and compact_key(cell.text).startswith(wanted)


def first(cells: Iterable[Cell]) -> Cell | None:
    """Return the first of some cells."""
    return next(iter(cells), None)
