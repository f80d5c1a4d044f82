"""Tables of a marked text under construction: rows gathered, their headers found, parts of one table joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from extract.marked.markup import Marked, read_markup
from extract.marked.rows import MarkedRow, is_header_row, is_unit_row, is_value_row, plain_text, row_key
from schema.layout import Block, Cell, Table
from schema.lexicon.headers import column_role
from schema.lexicon.wordbreaks import rejoin_header

MOST_HEADER_ROWS = 3


@dataclass(slots=True)
class MarkedGrid:
    """A table under construction."""

    line: int
    engine: str
    rows: list[MarkedRow] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)

    def header_key(self) -> tuple[str, ...]:
        """The header's letters, by which a repeated header is known."""
        return row_key(self.rows[self.headers[0]]) if self.headers else ()


def to_grid(rows: Sequence[MarkedRow], engine: str) -> MarkedGrid:
    """Set header rows: those above a delimiter, else those whose words are header words."""
    grid = MarkedGrid(rows[0].line, engine)
    delimiters = 0
    for row in rows:
        if row.is_delimiter:
            _mark_header(grid, is_first=not delimiters)
            delimiters += 1
        elif not (row.is_empty and not grid.rows):
            grid.rows.append(row)
    if not delimiters and grid.rows and is_header_row(grid.rows[0]):
        grid.headers.append(0)
    _extend_header(grid)
    return grid


def _mark_header(grid: MarkedGrid, *, is_first: bool) -> None:
    """A delimiter makes a header of the row above it; a later one only where that reads as one."""
    last = len(grid.rows) - 1
    if last >= 0 and ((is_first and last == 0) or is_header_row(grid.rows[last])):
        grid.headers.append(last)


def _extend_header(grid: MarkedGrid) -> None:
    """Add the rows below the first header row that go on with it."""
    while grid.headers and len(grid.headers) < MOST_HEADER_ROWS:
        row = grid.headers[-1] + 1
        if row >= len(grid.rows) or row != grid.headers[0] + len(grid.headers):
            return
        if not _continues_header(grid.rows[grid.headers[0]], grid.rows[row]):
            return
        grid.headers.append(row)


def _continues_header(header: MarkedRow, row: MarkedRow) -> bool:
    """A second header row fills columns the first left blank, or splits columns that it names twice."""
    texts = [plain_text(cell) for cell in row.cells]
    filled = [i for i, text in enumerate(texts) if text]
    if not filled or is_unit_row(row) or is_value_row([texts[i] for i in filled]):
        return is_unit_row(row)
    names = [plain_text(cell) for cell in header.cells]
    above = [names[i] if i < len(names) else "" for i in filled]
    are_known = all(column_role(texts[i])[0] != "unknown" for i in filled)
    fills_blanks = not any(above) and are_known
    groups = [name for i, name in zip(filled, _spread(names, filled), strict=True) if i]
    splits = len(groups) > 1 and all(groups) and len(set(groups)) < len(groups)
    return fills_blanks or (splits and (filled[0] > 0 or (not names[0] and are_known)))


def _spread(names: Sequence[str], columns: Sequence[int]) -> list[str]:
    """Return the headers of columns; one without takes that of the column left of it, but for the first column's."""
    return [next((name for name in reversed(names[1 : col + 1]) if name), "") for col in columns]


def add_grid(items: list[Block | MarkedGrid], grid: MarkedGrid) -> None:
    """Append a grid, to the table before it where that goes on here."""
    before = _open_grid(items)
    if before is None or not _continues(before, grid, items):
        items.append(grid)
        return
    offset = len(before.rows)
    before.rows.extend(grid.rows)
    before.headers.extend(offset + row for row in grid.headers)


def _open_grid(items: Sequence[Block | MarkedGrid]) -> MarkedGrid | None:
    """The last table, unless a heading stands after it."""
    for item in reversed(items):
        if isinstance(item, MarkedGrid):
            return item
        if item.kind == "heading":
            return None
    return None


def _continues(before: MarkedGrid, grid: MarkedGrid, items: Sequence[Block | MarkedGrid]) -> bool:
    """A table goes on with the same header, or with none where only footnotes stand between."""
    if before.engine != grid.engine:
        return False
    if grid.headers:
        return before.header_key() == grid.header_key()
    since = [item for item in items[_index_of(items, before) + 1 :] if isinstance(item, Block)]
    only_notes = all(block.kind in ("footnote", "furniture") for block in since)
    return bool(before.headers) and only_notes and abs(before.width - grid.width) <= 1


def _index_of(items: Sequence[Block | MarkedGrid], grid: MarkedGrid) -> int:
    return next(i for i, item in enumerate(items) if item is grid)


def finish(grid: MarkedGrid, number: int, *, star_notes: bool, known: Callable[[str], bool]) -> Table:
    """Return the table that a grid is, with its number in the document."""
    width = grid.width
    cells = []
    for index, row in enumerate(grid.rows):
        is_header = index in grid.headers
        for col in range(width):
            raw = row.cells[col] if col < len(row.cells) else ""
            marked = read_markup(raw, star_notes=star_notes)
            cells.append(_cell(index, col, marked, is_header=is_header, known=known))
    return Table(number, _with_spans(cells, grid), header_rows=tuple(grid.headers), engine=grid.engine, line=grid.line)


def _with_spans(cells: Sequence[Cell], grid: MarkedGrid) -> tuple[Cell, ...]:
    """Return the cells; a header stands over the columns without one right of it that a header below it splits."""
    at = {(cell.row, cell.col): cell for cell in cells}
    for row in (row for row in grid.headers if row + 1 in grid.headers):
        for col in range(grid.width - 1, 1, -1):
            cell, left = at[row, col], at[row, col - 1]
            is_split = bool(at[row + 1, col].text) and bool(at[row + 1, col - 1].text)
            if not cell.text and is_split and any(at[row, other].text for other in range(1, col)):
                at[row, col - 1] = replace(left, col_span=left.col_span + cell.col_span)
                del at[row, col]
    return tuple(at.values())


def _cell(row: int, col: int, marked: Marked, *, is_header: bool, known: Callable[[str], bool]) -> Cell:
    text = rejoin_header(marked.text, known=known) if is_header else marked.text
    return Cell(
        row,
        col,
        text,
        lines=marked.lines,
        markers=marked.markers,
        bold=marked.bold,
        italic=marked.italic,
        italic_tail=marked.italic_tail,
    )
