"""What sums and differences say of how far each value can be trusted; see docs/confidence.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from normalize.report import NormalizedReport
from schema.doubts import confidence_of
from schema.problem import Check
from schema.records import CellValue, Goal, Record

Place = tuple[int | None, int | None, int | None]

LEFT_BY_A_CHECK = 0.5
"""Share of a doubt that is left once figures agree in one direction; a sum down a column says nothing of what the
column is, a difference along a row nothing of the row."""
DIRECTIONS = {
    "sum": "down",
    "net": "down",
    "frame": "down",
    "sexes": "down",
    "across": "along",
    "variance": "along",
    "same_figure": "elsewhere",
}
"""Checks that seldom hold by chance, and the direction they compare in; that parts stay within their whole tells
little."""


def weigh_report(report: NormalizedReport, checks: Sequence[Check]) -> NormalizedReport:
    """Return the report with more trust in values whose sums hold, and less in those whose sums do not."""
    telling = [check for check in checks if check.passed and check.kind in DIRECTIONS and is_telling(check)]
    directions = {(place, DIRECTIONS[check.kind]) for check in telling for place in places_of(check)}
    held = Counter(place for place, _ in directions)
    failed = {place for check in checks if not check.passed for place in places_of(check)}
    return replace(report, records=tuple(weigh(record, held, failed) for record in report.records))


def confidence_in(record: Record) -> float:
    """Return how far a record can be trusted; what is no value in a cell is as printed."""
    return record.confidence if isinstance(record, CellValue | Goal) else 1.0


def is_telling(check: Check) -> bool:
    """Tell whether a check compares anything but noughts, or one figure with itself."""
    return bool(check.actual) and (len(check.cells) > 1 or check.kind == "same_figure")


def places_of(check: Check) -> Iterator[Place]:
    """Return the cells that a check compares."""
    return ((check.table, row, col) for row, col in check.cells)


def weigh(value: Record, held: Counter[Place], failed: Set[Place]) -> Record:
    """Return a value with the confidence that its checks leave it; what is no value in a cell stays as it is."""
    if not isinstance(value, CellValue):
        return value
    place = (value.table, value.row, value.col)
    if place not in failed and (not held[place] or value.confidence == 1):
        return value
    confidence, doubts = value.confidence, value.doubts
    if place in failed:
        doubts = (*doubts, "failed_check")
        confidence = confidence_of(["failed_check"], confidence)
    doubt = (1 - confidence) * LEFT_BY_A_CHECK ** held[place]
    return value.model_copy(update={"confidence": round(1 - doubt, 3), "doubts": doubts})
