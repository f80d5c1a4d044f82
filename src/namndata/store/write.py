"""Writes the corpus: records, tables, checks and problems into SQLite, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from sqlite_utils import Database

from namndata.audit.earlier import checks_of_earlier
from namndata.identity.renditions import find_standings
from namndata.identity.series import Identity, identify_indicators
from namndata.run.provenance import Provenance
from namndata.store.access import ASIDE
from namndata.store.dictionary import columns_of, read_dictionary
from namndata.store.fields import Row, as_column
from namndata.store.findings import (
    check_rows,
    dictionary_row,
    document_row,
    doubt_row,
    footnote_rows,
    ledger_rows,
    legend_rows,
    problem_rows,
    run_row,
)
from namndata.store.grids import cell_rows, table_rows
from namndata.store.records import record_rows
from schema.doubts import known_doubts
from schema.kinds import KINDS, RecordKind
from schema.result import DocumentResult

HERE = Path(__file__).parent
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
INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((kind.table, columns) for kind in KINDS for columns in (*kind.indexes, ("document",))),
    ("cells", ("document",)),
    ("checks", ("document", "status")),
    ("problems", ("document", "code")),
)
FULL_TEXT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("indicators", ("name",)),
    *((kind.table, kind.full_text) for kind in KINDS if kind.full_text),
)
SWEDISH_TOKENS = "unicode61 remove_diacritics 0"
"""å, ä and ö are letters of their own: a search for `vård` must not find `vard`."""


def write_corpus(
    path: Path, results: Sequence[DocumentResult], provenance: Provenance, folder: Path | None = None
) -> None:
    """Write all results to `path`, aside first: a crash leaves the old file as it was.

    `folder` holds the reports, and what people decided on them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ASIDE)
    aside.unlink(missing_ok=True)
    try:
        db = Database(aside)
        with db.conn:
            fill_corpus(db, results, provenance, folder)
        db.close()
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def why_not_stored(result: DocumentResult, provenance: Provenance) -> str:
    """Return what goes wrong when one document is stored by itself; nothing where it can be."""
    db = Database(memory=True)
    try:
        with db.conn:
            fill_corpus(db, [result], provenance, None)
    except Exception as error:
        return repr(error)
    finally:
        db.close()
    return ""


def fill_corpus(db: Database, results: Sequence[DocumentResult], provenance: Provenance, folder: Path | None) -> None:
    """Create the tables, indexes and views in an empty database and fill them."""
    identity = identify_indicators(results, folder)
    for table, rows in rows_by_table(results, identity, provenance).items():
        create_table(db, table)
        held = ({name: as_column(value) for name, value in row.items()} for row in rows)
        db.table(table).insert_all(held, batch_size=500)
    for table, columns in INDEXES:
        db.table(table).create_index(columns)
    for table, columns in FULL_TEXT:
        db.table(table).enable_fts(columns, tokenize=SWEDISH_TOKENS)
    db.executescript((HERE / "views.sql").read_text(encoding="utf-8"))


def create_table(db: Database, table: str) -> None:
    """Create a table with the dictionary's columns."""
    types = {column.name: COLUMN_TYPES[column.type] for column in columns_of(table)}
    db.table(table).create(types, pk=PRIMARY_KEYS.get(table))


def rows_by_table(
    results: Sequence[DocumentResult], identity: Identity, provenance: Provenance
) -> dict[str, Iterable[Row]]:
    """Return the rows of every table, documents in the order given."""
    standings = find_standings(results)
    earlier = checks_of_earlier(results, identity, standings)

    def each(rows_of: Callable[[DocumentResult], Iterable[Row]]) -> Iterator[Row]:
        return (row for result in results for row in rows_of(result))

    def records(kind: RecordKind) -> Iterator[Row]:
        return each(lambda result: record_rows(result, kind, identity))

    return {
        "documents": (document_row(result, standings[result.source.document]) for result in results),
        **{kind.table: records(kind) for kind in KINDS},
        "indicators": map(dict, identity.indicators),
        "indicator_names": map(dict, identity.names),
        "indicator_proposals": map(dict, identity.proposals),
        "indicator_vetoes": map(dict, identity.vetoes),
        "committees": map(dict, identity.committees),
        "tables": each(table_rows),
        "cells": each(cell_rows),
        "footnotes": each(footnote_rows),
        "legend": each(legend_rows),
        "checks": each(lambda result: check_rows(result, earlier.get(result.source.document, ()))),
        "problems": each(problem_rows),
        "doubts": map(doubt_row, known_doubts().values()),
        "number_ledger": each(ledger_rows),
        "runs": [run_row(results, provenance)],
        "data_dictionary": map(dictionary_row, read_dictionary()),
    }
