"""The decisions of people on which names are which indicator, kept in a CSV beside the reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal, get_args

from namndata.beside import read_lines, write_lines
from namndata.deciding import with_new
from namndata.errors import NamndataError

CROSSWALK = "crosswalk.csv"
Relation = Literal["same", "reworded", "not_same", "new", "definition_changed", "split", "merged"]
RELATIONS: tuple[str, ...] = get_args(Relation)
JOINING = ("same", "reworded")
"""The name is the indicator `indicator_id`."""
OWN = ("new", "definition_changed", "split", "merged")
"""The name is an indicator of its own, `indicator_id`; all but `new` come of another, `related_to`."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on a name."""

    name: str
    committee: str = ""
    """Empty where it holds for every committee."""
    indicator_id: str = ""
    relation: str = "same"
    decided_by: str = ""
    decided_on: str = ""
    note: str = ""
    parent: str = ""
    """Label of the row that the name stands under, where it is a sub-row."""
    document: str = ""
    """The only document that the decision holds for, where a name means different things in different reports."""
    related_to: str = ""
    """The indicator that this one comes of, where the definition changed or it was split or merged."""


COLUMNS = tuple(field.name for field in fields(Decision))
NEEDED = ("name", "indicator_id", "relation")


def read_crosswalk(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a file, in its order; no file means no decisions."""
    return tuple(decision_of(line.values, line.place) for line in read_lines(path, NEEDED))


def decision_of(row: Mapping[str, str], place: str) -> Decision:
    """Return a line's decision; what cannot be one ends the run."""
    decision = Decision(**{name: (row.get(name) or "").strip() for name in COLUMNS})
    if decision.relation not in RELATIONS:
        raise NamndataError(f"{place}: relation {decision.relation!r} is none of {', '.join(RELATIONS)}.")
    if not (decision.name and decision.indicator_id):
        raise NamndataError(f"{place}: a decision needs a name and an indicator_id.")
    if decision.relation in OWN[1:] and not decision.related_to:
        raise NamndataError(f"{place}: {decision.relation} needs related_to, the indicator that it comes of.")
    return decision


def write_crosswalk(path: Path, decisions: Iterable[Decision]) -> None:
    """Write the decisions, sorted, so that two people's additions merge; written aside and renamed."""
    write_lines(path, COLUMNS, map(asdict, sorted(set(decisions), key=sorting_key)))


def sorting_key(decision: Decision) -> tuple[str, ...]:
    """Return what orders decisions: by indicator, then by name."""
    return (
        decision.indicator_id,
        decision.name,
        decision.parent,
        decision.committee,
        decision.document,
        decision.relation,
    )


def decide(decisions: Sequence[Decision], new: Decision) -> list[Decision]:
    """Return the decisions with a new one; it replaces what was decided before on the same name.

    A rejection replaces only a decision on the same pair, for one name may be told from many indicators.
    """
    return with_new(decisions, new, is_replaced)


def is_replaced(old: Decision, new: Decision) -> bool:
    """Tell whether a new decision makes an old one void."""
    if (old.name, old.parent, old.committee, old.document) != (new.name, new.parent, new.committee, new.document):
        return False
    if old.indicator_id == new.indicator_id:
        return True
    return "not_same" not in (old.relation, new.relation)
