"""What a title says, so that a printed label and a national title meet: its words, its measure, its guards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from namndata.identity.proposals import silent_words
from normalize.guards import Codes, guard_codes
from normalize.name_keys import name_key
from normalize.units import label_unit
from schema.lexicon.units import PERCENT
from schema.vocabulary import read_map, read_rows

STEM = 6
"""Letters by which titles are looked up: enough to part most words, few enough to pass over their endings."""
SHORTEST_STEM = 3
BEGINNING = 3
"""Letters that both spellings of a word begin with, so that few words need be compared."""
COUNT, SHARE = "count", "share"
PARTING = "/()–-,.:;"


@dataclass(frozen=True)
class Title:
    """A title or a printed label as they are compared."""

    text: str
    words: tuple[str, ...]
    """Base forms in their order, without those for a share or a count."""

    @cached_property
    def codes(self) -> Codes:
        """What it says that another must not contradict."""
        return guard_codes(self.text)

    @cached_property
    def measures(self) -> frozenset[str]:
        """What it is a measure of, by its words and signs."""
        measures = self.codes.get("measure", frozenset())
        return (measures - {COUNT}) | {SHARE} if PERCENT in self.text else measures

    @cached_property
    def unit_kind(self) -> str | None:
        """The kind of the unit that it states."""
        return kind_of_unit(label_unit(self.text))

    @cached_property
    def also(self) -> tuple[str, ...]:
        """What titles say for some of its words."""
        return tuple(other for word in self.words for other in other_words().get(word, ()))

    @cached_property
    def by_beginning(self) -> dict[str, list[str]]:
        """Its words by the letters that all spellings of one begin with."""
        return by_beginning(self.words)

    @cached_property
    def said_by_beginning(self) -> dict[str, list[str]]:
        """The same, with what titles say for some."""
        return by_beginning((*self.words, *self.also))

    @cached_property
    def letters(self) -> str:
        """Its words in the order of the alphabet, so that two titles are compared whatever theirs is."""
        return " ".join(sorted(self.words))


def by_beginning(words: Iterable[str]) -> dict[str, list[str]]:
    """Return words by the letters that all spellings of one begin with."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(beginning_of(word), []).append(word)
    return found


def beginning_of(word: str) -> str:
    """Return the letters that both spellings of a word begin with."""
    return word[:BEGINNING]


@cache
def read_title(text: str) -> Title:
    """Return what a title or label says."""
    words = (word for word in _words_of(text) if word not in silent_words() and not _is_measure(word))
    return Title(text, tuple(words))


def kind_of_unit(unit: str | None) -> str | None:
    """Return whether a unit is one of shares, time or measures; None for one that is not known."""
    return read_map("units", "unit", "kind").get(unit.casefold()) if unit else None


def _words_of(text: str) -> Iterator[str]:
    """Return the base forms of the words; what strokes and dashes join to numbers is parted."""
    for word in name_key(text.replace("/", " / ")).split():
        yield from word.replace("-", " ").replace("–", " ").split() if any(map(str.isdigit, word)) else (word,)


@cache
def _is_measure(word: str) -> bool:
    """Tell whether a word is nothing but one for a share or a count; compounds with it say more."""
    return word in _measure_words()


@cache
def _measure_words() -> frozenset[str]:
    rows = (row for row in read_rows("guards") if row["guard"] == "measure" and row["code"] in (SHARE, COUNT))
    return frozenset(name_key(row["phrase"].strip("*")) for row in rows)


def stems_of(text: str) -> frozenset[str]:
    """Return the beginnings of a text's words, by which titles are looked up without their base forms."""
    return frozenset(*stems_of_each([" ".join(text.split())]))


def stems_of_each(lines: Sequence[str]) -> Iterator[set[str]]:
    """Return the beginnings of each line's words; all lines are parted at once, which takes a third of the time."""
    parted = "\n".join(lines).casefold()
    for sign in PARTING:  # a fifth of the time that str.translate takes over text with å, ä and ö
        parted = parted.replace(sign, " ")
    for line in parted.split("\n"):
        yield {word[:STEM] for word in line.split() if len(word) >= SHORTEST_STEM or word.isdigit()}


def stem_of(word: str) -> str:
    """Return the beginning of one word."""
    return word[:STEM]


@cache
def other_words() -> dict[str, tuple[str, ...]]:
    """Return what titles say for a word that reports print."""
    return {word: tuple(title.split()) for word, title in read_map("kolada_words", "printed", "title").items()}
