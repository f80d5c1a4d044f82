"""What a value cell means: written in the source for all but plain numbers and percentages."""

from __future__ import annotations

import re
from typing import Any

PLAIN = re.compile(r"(?P<sign>[-−–])? ?(?P<digits>\d[\d \u00a0\u2009\u202f]*(?:,\d+)?)(?P<percent>[ \u00a0]?%)?")
STATUSES = {"missing", "pending", "text"}
DIRECTIONS = {"increase", "decrease", "maintain", "not_increase", "stabilise"}
PART = re.compile(
    r"(?:(?P<breakdown>[^=<>~@]+)=)?(?P<prelim>prelim )?(?P<comparator>>=|<=|>|<|~)?"
    r"(?P<value>-?[\d.]+?)(?:\.\.(?P<upper>-?[\d.]+))?(?: (?P<unit>[^@]+?))?(?: ?@(?P<period>\S+))?"
)
WORD = re.compile(r"(?:(?P<breakdown>[^=]+)=)?(?P<word>[a-z_]+)")


def plain_number(raw: str) -> tuple[float, bool] | None:
    """A plain number and whether a percent sign follows it; None for anything else."""
    match = PLAIN.fullmatch(raw)
    if not match:
        return None
    value = float(re.sub(r"[^\d,]", "", match["digits"]).replace(",", "."))
    return (-value if match["sign"] and value else value), bool(match["percent"])


def part(**known: Any) -> dict[str, Any]:
    """One part of a cell in the gold's form."""
    empty = dict.fromkeys(("breakdown", "value", "upper", "comparator", "unit", "direction"))
    return {**empty, "status": "reported", "period": None, **known}


def written_part(text: str, unit: str | None) -> dict[str, Any]:
    """Read one written part, such as `Flickor=50 %` or `increase`."""
    word = WORD.fullmatch(text)
    if word and word["word"] in STATUSES:
        return part(breakdown=word["breakdown"], status=word["word"])
    if word and word["word"] in DIRECTIONS:
        return part(breakdown=word["breakdown"], direction=word["word"])
    match = PART.fullmatch(text)
    if not match:
        raise ValueError(f"cannot read the meaning {text!r}")
    stated = {"-": None, None: unit}.get(match["unit"], match["unit"])
    return part(
        breakdown=match["breakdown"],
        value=float(match["value"]),
        upper=float(match["upper"]) if match["upper"] else None,
        comparator=match["comparator"],
        unit=stated,
        status="preliminary" if match["prelim"] else "reported",
        period=match["period"],
    )


def parts(raw: str, meaning: str | None, unit: str | None) -> list[dict[str, Any]]:
    """All parts of a cell; `unit` is what its label or unit column states."""
    if meaning is not None:
        return [written_part(text.strip(), unit) for text in meaning.split(";")]
    plain = plain_number(raw)
    if plain is None:
        raise ValueError(f"the cell {raw!r} needs its meaning written beside it")
    value, is_percent = plain
    return [part(value=value, unit="%" if is_percent else unit)]
