"""What a value is cited as: whose report, page, table, row and column, and where the report was fetched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from namndata.errors import UsageError
from namndata.run.naming import LETTERS_OF_DIGEST
from namndata.store.access import open_corpus
from schema.kinds import KINDS, RecordKind


def cite_value(database: Path, value: str) -> list[tuple[str, str]]:
    """Return what a value is cited as, each part with its name; what is not known is left out.

    A value is known by its id; its report there by what it is called, by its content, or by its stem alone while
    another file has the same stem; by its content also where the file was renamed.
    """
    document, _, reference = value.rpartition(":")
    with closing(open_corpus(database)) as db:
        db.row_factory = sqlite3.Row
        found = [
            (kind, record)
            for name in documents_called(db, document)
            for kind in KINDS
            for record in db.execute(f"select * from {kind.table} where id = ?", (f"{name}:{reference}",))
        ]
        if len(found) > 1:
            named = ", ".join(record["document"] for _, record in found)
            raise UsageError(f"Several reports hold a value {value}; say which of {named}.")
        if found:
            return list(lines_of(db, *found[0]))
    raise UsageError(f"The corpus holds no value {value}; ids stand in the columns id and value_id.")


def documents_called(db: sqlite3.Connection, name: str) -> list[str]:
    """Return the documents with an id, or else with the content that an id names, or else with a stem."""
    exact = db.execute("select document from documents where ? in (document, content_id)", (name,)).fetchall()
    by_content = "select document from documents where sha256 != '' and ? like '%_-' || substr(sha256, 1, ?)"
    renamed = exact or db.execute(by_content, (name, LETTERS_OF_DIGEST)).fetchall()
    by_stem = "select document from documents where content_id like ? || '-' || ? escape '!'"
    shaped = name.replace("!", "!!").replace("_", "!_").replace("%", "!%"), "_" * LETTERS_OF_DIGEST
    return [row["document"] for row in renamed or db.execute(by_stem, shaped)]


def lines_of(db: sqlite3.Connection, kind: RecordKind, record: sqlite3.Row) -> Iterator[tuple[str, str]]:
    """Return what is said of a record."""
    report = db.execute("select * from documents where document = ?", (record["document"],)).fetchone()
    table = db.execute("select * from tables where table_id = ?", (record["table_id"],)).fetchone()
    columns = record.keys()
    said = {
        "municipality": report["municipality"],
        "committee": record["committee"],
        "report": report["title"] or report["document"],
        "date": report["published_on"] or report["as_of"] or report["fiscal_year"],
        "page": record["page"],
        "table": record["table_title"] if "table_title" in columns else table and table["title"],
        "row": record[kind.label],
        "column": record["column_label"] if "column_label" in columns else None,
        "value": record["raw"] if "raw" in columns else None,
        "retrieved from": report["source_url"],
        "retrieved on": report["retrieved_on"],
        "file": report["path"],
        "sha256": report["sha256"],
        "reference": f"{report['content_id']}:{record['id'].rpartition(':')[2]}",
    }
    yield from ((name, str(value)) for name, value in said.items() if value not in (None, ""))
