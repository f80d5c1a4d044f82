"""What a person decides on two lines, from a link in the corpus to a line of `lines.csv`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

from namndata.deciding import find_by_start
from namndata.errors import UsageError
from namndata.lines.decisions import (
    LINES_FILE,
    NOT_SAME,
    SAME,
    Decision,
    Link,
    check_circles,
    decide,
    lost,
    read_decisions,
    write_decisions,
)
from namndata.store.access import open_corpus

NAMES = ", ".join(field.name for field in fields(Link))


def read_links(database: Path) -> list[Link]:
    """Return a corpus's links, best first."""
    with closing(open_corpus(database)) as db:
        db.row_factory = sqlite3.Row
        try:
            rows = [dict(row) for row in db.execute(f"select {NAMES} from line_links order by score desc, line_id")]
        except sqlite3.Error as error:
            raise UsageError(f"{database} has no links of lines ({error}). Run `make extract` again.") from error
    return [
        Link(**row | {"reasons": tuple(json.loads(row["reasons"])), "reviewed": bool(row["reviewed"])}) for row in rows
    ]


def find_link(links: Sequence[Link], wanted: str) -> Link:
    """Return the link whose id begins with some letters."""
    return find_by_start(links, wanted, lambda link: link.link, "link", "lines list")


def link_to(database: Path, line_id: str, related_to: str, relation: str) -> Link:
    """Return a pair that a person knows and nothing proposes."""
    one, other = (name_of(database, each) for each in (line_id, related_to))
    return Link(line_id, related_to, relation, "proposed", 1.0, (), one, other)


def name_of(database: Path, line_id: str) -> str:
    """Return a line's label; a line that no report has is said."""
    with closing(open_corpus(database)) as db:
        row = db.execute("select line from budget_statements where line_id = ? limit 1", (line_id,)).fetchone()
    if row is None:
        raise UsageError(f"The corpus has no line {line_id}; ids are in the table budget_series.")
    return str(row[0])


def write_decision(corpus: Path, link: Link, *, is_accepted: bool, by: str, on: str, note: str) -> Decision:
    """Write a decision beside the reports, and return its line."""
    word = link.relation if is_accepted else NOT_SAME
    line = Decision(link.line_id, link.related_to, word, link.line, link.related_line, by, on, note)
    new = decide(read_decisions(corpus), line)
    check_circles(corpus / LINES_FILE, new)
    write_decisions(corpus, new)
    return line


def undo_decision(corpus: Path, link: Link) -> None:
    """Take a decision back; there must be one."""
    old = read_decisions(corpus)
    new = [each for each in old if each.pair != (link.line_id, link.related_to)]
    if len(new) == len(old):
        raise UsageError(f"{corpus / LINES_FILE} has no decision on {link.line_id} and {link.related_to}.")
    write_decisions(corpus, new)


def standing(corpus: Path, links: Sequence[Link]) -> list[Link]:
    """Return the links as they are with what is decided since the last run."""
    decided = {each.pair: each.decision for each in read_decisions(corpus)}
    words = {link.link: decided.get((link.line_id, link.related_to)) for link in links}
    return [
        replace(link, status="rejected" if words[link.link] == NOT_SAME else "accepted") if words[link.link] else link
        for link in links
    ]


def lost_decisions(corpus: Path, database: Path) -> list[Decision]:
    """Return the decisions whose older line no report has."""
    with closing(open_corpus(database)) as db:
        known = [key for (key,) in db.execute("select distinct line_id from budget_values")]
    decisions = read_decisions(corpus)
    joined = [each.line_id for each in decisions if each.decision == SAME]
    return list(lost(decisions, [*known, *joined]))
