"""Official values: the files that `fetch` keeps beside the reports, and what they say of a printed figure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from namndata.errors import UsageError
from schema.lexicon.figures import printed_places
from schema.lexicon.numbers import find_numbers
from schema.lexicon.years import is_year

FOLDER = "kolada"
"""The folder beside the reports that holds the official values, a file for each indicator."""
TOTAL = "T"
SEXES = ("T", "K", "M")
FEWEST_FIGURES = 2
"""Significant figures that a printed number needs to bear out a link: 5 or 100 meets by chance."""
SLACK = Decimal("0.000001")
"""What a number may be off by having been a binary one."""

OTHER_SHAPE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What text that is none of Kolada's answers may raise."""

Place = tuple[str, str, int, str]
"""Indicator, municipality, year and sex."""


@dataclass(frozen=True, slots=True)
class OfficialValue:
    """One official value."""

    kpi: str
    municipality_code: str
    year: int
    sex: str
    value: float | None
    status: str | None
    fetched_on: str


Values = Mapping[Place, OfficialValue]


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed outcome of a year."""

    year: int
    value: float
    raw: str


def read_official(corpus: Path | None) -> dict[Place, OfficialValue]:
    """Return the official values that lie beside the reports."""
    if corpus is None or not (corpus / FOLDER).is_dir():
        return {}
    values = (value for path in official_files(corpus) for value in read_file(path))
    return {(value.kpi, value.municipality_code, value.year, value.sex): value for value in values}


def official_files(corpus: Path, suffix: str = ".json") -> list[Path]:
    """Return the files of official values, in a stable order."""
    return sorted(path for path in (corpus / FOLDER).glob(f"*{suffix}") if path.is_file())


def read_file(path: Path) -> Iterator[OfficialValue]:
    """Return the values of a file; one that is none ends the run with its name."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8-sig"))
        yield from values_of(kept["values"], str(kept["fetched_on"]))
    except OTHER_SHAPE as error:
        raise UsageError(f"{path} holds no official values ({error}). Delete it, or fetch again.") from error


def values_of(rows: Iterable[Mapping[str, Any]], fetched_on: str) -> Iterator[OfficialValue]:
    """Return the values of rows in the shape of Kolada's answers; those that were deleted there are left out."""
    for row in rows:
        for each in row["values"]:
            if not each.get("isdeleted") and each["gender"] in SEXES:
                yield OfficialValue(
                    kpi=str(row["kpi"]),
                    municipality_code=str(row["municipality"]),
                    year=year_of(row["period"]),
                    sex=each["gender"],
                    value=number_of(each.get("value")),
                    status=each.get("status") or None,
                    fetched_on=fetched_on,
                )


def year_of(period: Any) -> int:
    """Return the year of a period; anything else is none of Kolada's."""
    if not is_year(str(period)):
        raise ValueError(f"{period!r} is no year")
    return int(period)


def number_of(value: Any) -> float | None:
    """Return a value as a number, None where there is none; JSON's readers take NaN and Infinity for numbers."""
    if value is None:
        return None
    number = float(value)
    if not isfinite(number) or isinstance(value, bool):
        raise ValueError(f"{value!r} is no number")
    return number


def step_of(value: float, raw: str) -> Decimal:
    """Return the worth of the last place that a value is printed with: 0.1 for 41,0."""
    exact = Decimal(str(value))
    places = next((each.decimals for each in find_numbers(raw) if each.value == exact), printed_places(raw))
    return Decimal(1).scaleb(-places)


def agrees(value: float, raw: str, official: float) -> bool:
    """Tell whether a printed value is the official one, as it is rounded."""
    return abs(Decimal(str(value)) - Decimal(str(official))) <= step_of(value, raw) / 2 + SLACK


def says_much(value: float) -> bool:
    """Tell whether a number has enough figures not to be met by chance."""
    return len(str(value).replace(".0", "").strip("-0.").replace(".", "").rstrip("0")) >= FEWEST_FIGURES


def years_of(printed: Sequence[Printed], values: Values, place: tuple[str, str, str]) -> tuple[list[int], list[int]]:
    """Return the years in which printed outcomes are the official ones, and those in which they are not.

    A figure that meets by chance, or that another year printed too, counts for nothing.
    """
    kpi, code, sex = place
    alike: dict[float, int] = {}
    unlike: set[int] = set()
    for each in printed:
        official = values.get((kpi, code, each.year, sex))
        if official is None or official.value is None:
            continue
        if not agrees(each.value, each.raw, official.value):
            unlike.add(each.year)
        elif says_much(each.value):
            alike.setdefault(each.value, each.year)
    return sorted(set(alike.values()) - unlike), sorted(unlike)
