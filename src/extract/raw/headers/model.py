"""A table's columns as its header names them, and the lines that the header takes."""

from __future__ import annotations

from dataclasses import dataclass

from schema.lexicon.headers.runs import is_side
from schema.lexicon.years import year_in

LABEL_SIDE = frozenset(
    {"goal_area", "municipal_goal", "committee_goal", "indicator", "volume", "personnel", "line", "assignment"}
    | {"measure", "source", "assessment", "number", "unit", "goal_or_target", "trend"}
)


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """A column as its header names it."""

    label: str
    role: str
    kind: str | None = None

    @property
    def is_value(self) -> bool:
        """Whether it holds values."""
        return self.role == "value"

    @property
    def is_measure(self) -> bool:
        """Whether its header names a side of an account and no kind: *Intäkter*."""
        return is_side(self.label)

    @property
    def year(self) -> int | None:
        """The year that the header states."""
        return year_in(self.label)


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header and the lines it takes."""

    columns: tuple[HeaderColumn, ...]
    start: int
    end: int
    """Index of the first line below it."""
    markers: tuple[str, ...] = ()
    is_unsure: bool = False
    """Which columns the times above them are of is not known, or no word tells that any text names a column."""

    @property
    def labels(self) -> tuple[HeaderColumn, ...]:
        """The columns that are no value columns."""
        return tuple(c for c in self.columns if not c.is_value)

    @property
    def values(self) -> tuple[HeaderColumn, ...]:
        """The value columns."""
        return tuple(c for c in self.columns if c.is_value)

    @property
    def is_assignments(self) -> bool:
        """Texts with a status beside them."""
        roles = {c.role for c in self.columns}
        return not self.values and bool(roles & {"assignment", "measure"}) and "status" in roles

    @property
    def is_open(self) -> bool:
        """Whether what some column holds is not known: it is named as another is, or a time above may be of others."""
        names = [column.label.casefold() for column in self.values]
        return self.is_unsure or len(set(names)) < len(names)
