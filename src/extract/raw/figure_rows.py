"""Tables of figures whose rows are lines: begins with lines below a header, ends with cells."""

from __future__ import annotations

from collections.abc import Sequence

from extract.raw.cells import Piece
from extract.raw.figures import NO_BREAK, NumberRow, Reading, read_number_rows, read_row
from extract.raw.headers.printed import HeaderColumn
from extract.raw.lines import Line
from extract.raw.model import FlowTable, cell_of, columns_of, note_rival, placed_cell
from extract.raw.sums import settled_by_sums
from schema.layout import Cell
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.wordbreaks import Known
from schema.problem import Problem

FULL_SHARE = 0.8
"""Share of a table's lines of figures with one for each column where figures are read line by line."""


def add_numbers(table: FlowTable, body: Sequence[Line], known: Known) -> int:
    """Add rows of figures, each in its line; return how many lines they take."""
    columns = columns_of(table.header)
    values = figure_columns(columns)
    offset = len(columns) - len(values)
    rows, taken = read_number_rows(body, len(values))
    counts = [len(r.numbers) for r in (read_row(row.fields, values, is_short_table=False) for row in rows) if r]
    is_short = bool(counts) and max(counts) < len(values)
    labels = [" ".join(line.text for line in row.labels) for row in rows]
    readings = [read_row(row.fields, values, is_short_table=is_short) for row in rows]
    readings = settled_by_sums(labels, readings, len(values))
    for number, (row, reading) in enumerate(zip(rows, readings, strict=True), 1):
        add_number_row(table, number, row, reading, values, offset, known)
    return taken


def figure_columns(columns: tuple[HeaderColumn, ...]) -> tuple[HeaderColumn, ...]:
    """The columns of figures: the value columns, and one of note numbers between the labels and them."""
    first = next(i for i, column in enumerate(columns) if column.is_value)
    return columns[first - 1 :] if first > 1 and columns[first - 1].role == "note" else columns[first:]


def add_number_row(
    table: FlowTable,
    number: int,
    row: NumberRow,
    reading: Reading | None,
    values: Sequence[HeaderColumn],
    offset: int,
    known: Known,
) -> None:
    """Add a row with its figures where they were placed; those that fit no columns stay in one untrusted cell."""
    table.cells.append(cell_of(number, 0, [Piece(list(row.labels))], known))
    if reading is None:
        text = " ".join(field for field in row.fields if field)
        _add_unread(table, number, offset, text)
        return
    placed = dict(zip(reading.placement.columns, reading.numbers, strict=True))
    for index in range(len(values)):
        text, markers = take_marks(placed.get(index, "").replace(NO_BREAK, " "))
        table.cells.append(
            placed_cell(number, offset + index, text, (text,) if text else (), markers, reading.placement)
        )
    note_rival(table, number, reading.placement, values, reading.numbers)


def _add_unread(table: FlowTable, row: int, col: int, text: str) -> None:
    """Keep figures that fit no columns in one cell that is not trusted, and say so."""
    message = f"The figures {text!r} fit no columns."
    table.problems.append(Problem("tables", "unread_row", message, row=row, raw=text))
    table.cells.append(Cell(row, col, text, confidence=0.0, inferred=True))


def lines_of_full_rows(lines: Sequence[Line], columns: Sequence[HeaderColumn]) -> int:
    """How many lines go up to the last full row, where nearly each line of figures has one for each column; else 0.

    Lines below it that hold figures are of what follows, unless they are more.
    """
    if len(columns) < 2:
        return 0
    rows = [row for row in read_number_rows(lines, len(columns))[0] if any(row.fields)]
    readings = [read_row(row.fields, columns, is_short_table=False) for row in rows]
    full = [
        index for index, reading in enumerate(readings) if reading is not None and len(reading.numbers) == len(columns)
    ]
    end = full[-1] + 1 if full else 0
    is_full = len(full) > 1 and len(full) >= FULL_SHARE * end and len(full) > len(rows) - end
    return rows[full[-1]].last_index + 1 if is_full else 0
