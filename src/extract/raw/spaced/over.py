"""The lines of a header that follow each other in one line → each in its line, over the columns that it heads.

Where each begins is not printed: lines end where a single space parts two words, and each is moved to where its texts
stand best over the columns of figures. The split and the places at least cost are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.raw.spaced.parts import Part, pieces_of
from schema.lexicon.figures import is_amount
from schema.lexicon.headers import column_role
from schema.lexicon.labels import ends_sentence
from schema.lexicon.wordbreaks import ends_open

LONGEST = 40
"""Letters of a header's text; a longer one ends with the first word of the header."""
MOST_PIECES, MOST_COLUMNS, MOST_SPANNED = 24, 12, 4
"""Texts and columns of a header whose lines are looked for, and columns that one of its texts heads."""
MOST_FIRST = 3
"""Words of a header's first text."""
LINE = 4.0
"""What a line costs."""
LABEL, GROUP = 2.0, 0.5
"""What a text left of the columns costs, and one in the middle of several of them."""
ASTRAY = 8.0
"""What a text costs that stands over no column of its own."""
OPEN = 6.0
"""What it costs to end a line after a word with which no text ends."""
ALONE = 1.0
"""What a text costs that is alone in its line, so that nothing tells over which column."""


@dataclass(frozen=True)
class Column:
    """Where the figures of a column begin and end."""

    start: int
    end: int


@dataclass(frozen=True)
class _Line:
    cost: float
    pieces: tuple[Part, ...]
    """Its texts where they stand over the columns."""


def header_over(text: str, columns: Sequence[Column]) -> list[str]:
    """Return the text above a table: what is no header, then the lines of the header in their places."""
    pieces = pieces_of(text)
    first = _first_piece(pieces)
    if first is None or len(columns) > MOST_COLUMNS or any(is_amount(piece.text) for piece in pieces[first + 1 :]):
        return [text.strip()]
    start = _first_word(pieces[first])
    words = list(_words(text, start))
    lines = _parted(words, tuple(columns))
    before = text[:start].strip()
    return [*([before] if before else []), *map(_printed, lines)]


def _first_piece(pieces: Sequence[Part]) -> int | None:
    """The piece that a header's first text ends: those after it are short."""
    first = len(pieces) - 1
    while first > max(0, len(pieces) - MOST_PIECES) and len(pieces[first].text) <= LONGEST:
        first -= 1
    return first if 0 <= first < len(pieces) - 1 else None


def _first_word(piece: Part) -> int:
    """Where a header's first text begins: as many of the last words as name a column, or else the last."""
    words = piece.text.split(" ")
    ended = next((count for count in range(1, len(words)) if ends_sentence(words[-count - 1])), len(words))
    for count in range(min(MOST_FIRST, ended), 0, -1):
        text = " ".join(words[-count:])
        if count == 1 or column_role(text)[0] not in ("unknown", "blank"):
            return piece.end - len(text)
    return piece.start


def _words(text: str, start: int) -> Iterator[Part]:
    for piece in pieces_of(" " * start + text[start:]):
        place = piece.start
        for word in piece.text.split(" "):
            yield Part(place, word)
            place += len(word) + 1


def _parted(words: Sequence[Part], columns: tuple[Column, ...]) -> list[tuple[Part, ...]]:
    """The words as lines, at least cost."""
    ends = [i for i in range(1, len(words)) if words[i].start - words[i - 1].end == 1] + [len(words)]
    best: dict[int, tuple[float, list[tuple[Part, ...]]]] = {0: (0.0, [])}
    for end in ends:
        ways: list[tuple[float, list[tuple[Part, ...]]]] = []
        for start, (cost, lines) in reversed(best.items()):
            pieces = _joined(words[start:end])
            if len(pieces) > len(columns) + 1 and ways:
                break
            line = _line(pieces, columns)
            open_end = OPEN if start and ends_open(words[start - 1].text) else 0.0
            ways.append((cost + line.cost + LINE + open_end, [*lines, line.pieces]))
        best[end] = min(ways, key=lambda way: way[0])
    return best[len(words)][1]


def _joined(words: Sequence[Part]) -> tuple[Part, ...]:
    pieces: list[Part] = []
    for word in words:
        if pieces and word.start == pieces[-1].end + 1:
            pieces[-1] = Part(pieces[-1].start, f"{pieces[-1].text} {word.text}")
        else:
            pieces.append(word)
    return tuple(pieces)


def _line(pieces: tuple[Part, ...], columns: tuple[Column, ...]) -> _Line:
    """A line of a header where it stands best over the columns."""
    if len(pieces) == 1:
        return _Line(ALONE, (Part(0, pieces[0].text),))
    ways = []
    for middle in (False, True):
        places = {_place(column.start, column.end, middle=middle) for column in columns}
        own = {_place(piece.start, piece.end, middle=middle) for piece in (*pieces[:2], pieces[-1])}
        shifts = {int(place - x) for x in own for place in places}
        ways += [(_misfit(pieces, shift, columns, middle=middle), shift) for shift in shifts]
    cost, shift = min(ways)
    return _Line(cost, tuple(Part(max(0, piece.start + shift), piece.text) for piece in pieces))


def _place(start: int, end: int, *, middle: bool) -> float:
    """Where texts of a line meet their columns: all at their ends, or all in the middle."""
    return (start + end) / 2 if middle else end


def _misfit(pieces: Sequence[Part], shift: int, columns: Sequence[Column], *, middle: bool) -> float:
    """How far a line's texts stand from the columns that they head, each from its own or from several."""
    cost, following = 0.0, 0
    for index, piece in enumerate(pieces):
        start, end = piece.start + shift, piece.end + shift
        if not index and end < columns[0].start:
            cost += LABEL + max(0, -start)
            continue
        place = _place(start, end, middle=middle)
        left = range(following, len(columns))
        fits = [(abs(place - _place(columns[i].start, columns[i].end, middle=middle)), i) for i in left]
        if middle:
            pairs = ((columns[i].start, j) for i in left for j in left if 0 < j - i < MOST_SPANNED)
            fits += [(abs(place - (first + columns[j].end) / 2) + GROUP, j) for first, j in pairs]
        off, column = min(fits, default=(ASTRAY, following))
        cost += min(off, ASTRAY)
        following = column + 1
    return cost


def _printed(pieces: Sequence[Part]) -> str:
    """A line's texts in their places."""
    text = ""
    for piece in pieces:
        text += " " * max(piece.start - len(text), 2 if text else 0) + piece.text
    return text
