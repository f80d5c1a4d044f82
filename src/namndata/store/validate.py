"""Whether a result is whole: its types, its tables' cells, and what its records point at. The store takes no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from schema.doubts import known_doubts
from schema.layout import Table
from schema.result import DocumentResult

MOST_PLACES = 1_000_000
"""Places of a table's grid; the largest table seen has some 20 000, and a place too far makes a grid without end."""
LARGEST_INTEGER = 2**63 - 1
"""What a column of SQLite holds."""
MOST_NAMED = 3
"""Faults that a message names."""


def faults_of(result: object) -> list[str]:
    """Return what is wrong with a result, in words; nothing where it is whole."""
    if not isinstance(result, DocumentResult):
        return [f"it is a {type(result).__name__}"]
    faults = [*faults_of_types(result), *faults_of_leaves(result)]
    return faults or [*faults_of_tables(result.tables), *faults_of_places(result), *faults_of_doubts(result)]


def summary_of(faults: list[str]) -> str:
    """Return the faults as one sentence, the first ones named."""
    more = f" and {len(faults) - MOST_NAMED} more" if len(faults) > MOST_NAMED else ""
    return "; ".join(faults[:MOST_NAMED]) + more


@cache
def adapter() -> TypeAdapter[DocumentResult]:
    """Return what checks the types of a result and of all that it holds."""
    return TypeAdapter(DocumentResult)


def faults_of_types(result: DocumentResult) -> Iterator[str]:
    """Return the fields that hold something of another type than they say."""
    try:
        adapter().validate_python(result)
        for record in records_of(result):
            type(record).model_validate(record.__dict__)
    except ValidationError as error:
        for found in error.errors(include_url=False, include_input=False):
            yield f"{'.'.join(map(str, found['loc']))}: {found['msg']}"
    except (TypeError, ValueError, RecursionError) as error:
        yield f"its types cannot be checked: {error}"


def faults_of_leaves(result: DocumentResult) -> Iterator[str]:
    """Return the values that a database cannot hold."""
    for leaf in leaves_of(result):
        if isinstance(leaf, str):
            if not is_text(leaf):
                yield f"the text {leaf!r} holds letters that are none"
        elif isinstance(leaf, int) and abs(leaf) > LARGEST_INTEGER:
            yield "a number is too large for the database"
        elif not isinstance(leaf, str | int | float | None):
            yield f"a value is a {type(leaf).__name__}"


def is_text(value: str) -> bool:
    """Tell whether a text can be written as UTF-8: halves of letters cannot."""
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def faults_of_tables(tables: Iterable[Table]) -> Iterator[str]:
    """Return what is wrong with the numbers of the tables and with the places of their cells."""
    tables = list(tables)
    for number, count in Counter(table.number for table in tables).items():
        if count > 1:
            yield f"{count} tables are number {number}"
    for table in tables:
        yield from (f"table {table.number}: {fault}" for fault in faults_of_grid(table))


def faults_of_grid(table: Table) -> Iterator[str]:
    """Return what keeps cells from being rectangles beside each other."""
    odd = [cell for cell in table.cells if min(cell.row, cell.col) < 0 or min(cell.row_span, cell.col_span) < 1]
    if odd:
        yield f"a cell stands in row {odd[0].row}, column {odd[0].col} and spans {odd[0].row_span} × {odd[0].col_span}"
        return
    if table.n_rows * table.n_cols > MOST_PLACES:
        yield f"its grid is {table.n_rows} × {table.n_cols}"
        return
    places = Counter(
        (row, col)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    )
    yield from (f"{count} cells in row {row}, column {col}" for (row, col), count in places.items() if count > 1)
    lost = [row for row in table.header_rows if table.cells and not 0 <= row < table.n_rows]
    if lost:
        yield f"row {lost[0]} is a header and not there"


def faults_of_places(result: DocumentResult) -> Iterator[str]:
    """Return what points at a table, row or column that is not there."""
    sizes = {table.number: (table.n_rows, table.n_cols) for table in result.tables}
    for item in items_of(result):
        number = getattr(item, "table", None)
        if number is None:
            continue
        name = type(item).__name__
        if number not in sizes:
            yield f"{name} points at table {number}, which is not there"
            continue
        rows, cols = sizes[number]
        for row, col in places_of(item):
            if not (0 <= (row or 0) < max(rows, 1) and 0 <= (col or 0) < max(cols, 1)):
                yield f"{name} points at row {row}, column {col} of table {number}, which is not there"


def places_of(item: object) -> Iterator[tuple[int | None, int | None]]:
    """Return the places that something points at."""
    yield getattr(item, "row", None), getattr(item, "col", None)
    yield from getattr(item, "cells", ())
    yield from (place for value in getattr(item, "values", ()) for place in places_of(value))


def faults_of_doubts(result: DocumentResult) -> Iterator[str]:
    """Return the doubts that nothing explains."""
    named = {doubt for item in items_of(result) for doubt in getattr(item, "doubts", ())}
    yield from (f"the doubt {doubt!r} is in no list" for doubt in sorted(named - set(known_doubts())))


def items_of(result: DocumentResult) -> Iterator[Any]:
    """Return everything that the tuples of a result hold."""
    for value in (getattr(result, field.name) for field in fields(result)):
        if isinstance(value, tuple):
            yield from value


def records_of(result: DocumentResult) -> Iterator[BaseModel]:
    """Return the records of a result."""
    return (item for item in items_of(result) if isinstance(item, BaseModel))


def leaves_of(value: object) -> Iterator[object]:
    """Return the texts and numbers that something is made of, in order and however deep: a report has a million."""
    waiting: list[Any] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str | int | float | None):
            yield one
        elif isinstance(one, tuple | list):
            waiting.extend(reversed(one))
        elif names := _field_names(type(one)):  # type: ignore[arg-type]  # mypy takes no class for hashable
            waiting.extend([getattr(one, name) for name in names])
        elif isinstance(one, BaseModel):
            waiting.extend(reversed(one.__dict__.values()))
        else:
            yield one


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, the last first; none of what is no dataclass."""
    return tuple(field.name for field in reversed(fields(kind))) if is_dataclass(kind) else ()
