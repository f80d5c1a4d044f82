"""What makes a row of a table or a value in it doubtful: its label is no whole label, its cell no plain value."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.records.columns import Layout
from schema.layout import Table
from schema.lexicon.assessments import is_status
from schema.lexicon.figures import holds_several, is_measured, last_number, measured
from schema.lexicon.labels import (
    has_inner_part,
    is_adjustment,
    is_part_label,
    is_sex_label,
    is_share_label,
    second_labels,
)
from schema.lexicon.numbers import digit_runs, find_numbers
from schema.lexicon.wordbreaks import ends_open, is_word
from schema.lexicon.words import words
from schema.lexicon.years import is_year
from schema.printed import BudgetLine, IndicatorRow, PrintedValue

LONG = 3.0
"""Labels this many times as long as the table's median are two rows in one, or prose."""
AMOUNT_DIGITS = 3
"""Figures of an amount; ages, classes and days in a label have fewer."""
LONG_LETTERS = 60
"""Shorter labels are never too long."""
FAR = 20.0
"""Figures of a row differ from year to year, but by less than this factor."""
SENTENCE = 6
"""Words in a cell without figures that make it running text."""
TRUSTED_OCR = 0.95
"""OCR words below this are worth a look."""
VALUE_WORDS = ("missing", "directions", "pending", "preliminary", "comparators", "numerals")
"""Lists of words that stand for a value."""


@dataclass(frozen=True, slots=True)
class Shape:
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
    joined_labels: frozenset[int]
    """Rows of a text whose label may be two: a line of it opens with a capital, and no border tells."""
    repeated: frozenset[str]
    """Labels that several rows have."""


def label_of(row: IndicatorRow | BudgetLine) -> str:
    """Return the label of a record."""
    return row.indicator if isinstance(row, IndicatorRow) else row.line


def is_broken(label: str) -> bool:
    """Whether a label begins or ends inside a sentence."""
    text = label.strip(" .:;*")
    if not text or is_part_label(text) or is_sex_label(text) or is_adjustment(text):
        return False
    starts_low = text[0].islower() and not (len(text) > 1 and text[1].isupper())
    return starts_low or ends_open(text) or text.count("(") != text.count(")")


def is_broken_row(row: IndicatorRow | BudgetLine) -> bool:
    """Whether a row's label is broken; what is part of the row above may be written small."""
    label = label_of(row)
    return is_broken(label[:1].upper() + label[1:] if row.parent else label)


def _ends_in_figure(row: IndicatorRow | BudgetLine, shape: Shape) -> bool:
    """Whether a label ends in a number, in a row that has fewer values than most."""
    label = label_of(row)
    fewer = not shape.usual_values or len(row.values) < shape.usual_values
    return _holds_decimals(label) or (fewer and holds_a_figure(label))


def holds_a_figure(label: str) -> bool:
    """Whether a label ends in a number that is no year, or holds one with decimals."""
    last = last_number(label)
    at_end = last is not None and last.start > 0 and label[last.start - 1] not in "./–-" and len(last.text) > 1
    return (at_end and last is not None and not is_year(last.text)) or _holds_decimals(label)


def _holds_amounts(label: str) -> bool:
    """Whether a label holds several amounts, as those of other rows that became one with it."""
    numbers = (number.text for number in find_numbers(label) if not is_year(number.text))
    return sum(sum(map(str.isdigit, text)) >= AMOUNT_DIGITS for text in numbers) > 1


def _holds_decimals(label: str) -> bool:
    """Whether a label holds a number with decimals that opens no range."""
    return any(number.decimals and not label[number.end :].startswith(("-", "–")) for number in find_numbers(label))


def holds_two_labels(label: str) -> bool:
    """Whether a Swedish word with a capital stands inside a label, as where two labels became one."""
    return has_inner_part(label) or any(is_word(start.casefold()) for start in second_labels(label))


def is_unlike(text: str) -> bool:
    """Whether a cell holds words, no number and no word that stands for a value, or a whole sentence."""
    folded = text.casefold()
    if not any(char.isalpha() for char in folded) or any(map(str.isdigit, folded)):
        return False
    return len(folded.split()) >= SENTENCE or words(*VALUE_WORDS).find(folded) is None


def row_doubts(row: IndicatorRow | BudgetLine, shape: Shape) -> Iterable[str]:
    """Return what makes every value of a row doubtful."""
    label = label_of(row)
    if is_measured(label):
        yield "figure_for_label"
    if is_broken_row(row):
        yield "broken_label"
    if holds_two_labels(label) or row.row in shape.joined_labels:
        yield "two_labels"
    if _ends_in_figure(row, shape) or _holds_amounts(label):
        yield "figure_in_label"
    if row.row in shape.unsure_labels:
        yield "label_by_ocr"
    if len(label) > max(LONG_LETTERS, LONG * shape.usual_length):
        yield "long_label"
    if len(row.values) < shape.usual_values and not is_sex_label(label):
        yield "uneven_rows"
    if label in shape.repeated and not is_sex_label(label) and not row.parent:
        yield "repeated_label"


class RowFigures:
    """A row's figures, told once for all its values, each of which is compared with the others."""

    def __init__(self, values: Sequence[PrintedValue]) -> None:
        self.units = Counter(unit for value in values if (unit := printed_unit(value)))
        """The units that the cells print."""
        sizes = (_number_of(value) for value in values if not _is_difference(value))
        self.sizes = sorted(size for size in sizes if size)
        """The sizes of the numbers; differences are of another size."""

    def usual_beside(self, value: PrintedValue) -> float | None:
        """Return the median of the row's other numbers; None where there is none."""
        size = None if _is_difference(value) else _number_of(value)
        own = bisect_left(self.sizes, size) if size else len(self.sizes)
        count = len(self.sizes) - bool(size)
        if not count:
            return None
        low, high = (self.sizes[at + (at >= own)] for at in ((count - 1) // 2, count // 2))
        return low if count % 2 else (low + high) / 2


def value_doubts(
    value: PrintedValue, row: IndicatorRow | BudgetLine, figures: RowFigures, shape: Shape
) -> Iterable[str]:
    """Return what makes one value doubtful."""
    if value.inferred:
        yield "inferred_place"
    elif value.confidence < TRUSTED_OCR:
        yield "read_by_ocr"
    if holds_several(value.raw):
        yield "several_figures"
    if len(digit_runs(value.raw)) < len(digit_runs("\n".join(value.lines))):
        yield "joined_number"
    if is_unlike(value.raw) or is_status(printed_unit(value)):  # `75 Nej`: a verdict of the next column
        yield "words_for_value"
    if is_year(value.raw) and (_are_years(row) or not _is_near(value, figures)):
        yield "year_for_value"
    elif _is_far(value, figures):
        yield "out_of_line"
    if _is_impossible(value, row):
        yield "impossible_share"
    if _has_other_unit(value, figures):
        yield "unit_conflict"
    if _lacks_unit(value, row) and "no_unit" not in shape.layout.doubts:
        yield "no_unit"


def _lacks_unit(value: PrintedValue, row: IndicatorRow | BudgetLine) -> bool:
    """Whether an amount has no unit but what its cell may print, among rows that print theirs."""
    return isinstance(row, BudgetLine) and not (row.unit or value.unit)


def _is_impossible(value: PrintedValue, row: IndicatorRow | BudgetLine) -> bool:
    """Whether a share is over a hundred."""
    size = _number_of(value)
    return size is not None and size > 100 and is_share_label(label_of(row))


def printed_unit(value: PrintedValue) -> str:
    """Return what a cell of one number prints after it."""
    found = measured(value.raw)
    return found.unit if found else ""


def _has_other_unit(value: PrintedValue, figures: RowFigures) -> bool:
    """Whether a cell prints another unit than the row's other cells."""
    own = printed_unit(value)
    return bool(own) and figures.units[own] == 1 and len(figures.units) == 2


def _is_difference(value: PrintedValue) -> bool:
    return value.kind in ("variance", "effect")


def _number_of(value: PrintedValue) -> float | None:
    """Return the size of the number in a cell of one number."""
    found = measured(value.raw)
    return abs(float(found.value)) if found else None


def _are_years(row: IndicatorRow | BudgetLine) -> bool:
    """Whether all of several values are years: a header among the rows."""
    return len(row.values) > 1 and all(is_year(value.raw) for value in row.values)


def _is_near(value: PrintedValue, figures: RowFigures) -> bool:
    """Whether the row's other numbers are about as large."""
    size, usual = _number_of(value), figures.usual_beside(value)
    return size is not None and usual is not None and 0.5 < size / usual < 2


def _is_far(value: PrintedValue, figures: RowFigures) -> bool:
    """Whether a number is far from the row's others."""
    size, usual = _number_of(value), figures.usual_beside(value)
    if not size or usual is None or _is_difference(value):
        return False
    return not 1 / FAR < size / usual < FAR
