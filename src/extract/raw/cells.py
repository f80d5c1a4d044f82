"""The body of a table in raw PDF text → labels and cells, in the order in which they are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.raw.lines import Line, chunk_lines, is_leading
from extract.raw.values import SplitLine, split_line
from schema.lexicon.figures import is_grouped, opens_with_figure
from schema.lexicon.labels import is_sex_label
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.values import is_missing, names_value, opens_like_value, opens_with, value_name
from schema.lexicon.wordbreaks import Known, is_word, join_lines
from schema.lexicon.years import is_dated

NARROW = 15
"""Characters; the lines of a value column's cell are shorter (internkontrollr), those of a label longer."""
MOST_UNIT_LETTERS = 6

LAST_LETTERS, FIRST_LETTERS = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Piece:
    """A label or a cell: its printed lines."""

    lines: list[Line] = field(default_factory=list)
    is_value: bool = False
    with_values: bool = False
    """A label whose last line also holds values."""
    starts_page: bool = False
    is_head: bool = False
    """Cut off from a line that goes on with another cell."""

    @property
    def width(self) -> int:
        """Length of the longest line."""
        return max((len(take_marks(line.text)[0]) for line in self.lines), default=0)

    def text(self, known: Known | None = None) -> str:
        """The piece as one line of text, footnote marks included."""
        fills = [_fill(line, below, known) for line, below in pairwise(self.lines)]
        return join_lines([line.text for line in self.lines], fills=fills, known=known)


def _fill(line: Line, below: Line, known: Known | None) -> bool | None:
    """A line without the space of a wrap, in a text that keeps it, breaks a word, never beside one such as *och*."""
    if line.ends_open is None:
        return None
    if line.raw.endswith(" "):
        return False
    left, right = LAST_LETTERS.search(line.text), FIRST_LETTERS.match(below.text)
    if left is None or right is None or not (is_leading(left.group()) or is_leading(right.group())):
        return True
    joined = left.group() + right.group()
    return True if is_word(joined) or (known is not None and known(joined)) else None


def split_pieces(lines: Sequence[Line]) -> list[Piece]:
    """Divide the lines of a table's body into labels and cells."""
    pieces: list[Piece] = []
    for chunk in chunk_lines(lines):
        found = _read_chunk(chunk)
        if found and pieces and _continues(pieces[-1], found[0]):
            first = found.pop(0)
            pieces[-1].lines += first.lines
            pieces[-1].with_values |= first.with_values
        pieces += found
    return _tell_values(pieces)


def _read_chunk(chunk: Sequence[Line]) -> list[Piece]:
    """Divide one chunk: narrow lines are one cell, others are read line by line."""
    if _is_narrow_cell(chunk):
        return [Piece(list(chunk), is_value=True, starts_page=chunk[0].starts_page)]
    pieces: list[Piece] = []
    is_open = False
    for line in _close_brackets(chunk):
        is_open = _read_line(line, pieces, is_open=is_open)
    return pieces


def _is_narrow_cell(chunk: Sequence[Line]) -> bool:
    """Several short lines, a number among them and never two in one line: one cell of a narrow column."""
    if len(chunk) < 2 or max(len(line.text) for line in chunk) > NARROW:
        return False
    splits = [split_line(take_marks(line.text)[0]) for line in chunk]
    if any(split.leading and split.text[:1].isupper() for split in splits):
        return False
    counts = [len(split.leading) + len(split.trailing) for split in splits]
    digits = any(any(c.isdigit() for c in line.text) for line in chunk)
    is_row = any(_is_row(split, count) for split, count in zip(splits, counts, strict=True))
    return digits and not is_row and not is_sex_label(chunk[0].text)


def _is_row(split: SplitLine, count: int) -> bool:
    """Two values in a line, unless they are the groups of one number (`1 201`)."""
    numbers = " ".join((*split.leading, *split.trailing))
    return count > 1 and not is_grouped(numbers)


def _close_brackets(chunk: Sequence[Line]) -> list[Line]:
    """Join a value whose bracket closes in a later line."""
    lines: list[Line] = []
    for line in chunk:
        last = lines[-1] if lines else None
        if last is not None and last.text.count("(") > last.text.count(")") and opens_with_figure(last.text):
            lines[-1] = Line(last.number, last.text + line.text, line.raw, line.ends_open, last.starts_page)
        else:
            lines.append(line)
    return lines


def _read_line(line: Line, pieces: list[Piece], *, is_open: bool) -> bool:
    """Add a line's values and words to the pieces; say whether its last piece may go on."""
    split = split_line(line.text)
    open_piece = pieces[-1] if is_open and pieces else None
    if line.text.startswith("(") and pieces and pieces[-1].is_value:
        pieces[-1].lines.append(line)
        return False
    if _is_all_words(split, open_piece):
        _add_words(line, line.text, pieces, open_piece)
        return True
    if split.leading and split.text[:1].islower() and len(split.text) <= MOST_UNIT_LETTERS and not split.trailing:
        *values, last = split.leading
        _add_values(line, (*values, f"{last} {split.text}"), pieces)
        return False
    _add_values(line, split.leading, pieces)
    if split.text:
        _add_words(line, split.text, pieces, None if split.leading or is_sex_label(split.text) else open_piece)
        pieces[-1].with_values = bool(split.trailing)
    _add_values(line, split.trailing, pieces)
    return not split.trailing and bool(split.text)


def _is_all_words(split: SplitLine, open_piece: Piece | None) -> bool:
    """Whether the values in a line are part of its words: one number in a text is none of the row's."""
    before, after = len(split.leading), len(split.trailing)
    if not before and not after:
        return True
    if not split.text:
        is_cell = open_piece is not None and open_piece.width <= NARROW and not open_piece.is_value
        return before == 1 and is_cell
    if before == 1 and not after and not split.text[0].isupper():
        return True
    if before or after != 1:
        return False
    value = split.trailing[0]
    return not (is_missing(value) and value[0].isalpha())


def _add_words(line: Line, text: str, pieces: list[Piece], open_piece: Piece | None) -> None:
    part = Line(line.number, text, line.raw if line.text.endswith(text) else text, line.ends_open, line.starts_page)
    if open_piece is not None and not open_piece.is_value:
        open_piece.lines.append(part)
    else:
        pieces.append(Piece([part], starts_page=line.starts_page))


def _add_values(line: Line, values: Sequence[str], pieces: list[Piece]) -> None:
    for value in values:
        pieces.append(
            Piece(
                [Line(line.number, value, value, None, line.starts_page)], is_value=True, starts_page=line.starts_page
            )
        )


def _continues(before: Piece, piece: Piece) -> bool:
    """A piece that opens in lower case or with a bracket goes on with the one before it."""
    text, last = piece.lines[0].text, before.lines[-1].text
    if piece.starts_page and before.is_value:
        return False
    if before.is_value and (last.endswith(("/", ":")) or _is_rest(piece)):
        return True
    opens_small = text[0].islower() or text[0] == "("
    if not opens_small or opens_like_value(text) or opens_with(text, "directions") or is_missing(text):
        return False
    return not before.with_values


def _is_rest(piece: Piece) -> bool:
    """What no cell opens with: a percent sign, a closing bracket, a slash alone in its line."""
    text = piece.lines[0].text
    return text == "%" or text[0] == ")" or (text[0] == "/" and len(piece.lines) == 1)


def _tell_values(pieces: list[Piece]) -> list[Piece]:
    """Narrow words after a label are cells, wide ones labels."""
    seen_label = False
    for piece in pieces:
        if not piece.is_value and seen_label and _reads_as_value(piece):
            piece.is_value = True
        seen_label = seen_label or not piece.is_value
    return pieces


def _reads_as_value(piece: Piece) -> bool:
    text = piece.lines[0].text
    if piece.with_values or is_sex_label(text):
        return False
    if is_missing(text) or (piece.width <= NARROW and opens_like_value(text)):
        return True
    is_part = names_value(take_marks(text)[0])
    return piece.width <= NARROW and (len(piece.lines) > 1 or is_part or opens_with(text, "directions"))


def merge_named(cells: list[Piece], most: int) -> list[list[Piece]]:
    """Group cells that are parts of one: `IFO 2173`, `LSS 481`, `IFO 2080` … are cells of two parts each."""
    groups: list[list[Piece]] = []
    seen: set[str] = set()
    for cell in cells:
        key = _key(cell)
        if groups and key and seen and key not in seen:
            groups[-1].append(cell)
            seen.add(key)
        else:
            groups.append([cell])
            seen = {key} if key else set()
    return groups


def _key(cell: Piece) -> str:
    """The name of a part: the word before its number, no comparator."""
    text = " ".join(take_marks(line.text)[0] for line in cell.lines)
    name = value_name(text)
    if not name or is_dated(text) or opens_with(text, "comparators") or opens_with(text, "preliminary"):
        return ""
    return re.sub(r"\W", "", name).casefold()
