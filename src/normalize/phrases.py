"""Finds the vocabularies' phrases in a cell, with spaCy's phrase matcher."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from normalize.numbers import find_numbers
from schema.vocabulary import read_rows

VOCABULARIES = (
    "missing", "pending", "preliminary", "comparators", "directions", "units", "money_units",
    "breakdowns", "months", "numerals", "numbered", "joiners",
)  # fmt: skip
ANY_YEAR = "årtal"
"""How the vocabularies write a year, whichever it is."""
_YEAR = re.compile(r"^(?:199|20[0-5])\d$")
_PIECE = re.compile(r"[^\W\d_]\w*(?:[-./&][^\W\d_]\w*)*|[<>=]{1,2}|\S")


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a word or a sign, with its place in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A vocabulary's phrase among the tokens, `last` exclusive."""

    vocabulary: str
    row: dict[str, str]
    first: int
    last: int


def tokenize(text: str) -> tuple[Token, ...]:
    """Return numbers whole, words with their inner dots, strokes and hyphens, and all else sign by sign."""
    tokens, position = [], 0
    for number in find_numbers(text):
        tokens += _pieces(text, position, number.start)
        tokens.append(Token(number.text, number.start, number.end))
        position = number.end
    return (*tokens, *_pieces(text, position, len(text)))


def find_phrases(tokens: tuple[Token, ...]) -> dict[int, tuple[Phrase, ...]]:
    """Return the phrases that begin at each token, the longest first."""
    language, matcher, rows = _matcher()
    doc = Doc(language.vocab, words=[_YEAR.sub(ANY_YEAR, token.text) for token in tokens])
    found: dict[int, list[Phrase]] = {}
    for key, first, last in matcher(doc):
        vocabulary, row = rows[language.vocab.strings[key]]
        found.setdefault(first, []).append(Phrase(vocabulary, row, first, last))
    return {first: tuple(sorted(group, key=_longest_first)) for first, group in found.items()}


def _longest_first(phrase: Phrase) -> tuple[int, int]:
    return -phrase.last, VOCABULARIES.index(phrase.vocabulary)


def _pieces(text: str, start: int, end: int) -> list[Token]:
    return [Token(piece[0], piece.start(), piece.end()) for piece in _PIECE.finditer(text, start, end)]


@cache
def _matcher() -> tuple[Language, PhraseMatcher, dict[str, tuple[str, dict[str, str]]]]:
    language = spacy.blank("sv")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    rows: dict[str, tuple[str, dict[str, str]]] = {}
    for vocabulary in VOCABULARIES:
        for number, row in enumerate(read_rows(vocabulary)):
            key = f"{vocabulary}:{number}"
            rows[key] = (vocabulary, row)
            matcher.add(key, [Doc(language.vocab, words=[t.text for t in tokenize(row["phrase"])])])
    return language, matcher, rows
