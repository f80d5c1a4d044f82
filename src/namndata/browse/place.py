"""The place of a value: what it is cited as, and its table with the cell that it was read from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from namndata.store.access import open_corpus
from namndata.store.cite import cite_value
from schema.kinds import KINDS


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as a page shows it."""

    text: str
    rows: int
    cols: int
    is_header: bool
    is_value: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A value's citation, and the table around it by rows."""

    lines: list[tuple[str, str]]
    document: str
    page: int | None
    rows: list[list[ShownCell]]


def place_of(database: Path, value: str) -> Place:
    """Return the place of a value; an id that the corpus does not hold is an error that says so."""
    lines = cite_value(database, value)
    with closing(open_corpus(database)) as db:
        db.row_factory = sqlite3.Row
        record = next(
            found for kind in KINDS for found in db.execute(f"select * from {kind.table} where id = ?", (value,))
        )
        return Place(lines, record["document"], record["page"], table_rows(db, record))


def table_rows(db: sqlite3.Connection, record: sqlite3.Row) -> list[list[ShownCell]]:
    """Return the cells of a record's table, by rows; the record's own is marked, or its row where it is of a row."""
    query = "select row, col, text, row_span, col_span, is_header from cells where table_id = ? order by row, col"
    column = record["col"] if "col" in record.keys() else None  # noqa: SIM118, a row is no dictionary

    def shown(cell: sqlite3.Row) -> ShownCell:
        is_value = cell["row"] == record["row"] and column in (None, cell["col"])
        return ShownCell(cell["text"] or "", cell["row_span"], cell["col_span"], bool(cell["is_header"]), is_value)

    cells = db.execute(query, (record["table_id"],))
    return [[shown(cell) for cell in row] for _, row in groupby(cells, key=lambda cell: cell["row"])]
