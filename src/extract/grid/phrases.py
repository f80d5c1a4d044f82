"""Headers set to another side than their columns: each phrase of a line by the column that it stands over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.page.gutters import Strip
from extract.page.lines import Line, segments_of
from schema.layout import Box

PHRASE_GAP = 0.5
"""Font sizes between the headers of two columns: a space has .25 to .35, two headers side by side .55 and more."""
MOST_OF = 0.6
"""A phrase that covers so much of two columns' text heads both of them."""


def phrases_by_column(line: Line, sides: Sequence[Strip]) -> dict[int, Line] | None:
    """Return the line's words by column, None where its phrases stand over no columns of their own.

    `sides` is where each column's text begins and ends in the lines that keep to the columns.
    """
    phrases = segments_of(line, gap=PHRASE_GAP)
    cols = [_column_under(phrase.box, sides) for phrase in phrases]
    known = [col for col in cols if col is not None]
    if len(known) < len(cols) or len(set(known)) < 2 or any(b < a for a, b in pairwise(known)):
        return None
    held: dict[int, Line] = {}
    for col, phrase in zip(known, phrases, strict=True):
        held[col] = Line((*held[col].words, *phrase.words)) if col in held else phrase
    return held


def _column_under(box: Box, sides: Sequence[Strip]) -> int | None:
    """Return the only column that a box stands over, or the one whose text begins or ends nearest to it."""
    over = [min(box.x1, right) - max(box.x0, left) for left, right in sides]
    if sum(shared > MOST_OF * (right - left) > 0 for shared, (left, right) in zip(over, sides, strict=True)) > 1:
        return None
    return max(range(len(sides)), key=lambda col: over[col], default=None)
