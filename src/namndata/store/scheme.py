"""All tables of a corpus, in the order in which they are made: those first that others refer to."""

from __future__ import annotations

from namndata.run.database import Database
from namndata.store.creating import create_table
from namndata.store.derive import ANSWERS
from namndata.store.derive import INDEXES as ANSWER_INDEXES
from schema.kinds import KINDS

TABLES: tuple[str, ...] = (
    "documents",
    "tables",
    "indicators",
    *(kind.table for kind in KINDS),
    "indicator_names",
    "indicator_aliases",
    "indicator_proposals",
    "indicator_vetoes",
    "committees",
    "cells",
    "facts",
    "footnotes",
    "legend",
    "checks",
    "problems",
    "corrections",
    "doubts",
    "number_ledger",
    "runs",
    "data_dictionary",
    *ANSWERS,
    "line_links",
    "kolada_links",
    "official_values",
    "official_comparison",
)
INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((kind.table, columns) for kind in KINDS for columns in (*kind.indexes, ("document",))),
    ("cells", ("document",)),
    ("facts", ("document",)),
    ("indicator_names", ("indicator_id",)),
    ("indicator_names", ("document", "indicator_id", "committee")),
    ("indicators", ("breakdown_of",)),
    ("checks", ("document", "status")),
    ("problems", ("document", "code")),
    *ANSWER_INDEXES,
    ("line_links", ("line_id",)),
    ("kolada_links", ("indicator_id",)),
    ("official_values", ("kpi", "municipality_code")),
)
FULL_TEXT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("indicators", ("name",)),
    ("search", ("text",)),
    *((kind.table, kind.full_text) for kind in KINDS if kind.full_text),
)
SWEDISH_TOKENS = "unicode61 remove_diacritics 0"
"""å, ä and ö are letters of their own: a search for `vård` must not find `vard`."""
ROWS_ANALYSED = 1000
"""Of each index: enough for SQLite to tell a column that picks few rows from one that picks many, in milliseconds."""


def create_tables(db: Database) -> None:
    """Create all tables in an empty database."""
    for table in TABLES:
        create_table(db, table)


def create_all(db: Database) -> None:
    """Create all tables with their indexes in an empty database."""
    create_tables(db)
    create_indexes(db)


def create_indexes(db: Database) -> None:
    """Create the indexes by which answers are found."""
    for table, columns in INDEXES:
        db.table(table).create_index(columns)


def enable_search(db: Database) -> None:
    """Make the texts of a filled database searchable, and let SQLite count what its indexes pick."""
    for table, columns in FULL_TEXT:
        db.table(table).enable_fts(columns, tokenize=SWEDISH_TOKENS)
    db.execute(f"pragma analysis_limit = {ROWS_ANALYSED}")
    db.execute("analyze")
