"""What a name says that no other name of the same indicator may contradict: numbers, sex, law, measure and more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from normalize.name_keys import name_words
from schema.lexicon.figures import figures_in
from schema.lexicon.labels import without_parts
from schema.lexicon.years import is_year
from schema.vocabulary import read_map, read_rows

NUMBER = "number"
"""The guard whose codes are the name's own numbers."""

LONGEST_ENDING = 3
"""Letters that inflect a word: *andelen* is *andel*, *elevhälsa* is more than *elev*."""

Codes = Mapping[str, frozenset[str]]
"""Codes by guard."""


@cache
def guard_codes(name: str) -> Codes:
    """Return what a name says of each guard; years are no numbers, for they change with the report."""
    found: dict[str, set[str]] = defaultdict(set)
    words = name_words(without_parts(name))
    for guard, code in (*_phrases_in(words), *_numbers_in(words)):
        found[guard].add(code)
    return {guard: frozenset(codes) for guard, codes in found.items()}


@cache
def plain_codes(word: str) -> Codes:
    """Return what a word means that is one of the guards' own: *andelen* is *andel*, *deltid* more than *tid*."""
    found: dict[str, set[str]] = defaultdict(set)
    for guard, code in (*_whole_phrases().get(word, ()), *_numbers_in([word])):
        found[guard].add(code)
    for guard, code, phrase in _starred().rows:
        stem = phrase.rstrip("*")
        if word.startswith(stem) and len(word) - len(stem) <= LONGEST_ENDING:
            found[guard].add(code)
    return {guard: frozenset(codes) for guard, codes in found.items()}


def vetoes(one: Codes, other: Codes) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """Return each guard that forbids the names to be the same, with both names' codes."""
    nothing: frozenset[str] = frozenset()
    for guard, rule in _rules().items():
        if guard not in one and guard not in other:
            continue
        mine, theirs = one.get(guard, nothing), other.get(guard, nothing)
        if mine != theirs and _forbids(rule, mine, theirs):
            yield guard, mine, theirs


def one_sided(one: Codes, other: Codes) -> list[str]:
    """Return the guards of which one name alone says something."""
    return sorted(one.keys() ^ other.keys())


def _forbids(rule: str, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether two sets of codes that differ forbid the names to be the same."""
    if rule == "equal":
        return True
    if rule == "nested" and (mine <= theirs or theirs <= mine):
        return False
    return bool(mine and theirs) and (rule != "overlap" or not mine & theirs)


@cache
def _rules() -> dict[str, str]:
    return read_map("guard_rules", "guard", "rule")


def _phrases_in(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    phrases = _whole_phrases()
    for start, word in enumerate(words):
        for length in range(1, _longest_phrase() + 1):
            yield from phrases.get(" ".join(words[start : start + length]), ())
        yield from _compound_codes(word)


@cache
def _whole_phrases() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in read_rows("guards"):
        if "*" not in row["phrase"]:
            found[row["phrase"]].add((row["guard"], row["code"]))
    return {phrase: tuple(sorted(codes)) for phrase, codes in found.items()}


@cache
def _longest_phrase() -> int:
    return max(len(row["phrase"].split()) for row in read_rows("guards"))


@cache
def _compound_codes(word: str) -> tuple[tuple[str, str], ...]:
    """Return the codes of the phrases with a star that the word begins or ends with."""
    if not word.startswith(_starred().beginnings) and not word.endswith(_starred().ends):
        return ()
    return tuple((guard, code) for guard, code, phrase in _starred().rows if _fits(word, phrase))


@dataclass(frozen=True, slots=True)
class Starred:
    """The phrases with a star, and their letters: most words are seen at once to have none."""

    rows: tuple[tuple[str, str, str], ...]
    beginnings: tuple[str, ...]
    ends: tuple[str, ...]


@cache
def _starred() -> Starred:
    rows = tuple((row["guard"], row["code"], row["phrase"]) for row in read_rows("guards") if "*" in row["phrase"])
    ends = tuple(phrase[1:] for _, _, phrase in rows if phrase.startswith("*"))
    return Starred(rows, tuple(phrase[:-1] for _, _, phrase in rows if not phrase.startswith("*")), ends)


def _fits(word: str, phrase: str) -> bool:
    if phrase.startswith("*"):
        return word.endswith(phrase[1:])
    return word.startswith(phrase[:-1])


def _numbers_in(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        figures = [figure for figure in figures_in(word) if not is_year(figure)]
        figures += [value for value in [_numerals().get(word)] if value]
        yield from ((NUMBER, figure.replace(",", ".")) for figure in figures)


@cache
def _numerals() -> dict[str, str]:
    """Return the words that are numbers also without a sign beside them."""
    return {row["phrase"]: row["value"] for row in read_rows("numerals") if row["alone"] == "1"}
