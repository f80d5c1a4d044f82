"""Which words of headers name parts of the whole: begins with the columns as read together, ends with each one's part.

A word that the vocabulary lacks is a part only where it tells columns apart that are otherwise alike (*Utfall Norr*,
*Utfall Söder*); beside amounts of several kinds it says what sort of amount its own column holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from extract.records.meaning.decode import Choice
from schema.lexicon.headers import Reading
from schema.lexicon.words import words

SORTS = frozenset({"income", "cost"})
"""Measures that are divided by sort (*Köp av verksamhet*); results are divided by part."""


def parts_of(choices: Sequence[Choice]) -> list[str | None]:
    """Return the part that each column stands for, None for the whole."""
    beside = _Beside.of(choices)
    return [_part(choice, beside) for choice in choices]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the columns that are read together say of each other."""

    measures: dict[str, set[str]]
    """The measures that each unknown part stands under."""
    alike: dict[Hashable, set[str | None]]
    """The parts of the columns that are otherwise alike."""
    new_are_parts: bool
    """Words that the vocabulary lacks name parts, since so many columns have them, or columns of known parts stand
    beside, or no column says what it holds."""

    @classmethod
    def of(cls, choices: Sequence[Choice]) -> _Beside:
        """Return what some columns say."""
        stated = sum(not choice.reading.unknown for choice in choices if _says_what(choice.reading))
        new = sum(choice.reading.is_new for choice in choices)
        known = any(choice.reading.part and not choice.reading.unknown for choice in choices)
        alike: dict[Hashable, set[str | None]] = defaultdict(set)
        for choice in choices:
            alike[_but_for_part(choice)].add(choice.reading.part)
        return cls(_measures_by_words(choices), alike, (new > 1 and new >= stated) or known or _are_all_new(choices))

    def is_told_apart(self, choice: Choice) -> bool:
        """Whether another column is like one but for its part."""
        return len(self.alike[_but_for_part(choice)]) > 1


def _but_for_part(choice: Choice) -> Hashable:
    return choice.kind, choice.period, choice.reading.measure, choice.reading.unit


def _part(choice: Choice, beside: _Beside) -> str | None:
    reading = choice.reading
    if reading.part and not reading.time.is_empty and _is_average(reading.part):
        return reading.part if beside.is_told_apart(choice) else None
    known = _without_unknown(reading)
    if not reading.unknown or known == reading.part:
        return reading.part
    if reading.sex:
        return known
    if known:
        return reading.part
    if reading.is_new and not reading.measure:
        return reading.part if beside.new_are_parts else None
    if reading.kind is None and reading.measure in SORTS and len(beside.measures) > 1:
        return reading.part if len(beside.measures.get(reading.part or "", ())) > 1 else None
    return reading.part if beside.is_told_apart(choice) else None


def _is_average(part: str) -> bool:
    """Whether a part is only an average, which of a time is how its figure was counted: *Snitt 2023*."""
    return words("guards", guard="average").opening(part) is not None


def _are_all_new(choices: Sequence[Choice]) -> bool:
    """Whether no column says what it holds: words are all there is to tell them apart."""
    return not any(_says_what(choice.reading) for choice in choices)


def _says_what(reading: Reading) -> bool:
    return reading.kind is not None or reading.measure is not None


def _without_unknown(reading: Reading) -> str | None:
    kept = [word for word in (reading.part or "").split() if word not in " ".join(reading.unknown).split()]
    return " ".join(kept) or None


def _measures_by_words(choices: Sequence[Choice]) -> dict[str, set[str]]:
    """Return the measures that each unknown part stands under."""
    found: dict[str, set[str]] = defaultdict(set)
    for choice in choices:
        reading = choice.reading
        if reading.unknown and reading.part and reading.measure:
            found[reading.part].add(reading.measure)
    return found
