"""Fetches the official values of a corpus's linked indicators into files beside the reports."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from namndata.beside import written_aside
from namndata.errors import NamndataError, UsageError
from namndata.kolada.api import MOST_IDS, Api, Row, batched
from namndata.kolada.catalogue import SOURCE
from namndata.kolada.official import FOLDER, OTHER_SHAPE, values_of
from namndata.store.access import open_corpus

YEARS_AROUND = 2
"""Years before the first and after the last printed outcome: a report may print another year's value."""
LINKED = """
    select distinct kpi, municipality_code from kolada_links
    join indicator_names using (indicator_id) join documents using (document)
    where kolada_links.status != 'rejected' and municipality_code is not null order by kpi, municipality_code
"""
PERIODS = """
    select min(year), max(year) from indicator_series
    where kind = 'outcome' and indicator_id in (select indicator_id from kolada_links where status != 'rejected')
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for."""

    kpis: tuple[str, ...]
    codes: tuple[str, ...]
    years: tuple[int, ...]


def wanted_of(database: Path) -> Wanted:
    """Return the linked and proposed indicators of a corpus, its municipalities and its years."""
    with closing(open_corpus(database)) as db:
        try:
            pairs = db.execute(LINKED).fetchall()
            first, last = db.execute(PERIODS).fetchone()
        except sqlite3.Error as error:
            raise NamndataError(f"{database} has no links ({error}). Run `make extract` again.") from error
    years = range(first - YEARS_AROUND, last + YEARS_AROUND + 1) if first else range(0)
    return Wanted(tuple(sorted({kpi for kpi, _ in pairs})), tuple(sorted({code for _, code in pairs})), tuple(years))


def fetch_values(
    api: Api, wanted: Wanted, corpus: Path, today: str, *, done: Callable[[Sequence[str]], None] = lambda kpis: None
) -> int:
    """Fetch values and keep them, a file for each indicator; return how many rows there are.

    A file is written when all of its values are there: what was fetched before stays until then.
    """
    folder, total = corpus / FOLDER, 0
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder, and official values are kept in one. Give the file another name.")
    folder.mkdir(exist_ok=True)
    for kpis in batched(wanted.kpis, MOST_IDS):
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in api.values(kpis, wanted.codes, wanted.years):
            rows[checked(row)].append(row)
        for kpi in kpis:
            keep(folder / f"{kpi}.json", rows[kpi], wanted, today)
        total += sum(len(rows[kpi]) for kpi in kpis)
        done(kpis)
    return total


def checked(row: Row) -> str:
    """Return a row's indicator; a row in another shape than Kolada's ends the fetching."""
    try:
        list(values_of([row], ""))
        return str(row["kpi"])
    except OTHER_SHAPE as error:
        raise NamndataError(f"An answer has another shape than Kolada's API, version 3: {row!r:.80}.") from error


def keep(path: Path, rows: Sequence[Row], wanted: Wanted, today: str) -> None:
    """Write one indicator's values, aside first, in the order of body and year."""
    ordered = sorted(rows, key=lambda row: (row["municipality"], row["period"]))
    kept = {
        "source": SOURCE,
        "fetched_on": today,
        "municipalities": wanted.codes,
        "years": wanted.years,
        "values": ordered,
    }
    with written_aside(path) as file:
        file.write(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
