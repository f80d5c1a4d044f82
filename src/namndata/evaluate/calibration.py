"""Does confidence mean what it says? Values that gold judges, beside the confidence that they were given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TRUSTED = 0.95
"""Confidence from which a value may be used unseen."""
REVIEWED = 0.1
"""Share of the review list that a person may be asked to read."""

Judged = tuple[float, bool]
"""A value's confidence, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What confidence was worth over the values of all documents with gold."""

    values: int
    errors: int
    trusted: int
    """Values of a confidence from which they may be used unseen."""
    trusted_errors: int
    errors_in_review: int
    """Errors in the first tenth of the review list."""

    @property
    def right_when_trusted(self) -> float | None:
        """Share of trusted values that are right; None where there is none."""
        return 1 - self.trusted_errors / self.trusted if self.trusted else None

    @property
    def found_by_review(self) -> float | None:
        """Share of the errors that the first tenth of the review list holds; None where there is none."""
        return self.errors_in_review / self.errors if self.errors else None


def calibrate(judged: Iterable[Judged]) -> Calibration:
    """Count the errors among trusted values and on top of the review list; of equals, the right come first."""
    ordered = sorted(judged, key=lambda value: (value[0], not value[1]))
    trusted = [right for confidence, right in ordered if confidence >= TRUSTED]
    reviewed = ordered[: round(len(ordered) * REVIEWED)]
    return Calibration(
        values=len(ordered),
        errors=sum(not right for _, right in ordered),
        trusted=len(trusted),
        trusted_errors=sum(not right for right in trusted),
        errors_in_review=sum(not right for _, right in reviewed),
    )
