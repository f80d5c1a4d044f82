"""How gold states each kind of record, and when the corpus says the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from namndata.evaluate.match import Likeness, Row, fold, fold_number, fold_raw
from schema.kinds import ASSIGNMENTS, BUDGETS, GOALS, INDICATORS, KINDS, RecordKind
from schema.records import Assignment, BudgetValue, Goal, IndicatorValue, Record

HIERARCHY = ("goal_area", "municipal_goal", "committee_goal", "parent", "category")


@dataclass(frozen=True, slots=True)
class View:
    """One way to score a kind of record."""

    name: str
    """What the score is called in the floors."""
    kind: RecordKind
    wanted: Callable[[Row], Iterable[Row]]
    """What a gold file states."""
    same: Likeness
    distinct: tuple[str, ...] = ()
    """Fields by which rows of the corpus count once; empty for each row."""
    attributes: tuple[str, ...] = ()
    """Fields whose share of right ones is scored over the matched records."""
    judges_confidence: bool = False
    """Its rows tell what their confidence was worth."""


def wanted_cells(truth: Row) -> Iterator[Row]:
    """Return the value cells of the gold's indicator rows."""
    for line in truth[INDICATORS.gold]:
        for cell in line["values"]:
            yield {**line, **cell, "column_period": cell["period"]}


def wanted_values(truth: Row) -> Iterator[Row]:
    """Return what the gold's value cells mean, one row for each part."""
    for cell in wanted_cells(truth):
        for part in cell["parts"]:
            yield {**cell, **part, "period": part.get("period") or cell["column_period"]}


def wanted_amounts(truth: Row) -> Iterator[Row]:
    """Return the gold's amounts."""
    for line in truth[BUDGETS.gold]:
        for cell in line["values"]:
            yield {**line, **cell, "table_title": line["table"], "is_total": int(line["is_total"])}


def wanted_goals(truth: Row) -> Iterator[Row]:
    """Return the gold's goals, each once for each assessment."""
    seen: set[tuple[str, str, str]] = set()
    for goal in truth[GOALS.gold]:
        identity = goal_identity(goal)
        if identity not in seen:
            seen.add(identity)
            yield goal


def goal_identity(goal: Row) -> tuple[str, str, str]:
    """Return what makes a goal's statement a distinct one."""
    return fold(goal["goal_area"]), fold(goal["committee_goal"]), fold(goal.get("assessment"))


def cell_key(row: Row) -> Hashable:
    """Return what must be equal for two value cells to be the same."""
    return row["kind"], row["column_period"] or row["period"], fold_raw(row["raw"])


def meaning_key(row: Row) -> Hashable:
    """Return what must be equal for two values to mean the same."""
    numbers = (fold_number(row["value"]), fold_number(row["upper"]))
    return row["kind"], row["period"], *numbers, row["comparator"], row["direction"], row["status"]


def amount_key(row: Row) -> Hashable:
    """Return what must be equal for two amounts to be the same."""
    return row["kind"], str(row["period"]), fold_number(row["value"])


VIEWS: Mapping[type[Record], tuple[View, ...]] = {
    IndicatorValue: (
        View(
            "cells",
            INDICATORS,
            wanted_cells,
            Likeness(cell_key, "indicator", nuances=("parent",)),
            distinct=("table_id", "row", "col", "indicator", "kind", "column_period", "raw"),
            attributes=HIERARCHY,
        ),
        View(
            "values",
            INDICATORS,
            wanted_values,
            Likeness(meaning_key, "indicator", nuances=("breakdown",)),
            attributes=("unit", "breakdown"),
            judges_confidence=True,
        ),
    ),
    BudgetValue: (
        View(
            "budget",
            BUDGETS,
            wanted_amounts,
            Likeness(amount_key, "line", nuances=("parent", "table_title")),
            attributes=("unit", "parent", "is_total"),
            judges_confidence=True,
        ),
    ),
    Assignment: (
        View(
            "assignments",
            ASSIGNMENTS,
            lambda truth: truth[ASSIGNMENTS.gold],
            Likeness(lambda row: row["scope"], "text"),
            attributes=("number", "status"),
        ),
    ),
    Goal: (
        View(
            "goals",
            GOALS,
            wanted_goals,
            Likeness(lambda row: fold(row.get("assessment")), "committee_goal", nuances=("goal_area",)),
            distinct=("goal_area", "committee_goal", "assessment"),
            attributes=("goal_area",),
        ),
    ),
}
"""How kinds are scored that gold does not state as the corpus does."""


def views_of(truth: Row) -> Iterator[View]:
    """Return the ways to score what a gold file states; it says nothing of kinds that it has no list of."""
    for kind in KINDS:
        if kind.gold in truth:
            yield from VIEWS.get(kind.model, (plain_view(kind),))


def plain_view(kind: RecordKind) -> View:
    """Return how a kind is scored whose gold has the fields of the corpus: by its label, field by field."""
    same = Likeness(lambda row: None, kind.label)
    return View(kind.table, kind, lambda truth: truth[kind.gold], same, attributes=kind.versions.stated)
