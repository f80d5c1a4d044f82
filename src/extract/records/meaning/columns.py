"""Begins with columns as their headers name them, ends with the kind, period and part of each column of values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from extract.records.columns import ABOUT_A_ROW, Column
from extract.records.meaning.compared import (
    may_be_of_year,
    with_compared_periods,
    with_months_so_far,
)
from extract.records.meaning.decode import (
    Choice,
    Figures,
    decode,
    with_open_totals,
    with_same_months,
    with_summed_kinds,
)
from extract.records.meaning.parts import parts_of
from extract.records.meaning.silence import Surroundings, Told, kind_of, told_by
from schema.layout import Table
from schema.lexicon.headers import LESS, LIKELY, NEAR, Reading, best_reading, period_of
from schema.lexicon.numbers import parse_number
from schema.lexicon.words import words

BY_ROW = frozenset({"budget", "forecast", "plan", "target", "outcome", "variance"})
"""Kinds that a row's label may name under columns that name none."""
ROW_SPEAKS = frozenset({"budget", "forecast", "target"})
"""Without one of these among the rows, *Avvikelser* are incidents, *Utfall* a heading and *Planering* what is done."""
LIMITS, LEAST_LIMITS = frozenset({">=", "<="}), 2
"""Bounds that targets have, and in how many cells: one may be a figure that is kept secret."""
PLANNED = frozenset({"forecast", "plan", "budget"})
"""Kinds that a year to come tells by itself: of pupils a forecast, of money a plan; all others may be aimed at."""


def with_meanings(columns: Sequence[Column], table: Table, around: Surroundings, *, ahead: str) -> list[Column]:
    """Return the columns with what their values mean, read together with the titles, the figures and the report.

    `ahead` is what the table's figures of years to come are.
    """
    values = [column for column in columns if column.is_value]
    told = told_by(around, _corner(columns), is_money=ahead == "plan")
    told = replace(told, of_rounds=told.kind == "variance" and bool(told.basis) and _are_rounds(values))
    stated = {(reading.kind, reading.time.years) for column in values for reading in column.readings[:1]}
    tellings = [replace(told, kind=None) if _stands_beside(told, column, stated) else told for column in values]
    choices = [
        list(_choices(column, table, own, around, ahead=ahead)) for column, own in zip(values, tellings, strict=True)
    ]
    held = _figures(table)
    figures = [held.get(column.index, {}) for column in values]
    chosen = with_summed_kinds(with_open_totals(with_same_months(decode(choices, figures)), figures))
    chosen = with_compared_periods(with_months_so_far(chosen, figures) if ahead == "plan" else chosen, figures)
    has_parts = any(c.reading.part and not c.reading.is_new for c in chosen)
    settled = {
        column.index: replace(_settled(column, choice, own, around, has_parts=has_parts), part=part)
        for column, choice, own, part in zip(values, chosen, tellings, parts_of(chosen), strict=True)
    }
    if around.report.is_interim and ahead == "target" and not told.time.months:
        for column, choice in zip(values, chosen, strict=True):
            if may_be_of_year(choice, chosen):
                own = settled[column.index]
                settled[column.index] = replace(own, doubts=(*own.doubts, "year_or_so_far"))
    return [settled.get(column.index, column) for column in columns]


def _are_rounds(values: Sequence[Column]) -> bool:
    """Whether columns are nothing but forecasts of different months, and changes between them: `Prognos feb`."""
    kinds = [column.readings[0].kind if column.readings else None for column in values]
    months = {column.readings[0].time.months for column in values if column.readings}
    return kinds.count("forecast") > 1 and set(kinds) <= {"forecast", "effect"} and None not in months


def _stands_beside(told: Told, column: Column, stated: Set[tuple[str | None, tuple[int, int] | None]]) -> bool:
    """Whether a bare year stands beside a column that states of it what the title tells: `Budget 2022 | 2022`."""
    reading = next(iter(column.readings), Reading("value"))
    return reading.kind is None and reading.time.years is not None and (told.kind, reading.time.years) in stated


def _corner(columns: Sequence[Column]) -> str:
    """Return the header above the rows' names."""
    return next((c.label for c in columns if not c.is_value and c.role not in ABOUT_A_ROW), "")


def _bounds_figures(column: Column, table: Table) -> bool:
    """Whether most of a column's cells bound a figure, as targets do: *minst 80 %*, *högst 10*."""
    texts = [cell.text for cell in table.filled_below((column.index,))]
    hits = [hit for hit in map(words("comparators").opening, texts) if hit and _is_limit(hit.row)]
    return LEAST_LIMITS <= len(hits) >= len(texts) / 2


def _is_limit(comparator: Mapping[str, str]) -> bool:
    """Whether words before a figure bound it; a plus before one is its sign."""
    return comparator["comparator"] in LIMITS and comparator["place"] != "after"


def _choices(column: Column, table: Table, told: Told, around: Surroundings, *, ahead: str) -> Iterator[Choice]:
    """Yield what a column of values may mean, by each reading of its header."""
    readings = [reading for reading in column.readings if reading.is_value] or [Reading("value", score=LESS)]
    are_bounds = _bounds_figures(column, table)
    for reading in readings:
        reading = _with_near_year(reading, around)
        kind = "target" if are_bounds and reading.kind is None else kind_of(reading, told, around, ahead=ahead)
        if reading.kind is None and kind == told.kind:
            reading = replace(reading, basis=told.basis)
        yield Choice(reading, kind, period_of(reading, around.report, kind=kind, table=told.time), reading.score)


def _with_near_year(reading: Reading, around: Surroundings) -> Reading:
    """A figure of two that is far from the report's year is no year."""
    years, now = reading.time.years, around.report.year
    if years is None or now is None or not reading.time.is_short or abs(years[0] - now) <= NEAR:
        return reading
    return replace(reading, time=replace(reading.time, years=None, is_short=False))


def _figures(table: Table) -> dict[int, Figures]:
    """Return each column's cells that are one number, by row."""
    headers = set(table.header_rows)
    found: dict[int, dict[int, Decimal]] = {}
    for cell in table.cells:
        number = parse_number(cell.text) if cell.row not in headers else None
        if number is not None:
            found.setdefault(cell.col, {})[cell.row] = number
    return {**found}


def _settled(column: Column, choice: Choice, told: Told, around: Surroundings, *, has_parts: bool) -> Column:
    reading = choice.reading
    return replace(
        column,
        kind=choice.kind,
        period=choice.period,
        sex=reading.sex,
        also=reading.also,
        unit=reading.unit,
        is_silent=reading.kind is None,
        doubts=tuple(_doubts(column, choice, told, around, has_parts=has_parts)),
    )


def _doubts(column: Column, choice: Choice, told: Told, around: Surroundings, *, has_parts: bool) -> Iterator[str]:
    """Yield what makes a column's meaning doubtful."""
    reading = choice.reading
    is_told = told.kind is not None and told.kind == choice.kind
    if not column.label.strip() or (reading.is_new and not is_told and not has_parts):
        yield "unknown_header"
    elif reading.unknown:
        yield "unknown_words"
    elif reading.kind is None and not is_told and _is_assumed(choice, around):
        yield "assumed_kind"
    if choice.is_open:
        yield "open_header"


def _is_assumed(choice: Choice, around: Surroundings) -> bool:
    """Whether the kind was settled by default: no year at all, or one that may be aimed at or accounted for."""
    years, now = choice.reading.time.years, around.report.year
    if years is None:
        return choice.reading.time.is_empty
    if now is not None and around.is_plan and years[1] == now - 1:
        return True
    return now is not None and years[1] > now and choice.kind not in PLANNED


def kinds_of_rows(labels: Mapping[int, str], *, is_money: bool) -> dict[int, str]:
    """Return the rows whose labels name a kind: *Budget*, *Budgetavvikelse* under columns of bare years.

    Among amounts a variance from the budget speaks by itself; an indicator may be one, and have outcomes and targets.
    """
    readings = {row: best_reading(label) for row, label in labels.items()}
    has_changes = any(reading.kind == "effect" for reading in readings.values())
    named = {
        row: reading.kind
        for row, reading in readings.items()
        if reading.kind and _names_kind_alone(reading, frames=has_changes) and not _joins_two(labels[row])
    }
    speaks = bool(ROW_SPEAKS & set(named.values())) or (
        is_money and any({"budget", "forecast"} & set(readings[row].basis) for row in named)
    )
    return {row: kind for row, kind in named.items() if speaks or readings[row].is_change}


def _joins_two(label: str) -> bool:
    """Whether a label is of two things: *Prognos och analys* names a unit, and no kind."""
    return words("counting_words", role="conjunction").find(label) is not None


def _names_kind_alone(reading: Reading, *, frames: bool) -> bool:
    """Whether a label is a kind and nothing else; a frame is one among its changes, elsewhere money received."""
    is_kind = reading.is_value and (reading.kind in BY_ROW or reading.is_change) and (frames or not reading.is_frame)
    is_alone = not (reading.part or reading.unknown or reading.is_granted)
    return is_kind and reading.score >= LIKELY and is_alone
