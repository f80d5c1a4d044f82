"""Begins with a report's records as printed, ends with validated records and a problem for all that is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from pydantic import ValidationError

from normalize.amounts import Amount, parse_amount
from normalize.brackets import bracketed_amount, tables_with_minus_in_brackets
from normalize.cells import Part, parse_cell
from normalize.measures import measures_in
from normalize.status import assessment_code
from normalize.units import amount_sek
from schema.doubts import confidence_of
from schema.kinds import KINDS, RecordKind
from schema.lexicon.text import clean_label
from schema.lexicon.units import PERCENT, canonical_unit, is_of_shares, money_unit, ratio_unit
from schema.printed import BudgetLine, GoalRow, IndicatorRow, PrintedReport, PrintedRow, PrintedValue
from schema.problem import Problem, Severity
from schema.records import BudgetValue, Goal, IndicatorValue, Record, RecordType, records_of

SUMS_TELL = 0.9
"""Confidence in an amount in brackets that the table's sums show to be negative."""
DOUBTFUL = 0.65
"""A part below this confidence is listed among the problems: more is in doubt than a few words left over."""
_REMARKS: dict[str, tuple[Severity, str]] = {
    "no_amount": ("info", "The cell holds a sign instead of an amount, and no legend gives it a meaning."),
    "not_an_amount": ("warning", "The cell of a money table holds words that are no unit."),
    "several_amounts": ("warning", "The cell of a money table holds several numbers; check which is meant."),
    "stray_signs": ("warning", "The amount stands among signs that belong to no number; check it."),
    "doubtful_reading": ("info", "The cell can be read in more ways than one; check the value."),
}


@dataclass(frozen=True, slots=True)
class NormalizedReport:
    """A report's records, ready to store, and what could not become one."""

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()

    def records_of(self, model: type[RecordType]) -> tuple[RecordType, ...]:
        """Return the records of one kind, in the order printed."""
        return records_of(model, self.records)


@dataclass
class _Desk:
    """Where a report's records are made: what they are read with, and the problems met on the way."""

    legend: tuple[tuple[str, str], ...]
    problems: list[Problem] = field(default_factory=list)

    def make(self, model: type[RecordType], **fields: Any) -> list[RecordType]:
        """Return the record in a list, or nothing and a problem where its fields make none."""
        try:
            return [model(**fields)]
        except ValidationError as error:
            reasons = "; ".join(f"{item['loc'] or ''}: {item['msg']}" for item in error.errors())
            place = {name: fields.get(name) for name in ("page", "table", "row", "col")}
            message = f"Not stored as {model.__name__}: {reasons}."
            raw = str(fields.get("raw") or fields.get("text") or fields.get("committee_goal"))
            self.problems.append(Problem("validate", "invalid_record", message, "error", raw=raw, **place))
            return []

    def remark(self, code: str | None, row: IndicatorRow | BudgetLine, value: PrintedValue) -> None:
        """Note what is odd about a cell, if anything is."""
        if code:
            severity, message = _REMARKS[code]
            place = {"page": value.page, "table": row.table, "row": value.row, "col": value.col}
            self.problems.append(Problem("normalize", code, message, severity, raw=value.raw, **place))


def normalize_report(printed: PrintedReport) -> NormalizedReport:
    """Interpret everything that a report prints; pure, so the same report gives the same records."""
    desk = _Desk(printed.legend)
    records = [record for kind in KINDS for record in _records(kind, printed.rows_of(kind.printed), desk)]
    return NormalizedReport(tuple(_owned(record, printed.owners) for record in records), tuple(desk.problems))


def _owned(record: Record, owners: Mapping[tuple[int, int | None], str]) -> Record:
    """Return the record with the committee that its row or table is of, where the report is of several."""
    if record.table is None or not owners:
        return record
    owner = owners.get((record.table, record.row)) or owners.get((record.table, None))
    return record.model_copy(update={"committee": owner}) if owner else record


def _records(kind: RecordKind, rows: Sequence[PrintedRow], desk: _Desk) -> Iterable[Record]:
    normalizer = NORMALIZERS.get(kind.model)
    return normalizer(rows, desk) if normalizer else _as_printed(kind.model, rows, desk)


def _as_printed(
    model: type[RecordType], rows: Iterable[PrintedRow], desk: _Desk, **also: Callable[[Any], Any]
) -> list[RecordType]:
    """Return the rows as records that say the same; `also` names fields that are worked out from the row."""
    copied = model.printed_fields() - also.keys()
    records: list[RecordType] = []
    for row in rows:
        fields = {name: getattr(row, name) for name in copied}
        records += desk.make(model, **fields, **{name: work_out(row) for name, work_out in also.items()})
    return records


def _indicator_values(rows: Sequence[IndicatorRow], desk: _Desk) -> list[IndicatorValue]:
    records: list[IndicatorValue] = []
    measures = measures_in(rows)
    for row in rows:
        for value in (fact for printed in row.values for fact in _facts(printed)):
            measure = measures.get((row.table, value.col))
            for part in _parts(row, value, desk):
                records += desk.make(IndicatorValue, **_indicator_fields(row, value, part), measure=measure)
    return records


def _facts(value: PrintedValue) -> tuple[PrintedValue, ...]:
    """Return the two facts of a cell whose header names a second kind in brackets: `95 (93)` under *Mål (utfall)*."""
    before, _, inside = value.raw.rstrip(") ").partition("(")
    if value.also is None:
        return (value,)
    first = replace(value, raw=before.strip(), lines=())
    second = replace(value, raw=inside.strip(), lines=(), kind=value.also)
    return tuple(fact for fact in (first, second) if fact.raw)


def _parts(row: IndicatorRow, value: PrintedValue, desk: _Desk) -> tuple[Part, ...]:
    parts = parse_cell(
        value.raw,
        label=row.indicator,
        parent=row.parent,
        lines=value.lines,
        unit=row.unit or ratio_unit(row.indicator) or value.unit,
        column=value.column_label,
        counts=row.counts,
        title=row.table_title,
        column_period=value.period,
        legend=desk.legend,
    )
    if any(part.confidence < DOUBTFUL for part in parts):
        desk.remark("doubtful_reading", row, value)
    return parts


def _indicator_fields(row: IndicatorRow, value: PrintedValue, part: Part) -> dict[str, Any]:
    breakdowns = (None if value.is_new_part else value.part, part.breakdown)
    return {
        "category": row.category,
        "table_title": row.table_title or None,
        "goal_area": row.goal_area,
        "municipal_goal": row.municipal_goal,
        "committee_goal": row.committee_goal,
        "indicator": clean_label(row.indicator),
        "parent": clean_label(row.parent) if row.parent else None,
        "source": row.source,
        "goal_met": row.goal_met,
        "status_colour": row.status_colour,
        "trend": row.trend,
        "column_label": value.column_label,
        "kind": value.kind,
        "column_period": value.period,
        "period": part.period or value.period,
        "breakdown": ", ".join(name for name in breakdowns if name) or None,
        "raw": value.raw,
        "value": None if part.value is None else float(part.value),
        "upper": None if part.upper is None else float(part.upper),
        "comparator": part.comparator,
        "unit": part.unit,
        "direction": part.direction,
        "status": part.status,
        "footnotes": (*row.markers, *value.markers),
        "page": value.page,
        "table": row.table,
        "row": value.row,
        "col": value.col,
        "inferred": value.inferred,
        **_trust(value, part.confidence),
    }


def _budget_values(lines: Sequence[BudgetLine], desk: _Desk) -> list[BudgetValue]:
    with_minus, measures = tables_with_minus_in_brackets(lines), measures_in(lines)
    records: list[BudgetValue] = []
    for line in lines:
        for value in line.values:
            inside = bracketed_amount(value.raw) if line.table in with_minus else None
            amount = parse_amount(value.raw, desk.legend) if inside is None else Amount(-inside, None, SUMS_TELL)
            desk.remark(amount.remark, line, value)
            if amount.value is not None:
                records += desk.make(
                    BudgetValue,
                    **_budget_fields(line, value, amount),
                    measure=measures.get((line.table, value.col)),
                )
    return records


def _share(line: BudgetLine, value: PrintedValue) -> str | None:
    """`%` for a column or line of shares among the amounts, such as *Avv. i %*."""
    return PERCENT if is_of_shares(value.column_label) or is_of_shares(line.line) else None


def _budget_fields(line: BudgetLine, value: PrintedValue, amount: Amount) -> dict[str, Any]:
    unit = amount.unit or _share(line, value) or ratio_unit(line.line) or value.unit or money_unit(value.column_label)
    unit = unit or money_unit(line.unit) or line.unit
    assert amount.value is not None
    return {
        "table_title": line.table_title or None,
        "line": clean_label(line.line),
        "parent": clean_label(line.parent) if line.parent else None,
        "is_total": line.is_total,
        "column_label": value.column_label,
        "kind": value.kind,
        "part": value.part,
        "period": value.period,
        "raw": value.raw,
        "value": float(amount.value),
        "unit": canonical_unit(unit) or unit if unit else None,
        "amount_sek": amount_sek(amount.value, unit),
        "footnotes": (*line.markers, *value.markers),
        "page": value.page,
        "table": line.table,
        "row": value.row,
        "col": value.col,
        "inferred": value.inferred,
        **_trust(value, amount.confidence),
    }


def _trust(value: PrintedValue, sure: float) -> dict[str, Any]:
    """Return how far a value can be trusted, and what makes it doubtful."""
    doubts = (*value.doubts, "doubtful_cell") if sure < 1 else value.doubts
    return {"confidence": confidence_of(doubts, value.confidence * sure), "doubts": doubts}


def _goals(rows: Sequence[GoalRow], desk: _Desk) -> list[Goal]:
    return _as_printed(
        Goal,
        rows,
        desk,
        assessment_code=lambda row: assessment_code(row.assessment, desk.legend),
        confidence=lambda row: confidence_of(row.doubts),
        **{side: partial(_side, side) for side in ("x0", "top", "x1", "bottom")},
    )


def _side(side: str, row: GoalRow) -> float | None:
    return None if row.box is None else round(float(getattr(row.box, side)), 2)


NORMALIZERS: Mapping[type[Record], Callable[[Any, _Desk], Iterable[Record]]] = {
    IndicatorValue: _indicator_values,
    BudgetValue: _budget_values,
    Goal: _goals,
}
"""How a kind's printed rows become records; the rows of other kinds are stored as printed."""
