"""The same figure printed twice: in two tables of one report, or in an earlier report.

Two rows with one name may still count different things. Two tables are therefore taken to print the same
figures only where most of what they have in common agrees; what then differs is a finding about the report.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from namndata.audit.figures import Figure, FigureTable, measure_tables, money_tables
from schema.lexicon.text import clean_text
from schema.problem import Check
from schema.records import BudgetValue, IndicatorValue

FEWEST_ROWS = 2
"""A relation that the tables' words do not state is checked where at least this many figures, and half of all,
bear it out."""

Figures = Mapping[Hashable, Figure]


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure, and the document that prints it."""

    document: str
    edition: str
    figure: Figure


def is_borne_out(checks: Sequence[Check]) -> bool:
    """Tell whether enough checks hold, noughts left out, for the others to be faults of the report."""
    telling = [check for check in checks if check.expected or check.actual]
    passed = sum(check.passed for check in telling)
    return passed >= FEWEST_ROWS and passed * 2 >= len(telling)


def check_same_figures(amounts: Iterable[BudgetValue], measures: Iterable[IndicatorValue]) -> tuple[Check, ...]:
    """Check the figures that two tables of a report share, the later table's against the earlier one's."""
    tables = [*money_tables(amounts), *measure_tables(measures)]
    stated = {table.number: figures_by_line(table) for table in tables}
    checks: list[Check] = []
    for one, other in related_tables(tables, stated):
        if one.is_money == other.is_money:
            checks.extend(shared_checks(stated[one.number], stated[other.number]))
            checks.extend(shared_checks(*total_in_summary(one, other)))
            checks.extend(shared_checks(*total_in_summary(other, one)))
    return tuple(checks)


def related_tables(
    tables: Sequence[FigureTable], stated: Mapping[int, Figures]
) -> Iterator[tuple[FigureTable, FigureTable]]:
    """Return the pairs of tables, in order, that share enough figures or of which one has a line named as the other."""
    holders: dict[Hashable, list[int]] = defaultdict(list)
    named: dict[str, set[int]] = defaultdict(set)
    for place, table in enumerate(tables):
        for key in stated[table.number]:
            holders[key].append(place)
        for line in table.lines:
            named[fold(line.label)].add(place)
    shared = Counter(pair for places in holders.values() for pair in combinations(places, 2))
    related = {pair for pair, count in shared.items() if count >= FEWEST_ROWS}
    for place, title in enumerate(fold(table.title) for table in tables):
        parts = {part for size in range(1, len(title) + 1) for part in (title[:size], title[-size:])}
        others = {other for part in parts if part in named for other in named[part]}
        related |= {(min(place, other), max(place, other)) for other in others if other != place}
    return ((tables[one], tables[other]) for one, other in sorted(related))


def figures_by_line(table: FigureTable) -> Figures:
    """Return a table's figures by what they state; those that the table states twice are left out."""
    found: dict[Hashable, list[Figure]] = defaultdict(list)
    for line in table.lines:
        for figure in line.amounts.values():
            found[fold(line.label), fold(line.parent or ""), figure.kind, figure.period].append(figure)
    return {key: figures[0] for key, figures in found.items() if len(figures) == 1}


def total_in_summary(detail: FigureTable, summary: FigureTable) -> tuple[Figures, Figures]:
    """Return the last total of a table, and the line of another table that is named as the table is titled."""
    totals = [line for line in detail.lines if line.is_total]
    named = [line for line in summary.lines if not line.is_total and stands_in(line.label, detail.title)]
    if not totals or len(named) != 1:
        return {}, {}
    return by_column(totals[-1].amounts.values()), by_column(named[0].amounts.values())


def stands_in(label: str, title: str) -> bool:
    """Tell whether a table's title opens or ends with a line's name."""
    name, whole = fold(label), fold(title)
    return bool(name) and (whole.startswith(name) or whole.endswith(name))


def by_column(figures: Iterable[Figure]) -> Figures:
    """Return figures by kind and period, those of one kind and period twice left out."""
    found: dict[Hashable, list[Figure]] = defaultdict(list)
    for figure in figures:
        found[figure.kind, figure.period].append(figure)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def shared_checks(one: Figures, other: Figures) -> list[Check]:
    """Check the figures that both print; only agreement is told where they share too little."""
    checks = [compare_printed(other[key], figure) for key, figure in one.items() if key in other and figure.value]
    return checks if is_borne_out(checks) else []


def compare_printed(figure: Figure, earlier: Figure, where: str = "") -> Check:
    """Check a figure against the same one printed elsewhere, whatever unit and sign either is printed with."""
    expected = earlier.value * earlier.scale / figure.scale
    if figure.value * expected < 0:
        expected = -expected
    tolerance = figure.printed_unit / 2 + earlier.printed_unit * earlier.scale / figure.scale / 2 + 1e-6
    passed = abs(expected - figure.value) <= tolerance
    verb = "agrees with" if passed else "differs from"
    place = where or f"table {earlier.table}"
    message = f"{figure.name}, {figure.column_label}: {figure.raw} {verb} {earlier.raw} in {place}."
    kind = "earlier_report" if where else "same_figure"
    cells = (figure.place,)
    return Check(kind, passed, round(expected, 6), figure.value, message, figure.table, cells)


def check_earlier_reports(statements: Iterable[tuple[Hashable, Statement]]) -> Iterator[tuple[str, Check]]:
    """Check each outcome against the newest earlier report that prints it; return it with its document."""
    told: dict[Hashable, list[Statement]] = defaultdict(list)
    for key, statement in statements:
        told[key].append(statement)
    for same in told.values():
        ordered = sorted(same, key=lambda statement: (statement.edition, statement.document))
        for statement in ordered:
            earlier = [other for other in ordered if other.edition < statement.edition]
            if earlier:
                where = f"{earlier[-1].document}, table {earlier[-1].figure.table}"
                yield statement.document, compare_printed(statement.figure, earlier[-1].figure, where)


@cache
def fold(text: str) -> str:
    """Return a label without spaces and case, for lines broken otherwise."""
    return "".join(char for char in clean_text(text).casefold() if char.isalnum())
