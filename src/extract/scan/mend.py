"""Mends words that OCR has misread by what Swedish and the page itself say: rings, dots and decimal commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extract.scan.engines import Read
from schema.lexicon.wordbreaks import is_compound, is_word

SHORTEST = 4
"""Shorter words are too often names, marks or pieces of broken words."""
MENDED = 0.85
"""Confidence of a word that was mended, at most."""
COMMAS = 4
"""Points between digits are misread commas where a page has at least this many times as many commas."""
MARKED = {"a": "åä", "o": "ö", "å": "ä", "ä": "å"}
SHORT_WORDS = {"ei": "ej", "Ei": "Ej"}
"""What is no word, and the short word it is misread from where it stands among others."""
_WORD = re.compile(r"^(\W*)([^\W\d_]+)(\W*)$")
_POINT = re.compile(r"^([-–−+]?\d{1,3})\.(\d{1,2})(\W*)$")
_COMMA = re.compile(r"\d,\d")


def mended_lines(lines: Sequence[Sequence[Read]]) -> list[list[Read]]:
    """The lines of a page with words that are none, and points that are none, put right."""
    mended = [[_with_marks(_as_short_word(word) if line[1:] else word) for word in line] for line in lines]
    texts = [word.text for line in mended for word in line]
    points = sum(bool(_POINT.match(text)) for text in texts)
    if not points or sum(bool(_COMMA.search(text)) for text in texts) < COMMAS * points:
        return mended
    return [[_with_comma(word) for word in line] if _has_numbers_alone(line) else line for line in mended]


def _has_numbers_alone(line: Sequence[Read]) -> bool:
    """Whether a piece of a line holds no letters, as in a table; numbers of headings stand before words."""
    return not any(any(map(str.isalpha, word.text)) for word in line)


def _with_comma(word: Read) -> Read:
    found = _POINT.match(word.text)
    if not found:
        return word
    text = f"{found[1]},{found[2]}{found[3]}"
    return replace(word, text=text, confidence=min(word.confidence, MENDED))


def _with_marks(word: Read) -> Read:
    """A word that is none, with the one ring or pair of dots that makes it one."""
    found = _WORD.match(word.text)
    text = _marked(found[2]) if found and len(found[2]) >= SHORTEST else None
    if not found or not text:
        return word
    return replace(word, text=found[1] + text + found[3], confidence=min(word.confidence, MENDED))


def _as_short_word(word: Read) -> Read:
    if word.text not in SHORT_WORDS:
        return word
    return replace(word, text=SHORT_WORDS[word.text], confidence=min(word.confidence, MENDED))


@cache
def _marked(text: str) -> str | None:
    """The only Swedish word that differs from a text in one ring or pair of dots; None where there is none."""
    if is_word(text):
        return None
    words = [variant for variant in _variants(text) if is_word(variant)]
    if not words and not is_compound(text):
        words = [variant for variant in _variants(text) if is_compound(variant)]
    return words[0] if len(words) == 1 else None


def _variants(text: str) -> Iterator[str]:
    for i, letter in enumerate(text):
        for other in MARKED.get(letter.lower(), ""):
            yield text[:i] + (other.upper() if letter.isupper() else other) + text[i + 1 :]
