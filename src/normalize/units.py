"""Units: what a number counts or measures, and what an amount is in SEK."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from normalize.labels import clean_label
from schema.vocabulary import read_map, read_rows

PERCENT = "%"
_WORD = r"[^\W\d_][\w/-]*"
_COUNT = re.compile(rf"^(?:öka[d]?\s+|minska[d]?\s+|totalt\s+)?antal(?:et)?\s+((?:{_WORD}\s+)*{_WORD})", re.I)
_PERCENT_IN_LABEL = re.compile(r"(?<![\d\s])\s*%|(?<=[^\d\s])\s+%")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_MEASURED_IN = re.compile(rf"\b(?:i|antal|antalet)\s+(?=({_WORD}))", re.I)
_LAST_WORD = re.compile(rf",\s*({_WORD})\s*$")
_RATIO = re.compile(r"\b(?:per|i snitt|i genomsnitt|medel\w*)\b", re.I)
_SMALL_WORDS = frozenset(
    [
        "ej",
        "inte",
        "icke",
        "av",
        "på",
        "i",
        "med",
        "som",
        "där",
        "för",
        "hos",
        "under",
        "utan",
        "från",
        "till",
        "inom",
        "per",
        "ny",
        "nytt",
    ]
)
_CONJUNCTIONS = frozenset({"och", "eller", "samt"})


@cache
def _units() -> dict[str, str]:
    return read_map("units", "phrase", "unit")


@cache
def _measures() -> frozenset[str]:
    return frozenset(row["phrase"].casefold() for row in read_rows("units") if row["kind"] == "measure")


@cache
def _factors() -> dict[str, Decimal]:
    rows = read_rows("units")
    return {row["unit"]: Decimal(row["factor"]) for row in rows if row["factor"]}


@cache
def _money_pattern() -> re.Pattern[str]:
    phrases = [row["phrase"] for row in read_rows("units") if row["factor"]]
    longest_first = sorted(phrases, key=len, reverse=True)
    joined = "|".join(re.escape(phrase) for phrase in longest_first)
    return re.compile(rf"(?<![\w/])(?:{joined})(?![\w/])", re.IGNORECASE)


def canonical_unit(printed: str) -> str | None:
    """Return a known unit's name in the records, or None for a word that is no unit."""
    return _units().get(printed.casefold().strip())


def money_unit(text: str | None) -> str | None:
    """Return `tkr`, `mnkr`, `mdkr` or `kr` where the text prints a unit of money."""
    found = _money_pattern().search(text or "")
    return canonical_unit(found[0]) if found else None


def amount_sek(value: Decimal, unit: str | None) -> int | float | None:
    """Return an amount in SEK, a whole number wherever it is one; None where the unit is not money."""
    factor = _factors().get(unit or "")
    if factor is None:
        return None
    amount = value * factor
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def label_unit(label: str, parent: str | None = None) -> str | None:
    """Return the unit that a row's label states, or its parent's: `(%)`, `i dagar`, the noun after `Antal`."""
    return _stated(clean_label(label)) or (_stated(clean_label(parent)) if parent else None)


def _stated(label: str) -> str | None:
    if _PERCENT_IN_LABEL.search(label):
        return PERCENT
    return _bracketed_unit(label) or _measured_unit(label) or _counted_unit(label)


def _bracketed_unit(label: str) -> str | None:
    """`(åa)`, `(kr/inv)`, `(kr/inv 0-20)`: a unit that opens a bracket."""
    for inside in _BRACKETED.findall(label):
        words = inside.split()
        unit = canonical_unit(inside) or (canonical_unit(words[0]) if words and not inside[-1].isalpha() else None)
        if unit:
            return unit
    last = _LAST_WORD.search(label)
    return canonical_unit(last[1]) if last else None


def _measured_unit(label: str) -> str | None:
    """`Utredningstid i dagar`, `antal dagar`: a unit of measure."""
    words = (word.casefold() for word in _MEASURED_IN.findall(label))
    return next((_units()[word] for word in words if word in _measures()), None)


def _counted_unit(label: str) -> str | None:
    """`Antal projekt med …`: the noun counted; an average per something has none."""
    found = _COUNT.match(label)
    if found is None or _RATIO.search(label):
        return None
    return count_noun(found[1].split())


def count_noun(words: list[str]) -> str | None:
    """Return the first indefinite plural noun of a phrase, or None where adjectives or a pair stand instead.

    Without a tagger the ending decides: attributive adjectives and participles end in -a or -e
    (`utförda`, `pågående`), plural nouns do not, save those in -are (`medarbetare`).
    """
    for position, word in enumerate(words):
        folded = word.casefold()
        if folded in _CONJUNCTIONS:
            return None
        if folded in _SMALL_WORDS and folded not in {"ej", "inte", "icke"}:
            return None
        if folded in {"ej", "inte", "icke"} or _is_adjective(folded):
            continue
        follower = words[position + 1].casefold() if position + 1 < len(words) else ""
        return None if follower in _CONJUNCTIONS else word
    return None


def _is_adjective(word: str) -> bool:
    return word.endswith(("a", "e")) and not word.endswith("are")
