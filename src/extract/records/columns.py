"""What each column of a table holds, as its header and its cells say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from extract.records.shape.filled import (
    first_classes,
    holds_ages,
    holds_any_value,
    holds_codes,
    holds_days,
    holds_names,
    holds_sizes,
    holds_values,
    holds_words,
    holds_years,
)
from extract.records.shape.header_rows import header_paths
from schema.kinds import RecordKind
from schema.layout import Table
from schema.lexicon.figures import is_count
from schema.lexicon.headers import LABEL_ROLES, SURE, Reading, read_header

GOAL_ROLES = ("goal_area", "municipal_goal", "committee_goal")
"""Roles of the columns that hold goals, the outermost first."""

TableKind = Literal["indicator", "volume", "personnel", "money", "assignment", "goal", "plain", "other"]


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, as its header says."""

    index: int
    label: str
    """The header, its rows joined."""
    role: str
    """A role of `header_words.csv`; `value` for a value column, `blank` without header, `unknown` for new words."""
    kind: str | None = None
    """What a value column's numbers are; None until it is settled where the header does not say."""
    readings: tuple[Reading, ...] = ()
    """What the header may mean, the surest first."""
    period: str | None = None
    part: str | None = None
    """The part of the whole that a value column stands for, as printed."""
    sex: str | None = None
    also: str | None = None
    """The kind of the second figure in each cell."""
    unit: str | None = None
    """The unit of a value column, as its header states it."""
    is_silent: bool = False
    """The header names no kind: a row's label may."""
    doubts: tuple[str, ...] = ()
    """What makes the column's meaning doubtful; see `doubts.csv`."""

    @property
    def is_value(self) -> bool:
        """Whether the column holds values."""
        return self.role == "value"

    @property
    def reading(self) -> Reading:
        """The surest reading of the header that agrees with the role."""
        fitting = (reading for reading in self.readings if reading.role == self.role)
        return next(fitting, Reading(self.role))


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's kind and the meaning of its columns."""

    kind: TableKind
    columns: tuple[Column, ...]
    label: int | None
    """Index of the column that names the rows."""
    groups: tuple[int, ...] = ()
    """Indices of the columns left of it whose cells hold for several rows, the outermost first."""
    plain: RecordKind | None = None
    """The kind of record that a table of kind `plain` holds."""
    rows: Mapping[int, str] = field(default_factory=dict, hash=False)
    """Kinds that rows name by their labels, for columns that name none."""
    doubts: tuple[str, ...] = ()
    """What makes all of the table's values doubtful; see `doubts.csv`."""
    goes_on: bool = False
    """The table goes on with the one before, whose header is its own."""
    group: str | None = None
    """What the first rows belong to: the line above a table that goes on, or the heading that the page's end cut."""

    def find(self, *roles: str) -> Column | None:
        """Return the first column that has one of the roles, in the order of the roles."""
        for role in roles:
            for column in self.columns:
                if column.role == role:
                    return column
        return None

    @property
    def named_groups(self) -> tuple[int, ...]:
        """The group columns that hold no goals."""
        return tuple(index for index in self.groups if self.columns[index].role not in GOAL_ROLES)

    @property
    def values(self) -> tuple[Column, ...]:
        """The value columns."""
        return tuple(column for column in self.columns if column.is_value)


def read_columns(table: Table) -> list[Column]:
    """Return what the columns hold, as far as their own headers and cells tell."""
    columns = []
    paths = header_paths(table)
    for index, own in enumerate(paths):
        path = own or paths[_headed_by(table, index)]
        readings = read_header(path)
        columns.append(Column(index, " ".join(path), readings[0].role, readings[0].kind, readings))
    return _settle_by_cells(_settle_aims(columns), table)


def _headed_by(table: Table, col: int) -> int:
    """Return the last column that most cells of a column without header reach into: its header is theirs."""
    cells = table.filled_below((col,))
    wide = [cell.col + cell.col_span - 1 for cell in cells if cell.col_span > 1]
    return min(wide) if 2 * len(wide) > len(cells) else col


def _settle_aims(columns: list[Column]) -> list[Column]:
    """A bare *Mål* is the target after an indicator, else the goal itself."""
    seen_indicator = False
    settled = []
    for column in columns:
        seen_indicator = seen_indicator or column.role in LABEL_ROLES
        if seen_indicator and column.role.endswith("_goal") and column.readings[0].score < SURE:
            column = _as_value(column)
        settled.append(column)
    return settled


def _as_value(column: Column) -> Column:
    """Return the column as one of values, of the kind that its header allows."""
    kind = next((reading.kind for reading in column.readings if reading.is_value), None)
    return replace(column, role="value", kind=kind)


ABOUT_A_ROW = frozenset({"status", "comment", "assessment", "trend", "source", "number", "note", "other", "period"})
"""Roles whose columns hold words about a row, not its name."""
NOTE_DIGITS = 2
"""Figures in the number of a note."""
VALUE_ROLES_IF_FILLED = ("blank", "unknown", "status", "comment", "assessment", "trend", *LABEL_ROLES)
"""Roles whose words also head columns of figures (*Nettokostnad*, *Status 2023*): the cells decide."""


def _settle_by_cells(columns: list[Column], table: Table) -> list[Column]:
    """Let the cells decide where a header's word alone does not: after the label column, figures are values."""
    settled: list[Column] = []
    has_label = False
    names = _first_names(columns, table)
    apart = _tells_apart(columns, table, names)
    for column in columns:
        has_values = column.index != apart and holds_values(table, column.index)
        if _is_of_notes(column, table, names):
            column, has_values = replace(column, role="note", kind=None), False
        elif column.index < names and holds_codes(table, column.index):
            column, has_values = replace(column, role="number", kind=None), False
        elif column.index == apart or (not column.index and column.role == "note" and not has_values):
            column = _label_column(column) if column.is_value or column.role == "note" else column
        elif has_label and column.is_value and not has_values and column.label.endswith("?"):
            column = replace(column, role="assessment", kind=None)
        elif column.index and (holds_days(table, column.index) or _is_of_years(column, table)):
            column, has_values = replace(column, role="other", kind=None), False
        elif has_label and column.index > names and has_values and column.role in VALUE_ROLES_IF_FILLED:
            column = _value_column(column, settled)
        elif has_label and column.index > names and has_values and column.role == "committee_goal":
            column = _as_value(column)
        elif column.is_value and not has_values and holds_words(table, column.index):
            is_silent = column.kind is None and column.reading.time.is_empty
            is_names = column.index == names or not holds_any_value(table, column.index)
            is_label = not has_label or (is_silent and is_names)
            column = _label_column(column) if is_label else column
        elif settled and not column.label and _divides(column.index, table):
            column = replace(column, role=settled[-1].role) if settled[-1].role in LABEL_ROLES else column
        has_label = has_label or (not column.is_value and not has_values)
        settled.append(column)
    return settled


def _divides(col: int, table: Table) -> bool:
    """Whether a column without a header names each row, and the one left of it but the first of several rows."""
    body = {cell.row for cell in table.filled_below(range(col + 1, table.n_cols))}
    left = {cell.row for cell in table.filled_below((col - 1,))} & body
    own = {cell.row for cell in table.filled_below((col,))}
    is_divided = bool(body) and min(body) in left and left < body <= own
    return is_divided and holds_words(table, col) and not holds_any_value(table, col)


def _tells_apart(columns: Sequence[Column], table: Table, names: int) -> int | None:
    """Return the column whose figures name the rows: ages, sizes or years of birth at the left, or classes.

    Years are names where all other columns are of years themselves.
    """
    if columns and (holds_ages(table, 0) or (not columns[0].is_value and holds_sizes(table))):
        return 0
    if columns and holds_years(table, 0) and all(column.reading.time.years for column in columns[1:]):
        return 0
    return first_classes(table) if names < 0 else None


def _is_of_notes(column: Column, table: Table, names: int) -> bool:
    """Whether a column holds the numbers of notes: left of the names, or by a header that is merged: *Mkr Not*."""
    cells = table.filled_below((column.index,))
    last = column.label.split()[-1:]
    are_numbers = bool(cells) and all(is_count(cell.text.strip(), most=NOTE_DIGITS) for cell in cells)
    if column.index < names:
        return are_numbers and column.is_value and column.kind is None and column.reading.time.is_empty
    return bool(column.index) and are_numbers and bool(last) and read_header(last[0])[0].role == "note"


def _is_of_years(column: Column, table: Table) -> bool:
    """Whether years stand under a header of new words: when something is ready."""
    return bool(column.reading.unknown) and holds_years(table, column.index)


def _first_names(columns: Sequence[Column], table: Table) -> int:
    """Return the index of the leftmost column of names, -1 where there is none; figures left of it are codes."""
    return next((c.index for c in columns if c.role not in ABOUT_A_ROW and holds_names(table, c.index)), -1)


def _label_column(column: Column) -> Column:
    """Words below a header of values are labels: lines of money where it names an amount, else of what it says."""
    reading = column.reading
    return replace(column, role="line" if reading.kind or reading.measure or reading.is_money else "blank", kind=None)


def _value_column(column: Column, columns: Sequence[Column]) -> Column:
    """A column of figures is one of values whatever heads it; beside no header it goes with the left one."""
    if column.role != "blank":
        return _as_value(column)
    neighbour = columns[-1]
    if neighbour.is_value:
        return replace(neighbour, index=column.index)
    return _as_value(column) if columns == [neighbour] and any(r.is_money for r in neighbour.readings) else column
