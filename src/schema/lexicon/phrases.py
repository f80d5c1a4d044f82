"""The vocabularies' phrases among the words of a cell or sentence, found by spaCy's phrase matcher."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from schema import swedish
from schema.lexicon.numbers import find_numbers
from schema.lexicon.years import is_recent_year
from schema.vocabulary import read_rows

if TYPE_CHECKING:  # spaCy takes a second to import, and most commands read no phrase
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher

ANY_YEAR = "årtal"
"""How the vocabularies write a year, whichever it is."""
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


def find_phrases(tokens: tuple[Token, ...], vocabularies: tuple[str, ...]) -> dict[int, tuple[Phrase, ...]]:
    """Return the phrases of some vocabularies that begin at each token, the longest first.

    Of phrases that are equally long the one whose vocabulary is named first comes first.
    """
    language, matcher, rows, openings = _matcher(vocabularies)
    words = [ANY_YEAR if is_recent_year(token.text) else token.text for token in tokens]
    if openings.isdisjoint(word.lower() for word in words):
        return {}
    from spacy.tokens import Doc

    doc = Doc(language.vocab, words=words)
    found: dict[int, list[Phrase]] = {}
    for key, first, last in matcher(doc):
        vocabulary, row = rows[language.vocab.strings[key]]
        found.setdefault(first, []).append(Phrase(vocabulary, row, first, last))
    return {
        first: tuple(sorted(group, key=lambda phrase: (-phrase.last, vocabularies.index(phrase.vocabulary))))
        for first, group in found.items()
    }


def _pieces(text: str, start: int, end: int) -> list[Token]:
    return [Token(piece[0], piece.start(), piece.end()) for piece in _PIECE.finditer(text, start, end)]


@cache
def _matcher(
    vocabularies: tuple[str, ...],
) -> tuple[Language, PhraseMatcher, dict[str, tuple[str, dict[str, str]]], frozenset[str]]:
    """Return the matcher of some vocabularies with what it needs, and the words that their phrases open with."""
    language = swedish.language()  # first: it loads spaCy
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    rows: dict[str, tuple[str, dict[str, str]]] = {}
    openings: set[str] = set()
    for vocabulary in vocabularies:
        for number, row in enumerate(read_rows(vocabulary)):
            key = f"{vocabulary}:{number}"
            rows[key] = (vocabulary, row)
            words = [token.text for token in tokenize(row["phrase"])]
            openings.update(word.lower() for word in words[:1])
            matcher.add(key, [Doc(language.vocab, words=words)])
    return language, matcher, rows, frozenset(openings)
