"""Characters gathered into words, raised marks set apart."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

import numpy as np

from extract.page.chars import LEAST_SIZE, Flags, Floats, RawChars, Run
from extract.page.model import Matrix
from extract.page.turning import apply_matrix, turned_page
from schema.layout import Box, Word
from schema.lexicon.signs import BULLETS, PRIVATE_BULLETS
from schema.lexicon.signs.leaders import leaders_in
from schema.lexicon.signs.marks import takes_power

LINE_END_HYPHENS = {0x02, 0xFFFE, 0xAD}
"""pdfium's and Unicode's codes for a hyphen that stands only because the line ends."""
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_CODES = [ord(figure) for figure in RAISED]
LARGEST_CODE = 0x10FFFF
WORD_GAP = 0.18
"""A gap wider than this share of the font size parts two words; the narrowest space seen is 0.22."""
CELL_GAP = 0.12
"""The same between a figure and a capital: a number that ends its cell and the text that begins the next one."""
MOST_BACK = -0.6
"""Letters that are set closer, as by kerning, overlap by less than this share of the font size."""
SAME_BASE = 0.1
"""The letters of a word stand on one line, within this share of the font size."""
MARKER_SIZE = 0.86
"""A raised mark is printed at most this share of its neighbour's size; Word uses 0.58 to 0.66, web pages 0.83."""
LEAST_MARK = 0.4
"""A smaller word is no mark of its neighbour: Word's smallest are 0.58 of its size."""
MARKER_RISE = 0.12
"""A raised mark stands at least this share of its neighbour's size above the base line."""
LETTER_STEP = 2.5
"""Letters of one slanted text, a space between them, are at most so many font sizes apart."""
ASCENT, DESCENT = 0.76, 0.22
"""Where a line of text begins and ends around its base line, as shares of the font size."""
SOFT_HYPHEN, TRUE_HYPHEN = "\u00ad", "\u2010"
PLAIN_FIGURES = str.maketrans(RAISED, "0123456789")
MARKER_CHARS = frozenset("0123456789*†‡§,abcdefghx)")


@dataclass(frozen=True, slots=True)
class Chars:
    """Characters where a reader sees them, with the origin at the top left: n of each."""

    text: str
    x0: Floats
    x1: Floats
    base: Floats
    """Distance of the base line from the top of the page."""
    size: Floats
    bold: Flags
    italic: Flags
    raised: Flags


def chars_on_page(chars: RawChars, matrix: Matrix, height: float) -> Chars:
    """The characters where a reader sees them, with the origin at the top left."""
    a, b, c, d, e, f = matrix
    left, top, right, bottom = chars.boxes.T
    codes = chars.codes.tolist()
    letters = {code: _letter(code) for code in set(codes)}
    text = "".join([letters[code] for code in codes])
    first, second = a * left + c * bottom + e, a * right + c * top + e
    fonts = [run.font for run in chars.runs]
    return Chars(
        text=text,
        x0=np.minimum(first, second),
        x1=np.maximum(first, second),
        base=height - (b * chars.origins[:, 0] + d * chars.origins[:, 1] + f),
        size=_heights(chars.runs)[chars.run_of],
        bold=_each(chars, [font.bold for font in fonts], np.bool_),
        italic=_each(chars, [font.italic for font in fonts], np.bool_),
        raised=chars.raised if letters.keys().isdisjoint(RAISED_CODES) else chars.raised | np.isin(codes, RAISED_CODES),
    )


def _letter(code: int) -> str:
    letter = "\u00ad" if code in LINE_END_HYPHENS else chr(min(code, LARGEST_CODE))
    return BULLETS[0] if letter in PRIVATE_BULLETS else letter


def _heights(runs: Sequence[Run]) -> Floats:
    """The font size of each run on the page, as `Run.height` tells it."""
    up_x, up_y = np.array([run.up for run in runs], dtype=np.float64).reshape(-1, 2).T
    sizes = np.array([run.size for run in runs], dtype=np.float64)
    heights: Floats = np.maximum(np.hypot(up_x, up_y) * sizes, LEAST_SIZE)
    return heights


def _each(chars: RawChars, values: list[Any], kind: type) -> Any:
    """What each character has of its run."""
    return np.array(values, dtype=kind)[chars.run_of]


def words_of(chars: Chars) -> list[Word]:
    """Characters gathered into words, raised marks set apart."""
    spaces = _are(str.isspace, chars.text)
    shown = _are(str.isprintable, chars.text) & ~spaces
    if SOFT_HYPHEN in chars.text:
        shown |= _are(SOFT_HYPHEN.__eq__, chars.text)
    printed = np.flatnonzero(shown)
    if not len(printed):
        return []
    after_space = np.diff(np.cumsum(spaces)[printed], prepend=-1) != 0
    own = Chars("".join(compress(chars.text, shown.tolist())), *(row[printed] for row in _rows(chars)))
    starts = np.flatnonzero(_starts(own, after_space))
    return _mark_raised(list(_words(own, starts)))


def _are(kind: Callable[[str], bool], text: str) -> Flags:
    """Which characters of a text are of a kind."""
    return np.fromiter(map(kind, text), dtype=bool, count=len(text))


def _rows(chars: Chars) -> tuple[Any, ...]:
    return chars.x0, chars.x1, chars.base, chars.size, chars.bold, chars.italic, chars.raised


def _starts(chars: Chars, after_space: Any) -> Any:
    """Which characters begin a word: after a space or a gap, on another line, in another size, raised or no longer.

    Letters of two sizes that touch on one base line are one word: set small capitals, or an initial.
    """
    x0, last_x0, last_x1 = chars.x0[1:], chars.x0[:-1], chars.x1[:-1]
    size, last_size = chars.size[1:], chars.size[:-1]
    largest, drop = np.maximum(size, last_size), chars.base[1:] - chars.base[:-1]
    gap = x0 - last_x1
    apart = (gap > WORD_GAP * largest) | (gap < MOST_BACK * largest) | (abs(drop) > SAME_BASE * largest)
    parted = gap > CELL_GAP * largest
    if parted.any():
        figures, capitals = _are(str.isdigit, chars.text), _are(str.isupper, chars.text)
        apart |= figures[:-1] & capitals[1:] & parted
    resized = (size != last_size) & (np.minimum(size, last_size) < MARKER_SIZE * largest)
    if resized.any():
        letters = _are(str.isalpha, chars.text)
        apart |= resized & ~(letters[1:] & letters[:-1])
    ligature = (x0 == last_x0) & (drop == 0)  # two letters of one ligature share its box
    starts = np.concatenate(([True], after_space[1:] | (apart & ~ligature)))
    starts[[place for span in leaders_in(chars.text) for place in span if place < len(starts)]] = True
    for i in np.flatnonzero((chars.raised[1:] != chars.raised[:-1]) & ~ligature & ~starts[1:]) + 1:
        begin = int(np.flatnonzero(starts[:i])[-1])
        starts[i] = not takes_power(chars.text[begin:i])  # a raised digit may be a power, as in m²
    return starts


def _words(chars: Chars, starts: Any) -> Iterator[tuple[Word, float]]:
    """Each word and its base line; a hyphen that stands only at the end of a line is an ordinary hyphen."""
    ends = [*starts[1:].tolist(), len(chars.text)]
    bold, italic = (np.add.reduceat(style.astype(int), starts) for style in (chars.bold, chars.italic))
    places = (np.minimum.reduceat(chars.x0, starts), np.maximum.reduceat(chars.x1, starts), chars.base[starts])
    rows = (*places, np.maximum.reduceat(chars.size, starts), bold, italic, chars.raised[starts])
    is_plain = SOFT_HYPHEN not in chars.text and TRUE_HYPHEN not in chars.text
    for start, end, *told in zip(starts.tolist(), ends, *(row.tolist() for row in rows), strict=True):
        x0, x1, base, size, bold_chars, italic_chars, raised = told
        text, count = chars.text[start:end], end - start
        text = text if is_plain and not raised else _printed(text, raised=raised)
        box = Box(x0, base - ASCENT * size, x1, base + DESCENT * size)
        yield Word(text, box, size, bold_chars * 2 > count, italic_chars * 2 > count, raised), base


def _printed(text: str, *, raised: bool) -> str:
    if SOFT_HYPHEN in text:
        text = text[:-1].replace(SOFT_HYPHEN, "") + text[-1].replace(SOFT_HYPHEN, "-")
    if text.endswith(TRUE_HYPHEN) and text[-2:-1].isalpha():
        text = text[:-1] + "-"  # browsers break words with it
    return text.translate(PLAIN_FIGURES) if raised else text


def _mark_raised(words: Sequence[tuple[Word, float]]) -> list[Word]:
    """Flag small raised words beside a larger one as footnote marks.

    The neighbour is sought on paper: in a table it may be far away in the file.
    """
    largest = max((word.size for word, _ in words), default=0.0)
    found = [word for word, _ in words]
    small = [i for i, word in enumerate(found) if not word.is_marker and _may_be_mark(word, largest)]
    if not small:
        return found
    by_base = sorted(words, key=lambda pair: pair[1])
    bases = [base for _, base in by_base]
    for i in small:
        word, base = words[i]
        below = by_base[bisect_left(bases, base) : bisect_right(bases, base + largest)]
        if any(_stands_above(word, base, other, other_base) for other, other_base in below):
            found[i] = replace(word, is_marker=True)
    return found


def _may_be_mark(word: Word, largest: float) -> bool:
    """Whether a word is short, smaller than some other and made of footnote marks."""
    return word.size <= MARKER_SIZE * largest and len(word.text) <= 5 and set(word.text.lower()) <= MARKER_CHARS


def _stands_above(word: Word, base: float, other: Word, other_base: float) -> bool:
    """Whether a word is smaller than its neighbour on the line and printed above the neighbour's base line."""
    rise = other_base - base
    gap = max(word.box.x0 - other.box.x1, other.box.x0 - word.box.x1)
    return (
        LEAST_MARK * other.size <= word.size <= MARKER_SIZE * other.size
        and MARKER_RISE * other.size <= rise <= other.size
        and -0.5 * other.size < gap < other.size
    )


def slanted_words(chars: RawChars, matrix: Matrix, height: float) -> list[Word]:
    """Runs of slanted text, each as one word with spaces in the box around it."""
    texts: list[list[int]] = []
    for i in range(len(chars.codes)):
        if texts and _goes_on(chars, texts[-1][-1], i):
            texts[-1].append(i)
        else:
            texts.append([i])
    return [word for places in texts if (word := _slanted_word(chars, places, matrix, height)).text]


def _goes_on(chars: RawChars, last: int, this: int) -> bool:
    """Whether a character goes on the slanted text that the last one is of."""
    run, before = chars.runs[chars.run_of[this]], chars.runs[chars.run_of[last]]
    near = math.dist(chars.origins[this], chars.origins[last]) < LETTER_STEP * run.height
    return run.across == before.across and bool(near)


def _slanted_word(chars: RawChars, places: Sequence[int], matrix: Matrix, height: float) -> Word:
    sides = chars.boxes[list(places)]
    ends = [end for left, top, right, bottom in sides for end in ((left, bottom), (right, top))]
    corners = [apply_matrix(matrix, x, y) for x, y in ends]
    xs, ys = [float(x) for x, _ in corners], [float(height - y) for _, y in corners]
    text = " ".join("".join(chr(chars.codes[i]) for i in places).split())
    runs = [chars.runs[chars.run_of[i]] for i in places]
    return Word(text, Box(min(xs), min(ys), max(xs), max(ys)), max(run.height for run in runs), runs[0].font.bold)


def sideways_words(chars: RawChars, matrix: Matrix, width: float, height: float, turn: int) -> list[Word]:
    """Lines of text that run in another direction than the page's, each as one word with spaces.

    Read on the page turned for them, then put back where they stand.
    """
    turned, turned_width, turned_height = turned_page(matrix, width, height, turn)
    lines: list[list[Word]] = []
    for word in words_of(chars_on_page(chars, turned, turned_height)):
        last = lines[-1][-1] if lines else None
        near = last and abs(last.box.bottom - word.box.bottom) < 0.2 * word.size
        if last and near and 0 <= word.box.x0 - last.box.x1 < word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_put_back(line, turned_width, turned_height, turn) for line in lines]


def _put_back(line: Sequence[Word], width: float, height: float, turn: int) -> Word:
    """A sideways line as one word at its place on the page as it is displayed."""
    x0, x1 = line[0].box.x0, line[-1].box.x1
    top, bottom = line[0].box.top, line[0].box.bottom
    box = {
        1: Box(top, width - x1, bottom, width - x0),
        2: Box(width - x1, height - bottom, width - x0, height - top),
        3: Box(height - bottom, x0, height - top, x1),
    }[turn]
    return replace(line[0], text=" ".join(word.text for word in line), box=box)
