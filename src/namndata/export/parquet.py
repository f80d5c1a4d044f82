"""Parquet files, one for each table: typed columns, each with its description and unit, and the corpus' version."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow
from pyarrow import parquet

from namndata.export.about import TITLE
from namndata.export.content import Content, Taken
from namndata.store.dictionary import Column

TYPES = {"integer": pyarrow.int64(), "float": pyarrow.float64()}
"""By the dictionary's types; all others are text."""
PARTITIONS = (("municipality",), ("year", "fiscal_year"))
"""What folders are made by, outer first: the columns that say it, of which a table has one at most."""
NONE = "__HIVE_DEFAULT_PARTITION__"
"""What DuckDB, Spark and arrow read as no value in the name of a folder."""
ROWS_OF_GROUP = 50_000
"""Rows that are held at once: some 50 MB of the widest table."""


def write_parquet(content: Content, table: Taken, path: Path) -> None:
    """Write a table."""
    write_rows(content.rows(table), schema_of(content, table), path)


def write_partitioned(content: Content, table: Taken, folder: Path) -> None:
    """Write a table into a folder for each municipality and year, where it has both columns; else as one file."""
    schema = schema_of(content, table)
    keys = [name for names in PARTITIONS for name in names if name in schema.names]
    if len(keys) < len(PARTITIONS):
        return write_parquet(content, table, folder / f"{table.name}.parquet")
    values_of = itemgetter(*map(schema.get_field_index, keys))
    for values, rows in groupby(content.rows(table, *keys), values_of):
        parts = (
            f"{key}={NONE if value is None else quote(str(value))}" for key, value in zip(keys, values, strict=True)
        )
        path = folder.joinpath(table.name, *parts, "part-0.parquet")
        path.parent.mkdir(parents=True)
        write_rows(rows, schema, path)


def write_rows(rows: Iterator[tuple[Any, ...]], schema: pyarrow.Schema, path: Path) -> None:
    """Write rows, some at a time."""
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(rows, ROWS_OF_GROUP)):
            columns = zip(*some, strict=True)
            arrays = [pyarrow.array(column, type=each.type) for column, each in zip(columns, schema, strict=True)]
            writer.write_batch(pyarrow.RecordBatch.from_arrays(arrays, schema=schema))


def schema_of(content: Content, table: Taken) -> pyarrow.Schema:
    """Return the columns with what the dictionary says of them, and what is said of the table."""
    said = {"title": TITLE, "version": content.version.number, "licence": content.licence}
    said |= {"table": table.name, "description": table.description}
    return pyarrow.schema([field_of(column) for column in table.columns], metadata=said)


def field_of(column: Column) -> pyarrow.Field:
    """Return a column's name, type, description and unit."""
    said = {"description": column.description, "unit": column.unit}
    kept = {name: text for name, text in said.items() if text}
    return pyarrow.field(column.name, TYPES.get(column.type, pyarrow.string()), metadata=kept)
