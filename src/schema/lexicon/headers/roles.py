"""What readers of running text ask of a header: its role, whether it is a time alone, where one begins."""

from __future__ import annotations

from dataclasses import replace

from schema.lexicon.headers.grammar import Reading, best_reading
from schema.lexicon.headers.items import items_of

LABEL_ROLES = ("indicator", "volume", "personnel", "line", "assignment", "measure")
"""Roles of the column that names a row, the surest first."""


def is_time_alone(text: str, *, with_unit: bool = False) -> bool:
    """Whether a header says a time and nothing else, but for a unit where it may: *2023*, *jan-aug*, *2023, %*."""
    reading = best_reading(text)
    return _is_time(replace(reading, unit=None) if with_unit else reading)


def _is_time(reading: Reading) -> bool:
    named = (reading.kind, reading.part, reading.measure, reading.unit, *reading.unknown)
    return reading.is_value and not any(named) and not reading.time.is_empty and reading.time.extent != "undated"


def holds_number(text: str) -> bool:
    """Whether a header prints a number that is no time, age or school year: *Utfall 1210* is of October 2012."""
    return any(item.cls == "number" for item in items_of(text))


def names_age(text: str) -> bool:
    """Whether a text is an age and nothing else: *30–49 år*, *29 år och yngre*, *80+*."""
    items = [item for item in items_of(text) if item.cls != "joiner"]
    return len(items) == 1 and (items[0].cls, items[0].meaning) == ("part", "age")


def column_role(label: str) -> tuple[str, str | None]:
    """Return the role and kind that a header stands for by its words alone.

    A header of nothing but a time is ("value", "period"); an empty one ("blank", None); one that no word of the
    vocabulary fits, or that names a part alone, ("unknown", None).
    """
    reading = best_reading(label)
    if not reading.is_value:
        return reading.role, None
    if reading.kind is not None:
        return "value", reading.kind
    if _is_time(reading):
        return "value", "period"
    return ("unknown", None) if reading.part or reading.unknown else ("value", "outcome")
