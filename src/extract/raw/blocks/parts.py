"""Blocks of lines that no blank line parts, and the columns of figures that they may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.raw.blocks.beside import header_text
from extract.raw.figures import bind_percent, counts_of
from extract.raw.headers.counted import label_role
from extract.raw.headers.model import LABEL_SIDE, Header, HeaderColumn
from extract.raw.lines import Line
from schema.lazy import lazy
from schema.lexicon.goals import parse_goal_line
from schema.lexicon.headers import best_reading, column_role, read_header
from schema.lexicon.headers.runs import is_period_word
from schema.lexicon.labels import ends_sentence
from schema.lexicon.signs.bullets import is_bullet
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.values import is_field, is_missing
from schema.lexicon.years import is_year

LONGEST_LINE = 75
"""Characters; a longer line is prose."""
LONGEST_LABEL, MOST_LABEL_LINES = 160, 3
"""Characters of a line, and lines, that may be a label right above a figure."""
LONGEST_HEAD = 40
"""Characters of one line that ends with a full stop and is a label or header still."""
NARROW = 25
"""Characters of the lines of a narrow column, whose cells may end a sentence."""
FEWEST_UNKNOWN = 3
"""Texts that make a header though none of them names values or a period: two may be headings."""
TEXTS_KEPT = 8192
"""Texts that are remembered as read: each line of a table that is tried asks for those below it again."""

Parted = tuple[tuple[Line, ...], tuple[Line, ...]]
"""Texts and figures."""


@dataclass(frozen=True)
class Block:
    """Lines that no blank line parts; what they are is asked anew for each line above them."""

    lines: tuple[Line, ...]
    end: int
    """Index of the line after it."""

    @lazy
    def text(self) -> str:
        """Its lines as one text."""
        return " ".join(line.text for line in self.lines)

    @lazy
    def is_period(self) -> bool:
        """Nothing but periods."""
        return all(is_period(line.text) for line in self.lines)

    @lazy
    def holds_figure(self) -> bool:
        """Whether a line is a figure, and no period."""
        return any(is_one_figure(line.text) and not is_period(line.text) for line in self.lines)

    @lazy
    def names_column(self) -> bool:
        """Whether it names a column of values."""
        return names_column(self.text)

    @lazy
    def opens_with_goal(self) -> bool:
        """Whether its first line names a goal."""
        return parse_goal_line(self.lines[0].text) is not None

    @lazy
    def names_goal_below(self) -> bool:
        """Whether a line below its first names a goal."""
        return any(parse_goal_line(line.text) for line in self.lines[1:])

    @lazy
    def parted(self) -> Parted | None:
        """Its texts and the figures below them, years above these with the texts; None where text follows figures."""
        lines = self.lines
        first = len(lines)
        while first and is_one_figure(lines[first - 1].text):
            first -= 1
        if first < len(lines) and is_period(lines[first].text) and (first or len(lines) == 1):
            first += 1
        texts = lines[:first]
        is_mixed = any(is_one_figure(line.text) and not is_period(line.text) for line in texts)
        return None if is_mixed else (texts, lines[first:])


@dataclass(frozen=True, slots=True)
class HeaderTexts:
    """The texts of a header, that of the labels first."""

    texts: tuple[str, ...]
    title: tuple[Line, ...] = ()
    """Lines above that of the labels in its block."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table read from blocks: its header, labels and figures, row by row."""

    title: tuple[Line, ...]
    """Lines above the header in the block of labels."""
    header: tuple[str, ...]
    labels: tuple[tuple[Line, ...], ...]
    rows: tuple[tuple[Line, ...], ...]
    """For each label one figure a column, fewer where it is not known which are empty."""
    start: int
    line: int
    """Its first line in the file."""
    end: int
    confidence: float
    unread: frozenset[int] = frozenset()
    """Rows that hold the figures of several, whose order nothing tells."""
    moved: frozenset[int] = frozenset()
    """Rows whose label is printed elsewhere."""

    def as_header(self) -> Header:
        """The header as the other readers give it."""
        label, *texts = self.header
        columns = columns_of(texts)
        return Header(
            (HeaderColumn(label, label_role([label]) if label else "blank"), *columns), self.start, self.start
        )

    def items(self) -> list[tuple[tuple[Line, ...], tuple[Line, ...]]]:
        """Each label with its figures."""
        return list(zip(self.labels, self.rows, strict=True))


def columns_of(texts: Sequence[str]) -> list[HeaderColumn]:
    """The columns that header texts name; what no word tells are outcomes."""
    named = [(text, *column_role(text)) for text in texts]
    return [
        HeaderColumn(text, role) if role == "note" else HeaderColumn(text, "value", kind or "outcome")
        for text, role, kind in named
    ]


@lru_cache(maxsize=TEXTS_KEPT)
def is_one_figure(text: str) -> bool:
    """Whether a line is one figure or a sign for a missing one."""
    words = [word for word in bind_percent(take_marks(text)[0]).split(" ") if not _is_year_in_brackets(word)]
    return all(map(is_field, words)) and 1 in counts_of(words)


def is_period(text: str) -> bool:
    """Whether a line is a period and no figure that tells the year it is of."""
    return is_period_word(text) and not _is_dated_figure(text)


def _is_dated_figure(text: str) -> bool:
    return text.endswith(")") and is_one_figure(text)


def _is_year_in_brackets(word: str) -> bool:
    """Whether a word tells the year that the figure before it is of."""
    return word[:1] == "(" and word[-1] == ")" and is_year(word[1:-1])


class BlockLines:
    """The lines of a text and their blocks, each made once whatever lines above it are tried as a table's first."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._made: dict[int, tuple[Block | None, int] | None] = {}
        self._ends = list(range(len(lines)))
        self._widths = [len(line.text) for line in lines]
        for index in range(len(lines) - 1, -1, -1):
            goes_on = index + 1 < len(lines) and lines[index + 1].text and not lines[index + 1].starts_page
            if lines[index].text:
                self._ends[index] = self._ends[index + 1] if goes_on else index + 1
            if lines[index].text and goes_on:
                self._widths[index] = max(self._widths[index], self._widths[index + 1])

    def opening(self, index: int, most: int) -> tuple[Line, ...]:
        """The first lines of the block that begins at a line."""
        return tuple(self.lines[index : min(index + most, self._ends[index])])

    def blocks_below(self, index: int) -> Iterator[Block]:
        """Yield the blocks below the one that begins at a line."""
        return self.blocks_from(self._following(index))

    def blocks_from(self, start: int) -> Iterator[Block]:
        """Yield the blocks from a line up to running text; bullets without text are of another column of the page."""
        index = start
        while index < len(self.lines):
            if index not in self._made:
                self._made[index] = self._block_at(index)
            made = self._made[index]
            if made is None:
                return
            block, index = made
            if block is not None:
                yield block

    def blocks_up_to_goal(self, start: int) -> Iterator[Block]:
        """Yield the blocks from a line up to one that names a goal below that line: another table follows."""
        for block in self.blocks_from(start):
            if block.names_goal_below or (block.lines[0] is not self.lines[start] and block.opens_with_goal):
                return
            yield block

    def _block_at(self, index: int) -> tuple[Block | None, int] | None:
        """The block that begins at a line, if any, and where the next may begin; None at running text."""
        lines, end, following = self.lines, self._ends[index], self._following(index)
        if end == index:
            return None, following
        is_label = end - index <= MOST_LABEL_LINES and any(
            is_one_figure(line.text) for line in lines[following : following + 1]
        )
        longest = self._widths[index]
        if longest > (LONGEST_LABEL if is_label else LONGEST_LINE) or self._is_prose(index, end):
            return None
        is_read = not (end - index > 1 and all(is_bullet(line.text) for line in lines[index:end]))
        return (Block(tuple(lines[index:end]), end) if is_read else None), following

    def _following(self, index: int) -> int:
        """Where the block after the one that begins at a line may begin."""
        following = max(self._ends[index], index + 1)
        while following < len(self.lines) and not self.lines[following].text:
            following += 1
        return following

    def _is_prose(self, index: int, end: int) -> bool:
        """Whether lines are several, or a long one, that end a sentence and are no cell of a narrow column."""
        longest = LONGEST_HEAD if end - index == 1 else NARROW
        return self._widths[index] > longest and ends_sentence(self.lines[end - 1].text)


@lru_cache(maxsize=TEXTS_KEPT)
def is_side_header(text: str) -> bool:
    """Whether a text is the header of labels or goals and nothing else."""
    return column_role(text)[0] in LABEL_SIDE and not best_reading(text).unknown


@lru_cache(maxsize=TEXTS_KEPT)
def names_column(text: str) -> bool:
    """Whether a text names a column of values: a kind or a dated period, no unit alone and no *År*."""
    role, _ = column_role(text)
    is_unit = role == "value" and read_header(text)[0].is_money and not read_header(text)[0].kind
    is_dated = any(sign.isdigit() for sign in text) and (role == "period" or is_period(text))
    return ((role == "value" and not is_unit) or is_dated) and not _is_dated_figure(text)


def heads_notes(text: str) -> bool:
    """Whether a text heads a column of note numbers."""
    return column_role(text)[0] == "note"


def header_of(heads: Sequence[Block], width: int) -> HeaderTexts | None:
    """A header in blocks of its own: one for each column, and one above the labels that names no value."""
    texts = tuple(header_text(block.lines) for block in heads)
    is_known = any(block.names_column for block in heads)
    if (len(heads) < FEWEST_UNKNOWN and not is_known) or len(set(texts)) < len(texts) or any(map(is_missing, texts)):
        return None
    if len(texts) == width:
        return HeaderTexts(("", *texts))
    if len(texts) != width + 1 or names_column(heads[0].lines[-1].text):
        return None
    lines = heads[0].lines
    last = -2 if len(lines) > 1 and is_period(lines[-2].text) else -1
    return HeaderTexts((header_text(lines[last:]), *texts[1:]), lines[:last])
