"""Records as the report prints them: extraction copies, normalisation interprets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from schema.layout import Box

Category = Literal["indicator", "volume", "personnel"]
ValueKind = Literal["outcome", "target", "forecast", "budget", "plan", "variance", "effect"]
AmountKind = Literal["budget", "plan", "outcome", "forecast", "variance", "effect"]
Scope = Literal["all_committees", "committee_specific"]


class PrintedRow:
    """A row of any kind, as printed: what a kind's own row is made from."""

    __slots__ = ()


PrintedRowType = TypeVar("PrintedRowType", bound=PrintedRow)


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """A non-empty value cell under its column header."""

    column_label: str
    kind: str
    """A ValueKind in indicator tables, an AmountKind in money tables."""
    raw: str
    row: int
    col: int
    page: int | None = None
    markers: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    period: str | None = None
    """The period of the column: its header's, else what the title or the report says."""
    part: str | None = None
    """The part of the whole that the column stands for, as its header prints it."""
    is_new_part: bool = False
    """The part is words that no vocabulary knows: it tells columns apart, and may be no part of a whole."""
    sex: str | None = None
    also: str | None = None
    """The kind of a second number that stands in brackets after the first."""
    unit: str | None = None
    """The unit that the column's header states."""
    inferred: bool = False
    confidence: float = 1.0
    """How sure the reading of the characters and of their column is; doubts come on top."""
    doubts: tuple[str, ...] = ()
    """Names of what makes the value doubtful; see `schema.doubts`."""


@dataclass(frozen=True, slots=True)
class IndicatorRow(PrintedRow):
    """A row of an indicator, volume or personnel table."""

    category: Category
    table: int
    table_title: str
    indicator: str
    row: int
    values: tuple[PrintedValue, ...] = ()
    goal_area: str | None = None
    municipal_goal: str | None = None
    committee_goal: str | None = None
    goal_verdict: str | None = None
    """How far the committee goal is met, where the table prints it with the goal's name."""
    parent: str | None = None
    source: str | None = None
    goal_met: str | None = None
    unit: str | None = None
    """A unit column's cell, as printed."""
    counts: str | None = None
    """What the labels' header or the table's title says of all rows: *Antal barn*."""
    status_colour: str | None = None
    """Colour of the status symbol in the assessment column."""
    trend: str | None = None
    """The trend column: text as printed, or the symbol's shape."""
    markers: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class BudgetLine(PrintedRow):
    """A row of a money table."""

    table: int
    table_title: str
    line: str
    row: int
    unit: str | None
    """`tkr`, `Mkr`, `miljoner kronor` … as printed in or near the table."""
    values: tuple[PrintedValue, ...] = ()
    parent: str | None = None
    is_total: bool = False
    markers: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class AssignmentRow(PrintedRow):
    """An assignment (uppdrag) given to the committee."""

    scope: Scope
    text: str
    number: str | None = None
    status: str | None = None
    comment: str | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class GoalRow(PrintedRow):
    """A committee goal where the report states or assesses it."""

    committee_goal: str
    goal_area: str | None = None
    municipal_goal: str | None = None
    assessment: str | None = None
    status_colour: str | None = None
    trend: str | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    box: Box | None = None
    """Where it stands on the page, of a goal in running text."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote's mark and text."""

    marker: str
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class FactDoubt:
    """Why something that a report is taken to be is doubtful."""

    fact: str
    """Column of `documents`."""
    why: str


FACTS = ("title", "municipality", "committee", "document_type", "fiscal_year", "as_of")
"""Columns of `documents` that say whose a report is, of what kind and of when."""


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where a report says what it is taken to be."""

    fact: str
    """Column of `documents`."""
    value: str
    said: str
    """The line that says it best; empty for what a person decided."""
    place: str
    """Where that stands: `title`, `front`, `running`, `file` … or `decided`."""
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the report says of itself."""

    title: str = ""
    municipality: str | None = None
    committee: str | None = None
    document_type: str | None = None
    fiscal_year: int | None = None
    plan_years: tuple[int, ...] = ()
    as_of: str | None = None
    """ISO date of an interim report."""
    municipality_code: str | None = None
    """Statistics Sweden's code of a municipality or region on the closed list."""
    doubts: tuple[FactDoubt, ...] = ()
    sources: tuple[FactSource, ...] = ()
    """Where each was read."""
    reviewed: bool = False
    """A person has decided some of it."""
    source_url: str | None = None
    published_on: str | None = None
    retrieved_on: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """Everything extraction found in one report."""

    facts: ReportFacts
    rows: tuple[PrintedRow, ...] = ()
    """Of all kinds; see `schema.kinds`."""
    footnotes: tuple[Footnote, ...] = ()
    owners: Mapping[tuple[int, int | None], str] = field(default_factory=dict, hash=False)
    """In a report of several committees whose a table is, or one of its rows."""
    legend: tuple[tuple[str, str], ...] = ()
    """The report's own Teckenförklaring: sign or colour, meaning."""

    def rows_of(self, printed: type[PrintedRowType]) -> tuple[PrintedRowType, ...]:
        """Return the rows of one kind, in the order printed."""
        return tuple(row for row in self.rows if isinstance(row, printed))
