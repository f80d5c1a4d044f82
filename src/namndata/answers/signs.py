"""Which way a money table counts: whether a plus is money spent, for its costs, its income and what is left of both.

A sign is claimed only where words or arithmetic prove it: what lines are called, sums of cost and income, or variances
that hold. Swedish reports print costs with a plus or a minus, income with either, and a variance with a plus where
money is left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from namndata.answers.lines import MoneyTable
from schema.lexicon.money import is_surplus, side_in
from schema.records import BudgetValue

STOCKS = ("budget", "plan", "outcome", "forecast")
"""Kinds of amounts that are money spent or earned; variances and effects are differences."""
WITHOUT_SPENDING = ("balance_sheet", "cash_flow", "fees", "other")
"""Statements whose amounts are no cost of a year."""
MOST = 0.75
"""Share of a table's money that must have one sign to tell how it prints it: refunds and corrections are smaller."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What an amount is multiplied by so that money spent has a plus, and what proves it."""

    factor: int
    proof: str
    """`words`, `sums` or `differences`."""


Signs = dict[str, Sign]
"""By class: `cost`, `income`, `net`, or `surplus` for lines of what is left over."""


def class_of(value: BudgetValue, side: str | None) -> str:
    """Return which lines of a table are printed with one sign."""
    if side in ("cost", "income"):
        return side
    return "surplus" if is_surplus(value.line) else "net"


def signs_of(table: MoneyTable) -> Signs:
    """Return the proven signs of a table."""
    if table.statement.statement in WITHOUT_SPENDING:
        return {}
    figures: dict[str, list[float]] = defaultdict(list)
    for number, value in enumerate(table.amounts):
        if value.kind in STOCKS and value.amount_sek:
            figures[class_of(value, table.sides[number])].append(value.value)
    signs = signs_of_sides(figures)
    signs |= signs_by_sums(table, signs)
    if "net" in figures and "net" not in signs:
        net = sign_of_nets(table, figures["net"], signs)
        signs |= {"net": net} if net else {}
    if "surplus" in figures and "surplus" not in signs:
        signs["surplus"] = Sign(-1, "words")
    return signs


def signs_of_sides(figures: dict[str, list[float]]) -> Signs:
    """Return the signs of costs and income: whichever most of them are printed with."""
    signs: Signs = {}
    for side, spent in (("cost", 1), ("income", -1)):
        printed = most_are(figures.get(side, []))
        if printed:
            signs[side] = Sign(printed * spent, "words")
    return signs


def most_are(figures: list[float]) -> int:
    """Return the sign of nearly all money, or 0."""
    plus, whole = sum(figure for figure in figures if figure > 0), sum(map(abs, figures))
    if not whole or (1 - MOST) * whole < plus < MOST * whole:
        return 0
    return 1 if 2 * plus > whole else -1


def signs_by_sums(table: MoneyTable, known: Signs) -> Signs:
    """Return the signs of nets that come to their costs and income; each sum that tells is a vote."""
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for check in table.sums:
        numbers = [table.at.get(cell) for cell in check.cells]
        total, *terms = (number for number in numbers if number is not None)
        if len(terms) + 1 < len(numbers) or not terms:
            continue
        classes = [class_of(table.amounts[number], table.sides[number]) for number in terms]
        whole = class_of(table.amounts[total], table.sides[total])
        if whole in ("net", "surplus") and set(classes) <= known.keys():
            spent = sum(
                known[each].factor * table.amounts[number].value for number, each in zip(terms, classes, strict=True)
            )
            if spent and table.amounts[total].value:
                votes[whole][1 if spent * table.amounts[total].value > 0 else -1] += 1
    return {name: Sign(ways.most_common(1)[0][0], "sums") for name, ways in votes.items() if len(ways) == 1}


def sign_of_nets(table: MoneyTable, figures: list[float], signs: Signs) -> Sign | None:
    """Return the sign of lines of neither side: that of signed costs, of words, or of variances that hold."""
    cost, income, most = signs.get("cost"), signs.get("income"), most_are(figures)
    if cost and (cost.factor == -1 or (income and income.factor == 1)):
        return Sign(cost.factor, cost.proof)
    if not most:
        return None
    nets = [value for number, value in enumerate(table.amounts) if table.sides[number] == "net"]
    if table.statement.is_spending or any(names_net_cost(value) for value in nets):
        return Sign(most, "words")
    variance = table.convention.variance if table.convention else None
    if variance == ("budget_less_outcome" if most > 0 else "outcome_less_budget"):
        return Sign(most, "differences")
    return None


def names_net_cost(value: BudgetValue) -> bool:
    """Tell whether a line, header or title names what is left of costs after income."""
    texts = (value.line, value.column_label, value.table_title or "")
    return any(side_in(text) == "net" and not is_surplus(text) for text in texts)
