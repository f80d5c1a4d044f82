"""Tables printed one column after the other, or cell by cell, blank lines between: what `pdftotext` writes by itself.

Read only where the lengths fit: as many labels as each column has figures, as many figures after each label as there
are columns. Where sums or differences hold besides, the columns are taken as proven.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice, takewhile

from extract.raw.blocks.beside import header_text, set_beside, text_of, wrapped
from extract.raw.figures import ROUNDING, bind_percent, counts_of, to_number
from extract.raw.headers.counted import label_role
from extract.raw.headers.printed import Header, HeaderColumn
from extract.raw.lines import Line
from extract.raw.placement import CONFIRMED, LIKELY
from schema.lexicon.headers import column_role, read_header
from schema.lexicon.headers.runs import is_period_word, is_side
from schema.lexicon.labels import ends_sentence, is_total_label
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.values import is_field, is_missing

LONGEST_LINE = 75
"""Characters; a longer line is prose."""
LONGEST_HEAD = 40
"""Characters of one line that ends with a full stop and is a label or header still."""
MOST_BLOCKS, MORE = 160, 4
"""Blocks that are read at first, and how many times as many where a table takes more than half of them."""
FEWEST_ROWS = 2
FEWEST_COLUMNS = 2
MOST_COLUMNS = 14
FEWEST_UNKNOWN = 3
"""Texts that make a header though none of them names values or a period: two may be headings."""
MOST_HEADER_LINES = 4
MOST_GROUPS = 2
"""Labels without figures above a row; more are text that follows the table."""
FULL_SHARE = 0.6
"""Share of the labels that have a figure in each column."""
FEWEST_PROVING = 3
"""Rows in which a difference must hold to prove anything."""


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
    def figures(self) -> tuple[Line, ...]:
        """Its lines, where each is one figure."""
        return self.lines if all(is_one_figure(line.text) for line in self.lines) else ()


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

    def as_header(self) -> Header:
        """The header as the other readers give it."""
        label, *texts = self.header
        columns = [_column(text) for text in texts]
        return Header(
            (HeaderColumn(label, label_role([label]) if label else "blank"), *columns), self.start, self.start
        )

    def items(self) -> list[tuple[tuple[Line, ...], tuple[Line, ...]]]:
        """Each label with its figures."""
        return list(zip(self.labels, self.rows, strict=True))


def _column(text: str) -> HeaderColumn:
    role, kind = column_role(text)
    return HeaderColumn(text, role) if role == "note" else HeaderColumn(text, "value", kind or "outcome")


def is_one_figure(text: str) -> bool:
    """Whether a line is one figure or a sign for a missing one."""
    words = bind_percent(take_marks(text)[0]).split(" ")
    return all(map(is_field, words)) and 1 in counts_of(words)


def read_blocks(lines: Sequence[Line], start: int, before: Found | None) -> Found | None:
    """Return the table whose header, or whose labels where it goes on with the one before, begin at a line."""
    above = lines[start - 1].text if start and not lines[start].starts_page else ""
    if not lines[start].text or (above and not ends_sentence(above)):
        return None
    found, most, blocks = None, 0, list[Block]()
    while found is None or (len(blocks) == most and found.end > blocks[most // 2].end):
        most = most * MORE or MOST_BLOCKS
        blocks = list(islice(_blocks(lines, start), most))
        found = _by_columns(blocks, start, before) or _by_rows(blocks, start)
        if found is None:
            return None
    return None if not found.header[0] and _goes_on_above(lines, start) else found


def _goes_on_above(lines: Sequence[Line], start: int) -> bool:
    """Whether the text above a header is one of its columns as well: a header of another number was begun too late."""
    above = next((line.text for line in reversed(lines[:start]) if line.text), "")
    return _names_column(above)


def _blocks(lines: Sequence[Line], start: int) -> Iterator[Block]:
    """The blocks from a line up to running text."""
    index = start
    while index < len(lines):
        end = index
        while end < len(lines) and lines[end].text and (end == index or not lines[end].starts_page):
            end += 1
        block = lines[index:end]
        if any(len(line.text) > LONGEST_LINE for line in block) or _is_prose(block):
            return
        if block:
            yield Block(tuple(block), end)
        index = max(end, index + 1) if not block else end
        while index < len(lines) and not lines[index].text:
            index += 1


def _is_prose(block: Sequence[Line]) -> bool:
    """Whether lines are several, or a long one, that end a sentence."""
    return bool(block) and ends_sentence(block[-1].text) and (len(block) > 1 or len(block[0].text) > LONGEST_HEAD)


@dataclass(frozen=True, slots=True)
class _Column:
    header: tuple[Line, ...]
    figures: tuple[Line, ...]


def _columns_of(block: Block) -> dict[int, _Column]:
    """The ways to read a block as a column, by how many figures it has: years may head it or stand in it."""
    first = next((i for i, line in enumerate(block.lines) if is_one_figure(line.text)), len(block.lines))
    ways = {}
    dated = first < len(block.lines) and is_period_word(block.lines[first].text)
    for top in (first, first + 1) if dated else (first,):
        figures = block.lines[top:]
        if figures and top <= MOST_HEADER_LINES and all(is_one_figure(line.text) for line in figures):
            ways[len(figures)] = _Column(block.lines[:top], figures)
    return ways


def _by_columns(blocks: Sequence[Block], start: int, before: Found | None) -> Found | None:
    """Labels in one block, then columns of as many figures, cut where rows stand apart; headers where they may be."""
    first = next((i for i, block in enumerate(blocks) if _columns_of(block) and not _is_period(block)), 0)
    texts = blocks[:first]
    if not texts or any(map(_holds_figure, texts)):
        return None
    for labels, header, is_headed in _layouts(texts, blocks[first:], before):
        width = len(header.texts) - 1
        segments = _segments(blocks[first:], width, is_headed=is_headed)
        end = first + width * len(segments)
        if width < FEWEST_COLUMNS or not segments or any(map(_holds_figure, blocks[end : end + 1])):
            continue
        rows = [list(zip(*(column.figures for column in segment), strict=True)) for segment in segments]
        beside = set_beside(labels.lines, rows, is_headed=is_headed) if sum(map(len, rows)) >= FEWEST_ROWS else None
        if beside is None:
            continue
        names = tuple(header_text(column.header) for column in segments[0]) if is_headed else header.texts[1:]
        filled = [(row, text_of(label)) for row, label in zip(beside.rows, beside.labels, strict=True) if row]
        proven = beside.by_sums or _proven([row for row, _ in filled], [name for _, name in filled])
        sure = CONFIRMED if proven else LIKELY
        tall = max(len(column.header) for column in segments[0]) or 1
        head = (header_text(beside.above[-tall:]) or header.texts[0], *names)
        title = (*header.title, *beside.above[:-tall])
        return Found(
            title, head, beside.labels, beside.rows, start, blocks[0].lines[0].number, blocks[end - 1].end, sure
        )
    return None


def _layouts(
    texts: Sequence[Block], figures: Sequence[Block], before: Found | None
) -> Iterator[tuple[Block, _Header, bool]]:
    """The block of labels and the header, as texts before the first figures may be read; whether columns head it."""
    headed = list(takewhile(lambda block: any(way.header for way in _columns_of(block).values()), figures))
    if headed and len(texts) == 1:
        yield texts[0], _Header(("",) * (len(headed) + 1)), True
    first, last, width = texts[0], texts[-1], len(texts) - 1
    ways = ((last, texts[:-1], width), (last, texts[:-1], width - 1), (first, texts[1:], width))
    for labels, heads, columns in ways:
        if stated := _header_of(heads, columns):
            yield labels, stated, False
    if len(texts) == 1 and before is not None:
        yield texts[0], _Header(before.header), False


def _segments(blocks: Sequence[Block], width: int, *, is_headed: bool) -> list[tuple[_Column, ...]]:
    """The figures as often as each column follows the other with as many of them."""
    segments: list[tuple[_Column, ...]] = []
    for at in range(0, len(blocks) - width + 1, max(width, 1)):
        ways = [_columns_of(block) for block in blocks[at : at + width]]
        wants_header = is_headed and not segments
        counts = set.intersection(*map(set, ways)) if ways else set()
        fitting = [count for count in counts if all(bool(way[count].header) == wants_header for way in ways)]
        if not fitting:
            break
        segments.append(tuple(way[max(fitting)] for way in ways))
    return segments


@dataclass(frozen=True, slots=True)
class _Header:
    texts: tuple[str, ...]
    title: tuple[Line, ...] = ()
    """Lines above that of the labels in its block."""


def _header_of(heads: Sequence[Block], width: int) -> _Header | None:
    """A header in blocks of its own: one for each column, and one above the labels that names no value."""
    texts = tuple(header_text(block.lines) for block in heads)
    is_known = any(map(_names_values, heads))
    if (len(heads) < FEWEST_UNKNOWN and not is_known) or len(set(texts)) < len(texts) or any(map(is_missing, texts)):
        return None
    if len(texts) == width:
        return _Header(("", *texts))
    if len(texts) != width + 1 or _names_column(heads[0].lines[-1].text):
        return None
    lines = heads[0].lines
    last = -2 if len(lines) > 1 and is_period_word(lines[-2].text) else -1
    return _Header((header_text(lines[last:]), *texts[1:]), lines[:last])


def _holds_figure(block: Block) -> bool:
    """Whether a line of a block is a figure, and no period."""
    return any(is_one_figure(line.text) and not is_period_word(line.text) for line in block.lines)


def _by_rows(blocks: Sequence[Block], start: int) -> Found | None:
    """A header in blocks of its own, then labels, each before as many figures as there are columns."""
    first = next((i for i, block in enumerate(blocks) if block.figures and not _is_period(block)), 0)
    heads = blocks[: max(first - 1, 0)]
    if len(heads) < FEWEST_COLUMNS or any(map(_holds_figure, heads)):
        return None
    rows = _rows_of(blocks[first - 1 :])
    width, often = next(iter(Counter(len(row.figures) for row in rows if row.figures).most_common(1)), (0, 0))
    rows = list(takewhile(lambda row: len(row.figures) <= width, rows))
    while rows and not rows[-1].figures:
        rows.pop()
    labelled = sum(bool(row.figures) for row in rows)
    if not rows or not FEWEST_COLUMNS <= width <= MOST_COLUMNS or often < max(FEWEST_ROWS, FULL_SHARE * labelled):
        return None
    last = max((i + 1 for i, block in enumerate(heads) if _names_values(block) and not is_side(block.text)), default=0)
    groups = heads[last:] if 0 < len(heads) - last <= MOST_GROUPS else ()
    header = _header_of(heads[: len(heads) - len(groups)], width)
    if header is None:
        return None
    above = [_Row(block.lines, (), block.end) for block in groups]
    return _found(header, [*above, *rows], width, start, blocks[0].lines[0].number)


def _names_values(block: Block) -> bool:
    return _names_column(block.text)


def _names_column(text: str) -> bool:
    """Whether a text names a column of values: a kind or a dated period, no unit alone and no *År*."""
    role, _ = column_role(text)
    is_unit = role == "value" and read_header(text)[0].is_money and not read_header(text)[0].kind
    is_dated = any(sign.isdigit() for sign in text) and (role == "period" or is_period_word(text))
    return (role == "value" and not is_unit) or is_dated


def _found(header: _Header, rows: Sequence[_Row], width: int, start: int, line: int) -> Found:
    full = [row for row in rows if len(row.figures) == width]
    sure = CONFIRMED if _proven([row.figures for row in full], [text_of(row.label) for row in full]) else LIKELY
    labels, cells = tuple(row.label for row in rows), tuple(row.figures for row in rows)
    return Found(header.title, header.texts, labels, cells, start, line, rows[-1].end, sure)


@dataclass(frozen=True, slots=True)
class _Row:
    label: tuple[Line, ...]
    figures: tuple[Line, ...]
    end: int


def _rows_of(blocks: Sequence[Block]) -> list[_Row]:
    """Each label with the figures that follow it, one in a block, up to what is neither or heads another table."""
    rows: list[_Row] = []
    for block in blocks:
        figures = block.figures
        if figures and len(figures) == 1 and rows and not (_is_period(block) and not rows[-1].figures):
            rows[-1] = replace(rows[-1], figures=(*rows[-1].figures, *figures), end=block.end)
        elif figures or _holds_figure(block) or (len(rows) > 1 and not any(row.figures for row in rows[-MOST_GROUPS:])):
            break
        else:
            rows += [_Row(label, (), block.end) for label in wrapped(block.lines)]
    return rows


def _is_period(block: Block) -> bool:
    return all(is_period_word(line.text) for line in block.lines)


def _proven(rows: Sequence[Sequence[Line]], labels: Sequence[str]) -> bool:
    """Whether one column is the difference of two others in each row, or a total is the sum of the rows above it."""
    numbers = [[to_number(cell.text) for cell in row] for row in rows]
    full = [[value for value in row if value is not None] for row in numbers]
    if len(full) < FEWEST_PROVING or any(len(row) < len(rows[0]) for row in full):
        return False
    columns = list(zip(*full, strict=True))
    varied = [column for column in columns if any(column)]
    differs = any(
        all(abs(abs(a - b) - abs(c)) <= ROUNDING for a, b, c in zip(*three, strict=True))
        for three in combinations(varied, 3)
    )
    return differs or (
        is_total_label(labels[-1]) and all(abs(sum(column[:-1]) - column[-1]) <= len(column) / 2 for column in columns)
    )
