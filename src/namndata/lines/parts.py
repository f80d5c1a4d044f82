"""Which lines one line was split into, or several were merged into: by sums for one year, or by names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import prod

from namndata.lines.decisions import MERGED, SPLIT, Link
from namndata.lines.profiles import Amount, Place, Profile
from namndata.lines.propose import link_of, says_much

MOST_PARTS = 3
MOST_LINES = 16
"""New lines of a report among which sums are tried: of more, some come to any amount by chance."""
MOST_CHANCE = 0.05
"""Sums of that many lines, rounded as they are, that would come to an amount by chance: above it a sum says nothing."""
MOST_SLACK = 0.01
"""Of an amount: sums further from it are passed over before their rounding is looked at."""
BY_SUM, BY_NAME = 0.9, 0.7
"""Scores, as an order: a sum for one year says more than names that begin alike."""


def split_and_merged(lines: Sequence[Profile]) -> Iterator[Link]:
    """Return the links of lines that were split or merged between two reports."""
    reports: dict[tuple[str, str], list[Profile]] = {}
    for line in lines:
        for document, edition in line.documents.items():
            reports.setdefault((edition, document), []).append(line)
    for (then, older), (later, newer) in combinations(sorted(reports), 2):
        gone = [line for line in reports[then, older] if newer not in line.documents]
        new = [line for line in reports[later, newer] if older not in line.documents]
        for whole, parts, reason, score in wholes(gone, new, older, newer):
            yield from (link_of(part, whole, SPLIT, score, [reason]) for part in parts)
        for whole, parts, reason, score in wholes(new, gone, newer, older):
            yield from (link_of(whole, part, MERGED, score, [reason]) for part in parts)


def wholes(
    lines: Sequence[Profile], parts: Sequence[Profile], of_whole: str, of_parts: str
) -> Iterator[tuple[Profile, tuple[Profile, ...], str, float]]:
    """Return the lines of one report that several of another come to, or whose names begin with theirs."""
    for whole in lines:
        beside = [part for part in parts if part.level == whole.level]
        beginning = tuple(part for part in beside if begins(part, whole))
        found = sum_of(whole, beside, of_whole, of_parts)
        if found:
            summed, place = found
            yield whole, summed, f"their sum is its amount: {place[0]} {place[1]}", BY_SUM
        elif len(beginning) > 1 and whole.words:
            yield whole, beginning, "their names begin with its name", BY_NAME


def begins(part: Profile, whole: Profile) -> bool:
    """Tell whether a line's name is another's and more."""
    return len(part.words) > len(whole.words) and part.words[: len(whole.words)] == whole.words


def sum_of(
    whole: Profile, parts: Sequence[Profile], of_whole: str, of_parts: str
) -> tuple[tuple[Profile, ...], Place] | None:
    """Return the two or three parts that come to a whole wherever both reports state them, where that is no chance."""
    amounts = whole.amounts[of_whole]
    stating = {place: [part for part in parts if place in part.amounts[of_parts]] for place in sorted(amounts)}
    first = max(stating, key=lambda place: len(stating[place]))
    if not 2 <= len(stating[first]) <= MOST_LINES:
        return None
    sums = [some for size in range(2, MOST_PARTS + 1) for some in combinations(stating[first], size)]
    wanted = amounts[first].sek
    known = {part.line_id: part.amounts[of_parts][first].sek for part in stating[first]}
    for some in sums:
        if abs(sum(known[part.line_id] for part in some) - wanted) > MOST_SLACK * abs(wanted):
            continue
        stated = [part.amounts[of_parts] for part in some]
        places = [place for place in amounts if all(place in each for each in stated)]
        chances = [chance(amounts[place], [each[place] for each in stated]) for place in places]
        if len(sums) * prod(chances) <= MOST_CHANCE:
            return some, first
    return None


def chance(whole: Amount, parts: Sequence[Amount]) -> float:
    """Return how likely parts come to a whole by chance; where they do not, that is certain to be no sum."""
    if not says_much(whole.sek) or not all(part.sek for part in parts):
        return float("inf")
    slack = (whole.step + sum(part.step for part in parts)) / 2
    off = abs(sum(part.sek for part in parts) - whole.sek)
    return 2 * slack / abs(whole.sek) if off <= slack else float("inf")
