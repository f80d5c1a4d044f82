"""The print of each word of a line: which columns are its own, what was lost or mixed up between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extract.scan.engines import Read
from extract.scan.level import Pixels
from extract.scan.look.heights import ACCENTED, FIGURE_HEIGHT, TALL, height_share, is_number
from extract.scan.strips import glyph_columns
from schema.lexicon.figures import leading_figures

MARKS = frozenset("0123456789*")
MARK_RISE, MARK_HEIGHT = 0.17, 0.55
"""Shares of the font size: how far above the base line a raised figure stands at least, how high it is at most."""
ACCENT_TOP = 0.82
"""A capital that rises at least this share of the font size above the base line has a ring or dots."""
ACCENT_FOOT = 0.745
"""Rings and dots of capitals begin at this share of the font size; capitals end below it."""
COMMA_SLIMNESS = 1.3
"""A comma is at least this many times as high as wide, a point is round."""
LOW_SIGN = 0.3
"""Commas and points begin at most this share of the font size above the base line."""
COMMA_DEPTH = (0.03, 0.075)
"""Shares of the font size below the base line: a point ends above the first, a comma below the second."""
WIDEST_LETTER = 0.9
"""Letters are narrower than this share of their word's height; what is wider are two that touch."""
FIGURE_SHARE = 0.7
"""Figures are at least this share of the tallest one high; a comma that a figure touches is lower."""
THOUSANDS_PITCH = 1.28
"""Digits with a thousand space between them stand at least this many usual steps apart; a narrow space gives 1.33."""
MENDED = 0.9
"""Confidence of a text that OCR read otherwise than its shape says, at most."""
UNSURE = 0.6
"""Confidence of a number whose comma may be a point, at most."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A word and the columns of print that it covers, in pixels of its line's picture."""

    read: Read
    columns: tuple[tuple[int, int], ...]
    top: int
    bottom: int
    shape: str
    """The characters of which the top is one: the whole word, or its first letter where others have rings or dots."""


def glyphs_of(ink: Pixels, reads: Sequence[Read]) -> list[Glyphs]:
    """Each word with its own columns of print: words are parted at the widest gap near where OCR puts the space."""
    columns = glyph_columns(ink)
    cuts = [0, *_cuts(columns, reads, ink.shape[0]), len(columns)]
    words = []
    for read, (start, end) in zip(reads, pairwise(cuts), strict=True):
        own = tuple(columns[start:end]) or ((int(max(read.left, 0)), int(max(read.right, read.left + 1, 1))),)
        rows = np.flatnonzero((ink[:, own[0][0] : own[-1][1]] > 0).any(axis=1))
        top, bottom = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, ink.shape[0])
        if is_number(read.text):
            top, bottom = _figure_rows(ink, own, read.text)
        shape = read.text
        if shape[:1] in TALL and set(shape) & ACCENTED and own[0][1] - own[0][0] < WIDEST_LETTER * (bottom - top):
            first = np.flatnonzero((ink[:, slice(*own[0])] > 0).any(axis=1))
            top, shape = (int(first[0]) if len(first) else top), shape[0]
        words.append(Glyphs(read, own, top, bottom, shape))
    return words


def _figure_rows(ink: Pixels, columns: Sequence[tuple[int, int]], text: str) -> tuple[int, int]:
    """Where the first figures of a number begin and end; brackets, signs and raised marks reach further or less."""
    ends = [_rows(ink[:, start:end]) for start, end in columns]
    found = leading_figures(text)
    own = ends[found[0] : found[1]] if found else ends
    tallest = max(last - first for first, last in ends)
    tall = [(first, last) for first, last in own if last - first > FIGURE_SHARE * tallest] or [
        (first, last) for first, last in ends if last - first == tallest
    ]
    return int(np.median([first for first, _ in tall])), int(np.median([last for _, last in tall]))


def _rows(ink: Pixels) -> tuple[int, int]:
    """Where print begins and ends; nowhere where there is none."""
    rows = np.flatnonzero((ink > 0).any(axis=1))
    return (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 0)


def _cuts(columns: Sequence[tuple[int, int]], reads: Sequence[Read], height: int) -> list[int]:
    """For each space the number of the column that begins the next word."""
    cuts: list[int] = []
    for before, after in pairwise(reads):
        place = (before.right + after.left) / 2
        first = cuts[-1] + 1 if cuts else 1
        choices = range(first, len(columns))
        if not choices:
            cuts.append(len(columns))
            continue
        cuts.append(max(choices, key=lambda i: _fit(columns[i - 1][1], columns[i][0], place, height)))
    return cuts


def _fit(end: int, start: int, place: float, height: int) -> float:
    """How well a gap suits a space: wide, and near where it was read."""
    return (start - end) - 1.2 * max(0.0, abs((start + end) / 2 - place) - 0.15 * height)


def parts_of(word: Glyphs, ink: Pixels, base: float, size: float) -> list[Glyphs]:
    """A word, its raised mark, and the groups of a number whose spaces OCR has lost."""
    if word.read.raised:
        return [word]
    count = _raised_glyphs(word, ink, base, size)
    text = word.read.text[: len(word.read.text) - count]
    body = replace(word, read=replace(word.read, text=text), columns=word.columns[: len(word.columns) - count])
    parts = _thousands(_with_decimal_signs(body, ink))
    if not count:
        return parts
    mark = replace(word.read, text=word.read.text[-count:], raised=True)
    return [*parts, replace(word, read=mark, columns=word.columns[-count:])]


def _raised_glyphs(word: Glyphs, ink: Pixels, base: float, size: float) -> int:
    """How many of the last characters are small and raised, where these were read as part of the word."""
    count = 0
    for character, (start, end) in zip(reversed(word.read.text), reversed(word.columns), strict=False):
        rows = np.flatnonzero((ink[:, start:end] > 0).any(axis=1))
        if character not in MARKS or not len(rows) or base - (rows[-1] + 1) < MARK_RISE * size:
            break
        if rows[-1] + 1 - rows[0] > MARK_HEIGHT * size:
            break
        count += 1
    return count if 0 < count < min(len(word.read.text), len(word.columns)) else 0


def with_ring_or_dots(word: Glyphs, ink: Pixels) -> Glyphs:
    """A word whose first letter is Å, Ä or Ö by what stands above it, where OCR has read A or O."""
    first, rest = word.read.text[:1], word.read.text[1:]
    share = height_share(rest)[0]
    if first not in ("A", "O") or not share or len(word.columns) < 2:
        return word
    letter = ink[:, slice(*word.columns[0])]
    rows = np.flatnonzero((letter > 0).any(axis=1))
    others = np.flatnonzero((ink[:, word.columns[1][0] : word.columns[-1][1]] > 0).any(axis=1))
    base = rows[-1] + 1
    size = (base - others[0]) / share
    if size <= 0 or base - rows[0] < ACCENT_TOP * size or letter.shape[1] > size:
        return word
    above = letter[: max(int(base - ACCENT_FOOT * size), rows[0] + 1)]
    two = len(glyph_columns(above)) > 1
    accented = {("A", False): "Å", ("A", True): "Ä", ("O", True): "Ö"}.get((first, two), first)
    sure = min(word.read.confidence, MENDED) if accented != first else word.read.confidence
    return replace(word, read=replace(word.read, text=accented + rest, confidence=sure))


def _with_decimal_signs(word: Glyphs, ink: Pixels) -> Glyphs:
    """A number whose commas and points are told apart by how deep they reach: OCR often mixes them up."""
    text = word.read.text
    signs = [i for i, c in enumerate(text) if c in ".,"]
    inner = [i for i in signs if 0 < i < len(text) - 1 and text[i - 1].isdigit() and text[i + 1].isdigit()]
    if not inner:
        return word
    glyphs = [
        (int(rows[0]), int(rows[-1]) + 1, end - start)
        for start, end in word.columns
        if len(rows := np.flatnonzero((ink[:, start:end] > 0).any(axis=1)))
    ]
    high = max(bottom - top for top, bottom, _ in glyphs)
    base = float(np.median([bottom for top, bottom, _ in glyphs if bottom - top > high / 2]))
    size = high / FIGURE_HEIGHT
    low = [glyph for glyph in glyphs if base - glyph[0] <= LOW_SIGN * size and glyph[1] >= base]
    if len(low) != len(signs):
        return word
    letters, sure = list(text), word.read.confidence
    for i, (top, bottom, width) in zip(signs, low, strict=True):
        if i in inner:
            shown = _decimal_sign((bottom - base) / size, (bottom - top) / width)
            sure = min(sure, UNSURE if shown is None else MENDED if shown != text[i] else 1.0)
            letters[i] = shown or text[i]
    return replace(word, read=replace(word.read, text="".join(letters), confidence=sure))


def _decimal_sign(depth: float, slimness: float) -> str | None:
    """A comma where a sign reaches deep or is taller than wide, a point where neither, None where it may be either."""
    if depth >= COMMA_DEPTH[1] or depth > 0 and slimness >= COMMA_SLIMNESS:
        return ","
    return "." if depth <= COMMA_DEPTH[0] and slimness < COMMA_SLIMNESS else None


def _thousands(word: Glyphs) -> list[Glyphs]:
    """The groups of a number between which the digits stand further apart."""
    text = word.read.text
    digits = text.lstrip("-–−+")
    if not digits.isdigit() or len(digits) < 4 or len(word.columns) != len(text):
        return [word]
    middles = [(start + end) / 2 for start, end in word.columns[len(text) - len(digits) :]]
    steps = [b - a for a, b in pairwise(middles)]
    wide = [i + 1 for i, step in enumerate(steps) if step > THOUSANDS_PITCH * float(np.median(steps))]
    if not wide or any((len(digits) - i) % 3 for i in wide):
        return [word]
    sign = len(text) - len(digits)
    bounds = [0, *(sign + i for i in wide), len(text)]
    return [
        replace(
            word,
            read=replace(word.read, text=text[a:b], confidence=min(word.read.confidence, MENDED)),
            columns=word.columns[a:b],
        )
        for a, b in pairwise(bounds)
    ]
