"""Raised marks of a line that were read by themselves: begins with words and marks, ends with both in their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.scan.engines import Read
from extract.scan.sheet import Region
from schema.lexicon.signs.marks import raised_end, takes_power

MARKS = frozenset("0123456789*),")
PLAIN_MARKS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰°ºoO", "12345678900000")
"""A raised nought is read as an ordinal or degree sign, or as a letter."""
SMALL_FIGURES = str.maketrans("23", "²³")
SURE_MARK = 0.6
"""Marks read with less confidence are parts of letters; their line is read again as a whole."""


def is_mark(reads: Sequence[Read]) -> bool:
    """Whether what stands raised was surely read as a footnote mark or power."""
    text = "".join(word.text for word in reads).translate(PLAIN_MARKS)
    return bool(text) and set(text) <= MARKS and min(word.confidence for word in reads) >= SURE_MARK


def with_marks(line: list[Read], marks: Sequence[tuple[Region, Sequence[Read]]]) -> list[Read]:
    """A line's words with its raised marks among them; powers stay part of their word."""
    words = list(line)
    for (left, _, width, _), reads in marks:
        text = "".join(word.text for word in reads).translate(PLAIN_MARKS)
        sure = min((word.confidence for word in reads), default=0.0)
        before = max((i for i, word in enumerate(words) if word.left < left), default=None)
        if before is not None and takes_power(words[before].text):
            last = words[before]
            words[before] = replace(last, text=last.text + text.translate(SMALL_FIGURES), right=left + width)
        else:
            words.append(Read(text, left, left + width, sure, raised=True))
        words.sort(key=lambda word: word.left)
    return _joined_marks([part for word in words for part in _without_figures(word)])


def _without_figures(word: Read) -> list[Read]:
    """A word and the raised figures that were read at its end, apart; powers stay."""
    start = None if word.raised else raised_end(word.text)
    if start is None or takes_power(word.text[:start]):
        return [word]
    edge = word.right - (word.right - word.left) * (len(word.text) - start) / len(word.text)
    body = replace(word, text=word.text[:start], right=edge)
    return [body, replace(word, text=word.text[start:].translate(PLAIN_MARKS), left=edge, raised=True)]


def _joined_marks(words: Sequence[Read]) -> list[Read]:
    """Raised figures beside each other as one mark."""
    joined: list[Read] = []
    for word in words:
        if joined and joined[-1].raised and word.raised:
            sure = min(joined[-1].confidence, word.confidence)
            joined[-1] = replace(joined[-1], text=joined[-1].text + word.text, right=word.right, confidence=sure)
        else:
            joined.append(word)
    return joined
