"""What a committee's operations cost net of income: the line that the sums of its operating summary end in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from schema.lexicon.money import is_surplus, side_in, statement_in

Row = dict[str, Any]

KEY = ("municipality", "net_committee", "period", "kind")
OPERATING, INCOME_STATEMENT = "operating", "income_statement"
DISAGREE = "two_bottom_lines"
"""The doubt about a net cost that two lines state differently; see `doubts.csv`."""


def net_cost_rows(statements: Iterable[Row]) -> Iterator[Row]:
    """Return a row for each committee, period and kind; the statements come sorted by these, the newest report first.

    The newest report that has a bottom line tells; where it has several that disagree, none does.
    """
    for _, group in groupby(statements, key=lambda row: tuple(str(row[name]) for name in KEY)):
        for _, stated in groupby(group, key=lambda row: str(row["document"])):
            candidates = bottom_lines(list(stated))
            if candidates:
                yield net_cost_row(candidates)
                break


def bottom_lines(stated: Sequence[Row]) -> list[Row]:
    """Return the lines of one report that sums end in, without those that stand as a line in another table's sum.

    Where its sums end in what is left over, or it has no operating summary, its net cost is the line that its costs and
    income come to.
    """
    operating = [row for row in stated if row["statement"] == OPERATING and row["part"] is None]
    nets = {row["value_id"] for row in operating if comes_of_both(row, operating)}
    found = [row for row in operating if row["is_bottom"] and is_net(row) and (tells(row) or row["value_id"] in nets)]
    inner = [row for row in operating if not row["is_bottom"]]
    kept = [row for row in found if not any(same_amount(row, line) and apart(row, line) for line in inner)]
    if found:
        return kept or found
    accounts = [row for row in stated if row["statement"] == INCOME_STATEMENT and row["part"] is None]
    sums = [row for row in accounts if row["is_sum"] and row["side"] == "net" and is_net(row)]
    return [row for row in operating if row["value_id"] in nets] or sums


def tells(row: Row) -> bool:
    """Tell whether a table's title or the line itself says that it is of spending: a note's sum is no bottom line."""
    title = statement_in(row["table_title"] or "")
    return (title is not None and title.statement == OPERATING) or side_in(row["line"]) == "net"


def comes_of_both(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether a line is what a line of costs and one of income in its table come to."""
    if not is_net(row) or not row["cost_sek"]:
        return False
    near = [other for other in rows if not apart(row, other) and other["cost_sek"]]
    costs = [other for other in near if other["side"] == "cost"]
    incomes = [other for other in near if other["side"] == "income"]
    sums = ((cost["cost_sek"] + income["cost_sek"], cost["step"]) for cost in costs for income in incomes)
    return any(abs(total - row["cost_sek"]) <= row["step"] / 2 + step for total, step in sums)


def is_net(row: Row) -> bool:
    """Tell whether a line's sign is proven and it is neither of one side nor of what is left over."""
    return row["cost_sek"] is not None and row["side"] in (None, "net") and not is_surplus(row["line"])


def apart(one: Row, other: Row) -> bool:
    """Tell whether two lines stand in different tables."""
    return str(one["row_id"]).rpartition(":")[0] != str(other["row_id"]).rpartition(":")[0]


def same_amount(one: Row, other: Row) -> bool:
    """Tell whether two lines state one amount, but for rounding."""
    if not one["cost_sek"] or other["cost_sek"] is None:
        return False
    return bool(abs(one["cost_sek"] - other["cost_sek"]) <= (one["step"] + other["step"]) / 2)


def net_cost_row(candidates: Sequence[Row]) -> Row:
    """Return the row of one committee, period and kind: the finest statement of its bottom line."""
    best = min(candidates, key=lambda row: float(row["step"]))
    agree = all(same_amount(best, row) or row["cost_sek"] == best["cost_sek"] for row in candidates)
    doubts = json.loads(best["doubts"] or "[]") + ([] if agree else [DISAGREE])
    place = ("line", "line_id", "document", "page", "value_id", "confidence")
    shared = ("municipality", "period", "kind", "year", "outcome_is", *place)
    return {name: best[name] for name in shared} | {
        "committee": best["net_committee"],
        "net_cost_sek": best["cost_sek"] if agree else None,
        "doubts": json.dumps(doubts, ensure_ascii=False),
    }
