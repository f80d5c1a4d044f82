"""Tables in which the block of each column begins with its header: *Nämndindikator*, its labels; *2024*, its cells.

Begins with blocks from a header's first line on, ends with a table. Figures that leave no room below their header
follow in blocks of their own, as many as there are columns of values for each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise, takewhile

from extract.raw.blocks.beside import header_text, wrapped
from extract.raw.blocks.parts import (
    Block,
    BlockLines,
    columns_of,
    is_one_figure,
    is_period,
    is_side_header,
    names_column,
)
from extract.raw.cells import Piece
from extract.raw.headers.model import Header, HeaderColumn
from extract.raw.lines import Line, awaits_more
from extract.raw.model import FlowTable, add_header, cell_of
from extract.raw.placement import CONFIRMED, LIKELY
from extract.raw.rows import opens_indicator
from schema.lexicon.headers import LABEL_ROLES, column_role, is_header_word
from schema.lexicon.signs.bullets import is_bullet
from schema.lexicon.wordbreaks import Known

MOST_HEADER_LINES = 3
FEWEST_COLUMNS, MOST_COLUMNS = 3, 12
MOST_BLOCKS = 200
OPENINGS_KEPT = 4096
"""Blocks of which it is remembered whether a header opens them: those above ask for them again."""

Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    header: str
    role: str
    lines: Lines


def read_headed(text: BlockLines, start: int, known: Known) -> FlowTable | None:
    """Return the table whose first column's header is a line; None where labels and rows are not as many."""
    if not (is_bullet(text.lines[start].text) or _may_head(text, start)):
        return None
    first = next(text.blocks_from(start), None)
    if first is None or first.opens_with_goal or _column(first) is None:
        return None
    blocks = list(islice(text.blocks_up_to_goal(start), MOST_BLOCKS))
    headed = [column for column in takewhile(bool, map(_column, blocks[:MOST_COLUMNS])) if column]
    sides = list(takewhile(lambda column: column.role != "value", headed))
    values = headed[len(sides) :]
    named = [column for column in sides if column.role in LABEL_ROLES]
    if (
        len(named) != 1
        or named[0].role == "line"
        or len(headed) < FEWEST_COLUMNS
        or any(column.role != "value" for column in values)
    ):
        return None
    if names_column(header_text(named[0].lines)) or all(is_period(column.lines[0].text) for column in values):
        return None
    goals = [wrapped(column.lines) for column in sides if column is not named[0]]
    for labels in _labels(named[0].lines):
        rows, taken = _rows([column.lines for column in values], blocks[len(headed) :], len(labels))
        over = blocks[len(headed) + taken :][: len(values)]
        is_over = len(over) == len(values) and all(block.holds_figure for block in over)
        is_whole = len(rows) == len(labels) and not is_over
        if is_whole and (len(rows) == 1 or all(len(goal) == 1 for goal in goals)):
            return _table(text, start, blocks[len(headed) + taken - 1].end, (sides, values), (labels, rows), known)
    return None


def _may_head(text: BlockLines, start: int) -> bool:
    """Whether a header opens the block that begins at a line and those below it, enough for a table."""
    below = [block.lines[: MOST_HEADER_LINES + 1] for block in islice(text.blocks_below(start), FEWEST_COLUMNS - 1)]
    opening = text.opening(start, MOST_HEADER_LINES + 1)
    return len(below) == FEWEST_COLUMNS - 1 and all(map(_is_headed, (*below, opening)))


@lru_cache(maxsize=OPENINGS_KEPT)
def _is_headed(opening: Lines) -> bool:
    """Whether a header opens a block that begins with these lines."""
    return _column(Block(opening, 0)) is not None


def _labels(lines: Lines) -> Iterator[tuple[Lines, ...]]:
    """The ways to part lines into labels: where one ends, or where all begin as those of indicators do."""
    if awaits_more(lines[-1].text):
        return
    labels = wrapped(lines)
    yield labels
    starts = [i for i, label in enumerate(labels) if opens_indicator(label[0].text)]
    if starts[:1] == [0] and 1 < len(starts) < len(labels):
        parts = [labels[start:end] for start, end in pairwise([*starts, len(labels)])]
        yield tuple(tuple(line for label in part for line in label) for part in parts)


def _column(block: Block) -> _Column | None:
    """A block as a header and what stands below it; None where no header opens it."""
    lines = block.lines
    for top in range(1, min(MOST_HEADER_LINES, len(lines) - 1) + 1):
        name = header_text(lines[:top])
        role, kind = column_role(name)
        if name[0].isupper() and is_side_header(name):
            return _Column(name, role, lines[top:])
        if role == "value" and kind is not None:
            while top < len(lines) - 1 and all(map(is_header_word, lines[top].text.split())):
                top += 1
            return _Column(header_text(lines[:top]), role, lines[top:])
    return None


def _rows(first: Sequence[Lines], blocks: Sequence[Block], count: int) -> tuple[list[tuple[Lines, ...]], int]:
    """The cells of so many rows, those below the headers first, and how many more blocks they take."""
    rows: list[tuple[Lines, ...]] = []
    taken, cells = 0, list(first)
    while cells and len(rows) < count:
        columns = [_cells(lines) for lines in cells]
        several = len({len(column) for column in columns}) == 1
        rows += zip(*columns, strict=True) if several else [tuple(cells)]
        if len(rows) < count:
            following = blocks[taken : taken + len(first)]
            taken += len(following)
            cells = [block.lines for block in following] if len(following) == len(first) else []
    return rows, taken


def _cells(lines: Lines) -> list[Lines]:
    """The figures of a block, or its text as one cell."""
    return [(line,) for line in lines] if all(is_one_figure(line.text) for line in lines) else [lines]


def _table(
    text: BlockLines,
    start: int,
    end: int,
    columns: tuple[Sequence[_Column], Sequence[_Column]],
    body: tuple[Sequence[Lines], Sequence[tuple[Lines, ...]]],
    known: Known,
) -> FlowTable:
    sides, values = columns
    labels, rows = body
    header = [HeaderColumn(column.header, column.role) for column in sides]
    header += columns_of([column.header for column in values])
    table = FlowTable(Header(tuple(header), start, start), end, line=text.lines[start].number)
    add_header(table)
    confidence = LIKELY if len(rows) > 1 else CONFIRMED
    for col, column in enumerate(sides):
        if column.role in LABEL_ROLES:
            cells = [cell_of(row, col, [Piece(list(label))], known) for row, label in enumerate(labels, 1)]
        else:
            cells = [cell_of(1, col, [Piece(list(column.lines))], known, row_span=len(rows))]
        table.cells += cells
    for row, own in enumerate(rows, 1):
        for col, lines in enumerate(own, len(sides)):
            cell = cell_of(row, col, [Piece(list(lines))], known)
            table.cells.append(replace(cell, inferred=True, confidence=confidence))
    return table
