"""Which committee is which: one name for each spelling, and those that its work came from and went to."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from schema.places import places_by_name
from schema.printed import ReportFacts
from schema.records import Record
from schema.result import DocumentResult
from schema.vocabulary import read_map

COMMITTEES_FILE = "committees.csv"
"""The list beside the reports of who took over whose work."""

Committee = tuple[str, str]
"""Municipality and committee, as words joined by hyphens."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """A committee's time, and where its work went; a committee with several successors has several."""

    municipality: str
    committee: str
    valid_from: str | None = None
    valid_to: str | None = None
    moved_to: str | None = None
    share: str | None = None
    """`all` or `part` of the work."""
    what: str | None = None
    """The part that moved."""


@dataclass(frozen=True)
class Committees:
    """The committees of a corpus."""

    moves: tuple[Move, ...]
    municipality_of: dict[str, str]
    """The municipality of each committee that reports of one municipality alone name."""

    def committee_of(self, facts: ReportFacts) -> Committee:
        """Return whose report it is; a report that names no municipality is its committee's only one's."""
        committee = words_of(facts.committee)
        municipality = municipality_words(facts.municipality) or self.municipality_of.get(committee, "")
        return municipality, committee

    @cached_property
    def successors(self) -> dict[Committee, frozenset[Committee]]:
        """Who took over all the work of a committee that ended."""
        found: dict[Committee, set[Committee]] = defaultdict(set)
        for move in self.moves:
            if move.moved_to and move.share == "all":
                town = municipality_words(move.municipality)
                found[town, words_of(move.committee)].add((town, words_of(move.moved_to)))
        return {old: frozenset(new) for old, new in found.items()}

    def later(self, committee: Committee) -> frozenset[Committee]:
        """Return all that took over from a committee, at once or in turn."""
        found: set[Committee] = set()
        waiting = [committee]
        while waiting:
            new = self.successors.get(waiting.pop(), frozenset()) - found
            found |= new
            waiting += sorted(new)
        return frozenset(found - {committee})

    def heir(self, committee: Committee) -> Committee:
        """Return the committee that has the work now, where one alone took it over."""
        new = self.successors.get(committee, frozenset())
        return self.heir(min(new)) if len(new) == 1 and committee not in self.later(min(new)) else committee

    def line(self, committee: Committee) -> frozenset[Committee]:
        """Return a committee, those it took over from, and those that took over from it."""
        earlier = {old for old in self.successors if committee in self.later(old)}
        return frozenset({committee, *earlier, *self.later(committee)})

    def rows(self, reports: Iterable[ReportFacts], codes: dict[str, str]) -> list[Row]:
        """Return the rows of `committees`: those that report, and those that the moves name."""
        named: dict[Committee, tuple[str | None, str | None]] = {}
        for facts in reports:
            if facts.committee:
                named.setdefault(self.committee_of(facts), (facts.municipality, facts.committee))
        rows = [self._row(move, codes) for move in self.moves if self._concerns(move, named)]
        told = {(municipality_words(row["municipality"]), words_of(row["committee"])) for row in rows}
        for key, (municipality, committee) in named.items():
            if key not in told:
                rows.append(self._row(Move(municipality or "", committee or ""), codes))
        return sorted(rows, key=lambda row: tuple(str(value or "") for value in row.values()))

    def _concerns(self, move: Move, named: Iterable[Committee]) -> bool:
        towns = {town for town, _ in named}
        return municipality_words(move.municipality) in towns

    def _row(self, move: Move, codes: dict[str, str]) -> Row:
        return {
            "municipality": move.municipality or None,
            "scb_code": codes.get(municipality_words(move.municipality)),
            "committee": move.committee,
            "valid_from": move.valid_from,
            "valid_to": move.valid_to,
            "moved_to": move.moved_to,
            "share": move.share,
            "what": move.what,
        }


@cache
def scb_codes() -> dict[str, str]:
    """Return Statistics Sweden's code of each municipality."""
    return {words_of(name): place.code for name, place in places_by_name().items()}


def municipality_words(name: str | None) -> str:
    """Return a municipality's name without *kommun* and the genitive before it: Linköpings kommun is linköping."""
    plain = _without_ending(words_of(name))
    known = scb_codes()
    return plain if plain in known or plain.removesuffix("s") not in known else plain.removesuffix("s")


def _without_ending(name: str) -> str:
    first, _, last = name.rpartition("-")
    return first if first and last in read_map("official_endings", "phrase", "phrase") else name


def words_of(text: str | None) -> str:
    """Return lower-case words joined by hyphens; å, ä and ö stay, they are letters of their own."""
    folded = unicodedata.normalize("NFC", text or "").casefold()
    return "-".join(re.findall(r"[^\W_]+", folded))


def facts_of(record: Record, facts: ReportFacts) -> ReportFacts:
    """Return a report's facts with the committee that a record is of, in a report of several."""
    return replace(facts, committee=record.committee) if record.committee else facts


def reporting(results: Iterable[DocumentResult]) -> Iterator[ReportFacts]:
    """Return the facts of all reports, and those of each committee that a report of several has records of."""
    for result in results:
        yield result.facts
        named = {record.committee for record in result.records if record.committee}
        yield from (replace(result.facts, committee=name) for name in sorted(named))
