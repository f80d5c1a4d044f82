"""A table of a Word file → its grid: merged cells in all their places, columns that nothing fills alone left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.page.symbols import colour_word
from extract.word.runs import NOWHERE, Printed, rgb
from extract.word.xml import Element, W, child, is_on, number, printed, value
from schema.layout import Cell, Image, Table
from schema.lexicon.figures import is_amount
from schema.lexicon.wordbreaks import join_lines

if TYPE_CHECKING:
    ReadCell = Callable[[Element], Printed]

ENGINE = "word"
STATUS_COLOURS = ("green", "yellow", "red")
MOST_COLUMNS = 1000
"""Word itself has at most 63 columns; a damaged file may say any number."""


@dataclass(slots=True)
class _Place:
    """A cell while the table is laid out: from column `start` up to `end`, from row `top` down."""

    top: int
    start: int
    end: int
    content: Printed
    rows: int = 1

    @property
    def is_empty(self) -> bool:
        return not self.content.lines and not self.content.symbol and not self.content.markers


def rows_of(table: Element) -> list[Element]:
    """Return the rows of a table that are printed."""
    return [row for row in printed(table) if row.tag == f"{W}tr" and child(row, "trPr", "del") is None]


def cells_of(row: Element) -> Iterator[Element]:
    """Yield the cells of a row."""
    return (cell for cell in printed(row) if cell.tag == f"{W}tc")


def read_grid(table: Element, read: ReadCell) -> Table | None:
    """Return a table that `read` has read the cells of; None where it has no cell."""
    rows = rows_of(table)
    places = _kept_columns(_laid_out(rows, read))
    if not places:
        return None
    cells = _filled_up([_cell(place) for place in places])
    cells = _with_indents(cells)
    repeated = [is_on(row, "trPr", "tblHeader") for row in rows]
    return Table(0, tuple(cells), header_rows=header_rows(cells, repeated), engine=ENGINE)


def _laid_out(rows: Sequence[Element], read: ReadCell) -> list[_Place]:
    """Return the cells with the columns that they span; a cell that goes on with the one above is part of it."""
    found: list[_Place] = []
    above: dict[int, _Place] = {}
    for top, row in enumerate(rows):
        start = min(number(value(row, "trPr", "gridBefore")), MOST_COLUMNS)
        for cell in cells_of(row):
            end = start + min(max(number(value(cell, "tcPr", "gridSpan")), 1), MOST_COLUMNS)
            merge = child(cell, "tcPr", "vMerge")
            goes_on = merge is not None and merge.get(f"{W}val", "continue") != "restart"
            upper = above.get(start)
            if goes_on and upper and upper.end == end and upper.top + upper.rows == top:
                upper.rows += 1
            else:
                content = read(cell)
                above[start] = _Place(
                    top, start, end, replace(content, symbol=content.symbol or painted(cell, content))
                )
                found.append(above[start])
            start = end
    return found


def painted(cell: Element, content: Printed) -> Image | None:
    """Return the colour of an empty cell that alone is painted green, yellow or red."""
    shading = child(cell, "tcPr", "shd")
    fill = None if shading is None else shading.get(f"{W}fill")
    if content.lines or not fill or len(fill) != 6:
        return None
    colour = colour_word(rgb(fill))
    return Image(NOWHERE, colour, "square") if colour in STATUS_COLOURS else None


def _kept_columns(places: Sequence[_Place]) -> list[_Place]:
    """Return the cells in those columns that some filled cell has to itself.

    Borders that stand a little apart in different rows leave narrow columns between them, which all filled cells span.
    """
    own = {place.start for place in places if place.end == place.start + 1 and not place.is_empty}
    own = own or {place.start for place in places}
    index = {column: sum(one < column for one in own) for place in places for column in (place.start, place.end)}
    kept: list[_Place] = []
    for place in places:
        start, end = index[place.start], index[place.end]
        if end == start and not place.is_empty:
            end = start + 1  # a filled cell within columns that only wider cells fill
        if end > start:
            kept.append(_Place(place.top, start, end, place.content, place.rows))
    return _apart(kept)


def _apart(places: Sequence[_Place]) -> list[_Place]:
    """Return cells of which none stands where another does: what would is moved to the right."""
    taken: set[tuple[int, int]] = set()
    for place in sorted(places, key=lambda one: (one.top, one.start)):
        rows = range(place.top, place.top + place.rows)
        while any((row, col) in taken for row in rows for col in range(place.start, place.end)):
            if place.end - place.start > 1:
                place.start += 1
            else:
                place.start, place.end = place.start + 1, place.end + 1
        taken |= {(row, col) for row in rows for col in range(place.start, place.end)}
    return list(places)


def _cell(place: _Place) -> Cell:
    content = place.content
    fills = [None if line.endswith(("-", "/")) else False for line in content.lines]
    return Cell(
        place.top,
        place.start,
        join_lines(content.lines, fills=fills),
        lines=content.lines,
        row_span=place.rows,
        col_span=place.end - place.start,
        markers=content.markers,
        bold=content.bold,
        italic=content.italic,
        italic_tail=content.italic_tail,
        bold_head=content.bold_head,
        indent=content.indent,
        symbol=content.symbol,
    )


def _filled_up(cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells with an empty one at each place that none covers, in order."""
    grid = Table(0, tuple(cells)).grid()
    empty = [Cell(r, c, "") for r, row in enumerate(grid) for c, cell in enumerate(row) if cell is None]
    return sorted([*cells, *empty], key=lambda cell: (cell.row, cell.col))


def _with_indents(cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells with their indents measured from the left edge of their column's text."""
    edges: dict[int, float] = {}
    for cell in cells:
        if cell.text:
            edges[cell.col] = min(edges.get(cell.col, cell.indent), cell.indent)
    return [replace(cell, indent=max(cell.indent - edges.get(cell.col, 0.0), 0.0)) for cell in cells]


def header_rows(cells: Sequence[Cell], repeated: Sequence[bool | None]) -> tuple[int, ...]:
    """Return the rows that head the columns: those that Word repeats on each page, else the first and its second level.

    The first row of a table that opens with amounts heads nothing.
    """
    stated = next((row for row, says in enumerate(repeated) if not says), len(repeated))
    if 0 < stated < len(repeated):
        return tuple(range(stated))
    own = [[cell for cell in cells if cell.row == row and cell.text] for row in range(len(repeated))]
    if not own or any(is_amount(cell.text) for cell in own[0][1:]):
        return ()
    rows = [0]
    while rows[-1] + 2 < len(own) and _goes_on(own, rows[-1]):
        rows.append(rows[-1] + 1)
    return tuple(rows)


def _goes_on(own: Sequence[Sequence[Cell]], row: int) -> bool:
    """Whether the row below a header row is its second level: under its merged cells stand words, and no amount."""
    groups = [cell for cell in own[row] if cell.col_span > 1 and cell.row_span == 1]
    below = own[row + 1]
    if not groups or not below or any(is_amount(cell.text) for cell in below):
        return False
    return any(group.col <= cell.col < group.col + group.col_span for group in groups for cell in below)
