"""The rows of `indicator_proposals` and `indicator_vetoes`: what people may join, and what forbids it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from namndata.deciding import id_of_words
from namndata.identity.committees import Committees
from namndata.identity.crosswalk import Decision
from namndata.identity.ids import sex_names
from namndata.identity.indicators import sexes_of
from namndata.identity.membership import Membership
from namndata.identity.proposals import Profile, Proposal, Register, propose
from namndata.identity.same_names import Group
from namndata.identity.sightings import Figure, Place, most_common
from schema.lexicon.text import fold_label

Row = dict[str, Any]


def find_proposals(
    final: Mapping[str, Group], membership: Membership, related: Mapping[str, Decision], committees: Committees
) -> list[Proposal]:
    """Return what may be the same, best first, without what people have decided on."""
    profiles = [profile_of(key, final[key], committees) for key in sorted(final)]
    decided = membership.rejected | {
        frozenset((key, each.related_to)) for key, each in related.items() if each.related_to
    }
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
            yield row | part_of_proposal(row, sex_names()[sex])


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
    return {
        "proposal": id_of_words(proposal.one.key, proposal.other.key, joined="\0"),
        "name": label.name,
        "parent": label.parent,
        "committee": group[-1].committee_name,
        "documents": sorted({sighting.document for sighting in group}),
        "indicator_id": proposal.one.key,
        "candidate_indicator_id": proposal.other.key,
        "candidate_name": known.name,
        "candidate_parent": known.parent,
        "candidate_committee": candidate[-1].committee_name,
        "candidate_documents": sorted({sighting.document for sighting in candidate}),
        "score": proposal.score,
        "reasons": proposal.reasons,
    }
