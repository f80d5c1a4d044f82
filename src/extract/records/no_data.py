"""What holds no data: lists of contents, lines run over the pages, charts; and in text, figures that may be joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from extract.records.cell_doubts import label_of
from extract.records.columns import Layout
from schema.layout import Content, Table
from schema.lexicon.figures import is_count, is_figure, longest_grouping, measured
from schema.lexicon.numbers import without_figures
from schema.printed import BudgetLine, IndicatorRow, PrintedValue
from schema.problem import Problem

FEWEST_CHAPTERS = 3
"""Rows of a list of contents; two numbers ascend by chance."""
MOST_DIGITS = 3
"""Digits of a page number."""
RUNNING = 3
"""Pages on which a table comes again with other figures alone; a table that goes on has other labels."""
FEWEST_GROUPS = 3
"""Groups of figures in a number that may as well be several: `141 150 146`."""
SURELY_SEVERAL = 4
"""Groups of figures that no number has in a row with empty columns."""
PEER = 1000
"""How many times smaller a row's other numbers may be."""

R = TypeVar("R", bound=IndicatorRow | BudgetLine)


def tables_without_data(content: Content) -> dict[int, str]:
    """Return why a table holds no data, by its number."""
    contents = {table.number: "a list of contents" for table in content.tables if _is_contents(table)}
    return contents | dict.fromkeys(_running(content.tables), "a line that runs over the pages")


def _is_contents(table: Table) -> bool:
    """Whether a table lists titles, each with a page number that never falls."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell.text.strip())
    numbered = [row for row in rows.values() if len(row) > 1]
    if len(numbered) < FEWEST_CHAPTERS or any(len(row) != 2 or is_count(row[0], most=MOST_DIGITS) for row in numbered):
        return False
    if not all(is_count(row[1], most=MOST_DIGITS) for row in numbered):
        return False
    pages = [int(row[1]) for row in numbered]
    return all(first <= then for first, then in pairwise(pages)) and pages[0] < pages[-1]


def _running(tables: Iterable[Table]) -> set[int]:
    """Return the tables whose words come again on several pages, with other figures at the most."""
    shapes = {table.number: _shape(table) for table in tables}
    pages = Counter(shape for shape, _ in {(shapes[table.number], table.page) for table in tables if table.page})
    return {number for number, shape in shapes.items() if pages[shape] >= RUNNING}


def _shape(table: Table) -> tuple[tuple[int, int, str], ...]:
    return tuple((cell.row, cell.col, without_figures(cell.text)) for cell in table.cells if cell.text.strip())


def has_figures_for_header(layout: Layout) -> bool:
    """Whether the headers of all values are figures that are no times, as on an axis; years may be short."""
    values = layout.values
    if not values or not all(is_figure(column.label) and column.reading.time.is_empty for column in values):
        return False
    years = [int(column.label) for column in values if is_count(column.label, most=2)]
    return len(years) < len(values) or len(years) < 2 or any(then - first != 1 for first, then in pairwise(years))


def without_joined(rows: Sequence[R], table: Table, layout: Layout) -> tuple[list[R], list[Problem]]:
    """Return a table's records without values that may be several figures, and what is told of them.

    A long number is one where others of its row are about as long, or where all of a whole row are.
    """
    columns = len(layout.values)
    whole = [row.values for row in rows if len(row.values) == columns]
    if table.engine != "flow" or columns < 2 or any(all(map(_groups_of, values)) for values in whole):
        return list(rows), []
    kept: list[R] = []
    problems: list[Problem] = []
    for row in rows:
        joined = [v for v in row.values if _may_be_joined(v, row.values, is_whole=len(row.values) == columns)]
        problems += [_problem(row, value, table) for value in joined]
        kept.append(replace(row, values=tuple(v for v in row.values if v not in joined)) if joined else row)
    return kept, problems


def _may_be_joined(value: PrintedValue, values: Sequence[PrintedValue], *, is_whole: bool) -> bool:
    groups = _groups_of(value)
    if not groups or (groups >= SURELY_SEVERAL and not is_whole):
        return bool(groups)
    sizes = [_size_of(other) for other in values if other is not value]
    return all(size * PEER < _size_of(value) for size in sizes)


def _groups_of(value: PrintedValue) -> int:
    """How many groups of figures a value's longest number has, where they are many; else 0."""
    groups = len(longest_grouping(value.raw))
    return groups if groups >= FEWEST_GROUPS else 0


def _size_of(value: PrintedValue) -> float:
    """The size of a value's longest number, or of its only one."""
    groups = longest_grouping(value.raw)
    found = measured(value.raw)
    return float("".join(groups)) if groups else abs(float(found.value)) if found else 0.0


def _problem(row: IndicatorRow | BudgetLine, value: PrintedValue, table: Table) -> Problem:
    message = (
        f"The text does not tell in which columns the figures of '{label_of(row)}' stand; they are kept in"
        " `cells` and state no value. Take the report as PDF or Word, or look them up there."
    )
    return Problem(
        "records", "unknown_columns", message, table=table.number, row=value.row, col=value.col, raw=value.raw
    )
