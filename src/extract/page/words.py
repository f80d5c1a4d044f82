"""Characters gathered into words, raised marks set apart."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extract.page.chars import RAISED, RawChar, chars_on_page
from extract.page.model import Char, Matrix
from extract.page.turning import apply_matrix, turned_page
from schema.layout import Box, Word
from schema.lexicon.signs.marks import takes_power

WORD_GAP = 0.18
"""A gap wider than this share of the font size parts two words; the narrowest space seen is 0.22."""
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
PLAIN_FIGURES = str.maketrans(RAISED, "0123456789")
MARKER_CHARS = frozenset("0123456789*†‡§,abcdefghx)")


def words_of(chars: Sequence[Char]) -> list[Word]:
    """Characters gathered into words, raised marks set apart."""
    words: list[tuple[Word, float]] = []
    run: list[Char] = []
    for char in chars:
        if run and _starts_word(run, char):
            words.append(_word(run))
            run = []
        if not char.text.isspace() and char.text.isprintable() or char.text == "\u00ad":
            run.append(char)
    if run:
        words.append(_word(run))
    return _mark_raised(words)


def _starts_word(run: Sequence[Char], char: Char) -> bool:
    """Whether the character is not part of the word so far."""
    if char.text.isspace():
        return True
    last = run[-1]
    if char.x0 == last.x0 and char.base == last.base:  # two letters of one ligature share its box
        return False
    size = last.size if last.size > char.size else char.size
    gap = char.x0 - last.x1
    if (char.x0, char.x1, char.base) == (last.x0, last.x1, last.base):
        return False
    if gap > WORD_GAP * size or gap < -0.6 * size or abs(char.base - last.base) > 0.1 * size:
        return True
    if last.size != char.size and min(last.size, char.size) < MARKER_SIZE * size:
        return True
    return char.raised != last.raised and not _is_power(run)


def _is_power(run: Sequence[Char]) -> bool:
    """Whether a raised digit after these characters is a power, as in m²."""
    return takes_power("".join(char.text for char in run))


def _word(run: Sequence[Char]) -> tuple[Word, float]:
    """A word and its base line; a hyphen that stands only at the end of a line is an ordinary hyphen."""
    text = "".join(char.text for char in run)
    text = text[:-1].replace("\u00ad", "") + text[-1].replace("\u00ad", "-")
    first = run[0]
    bold = sum(char.font.bold for char in run) * 2 > len(run)
    italic = sum(char.font.italic for char in run) * 2 > len(run)
    base, size = first.base, max(char.size for char in run)
    box = Box(min(c.x0 for c in run), base - ASCENT * size, max(c.x1 for c in run), base + DESCENT * size)
    raised = run[0].raised
    return Word(text.translate(PLAIN_FIGURES) if raised else text, box, size, bold, italic, raised), base


def _mark_raised(words: Sequence[tuple[Word, float]]) -> list[Word]:
    """Flag small raised words beside a larger one as footnote marks.

    The neighbour is sought on paper: in a table it may be far away in the file.
    """
    largest = max((word.size for word, _ in words), default=0.0)
    by_base = sorted(words, key=lambda pair: pair[1])
    bases = [base for _, base in by_base]
    marked = []
    for word, base in words:
        if not word.is_marker and _may_be_mark(word, largest):
            below = by_base[bisect_left(bases, base) : bisect_right(bases, base + largest)]
            if any(_stands_above(word, base, other, other_base) for other, other_base in below):
                word = replace(word, is_marker=True)
        marked.append(word)
    return marked


def _may_be_mark(word: Word, largest: float) -> bool:
    """Whether a word is short, smaller than some other and made of footnote marks."""
    return len(word.text) <= 5 and word.size <= MARKER_SIZE * largest and set(word.text.lower()) <= MARKER_CHARS


def _stands_above(word: Word, base: float, other: Word, other_base: float) -> bool:
    """Whether a word is smaller than its neighbour on the line and printed above the neighbour's base line."""
    rise = other_base - base
    gap = max(word.box.x0 - other.box.x1, other.box.x0 - word.box.x1)
    return (
        LEAST_MARK * other.size <= word.size <= MARKER_SIZE * other.size
        and MARKER_RISE * other.size <= rise <= other.size
        and -0.5 * other.size < gap < other.size
    )


def slanted_words(chars: Sequence[RawChar], matrix: Matrix, height: float) -> list[Word]:
    """Runs of slanted text, each as one word with spaces in the box around it."""
    runs: list[list[RawChar]] = []
    for char in chars:
        last = runs[-1][-1] if runs else None
        same = last and (char.run_x, char.run_y) == (last.run_x, last.run_y)
        if last and same and math.dist((char.x, char.y), (last.x, last.y)) < LETTER_STEP * char.size:
            runs[-1].append(char)
        else:
            runs.append([char])
    return [word for run in runs if (word := _slanted_word(run, matrix, height)).text]


def _slanted_word(run: Sequence[RawChar], matrix: Matrix, height: float) -> Word:
    corners = [apply_matrix(matrix, x, y) for c in run for x, y in ((c.left, c.bottom), (c.right, c.top))]
    xs, ys = [x for x, _ in corners], [height - y for _, y in corners]
    text = " ".join("".join(chr(c.code) for c in run).split())
    return Word(text, Box(min(xs), min(ys), max(xs), max(ys)), max(c.size for c in run), run[0].font.bold)


def sideways_words(chars: Sequence[RawChar], matrix: Matrix, width: float, height: float, turn: int) -> list[Word]:
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
