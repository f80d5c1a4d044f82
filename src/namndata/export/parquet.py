"""Parquet files, one for each table: typed columns, each with its description and unit, and the corpus' version."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow
from pyarrow import dataset, parquet

from namndata.export.about import TITLE
from namndata.export.content import Content, Taken
from namndata.store.dictionary import Column

TYPES = {"integer": pyarrow.int64(), "float": pyarrow.float64()}
"""By the dictionary's types; all others are text."""
PARTITIONS = (("municipality",), ("year", "fiscal_year"))
"""What folders are made by, outer first: the columns that say it, of which a table has one at most."""
MOST_PARTITIONS = ROWS_OF_GROUP = 50_000
"""Rows that are held at once: some 50 MB of the widest table."""


def write_parquet(content: Content, table: Taken, path: Path) -> None:
    """Write a table."""
    schema = schema_of(content, table)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in groups_of(content, table, schema):
            writer.write_batch(group)


def write_partitioned(content: Content, table: Taken, folder: Path) -> None:
    """Write a table into a folder for each municipality and year, where it has both columns; else as one file."""
    schema = schema_of(content, table)
    keys = [name for names in PARTITIONS for name in names if name in schema.names]
    if len(keys) < len(PARTITIONS):
        return write_parquet(content, table, folder / f"{table.name}.parquet")
    dataset.write_dataset(
        groups_of(content, table, schema),
        folder / table.name,
        schema=schema,
        format="parquet",
        partitioning=dataset.partitioning(pyarrow.schema([schema.field(name) for name in keys]), flavor="hive"),
        file_options=dataset.ParquetFileFormat().make_write_options(compression="zstd"),
        max_partitions=MOST_PARTITIONS,
        use_threads=False,  # the same corpus gives the same files
    )


def groups_of(content: Content, table: Taken, schema: pyarrow.Schema) -> Iterator[pyarrow.RecordBatch]:
    """Return the rows, some at a time, by columns."""
    rows = content.rows(table)
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
