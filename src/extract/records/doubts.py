"""What in a table's shape makes its values doubtful: begins with printed records, ends with doubts on their values.

A table that was read well has columns of one kind, rows that are full, and labels that are whole. Each sign of
the contrary is a doubt of `doubts.csv`, on the table, the row or the value that shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median
from typing import TypeVar

from extract.records.cell_doubts import (
    TRUSTED_OCR,
    RowFigures,
    Shape,
    holds_a_figure,
    is_broken_row,
    is_unlike,
    label_of,
    printed_unit,
    row_doubts,
    value_doubts,
)
from extract.records.columns import Column, Layout
from extract.records.shape.filled import holds_names
from schema.layout import LOST_ENDS, Table
from schema.lexicon.figures import holds_several, holds_two_figures, is_measured
from schema.lexicon.headers import LABEL_ROLES, holds_number
from schema.lexicon.periods import names_part_of_year, names_whole_year, without_periods
from schema.lexicon.text import opening_word
from schema.lexicon.wordbreaks import is_compound, is_word
from schema.printed import BudgetLine, IndicatorRow, PrintedValue

R = TypeVar("R", bound=IndicatorRow | BudgetLine)

NAMING = frozenset({"unknown", "blank", *LABEL_ROLES})
"""Roles of columns whose words may name rows."""
MANY = 0.15
"""Share of a table's labels or rows from which a fault is the table's and not the row's: one in seven."""
FEWEST = 2
"""One faulty row may be the report's own."""
USUAL = 0.7
"""Share of a column's cells, or of a table's rows, that makes what they have in common the rule."""
FEWEST_CELLS = 3
"""A column with fewer filled cells has no rule."""
UNSURE_OCR = 0.8
"""Words of a clean scan lie above this; in scans of 110 dpi over a third of the cells fall below it."""
UNSTEADY = 0.25
"""Share of doubtful values from which the whole document is doubted."""
DOUBTFUL_UNITS = frozenset({"no_unit", "assumed_unit", "one_of_units"})
DOUBTFUL_TABLES = frozenset({"faulty_grid", "no_header", "broken_labels", "figures_in_labels", "rows_without_label"})

RECONSTRUCTED = {"flow": "reconstructed_table", "spaced": "columns_by_spaces"}
"""Doubts by the engine that worked the columns out."""


def with_doubts(rows: Sequence[R], table: Table, layout: Layout) -> list[R]:
    """Return the records of a table with the doubts that its shape, their rows and their cells raise."""
    shape = _shape_of(rows, table, layout)
    shared = tuple(_table_doubts(rows, shape))
    headers = Counter(column.label for column in layout.values)
    columns = {column.index: tuple(_column_doubts(column, shape, headers)) for column in layout.values}
    return [_with_row_doubts(row, shared, columns, shape) for row in rows]


def _with_row_doubts(row: R, shared: tuple[str, ...], columns: dict[int, tuple[str, ...]], shape: Shape) -> R:
    own = (*shared, *row_doubts(row, shape))
    figures = RowFigures(row.values)
    found = (
        (value, (*own, *columns.get(value.col, ()), *value_doubts(value, row, figures, shape))) for value in row.values
    )
    return replace(row, values=tuple(replace(value, doubts=_without_units(value, doubts)) for value, doubts in found))


def _without_units(value: PrintedValue, doubts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the doubts without those in a unit that the cell prints itself."""
    return tuple(doubt for doubt in doubts if doubt not in DOUBTFUL_UNITS) if printed_unit(value) else doubts


def _shape_of(rows: Sequence[R], table: Table, layout: Layout) -> Shape:
    labels = tuple(label_of(row) for row in rows)
    counts = Counter(len(row.values) for row in rows if row.values)
    usual, often = counts.most_common(1)[0] if counts else (0, 0)
    figures = frozenset(column.index for column in layout.values if _is_figure_column(_texts(table, column.index)))
    return Shape(
        table=table,
        layout=layout,
        labels=labels,
        usual_values=usual if often > USUAL * counts.total() and often >= FEWEST_CELLS else 0,
        usual_length=median(map(len, labels)) if labels else 0,
        figures=figures,
        unsure_labels=frozenset(
            cell.row
            for cell in table.cells
            if cell.col == layout.label and cell.confidence < TRUSTED_OCR and not cell.inferred
        ),
        joined_labels=frozenset(
            cell.row
            for cell in table.cells
            if cell.col == layout.label and table.engine in RECONSTRUCTED and any(map(_opens_label, cell.lines[1:]))
        ),
        repeated=frozenset(label for label, count in Counter(labels).items() if count > 1),
    )


def _opens_label(line: str) -> bool:
    """Whether a line opens with a capital and a Swedish word, maybe a compound."""
    word = opening_word(line) if line[:1].isupper() else None
    return word is not None and (is_word(word) or is_compound(word))


def _texts(table: Table, col: int) -> list[str]:
    """Return the texts of a column's filled cells below the header."""
    return [cell.text.strip() for cell in table.filled_below((col,))]


def _is_figure_column(texts: Sequence[str]) -> bool:
    return len(texts) >= FEWEST_CELLS and sum(map(is_measured, texts)) >= USUAL * len(texts)


def _table_doubts(rows: Sequence[IndicatorRow | BudgetLine], shape: Shape) -> Iterable[str]:
    """Return what makes every value of the table doubtful."""
    table = shape.table
    yield from shape.layout.doubts
    if table.verdict != "ok":
        yield "faulty_grid"
    if not table.header_rows and not shape.layout.goes_on:
        yield "no_header"
    if _is_poor_scan(table):
        yield "poor_scan"
    if table.engine in RECONSTRUCTED:
        yield RECONSTRUCTED[table.engine]
    if LOST_ENDS in table.steps:
        yield "lost_line_ends"
    if any(_holds_figures(column.label) for column in shape.layout.values):
        yield "figures_in_header"
    if _are_many(map(is_broken_row, rows), shape.labels):
        yield "broken_labels"
    swallowed = sum(holds_a_figure(label_of(row)) for row in rows if row.values)
    if swallowed > FEWEST and swallowed > MANY * len(shape.labels):
        yield "figures_in_labels"
    if _are_many(_unlabelled(shape), shape.labels):
        yield "rows_without_label"


def _is_poor_scan(table: Table) -> bool:
    """Whether the OCR engine was unsure of many cells."""
    filled = [cell for cell in table.cells if cell.text.strip() and not cell.inferred]
    return sum(cell.confidence < UNSURE_OCR for cell in filled) > MANY * len(filled)


def _are_many(faults: Iterable[bool], labels: Sequence[str]) -> bool:
    """Whether faults are so frequent that they are the table's."""
    count = sum(faults)
    return count >= FEWEST and count > MANY * len(labels)


def _unlabelled(shape: Shape) -> Iterable[bool]:
    """Return for each row of the grid whether it has figures but no label."""
    headers, label = set(shape.table.header_rows), shape.layout.label
    figures: set[int] = set()
    labelled: set[int] = set()
    for cell in shape.table.cells:
        if cell.row in headers or not cell.text.strip():
            continue
        if cell.col in shape.figures and is_measured(cell.text):
            figures.add(cell.row)
        elif cell.col == label:
            labelled.update(range(cell.row, cell.row + cell.row_span))
    return (row not in labelled for row in sorted(figures)) if label is not None else ()


def _holds_figures(header: str) -> bool:
    """Whether a header holds a number that is no period, footnote or ordinal."""
    return holds_two_figures(without_periods(header)) and holds_number(header)


def _column_doubts(column: Column, shape: Shape, headers: Counter[str]) -> Iterable[str]:
    """Return what makes every value of a column doubtful; `headers` counts the columns under each header."""
    yield from column.doubts
    if headers[column.label] > 1 and "unknown_header" not in column.doubts:
        yield "shared_header"
    if _has_names_beside(column, shape):
        yield "names_between"
    if names_whole_year(column.label) and names_part_of_year(column.label):
        yield "two_periods"
    texts = _texts(shape.table, column.index)
    crowded = sum(map(holds_several, texts))
    if crowded >= FEWEST and crowded > MANY * len(texts):
        yield "crowded_column"
    if column.index not in shape.figures and _is_mixed(texts):
        yield "mixed_column"


def _has_names_beside(column: Column, shape: Shape) -> bool:
    """Whether a column that may name rows stands left of a column of values and right of others: a table beside."""
    layout = shape.layout
    first = min((value.index for value in layout.values), default=column.index)
    between = (c for c in layout.columns[first + 1 : column.index] if not c.is_value and c.role in NAMING)
    return any(holds_names(shape.table, c.index) for c in between)


def _is_mixed(texts: Sequence[str]) -> bool:
    """Whether figures and words that say nothing of a value share a column."""
    words = sum(is_unlike(text) for text in texts)
    return words >= FEWEST and MANY * len(texts) < words < len(texts)


def doubt_whole(rows: Sequence[R]) -> list[R]:
    """Doubt every value of a document where many are in doubt."""
    values = [value for row in rows for value in row.values]
    doubtful = sum(bool(DOUBTFUL_TABLES & set(value.doubts)) for value in values)
    if not values or doubtful < UNSTEADY * len(values):
        return list(rows)
    return [
        replace(row, values=tuple(replace(v, doubts=(*v.doubts, "unsteady_document")) for v in row.values))
        for row in rows
    ]
