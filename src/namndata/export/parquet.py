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
ROWS_OF_GROUP = 20_000
"""Rows that are held at once: some 50 MB of the widest table."""


def write_parquet(content: Content, table: Taken, path: Path) -> None:
    """Write a table."""
    schema = schema_of(content, table)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches(content.rows(table), schema):
            writer.write_batch(batch)


def write_partitioned(content: Content, table: Taken, folder: Path) -> None:
    """Write a table into a folder for each municipality and year, where it has both columns; else as one file.

    The table is read once, in the order of its folders, one of which is open at a time.
    """
    schema = schema_of(content, table)
    keys = [name for names in PARTITIONS for name in names if name in schema.names]
    if len(keys) < len(PARTITIONS):
        return write_parquet(content, table, folder / f"{table.name}.parquet")
    parts = (part for batch in batches(content.rows(table, *keys), schema) for part in parts_of(batch, keys))
    for values, same in groupby(parts, itemgetter(0)):
        names = (
            f"{key}={NONE if value is None else quote(str(value))}" for key, value in zip(keys, values, strict=True)
        )
        path = folder.joinpath(table.name, *names, "part-0.parquet")
        path.parent.mkdir(parents=True)
        with parquet.ParquetWriter(path, schema, compression="zstd", use_dictionary=False) as writer:  # of few rows
            for _, part in same:
                writer.write_batch(part)


def parts_of(batch: pyarrow.RecordBatch, keys: list[str]) -> Iterator[tuple[tuple[Any, ...], pyarrow.RecordBatch]]:
    """Return the runs of rows that have the same values in some columns, each after these."""
    start = 0
    for values, rows in groupby(zip(*(batch.column(key).to_pylist() for key in keys), strict=True)):
        length = sum(1 for _ in rows)
        yield values, batch.slice(start, length)
        start += length


def batches(rows: Iterator[tuple[Any, ...]], schema: pyarrow.Schema) -> Iterator[pyarrow.RecordBatch]:
    """Return rows as columns, some at a time."""
    while some := list(islice(rows, ROWS_OF_GROUP)):
        columns = zip(*some, strict=True)
        arrays = [pyarrow.array(column, type=each.type) for column, each in zip(columns, schema, strict=True)]
        yield pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


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
