"""Tables of a plain kind of record: each row is one, as printed under the headers that the vocabulary knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from extract.records.columns import Layout
from extract.records.rows import join_continued_labels, table_rows
from schema.kinds import RecordKind
from schema.layout import Table
from schema.printed import PrintedRow


def read_plain(table: Table, layout: Layout, kind: RecordKind) -> list[PrintedRow]:
    """Return a record for each row that has a label; a column goes into the field that its role names."""
    make: Callable[..., PrintedRow] = kind.printed
    names = {field.name for field in fields(kind.printed)} - {kind.label}  # type: ignore[arg-type]  # a dataclass
    columns = {column.role: column for column in reversed(layout.columns) if column.role in names}
    return [
        make(
            **{kind.label: row.label},
            **{name: row.text(column) for name, column in columns.items()},
            page=row.page,
            table=table.number,
            row=row.index,
        )
        for row in join_continued_labels(table_rows(table, layout))
        if row.label
    ]
