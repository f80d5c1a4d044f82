"""Sums, parts, differences: do the figures of a table agree with each other?

A failed check is a finding about the report. The printed figures are never changed. What a total, a variance or
a column of sums is made of is not assumed: it is claimed only where most of the figures bear it out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from namndata.audit.addends import NEAR_MISS, SIDES, Addends
from namndata.audit.comparisons import check_same_figures, is_borne_out
from namndata.audit.figures import Figure, FigureTable, Line, compare, measure_tables, money_tables, tolerance_of
from normalize.report import NormalizedReport
from schema.lexicon.labels import is_sex_label, is_total_label
from schema.lexicon.periods import without_periods
from schema.lexicon.units import is_cost, is_frame, side_of
from schema.problem import Check, Problem
from schema.records import BudgetValue, IndicatorValue
from schema.result import Convention, CostSign, VarianceSign

FEWEST_ADDED = 2
"""Lines that a total of indicators sums up at least."""
CHANGES = ("variance", "effect")
"""Kinds of figures whose parts may be larger than their whole."""
PLANNED = ("budget", "plan")
"""Kinds of figures that a frame bounds."""
COMPARED = ("outcome", "forecast")


@dataclass(frozen=True, slots=True)
class Audit:
    """What the figures of a report say of each other."""

    checks: tuple[Check, ...]
    remarks: tuple[Problem, ...]
    conventions: tuple[Convention, ...]


def check_report(report: NormalizedReport) -> Audit:
    """Check all tables of a report, each by itself and against the others."""
    amounts, measures = report.records_of(BudgetValue), report.records_of(IndicatorValue)
    of_amounts, remarks = check_amounts(amounts)
    checks = (*of_amounts, *check_measures(measures), *check_same_figures(amounts, measures))
    return Audit(checks, remarks, tuple(find_conventions(amounts, checks)))


def check_amounts(values: Iterable[BudgetValue]) -> tuple[tuple[Check, ...], tuple[Problem, ...]]:
    """Check every money table; return the checks, and a remark for each total that could not be placed."""
    checks: list[Check] = []
    remarks: list[Problem] = []
    for table in money_tables(values):
        addends = Addends(table)
        for total in table.totals:
            if total.amounts:
                found = check_total(addends, total)
                checks.extend(found)
                if not found and any(line.amounts for line in table.above(total.row, table.lines)):
                    remarks.append(unplaced_total(table, total))
        checks.extend(check_parts(table))
        checks.extend(check_frames(table))
        checks.extend(check_variances(table))
        checks.extend(check_across(table))
    return tuple(checks), tuple(remarks)


def check_measures(values: Iterable[IndicatorValue]) -> tuple[Check, ...]:
    """Check the totals, the sexes and the sums across in tables of indicators, volumes and staff."""
    checks: list[Check] = []
    for table in measure_tables(values):
        addends = Addends(table)
        for total in table.totals:
            sets = (*addends.likely(total), *addends.fitting(total, fewest=FEWEST_ADDED))
            checks.extend(best_borne_out(sums_of_many(total, lines) for lines in sets))
        checks.extend(check_sexes(table))
        checks.extend(check_across(table))
    return tuple(checks)


def sums_of_many(total: Line, lines: Sequence[Line]) -> list[Check]:
    """Check each column of a total that several lines have figures for."""
    return [check for check in sum_checks(total, lines) if len(check.cells) > FEWEST_ADDED]


def count_passed(checks: Sequence[Check]) -> int:
    """Return how many of some checks hold."""
    return sum(check.passed for check in checks)


def best_borne_out(attempts: Iterable[list[Check]]) -> list[Check]:
    """Return the attempt that holds best, where it is borne out at all."""
    best = max(attempts, key=count_passed, default=[])
    return best if is_borne_out(best) else []


def check_total(addends: Addends, total: Line) -> list[Check]:
    """Check a total against the lines that fit it best; none where no set of lines comes near it."""
    likely = [lines for lines in addends.likely(total) if lines]
    attempts = [checks for lines in likely if (checks := sum_checks(total, lines))]
    best = max(attempts, key=count_passed, default=[])
    if count_passed(best) < len(total.amounts):
        best = max([best, *(sum_checks(total, lines) for lines in addends.fitting(total))], key=count_passed)
    if count_passed(best):
        return best
    sets = (*likely, *addends.fitting(total, SIDES))
    nets = best_borne_out(net_checks(total, lines, side) for lines in sets for side in SIDES)
    if nets:
        return nets
    attempts += (sum_checks(total, lines) for lines in addends.nearest(total))
    nearest = min(attempts, key=distance, default=[])
    return nearest if nearest and distance(nearest) <= NEAR_MISS else []


def net_checks(total: Line, lines: Sequence[Line], subtracted: str) -> list[Check]:
    """Check a net total where cost and income are both printed without a sign: one side is subtracted."""
    if {"income", "cost"} - {side_of(line.label) for line in lines}:
        return []
    return sum_checks(total, lines, kind="net", sign=lambda line: -1 if side_of(line.label) == subtracted else 1)


def distance(checks: Sequence[Check]) -> float:
    """Return how far off the sums are, as a share of the totals."""
    printed = sum(abs(check.actual) for check in checks)
    return sum(abs(check.expected - check.actual) for check in checks) / printed if printed else float("inf")


def sum_checks(
    total: Line, lines: Sequence[Line], *, kind: str = "sum", sign: Callable[[Line], int] = lambda line: 1
) -> list[Check]:
    """Check each column of a total against the sum of the lines."""
    checks = []
    for column, printed in sorted(total.amounts.items()):
        signs = [(line.amounts[column], sign(line)) for line in lines if column in line.amounts]
        terms = [term for term, _ in signs]
        if terms:
            expected = sum(term.value * factor for term, factor in signs)
            checks.append(compare(kind, printed, expected, terms, f"the sum of {len(terms)} lines"))
    return checks


def unplaced_total(table: FigureTable, total: Line) -> Problem:
    """Return the remark that a total was not checked."""
    message = f"No lines above come near the total {total.label!r}: it was not checked."
    return Problem("audit", "unchecked_total", message, "info", table=table.number, row=total.row)


def check_parts(table: FigureTable) -> Iterator[Check]:
    """Check that *varav* lines make up their whole (income and cost) or stay within it; those of changes may not."""
    for whole in table.lines:
        parts = table.parts_of(whole)
        for column, printed in sorted(whole.amounts.items()):
            terms = [part.amounts[column] for part in parts if column in part.amounts]
            if {side_of(term.label) for term in terms} == {"income", "cost"} and len(terms) == len(parts) == 2:
                yield net_check(printed, terms)
            elif terms and printed.kind not in CHANGES and all(term.value * printed.value > 0 for term in terms):
                yield part_check(printed, terms)


def net_check(printed: Figure, terms: Sequence[Figure]) -> Check:
    """Check a net amount against cost and income, in whichever way the report signs them."""
    cost, income = sorted(terms, key=lambda term: side_of(term.label) or "")
    nets = (cost.value + income.value, cost.value - income.value, income.value - cost.value)
    nearest = min(nets, key=lambda net: abs(net - printed.value))
    return compare("net", printed, nearest, (cost, income), "cost and income together")


def part_check(printed: Figure, terms: Sequence[Figure]) -> Check:
    """Check that parts of the same sign do not come to more than the whole."""
    parts = sum(term.value for term in terms)
    passed = abs(parts) <= abs(printed.value) + tolerance_of((printed, *terms))
    verb = "holds" if passed else "is less than"
    message = f"{printed.name}, {printed.column_label}: {printed.raw} {verb} its parts ({parts:.10g})."
    cells = (printed.place, *(term.place for term in terms))
    return Check("part_of", passed, round(parts, 6), printed.value, message, printed.table, cells)


def check_frames(table: FigureTable) -> Iterator[Check]:
    """Check a frame (ram) printed under a total against what is planned in that total, whichever sign either has.

    Where a total below it takes the frame in, as a result does, it is income and no frame of the total above.
    """
    for frame in table.lines:
        if frame.is_total or not is_frame(frame.label):
            continue
        above = table.above(frame.row, table.totals)
        if not above or len(above) < len(table.totals):
            continue
        for column, printed in sorted(frame.amounts.items()):
            total = above[-1].amounts.get(column)
            if total and printed.kind in PLANNED:
                expected = min(total.value, -total.value, key=lambda value: abs(value - printed.value))
                yield compare("frame", printed, expected, (total,), f"the total {total.label!r}")


def check_variances(table: FigureTable) -> Iterator[Check]:
    """Check each variance column against the two columns that it is the difference of."""
    for column in variance_columns(table):
        yield from best_borne_out(attempt for attempt, _ in variance_attempts(table, column))


def variance_columns(table: FigureTable) -> list[int]:
    """Return the columns of variances."""
    return [column for column, kind in sorted(table.kinds.items()) if kind == "variance"]


def variance_attempts(table: FigureTable, column: int) -> Iterator[tuple[list[Check], int]]:
    """Return the ways to read a variance column, each with 1 where it is budget less outcome, else -1."""
    for pair in compared_columns(table, column):
        for sign in (1, -1):
            yield variance_checks(table, column, pair, sign), sign


def compared_columns(table: FigureTable, column: int) -> Iterator[tuple[int, int]]:
    """Return the pairs of budget column and outcome or forecast column, the nearest to the left first.

    Without such a pair a variance is the change between two columns of one kind.
    """
    near = sorted(table.columns, key=lambda other: (other > column, abs(column - other)))
    budgets = [other for other in near if table.kinds[other] == "budget"]
    results = [other for other in near if table.kinds[other] in COMPARED]
    pairs = [(budget, result) for result in results for budget in budgets]
    yield from pairs or [pair for pair in permutations(results or budgets, 2) if pair[0] < pair[1]]


def variance_checks(table: FigureTable, column: int, pair: tuple[int, int], sign: int) -> list[Check]:
    """Check every row's variance as `sign` × (budget − result); income may be counted the other way round."""
    checks = []
    for line in table.lines:
        printed, budget, result = (line.amounts.get(place) for place in (column, *pair))
        if printed is None or budget is None or result is None:
            continue
        expected = sign * (budget.value - result.value)
        if side_of(line.label) == "income" and abs(expected + printed.value) < abs(expected - printed.value):
            expected = -expected
        first, second = table.headers[pair[0]], table.headers[pair[1]]
        if expected != budget.value - result.value:
            first, second = second, first
        checks.append(compare("variance", printed, expected, (budget, result), f"{first} less {second}"))
    return checks


def check_across(table: FigureTable) -> Iterator[Check]:
    """Check a column of totals against the columns that it sums."""
    for column, header in sorted(table.headers.items()):
        words = without_periods(header).strip(" :,.–-")
        if is_total_label(words or "-", bare=False):
            yield from best_borne_out(across_checks(table, column, others) for others in summed_columns(table, column))


def summed_columns(table: FigureTable, column: int) -> Iterator[tuple[int, ...]]:
    """Return the sets of columns that a column of totals may sum: at least two, on one side or on both."""
    others = [other for other in table.columns if other != column]
    left = [other for other in others if other < column]
    right = [other for other in others if other > column]
    alike = [other for other in others if table.kinds[other] == table.kinds[column]]
    yield from (tuple(found) for found in (left, right, alike, others) if len(found) > 1)


def across_checks(table: FigureTable, column: int, others: Sequence[int]) -> list[Check]:
    """Check each line's total against its other figures."""
    checks = []
    for line in table.lines:
        printed = line.amounts.get(column)
        terms = [line.amounts[other] for other in others if other in line.amounts]
        if printed is not None and terms:
            expected = sum(term.value for term in terms)
            check = compare("across", printed, expected, terms, f"the sum of {len(terms)} columns")
            checks += [check] if check.passed or not _is_mean(printed, terms) else []
    return checks


def _is_mean(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a total lies between its parts, all above zero, as a mean does: *Medelålder* of women, men and all."""
    values = [part.value for part in parts]
    return len(values) > 1 and 0 < min(values) <= total.value <= max(values)


def check_sexes(table: FigureTable) -> Iterator[Check]:
    """Check counts by sex against the whole that they stand under."""
    sexes: dict[str, list[Line]] = defaultdict(list)
    for line in table.lines:
        if line.parent and is_sex_label(line.label):
            sexes[line.parent].append(line)
    for whole in table.lines if sexes else ():
        parts = sexes.get(whole.label, [])
        if len(parts) > 1:
            checks = sum_checks(whole, parts, kind="sexes")
            yield from best_borne_out([[check for check in checks if len(check.cells) > len(parts)]])


def find_conventions(values: Iterable[BudgetValue], checks: Sequence[Check]) -> Iterator[Convention]:
    """Return which way each money table counts, as far as its sums and differences tell."""
    for table in money_tables(values):
        held = {cell for check in checks if check.table == table.number and check.passed for cell in check.cells}
        cost_sign, variance = cost_sign_of(table, held), variance_convention(table)
        if cost_sign or variance:
            yield Convention(table.number, cost_sign, variance)


def cost_sign_of(table: FigureTable, held: set[tuple[int, int]]) -> CostSign | None:
    """Return how costs are printed, from lines of cost whose sums hold."""
    figures = [figure for line in table.lines for figure in line.amounts.values() if is_cost(line.label)]
    told = [figure.value > 0 for figure in figures if figure.place in held and figure.kind != "variance"]
    if not told or 2 * sum(told) == len(told):
        return None
    return "positive" if 2 * sum(told) > len(told) else "negative"


def variance_convention(table: FigureTable) -> VarianceSign | None:
    """Return how the variances are counted; None where no reading is borne out, or both are."""
    signs: set[int] = set()
    for column in variance_columns(table):
        attempts = [(attempt, sign) for attempt, sign in variance_attempts(table, column) if is_borne_out(attempt)]
        best = max((sum(check.passed for check in attempt) for attempt, _ in attempts), default=0)
        signs.update(sign for attempt, sign in attempts if sum(check.passed for check in attempt) == best)
    if len(signs) != 1:
        return None
    return "budget_less_outcome" if signs == {1} else "outcome_less_budget"
