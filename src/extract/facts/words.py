"""The small words by which facts are read, as patterns."""

from __future__ import annotations

import re
from functools import cache

from schema.vocabulary import read_rows

REACH = 80
"""Characters before a place in which the words begin that end there: the texts have single spaces."""


@cache
def words_in(kind: str) -> frozenset[str]:
    """Return the words of a class of `fact_words.csv`."""
    return frozenset(row["word"] for row in read_rows("fact_words") if row["class"] == kind)


def type_of(kind: str) -> str:
    """Return the type of paper that alone makes up a class: `review`, `minutes`, `part_year`."""
    (name,) = words_in(kind)
    return name


@cache
def one_of(kind: str) -> str:
    """Return a pattern for the words of a class, the longest first."""
    words = sorted(words_in(kind), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"


@cache
def opens_with(kind: str) -> re.Pattern[str]:
    """Return a pattern for a text that opens with a word of a class."""
    return re.compile(rf"\s*{one_of(kind)}(?![^\W\d_])", re.IGNORECASE)


def ends_with(kind: str, text: str, end: int | None = None) -> bool:
    """Tell whether a text, or what of it stands before a place, ends with a word of a class."""
    return ends_as(_ending(kind), text, len(text) if end is None else end)


def ends_as(pattern: re.Pattern[str], text: str, end: int) -> bool:
    """Tell whether what stands before a place ends as a pattern does; a paragraph of any length is not read for it."""
    return pattern.search(text, max(0, end - REACH), end) is not None


@cache
def _ending(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){one_of(kind)}\s*$", re.IGNORECASE)


def names_auditor(text: str) -> bool:
    """Tell whether a text names a firm that reviews municipalities."""
    return bool(_auditors().search(text))


@cache
def _auditors() -> re.Pattern[str]:
    names = "|".join(re.escape(row["word"]) for row in read_rows("bodies") if row["class"] == "auditor")
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)
