"""Which reports each decision on names and lines reaches, and the parts of a corpus that decisions make one.

Without decisions nothing joins the reports of two municipalities, and each is a part by itself. A decision makes one
part of those that print its name and of those whose indicators or lines it names; all others stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from string import hexdigits

from namndata.errors import NamndataError
from namndata.identity import crosswalk
from namndata.identity.committees import Committee, Committees
from namndata.identity.ids import LETTERS_BEFORE, LETTERS_OF_DIGEST, digest_id
from namndata.identity.membership import concerns, keys_of, no_such_name
from namndata.identity.series import Decisions
from namndata.identity.sightings import document_sightings
from namndata.identity.slugs import slug
from namndata.lines import decisions as lines
from namndata.parts.shelf import Printed, part_number
from schema.printed import ReportFacts
from schema.result import DocumentResult

NOBODY = Committees((), {})


@dataclass(frozen=True, slots=True)
class Row:
    """A printed name, as decisions are asked about it."""

    document: str
    committee: Committee


@dataclass(frozen=True, slots=True)
class Plan:
    """How a corpus is divided."""

    parts: Mapping[str, int]
    """The part of each document."""
    decisions: Mapping[int, Decisions]
    """What people decided on each part's reports."""
    elsewhere: Decisions = Decisions()
    """What they decided on reports that are not there."""


def printed_names(result: DocumentResult) -> frozenset[Printed]:
    """Return the names of indicators that a report prints."""
    rows = document_sightings(result, NOBODY)
    return frozenset(Printed(row.committee_name, row.keys, slug(row.label.full)) for row in rows)


def plan_parts(
    facts: Mapping[str, ReportFacts],
    committees: Committees,
    decided: Decisions,
    names_of: Callable[[str], Iterable[Printed]],
) -> Plan:
    """Divide the reports into parts: those of each municipality, and those that decisions join."""
    alone = {document: part_number(committees.committee_of(each)) for document, each in facts.items()}
    if not decided:
        return Plan(alone, {})
    reached = Reached(alone, facts, committees, decided.names)
    for document in facts if decided.names else ():
        reached.see(document, names_of(document))
    groups = unite((*map(reached.joined, decided.names), *map(reached.joined_lines, decided.lines)))
    final = {part: min(one for one in groups.get(part, (part,)) if isinstance(one, int)) for part in alone.values()}
    names: dict[int, list[crosswalk.Decision]] = defaultdict(list)
    for decision in decided.names:
        for part in sorted({final[part] for part in reached.by_name(decision)}):
            names[part].append(decision)
    of_lines: dict[int | None, list[lines.Decision]] = defaultdict(list)
    for line in decided.lines:
        of_lines[next((final[part] for part in sorted(reached.of_lines(line))), None)].append(line)
    return Plan(
        {document: final[part] for document, part in alone.items()},
        {
            part: Decisions(tuple(names.get(part, ())), tuple(of_lines.get(part, ())))
            for part in (names.keys() | of_lines.keys()) - {None}
            if part is not None
        },
        Decisions(lines=tuple(of_lines.get(None, ()))),
    )


def unite(sets: Iterable[frozenset[Hashable]]) -> dict[Hashable, set[Hashable]]:
    """Return the whole that each member is in, where sets that share a member are one."""
    whole: dict[Hashable, set[Hashable]] = {}
    for each in sets:
        merged = set(each).union(*(whole.get(member, ()) for member in each))
        whole |= dict.fromkeys(merged, merged)
    return whole


class Reached:
    """The municipalities' parts that decisions reach, gathered report by report."""

    def __init__(
        self,
        alone: Mapping[str, int],
        facts: Mapping[str, ReportFacts],
        committees: Committees,
        decisions: Sequence[crosswalk.Decision],
    ) -> None:
        self._alone, self._facts, self._committees = alone, facts, committees
        self._towns: dict[str, int] = {}
        for document, each in facts.items():
            self._towns.setdefault(committees.committee_of(each)[0], alone[document])
        self._by_key: dict[str, list[crosswalk.Decision]] = defaultdict(list)
        for decision in decisions:
            for key in dict.fromkeys(keys_of(decision)):
                self._by_key[key].append(decision)
        self._ids = {name for decision in decisions for name in ids_of(decision)}
        self._slugs: dict[str, set[str]] = defaultdict(set)
        for name in self._ids:
            self._slugs[slug_in(name)].add(name)
        self._names: dict[crosswalk.Decision, set[int]] = defaultdict(set)
        self._surely: dict[str, set[int]] = defaultdict(set)
        self._perhaps: dict[str, set[int]] = defaultdict(set)

    def see(self, document: str, names: Iterable[Printed]) -> None:
        """Note what a report's names have to do with the decisions."""
        part, facts = self._alone[document], self._facts[document]
        for name in names:
            known = [decision for key in name.keys for decision in self._by_key.get(key, ())]
            wanted = self._slugs.get(name.slug, ())
            if not (known or wanted):
                continue
            row = Row(document, self._committees.committee_of(replace(facts, committee=name.committee)))
            for decision in known:
                if concerns(decision, row, self._committees):
                    self._names[decision].add(part)
            plain = "/".join(each for each in (*row.committee, name.slug) if each)
            own = {plain, *(digest_id(name.slug, plain, letters) for letters in (LETTERS_OF_DIGEST, LETTERS_BEFORE))}
            for one in wanted:
                if one.partition("/")[0] in own:
                    self._surely[one].add(part)
                elif has_digest(one):
                    self._perhaps[one].add(part)

    def by_name(self, decision: crosswalk.Decision) -> set[int]:
        """Return the parts whose reports print a decision's name; none ends the run, as it would be lost in silence."""
        found = self._names.get(decision)
        if not found:
            raise NamndataError(no_such_name(decision))
        return found

    def joined(self, decision: crosswalk.Decision) -> frozenset[Hashable]:
        """Return the ids and parts that a decision makes one; what keeps apart joins nothing."""
        if decision.relation == "not_same":
            return frozenset()
        named = ids_of(decision)
        return frozenset({*self.by_name(decision), *named, *(part for name in named for part in self.by_id(name))})

    def by_id(self, name: str) -> set[int]:
        """Return the parts that may have an indicator of an id."""
        if name in self._surely:
            return self._surely[name]
        return self._perhaps.get(name, set()) | (self.by_start(name) if "/" in name else set())

    def by_start(self, name: str) -> set[int]:
        """Return the part of the municipality that an id begins with, else of those reports that name none."""
        town = name.partition("/")[0]
        return {self._towns[one] for one in (town if town in self._towns else "",) if one in self._towns}

    def of_lines(self, decision: lines.Decision) -> set[int]:
        """Return the parts that may have the lines of a decision."""
        return {part for name in decision.pair for part in self.by_start(name)}

    def joined_lines(self, decision: lines.Decision) -> frozenset[Hashable]:
        """Return the ids of lines and the parts that a decision makes one."""
        return frozenset({*(("line", name) for name in decision.pair), *self.of_lines(decision)})


def ids_of(decision: crosswalk.Decision) -> tuple[str, ...]:
    """Return the ids of indicators that a decision names."""
    return tuple(name for name in (decision.indicator_id, decision.related_to) if name)


def slug_in(name: str) -> str:
    """Return the printed name that an id begins with, before the digest that says whose it is."""
    start = name.partition("/")[0]
    return start.rpartition("-")[0] if has_digest(name) else start


def has_digest(name: str) -> bool:
    """Tell whether an id may say by a digest whose it is."""
    digest = name.partition("/")[0].rpartition("-")[2]
    return len(digest) in (LETTERS_OF_DIGEST, LETTERS_BEFORE) and not set(digest) - set(hexdigits)
