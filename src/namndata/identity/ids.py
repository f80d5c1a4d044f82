"""Readable ids: what an indicator is called in the corpus, made from whose it is and its oldest name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from namndata.identity.same_names import Group
from namndata.identity.sightings import Label, sex_of_row
from namndata.identity.slugs import numbered, slug
from schema.vocabulary import read_rows

BOTH_SEXES = "T"


def readable_ids(groups: Sequence[Group]) -> list[str]:
    """Return a readable id for each indicator, from its oldest name; namesakes get their goal area, or a number."""
    plain = ["/".join(part for part in (*group[0].committee, slug(group[0].label.full)) if part) for group in groups]
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
