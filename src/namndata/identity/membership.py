"""Which indicator each printed row is: what its name joins, unless a person decided otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from namndata.errors import NamndataError
from namndata.identity.committees import Committee, Committees, words_of
from namndata.identity.crosswalk import CROSSWALK, OWN, Decision
from namndata.identity.ids import Naming
from namndata.identity.same_names import Group
from namndata.identity.sightings import Sighting
from normalize.name_keys import compact_key, name_key

WITH_COMMITTEE = "/"
"""Stands in ids between whose an indicator was and its name, as they were made before."""


@dataclass(slots=True)
class Membership:
    """Which indicator each row is, while decisions are applied."""

    id_of: dict[int, str]
    """By the identity of the sighting."""
    decided: dict[int, Decision]
    rejected: set[frozenset[str]]
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other ids of an indicator, before decisions."""


def in_readable_ids(decisions: Sequence[Decision], naming: Naming) -> list[Decision]:
    """Return the decisions with ids that name no committee, where they were written down when ids did."""

    def readable(name: str) -> str:
        return naming.aliases.get(name, name) if WITH_COMMITTEE in name else name

    return [
        replace(each, indicator_id=readable(each.indicator_id), related_to=readable(each.related_to))
        for each in decisions
    ]


def apply_decisions(
    groups: Sequence[Group], naming: Naming, decisions: Sequence[Decision], committees: Committees
) -> Membership:
    """Give each row its indicator: what its name joins, unless a person decided otherwise."""
    membership = Membership({}, {}, set(), naming.aliases)
    for group, name in zip(groups, naming.ids, strict=True):
        membership.id_of.update({id(sighting): name for sighting in group})
    known = sightings_by_key(groups)
    for decision in sorted(decisions, key=lambda decision: decision.relation == "not_same"):
        apply_decision(decision, selected(decision, known, committees), membership)
    return membership


def sightings_by_key(groups: Iterable[Group]) -> dict[str, list[Sighting]]:
    """Return the rows by each of their keys."""
    found: dict[str, list[Sighting]] = defaultdict(list)
    for group in groups:
        for sighting in group:
            for key in dict.fromkeys(sighting.keys):
                found[key].append(sighting)
    return found


def selected(decision: Decision, known: Mapping[str, Sequence[Sighting]], committees: Committees) -> list[Sighting]:
    """Return the rows that a decision is about; none ends the run, for the decision would be lost in silence."""
    found = {id(sighting): sighting for key in keys_of(decision) for sighting in known.get(key, ())}
    rows = [sighting for sighting in found.values() if concerns(decision, sighting, committees)]
    if not rows:
        raise NamndataError(no_such_name(decision))
    return rows


def no_such_name(decision: Decision) -> str:
    """Return what is said of a decision on a name that no report prints."""
    return f"{CROSSWALK}: {tell(decision)} is no name in these reports. Correct the line or remove it."


def keys_of(decision: Decision) -> tuple[str, str]:
    """Return what makes a decision's name the same as a printed one."""
    names = (decision.parent, decision.name) if decision.parent else (decision.name,)
    return " / ".join(map(name_key, names)), "/".join(map(compact_key, names))


class Printed(Protocol):
    """A row of a report."""

    @property
    def document(self) -> str:
        """The report that prints it."""

    @property
    def committee(self) -> Committee:
        """Whose it is."""


def concerns(decision: Decision, sighting: Printed, committees: Committees) -> bool:
    """Tell whether a decision holds for a row's committee and document.

    What joins holds for the committees before and after the named one too, for their rows of that name are one
    series; what keeps apart holds for the named one alone, so that it can undo that.
    """
    town, name = sighting.committee
    named = (town, words_of(decision.committee))
    line = {named} if decision.relation == "not_same" else committees.line(named)
    if decision.committee and (town, name) not in line:
        return False
    return not decision.document or decision.document == sighting.document


def tell(decision: Decision) -> str:
    """Return a decision's name in words."""
    where = f" of {decision.committee}" if decision.committee else ""
    under = f" under “{decision.parent}”" if decision.parent else ""
    return f"“{decision.name}”{under}{where}"


def apply_decision(decision: Decision, rows: Sequence[Sighting], membership: Membership) -> None:
    """Let a person's word decide what some rows are."""
    if decision.relation == "not_same":
        reject(decision, rows, membership)
        return
    present = sorted({membership.id_of[id(row)] for row in rows})
    if len(present) > 1:
        raise NamndataError(
            f"{CROSSWALK}: {tell(decision)} names several indicators ({', '.join(present)}). "
            "Say in the columns committee or document which is meant."
        )
    for row in rows:
        membership.id_of[id(row)] = decision.indicator_id
        membership.decided[id(row)] = decision


def reject(decision: Decision, rows: Sequence[Sighting], membership: Membership) -> None:
    """Keep rows from an indicator, also where their name had joined it."""
    for row in rows:
        if membership.id_of[id(row)] == decision.indicator_id:
            membership.id_of[id(row)] = (
                f"{decision.indicator_id}/{row.committee[1]}/{words_of(decision.document) or 'other'}"
            )
            membership.decided[id(row)] = decision
        membership.rejected.add(frozenset((membership.id_of[id(row)], decision.indicator_id)))


def regroup(sightings: Sequence[Sighting], membership: Membership) -> dict[str, Group]:
    """Return the rows by indicator, oldest report first."""
    groups: dict[str, Group] = defaultdict(list)
    for sighting in sightings:
        groups[membership.id_of[id(sighting)]].append(sighting)
    return groups


def alias_rows(membership: Membership, known: Mapping[str, Group]) -> Iterator[dict[str, str]]:
    """Return the rows of `indicator_aliases`: other ids of the indicators that there are, as decisions left them."""
    for alias, indicator in sorted(membership.aliases.items()):
        if indicator in known and alias not in known:
            yield {"alias": alias, "indicator_id": indicator}


def relations(decisions: Sequence[Decision], known: Mapping[str, Group]) -> dict[str, Decision]:
    """Return the decision that tells what each indicator comes of; what comes of nothing known ends the run."""
    found = {decision.indicator_id: decision for decision in decisions if decision.relation in OWN}
    for decision in found.values():
        if decision.related_to and decision.related_to not in known:
            raise NamndataError(
                f"{CROSSWALK}: {tell(decision)} is related to {decision.related_to}, which is no indicator."
            )
    reworded = {each.indicator_id: each for each in decisions if each.relation == "reworded"}
    return reworded | found
