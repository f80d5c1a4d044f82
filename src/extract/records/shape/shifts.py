"""Rows that lost or gained a cell, so that all their cells stand one column off, and their way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from extract.records.columns import Layout
from extract.records.shape.filled import holds_names, holds_values
from extract.records.shape.header_rows import leading_header_rows
from schema.layout import Cell, Table
from schema.lexicon.headers import best_reading
from schema.lexicon.labels import is_sex_label
from schema.lexicon.values import opens_like_value
from schema.lexicon.words import words
from schema.printed import BudgetLine, IndicatorRow

Shifts = dict[int, int]
"""Row → how many columns its cells were moved to the right; negative for the left."""
FEWEST_MOVED = 3
"""Columns of a table whose header may be moved: of two, the header over the names may be theirs."""
_Record = TypeVar("_Record", IndicatorRow, BudgetLine)


def find_shifts(table: Table, layout: Layout) -> Shifts:
    """Return the rows whose cells stand one column off, by what the columns should hold."""
    if layout.label is None or layout.label == 0 or not layout.values:
        return {}
    shifts: Shifts = {}
    headers = set(table.header_rows)
    for index, cells in enumerate(table.grid()):
        texts = [cell.text.strip() if cell and cell.row == index else "" for cell in cells]
        if index in headers or not any(texts):
            continue
        if _lost_a_cell(texts, layout.label):
            shifts[index] = 1
        elif _gained_a_cell(texts, layout):
            shifts[index] = -1
    return shifts


def with_header_in_place(table: Table) -> Table:
    """Move a header one column to the right that stands over the names while the last column has none.

    Word sets headers to the left over figures to the right; the first then begins nearer to the names.
    """
    rows = leading_header_rows(table)
    head = [cell for cell in table.cells if cell.row in rows]
    texts = {cell.col: cell.text.strip() for cell in head}
    over_all = [texts.get(col, "") for col in range(table.n_cols)]
    is_plain = len(rows) == 1 and table.n_cols >= FEWEST_MOVED and all(c.col_span == c.row_span == 1 for c in head)
    if not is_plain or over_all[-1] or not all(over_all[:-1]) or not _are_figures(table) or not _alike(over_all[:2]):
        return table
    moved = [replace(cell, text=over_all[cell.col - 1] if cell.col else "") for cell in head]
    return replace(table, cells=(*moved, *(cell for cell in table.cells if cell.row not in rows)))


def _are_figures(table: Table) -> bool:
    """Whether the first column holds names and all others hold figures."""
    return holds_names(table, 0) and all(holds_values(table, col) for col in range(1, table.n_cols))


def _alike(headers: Sequence[str]) -> bool:
    """Whether headers say the same sorts of things: both a kind, both a year, both a month."""
    readings = [best_reading(header) for header in headers]
    said = {(r.kind is None, r.time.years is None, r.time.months is None) for r in readings if r.is_value}
    return len(said) == 1 and said != {(True, True, True)} and all(reading.is_value for reading in readings)


def _lost_a_cell(texts: Sequence[str], label: int) -> bool:
    """A value stands in the label's column, or a sex left of it, and the last column is free."""
    left, here = texts[label - 1], texts[label]
    if texts[-1] or not left or opens_like_value(left):
        return False
    return opens_like_value(here) or (not here and is_sex_label(left))


def _gained_a_cell(texts: Sequence[str], layout: Layout) -> bool:
    """A name stands in the first value column, and the row opens with an empty cell too many."""
    first = layout.values[0].index
    opening = next(i for i, text in enumerate(texts) if text)
    if opening == 0 or opens_like_value(texts[first]) or not texts[layout.label or 0]:
        return False
    overflows = layout.columns[-1].role == "blank" and bool(texts[-1])
    return bool(texts[first]) and (overflows or _opens_like_indicator(texts[first]))


def _opens_like_indicator(text: str) -> bool:
    return len(text.split()) > 2 and words("indicator_starts").opening(text) is not None


def apply_shifts(table: Table, shifts: Shifts) -> Table:
    """Return the table with the rows in their place, their cells marked as inferred."""
    if not shifts:
        return table
    cells: list[Cell] = []
    for cell in table.cells:
        shift = shifts.get(cell.row, 0)
        col = cell.col + shift
        if not shift:
            cells.append(cell)
        elif 0 <= col < table.n_cols:
            cells.append(replace(cell, col=col, inferred=bool(cell.text.strip())))
    return replace(table, cells=tuple(sorted(cells, key=lambda c: (c.row, c.col))))


def as_printed(record: _Record, shifts: Shifts) -> _Record:
    """Return a record whose values name the columns they are printed in."""
    values = tuple(replace(value, col=value.col - shifts.get(value.row, 0)) for value in record.values)
    return replace(record, values=values)
