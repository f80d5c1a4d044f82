"""Every column of every table and view: what the tables are created from, and what their readers are told."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from namndata.language.catalogue import messages
from schema.kinds import KINDS

HERE = Path(__file__).parent


RECORDS = "records"
"""Stands in the dictionary for the tables of all record kinds."""
PRIVATE = "private"
"""Type of text that a public copy leaves out: running text and printed cells, which may hold names, signatures and
telephone numbers, and who decided; of a table, that all of it is left out."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the data dictionary describes it."""

    table: str
    name: str
    type: str
    """`text`, `private` (text that no public copy holds), `json`, `integer` or `float`."""
    unit: str
    description: str


@cache
def read_rows() -> tuple[dict[str, str], ...]:
    """Return the rows of the dictionary: those without a column name describe the table itself."""
    with (HERE / "data_dictionary.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def read_dictionary() -> tuple[Column, ...]:
    """Return every column of every table and view; the tables are created from this list."""
    return tuple(
        Column(table, row["column_name"], row["type"], row["unit"], row["description"])
        for row in read_rows()
        if row["column_name"]
        for table in tables_named(row["table_name"])
    )


def tables_named(names: str) -> Iterator[str]:
    """Return the tables that a row of the dictionary is about."""
    for name in names.split():
        yield from (kind.table for kind in KINDS) if name == RECORDS else (name,)


def swedish_of(description: str) -> str:
    """Return a description in Swedish; the English one where it is not translated."""
    return messages().get(description, description)


@cache
def columns_of(table: str) -> tuple[Column, ...]:
    """Return the columns of one table or view, in order."""
    return tuple(column for column in read_dictionary() if column.table == table)


def read_tables() -> dict[str, str]:
    """Return what each table and view holds, in the order that a reader meets them."""
    return {row["table_name"]: row["description"] for row in read_rows() if not row["column_name"]}


def private_tables() -> set[str]:
    """Return the tables that a public copy leaves out."""
    return {row["table_name"] for row in read_rows() if not row["column_name"] and row["type"] == PRIVATE}


@dataclass(frozen=True, slots=True)
class Wording:
    """How the dictionary's page is worded in a language."""

    title: str
    about: str
    head: str
    described: Callable[[str], str]


ENGLISH = Wording(
    "Data dictionary",
    "Every table and view of `corpus.sqlite`. Written by `make docs`; the same rows are in `data_dictionary`.",
    "| column | unit | meaning |",
    str,
)


def as_markdown(wording: Wording = ENGLISH) -> str:
    """Return the dictionary as a page of Markdown."""
    return "\n".join(markdown_lines(wording)) + "\n"


def markdown_lines(wording: Wording) -> Iterator[str]:
    """Return the lines of the page."""
    yield f"# {wording.title}"
    yield ""
    yield wording.about
    for table, description in read_tables().items():
        yield from ("", f"## {table}", "", wording.described(description), "", wording.head, "| --- | --- | --- |")
        for column in columns_of(table):
            yield f"| `{column.name}` | {column.unit} | {wording.described(column.description)} |"
