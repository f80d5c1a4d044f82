"""Rows that are named by a time: months under years, and years beside months, whose name is the table's title."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from typing import Any, TypeVar

from schema.lexicon.headers import Time, best_reading, is_time_alone
from schema.lexicon.headers.resolve import format_period
from schema.lexicon.headers.times import Span, is_year
from schema.lexicon.labels import is_total_label
from schema.printed import BudgetLine, IndicatorRow, PrintedValue

_Values = tuple[PrintedValue, ...]
_Record = TypeVar("_Record", bound=IndicatorRow | BudgetLine)


def in_months_of(label: str, values: _Values, untimed: Set[int]) -> _Values:
    """Return values in the month that names their row: *Januari* under *2023*, or under a column that says no time."""
    time = _time_of(label)
    return values if time.months is None or time.years else _in_span(values, time.months, untimed)


def in_sum_of_months(label: str, values: _Values, months: Span | None, untimed: Set[int]) -> _Values:
    """Return values of a sum of rows that months name in all of these months, under columns that say no time."""
    return values if months is None or not is_total_label(label) else _in_span(values, months, untimed, of_years=False)


def months_of(labels: Iterable[str]) -> Span | None:
    """Return the months from the first to the last that rows are named by, in order; None where fewer than two are."""
    found = [time.months for time in map(_time_of, labels) if time.months and not time.years]
    if len(found) < 2 or found != sorted(found):
        return None
    return found[0][0], found[-1][1]


def _in_span(values: _Values, months: Span, untimed: Set[int], *, of_years: bool = True) -> _Values:
    """Return values of whole years, and those of columns that say no time, in these months of their year."""
    return tuple(
        replace(v, period=format_period(int(v.period[:4]), months))
        if v.period and is_year(v.period[:4]) and ((of_years and is_year(v.period)) or v.col in untimed)
        else v
        for v in values
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
