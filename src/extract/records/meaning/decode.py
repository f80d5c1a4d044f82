"""A table's value columns are decoded together: begins with each column's readings, ends with one choice a column.

A beam keeps the best ways to read the columns so far. A way is better where its readings are surer by their words,
where no two columns mean the same, and where a column that is the difference of two others is a variance. Equations
decide only between readings that the words leave open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from schema.lexicon.headers import Reading
from schema.lexicon.headers.grammar import LIKELY
from schema.lexicon.headers.items import WHOLE_YEAR

WIDTH = 16
"""Ways kept after each column; three readings in each of two open columns are nine."""
ALIKE = 0.3
"""What is left of a way in which two columns mean the same: less than two steps between readings."""
HOLDS, FAILS = 2.0, 0.6
"""What an equation that holds, or is sought in vain, does to a variance that the words leave open."""
TELLING_ROWS = 3
"""Rows in which a difference must hold; two hold by chance among small numbers."""
TOLERANCE = Decimal("1.5")
"""Units of the last printed figure: half a unit for each of the three terms."""
SHARE_HELD = 0.8
"""Share of the rows in which a difference holds: reports print their own mistakes."""
PLANNED = frozenset({"budget", "plan"})
TOTALS = PLANNED | {"forecast"}
"""Kinds that a project has a total of; that of outcomes may be one of parts."""
PLAN_YEARS = 3
"""Years of a plan beside which a total sums years; beside two it may be a year's own."""
MOST_COLUMNS = 12
"""Columns among which differences are sought; wider tables hold groups, and the words tell."""

Figures = Mapping[int, Decimal]
"""A column's numbers by row."""
Pair = tuple[int, int]
"""Two columns, a whole and what is taken off it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One meaning of a value column."""

    reading: Reading
    kind: str
    period: str | None
    score: float
    is_open: bool = False
    """Other readings of the same header say something else."""
    is_shown: bool = False
    """An equation over the table's rows shows it."""

    @property
    def meaning(self) -> tuple[object, ...]:
        """What no two columns of a table share."""
        reading = self.reading
        return self.kind, self.period, reading.part, reading.measure, reading.unit, reading.also


def decode(columns: Sequence[Sequence[Choice]], figures: Sequence[Figures]) -> list[Choice]:
    """Return the best choice for each column, read together."""
    is_open = [len({choice.kind for choice in choices}) > 1 for choices in columns]
    shown = differences(figures) if any(is_open) else {}
    ways: list[tuple[float, list[Choice]]] = [(1.0, [])]
    for index, choices in enumerate(columns):
        longer = [
            (score * _weight(choice, way, shown.get(index, ())), [*way, choice])
            for score, way in ways
            for choice in _with_evidence(choices, is_open[index], shown.get(index, ()))
        ]
        ways = sorted(longer, key=lambda way: -way[0])[:WIDTH]
    return ways[0][1]


def _with_evidence(choices: Sequence[Choice], is_open: bool, pairs: Sequence[Pair]) -> Iterator[Choice]:
    for choice in choices:
        is_shown = is_open and bool(pairs) and choice.kind == "variance"
        yield replace(choice, is_open=is_open and not is_shown and choice.score < LIKELY, is_shown=is_shown)


def _weight(choice: Choice, way: Sequence[Choice], pairs: Sequence[Pair]) -> float:
    weight = choice.score
    if any(choice.meaning == other.meaning for other in way):
        weight *= ALIKE
    if choice.is_shown:
        weight *= HOLDS
    elif choice.is_open and choice.kind == "variance" and not pairs:
        weight *= FAILS
    return weight


def differences(figures: Sequence[Figures]) -> dict[int, list[Pair]]:
    """Return the columns that are differences of two others, with those two: what is left and what is taken off."""
    found: dict[int, list[Pair]] = {}
    if len(figures) > MOST_COLUMNS:
        return found
    for first, second, third in permutations(range(len(figures)), 3):
        pair = (first, second)
        if _is_smallest(third, pair, figures) and _is_difference(figures[first], figures[second], figures[third]):
            found.setdefault(third, []).append(pair)
    return found


def _is_difference(first: Figures, second: Figures, third: Figures) -> bool:
    rows = [row for row in first if row in second and row in third and first[row] and second[row] and third[row]]
    held = sum(abs(first[row] - second[row] - third[row]) <= _tolerance(third[row]) for row in rows)
    return held >= TELLING_ROWS and held >= SHARE_HELD * len(rows)


def _tolerance(value: Decimal) -> Decimal:
    """Half a unit of the last figure for each term."""
    exponent = value.as_tuple().exponent
    return TOLERANCE.scaleb(exponent) if isinstance(exponent, int) else TOLERANCE


def _is_smallest(third: int, pair: Pair, figures: Sequence[Figures]) -> bool:
    """Of a = b - c the column with the smallest figures is the difference; b - a = c holds as well."""
    sizes = [sum(map(abs, figures[index].values())) for index in (third, *pair)]
    return sizes[0] == min(sizes)


def with_same_months(choices: Sequence[Choice]) -> list[Choice]:
    """Give last year's outcomes the months that the table's other outcomes state, where they state none."""
    dated = (c.period for c in choices if c.kind == "outcome" and c.period and "/" in c.period and "-" in c.period)
    months = next(dated, None)
    return [replace(c, period=_in_year(months, c.period)) if months and _is_bare_last_year(c) else c for c in choices]


def _is_bare_last_year(choice: Choice) -> bool:
    time = choice.reading.time
    return choice.kind == "outcome" and bool(time.shift) and time.extent is None and time.months is None


def _in_year(months: str, year: str | None) -> str | None:
    return "/".join(f"{year}{end[4:]}" for end in months.split("/")) if year else None


def with_open_totals(choices: Sequence[Choice], figures: Sequence[Figures]) -> list[Choice]:
    """Leave a total without a time open beside the years of a plan, which it sums, or among amounts of projects.

    *Total budget* before *Budget 2024* is a project's, too.
    """
    years = {c.period for c in choices if c.kind in PLANNED and not c.reading.time.is_empty}
    is_plan_of_years, is_of_projects = len(years) >= PLAN_YEARS, _are_of_projects(choices)
    dated = [(place, c.kind) for place, c in enumerate(choices) if c.reading.time.years]
    open_totals = (
        is_plan_of_years and _is_bare_total(c) or _is_whole(c) and (is_of_projects or _comes_before(place, c, dated))
        for place, c in enumerate(choices)
    )
    opened = [replace(c, period=None) if is_open else c for c, is_open in zip(choices, open_totals, strict=True)]
    return [
        replace(c, kind="budget", period=None) if _is_bare_total(c) and _sums_years(i, choices, figures) else c
        for i, c in enumerate(opened)
    ]


def _sums_years(index: int, choices: Sequence[Choice], figures: Sequence[Figures]) -> bool:
    """Whether a column's figures are the sums of a budget and of plans beside it, row by row."""
    years = [i for i, c in enumerate(choices) if i != index and c.reading.kind in PLANNED and c.period]
    totals = figures[index]
    parts = {row: sum(figures[i].get(row, Decimal()) for i in years) for row in totals}
    held = sum(abs(total - parts[row]) <= _tolerance(total) for row, total in totals.items())
    is_of_years = len({choices[i].period for i in years}) == len(years) > 1
    return is_of_years and held >= TELLING_ROWS and held >= SHARE_HELD * len(totals)


def _comes_before(place: int, choice: Choice, dated: Sequence[tuple[int, str | None]]) -> bool:
    """Whether a column of the same kind and of a stated year stands right of a choice's place."""
    return any(other > place and kind == choice.kind for other, kind in dated)


def _is_bare_total(choice: Choice) -> bool:
    reading = choice.reading
    return reading.time.is_empty and choice.kind in PLANNED and reading.kind is None and not reading.unknown


def _are_of_projects(choices: Sequence[Choice]) -> bool:
    """Whether what was spent up to a year stands beside what was spent in one: *Utfall t.o.m. 2023*, *Utfall 2024*."""
    times = [c.reading.time for c in choices if c.kind == "outcome" and not c.reading.part]
    so_far = [t.months == WHOLE_YEAR or (t.extent == "to_date" and not t.months and not t.years) for t in times]
    return any(so_far) and any(time.years and not is_so_far for time, is_so_far in zip(times, so_far, strict=True))


def _is_whole(choice: Choice) -> bool:
    """Whether it is a total of no stated time, as all that a project may cost is."""
    reading = choice.reading
    return choice.kind in TOTALS and reading.is_sum and reading.time.is_empty and not reading.part


def with_summed_kinds(choices: Sequence[Choice]) -> list[Choice]:
    """Give a silent column of a span of years the kind that the columns of its years have: it sums them."""
    kinds = [_kinds_within(choice, choices) for choice in choices]
    return [replace(c, kind=next(iter(k))) if len(k) == 1 else c for c, k in zip(choices, kinds, strict=True)]


def _kinds_within(whole: Choice, choices: Sequence[Choice]) -> set[str]:
    """Return the kinds of the columns whose years lie in a silent column's span, none for fewer than two."""
    years = whole.reading.time.years
    if whole.reading.kind is not None or years is None or years[0] == years[1] or whole.reading.time.is_term:
        return set()
    inside = [c.kind for c in choices if (own := c.reading.time.years) and own[0] == own[1] and _spans(years, own)]
    return set(inside) if len(inside) > 1 else set()


def _spans(years: tuple[int, int], own: tuple[int, int]) -> bool:
    return years[0] <= own[0] and own[1] <= years[1]
