"""The records that leave the pipeline; pydantic refuses what is not one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from schema.lexicon.years import STORED_PERIOD
from schema.printed import AmountKind, Category, Scope, ValueKind

Period = Annotated[str, StringConstraints(pattern=STORED_PERIOD)]
Number = Annotated[float, Field(ge=-1e15, le=1e15)]
"""More than fifteen digits are several numbers that ran together, and more than SQLite holds."""
Share = Annotated[float, Field(ge=0, le=1)]
Text = Annotated[str, StringConstraints(min_length=1)]
Direction = Literal["increase", "decrease", "maintain", "not_increase", "stabilise"]
Status = Literal["reported", "preliminary", "missing", "pending", "text"]
Comparator = Literal[">=", "<=", ">", "<", "~"]


class Record(BaseModel):
    """A row with the cell it came from; `table` is the table's number in the document, None for prose."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    committee: str | None = None
    """Whose it is, where that is not the report's own committee."""
    page: int | None = None
    table: int | None = None
    row: int | None = None
    reviewed: bool = False
    """A person has decided something of it."""

    @classmethod
    def printed_fields(cls) -> frozenset[str]:
        """Return the fields that a printed row gives; the others are added later."""
        return frozenset(cls.model_fields) - ADDED


ADDED = frozenset({"committee", "reviewed"})
"""Fields of a record that no row of a table prints."""


RecordType = TypeVar("RecordType", bound=Record)


def records_of(model: type[RecordType], records: Iterable[Record]) -> tuple[RecordType, ...]:
    """Return the records of one kind, in order."""
    return tuple(record for record in records if isinstance(record, model))


class CellValue(Record):
    """A record of what one cell says, and how far it can be trusted."""

    table_title: str | None = None
    parent: str | None = None
    column_label: str
    period: Period | None = None
    raw: Text
    unit: str | None = None
    measure: str | None = None
    """What the column counts, where one row holds several measures."""
    footnotes: tuple[str, ...] = ()
    col: int | None = None
    inferred: bool = False
    confidence: Share = 1.0
    doubts: tuple[str, ...] = ()
    value_read: Number | None = None
    """The number as it was read, where a person corrected it."""


class IndicatorValue(CellValue):
    """One number, direction or statement in a value cell."""

    category: Category
    goal_area: str | None = None
    municipal_goal: str | None = None
    committee_goal: str | None = None
    indicator: Text
    source: str | None = None
    goal_met: str | None = None
    status_colour: str | None = None
    trend: str | None = None
    kind: ValueKind
    column_period: Period | None = None
    breakdown: str | None = None
    value: Number | None = None
    upper: Number | None = None
    comparator: Comparator | None = None
    direction: Direction | None = None
    status: Status = "reported"

    @model_validator(mode="after")
    def _range_ascends(self) -> IndicatorValue:
        if self.upper is not None and (self.value is None or self.upper < self.value):
            raise ValueError(f"the range {self.value}–{self.upper} does not ascend")
        return self


class BudgetValue(CellValue):
    """One amount of a money table, in the printed unit and in SEK."""

    line: Text
    is_total: bool = False
    kind: AmountKind
    part: str | None = None
    value: Number
    amount_sek: int | float | None = None


class Assignment(Record):
    """An assignment (uppdrag) to the committee."""

    scope: Scope
    number: str | None = None
    text: Text
    status: str | None = None
    comment: str | None = None


class Goal(Record):
    """A committee goal (nämndmål) where it is stated or assessed."""

    goal_area: str | None = None
    municipal_goal: str | None = None
    committee_goal: Text
    assessment: str | None = None
    assessment_code: Literal["met", "partly_met", "not_met", "not_assessed"] | None = None
    status_colour: str | None = None
    trend: str | None = None
    confidence: Share = 1.0
    doubts: tuple[str, ...] = ()
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    """Where it stands as text on its page; a goal in a table has a cell instead."""
