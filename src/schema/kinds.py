"""The registry of record kinds: what each is as printed and as stored, its table, and what names and compares its rows.

The stages go through `KINDS` and spell out no kind. Where a kind needs code of its own, a stage has one place for it:
`READERS` in `extract.records.report` (how its tables are read), `NORMALIZERS` in `normalize.report` (how its rows
become records), `COLUMNS` in `namndata.store.records` (what the whole corpus knows of a record), `FIGURES` in
`namndata.identity.renditions` (what tells two files of one report) and `VIEWS` in `namndata.evaluate.gold` (how gold
states it). A plain kind needs none of them: a row of its tables is a record, as printed.
"""

from __future__ import annotations

from dataclasses import dataclass

from schema.printed import AssignmentRow, BudgetLine, GoalRow, IndicatorRow, PrintedRow
from schema.records import Assignment, BudgetValue, Goal, IndicatorValue, Record

Columns = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which columns name a record in two corpora or reports, and which must then say the same."""

    key: Columns
    stated: Columns


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record that reports hold."""

    printed: type[PrintedRow]
    """A row as extraction copies it."""
    model: type[Record]
    """A record as it is stored; pydantic refuses what is none."""
    table: str
    """The table that holds the records."""
    gold: str
    """The list of a gold file that states them."""
    initial: str
    """Stands before the number in a record's id, `report:i12`."""
    label: str
    """The field that says in words what a record is of."""
    versions: Comparison
    """What is compared between two corpora of the same reports. Rows, columns and ids may move."""
    editions: Comparison
    """What two editions of a report publish; how it is printed and what it stands under does not count."""
    indexes: tuple[Columns, ...] = ()
    """Columns that queries ask for, besides the document."""
    full_text: Columns = ()
    """Columns that can be searched by words."""
    is_plain: bool = False
    """Its tables have a column whose role, in `header_words.csv`, is the label; other fields are roles too."""


INDICATORS = RecordKind(
    printed=IndicatorRow,
    model=IndicatorValue,
    table="indicator_values",
    gold="indicators",
    initial="i",
    label="indicator",
    versions=Comparison(
        ("indicator", "parent", "kind", "period", "breakdown"),
        ("raw", "value", "upper", "comparator", "unit", "direction", "status", "goal_area", "committee_goal"),
    ),
    editions=Comparison(
        ("indicator", "parent", "kind", "period", "breakdown"),
        ("value", "upper", "comparator", "direction", "status"),
    ),
    indexes=(("indicator_id", "part", "kind", "period"), ("table_id", "row", "col")),
)
BUDGETS = RecordKind(
    printed=BudgetLine,
    model=BudgetValue,
    table="budget_values",
    gold="budget_lines",
    initial="b",
    label="line",
    versions=Comparison(("table_title", "line", "parent", "kind", "period"), ("raw", "value", "unit", "is_total")),
    editions=Comparison(("line", "parent", "kind", "period"), ("value", "unit")),
    indexes=(("line_id", "kind", "period"),),
)
ASSIGNMENTS = RecordKind(
    printed=AssignmentRow,
    model=Assignment,
    table="assignments",
    gold="assignments",
    initial="a",
    label="text",
    versions=Comparison(("scope", "number", "text"), ("status", "comment")),
    editions=Comparison(("number", "text"), ("status",)),
    full_text=("text", "comment"),
)
GOALS = RecordKind(
    printed=GoalRow,
    model=Goal,
    table="goals",
    gold="goals",
    initial="g",
    label="committee_goal",
    versions=Comparison(("goal_area", "committee_goal"), ("municipal_goal", "assessment", "assessment_code")),
    editions=Comparison(("committee_goal",), ("assessment",)),
    full_text=("goal_area", "municipal_goal", "committee_goal"),
)

KINDS: tuple[RecordKind, ...] = (INDICATORS, BUDGETS, ASSIGNMENTS, GOALS)
