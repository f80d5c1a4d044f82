"""How well each kind of record was found, report by report and over all."""

from __future__ import annotations

from dataclasses import dataclass

from namndata.evaluate.calibration import Calibration, Judged, calibrate


@dataclass(frozen=True, slots=True)
class Score:
    """How well one kind of record of one document was found."""

    document: str
    kind: str
    wanted: int
    found: int
    right: int
    attribute: str = ""
    """The field scored over the records that match; empty for the score of the records themselves."""
    errors: tuple[str, ...] = ()
    floor: float | None = None
    judged: tuple[Judged, ...] = ()
    """Each found value's confidence, and whether it is right."""

    @property
    def name(self) -> str:
        """What the score is called in the floors."""
        return f"{self.kind}: {self.attribute}" if self.attribute else self.kind

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is wanted that was found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.wanted + self.found) if self.wanted + self.found else 1.0

    @property
    def is_below_floor(self) -> bool:
        """Tell whether the score fell below what it has been."""
        return self.floor is not None and self.f1 < self.floor


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of all documents that have gold."""

    scores: tuple[Score, ...]
    unmatched: tuple[str, ...]
    """Gold whose document the corpus does not hold."""

    @property
    def totals(self) -> tuple[Score, ...]:
        """The scores of all documents together."""
        sums: dict[tuple[str, str], Score] = {}
        for score in self.scores:
            key = (score.kind, score.attribute)
            known = sums.get(key, Score("all", score.kind, 0, 0, 0, score.attribute))
            counts = (known.wanted + score.wanted, known.found + score.found, known.right + score.right)
            sums[key] = Score("all", score.kind, *counts, score.attribute)
        return tuple(sums.values())

    @property
    def calibration(self) -> Calibration:
        """What the values' confidence was worth."""
        return calibrate(judged for score in self.scores for judged in score.judged)

    @property
    def has_failed(self) -> bool:
        """Tell whether anything is missing or worse than it has been."""
        return bool(self.unmatched) or any(score.is_below_floor for score in self.scores)
