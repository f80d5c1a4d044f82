"""Which national titles a printed label may be: looked up by the beginnings of words, then scored and guarded."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from namndata.kolada.catalogue import Kpi, read_catalogue
from namndata.kolada.titles import (
    COUNT,
    STEM,
    Title,
    beginning_of,
    other_words,
    read_title,
    stem_of,
    stems_of,
    stems_of_each,
)
from normalize.guards import one_sided, vetoes

Numbers = npt.NDArray[np.int_]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MOST_CANDIDATES = 12
LEAST_SHARED, LEAST_OF_BEST = 0.18, 0.7
"""Titles that are read for one label, the share of rare beginnings (a cosine) that they need, and of what the best one
has: among 240 labels of real reports no right one came later or had less."""
LONGEST_POSTING = 300
"""Titles with one stem; a more frequent stem finds nothing by itself."""
NEAR = 86
"""Likeness of letters (0–100) from which two words are one: a letter doubled or lost, an ending left on."""
SHORTEST_NEAR = 5
"""Letters of the shortest word that may be spelt otherwise."""
FIRM = frozenset(("number", "sex", "population", "law", "measure", "average", "school", "service", "provider", "area"))
"""Guards that forbid a link. The others (negation, stage, side …) only count against it: a survey's question says
*inte dålig* where its title says *bra*."""
TITLE_COVERED, LABEL_COVERED, LETTERS = 0.5, 0.3, 0.2
SOFT, ONE_SIDED, OTHER_UNIT, ENDED = 0.06, 0.02, 0.15, 0.03
"""Weights of the score: share of the title's words that the label has and the other way round, rare words counting
more, and the likeness of letters; taken off for each guard that counts against, each that one of them alone has words
for, a unit of another kind, and an ended indicator. Set by hand on 240 labels of real reports."""
SAME = 1.0
LEAST_SCORE = 0.35
"""Less alike titles are not proposed: below it, of 240 labels of real reports, no title was right."""


@dataclass(frozen=True, slots=True)
class Match:
    """A national indicator that a label may be."""

    kpi: Kpi
    score: float
    reasons: tuple[str, ...]
    same_title: bool = False
    """Title and unit are equal after normalisation."""


class Catalogue:
    """The national titles, looked up by the beginnings of their words."""

    def __init__(self, kpis: Iterable[Kpi]) -> None:
        self.kpis = tuple(kpis)
        self._by_stem, self._weights, self._lengths = self._index()
        self._unknown = self._rarity(0)
        self._levels: dict[tuple[str, ...], Flags] = {}

    def _index(self) -> tuple[dict[str, list[int]], dict[str, float], Floats]:
        """Return the titles that have each stem, what each stem says, and the length of each title's vector."""
        by_stem: dict[str, list[int]] = defaultdict(list)
        for number, stems in enumerate(stems_of_each([kpi.title for kpi in self.kpis])):
            for stem in stems:
                by_stem[stem].append(number)
        weights = {stem: self._rarity(len(posting)) for stem, posting in by_stem.items()}
        squares = [0.0] * len(self.kpis)
        for stem in sorted(by_stem):
            square = weights[stem] ** 2
            for number in by_stem[stem]:
                squares[number] += square
        return by_stem, weights, np.sqrt([square or 1.0 for square in squares])

    def _of_levels(self, levels: Collection[str]) -> Flags:
        """Return which titles are of some levels."""
        key = tuple(levels)
        if key not in self._levels:
            self._levels[key] = np.array([kpi.level in levels for kpi in self.kpis], dtype=bool)
        return self._levels[key]

    def _rarity(self, titles: int) -> float:
        return 1.0 + math.log((len(self.kpis) + 1) / (titles + 1))

    def weight(self, word: str) -> float:
        """Return how much a word says: more, the fewer titles have it."""
        return self._weights.get(word[:STEM], self._unknown)

    def candidates(self, title: Title, levels: Collection[str]) -> list[Kpi]:
        """Return the titles of some levels that share most of their rare words with a label, by their beginnings."""
        stems = stems_of(title.text) | {stem_of(word) for word in title.also}
        known = sorted((stem for stem in stems if stem in self._by_stem), key=lambda s: (len(self._by_stem[s]), s))
        found = np.zeros(len(self.kpis))
        for place, stem in enumerate(known):
            if place < 2 or len(self._by_stem[stem]) <= LONGEST_POSTING:
                found[self._posting(stem)] += self._weights[stem] ** 2
        shared = found / self._lengths * self._of_levels(levels)
        least = max(LEAST_OF_BEST * shared.max(initial=0.0), LEAST_SHARED * self._length_of(stems))
        enough = np.flatnonzero((shared > 0) & (shared >= least))
        best = enough[np.argsort(-shared[enough], kind="stable")][:MOST_CANDIDATES]
        return [self.kpis[number] for number in best]

    @cache  # noqa: B019 - there is one catalogue, which lives as long as the program
    def _posting(self, stem: str) -> Numbers:
        """Return the titles that have a stem; most stems are never asked for."""
        return np.array(self._by_stem[stem])

    def _length_of(self, stems: Iterable[str]) -> float:
        return math.sqrt(sum(self.weight(stem) ** 2 for stem in sorted(stems)))

    def matches(self, label: str, unit_kind: str | None, levels: Collection[str]) -> list[Match]:
        """Return the titles that a label may be, best first; none that a firm guard forbids."""
        title = read_title(label)
        judged = (self.compare(title, unit_kind, kpi) for kpi in self.candidates(title, levels))
        return sorted((match for match in judged if match), key=lambda match: (-match.score, match.kpi.kpi))

    def compare(self, label: Title, unit_kind: str | None, kpi: Kpi) -> Match | None:
        """Return how likely a label is a national indicator, and why; None where it is not alike, or forbidden."""
        title = read_title(kpi.title)
        like = self.likeness(label, title)
        if like < LEAST_SCORE:
            return None
        against = [guard for guard, _, _ in vetoes(label.codes, title.codes)]
        if FIRM & set(against):
            return None
        kinds = {kind for kind in (label.unit_kind, unit_kind) if kind}
        other_unit = bool(kinds and title.unit_kind and title.unit_kind not in kinds)
        if is_same(label, title, kinds) and not against and not other_unit:
            return Match(kpi, SAME, ("same title and unit",), same_title=True)
        sided = one_sided(label.codes, title.codes)
        score = like - SOFT * len(against) - ONE_SIDED * len(sided) - OTHER_UNIT * other_unit - ENDED * bool(kpi.ended)
        reasons = [f"titles {like:.0%} alike"]
        reasons += [f"differ in {guard}" for guard in against]
        reasons += [f"one alone tells {guard}" for guard in sided]
        reasons += ["unit of another kind"] if other_unit else []
        reasons += [f"not measured after {kpi.ended}"] if kpi.ended else []
        return Match(kpi, round(max(0.0, min(score, 0.99)), 4), tuple(reasons))

    def likeness(self, label: Title, title: Title) -> float:
        """Return how alike the words are, 0–1."""
        ours = [word for word in title.words if has_near(word, label.said_by_beginning)]
        theirs = [word for word in label.words if has_near(word, title.by_beginning) or is_said(word, title.words)]
        covered = TITLE_COVERED * self._share(ours, title) + LABEL_COVERED * self._share(theirs, label)
        return covered + LETTERS * fuzz.ratio(label.letters, title.letters) / 100

    def _share(self, part: Sequence[str], whole: Title) -> float:
        return sum(map(self.weight, part)) / (self._whole(whole.words) or 1.0)

    @cache  # noqa: B019 - as above
    def _whole(self, words: tuple[str, ...]) -> float:
        return sum(map(self.weight, words))


def is_same(label: Title, title: Title, kinds: Collection[str]) -> bool:
    """Tell whether two titles are one: the same words, and the same measure, which the unit may state instead."""
    if label.words != title.words or not label.words:
        return False
    stated = label.measures | ({"share"} if "share" in kinds else set())
    return label.measures == title.measures or stated - {COUNT} == title.measures


def has_near(word: str, others: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a word is among others by their beginnings, but for a letter after its own."""
    alike = others.get(beginning_of(word), ())
    return word in alike or (len(word) >= SHORTEST_NEAR and any(are_near(word, other) for other in alike))


@cache
def are_near(one: str, other: str) -> bool:
    """Tell whether two words are one but for a letter; a figure is never another."""
    if len(other) < SHORTEST_NEAR or any(map(str.isdigit, one + other)):
        return False
    return fuzz.ratio(one, other) >= NEAR


def is_said(word: str, title: Collection[str]) -> bool:
    """Tell whether a title says a word in other words."""
    others = other_words().get(word, ())
    return bool(others) and all(other in title for other in others)


@cache
def national_catalogue() -> Catalogue:
    """Return the shipped catalogue, ready to be asked."""
    return Catalogue(read_catalogue().values())
