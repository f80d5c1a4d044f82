"""What makes a value doubtful, and how doubts come to a confidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from schema.vocabulary import read_rows

LEAST = 0.05
"""No value is certainly wrong: it was printed somewhere."""
MEASURED = frozenset({"doubtful_cell", "inferred_place", "read_by_ocr"})
"""Doubts without a factor of their own: the stage that finds them says how large they are."""
OF_ANSWERS = frozenset(
    {
        "other_unit",
        "joined_by_evidence",
        "unproven_sign",
        "other_name",
        "failed_variance",
        "derived_net",
        "two_bottom_lines",
        "outcome_of_another_year",
    }
)
"""Doubts about an answer, not about the reading of a value: they take nothing from its confidence."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to doubt a value."""

    name: str
    factor: float
    reason: str


@cache
def known_doubts() -> dict[str, Doubt]:
    """Return the doubts of `doubts.csv` by name."""
    rows = read_rows("doubts")
    return {row["doubt"]: Doubt(row["doubt"], float(row["factor"] or 1), row["reason"]) for row in rows}


def confidence_of(doubts: Iterable[str], sure: float = 1.0) -> float:
    """Return the product of the doubts' factors, each doubt once, and of what was measured."""
    confidence = sure
    for name in sorted(set(doubts)):
        confidence *= known_doubts()[name].factor
    return round(max(LEAST, confidence), 3)
