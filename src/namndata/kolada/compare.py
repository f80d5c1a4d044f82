"""Printed outcomes beside official values: whether they agree as printed, and else what the printed one may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from namndata.kolada.catalogue import SOURCE
from namndata.kolada.official import TOTAL, OfficialValue, Values, agrees, step_of

Row = dict[str, Any]
YEARS_AROUND = (-1, 1, -2, 2)
"""Other years whose value a report may have printed, the nearest first."""
OTHER_SEXES = {"T": ("K", "M"), "K": ("T", "M"), "M": ("T", "K")}
NAMES_OF_SEXES = {"T": "all", "K": "women", "M": "men"}
COARSENESS = (10, 100, 1000)
"""What a number may be rounded to beyond its last place: tens, hundreds, thousands."""
PRELIMINARY = "preliminary"


def comparison_rows(statements: Iterable[Mapping[str, Any]], values: Values) -> Iterator[Row]:
    """Return each printed outcome of a year beside its official value, where there is one or could be."""
    for stated in statements:
        official = values.get((stated["kpi"], stated["municipality_code"], stated["year"], stated["sex"]))
        yield dict(stated) | compared(stated, official, values)


def compared(stated: Mapping[str, Any], official: OfficialValue | None, values: Values) -> Row:
    """Return the official value, the difference, and what may explain it."""
    row: Row = {"official_value": None, "official_status": None, "fetched_on": None, "difference": None}
    row |= {"agrees": None, "likely_reason": None, "source": SOURCE}
    if official is None:
        return row
    row |= {"official_status": official.status, "fetched_on": official.fetched_on}
    if official.value is None:
        return row
    alike = agrees(stated["value"], stated["raw"], official.value)
    return row | {
        "official_value": official.value,
        "difference": round(stated["value"] - official.value, 6),
        "agrees": int(alike),
        "likely_reason": None if alike else likely_reason(stated, official.value, values),
    }


def likely_reason(stated: Mapping[str, Any], official: float, values: Values) -> str | None:
    """Return why a printed value is another than the official one, where a reason shows."""
    value, raw, year, sex = stated["value"], stated["raw"], stated["year"], stated["sex"]

    def is_value(of_year: int, of_sex: str) -> bool:
        other = values.get((stated["kpi"], stated["municipality_code"], of_year, of_sex))
        return other is not None and other.value is not None and agrees(value, raw, other.value)

    for years in YEARS_AROUND:
        if is_value(year + years, sex):
            return f"the value of {year + years}"
    for other in OTHER_SEXES[sex]:
        if is_value(year, other):
            return f"the value of {NAMES_OF_SEXES[other]}"
    if is_rounded(value, raw, official):
        return "rounded otherwise"
    return "printed as preliminary" if stated["status"] == PRELIMINARY else None


def is_rounded(value: float, raw: str, official: float) -> bool:
    """Tell whether a printed value is the official one cut off, or rounded to tens, hundreds or thousands."""
    step = float(step_of(value, raw))
    if abs(value - official) < step:
        return True
    return any(value % (step * each) == 0 and abs(value - official) <= step * each / 2 for each in COARSENESS if value)


def sex_of(link_sex: str | None, breakdown: str | None) -> str | None:
    """Return the sex that a printed value is of; None where it is of a part that has no official value."""
    if breakdown is None:
        return link_sex or TOTAL
    return breakdown if breakdown in NAMES_OF_SEXES and link_sex in (None, breakdown) else None
