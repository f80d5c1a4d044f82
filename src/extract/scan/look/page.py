"""All words of a page in the few sizes and two weights that it is printed in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from extract.scan.look.glyphs import MENDED
from extract.scan.look.heights import CAPITAL_ACCENTS, LETTER_HEIGHT, LOW_HEIGHT, is_number
from extract.scan.look.strip import PrintedWord

FEWEST_SAMPLES = 4
"""So many words beside letters of known height tell how high figures or small letters stand in a page's typeface."""
ONE_SHAPE = frozenset("CcOoSsUuVvWwXxZz")
"""Letters whose capital is the small one enlarged."""
DASH_MIDDLE = 0.24
"""Where dashes stand above the base line, as a share of the font size."""
SAME_SIZE = 0.09
"""Sizes that differ by less than this share are one: pixels allow no finer measure at 200 dpi."""
SIZE_GUESS = 0.14
"""Where no letter of a word tells its size well, that is off by up to this share."""
NEIGHBOUR, NEIGHBOUR_OF_RING = 0.15, 0.4
"""Words of unsure size are as large as the nearest letters where they measure up to this share more or less; rings
and dots of capitals stand higher in some typefaces than in others."""
ASIDE = 0.03
"""A distance along the line counts this much of one across lines."""
STRAY = 0.15
"""A size near another with less than this share of its characters is a wrong measure."""
MARKER_SIZE = 0.65
"""What raised marks are of the size of their words."""
DASHES = frozenset("-–−—•·”“’‘")
BLUR = 1.3
"""Pixels that the blur of scanning adds to the measured thickness of a stroke."""
BOLD = 1.22
"""Strokes of bold type are at least this many times as thick as the page's usual ones; common faces have 1.5 to 1.8."""
BOLD_FIGURES, MAYBE_BOLD = 1.4, 1.07
"""Numbers with strokes as thick as the first are bold; as the second, where the words above or before them are."""
SAME_BASE = 0.3
"""Words of one row differ in their base line by less than this share of the font size."""
NEXT_LINE = 1.5
"""Lines of one cell are at most this many font sizes apart."""
REGULAR_SHARE = 35
"""Per cent of a page's letters that are surely regular: a table's headers and headings may be a third of it."""
THIN_FIGURES = 0.93
"""How thick figures are beside letters where a page has too few of them to tell."""
FEWEST_NUMBERS, FEWEST_LETTERS = 12, 60
"""So many numbers tell how thick a page's figures are, so many letters how thick those of one size are."""
SMALL_PRINT = 1.08
"""Regular strokes of a small size are at most this many times as thick for their size as the page's usual ones."""
FEW_LETTERS = 3
"""The strokes of shorter words cannot be measured well; they are printed like their neighbours."""


def settle_looks(words: Sequence[PrintedWord], scale: float) -> list[PrintedWord]:
    """Give all words of a page the few sizes and two weights that it is really printed in."""
    if not words:
        return []
    sizes = _page_sizes([(w.size, len(w.text)) for w in words if w.size and w.is_exact])
    words = _calibrated(words)
    sizes = sizes or _page_sizes([(w.size, len(w.text)) for w in words if w.size]) or [(10 * scale, 1)]
    sized = _like_neighbours([_settled(word, sizes) for word in words], words)
    return [replace(w, bold=bold) for w, bold in zip(sized, _bold(sized), strict=True)]


def _calibrated(words: Sequence[PrintedWord]) -> list[PrintedWord]:
    """The words, those without letters of sure height measured by how high theirs stand beside such letters."""
    found: dict[float, list[float]] = {}
    for word in {word.strip: word for word in words if word.is_exact}.values():
        for share, rise in word.rises:
            found.setdefault(share, []).append(rise / word.size)
    shares = {share: float(np.median(own)) for share, own in found.items() if _is_steady(own)}
    return [_measured(word, shares) for word in words]


def _is_steady(measures: Sequence[float]) -> bool:
    """Whether enough measures agree, as they do for figures; letters with dots differ by what else the word holds."""
    low, high = np.percentile(measures, [15, 85])
    return len(measures) >= FEWEST_SAMPLES and float(high - low) <= SAME_SIZE * float(high)


def _measured(word: PrintedWord, shares: Mapping[float, float]) -> PrintedWord:
    sizes = [rise / shares[share] for share, rise in word.rises if share in shares]
    if word.is_exact or not sizes:
        return word
    return replace(word, size=float(np.median(sizes)))


def _page_sizes(measured: Sequence[tuple[float, int]]) -> list[tuple[float, int]]:
    """The sizes of a page with how many characters have each, the most used first."""
    sizes, counts = (np.array(own) for own in zip(*sorted(measured), strict=True)) if measured else (np.empty(0),) * 2
    found: list[tuple[float, int]] = []
    while len(sizes):
        near = np.abs(sizes - sizes[:, None]) <= SAME_SIZE * sizes[:, None]
        own = near[int(np.argmax(near @ counts))]
        found.append((float(np.median(np.repeat(sizes[own], counts[own]))), int(counts[own].sum())))
        sizes, counts = sizes[~own], counts[~own]
    return _without_strays(found)


def _without_strays(sizes: Sequence[tuple[float, int]]) -> list[tuple[float, int]]:
    """Leave out sizes that only few words near a much used size have: these are badly measured."""
    kept: list[tuple[float, int]] = []
    for size, count in sizes:
        if not any(abs(size - other) <= 1.5 * SAME_SIZE * other and count < STRAY * often for other, often in kept):
            kept.append((size, count))
    return kept


def _settled(word: PrintedWord, sizes: Sequence[tuple[float, int]]) -> PrintedWord:
    """The word in one of the page's sizes: the nearest, or the most used of those that it may have."""
    usual = sizes[0][0]
    word = _in_case(word, usual)
    if not word.size:
        lift = DASH_MIDDLE * usual if set(word.text) <= DASHES else 0.0
        return replace(word, size=usual, base=word.base + lift)
    near = [size for size, _ in sizes if abs(size - word.size) <= SIZE_GUESS * size] or [word.size]
    size = min(near, key=lambda s: abs(s - word.size)) if word.is_exact else near[0]
    return replace(word, size=size * (MARKER_SIZE if word.is_marker else 1.0))


def _like_neighbours(words: Sequence[PrintedWord], measured: Sequence[PrintedWord]) -> list[PrintedWord]:
    """The words, those of unsure size as large as the nearest letters of sure size, where their measure allows it."""
    sure = [word for word in words if word.is_exact and not word.is_marker]
    settled = []
    for word, own in zip(words, measured, strict=True):
        if not own.is_exact and not word.is_marker and sure:
            near = min(sure, key=lambda other: _distance(word, other))
            reach = 1 + (NEIGHBOUR_OF_RING if CAPITAL_ACCENTS & set(word.text) else NEIGHBOUR)
            if not own.size or max(near.size, own.size) <= reach * min(near.size, own.size):
                word = replace(word, size=near.size)
        settled.append(word)
    return settled


def _distance(word: PrintedWord, other: PrintedWord) -> float:
    """How far apart two words stand: cells of one row belong together more than those of one column."""
    aside = max(other.left - word.right, word.left - other.right, 0.0)
    return abs(word.base - other.base) + ASIDE * aside


def _in_case(word: PrintedWord, usual: float) -> PrintedWord:
    """A letter that stands alone, large or small by its height where both look alike."""
    if len(word.text) != 1 or word.text not in ONE_SHAPE or not word.size:
        return word
    change = LETTER_HEIGHT / LOW_HEIGHT if word.text.isupper() else LOW_HEIGHT / LETTER_HEIGHT
    other = word.size * change
    if abs(math.log(other / usual)) >= abs(math.log(word.size / usual)):
        return word
    return replace(word, text=word.text.swapcase(), size=other, confidence=min(word.confidence, MENDED))


def _thickness(word: PrintedWord) -> float:
    return max(word.weight - BLUR, 0.0) / word.size


def _usual_thickness(words: Sequence[PrintedWord]) -> dict[tuple[float, bool], float]:
    """How thick the strokes of regular words are, and of regular numbers, in each of the page's sizes."""
    measures: dict[tuple[float, bool], list[float]] = {}
    for word in words:
        if not word.is_marker and len(word.text) >= FEW_LETTERS:
            number = is_number(word.text)
            own = [_thickness(word)] * (1 if number else len(word.text))
            for size in (word.size, 0.0):
                measures.setdefault((size, number), []).extend(own)
    pages = [measures.get((0.0, number), []) for number in (False, True)]
    letters = float(np.percentile(pages[0] or pages[1] or [0.0], REGULAR_SHARE))
    figures = _regular(pages[1], FEWEST_NUMBERS, THIN_FIGURES * letters, letters)
    body = max((len(own), size) for (size, _), own in measures.items() if size)[1] if pages[0] else 0.0
    usual = {}
    for size in {word.size for word in words}:
        most = letters * (SMALL_PRINT if size < body else 1.0)
        own_letters = _regular(measures.get((size, False), []), FEWEST_LETTERS, letters, most)
        usual[size, False] = own_letters
        usual[size, True] = min(figures * own_letters / letters, own_letters) if letters else 0.0
    return usual


def _regular(measures: Sequence[float], fewest: int, otherwise: float, most: float) -> float:
    """The thickness of what is regular among enough measures; what is thicker than `most` is all bold."""
    return min(float(np.percentile(measures, REGULAR_SHARE)), most) if len(measures) >= fewest else otherwise


def _bold(words: Sequence[PrintedWord]) -> list[bool]:
    """Which words are bold; short ones are what the rest of their piece of a line, or the one above, is."""
    usual = _usual_thickness(words)
    normal = [usual[word.size, is_number(word.text)] for word in words]
    ratios = [_thickness(word) / own if own else 0.0 for word, own in zip(words, normal, strict=True)]
    votes: dict[int, int] = {}
    for word, ratio in zip(words, ratios, strict=True):
        if len(word.text) >= FEW_LETTERS and not word.is_marker:
            votes[word.strip] = votes.get(word.strip, 0) + len(word.text) * (1 if ratio >= _least_bold(word) else -1)
    bold = [
        votes[w.strip] > 0 if w.strip in votes else ratio >= _least_bold(w)
        for w, ratio in zip(words, ratios, strict=True)
    ]
    for i in sorted(range(len(words)), key=lambda i: words[i].base):
        if not bold[i] and _may_be_bold(words[i], ratios[i]):
            bold[i] = any(own and _goes_with(words[i], head) for head, own in zip(words, bold, strict=True))
    return bold


def _least_bold(word: PrintedWord) -> float:
    return BOLD_FIGURES if is_number(word.text) else BOLD


def _may_be_bold(word: PrintedWord, ratio: float) -> bool:
    """Whether a word whose strokes say little about its weight may go on with a bold line above it."""
    if is_number(word.text):
        return ratio >= MAYBE_BOLD
    return len(word.text) <= FEW_LETTERS and word.text.islower()


def _goes_with(word: PrintedWord, head: PrintedWord) -> bool:
    """Whether a word stands on the line below another, as the next line of one cell, or follows it in its row."""
    step = word.base - head.base
    if abs(step) <= SAME_BASE * head.size:
        return head.right <= word.left and not is_number(head.text)
    return 0.5 * head.size < step < NEXT_LINE * head.size and word.left < head.right and head.left < word.right
