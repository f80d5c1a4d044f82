"""A header's tokens → its items: words of the vocabulary, times, units, parts, signs and what is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from schema.lexicon.headers.times import MONTHS_OF_YEAR, Time, read_time
from schema.lexicon.headers.tokens import KEPT, Token, tokenize
from schema.lexicon.headers.words import Entry, entries, find_phrase, find_word, fold_tokens, is_header_word, plain_word
from schema.lexicon.units import canonical_unit, money_units, rated_units
from schema.lexicon.wordbreaks import is_word, rejoin_header
from schema.vocabulary import read_rows

SIGNS = {"-": "minus", "/": "or", "&": "and", "(": "open", "[": "open", ")": "close", "]": "close"}
ASKS_FOR_YEAR = frozenset({"kind", "frame", "comparison", "aim", "value", "stance", "measure", "time", "basis"})
"""Classes of words after which a lone figure of two is a year."""
WHOLE_YEAR = (1, MONTHS_OF_YEAR)
"""The months that *t.o.m. 2023* goes on to the end of."""
OWNERS = frozenset({"role", "bare_role", "project", "goal", "aim", "part"})
"""Classes of nouns that in the genitive say whose: *verksamhetens mål*, *nämndens budget*."""
RANGES = frozenset({"-", "+"})
"""Signs that may follow an age, as the words of `age_words.csv` may."""
SHORTEST_GLUED = 4
"""Letters of words that are told apart where they are glued; shorter ones stand inside many others."""
SHORTEST_LOOSE = 3
"""Letters of words that end no compound and may be glued to one: *ack*."""
LOOSE = frozenset(("time", "previous", "against", "before"))
"""Classes of words that end no compound."""
LONGEST_UNIT = 3
"""Tokens of the longest unit: kr per invånare."""


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a header that means one thing."""

    cls: str
    """A class of `header_words.csv`, or `owner`, `when`, `unit`, `open`, `close`, `number`, `mark`,
    `stop`, `unknown`."""
    meaning: str
    text: str
    """As printed."""
    first: tuple[Entry, ...] = ()
    """What the first parts of a compound are."""
    time: Time = Time()


@lru_cache(maxsize=KEPT)
def items_of(text: str) -> tuple[Item, ...]:
    """Return the items of a header, its broken words made whole."""
    whole = mend(text)
    tokens = tokenize(whole)
    items: list[Item] = []
    place = 0
    while place < len(tokens):
        item, size = _next(tokens, place, items)
        start, end = tokens[place].start, tokens[place + size - 1].end
        items.append(Item(item.cls, item.meaning, whole[start:end], item.first, item.time))
        place += size
    return tuple(items)


@lru_cache(maxsize=KEPT)
def mend(text: str) -> str:
    """Return a header with words whole that a narrow column broke: `Målvä rde`, `Netto- kostnad`, `Kost-nader`."""
    joined = rejoin_header(_with_points(text.replace("\u00ad", "")), known=is_header_word)
    return " ".join(_parted(_without_break(word)) for word in joined.split())


def _with_points(text: str) -> str:
    """Return a header with points in abbreviations of single letters, which are no fragments: `t o m`, `f å`."""
    words = text.split()
    single = [place for place, word in enumerate(words) if len(word) == 1]
    for place in range(len(words)) if len(single) > 1 else ():
        for letters in _spelled_out():
            if tuple(word.casefold() for word in words[place : place + len(letters)]) == letters:
                words[place : place + len(letters)] = [".".join(letters)]
    return " ".join(words)


@cache
def _spelled_out() -> tuple[tuple[str, ...], ...]:
    """Return the vocabulary's phrases of single letters."""
    return tuple(words for words in entries() if len(words) > 1 and all(len(word) == 1 for word in words))


def _parted(word: str) -> str:
    """Part two header words that lost the space between them, where together they are no word: `Målvärdehelår`."""
    if not word.isalpha() or find_word(word) is not None or is_word(word):
        return word
    cuts = (cut for cut in range(SHORTEST_GLUED, len(word) - SHORTEST_LOOSE + 1) if is_header_word(word[:cut]))
    return next((f"{word[:cut]} {word[cut:]}" for cut in cuts if _ends_no_compound(word[cut:])), word)


def _ends_no_compound(word: str) -> bool:
    """Whether a word stands beside a noun, where others would make a compound with it: *helår*, *föregående*."""
    entry = plain_word(word.casefold())
    return entry is not None and entry.cls in LOOSE


def _without_break(word: str) -> str:
    """Join a word over a hyphen inside it, where only both halves together are a word."""
    left, hyphen, right = word.partition("-")
    if not hyphen or not left.isalpha() or not right.isalpha() or not right.islower():
        return word
    halves = is_header_word(left) and is_header_word(right)
    return left + right if find_word(left + right) is not None and not halves else word


def _next(tokens: Sequence[Token], place: int, done: Sequence[Item]) -> tuple[Item, int]:
    """Return the item that begins at a token and how many tokens it takes."""
    rest = tokens[place : place + 12]
    folded = tuple(token.folded for token in rest)
    return (
        _numbered_part(folded)
        or _age(folded)
        or _time(rest, done)
        or _phrase(folded)
        or _unit(rest[0], folded)
        or _part(folded)
        or _sign_or_number(rest, done)
        or _word(rest[0])
    )


def _time(rest: Sequence[Token], done: Sequence[Item]) -> tuple[Item, int] | None:
    asks = next((item.cls in ASKS_FOR_YEAR for item in reversed(done) if item.cls not in ("filler", "minus")), False)
    found = read_time(rest, after_kind=asks)
    if found is None or (found[0].is_short and _goes_on(rest[found[1] :])):
        return None
    time = found[0]
    if _goes_through(done) and (time.years or time.months):
        time = replace(time, months=(1, time.months[1]) if time.months else WHOLE_YEAR)
    return Item("when", "", "", time=time), found[1]


def _goes_through(done: Sequence[Item]) -> bool:
    """Whether the words before say that all of the year to come is meant: *t.o.m. 2023*."""
    return bool(done) and (done[-1].cls, done[-1].meaning) == ("time", "through")


def _goes_on(rest: Sequence[Token]) -> bool:
    """Whether a figure that looks like a year counts what follows it, or is a mark."""
    if not rest:
        return False
    return rest[0].text in "%)" or _unit(rest[0], tuple(token.folded for token in rest)) is not None


def _phrase(folded: tuple[str, ...]) -> tuple[Item, int] | None:
    found = find_phrase(folded)
    if found is None:
        return None
    entry, size = found
    return Item(entry.cls, entry.meaning, ""), size


def _word(token: Token) -> tuple[Item, int]:
    """Return a word of the vocabulary in any form or compound, or an unknown one."""
    entry = find_word(token.text) if token.is_word else None
    if entry is None or entry.cls == "none":
        return Item("unknown" if token.is_word else "stop", "", ""), 1
    if entry.cls in OWNERS and token.folded.endswith("s") and not entry.word.endswith("s"):
        return Item("owner", "", "", entry.first), 1
    return Item(entry.cls, entry.meaning, "", entry.first), 1


def _numbered_part(folded: tuple[str, ...]) -> tuple[Item, int] | None:
    """`åk 6`, `årskurs 7-9`, `åk F-6`."""
    entry = find_word(folded[0]) if folded[0].isalpha() else None
    if entry is None or (entry.cls, entry.meaning) != ("part", "numbered") or len(folded) < 2:
        return None
    if not (folded[1].isdecimal() or folded[1] == "f"):
        return None
    spans = len(folded) > 3 and folded[2] in ("-", "till") and folded[3].isdecimal()
    return Item("part", "numbered", ""), 4 if spans else 2


def _age(folded: tuple[str, ...]) -> tuple[Item, int] | None:
    """`0-12 år`, `65 år och äldre`, `80+`."""
    size = 0
    if folded[0].isdecimal() and len(folded[0]) < 3:
        size = 3 if len(folded) > 2 and folded[1] in ("-", "till") and folded[2].isdecimal() else 1
    if not size:
        return None
    after = folded[size : size + 1]
    if after == ("+",):
        return Item("part", "age", ""), size + 1
    if after == ("-",) and folded[size + 1 : size + 2] == ("år",):
        return Item("part", "age", ""), size + 2
    if after != ("år",):
        return None
    end = size + 1
    while end < len(folded) and (folded[end] in RANGES or folded[end] in _age_words()):
        end += 1
    return Item("part", "age", ""), end


@cache
def _units() -> dict[tuple[str, ...], str]:
    rows = (*read_rows("units"), *read_rows("money_units"))
    return {fold_tokens(row["phrase"]): row["unit"] for row in rows}


@cache
def _unit_openings() -> frozenset[str]:
    return frozenset(tokens[0] for tokens in _units())


def _unit(first: Token, folded: tuple[str, ...]) -> tuple[Item, int] | None:
    """A unit, but for words of headers and for a lone capital, which names a column: *Årsprognos (P)*."""
    for size in range(min(LONGEST_UNIT, len(folded)) if folded[0] in _unit_openings() else 0, 0, -1):
        unit = _units().get(folded[:size])
        is_word = size == 1 and (_is_header_word(folded[0]) or (len(first.text) == 1 and first.text.isupper()))
        if unit is not None and not is_word and folded[:size] not in _parts():
            if folded[0] in rated_units() and _is_of_each(folded[size : size + 2]):
                return Item("unit", f"{unit}/{folded[size + 1]}", ""), size + 2
            return Item("unit", unit, ""), size
    return None


def _is_of_each(after: tuple[str, ...]) -> bool:
    """Whether a stroke and the thing that it is for each of follow a unit: *kr/tömning*, *kg/person*."""
    is_thing = len(after) > 1 and after[0] == "/" and after[1].isalpha() and len(after[1]) > 1
    return is_thing and canonical_unit(after[1]) not in money_units() and not _is_header_word(after[1])


def _is_header_word(word: str) -> bool:
    return word.isalpha() and find_word(word) is not None


@cache
def _parts() -> dict[tuple[str, ...], str]:
    """Return the words for parts of the whole: sexes, groups, laws, schools, and the municipalities."""
    names = [row["name"] for row in read_rows("municipalities")]
    found = {fold_tokens(name): "place" for each in names for name in {each, each.removeprefix("Region ")}}
    found |= {fold_tokens(row["phrase"]): row["dimension"] for row in read_rows("breakdowns")}
    return found | {fold_tokens(row["phrase"]): "sex" for row in read_rows("sexes") if row["code"] != "T"}


@cache
def _part_openings() -> frozenset[str]:
    return frozenset(tokens[0] for tokens in _parts())


def _part(folded: tuple[str, ...]) -> tuple[Item, int] | None:
    if _part_openings().isdisjoint((folded[0], folded[0].removesuffix("s"))):
        return None
    for size in range(min(LONGEST_UNIT, len(folded)), 0, -1):
        for tokens in (folded[:size], (*folded[: size - 1], folded[size - 1].removesuffix("s"))):
            dimension = _parts().get(tokens)
            if dimension is not None and dimension != "total" and not (size == 1 and _is_header_word(folded[0])):
                return Item("part", dimension, ""), size
    return None


def _sign_or_number(rest: Sequence[Token], done: Sequence[Item]) -> tuple[Item, int] | None:
    """Return a sign or a number that is no year; `2)` without an open bracket is a footnote's mark."""
    token = rest[0]
    if token.folded in SIGNS:
        cls = SIGNS[token.folded]
        return (Item(cls, "", ""), 1) if cls in ("open", "close") else (Item("joiner", cls, ""), 1)
    if not token.is_number:
        return None
    is_open = sum((item.cls == "open") - (item.cls == "close") for item in done) > 0
    if len(rest) > 1 and rest[1].text == ")" and not is_open:
        return Item("mark", "", ""), 2
    return Item("number", "", ""), 1


@cache
def _age_words() -> frozenset[str]:
    return frozenset(row["phrase"] for row in read_rows("age_words") if row["role"] in ("joiner", "older"))
