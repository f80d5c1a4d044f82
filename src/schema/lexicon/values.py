"""What a value looks like: a number, a bound, a direction, a word or sign for a missing one, with words around it.

Classes of one scale only look like values, and name rows: `0–5`, `6–10`, `>10`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise

from schema.lexicon.figures import MISSING, SIGN, is_figure, is_missing_sign, last_number, opens_with_figure
from schema.lexicon.numbers import Number, digit_runs, find_numbers
from schema.lexicon.signs import BOUNDS
from schema.lexicon.signs.marks import RUN_OF_MARKS
from schema.lexicon.words import Words, words
from schema.lexicon.years import is_year
from schema.vocabulary import read_rows

LEAST_CLASSES = 3
"""Two ranges may meet by chance; of three or more that meet each other the columns of values seen had none."""
LEAST_RANGES = 2
"""Classes with both ends printed: numbers that rise by one are no classes."""
LEAST_STEPS = 3
"""Even steps between the numbers of an axis; two may be chance."""
MOST_WORDS = 1.5
"""Texts to a class, where one in three says something else."""
ENDS = 2
"""Numbers of a class at most."""
LETTERS_OF_SHORT_FORM = 2
LONGEST_SIGN = 2
"""Characters of a sign for a missing value that may stand among the words of a line."""
_AMBIGUOUS_SIGNS = {"x", "*", "."}
"""Signs for a missing value that stand for other things among the words of a line."""

_NUMBER = rf"[{BOUNDS}]{{0,2}}\s?{SIGN}?\d+(?:[.,:]\d+)*(?:\s?%)?"
_REMARK = r"(?:\s?\([^()]*\))?"
_END = r"(?=\s|$)"
_RANGED = re.compile(rf"{_NUMBER}(?:\s?[-–/]\s?\d+(?:[.,]\d+)?)*\s?%?\*{{0,3}}")
_LEADING = re.compile(rf"[{BOUNDS}]?\s?{SIGN}?(?:\d{{1,3}}(?: \d{{3}})+|\d+)(?:[.,:/]\d+)*\s?%?(?=\s)")
_NAMED = re.compile(r"(?:[^\W\d_][\w/-]*:?\s){0,3}[^\W\d_][\w/-]*:?\s?[<>]?\d[\d.,]*\s?%?(?:\s?\([^()]*\))?")
_NAME_END = re.compile(r":|\s[<>]?\d")
_FIELD = re.compile(rf"{SIGN}?\d+(?:[.,]\d+)?(?:\u00a0?%)?-?")
_NAME = re.compile(r"([^\W_][\w/ .]{0,20}?):")


def opens_like_value(text: str) -> bool:
    """Whether a text opens like a value: with a number, a bound before one, or nothing but a sign for a missing one."""
    text = text.strip()
    if opens_with_figure(text) or is_figure(text) or text.casefold() in _missing_forms():
        return True
    return any(map(str.isdigit, text)) and _bounds().opening(text) is not None


@cache
def is_missing(text: str) -> bool:
    """Whether a cell says that its value is missing, by a word or a sign."""
    folded = text.casefold().strip()
    return words("missing").whole(folded) is not None or _opening_misses().opening(folded) is not None


@cache
def is_value_alone(text: str) -> bool:
    """Whether a text is nothing but a value: a figure, a direction, or what says that it is missing."""
    return is_figure(text) or is_missing(text) or words("directions").whole(text) is not None


@cache
def opens_with(text: str, vocabulary: str) -> bool:
    """Whether a text opens with a phrase of a vocabulary."""
    return words(vocabulary).opening(text.strip()) is not None


def is_printed_value(text: str) -> bool:
    """Whether a text is one printed number or range, bounds, percent sign and stars included."""
    return bool(_RANGED.fullmatch(text))


def is_field(word: str) -> bool:
    """Whether a word between spaces is one cell of a row of figures."""
    return bool(_FIELD.fullmatch(word)) or is_missing_sign(word)


def leading_number(text: str) -> str:
    """Return the number that a text opens with where words follow it, else nothing."""
    found = _LEADING.match(text)
    return found.group() if found and found.end() < len(text) else ""


def is_named_value(text: str) -> bool:
    """Whether a text is a value after its name: `IFO 120`, `Augusti: 53 %`."""
    return bool(_NAMED.fullmatch(text))


def name_before_value(text: str) -> str:
    """Return the words before a value's colon or number."""
    return _NAME_END.split(text, maxsplit=1)[0]


def value_name(text: str) -> str:
    """Return the name that a cell's part opens with, before a colon, a number or a missing value; else nothing."""
    found = _NAME.match(text) or _name_and_value().match(text)
    return found[1] if found else ""


def names_value(text: str) -> bool:
    """Whether a text opens with a name and its value."""
    return bool(_name_and_value().match(text))


@cache
def unended_words() -> frozenset[str]:
    """Return the words before a number, with which no value ends."""
    signs = set(BOUNDS)
    return frozenset(row["phrase"] for row in read_rows("comparators") if row["place"] == "before") - signs


def value_at(text: str, place: int) -> str:
    """Return the value at a place in a line of raw text, footnote marks and remark included, else nothing."""
    found = _value().match(text, place)
    return found.group() if found else ""


@cache
def _name_and_value() -> re.Pattern[str]:
    missing = "|".join([MISSING, *map(re.escape, sorted(_missing_forms(), key=len, reverse=True))])
    return re.compile(rf"([^\W\d_][\w/ .]{{0,14}}?)\s?:?\s+(?:[<>]?\d|(?:{missing})(?:\s|$))", re.IGNORECASE)


@cache
def _value() -> re.Pattern[str]:
    said = sorted(_said_values(), key=len, reverse=True)
    phrases = "|".join(r"\s".join(map(re.escape, phrase.split())) for phrase in said)
    number = rf"{_NUMBER}(?:[-–/]\d*[\d.,]*\s?%?)*{RUN_OF_MARKS}{_REMARK}"
    number = rf"(?:(?-i:{'|'.join(map(re.escape, _capital_bounds()))})\s)?{number}"
    return re.compile(rf"(?:(?:{phrases}){_END}|{number}(?:{_END}|(?=(?-i:[A-ZÅÄÖ][a-zåäö]))))", re.IGNORECASE)


def _capital_bounds() -> list[str]:
    """Words before a number (`Minst 38`); a cell opens with a capital, a label goes on in lower case."""
    return sorted((word.capitalize() for word in unended_words() if word[0].isalpha()), key=len, reverse=True)


def _said_values() -> set[str]:
    """Signs and phrases for a missing value, and directions in the forms that stand alone in a cell."""
    missing = {row["phrase"] for row in read_rows("missing")}
    kept = {phrase for phrase in missing if len(phrase) <= LONGEST_SIGN or " " in phrase} | _missing_forms()
    directions = {row["phrase"] for row in read_rows("directions") if row["phrase"].endswith(("a", "as"))}
    return kept - _AMBIGUOUS_SIGNS | {"–", "−"} | directions


@cache
def _missing_forms() -> frozenset[str]:
    """Return the short forms for a missing value: two letters, such as `i.u.` and `iu`."""
    phrases = (row["phrase"] for row in read_rows("missing"))
    return frozenset(phrase for phrase in phrases if sum(map(str.isalpha, phrase)) == LETTERS_OF_SHORT_FORM)


@cache
def _opening_misses() -> Words:
    return words("missing", match=("start", "any"))


@cache
def _bounds() -> Words:
    return words("comparators", place="before")


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


def hold_scale(texts: Sequence[str]) -> bool:
    """Whether some texts fall by even steps, as the numbers beside a chart's axis do; years may fall so in a table."""
    numbers = [None if is_year(text) or not is_figure(text) else last_number(text) for text in texts]
    steps = [above.value - below.value if above and below else 0 for above, below in pairwise(numbers)]
    return any(step > 0 and len(list(run)) >= LEAST_STEPS for step, run in groupby(steps))


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
