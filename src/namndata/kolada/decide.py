"""What a person decides on a link, from a link in the corpus to a line of `kolada.csv`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from namndata.deciding import find_by_start
from namndata.errors import UsageError
from namndata.kolada.catalogue import read_catalogue
from namndata.kolada.decisions import KOLADA_FILE, Decision, Word, decide, read_decisions, undo, write_decisions
from namndata.store.access import open_corpus

LINKS = """
    select l.link, l.indicator_id, i.name, i.municipality, i.committee, l.kpi, l.title, l.sex, l.status, l.method,
      l.score, l.reasons, l.reviewed
    from kolada_links l join indicators i using (indicator_id)
    where i.breakdown_of is null order by l.status = 'proposed' desc, l.score desc, l.indicator_id, l.kpi
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A link as the corpus holds it, with its indicator."""

    link: str
    indicator_id: str
    name: str
    municipality: str | None
    committee: str | None
    kpi: str
    title: str | None
    sex: str | None
    status: str
    method: str
    score: float
    reasons: tuple[str, ...]
    reviewed: int


def read_links(database: Path) -> list[Shown]:
    """Return a corpus's links, those that wait for a person first, best first."""
    with closing(open_corpus(database)) as db:
        db.row_factory = sqlite3.Row
        try:
            rows = [dict(row) for row in db.execute(LINKS)]
        except sqlite3.Error as error:
            raise UsageError(f"{database} has no links ({error}). Run `make extract` again.") from error
    return [Shown(**row | {"reasons": tuple(json.loads(row["reasons"]))}) for row in rows]


def find_link(links: Sequence[Shown], wanted: str) -> Shown:
    """Return the link whose id begins with some letters."""
    return find_by_start(links, wanted, lambda link: link.link, "link", "kolada list")


def link_to(database: Path, indicator_id: str, kpi: str) -> Shown:
    """Return a pair that a person knows and no link proposes."""
    title = read_catalogue().get(kpi)
    if title is None:
        raise UsageError(
            f"The catalogue of national indicators has none called {kpi}. `namndata kolada update` renews it."
        )
    with closing(open_corpus(database)) as db:
        query = "select name, municipality, committee from indicators where indicator_id = ? and breakdown_of is null"
        row = db.execute(query, (indicator_id,)).fetchone()
    if row is None:
        raise UsageError(f"The corpus has no indicator {indicator_id}; `list` shows them, and the table indicators.")
    from namndata.kolada.links import Link  # slow to import, and most commands link nothing

    link = Link(indicator_id, kpi, "proposed", "person", 1.0, ())
    name, municipality, committee = row
    pair = (link.link, indicator_id, name, municipality, committee, kpi, title.title, None)
    return Shown(*pair, link.status, link.method, link.score, (), 0)


def decisions_beside(corpus: Path, database: Path, shown: Shown) -> list[Decision]:
    """Return the decisions beside the reports; those on an older id of the indicator have the one that it has now."""
    with closing(open_corpus(database)) as db:
        ids = {key for (key,) in db.execute("select indicator_id from indicators")}
    name = (shown.name, shown.municipality or "", shown.committee or "")
    return [
        replace(old, indicator_id=shown.indicator_id)
        if old.indicator_id not in ids and (old.name, old.municipality, old.committee) == name
        else old
        for old in read_decisions(corpus / KOLADA_FILE)
    ]


def write_decision(corpus: Path, database: Path, shown: Shown, word: Word, by: str, on: str, note: str) -> Decision:
    """Write a decision beside the reports, and return its line."""
    line = Decision(
        indicator_id=shown.indicator_id,
        kpi=shown.kpi,
        decision=word,
        name=shown.name,
        municipality=shown.municipality or "",
        committee=shown.committee or "",
        decided_by=by,
        decided_on=on,
        note=note,
    )
    write_decisions(corpus / KOLADA_FILE, decide(decisions_beside(corpus, database, shown), line))
    return line


def undo_decision(corpus: Path, database: Path, shown: Shown) -> None:
    """Take a decision back; there must be one."""
    path = corpus / KOLADA_FILE
    old = decisions_beside(corpus, database, shown)
    new = undo(old, shown.indicator_id, shown.kpi)
    if len(new) == len(old):
        raise UsageError(f"{path} has no decision on {shown.indicator_id} and {shown.kpi}.")
    write_decisions(path, new)


def waiting_decisions(corpus: Path, links: Sequence[Shown]) -> dict[str, str]:
    """Return what is decided on links of the corpus that the next run will follow, by link."""
    decided = {(each.indicator_id, each.kpi): each.decision for each in read_decisions(corpus / KOLADA_FILE)}
    found = {link.link: decided.get((link.indicator_id, link.kpi)) for link in links if not link.reviewed}
    return {link: decision for link, decision in found.items() if decision}


def lost_decisions(corpus: Path, database: Path) -> list[Decision]:
    """Return the decisions that concern no indicator of the corpus."""
    shown = read_links(database)
    links = {(link.indicator_id, link.kpi) for link in shown if link.reviewed}
    by_name = {(link.name, link.municipality or "", link.committee or "", link.kpi) for link in shown}
    return [
        each
        for each in read_decisions(corpus / KOLADA_FILE)
        if (each.indicator_id, each.kpi) not in links
        and (each.name, each.municipality, each.committee, each.kpi) not in by_name
    ]
