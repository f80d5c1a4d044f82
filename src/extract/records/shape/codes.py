"""Codes that ran into the names beside them: begins with a table as its grid was found, ends with both columns filled.

A sheet sets the number of an account to the right of its column and the name to the left of the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.records.shape.filled import CODE_DIGITS, holds_names
from extract.records.shape.header_rows import header_labels
from schema.layout import Cell, Table
from schema.lexicon.figures import is_count


def with_parted_codes(table: Table) -> Table:
    """Give a headed column that is empty the codes that stand before the names in the column to its right."""
    headed = [bool(label.strip()) for label in header_labels(table)]
    for col in range(table.n_cols - 1):
        is_open = headed[col] and headed[col + 1] and not _is_filled_beside_names(table, col)
        if is_open and holds_names(table, col + 1) and _are_coded(table, col + 1):
            return replace(table, cells=tuple(_parted(table, col)))
    return table


def _is_filled_beside_names(table: Table, col: int) -> bool:
    """Whether a cell of the codes' column stands beside a name: bands and sums stand there alone."""
    named = {cell.row for cell in table.filled_below((col + 1,))}
    return any(cell.row in named for cell in table.filled_below((col,)))


def _are_coded(table: Table, col: int) -> bool:
    """Whether codes, all of them different, open more than one cell of a column of names."""
    codes = [code for cell in table.filled_below((col,)) if (code := _code_of(cell))]
    return 1 < len(codes) == len(set(codes))


def _code_of(cell: Cell) -> str:
    code, _, name = cell.text.strip().partition(" ")
    return code if name.strip() and is_count(code, most=CODE_DIGITS) else ""


def _parted(table: Table, col: int) -> Iterator[Cell]:
    """Yield the cells, each code in its own column."""
    codes = {c.row: _code_of(c) for c in table.cells if c.col == col + 1 and c.row not in table.header_rows}
    for cell in table.cells:
        code = codes.get(cell.row)
        if code and cell.col == col:
            yield replace(cell, text=code)
        elif code and cell.col == col + 1:
            yield replace(cell, text=cell.text.strip().removeprefix(code).strip())
        else:
            yield cell
