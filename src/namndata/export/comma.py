"""CSV files, one for each table: as Swedish Excel opens them, or as programs read them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from namndata.export.content import Content, Taken
from namndata.export.text import may_run, plain_number, shown


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written."""

    delimiter: str
    decimal: str
    encoding: str
    line_end: str
    is_guarded: bool
    """Text that a spreadsheet would run as a formula gets an apostrophe, and control characters are shown."""


SWEDISH_EXCEL = Dialect(";", ",", "utf-8-sig", "\r\n", is_guarded=True)
"""What a Swedish Excel opens by a double click, and R's read.csv2 reads."""
PROGRAMS = Dialect(",", ".", "utf-8", "\n", is_guarded=False)
"""RFC 4180's but for its line ends; text is as it was read."""


def write_csv(content: Content, table: Taken, path: Path, dialect: Dialect) -> None:
    """Write a table."""
    with path.open("w", encoding=dialect.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=dialect.delimiter, lineterminator=dialect.line_end)
        writer.writerow([column.name for column in table.columns])
        writer.writerows([as_field(value, dialect) for value in row] for row in content.rows(table))


def as_field(value: Any, dialect: Dialect) -> str | None:
    """Return a value as a field of the file; nothing stays an empty field."""
    if isinstance(value, str):
        return guarded(value) if dialect.is_guarded else value
    return None if value is None else plain_number(value, dialect.decimal)


def guarded(text: str) -> str:
    """Return a text that a spreadsheet takes for text."""
    return f"'{shown(text)}" if may_run(text) else shown(text)
