"""Finds the pieces of text lines on a scanned page, each within one table column."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import cv2
import numpy as np

from extract.scan.level import Pixels
from extract.scan.sheet import Region, Sheet, parts_of

Regions = np.ndarray[Any, np.dtype[np.int64]]
"""n × 4: left, top, width, height of each."""
FEWEST_PIXELS = 4
"""Marks of fewer are dirt."""
USUAL_LETTER = 5.0
"""Points; the height of small letters where a page has too few to tell."""
REACH = 1.4
"""Letters nearer than this many letter heights may be one line; words stand 0.6 apart, columns at least 1."""
LOW_PIECE = 0.55
"""Pieces lower than this share of their neighbour are dots, rings and dashes."""
ACCENT_GAP = 0.22
"""Dots and rings stand within this share of their line's height above it."""
SAME_LINE = 0.6
"""Pieces of one line share this part of the lower one's height."""
WORD_GAP = 0.6
"""Pieces of a line nearer than this share of their height belong together."""
MOST_TALLER = 2.2
"""Pieces of a line differ in height by less than this factor: a bracket beside a small letter."""
TWO_LINES = 1.7
"""Pieces taller than this many usual ones may be two lines that touch."""
ON_FOOT = 0.12
"""Letters whose lower edge is within this share of their height of the line's foot stand on it."""
MARK_RISE = 0.25
"""A raised mark stands at least this share of a capital's height above the foot."""
MARK_HEIGHT = (0.42, 0.85)
"""A raised figure's height as a share of a capital's; quotation marks have 0.35."""
MARK_GAP = 0.15
"""The least gap after a mark, as a share of a capital's height."""
TALLEST = 60.0
"""Points; taller things are pictures."""


def text_strips(sheet: Sheet) -> list[Region]:
    """The pieces of lines, from the top down, each at least as high as a small letter."""
    ink = _without_specks(sheet)
    letter = _letter_height(ink, sheet.scale)
    pieces = [part for piece in _runs(ink, sheet, letter) for part in _split_lines(ink, piece, letter)]
    pieces = _with_accents(pieces)
    pieces = _joined_words(pieces, sheet)
    strips = [piece for piece in pieces if _is_text(piece, letter, sheet.scale)]
    return sorted((_raised_to(strip, letter) for strip in strips), key=lambda strip: (strip[1] + strip[3], strip[0]))


def _raised_to(strip: Region, letter: int) -> Region:
    """A low piece, such as a dash, with room above and below: engines read it by its place in the line."""
    left, top, width, height = strip
    room = max(0, (letter - height + 1) // 2)
    return left, max(top - room, 0), width, height + 2 * room


def _without_specks(sheet: Sheet) -> Pixels:
    ink = sheet.ink.copy()
    for outline in cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)[0]:
        if len(outline) <= FEWEST_PIXELS:
            places = {(y, x) for ((x, y),) in outline.tolist()}
            if len(places) < FEWEST_PIXELS:
                for place in places:
                    ink[place] = 0
    return ink


def _letter_height(ink: Pixels, scale: float) -> int:
    """The usual height of a letter in pixels."""
    heights = np.array([height for _, _, _, height in parts_of(ink)])
    heights = heights[(heights > 2 * scale) & (heights < TALLEST * scale)]
    return int(np.median(heights)) if len(heights) > 20 else int(USUAL_LETTER * scale)


def _runs(ink: Pixels, sheet: Sheet, letter: int) -> list[Region]:
    """Rectangles around letters that stand close to each other, never across a line."""
    reach = int(REACH * letter) | 1
    spread = np.asarray(cv2.dilate(ink, np.ones((1, reach), np.uint8)), dtype=np.uint8)
    for left, top, width, height in sheet.down:
        spread[top : top + height, max(left - 1, 0) : left + width + 1] = 0
    labels, stats = cv2.connectedComponentsWithStats(spread)[1:3]
    regions = []
    for number, (left, top, width, height, _) in enumerate(stats[1:], start=1):
        places = np.s_[top : top + height, left : left + width]
        printed = _bounds(np.where(labels[places] == number, ink[places], 0).astype(np.uint8))
        if printed:
            regions.append((int(left) + printed[0], int(top) + printed[1], printed[2], printed[3]))
    return regions


def _bounds(ink: Pixels) -> Region | None:
    """The rectangle around what is printed."""
    if not ink.any():
        return None
    x, y, width, height = cv2.boundingRect(ink)
    return int(x), int(y), int(width), int(height)


def _split_lines(ink: Pixels, piece: Region, letter: int) -> list[Region]:
    """Part a piece that holds two lines whose letters touch, where its rows are emptiest."""
    left, top, width, height = piece
    if height < TWO_LINES * 1.6 * letter or width < 2 * height:
        return [piece]
    rows = (ink[top : top + height, left : left + width] > 0).sum(axis=1)
    low, high = int(0.3 * height), int(0.7 * height)
    cut = low + int(np.argmin(rows[low : high + 1]))
    if rows[cut] > 0.12 * rows.max():
        return [piece]
    upper, lower = (left, top, width, cut), (left, top + cut, width, height - cut)
    return [part for half in (upper, lower) for part in _split_lines(ink, half, letter)]


def _with_accents(pieces: Sequence[Region]) -> list[Region]:
    """Join dots and rings to the letters under them."""
    joined = np.empty((len(pieces), 4), dtype=np.int64)
    count = 0
    for piece in sorted(pieces, key=lambda p: (-p[3], p)):
        under = np.flatnonzero(_have_accent(joined[:count], piece))
        if len(under):
            best = under[np.argmin(np.abs(joined[under, 1] - piece[1]))]
            joined[best] = _union(piece, _region(joined[best]))
        else:
            joined[count] = piece
            count += 1
    return [_region(row) for row in joined[:count]]


def _region(row: Regions) -> Region:
    left, top, width, height = row.tolist()
    return left, top, width, height


def _have_accent(others: Regions, piece: Region) -> Any:
    """Of which n others a piece is a dot or ring closely above, or within, their letters."""
    left, top, width, height = piece
    lefts, tops, widths, heights = others.T
    over = np.minimum(left + width, lefts + widths) - np.maximum(left, lefts)
    gaps = tops - (top + height)
    near = (-heights <= gaps) & (gaps <= ACCENT_GAP * heights)
    return near & (height < LOW_PIECE * heights) & (over >= 0.5 * width)


def _union(a: Region, b: Region) -> Region:
    left, top = min(a[0], b[0]), min(a[1], b[1])
    return left, top, max(a[0] + a[2], b[0] + b[2]) - left, max(a[1] + a[3], b[1] + b[3]) - top


def _joined_words(pieces: Sequence[Region], sheet: Sheet) -> list[Region]:
    """Join neighbours whose gap is a space of their own size and is crossed by no line."""
    joined = np.empty((len(pieces), 4), dtype=np.int64)
    count = 0
    for piece in sorted(pieces):
        near = reversed(np.flatnonzero(_are_near(joined[:count], piece)).tolist())
        match = next((i for i in near if not _is_parted(_region(joined[i]), piece, sheet)), None)
        if match is None:
            joined[count] = piece
            count += 1
        else:
            joined[match] = _union(_region(joined[match]), piece)
    return [_region(row) for row in joined[:count]]


def _are_near(others: Regions, right: Region) -> Any:
    """Which of n others stand on a piece's line, of its size, a space left of it."""
    lefts, tops, widths, heights = others.T
    shared = np.minimum(tops + heights, right[1] + right[3]) - np.maximum(tops, right[1])
    high, low = np.maximum(heights, right[3]), np.minimum(heights, right[3])
    gaps = right[0] - (lefts + widths)
    return (shared >= SAME_LINE * low) & (gaps <= WORD_GAP * high) & (high <= MOST_TALLER * low)


def _is_parted(left: Region, right: Region, sheet: Sheet) -> bool:
    """Whether a line runs down between two pieces."""
    end = left[0] + left[2]
    middle = right[1] + right[3] / 2
    return any(end - 2 <= x <= right[0] + 2 and y <= middle <= y + h for x, y, _, h in sheet.down)


def _is_text(piece: Region, letter: int, scale: float) -> bool:
    """Whether a piece may hold text: no dirt, no picture."""
    width, height = piece[2:]
    return height <= TALLEST * scale and (height >= LOW_PIECE * letter or width >= 0.25 * letter)


def glyph_columns(ink: Pixels) -> list[tuple[int, int]]:
    """Runs of columns that hold print: letters that do not touch."""
    printed = np.concatenate(([0], (ink > 0).any(axis=0).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(printed))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def raised_marks(ink: Pixels) -> list[Region]:
    """Small letters of a line that stand above its foot, neighbours together: footnote marks, powers."""
    stats = cv2.connectedComponentsWithStats(ink)[2][1:]
    letters = sorted((int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats)
    letters = [letter for letter in letters if letter[3] >= MARK_HEIGHT[0] * LOW_PIECE * len(ink)]
    if not letters:
        return []
    foot = float(np.median([top + height for _, top, _, height in letters]))
    standing = [foot - top for _, top, _, height in letters if abs(top + height - foot) <= ON_FOOT * height]
    high = float(max(standing, default=0))
    groups: list[list[Region]] = []
    for before, letter in zip([None, *letters], letters, strict=False):
        if not _is_raised(letter, foot, high):
            continue
        if groups and groups[-1][-1] is before:
            groups[-1].append(letter)
        else:
            groups.append([letter])
    return [mark for group in groups if _ends_word(mark := reduce(_union, group), letters, high)]


def _is_raised(letter: Region, foot: float, high: float) -> bool:
    _, top, width, height = letter
    low, tall = MARK_HEIGHT
    rise = foot - (top + height)
    return high > 0 and rise >= MARK_RISE * high and low * high <= height <= tall * high and width <= tall * high


def _ends_word(mark: Region, letters: Sequence[Region], high: float) -> bool:
    """Whether a gap follows a mark; the upper ring of a per cent sign has none."""
    end = mark[0] + mark[2]
    following = [left for left, _, width, _ in letters if left + width > end]
    return not following or min(following) - end >= MARK_GAP * high
