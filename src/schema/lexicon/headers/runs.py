"""Headers printed one after the other in running text: where a column's head stands among the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from schema.lexicon.headers.grammar import SURE, best_reading
from schema.lexicon.headers.items import Item, items_of, mend
from schema.lexicon.headers.roles import column_role
from schema.lexicon.headers.tokens import KEPT
from schema.lexicon.headers.words import SHORTEST_CUT, begins_header_word, entries, find_word, forms_of
from schema.lexicon.periods import names_period

HEADS = frozenset({"kind", "frame", "comparison", "goal", "aim", "role", "bare_role", "project", "value", "measure"})
"""Classes of nouns that may head a column."""
ENDS_HEAD = HEADS | {"stance"}
"""Classes of words that a column's head ends with."""
AROUND_HEAD = frozenset({"basis", "stance", "previous", "time", "sum", "filler"})
BEFORE_HEAD = AROUND_HEAD | {"owner"}
"""Classes of words that stand before the noun: *Reviderad budget*, *Ack utfall*, *Nämndens mål*."""
AFTER_HEAD = AROUND_HEAD | {"before", "against", "unit", "joiner", "part", "measure"}
"""Classes of words that go on with a header."""
COMPLEMENTED = frozenset({"before", "against"})
"""Classes of words that a complement follows."""
OPENING = 3
"""Letters by which a line that opens no header is passed over."""
SHORTEST_END = 3
"""Letters that a longer word may end with; fewer are a word by themselves."""
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Head:
    """A run of words that heads a column."""

    size: int
    """How many printed words it takes."""
    role: str
    kind: str | None = None
    is_measure: bool = False
    """Income, cost or net alone: a column, or a side of the column before."""


def head_at(words: Sequence[str]) -> Head | None:
    """Return the longest run of words from the first that heads one column, None where none does."""
    for size in range(len(words), 0, -1):
        found = None if words[size - 1].isdecimal() else _head(tuple(words[:size]))
        if found is not None:
            return found
    return None


@lru_cache(maxsize=KEPT)
def _head(words: tuple[str, ...]) -> Head | None:
    if not _may_end_head(words):
        return None
    if len(words) > 1 and (_are_columns(words) or not _opens_whole(words)):
        return None
    items = tuple(item for item in _items(words) if item.cls not in ("stop", "mark"))
    nouns = [item for item in items if item.cls in HEADS]
    is_head = len(nouns) == 1 or (not nouns and [item.cls for item in items] == ["stance"])
    if not is_head or items[-1].cls not in ENDS_HEAD:
        return None
    return _of(words, items) if all(item.cls in HEADS | BEFORE_HEAD for item in items) else None


def _may_end_head(words: tuple[str, ...]) -> bool:
    """Whether a run's last letters are those of a noun that heads columns: others need not be made whole and read.

    However its words are joined or parted, the last of them ends with such a noun, or is the beginning of one.
    """
    pieces = _LETTERS.findall(" ".join(words).casefold())
    letters = "".join(pieces)
    ends, most = _ends_of_heads()
    is_long = any(letters[-size:] in ends for size in range(SHORTEST_END, min(len(letters), most) + 1))
    return is_long or any("".join(pieces[-count:]) in ends for count in range(1, SHORTEST_END))


@cache
def _ends_of_heads() -> tuple[frozenset[str], int]:
    """Return the letters of the nouns that head columns, in each form and cut short, and how many the longest has."""
    nouns = [tokens[-1] for tokens, entry in entries().items() if entry.cls in ENDS_HEAD]
    forms = {form for noun in nouns for form in (*forms_of(noun), f"{noun}s")}
    cut = {noun[:size] for noun in nouns for size in range(SHORTEST_CUT, len(noun))}
    ends = frozenset("".join(_LETTERS.findall(form)) for form in forms | cut)
    return ends, max(map(len, ends), default=0)


def _items(words: tuple[str, ...]) -> tuple[Item, ...]:
    """Return a run's items; words that go on in lower case may be one that was broken, but for *av*, *nämndens*."""
    if len(words) > 1 and all(word[0].islower() for word in words[1:]) and not any(map(_is_whole, words)):
        joined = "".join(word.rstrip("-") for word in words)
        if joined.isalpha() and find_word(joined) is not None:
            return items_of(joined)
    return items_of(" ".join(words))


def _of(words: tuple[str, ...], items: tuple[Item, ...]) -> Head:
    reading = best_reading(" ".join(item.text for item in items))
    is_aim = items[-1].cls == "aim" and reading.score < SURE
    role = "goal_or_target" if is_aim else reading.role
    kind = reading.kind or ("outcome" if reading.is_value else None)
    return Head(len(words), role, None if is_aim else kind, is_measure=items[-1].cls == "measure")


def _are_columns(words: tuple[str, ...]) -> bool:
    """`Budget Avvikelse` names two columns, `Mål värde` is one broken word."""
    return all(word[0].isupper() for word in words) and all(_head((word,)) is not None for word in words)


def _opens_whole(words: tuple[str, ...]) -> bool:
    """A run opens with a capital where its first word stands before a noun: in lower case it ends the header before."""
    first = items_of(words[0])
    return words[0][0].isupper() or not first or first[0].cls not in BEFORE_HEAD


@cache
def goes_on_header(word: str) -> bool:
    """Whether a word goes on with a header: *reviderad*, *föregående*, *tkr*."""
    items = items_of(word.strip(",.;:()"))
    return len(items) == 1 and items[0].cls in AFTER_HEAD


@cache
def takes_complement(word: str) -> bool:
    """Whether a word stands before what a header's noun is of or compared with: *av*, *mot*; no header ends with it."""
    items = items_of(word.strip(",.;:()"))
    return len(items) == 1 and items[0].cls in COMPLEMENTED


@cache
def _is_whole(word: str) -> bool:
    """Whether a word is no broken one: it takes a complement, or says whose the next is."""
    return takes_complement(word) or [item.cls for item in items_of(word)] == ["owner"]


@lru_cache(maxsize=KEPT)
def is_side(word: str) -> bool:
    """Whether a word is a side of an account: *utgifter*, *netto*."""
    items = items_of(word) if any(map(str.isalpha, word)) else ()
    return len(items) == 1 and items[0].cls == "measure"


def may_open_header(word: str) -> bool:
    """Whether a line that begins with this word may open a header."""
    return word.casefold()[:OPENING] in _openings()


@cache
def _openings() -> frozenset[str]:
    return frozenset(tokens[0][:OPENING] for tokens, entry in entries().items() if entry.cls in HEADS | BEFORE_HEAD)


__all__ = [
    "Head",
    "begins_header_word",
    "goes_on_header",
    "head_at",
    "is_side",
    "may_open_header",
    "mend",
    "takes_complement",
]


def is_period_word(text: str) -> bool:
    """Whether a header's word is a period."""
    return names_period(text) or is_school_year(text)


def is_school_year(text: str) -> bool:
    """Whether a word is a school year without its century: `26/27`."""
    return "/" in text and column_role(text) == ("value", "period")
