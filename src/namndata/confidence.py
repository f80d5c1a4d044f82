"""What sums and differences say of how far each value can be trusted; see docs/confidence.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from normalize.report import NormalizedReport
from schema.doubts import confidence_of
from schema.problem import Check
from schema.records import BudgetValue, IndicatorValue

V = TypeVar("V", IndicatorValue, BudgetValue)
Place = tuple[int | None, int | None, int | None]

LEFT_BY_A_CHECK = 0.5
"""Share of a doubt that is left once a sum with the value in it holds: the number and its row fit,
while its label, kind or period may still be wrong."""
MOST_CHECKS = 2
"""Checks beyond the second tell nothing new: a row's difference and a column's sum have confirmed the place."""
EQUALITIES = frozenset({"sum", "across", "net", "variance", "frame", "sexes", "same_figure"})
"""Checks that hold by chance only seldom; parts that come to less than their whole tell little."""


def weigh_report(report: NormalizedReport, checks: Sequence[Check]) -> NormalizedReport:
    """Return the report with more trust in values whose sums hold, and less in those whose sums do not."""
    held = places_of(check for check in checks if check.passed and check.kind in EQUALITIES and is_telling(check))
    failed = places_of(check for check in checks if not check.passed)
    return replace(
        report,
        indicator_values=tuple(weigh(value, held, failed) for value in report.indicator_values),
        budget_values=tuple(weigh(value, held, failed) for value in report.budget_values),
    )


def is_telling(check: Check) -> bool:
    """Tell whether a check compares anything but noughts, or one figure with itself."""
    return bool(check.actual) and (len(check.cells) > 1 or check.kind == "same_figure")


def places_of(checks: Iterable[Check]) -> Counter[Place]:
    """Count the checks that each cell is part of."""
    return Counter((check.table, row, col) for check in checks for row, col in set(check.cells))


def weigh(value: V, held: Counter[Place], failed: Counter[Place]) -> V:
    """Return a value with the confidence that its checks leave it."""
    place = (value.table, value.row, value.col)
    confirmed, contradicted = min(held[place], MOST_CHECKS), failed[place] > 0
    if not contradicted and (not confirmed or value.confidence == 1):
        return value
    confidence: float = value.confidence
    doubts: tuple[str, ...] = value.doubts
    if contradicted:
        doubts = (*doubts, "failed_check")
        confidence = confidence_of(["failed_check"], confidence)
    doubt = (1 - confidence) * LEFT_BY_A_CHECK**confirmed
    return value.model_copy(update={"confidence": round(1 - doubt, 3), "doubts": doubts})
