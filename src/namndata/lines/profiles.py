"""What is known of a line of money when it is compared with others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from namndata.identity.budget_lines import bare_name
from normalize.guards import Codes, guard_codes
from normalize.name_keys import name_key

Place = tuple[str, str, str, str]
"""Kind, period, part and the side of the column."""
PLANNED = frozenset(("plan", "budget"))
"""Kinds that are one where amounts are compared: what a plan calls plan, the budget of that year calls budget."""

AMOUNTS = """
    select s.line_id, s.line, s.parent, s.document, s.edition, s.municipality, s.committee, s.statement, s.kind,
      s.period, ifnull(s.part, '') as part, ifnull(s.column_side, '') as column_side, s.comparable_sek, s.step,
      s.level, v.is_bottom
    from budget_statements s
    join budget_values v on v.id = s.value_id
    where s.kind in ('plan', 'budget', 'outcome', 'forecast') and s.comparable_sek is not null
    order by s.edition, s.document, v.rowid
"""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as a report prints it."""

    sek: float
    step: float
    """What its last printed place is worth."""

    def agrees(self, other: Amount) -> bool:
        """Tell whether two amounts are one, but for rounding."""
        return abs(self.sek - other.sek) <= (self.step + other.step) / 2


@dataclass
class Profile:
    """A line, its names and its amounts."""

    line_id: str
    name: str
    """Its label in the oldest report."""
    municipality: str | None
    committee: str | None
    statement: str
    edition: str
    """When its oldest report was written."""
    level: int
    documents: dict[str, str] = field(default_factory=dict)
    """Its reports, with when they were written."""
    parents: set[str] = field(default_factory=set)
    is_bottom: bool = False
    amounts: dict[str, dict[Place, Amount]] = field(default_factory=dict)
    """By report."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The base forms of its name."""
        return tuple(name_key(bare_name(self.name)).split())

    @cached_property
    def codes(self) -> Codes:
        """What its name says that another must not contradict."""
        return guard_codes(bare_name(self.name))

    @cached_property
    def stated(self) -> Mapping[Place, tuple[Amount, ...]]:
        """What any report states, by place."""
        found: dict[Place, tuple[Amount, ...]] = {}
        for amounts in self.amounts.values():
            for place, amount in amounts.items():
                found[place] = (*found.get(place, ()), amount)
        return found


def read_profiles(rows: Iterable[Mapping[str, Any]]) -> dict[str, Profile]:
    """Return the lines of a corpus, oldest first."""
    found: dict[str, Profile] = {}
    for row in rows:
        line = found.get(row["line_id"])
        if line is None:
            whose = (row["municipality"], row["committee"], row["statement"], row["edition"] or "", row["level"] or 0)
            line = found[row["line_id"]] = Profile(row["line_id"], row["line"], *whose)
        line.documents[row["document"]] = row["edition"] or ""
        line.is_bottom = line.is_bottom or bool(row["is_bottom"])
        if row["parent"]:
            line.parents.add(name_key(bare_name(row["parent"])))
        kind = "budget" if row["kind"] in PLANNED else row["kind"]
        place = (kind, row["period"], row["part"], row["column_side"])
        line.amounts.setdefault(row["document"], {}).setdefault(place, Amount(row["comparable_sek"], row["step"]))
    return found


def groups(lines: Iterable[Profile]) -> Iterator[list[Profile]]:
    """Return the lines by whose they are and what they are part of."""
    found: dict[tuple[str | None, str | None, str], list[Profile]] = {}
    for line in lines:
        found.setdefault((line.municipality, line.committee, line.statement), []).append(line)
    yield from found.values()
