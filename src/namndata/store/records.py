"""The rows of the record kinds' tables: the report's columns, the record's fields, and what the corpus adds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from namndata.answers.money import Money, money_of
from namndata.answers.verdicts import verdict_reader
from namndata.identity.budget_lines import line_id
from namndata.identity.series import Identity
from namndata.identity.sightings import part_of, printed_part
from namndata.store.fields import Row, table_id_of
from namndata.store.references import references_in
from schema.kinds import RecordKind
from schema.records import BudgetValue, IndicatorValue, Record
from schema.result import DocumentResult


def record_rows(result: DocumentResult, kind: RecordKind, identity: Identity) -> Iterator[Row]:
    """Return a report's records of one kind as rows of its table."""
    document, report = result.source.document, report_columns(result)
    columns_of = COLUMNS.get(kind.model, no_columns)(result, identity)
    references = references_in(result, kind)
    for record, reference in zip(result.records_of(kind.model), references, strict=True):
        fields = record.model_dump(exclude={"table", "committee"} if record.committee is None else {"table"})
        keys = {"table_id": table_id_of(document, record.table), "id": f"{document}:{reference}"}
        yield report | fields | keys | columns_of(record)


def report_columns(result: DocumentResult) -> Row:
    """Return the columns that say which report a record belongs to."""
    facts = result.facts
    return {
        "document": result.source.document,
        "municipality": facts.municipality,
        "committee": facts.committee,
        "document_type": facts.document_type,
        "fiscal_year": facts.fiscal_year,
    }


def no_columns(result: DocumentResult, identity: Identity) -> Callable[[Record], Row]:
    """Return nothing: what a record of most kinds says stands in its fields."""
    return lambda record: {}


def indicator_columns(result: DocumentResult, identity: Identity) -> Callable[[IndicatorValue], Row]:
    """Return which indicator a value is of, and what part of it, as printed and in one word for every report."""
    verdict_of = verdict_reader(result)

    def columns(value: IndicatorValue) -> Row:
        verdict, met = verdict_of(value)
        key = part_of(value)
        sexes = set((key or "").split(", ")) & {"K", "M"}
        sex = min(sexes) if sexes else None
        own = {"part": printed_part(value), "part_key": key, "sex": sex, "verdict": verdict, "verdict_met": met}
        return {"indicator_id": identity.id_of(result.source.document, value)} | own

    return columns


def budget_columns(result: DocumentResult, identity: Identity) -> Callable[[BudgetValue], Row]:
    """Return which line and table an amount is of, the same in every report, and what it states of money spent."""
    money = money_of(result)

    def columns(amount: BudgetValue) -> Row:
        line = {"line_id": identity.lines[line_id(result.source.document, amount)]}
        return {"table_key": table_key(amount.table_title)} | line | money_columns(money[id(amount)])

    return columns


def money_columns(money: Money) -> Row:
    """Return the columns of what an amount states."""
    return {
        "statement": money.statement,
        "side": money.side,
        "column_side": money.column_side,
        "level": money.level,
        "is_sum": money.is_sum,
        "is_bottom": money.is_bottom,
        "cost_sek": money.cost_sek,
        "sign_from": money.sign_from,
    }


COLUMNS: Mapping[type[Record], Callable[[DocumentResult, Identity], Callable[[Any], Row]]] = {
    IndicatorValue: indicator_columns,
    BudgetValue: budget_columns,
}
"""What the whole corpus and the whole report know of a kind's record, beside its own fields."""


def table_key(title: str | None) -> str | None:
    """Return a table's title without years and figures, so that it is the same in every report."""
    words = re.findall(r"[^\W\d_]+", (title or "").casefold())
    return " ".join(words) or None
