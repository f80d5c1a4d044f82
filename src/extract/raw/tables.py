"""A header and the lines below it → a table, and how many lines it took."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.raw.cells import Piece, split_pieces
from extract.raw.divisions import best_division
from extract.raw.figure_rows import add_numbers, lines_of_full_rows
from extract.raw.headers.find import header_at, stated_header_at
from extract.raw.headers.model import Header, HeaderColumn
from extract.raw.lines import Line, is_without_blanks
from extract.raw.model import FlowTable, add_header, cell_of, columns_of, note_rival, placed_cell
from extract.raw.placement import RowContext, place
from extract.raw.rows import KnownGoals, Row, RowRules, build_rows, goal_spans
from extract.raw.text_rows import read_text_rows
from extract.raw.unspaced.read import DenseRow, DenseTable
from extract.raw.values import split_line
from schema.layout import Cell
from schema.lexicon.goals import parse_goal_line
from schema.lexicon.labels import is_sex_label
from schema.lexicon.signs.bullets import opens_with_number
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.text import fold, opening_word
from schema.lexicon.wordbreaks import Known
from schema.lexicon.years import years_in

LONGEST_CELL_LINE = 75
"""Characters; a longer line that holds no row of figures is prose."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the whole document tells of its words."""

    known: Known
    is_known_goal: KnownGoals
    partial_year: bool = False
    """Some value is said to cover the year only up to a month."""


def read_table(lines: Sequence[Line], header: Header, words: Words) -> FlowTable | None:
    """Read the body below a header; None where no row follows."""
    table = FlowTable(header, header.end, line=lines[header.start].number)
    add_header(table)
    body, repeated = _body(lines, header)
    roles = {column.role for column in header.columns}
    if header.is_assignments:
        taken = _add_texts(table, body, words.known)
    elif not roles & {"indicator", "volume", "committee_goal"}:
        taken = add_numbers(table, body, words.known)
    elif full := lines_of_full_rows(body, header.values) if len(header.labels) < 2 else 0:
        taken = add_numbers(table, body[:full], words.known)
    else:
        taken = (_add_dense if is_without_blanks(body) else _add_rows)(table, body, words)
    table.end = header.end + taken
    table.repeated = [line for line in repeated if line.number <= lines[table.end - 1].number]
    return table if taken else None


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
        if text and end > header.end and not lines[end - 1].text and _dates_columns(lines[end]):
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


def _dates_columns(line: Line) -> bool:
    """Whether a line below a blank one names two times and ends with a word: the header of another table."""
    years = list(years_in(line.text))
    return len(years) > 1 and len(line.text) <= LONGEST_CELL_LINE and not split_line(line.text).trailing


def _lines_of_same_header(lines: Sequence[Line], start: int, header: Header) -> int:
    """How many lines at the top of a page are printed as the header's were; 0 where they are not."""
    own = [line.text for line in lines[header.start : header.end]]
    same = lines[start].starts_page and own == [line.text for line in lines[start : start + len(own)]]
    return len(own) if same else 0


def _repeats(again: Header, header: Header, lines: Sequence[Line]) -> bool:
    """Whether a header is printed anew at the top of a page."""
    same = [fold(c.label) for c in again.columns] == [fold(c.label) for c in header.columns]
    return same and lines[again.start].starts_page


def _add_texts(table: FlowTable, body: Sequence[Line], known: Known) -> int:
    roles = [column.role for column in columns_of(table.header)]
    rows, taken = read_text_rows(body, has_comment="comment" in roles)
    for number, row in enumerate(rows, 1):
        parts = {"status": row.status, "comment": row.comment}
        for col, role in enumerate(roles):
            piece = row.text if col == 0 else parts.get(role)
            pieces = [piece] if piece is not None and piece.lines else []
            table.cells.append(cell_of(number, col, pieces, known))
    return taken


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
        table.cells.append(cell_of(number, label, [row.label] if row.label else [], known))
        _add_values(table, number, row, [columns[i] for i in values], values, known, contexts[number - 1])
    return next(i for i, line in enumerate(body) if line.number == last) + 1


def _add_dense(table: FlowTable, body: Sequence[Line], words: Words) -> int:
    """Add the rows of a body that no blank lines divide."""
    columns = columns_of(table.header)
    values = [i for i, column in enumerate(columns) if column.is_value]
    dense = DenseTable(
        _until_prose(body, with_figures=True),
        columns,
        words.is_known_goal,
        printed={line.text for line in body},
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
            table.cells.append(cell_of(number, col, [Piece(lines)] if lines else [], words.known))
        _add_values(table, number, row, [columns[i] for i in values], values, words.known, contexts[number - 1])
    return next((i for i, line in enumerate(body) if line.number == last), -1) + 1


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
            cell = cell_of(start + 1, column, [goal], known, row_span=end - start)
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
    counts = [Counter(words[i] for words in opened if i in words) for i in range(len(columns))]
    every = tuple(frozenset(words) for words in counts)
    return [
        replace(context, openings=_without_own(every, counts, own))
        for context, own in zip(contexts, opened, strict=True)
    ]


def _openings(row: Row, columns: Sequence[HeaderColumn], context: RowContext, known: Known) -> dict[int, str]:
    """The words that a row's cells open with, by value column, as far as the row alone tells."""
    if len(row.cells) > len(columns):
        return {}
    texts = [cell_of(0, 0, pieces, known).text for pieces in row.cells]
    placed = zip(place(texts, columns, context).columns, texts, strict=True)
    return {column: word for column, text in placed if (word := opening_word(text))}


def _without_own(
    every: tuple[frozenset[str], ...], counts: Sequence[Counter[str]], own: dict[int, str]
) -> tuple[frozenset[str], ...]:
    """The words of the columns, without those that a row alone opens with."""
    single = {i: word for i, word in own.items() if counts[i][word] == 1}
    return tuple(words - {single[i]} if i in single else words for i, words in enumerate(every)) if single else every


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
    read = [cell_of(number, 0, pieces, known) for pieces in cells]
    placement = place([cell.text for cell in read], columns, context)
    at = dict(zip(placement.columns, read, strict=True))
    for index, col in enumerate(places):
        cell = at.get(index)
        text, lines, markers = (cell.text, cell.lines, cell.markers) if cell else ("", (), ())
        table.cells.append(placed_cell(number, col, text, lines, markers, placement))
    note_rival(table, number, placement, columns, [cell.text for cell in read])
