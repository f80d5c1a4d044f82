"""Which corpus a file was made from: a digest of all that it holds, and the dates that it spans."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from hashlib import sha256

from namndata.store.dictionary import read_tables

LETTERS = 12
"""Of the digest: enough that two corpora never share it, few enough to be cited."""


@dataclass(frozen=True, slots=True)
class Version:
    """A corpus as it is cited."""

    digest: str
    """Of every row of every table: the same reports, decisions and code give the same."""
    code: str
    """Version of namndata that wrote it."""
    documents: int
    first_year: int | None
    last_year: int | None
    newest: str | None
    """ISO date of the newest report, by when it was fetched, published or counts to."""
    publishers: tuple[str, ...]
    """Municipalities and joint authorities whose reports it holds."""
    has_official_values: bool

    @property
    def years(self) -> str:
        """The fiscal years that it spans, in words."""
        return "–".join(str(year) for year in sorted({self.first_year, self.last_year} - {None}, key=str))

    @property
    def number(self) -> str:
        """What it is cited by."""
        return f"{self.code}+{self.digest}"


def version_of(db: sqlite3.Connection) -> Version:
    """Return the version of a corpus."""
    spans = "select count(*), min(fiscal_year), max(fiscal_year) from documents"
    dates = "select max(coalesce(retrieved_on, published_on, as_of)) from documents"
    owners = "select distinct coalesce(municipality, committee) as owner from documents where owner is not null"
    documents, first_year, last_year = db.execute(spans).fetchone()
    return Version(
        digest_of(db),
        db.execute("select version from runs").fetchone()[0],
        documents,
        first_year,
        last_year,
        db.execute(dates).fetchone()[0],
        tuple(sorted(owner for (owner,) in db.execute(owners))),
        db.execute("select 1 from official_values limit 1").fetchone() is not None,
    )


def digest_of(db: sqlite3.Connection) -> str:
    """Return a digest of every row that the corpus holds."""
    digest = sha256()
    for table in read_tables():
        digest.update(f"\n{table}\n".encode())
        for row in db.execute(f'select * from "{table}" order by rowid'):
            digest.update(repr(row).encode())
    return digest.hexdigest()[:LETTERS]
