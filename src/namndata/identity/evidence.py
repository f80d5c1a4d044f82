"""Joins names that a later report words otherwise, where more than their likeness proves it.

Either they differ in the way the value should go alone (*… ska minska*); or they share words and most of the figures
that both reports state; or one repeats words of the row above it, and both stand under that row. Whatever a guard tells
apart, or one report prints side by side, stays apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from namndata.identity.committees import Committee, Committees
from namndata.identity.indicators import direction_phrases
from namndata.identity.proposal_rows import profile_of
from namndata.identity.proposals import MOST_SHARING, Profile, content_words, forbid, unit_kind
from namndata.identity.same_names import Group
from namndata.identity.sightings import Sighting
from normalize.name_keys import name_key, name_words
from schema.lexicon.text import fold_label

FEWEST_FIGURES = 2
"""Figures of the same years that two names must share; one is met by chance among some hundred rows."""
WORDS_SHARED = 0.6
"""Share of the words of both names that must be common: *Övertid* and *Mertid övertid* have two of three."""

Above = Mapping[int, Sighting]
"""By a row's identity, the row right above it."""


def join_proven(groups: Sequence[Group], committees: Committees) -> tuple[list[Group], set[int]]:
    """Return the groups with proven ones joined, and the rows (by identity) that came by evidence.

    A name with two such namesakes joins neither.
    """
    profiles = [profile_of(str(number), group, committees) for number, group in enumerate(groups)]
    above = rows_above(groups)
    pairs = [pair for pair in sorted(likely(groups, profiles, above)) if are_proven(pair, groups, profiles, above)]
    often = Counter(number for pair in pairs for number in pair)
    single = [pair for pair in pairs if often[pair[0]] == often[pair[1]] == 1]
    later = {max(pair, key=lambda number: groups[number][0].order): pair for pair in single}
    first = {next(number for number in pair if number != late): late for late, pair in later.items()}
    joined = [
        sorted([*group, *(groups[first[number]] if number in first else ())], key=lambda sighting: sighting.order)
        for number, group in enumerate(groups)
        if number not in later
    ]
    return joined, {id(sighting) for number in later for sighting in groups[number]}


def rows_above(groups: Sequence[Group]) -> Above:
    """Return the row that each row stands right under in its table."""
    rows = sorted((sighting for group in groups for sighting in group), key=lambda sighting: sighting.order)
    return {
        id(low): high
        for high, low in pairwise(rows)
        if (high.document, high.table) == (low.document, low.table) and high.table is not None
    }


def likely(groups: Sequence[Group], profiles: Sequence[Profile], above: Above) -> Iterator[tuple[int, int]]:
    """Return each pair that has one name but for a direction, some figures in common, or one row above."""
    named: Mapping[tuple[str, str], list[int]] = defaultdict(list)
    below: Mapping[tuple[Committee, str], list[int]] = defaultdict(list)
    stated: Mapping[tuple[object, object], list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        named[profile.committee[0], without_direction(profile.name)].append(number)
        for high in {above[id(row)].keys[0]: above[id(row)] for row in groups[number] if id(row) in above}.values():
            below[high.committee, high.keys[0]].append(number)
        for place, figures in profile.figures.items():
            for figure in figures:
                stated[place, figure].append(number)
    shared = Counter(pair for found in stated.values() if len(found) <= MOST_SHARING for pair in combinations(found, 2))
    yield from {
        *(pair for found in (*named.values(), *below.values()) for pair in combinations(found, 2)),
        *(pair for pair, count in shared.items() if count >= FEWEST_FIGURES),
    }


def are_proven(pair: tuple[int, int], groups: Sequence[Group], profiles: Sequence[Profile], above: Above) -> bool:
    """Tell whether two names are one, beyond doubt."""
    one, other = (profiles[number] for number in pair)
    documents = [{sighting.document for sighting in groups[number]} for number in pair]
    if documents[0] & documents[1] or not (one.committee == other.committee or one.committee in other.line):
        return False
    if one.unit and other.unit and unit_kind(one.unit) != unit_kind(other.unit):
        return False
    if one.codes != other.codes or any(forbid(one, other)):
        return False
    if without_direction(one.name) == without_direction(other.name) or share_figures(one, other):
        return True
    mine, theirs = (groups[number] for number in pair)
    return any(completes(row, of, above) or completes(of, row, above) for row in mine for of in theirs)


def share_figures(one: Profile, other: Profile) -> bool:
    """Tell whether most figures of the same places are equal, enough of them, and most words are common."""
    both = one.figures.keys() & other.figures.keys()
    alike = sum(bool(one.figures[place] & other.figures[place]) for place in both)
    mine, theirs = set(one.words), set(other.words)
    common = 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0
    return alike >= FEWEST_FIGURES and 2 * alike > len(both) and common >= WORDS_SHARED


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


def without_direction(name: str) -> str:
    """Return a name's key without the way its value should go, which stands before or after it."""
    words = name_words(name)
    for phrase, _ in direction_phrases():
        if len(phrase) < len(words) and words[: len(phrase)] == phrase:
            return name_key(" ".join(words[len(phrase) :]))
        if len(phrase) < len(words) and words[len(words) - len(phrase) :] == phrase:
            return name_key(" ".join(words[: len(words) - len(phrase)]))
    return name_key(name)
