"""How a report counts the later parts of its year: *Utfall T2* is of May–August, or of all months since January.

Begins with the records of the whole report, ends with the same records under the periods that its sentences state
(*Utfallet för tertial 2 är ackumulerat*) or its figures show. Where neither tells, a part beside an earlier one is its
own, a part alone is counted from January, as most reports count, and both are in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.records.cell_doubts import label_of
from extract.records.doubts import R
from schema.layout import Block
from schema.lexicon.headers import ReportTime
from schema.lexicon.numbers import find_numbers
from schema.lexicon.periods import MONTHS_OF_YEAR, Months, names_months, part_of_year, says_since_january, span_of
from schema.lexicon.units import is_of_shares
from schema.printed import BudgetLine, IndicatorRow, PrintedValue

COUNTED = frozenset({"outcome", "budget", "variance", "effect"})
"""Kinds whose figures of a part of the year are counted in one way; a forecast's part is when it was made."""
WHOLE = ("forecast", "budget", "target")
"""Kinds whose figure of the year an outcome so far is held against, the nearest to what will be first."""
FASTEST = 1.3
"""Of an even pace, figures so far may be so much; those of staff or marks are as large in a part as in the year."""
LEAST_SHOWN = 3
"""Rows that must show how parts are counted; two may both be odd."""
CLEAR = 3
"""How many rows must show it for each that shows the other."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A later part of a year that a value is headed by."""

    year: str
    months: Months

    @property
    def alone(self) -> str:
        """The period of the part by itself."""
        return span_of(self.year, *self.months)

    @property
    def since_january(self) -> str:
        """The period of all months up to its end."""
        return span_of(self.year, 1, self.months[1])


def with_parts_so_far(rows: Sequence[R], report: ReportTime, *, since_january: bool | None) -> list[R]:
    """Return the records with the periods of later parts of an interim report's year as the report counts them."""
    if not report.is_interim:
        return list(rows)
    ends = {(row.table, _last_month(value)) for row in rows for value in row.values}
    settled = []
    for row in rows:
        parts = [(value, _part_of(value)) for value in row.values]
        beside = {value.col for value, part in parts if part and (row.table, part.months[0] - 1) in ends}
        values = (_settled(v, part, report, since_january, beside=v.col in beside) for v, part in parts)
        settled.append(replace(row, values=tuple(values)))
    return settled


def _settled(
    value: PrintedValue, part: _Part | None, report: ReportTime, since_january: bool | None, *, beside: bool
) -> PrintedValue:
    if part is None or value.kind not in COUNTED or value.period != part.alone:
        return value
    if since_january is not None:
        return replace(value, period=part.since_january) if since_january else value
    if part.months[1] != report.month:
        return value
    return replace(value, period=value.period if beside else part.since_january, doubts=(*value.doubts, "part_of_year"))


def _part_of(value: PrintedValue) -> _Part | None:
    """Return the later part of a year that a value's header names without its months: *Utfall T2 2024*."""
    months = part_of_year(value.column_label)
    if months is None or months[0] == 1 or value.period is None or names_months(value.column_label):
        return None
    part = _Part(value.period[:4], months)
    return part if value.period in (part.alone, part.since_january) else None


def _last_month(value: PrintedValue) -> int | None:
    return int(value.period[-2:]) if value.period and value.period[-3:-2] == "-" else None


def counts_since_january(
    blocks: Iterable[Block], rows: Sequence[IndicatorRow | BudgetLine], report: ReportTime
) -> bool | None:
    """Tell whether a report counts the later parts of its year from January; None where nothing says it."""
    named = {part.months for row in rows for value in row.values if (part := _part_of(value))}
    if not report.is_interim or not named:
        return None
    if any(says_since_january(block.text, months) for block in blocks for months in named):
        return True
    shown = [shows for row in rows for value in row.values if (shows := _shows(value, row)) is not None]
    for is_so in (True, False):
        if shown.count(is_so) >= max(LEAST_SHOWN, CLEAR * shown.count(not is_so)):
            return is_so
    return None


def _shows(value: PrintedValue, row: IndicatorRow | BudgetLine) -> bool | None:
    """Tell how an outcome is counted by how much of the year's figure it is; None where it may be no running count."""
    part = _part_of(value)
    if part is None or value.kind != "outcome" or is_of_shares(f"{label_of(row)} {value.raw}"):
        return None
    first, last = part.months
    passed = _months_passed(value, part, row)
    before = next((v for v in row.values if v.kind == "outcome" and v.period == span_of(part.year, 1, first - 1)), None)
    till_then = _months_passed(before, part, row) if before else None
    if passed is None or (till_then is not None and till_then > FASTEST * (first - 1)):
        return None
    length = last - first + 1
    if passed < length / 2 or passed > FASTEST * last:
        return None
    return passed > (last + length) / 2


def _months_passed(value: PrintedValue, part: _Part, row: IndicatorRow | BudgetLine) -> float | None:
    """Return how many months of an even pace would make a figure, held against the year's beside it."""
    whole = next((v for kind in WHOLE for v in row.values if v.kind == kind and v.period == part.year), None)
    figure, of_year = _figure(value), _figure(whole) if whole and whole.part == value.part else None
    return float(abs(figure / of_year)) * MONTHS_OF_YEAR if figure and of_year else None


def _figure(value: PrintedValue) -> Decimal | None:
    found = find_numbers(value.raw)
    return found[0].value if len(found) == 1 else None
