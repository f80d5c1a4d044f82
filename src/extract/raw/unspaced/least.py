"""What runs of words cost as a value at least: told by sums over the words, where reading each run takes long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from extract.raw.unspaced.costs import (
    CAPITAL_IN_REMARK,
    FIGURE_MORE,
    LOOSE_VALUE,
    NAMED_PART,
    REMARK,
    SMALL_VALUE,
    THOUSANDS,
    TWO_VALUES,
    UNENDED,
    WORD_IN_VALUE,
    WORDS_AS_VALUE,
    WORDS_KEPT,
    is_value_of_its_own,
)
from schema.lexicon.figures import goes_on_group
from schema.lexicon.signs import MINUSES
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.values import leading_number, unended_words
from schema.lexicon.years import year_in
from schema.vocabulary import read_rows

LONGEST_NUMBER = 14
"""Words of the longest number that may open a value, as many as a value has at most."""
LONGEST_NAME = 4
"""Words before the figure of a value that has a name."""


class LeastValues:
    """What runs of words cost as a value at least."""

    def __init__(self, words: Sequence[str]) -> None:
        texts = [take_marks(word)[0] for word in words]
        kinds = [_traits(text) for text in texts]
        pairs = zip(texts, [*texts[1:], ""], strict=False)
        self._opens = [_opens_as(kind, *pair) for kind, pair in zip(kinds, pairs, strict=True)]
        self._kinds = kinds
        self._texts = texts
        self._numbers_end: dict[int, int] = {}
        """For places where figures open a value, the words of the number that they are, if words follow it."""
        self._figures = _sums(kind.is_figure for kind in kinds)
        self._signs = _sums(kind.is_sign for kind in kinds)
        self._letters = _sums(kind.is_letters for kind in kinds)
        self._numbers = _sums(kind.is_number for kind in kinds)
        self._loose = _sums(kind.is_loose for kind in kinds)
        self._dashes = _sums(kind.is_dash for kind in kinds)
        self._odd = _sums(kind.is_dash or kind.is_sign or kind.is_year for kind in kinds)
        self._further = _sums(kind.is_further for kind in kinds)
        self._capitals = _sums(kind.is_capital for kind in kinds)
        parted = (b[:1].isalpha() and (a[-1:].isdecimal() or a[-1:] in "%)") for a, b in pairwise(["x", *texts]))
        self._parted = _sums(parted)

    def whole(self, start: int, end: int) -> float | None:
        """What words cost of which sums tell that no vocabulary knows them, a figure among them or none; else None."""
        opens = self._opens[start]
        if opens is None or self._odd[start] != self._odd[end]:
            return None
        if opens == "figures":
            return self._with_words(start, end)
        if self._kinds[end - 1].is_unended:
            return UNENDED
        figures = self._figures[end] - self._figures[start]
        if not figures:
            return WORDS_AS_VALUE + WORD_IN_VALUE * (end - start) + SMALL_VALUE * self._kinds[start].is_small
        if self._may_be_named(start, end):
            return None
        further = TWO_VALUES * (self._further[end] - self._further[start])
        return LOOSE_VALUE + WORD_IN_VALUE * (end - start) + FIGURE_MORE * (figures - 1) + further

    def _with_words(self, start: int, end: int) -> float | None:
        """What a number and the words after it cost; None where no word of letters is among these, or one alone."""
        rest = self._end_of_number(start)
        if end - rest < 2 or rest == start or self._letters[start] == self._letters[end]:
            return None
        if self._kinds[end - 1].is_unended:
            return UNENDED
        figures, capitals = (counts[end] - counts[rest] for counts in (self._figures, self._capitals))
        further = TWO_VALUES * (self._further[end] - self._further[rest])
        words = REMARK * (end - rest) + TWO_VALUES * figures + CAPITAL_IN_REMARK * capitals + further
        return (THOUSANDS if rest - start > 1 else 0.0) + words

    def _end_of_number(self, start: int) -> int:
        """Where the number ends that a value opens with, where words follow it; the place itself where none does."""
        if start not in self._numbers_end:
            number = leading_number(" ".join(self._texts[start : start + LONGEST_NUMBER]))
            self._numbers_end[start] = start + len(number.split())
        return self._numbers_end[start]

    def _may_be_named(self, start: int, end: int) -> bool:
        """Whether each figure may be the value of a name before it."""
        parts = 1 + self._parted[end] - self._parted[start + 1]
        is_near = self._figures[min(end, start + LONGEST_NAME + 1)] > self._figures[start]
        return is_near and not self._kinds[end - 1].is_letters and self._numbers[end] - self._numbers[start] <= parts

    def cost(self, start: int, end: int) -> float:
        """What the words from one place to another cost at least, as `value_cost` reads them."""
        opens, figures = self._opens[start], self._figures[end] - self._figures[start]
        has_signs = self._signs[end] != self._signs[start]
        if opens is None or (has_signs and figures):
            return 0.0
        dashes = self._dashes[end] - self._dashes[start]
        words = WORD_IN_VALUE * (end - start - dashes)
        if not figures:
            return min(UNENDED, WORDS_AS_VALUE + words + SMALL_VALUE * self._kinds[start].is_small)
        loose = LOOSE_VALUE + words + FIGURE_MORE * (figures - 1)
        if opens == "letters":
            if self._may_be_named(start, end):
                parts = 1 + self._parted[end] - self._parted[start + 1]
                return min(UNENDED, NAMED_PART * parts, loose)
            return min(UNENDED, loose + TWO_VALUES * (self._further[end] - self._further[start]))
        letters = self._letters[end] - self._letters[start]
        further = 0 if dashes else self._loose[end] - self._loose[start + 1]
        if letters < 2 and not further:
            return 0.0
        return min(UNENDED, REMARK * (letters + further) + TWO_VALUES * further, loose)


def _sums(traits: Iterable[bool]) -> list[int]:
    """How many words before each have a trait."""
    return list(accumulate(traits, initial=0))


class _Traits(NamedTuple):
    is_small: bool
    is_capital: bool
    is_figure: bool
    is_number: bool
    """It opens with a figure."""
    is_loose: bool
    """A number that goes on with none before it."""
    is_letters: bool
    is_sign: bool
    is_dash: bool
    is_year: bool
    is_further: bool
    """A value of its own."""
    is_unended: bool


@lru_cache(maxsize=WORDS_KEPT)
def _traits(word: str) -> _Traits:
    is_number = word[:1].isdecimal()
    return _Traits(
        is_small=word[:1].islower(),
        is_capital=word[:1].isupper(),
        is_figure=any(map(str.isdigit, word)),
        is_number=is_number,
        is_loose=is_number and not goes_on_group(word),
        is_letters=word.isalpha(),
        is_sign=not word or any(sign in word for sign in ":()"),
        is_dash=any(sign in word for sign in f"/{MINUSES}"),
        is_year=year_in(word) is not None,
        is_further=is_value_of_its_own(word),
        is_unended=word.casefold() in unended_words(),
    )


def _opens_as(kind: _Traits, word: str, following: str) -> str | None:
    """What a value opens with that opens with two words: letters, figures; None where they may be words for one."""
    if not kind.is_letters:
        return "figures" if kind.is_number else None
    whole, opened = _opening_words()
    word = word.casefold()
    return None if word in whole or following.casefold().startswith(opened.get(word, ())) else "letters"


@cache
def _opening_words() -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """The words that are values by themselves or open such, and by the first words of what has several the second."""
    lists = ("missing", "directions", "comparators", "preliminary", "months")
    phrases = [row["phrase"].casefold().split() for name in lists for row in read_rows(name)]
    firsts = {phrase[0] for phrase in phrases if len(phrase) > 1}
    seconds = {word: tuple(phrase[1] for phrase in phrases if phrase[0] == word and phrase[1:]) for word in firsts}
    return frozenset(phrase[0] for phrase in phrases if len(phrase) == 1), seconds
