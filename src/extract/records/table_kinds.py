"""Which kind of records a table holds: begins with its columns, ends with the layout that its rows are read by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from extract.records.columns import Column, Layout, TableKind, read_columns
from extract.records.evidence import evidence_of, topics_in
from extract.records.meaning.columns import kinds_of_rows, with_meanings
from extract.records.meaning.silence import Surroundings
from extract.records.shape.filled import holds_names
from extract.records.shape.frame import find_frame
from schema.kinds import KINDS, RecordKind
from schema.layout import Table
from schema.lexicon.headers import LABEL_ROLES
from schema.lexicon.units import money_unit
from schema.vocabulary import read_rows

AHEAD = {"money": "plan", "volume": "forecast", "personnel": "forecast"}
"""What figures of bare years to come are, by what the table holds."""
SURE_LEAD = 1.0
"""Lead below which a kind is nearly as likely: of the known tables with less, one in four is wrong unseen."""


def classify_table(table: Table, title: str = "", around: Surroundings | None = None) -> Layout:
    """Say what kind of table this is and what its columns mean, from its header, title, cells and report."""
    around = around or Surroundings(titles=(title,))
    columns = read_columns(table)
    if plain := _plain_kind(columns):
        named = next(column.index for column in columns if column.role == plain.label)
        return Layout("plain", tuple(columns), named, plain=plain)
    kind = _kind_of_words(columns, title)
    frame = find_frame(table, columns, _label_column(columns, kind, table))
    titles = (title, *around.titles)
    weighed = weigh(columns, table, frame.label, titles, prints_money=around.prints_money) if kind is None else None
    kind = kind or (weighed.kind if weighed else "other")
    printed = columns
    columns = with_meanings(printed, table, around, ahead=_ahead(kind))
    rivals = [rival for rival in (weighed.rivals if weighed else ()) if _ahead(rival) != _ahead(kind)]
    if all(column.unit and not money_unit(column.unit) for column in columns if column.is_value):
        rivals = [rival for rival in rivals if rival != "money"]
    is_open = any(
        "money" in (kind, rival) or with_meanings(printed, table, around, ahead=_ahead(rival)) != columns
        for rival in rivals
    )
    columns = [replace(c, role="unknown") if c.index == frame.label and c.role == "unit" else c for c in columns]
    headers = set(table.header_rows)
    labels = {cell.row: cell.text for cell in table.cells if cell.col == frame.label and cell.row not in headers}
    return Layout(
        kind,
        tuple(columns),
        frame.label,
        frame.groups,
        rows=kinds_of_rows(labels, is_money=kind == "money"),
        doubts=("open_kind",) if is_open else (),
    )


def _ahead(kind: TableKind) -> str:
    """Return what figures of bare years to come are; where no table of the kind says otherwise they are aimed at."""
    return AHEAD.get(kind, "target")


def _plain_kind(columns: Sequence[Column]) -> RecordKind | None:
    """Return the plain kind of record that a table holds: the one whose label heads a column."""
    roles = {column.role for column in columns}
    return next((kind for kind in KINDS if kind.is_plain and kind.label in roles), None)


def _kind_of_words(columns: Sequence[Column], title: str) -> TableKind | None:
    """Return what the headers' words settle: a list of assignments, goals or measures; None for numbers."""
    roles = {column.role for column in columns}
    has_values = any(column.is_value for column in columns)
    if "assignment" in roles and not has_values and roles & {"status", "comment", "number"}:
        return "assignment"
    if not has_values:
        if "committee_goal" in roles:
            return "goal"
        return "assignment" if roles == {"assignment"} else "other"
    in_money = any(money_unit(column.label) for column in columns if column.is_value)
    if "measure" in roles and roles & {"status", "assessment"} and table_topic([], title) != "money" and not in_money:
        return "other"
    return None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a table's numbers are, by all signs together."""

    kind: TableKind
    rivals: tuple[TableKind, ...]
    """The kinds that nearly as much speaks for."""


def weigh(
    columns: Sequence[Column], table: Table, label: int | None, titles: Sequence[str], *, prints_money: bool
) -> Weighed:
    """Weigh all that a table and its report show, and say what its numbers are."""
    told = list(dict.fromkeys(filter(None, titles)))
    signs = {"always", *evidence_of(columns, table, label, told, prints_money=prints_money)}
    sums = {
        kind: sum(weight for sign, weight in weights.items() if sign in signs) for kind, weights in _weights().items()
    }
    kind = max(sums, key=lambda kind: sums[kind])
    return Weighed(kind, tuple(rival for rival in sums if rival != kind and sums[kind] - sums[rival] < SURE_LEAD))


@cache
def _weights() -> dict[TableKind, dict[str, float]]:
    """Return the weight of each sign, by kind."""
    weights: dict[TableKind, dict[str, float]] = {"money": {}, "volume": {}, "personnel": {}, "indicator": {}}
    for row in read_rows("table_evidence"):
        weights[cast(TableKind, row["kind"])][row["sign"]] = float(row["weight"])
    return weights


def table_topic(headers: Sequence[str], title: str) -> TableKind | None:
    """Return the first topic that the headers, then the title name, None where they name none."""
    topics = [topic for text in (*headers, title) for topic in topics_in(text)]
    return cast(TableKind, topics[0]) if topics else None


def _label_column(columns: Sequence[Column], kind: TableKind | None, table: Table) -> int | None:
    """The column that names the rows; of several under one merged header the first that holds names, no marks."""
    preferred = ("assignment", "measure") if kind == "assignment" else LABEL_ROLES
    for role in preferred:
        alike = [column.index for column in columns if column.role == role]
        if alike:
            return next((index for index in alike if holds_names(table, index)), alike[0])
    named = [c.index for c in columns if c.role in ("blank", "unknown", "goal_area", "committee_goal")]
    return named[0] if named else None
