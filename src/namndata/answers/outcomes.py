"""Plan, budget, forecast and outcome of one line side by side, and by how much was overspent, in one sign for all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

Row = dict[str, Any]
Kinds = Mapping[str, Row]
"""The statement that counts for each kind."""

LINE = ("line_id", "part", "period")
SHARED = ("line_id", "part", "period", "municipality", "committee", "year", "table_key", "statement", "line", "parent",
          "is_total", "level")  # fmt: skip
SIDES = ("cost", "income", "net")
KINDS = ("plan", "budget", "forecast", "outcome", "variance")
SPENT = ("outcome", "forecast")
"""What a budget is compared with; the outcome comes first."""
UNPROVEN, CONTRADICTED, DERIVED = "unproven_sign", "failed_variance", "derived_net"
"""Doubts about an overspend; see `doubts.csv`."""


def outcome_rows(statements: Iterable[Row]) -> Iterator[Row]:
    """Return a row for each line, part, side and period; the statements come sorted by line, part and period."""
    for _, group in groupby(statements, key=lambda row: tuple(str(row[name]) for name in LINE)):
        rows = list(group)
        sides = {side: kinds_of(row for row in rows if (row["column_side"] or "net") == side) for side in SIDES}
        for side in SIDES:
            kinds = sides[side] = beside_outcome(sides[side], rows)
            derived = derived_outcome(sides) if side == "net" and "outcome" not in kinds else None
            if kinds:
                yield outcome_row(kinds, derived)


def kinds_of(statements: Iterable[Row]) -> dict[str, Row]:
    """Return the newest statement of each kind, and the oldest plan: what was planned first."""
    found: dict[str, Row] = {}
    for row in statements:
        if row["from_oldest" if row["kind"] == "plan" else "from_newest"] == 1:
            found[row["kind"]] = row
    return found


def beside_outcome(kinds: dict[str, Row], rows: Sequence[Row]) -> dict[str, Row]:
    """Return the statements with the budget of the outcome's own row, where it prints one, and its variance.

    A newer report may restate the budget rounded, or as it was made: the outcome was compared with its neighbour, and
    lines of one table would no longer come to their total if some of them were restated.
    """
    spent = next((kinds[kind] for kind in SPENT if kind in kinds), None)
    if spent is None:
        return kinds
    own = [row for row in rows if same_row(row, spent) and row["column_side"] == spent["column_side"]]
    own.sort(key=lambda row: -row["from_newest"])  # of several the one that counts is last
    mates = {row["kind"]: row for row in own}
    compared = {kind: mates[kind] for kind in ("budget", "variance") if kind in mates}
    return kinds | compared if "budget" in compared else kinds


def derived_outcome(sides: Mapping[str, Kinds]) -> Row | None:
    """Return the net outcome of a line whose report prints cost and income apart and only the budget as net.

    Without income the cost is taken for the net only where the printed variance bears it out.
    """
    cost, income = sides["cost"].get("outcome"), sides["income"].get("outcome")
    if cost is None or cost["cost_sek"] is None or "budget" not in sides["net"]:
        return None
    if income is not None and income["cost_sek"] is not None:
        return cost | {"cost_sek": cost["cost_sek"] + income["cost_sek"], "amount_sek": None}
    variance = sides["net"].get("variance")
    if variance is None or variance["amount_sek"] is None:
        return None
    bare = cost | {"amount_sek": None}
    return bare if agrees(overspent(bare, sides["net"]["budget"]), variance, bare) else None


def outcome_row(kinds: Kinds, derived: Row | None) -> Row:
    """Return the row of one line, side and period."""
    shown = dict(kinds) | ({"outcome": derived} if derived else {})
    spent = next((shown[kind] for kind in SPENT if kind in shown), None)
    budget, variance = shown.get("budget"), shown.get("variance")
    overspend = overspent(spent, budget)
    held = agrees(overspend, variance, spent) if same_row(spent, variance) and same_row(budget, variance) else None
    doubts = [*doubts_of(shown.values()), *doubts_of_overspend(spent, budget, held, derived)]
    newest = spent or budget or next(iter(shown.values()))
    return {
        **{name: newest[name] for name in SHARED},
        "side": newest["side"] if derived is None else "net",
        **{f"{kind}_sek": amount(shown, kind, "amount_sek") for kind in KINDS},
        "plan_document": amount(shown, "plan", "document"),
        "budget_cost_sek": amount(shown, "budget", "cost_sek"),
        "spent_cost_sek": spent["cost_sek"] if spent else None,
        "outcome_is": spent["outcome_is"] if spent else None,
        "overspend_sek": overspend,
        "variance_agrees": held,
        "outcome_less_budget_sek": printed_difference(shown),
        "document": newest["document"],
        "page": newest["page"],
        "confidence": min(row["confidence"] for row in shown.values()),
        "doubts": json.dumps(list(dict.fromkeys(doubts)), ensure_ascii=False),
    }


def amount(shown: Kinds, kind: str, column: str) -> Any:
    """Return what is stated of a kind, or nothing."""
    return shown[kind][column] if kind in shown else None


def overspent(spent: Row | None, budget: Row | None) -> float | None:
    """Return how much more was spent, or less earned, than budgeted; None where a sign is not proven."""
    if spent is None or budget is None or spent["cost_sek"] is None or budget["cost_sek"] is None:
        return None
    return float(round(spent["cost_sek"] - budget["cost_sek"], 2))


def agrees(overspend: float | None, variance: Row | None, spent: Row | None) -> int | None:
    """Tell whether a printed variance is as large as the overspend, but for rounding: half a unit of each figure."""
    if overspend is None or variance is None or spent is None or variance["amount_sek"] is None:
        return None
    tolerance = variance["step"] / 2 + spent["step"] + 1e-6 * abs(overspend) + 0.01
    return int(abs(abs(overspend) - abs(variance["amount_sek"])) <= tolerance)


def same_row(one: Row | None, other: Row | None) -> bool:
    """Tell whether two statements stand in one printed row."""
    return one is not None and other is not None and one["row_id"] == other["row_id"]


def doubts_of(statements: Iterable[Row]) -> list[str]:
    """Return the doubts about the statements themselves."""
    return [doubt for row in statements for doubt in json.loads(row["doubts"] or "[]")]


def doubts_of_overspend(spent: Row | None, budget: Row | None, held: int | None, derived: Row | None) -> list[str]:
    """Return why an overspend is null or doubtful."""
    found = []
    if spent and budget and overspent(spent, budget) is None:
        found.append(UNPROVEN)
    if held == 0:
        found.append(CONTRADICTED)
    if derived:
        found.append(DERIVED)
    return found


def printed_difference(shown: Kinds) -> float | None:
    """Return outcome less budget as they are printed, whatever their sign means."""
    outcome, budget = amount(shown, "outcome", "amount_sek"), amount(shown, "budget", "amount_sek")
    return None if outcome is None or budget is None else outcome - budget
