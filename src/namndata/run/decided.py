"""What people decided about reports, in `documents.csv` beside them: it wins over what was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from namndata.beside import Line, read_lines
from namndata.errors import UsageError
from schema.places import code_of
from schema.printed import FACTS, FactSource, ReportFacts

DOCUMENTS_FILE = "documents.csv"
DECIDED = "decided"
"""Where a fact stands that a person decided."""
COLUMNS = ("path", "field", "value")

Decided = tuple[tuple[str, str], ...]
"""Fields and values, in the file's order."""


def _text(value: str) -> str | None:
    return value or None


def _year(value: str) -> int | None:
    return int(value) if value else None


def _years(value: str) -> tuple[int, ...]:
    return tuple(int(year) for year in value.replace(",", " ").split())


def _day(value: str) -> str | None:
    return date.fromisoformat(value).isoformat() if value else None


FIELDS: dict[str, Callable[[str], Any]] = {
    "title": str,
    "municipality": _text,
    "municipality_code": _text,
    "committee": _text,
    "document_type": _text,
    "fiscal_year": _year,
    "plan_years": _years,
    "as_of": _day,
    "source_url": _text,
    "published_on": _day,
    "retrieved_on": _day,
}
"""What can be decided, and how its value is read; an empty value says that the report has none."""


def read_decided(corpus: Path, names: Collection[str]) -> dict[str, Decided]:
    """Return what is decided of each report, by its path below the corpus folder."""
    decided: dict[str, dict[str, str]] = defaultdict(dict)
    for line in read_lines(corpus / DOCUMENTS_FILE, COLUMNS):
        path, field, value = (line.values.get(name, "") for name in COLUMNS)
        _check(line, path.replace("\\", "/"), field, value, names)
        decided[path.replace("\\", "/")][field] = value
    return {path: tuple(sorted(fields.items())) for path, fields in decided.items()}


def _check(line: Line, path: str, field: str, value: str, names: Collection[str]) -> None:
    """Say in one line why a decision cannot be one."""
    if path not in names:
        raise UsageError(f"{line.place}: there is no report {path!r}. Give its path below the corpus folder.")
    if field not in FIELDS:
        raise UsageError(f"{line.place}: {field!r} is none of {', '.join(FIELDS)}.")
    try:
        FIELDS[field](value)
    except ValueError:
        raise UsageError(
            f"{line.place}: {value!r} is no {field}. Years have four figures, days are 2024-08-31."
        ) from None


def with_decided(facts: ReportFacts, decided: Decided) -> ReportFacts:
    """Return the facts with what people decided, which is no longer doubtful."""
    values = {field: FIELDS[field](value) for field, value in decided}
    if not values:
        return facts
    if "municipality" in values:
        values.setdefault("municipality_code", code_of(values["municipality"]))
    doubts = tuple(doubt for doubt in facts.doubts if doubt.fact not in values)
    kept = tuple(source for source in facts.sources if source.fact not in values)
    told = tuple(
        FactSource(field, str(value), "", DECIDED) for field, value in values.items() if field in FACTS and value
    )
    return replace(facts, **values, doubts=doubts, sources=(*kept, *told), reviewed=True)
