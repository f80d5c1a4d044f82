"""The table `line_links`: what lines may be, and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from namndata.lines.decisions import NOT_SAME, SAME, Decision, Link
from namndata.lines.parts import split_and_merged
from namndata.lines.profiles import AMOUNTS, Profile, groups, read_profiles
from namndata.lines.propose import propose
from namndata.run.database import Database
from namndata.store.creating import fill_table


def fill_line_links(db: Database, decisions: Iterable[Decision]) -> None:
    """Fill the table from the amounts of a corpus and from what people decided."""
    lines = read_profiles(db.query(AMOUNTS))
    links = all_links(lines, decisions)
    fill_table(db, "line_links", (asdict(link) | {"link": link.link} for link in links))


def all_links(lines: Mapping[str, Profile], decisions: Iterable[Decision]) -> list[Link]:
    """Return what people decided, and what is proposed besides."""
    decided = {decision.pair: link_of_decision(decision, lines) for decision in decisions}
    found: dict[tuple[str, str], Link] = {}
    for group in groups(lines.values()):
        for link in (*split_and_merged(group), *propose(group)):
            found.setdefault((link.line_id, link.related_to), link)
    open_links = [link for pair, link in found.items() if pair not in decided]
    return [*decided.values(), *sorted(open_links, key=lambda link: (-link.score, link.line_id, link.related_to))]


def link_of_decision(decision: Decision, lines: Mapping[str, Profile]) -> Link:
    """Return a person's decision as a link."""
    known = lines.get(decision.line_id) or lines.get(decision.related_to)
    return Link(
        line_id=decision.line_id,
        related_to=decision.related_to,
        relation=SAME if decision.decision == NOT_SAME else decision.decision,
        status="rejected" if decision.decision == NOT_SAME else "accepted",
        score=1.0,
        reasons=(decision.note,) if decision.note else (),
        line=decision.line,
        related_line=decision.related_line,
        municipality=known.municipality if known else None,
        committee=known.committee if known else None,
        reviewed=True,
        decided_by=decision.decided_by or None,
    )
