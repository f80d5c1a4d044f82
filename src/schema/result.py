"""Everything one document came to: what a worker hands back and the store writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import ConfigDict, with_config

from schema.layout import Source, Table
from schema.printed import Footnote, IndicatorRow, ReportFacts
from schema.problem import Check, PageNumbers, Problem
from schema.records import Record, RecordType, records_of

CostSign = Literal["negative", "positive"]
VarianceSign = Literal["budget_less_outcome", "outcome_less_budget"]


@dataclass(frozen=True, slots=True)
class Convention:
    """Which way a money table counts, found by its sums."""

    table: int
    cost_sign: CostSign | None
    """How costs are printed."""
    variance: VarianceSign | None


@with_config(ConfigDict(strict=True, revalidate_instances="always", allow_inf_nan=False))
@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One document's records, its tables, and all that is to be said about them."""

    source: Source
    status: Literal["ok", "partial", "failed"]
    facts: ReportFacts
    number_of_pages: int | None = None
    turned_pages: tuple[tuple[int, float], ...] = ()
    """Pages that were turned to be read, each with the degrees to the left."""
    indicator_rows: tuple[IndicatorRow, ...] = ()
    """Every printed row, also those without a value."""
    records: tuple[Record, ...] = ()
    """Of all kinds; see `schema.kinds`."""
    tables: tuple[Table, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    checks: tuple[Check, ...] = ()
    problems: tuple[Problem, ...] = ()
    ledger: tuple[PageNumbers, ...] = ()
    conventions: tuple[Convention, ...] = ()
    first_confidence: tuple[float, ...] = ()
    """Of each record, before checks were weighed: where people correct a record, they are weighed again."""
    references: tuple[str, ...] = ()
    """What each record is cited by within its report, where people corrected the words that this is made of."""

    def records_of(self, model: type[RecordType]) -> tuple[RecordType, ...]:
        """Return the records of one kind, in the order printed."""
        return records_of(model, self.records)
