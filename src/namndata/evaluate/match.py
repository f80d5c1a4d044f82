"""When a record of gold and one of the corpus are the same: equal keys, like labels, each used once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from rapidfuzz import fuzz

Row = dict[str, Any]

SAME_LABEL = 90.0
"""Similarity (0–100) from which two printings of a label, broken and hyphenated otherwise, are the same."""


CHOICES = ("kind", "period", "column_period")
"""Fields in which gold may hold several readings that are equally fair, parted by `|`."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What makes two records the same."""

    key: Callable[[Row], Hashable]
    """What must be equal."""
    label: str
    """The field whose wording must be alike."""
    nuances: tuple[str, ...] = ()
    """Fields that decide between candidates, but not whether they match."""


def match_records(
    same: Likeness, wanted: Sequence[Row], found: Sequence[Row]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pair wanted and found records of equal key and like label, each used once; return pairs, missed, extra."""
    candidates: dict[Hashable, list[Row]] = defaultdict(list)
    for row in found:
        candidates[same.key(row)].append(row)
    pairs, missed = [], []
    for row in wanted:
        rivals = [rival for reading in readings(row) for rival in candidates.get(same.key(reading), ())]
        best = max(rivals, key=lambda rival: likeness(same, row, rival), default=None)
        if best is None or likeness(same, row, best) <= 0:
            missed.append(row)
        else:
            pairs.append((row, best))
            candidates[same.key(best)].remove(best)
    return pairs, missed, [row for rivals in candidates.values() for row in rivals]


def readings(row: Row) -> Iterator[Row]:
    """Yield a record of gold in each of the readings that it allows."""
    open_fields = [name for name in CHOICES if "|" in str(row.get(name) or "")]
    for choice in product(*(str(row[name]).split("|") for name in open_fields)):
        yield {**row, **dict(zip(open_fields, choice, strict=True))}


def likeness(same: Likeness, one: Row, other: Row) -> float:
    """Return how alike two records are; 0 where their labels are not the same."""
    label = similarity(one[same.label], other[same.label])
    nuances = sum(are_alike(one.get(name), other.get(name)) for name in same.nuances)
    return label + nuances if label >= SAME_LABEL else 0.0


def similarity(one: str | None, other: str | None) -> float:
    """Return how alike two texts are, 0–100, spaces and punctuation left out."""
    return fuzz.ratio(fold(one), fold(other)) if one and other else 100.0 * (not one and not other)


def are_alike(one: object, other: object) -> bool:
    """Tell whether two fields say the same."""
    texts = ["" if value is None or value is False else str(value) for value in (one, other)]
    return similarity(*texts) >= SAME_LABEL


def fold(text: str | None) -> str:
    """Return the letters, digits and signs of a text: what re-flowing and hyphenation leave alone."""
    return re.sub(r"[^\w%<>+=]", "", (text or "").casefold())


def fold_raw(text: str) -> str:
    """Return a cell's text with one kind of dash and without spaces."""
    return re.sub(r"[\s\u00ad]", "", re.sub(r"[\u2012-\u2015\u2212]", "-", text.casefold()))


def fold_number(value: float | None) -> float | None:
    """Return a number to four decimals."""
    return None if value is None else round(float(value), 4)
