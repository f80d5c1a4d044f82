"""Rows that lost or gained a cell, so that all their cells stand one column off, and their way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from extract.records.columns import Layout
from schema.layout import Cell, Table
from schema.lexicon.labels import is_sex_label
from schema.lexicon.values import opens_like_value
from schema.lexicon.words import words
from schema.printed import BudgetLine, IndicatorRow

Shifts = dict[int, int]
"""Row → how many columns its cells were moved to the right; negative for the left."""
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
