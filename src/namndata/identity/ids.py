"""Readable ids: what an indicator is called in the corpus, made from whose it is and its oldest name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from namndata.identity.same_names import Group
from namndata.identity.sightings import Label, Sighting, sex_of_row
from namndata.identity.slugs import numbered, slug
from schema.vocabulary import read_rows

BOTH_SEXES = "T"


LETTERS_OF_DIGEST = 10
"""Of the digest in an id: enough for a name that every committee in Sweden prints."""
LETTERS_BEFORE = 6
"""Of the digest in ids of before, which are aliases."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What indicators are called."""

    ids: tuple[str, ...]
    aliases: Mapping[str, str]
    """Other ids of an indicator: those it had, or would have had, by another of its reports."""


def name_indicators(groups: Sequence[Group]) -> Naming:
    """Return an id for each indicator: its oldest name, and a digest of whose it was.

    The id that each report's own name and committee would give is an alias, so that a citation holds when an older
    report comes.
    """
    long = readable_ids(groups)
    ids = [short_id(group[0], name) for name, group in zip(long, groups, strict=True)]
    aliases: dict[str, str] = {}
    for name, indicator, group in zip(long, ids, groups, strict=True):
        aliases.setdefault(name, indicator)
        for sighting in group:
            aliases.setdefault(plain_id(sighting), indicator)
            aliases.setdefault(short_id(sighting, plain_id(sighting)), indicator)
            aliases.setdefault(short_id(sighting, plain_id(sighting), LETTERS_BEFORE), indicator)
    taken = set(ids)
    return Naming(tuple(ids), {alias: indicator for alias, indicator in aliases.items() if alias not in taken})


def short_id(sighting: Sighting, whole: str, letters: int = LETTERS_OF_DIGEST) -> str:
    """Return a row's own name with a digest of the whole id, committee and all."""
    return digest_id(slug(sighting.label.full), whole, letters)


def digest_id(name: str, whole: str, letters: int) -> str:
    """Return a name with a digest of the whole id."""
    return f"{name}-{sha256(whole.encode()).hexdigest()[:letters]}"


def plain_id(sighting: Sighting) -> str:
    """Return whose a row is and its name."""
    return "/".join(part for part in (*sighting.committee, slug(sighting.label.full)) if part)


def readable_ids(groups: Sequence[Group]) -> list[str]:
    """Return a readable id for each indicator, from its oldest name; namesakes get their goal area, or a number."""
    plain = [plain_id(group[0]) for group in groups]
    taken = Counter(plain)
    areas = [
        slug(group[0].goal_area or "") if taken[name] > 1 else "" for name, group in zip(plain, groups, strict=True)
    ]
    return numbered(f"{name}/{area}" if area else name for name, area in zip(plain, areas, strict=True))


@cache
def sex_names() -> dict[str, str]:
    """Return how the id of a breakdown by sex ends, whatever word is printed: the first word of each sex."""
    rows = reversed(read_rows("sexes"))
    return {row["code"]: row["phrase"] for row in rows if row["code"] != BOTH_SEXES}


def part_id(indicator_id: str, label: Label) -> str:
    """Return the id of a row: the indicator's, or that of its breakdown where the row is of one sex."""
    word = sex_names().get(sex_of_row(label.name, label.parent) or "")
    return f"{indicator_id}/{word}" if word else indicator_id
