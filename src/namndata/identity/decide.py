"""What a person decides on a name, from a proposal in the corpus to lines of the crosswalk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from namndata.deciding import find_by_start, id_of_words
from namndata.identity.crosswalk import (
    CROSSWALK,
    JOINING,
    OWN,
    Decision,
    Relation,
    decide,
    read_crosswalk,
    write_crosswalk,
)
from namndata.store.access import open_corpus

PROPOSED = """
    select proposal, name, parent, committee, documents, indicator_id, candidate_indicator_id, candidate_name,
      candidate_parent, candidate_committee, candidate_documents, score, reasons
    from indicator_proposals where follows is null order by score desc, proposal
"""


FIGURES = """
    select period, kind, indicator_id, group_concat(distinct raw) from indicator_values
    where indicator_id in (?, ?) and breakdown is null and period is not null and kind in ('outcome', 'target')
    group by period, kind, indicator_id order by period desc, kind
"""
KEEPS_ID = "keeps its id"
"""Note of the line that writes down an indicator's own name, so that its id stays."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as the corpus holds it."""

    proposal: str
    name: str
    parent: str | None
    committee: str | None
    documents: tuple[str, ...]
    indicator_id: str
    candidate_indicator_id: str
    candidate_name: str
    candidate_parent: str | None
    candidate_committee: str | None
    candidate_documents: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """Who decides what, and why."""

    relation: Relation
    by: str
    on: str
    note: str = ""
    indicator_id: str = ""
    """Another id than the one that the relation would give."""


def read_proposals(database: Path) -> list[Proposed]:
    """Return a corpus's proposals, best first."""
    with closing(open_corpus(database)) as db:
        db.row_factory = sqlite3.Row
        return [proposed_of(dict(row)) for row in db.execute(PROPOSED)]


def proposed_of(row: dict[str, Any]) -> Proposed:
    """Return a row as a proposal."""
    lists = {name: tuple(json.loads(row[name])) for name in ("documents", "candidate_documents", "reasons")}
    return Proposed(**row | lists)


def find_proposal(proposals: Sequence[Proposed], wanted: str) -> Proposed:
    """Return the proposal whose id begins with some letters."""
    return find_by_start(proposals, wanted, lambda proposal: proposal.proposal, "proposal", "names list")


def decisions_on(proposed: Proposed, word: Word) -> list[Decision]:
    """Return the lines that a decision on a proposal makes.

    Where the name joins, the other indicator's own name is written down too: its id then stays what it is, whatever
    reports come later.
    """
    own = word.relation in OWN
    indicator_id = word.indicator_id or (proposed.indicator_id if own else proposed.candidate_indicator_id)
    line = Decision(
        name=proposed.name,
        committee=proposed.committee or "",
        indicator_id=indicator_id,
        relation=word.relation,
        decided_by=word.by,
        decided_on=word.on,
        note=word.note,
        parent=proposed.parent or "",
        related_to=proposed.candidate_indicator_id if own and word.relation != "new" else "",
    )
    if word.relation in ("new", "not_same"):
        return [line]
    known = Decision(
        name=proposed.candidate_name,
        committee=proposed.candidate_committee or "",
        indicator_id=proposed.candidate_indicator_id if own else indicator_id,
        decided_by=word.by,
        decided_on=word.on,
        note=KEEPS_ID,
        parent=proposed.candidate_parent or "",
    )
    return [line, known]


def write_decision(corpus: Path, proposed: Proposed, word: Word) -> list[Decision]:
    """Write a decision to the crosswalk beside the reports, and return its lines."""
    path = corpus / CROSSWALK
    decisions: Sequence[Decision] = read_crosswalk(path)
    proposed = replace(proposed, candidate_indicator_id=decided_id(decisions, proposed))
    if word.relation in JOINING:
        decisions = [moved(old, proposed) for old in decisions]
    lines = decisions_on(proposed, word)
    for number, line in enumerate(lines):
        if number == 0 or not any(is_about(old, line) for old in decisions):
            decisions = decide(decisions, line)
    write_crosswalk(path, decisions)
    return lines


def decided_id(decisions: Sequence[Decision], proposed: Proposed) -> str:
    """Return the candidate's id: another than the corpus knows where it was joined to something since."""
    name = (proposed.candidate_name, proposed.candidate_parent or "", proposed.candidate_committee or "")
    joined = (old for old in decisions if old.relation in JOINING and (old.name, old.parent, old.committee) == name)
    return next((old.indicator_id for old in joined), proposed.candidate_indicator_id)


def moved(old: Decision, proposed: Proposed) -> Decision:
    """Return an earlier decision for the indicator that now joins another: its other names go with it."""
    if old.relation in JOINING and old.indicator_id == proposed.indicator_id:
        return replace(old, indicator_id=proposed.candidate_indicator_id)
    return old


def is_about(old: Decision, new: Decision) -> bool:
    """Tell whether a name has its indicator already."""
    return (old.name, old.parent) == (new.name, new.parent) and old.relation != "not_same"


def undecided(proposals: Sequence[Proposed], decisions: Sequence[Decision]) -> list[Proposed]:
    """Return the proposals that nobody has decided on since the corpus was written."""
    return [proposed for proposed in proposals if not any(is_on(decision, proposed) for decision in decisions)]


def is_on(decision: Decision, proposed: Proposed) -> bool:
    """Tell whether a decision is one on a proposal: on its name, and of its candidate, or that it is its own."""
    if (decision.name, decision.parent) != (proposed.name, proposed.parent or ""):
        return False
    if decision.committee and decision.committee != proposed.committee:
        return False
    return decision.relation == "new" or proposed.candidate_indicator_id in (decision.indicator_id, decision.related_to)


def figures_beside(database: Path, proposed: Proposed) -> list[tuple[str, str, str]]:
    """Return what both print for each period and kind, the newest first: `2023`, `71`, `71,4`."""
    found: dict[str, list[str]] = {}
    ids = (proposed.indicator_id, proposed.candidate_indicator_id)
    with closing(open_corpus(database)) as db:
        for period, kind, indicator, raws in db.execute(FIGURES, ids):
            place = period if kind == "outcome" else f"{period} {kind}"
            found.setdefault(place, ["", ""])[ids.index(indicator)] = raws
    return [(place, one, other) for place, (one, other) in found.items()]


def decision_id(decision: Decision) -> str:
    """Return a short id by which a decision can be taken back."""
    whose = (decision.name, decision.parent, decision.committee, decision.document)
    return id_of_words(*whose, decision.indicator_id, decision.relation)


def undo_decision(corpus: Path, wanted: str, proposals: Sequence[Proposed]) -> list[Decision]:
    """Take back the decision of an id, or the one on a proposal of that id; return the lines that went.

    What fixed the other indicator's id goes too, where nothing else joins it.
    """
    path = corpus / CROSSWALK
    decisions = read_crosswalk(path)
    proposed = [each for each in proposals if each.proposal.startswith(wanted)]
    gone = [each for each in decisions if any(is_on(each, one) for one in proposed)]
    if not gone:
        gone = [find_by_start(decisions, wanted, decision_id, "decision", "names decided")]
    kept = [each for each in decisions if each not in gone]
    gone += [each for each in kept if is_idle(each, kept, gone)]
    write_crosswalk(path, [each for each in kept if each not in gone])
    return gone


def is_idle(decision: Decision, kept: Sequence[Decision], gone: Sequence[Decision]) -> bool:
    """Tell whether a line only fixed the id of an indicator that no other line speaks of any more."""
    if decision.note != KEEPS_ID:
        return False
    ids = [each.indicator_id for each in kept if each is not decision] + [each.related_to for each in kept]
    was_meant = any(decision.indicator_id in (each.indicator_id, each.related_to) for each in gone)
    return was_meant and decision.indicator_id not in ids
