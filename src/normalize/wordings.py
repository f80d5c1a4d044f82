"""What two wordings of one name have in common, and what each alone says.

A name is compared without the target that may stand at its end (*… ska uppgå till minst 65 %*), without the way its
value should go (*… ska minska*) and without small words; a compound is compared with the words that it is made of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from normalize.guards import guard_codes, plain_codes
from normalize.name_keys import name_key, name_words
from schema.lexicon.figures import figures_in
from schema.vocabulary import read_rows

SHORTEST_PART = 4
"""Letters of a word within a compound: shorter ones stand in many by chance."""
MOST_LETTERS_LEFT = 3
"""Letters of a compound that join or inflect its parts: *musei-besökare*, *behörig-het*."""

LIKE_LETTERS = 90
"""Likeness of the letters of two spellings of one long word: *sjukvårdauktorisation*, *sjukvårdsauktorisation*."""
LONGEST_ALIKE = 6
"""Letters that two spellings begin with alike: *heltidsanställd* and *deltidsanställd* differ at their beginning."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """Two names side by side."""

    shared: frozenset[str]
    mine: frozenset[str]
    """Words that the first name alone has."""
    theirs: frozenset[str]
    by_parts: bool
    """Whether some words are the same only as parts of compounds."""

    @property
    def common(self) -> float:
        """Share of the words of both names that are common."""
        whole = 2 * len(self.shared) + len(self.mine) + len(self.theirs)
        return 2 * len(self.shared) / whole if whole else 0.0


@cache
def direction_phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the phrases for a direction, the longest first."""
    rows = [(name_words(row["phrase"]), row["direction"]) for row in read_rows("directions")]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))


@cache
def small_words() -> frozenset[str]:
    """Return base forms of words that say nothing of what is measured."""
    return frozenset(row["word"] for row in read_rows("silent_words"))


@cache
def without_target(name: str) -> str:
    """Return a name without the target that stands at its end; as it is where it has none."""
    words = name_words(name)
    start = _start_of_target(words)
    return " ".join(words[:start]) if start else name


def _start_of_target(words: Sequence[str]) -> int | None:
    """Return where a target begins: at *ska*, where all that follows is a bound, a number and its unit."""
    opening = _target_words("opens")
    start = next((n for n in range(len(words) - 1, 0, -1) if words[n] in opening), None)
    if start is None or words[start - 1] in _target_words("before"):
        return None
    tail = words[start + 1 :]
    has_number = any(figures_in(word) for word in tail)
    return start if has_number and all(word in _inside() or figures_in(word) for word in tail) else None


@cache
def _target_words(place: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("target_words") if row["place"] == place)


@cache
def _inside() -> frozenset[str]:
    """Return the words that a target is made of beside its number."""
    phrases = [row["phrase"] for row in (*read_rows("comparators"), *read_rows("directions"))]
    phrases += [row["phrase"] for row in read_rows("units")]
    return _target_words("inside") | {word for phrase in phrases for word in name_words(phrase)}


@cache
def without_direction(name: str) -> str:
    """Return a name's key without the way its value should go, which stands before or after it.

    *Ökning av* something is a measure of its own.
    """
    words = name_words(name)
    for phrase, _ in direction_phrases():
        if len(phrase) < len(words) and words[: len(phrase)] == phrase:
            is_change = words[len(phrase)] in _target_words("of")
            return name_key(name if is_change else " ".join(words[len(phrase) :]))
        if len(phrase) < len(words) and words[len(words) - len(phrase) :] == phrase:
            return name_key(" ".join(words[: len(words) - len(phrase)]))
    return name_key(name)


@cache
def core_words(name: str) -> frozenset[str]:
    """Return the base forms of the words that say what a name measures; ways to go within it are among them."""
    words = frozenset(without_direction(_unbroken(without_target(name))).split())
    return words - small_words() or words


def _unbroken(name: str) -> str:
    """Return a name without hyphens between letters: narrow columns break words at them; `0-12` keeps its own."""
    marked = enumerate(name)
    return "".join(
        letter
        for n, letter in marked
        if letter != "-" or not (name[n - 1 : n].isalpha() and name[n + 1 : n + 2].isalpha())
    )


def compare_wordings(one: str, other: str) -> Wordings:
    """Return what two names share and what each alone says; words of one guard and code, and compounds, meet."""
    mine, theirs = core_words(one), core_words(other)
    shared = mine & theirs
    left, right = mine - shared, theirs - shared
    alike = {*_alike_in_code(left, other), *_alike_in_code(right, one)}
    left, right = left - alike, right - alike
    parted = {*_met_in_compounds(left, theirs), *_met_in_compounds(right, mine)}
    met = parted & (left | right)
    return Wordings(shared | (met & mine), left - met, right - met, bool(met))


def _alike_in_code(words: Collection[str], name: str) -> Iterator[str]:
    """Return the words that mean what the other name says in another word: *procent*, *andel*; *tio*, *10*."""
    codes = guard_codes(name)
    for word in words:
        mine = plain_codes(word)
        if mine and all(found <= codes.get(guard, frozenset()) for guard, found in mine.items()):
            yield word


def _met_in_compounds(words: Collection[str], others: Collection[str]) -> Iterator[str]:
    """Return the words that are made of others, and the others that they are made of."""
    for word in words:
        parts = parts_of(word, others) or spelt_alike(word, others)
        if parts:
            yield word
            yield from parts


def parts_of(word: str, others: Collection[str]) -> tuple[str, ...]:
    """Return the words that a word is made of, but for letters that join and inflect them; none where more is left."""
    found: list[str] = []
    place = left = 0
    while place < len(word):
        other, length = _longest_at(word[place:], others)
        if other:
            found.append(other)
            place, left = place + length - 1, -1  # parts may share a letter: *individu-uppföljning*
            continue
        place, left = place + 1, left + 1
        if left > MOST_LETTERS_LEFT:
            return ()
    return tuple(found)


def _longest_at(letters: str, others: Collection[str]) -> tuple[str | None, int]:
    """Return the word that begins here, but for its last letters, and how many letters it has in common."""
    best: tuple[str | None, int] = (None, 0)
    for other in sorted(others):
        length = common_beginning(letters, other)
        if length >= max(SHORTEST_PART, len(other) - MOST_LETTERS_LEFT) and length > best[1]:
            best = other, length
    return best


def spelt_alike(word: str, others: Collection[str]) -> tuple[str, ...]:
    """Return the others that are the word but for a letter or two within it."""
    return tuple(
        other
        for other in sorted(others)
        if common_beginning(word, other) >= LONGEST_ALIKE and fuzz.ratio(word, other) >= LIKE_LETTERS
    )


def common_beginning(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next(
        (n for n, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs),
        min(len(one), len(other)),
    )
