"""Which lines of different reports may be one: a score and its reasons; nothing here joins anything."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from namndata.lines.decisions import SAME, Link
from namndata.lines.profiles import Place, Profile
from normalize.guards import one_sided, vetoes

LEAST_SCORE = 0.5
MOST_PROPOSED = 3
LONGEST_POSTING = 60
"""Lines with one word or amount; a more frequent one brings no pair up."""
FEWEST_FIGURES = 3
"""Significant figures that an amount needs to say something: 400 000 is met by chance."""
MOST_FIGURES, MOST_CONFLICTS = 10, 4
START, NAME, FIGURE, BOTTOM, PARENT, ONE_SIDED, CONFLICT = -4.0, 5.0, 0.7, 3.0, 1.0, -0.9, -0.3
"""Weights of the score, a logistic sum: likeness of the names (0–1), each significant figure of amounts that are equal,
both what the sums end in, both under one line, each guard that one name alone has words for, amounts that differ. Set
by hand on five reports of one committee, where renamed lines are known."""


def propose(lines: Sequence[Profile]) -> Iterator[Link]:
    """Return for each line the older ones that it may be, best first; one report never prints one line twice."""
    for newer, older in candidates(lines):
        found = [link for each in older if (link := compare(newer, each))]
        yield from sorted(found, key=lambda link: (-link.score, link.related_to))[:MOST_PROPOSED]


def candidates(lines: Sequence[Profile]) -> Iterator[tuple[Profile, list[Profile]]]:
    """Return each line with the older ones that share a word, an amount or its place with it."""
    postings: dict[object, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        keys = signs_of(line)
        brought = {other for key in keys if len(postings[key]) <= LONGEST_POSTING for other in postings[key]}
        own = line.documents.keys()
        yield line, [lines[other] for other in sorted(brought) if own.isdisjoint(lines[other].documents)]
        for key in keys:
            postings[key].append(number)


def signs_of(line: Profile) -> list[object]:
    """Return what brings a line up: its words, its amounts with their places, and that sums end in it."""
    amounts = [
        (place, round(amount.sek))
        for place, stated in line.stated.items()
        for amount in stated
        if says_much(amount.sek)
    ]
    return [*dict.fromkeys(line.words), *dict.fromkeys(amounts), *(["bottom"] if line.is_bottom else [])]


def says_much(sek: float) -> bool:
    """Tell whether an amount has enough figures not to be met by chance."""
    return figures_of(sek) >= FEWEST_FIGURES


def figures_of(sek: float) -> int:
    """Return the number of an amount's significant figures."""
    return len(f"{abs(sek):.0f}".strip("0"))


def compare(newer: Profile, older: Profile) -> Link | None:
    """Return how likely a line is an older one, and why; None where it is not likely, or forbidden."""
    if any(True for _ in vetoes(newer.codes, older.codes)):
        return None
    like = likeness(newer, older)
    equal, unlike = figures(newer, older)
    parents = newer.parents & older.parents
    both_bottom = newer.is_bottom and older.is_bottom
    shown = sum(figures_of(newer.stated[place][0].sek) for place in equal)
    total = START + NAME * like + FIGURE * min(shown, MOST_FIGURES) + BOTTOM * both_bottom + PARENT * bool(parents)
    total += ONE_SIDED * len(one_sided(newer.codes, older.codes)) + CONFLICT * min(len(unlike), MOST_CONFLICTS)
    score = 1 / (1 + math.exp(-total))
    if score < LEAST_SCORE:
        return None
    reasons = [f"names {like:.0%} alike"]
    reasons += [f"{len(equal)} equal amounts: {tell(equal)}"] if equal else []
    reasons += [f"{len(unlike)} different amounts: {tell(unlike)}"] if unlike else []
    reasons += ["sums end in both"] if both_bottom else []
    reasons += ["both under one line"] if parents else []
    return link_of(newer, older, SAME, score, reasons)


def link_of(newer: Profile, older: Profile, relation: str, score: float, reasons: Sequence[str]) -> Link:
    """Return a proposal."""
    whose = (newer.municipality, newer.committee)
    pair = (newer.line_id, older.line_id, relation, "proposed", round(score, 4), tuple(reasons))
    return Link(*pair, newer.name, older.name, *whose)


def likeness(one: Profile, other: Profile) -> float:
    """Return how alike two names are, 0–1: the mean of the words shared and of the likeness of the letters."""
    mine, theirs = set(one.words), set(other.words)
    shared = 2 * len(mine & theirs) / (len(mine) + len(theirs) or 1)
    return (shared + fuzz.ratio(" ".join(sorted(mine)), " ".join(sorted(theirs))) / 100) / 2


def figures(one: Profile, other: Profile) -> tuple[list[Place], list[Place]]:
    """Return the places where both state one amount that says something, and those where they differ."""
    equal, unlike = [], []
    for place in one.stated.keys() & other.stated.keys():
        pairs = [(mine, theirs) for mine in one.stated[place] for theirs in other.stated[place]]
        if not any(mine.agrees(theirs) for mine, theirs in pairs):
            unlike.append(place)
        elif any(mine.agrees(theirs) and says_much(mine.sek) for mine, theirs in pairs):
            equal.append(place)
    return sorted(equal), sorted(unlike)


def tell(places: Sequence[Place]) -> str:
    """Return places in words."""
    return ", ".join(f"{kind} {period}{f' {part}' if part else ''}" for kind, period, part, _ in places)
