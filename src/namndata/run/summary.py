"""What a corpus holds, in a few figures."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from namndata.run.headers import UnknownHeader, unknown_headers
from namndata.store.access import open_corpus
from schema.kinds import KINDS

STATUSES = ("ok", "partial", "failed")


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures at the end of a run."""

    documents: dict[str, int]
    """By status."""
    records: dict[str, int]
    """By kind."""
    checks_passed: int
    checks_failed: int
    """Figures of one report that contradict each other."""
    revised: int
    """Outcomes that an earlier report prints otherwise."""
    targets: int
    """Targets beside an outcome, or with a printed verdict."""
    judged: int
    """Those of which it is known whether they were met."""
    problems: dict[str, int]
    """By code, the most frequent first; remarks that are only information are left out."""
    errors: int
    """Problems of severity error in documents that could be read."""
    numbers: int
    unaccounted: int
    linked: int
    """Indicators that are national ones."""
    proposed: int
    """Those that may be."""
    compared: int
    """Printed outcomes beside an official value."""
    agreeing: int
    """Those that are the official value."""
    unknown: tuple[UnknownHeader, ...]
    """Headers that no list of words knows."""
    failed: tuple[tuple[str, str], ...]
    """Path and reason of each document that could not be read."""

    @property
    def documents_read(self) -> int:
        """Documents that gave something."""
        return self.documents["ok"] + self.documents["partial"]


def summarise(database: Path) -> Summary:
    """Count what a corpus holds."""
    with closing(open_corpus(database)) as db:
        return count_corpus(db)


def count_corpus(db: sqlite3.Connection) -> Summary:
    """Count what an open corpus holds."""
    statuses = dict(db.execute("select status, count(*) from documents group by status"))
    within = "select status, count(*) from checks where kind != 'earlier_report' group by status"
    checks = dict(db.execute(within))
    revised = db.execute("select count(*) from checks where kind = 'earlier_report' and status = 'fail'")
    problems = db.execute(
        "select code, count(*) as n from problems where severity != 'info' group by code order by n desc, code"
    )
    errors = db.execute(
        "select count(*) from problems join documents using (document)"
        " where severity = 'error' and documents.status != 'failed'"
    )
    targets, judged = db.execute("select count(*), count(met) from target_attainment").fetchone()
    ledger = "select ifnull(sum(numbers), 0), ifnull(sum(unaccounted), 0) from number_ledger"
    numbers, unaccounted = db.execute(ledger).fetchone()
    links = dict(db.execute("select status, count(distinct indicator_id) from kolada_links group by status").fetchall())
    compared, agreeing = db.execute("select count(agrees), ifnull(sum(agrees), 0) from official_comparison").fetchone()
    failed = db.execute("select path, message from documents where status = 'failed' order by path")
    return Summary(
        documents={status: statuses.get(status, 0) for status in STATUSES},
        records={
            kind.table: db.execute(f"select count(*) from {kind.table}").fetchone()[0]  # a table of ours
            for kind in KINDS
        },
        checks_passed=checks.get("pass", 0),
        checks_failed=checks.get("fail", 0),
        revised=revised.fetchone()[0],
        targets=targets,
        judged=judged,
        problems=dict(problems.fetchall()),
        errors=errors.fetchone()[0],
        numbers=numbers,
        unaccounted=unaccounted,
        linked=links.get("accepted", 0),
        proposed=links.get("proposed", 0),
        compared=compared,
        agreeing=agreeing,
        unknown=tuple(unknown_headers(db)),
        failed=tuple(failed.fetchall()),
    )
