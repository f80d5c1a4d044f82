"""A header and the lines below it → a table, and how many lines it took."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from extract.raw.blocks import Found
from extract.raw.cells import Piece, split_pieces
from extract.raw.divisions import best_division
from extract.raw.figures import NO_BREAK, NumberRow, Reading, lines_of_full_rows, read_number_rows, read_row
from extract.raw.find import header_at, stated_header_at
from extract.raw.headers import Header, HeaderColumn
from extract.raw.lines import Line, is_without_blanks
from extract.raw.placement import CERTAIN, Placement, RowContext, place
from extract.raw.rows import Row, RowRules, build_rows, goal_spans
from extract.raw.sums import settled_by_sums
from extract.raw.text_rows import read_text_rows
from extract.raw.unspaced import DenseRow, DenseTable
from extract.raw.values import split_line
from schema.layout import Cell, Table
from schema.lexicon.goals import parse_goal_line
from schema.lexicon.labels import is_sex_label
from schema.lexicon.signs.bullets import opens_with_number
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.text import fold, opening_word
from schema.lexicon.wordbreaks import Known
from schema.problem import Problem

LONGEST_CELL_LINE = 75
"""Characters; a longer line that holds no row of figures is prose."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the whole document tells of its words."""

    known: Known
    is_known_goal: Callable[[Piece], bool]
    partial_year: bool = False
    """Some value is said to cover the year only up to a month."""


@dataclass(slots=True)
class FlowTable:
    """A table read from running lines."""

    header: Header
    end: int
    """Index of the first line after it."""
    cells: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    line: int = 0
    repeated: list[Line] = field(default_factory=list)
    """The lines of headers printed anew on later pages."""


def read_table(lines: Sequence[Line], header: Header, words: Words) -> FlowTable | None:
    """Read the body below a header; None where no row follows."""
    table = FlowTable(header, header.end, line=lines[header.start].number)
    _add_header(table)
    body, repeated = _body(lines, header)
    roles = {column.role for column in header.columns}
    if header.is_assignments:
        taken = _add_texts(table, body, words.known)
    elif not roles & {"indicator", "volume", "committee_goal"}:
        taken = _add_numbers(table, body, words.known)
    elif full := lines_of_full_rows(body, header.values) if len(header.labels) < 2 else 0:
        taken = _add_numbers(table, body[:full], words.known)
    else:
        taken = (_add_dense if is_without_blanks(body) else _add_rows)(table, body, words)
    table.end = header.end + taken
    table.repeated = [line for line in repeated if line.number <= lines[table.end - 1].number]
    return table if taken else None


def table_of_blocks(found: Found, known: Known) -> FlowTable:
    """The table that was printed in blocks: each figure in the column that the lengths leave it."""
    table = FlowTable(found.as_header(), found.end, line=found.line)
    _add_header(table)
    width = len(found.header) - 1
    for number, (label, figures) in enumerate(zip(found.labels, found.rows, strict=True), 1):
        table.cells.append(_cell(number, 0, [Piece(list(label))], known))
        if 0 < len(figures) < width:
            _add_unread(table, number, 1, " ".join(line.text for line in figures))
            continue
        for col, line in enumerate(figures, 1):
            table.cells.append(_cell(number, col, [Piece([line])], known, inferred=True, confidence=found.confidence))
    return table


def _add_unread(table: FlowTable, row: int, col: int, text: str) -> None:
    """Keep figures that fit no columns in one cell that is not trusted, and say so."""
    message = f"The figures {text!r} fit no columns."
    table.problems.append(Problem("tables", "unread_row", message, row=row, raw=text))
    table.cells.append(Cell(row, col, text, confidence=0.0, inferred=True))


def columns_of(header: Header) -> tuple[HeaderColumn, ...]:
    """The table's columns; a table without a header for its labels has a blank one."""
    if header.labels:
        return header.columns
    return (HeaderColumn("", "blank"), *header.columns)


def _body(lines: Sequence[Line], header: Header) -> tuple[list[Line], list[Line]]:
    """The lines below a header up to the next header, goal line or list, and those of repeated headers."""
    body: list[Line] = []
    repeated: list[Line] = []
    end = header.end
    while end < len(lines):
        text = lines[end].text
        if text and (size := _lines_of_same_header(lines, end, header)):
            repeated += lines[end : end + size]
            body += [replace(line, text="", starts_page=True) for line in lines[end : end + size]]
            end += size
            continue
        again = header_at(lines, end) if lines[end].starts_page else stated_header_at(lines, end)
        if text and again is None and parse_goal_line(text):
            break
        if text and opens_with_number(text) and not header.is_assignments:
            break
        if again is not None and not _repeats(again, header, lines):
            break
        if again is not None:
            repeated += lines[end : again.end]
            body += [replace(line, text="", starts_page=True) for line in lines[end : again.end]]
            end = again.end
            continue
        body.append(lines[end])
        end += 1
    return body, repeated


def _lines_of_same_header(lines: Sequence[Line], start: int, header: Header) -> int:
    """How many lines at the top of a page are printed as the header's were; 0 where they are not."""
    own = [line.text for line in lines[header.start : header.end]]
    same = lines[start].starts_page and own == [line.text for line in lines[start : start + len(own)]]
    return len(own) if same else 0


def _repeats(again: Header, header: Header, lines: Sequence[Line]) -> bool:
    """Whether a header is printed anew at the top of a page."""
    same = [fold(c.label) for c in again.columns] == [fold(c.label) for c in header.columns]
    return same and lines[again.start].starts_page


def _add_header(table: FlowTable) -> None:
    for col, column in enumerate(columns_of(table.header)):
        text, markers = take_marks(column.label)
        table.cells.append(Cell(0, col, text, markers=markers))


def _cell(row: int, col: int, pieces: Sequence[Piece], known: Known, **options: object) -> Cell:
    lines = [line for piece in pieces for line in piece.lines]
    text, markers = take_marks(Piece(lines).text(known))
    printed = tuple(take_marks(line.text)[0] for line in lines)
    return Cell(row, col, text.strip(), lines=printed, markers=markers, **options)  # type: ignore[arg-type]


def _add_texts(table: FlowTable, body: Sequence[Line], known: Known) -> int:
    roles = [column.role for column in columns_of(table.header)]
    rows, taken = read_text_rows(body, has_comment="comment" in roles)
    for number, row in enumerate(rows, 1):
        parts = {"status": row.status, "comment": row.comment}
        for col, role in enumerate(roles):
            piece = row.text if col == 0 else parts.get(role)
            pieces = [piece] if piece is not None and piece.lines else []
            table.cells.append(_cell(number, col, pieces, known))
    return taken


def _add_numbers(table: FlowTable, body: Sequence[Line], known: Known) -> int:
    columns = columns_of(table.header)
    values = _figure_columns(columns)
    offset = len(columns) - len(values)
    rows, taken = read_number_rows(body, len(values))
    counts = [len(r.numbers) for r in (read_row(row.fields, values, is_short_table=False) for row in rows) if r]
    is_short = bool(counts) and max(counts) < len(values)
    labels = [" ".join(line.text for line in row.labels) for row in rows]
    readings = [read_row(row.fields, values, is_short_table=is_short) for row in rows]
    readings = settled_by_sums(labels, readings, len(values))
    for number, (row, reading) in enumerate(zip(rows, readings, strict=True), 1):
        _add_number_row(table, number, row, reading, values, offset, known)
    return taken


def _figure_columns(columns: tuple[HeaderColumn, ...]) -> tuple[HeaderColumn, ...]:
    """The columns of figures: the value columns, and one of note numbers between the labels and them."""
    first = next(i for i, column in enumerate(columns) if column.is_value)
    return columns[first - 1 :] if first > 1 and columns[first - 1].role == "note" else columns[first:]


def _add_number_row(
    table: FlowTable,
    number: int,
    row: NumberRow,
    reading: Reading | None,
    values: Sequence[HeaderColumn],
    offset: int,
    known: Known,
) -> None:
    table.cells.append(_cell(number, 0, [Piece(list(row.labels))], known))
    if reading is None:
        text = " ".join(field for field in row.fields if field)
        _add_unread(table, number, offset, text)
        return
    placed = dict(zip(reading.placement.columns, reading.numbers, strict=True))
    for index in range(len(values)):
        text, markers = take_marks(placed.get(index, "").replace(NO_BREAK, " "))
        table.cells.append(_placed(number, offset + index, text, (text,) if text else (), markers, reading.placement))
    _note_rival(table, number, reading.placement, values, reading.numbers)


def _placed(
    row: int, col: int, text: str, lines: tuple[str, ...], markers: tuple[str, ...], placement: Placement
) -> Cell:
    inferred = placement.inferred and bool(text)
    confidence = placement.confidence if inferred else CERTAIN
    return Cell(row, col, text, lines=lines, markers=markers, inferred=inferred, confidence=confidence)


def _add_rows(table: FlowTable, body: Sequence[Line], words: Words) -> int:
    """Add rows of labels and cells; lines after the last cell belong to what follows the table."""
    narrow = _until_prose(body)
    pieces = split_pieces(narrow)
    while pieces and not pieces[-1].is_value:
        pieces.pop()
    if not pieces:
        return 0
    last = max(line.number for piece in pieces for line in piece.lines)
    columns = columns_of(table.header)
    values = [i for i, column in enumerate(columns) if column.is_value]
    label = _label_column(columns, next((i for i, c in enumerate(columns) if c.role == "committee_goal"), None))
    goal = next((i for i, c in enumerate(columns) if c.role == "committee_goal" and i != label), None)
    rows = build_rows(pieces, RowRules(goal is not None, len(values), words.is_known_goal))
    _add_goals(table, rows, goal, known := words.known)
    contexts = _contexts(rows, [columns[i] for i in values], known=known, partial=words.partial_year)
    for number, row in enumerate(rows, 1):
        table.cells.append(_cell(number, label, [row.label] if row.label else [], known))
        _add_values(table, number, row, [columns[i] for i in values], values, known, contexts[number - 1])
    return next(i for i, line in enumerate(body) if line.number == last) + 1


def _add_dense(table: FlowTable, body: Sequence[Line], words: Words) -> int:
    """Add the rows of a body that no blank lines divide."""
    columns = columns_of(table.header)
    values = [i for i, column in enumerate(columns) if column.is_value]
    dense = DenseTable(
        _until_prose(body, with_figures=True),
        columns,
        lambda lines: words.is_known_goal(_piece(lines, body)),
        partial_newest=words.partial_year,
    )
    found, last = dense.rows()
    rows = [_row(row, columns, dense.label) for row in found]
    goal = next((i for i, c in enumerate(columns) if c.role == "committee_goal" and i != dense.label), None)
    _add_goals(table, rows, goal, words.known)
    contexts = _contexts(rows, [columns[i] for i in values], known=words.known, partial=words.partial_year)
    for number, (row, whole) in enumerate(zip(rows, found, strict=True), 1):
        for col in sorted(set(range(len(columns))) - {goal, *values}):
            lines = whole.cells.get(col, [])
            table.cells.append(_cell(number, col, [Piece(lines)] if lines else [], words.known))
        _add_values(table, number, row, [columns[i] for i in values], values, words.known, contexts[number - 1])
    return next((i for i, line in enumerate(body) if line.number == last), -1) + 1


def _piece(lines: list[Line], body: Sequence[Line]) -> Piece:
    """Words as a piece that knows whether it is a whole line of the body."""
    whole = len(lines) == 1 and any(line.text == lines[0].text for line in body)
    return Piece(lines, is_head=not whole)


def _row(found: DenseRow, columns: Sequence[HeaderColumn], label: int) -> Row:
    """A row with its label, its goal and its values."""
    values = [[Piece(lines, is_value=True)] for col, lines in sorted(found.cells.items()) if columns[col].is_value]
    goal = next((i for i, c in enumerate(columns) if c.role == "committee_goal" and i != label), -1)
    own = found.cells.get(label)
    return Row(Piece(own) if own else None, values, Piece(found.cells[goal]) if goal in found.cells else None)


def _until_prose(body: Sequence[Line], *, with_figures: bool = False) -> list[Line]:
    """The lines before the first long one; one that ends with figures may be a row."""
    kept: list[Line] = []
    for line in body:
        if len(line.text) > LONGEST_CELL_LINE and not (with_figures and split_line(line.text).trailing):
            break
        kept.append(line)
    return kept


def _label_column(columns: Sequence[HeaderColumn], goal: int | None) -> int:
    for role in ("indicator", "volume", "personnel", "line"):
        for index, column in enumerate(columns):
            if column.role == role:
                return index
    return 0 if goal is None else next((i for i, c in enumerate(columns) if i != goal and not c.is_value), 0)


def _add_goals(table: FlowTable, rows: Sequence[Row], column: int | None, known: Known) -> None:
    if column is None:
        return
    for goal, start, end in goal_spans(rows):
        if end > start:
            cell = _cell(start + 1, column, [goal], known, row_span=end - start)
            table.cells.append(_with_description(cell))


def _with_description(cell: Cell) -> Cell:
    """A sentence that begins on a line of its own below the goal's name describes the goal."""
    for index, line in enumerate(cell.lines[1:], 1):
        before = cell.lines[index - 1]
        if line[:1].isupper() and not re.search(r"[.,;:]$", before) and cell.text.endswith("."):
            head = len("".join(cell.lines[:index]).replace(" ", "").replace("-", ""))
            return _cut_description(cell, head)
    return cell


def _cut_description(cell: Cell, letters: int) -> Cell:
    seen = 0
    for start, letter in enumerate(cell.text):
        if seen >= letters and letter != " ":
            return replace(cell, italic_tail=cell.text[start:])
        seen += letter not in " -"
    return cell


def _contexts(rows: Sequence[Row], columns: Sequence[HeaderColumn], *, known: Known, partial: bool) -> list[RowContext]:
    """What is known of each row; where its cells open as those of one column do is learnt from the other rows."""
    fewer = all(len(row.cells) < len(columns) for row in rows)
    contexts = [
        RowContext(_is_sub_row(row) or _has_same_sub_rows(rows, index), partial, fewer)
        for index, row in enumerate(rows)
    ]
    opened = [_openings(row, columns, context, known) for row, context in zip(rows, contexts, strict=True)]
    return [
        replace(context, openings=_united([words for k, words in enumerate(opened) if k != i], len(columns)))
        for i, context in enumerate(contexts)
    ]


def _openings(row: Row, columns: Sequence[HeaderColumn], context: RowContext, known: Known) -> dict[int, str]:
    """The words that a row's cells open with, by value column, as far as the row alone tells."""
    if len(row.cells) > len(columns):
        return {}
    texts = [_cell(0, 0, pieces, known).text for pieces in row.cells]
    placed = zip(place(texts, columns, context).columns, texts, strict=True)
    return {column: word for column, text in placed if (word := opening_word(text))}


def _united(openings: Sequence[dict[int, str]], count: int) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words[i] for words in openings if i in words) for i in range(count))


def _is_sub_row(row: Row) -> bool:
    return row.label is not None and is_sex_label(take_marks(row.label.lines[0].text)[0])


def _has_same_sub_rows(rows: Sequence[Row], index: int) -> bool:
    """Whether the sub-rows by sex below a row fill as many columns as it does."""
    following = rows[index + 1 : index + 3]
    subs = [row for row in following if _is_sub_row(row)]
    return len(subs) == 2 and all(len(row.cells) == len(rows[index].cells) for row in subs)


def _add_values(
    table: FlowTable,
    number: int,
    row: Row,
    columns: Sequence[HeaderColumn],
    places: Sequence[int],
    known: Known,
    context: RowContext,
) -> None:
    cells = row.cells if len(row.cells) <= len(columns) else best_division(row.cells, columns)
    read = [_cell(number, 0, pieces, known) for pieces in cells]
    placement = place([cell.text for cell in read], columns, context)
    at = dict(zip(placement.columns, read, strict=True))
    for index, col in enumerate(places):
        cell = at.get(index)
        text, lines, markers = (cell.text, cell.lines, cell.markers) if cell else ("", (), ())
        table.cells.append(_placed(number, col, text, lines, markers, placement))
    _note_rival(table, number, placement, columns, [cell.text for cell in read])


def _note_rival(
    table: FlowTable, number: int, placement: Placement, columns: Sequence[HeaderColumn], texts: Sequence[str]
) -> None:
    """A problem that names both placements of a row, where two are equally good."""
    if placement.rival is not None:
        names = [", ".join(columns[i].label for i in chosen) for chosen in (placement.columns, placement.rival)]
        message = f"The values may stand in {names[0]} or in {names[1]}; the first was taken."
        table.problems.append(Problem("tables", "ambiguous_column", message, row=number, raw=" | ".join(texts)))


def to_table(found: FlowTable, number: int) -> Table:
    """Return the finished table with its number in the document."""
    return Table(number, tuple(sorted(found.cells, key=lambda c: (c.row, c.col))), engine="flow", line=found.line)
