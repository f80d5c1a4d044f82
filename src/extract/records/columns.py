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
    is_size,
)
from schema.kinds import RecordKind
from schema.layout import Cell, Table
from schema.lexicon.figures import is_count, is_figure
from schema.lexicon.headers import LABEL_ROLES, SURE, Reading, is_time_alone, read_header
from schema.lexicon.signs import MINUSES
from schema.lexicon.values import opens_like_value

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


def header_paths(table: Table) -> tuple[tuple[str, ...], ...]:
    """Return the levels of each column's header, from top to bottom, repetitions left out."""
    rows = leading_header_rows(table)
    grid = table.grid()
    levels = (
        [cell.text for row in rows if row < len(grid) and (cell := grid[row][col]) is not None]
        for col in range(table.n_cols)
    )
    return tuple(_distinct(texts) for texts in levels)


def header_labels(table: Table) -> tuple[str, ...]:
    """Return each column's header, its rows joined and repetitions left out."""
    return tuple(" ".join(path) for path in header_paths(table))


def with_true_headers(table: Table) -> Table:
    """Set the header's rows right: take out bands and rows with figures, take in rows of nothing but times."""
    leading = leading_header_rows(table)
    grid = table.grid()
    rows_of_cells = [[c for c in grid[row] if c is not None and c.row == row] for row in leading]
    kept = next(
        (i for i, cells in enumerate(rows_of_cells) if i and not (_is_header_row(cells) or _names_sizes(cells, table))),
        len(leading),
    )
    if leading and _is_row_of_amounts(rows_of_cells[0]):
        kept = 0
    dropped = set(leading[kept:])
    rows = [row for row in table.header_rows if row not in dropped]
    if leading and not dropped:
        rows += _rest_of_header(table, leading[-1] + 1)
    return replace(table, header_rows=tuple(sorted(rows))) if tuple(rows) != table.header_rows else table


def _rest_of_header(table: Table, row: int) -> list[int]:
    """Return the rows below the header that are of it: one, or one below a corner that stands on a line of its own."""
    filled = [cell.col for cell in table.cells if cell.row == row and cell.text.strip()]
    if filled == [0] and _goes_on_header(table, row + 1):
        return [row, row + 1]
    return [row] if _goes_on_header(table, row) else []


def _is_row_of_amounts(cells: Sequence[Cell]) -> bool:
    """Whether a row holds a label and amounts that are no years: the header stands on the page before."""
    amounts = [c for c in cells if c.col and is_figure(c.text.strip()) and any(map(str.isdigit, c.text))]
    filled = [c for c in cells if c.text.strip()]
    return (
        len(amounts) >= LEAST_BELOW
        and len(amounts) >= len(filled) - 1
        and not any(is_time_alone(c.text) for c in amounts)
    )


def _goes_on_header(table: Table, row: int) -> bool:
    """Whether a row below the header states the times of columns whose header states none, or names what they hold."""
    cells = [c for c in table.cells if c.row == row and c.col and c.text.strip()]
    if row in table.header_rows or len(cells) < LEAST_BELOW:
        return False
    is_labelled = any(c.row == row and c.col == 0 and c.text.strip() for c in table.cells)
    if not is_labelled and (_stands_under_merged(cells, table) or all(map(_ends_span, cells))):
        return True
    own = [read_header((cell.text,))[0] for cell in cells]
    if all(reading.is_value and reading.kind is not None for reading in own):
        return True
    paths = header_paths(table)
    above = [read_header(paths[cell.col])[0] for cell in cells]
    is_open = all(
        reading.role == "blank" or (reading.is_value and not (reading.time.years or reading.time.months))
        for reading in above
    )
    return is_open and not is_labelled and all(is_time_alone(cell.text) for cell in cells)


def _ends_span(cell: Cell) -> bool:
    """Whether a cell is the end of a span of days that the header's row above begins: *–2024-12-31*."""
    return cell.text.strip().startswith(tuple(MINUSES)) and is_time_alone(cell.text.strip().lstrip("".join(MINUSES)))


def _stands_under_merged(cells: Sequence[Cell], table: Table) -> bool:
    """Whether words or times, no figures, stand below merged headers: *Kvinnor*, *Män* under a year."""
    merged = [c for c in table.cells if c.row == cells[0].row - 1 and c.col_span > 1 and c.text.strip()]
    under = [any(above.col <= c.col < above.col + above.col_span for above in merged) for c in cells]
    return all(under) and not any(opens_like_value(c.text) and not is_time_alone(c.text) for c in cells)


def _is_header_row(cells: Sequence[Cell]) -> bool:
    """A further header row holds words or periods under more than the first column, and no figures."""
    filled = [cell for cell in cells if cell.text.strip()]
    if not filled or {cell.col for cell in filled} == {0}:
        return not filled
    return not any(opens_like_value(c.text) and not is_time_alone(c.text, with_unit=True) for c in filled)


def _names_sizes(cells: Sequence[Cell], table: Table) -> bool:
    """Whether a row's figures are sizes that head columns of bare figures: *26 ggr/år*, *52 ggr/år* over amounts."""
    sizes = [cell for cell in cells if cell.col and cell.text.strip()]
    below = table.filled_below({cell.col for cell in sizes})
    first = max((cell.row for cell in sizes), default=0)
    return (
        len({cell.text for cell in sizes}) == len(sizes) >= LEAST_BELOW
        and all(is_size(cell.text) for cell in sizes)
        and not any(any(map(str.isalpha, cell.text)) for cell in below if cell.row > first)
    )


def leading_header_rows(table: Table) -> tuple[int, ...]:
    """Return the header rows at the table's top, those repeated further down left out."""
    rows: list[int] = []
    for row in sorted(table.header_rows):
        if rows and row != rows[-1] + 1:
            break
        rows.append(row)
    return tuple(rows)


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in (" ".join(t.split()) for t in texts) if text))


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
LEAST_BELOW = 2
"""Cells of a row that goes on with the header; one may be a stray year."""
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
        has_label = has_label or (not column.is_value and not has_values)
        settled.append(column)
    return settled


def _tells_apart(columns: Sequence[Column], table: Table, names: int) -> int | None:
    """Return the column whose figures name the rows: ages or sizes at the left, or classes where nothing is named."""
    if columns and (holds_ages(table, 0) or (not columns[0].is_value and holds_sizes(table))):
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
    """A column of figures is one of values whatever heads it; without a header it goes with its left one, or is money."""
    if column.role != "blank":
        return _as_value(column)
    neighbour = columns[-1]
    if neighbour.is_value:
        return replace(neighbour, index=column.index)
    return _as_value(column) if columns == [neighbour] and any(r.is_money for r in neighbour.readings) else column
