"""The municipalities and regions of Sweden: a closed list with codes, and the ways in which texts name them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from schema.vocabulary import read_rows

KEPT = 4096
"""Texts whose letters are kept: each line of a front is compared with each running line and heading."""


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality or region."""

    name: str
    code: str
    """Statistics Sweden's four digits."""
    own_name: str
    """The name on its papers: *Borås Stad*, *Växjö kommun*, *Region Skåne*."""
    is_region: bool = False
    is_word: bool = False
    """The bare name is as often a word or a surname (*Lund*, *Vara*)."""


@cache
def all_places() -> tuple[Place, ...]:
    """Return the municipalities, then the regions."""
    return tuple(
        Place(row["name"], row["code"], row["own_name"], row["kind"] == "region", row["bare"] == "word")
        for row in read_rows("municipalities")
    )


@cache
def places_by_name() -> dict[str, Place]:
    """Return the places by their bare names and own names, casefolded."""
    found: dict[str, Place] = {}
    for place in all_places():
        found.setdefault(place.name.casefold(), place)
        found.setdefault(place.own_name.casefold(), place)
    return found


@cache
def places_by_letters() -> dict[str, Place]:
    """Return the places by their names' letters without marks, as web addresses and file names print them."""
    return {plain_letters(name): place for name, place in places_by_name().items()}


def code_of(own_name: str | None) -> str | None:
    """Return the code of a municipality or region by a name that it prints, None for any other name."""
    place = places_by_name().get((own_name or "").casefold())
    return place.code if place else None


@lru_cache(maxsize=KEPT)
def plain_letters(text: str) -> str:
    """Return a text's letters and digits without marks, in lower case: *Upplands-Bro* is `upplandsbro`."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain)
