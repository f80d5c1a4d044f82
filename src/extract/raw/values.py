"""A line of raw PDF text → its label words and its values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schema.lexicon.values import value_at


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words or one value."""

    text: str
    is_value: bool


@cache
def split_parts(text: str) -> tuple[Part, ...]:
    """Divide a line into words and values, in order; neighbouring words are one part."""
    parts: list[Part] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        value = value_at(text, place)
        if value:
            parts.append(Part(value.strip(), True))
            place += len(value)
            continue
        word = text[place:].split(maxsplit=1)[0]
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
