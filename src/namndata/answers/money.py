"""What each printed amount states, the same in every report: of which statement, side and level, and what was spent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from namndata.answers.lines import MoneyTable, money_tables_of
from namndata.answers.signs import STOCKS, WITHOUT_SPENDING, Signs, class_of, signs_of
from schema.records import BudgetValue
from schema.result import DocumentResult


@dataclass(frozen=True, slots=True)
class Money:
    """What an amount states."""

    statement: str
    side: str | None
    column_side: str | None
    """The side that the column is of, where a table has columns of several."""
    level: int
    is_sum: bool
    """Sums that hold come to it."""
    is_bottom: bool
    """The table's sums end in it."""
    cost_sek: float | None
    """Money spent has a plus, whatever the report prints; None where nothing proves how it counts."""
    sign_from: str | None
    """What proves it: `words`, `sums` or `differences`."""


def money_of(result: DocumentResult) -> dict[int, Money]:
    """Return what each amount of a report states, by the identity of its record."""
    return {key: money for table in money_tables_of(result) for key, money in money_of_table(table)}


def money_of_table(table: MoneyTable) -> Iterator[tuple[int, Money]]:
    """Return what each amount of a table states."""
    signs = signs_of(table)
    for number, value in enumerate(table.amounts):
        side, statement = table.sides[number], table.statement_of(value)
        cost, proof = cost_of(value, side, signs) if statement not in WITHOUT_SPENDING else (None, None)
        yield (
            id(value),
            Money(
                statement=statement,
                side=side,
                column_side=table.column_sides.get(value.col),
                level=table.levels[value.row],
                is_sum=value.row in table.sum_rows,
                is_bottom=value.row in table.bottom_rows,
                cost_sek=cost,
                sign_from=proof,
            ),
        )


def cost_of(value: BudgetValue, side: str | None, signs: Signs) -> tuple[float | None, str | None]:
    """Return what was or is to be spent, and what proves it; a difference is no cost, zero is so anyway."""
    sign = signs.get(class_of(value, side))
    if value.amount_sek is None or value.kind not in STOCKS:
        return None, None
    if sign is None:
        return (0.0, None) if not value.amount_sek else (None, None)
    return float(sign.factor * value.amount_sek) + 0.0, sign.proof
