"""What a row's number counts or measures by its label, and what an amount is in SEK."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from schema.lexicon.periods import names_months
from schema.lexicon.text import clean_label
from schema.lexicon.units import PERCENT, canonical_unit, known_units, rated_units, ratio_unit, states_percent
from schema.lexicon.words import words
from schema.vocabulary import read_rows

LABELS_KEPT = 4096
"""Labels whose unit is remembered: many reports' worth, since a label stands over each cell of its row."""
SHORT_UNIT = 4
"""The same after a comma, where hardly anything but a unit stands."""
LONG_UNIT = 5
"""Letters that a unit must have to be told at the end of a compound, as in `hemtjänsttimmar`."""
_WORD = r"[^\W\d_][\w/-]*"
_BRACKETED = re.compile(r"\(([^()]*)\)")


@cache
def _role(role: str) -> frozenset[str]:
    return frozenset(row["phrase"] for row in read_rows("counting_words") if row["role"] == role)


def _any_of(role: str) -> str:
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in sorted(_role(role)))


@cache
def _count() -> re.Pattern[str]:
    before = rf"(?:(?:{_any_of('whole')})\s+)?(?:{_any_of('count')})\s+"
    return re.compile(rf"{before}((?:{_WORD}\s+)*{_WORD})", re.IGNORECASE)


@cache
def _measured_in() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of('in')})\s+(?=({_WORD}))", re.IGNORECASE)


@cache
def _after_comma() -> re.Pattern[str]:
    return re.compile(rf",\s*(?:(?:{_any_of('average')})\s+)?({_WORD})(?=\s+(?:{_any_of('mean')})|\s*$)", re.IGNORECASE)


@cache
def _of_kind(*kinds: str) -> frozenset[str]:
    return frozenset(row["phrase"].casefold() for row in read_rows("units") if row["kind"] in kinds)


@cache
def _money() -> frozenset[str]:
    return frozenset(row["phrase"] for row in read_rows("money_units"))


@cache
def words_of_time() -> frozenset[str]:
    """Return words for a time that may stand where units do: *år*."""
    return frozenset(row["phrase"] for row in read_rows("period_words") if row["role"] == "time")


@cache
def _factors() -> dict[str, Decimal]:
    return {row["unit"]: Decimal(10) ** int(row["power"]) for row in read_rows("money_units")}


def amount_sek(value: Decimal, unit: str | None) -> int | float | None:
    """Return an amount in SEK, a whole number wherever it is one; None where the unit is not money."""
    factor = _factors().get(unit or "")
    if factor is None:
        return None
    amount = value * factor
    return int(amount) if amount == amount.to_integral_value() else float(amount)


@lru_cache(maxsize=LABELS_KEPT)
def label_unit(label: str, parent: str | None = None) -> str | None:
    """Return the unit that a row's label states, or its parent's: `(%)`, `i dagar`, the noun after `Antal`."""
    return _stated(clean_label(label)) or (_stated(clean_label(parent)) if parent else None)


@lru_cache(maxsize=LABELS_KEPT)
def title_unit(title: str) -> str | None:
    """Return the measure that a table's title states: *Handläggningstid, medelvärde i dagar*, *Väntetid (dagar)*."""
    if _measures_share(title):
        return PERCENT
    last = title.rstrip(" :.").split()[-2:]
    word = last[-1].strip("()").casefold() if last else ""
    if word not in rated_units() - _money():
        return None
    is_said = word not in words_of_time() and (_measured_in().match(" ".join(last)) or last[0].endswith(","))
    return canonical_unit(word) if is_said or last[-1].startswith("(") else None


def _measures_share(text: str) -> bool:
    """Whether a text names per cent as what it measures in: *Sjukfrånvaro, procent av ordinarie arbetstid*."""
    return any(_is_measure(text[: hit.start]) for hit in words("units", unit=PERCENT).hits(text))


def _is_measure(before: str) -> bool:
    """Whether what stands before a unit leads to it: a comma, or *i*."""
    last = before.casefold().split()[-1:]
    return bool(last) and (last[0].endswith(",") or last[0] in _role("in"))


def _stated(label: str) -> str | None:
    if states_percent(label) or _measures_share(label):
        return PERCENT
    return _bracketed_unit(label) or ratio_unit(label) or _measured_unit(label) or _counted_unit(label)


def _bracketed_unit(label: str) -> str | None:
    """`(åa)`, `(kr/inv)`, `(kr/inv 0-20)`: a unit in brackets, or one that opens them before figures."""
    for inside in _BRACKETED.findall(label):
        words = inside.split()
        unit = canonical_unit(inside) or (canonical_unit(words[0]) if words and not inside[-1].isalpha() else None)
        if unit:
            return unit
    return None


def _measured_unit(label: str) -> str | None:
    """A unit that a label measures in or ends with: `Väntetid i dagar`, `Svarstid, median dagar`, `Hemtjänsttimmar`."""
    ratios = [word for word in label.split() if "/" in word]
    last = [word for word in label.split()[-1:] if word.isalpha()]
    last_part = label.rpartition(",")[2].strip()
    said = (*_measured_in().findall(label), *_after_comma().findall(label), *ratios, last_part)
    candidates = [word.casefold() for word in said]
    measures = _of_kind("share", "time", "measure", "scale") | _money()
    found = [word for word in candidates if word in measures]
    found += [word.casefold() for word in last if word.casefold() in _of_kind("share")]
    found += _at_the_end(count_noun(label.split()) or "", LONG_UNIT)
    found += [unit for word in _after_comma().findall(label) for unit in _at_the_end(word, SHORT_UNIT)]
    unit = next(iter(found), None)
    return known_units()[unit] if unit else None


def _at_the_end(word: str, least: int) -> list[str]:
    """Return the units of time that a word is a compound of, with so many letters at least."""
    return [unit for unit in sorted(_of_kind("time")) if len(unit) >= least and word.casefold().endswith(unit)]


def _counted_unit(label: str) -> str | None:
    """`Antal projekt med …`: the noun counted; averages, `Antalet` and months (`Antal april`) have none."""
    found = _count().match(label)
    if found is None or words("counting_words", role="ratio").find(label):
        return None
    noun = count_noun(found[1].split())
    return None if noun and names_months(noun) else noun


def count_noun(words: list[str]) -> str | None:
    """Return the indefinite plural noun that a phrase opens with, or None where a pair or an adjective stands alone.

    Without a tagger the ending decides: attributive adjectives and participles end in -a or -e
    (`utförda`, `tillsvidareanställda`), plural nouns do not, save those in -are (`medarbetare`).
    """
    for word, follower in zip(words, [*words[1:], ""], strict=False):
        folded = word.casefold()
        if folded in _role("conjunction") | _role("small"):
            return None
        if folded not in _role("negation") and not _is_adjective(folded):
            return None if follower.casefold() in _role("conjunction") else word
    return None


def _is_adjective(word: str) -> bool:
    return word.endswith(("a", "e")) and not word.endswith("are")
