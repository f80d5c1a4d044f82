"""Asks the corpus: rows by column name, and values by their cell."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from namndata.evaluate.calibration import TRUSTED
from namndata.site.shown import file_name
from namndata.store.access import open_corpus

POOR = 0.7
"""Below, a doubt is marked more strongly: about the last tenth of what is doubted."""

LONGEST_PUBLIC = 30
"""Characters of a cell with a number that a public site shows: what is longer holds sentences."""

VALUES = """
select 'indicator_values' record, id, document, page, table_id, row, col, indicator label, parent, column_label,
 kind, period, raw, value, upper, comparator, unit, direction, status, confidence, doubts, inferred, table_title,
 part, indicator_id, null amount_sek, reviewed, value_read from indicator_values
union all
select 'budget_values', id, document, page, table_id, row, col, line, parent, column_label,
 kind, period, raw, value, null, null, unit, null, 'reported', confidence, doubts, inferred, table_title,
 part, null, amount_sek, reviewed, value_read from budget_values
"""

Row = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Value:
    """A value as the site shows it, of either table."""

    record: str
    id: str
    document: str
    page: int | None
    table_id: str
    row: int
    col: int
    label: str
    parent: str | None
    column_label: str | None
    kind: str | None
    period: str | None
    raw: str
    value: float | None
    upper: float | None
    comparator: str | None
    unit: str | None
    direction: str | None
    status: str
    confidence: float
    doubts: tuple[str, ...]
    inferred: int
    table_title: str | None
    part: str | None
    indicator_id: str | None
    amount_sek: float | None
    reviewed: int
    value_read: float | None
    """What was read, where a person corrected it."""

    @property
    def anchor(self) -> str:
        """The part of its address that lasts: the digest at the end of its id."""
        return self.id.rpartition(":")[2]

    @property
    def address(self) -> str:
        """Where the value's place is, relative to the site."""
        return f"{report_address(self.document)}#{self.anchor}"

    @property
    def band(self) -> str:
        """How far it can be trusted, in three steps."""
        return band_of(self.confidence)


def band_of(confidence: float) -> str:
    """Return how far a confidence is to be trusted: sure, doubtful or poor."""
    return "sure" if confidence >= TRUSTED else "doubtful" if confidence >= POOR else "poor"


def report_address(document: str) -> str:
    """Return a report's page, relative to the site."""
    return f"report/{file_name(document)}.html"


def committee_address(municipality: str | None, committee: str | None) -> str:
    """Return a committee's page, relative to the site."""
    whose = " ".join(name for name in (municipality, committee) if name)
    return f"committee/{file_name(whose)}.html"


def indicator_address(indicator_id: str) -> str:
    """Return an indicator's page, relative to the site."""
    return f"indicator/{file_name(indicator_id)}.html"


@dataclass(frozen=True)
class Corpus:
    """An open corpus, with the values that every view needs."""

    db: sqlite3.Connection
    values: Mapping[str, list[Value]]
    """By document."""
    by_id: Mapping[str, Value]
    successors: Mapping[tuple[str | None, str | None], str | None]
    """Who has the work of a municipality's committee today."""

    def committee_today(self, row: Row) -> str | None:
        """Return the committee that has the work of a row's committee today."""
        return self.successors.get((row["municipality"], row["committee"])) or row["committee"]

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        """Return the rows of a query."""
        return self.db.execute(sql, parameters).fetchall()


def read_corpus(path: Path, *, is_public: bool = False) -> Corpus:
    """Open a corpus and read its values, for a public site without words that are printed in cells of values.

    The caller closes its connection.
    """
    db = open_corpus(path)
    db.row_factory = sqlite3.Row
    values = [to_value(row, is_public=is_public) for row in db.execute(VALUES)]
    whose = db.execute("select municipality, committee, committee_today from documents")
    successors = {(municipality, committee): today for municipality, committee, today in whose}
    return Corpus(db, grouped(values, "document"), {value.id: value for value in values}, successors)


def to_value(row: sqlite3.Row, *, is_public: bool) -> Value:
    """Return a row as a value."""
    fields = dict(row)
    is_kept = not is_public or (fields["value"] is not None and len(fields["raw"]) <= LONGEST_PUBLIC)
    raw = fields["raw"] if is_kept else ""
    return Value(**{**fields, "raw": raw, "doubts": tuple(json.loads(fields["doubts"] or "[]"))})


def grouped(items: Iterable[T], attribute: str) -> dict[Any, list[T]]:
    """Return items by one of their attributes, in their order."""
    groups: dict[Any, list[T]] = defaultdict(list)
    for item in items:
        groups[getattr(item, attribute)].append(item)
    return groups


def by(rows: Iterable[Row], *columns: str) -> dict[Any, list[Row]]:
    """Return rows by one or several of their columns, in their order."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[columns[0]] if len(columns) == 1 else tuple(row[name] for name in columns)].append(row)
    return groups


def place_of(corpus: Corpus, value_id: str) -> str:
    """Return the address of a value's place; empty where it has none."""
    value = corpus.by_id.get(value_id)
    return value.address if value else ""
