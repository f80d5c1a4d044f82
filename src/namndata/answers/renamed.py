"""Net costs that a later report states otherwise under another name: no line is followed from one to the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from namndata.answers.bottom import KEY, bottom_lines, net_cost_row, same_amount

Row = dict[str, Any]

RENAMED = "other_name"
"""The doubt about such a revision; see `doubts.csv`."""
MOST_REVISED = 0.1
"""Share by which a net cost is revised: sums that differ by more end in other things, such as a part of a committee.
Of those of one committee the largest change between two reports was 0.2 %."""


def net_cost_revisions(statements: Iterable[Row]) -> Iterator[Row]:
    """Return a row for each committee, period and kind whose bottom line has two names and two amounts.

    The statements are those of the net costs, in their order.
    """
    for _, group in groupby(statements, key=lambda row: tuple(str(row[name]) for name in KEY)):
        reports = groupby(sorted(group, key=report_of), key=report_of)
        ends = [row for _, stated in reports if (row := bottom_line(list(stated)))]
        if len(ends) > 1 and is_renamed(ends[0], ends[-1]):
            yield revision_of(ends)


def report_of(row: Row) -> tuple[str, str]:
    """Return what orders reports: when they were written."""
    return str(row["edition"] or ""), str(row["document"])


def bottom_line(stated: Sequence[Row]) -> Row | None:
    """Return what one report's sums end in; None where lines disagree."""
    candidates = bottom_lines(stated)
    if not candidates:
        return None
    best = net_cost_row(candidates)
    line = next(row for row in candidates if row["value_id"] == best["value_id"])
    return line if best["net_cost_sek"] is not None else None


def is_renamed(oldest: Row, newest: Row) -> bool:
    """Tell whether two lines of other names state net costs that differ by more than rounding, but are of one thing."""
    change = abs(newest["cost_sek"] - oldest["cost_sek"])
    near = MOST_REVISED * abs(oldest["cost_sek"])
    return oldest["line_id"] != newest["line_id"] and not same_amount(oldest, newest) and change <= near


def revision_of(ends: Sequence[Row]) -> Row:
    """Return the revision of a net cost, from the oldest report to the newest."""
    oldest, newest = ends[0], ends[-1]
    doubts = [*json.loads(newest["doubts"] or "[]"), RENAMED]
    shared = ("line_id", "line", "part", "side", "kind", "period", "year", "municipality", "committee")
    return {name: newest[name] for name in shared} | {
        "oldest_sek": oldest["amount_sek"],
        "newest_sek": newest["amount_sek"],
        "oldest_document": oldest["document"],
        "newest_document": newest["document"],
        "documents": len({row["document"] for row in ends}),
        "confidence": min(row["confidence"] for row in ends),
        "doubts": json.dumps(doubts, ensure_ascii=False),
        "change": "revised",
    }
