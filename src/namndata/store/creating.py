"""Creates the corpus' tables from the dictionary, with columns, types and keys, and puts rows into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from namndata.run.database import Database
from namndata.store.dictionary import columns_of
from namndata.store.fields import Row, as_column
from schema.kinds import KINDS

COLUMN_TYPES: dict[str, type] = {"text": str, "private": str, "json": str, "integer": int, "float": float}
PRIMARY_KEYS: dict[str, str | tuple[str, ...]] = {
    "documents": "document",
    **{kind.table: "id" for kind in KINDS},
    "indicators": "indicator_id",
    "tables": "table_id",
    "cells": ("table_id", "row", "col"),
    "doubts": "doubt",
    "data_dictionary": ("table_name", "column_name"),
    "official_values": ("kpi", "municipality_code", "year", "sex"),
}
DOCUMENT, TABLE, INDICATOR = ("documents", "document"), ("tables", "table_id"), ("indicators", "indicator_id")
REFERENCES = {
    **dict.fromkeys(("document", "rendition_of", "edition_of", "outcome_document", "target_document"), DOCUMENT),
    **dict.fromkeys(("oldest_document", "newest_document", "plan_document"), DOCUMENT),
    "table_id": TABLE,
    **dict.fromkeys(("indicator_id", "whole_id", "breakdown_of", "candidate_indicator_id"), INDICATOR),
}
"""What a column refers to, whatever table it stands in."""
VALUES = {
    **dict.fromkeys(("indicator_statements", "indicator_series", "official_comparison"), "indicator_values"),
    **dict.fromkeys(("budget_statements", "budget_series", "net_costs"), "budget_values"),
    "goal_list": "goals",
    "assignment_list": "assignments",
}
"""The table that the value_id of an answer refers to; those of several tables refer to none."""


def create_table(db: Database, table: str) -> None:
    """Create a table with the dictionary's columns; the tables that it refers to are there."""
    types = {column.name: COLUMN_TYPES[column.type] for column in columns_of(table)}
    db.table(table).create(types, pk=PRIMARY_KEYS.get(table), foreign_keys=list(foreign_keys(table)))


def foreign_keys(table: str) -> Iterator[tuple[str, str, str]]:
    """Return which columns of a table refer to which columns of others; a table's own key refers to nothing."""
    for column in columns_of(table):
        if column.name in REFERENCES and PRIMARY_KEYS.get(table) != column.name:
            yield (column.name, *REFERENCES[column.name])
        elif column.name == "value_id" and table in VALUES:
            yield column.name, VALUES[table], "id"


def fill_table(db: Database, table: str, rows: Iterable[Row]) -> None:
    """Put rows into a table; a column that a row lacks is empty."""
    names = tuple(column.name for column in columns_of(table))
    known = frozenset(names)
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    statement = f"insert into {table} ({columns}) values ({marks})"
    db.conn.executemany(statement, (values_of(row, names, known) for row in rows))


def values_of(row: Row, names: Sequence[str], known: Set[str]) -> list[object]:
    """Return a row's values in the order of the columns; one that is of no column is refused."""
    if not row.keys() <= known:
        raise KeyError(*sorted(row.keys() - known))
    return [as_column(row.get(name)) for name in names]
