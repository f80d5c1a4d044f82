"""A piece of a line as it is printed: its base line, size and weight, raised marks set apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low

import cv2
import numpy as np

from extract.page.words import DESCENT
from extract.scan.engines import Read
from extract.scan.level import Pixels
from extract.scan.look.glyphs import Glyphs, glyphs_of, parts_of, with_ring_or_dots
from extract.scan.look.heights import depth_of, height_share, tells_base
from extract.scan.sheet import Region, Sheet

EDGE = 1.0
"""Pixels that the blur of scanning adds to the height of a letter."""


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word with its look, in pixels of the page."""

    text: str
    left: float
    right: float
    base: float
    """Distance of the base line from the top of the page."""
    size: float
    """Font size; 0 where the word alone does not tell."""
    is_exact: bool
    """Whether the letters tell the size well."""
    strip: int
    """Number of the piece of a line that the word is part of."""
    weight: float
    """Thickness of the strokes."""
    confidence: float
    bold: bool = False
    is_marker: bool = False
    rises: tuple[tuple[float, float], ...] = ()
    """For each word of the piece its usual height as a share of the size, and its height in pixels."""


def look_of_strip(sheet: Sheet, strip: Region, reads: Sequence[Read], number: int) -> list[PrintedWord]:
    """The words of one piece of a line, raised marks set apart."""
    left, top, width, height = strip
    ink = sheet.ink[top : top + height, left : left + width]
    words = [with_ring_or_dots(word, ink) for word in glyphs_of(ink, reads)]
    base, size, is_exact = _base_and_size(words)
    rises = tuple(_rises(words, base))
    printed: list[PrintedWord] = []
    for word in words:
        for part in parts_of(word, ink, base, size):
            start, end = part.columns[0][0], part.columns[-1][1]
            weight = _weight(sheet.level[top : top + height, left + start : left + end])
            look = PrintedWord(
                text=part.read.text,
                left=left + start,
                right=left + end,
                base=top + base,
                size=size,
                is_exact=is_exact,
                strip=number,
                weight=weight,
                confidence=part.read.confidence,
                is_marker=part.read.raised,
                rises=rises,
            )
            printed.append(look)
    return printed


def _base_and_size(words: Sequence[Glyphs]) -> tuple[float, float, bool]:
    """The base line of a piece of a line and its font size, 0 where no letter tells it, and whether it is exact."""
    words = [word for word in words if not word.read.raised]
    standing = [word.bottom for word in words if tells_base(word.read.text)]
    base = float(np.median(standing)) if standing else None
    exact: list[float] = []
    rough: list[float] = []
    for word in words:
        height, is_exact = height_share(word.shape)
        if height:
            foot = base if base is not None else word.bottom
            share = height + (depth_of(word.read.text) if base is None else 0.0)
            (exact if is_exact and base is not None else rough).append((foot - word.top - EDGE) / share)
    size = median_low(exact or rough) if exact or rough else 0.0
    if base is None:
        base = _base_without_letters(words, size)
    return base, size, bool(exact)


def _rises(words: Sequence[Glyphs], base: float) -> Iterator[tuple[float, float]]:
    """What the words of a piece of a line that has a base line tell of its size, letters of sure height left out."""
    own = [word for word in words if not word.read.raised]
    if not any(tells_base(word.read.text) for word in own):
        return
    for word in own:
        share, is_exact = height_share(word.shape)
        if share and not is_exact:
            yield share, base - word.top - EDGE


def _base_without_letters(words: Sequence[Glyphs], size: float) -> float:
    bottom = max((word.bottom for word in words), default=0)
    if size:
        return bottom - DESCENT * size
    return float(bottom)


def _weight(level: Pixels) -> float:
    """The mean thickness of strokes: twice the printed area over the length of its outline, whatever the tone."""
    dark = 255.0 - np.asarray(cv2.copyMakeBorder(level, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(255,)), np.float32)
    dark[dark < 50] = 0
    outline = float(np.hypot(*np.gradient(dark)).sum())
    return 2 * float(dark.sum()) / outline if outline else 0.0
