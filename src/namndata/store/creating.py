"""Creates the corpus' tables from the dictionary: their columns, types and keys."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from namndata.store.dictionary import columns_of
from namndata.store.fields import Row, as_column
from schema.kinds import KINDS

COLUMN_TYPES: dict[str, type] = {"text": str, "json": str, "integer": int, "float": float}
PRIMARY_KEYS: dict[str, str | tuple[str, ...]] = {
    "documents": "document",
    **{kind.table: "id" for kind in KINDS},
    "indicators": "indicator_id",
    "tables": "table_id",
    "cells": ("table_id", "row", "col"),
    "doubts": "doubt",
    "data_dictionary": ("table_name", "column_name"),
}
BATCH = 500


def create_table(db: Database, table: str) -> None:
    """Create a table with the dictionary's columns."""
    types = {column.name: COLUMN_TYPES[column.type] for column in columns_of(table)}
    db.table(table).create(types, pk=PRIMARY_KEYS.get(table))


def fill_table(db: Database, table: str, rows: Iterable[Row]) -> None:
    """Create a table and put rows into it."""
    create_table(db, table)
    db.table(table).insert_all(
        ({name: as_column(value) for name, value in row.items()} for row in rows), batch_size=BATCH
    )
