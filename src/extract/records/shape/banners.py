"""What stands over a table or beside all its rows → its own place: banners above the header, cells merged out of it."""

from __future__ import annotations

from dataclasses import replace

from extract.records.columns import GOAL_ROLES, Layout
from extract.records.sections import Place
from extract.records.shape.header_rows import leading_header_rows
from schema.layout import Cell, Table
from schema.lexicon.headers import best_reading
from schema.lexicon.labels import titles_no_table

FEWEST_REPEATED = 2
"""Cells that a row shares with the header; one may be a year among figures."""
TITLES = ("volume", "personnel", "line")
"""Roles of label columns whose header may name the whole table."""


def lift_banner(table: Table) -> tuple[Table, str]:
    """Return the table without the cell that spans it above its header, and what that says.

    A banner that states a period, a unit or a kind of figures is a part of the header and stays.
    """
    leading = leading_header_rows(table)
    grid = table.grid()
    if not leading or table.n_cols < 2 or len(grid) <= leading[0] + 1:
        return table, ""
    filled = _filled(table, leading[0])
    if len(filled) != 1 or filled[0].col_span < table.n_cols:
        return table, ""
    text = " ".join(filled[0].text.split())
    below = _filled(table, leading[0] + 1)
    is_header = len(leading) > 1 or (len(below) > 1 and any(best_reading(c.text).is_value for c in below))
    said = best_reading(text)
    if not is_header or said.kind or said.unit or not said.time.is_empty:
        return table, ""
    cells = tuple(cell for cell in table.cells if cell.row != leading[0])
    headers = tuple(row for row in table.header_rows if row != leading[0]) or (leading[0] + 1,)
    return replace(table, cells=cells, header_rows=headers), text


def _filled(table: Table, row: int) -> list[Cell]:
    return [cell for cell in table.cells if cell.row == row and cell.text.strip()]


def mark_repeated(table: Table) -> Table:
    """Return the table with rows further down that repeat its header marked as rows of the header."""
    leading = leading_header_rows(table)
    heads = {cell.col: cell.text for cell in table.cells if cell.row in leading and cell.text.strip()}
    filled: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text.strip():
            filled.setdefault(cell.row, []).append(cell)
    again = {row for row, cells in filled.items() if row not in table.header_rows and _repeats(cells, heads)}
    return replace(table, header_rows=tuple(sorted({*table.header_rows, *again}))) if again else table


def _repeats(cells: list[Cell], heads: dict[int, str]) -> bool:
    """Whether a row's cells say what the header says over them, those left of the first that does apart."""
    same = [cell.col for cell in cells if cell.text == heads.get(cell.col)]
    return len(same) >= FEWEST_REPEATED and same == [cell.col for cell in cells if cell.col >= same[0]]


def lower_merged(table: Table) -> Table:
    """Return the table with a first cell that is merged from the header over rows below beginning at those.

    Such a cell names the rows beside it, not a column.
    """
    leading = leading_header_rows(table)
    if not leading:
        return table
    first = leading[-1] + 1
    return replace(table, cells=tuple(_lowered(c, first) if c.col == 0 else c for c in table.cells))


def _lowered(cell: Cell, first: int) -> Cell:
    """Return a cell of the header that reaches at least two rows below it as a cell of those rows."""
    end = cell.row + cell.row_span
    return replace(cell, row=first, row_span=end - first) if cell.row < first and end - first > 1 else cell


def with_own_title(place: Place, table: Table, layout: Layout) -> Place:
    """Return the place titled by what the table itself prints.

    That is its banner, where it is no goal area of the table's goals; and below a heading that another table has
    taken, the header of the labels where it names a table (*Investeringar*).
    """
    names_area = layout.kind == "indicator" and any(layout.columns[i].role in GOAL_ROLES for i in layout.groups)
    if place.banner and not names_area:
        return replace(place, title=place.banner)
    label = layout.columns[layout.label] if layout.label is not None else None
    if place.is_shared and label and label.role in TITLES:
        first = next(
            (c.text for c in table.cells if c.col == label.index and c.row in table.header_rows and c.text), ""
        )
        return replace(place, title=" ".join(first.split())) if first and not titles_no_table(first) else place
    return place
