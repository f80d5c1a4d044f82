"""Words of headers: each with its class and meaning, found in whatever form or compound it is printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from schema.lexicon.headers.tokens import tokenize
from schema.lexicon.wordbreaks import is_compound, is_word
from schema.vocabulary import read_rows

ENDINGS = (
    ("s", ""), ("en", ""), ("et", ""), ("n", ""), ("t", ""), ("er", ""), ("r", ""), ("ar", ""), ("a", ""), ("e", ""),
    ("ens", ""), ("ets", ""), ("ns", ""), ("erna", ""), ("arna", ""), ("na", ""), ("or", "a"), ("orna", "a"),
    ("at", "ad"), ("t", "d"), ("et", "en"), ("en", "e"), ("er", "e"),
)  # fmt: skip
"""Swedish endings and what they replace: budgeten, avvikelser, kostnaderna, källor, beräknat, bedömt, föreslaget."""
ANY_ENDING = tuple(ending for ending, _ in ENDINGS)
SHORTEST_STEM = 3
"""Letters of a word that takes endings or ends a compound; shorter ones are abbreviations."""
SHORTEST_PREFIX = 2
"""Letters of the first part of a compound; one letter is a slip of the pen."""
SHORT_LAST, LONG_FIRST = 3, 5
"""A last part of three letters (ram, mål) ends many a simple word (program): before it stands a long or known one."""
SHORTEST_CUT = 4
"""Letters of a word that is cut short; fewer begin too many others."""
CUT_SHORT = ("kind", "frame", "comparison", "measure", "stance")
"""Classes of words that headers cut short, the surest first: those that say what kind of figures stand below."""
ENDS_COMPOUND = frozenset(
    {"kind", "frame", "comparison", "value", "goal", "aim", "role", "measure", "part", "project", "none"}
)
"""Classes of nouns that end compounds; those of the others are abbreviations or stand alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word as the vocabulary has it."""

    word: str
    cls: str
    meaning: str
    first: tuple[Entry, ...] = ()
    """What the first parts of a compound are; words of no class are left out."""


@cache
def entries() -> dict[tuple[str, ...], Entry]:
    """Return the vocabulary by the tokens of its words and phrases."""
    rows = read_rows("header_words")
    return {fold_tokens(row["word"]): Entry(row["word"], row["class"], row["meaning"] or "") for row in rows}


def fold_tokens(text: str) -> tuple[str, ...]:
    """Return a text's tokens in lower case, without the points of abbreviations."""
    return tuple(token.folded for token in tokenize(text))


@cache
def _first_words() -> dict[str, int]:
    """Return the longest phrase that begins with a word."""
    longest: dict[str, int] = {}
    for tokens in entries():
        longest[tokens[0]] = max(longest.get(tokens[0], 0), len(tokens))
    return longest


@cache
def _longest_phrase(word: str) -> int:
    """Return how many tokens the longest phrase has that begins with a form of a word."""
    return next((_first_words()[stem] for stem in _stems(word) if stem in _first_words()), 0)


def find_phrase(folded: tuple[str, ...]) -> tuple[Entry, int] | None:
    """Return the longest phrase of several tokens that stands at the start, with its length."""
    for length in range(min(_longest_phrase(folded[0]), len(folded)), 1, -1):
        found = _inflected_phrase(folded[:length])
        if found is not None:
            return found, length
    return None


def _inflected_phrase(tokens: tuple[str, ...]) -> Entry | None:
    """Return the phrase whose words the tokens are, each in some form."""
    for first in _stems(tokens[0]):
        for last in (*_stems(tokens[-1]), tokens[-1].removesuffix("s")):
            found = entries().get((first, *tokens[1:-1], last))
            if found is not None:
                return found
    return None


@cache
def find_word(word: str) -> Entry | None:
    """Return what a word means: as it stands, in another form, or by the last part of a compound."""
    folded = word.casefold().rstrip(".")
    return plain_word(folded) or _compound(folded) or _cut_short(folded)


def _cut_short(word: str) -> Entry | None:
    """Return what a word means that is the beginning of others, where all of them mean one thing: *Redov*, *Prog*."""
    if len(word) < SHORTEST_CUT or is_word(word):
        return None
    whole = [entry for tokens, entry in entries().items() if len(tokens) == 1 and tokens[0].startswith(word)]
    says_kind = bool(whole) and all(entry.cls in CUT_SHORT for entry in whole)
    is_one = len({entry.meaning.split()[0] for entry in whole if entry.meaning}) == 1
    return min(whole, key=lambda entry: CUT_SHORT.index(entry.cls)) if says_kind and is_one else None


@cache
def plain_word(folded: str) -> Entry | None:
    """Return the vocabulary's word that this one is a form of, compounds left out."""
    return next((found for stem in _stems(folded) if (found := entries().get((stem,)))), None)


def is_header_word(word: str) -> bool:
    """Whether the vocabulary holds a word in some form; by these, broken headers are made whole."""
    return plain_word(word.casefold().rstrip(".")) is not None


@cache
def _stems(word: str) -> tuple[str, ...]:
    """Return the words that this may be a form of, itself first."""
    stems = [word]
    for ending, instead in ENDINGS if word.endswith(ANY_ENDING) else ():
        if not word.endswith(ending):
            continue
        stem = word[: len(word) - len(ending)] + instead
        if len(stem) >= SHORTEST_STEM:
            stems.append(stem)
    return tuple(stems)


def forms_of(stem: str) -> tuple[str, ...]:
    """Return the words that `_stems` takes for forms of this one, itself first."""
    inner = ((ending, stem[: len(stem) - len(instead)]) for ending, instead in ENDINGS if stem.endswith(instead))
    return (stem, *(base + ending for ending, base in inner))


def _compound(word: str) -> Entry | None:
    """Return the meaning of a compound: that of its last part, with what the parts before it are."""
    for cut in range(SHORTEST_PREFIX, len(word) - SHORTEST_STEM + 1):
        last = plain_word(word[cut:])
        if last is None or last.cls not in ENDS_COMPOUND or len(last.word) < SHORTEST_STEM:
            continue
        first = _first_part(word[:cut])
        if first or (first is not None and (len(last.word) > SHORT_LAST or cut >= LONG_FIRST)):
            return Entry(word, last.cls, last.meaning, first)
    return None


def _first_part(part: str) -> tuple[Entry, ...] | None:
    """Return what the first part of a compound is, with or without a linking s; None where it is no word."""
    for stem in (part, part.removesuffix("s"), part.rstrip("-")):
        if stem and (found := find_word(stem)) is not None:
            return (*found.first, replace(found, first=()))
    stem = part.removesuffix("s")
    if len(stem) >= SHORTEST_STEM and (is_word(part) or is_word(stem) or is_compound(part) or is_compound(stem)):
        return ()
    return None


def begins_header_word(fragment: str) -> bool:
    """Whether some word of the vocabulary begins like this, as a word broken over two lines does."""
    return fragment.casefold() in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    firsts = {tokens[0] for tokens in entries()}
    return frozenset(first[:size] for first in firsts for size in range(SHORTEST_STEM, len(first) + 1))
