"""What each column of a table holds, as its header and its cells say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from schema.kinds import RecordKind
from schema.layout import Cell, Table
from schema.lexicon.header_roles import LABEL_ROLES, column_role
from schema.lexicon.periods import names_period, without_periods
from schema.lexicon.values import opens_like_value
from schema.vocabulary import read_rows

TableKind = Literal["indicator", "volume", "personnel", "money", "assignment", "goal", "plain", "other"]


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, as its header says."""

    index: int
    label: str
    """The header, its rows joined."""
    role: str
    """A role of `headers.csv`; `value` for a value column, `blank` without header, `unknown` for new words."""
    kind: str | None = None
    """What a value column's numbers are; `period` where the header is a bare year or month."""

    @property
    def is_value(self) -> bool:
        """Whether the column holds values."""
        return self.role == "value"


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's kind and the meaning of its columns."""

    kind: TableKind
    columns: tuple[Column, ...]
    label: int | None
    """Index of the column that names the rows."""
    plain: RecordKind | None = None
    """The kind of record that a table of kind `plain` holds."""

    def find(self, *roles: str) -> Column | None:
        """Return the first column that has one of the roles, in the order of the roles."""
        for role in roles:
            for column in self.columns:
                if column.role == role:
                    return column
        return None

    @property
    def values(self) -> tuple[Column, ...]:
        """The value columns."""
        return tuple(column for column in self.columns if column.is_value)


def read_columns(table: Table) -> list[Column]:
    """Return what the columns hold, as far as their own headers and cells tell."""
    columns = [Column(i, label, *column_role(label)) for i, label in enumerate(header_labels(table))]
    return _settle_by_cells(_settle_goal_or_target(columns), table)


def header_labels(table: Table) -> tuple[str, ...]:
    """Return each column's header, its rows joined and repetitions left out."""
    rows = leading_header_rows(table)
    grid = table.grid()
    labels = []
    for col in range(table.n_cols):
        cells = [grid[row][col] for row in rows if row < len(grid)]
        labels.append(_join_distinct([cell.text for cell in cells if cell is not None]))
    return tuple(labels)


def with_true_headers(table: Table) -> Table:
    """Take rows out of the header that only look like it: bold bands and rows with figures below the first."""
    leading = leading_header_rows(table)
    grid = table.grid()
    kept = len(leading)
    for place, row in enumerate(leading[1:], 1):
        if not _is_header_row([c for c in grid[row] if c is not None and c.row == row]):
            kept = place
            break
    dropped = set(leading[kept:])
    return (
        replace(table, header_rows=tuple(row for row in table.header_rows if row not in dropped)) if dropped else table
    )


def _is_header_row(cells: Sequence[Cell]) -> bool:
    """A further header row holds words or periods under more than the first column, and no figures."""
    filled = [cell for cell in cells if cell.text.strip()]
    if not filled or {cell.col for cell in filled} == {0}:
        return not filled
    return not any(opens_like_value(c.text) and column_role(c.text) != ("value", "period") for c in filled)


def leading_header_rows(table: Table) -> tuple[int, ...]:
    """Return the header rows at the table's top, those repeated further down left out."""
    rows: list[int] = []
    for row in sorted(table.header_rows):
        if rows and row != rows[-1] + 1:
            break
        rows.append(row)
    return tuple(rows)


def _join_distinct(texts: Sequence[str]) -> str:
    kept: list[str] = []
    for text in (" ".join(t.split()) for t in texts):
        if text and text not in kept:
            kept.append(text)
    return " ".join(kept)


def _settle_goal_or_target(columns: list[Column]) -> list[Column]:
    """A bare *Mål* is the target after an indicator or with a year, else the goal itself."""
    seen_indicator = False
    settled = []
    for column in columns:
        seen_indicator = seen_indicator or column.role in LABEL_ROLES
        if column.role == "goal_or_target":
            is_target = seen_indicator or names_period(column.label)
            role, kind = ("value", "target") if is_target else ("committee_goal", None)
            column = Column(column.index, column.label, role, kind)
        settled.append(column)
    return settled


VALUE_ROLES_IF_FILLED = ("blank", "unknown", "status", "comment", "assessment", "trend", *LABEL_ROLES)
"""Roles whose words also head columns of figures (*Nettokostnad*, *Status 2023*): the cells decide."""


def _settle_by_cells(columns: list[Column], table: Table) -> list[Column]:
    """Let the cells decide where a header's word alone does not: after the label column, figures are values."""
    settled: list[Column] = []
    has_label = False
    for column in columns:
        holds_values = _holds_values(table, column.index)
        if has_label and holds_values and column.role in VALUE_ROLES_IF_FILLED:
            column = _value_column(column, settled)
        elif not has_label and column.is_value and not holds_values and _holds_words(table, column.index):
            column = Column(column.index, column.label, "line")
        has_label = has_label or (not column.is_value and not holds_values)
        settled.append(column)
    return settled


def _names_group(label: str) -> bool:
    """Whether a header is a group that figures are broken down by, such as *Kvinnor 2023* or *Riket*."""
    words = " ".join(without_periods(label).casefold().split())
    return any(words == row["phrase"] for name in ("sexes", "breakdowns") for row in read_rows(name))


def _value_column(column: Column, columns: Sequence[Column]) -> Column:
    """A column without header inherits from its left neighbour; one with another word holds outcomes."""
    if column.role != "blank":
        is_new = column.role == "unknown" and not _names_group(column.label)
        return Column(column.index, column.label, "value", "unknown" if is_new else "outcome")
    neighbour = columns[-1]
    if neighbour.is_value:
        return Column(column.index, neighbour.label, "value", neighbour.kind)
    return column


def _holds_words(table: Table, col: int) -> bool:
    """Whether most of the column's filled cells are words."""
    headers = set(table.header_rows)
    texts = [c.text for c in table.cells if c.col == col and c.row not in headers and c.text.strip()]
    return 2 * sum(not opens_like_value(t) for t in texts) > len(texts)


def _holds_values(table: Table, col: int) -> bool:
    """Whether most of the column's cells open like a value, and at least one has a digit."""
    headers = set(table.header_rows)
    texts = [c.text for c in table.cells if c.col == col and c.row not in headers and c.text.strip()]
    values = [t for t in texts if opens_like_value(t)]
    return len(values) * 2 > len(texts) and any(any(map(str.isdigit, t)) for t in values)
