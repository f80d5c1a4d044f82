"""Money tables → one record a line, as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.records.columns import Layout
from extract.records.rows import Row, join_continued_labels, table_rows
from extract.records.sections import Place
from extract.records.shape.header_rows import header_labels
from extract.records.shape.parents import find_parents
from schema.layout import Block, Item, Table
from schema.lexicon.labels import is_part_label, is_total_label, unit_of_amounts
from schema.lexicon.units import (
    names_thousands,
    power_of_money,
    printed_money_unit,
    prints_percent,
    ratio_unit,
    states_percent,
)
from schema.lexicon.values import opens_like_value
from schema.printed import BudgetLine, PrintedValue

OWN_UNITS = 0.5
"""Share of the rows that print a unit from which each row has its own; where a few do, they are the exceptions."""
AMOUNT_KINDS = {"budget", "plan", "outcome", "forecast", "variance", "effect"}


def read_budgets(table: Table, layout: Layout, place: Place, *, unit: str | None) -> list[BudgetLine]:
    """Return the table's lines; `unit` is the report's own, for a table that states none."""
    rows = [row for row in join_continued_labels(table_rows(table, layout)) if row.label or row.values]
    return budget_records(_with_split_labels(rows), table, place, unit=unit, group=layout.group)


def budget_records(
    rows: list[Row], table: Table, place: Place, *, unit: str | None, group: str | None = None
) -> list[BudgetLine]:
    """Return one record a row, under the line that it is part of; `group` is what the first rows belong to."""
    parents = [_clean(parent) if parent else None for parent in find_parents(rows, group=group)]
    stated = unit_of_table(table, place)
    unit = stated.unit or (None if stated.is_by_row else unit)
    first = next((row.index for row in rows if row.values), None)
    return [
        _line(row, parent, unit, table, place, is_first=row.index == first)
        for row, parent in zip(rows, parents, strict=True)
        if row.label
    ]


@dataclass(frozen=True, slots=True)
class StatedUnit:
    """What a money table says of the unit of its amounts."""

    unit: str | None
    is_by_row: bool = False
    """Most rows print their own unit; a row without one then has none."""


def unit_of_table(table: Table, place: Place) -> StatedUnit:
    """Return the unit of money that a table's header, title or line above prints, or most labels that print one."""
    headers = header_labels(table)
    stated = (
        printed_money_unit(" ".join(headers))
        or printed_money_unit(place.title)
        or place.unit
        or ratio_unit(" ".join(headers[:1]))
    )
    if stated:
        return StatedUnit(stated)
    if _states_units_by_row(table):
        return StatedUnit(None, is_by_row=True)
    words = (cell.text for cell in table.cells if not opens_like_value(cell.text) and names_thousands(cell.text))
    in_labels = Counter(filter(None, map(printed_money_unit, words)))
    return StatedUnit(next((unit for unit, _ in in_labels.most_common(1)), None))


def units_of_tables(placed: Sequence[tuple[Item, Place]]) -> Counter[str]:
    """Return the units of money that tables of a report print, and how many print each."""
    stated = (unit_of_table(item, place).unit for item, place in placed if isinstance(item, Table))
    return Counter(unit for unit in stated if unit)


def are_several(units: Iterable[str]) -> bool:
    """Whether some tables of a report print thousands or more of money and others another power."""
    return len({power for unit in units if (power := power_of_money(unit))}) > 1


def usual_unit(units: Counter[str], placed: Sequence[tuple[Item, Place]]) -> str | None:
    """Return the unit of money that most tables of a report print, else the first that its text states of amounts."""
    told = (unit_of_amounts(item.text) for item, _ in placed if isinstance(item, Block))
    return next((unit for unit, _ in units.most_common()), None) or next(filter(None, told), None)


def unit_of_label(label: str) -> str | None:
    """Return the unit of a line that its label prints: money, money for each of something, or a share."""
    return ratio_unit(label) or printed_money_unit(label) or ("%" if states_percent(label) else None)


def _states_units_by_row(table: Table) -> bool:
    """Whether most rows print their own unit, and not all the same."""
    headers = set(table.header_rows)
    first: dict[int, str] = {}
    for cell in sorted(table.cells, key=lambda cell: cell.col):
        if cell.row not in headers and cell.text.strip() and not opens_like_value(cell.text):
            first.setdefault(cell.row, cell.text)
    rows = {c.row for c in table.cells if c.row in first and opens_like_value(c.text) and c.text.strip()}
    units = [unit for row in rows if (unit := unit_of_label(first[row]))]
    return len(set(units)) > 1 and len(units) >= OWN_UNITS * len(rows)


def _line(row: Row, parent: str | None, unit: str | None, table: Table, place: Place, *, is_first: bool) -> BudgetLine:
    percent = bool(row.values) and all(prints_percent(value.raw) for value in row.values)
    return BudgetLine(
        table=table.number,
        table_title=place.title,
        line=_clean(row.label),
        row=row.index,
        unit="%" if percent else (unit_of_label(row.label) or unit),
        values=tuple(_amount(value) for value in row.values),
        parent=parent,
        is_total=is_total_label(row.label, bare=not is_first),
        markers=row.label_cell.markers if row.label_cell else (),
        page=row.page,
    )


def _amount(value: PrintedValue) -> PrintedValue:
    """Return the value with a kind that amounts have; a target in a money table is a budget."""
    return value if value.kind in AMOUNT_KINDS else replace(value, kind="budget")


def _clean(label: str) -> str:
    """Return a label without the sign that announces its parts."""
    return label.rstrip(";: ")


def _with_split_labels(rows: list[Row]) -> list[Row]:
    """Join a label that goes on in the next row, where only the last part carries the amounts."""
    joined: list[Row] = []
    for row in rows:
        above = joined[-1] if joined else None
        if above and not above.values and row.values and row.label[:1].islower() and not is_part_label(row.label):
            joined[-1] = replace(row, label=f"{above.label} {row.label}")
        else:
            joined.append(row)
    return joined
