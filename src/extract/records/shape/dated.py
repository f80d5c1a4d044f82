"""Rows that are named by a time: months under years, and years beside months, whose name is the table's title."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from schema.lexicon.headers import Time, best_reading, is_time_alone
from schema.lexicon.headers.resolve import format_period
from schema.lexicon.headers.times import is_year
from schema.printed import BudgetLine, IndicatorRow, PrintedValue

_Record = TypeVar("_Record", bound=IndicatorRow | BudgetLine)


def in_month_of(label: str, values: tuple[PrintedValue, ...]) -> tuple[PrintedValue, ...]:
    """Return values of whole years in the month that names their row: *Januari* under *2023*."""
    months = _time_of(label).months
    if months is None or _time_of(label).years is not None:
        return values
    return tuple(
        replace(v, period=format_period(int(v.period), months)) if v.period and is_year(v.period) else v for v in values
    )


def named_by_title(row: _Record, title: str) -> _Record:
    """Return a row of a year under months with the title for its name and each value in its month of that year."""
    label = row.indicator if isinstance(row, IndicatorRow) else row.line
    years = _time_of(label).years
    months = [_time_of(value.column_label).months for value in row.values]
    if years is None or years[0] != years[1] or not title.strip() or not months or None in months:
        return row
    values = tuple(
        replace(value, period=format_period(years[0], span)) for value, span in zip(row.values, months, strict=True)
    )
    changes: dict[str, Any] = {
        "values": values,
        "indicator" if isinstance(row, IndicatorRow) else "line": title.strip(),
    }
    return replace(row, **changes)


def _time_of(text: str) -> Time:
    """Return the time that a text says where it says nothing else."""
    return best_reading(text).time if is_time_alone(text) else Time()
