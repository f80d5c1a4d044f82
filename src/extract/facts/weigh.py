"""How much what a paper prints says for a fact: one scoring for every fact, its weights in `fact_weights.csv`.

A sighting is worth the weight of its place (title, running head, file name …) times that of its form (alone on its
line, after a label, merely mentioned …). In each place the best form counts, a little more where it is seen again;
places add up. A value must come to `enough`, and lead its next by `clear`, or the fact is doubtful.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from extract.facts.place import Line
from schema.vocabulary import read_rows

Value = TypeVar("Value")

AGAIN = "again"
ENOUGH = "enough"
CLEAR = "clear"
BESIDE = ("file", "folder", "properties")
"""Places that say something, but are not printed on the paper."""
NEARLY = 0.5
"""A value that came to less than this share of what is enough is none that a person would ask about."""
FRONT = 2.0
"""Places that weigh so much stand on the front, or are the paper's name; what the text mentions is no doubt."""
SURE = 1.5
"""A value that came to less than so many times what is enough hangs on one small thing."""


@dataclass(frozen=True, slots=True)
class Sighting(Generic[Value]):
    """A place in the paper that says something for a value."""

    value: Value
    place: str
    form: str
    line: Line
    """The line that says it."""

    @property
    def text(self) -> str:
        """What the line prints."""
        return self.line.text


@dataclass(frozen=True, slots=True)
class Weighed(Generic[Value]):
    """A value and what its sightings come to."""

    value: Value
    score: float
    best: Sighting[Value]
    """The sighting that says most."""
    read: Sighting[Value]
    """The sighting that says most of those that the paper prints; the best where it prints none."""


@dataclass(frozen=True, slots=True)
class Verdict(Generic[Value]):
    """Which value the evidence is for, and how clearly."""

    value: Value | None
    found: tuple[Weighed[Value], ...] = ()
    """All values that were seen, the best first."""
    doubt: str = ""
    """Why the fact is doubtful; empty where it is clear."""


def weigh(fact: str, sightings: Iterable[Sighting[Value]]) -> Verdict[Value]:
    """Return the value that the sightings say most for, or none where that is not enough."""
    weights = weights_of(fact)
    seen: dict[Value, list[Sighting[Value]]] = defaultdict(list)
    for sighting in sightings:
        seen[sighting.value].append(sighting)
    found = [_weigh_one(value, its, weights) for value, its in seen.items()]
    ranked = tuple(sorted(found, key=lambda one: -one.score))
    if not ranked:
        return Verdict(None)
    return Verdict(ranked[0].value if ranked[0].score >= weights[ENOUGH] else None, ranked, _doubt(ranked, weights))


def _doubt(ranked: Sequence[Weighed[Value]], weights: Mapping[str, float]) -> str:
    """Say why the best value is doubtful, or why none is enough where the front of the paper says something."""
    best, rival = ranked[0], ranked[1] if len(ranked) > 1 else None
    text = shortened(best.best.text)
    if best.score < weights[ENOUGH]:
        is_said = best.score >= NEARLY * weights[ENOUGH] and weights[best.best.place] >= FRONT
        return f"only “{text}” may say it" if is_said else ""
    if rival and rival.score > best.score / weights[CLEAR]:
        other = shortened(rival.best.text)
        return f"“{text}” and “{other}” disagree" if text != other else f"“{text}” may be read otherwise"
    return f"only “{text}” says it" if best.score < SURE * weights[ENOUGH] else ""


def _weigh_one(value: Value, sightings: Iterable[Sighting[Value]], weights: Mapping[str, float]) -> Weighed[Value]:
    by_place: dict[str, list[tuple[float, Sighting[Value]]]] = defaultdict(list)
    for sighting in sightings:
        worth = weights[sighting.place] * weights[sighting.form]
        by_place[sighting.place].append((worth, sighting))
    most = {place: max(its, key=lambda one: one[0]) for place, its in by_place.items()}
    score = sum(most[place][0] * (1 + weights[AGAIN] * math.log2(len(its))) for place, its in by_place.items())
    best = max(most.values(), key=lambda one: one[0])[1]
    printed = [its for place, its in most.items() if place not in BESIDE]
    return Weighed(value, score, best, max(printed, key=lambda one: one[0])[1] if printed else best)


@cache
def weights_of(fact: str) -> dict[str, float]:
    """Return the weights of a fact's places and forms."""
    return {row["evidence"]: float(row["weight"]) for row in read_rows("fact_weights") if row["fact"] in (fact, "")}


def shortened(text: str, most: int = 60) -> str:
    """Return a text on one line, its end left out where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
