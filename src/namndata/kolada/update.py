"""Renews the shipped catalogue of national indicators, and says which municipalities it does not know."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from namndata.beside import written_aside
from namndata.errors import NamndataError
from namndata.kolada.api import Api, Row
from namndata.kolada.catalogue import SOURCE, Kpi, read_catalogue, split_title
from schema.places import all_places
from schema.vocabulary import FOLDER as VOCABULARY

CATALOGUE = VOCABULARY / "kolada.csv"
LEVELS = frozenset(("K", "L", "A"))
LEAST_SHARE = 0.5
"""Of the indicators known before: fewer are an answer that is not whole."""
COUNTRY = "0000"
HEAD = """\
# The indicators that are measured in all of Sweden. Source: {source}; fetched {today}.
# level: K municipalities, L regions, A both. by_sex: 1 where there are values for women and men. ended: the last year
# of one that is measured no more. `namndata kolada update` writes this file anew.
"""


@dataclass(frozen=True, slots=True)
class Update:
    """What an update changed."""

    indicators: int
    added: tuple[str, ...]
    gone: tuple[str, ...]
    unknown_places: tuple[str, ...]
    """Municipalities and regions that the list of places lacks, with their codes."""


def update_catalogue(api: Api, today: str, path: Path = CATALOGUE) -> Update:
    """Write the catalogue anew from what Kolada publishes; nothing is written where that is not whole."""
    old = read_catalogue()
    new = {kpi.kpi: kpi for kpi in map(kpi_of, api.indicators())}
    if len(new) < LEAST_SHARE * len(old):
        raise NamndataError(
            f"Kolada gave {len(new)} indicators where {len(old)} are known; the catalogue stays as it is."
        )
    known = {place.code for place in all_places()} | {COUNTRY}
    places = tuple(f"{row.get('id')} {row.get('title')}" for row in api.municipalities() if row.get("id") not in known)
    write_catalogue(path, new.values(), today)
    return Update(len(new), tuple(sorted(new.keys() - old.keys())), tuple(sorted(old.keys() - new.keys())), places)


def kpi_of(row: Row) -> Kpi:
    """Return an indicator in the shape of Kolada's answers."""
    try:
        title, ended = split_title(row["title"])
        level = row["municipality_type"]
        if level not in LEVELS:
            raise ValueError(level)
        return Kpi(str(row["id"]), title, level, bool(row["is_divided_by_gender"]), ended)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NamndataError(f"An answer has another shape than Kolada's API, version 3: {row!r:.80}.") from error


def write_catalogue(path: Path, kpis: Iterable[Kpi], today: str) -> None:
    """Write the catalogue, aside first."""
    with written_aside(path) as file:
        file.write(HEAD.format(source=SOURCE, today=today))
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kpi", "level", "by_sex", "ended", "title"))
        for kpi in sorted(kpis, key=lambda each: each.kpi):
            writer.writerow((kpi.kpi, kpi.level, "1" if kpi.by_sex else "", kpi.ended or "", kpi.title))
