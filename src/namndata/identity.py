"""Which printed labels are the same indicator across years and documents.

An indicator belongs to a committee: two committees that follow up the same thing have two series.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from namndata.renditions import edition_of
from normalize.names import name_key
from schema.printed import ReportFacts
from schema.records import IndicatorValue
from schema.result import DocumentResult

LONGEST_SLUG = 90
"""Characters: long enough to tell names apart, short enough for a column."""

Row = dict[str, Any]
Key = tuple[str, str, str]
"""Municipality, committee and the name's key."""
Stated = tuple[ReportFacts, IndicatorValue]
"""A record and the report that states it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The indicators of a corpus, and what each printed label joins."""

    ids: dict[Key, str]
    indicators: tuple[Row, ...]
    names: tuple[Row, ...]

    def id_of(self, facts: ReportFacts, record: IndicatorValue) -> str:
        """Return the id of the indicator that a report's record belongs to."""
        return self.ids[identity_key(facts, record)]


def identity_key(facts: ReportFacts, record: IndicatorValue) -> Key:
    """Return what must be equal for two records to be of the same indicator."""
    names = (record.parent, record.indicator) if record.parent else (record.indicator,)
    key = " / ".join(name_key(name) for name in names)
    return slug_of(facts.municipality or ""), slug_of(facts.committee or ""), key


def identify_indicators(results: Sequence[DocumentResult]) -> Identity:
    """Join records whose names are equal after normalisation."""
    groups: dict[Key, list[Stated]] = {}
    for result in sorted(results, key=lambda result: (edition_of(result.facts), result.source.document)):
        for record in result.indicator_values:
            groups.setdefault(identity_key(result.facts, record), []).append((result.facts, record))
    ids = unique_ids(groups)
    return Identity(
        ids=ids,
        indicators=tuple(indicator_row(ids[key], groups[key]) for key in sorted(groups)),
        names=tuple(row for key in sorted(groups) for row in name_rows(ids[key], groups[key])),
    )


def unique_ids(groups: Mapping[Key, Sequence[Stated]]) -> dict[Key, str]:
    """Return a readable id for each indicator, from its oldest name; a second user of one gets a number."""
    used: Counter[str] = Counter()
    ids: dict[Key, str] = {}
    for key in sorted(groups):
        name = slug_of(full_name(groups[key][0][1])) or "unnamed"
        readable = "/".join(part for part in (*key[:2], name) if part)
        used[readable] += 1
        ids[key] = readable if used[readable] == 1 else f"{readable}-{used[readable]}"
    return ids


def slug_of(text: str) -> str:
    """Return lower-case words joined by hyphens; å, ä and ö stay, they are letters of their own."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold())
    return "-".join(words)[:LONGEST_SLUG].rstrip("-")


def indicator_row(indicator_id: str, stated: Sequence[Stated]) -> Row:
    """Return the row of `indicators`; the records come oldest report first."""
    records = [record for _, record in stated]
    periods = sorted(record.period for record in records if record.period and record.value is not None)
    facts, newest = stated[-1]
    return {
        "indicator_id": indicator_id,
        "name": full_name(newest),
        "unit": most_common(record.unit for record in records),
        "category": most_common(record.category for record in records),
        "first_period": periods[0] if periods else None,
        "last_period": periods[-1] if periods else None,
        "municipality": facts.municipality,
        "committee": facts.committee,
    }


def full_name(record: IndicatorValue) -> str:
    """Return the label, after its parent's where it only makes sense under one."""
    return f"{record.parent}: {record.indicator}" if record.parent else record.indicator


def most_common(values: Iterable[str | None]) -> str | None:
    """Return the most frequent value that is one; of equals, the first in the alphabet."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def name_rows(indicator_id: str, stated: Sequence[Stated]) -> Iterator[Row]:
    """Return the rows of `indicator_names`."""
    names = {(record.indicator, record.parent or "") for _, record in stated}
    for name, parent in sorted(names):
        yield {
            "name": name,
            "parent": parent or None,
            "indicator_id": indicator_id,
            "method": "exact",
            "score": 1.0,
            "reviewed": 0,
        }
