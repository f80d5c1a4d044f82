"""What rows of figures prove of their columns: that one is the difference of two others, or that totals hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from extract.raw.figures import ROUNDING, to_number
from extract.raw.headers.model import HeaderColumn
from extract.raw.lines import Line
from schema.lexicon.figures import printed_places
from schema.lexicon.labels import is_total_label

FEWEST_PROVING = 3
"""Rows in which a difference must hold to prove anything."""
MOST_TERMS = 80
"""Rows that one total adds up."""
OUTCOMES = frozenset({"outcome", "forecast"})


def proven(rows: Sequence[Sequence[Line]], labels: Sequence[str]) -> bool:
    """Whether one column is the difference of two others in each row, or a total is the sum of the rows above it."""
    numbers = [[to_number(cell.text) for cell in row] for row in rows]
    full = [[value for value in row if value is not None] for row in numbers]
    if len(full) < FEWEST_PROVING or any(len(row) < len(rows[0]) for row in full):
        return False
    columns = list(zip(*full, strict=True))
    slack = ROUNDING * _unit(rows)
    varied = [column for column in columns if any(column)]
    differs = any(
        all(abs(abs(a - b) - abs(c)) <= slack for a, b, c in zip(*three, strict=True))
        for three in combinations(varied, 3)
    )
    terms = len(full) / 2 * _unit(rows)
    return differs or (
        is_total_label(labels[-1]) and all(abs(sum(column[:-1]) - column[-1]) <= terms for column in columns)
    )


def adds_up(rows: Sequence[Sequence[Line]]) -> bool:
    """Whether some row is the sum of rows right above it in every column: rows read in another order never are."""
    counts = zip(rows, terms_of(rows), strict=True)
    return any(count > 1 and len({abs(to_number(f.text) or 0.0) for f in row} - {0.0}) > 1 for row, count in counts)


def terms_of(rows: Sequence[Sequence[Line]]) -> list[int]:
    """For each row how many rows, or totals, right above it add up to it in every column; 0 where none do."""
    numbers = [[to_number(cell.text) or 0.0 for cell in row] for row in rows]
    unit = _unit(rows)
    counts: list[int] = []
    for at, total in enumerate(numbers):
        above = range(at - 1, max(at - MOST_TERMS, 0) - 1, -1)
        totals = [i for i in above if counts[i]]
        counts.append(
            _terms(total, [numbers[i] for i in above], unit) or _terms(total, [numbers[i] for i in totals], unit)
        )
    return counts


def _terms(total: Sequence[float], above: Sequence[Sequence[float]], unit: float) -> int:
    """How many of the rows above, from the nearest, add up to a total within half a unit a term."""
    added = [0.0] * len(total)
    for count, row in enumerate(above, 1):
        added = [a + b for a, b in zip(added, row, strict=True)]
        if all(abs(a - b) <= (count + 1) / 2 * unit for a, b in zip(added, total, strict=True)):
            return count
    return 0


def _unit(rows: Sequence[Sequence[Line]]) -> float:
    """The last printed place of the figures."""
    return 10.0 ** -min((printed_places(cell.text) for row in rows for cell in row if "," in cell.text), default=0)


def differs(row: Sequence[Line], columns: Sequence[HeaderColumn]) -> bool | None:
    """Whether a row's variance is the difference of a budget and an outcome; None where the header names none."""
    at = [to_number(cell.text) for cell in row]
    variance = next((i for i, column in enumerate(columns) if column.kind == "variance"), None)
    if variance is None or at[variance] is None or "%" in row[variance].text:
        return None
    budgets = [a for a, column in zip(at, columns, strict=True) if column.kind == "budget" and a is not None]
    outcomes = [a for a, column in zip(at, columns, strict=True) if column.kind in OUTCOMES and a is not None]
    if not budgets or not outcomes:
        return None
    target, slack = abs(at[variance] or 0.0), ROUNDING * _unit([row])
    return any(abs(abs(b - o) - target) <= slack for b in budgets for o in outcomes)
