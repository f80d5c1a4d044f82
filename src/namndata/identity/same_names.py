"""Joins rows whose names are equal after normalisation, and keeps apart namesakes that one report tells apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from namndata.identity.committees import Committee, Committees
from namndata.identity.sightings import Sighting, most_common
from schema.lexicon.text import fold_label
from schema.vocabulary import read_map

Group = list[Sighting]
"""Rows of one indicator, oldest report first."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many figures two rows state for the same place, alike and differently."""

    alike: int
    unlike: int


def join_exact(sightings: Sequence[Sighting], committees: Committees) -> list[Group]:
    """Return the rows by indicator; a name that two rows of one report use for different things is two indicators."""
    measures = (measure for group in same_names(sightings) for measure in split_by_unit(group))
    groups = [group for namesakes in measures for group in split_namesakes(namesakes)]
    joined = join_successors(groups, committees)
    return sorted(joined, key=lambda group: group[0].order)


def same_names(sightings: Iterable[Sighting]) -> list[Group]:
    """Return one committee's rows by name: the base forms of the words are equal, or the letters without spaces."""
    groups: dict[tuple[Committee, str], Group] = {}
    for sighting in sightings:
        words, letters = ((sighting.committee, key) for key in sighting.keys)
        one, other = groups.get(words), groups.get(letters)
        group = one if one is not None else other if other is not None else []
        if one is not None and other is not None and one is not other:
            group = merge(one, other, groups)
        group.append(sighting)
        groups[words] = groups[letters] = group
    return list({id(group): group for group in groups.values()}.values())


def merge(one: Group, other: Group, groups: dict[tuple[Committee, str], Group]) -> Group:
    """Make two groups one, wherever they are known."""
    one += other
    groups.update({key: one for key, group in groups.items() if group is other})
    return one


def split_by_unit(group: Group) -> Iterator[Group]:
    """Return the group, or one for each kind of unit: a share in one report is no number of days in another.

    Rows without a known unit are kept with the rest where all others agree, and by themselves where they do not.
    """
    parts: dict[str | None, Group] = defaultdict(list)
    for sighting in group:
        parts[unit_kind(sighting)].append(sighting)
    if len(parts.keys() - {None}) < 2:
        yield group
    else:
        yield from parts.values()


def unit_kind(sighting: Sighting) -> str | None:
    """Return the kind of the unit that most of a row's figures have, if it is a known one."""
    unit = most_common(sighting.units)
    return read_map("units", "unit", "kind").get(unit.casefold()) if unit else None


def split_namesakes(group: Group) -> list[Group]:
    """Return the group, or several where a report has rows of this name that are not the same."""
    ordered = sorted(group, key=lambda sighting: sighting.order)
    if not any(are_apart(one, other) for one, other in combinations(ordered, 2)):
        return [ordered]
    parts: list[Group] = []
    for sighting in ordered:
        home = find_home(sighting, parts)
        if home is None:
            parts.append([sighting])
        else:
            home.append(sighting)
    return parts


def are_apart(one: Sighting, other: Sighting) -> bool:
    """Tell whether one report prints two rows of a name as different things: their figures contradict each other.

    Within one table a single figure is enough; two tables may be of different dates, so that most must differ.
    Rows of two reports are never apart by their figures: figures are revised.
    """
    if one.document != other.document:
        return False
    found = agreement(one, other)
    if one.block == other.block:
        return found.unlike > 0 or (not found.alike and goals_differ(one, other))
    return found.unlike > found.alike


def goals_differ(one: Sighting, other: Sighting) -> bool:
    """Tell whether two rows stand under different committee goals."""
    mine, theirs = fold_label(one.committee_goal or ""), fold_label(other.committee_goal or "")
    return bool(mine and theirs and mine != theirs)


def agreement(one: Sighting, other: Sighting) -> Agreement:
    """Count the places where both state a figure."""
    shared = one.figures.keys() & other.figures.keys()
    alike = sum(one.figures[place] == other.figures[place] for place in shared)
    return Agreement(alike, len(shared) - alike)


def find_home(sighting: Sighting, parts: Sequence[Group]) -> Group | None:
    """Return the one part whose figures or committee goal a namesake shares; None where none stands out."""
    fitting = [part for part in parts if not any(are_apart(sighting, member) for member in part)]
    marks = [(likeness(sighting, part), part) for part in fitting]
    best = max((mark for mark, _ in marks), default=(0, False))
    homes = [part for mark, part in marks if mark == best]
    return homes[0] if len(homes) == 1 and (best[0] > 0 or (best[0] == 0 and best[1])) else None


def likeness(sighting: Sighting, part: Group) -> tuple[int, bool]:
    """Return by how many figures a row agrees with a part more than not, and whether they share a goal."""
    found = [agreement(sighting, member) for member in part]
    same_goal = any(
        sighting.committee_goal and member.committee_goal and not goals_differ(sighting, member) for member in part
    )
    return sum(each.alike - each.unlike for each in found), same_goal


def join_successors(groups: Sequence[Group], committees: Committees) -> list[Group]:
    """Join groups of one name across a committee and the one that took over its work.

    Where two committees became one and both have the name, or one became two, nobody can tell from the name alone
    whose series goes on: those stay apart.
    """
    by_key: dict[tuple[str, str], dict[Committee, list[Group]]] = defaultdict(lambda: defaultdict(list))
    for group in groups:
        committee = group[0].committee
        by_key[committee[0], group[0].keys[0]][committee].append(group)
    heir = {id(group): group for group in groups}
    for holders in by_key.values():
        for old, new in successions(holders, committees):
            heir[id(holders[old][0])] = holders[new][0]
    return follow(groups, heir)


def successions(holders: dict[Committee, list[Group]], committees: Committees) -> list[tuple[Committee, Committee]]:
    """Return old and new committee where each has the name once and there is no second to either."""
    pairs = [(old, new) for old in holders for new in committees.later(old) if new in holders]
    olds, news = [old for old, _ in pairs], [new for _, new in pairs]
    return [
        (old, new)
        for old, new in pairs
        if olds.count(old) == 1 and news.count(new) == 1 and len(holders[old]) == len(holders[new]) == 1
    ]


def follow(groups: Sequence[Group], heir: dict[int, Group]) -> list[Group]:
    """Return the groups with all that they inherit."""
    joined: dict[int, Group] = {}
    for group in groups:
        last = group
        while heir[id(last)] is not last:
            last = heir[id(last)]
        joined.setdefault(id(last), []).extend(group)
    return [sorted(group, key=lambda sighting: sighting.order) for group in joined.values()]
