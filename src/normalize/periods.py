"""Periods: what time a column or a phrase speaks of, as `2019`, `2023-08`, `2023-01/2023-08` or `2025/2027`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from normalize.labels import clean_text
from normalize.numbers import MINUSES
from schema.vocabulary import read_map

_DASH = rf"\s*[{MINUSES}]\s*"
_YEAR = r"(?:19[89]\d|20[0-5]\d)"
_YEAR_ONLY = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_SHORT_YEAR = r"[-–'’´](\d\d)(?!\d)"
_ISO = re.compile(rf"(?<!\d)({_YEAR})-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_YEARS = re.compile(rf"(?<!\d)({_YEAR})(?:{_DASH}|/)({_YEAR}|\d\d)(?!\d)")
_PART = re.compile(
    r"\b(?:(?P<t>tertial|t)|(?P<q>kvartal|kv|q)|(?P<h>halvår|h))\s*(?P<n>[1-4])(?!\d)"
    r"|\b(?P<n2>[1-4])\s*:?[ae]?\s*(?:(?P<t2>tertialet?)|(?P<q2>kvartalet?)|(?P<h2>halvåret?))\b",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(
    r"\b(?:föregående|förra|fg\.?|föreg\.?|förg\.?)\s*år(?:et)?s?\b|\bfjolår\w*|\bf\.?å\.?(?=\s|$)", re.IGNORECASE
)
_WHOLE_YEAR = re.compile(r"\b(?:helår\w*|årsbudget|årsprognos|bokslut|årsmål|årsbasis)\b", re.IGNORECASE)
_TO_DATE = re.compile(
    r"\b(?:period\w*|ack\w*|hittills|delår\w*|till och med|t\.?o\.?m\.?)(?!\w)|utfall_?proc", re.IGNORECASE
)
_SPAN_MONTHS = {"t": 4, "q": 3, "h": 6}
_LAST_MONTH = 12


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
        return year if month == _LAST_MONTH else _span(year, 1, month)


def find_period(text: str, *, year: str | None = None) -> str | None:
    """Return the period that a text states, or None; `year` completes months that stand without one.

    A day is read as its month, the last of December as its year.
    """
    text = clean_text(text)
    for read in (_read_part, _read_months, _read_date, _read_years, _read_single):
        period = read(text, year)
        if period:
            return period
    return None


def shift_year(period: str | None, years: int) -> str | None:
    """Return the same period some years later; negative for earlier."""
    if period is None:
        return None
    return re.sub(r"(?<![\d-])\d{4}", lambda found: str(int(found[0]) + years), period)


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
    if column.kind == "forecast" and period and re.fullmatch(r"\d{4}-\d{2}", period):
        return period[:4]
    return period


def _borrowed_period(column: PrintedColumn, left: str | None, to_date: str | None, time: ReportTime) -> str | None:
    """The period of a header that states none."""
    if column.is_baseline:
        return None
    hint = find_period(column.hint, year=time.year) if column.hint else None
    whole_year = _WHOLE_YEAR.search(column.label)
    if _LAST_YEAR.search(column.label):
        so_far = time.to_date if _TO_DATE.search(column.label) else None
        return shift_year(time.year if whole_year else to_date or hint or so_far or time.year, -1)
    if whole_year or column.kind in ("target", "forecast"):
        return time.year or hint
    if column.kind == "variance" and left:
        return left
    if column.kind == "outcome" or _TO_DATE.search(column.label):
        return hint or to_date or time.to_date
    return hint or time.year


def _span(year: str, first: int, last: int) -> str:
    return f"{year}-{first:02}" if first == last else f"{year}-{first:02}/{year}-{last:02}"


def _months_of_year(year: str, first: int, last: int) -> str:
    return year if (first, last) == (1, _LAST_MONTH) else _span(year, first, last)


def _read_part(text: str, year: str | None) -> str | None:
    """`T2 2023`, `kvartal 1`, `1:a halvåret 2024`."""
    found = _PART.search(text)
    stated = _year_in(text) or year
    if found is None or stated is None:
        return None
    groups = found.groupdict()
    number = int(groups["n"] or groups["n2"])
    length = next(months for key, months in _SPAN_MONTHS.items() if groups[key] or groups[f"{key}2"])
    last = number * length
    return _span(stated, last - length + 1, last) if last <= _LAST_MONTH else None


def _read_months(text: str, year: str | None) -> str | None:
    """`Augusti 2023`, `jan-aug 2023`, `aug -23`, and months whose year stands elsewhere."""
    found = _month_pattern().search(text)
    if found is None:
        return None
    short = re.match(rf"\s*{_SHORT_YEAR}", text[found.end() :])
    stated = f"20{short[1]}" if short else _year_in(text) or year
    if stated is None:
        return None
    first, last = _month(found["first"]), _month(found["last"] or found["first"])
    if found["day"] and not found["last"] and last == _LAST_MONTH:
        return stated
    return _months_of_year(stated, first, last) if first <= last else None


def _read_date(text: str, _: str | None) -> str | None:
    """`2023-08-31`, `202308`, `2023-08`, and the span between two of them."""
    dates = list(_ISO.finditer(text))
    if not dates:
        return None
    first, last = dates[0], dates[-1]
    if len(dates) > 1 and first[1] == last[1]:
        return _months_of_year(first[1], int(first[2]), int(last[2]))
    return first[1] if first[3] and int(first[2]) == _LAST_MONTH else f"{first[1]}-{first[2]}"


def _read_years(text: str, _: str | None) -> str | None:
    """`2025-2027`, `2021/22`."""
    found = _YEARS.search(text)
    if found is None:
        return None
    last = found[2] if len(found[2]) == len(found[1]) else found[1][:2] + found[2]
    return f"{found[1]}/{last}" if found[1] < last else None


def _read_single(text: str, _: str | None) -> str | None:
    return _year_in(text)


def _year_in(text: str) -> str | None:
    """The year that a text prints, whole or as `-22` at its end."""
    found = _YEAR_ONLY.search(text)
    if found:
        return found[0]
    short = re.search(rf"(?<=[a-zåäö]\s){_SHORT_YEAR}\s*$|(?<=[a-zåäö]){_SHORT_YEAR}\s*$", text, re.IGNORECASE)
    return f"20{short[1] or short[2]}" if short else None


def _month(name: str) -> int:
    return int(read_map("months", "phrase", "number")[name.casefold()])


@cache
def _month_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(read_map("months", "phrase", "number"), key=len, reverse=True))
    return re.compile(
        rf"(?:\b(?P<day>[12]?\d|3[01])\s+)?\b(?P<first>{names})\b\.?"
        rf"(?:\s*(?:[{MINUSES}]|till|t\.?o\.?m\.?)\s*(?:[12]?\d\s+|3[01]\s+)?(?P<last>{names})\b\.?)?",
        re.IGNORECASE,
    )
