"""What each number of a table is, where it is another thing than most of them: money among counts, counts among money.

A column's own unit decides before its row's, and both before what the table holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from extract.records.columns import Column, Layout
from schema.lexicon.labels import is_share_label, is_total_label
from schema.lexicon.units import is_share_unit, money_unit, names_thousands, states_percent
from schema.lexicon.words import words
from schema.printed import BudgetLine, IndicatorRow, PrintedValue

Nature = Literal["money", "count", "share"]
AMOUNTS = frozenset({"budget", "plan", "outcome", "forecast", "variance", "effect"})
"""Kinds of amounts; what is aimed at is their budget."""
CHANGES = frozenset({"variance", "effect"})
"""Kinds that a title or a group tells of: under *Förändringar i ram*, *Volymer* is why an amount is another."""


def nature_of_column(column: Column) -> Nature | None:
    """Return what a column's own header says that its numbers are, None where it does not say."""
    if column.unit is None:
        is_told = column.kind == "effect" or (column.is_silent and column.kind in CHANGES)
        return "count" if not is_told and any(reading.role == "volume" for reading in column.readings) else None
    if money_unit(column.unit):
        return "money"
    return "share" if is_share_unit(column.unit) else "count"


def nature_of_label(label: str) -> Nature | None:
    """Return what a row's label says that its numbers are; kronor may be a price, thousands of them are an amount."""
    if names_thousands(label):
        return "money"
    if states_percent(label) or is_share_label(label):
        return "share"
    return "count" if words("guards", guard="measure", code="count").opening(label) else None


def counts_and_more(title: str) -> bool:
    """Return whether a title names a count, whatever it names beside it."""
    return words("guards", guard="measure", code="count").find(title) is not None


def counts_apart(lines: Iterable[BudgetLine], layout: Layout) -> tuple[list[BudgetLine], list[IndicatorRow]]:
    """Return the lines of a money table with their amounts, and the rows of what is counted beside them."""
    amounts: list[BudgetLine] = []
    counts: list[IndicatorRow] = []
    apart = {"count"} if _holds_amounts(layout) else {"count", "share"}
    for line in lines:
        money, other = _parted(line.values, line.line, layout, lambda nature: nature not in apart)
        counts += [_counted(line, other)] if other else []
        amounts += [replace(line, values=money)] if money or not other else []
    return amounts, counts


def _holds_amounts(layout: Layout) -> bool:
    """Whether a column may hold amounts: beside counts alone (*ton*), shares are shares of what is counted."""
    natures = {nature_of_column(column) for column in layout.values}
    return "count" not in natures or bool(natures - {"count", "share"})


def amounts_apart(rows: Iterable[IndicatorRow], layout: Layout) -> tuple[list[IndicatorRow], list[BudgetLine]]:
    """Return the rows of a table of counts, and the lines of the amounts beside them."""
    counts: list[IndicatorRow] = []
    amounts: list[BudgetLine] = []
    for row in rows:
        money, other = _parted(row.values, row.indicator, layout, lambda nature: nature == "money")
        amounts += [_line_of(row, money)] if money else []
        counts += [replace(row, values=other)] if other or not money else []
    return counts, amounts


def _parted(
    values: Sequence[PrintedValue], label: str, layout: Layout, is_money: Callable[[Nature | None], bool]
) -> tuple[tuple[PrintedValue, ...], tuple[PrintedValue, ...]]:
    """Return a row's values that are money, and the others."""
    of_row = nature_of_label(label)
    natures = {column.index: nature_of_column(column) or of_row for column in layout.values}
    money = tuple(value for value in values if is_money(natures.get(value.col)))
    return money, tuple(value for value in values if not is_money(natures.get(value.col)))


def _counted(line: BudgetLine, values: tuple[PrintedValue, ...]) -> IndicatorRow:
    return IndicatorRow(
        category="volume",
        table=line.table,
        table_title=line.table_title,
        indicator=line.line,
        row=line.row,
        values=values,
        parent=line.parent,
        markers=line.markers,
        page=line.page,
    )


def _line_of(row: IndicatorRow, values: tuple[PrintedValue, ...]) -> BudgetLine:
    amounts = (value if value.kind in AMOUNTS else replace(value, kind="budget") for value in values)
    return BudgetLine(
        table=row.table,
        table_title=row.table_title,
        line=row.indicator,
        row=row.row,
        unit=money_unit(row.indicator),
        values=tuple(amounts),
        parent=row.parent,
        is_total=is_total_label(row.indicator),
        markers=row.markers,
        page=row.page,
    )
