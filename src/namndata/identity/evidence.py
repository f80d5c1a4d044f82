"""Joins names that a later report words otherwise, where more than their likeness proves it.

Each rule of `Proof` is evidence that a careful reader would take: the same words in another order, form or spelling;
another target in the name; figures that both state; a goal, place or statement in common. How sure each is, is its
score, and values that came by a doubtful one say so. Whatever a guard tells apart, one report prints side by side, or
figures contradict, stays apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from namndata.identity.committees import Committees
from namndata.identity.proposal_rows import profile_of
from namndata.identity.proposals import MOST_SHARING, Profile, Register, content_words, forbid, unit_kind
from namndata.identity.same_names import Group, agreement, are_beyond_shares
from namndata.identity.sightings import Sighting
from normalize.guards import plain_codes
from normalize.wordings import Wordings, common_beginning, compare_wordings, core_words
from schema.lexicon.text import fold_label

FEWEST_FIGURES = 2
"""Figures of the same years that two names must share; one is met by chance among some hundred rows."""
WORDS_SHARED = 0.6
"""Share of the words of both names that must be common: *Övertid* and *Mertid övertid* have two of three."""
TELLING_BITS = 7.5
"""What shared figures must say where the names are the same but for compounds or words more: three digits."""
LONG_NAME = 4
"""Words in common from which a figure of two digits is enough for a name that another contains."""
FEW_BITS = 5.0
PROVING_BITS = 10.0
"""What shared figures must say where each name has words of its own: four digits, as in 41,59."""
PROVING_WORDS = 0.5
ONE_WORD_OFF = 6
"""Words in common from which one word of each may be a misprint or half a change, if as many letters begin it alike."""
LARGEST_GOAL = 60
"""Names under one goal that are compared with each other; more are a heading, no goal."""

SURE, LIKELY, DOUBTFUL = 1.0, 0.9, 0.8
"""Scores: the same words; several figures or a row in common; less. They order joins and are no measured shares."""

Above = Mapping[int, Sighting]
"""By a row's identity, the row right above it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for two names being one."""

    one: Profile
    other: Profile
    words: Wordings
    bits: float
    alike: int
    unlike: int

    @property
    def has_goal(self) -> bool:
        """Whether both stand under one committee goal."""
        return bool(self.one.goals & self.other.goals)

    @property
    def is_contradicted(self) -> bool:
        """Whether no figure of several that both state is the same: revised years differ, but seldom all of them."""
        return not self.alike and self.unlike >= FEWEST_FIGURES

    @property
    def have_one_measure(self) -> bool:
        """Whether both count, or are shares of, the same: their words say so, or their unit, or a figure."""
        said = self.one.codes.get("measure"), self.other.codes.get("measure")
        return said[0] == said[1] or bool(self.one.unit and self.one.unit == self.other.unit) or self.alike > 0

    @property
    def have_two_measures(self) -> bool:
        """Whether each name says a measure that the other does not: *antal*, *andel*."""
        mine, theirs = ({word for word in words if is_measure(word)} for words in (self.words.mine, self.words.theirs))
        return bool(mine and theirs)

    @property
    def are_same_words(self) -> bool:
        """Whether both have the same words, but for their order, form, small words, a target or a way to go."""
        words = compare_wordings(self.one.name, self.other.name)
        more = {word for word in words.mine | words.theirs if not is_measure(word)}
        said = bool(words.shared) and not more and not words.by_parts
        return said and self.have_one_measure and not self.is_contradicted

    @property
    def have_figures(self) -> bool:
        """Whether several figures of the same places are equal, more than differ, and most words are common."""
        if self.alike < FEWEST_FIGURES or self.alike <= self.unlike:
            return False
        is_proven = self.bits >= PROVING_BITS and not self.unlike
        return self.words.common >= (PROVING_WORDS if is_proven else WORDS_SHARED)

    @property
    def is_contained(self) -> bool:
        """Whether one name has all words of the other, and what it has more is no matter of a guard but the measure."""
        if not self.words.shared or (self.words.mine and self.words.theirs):
            return False
        return self.one.codes.keys() ^ self.other.codes.keys() <= {"measure"}

    @property
    def is_likely(self) -> bool:
        """Whether a telling figure is equal, none differs, and the names fit."""
        if self.unlike or not self.alike:
            return False
        if self.is_contained:
            return self.bits >= (FEW_BITS if len(self.words.shared) >= LONG_NAME else TELLING_BITS)
        if self.bits >= PROVING_BITS and self.words.common >= PROVING_WORDS:
            return True
        return self.has_goal and self.is_one_word_off

    @property
    def is_one_word_off(self) -> bool:
        """Whether each of two long names has one word that the other spells otherwise."""
        if len(self.words.shared) < ONE_WORD_OFF or len(self.words.mine) != 1 or len(self.words.theirs) != 1:
            return False
        return common_beginning(*self.words.mine, *self.words.theirs) >= ONE_WORD_OFF


@dataclass(frozen=True, slots=True)
class Candidates:
    """All that is known of the names that may be joined."""

    groups: Sequence[Group]
    profiles: Sequence[Profile]
    register: Register
    above: Above

    def proof(self, pair: tuple[int, int]) -> float | None:
        """Return how surely two names are one; None where nothing proves it."""
        one, other = (self.profiles[number] for number in pair)
        if not may_be_one(one, other) or printed_apart(*(self.groups[number] for number in pair)):
            return None
        bits, alike, unlike = self.register.bits(one, other)
        found = Evidence(one, other, words_of_both(one, other), bits, len(alike), len(unlike))
        if found.have_two_measures:
            return None
        if found.are_same_words:
            return SURE
        if self.in_one_report(pair):
            return None
        stand_alike = self.stand_alike(pair)
        if found.have_figures or (stand_alike and not found.is_contradicted):
            return LIKELY
        if stand_alike or found.is_likely or (not unlike and self.say_the_same(pair, found)):
            return DOUBTFUL
        return None

    def agree(self, pair: tuple[int, int]) -> bool:
        """Tell whether nothing keeps two names of a family apart, which a third may have brought together."""
        one, other = (self.profiles[number] for number in pair)
        mine, theirs = (self.groups[number] for number in pair)
        _, alike, unlike = self.register.bits(one, other)
        is_contradicted = not alike and len(unlike) >= FEWEST_FIGURES and not self.stand_alike(pair)
        return may_be_one(one, other) and not printed_apart(mine, theirs) and not is_contradicted

    def in_one_report(self, pair: tuple[int, int]) -> bool:
        """Tell whether a report prints both names."""
        mine, theirs = ({row.document for row in self.groups[number]} for number in pair)
        return bool(mine & theirs)

    def stand_alike(self, pair: tuple[int, int]) -> bool:
        """Tell whether one name repeats words of the row above, which both stand under."""
        mine, theirs = (self.groups[number] for number in pair)
        return any(
            completes(row, of, self.above) or completes(of, row, self.above) for row, of in product(mine, theirs)
        )

    def say_the_same(self, pair: tuple[int, int], found: Evidence) -> bool:
        """Tell whether both stand under one goal and print one text for a period, and one name has words more."""
        mine, theirs = (self.groups[number] for number in pair)
        return bool(found.is_contained and found.has_goal and texts_of(mine) & texts_of(theirs))


def join_proven(groups: Sequence[Group], committees: Committees) -> tuple[list[Group], dict[int, float]]:
    """Return the groups with proven ones joined, and the scores of the rows (by identity) that came by evidence.

    Where a report prints two that one name may be, the name joins neither.
    """
    profiles = [profile_of(str(number), group, committees) for number, group in enumerate(groups)]
    names = Candidates(groups, profiles, Register(profiles), rows_above(groups))
    proofs = {pair: score for pair in sorted(likely(names)) if (score := names.proof(pair)) is not None}
    joined, scores, taken = [], {}, set()
    for family in families(proofs):
        if not all(names.agree(pair) for pair in combinations(family, 2)):
            continue
        first, *later = sorted(family, key=lambda number: groups[number][0].order)
        taken.update(family)
        joined.append(sorted((row for number in family for row in groups[number]), key=lambda row: row.order))
        for number in later:
            score = max(score for pair, score in proofs.items() if number in pair)
            scores.update({id(row): score for row in groups[number]})
    kept = [group for number, group in enumerate(groups) if number not in taken]
    return sorted([*kept, *joined], key=lambda group: group[0].order), scores


def families(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the names that hang together by pairs."""
    family: dict[int, set[int]] = {}
    for one, other in pairs:
        both = family.get(one, {one}) | family.get(other, {other})
        family.update(dict.fromkeys(both, both))
    return [sorted(each) for each in {id(each): each for each in family.values()}.values()]


def rows_above(groups: Sequence[Group]) -> Above:
    """Return the row that each row stands right under in its table."""
    rows = sorted((sighting for group in groups for sighting in group), key=lambda sighting: sighting.order)
    return {
        id(low): high
        for high, low in pairwise(rows)
        if (high.document, high.table) == (low.document, low.table) and high.table is not None
    }


def likely(names: Candidates) -> set[tuple[int, int]]:
    """Return each pair that has the same words, a rare figure, a goal or the row above in common."""
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, profile in enumerate(names.profiles):
        town = profile.committee[0]
        for words in {core_words(profile.name), core_words(profile.label or profile.name)}:
            found["words", town, frozenset(said_words(words))].append(number)
        for goal in profile.goals:
            found["goal", town, goal].append(number)
        rows = names.groups[number]
        for high in {
            names.above[id(row)].keys[0]: names.above[id(row)] for row in rows if id(row) in names.above
        }.values():
            found["below", high.committee, high.keys[0]].append(number)
        for place, figures in profile.figures.items():
            for figure in figures:
                found["figure", place, figure].append(number)
    most = {"figure": MOST_SHARING, "goal": LARGEST_GOAL}
    return {
        pair
        for key, numbers in found.items()
        if len(numbers) <= most.get(str(key[0]), len(numbers))
        for pair in combinations(numbers, 2)
    }


def is_measure(word: str) -> bool:
    """Tell whether a word says how something is measured, and no more: *andel*, *antal*, *kostnad*."""
    return "measure" in plain_codes(word)


def said_words(words: Iterable[str]) -> Iterator[str]:
    """Return the words but for those of a measure: its unit may say it in their stead."""
    return (word for word in words if not is_measure(word))


def may_be_one(one: Profile, other: Profile) -> bool:
    """Tell whether nothing keeps two names apart: committee, kind of unit, what guards tell, a table of both."""
    if not (one.committee == other.committee or one.committee in other.line):
        return False
    if None not in (mine := kind_of(one), theirs := kind_of(other)) and mine != theirs:
        return False
    return not any(forbid(one, other))


def kind_of(name: Profile) -> str | None:
    """Return the kind of a name's unit; figures without one that are beyond any share count things."""
    figures = (figure for stated in name.figures.values() for figure in stated)
    return unit_kind(name.unit) if name.unit or are_beyond_shares(figures) else None


def printed_apart(mine: Group, theirs: Group) -> bool:
    """Tell whether a report prints two names as different things: no figure is the same, or one differs."""
    of_one_report = [agreement(row, of) for row, of in product(mine, theirs) if row.document == of.document]
    return bool(of_one_report) and (
        not any(each.alike for each in of_one_report) or any(each.unlike for each in of_one_report)
    )


def words_of_both(one: Profile, other: Profile) -> Wordings:
    """Return what two names have in common, as a whole or without the names of the rows that they stand under."""
    whole = compare_wordings(one.name, other.name)
    alone = compare_wordings(one.label or one.name, other.label or other.name)
    return max(whole, alone, key=lambda words: words.common)


def texts_of(group: Group) -> set[tuple[str, str | None, str]]:
    """Return what reports say in words instead of a figure, with kind and period; single words say too little."""
    return {
        (record.kind, record.period, fold_label(record.raw))
        for row in group
        for record in row.records
        if record.status == "text" and len(record.raw.split()) > 1
    }


def completes(whole: Sighting, short: Sighting, above: Above) -> bool:
    """Tell whether a name is a shorter one with words of the row above, which both stand under for the same goal.

    *Chefer med utomnordisk bakgrund* under *Balanstal chefer* is *Balanstal chefer med utomnordisk bakgrund*.
    """
    high, other = above.get(id(whole)), above.get(id(short))
    if high is None or other is None or high.keys[0] != other.keys[0] or not whole.committee_goal:
        return False
    if fold_label(whole.committee_goal) != fold_label(short.committee_goal or ""):
        return False
    words, fewer = set(content_words(whole.label.full)), set(content_words(short.label.full))
    return fewer < words and len(fewer) > 1 and words - fewer <= set(content_words(other.label.full))
