"""Words gathered into printed lines, and lines into segments parted by wide gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter, is_

from extract.page.model import SAME_LINE, middle_of
from schema.layout import Box, Word
from schema.lazy import lazy
from schema.lexicon.figures import is_amount, is_figure, is_lone_minus
from schema.lexicon.signs.leaders import is_leader
from schema.lexicon.signs.marks import marks_in
from schema.lexicon.years import years_in

SIDEWAYS = 1.5
"""A word is set sideways where its box is so many times as high as its letters."""
COLUMN_GAP = 0.85
"""A gap wider than this share of the font size parts two columns; justified text stays under 0.7."""
TYPED_STEP, SAME_STEP = 0.6, 0.012
"""Font sizes that each letter takes in typewriter fonts, the space too, and by how much it may differ."""
MANY_WORDS = 20
"""Words from which their lines are kept for whoever asks for them next: a page is asked some ten times, a cell once."""
KEPT = 512
"""Lines are kept of so many groups of words: a document's pages are gone through several times, some groups a page."""
_left, _foot = attrgetter("box.x0"), attrgetter("box.bottom")


@dataclass(frozen=True)
class Line:
    """Words printed side by side, from left to right."""

    words: tuple[Word, ...]

    @lazy
    def box(self) -> Box:
        """The rectangle around all words."""
        return around([word.box for word in self.words])

    @lazy
    def size(self) -> float:
        """The largest font size among words that are neither raised marks nor symbols such as status dots."""
        sizes = {word.size for word in self.words}
        return sizes.pop() if len(sizes) == 1 else max(word.size for word in self._set)

    @lazy
    def text(self) -> str:
        """The words without raised marks, parted by spaces."""
        return " ".join([word.text for word in self.words if not word.is_marker])

    @property
    def markers(self) -> tuple[str, ...]:
        """The raised marks, in order."""
        return tuple(m for word in self.words if word.is_marker for m in marks_in(word.text))

    @lazy
    def segments(self) -> tuple[Line, ...]:
        """The pieces that gaps as wide as between columns part."""
        return tuple(_parted(self, COLUMN_GAP))

    @lazy
    def covered(self) -> dict[float, list[tuple[float, float]]]:
        """What the line covers from left to right, by the size of print that says which gaps count."""
        return {}

    @lazy
    def is_typed(self) -> bool:
        """Whether every letter is as wide as in typewriter fonts, and so is each space."""
        words = [word for word in self.words if word.text and not word.is_marker]
        return all(
            abs(word.box.width / len(word.text) - TYPED_STEP * word.size) < SAME_STEP * word.size for word in words
        )

    @lazy
    def has_figure(self) -> bool:
        """Whether a piece of the line after the first is a bare number that is no year.

        Two figures of a year beside headers of years are the rest of one: *Utfall 2023*, *Utfall 2024*, *24*.
        """
        texts = [piece.text for piece in self.segments[1:]]
        amounts = [text for text in texts if is_amount(text)]
        years = [str(year)[2:] for text in texts if amounts and text not in amounts for year in years_in(text)[-1:]]
        return bool(set(amounts) - set(years if len(years) > 1 else ()))

    @lazy
    def _set(self) -> tuple[Word, ...]:
        """The words that tell how the line is set: those with letters or figures, else all."""
        plain = tuple(w for w in self.words if not w.is_marker and _has_sign(w.text))
        return plain or tuple(w for w in self.words if not w.is_marker) or self.words

    @lazy
    def bold(self) -> bool:
        """Whether everything but raised marks and symbols is bold."""
        kinds = {word.bold for word in self.words}
        return kinds.pop() if len(kinds) == 1 else all(word.bold for word in self._set)

    @lazy
    def italic(self) -> bool:
        """Whether everything but raised marks and symbols is italic."""
        kinds = {word.italic for word in self.words}
        return kinds.pop() if len(kinds) == 1 else all(word.italic for word in self._set)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all boxes."""
    first, *others = boxes
    if not others:
        return first
    x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
    for box in others:
        if box.x0 < x0:
            x0 = box.x0
        if box.top < top:
            top = box.top
        if box.x1 > x1:
            x1 = box.x1
        if box.bottom > bottom:
            bottom = box.bottom
    return Box(x0, top, x1, bottom)


def _has_sign(text: str) -> bool:
    """Whether a word has a letter or a figure."""
    return text[:1].isalnum() or any(ch.isalnum() for ch in text)


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """Words that are known again as the very same ones: quicker than comparing what they say."""

    words: tuple[Word, ...]

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.words)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Same) or len(self.words) != len(other.words):
            return False
        return all(map(is_, self.words, other.words))


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words as lines from the top down; a raised mark belongs to the line of the word it touches."""
    words = tuple(words)
    if len(words) < 2:  # as in most cells of a table
        return [Line(words)] if words else []
    return list(_kept_lines(_Same(words)) if len(words) >= MANY_WORDS else _lines(words))


@lru_cache(maxsize=KEPT)
def _kept_lines(same: _Same) -> tuple[Line, ...]:
    return tuple(_lines(same.words))


def _lines(words: Sequence[Word]) -> list[Line]:
    rows: list[list[Word]] = []
    ordered = []
    for i, word in enumerate(words):
        box = word.box
        if not word.is_marker:
            ordered.append(((box.top + box.bottom) / 2, box.x0, i, word))
    ordered.sort()
    first, first_middle = None, 0.0
    for middle, _, _, word in ordered:
        near = SAME_LINE * (word.size if not first or word.size < first.size else first.size)
        if first and (middle - first_middle <= near or _are_turned(word, first)):
            rows[-1].append(word)
        else:
            rows.append([word])
            first, first_middle = word, middle
    for mark in (w for w in words if w.is_marker):
        _place_mark(rows, mark)
    lines = [Line(tuple(sorted(row, key=_left) if len(row) > 1 else row)) for row in rows]
    return sorted(lines, key=_foot)


def _are_turned(word: Word, other: Word) -> bool:
    return is_sideways(word) and is_sideways(other) and stand_beside(word, other)


def is_sideways(word: Word) -> bool:
    """Whether a word runs up or down the page."""
    box = word.box
    height = box.bottom - box.top
    return height > SIDEWAYS * word.size and height > box.x1 - box.x0


def stand_beside(word: Word, other: Word) -> bool:
    """Whether two words reach over the middle of the lower of them."""
    lower = max(word.box, other.box, key=lambda box: box.top)
    return (lower.top + lower.bottom) / 2 < min(word.box.bottom, other.box.bottom)


def _place_mark(rows: list[list[Word]], mark: Word) -> None:
    """Put a raised mark into the line whose words stand nearest, or on a line of its own."""
    best: tuple[float, list[Word]] | None = None
    for row in rows:
        size = row[0].size
        if not row[0].box.top - 0.6 * size <= middle_of(mark) <= row[0].box.bottom:
            continue
        gap = min(max(mark.box.x0 - w.box.x1, w.box.x0 - mark.box.x1, 0.0) for w in row)
        if best is None or gap < best[0]:
            best = (gap, row)
    if best:
        best[1].append(mark)
    else:
        rows.append([mark])


def segments_of(line: Line, *, gap: float = COLUMN_GAP) -> Sequence[Line]:
    """The pieces of a line that wide gaps part."""
    return line.segments if gap == COLUMN_GAP else _parted(line, gap)


def text_of(line: Line, *, gap: float) -> str:
    """A line's words, two spaces between figures that stand so many font sizes apart: they are not one number."""
    pieces = segments_of(line, gap=gap)
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        apart = is_figure(before.text) and is_figure(piece.text) and not is_lone_minus(before.text)
        text += ("  " if apart else " ") + piece.text
    return text


def _parted(line: Line, gap: float) -> list[Line]:
    cuts = cuts_of(line, gap)
    return [line] if len(cuts) == 1 else [Line(line.words[a:b]) for a, b in pairwise([*cuts, len(line.words)])]


def cuts_of(line: Line, gap: float) -> list[int]:
    """The numbers of the words that begin the pieces of a line that gaps so wide, in font sizes, part."""
    if len(line.words) == 1:
        return [0]
    words, widest = line.words, gap * line.size
    last, reach = words[0], words[0].box.x1
    cuts = [0]
    for i in range(1, len(words)):
        word = words[i]
        box = word.box
        if box.x0 - reach > widest or is_leader(last.text):
            cuts.append(i)
            reach = box.x1
        elif box.x1 > reach:
            reach = box.x1
        last = word
    return cuts


def cluster(values: Iterable[float], tolerance: float) -> list[float]:
    """Values closer than the tolerance to their neighbour, each group replaced by its mean."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def nearest(values: Sequence[float], value: float) -> int:
    """Index of the value that is nearest."""
    distances = [abs(one - value) for one in values]
    return distances.index(min(distances))
