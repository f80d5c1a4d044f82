"""A line of raw PDF text → its label words and its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.raw.lines import MARK_CLOSE, MARK_OPEN
from schema.vocabulary import read_rows

_MARKS = f"(?:{MARK_OPEN}[^{MARK_CLOSE}]+{MARK_CLOSE})*"
_NUMBER = r"[<>≥≤~±]{0,2}\s?[-−–+]?\d+(?:[.,:]\d+)*(?:\s?%)?"
_PAREN = r"(?:\s?\([^()]*\))?"
_END = r"(?=\s|$)"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words or one value."""

    text: str
    is_value: bool


@cache
def _value() -> re.Pattern[str]:
    words = sorted(_value_words(), key=len, reverse=True)
    phrases = "|".join(r"\s".join(map(re.escape, word.split())) for word in words)
    number = rf"{_NUMBER}(?:[-–/]\d*[\d.,]*\s?%?)*{_MARKS}{_PAREN}"
    bounds = "|".join(re.escape(word.capitalize()) for word in _bounds())
    number = rf"(?:(?-i:{bounds})\s)?{number}"
    return re.compile(rf"(?:(?:{phrases}){_END}|{number}(?:{_END}|(?=(?-i:[A-ZÅÄÖ][a-zåäö]))))", re.IGNORECASE)


def _bounds() -> list[str]:
    """Words before a number (`Minst 38`); a cell opens with a capital, a label goes on in lower case."""
    words = {row["phrase"] for row in read_rows("comparators") if row["place"] == "before"}
    return sorted((word for word in words if word[0].isalpha()), key=len, reverse=True)


def _value_words() -> set[str]:
    """Signs for a missing value, and directions that are one word or two."""
    words = {row["phrase"] for row in read_rows("missing") if len(row["phrase"]) < 3 or " " in row["phrase"]}
    words |= {row["phrase"] for row in read_rows("missing") if row["phrase"].startswith(("i.", "iu", "i u", "u."))}
    words |= {"–", "−"}
    return (words | _direction_words()) - {"x", "*", "."}


@cache
def _direction_words() -> frozenset[str]:
    """Directions in the forms that stand alone in a cell."""
    forms = {row["phrase"] for row in read_rows("directions")}
    return frozenset(f for f in forms if f.endswith(("a", "as")) and f.split()[-1] not in ("flera", "andra"))


@cache
def split_parts(text: str) -> tuple[Part, ...]:
    """Divide a line into words and values, in order; neighbouring words are one part."""
    parts: list[Part] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        match = _value().match(text, place)
        if match:
            parts.append(Part(match.group().strip(), True))
            place = match.end()
            continue
        end = re.compile(r"\S+").match(text, place)
        word = end.group() if end else text[place]
        place += len(word)
        if parts and not parts[-1].is_value:
            parts[-1] = Part(f"{parts[-1].text} {word}", False)
        else:
            parts.append(Part(word, False))
    return tuple(_name_parts(parts))


def _name_parts(parts: list[Part]) -> list[Part]:
    """A named value after another value (`0 Augusti: 0`) is one value with its name."""
    named: list[Part] = []
    for part in parts:
        before = named[-1] if named else None
        if (
            part.is_value
            and before is not None
            and not before.is_value
            and before.text.endswith(":")
            and len(before.text.split()) == 1
            and len(named) > 1
            and named[-2].is_value
        ):
            named[-1] = Part(f"{before.text} {part.text}", True)
        else:
            named.append(part)
    return named


@dataclass(frozen=True, slots=True)
class SplitLine:
    """The values that open a line, its words, and the values that end it."""

    leading: tuple[str, ...]
    text: str
    trailing: tuple[str, ...]


def split_line(text: str) -> SplitLine:
    """Take the values at both ends off a line; values among the words stay with them."""
    parts = split_parts(text)
    first = next((i for i, part in enumerate(parts) if not part.is_value), len(parts))
    last = len(parts)
    while last > first and parts[last - 1].is_value:
        last -= 1
    middle = " ".join(part.text for part in parts[first:last])
    leading = tuple(part.text for part in parts[:first])
    return SplitLine(leading, middle, tuple(part.text for part in parts[last:]))
