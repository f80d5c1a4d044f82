"""What time each column of a table speaks of: its own header, its neighbours, the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schema.lexicon.periods import (
    MONTHS_OF_YEAR,
    find_period,
    is_month,
    names_last_year,
    names_time_to_date,
    names_whole_year,
    shift_year,
    span_of,
)


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A value column as periods are read from it."""

    col: int
    label: str
    kind: str
    hint: str | None = None
    is_baseline: bool = False


@dataclass(frozen=True, slots=True)
class ReportTime:
    """When the report speaks: its year, and the day an interim report is drawn up for."""

    fiscal_year: int | None = None
    as_of: str | None = None

    @property
    def year(self) -> str | None:
        """The fiscal year as a period."""
        return str(self.fiscal_year) if self.fiscal_year else None

    @property
    def to_date(self) -> str | None:
        """From January to the interim report's month; the year where the report covers it all."""
        if not self.as_of:
            return self.year
        year, month = self.as_of[:4], int(self.as_of[5:7])
        return year if month == MONTHS_OF_YEAR else span_of(year, 1, month)


def column_periods(columns: Iterable[PrintedColumn], time: ReportTime) -> dict[PrintedColumn, str | None]:
    """Return each column's period; a table's columns are read together.

    A variance takes its left neighbour's period, last year's column the table's own a year earlier.
    """
    in_order = sorted(set(columns), key=lambda column: (column.col, column.label, column.kind))
    own = {column: _own_period(column, time) for column in in_order}
    to_date = next((period for period in own.values() if period and "/" in period and "-" in period), None)
    periods: dict[PrintedColumn, str | None] = {}
    left: str | None = None
    for column in in_order:
        periods[column] = own[column] or _borrowed_period(column, left, to_date, time)
        left = periods[column] or left
    return periods


def _own_period(column: PrintedColumn, time: ReportTime) -> str | None:
    """The period that the header itself states."""
    period = find_period(column.label, year=time.year)
    if column.kind == "forecast" and period and is_month(period):
        return period[:4]
    return period


def _borrowed_period(column: PrintedColumn, left: str | None, to_date: str | None, time: ReportTime) -> str | None:
    """The period of a header that states none."""
    if column.is_baseline:
        return None
    hint = find_period(column.hint, year=time.year) if column.hint else None
    whole_year = names_whole_year(column.label)
    if names_last_year(column.label):
        so_far = time.to_date if names_time_to_date(column.label) else None
        return shift_year(time.year if whole_year else to_date or hint or so_far or time.year, -1)
    if whole_year or column.kind in ("target", "forecast"):
        return time.year or hint
    if column.kind == "variance" and left:
        return left
    if column.kind == "outcome" or names_time_to_date(column.label):
        return hint or to_date or time.to_date
    return hint or time.year
