"""The columns of a table that goes on, found by where they stand on the page."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from extract.records.columns import Layout
from schema.layout import Table

Span = tuple[float, float]


def with_columns_of(before: Table, layout: Layout, table: Table) -> Layout | None:
    """Return the meaning of a table's columns from the table before that has them at the same places, else None.

    Pages may part a strip between two columns otherwise, so that the numbers of columns differ; two columns of figures
    in the place of one are another table's.
    """
    theirs, own = _spans(before), _spans(table)
    if set(own) != set(range(table.n_cols)) or not theirs:
        return None
    partner = {col: max(theirs, key=lambda other: _shared(own[col], theirs[other])) for col in own}
    if any(_shared(own[col], theirs[other]) <= 0 for col, other in partner.items()):
        return None
    filled = [partner[col] for col in {cell.col for cell in table.cells if cell.text.strip()}]
    if len(set(filled)) < len(filled):
        return None
    columns = tuple(replace(layout.columns[partner[col]], index=col) for col in sorted(own))
    places = {other: col for col, other in reversed(partner.items())}
    if layout.label not in places or not any(column.is_value for column in columns):
        return None
    groups = tuple(places[group] for group in layout.groups if group in places)
    return replace(layout, columns=columns, label=places[layout.label], groups=groups, rows={})


def _spans(table: Table) -> dict[int, Span]:
    """Return the left and right side of each column whose own cells have boxes."""
    sides: dict[int, list[Span]] = {}
    for cell in table.cells:
        if cell.box is not None and cell.col_span == 1:
            sides.setdefault(cell.col, []).append((cell.box.x0, cell.box.x1))
    return {col: (median(x0 for x0, _ in found), median(x1 for _, x1 in found)) for col, found in sides.items()}


def _shared(first: Span, second: Span) -> float:
    """Return the width that two columns share, negative where they stand apart."""
    return min(first[1], second[1]) - max(first[0], second[0])
