"""Tables of figures whose rows are lines: begins with lines below a header, ends with cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.raw.cells import Piece
from extract.raw.figures import NO_BREAK, Reading, counts_of, groupings, read_row, split_fields
from extract.raw.headers.model import HeaderColumn
from extract.raw.lines import Line, awaits_more, is_without_blanks
from extract.raw.model import FlowTable, cell_of, columns_of, note_rival, placed_cell
from extract.raw.placement import CONFIRMED, Placement
from extract.raw.sums import settled_by_sums
from schema.layout import Cell
from schema.lexicon.figures import is_lone_minus
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.values import is_field
from schema.lexicon.wordbreaks import Known
from schema.lexicon.years import is_year
from schema.problem import Problem

MOST_LABEL_LINES = 4
LINES_TO_JUDGE = 12
"""Lines below a header that tell whether blank lines set rows apart."""
LONGEST_LABEL_LINE = 75
"""Characters; a longer line without amounts is prose."""
MOST_WORDS, FEWEST_BEFORE_WORDS = 2, 4
"""Words in a last cell that holds no figure, and columns of a table where such a line is a row and no sentence."""
FULL_SHARE = 0.8
"""Share of a table's lines of figures with one for each column where figures are read line by line."""


def add_numbers(table: FlowTable, body: Sequence[Line], known: Known) -> int:
    """Add rows of figures, each in its line; return how many lines they take."""
    columns = columns_of(table.header)
    values = figure_columns(columns)
    offset = len(columns) - len(values)
    rows, taken = read_number_rows(body, len(values))
    readings = [read_row(row.fields, values, is_short_table=False) for row in rows]
    counts = [len(reading.numbers) for reading in readings if reading]
    if counts and max(counts) < len(values):
        readings = [read_row(row.fields, values, is_short_table=True) for row in rows]
    labels = [" ".join(line.text for line in row.labels) for row in rows]
    readings = settled_by_sums(labels, readings, len(values))
    readings = [_with_words(row) if row.words else reading for row, reading in zip(rows, readings, strict=True)]
    for number, (row, reading) in enumerate(zip(rows, readings, strict=True), 1):
        add_number_row(table, number, row, reading, values, offset, known)
    return taken


def _with_words(row: NumberRow) -> Reading:
    return Reading((*row.fields, row.words), Placement(tuple(range(len(row.fields) + 1)), True, CONFIRMED))


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
    rows = read_number_rows(lines, len(columns))[0]
    rows = [row for row in rows if not all(map(is_year, filter(None, row.fields)))]
    readings = [read_row(row.fields, columns, is_short_table=False) for row in rows]
    full = [
        index for index, reading in enumerate(readings) if reading is not None and len(reading.numbers) == len(columns)
    ]
    end = full[-1] + 1 if full else 0
    is_full = len(full) > 1 and len(full) >= FULL_SHARE * end and len(full) > len(rows) - end
    return rows[full[-1]].last_index + 1 if is_full else 0


@dataclass(slots=True)
class NumberRow:
    """A row of figures as printed: `fields` are the words after the label, empty ones where spaces double."""

    labels: list[Line] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    line: int = 0
    last_index: int = 0
    words: str = ""
    """The text of its last cell, where its figures are one fewer than the columns."""


def read_number_rows(lines: Sequence[Line], count: int) -> tuple[list[NumberRow], int]:
    """Return the rows and how many of the lines they take."""
    rows: list[NumberRow] = []
    buffer: list[Line] = []
    is_dense = is_without_blanks(lines[:LINES_TO_JUDGE])
    after_blank = False
    taken = 0
    for index, line in enumerate(lines):
        if line.is_blank:
            after_blank = True
            continue
        is_empty_row = bool(rows) and not buffer and not after_blank and _ends_empty(line)
        label, fields = split_fields(line, count)
        words = ""
        if not any(fields) and (ended := _ends_in_words(line, count)):
            label, fields, words = ended
        has_values = any(text for text in fields)
        if rows and not buffer and is_dated_heading(label, fields, count):
            break
        if not has_values and (len(line.text) > LONGEST_LABEL_LINE or len(buffer) >= MOST_LABEL_LINES):
            break
        if not label and has_values and not buffer and not rows:
            break
        if buffer and _starts_row(buffer[-1], label, after_blank=after_blank, is_dense=is_dense):
            rows.append(NumberRow(buffer, [], buffer[0].number, index - 1))
            buffer = []
        if label:
            buffer.append(replace(line, text=label))
        after_blank = False
        if has_values or is_empty_row:
            if not buffer and not _is_stray(lines, index, count, rows):
                break
            if buffer and not label and _stands_in_column(lines, index, count):
                break
            rows.append(NumberRow(buffer, fields, line.number, index, words))
            buffer, taken = [], index + 1
    return [row for row in rows if row.last_index < taken], taken


def _ends_in_words(line: Line, count: int) -> tuple[str, list[str], str] | None:
    """A row's label, its figures and the words in its last cell (`150 150 150 årligen, löpande`); None for other lines.

    The figures before them can be read in one way only as one fewer than the columns.
    """
    words = line.text.split()
    end = next((i for i in range(len(words), 0, -1) if is_field(words[i - 1])), 0)
    if count < FEWEST_BEFORE_WORDS or not 0 < len(words) - end <= MOST_WORDS or words[end][0].isupper():
        return None
    text = " ".join(words[:end])
    label, fields = split_fields(replace(line, text=text, raw=text), count - 1)
    ways = [way for way in groupings(list(filter(None, fields)), count - 1) if len(way) == count - 1]
    if len(ways) != 1 or all(map(is_year, ways[0])):
        return None
    return label, ways[0], " ".join(words[end:])


def is_dated_heading(label: str, fields: Sequence[str], count: int) -> bool:
    """Whether a line is a heading that ends with fewer years than the columns: `Ramar 2027 - 2029`."""
    words = [text for text in fields if text and not is_lone_minus(text)]
    return bool(label) and 0 < len(words) < count and all(map(is_year, words))


def _stands_in_column(lines: Sequence[Line], index: int, count: int) -> bool:
    """Whether a figure alone has another right below it: cells that were printed one after the other are no row."""
    below = next((line for line in lines[index + 1 :] if not line.is_blank), None)
    return count > 1 and below is not None and all(_is_one_figure(line, count) for line in (lines[index], below))


def _is_stray(lines: Sequence[Line], index: int, count: int, rows: Sequence[NumberRow]) -> bool:
    """Whether one figure without a label stands between whole rows: left in a sheet's empty row."""
    if not rows or count < 2 or index + 1 == len(lines) or not _is_one_figure(lines[index], count):
        return False
    label, fields = split_fields(lines[index + 1], count)
    return all(
        count in counts_of([text for text in texts if text]) for texts in (rows[-1].fields, fields if label else ())
    )


def _is_one_figure(line: Line, count: int) -> bool:
    label, fields = split_fields(line, count)
    return not label and 1 in counts_of([text for text in fields if text])


def _starts_row(last: Line, label: str, *, after_blank: bool, is_dense: bool) -> bool:
    """Whether a line begins a new row rather than going on with the label above it."""
    if not label:
        return False
    if after_blank:
        return True
    goes_on = last.ends_open if last.ends_open is not None else not is_dense or awaits_more(last.text)
    return not goes_on and label[0].isupper()


def _ends_empty(line: Line) -> bool:
    """Several spaces at the end are the empty cells of a row without amounts."""
    return line.raw.endswith("    ")
