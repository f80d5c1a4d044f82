"""Figures of a table by line and column, whatever they measure, and what it takes to compare them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from schema.lexicon.figures import printed_places
from schema.lexicon.labels import is_total_label
from schema.lexicon.units import is_share_unit
from schema.problem import Check
from schema.records import BudgetValue, IndicatorValue


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a table's cell."""

    table: int
    row: int
    col: int
    label: str
    column_label: str
    kind: str
    period: str | None
    raw: str
    value: float
    parent: str | None = None
    scale: float = 1.0
    """What one printed unit is in the unit that reports are compared in: SEK for money."""

    @property
    def name(self) -> str:
        """The label, after the label that it breaks down."""
        return f"{self.parent}: {self.label}" if self.parent else self.label

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of its cell."""
        return self.row, self.col

    @property
    def printed_unit(self) -> float:
        """What the last printed digit counts: 0.1 for `1,8`."""
        return 10.0 ** -printed_places(self.raw)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its figures by column."""

    row: int
    label: str
    parent: str | None
    is_total: bool
    amounts: dict[int, Figure]


@dataclass(frozen=True)
class FigureTable:
    """The lines of a table, in order."""

    number: int
    title: str
    lines: tuple[Line, ...]
    is_money: bool = True

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """The columns that hold figures."""
        return tuple(sorted({column for line in self.lines for column in line.amounts}))

    @cached_property
    def kinds(self) -> dict[int, str]:
        """The kind of figure that each column holds; a row may name its own."""
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for line in self.lines:
            for column, figure in line.amounts.items():
                found[column][figure.kind] += 1
        return {column: kinds.most_common(1)[0][0] for column, kinds in found.items()}

    @cached_property
    def headers(self) -> dict[int, str]:
        """The header of each column."""
        return {column: figure.column_label for line in self.lines for column, figure in line.amounts.items()}

    def parts_of(self, line: Line) -> tuple[Line, ...]:
        """The *varav* lines of a line: those that name it as parent, up to the next line of its own rank."""
        return self._parts.get(line.row, ())

    def whole_of(self, part: Line) -> Line | None:
        """The nearest line above that a line is part of, where it has figures of its own."""
        return self._wholes[part.row]

    @cached_property
    def _wholes(self) -> dict[int, Line | None]:
        """For each row the line that it is part of."""
        last: dict[str, Line] = {}
        wholes: dict[int, Line | None] = {}
        for line in self.lines:
            whole = last.get(line.parent) if line.parent is not None else None
            wholes[line.row] = whole if whole is not None and whole.amounts else None
            last[line.label] = line
        return wholes

    @cached_property
    def _parts(self) -> dict[int, tuple[Line, ...]]:
        """For each row that is a whole its parts."""
        parts: dict[int, tuple[Line, ...]] = {}
        for line in self.lines:
            whole = self._wholes[line.row]
            if whole is not None and not line.is_total:
                parts[whole.row] = (*parts.get(whole.row, ()), line)
        return parts

    @cached_property
    def totals(self) -> tuple[Line, ...]:
        """The lines that are totals."""
        return tuple(line for line in self.lines if line.is_total)

    @cached_property
    def ordinary(self) -> tuple[Line, ...]:
        """Lines that totals are made of: neither totals nor parts of another line."""
        return tuple(line for line in self.lines if not line.is_total and self.whole_of(line) is None)

    @staticmethod
    def above(row: int, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """Those of some lines in order that stand above a row."""
        return lines[: bisect_left(lines, row, key=_row_of)]


def _row_of(line: Line) -> int:
    return line.row


def money_tables(values: Iterable[BudgetValue]) -> Iterator[FigureTable]:
    """Gather amounts into tables and lines; left out are those without a place in a table, and shares among them."""
    tables: dict[int, dict[int, list[BudgetValue]]] = defaultdict(lambda: defaultdict(list))
    for value in values:
        is_placed = value.table is not None and value.row is not None and value.col is not None
        if is_placed and not is_share_unit(value.unit or ""):
            tables[value.table or 0][value.row or 0].append(value)
    for number, rows in sorted(tables.items()):
        title = next(value.table_title or "" for row in rows.values() for value in row)
        yield FigureTable(number, title, tuple(money_line(row, rows[row]) for row in sorted(rows)))


def money_line(row: int, values: Sequence[BudgetValue]) -> Line:
    """Return a row's amounts as a line."""
    first = values[0]
    figures = {value.col: amount_figure(value) for value in values if value.col is not None}
    return Line(row, first.line, first.parent, first.is_total, figures)


def amount_figure(value: BudgetValue) -> Figure:
    """Return an amount as a figure."""
    scale = value.amount_sek / value.value if value.amount_sek and value.value else 1.0
    return Figure(
        value.table or 0,
        value.row or 0,
        value.col or 0,
        value.line,
        value.column_label,
        value.kind,
        value.period,
        value.raw,
        value.value,
        value.parent,
        scale,
    )


def measure_tables(values: Iterable[IndicatorValue]) -> Iterator[FigureTable]:
    """Gather indicator values into tables and lines: plain numbers, one in their cell, and no shares."""
    placed = [value for value in values if None not in (value.table, value.row, value.col)]
    crowd = Counter((value.table, value.row, value.col) for value in placed)
    tables: dict[int, dict[int, list[IndicatorValue]]] = defaultdict(lambda: defaultdict(list))
    for value in placed:
        if is_plain(value) and crowd[value.table, value.row, value.col] == 1:
            tables[value.table or 0][value.row or 0].append(value)
    for number, rows in sorted(tables.items()):
        title = next(value.table_title or "" for row in rows.values() for value in row)
        yield FigureTable(number, title, tuple(measure_line(row, rows[row]) for row in sorted(rows)), is_money=False)


def is_plain(value: IndicatorValue) -> bool:
    """Tell whether a value is a number that others may add up to."""
    return is_exact(value) and value.unit != "%" and "%" not in value.raw


def is_exact(value: IndicatorValue) -> bool:
    """Tell whether a value is one number, neither a range nor a bound."""
    placed = value.table is not None and value.row is not None and value.col is not None
    return placed and value.value is not None and value.upper is None and value.comparator is None


def measure_line(row: int, values: Sequence[IndicatorValue]) -> Line:
    """Return a row's values as a line."""
    first = values[0]
    figures = {value.col: measure_figure(value) for value in values if value.col is not None}
    return Line(row, first.indicator, first.parent, is_total_label(first.indicator), figures)


def measure_figure(value: IndicatorValue) -> Figure:
    """Return an indicator value as a figure."""
    return Figure(
        value.table or 0,
        value.row or 0,
        value.col or 0,
        value.indicator,
        value.column_label,
        value.kind,
        value.period,
        value.raw,
        value.value or 0.0,
        value.parent,
    )


def tolerance_of(figures: Iterable[Figure]) -> float:
    """Return how far rounding may move a comparison: half a printed unit for each figure in it."""
    return sum(map(half_unit, figures)) + 1e-6


def half_unit(figure: Figure) -> float:
    """Return half of what the last printed digit of a figure counts."""
    return figure.printed_unit / 2


def compare(kind: str, checked: Figure, expected: float, terms: Sequence[Figure], what: str) -> Check:
    """Return a check of a printed figure against what the terms come to."""
    passed = abs(expected - checked.value) <= tolerance_of((checked, *terms))
    verb = "agrees with" if passed else f"is {checked.value - expected:+.10g} off"
    message = f"{checked.name}, {checked.column_label}: {checked.raw} {verb} {what} ({expected:.10g})."
    cells = (checked.place, *(term.place for term in terms))
    return Check(kind, passed, round(expected, 6), checked.value, message, checked.table, cells)
