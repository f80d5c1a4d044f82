"""Cells of money tables: one amount each, or the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalize.cells import dash_is_zero
from normalize.split import names_number
from schema.lexicon.numbers import find_numbers, with_sign_in_front
from schema.lexicon.periods import is_date_or_time
from schema.lexicon.signs import MINUSES
from schema.lexicon.text import clean_text
from schema.lexicon.units import canonical_unit

Legend = tuple[tuple[str, str], ...]
STRAY_SIGNS = 0.5
"""Confidence in an amount with signs around it that belong to no number, as in `-3-`."""
DOUBTFUL_SIGN = 0.7
"""Confidence in an amount whose point may part thousands or decimals, or whose minus stands behind it."""
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Amount:
    """What a money cell holds; without a value there is a remark."""

    value: Decimal | None = None
    unit: str | None = None
    """A unit printed in the cell itself."""
    confidence: float = 1.0
    remark: str | None = None
    """Short code for what is odd: `no_amount`, `not_an_amount`, `several_amounts`, `stray_signs`."""


def parse_amount(raw: str, legend: Legend = ()) -> Amount:
    """Return the amount of a money cell; a dash is nought only where the report's legend says so."""
    printed = clean_text(raw).rstrip("*").strip()
    text = with_sign_in_front(printed)
    numbers = find_numbers(text)
    if not numbers or is_date_or_time(text):
        return _without_number(text, legend)
    if len(numbers) > 1:
        return _with_brackets(text, legend)
    number = numbers[0]
    rest = f"{text[: number.start]} {text[number.end :]}".strip()
    unit = canonical_unit(rest) if rest else None
    if rest and unit is None and names_number(text):
        return Amount(remark="not_an_amount")
    if rest and unit is None:
        code = "not_an_amount" if re.search(r"\w", rest) else "stray_signs"
        return Amount(number.value, None, STRAY_SIGNS, code)
    return Amount(number.value, unit, DOUBTFUL_SIGN if number.doubtful or text != printed else 1.0)


def _without_number(text: str, legend: Legend) -> Amount:
    if text and not text.strip(MINUSES):
        return Amount(Decimal(0)) if dash_is_zero(legend) else Amount(remark="no_amount")
    return Amount(remark="not_an_amount" if re.search(r"\w", text) else "no_amount")


def _with_brackets(text: str, legend: Legend) -> Amount:
    """`26,3 (-7,6)`: the amount stands before the bracket; other cells with several numbers hold none for sure."""
    shorter = _BRACKETED.sub("", text)
    if shorter in (text, ""):
        return Amount(remark="several_amounts")
    first = parse_amount(shorter, legend)
    return Amount(first.value, first.unit, first.confidence * STRAY_SIGNS, first.remark or "several_amounts")
