"""Header words → what a table is and what each of its columns means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from schema.kinds import KINDS, RecordKind
from schema.layout import Cell, Table
from schema.vocabulary import read_rows

TableKind = Literal["indicator", "volume", "personnel", "money", "assignment", "goal", "plain", "other"]

LABEL_ROLES = ("indicator", "volume", "personnel", "line", "assignment", "measure")
"""Roles of the column that names a row, the surest first."""

MONTHS = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|okt|nov|dec"
)
PERIOD = re.compile(
    rf"\b(?:{MONTHS})\b\.?|\b(?:19|20)\d\d(?:[-–/](?:\d\d){{1,2}})?\b|\b(?:t|kv|q|tertial|kvartal)\s?[1-4]\b"
    r"|\b(?:19|20)\d\d(?:0[1-9]|1[0-2])\b|\bhel-?\s?år(?:et)?\b|\bår\b|\bperioden?\b",
    re.IGNORECASE,
)
"""What a header says of time; the words that remain say what the column is."""

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
PLAN_TITLE = re.compile(r"\bplan\b|\bplan(?:en|er)\b|\bbudget(?! och utfall)\b(?!.*\butfall\b)", re.IGNORECASE)
"""A title of plans: its bare years are no outcomes."""

VALUE_LIKE = re.compile(
    r"^[<>≥≤~±+\-−–]*\s*\d|^(?:[-–−.?]+|i\.?\s?u\.?)$|^(?:minst|max|högst|ca|cirka|över|under|inom|drygt|knappt)\b.*\d",
    re.IGNORECASE,
)
"""A cell that opens like a value: a number, a comparator, or a sign for a missing one."""


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


def fold(text: str) -> str:
    """Keep the letters only, in lower case: what survives a header broken by a narrow column."""
    return re.sub(r"[^a-zåäöéü]", "", text.casefold())


@cache
def header_phrases() -> tuple[tuple[str, str, str, str], ...]:
    """Return (folded phrase, match, role, kind) of `headers.csv`, longest phrase first."""
    rows = ((fold(r["phrase"]), r["match"], r["role"], r["kind"] or "") for r in read_rows("headers"))
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@cache
def column_role(label: str) -> tuple[str, str | None]:
    """Return the role and kind that a header stands for.

    A header of nothing but a period is ("value", "period"); an empty one ("blank", None); one that no
    phrase of the vocabulary fits ("unknown", None).
    """
    if not label.strip():
        return "blank", None
    words = fold(PERIOD.sub(" ", label))
    if not words:
        return ("value", "period") if PERIOD.search(label) else ("unknown", None)
    whole = fold(label)
    best: tuple[int, int, str, str] | None = None
    for phrase, match, role, kind in header_phrases():
        place = _phrase_place(phrase, match, words, whole)
        if place is not None and (best is None or (place, -len(phrase)) < best[:2]):
            best = (place, -len(phrase), role, kind)
    return (best[2], best[3] or None) if best else ("unknown", None)


def _phrase_place(phrase: str, match: str, words: str, whole: str) -> int | None:
    """Return where the phrase stands in the header, or None; an exact match comes before all others."""
    if phrase in (words, whole):
        return -1
    if match == "exact":
        return None
    if match == "start":
        return 0 if words.startswith(phrase) or whole.startswith(phrase) else None
    if match == "end":
        return 0 if words.endswith(phrase) else None
    place = words.find(phrase)
    return place if place >= 0 else None


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
    return not any(VALUE_LIKE.match(c.text.strip()) and column_role(c.text) != ("value", "period") for c in filled)


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


def classify_table(table: Table, title: str = "", *, fiscal_year: int | None = None, is_plan: bool = False) -> Layout:
    """Say what kind of table this is and what its columns mean, from its header, title and cells.

    In a report that plans its year (`is_plan`) a bare year of money is that year's budget.
    """
    labels = header_labels(table)
    columns = [Column(i, label, *column_role(label)) for i, label in enumerate(labels)]
    columns = _settle_goal_or_target(columns)
    columns = _settle_by_cells(columns, table)
    if plain := _plain_kind(columns):
        label = next(column.index for column in columns if column.role == plain.label)
        return Layout("plain", tuple(columns), label, plain)
    kind = _table_kind(columns, title, table)
    columns = [_settle_period(column, kind, title, fiscal_year, is_plan=is_plan) for column in columns]
    return Layout(kind, tuple(columns), _label_column(columns, kind))


def _settle_period(column: Column, kind: TableKind, title: str, fiscal_year: int | None, *, is_plan: bool) -> Column:
    """A bare year after the report's own is a plan or target; its own is a budget in a plan or under such a title."""
    year = YEAR.search(column.label)
    if column.kind == "proposal":
        is_later = year is not None and fiscal_year is not None and int(year.group()) > fiscal_year
        return replace(column, kind="plan" if is_later else "budget")
    if column.kind != "period" or year is None or fiscal_year is None:
        return column
    if int(year.group()) > fiscal_year:
        return replace(column, kind="plan" if kind == "money" else "target")
    if int(year.group()) == fiscal_year and kind == "money" and (is_plan or PLAN_TITLE.search(title)):
        return replace(column, kind="budget")
    return column


def _settle_goal_or_target(columns: list[Column]) -> list[Column]:
    """A bare *Mål* is the target after an indicator or with a year, else the goal itself."""
    seen_indicator = False
    settled = []
    for column in columns:
        seen_indicator = seen_indicator or column.role in LABEL_ROLES
        if column.role == "goal_or_target":
            is_target = seen_indicator or bool(PERIOD.search(column.label))
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
    words = " ".join(PERIOD.sub(" ", label).casefold().split())
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
    return 2 * sum(not VALUE_LIKE.match(t) for t in texts) > len(texts)


def _holds_values(table: Table, col: int) -> bool:
    """Whether most of the column's cells open like a value, and at least one has a digit."""
    headers = set(table.header_rows)
    texts = [c.text for c in table.cells if c.col == col and c.row not in headers and c.text.strip()]
    values = [t for t in texts if VALUE_LIKE.match(t)]
    return len(values) * 2 > len(texts) and any(re.search(r"\d", t) for t in values)


def _plain_kind(columns: Sequence[Column]) -> RecordKind | None:
    """Return the plain kind of record that a table holds: the one whose label heads a column."""
    roles = {column.role for column in columns}
    return next((kind for kind in KINDS if kind.is_plain and kind.label in roles), None)


def _table_kind(columns: Sequence[Column], title: str, table: Table) -> TableKind:
    roles = {column.role for column in columns}
    has_values = any(column.is_value for column in columns)
    if "assignment" in roles and not has_values and roles & {"status", "comment", "number"}:
        return "assignment"
    if has_values and "indicator" in roles:
        return _measured_kind(columns, title)
    if "committee_goal" in roles and not (has_values and "line" in roles):
        return "indicator" if has_values else "goal"
    if not has_values:
        return "assignment" if roles == {"assignment"} else "other"
    if "measure" in roles and roles & {"status", "assessment"} and table_topic([], title) != "money":
        return "other"
    return _numbers_kind(columns, title, table)


def _measured_kind(columns: Sequence[Column], title: str) -> TableKind:
    """Measures without a goal are volumes or staff figures where the title says so; an *indikator* stays one."""
    header = next(column.label for column in columns if column.role == "indicator")
    has_goal = any(column.role in ("goal_area", "municipal_goal", "committee_goal") for column in columns)
    topic = table_topic([], title)
    if topic not in ("volume", "personnel") or has_goal or "indikator" in fold(header):
        return "indicator"
    return topic


def _numbers_kind(columns: Sequence[Column], title: str, table: Table) -> TableKind:
    """Tell money from volumes and staff by the label column's header, then all headers, the title and the labels."""
    roles = [column.role for column in columns]
    if "line" in roles:
        return "money"
    if "personnel" in roles:
        return "personnel"
    kinds = {column.kind for column in columns}
    texts = [column.label for column in columns if not column.is_value]
    topic = table_topic(texts, title)
    if "volume" in roles:
        return "personnel" if topic == "personnel" else "volume"
    if topic is None and (kinds & {"variance", "effect"} or _labels_are_money(columns, table)):
        return "money"
    return topic or "volume"


def _labels_are_money(columns: Sequence[Column], table: Table) -> bool:
    """Whether half of the rows are named by words for money, as those of a balance sheet are."""
    col = next((column.index for column in columns if not column.is_value), None)
    labels = [c.text for c in table.cells if c.col == col and c.row not in table.header_rows and c.text.strip()]
    return len(labels) > 1 and 2 * sum("money" in topics_in(label)[:1] for label in labels) >= len(labels)


def table_topic(headers: Sequence[str], title: str) -> TableKind | None:
    """Return the first topic that the headers, then the title name, None where they name none."""
    topics = [topic for text in (*headers, title) for topic in topics_in(text)]
    return topics[0] if topics else None


@cache
def topics_in(text: str) -> tuple[TableKind, ...]:
    """Return the topics of `topics.csv` that a title or header names, in the order they stand."""
    folded = text.casefold()
    hits = [(folded.find(row["phrase"]), row["topic"]) for row in read_rows("topics")]
    return tuple(topic for place, topic in sorted(hits) if place >= 0)  # type: ignore[misc]  # the CSV's topics


def _label_column(columns: Sequence[Column], kind: TableKind) -> int | None:
    preferred = ("assignment", "measure") if kind == "assignment" else LABEL_ROLES
    for role in preferred:
        for column in columns:
            if column.role == role:
                return column.index
    named = [c.index for c in columns if c.role in ("blank", "unknown", "goal_area", "committee_goal")]
    return named[0] if named else None


def is_value_like(text: str) -> bool:
    """Whether a cell's text opens like a value."""
    return bool(VALUE_LIKE.match(text.strip()))
