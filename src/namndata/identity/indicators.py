"""The rows of `indicators` and `indicator_names`: what is known of an indicator from all rows that print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from namndata.identity.crosswalk import Decision
from namndata.identity.ids import part_id, sex_names
from namndata.identity.membership import Membership
from namndata.identity.same_names import Group
from namndata.identity.sightings import Label, Sighting, most_common, sex_of_row
from normalize.name_keys import name_words
from normalize.wordings import direction_phrases
from schema.lexicon.better import better_in
from schema.lexicon.labels import kolada_ids
from schema.lexicon.text import clean_label
from schema.printed import Footnote

Row = dict[str, Any]
Notes = Mapping[str, Sequence[Footnote]]
"""Each document's footnotes."""

BETTER = {"increase": "up", "decrease": "down", "not_increase": "down"}
"""Which way is better, by direction; to maintain or stabilise says nothing of it."""
BOUNDS = {">=": "up", ">": "up", "<=": "down", "<": "down"}
"""Which way is better, by a target's comparator."""
GOAL_KINDS = ("target",)


def indicator_row(indicator_id: str, group: Sequence[Sighting], notes: Notes, sex: str | None = None) -> Row:
    """Return the row of `indicators`, or of its breakdown for one sex; the rows come oldest report first."""
    periods = sorted(periods_of(group, sex))
    better, source = better_when(group)
    newest = last_with(group, sex)
    return {
        "indicator_id": indicator_id,
        "name": f"{newest.label.full}: {label_of(newest, sex)}" if sex else newest.label.full,
        "unit": most_common(unit for sighting in group for unit in sighting.units),
        "category": most_common(sighting.category for sighting in group),
        "first_period": periods[0] if periods else None,
        "last_period": periods[-1] if periods else None,
        "better_when": better,
        "better_when_from": source,
        "kolada_id": kolada_id(group, notes),
        "reports": len({sighting.document for sighting in group if label_of(sighting, sex) is not None}),
    }


def periods_of(group: Sequence[Sighting], sex: str | None) -> Iterator[str]:
    """Return the periods that have a number, for the whole or for one sex."""
    for sighting in group:
        for (part, _, period), (value, _, _) in sighting.figures.items():
            if value is not None and (sex is None or part == sex):
                yield period


def last_with(group: Sequence[Sighting], sex: str | None) -> Sighting:
    """Return the newest row, or the newest that has a sub-row for a sex."""
    return [sighting for sighting in group if label_of(sighting, sex) is not None][-1]


def label_of(sighting: Sighting, sex: str | None) -> str | None:
    """Return the word that is printed for a sex's sub-row, or the indicator's label; None without such a sub-row."""
    if sex is None:
        return sighting.label.name
    labels = (label for label in sighting.rows.values() if sex_of_row(label.name, label.parent) == sex)
    return next((label.name for label in labels), None)


def better_when(group: Sequence[Sighting]) -> tuple[str | None, str | None]:
    """Return whether up or down is better and what says so: directions of targets, the name, bounds, known words.

    Directions that contradict each other say nothing, and the next source is asked. A sub-row's own directions do not
    count: they tell what is to change for one sex, not which way is better.
    """
    sources = (
        ("target direction", directions_of_targets(group)),
        ("name", (way for sighting in group for way in directions_in_name(sighting.label.name))),
        ("target comparator", comparators_of_targets(group)),
        ("vocabulary", (better_in(sighting.label.full) for sighting in group)),
    )
    for source, found in sources:
        ways = {way for way in found if way}
        if len(ways) == 1:
            return ways.pop(), source
    return None, None


def directions_of_targets(group: Sequence[Sighting]) -> Iterator[str | None]:
    """Return what the directions of the targets say; those of sub-rows may differ and do not count."""
    for sighting in group:
        for (part, kind, _), (_, _, direction) in sighting.figures.items():
            if kind in GOAL_KINDS and part is None and direction:
                yield BETTER.get(direction)


def comparators_of_targets(group: Sequence[Sighting]) -> Iterator[str | None]:
    """Return what the comparators of the targets say."""
    for sighting in group:
        for record in sighting.records:
            if record.kind in GOAL_KINDS and record.comparator:
                yield BOUNDS.get(record.comparator)


def directions_in_name(name: str) -> Iterator[str | None]:
    """Return what the direction that a name begins or ends with says: `Öka antal …`, `… ska minska`."""
    words = name_words(name)
    for phrase, direction in direction_phrases():
        if words[: len(phrase)] == phrase or words[len(words) - len(phrase) :] == phrase:
            yield BETTER.get(direction)
            return


def kolada_id(group: Sequence[Sighting], notes: Notes) -> str | None:
    """Return the Kolada id that a label, or a footnote that a row refers to, prints; None where several are."""
    texts = [text for sighting in group for text in printed_about(sighting, notes)]
    found = {match for text in texts for match in kolada_ids(text)}
    return found.pop() if len(found) == 1 else None


def printed_about(sighting: Sighting, notes: Notes) -> Iterator[str]:
    """Return a row's label, source and footnotes."""
    yield sighting.label.full
    yield from (record.source for record in sighting.records if record.source)
    yield from (note.text for note in notes.get(sighting.document, ()) if note.marker in sighting.markers)


def indicator_rows(key: str, group: Group, notes: Notes, related: Mapping[str, Decision]) -> Iterator[Row]:
    """Return the rows of `indicators`: the indicator's, and those of its sub-rows by sex."""
    columns = committee_columns(group) | related_columns(key, related)
    yield indicator_row(key, group, notes) | columns | {"breakdown_of": None, "sex": None}
    for sex in sexes_of(group):
        part = indicator_row(f"{key}/{sex_names()[sex]}", group, notes, sex)
        yield part | columns | {"breakdown_of": key, "sex": sex}


def all_indicator_rows(groups: Mapping[str, Group], notes: Notes, related: Mapping[str, Decision]) -> Iterator[Row]:
    """Return the rows of `indicators`; names that a committee has twice say under what heading each is printed."""
    rows = [row for key in sorted(groups) for row in indicator_rows(key, groups[key], notes, related)]
    shared = Counter((row["municipality"], row["committee"], row["name"]) for row in rows)
    for row in rows:
        is_shared = shared[row["municipality"], row["committee"], row["name"]] > 1
        heading = heading_of(groups[row["breakdown_of"] or row["indicator_id"]]) if is_shared else ""
        yield row | {"name": f"{heading.rstrip(': ')}: {row['name']}"} if heading else row


def heading_of(group: Group) -> str:
    """Return what the newest row stands under: the heading over all rows of its table, or else the table's title."""
    newest = group[-1]
    parents = (clean_label(record.parent or "") for record in newest.records)
    others = (parent for parent in parents if parent not in ("", newest.label.name, newest.label.parent))
    return next(others, newest.table_title)


def sexes_of(group: Group) -> list[str]:
    """Return the sexes that have rows of their own."""
    labels = [label for sighting in group for label in sighting.rows.values()]
    return sorted({sex for label in labels if (sex := sex_of_row(label.name, label.parent)) in sex_names()})


def committee_columns(group: Group) -> Row:
    """Return whose indicator it is, by the newest report."""
    return {"municipality": group[-1].municipality, "committee": group[-1].committee_name}


def related_columns(indicator_id: str, related: Mapping[str, Decision]) -> Row:
    """Return what people decided on where an indicator comes from."""
    decision = related.get(indicator_id)
    return {
        "relation": decision.relation if decision and decision.relation != "new" else None,
        "related_to": decision.related_to or None if decision else None,
    }


def name_rows(indicator_id: str, group: Group, membership: Membership, proven: Mapping[int, float]) -> Iterator[Row]:
    """Return the rows of `indicator_names`: each label once for each report; `proven` has the scores of evidence."""
    seen: set[tuple[str, Label]] = set()
    for sighting in group:
        decision = membership.decided.get(id(sighting))
        for label in sighting.rows.values():
            if (sighting.document, label) not in seen:
                seen.add((sighting.document, label))
                yield {
                    "name": label.name,
                    "parent": label.parent,
                    "indicator_id": part_id(indicator_id, label),
                    "method": "decision" if decision else "evidence" if id(sighting) in proven else "exact",
                    "score": proven.get(id(sighting), 1.0) if decision is None else 1.0,
                    "reviewed": int(decision is not None),
                    "relation": decision.relation if decision else None,
                    "decided_by": decision.decided_by or None if decision else None,
                    "document": sighting.document,
                    "committee": sighting.committee_name,
                }
