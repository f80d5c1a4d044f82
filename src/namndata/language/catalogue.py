"""Reads the catalogue: words by their key, and messages by their English text."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from schema.doubts import known_doubts

ELSEWHERE = (
    "browse",
    "frame",
    "filter",
    "menu",
    "chart",
    "question",
    "wrong",
    "cited",
    "reading",
    "diff",
    "side",
    "standing",
)
"""Groups of words that only Datasette's pages and the terminal show."""


@cache
def read_catalogue() -> tuple[tuple[str, str, str], ...]:
    """Return every row: key (empty where the English text is it), Swedish, English."""
    text = (files(__package__) / "catalogue.csv").read_text(encoding="utf-8")
    return tuple((row["key"], row["sv"], row["en"]) for row in csv.DictReader(text.splitlines(keepends=True)))


@cache
def keyed_words() -> dict[str, tuple[str, str]]:
    """Return the words that have a key, Swedish first."""
    return {key: (swedish, english) for key, swedish, english in read_catalogue() if key}


@cache
def messages() -> dict[str, str]:
    """Return the Swedish of each message by its English."""
    return {english: swedish for key, swedish, english in read_catalogue() if not key}


@cache
def doubts() -> dict[str, str]:
    """Return the Swedish of what makes a value doubtful by the English that the corpus holds."""
    swedish = words_of("doubt")
    return {doubt.reason: swedish[name] for name, doubt in known_doubts().items() if name in swedish}


def site_words() -> dict[str, tuple[str, str]]:
    """Return the words that the browser is told of, Swedish first; those of browse are left out."""
    return {key: words for key, words in keyed_words().items() if key.partition(".")[0] not in ELSEWHERE}


@cache
def words_of(group: str) -> dict[str, str]:
    """Return the Swedish words of a group by what follows its name: `question.1` is `1` of `question`."""
    start = f"{group}."
    return {key.removeprefix(start): words[0] for key, words in keyed_words().items() if key.startswith(start)}
