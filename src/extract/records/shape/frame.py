"""Which columns name a table's rows and which name groups of rows, decided over the whole table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.records.columns import ABOUT_A_ROW, Column
from extract.records.shape.header_rows import leading_header_rows
from schema.layout import Cell, Table
from schema.lexicon.values import are_classes

NAMING = {"indicator": 0.7, "volume": 0.5, "personnel": 0.5, "line": 0.5, "assignment": 0.5, "measure": 0.5}
"""What a header that says *these are the rows* is worth, beside a full column that differs from row to row (1)."""
UNLIKELY = dict.fromkeys(("goal_area", "municipal_goal", "committee_goal", "unit"), -0.3)
"""What columns of goals, or headed *Enhet*, lose: they name rows only where the others are no better."""
PER_COLUMN = 0.05
"""What each column to the right loses: of two that name the rows alike the left one does."""
ALIKE = 0.3
"""What is left of a column that says the same in each row; labels repeat below each of their groups."""
WORDLESS = 0.2
"""What is left of a column of codes or numbers: they name the rows only where no words do."""
FEW_ROWS = 2
"""With fewer rows the table says nothing: the headers decide."""
NAMED_BY_WORDS = frozenset({"comment", "other"})
"""Roles of words about a row that name it where nothing else does: *Beskrivning* before *Avgift*."""
MARK = 1
"""Letters of a mark in a list (*A*, *C1*), which names nothing."""
SPARSE = 0.5
"""A column that is filled in at most so many of the rows names groups, not rows."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns that name rows and groups of rows."""

    label: int | None
    groups: tuple[int, ...] = ()
    """Columns left of the label whose text holds for several rows, the outermost first."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """A column's own texts in the rows that hold values."""

    texts: tuple[str, ...]
    rows: int
    merged: bool
    """One of its cells spans rows."""

    @property
    def filled(self) -> float:
        """Share of the rows that have a text of their own in the column."""
        return len(self.texts) / self.rows if self.rows else 0.0

    @property
    def distinct(self) -> float:
        """Share of the texts that are unlike all others."""
        return len(set(self.texts)) / len(self.texts) if self.texts else 0.0

    @property
    def words(self) -> float:
        """Share of the texts that hold more letters than a mark, or tell rows apart as classes of one scale do."""
        if are_classes(self.texts):
            return 1.0
        named = sum(sum(map(str.isalpha, text)) > MARK for text in self.texts)
        return named / len(self.texts) if self.texts else 0.0


def find_frame(table: Table, columns: Sequence[Column], by_role: int | None) -> Frame:
    """Return the columns that name rows and groups; `by_role` is the label column that the headers alone would give."""
    rows = _value_rows(table, columns)
    candidates = _candidates(columns)
    texts = {column.index: _texts_of(table, column.index, rows) for column in candidates}
    is_marked = by_role in texts and bool(texts[by_role].texts) and not texts[by_role].words
    if (len(rows) < FEW_ROWS and not is_marked) or not candidates:
        return Frame(by_role)
    label = max(candidates, key=lambda column: _naming(column, texts[column.index]))
    if not texts[label.index].texts:
        return Frame(by_role)
    again = {cell.col for cell in table.cells if cell.row in _repeated_headers(table) and cell.text.strip()}
    left = [c.index for c in candidates if c.index < label.index]
    groups = [i for i in left if _names_groups(texts[i]) or (not texts[i].texts and i in again)]
    return Frame(label.index, tuple(groups))


def _repeated_headers(table: Table) -> frozenset[int]:
    """Return the rows further down that repeat the header: a group's only name may stand in one."""
    return frozenset(table.header_rows) - frozenset(leading_header_rows(table))


def _candidates(columns: Sequence[Column]) -> list[Column]:
    """Return the columns that may name rows: left of the first values, else all without values, else what tells."""
    first = next((column.index for column in columns if column.is_value), len(columns))
    open_ones = [column for column in columns if not column.is_value]
    usable = [column for column in open_ones if column.role not in ABOUT_A_ROW]
    told = [column for column in open_ones if column.role in NAMED_BY_WORDS and column.index < first]
    return [column for column in usable if column.index < first] or usable or told


def _value_rows(table: Table, columns: Sequence[Column]) -> frozenset[int]:
    """Return the rows below the header that hold a value."""
    values = {column.index for column in columns if column.is_value}
    return frozenset(cell.row for cell in table.filled_below(values))


def _texts_of(table: Table, col: int, rows: frozenset[int]) -> _Texts:
    covering = (cell for cell in table.cells if cell.col <= col < cell.col + cell.col_span)
    cells = [cell for cell in covering if cell.row in rows and cell.text.strip()]
    spans = any(_spans_rows(cell, table) for cell in table.cells if cell.col == col)
    return _Texts(tuple(" ".join(cell.text.split()) for cell in cells), len(rows), spans)


def _spans_rows(cell: Cell, table: Table) -> bool:
    """Whether a cell with text is merged over several rows below the header."""
    below = [row for row in range(cell.row, cell.row + cell.row_span) if row not in table.header_rows]
    return len(below) > 1 and bool(cell.text.strip())


def _naming(column: Column, texts: _Texts) -> float:
    """How well a column names rows: full, different from row to row, of words, headed as such, and to the left."""
    fit = texts.filled**2 * (ALIKE + (1 - ALIKE) * texts.distinct) * (WORDLESS + (1 - WORDLESS) * texts.words)
    bonus = (NAMING | UNLIKELY).get(column.role, 0.0)
    return fit + bonus - PER_COLUMN * column.index


def _names_groups(texts: _Texts) -> bool:
    """Whether a column's texts hold for several rows: merged cells, or words in few of the rows."""
    return bool(texts.texts) and texts.words > SPARSE and (texts.merged or texts.filled <= SPARSE)
