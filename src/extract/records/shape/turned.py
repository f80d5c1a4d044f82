"""Tables with a row per year, or per kind and year, and a column per indicator → the same records as any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.records.columns import Column, Layout
from extract.records.meaning.silence import Surroundings
from extract.records.rows import Row, table_rows
from extract.records.shape.header_rows import header_labels, header_paths
from extract.records.table_kinds import classify_table, table_topic
from schema.layout import Cell, Table
from schema.lexicon.headers import Reading, Time, best_reading, is_time_alone, period_of, read_header
from schema.lexicon.values import opens_like_value
from schema.printed import PrintedValue

LEAST_PERIODS = 2
"""One row that opens with a year may be anything; two make the first column one of periods, as do two kinds."""
TO_ONE = 3
"""So many of them to each row whose name says also what is measured."""


def is_turned(table: Table) -> bool:
    """Whether the rows are periods, or values of periods, and the columns what is measured."""
    labels = header_labels(table)
    if len(labels) < 2 or 2 * sum(map(_names_values, labels[1:])) > len(labels) - 1:
        return False
    headers = set(table.header_rows)
    firsts = [c.text for c in table.cells if c.col == 0 and c.row not in headers and c.text.strip()]
    others = [c for c in table.cells if c.col and c.row not in headers and c.text.strip()]
    if 2 * sum(opens_like_value(cell.text) for cell in others) < len(others):
        return False
    if all(_years_of(label) for label in labels[1:]) and any(map(_years_of, firsts)):
        return False
    kinds = {best_reading(label).kind for label in firsts if _is_kind(label)}
    besides = [label for label in firsts if not (_has_period(label) or _is_kind(label))]
    tell = max(sum(map(_has_period, firsts)), len(kinds))
    return tell >= LEAST_PERIODS and tell >= TO_ONE * len(besides) and all(map(_is_kind_of_measure, besides))


def _has_period(label: str) -> bool:
    """Whether a row's name is a time, with the kind or the unit of its figures at the most: *Utfall 2016, mnkr*."""
    reading = best_reading(label)
    return is_time_alone(label) or (_is_bare(reading) and bool(reading.time.years))


def _is_kind_of_measure(label: str) -> bool:
    """Whether a row's name is a kind of figures of what they measure: *Kostnadsminskning, helår*."""
    reading = best_reading(label)
    return reading.is_value and reading.kind is not None and not (reading.part or reading.unknown)


def _years_of(label: str) -> tuple[int, int] | None:
    return best_reading(label).time.years


def _is_kind(label: str) -> bool:
    """Whether a row's name is a kind of figures and nothing else: *Budgetavvikelse*."""
    reading = best_reading(label)
    return _is_bare(reading) and reading.kind is not None


def _is_bare(reading: Reading) -> bool:
    return reading.is_value and not any((reading.part, reading.measure, *reading.unknown))


def _names_values(label: str) -> bool:
    """Whether a header says what a column's values are or of when, so that the rows are what is measured."""
    reading = best_reading(label)
    return reading.is_value and (reading.kind is not None or not reading.time.is_empty)


def turn_table(table: Table, title: str, around: Surroundings) -> tuple[Layout, list[Row]]:
    """Return a layout whose label is the header row, and one row per column; cells keep their true place."""
    labels = header_labels(table)
    columns = tuple(_measured(i, path) for i, path in enumerate(header_paths(table)) if i)
    period_column = Column(0, labels[0], "period")
    source = table_rows(table, Layout("other", (period_column, *columns), 0))
    across = classify_table(_across(source, columns, labels[0]), title, around)
    kind = table_topic([labels[0]], title) or ("money" if across.kind == "money" else "volume")
    headers = dict(zip((row.index for row in source), across.columns[1:], strict=True))
    rows = [_column_row(column, source, headers, table, around) for column in columns if column.label]
    return Layout(kind, (period_column, *columns), None, doubts=across.doubts), rows


def _across(source: list[Row], columns: Sequence[Column], corner: str) -> Table:
    """Return the table as it would stand with its rows for columns, to read what these mean."""
    cells = [Cell(0, 0, corner), *(Cell(0, i, row.label) for i, row in enumerate(source, start=1))]
    for number, column in enumerate(columns, start=1):
        values = [next((v.raw for v in row.values if v.col == column.index), "") for row in source]
        cells += [Cell(number, i, text) for i, text in enumerate([column.label, *values])]
    return Table(0, tuple(cells))


def _measured(index: int, path: tuple[str, ...]) -> Column:
    """Return a column named by its header without the levels that are times, which are kept as a reading."""
    times = tuple(level for level in path if is_time_alone(level))
    names = [level for level in path if level not in times] or path
    return Column(index, " ".join(names), "value", "outcome", read_header(times) if times else ())


def _column_row(
    column: Column, source: list[Row], headers: Mapping[int, Column], table: Table, around: Surroundings
) -> Row:
    """Return the column as a row: its header is the label, each period's cell a value."""
    cells = [(row, value) for row in source for value in row.values if value.col == column.index]
    values = tuple(_value(row, value, headers[row.index], column.reading.time, around) for row, value in cells)
    header = next((c for c in table.cells if c.col == column.index and c.row in table.header_rows), None)
    page = header.page if header else table.page
    label_cell = replace(header, col=0) if header else None
    return Row(table.header_rows[0] if table.header_rows else 0, {}, column.label, label_cell, values, page)


def _value(row: Row, value: PrintedValue, header: Column, above: Time, around: Surroundings) -> PrintedValue:
    """Return a value with what its row means as a header, at the time that stands above its own column."""
    reading = best_reading(row.label)
    reading = replace(reading, time=reading.time.over(above))
    period = header.period if above.is_empty else period_of(reading, around.report)
    kind = header.kind or reading.kind or "outcome"
    return replace(value, column_label=row.label, kind=kind, period=period, unit=reading.unit or value.unit)
