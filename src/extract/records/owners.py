"""Whose a table or row is in a report of several committees: begins with headings and labels, ends with committees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from extract.facts.bodies import find_bodies
from extract.records.sections import Place
from schema.layout import Item, Table
from schema.lexicon.signs.bullets import split_number
from schema.printed import BudgetLine

FEWEST_CHAPTERS = 2
"""Committees with a chapter of their own by which a report is one of several; one heading may name its own."""
HEADINGS_KEPT = 4096
"""Headings whose committee is remembered: each is asked for by every table below it."""
NAMED = 0.6
"""Share of a heading's letters that a committee's name makes up where the chapter is the committee's."""


def owners_of(
    placed: Iterable[tuple[Item, Place]], lines: Iterable[BudgetLine], *, committee: str | None
) -> Mapping[tuple[int, int | None], str]:
    """Return the committee of each table that stands in its chapter, and of each line that is named by one.

    The key is a table's number with a row, or None for all its rows. A report of one committee has none: it may head
    a chapter with its own name and name others in its tables.
    """
    tables = {item.number: _chapter(place) for item, place in placed if isinstance(item, Table)}
    chapters = {number: name for number, name in tables.items() if name}
    if len(set(chapters.values())) < FEWEST_CHAPTERS:
        chapters = {}
    if not chapters and committee:
        return {}
    owners: dict[tuple[int, int | None], str] = {(number, None): name for number, name in chapters.items()}
    named = ((line, committee_named(line.line)) for line in lines)
    return owners | {(line.table, line.row): name for line, name in named if name}


def _chapter(place: Place) -> str | None:
    """Return the committee that the innermost heading that names one is of."""
    named = (committee_named(heading) for heading in reversed(place.headings))
    return next((name for name in named if name), None)


@lru_cache(maxsize=HEADINGS_KEPT)
def committee_named(text: str) -> str | None:
    """Return the committee that a heading or label names and says little else of."""
    _, name = split_number(text)
    bodies = find_bodies(name)
    if len(bodies) != 1 or bodies[0].kind != "committee" or bodies[0].is_part:
        return None
    return bodies[0].name if len(bodies[0].name) >= NAMED * len(name.strip()) else None
