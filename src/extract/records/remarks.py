"""What is said of tables that were read: readings that differ, unknown headers, figures that gave no record."""

from __future__ import annotations

from extract.records.columns import Column, Layout
from extract.records.sections import Place
from schema.layout import READS_OTHERWISE, Table
from schema.lexicon.figures import is_measured
from schema.problem import Problem, Severity

FEWEST_FIGURES = 3
"""Cells of figures in a table that ought to give a record."""


def no_data(table: Table, why: str) -> Problem:
    """Return what is told of a table that holds no data."""
    message = f"The table looks like {why}; its figures are in `cells` only."
    return Problem("records", "no_data", message, "info", page=table.page, table=table.number)


def nothing_read(table: Table) -> list[Problem]:
    """Return what is told of a table of figures whose columns or rows nothing names, so that it gave no record."""
    figures = [cell for cell in table.cells if cell.row not in table.header_rows and is_measured(cell.text.strip())]
    if len(figures) < FEWEST_FIGURES:
        return []
    return [no_data(table, "figures that no row or column names")]


def engine_problems(table: Table, place: Place) -> list[Problem]:
    """Return a problem for each reading that has other cells and was not followed."""
    return [
        Problem(
            stage="tables",
            code="engines_disagree",
            message=f"The table {place.title!r} can be read differently ({step}); the grid that was kept is "
            f"{'little better' if table.verdict == 'ok' else f'not sound either: {table.verdict}'}. "
            "Compare it with the page.",
            page=table.page,
            table=table.number,
        )
        for step in table.steps
        if READS_OTHERWISE in step
    ]


def header_problems(table: Table, layout: Layout, place: Place) -> list[Problem]:
    """Return a problem for each header word that no vocabulary knows, in a table that holds values."""
    unknown = [c for c in layout.columns if c.label and (c.role == "unknown" or "unknown_header" in c.doubts)]
    if not layout.values:
        return []
    return [
        _column_problem(
            "unknown_header",
            f"The header {column.label!r} of the table {place.title!r} is in no vocabulary; "
            "a row in header_words.csv teaches its words.",
            "warning" if column.is_value else "info",
            table,
            column,
        )
        for column in unknown
        if column.index != layout.label
    ]


def _column_problem(code: str, message: str, severity: Severity, table: Table, column: Column) -> Problem:
    """A finding about a whole column, placed at its header's first row."""
    return Problem(
        stage="tables",
        code=code,
        message=message,
        severity=severity,
        page=table.page,
        table=table.number,
        row=0,
        col=column.index,
        raw=column.label,
    )
