"""What stands over a table or beside all its rows → its own place: banners above the header, cells merged out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from extract.records.columns import GOAL_ROLES, Layout
from extract.records.sections import Place
from extract.records.shape.header_rows import leading_header_rows
from schema.layout import Cell, Table
from schema.lexicon.goals import parse_goal_line
from schema.lexicon.headers import best_reading
from schema.lexicon.labels import titles_no_table

FEWEST_REPEATED = 2
"""Cells that a row shares with the header; one may be a year among figures."""
TITLES = ("volume", "personnel", "line")
"""Roles of label columns whose header may name the whole table."""


def lift_banners(table: Table) -> tuple[Table, tuple[str, ...]]:
    """Return the table without the cells that span it above its header, one in a row, and what each says.

    A banner that states a period, a unit or a kind of figures is a part of the header and stays.
    """
    leading = leading_header_rows(table)
    if not leading or table.n_cols < 2:
        return table, ()
    found: list[str] = []
    row = leading[0]
    while len(filled := _filled(table, row)) == 1 and filled[0].col_span >= table.n_cols:
        found.append(" ".join(filled[0].text.split()))
        row += 1
    below = _filled(table, row)
    is_header = row in leading or (len(below) > 1 and any(best_reading(c.text).is_value for c in below))
    if not found or not below or not is_header or not all(map(_is_banner, found)):
        return table, ()
    cells = tuple(cell for cell in table.cells if cell.row >= row)
    headers = tuple(number for number in table.header_rows if number >= row) or (row,)
    return replace(table, cells=cells, header_rows=headers), tuple(found)


def _is_banner(text: str) -> bool:
    """Whether a cell across a table names a goal, or states neither period nor unit nor kind."""
    said = best_reading(text)
    return parse_goal_line(text) is not None or not (said.kind or said.unit or not said.time.is_empty)


def below_banners(place: Place, texts: Sequence[str]) -> Place:
    """Return the place of a table below its banners: *Målområde: Samhälle*, *Nämndmål 2: Korta köer*, a title."""
    for text in texts:
        level, name = parse_goal_line(text) or ("banner", text)
        changes: dict[str, Any] = {level: name}
        place = replace(place, **changes)
    return place


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
