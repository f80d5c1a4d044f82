"""The corrected record: what a field's new text means is read as the same text in a cell would be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from normalize.amounts import parse_amount
from normalize.cells import parse_cell
from normalize.status import assessment_code
from normalize.units import amount_sek
from schema.lexicon.units import canonical_unit
from schema.records import Assignment, BudgetValue, Goal, IndicatorValue, Record

Legend = tuple[tuple[str, str], ...]


class Refused(Exception):
    """A correction that its record cannot take; says why and what to write."""


@dataclass(frozen=True, slots=True)
class Names:
    """Which attributes of a kind's records hold what a correction speaks of."""

    raw: str
    """The cell's text."""
    fields: Mapping[str, str]


CELL = {name: name for name in ("value", "unit", "kind", "period", "parent", "table_title")}
ATTRIBUTES: dict[type[Record], Names] = {
    IndicatorValue: Names("raw", CELL | {"label": "indicator", "status": "status"}),
    BudgetValue: Names("raw", CELL | {"label": "line"}),
    Assignment: Names("status", {"label": "text", "status": "status"}),
    Goal: Names("assessment", {"label": "committee_goal", "parent": "municipal_goal", "status": "assessment"}),
}


def attribute_of(record: Record, field: str) -> str:
    """Return the attribute that a field of a correction is of; empty where it is a yes or no, or none of this kind."""
    return ATTRIBUTES[type(record)].fields.get(field, "")


def changed(record: Record, field: str, text: str, legend: Legend) -> Record:
    """Return a record with a corrected field; Refused where it cannot be."""
    if field in ("accepted", "is_value"):
        return record
    name = attribute_of(record, field)
    if not name:
        known = ", ".join((*ATTRIBUTES[type(record)].fields, "is_value", "accepted"))
        raise Refused(f"it has no {field}; it has {known}")
    update = READINGS.get((type(record), field), plainly)(record, name, text, legend)
    try:
        return type(record).model_validate(dict(record) | update)
    except ValidationError as error:
        reasons = "; ".join(f"{found['msg']}" for found in error.errors(include_url=False))
        raise Refused(f"{field} cannot be {text!r}: {reasons}") from error


def plainly(record: Record, name: str, text: str, legend: Legend) -> dict[str, Any]:
    """Return a field that is what the text says."""
    return {name: text or None}


def number(record: Record, name: str, text: str, legend: Legend) -> dict[str, Any]:
    """Return the fields that a value cell would have: number, range, comparator, direction, and a unit where stated."""
    parts = parse_cell(text, legend=legend)
    if len(parts) != 1 or parts[0].confidence < 1 or (text and parts[0].status == "text"):
        raise Refused(
            f"{text!r} can be read in several ways or none; write one value as a report prints it: 42,5 or 26-34"
        )
    part = parts[0]
    return {
        "value": as_float(part.value),
        "upper": as_float(part.upper),
        "comparator": part.comparator,
        "direction": part.direction,
        "status": part.status,
        "unit": part.unit or getattr(record, "unit", None),
        "value_read": first_read(record),
    }


def first_read(record: Record) -> float | None:
    """Return the number that was read, whatever it was corrected to before."""
    values = dict(record)
    read: float | None = values["value"] if values["value_read"] is None else values["value_read"]
    return read


def as_float(value: Decimal | None) -> float | None:
    """Return a number as records hold it."""
    return None if value is None else float(value)


def sum_of_money(record: Record, name: str, text: str, legend: Legend) -> dict[str, Any]:
    """Return the fields of an amount: the number, and what it is in SEK."""
    found = parse_amount(text, legend)
    if found.value is None or found.confidence < 1:
        raise Refused(f"{text!r} is no amount; write a number with a decimal comma: -7250 or 26,3")
    unit = found.unit or getattr(record, "unit", None)
    sek = amount_sek(found.value, unit)
    return {"value": float(found.value), "unit": unit, "amount_sek": sek, "value_read": first_read(record)}


def unit_of_money(record: Record, name: str, text: str, legend: Legend) -> dict[str, Any]:
    """Return an amount's unit, and what the amount is in SEK by it."""
    unit = canonical_unit(text) or text or None
    return {"unit": unit, "amount_sek": amount_sek(Decimal(str(getattr(record, "value", 0))), unit)}


def unit_of_value(record: Record, name: str, text: str, legend: Legend) -> dict[str, Any]:
    """Return a unit as the corpus writes it."""
    return {"unit": canonical_unit(text) or text or None}


def verdict(record: Record, name: str, text: str, legend: Legend) -> dict[str, Any]:
    """Return a goal's assessment and its code."""
    return {"assessment": text, "assessment_code": assessment_code(text, legend)}


READINGS: dict[tuple[type[Record], str], Callable[[Record, str, str, Legend], dict[str, Any]]] = {
    (IndicatorValue, "value"): number,
    (IndicatorValue, "unit"): unit_of_value,
    (BudgetValue, "value"): sum_of_money,
    (BudgetValue, "unit"): unit_of_money,
    (Goal, "status"): verdict,
}
"""Fields whose text is interpreted; all others are what the text says."""
