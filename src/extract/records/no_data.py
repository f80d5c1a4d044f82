"""Tables that hold no data: lists of contents, lines that run over the pages, charts whose headers are figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from extract.records.columns import Layout
from schema.layout import Content, Table
from schema.lexicon.figures import is_count, is_figure
from schema.lexicon.numbers import without_figures

FEWEST_CHAPTERS = 3
"""Rows of a list of contents; two numbers ascend by chance."""
MOST_DIGITS = 3
"""Digits of a page number."""
RUNNING = 3
"""Pages on which a table comes again with other figures alone; a table that goes on has other labels."""


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
