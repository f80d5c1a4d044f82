"""The least that each report of the gold has scored: it may rise and never falls."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from namndata.evaluate.score import Score

FLOORS = "floors.json"
FLOOR_DECIMALS = 3


def read_floors(gold: Path) -> dict[str, dict[str, float]]:
    """Return the least F1 by gold file and kind."""
    path = gold / FLOORS
    floors: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return floors


def write_floors(gold: Path, scores: Iterable[Score]) -> None:
    """Raise the floors to the scores that are higher; a floor is never lowered.

    Attributes have none: their share may fall because more records are found.
    """
    floors = read_floors(gold)
    for score in (score for score in scores if not score.attribute):
        known = floors.setdefault(score.document, {})
        reached = int(score.f1 * 10**FLOOR_DECIMALS) / 10**FLOOR_DECIMALS
        known[score.name] = max(known.get(score.name, 0.0), reached)
    text = json.dumps(floors, ensure_ascii=False, indent=1, sort_keys=True)
    (gold / FLOORS).write_text(text + "\n", encoding="utf-8")
