"""A body that a text names, and the words of `bodies.csv` by which bodies are known, as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.facts.words import words_in
from schema.vocabulary import read_rows

CAPITALS = 4
"""A name with more letters than this, all of them capitals, is set in capitals; others are abbreviations."""
SHORTENED = 3
"""Letters of the longest abbreviation in a name that is set in capitals: LSS, IT."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that a text names."""

    name: str
    """In the basic form, with a capital."""
    start: int
    end: int
    kind: str
    """`committee`, `council`, `auditors`, `association` or `company`."""
    genitive: bool = False
    is_part: bool = False
    """A part of it is meant: *nämndens arbetsutskott*."""


@cache
def body_words(kind: str) -> frozenset[str]:
    """Return the words of a class of `bodies.csv`."""
    return frozenset(row["word"] for row in read_rows("bodies") if row["class"] == kind)


@cache
def kinds_of_names() -> dict[str, str]:
    """Return the kind of body of each name that is one by itself: councils and the auditors' offices."""
    councils, offices = body_words("council"), body_words("office")
    return {word: "council" for word in councils} | {word: "auditors" for word in offices}


@cache
def joining_words() -> frozenset[str]:
    """Return what joins the parts of a name: *och*, *samt*, &."""
    return frozenset({"&", *(row["phrase"] for row in read_rows("joiners") if row["role"] == "and")})


@cache
def committee_word() -> re.Pattern[str]:
    """Match a word that ends as committees do: `stem`, `end`, and the genitive's s."""
    return re.compile(rf"(?P<stem>[^\W\d_-]*)(?P<end>{either('ending')})(?P<genitive>s?)$", re.IGNORECASE)


@cache
def named_for() -> re.Pattern[str]:
    """Match *Nämnden för …* and *Gemensam nämnd för …* with all that follows it in its sentence."""
    named = body_words("named")
    phrases = {*named, *(f"{shared} {word}" for shared in body_words("shared") for word in named)}
    openings = {form for phrase in phrases for form in (phrase.capitalize(), phrase.upper())}
    return re.compile(rf"(?:{'|'.join(sorted(openings))}) [^\W\d_][^.:;|()\d]*")


@cache
def limited() -> re.Pattern[str]:
    """Match the name of a company with the word that says so."""
    forms = {form for word in body_words("limited") for form in (word.capitalize(), word.upper())}
    return re.compile(rf"(?:[A-ZÅÄÖ][\w&åäöé-]*\s+){{1,4}}(?P<limited>{'|'.join(sorted(forms))})(?!\w)")


@cache
def either(kind: str) -> str:
    """Return a pattern for the words of a class, the longest first."""
    return "|".join(re.escape(word) for word in sorted(body_words(kind), key=lambda word: (-len(word), word)))


def proper_capital(name: str) -> str:
    """Return a name with its first letter large."""
    name = " ".join(name.split())
    return name[0].upper() + name[1:]


def proper(name: str) -> str:
    """Return a committee's name with one capital, however it is set; names of places and offices keep theirs."""
    name = " ".join(name.split())
    letters = [ch for ch in name if ch.isalpha()]
    if len(letters) > CAPITALS and all(ch.isupper() for ch in letters):
        name = " ".join(
            word if word.isupper() and len(word) <= SHORTENED and not is_joined(word) else word.lower()
            for word in name.split()
        )
    return proper_capital(name)


def is_joined(word: str) -> bool:
    """Tell whether a word joins others, so that its capitals are those of its line."""
    return word.casefold() in joining_words() | words_in("preposition")
