"""A header's time in a report of a certain year and date → the period that its values refer to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schema.lexicon.headers.grammar import Reading, best_reading
from schema.lexicon.headers.times import MONTHS_OF_YEAR, OPEN_ENDED, Span, Time

WHOLE_YEAR = frozenset({"forecast", "target", "plan", "budget", "proposal", "effect"})
"""Kinds that are of the whole year where nothing else is said."""
FLOWS = frozenset({"cost", "income", "net"})
"""Measures of money that runs; a *resultat* may be that of a measurement."""
SECOND_HALF = (7, MONTHS_OF_YEAR)
"""Months in which no forecast of their own year is made when they are over."""
SO_FAR = frozenset({"to_date", "within"})
"""Extents from January to date, where no months are stated."""
NEAR = 15
"""A year of two figures lies within so many of the report's; other figures are something else."""


@dataclass(frozen=True, slots=True)
class ReportTime:
    """When a report speaks: its year, and the day an interim report is drawn up for."""

    fiscal_year: int | None = None
    as_of: str | None = None
    until: int | None = None
    """The last year that it accounts for, where it is of a school year."""

    @property
    def last_year(self) -> int | None:
        """The last year that has an outcome: the report's, or the second of a school year."""
        return self.until or self.year

    @property
    def year(self) -> int | None:
        """The report's year; the year of its date where it has no other."""
        return self.fiscal_year or (int(self.as_of[:4]) if self.as_of else None)

    @property
    def month(self) -> int:
        """The last month that the report tells of, December for a whole year."""
        return int(self.as_of[5:7]) if self.as_of else MONTHS_OF_YEAR

    @property
    def is_interim(self) -> bool:
        """Whether it tells of a part of its year."""
        return self.month < MONTHS_OF_YEAR


def school_year_end(title: str | None) -> int | None:
    """Return the second year of the school year that a title states: 2024 for *Kvalitetsrapport 2023/24*."""
    years = best_reading(title).time.years if title else None
    return years[1] if years and years[1] == years[0] + 1 else None


def period_of(
    reading: Reading, report: ReportTime, *, kind: str | None = None, table: Time | None = None
) -> str | None:
    """Return the period of a column's values, None where none is stated or known.

    `kind` is what the column was taken for where its header does not say; `table` is what the table's title says of
    time, which holds for what the header leaves open.
    """
    time, kind = reading.time, reading.kind or kind
    if time.extent in OPEN_ENDED or (time.extent == "undated" and time.years is None):
        return None
    is_whole = kind in WHOLE_YEAR or "forecast" in reading.basis
    may_be_forecast = kind == "variance" and "outcome" not in reading.basis
    if report.is_interim and not (is_whole or may_be_forecast) and table == Time(years=_now(report)):
        table = None  # its year is not over
    time = _within(time, table, is_whole=is_whole)
    is_closed = kind == "outcome" and time.extent == "year" and report.is_interim and not (time.shift or time.months)
    years = time.years or _own_years(replace(time, shift=-1) if is_closed else time, report)
    if years is None:
        return None
    if time.extent == "rolling":
        return _twelve_months(years[1], time.months[1] if time.months else report.month)
    first, last = years
    if first != last:
        return f"{first}/{last}"
    if _was_made_in(time, reading, kind, report) or (_is_over(time, report) and table and table.extent == "year"):
        return str(first)
    return format_period(first, _months(time, reading, kind, report))


def _was_made_in(time: Time, reading: Reading, kind: str | None, report: ReportTime) -> bool:
    """Whether a month is that in which a forecast of the year was made: one that is over is no longer forecast."""
    is_forecast = kind == "forecast" or (kind == "variance" and "forecast" in reading.basis)
    return is_forecast and reading.kind is None and _is_over(time, report)


def _is_over(time: Time, report: ReportTime) -> bool:
    """Whether a lone month of an interim report's year has passed."""
    is_lone = time.months is not None and time.months[0] == time.months[1] <= report.month
    return is_lone and report.is_interim and time.years in (None, _now(report)) and not time.shift


def format_period(year: int, months: Span | None) -> str:
    """Return a period as it is stored: the year where it is all of it."""
    if months is None or months == (1, MONTHS_OF_YEAR):
        return str(year)
    first, last = months
    return f"{year}-{first:02}" if first == last else f"{year}-{first:02}/{year}-{last:02}"


def _twelve_months(year: int, month: int) -> str:
    """Return the period of the twelve months that end with one: `2024-09/2025-08`, `2025` with December."""
    return str(year) if month == MONTHS_OF_YEAR else f"{year - 1}-{month + 1:02}/{year}-{month:02}"


def _within(time: Time, table: Time | None, *, is_whole: bool) -> Time:
    """A header without year takes its table's; one without any time takes its months as well, up to a lone month.

    Bare years beside each other (*Utfall 2021*, *Utfall 2022*) take the months of a title without a year.
    """
    if table is None or table.is_empty:
        return time
    if time.years or time.shift:
        is_bare = time.months is None and time.extent is None and time.years is not None and not time.is_term
        runs = table.months is not None and table.months[0] != table.months[1] and table.years is None
        return replace(time, months=table.months) if is_bare and runs and not is_whole else time
    if time.extent == "year" or (is_whole and time.extent not in SO_FAR):
        return replace(time, years=table.years)
    if time.months is not None:
        return replace(time, years=table.years)
    is_month = table.months is not None and table.months[0] == table.months[1]
    return time.over(replace(table, is_state=True) if is_month else table)


def _now(report: ReportTime) -> Span | None:
    return (report.year, report.year) if report.year is not None else None


def _own_years(time: Time, report: ReportTime) -> Span | None:
    year, last = report.year, report.until or report.year
    return (year + time.shift, last + time.shift) if year is not None and last is not None else None


def _months(time: Time, reading: Reading, kind: str | None, report: ReportTime) -> Span | None:
    """Return the months that are meant, None for the year; a forecast up to its report's day was made then."""
    if time.months is not None:
        is_running = time.extent in SO_FAR and time.months == (1, MONTHS_OF_YEAR) and time.years == _now(report)
        return (1, report.month) if is_running else _stated_months(time, time.months, reading.kind or _flow(reading))
    if time.extent in SO_FAR:
        return None if reading.kind == "forecast" else (1, report.month)
    if time.extent == "month":
        return (report.month, report.month)
    is_whole = kind in WHOLE_YEAR or "forecast" in reading.basis
    if time.extent == "year" or time.years is not None or time.shift or is_whole:
        return None
    return (1, report.month) if report.is_interim else None


def _flow(reading: Reading) -> str | None:
    """Return the kind of what is earned or spent by a day, which has run since January: *Nettokostnad per 31/8*."""
    return "outcome" if reading.measure in FLOWS else None


def _stated_months(time: Time, months: Span, kind: str | None) -> Span | None:
    """A forecast's month is the one it was made in, its term what it is of; an outcome by a day runs since January."""
    first, last = months
    if (kind == "forecast" and not time.is_term and months != SECOND_HALF) or (
        time.is_state and last == MONTHS_OF_YEAR
    ):
        return None
    if first != last:
        return (1, last) if time.extent == "to_date" else months
    accumulates = time.extent in SO_FAR or (time.is_state and kind in ("outcome", "variance", "budget"))
    return (1, last) if accumulates else months
