"""A document's records laid out for correction: as they were read, with what is printed of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from namndata.corrections.change import ATTRIBUTES
from namndata.corrections.lines import Correction
from namndata.corrections.places import Printed
from namndata.store.references import references_in
from schema.kinds import KINDS, RecordKind
from schema.problem import Problem
from schema.records import CellValue, Record
from schema.result import DocumentResult


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of a correction, for each record that it touched; for one that touched none, why."""

    correction: Correction
    outcome: str
    """`applied`, `unplaced`, `ambiguous` or `refused`."""
    document: str | None = None
    printed: Printed | None = None
    read: Any = None
    """The corrected field as it was read."""
    message: str = ""

    @property
    def problem(self) -> Problem:
        """The problem that it is where it was not followed."""
        line = self.correction
        page = int(line.page) if line.page else None
        return Problem("correct", f"correction_{self.outcome}", self.message, page=page, raw=line.raw or None)


@dataclass(slots=True)
class Desk:
    """A document's records while corrections are followed, by position."""

    result: DocumentResult
    as_read: tuple[Record, ...]
    references: tuple[str, ...]
    printed: tuple[Printed, ...]
    records: list[Record]
    settled: set[int] = field(default_factory=set)
    """Those of which a person has seen the cell."""
    removed: set[int] = field(default_factory=set)
    followed: list[Followed] = field(default_factory=list)


def open_desk(result: DocumentResult) -> Desk:
    """Return a document's records before any correction."""
    as_read, references = as_first_read(result), references_by_position(result)
    return Desk(result, as_read, references, tuple(printed_of(result, as_read, references)), list(as_read))


def as_first_read(result: DocumentResult) -> tuple[Record, ...]:
    """Return the records before checks were weighed."""
    sure = result.first_confidence or (None,) * len(result.records)
    return tuple(unweighed(record, one) for record, one in zip(result.records, sure, strict=True))


def unweighed(record: Record, sure: float | None) -> Record:
    """Return a record as it was read."""
    if not isinstance(record, CellValue) or sure is None:
        return record
    doubts = tuple(doubt for doubt in record.doubts if doubt != "failed_check")
    return record.model_copy(update={"confidence": sure, "doubts": doubts})


def references_by_position(result: DocumentResult) -> tuple[str, ...]:
    """Return what each record is cited by, which nothing may change."""
    of_kind = {kind.model: iter(references_in(result, kind)) for kind in KINDS}
    return tuple(next(of_kind[type(record)]) for record in result.records)


def printed_of(result: DocumentResult, records: Sequence[Record], references: Sequence[str]) -> Iterator[Printed]:
    """Return what is printed of each record."""
    kinds: dict[type[Record], RecordKind] = {kind.model: kind for kind in KINDS}
    for position, record in enumerate(records):
        kind = kinds[type(record)]
        yield Printed(
            position=position,
            table=kind.table,
            page=record.page,
            label=getattr(record, kind.label),
            column_label=getattr(record, "column_label", ""),
            raw=getattr(record, ATTRIBUTES[kind.model].raw) or "",
            value_id=f"{result.source.document}:{references[position]}",
            cell=(record.table, record.row, getattr(record, "col", None)),
        )
