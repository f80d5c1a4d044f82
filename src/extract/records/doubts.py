"""What in a table's shape makes its values doubtful: begins with printed records, ends with doubts on their values.

A table that was read well has columns of one kind, rows that are full, and labels that are whole. Each sign of
the contrary is a doubt of `doubts.csv`, on the table, the row or the value that shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TypeVar

from extract.records.columns import Column, Layout
from schema.layout import Table
from schema.lexicon.figures import holds_several, holds_two_figures, is_measured, last_number, measured
from schema.lexicon.labels import (
    ends_open,
    has_inner_part,
    is_adjustment,
    is_part_label,
    is_sex_label,
    is_share_label,
    second_labels,
)
from schema.lexicon.numbers import digit_runs, find_numbers
from schema.lexicon.periods import names_part_of_year, names_whole_year, without_periods
from schema.lexicon.wordbreaks import is_word
from schema.lexicon.words import words
from schema.lexicon.years import is_year
from schema.printed import BudgetLine, IndicatorRow, PrintedValue

R = TypeVar("R", bound=IndicatorRow | BudgetLine)

MANY = 0.15
"""Share of a table's labels or rows from which a fault is the table's and not the row's: one in seven."""
FEWEST = 2
"""One faulty row may be the report's own."""
USUAL = 0.7
"""Share of a column's cells, or of a table's rows, that makes what they have in common the rule."""
FEWEST_CELLS = 3
"""A column with fewer filled cells has no rule."""
LONG = 3.0
"""Labels this many times as long as the table's median are two rows in one, or prose."""
LONG_LETTERS = 60
"""Shorter labels are never too long."""
FAR = 20.0
"""Figures of a row differ from year to year, but by less than this factor."""
SENTENCE = 6
"""Words in a cell without figures that make it running text."""
TRUSTED_OCR = 0.95
"""OCR words below this are worth a look."""
UNSURE_OCR = 0.8
"""Words of a clean scan lie above this; in scans of 110 dpi over a third of the cells fall below it."""
UNSTEADY = 0.25
"""Share of doubtful values from which the whole document is doubted."""
DOUBTFUL_TABLES = frozenset({"faulty_grid", "no_header", "broken_labels", "figures_in_labels", "rows_without_label"})

VALUE_WORDS = ("missing", "directions", "pending", "preliminary", "comparators", "numerals")
"""Lists of words that stand for a value."""
RECONSTRUCTED = {"flow": "reconstructed_table", "spaced": "columns_by_spaces"}
"""Doubts by the engine that worked the columns out."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a table's doubts are found from."""

    table: Table
    layout: Layout
    labels: tuple[str, ...]
    usual_values: int
    """Number of values in most rows; 0 where rows differ."""
    usual_length: float
    figures: frozenset[int]
    """Columns where most cells are one number."""
    unsure_labels: frozenset[int]
    """Rows whose label OCR was not sure of."""
    repeated: frozenset[str]
    """Labels that several rows have."""


def with_doubts(rows: Sequence[R], table: Table, layout: Layout) -> list[R]:
    """Return the records of a table with the doubts that its shape, their rows and their cells raise."""
    shape = _shape_of(rows, table, layout)
    shared = tuple(_table_doubts(rows, shape))
    columns = {column.index: tuple(_column_doubts(column, shape)) for column in layout.values}
    return [_with_row_doubts(row, shared, columns, shape) for row in rows]


def _with_row_doubts(row: R, shared: tuple[str, ...], columns: dict[int, tuple[str, ...]], shape: _Shape) -> R:
    own = (*shared, *_row_doubts(row, shape))
    values = tuple(
        replace(value, doubts=(*own, *columns.get(value.col, ()), *_value_doubts(value, row, shape)))
        for value in row.values
    )
    return replace(row, values=values)


def label_of(row: IndicatorRow | BudgetLine) -> str:
    """Return the label of a record."""
    return row.indicator if isinstance(row, IndicatorRow) else row.line


def _shape_of(rows: Sequence[R], table: Table, layout: Layout) -> _Shape:
    labels = tuple(label_of(row) for row in rows)
    counts = Counter(len(row.values) for row in rows if row.values)
    usual, often = counts.most_common(1)[0] if counts else (0, 0)
    figures = frozenset(column.index for column in layout.values if _is_figure_column(_texts(table, column.index)))
    return _Shape(
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
        repeated=frozenset(label for label, count in Counter(labels).items() if count > 1),
    )


def _texts(table: Table, col: int) -> list[str]:
    """Return the texts of a column's filled cells below the header."""
    headers = set(table.header_rows)
    return [c.text.strip() for c in table.cells if c.col == col and c.row not in headers and c.text.strip()]


def _is_figure_column(texts: Sequence[str]) -> bool:
    return len(texts) >= FEWEST_CELLS and sum(map(is_measured, texts)) >= USUAL * len(texts)


def _table_doubts(rows: Sequence[IndicatorRow | BudgetLine], shape: _Shape) -> Iterable[str]:
    """Return what makes every value of the table doubtful."""
    table = shape.table
    if table.verdict != "ok":
        yield "faulty_grid"
    if not table.header_rows:
        yield "no_header"
    if _is_poor_scan(table):
        yield "poor_scan"
    if table.engine in RECONSTRUCTED:
        yield RECONSTRUCTED[table.engine]
    if any(_holds_figures(column.label) for column in shape.layout.values):
        yield "figures_in_header"
    if _are_many((is_broken(label) for label in shape.labels), shape.labels):
        yield "broken_labels"
    swallowed = sum(_holds_a_figure(label_of(row)) for row in rows if row.values)
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


def _unlabelled(shape: _Shape) -> Iterable[bool]:
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
    return holds_two_figures(without_periods(header))


def is_broken(label: str) -> bool:
    """Whether a label begins or ends inside a sentence."""
    text = label.strip(" .:;*")
    if not text or is_part_label(text) or is_sex_label(text) or is_adjustment(text):
        return False
    starts_low = text[0].islower() and not (len(text) > 1 and text[1].isupper())
    return starts_low or ends_open(text) or text.count("(") != text.count(")")


def _ends_in_figure(row: IndicatorRow | BudgetLine, shape: _Shape) -> bool:
    """Whether a label ends in a number, in a row that has fewer values than most."""
    label = label_of(row)
    fewer = not shape.usual_values or len(row.values) < shape.usual_values
    return _holds_decimals(label) or (fewer and _holds_a_figure(label))


def _holds_a_figure(label: str) -> bool:
    """Whether a label ends in a number that is no year, or holds one with decimals."""
    last = last_number(label)
    at_end = last is not None and last.start > 0 and label[last.start - 1] not in "./–-" and len(last.text) > 1
    return (at_end and last is not None and not is_year(last.text)) or _holds_decimals(label)


def _holds_decimals(label: str) -> bool:
    """Whether a label holds a number with decimals that opens no range."""
    return any(number.decimals and not label[number.end :].startswith(("-", "–")) for number in find_numbers(label))


def holds_two_labels(label: str) -> bool:
    """Whether a Swedish word with a capital stands inside a label, as where two labels became one."""
    return has_inner_part(label) or any(is_word(start.casefold()) for start in second_labels(label))


def _column_doubts(column: Column, shape: _Shape) -> Iterable[str]:
    """Return what makes every value of a column doubtful."""
    if column.kind == "unknown" or not column.label.strip():
        yield "unknown_header"
    elif sum(other.label == column.label for other in shape.layout.values) > 1:
        yield "shared_header"
    if names_whole_year(column.label) and names_part_of_year(column.label):
        yield "two_periods"
    texts = _texts(shape.table, column.index)
    crowded = sum(map(holds_several, texts))
    if crowded >= FEWEST and crowded > MANY * len(texts):
        yield "crowded_column"
    if column.index not in shape.figures and _is_mixed(texts):
        yield "mixed_column"


def _is_mixed(texts: Sequence[str]) -> bool:
    """Whether figures and words that say nothing of a value share a column."""
    words = sum(_is_unlike(text) for text in texts)
    return words >= FEWEST and MANY * len(texts) < words < len(texts)


def _is_unlike(text: str) -> bool:
    """Whether a cell holds words, no number and no word that stands for a value, or a whole sentence."""
    folded = text.casefold()
    if not any(char.isalpha() for char in folded) or any(map(str.isdigit, folded)):
        return False
    return len(folded.split()) >= SENTENCE or words(*VALUE_WORDS).find(folded) is None


def _row_doubts(row: IndicatorRow | BudgetLine, shape: _Shape) -> Iterable[str]:
    """Return what makes every value of a row doubtful."""
    label = label_of(row)
    if is_measured(label):
        yield "figure_for_label"
    if is_broken(label):
        yield "broken_label"
    if holds_two_labels(label):
        yield "two_labels"
    if _ends_in_figure(row, shape):
        yield "figure_in_label"
    if row.row in shape.unsure_labels:
        yield "label_by_ocr"
    if len(label) > max(LONG_LETTERS, LONG * shape.usual_length):
        yield "long_label"
    if len(row.values) < shape.usual_values and not is_sex_label(label):
        yield "uneven_rows"
    if label in shape.repeated and not is_sex_label(label) and not row.parent:
        yield "repeated_label"


def _value_doubts(value: PrintedValue, row: IndicatorRow | BudgetLine, shape: _Shape) -> Iterable[str]:
    """Return what makes one value doubtful."""
    if value.inferred:
        yield "inferred_place"
    elif value.confidence < TRUSTED_OCR:
        yield "read_by_ocr"
    if holds_several(value.raw):
        yield "several_figures"
    if len(digit_runs(value.raw)) < len(digit_runs("\n".join(value.lines))):
        yield "joined_number"
    if _is_unlike(value.raw):
        yield "words_for_value"
    if is_year(value.raw) and (_are_years(row) or not _is_near(value, row)):
        yield "year_for_value"
    elif _is_far(value, row):
        yield "out_of_line"
    if _is_impossible(value, row):
        yield "impossible_share"
    if _has_other_unit(value, row):
        yield "unit_conflict"


def _is_impossible(value: PrintedValue, row: IndicatorRow | BudgetLine) -> bool:
    """Whether a share is over a hundred."""
    size = _number_of(value)
    return size is not None and size > 100 and is_share_label(label_of(row))


def _unit_of(value: PrintedValue) -> str:
    """Return what a cell of one number prints after it."""
    found = measured(value.raw)
    return found.unit if found else ""


def _has_other_unit(value: PrintedValue, row: IndicatorRow | BudgetLine) -> bool:
    """Whether a cell prints another unit than the row's other cells."""
    units = {unit for other in row.values if other is not value and (unit := _unit_of(other))}
    own = _unit_of(value)
    return bool(own) and len(units) == 1 and own not in units


def _number_of(value: PrintedValue) -> float | None:
    """Return the size of the number in a cell of one number."""
    found = measured(value.raw)
    return abs(float(found.value)) if found else None


def _others(value: PrintedValue, row: IndicatorRow | BudgetLine) -> list[float]:
    """Return the sizes of the row's other numbers; differences are of another size."""
    sizes = [_number_of(v) for v in row.values if v is not value and v.kind not in ("variance", "effect")]
    return [size for size in sizes if size]


def _are_years(row: IndicatorRow | BudgetLine) -> bool:
    """Whether all of several values are years: a header among the rows."""
    return len(row.values) > 1 and all(is_year(value.raw) for value in row.values)


def _is_near(value: PrintedValue, row: IndicatorRow | BudgetLine) -> bool:
    """Whether the row's other numbers are about as large."""
    size, others = _number_of(value), _others(value, row)
    return size is not None and bool(others) and 0.5 < size / median(others) < 2


def _is_far(value: PrintedValue, row: IndicatorRow | BudgetLine) -> bool:
    """Whether a number is far from the row's others."""
    size, others = _number_of(value), _others(value, row)
    if not size or not others or value.kind in ("variance", "effect"):
        return False
    ratio = size / median(others)
    return not 1 / FAR < ratio < FAR


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
