"""Tells from its pixels how a word that OCR has read is printed: its base line, size, weight and raised marks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low

import cv2
import numpy as np

from extract.page.words import DESCENT
from extract.scan.engines import Read
from extract.scan.level import Pixels
from extract.scan.sheet import Region, Sheet
from extract.scan.strips import glyph_columns
from schema.lexicon.figures import leading_figures

BELOW = frozenset("gjpqyQçµ,;()[]{}|§@/\\$_")
"""Characters that reach below the base line."""
LOW, TALL = frozenset("acemnorsuvwxz"), frozenset("ABCDEFGHIJKLMNOPRSTUVWXYZ0123456789bdfhkl%&")
ACCENTED = frozenset("ÅÄÖÉÜåäöéüíáèàñôêij!?")
LETTER_HEIGHT, FIGURE_HEIGHT, CAPITAL_ACCENT_HEIGHT, RING_HEIGHT, ACCENT_HEIGHT = 0.70, 0.68, 0.92, 0.77, 0.75
DOT_HEIGHT, CROSS_HEIGHT, LOW_HEIGHT = 0.71, 0.65, 0.51
"""Heights above the base line as shares of the font size, of `i`, `t` and `x` last; typefaces differ by 0.04."""
FEWEST_SAMPLES = 4
"""So many words beside letters of known height tell how high figures or small letters stand in a page's typeface."""
ONE_SHAPE = frozenset("CcOoSsUuVvWwXxZz")
"""Letters whose capital is the small one enlarged."""
DASH_MIDDLE = 0.24
"""Where dashes stand above the base line, as a share of the font size."""
MARKS = frozenset("0123456789*")
MARK_RISE, MARK_HEIGHT = 0.17, 0.55
"""Shares of the font size: how far above the base line a raised figure stands at least, how high it is at most."""
ACCENT_TOP = 0.82
"""A capital that rises at least this share of the font size above the base line has a ring or dots."""
ACCENT_FOOT = 0.745
"""Rings and dots of capitals begin at this share of the font size; capitals end below it."""
COMMA_FOOT = 0.13
"""Commas reach this share of the font size below the base line."""
COMMA_SLIMNESS = 1.3
"""A comma is at least this many times as high as wide, a point is round."""
LOW_SIGN = 0.3
"""Commas and points begin at most this share of the font size above the base line."""
COMMA_DEPTH = (0.03, 0.075)
"""Shares of the font size below the base line: a point ends above the first, a comma below the second."""
SAME_SIZE = 0.09
"""Sizes that differ by less than this share are one: pixels allow no finer measure at 200 dpi."""
SIZE_GUESS = 0.14
"""Where no letter of a word tells its size well, that is off by up to this share."""
CAPITAL_ACCENTS = frozenset("ÅÄÖÉÜ")
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
EDGE = 1.0
"""Pixels that the blur of scanning adds to the height of a letter."""
BLUR = 1.3
"""Pixels that the blur of scanning adds to the measured thickness of a stroke."""
BOLD = 1.22
"""Strokes of bold type are at least this many times as thick as the page's usual ones; common faces have 1.5 to 1.8."""
WIDEST_LETTER = 0.9
"""Letters are narrower than this share of their word's height; what is wider are two that touch."""
FIGURE_SHARE = 0.7
"""Figures are at least this share of the tallest one high; a comma that a figure touches is lower."""
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
THOUSANDS_PITCH = 1.28
"""Digits with a thousand space between them stand at least this many usual steps apart; a narrow space gives 1.33."""
MENDED = 0.9
"""Confidence of a text that OCR read otherwise than its shape says, at most."""
UNSURE = 0.6
"""Confidence of a number whose comma may be a point, at most."""


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


@dataclass(frozen=True, slots=True)
class _Glyphs:
    """A word and the columns of print that it covers, in pixels of its line's picture."""

    read: Read
    columns: tuple[tuple[int, int], ...]
    top: int
    bottom: int
    shape: str
    """The characters of which the top is one: the whole word, or its first letter where others have rings or dots."""


def look_of_strip(sheet: Sheet, strip: Region, reads: Sequence[Read], number: int) -> list[PrintedWord]:
    """The words of one piece of a line, raised marks set apart."""
    left, top, width, height = strip
    ink = sheet.ink[top : top + height, left : left + width]
    words = [_with_ring_or_dots(word, ink) for word in _glyphs_of(ink, reads)]
    base, size, is_exact = _base_and_size(words)
    rises = tuple(_rises(words, base))
    printed: list[PrintedWord] = []
    for word in words:
        for part in _parts(word, ink, base, size):
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


def _glyphs_of(ink: Pixels, reads: Sequence[Read]) -> list[_Glyphs]:
    """Each word with its own columns of print: words are parted at the widest gap near where OCR puts the space."""
    columns = glyph_columns(ink)
    cuts = [0, *_cuts(columns, reads, ink.shape[0]), len(columns)]
    words = []
    for read, (start, end) in zip(reads, pairwise(cuts), strict=True):
        own = tuple(columns[start:end]) or ((int(max(read.left, 0)), int(max(read.right, read.left + 1, 1))),)
        rows = np.flatnonzero((ink[:, own[0][0] : own[-1][1]] > 0).any(axis=1))
        top, bottom = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, ink.shape[0])
        if _is_number(read.text):
            top, bottom = _figure_rows(ink, own, read.text)
        shape = read.text
        if shape[:1] in TALL and set(shape) & ACCENTED and own[0][1] - own[0][0] < WIDEST_LETTER * (bottom - top):
            first = np.flatnonzero((ink[:, slice(*own[0])] > 0).any(axis=1))
            top, shape = (int(first[0]) if len(first) else top), shape[0]
        words.append(_Glyphs(read, own, top, bottom, shape))
    return words


def _is_number(text: str) -> bool:
    """Whether a word has figures and no letters."""
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))


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


def _base_and_size(words: Sequence[_Glyphs]) -> tuple[float, float, bool]:
    """The base line of a piece of a line and its font size, 0 where no letter tells it, and whether it is exact."""
    words = [word for word in words if not word.read.raised]
    standing = [word.bottom for word in words if _tells_base(word.read.text)]
    base = float(np.median(standing)) if standing else None
    exact: list[float] = []
    rough: list[float] = []
    for word in words:
        height, is_exact = _height_share(word.shape)
        if height:
            foot = base if base is not None else word.bottom
            share = height + (_depth(word.read.text) if base is None else 0.0)
            (exact if is_exact and base is not None else rough).append((foot - word.top - EDGE) / share)
    size = median_low(exact or rough) if exact or rough else 0.0
    if base is None:
        base = _base_without_letters(words, size)
    return base, size, bool(exact)


def _rises(words: Sequence[_Glyphs], base: float) -> Iterator[tuple[float, float]]:
    """What the words of a piece of a line that has a base line tell of its size, letters of sure height left out."""
    own = [word for word in words if not word.read.raised]
    if not any(_tells_base(word.read.text) for word in own):
        return
    for word in own:
        share, is_exact = _height_share(word.shape)
        if share and not is_exact:
            yield share, base - word.top - EDGE


def _depth(text: str) -> float:
    """How far below the base line a word reaches."""
    below = BELOW & set(text)
    return 0.0 if not below else COMMA_FOOT if below <= {",", ";"} else DESCENT


def _tells_base(text: str) -> bool:
    """Whether a word stands on the base line and does not reach below it, or its figures alone were measured."""
    return _is_number(text) or bool((LOW | TALL | ACCENTED) - {"j"} & set(text)) and not BELOW & set(text)


def _height_share(text: str) -> tuple[float, bool]:
    """How high above the base line a word reaches, and whether that holds in most typefaces."""
    letters = set(text)
    if letters & CAPITAL_ACCENTS:
        return CAPITAL_ACCENT_HEIGHT, False
    if "å" in letters:
        return RING_HEIGHT, False
    if letters & ACCENTED - {"i", "j"}:
        return ACCENT_HEIGHT, False
    if letters & TALL:
        return (LETTER_HEIGHT, True) if any(map(str.isalpha, text)) else (FIGURE_HEIGHT, False)
    for raised, height in (("ij", DOT_HEIGHT), ("t", CROSS_HEIGHT)):
        if letters & set(raised):
            return height, False
    return (LOW_HEIGHT, False) if letters & (LOW | set("gpqy")) else (0.0, False)


def _base_without_letters(words: Sequence[_Glyphs], size: float) -> float:
    bottom = max((word.bottom for word in words), default=0)
    if size:
        return bottom - DESCENT * size
    return float(bottom)


def _parts(word: _Glyphs, ink: Pixels, base: float, size: float) -> list[_Glyphs]:
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


def _raised_glyphs(word: _Glyphs, ink: Pixels, base: float, size: float) -> int:
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


def _with_ring_or_dots(word: _Glyphs, ink: Pixels) -> _Glyphs:
    """A word whose first letter is Å, Ä or Ö by what stands above it, where OCR has read A or O."""
    first, rest = word.read.text[:1], word.read.text[1:]
    share = _height_share(rest)[0]
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


def _with_decimal_signs(word: _Glyphs, ink: Pixels) -> _Glyphs:
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


def _thousands(word: _Glyphs) -> list[_Glyphs]:
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


def _weight(level: Pixels) -> float:
    """The mean thickness of strokes: twice the printed area over the length of its outline, whatever the tone."""
    dark = 255.0 - np.asarray(cv2.copyMakeBorder(level, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(255,)), np.float32)
    dark[dark < 50] = 0
    outline = float(np.hypot(*np.gradient(dark)).sum())
    return 2 * float(dark.sum()) / outline if outline else 0.0


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
            number = _is_number(word.text)
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
    normal = [usual[word.size, _is_number(word.text)] for word in words]
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
    return BOLD_FIGURES if _is_number(word.text) else BOLD


def _may_be_bold(word: PrintedWord, ratio: float) -> bool:
    """Whether a word whose strokes say little about its weight may go on with a bold line above it."""
    if _is_number(word.text):
        return ratio >= MAYBE_BOLD
    return len(word.text) <= FEW_LETTERS and word.text.islower()


def _goes_with(word: PrintedWord, head: PrintedWord) -> bool:
    """Whether a word stands on the line below another, as the next line of one cell, or follows it in its row."""
    step = word.base - head.base
    if abs(step) <= SAME_BASE * head.size:
        return head.right <= word.left and not _is_number(head.text)
    return 0.5 * head.size < step < NEXT_LINE * head.size and word.left < head.right and head.left < word.right
