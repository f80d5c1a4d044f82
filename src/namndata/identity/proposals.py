"""Which indicators may be the same though their names differ: a score, its reasons, and what forbids it.

Nothing here joins anything: a proposal is for a person to decide.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from rapidfuzz import fuzz

from namndata.identity.committees import Committee
from namndata.identity.sightings import Figure, Place
from normalize.guards import Codes, guard_codes, one_sided, vetoes
from normalize.name_keys import name_key
from normalize.wordings import without_target
from schema.vocabulary import read_rows

LEAST_SCORE = 0.5
"""Pairs below are not proposed: more of them are wrong than right on the reports that the weights were set on."""
RAREST_WORDS = 4
"""Words of a name by which its candidates are looked up, the rarest first."""
MOST_SHARING = 4
"""A figure that more indicators state for one place says too little to look up candidates by."""
LONGEST_POSTING = 300
"""A word in more names than this says too little to look up candidates by, unless a name has no other."""
MOST_CANDIDATES = 25
"""Candidates scored for each name, those that share its rarest words and figures first."""
MOST_CONFLICTS = 4
"""Figures that differ count up to this many: revised years come in rows."""
MOST_BITS = 16.0
"""Evidence beyond this adds nothing: chance is out of the question."""
PART_OF_NAME = 0.97
"""What a name without its words in brackets, or without its parent's, counts beside the whole name."""
BITS_PER_DIGIT = 2.5
"""What a figure can say at most for each of its digits: 41,59 meets by chance far more seldom than 2."""
ZERO_BITS = 0.5
BEGUN_ALIKE = 7
"""Letters of a word that a compound may begin with; shorter ones begin many."""

START, NAME, BITS, GOAL, UNIT, MEASURE_DIFFERS, ONE_SIDED, CONFLICT, COMMITTEE = (
    -6.4, 9.0, 0.38, 0.9, 0.3, -1.6, -0.9, -0.5, -1.0,
)  # fmt: skip
"""Weights of the score, a logistic sum: likeness of the names (0–1), bits of shared figures, the same committee goal,
the same unit, units of different kinds, each guard that one name alone has words for, each figure that differs, and
another committee. Set by hand on five reports of one committee."""


@dataclass(frozen=True)
class Profile:
    """What is known of an indicator when it is compared with others."""

    key: str
    """Its id."""
    name: str
    """Label, after its parent's where it only makes sense under one."""
    label: str = ""
    """Label alone; empty where there is no parent."""
    committee: Committee = ("", "")
    line: frozenset[Committee] = frozenset()
    """The committees whose work it took over or that took over its work."""
    blocks: frozenset[tuple[str, str, str]] = frozenset()
    goals: frozenset[str] = frozenset()
    unit: str | None = None
    figures: Mapping[Place, frozenset[Figure]] = field(default_factory=dict)
    """By place, every figure that a report states."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Base forms of the name's words, without those for a direction."""
        return content_words(without_target(self.name))

    @cached_property
    def readings(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words without those in brackets, and those of the label alone."""
        core = content_words(without_brackets(self.name)) if "(" in self.name else self.words
        return core or self.words, content_words(self.label) if self.label else self.words

    @cached_property
    def codes(self) -> Codes:
        """What the name says that the other must not contradict."""
        return guard_codes(without_target(self.name))


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two indicators that may be one."""

    one: Profile
    other: Profile
    score: float
    reasons: tuple[str, ...]
    vetoes: tuple[str, ...] = ()


def content_words(name: str) -> tuple[str, ...]:
    """Return the base forms of a name's words that say what is measured."""
    return tuple(word for word in name_key(name).split() if word not in silent_words())


@cache
def silent_words() -> frozenset[str]:
    """Return base forms of words that say nothing of what is measured: small words, and the way a value should go."""
    small = {row["word"] for row in read_rows("silent_words")}
    return frozenset(small | {name_key(row["phrase"]) for row in read_rows("directions")})


def without_brackets(name: str) -> str:
    """Return a name without its words in round brackets."""
    kept, depth = [], 0
    for character in name:
        depth += character == "("
        if not depth:
            kept.append(character)
        depth -= character == ")" and depth > 0
    return "".join(kept)


def begun_alike(mine: Collection[str], theirs: Collection[str]) -> Iterator[str]:
    """Return the words of one name that begin with a long word of the other, or are the beginning of one."""
    for word in mine:
        pairs = (sorted((word, other), key=len) for other in theirs)
        if any(len(short) >= BEGUN_ALIKE and long.startswith(short) for short, long in pairs):
            yield word


@dataclass(frozen=True, slots=True)
class Reading:
    """A name's words as they are compared."""

    words: frozenset[str]
    weight: float
    letters: str


class Register:
    """Indicators that names are matched against: looked up by their rarest words and figures, then scored."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.profiles = profiles
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_figure: dict[tuple[Place, Figure], list[int]] = defaultdict(list)
        self._weights: dict[str, float] = {}
        self._readings: dict[tuple[str, ...], Reading] = {}
        for number, profile in enumerate(profiles):
            for word in dict.fromkeys(profile.words):
                self._by_word[word].append(number)
            for place, figures in profile.figures.items():
                for figure in figures:
                    self._by_figure[place, figure].append(number)

    def weight(self, word: str) -> float:
        """Return how much a word says: more, the fewer names have it."""
        known = self._weights.get(word)
        if known is None:
            rarity = (len(self.profiles) + 1) / (len(self._by_word.get(word, ())) + 1)
            known = self._weights[word] = 1.0 + math.log(rarity)
        return known

    def candidates(self, profile: Profile) -> list[int]:
        """Return the indicators that share rare words or figures with one, those that share most first."""
        found: Counter[int] = Counter()
        for posting in (*self._word_postings(profile), *self._figure_postings(profile)):
            found.update(posting)
        return [number for number, _ in found.most_common(MOST_CANDIDATES)]

    def _word_postings(self, profile: Profile) -> Iterator[Sequence[int]]:
        known = [word for word in dict.fromkeys(profile.words) if word in self._by_word]
        known.sort(key=lambda word: (len(self._by_word[word]), word))
        rare = [word for word in known[:RAREST_WORDS] if len(self._by_word[word]) <= LONGEST_POSTING]
        if rare or len(known) < 2:
            yield from (self._by_word[word][:LONGEST_POSTING] for word in rare or known)
        else:
            yield sorted(set(self._by_word[known[0]]) & set(self._by_word[known[1]]))[:LONGEST_POSTING]

    def _figure_postings(self, profile: Profile) -> Iterator[Sequence[int]]:
        for place, figures in profile.figures.items():
            for figure in figures:
                posting = self._by_figure.get((place, figure), ())
                if len(posting) <= MOST_SHARING:
                    yield posting

    def likeness(self, one: Profile, other: Profile) -> float:
        """Return how alike two names are, 0–1, as a whole or without what stands in brackets or belongs to a parent."""
        best = self._alike(one.words, other.words)
        for mine, theirs in zip(one.readings, other.readings, strict=True):
            if mine is not one.words or theirs is not other.words:
                best = max(best, PART_OF_NAME * self._alike(mine, theirs))
        return best

    def _alike(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        """Return the mean of the words shared, rare ones counting more, and of the likeness of the letters.

        Compounds that begin alike have a word in common too, if less of it: *öppenvård*, *öppenvårdsinsats*.
        """
        mine, theirs = self._reading(one), self._reading(other)
        whole = mine.weight + theirs.weight
        words = {*(mine.words & theirs.words), *begun_alike(mine.words - theirs.words, theirs.words - mine.words)}
        shared = 2 * sum(map(self.weight, sorted(words))) / whole if whole else 0.0
        return (min(1.0, shared) + fuzz.ratio(mine.letters, theirs.letters) / 100) / 2

    def _reading(self, words: tuple[str, ...]) -> Reading:
        known = self._readings.get(words)
        if known is None:
            weight = sum(map(self.weight, sorted(set(words))))
            known = self._readings[words] = Reading(frozenset(words), weight, " ".join(sorted(words)))
        return known

    def bits(self, one: Profile, other: Profile) -> tuple[float, list[Place], list[Place]]:
        """Return how much shared figures say, in bits, and the places of equal and of different figures.

        A figure says more, the fewer indicators state it for its place; one that stands for several years of
        a row says little more than once.
        """
        alike = [place for place in one.figures if one.figures[place] & other.figures.get(place, frozenset())]
        unlike = [place for place in one.figures if place in other.figures and place not in set(alike)]
        best: dict[Figure, float] = {}
        for place in alike:
            for figure in one.figures[place] & other.figures[place]:
                best[figure] = max(best.get(figure, 0.0), self._figure_bits(place, figure))
        return min(MOST_BITS, sum(best.values())), alike, unlike

    def _figure_bits(self, place: Place, figure: Figure) -> float:
        """Return what one equal figure says: by its digits, less where other indicators state it for the place too."""
        digits = str(figure[0]).removesuffix(".0").strip("-0.").replace(".", "").rstrip("0")
        others = len(self._by_figure.get((place, figure), ())) - 2
        return max(ZERO_BITS, BITS_PER_DIGIT * len(digits) - math.log2(1 + max(0, others)))

    def compare(self, one: Profile, other: Profile, least: float = 0.0) -> Proposal | None:
        """Return how likely two indicators are one, and why; None below a score."""
        like = self.likeness(one, other)
        bits, alike, unlike = self.bits(one, other)
        named = START + NAME * like + BITS * bits
        if chance(named + GOAL + UNIT) < least:
            return None
        context, reasons = judge_context(one, other)
        score = chance(named + CONFLICT * min(len(unlike), MOST_CONFLICTS) + context)
        if score < least:
            return None
        told = [f"names {like:.0%} alike"]
        told += [f"{len(alike)} equal figures: {tell_places(one, alike)}"] if alike else []
        told += [f"{len(unlike)} different figures: {tell_places(one, unlike)}"] if unlike else []
        return Proposal(one, other, round(score, 4), (*told, *reasons), tuple(forbid(one, other)))


def chance(total: float) -> float:
    """Return a logistic sum as a number between 0 and 1."""
    return 1 / (1 + math.exp(-total))


def judge_context(one: Profile, other: Profile) -> tuple[float, list[str]]:
    """Return what goal, unit, committee and one-sided words add to the score, and their reasons."""
    marks = []
    if one.goals & other.goals:
        marks.append((GOAL, "same committee goal"))
    if one.unit and one.unit == other.unit:
        marks.append((UNIT, f"same unit: {one.unit}"))
    elif unit_kind(one.unit) != unit_kind(other.unit) and one.unit and other.unit:
        marks.append((MEASURE_DIFFERS, f"unit {one.unit} and {other.unit}"))
    if one.committee != other.committee and one.committee not in other.line:
        marks.append((COMMITTEE, f"committees {one.committee[1]} and {other.committee[1]}"))
    marks += [(ONE_SIDED, f"one name alone tells {guard}") for guard in one_sided(one.codes, other.codes)]
    return sum(mark for mark, _ in marks), [reason for _, reason in marks]


def forbid(one: Profile, other: Profile) -> Iterator[str]:
    """Return what forbids two indicators to be one."""
    for guard, mine, theirs in vetoes(one.codes, other.codes):
        yield f"{guard}: {'+'.join(sorted(mine)) or 'none'} and {'+'.join(sorted(theirs)) or 'none'}"
    for _, _, title in sorted(one.blocks & other.blocks):
        yield f"two rows of one table: {title}"


@cache
def unit_kinds() -> dict[str, str]:
    """Return the kind of each unit: share, measure or count."""
    return {row["unit"]: row["kind"] for row in read_rows("units")}


def unit_kind(unit: str | None) -> str:
    """Return a unit's kind; a word that is not in the list counts things."""
    return unit_kinds().get(unit or "", "count")


def tell_places(profile: Profile, places: Iterable[Place]) -> str:
    """Return places with their figures, in words."""
    return ", ".join(
        " ".join(part for part in (place[1], place[2], place[0], tell_figures(profile.figures[place])) if part)
        for place in sorted(places, key=lambda place: (place[2], place[1], place[0] or ""))
    )


def tell_figures(figures: Iterable[Figure]) -> str:
    """Return figures in words."""
    return "/".join(sorted(tell_figure(figure) for figure in figures))


def tell_figure(figure: Figure) -> str:
    """Return a figure in words."""
    value, upper, direction = figure
    if value is None:
        return direction or ""
    return f"{value:g}" if upper is None else f"{value:g}–{upper:g}"


def propose(names: Sequence[Profile], register: Register, *, least: float = LEAST_SCORE) -> Iterator[Proposal]:
    """Return the pairs that score at least `least`, each pair once, those that a guard forbids too."""
    seen: set[frozenset[str]] = set()
    for one in names:
        for number in register.candidates(one):
            other = register.profiles[number]
            pair = frozenset((one.key, other.key))
            if len(pair) == 2 and pair not in seen and one.committee[0] == other.committee[0]:
                seen.add(pair)
                proposal = register.compare(one, other, least)
                if proposal:
                    yield proposal
