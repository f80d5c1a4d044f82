"""Classes of one scale, which name rows however much they look like values: `0–5`, `6–10`, `>10`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from schema.lexicon.numbers import Number, digit_runs, find_numbers

LEAST_CLASSES = 3
"""Two ranges may meet by chance; of three or more that meet each other the columns of values seen had none."""
LEAST_RANGES = 2
"""Classes with both ends printed: numbers that rise by one are no classes."""
MOST_WORDS = 1.5
"""Texts to a class, where one in three says something else."""
ENDS = 2
"""Numbers of a class at most."""


@dataclass(frozen=True, slots=True)
class _Class:
    """The numbers between which a class lies; an open one has one number."""

    low: Decimal
    high: Decimal
    step: Decimal
    """One in the last place of its numbers."""


def are_classes(texts: Sequence[str]) -> bool:
    """Whether texts are, one after the other, classes of one scale: each begins where the one before ends.

    Some may be words: a sum, *uppgift saknas*, the end of a header.
    """
    with_figures = [text for text in texts if digit_runs(text)]
    found = [found for text in with_figures if (found := _class_of(text))]
    if len(found) < max(LEAST_CLASSES, len(with_figures)) or len(texts) > MOST_WORDS * len(found):
        return False
    if sum(c.low != c.high for c in found) < LEAST_RANGES:
        return False
    return all(_meet(above, below) for above, below in zip(found, found[1:], strict=False))


def _class_of(text: str) -> _Class | None:
    """Return the class that a text is, None where it has no number or too many; a dash is no minus here."""
    numbers = find_numbers(text)
    if not 0 < len(numbers) <= ENDS:
        return None
    low, high = abs(numbers[0].value), abs(numbers[-1].value)
    return _Class(low, high, _step(numbers[-1])) if low <= high else None


def _step(number: Number) -> Decimal:
    return Decimal(1).scaleb(-number.decimals)


def _meet(above: _Class, below: _Class) -> bool:
    return 0 <= below.low - above.high <= max(above.step, below.step)
