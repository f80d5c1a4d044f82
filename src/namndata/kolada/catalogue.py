"""Kolada's catalogue of indicators, as it is shipped with the words of this project."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schema.lexicon.years import is_year
from schema.places import all_places
from schema.vocabulary import read_rows

SOURCE = "Kolada (RKA), CC BY 4.0"
"""Who is named wherever Kolada's facts are shown."""
BASE = "https://api.kolada.se/v3"
TIME_LIMIT = 60.0
"""Seconds that one page of an answer may take, however slowly it comes."""
DASHES = "-–"
LEVELS = {"municipality": ("K", "A"), "region": ("L", "A")}
"""The levels of indicators that are measured of a kind of body."""


@dataclass(frozen=True, slots=True)
class Kpi:
    """A national indicator (nyckeltal)."""

    kpi: str
    title: str
    level: str
    """`K` municipalities, `L` regions, `A` both."""
    by_sex: bool = False
    """There are values for women and men beside those for all."""
    ended: int | None = None
    """The last year that it is measured."""


@cache
def read_catalogue() -> dict[str, Kpi]:
    """Return the national indicators by their ids."""
    return {
        row["kpi"]: Kpi(
            row["kpi"], row["title"], row["level"], row["by_sex"] == "1", int(row["ended"]) if row["ended"] else None
        )
        for row in read_rows("kolada")
    }


def levels_of(code: str | None) -> tuple[str, ...]:
    """Return the levels of the indicators that can be a body's; a joint authority's are those of municipalities."""
    return LEVELS["region" if code in region_codes() else "municipality"]


@cache
def region_codes() -> frozenset[str]:
    """Return the codes of the regions."""
    return frozenset(place.code for place in all_places() if place.is_region)


def split_title(title: str) -> tuple[str, int | None]:
    """Return a title without the mark of its end, and the year in that mark: `… andel (%) (-2023)`."""
    clean = " ".join(title.split())
    head, _, inside = clean.rstrip(")").rpartition("(")
    year = inside.strip().lstrip(DASHES).strip()
    if clean.endswith(")") and inside.strip().startswith(tuple(DASHES)) and is_year(year):
        return head.strip(), int(year)
    return clean, None
