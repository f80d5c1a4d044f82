"""How often reading was right on reports that people read by hand: the figures of docs/method.md, as data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class OnGold:
    """One measure of the accuracy on gold."""

    measured_on: str
    """ISO date."""
    of: str
    """What it was measured on."""
    measure: str
    right: str
    """`99.9 %` or `all`."""
    judged: str
    """How many were judged; empty where the measure is of a part of another's."""


@cache
def accuracy_on_gold() -> tuple[OnGold, ...]:
    """Return the measures, in the order of the page."""
    text = (files(__package__) / "gold.csv").read_text(encoding="utf-8")
    return tuple(OnGold(**row) for row in csv.DictReader(text.splitlines()))


def gold_line() -> str:
    """Return the measures in one line, with date and what they were measured on."""
    measures = accuracy_on_gold()
    said = "; ".join(f"{each.measure}: {each.right}" for each in measures)
    on = f"on {measures[0].of} that were at hand while the rules were made"
    return f"{on}: {said} ({measures[0].measured_on}; docs/method.md)"
