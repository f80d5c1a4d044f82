"""Text behind the page's own: a watermark is printed across other words, much larger or slanted."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from schema.layout import Box, Word

LARGE = 2.0
"""A watermark is set at least so many times larger than the words that it runs across."""
FEWEST_COVERED = 2
"""So many words under it tell a watermark from a large initial or a figure beside text."""
COVERED = 0.3
"""A word is under another where that covers this share of it."""


def backdrop_of(words: Sequence[Word]) -> list[Word]:
    """The words of a page that are a watermark."""
    if not words:
        return []
    usual = median(word.size for word in words)
    return [word for word in words if word.size >= LARGE * usual and _runs_across(word, words)]


def _runs_across(word: Word, others: Sequence[Word]) -> bool:
    """Whether several smaller words are printed over a word."""
    smaller = (other for other in others if word.size >= LARGE * other.size and _covers(word.box, other.box))
    return sum(1 for _ in smaller) >= FEWEST_COVERED


def _covers(box: Box, other: Box) -> bool:
    if box.x1 <= other.x0 or other.x1 <= box.x0:
        return False
    wide = min(box.x1, other.x1) - max(box.x0, other.x0)
    high = min(box.bottom, other.bottom) - max(box.top, other.top)
    return high > 0 and wide * high > COVERED * other.width * other.height
