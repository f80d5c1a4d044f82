"""What a person decides on a name, from a proposal in the corpus to lines of the crosswalk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from namndata.deciding import find_by_start
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
    return find_by_start(proposals, wanted, lambda proposal: proposal.proposal, "proposals", "names")


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
        note="keeps its id",
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
