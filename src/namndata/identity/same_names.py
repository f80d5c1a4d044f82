"""Joins rows whose names are equal after normalisation, and keeps apart namesakes that one report tells apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from namndata.identity.committees import Committee, Committees
from namndata.identity.sightings import Figure, Sighting, most_common
from schema.lexicon.text import fold_label
from schema.vocabulary import read_map

REVISED_BY = 2
"""Times that a revised figure may be the old one: beyond, several figures of a name are of another thing."""
FEWEST_FAR = 2
"""Figures of two reports that must differ so much: one may be misprinted, or in another unit."""
LARGEST_SHARE = 1000
"""Growth is seldom more, in percent or per mille; counts of people mostly are."""

Group = list[Sighting]
"""Rows of one indicator, oldest report first."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many figures two rows state for the same place, alike and differently."""

    alike: int
    unlike: int
    far: int = 0
    """How many differ by more than a revision does."""


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

    Rows without a known unit are kept with the rest where all others agree, and by themselves where they do not, or
    where the others are shares and their own figures are beyond any share.
    """
    parts: dict[str | None, Group] = defaultdict(list)
    for sighting in group:
        parts[unit_kind(sighting)].append(sighting)
    kinds = parts.keys() - {None}
    if len(kinds) < 2 and not (
        kinds == {"share"} and any(are_beyond_shares(row.figures.values()) for row in parts[None])
    ):
        yield group
    else:
        yield from parts.values()


def are_beyond_shares(figures: Iterable[Figure]) -> bool:
    """Tell whether one of the figures is more than shares are: 2 258 children are no percent."""
    return any(abs(value or 0) > LARGEST_SHARE for value, _, _ in figures)


def unit_kind(sighting: Sighting) -> str | None:
    """Return the kind of the unit that most of a row's figures have, if it is a known one."""
    unit = most_common(sighting.units)
    return read_map("units", "unit", "kind").get(unit.casefold()) if unit else None


def split_namesakes(group: Group) -> list[Group]:
    """Return the group, or several where a report has rows of this name that are not the same."""
    printed = [unit for block in by_block(group) for unit in units_of(block)]
    if not any(are_apart(one, other) for one, other in combinations(printed, 2)):
        return [sorted(group, key=lambda sighting: sighting.order)]
    parts: list[list[Group]] = []
    for unit in sorted(printed, key=lambda unit: unit[0].order):
        home = find_home(unit, parts)
        if home is None:
            parts.append([unit])
        else:
            home.append(unit)
    return [sorted((row for unit in part for row in unit), key=lambda row: row.order) for part in parts]


def by_block(group: Group) -> list[Group]:
    """Return the rows by the table, or the tables of one title, that print them."""
    blocks: dict[tuple[str, str, str], Group] = defaultdict(list)
    for sighting in sorted(group, key=lambda sighting: sighting.order):
        blocks[sighting.block].append(sighting)
    return list(blocks.values())


def units_of(block: Group) -> list[Group]:
    """Return the rows of a table as one thing, for its years may stand in rows; each alone where any two are apart."""
    if any(rows_apart(one, other) for one, other in combinations(block, 2)):
        return [[sighting] for sighting in block]
    return [block]


def are_apart(one: Group, other: Group) -> bool:
    """Tell whether reports print rows of a name as different things: their figures contradict each other.

    Within one report rows do so. Rows of two reports are apart only where several figures differ, none agrees, and all
    differ by more than revisions do.
    """
    if one[0].document == other[0].document:
        return any(rows_apart(mine, theirs) for mine in one for theirs in other)
    found = sum_up(one, other)
    return found.far >= FEWEST_FAR and not found.alike and found.far == found.unlike


def sum_up(one: Group, other: Group) -> Agreement:
    """Count the places where rows of both state a figure."""
    found = [agreement(mine, theirs) for mine in one for theirs in other]
    return Agreement(*(sum(getattr(each, name) for each in found) for name in ("alike", "unlike", "far")))


def rows_apart(one: Sighting, other: Sighting) -> bool:
    """Tell whether two rows of a report are different things.

    Within one table a single figure is enough; two tables may be of different dates, so that most must differ.
    """
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
    far = sum(are_far(one.figures[place][0], other.figures[place][0]) for place in shared)
    return Agreement(alike, len(shared) - alike, far)


def are_far(one: float | None, other: float | None) -> bool:
    """Tell whether two numbers differ by more than a revision: one is more than twice the other."""
    if one is None or other is None or one * other < 0:
        return False
    low, high = sorted((abs(one), abs(other)))
    return high > REVISED_BY * low


def find_home(unit: Group, parts: Sequence[list[Group]]) -> list[Group] | None:
    """Return the one part whose figures or committee goal a namesake shares; None where none stands out."""
    fitting = [part for part in parts if not any(are_apart(unit, member) for member in part)]
    marks = [(likeness(unit, part), part) for part in fitting]
    best = max((mark for mark, _ in marks), default=(0, False))
    homes = [part for mark, part in marks if mark == best]
    return homes[0] if len(homes) == 1 and (best[0] > 0 or (best[0] == 0 and best[1])) else None


def likeness(unit: Group, part: Sequence[Group]) -> tuple[int, bool]:
    """Return by how many figures rows agree with a part more than not, and whether they share a goal."""
    found = [sum_up(unit, member) for member in part]
    same_goal = any(
        row.committee_goal and of.committee_goal and not goals_differ(row, of)
        for row in unit
        for member in part
        for of in member
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
