"""Sums, parts, differences: do the figures of a money table agree with each other?

A failed check is a finding about the report. The printed figures are never changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from schema.problem import Check, Problem
from schema.records import BudgetValue
from schema.vocabulary import read_rows

NEAR_MISS = 0.05
"""A total that no set of lines comes to is a wrong sum where the nearest is within this share of it;
where all are farther off, the table is built otherwise and nothing is claimed."""
FEWEST_ROWS = 2
"""A variance column is checked where at least this many rows, and half of all, agree on what it is."""
COMPARED = ("outcome", "forecast")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a money table: its amounts by column."""

    row: int
    label: str
    parent: str | None
    is_total: bool
    amounts: dict[int, BudgetValue]


@dataclass(frozen=True)
class MoneyTable:
    """The lines of a money table, in order."""

    number: int
    lines: tuple[Line, ...]

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """The columns that hold amounts."""
        return tuple(sorted({column for line in self.lines for column in line.amounts}))

    @cached_property
    def kinds(self) -> dict[int, str]:
        """The kind of amount that each column holds."""
        return {column: value.kind for line in self.lines for column, value in line.amounts.items()}

    def parts_of(self, line: Line) -> tuple[Line, ...]:
        """The *varav* lines of a line: those that name it as parent, up to the next line of its own rank."""
        return tuple(part for part in self.lines if not part.is_total and self.whole_of(part) is line)

    def whole_of(self, part: Line) -> Line | None:
        """The nearest line above that a line is part of, where it has amounts of its own."""
        above = [line for line in self.lines if line.row < part.row and line.label == part.parent]
        return above[-1] if above and above[-1].amounts else None

    def ordinary(self) -> tuple[Line, ...]:
        """Lines that totals are made of: neither totals nor parts of another line."""
        return tuple(line for line in self.lines if not line.is_total and self.whole_of(line) is None)


def check_amounts(values: Iterable[BudgetValue]) -> tuple[tuple[Check, ...], tuple[Problem, ...]]:
    """Check every money table; return the checks, and a remark for each total that could not be placed."""
    checks: list[Check] = []
    remarks: list[Problem] = []
    for table in money_tables(values):
        for total in table.lines:
            if total.is_total and total.amounts:
                found = check_total(table, total)
                checks.extend(found)
                if not found and any(line.row < total.row and line.amounts for line in table.lines):
                    remarks.append(unplaced_total(table, total))
        checks.extend(check_parts(table))
        checks.extend(check_frames(table))
        checks.extend(check_variances(table))
    return tuple(checks), tuple(remarks)


def money_tables(values: Iterable[BudgetValue]) -> Iterator[MoneyTable]:
    """Gather values into tables and lines; values without a place in a table are left out."""
    tables: dict[int, dict[int, list[BudgetValue]]] = defaultdict(lambda: defaultdict(list))
    for value in values:
        if value.table is not None and value.row is not None and value.col is not None:
            tables[value.table][value.row].append(value)
    for number, rows in sorted(tables.items()):
        yield MoneyTable(number, tuple(line_of(row, rows[row]) for row in sorted(rows)))


def line_of(row: int, values: Sequence[BudgetValue]) -> Line:
    """Return a row's values as a line."""
    first = values[0]
    amounts = {value.col: value for value in values if value.col is not None}
    return Line(row, first.line, first.parent, first.is_total, amounts)


def printed_unit(value: BudgetValue) -> float:
    """Return what the last printed digit counts: 0.1 for `1,8`."""
    decimals = re.search(r"\d[.,](\d{1,2})(?!\d)", value.raw)
    return 10.0 ** -(len(decimals[1]) if decimals else 0)


def tolerance_of(values: Iterable[BudgetValue]) -> float:
    """Return how far rounding may move a comparison: half a printed unit for each figure in it."""
    return sum(printed_unit(value) / 2 for value in values) + 1e-6


def compare(
    kind: str, table: MoneyTable, checked: BudgetValue, expected: float, terms: Sequence[BudgetValue], what: str
) -> Check:
    """Return a check of a printed figure against what the terms come to."""
    off = abs(expected - checked.value)
    passed = off <= tolerance_of((checked, *terms))
    verb = "agrees with" if passed else f"is {checked.value - expected:+.10g} off"
    message = f"{checked.line}, {checked.column_label}: {checked.raw} {verb} {what} ({expected:.10g})."
    cells = tuple((value.row or 0, value.col or 0) for value in (checked, *terms))
    return Check(kind, passed, round(expected, 6), checked.value, message, table.number, cells)


def check_total(table: MoneyTable, total: Line) -> list[Check]:
    """Check a total against the lines that fit it best; none where no set of lines comes near it."""
    attempts = [sum_checks(table, total, lines) for lines in addend_sets(table, total)]
    attempts = [checks for checks in attempts if checks]
    best = max(attempts, key=lambda checks: sum(check.passed for check in checks), default=[])
    if any(check.passed for check in best):
        return best
    nearest = min(attempts, key=distance, default=[])
    return nearest if nearest and distance(nearest) <= NEAR_MISS else []


def distance(checks: Sequence[Check]) -> float:
    """Return how far off the sums are, as a share of the totals."""
    printed = sum(abs(check.actual) for check in checks)
    return sum(abs(check.expected - check.actual) for check in checks) / printed if printed else float("inf")


def addend_sets(table: MoneyTable, total: Line) -> Iterator[tuple[Line, ...]]:
    """Return the sets of lines that a total may sum up, the likeliest first."""
    above = [line for line in table.lines if line.row < total.row]
    totals = [line for line in above if line.is_total]
    ordinary = [line for line in table.ordinary() if line.row < total.row]
    last = totals[-1].row if totals else -1
    since = [line for line in ordinary if line.row > last]
    yield tuple(since)
    if total.parent:
        yield tuple(line for line in table.lines if line.parent == total.parent and line in above)
    if totals:
        yield (totals[-1], *since)
        yield (*totals, *since)
        yield tuple(ordinary)
    for start in range(len(totals) - 1):
        yield tuple(totals[start + 1 :])


def sum_checks(table: MoneyTable, total: Line, lines: Sequence[Line]) -> list[Check]:
    """Check each column of a total against the sum of the lines."""
    checks = []
    for column, printed in sorted(total.amounts.items()):
        terms = [line.amounts[column] for line in lines if column in line.amounts]
        if terms:
            expected = sum(term.value for term in terms)
            checks.append(compare("sum", table, printed, expected, terms, f"the sum of {len(terms)} lines"))
    return checks


def unplaced_total(table: MoneyTable, total: Line) -> Problem:
    """Return the remark that a total was not checked."""
    message = f"No lines above come near the total {total.label!r}: it was not checked."
    return Problem("audit", "unchecked_total", message, "info", table=table.number, row=total.row)


def check_parts(table: MoneyTable) -> Iterator[Check]:
    """Check that *varav* lines make up their whole (income and cost) or stay within it."""
    for whole in table.lines:
        parts = table.parts_of(whole)
        for column, printed in sorted(whole.amounts.items()):
            terms = [part.amounts[column] for part in parts if column in part.amounts]
            if {side_of(term.line) for term in terms} == {"income", "cost"} and len(terms) == len(parts) == 2:
                yield net_check(table, printed, terms)
            elif terms and all(term.value * printed.value > 0 for term in terms):
                yield part_check(table, printed, terms)


def side_of(label: str) -> str | None:
    """Tell whether a line is of income or of cost by its words."""
    words = re.findall(r"\w+", label.casefold())
    for row in read_rows("money_sides"):
        if any(word.startswith(row["word"]) for word in words):
            return row["side"]
    return None


def net_check(table: MoneyTable, printed: BudgetValue, terms: Sequence[BudgetValue]) -> Check:
    """Check a net amount against cost and income, in whichever way the report signs them."""
    cost, income = sorted(terms, key=lambda term: side_of(term.line) or "")
    nets = (cost.value + income.value, cost.value - income.value, income.value - cost.value)
    nearest = min(nets, key=lambda net: abs(net - printed.value))
    return compare("net", table, printed, nearest, (cost, income), "cost and income together")


def part_check(table: MoneyTable, printed: BudgetValue, terms: Sequence[BudgetValue]) -> Check:
    """Check that parts of the same sign do not come to more than the whole."""
    parts = sum(term.value for term in terms)
    passed = abs(parts) <= abs(printed.value) + tolerance_of((printed, *terms))
    verb = "holds" if passed else "is less than"
    message = f"{printed.line}, {printed.column_label}: {printed.raw} {verb} its parts ({parts:.10g})."
    cells = tuple((value.row or 0, value.col or 0) for value in (printed, *terms))
    return Check("part_of", passed, round(parts, 6), printed.value, message, table.number, cells)


def check_frames(table: MoneyTable) -> Iterator[Check]:
    """Check a frame (ram) printed under a total against that total."""
    for frame in table.lines:
        above = [line for line in table.lines if line.is_total and line.row < frame.row]
        if frame.is_total or not above or not is_frame(frame.label):
            continue
        for column, printed in sorted(frame.amounts.items()):
            total = above[-1].amounts.get(column)
            if total:
                yield compare("frame", table, printed, total.value, (total,), f"the total {total.line!r}")


def is_frame(label: str) -> bool:
    """Tell whether a line states the frame that the committee was given."""
    first = re.findall(r"\w+", label.casefold())[:1]
    return any(row["side"] == "frame" and first == [row["word"]] for row in read_rows("money_sides"))


def check_variances(table: MoneyTable) -> Iterator[Check]:
    """Check each variance column against the two columns to its left that it is the difference of."""
    for column, kind in sorted(table.kinds.items()):
        if kind != "variance":
            continue
        attempts = [
            variance_checks(table, column, pair, sign) for pair in compared_columns(table, column) for sign in (1, -1)
        ]
        best = max(attempts, key=lambda checks: sum(check.passed for check in checks), default=[])
        passed = sum(check.passed for check in best)
        if passed >= FEWEST_ROWS and passed * 2 >= len(best):
            yield from best


def compared_columns(table: MoneyTable, column: int) -> Iterator[tuple[int, int]]:
    """Return the pairs of budget column and outcome or forecast column, the nearest to the left first."""
    near = sorted(table.columns, key=lambda other: (other > column, abs(column - other)))
    budgets = [other for other in near if table.kinds[other] == "budget"]
    results = [other for other in near if table.kinds[other] in COMPARED]
    yield from ((budget, result) for result in results for budget in budgets)


def variance_checks(table: MoneyTable, column: int, pair: tuple[int, int], sign: int) -> list[Check]:
    """Check every row's variance as `sign` × (budget − result); income may be counted the other way round."""
    checks = []
    for line in table.lines:
        printed, budget, result = (line.amounts.get(place) for place in (column, *pair))
        if printed is None or budget is None or result is None:
            continue
        expected = sign * (budget.value - result.value)
        if side_of(line.label) == "income" and abs(expected + printed.value) < abs(expected - printed.value):
            expected = -expected
        what = "budget less outcome" if expected == budget.value - result.value else "outcome less budget"
        checks.append(compare("variance", table, printed, expected, (budget, result), what))
    return checks
