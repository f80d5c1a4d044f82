"""Which columns the values of a row stand in, where the row prints fewer values than the table has columns.

The placements are weighed by what is usual: the oldest year is the one that is missing, a direction is a
target, a sub-row by sex has no target, a variance is the difference of its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from extract.raw.headers.model import HeaderColumn
from schema.lexicon.text import opening_word
from schema.lexicon.values import is_missing, opens_with
from schema.lexicon.years import years_in

CERTAIN = 1.0
CONFIRMED = 0.95
"""Sums or the text's own spacing leave one placement."""
LIKELY = 0.8
UNSURE = 0.5
CLEAR_MARGIN = 0.75
"""Difference in cost at which the best placement is likely rather than a toss."""
TIE = 0.05

EMPTY_OLDEST = 0.3
EMPTY_MIDDLE = 1.6
EMPTY_NEWEST = 2.2
EMPTY_PARTIAL = 0.2
"""The newest outcome column where the report's own cells say that it covers part of a year."""
EMPTY_TARGET = 1.0
EMPTY_LATER_TARGET = 0.8
WRONG_KIND = 2.0
STRANGE_OPENING = 2.5
"""A cell whose first word opens cells of other columns only."""
MISSING_IN_TARGET = 1.5
MISSING_NEWEST = 0.9
"""A sign for a missing value in the newest year, where the values could stand further left."""

TABLES_KEPT = 64
"""Tables, with what is known of a row, for which the costs of empty columns are remembered."""
TEXTS_KEPT = 4096
"""Texts that are remembered as read."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Columns for the values of a row, in order."""

    columns: tuple[int, ...]
    inferred: bool = False
    confidence: float = CERTAIN
    rival: tuple[int, ...] | None = None
    """Another placement that fits as well."""


@dataclass(frozen=True, slots=True)
class RowContext:
    """What is known of a row beside its values."""

    is_sub_row: bool = False
    partial_newest: bool = False
    """The newest year is not over in this report."""
    fewer_throughout: bool = False
    """Every row of the table leaves columns empty: its last plan years are not filled in."""
    openings: tuple[frozenset[str], ...] = ()
    """For each value column the words that its cells in other rows open with."""


def place(values: Sequence[str], columns: Sequence[HeaderColumn], context: RowContext) -> Placement:
    """Return the cheapest placement of a row's values in the value columns."""
    count = len(columns)
    if len(values) >= count:
        return Placement(tuple(range(min(len(values), count))))
    if context.fewer_throughout and columns[-1].kind in ("plan", "budget", "forecast"):
        return Placement(tuple(range(len(values))), inferred=True, confidence=LIKELY)
    empties = _empty_costs(tuple(columns), context)
    order = _outcomes_by_age(columns)
    newest = order[-1] if len(order) > 1 else None
    costs = sorted(
        (_cost(values, chosen, columns, context, empties, newest), chosen)
        for chosen in combinations(range(count), len(values))
    )
    best_cost, best = costs[0]
    margin = costs[1][0] - best_cost if len(costs) > 1 else CLEAR_MARGIN
    rival = costs[1][1] if margin <= TIE else None
    confidence = LIKELY if margin >= CLEAR_MARGIN else UNSURE + (LIKELY - UNSURE) * margin / CLEAR_MARGIN
    return Placement(best, inferred=True, confidence=round(confidence, 2), rival=rival)


def _cost(
    values: Sequence[str],
    chosen: Sequence[int],
    columns: Sequence[HeaderColumn],
    context: RowContext,
    empties: Sequence[float],
    newest: int | None,
) -> float:
    """What a placement costs; `empties` tells what each column costs that it leaves empty."""
    cost = sum(empty for i, empty in enumerate(empties) if i not in chosen)
    signs = (text for text, i in zip(values, chosen, strict=True) if i == newest and len(text) == 1)
    cost += MISSING_NEWEST * sum(is_missing(text) for text in signs)
    cost += sum(_opening_cost(text, i, context) for text, i in zip(values, chosen, strict=True))
    return cost + sum(_value_cost(text, columns[i], context) for text, i in zip(values, chosen, strict=True))


def _opening_cost(text: str, index: int, context: RowContext) -> float:
    """What it costs that a cell opens as cells of other columns do and those of its own do not."""
    word = opening_word(text)
    elsewhere = any(word in words for i, words in enumerate(context.openings) if i != index)
    return STRANGE_OPENING if word and elsewhere and word not in context.openings[index] else 0.0


@lru_cache(maxsize=TABLES_KEPT)
def _empty_costs(columns: tuple[HeaderColumn, ...], context: RowContext) -> tuple[float, ...]:
    """What it costs to leave each value column empty: the same in nearly all rows of a table."""
    return tuple(empty_cost(i, columns, context) for i in range(len(columns)))


def empty_cost(index: int, columns: Sequence[HeaderColumn], context: RowContext) -> float:
    """What it costs to leave a value column empty."""
    column = columns[index]
    if column.kind in ("target", "plan", "forecast"):
        if context.is_sub_row and column.kind == "target":
            return 0.0
        earlier = any(c.kind == column.kind for c in columns[:index])
        return EMPTY_LATER_TARGET if earlier else EMPTY_TARGET
    order = _outcomes_by_age(columns)
    if index not in order:
        return EMPTY_MIDDLE
    if index == order[-1]:
        return EMPTY_PARTIAL if context.partial_newest and len(order) > 1 else EMPTY_NEWEST
    return EMPTY_OLDEST + 0.1 * order.index(index) if len(order) > 1 else EMPTY_MIDDLE


def _outcomes_by_age(columns: Sequence[HeaderColumn]) -> list[int]:
    """Outcome columns, the oldest first; by their years, else by their order."""
    outcomes = [i for i, c in enumerate(columns) if c.kind not in ("target", "plan", "forecast", "variance")]
    return sorted(outcomes, key=lambda i: (columns[i].year or 0, i))


def kind_cost(text: str, column: HeaderColumn) -> float:
    """What it costs that a value of this kind stands in a column."""
    return _value_cost(text, column, RowContext())


@lru_cache(maxsize=TEXTS_KEPT)
def _signs_of(text: str) -> tuple[bool, bool, tuple[int, ...]]:
    """Whether a value opens with a direction or is missing, and its years: asked anew for each column."""
    return opens_with(text, "directions"), is_missing(text), years_in(text)


def _value_cost(text: str, column: HeaderColumn, context: RowContext) -> float:
    """A direction belongs to a target, a sign for a missing value to an outcome."""
    is_target = column.kind in ("target", "plan")
    is_directed, is_empty, years = _signs_of(text)
    if is_directed:
        return 0.0 if is_target else WRONG_KIND
    if is_empty:
        return MISSING_IN_TARGET if is_target else 0.0
    if years and column.year is not None and not is_target:
        return 0.0 if column.year in years else 0.3
    return WRONG_KIND / 2 if is_target and context.is_sub_row else 0.0
