"""Which words of headers name parts of the whole: begins with the columns as read together, ends with each one's part.

A word that the vocabulary lacks is a part only where it tells columns apart that are otherwise alike (*Utfall Norr*,
*Utfall Söder*); beside amounts of several kinds it says what sort of amount its own column holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extract.records.meaning.decode import Choice
from schema.lexicon.headers import Reading
from schema.lexicon.words import words

SORTS = frozenset({"income", "cost"})
"""Measures that are divided by sort (*Köp av verksamhet*); results are divided by part."""


def parts_of(choices: Sequence[Choice]) -> list[str | None]:
    """Return the part that each column stands for, None for the whole."""
    measures = _measures_by_words(choices)
    stated = sum(not choice.reading.unknown for choice in choices if _says_what(choice.reading))
    new = sum(choice.reading.is_new for choice in choices)
    return [_part(choice, choices, measures, are_new_parts=new > 1 and new >= stated) for choice in choices]


def _part(
    choice: Choice, choices: Sequence[Choice], measures: dict[str, set[str]], *, are_new_parts: bool
) -> str | None:
    reading = choice.reading
    if reading.part and not reading.time.is_empty and _is_average(reading.part):
        return reading.part if any(_is_told_apart(choice, other) for other in choices) else None
    known = _without_unknown(reading)
    if not reading.unknown or known == reading.part:
        return reading.part
    if reading.sex:
        return known
    if known:
        return reading.part
    if reading.is_new and not reading.measure:
        beside_parts = any(other.reading.part and not other.reading.unknown for other in choices)
        return reading.part if are_new_parts or beside_parts or _are_all_new(choices) else None
    if reading.kind is None and reading.measure in SORTS and len(measures) > 1:
        return reading.part if len(measures.get(reading.part or "", ())) > 1 else None
    return reading.part if any(_is_told_apart(choice, other) for other in choices) else None


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


def _is_told_apart(choice: Choice, other: Choice) -> bool:
    """Whether two columns are alike but for their parts."""
    one, two = choice.reading, other.reading
    alike = (choice.kind, choice.period, one.measure, one.unit) == (other.kind, other.period, two.measure, two.unit)
    return alike and one.part != two.part


def _measures_by_words(choices: Sequence[Choice]) -> dict[str, set[str]]:
    """Return the measures that each unknown part stands under."""
    found: dict[str, set[str]] = defaultdict(set)
    for choice in choices:
        reading = choice.reading
        if reading.unknown and reading.part and reading.measure:
            found[reading.part].add(reading.measure)
    return found
