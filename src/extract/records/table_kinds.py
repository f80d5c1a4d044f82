"""Which kind of records a table holds: begins with its columns, ends with the layout that its rows are read by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extract.records.columns import GOAL_ROLES, Column, Layout, TableKind, read_columns
from extract.records.meaning.columns import kinds_of_rows, with_meanings
from extract.records.meaning.silence import Surroundings
from extract.records.shape.frame import find_frame
from schema.kinds import KINDS, RecordKind
from schema.layout import Table
from schema.lexicon.headers import LABEL_ROLES
from schema.lexicon.text import fold
from schema.vocabulary import read_rows


def classify_table(table: Table, title: str = "", around: Surroundings | None = None) -> Layout:
    """Say what kind of table this is and what its columns mean, from its header, title, cells and report."""
    around = around or Surroundings(titles=(title,))
    columns = read_columns(table)
    if plain := _plain_kind(columns):
        named = next(column.index for column in columns if column.role == plain.label)
        return Layout("plain", tuple(columns), named, plain=plain)
    kind = _table_kind(columns, title, table)
    columns = with_meanings(columns, table, around, is_money=kind == "money")
    frame = find_frame(table, columns, _label_column(columns, kind))
    columns = [replace(c, role="unknown") if c.index == frame.label and c.role == "unit" else c for c in columns]
    headers = set(table.header_rows)
    labels = {cell.row: cell.text for cell in table.cells if cell.col == frame.label and cell.row not in headers}
    return Layout(kind, tuple(columns), frame.label, frame.groups, rows=kinds_of_rows(labels))


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
    has_goal = any(column.role in GOAL_ROLES for column in columns)
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
