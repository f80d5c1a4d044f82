"""Indicator identity: names that are the same after normalisation share a key.

Only exact agreement counts here: case, inflection, short forms, footnote marks and `(%)` are levelled out;
numbers, sexes, laws and measures are kept, so `åk 6` and `åk 9` stay apart.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import simplemma

from normalize.labels import fold_label
from schema.vocabulary import read_map

SLUG_LENGTH = 80
"""Long enough to tell the longest names apart by eye, short enough for a column."""
_WORD = re.compile(r"[^\W_]+(?:[.,/-][^\W_]+)*|>=|<=|[<>&+]")


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a printed row the same indicator as another."""

    key: str
    """Base forms of the name's words, after those of its parent for a sub-row."""
    indicator_id: str
    """Readable slug of the words as printed; two keys may share one."""
    sex: str | None = None
    """`K`, `M`, `A` or `T` where the row is its parent broken down by sex."""


def indicator_identity(name: str, parent: str | None = None, category: str = "indicator") -> Identity:
    """Return a row's identity; a row under a parent is told apart by both names.

    `category` does not count: one measure may stand among the indicators one year, the personnel figures the next.
    """
    del category
    names = [parent, name] if parent else [name]
    sexes = read_map("sexes", "phrase", "code")
    return Identity(
        key=" / ".join(name_key(part) for part in names),
        indicator_id=slug(" ".join(fold_label(part) for part in names)),
        sex=sexes.get(fold_label(name)) if parent else None,
    )


@cache
def name_key(name: str) -> str:
    """Return the base forms of a name's words, short forms written out."""
    return " ".join(_lemma(word) for word in _spell_out(fold_label(name)))


@cache
def slug(text: str) -> str:
    """Return lower-case ASCII words joined by hyphens, cut after a whole word."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    joined = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(joined) <= SLUG_LENGTH:
        return joined
    return joined[: SLUG_LENGTH + 1].rsplit("-", 1)[0][:SLUG_LENGTH]


def _spell_out(folded: str) -> list[str]:
    full = read_map("abbreviations", "printed", "full")
    return [part for word in _WORD.findall(folded) for part in full.get(word, word).split()]


@cache
def _lemma(word: str) -> str:
    overrides = read_map("lemmas", "printed", "lemma")
    return overrides.get(word) or simplemma.lemmatize(word, lang="sv").casefold()
