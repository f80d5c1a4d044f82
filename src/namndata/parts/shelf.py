"""The documents that a corpus is written from, each loaded when it is needed, and the parts they are written in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from namndata.identity.committees import Committee, scb_codes
from schema.printed import ReportFacts
from schema.result import DocumentResult

COMMON = 0
"""The part of what is of no municipality's reports: word lists, official values, the run."""
UNLISTED = 10_000
"""Parts of bodies without a code begin here; Statistics Sweden's codes have four figures."""
BITS = 32
"""Of a row's number that count within its part: more rows than any municipality prints."""
MOST_PARTS = 2**31 - UNLISTED


class Printed(NamedTuple):
    """A name as a report prints it: what decisions and ids of indicators are told by."""

    committee: str | None
    keys: tuple[str, str]
    slug: str


@dataclass(frozen=True)
class Shelf:
    """The documents of a corpus, in their order."""

    facts: Mapping[str, ReportFacts]
    """What each is, known without loading it."""
    paths: Mapping[str, str]
    load: Callable[[str], DocumentResult]
    keys: Mapping[str, str]
    """A hash of all that each document's own rows are made of."""
    names: Callable[[str], Collection[Printed]] | None = None
    """The names that each prints, where they are kept."""


def shelf_of(results: Sequence[DocumentResult]) -> Shelf:
    """Return results that are at hand as a shelf."""
    named = {result.source.document: result for result in results}
    facts = {name: result.facts for name, result in named.items()}
    return Shelf(facts, {name: result.source.path for name, result in named.items()}, named.__getitem__, {})


def by_part(parts: Mapping[str, int]) -> dict[int, list[str]]:
    """Return the documents of each part, in their order."""
    found: dict[int, list[str]] = defaultdict(list)
    for document, part in parts.items():
        found[part].append(document)
    return found


def part_number(committee: Committee) -> int:
    """Return the number of a municipality's part: its code, or one made of its name; the same in every corpus."""
    town = committee[0]
    code = scb_codes().get(town)
    if code:
        return int(code)
    return UNLISTED + int(sha256(town.encode()).hexdigest()[:12], 16) % MOST_PARTS
