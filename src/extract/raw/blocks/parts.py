"""Blocks of lines that no blank line parts, and the columns of figures that they may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.raw.blocks.beside import header_text
from extract.raw.figures import bind_percent, counts_of
from extract.raw.headers.counted import label_role
from extract.raw.headers.printed import Header, HeaderColumn
from extract.raw.lines import Line
from schema.lexicon.headers import column_role, read_header
from schema.lexicon.headers.runs import is_period_word
from schema.lexicon.labels import ends_sentence
from schema.lexicon.signs.bullets import is_bullet
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.values import is_field, is_missing

LONGEST_LINE = 75
"""Characters; a longer line is prose."""
LONGEST_HEAD = 40
"""Characters of one line that ends with a full stop and is a label or header still."""
FEWEST_UNKNOWN = 3
"""Texts that make a header though none of them names values or a period: two may be headings."""
TEXTS_KEPT = 8192
"""Texts that are remembered as read: each line of a table that is tried asks for those below it again."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that no blank line parts."""

    lines: tuple[Line, ...]
    end: int
    """Index of the line after it."""

    @property
    def text(self) -> str:
        """Its lines as one text."""
        return " ".join(line.text for line in self.lines)

    @property
    def is_period(self) -> bool:
        """Nothing but periods."""
        return all(is_period_word(line.text) for line in self.lines)

    @property
    def holds_figure(self) -> bool:
        """Whether a line is a figure, and no period."""
        return any(is_one_figure(line.text) and not is_period_word(line.text) for line in self.lines)

    @property
    def names_column(self) -> bool:
        """Whether it names a column of values."""
        return names_column(self.text)


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
    words = bind_percent(take_marks(text)[0]).split(" ")
    return all(map(is_field, words)) and 1 in counts_of(words)


def blocks_from(lines: Sequence[Line], start: int) -> Iterator[Block]:
    """Yield the blocks from a line up to running text; bullets without text belong to another column of the page."""
    index = start
    while index < len(lines):
        end = index
        while end < len(lines) and lines[end].text and (end == index or not lines[end].starts_page):
            end += 1
        block = lines[index:end]
        if any(len(line.text) > LONGEST_LINE for line in block) or _is_prose(block):
            return
        if block and not (end - index > 1 and all(is_bullet(line.text) for line in block)):
            yield Block(tuple(block), end)
        index = max(end, index + 1) if not block else end
        while index < len(lines) and not lines[index].text:
            index += 1


def _is_prose(block: Sequence[Line]) -> bool:
    """Whether lines are several, or a long one, that end a sentence."""
    return bool(block) and ends_sentence(block[-1].text) and (len(block) > 1 or len(block[0].text) > LONGEST_HEAD)


@lru_cache(maxsize=TEXTS_KEPT)
def names_column(text: str) -> bool:
    """Whether a text names a column of values: a kind or a dated period, no unit alone and no *År*."""
    role, _ = column_role(text)
    is_unit = role == "value" and read_header(text)[0].is_money and not read_header(text)[0].kind
    is_dated = any(sign.isdigit() for sign in text) and (role == "period" or is_period_word(text))
    return (role == "value" and not is_unit) or is_dated


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
    last = -2 if len(lines) > 1 and is_period_word(lines[-2].text) else -1
    return HeaderTexts((header_text(lines[last:]), *texts[1:]), lines[:last])
