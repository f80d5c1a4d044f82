"""Which printed labels are the same indicator across years and documents.

An indicator belongs to a committee: two committees that follow up the same thing have two series.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from namndata.renditions import edition_of
from schema.printed import ReportFacts
from schema.records import IndicatorValue
from schema.result import DocumentResult

Row = dict[str, Any]

Key = tuple[str, ...]
"""Municipality, committee, parent and label, folded."""

LONGEST_SLUG = 80
"""Characters; longer labels differ by their ordinal, and an id stays readable."""


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
    """Return what must be equal for two labels to be the same indicator."""
    parts = (facts.municipality, facts.committee, record.parent, record.indicator)
    return tuple(fold_label(part or "") for part in parts)


def fold_label(label: str) -> str:
    """Return a label's letters and digits, lower case, `&` spelt out and spaces single.

    Words are never dropped: `åk 6` and `åk 9`, `kvinnor` and `män` stay apart.
    """
    text = unicodedata.normalize("NFC", label).casefold().replace("&", " och ").replace("%", " procent ")
    return " ".join(re.findall(r"\w+", text))


def identify_indicators(results: Sequence[DocumentResult]) -> Identity:
    """Join labels that are equal after folding; the newest report's spelling is the preferred name."""
    newest_first = sorted(results, key=lambda result: edition_of(result.facts), reverse=True)
    groups: dict[Key, list[IndicatorValue]] = {}
    owners: dict[Key, ReportFacts] = {}
    for result in newest_first:
        for record in result.indicator_values:
            key = identity_key(result.facts, record)
            groups.setdefault(key, []).append(record)
            owners.setdefault(key, result.facts)
    ids = dict(zip(sorted(groups), unique_slugs(sorted(groups)), strict=True))
    return Identity(
        ids=ids,
        indicators=tuple(indicator_row(ids[key], owners[key], groups[key]) for key in sorted(groups)),
        names=tuple(row for key in sorted(groups) for row in name_rows(ids[key], groups[key])),
    )


def unique_slugs(keys: Iterable[Key]) -> Iterator[str]:
    """Return a readable id for each key, in order; a second user of a slug gets a number."""
    used: Counter[str] = Counter()
    for key in keys:
        slug = "/".join(slug_of(part) for part in key if part) or "unnamed"
        used[slug] += 1
        yield slug if used[slug] == 1 else f"{slug}-{used[slug]}"


def slug_of(text: str) -> str:
    """Return folded text as a slug; å, ä and ö stay, they are letters of their own."""
    return text.replace(" ", "-")[:LONGEST_SLUG].rstrip("-")


def indicator_row(indicator_id: str, owner: ReportFacts, records: Sequence[IndicatorValue]) -> Row:
    """Return the row of `indicators`; the records come newest report first."""
    periods = sorted(record.period for record in records if record.period and record.value is not None)
    return {
        "indicator_id": indicator_id,
        "name": full_name(records[0]),
        "unit": most_common(record.unit for record in records),
        "category": most_common(record.category for record in records),
        "first_period": periods[0] if periods else None,
        "last_period": periods[-1] if periods else None,
        "municipality": owner.municipality,
        "committee": owner.committee,
    }


def full_name(record: IndicatorValue) -> str:
    """Return the label, after its parent's where it only makes sense under one."""
    return f"{record.parent}: {record.indicator}" if record.parent else record.indicator


def most_common(values: Iterable[str | None]) -> str | None:
    """Return the most frequent value that is one; of equals, the first in the alphabet."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def name_rows(indicator_id: str, records: Sequence[IndicatorValue]) -> Iterator[Row]:
    """Return the rows of `indicator_names`."""
    for name, parent in sorted({(record.indicator, record.parent) for record in records}, key=str):
        yield {
            "name": name,
            "parent": parent,
            "indicator_id": indicator_id,
            "method": "exact",
            "score": 1.0,
            "reviewed": 0,
        }
