"""What of a corpus is taken along: its tables by the dictionary, and their rows in the order of the corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from namndata.export.links import Links
from namndata.export.version import Version
from namndata.sample.measure import Measured
from namndata.store.dictionary import PRIVATE, Column, columns_of, private_tables, read_tables


@dataclass(frozen=True, slots=True)
class Taken:
    """A table as it is exported."""

    name: str
    description: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A corpus to export: its tables, which version it is, and where its reports can be looked at."""

    db: sqlite3.Connection
    tables: tuple[Taken, ...]
    version: Version
    links: Links
    licence: str
    is_public: bool
    measured: Measured | None = None
    """How often values that were drawn and judged are wrong."""

    def rows(self, table: Taken, *by: str) -> Iterator[tuple[Any, ...]]:
        """Return a table's rows by some columns, else in the order of the corpus, which is the same on every run."""
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        return iter(self.db.execute(f'select {names} from "{table.name}" order by {", ".join((*by, "rowid"))}'))


def tables_to_take(*, is_public: bool) -> tuple[Taken, ...]:
    """Return the tables of the dictionary; a public copy has none that hold running text, and no such columns."""
    left_out = private_tables() if is_public else set()
    return tuple(
        Taken(name, description, tuple(each for each in columns_of(name) if not is_public or each.type != PRIVATE))
        for name, description in read_tables().items()
        if name not in left_out
    )
