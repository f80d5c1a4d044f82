"""Which printed rows are the same indicator across years, committees and reports.

Names that are equal after normalisation join by themselves, people decide on the rest, and what may be the same is
proposed. An indicator belongs to a committee, and to the one that took over its work.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from namndata.errors import NamndataError
from namndata.identity.budget_lines import LineId, identify_lines
from namndata.identity.committees import Committees, read_committees, scb_codes, words_of
from namndata.identity.crosswalk import CROSSWALK, JOINING, OWN, Decision, read_crosswalk
from namndata.identity.same_names import Group, join_exact
from namndata.identity.proposals import Profile, Proposal, Register, propose
from namndata.identity.sightings import Figure, Label, Place, RowId, Sighting, find_sightings, row_id, sex_of_row
from namndata.identity.indicators import Notes, indicator_row, most_common
from normalize.labels import fold_label
from normalize.names import compact_key, name_key
from schema.records import IndicatorValue
from schema.result import DocumentResult

LONGEST_SLUG = 90
"""Characters: long enough to tell names apart, short enough for a column."""
SHORT_HASH = 8
SEX_WORDS = {"K": "kvinnor", "M": "män", "A": "annat"}
"""How the id of a breakdown by sex ends, whatever word is printed."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Identity:
    """The indicators of a corpus, what each printed row joins, and what people may join."""

    ids: Mapping[RowId, str]
    indicators: tuple[Row, ...] = ()
    names: tuple[Row, ...] = ()
    proposals: tuple[Row, ...] = ()
    vetoes: tuple[Row, ...] = ()
    committees: tuple[Row, ...] = ()
    lines: Mapping[LineId, str] = field(default_factory=dict)
    """The line of each row of the money tables."""

    def id_of(self, document: str, record: IndicatorValue) -> str:
        """Return the id of the indicator that a report's record belongs to."""
        return self.ids[row_id(document, record)]


@dataclass(slots=True)
class Ledger:
    """Which indicator each row is, while decisions are applied."""

    id_of: dict[int, str]
    """By the identity of the sighting."""
    decided: dict[int, Decision]
    rejected: set[frozenset[str]]


def identify_indicators(results: Sequence[DocumentResult], corpus: Path | None = None) -> Identity:
    """Join rows by name and by the decisions in the corpus folder, and propose what else may be the same."""
    committees = read_committees(corpus, [result.facts for result in results])
    sightings = find_sightings(results, committees)
    groups = join_exact(sightings, committees)
    decisions = read_crosswalk(corpus / CROSSWALK) if corpus else ()
    ledger = apply_decisions(groups, decisions, committees)
    final = regroup(sightings, ledger)
    related = relations(decisions, final)
    notes = {result.source.document: result.footnotes for result in results}
    proposals = find_proposals(final, ledger, related, committees)
    return Identity(
        ids={
            row: part_id(ledger.id_of[id(sighting)], label)
            for sighting in sightings
            for row, label in sighting.rows.items()
        },
        indicators=tuple(row for key in sorted(final) for row in indicator_rows(key, final[key], notes, related)),
        names=tuple(row for key in sorted(final) for row in name_rows(key, final[key], ledger)),
        proposals=tuple(row for each in proposals if not each.vetoes for row in proposal_rows(each, final)),
        vetoes=tuple(proposal_row(each, final) | {"vetoes": as_json(each.vetoes)} for each in proposals if each.vetoes),
        committees=tuple(committees.rows((result.facts for result in results), scb_codes())),
        lines=identify_lines(results, committees),
    )


def part_id(indicator_id: str, label: Label) -> str:
    """Return the id of a row: the indicator's, or that of its breakdown where the row is of one sex."""
    word = SEX_WORDS.get(sex_of_row(label.name, label.parent) or "")
    return f"{indicator_id}/{word}" if word else indicator_id


def indicator_rows(key: str, group: Group, notes: Notes, related: Mapping[str, Decision]) -> Iterator[Row]:
    """Return the rows of `indicators`: the indicator's, and those of its sub-rows by sex."""
    columns = committee_columns(group) | related_columns(key, related)
    yield indicator_row(key, group, notes) | columns | {"breakdown_of": None, "sex": None}
    for sex in sexes_of(group):
        yield indicator_row(f"{key}/{SEX_WORDS[sex]}", group, notes, sex) | columns | {"breakdown_of": key, "sex": sex}


def sexes_of(group: Group) -> list[str]:
    """Return the sexes that have rows of their own."""
    labels = [label for sighting in group for label in sighting.rows.values()]
    return sorted({sex for label in labels if (sex := sex_of_row(label.name, label.parent)) in SEX_WORDS})


def apply_decisions(groups: Sequence[Group], decisions: Sequence[Decision], committees: Committees) -> Ledger:
    """Give each row its indicator: what its name joins, unless a person decided otherwise."""
    names = readable_ids(groups)
    ledger = Ledger({}, {}, set())
    for group, name in zip(groups, names, strict=True):
        ledger.id_of.update({id(sighting): name for sighting in group})
    known = sightings_by_key(groups)
    for decision in sorted(decisions, key=lambda decision: decision.relation == "not_same"):
        apply_decision(decision, selected(decision, known, committees), ledger)
    return ledger


def sightings_by_key(groups: Iterable[Group]) -> dict[str, list[Sighting]]:
    """Return the rows by each of their keys."""
    found: dict[str, list[Sighting]] = defaultdict(list)
    for group in groups:
        for sighting in group:
            for key in dict.fromkeys(sighting.keys):
                found[key].append(sighting)
    return found


def selected(decision: Decision, known: Mapping[str, Sequence[Sighting]], committees: Committees) -> list[Sighting]:
    """Return the rows that a decision is about; none ends the run, for the decision would be lost in silence."""
    names = (decision.parent, decision.name) if decision.parent else (decision.name,)
    keys = (" / ".join(map(name_key, names)), "/".join(map(compact_key, names)))
    found = {id(sighting): sighting for key in keys for sighting in known.get(key, ())}
    rows = [sighting for sighting in found.values() if concerns(decision, sighting, committees)]
    if not rows:
        raise NamndataError(
            f"{CROSSWALK}: {tell(decision)} is no name in these reports. Correct the line or remove it."
        )
    return rows


def concerns(decision: Decision, sighting: Sighting, committees: Committees) -> bool:
    """Tell whether a decision holds for a row's committee and document.

    What joins holds for the committees before and after the named one too, for their rows of that name are one
    series; what keeps apart holds for the named one alone, so that it can undo that.
    """
    town, name = sighting.committee
    named = (town, words_of(decision.committee))
    line = {named} if decision.relation == "not_same" else committees.line(named)
    if decision.committee and (town, name) not in line:
        return False
    return not decision.document or decision.document == sighting.document


def tell(decision: Decision) -> str:
    """Return a decision's name in words."""
    where = f" of {decision.committee}" if decision.committee else ""
    under = f" under “{decision.parent}”" if decision.parent else ""
    return f"“{decision.name}”{under}{where}"


def apply_decision(decision: Decision, rows: Sequence[Sighting], ledger: Ledger) -> None:
    """Let a person's word decide what some rows are."""
    if decision.relation == "not_same":
        reject(decision, rows, ledger)
        return
    present = sorted({ledger.id_of[id(row)] for row in rows})
    if len(present) > 1:
        raise NamndataError(
            f"{CROSSWALK}: {tell(decision)} names several indicators ({', '.join(present)}). "
            "Say in the columns committee or document which is meant."
        )
    for row in rows:
        ledger.id_of[id(row)] = decision.indicator_id
        ledger.decided[id(row)] = decision


def reject(decision: Decision, rows: Sequence[Sighting], ledger: Ledger) -> None:
    """Keep rows from an indicator, also where their name had joined it."""
    for row in rows:
        if ledger.id_of[id(row)] == decision.indicator_id:
            ledger.id_of[id(row)] = (
                f"{decision.indicator_id}/{row.committee[1]}/{words_of(decision.document) or 'other'}"
            )
            ledger.decided[id(row)] = decision
        ledger.rejected.add(frozenset((ledger.id_of[id(row)], decision.indicator_id)))


def regroup(sightings: Sequence[Sighting], ledger: Ledger) -> dict[str, Group]:
    """Return the rows by indicator, oldest report first."""
    groups: dict[str, Group] = defaultdict(list)
    for sighting in sightings:
        groups[ledger.id_of[id(sighting)]].append(sighting)
    return groups


def relations(decisions: Sequence[Decision], known: Mapping[str, Group]) -> dict[str, Decision]:
    """Return the decision that tells what each indicator comes of; what comes of nothing known ends the run."""
    found = {decision.indicator_id: decision for decision in decisions if decision.relation in OWN}
    for decision in found.values():
        if decision.related_to and decision.related_to not in known:
            raise NamndataError(
                f"{CROSSWALK}: {tell(decision)} is related to {decision.related_to}, which is no indicator."
            )
    reworded = {each.indicator_id: each for each in decisions if each.relation == "reworded"}
    return reworded | found


def readable_ids(groups: Sequence[Group]) -> list[str]:
    """Return a readable id for each indicator, from its oldest name; namesakes get their goal area, or a number."""
    plain = ["/".join(part for part in (*group[0].committee, slug(group[0].label.full)) if part) for group in groups]
    taken = Counter(plain)
    used: Counter[str] = Counter()
    ids = []
    for name, group in zip(plain, groups, strict=True):
        area = slug(group[0].goal_area or "") if taken[name] > 1 else ""
        readable = f"{name}/{area}" if area else name
        used[readable] += 1
        ids.append(readable if used[readable] == 1 else f"{readable}-{used[readable]}")
    return ids


def slug(text: str) -> str:
    """Return words joined by hyphens, cut after a whole word."""
    joined = words_of(fold_label(text)) or "unnamed"
    return joined if len(joined) <= LONGEST_SLUG else joined[:LONGEST_SLUG].rsplit("-", 1)[0]


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


def name_rows(indicator_id: str, group: Group, ledger: Ledger) -> Iterator[Row]:
    """Return the rows of `indicator_names`: each label once for each report."""
    seen: set[tuple[str, Label]] = set()
    for sighting in group:
        decision = ledger.decided.get(id(sighting))
        for label in sighting.rows.values():
            if (sighting.document, label) not in seen:
                seen.add((sighting.document, label))
                yield {
                    "name": label.name,
                    "parent": label.parent,
                    "indicator_id": part_id(indicator_id, label),
                    "method": "decision" if decision else "exact",
                    "score": 1.0,
                    "reviewed": int(decision is not None),
                    "relation": decision.relation if decision else None,
                    "decided_by": decision.decided_by or None if decision else None,
                    "document": sighting.document,
                    "committee": sighting.committee_name,
                }


def find_proposals(
    final: Mapping[str, Group], ledger: Ledger, related: Mapping[str, Decision], committees: Committees
) -> list[Proposal]:
    """Return what may be the same, best first, without what people have decided on."""
    profiles = [profile_of(key, final[key], committees) for key in sorted(final)]
    decided = ledger.rejected | {frozenset((key, each.related_to)) for key, each in related.items() if each.related_to}
    new = {key for key, decision in related.items() if decision.relation == "new"}
    found = [
        oriented(proposal, final)
        for proposal in propose(profiles, Register(profiles))
        if frozenset((proposal.one.key, proposal.other.key)) not in decided
    ]
    kept = [proposal for proposal in found if proposal.one.key not in new]
    return sorted(kept, key=lambda proposal: (-proposal.score, proposal.one.key, proposal.other.key))


def oriented(proposal: Proposal, final: Mapping[str, Group]) -> Proposal:
    """Return the proposal with the newer indicator first: it is the one to be joined to the older."""
    one, other = proposal.one, proposal.other
    if (final[one.key][0].order, one.key) >= (final[other.key][0].order, other.key):
        return proposal
    return Proposal(other, one, proposal.score, proposal.reasons, proposal.vetoes)


def profile_of(indicator_id: str, group: Group, committees: Committees) -> Profile:
    """Return what is compared of an indicator."""
    figures: dict[Place, set[Figure]] = defaultdict(set)
    for sighting in group:
        for place, figure in sighting.figures.items():
            if figure[0] is not None:
                figures[place].add(figure)
    return Profile(
        key=indicator_id,
        name=group[-1].label.full,
        label=group[-1].label.name if group[-1].label.parent else "",
        committee=group[-1].committee,
        line=committees.line(group[-1].committee),
        blocks=frozenset(sighting.block for sighting in group),
        goals=frozenset(fold_label(sighting.committee_goal) for sighting in group if sighting.committee_goal),
        unit=most_common(unit for sighting in group for unit in sighting.units),
        figures={place: frozenset(found) for place, found in figures.items()},
    )


def proposal_rows(proposal: Proposal, final: Mapping[str, Group]) -> Iterator[Row]:
    """Return the rows of `indicator_proposals`: the pair's, and those of the sub-rows that go with it."""
    row = proposal_row(proposal, final)
    yield row | {"follows": None}
    for sex in sexes_of(final[proposal.one.key]):
        if sex in sexes_of(final[proposal.other.key]):
            yield row | part_of_proposal(row, SEX_WORDS[sex])


def part_of_proposal(row: Row, word: str) -> Row:
    """Return what differs in the row of a breakdown: it follows whatever is decided on the whole."""
    return {
        "proposal": f"{row['proposal']}/{word}",
        "name": word.capitalize(),
        "parent": row["name"],
        "indicator_id": f"{row['indicator_id']}/{word}",
        "candidate_indicator_id": f"{row['candidate_indicator_id']}/{word}",
        "candidate_name": word.capitalize(),
        "candidate_parent": row["candidate_name"],
        "follows": row["proposal"],
    }


def proposal_row(proposal: Proposal, final: Mapping[str, Group]) -> Row:
    """Return the row of `indicator_proposals`."""
    group, candidate = final[proposal.one.key], final[proposal.other.key]
    label, known = group[-1].label, candidate[-1].label
    pair = f"{proposal.one.key}\0{proposal.other.key}"
    return {
        "proposal": hashlib.sha256(pair.encode()).hexdigest()[:SHORT_HASH],
        "name": label.name,
        "parent": label.parent,
        "committee": group[-1].committee_name,
        "documents": as_json(sorted({sighting.document for sighting in group})),
        "indicator_id": proposal.one.key,
        "candidate_indicator_id": proposal.other.key,
        "candidate_name": known.name,
        "candidate_parent": known.parent,
        "candidate_committee": candidate[-1].committee_name,
        "candidate_documents": as_json(sorted({sighting.document for sighting in candidate})),
        "score": proposal.score,
        "reasons": as_json(proposal.reasons),
    }


def as_json(value: Iterable[str]) -> str:
    """Return a JSON list that a Swede can read."""
    return json.dumps(list(value), ensure_ascii=False)


assert set(JOINING).isdisjoint(OWN)
