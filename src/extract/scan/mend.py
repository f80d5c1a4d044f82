"""Mends words that OCR has misread by what Swedish and the page itself say: rings, dots and decimal commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extract.scan.engines import Read
from schema.lexicon.figures import has_decimal_comma, with_decimal_comma
from schema.lexicon.wordbreaks import is_compound, is_word
from schema.vocabulary import read_map

SHORTEST = 4
"""Shorter words are too often names, marks or pieces of broken words."""
LONG = 7
"""A letter is put into words of so many letters at least; shorter ones are too often other words."""
MENDED = 0.85
"""Confidence of a word that was mended, at most."""
COMMAS = 3
"""Points between digits are misread commas where a page has at least this many times as many commas."""
MARKED = {"a": "åä", "o": "ö", "å": "ä", "ä": "å", **dict.fromkeys("àáâãāă", "åä"), **dict.fromkeys("óôõō", "ö")}
"""What a letter is misread from, those of other languages among them."""
_WORD = re.compile(r"^(\W*)([^\W\d_]+)(\W*)$")


def mended_lines(lines: Sequence[Sequence[Read]]) -> list[list[Read]]:
    """The lines of a page with words that are none, and points that are none, put right."""
    mended = [[_with_marks(_as_short_word(word) if line[1:] else word) for word in line] for line in lines]
    texts = [word.text for line in mended for word in line]
    points = sum(with_decimal_comma(text) is not None for text in texts)
    if not points or sum(map(has_decimal_comma, texts)) < COMMAS * points:
        return mended
    return [[_with_comma(word) for word in line] if _has_numbers_alone(line) else line for line in mended]


def _has_numbers_alone(line: Sequence[Read]) -> bool:
    """Whether a piece of a line holds no letters, as in a table; numbers of headings stand before words."""
    return not any(any(map(str.isalpha, word.text)) for word in line)


def _with_comma(word: Read) -> Read:
    text = with_decimal_comma(word.text)
    if text is None:
        return word
    return replace(word, text=text, confidence=min(word.confidence, MENDED))


def _with_marks(word: Read) -> Read:
    """A word that is none, with the one ring or pair of dots, or letter with them, that makes it one."""
    found = _WORD.match(word.text)
    text = _marked(found[2]) if found and len(found[2]) >= SHORTEST else None
    if not found or not text:
        return word
    return replace(word, text=found[1] + text + found[3], confidence=min(word.confidence, MENDED))


def _as_short_word(word: Read) -> Read:
    """What is no word as the short word that it is misread from, where it stands among others."""
    meant = read_map("misreadings", "read", "meant").get(word.text.casefold())
    if meant is None:
        return word
    text = meant.capitalize() if word.text[0].isupper() else meant
    return replace(word, text=text, confidence=min(word.confidence, MENDED))


@cache
def _marked(text: str) -> str | None:
    """The only Swedish word that differs from a text in the marks of one letter, or has one more; else None."""
    if is_word(text):
        return None
    words = [variant for variant in _variants(text) if is_word(variant)]
    if not words and len(text) >= LONG:
        words = [variant for variant in _longer(text) if is_word(variant)]
    if not words and not is_compound(text):
        words = [variant for variant in _variants(text) if is_compound(variant)]
    return words[0] if len(words) == 1 else None


def _longer(text: str) -> Iterator[str]:
    """A text with each letter with a ring or dots put in that may have been left out: `sjukfrnvaro`."""
    for i in range(1, len(text)):
        yield from (text[:i] + letter + text[i:] for letter in "åäö")


def _variants(text: str) -> Iterator[str]:
    for i, letter in enumerate(text):
        for other in MARKED.get(letter.lower(), ""):
            yield text[:i] + (other.upper() if letter.isupper() else other) + text[i + 1 :]
