"""Renews the shipped lists: the national indicators, and the municipalities and regions of Sweden."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from namndata.beside import written_aside
from namndata.errors import NamndataError
from namndata.kolada.api import Api, Row
from namndata.kolada.catalogue import SOURCE, Kpi, read_catalogue, split_title
from schema.places import Place, all_places
from schema.vocabulary import FOLDER as VOCABULARY

CATALOGUE, PLACES = "kolada.csv", "municipalities.csv"
LEVELS = frozenset(("K", "L", "A"))
MUNICIPALITY, REGION = "K", "L"
LEAST_SHARE = 0.5
"""Of what was known before: fewer are an answer that is not whole."""
COUNTRY = "0000"
HEAD = """\
# The indicators that are measured in all of Sweden. Source: {source}; fetched {today}.
# level: K municipalities, L regions, A both. by_sex: 1 where there are values for women and men. ended: the last year
# of one that is measured no more. `namndata kolada update` writes this file anew.
"""
HEAD_OF_PLACES = """\
# The municipalities and regions of Sweden with Statistics Sweden's codes. Source: {source}; fetched {today}.
# own_name: the name that each prints on its papers; bare: `word` where the name alone is as often a word or a surname.
# Both are kept by hand: `namndata kolada update` writes this file anew and leaves them as they are.
"""


@dataclass(frozen=True, slots=True)
class Update:
    """What an update changed."""

    indicators: int
    added: tuple[str, ...]
    gone: tuple[str, ...]
    places: int
    new_places: tuple[Place, ...]
    """Those that are new, or that have a new name: what they print on their papers is a guess."""
    gone_places: tuple[Place, ...]
    """Those that Kolada lists no more; they stay in the list, for older reports name them."""


def update_lists(api: Api, today: str, folder: Path = VOCABULARY) -> Update:
    """Write both lists anew from what Kolada publishes; nothing is written where either is not whole."""
    old, known = read_catalogue(), {place.code: place for place in all_places()}
    new = {kpi.kpi: kpi for kpi in map(kpi_of, api.indicators())}
    whole("indicators", new, old)
    listed = {place.code: place for place in places_of(api.municipalities(), known)}
    whole("municipalities and regions", listed, known)
    places = known | listed
    write_list(folder / CATALOGUE, HEAD.format(source=SOURCE, today=today), kpi_lines(new.values()))
    write_list(folder / PLACES, HEAD_OF_PLACES.format(source=SOURCE, today=today), place_lines(places.values()))
    return Update(
        indicators=len(new),
        added=tuple(sorted(new.keys() - old.keys())),
        gone=tuple(sorted(old.keys() - new.keys())),
        places=len(places),
        new_places=tuple(place for code, place in sorted(listed.items()) if place != known.get(code)),
        gone_places=tuple(place for code, place in sorted(known.items()) if code not in listed),
    )


def whole(what: str, new: Mapping[str, object], old: Mapping[str, object]) -> None:
    """End an update whose answer holds far less than is known."""
    if len(new) < LEAST_SHARE * len(old):
        raise NamndataError(f"Kolada gave {len(new)} {what} where {len(old)} are known; the lists stay as they are.")


def kpi_of(row: Row) -> Kpi:
    """Return an indicator in the shape of Kolada's answers."""
    try:
        title, ended = split_title(row["title"])
        level = row["municipality_type"]
        if level not in LEVELS:
            raise ValueError(level)
        return Kpi(str(row["id"]), title, level, bool(row["is_divided_by_gender"]), ended)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise other_shape(row) from error


def places_of(rows: Iterable[Row], known: Mapping[str, Place]) -> Iterator[Place]:
    """Return the municipalities and regions of Kolada's answers; what is kept by hand stays where a name does.

    What a new municipality prints on its papers is guessed to end as most others' own names do.
    """
    ending = Counter(place.own_name.rpartition(" ")[2] for place in known.values()).most_common(1)[0][0]
    for row in rows:
        try:
            code, name, kind = str(row["id"]), " ".join(row["title"].split()), row["type"]
            if kind not in (MUNICIPALITY, REGION) or not (name and code.isdigit()):
                raise ValueError(kind)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise other_shape(row) from error
        if code != COUNTRY:
            own_name = name if kind == REGION else f"{name} {ending}"
            place = known.get(code)
            is_known = place is not None and place.name == name
            new = Place(name, code, own_name)
            yield replace(place if place and is_known else new, is_region=kind == REGION)


def other_shape(row: Row) -> NamndataError:
    """Return what is said of an answer that is none of Kolada's."""
    return NamndataError(f"An answer has another shape than Kolada's API, version 3: {row!r:.80}.")


def kpi_lines(kpis: Iterable[Kpi]) -> Iterator[Sequence[object]]:
    """Return the indicators as lines, by id."""
    yield ("kpi", "level", "by_sex", "ended", "title")
    for kpi in sorted(kpis, key=lambda each: each.kpi):
        yield (kpi.kpi, kpi.level, "1" if kpi.by_sex else "", kpi.ended or "", kpi.title)


def place_lines(places: Iterable[Place]) -> Iterator[Sequence[object]]:
    """Return the municipalities, then the regions, as lines, by code."""
    yield ("name", "code", "kind", "own_name", "bare")
    for place in sorted(places, key=lambda each: (each.is_region, each.code)):
        kind = "region" if place.is_region else "municipality"
        yield (place.name, place.code, kind, place.own_name, "word" if place.is_word else "")


def write_list(path: Path, head: str, lines: Iterable[Sequence[object]]) -> None:
    """Write a list under its head, aside first."""
    with written_aside(path) as file:
        file.write(head)
        csv.writer(file, lineterminator="\n").writerows(lines)
