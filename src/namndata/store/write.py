"""Writes the corpus: records, tables, checks and problems into SQLite, whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from sqlite_utils import Database

from namndata import __version__
from namndata.audit.earlier import checks_of_earlier
from namndata.identity.budget_lines import line_columns
from namndata.identity.renditions import Standing, edition_of, find_standings
from namndata.identity.series import Identity, identify_indicators
from namndata.identity.sightings import SEXES, part_of
from namndata.run.provenance import Provenance
from namndata.store.dictionary import Column, columns_of, read_dictionary
from schema.doubts import Doubt, known_doubts
from schema.layout import Box, Cell, Table
from schema.problem import Check, PageNumbers, Problem
from schema.records import Assignment, BudgetValue, Goal, IndicatorValue
from schema.result import DocumentResult

Row = dict[str, Any]

HERE = Path(__file__).parent
COLUMN_TYPES: dict[str, type] = {"text": str, "json": str, "integer": int, "float": float}
PRIMARY_KEYS: dict[str, str | tuple[str, ...]] = {
    "documents": "document",
    "indicator_values": "id",
    "budget_values": "id",
    "assignments": "id",
    "goals": "id",
    "indicators": "indicator_id",
    "tables": "table_id",
    "cells": ("table_id", "row", "col"),
    "doubts": "doubt",
    "data_dictionary": ("table_name", "column_name"),
}
INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("indicator_values", ("indicator_id", "part", "kind", "period")),
    ("indicator_values", ("document",)),
    ("indicator_values", ("table_id", "row", "col")),
    ("budget_values", ("line_id", "kind", "period")),
    ("budget_values", ("document",)),
    ("assignments", ("document",)),
    ("goals", ("document",)),
    ("cells", ("document",)),
    ("checks", ("document", "status")),
    ("problems", ("document", "code")),
)
FULL_TEXT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("indicators", ("name",)),
    ("goals", ("goal_area", "municipal_goal", "committee_goal")),
    ("assignments", ("text", "comment")),
)
SWEDISH_TOKENS = "unicode61 remove_diacritics 0"
"""å, ä and ö are letters of their own: a search for `vård` must not find `vard`."""


def write_corpus(
    path: Path, results: Sequence[DocumentResult], provenance: Provenance, folder: Path | None = None
) -> None:
    """Write all results to `path`, aside first: a crash leaves the old file as it was.

    `folder` holds the reports, and what people decided on them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".partial")
    aside.unlink(missing_ok=True)
    try:
        db = Database(aside)
        with db.conn:
            fill_corpus(db, results, provenance, folder)
        db.close()
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def fill_corpus(db: Database, results: Sequence[DocumentResult], provenance: Provenance, folder: Path | None) -> None:
    """Create the tables, indexes and views in an empty database and fill them."""
    identity = identify_indicators(results, folder)
    for table, rows in rows_by_table(results, identity, provenance).items():
        create_table(db, table)
        db.table(table).insert_all(rows, batch_size=500)
    for table, columns in INDEXES:
        db.table(table).create_index(columns)
    for table, columns in FULL_TEXT:
        db.table(table).enable_fts(columns, tokenize=SWEDISH_TOKENS)
    db.executescript((HERE / "views.sql").read_text(encoding="utf-8"))


def create_table(db: Database, table: str) -> None:
    """Create a table with the dictionary's columns."""
    types = {column.name: COLUMN_TYPES[column.type] for column in columns_of(table)}
    db.table(table).create(types, pk=PRIMARY_KEYS.get(table))


def rows_by_table(
    results: Sequence[DocumentResult], identity: Identity, provenance: Provenance
) -> dict[str, Iterable[Row]]:
    """Return the rows of every table, documents in the order given."""
    standings = find_standings(results)
    earlier = checks_of_earlier(results, identity, standings)

    def each(rows_of: Any) -> Iterator[Row]:
        return (row for result in results for row in rows_of(result))

    return {
        "documents": (document_row(result, standings[result.source.document]) for result in results),
        "indicator_values": each(lambda result: indicator_rows(result, identity)),
        "budget_values": each(lambda result: budget_rows(result, identity)),
        "assignments": each(assignment_rows),
        "goals": each(goal_rows),
        "indicators": map(dict, identity.indicators),
        "indicator_names": map(dict, identity.names),
        "indicator_proposals": map(dict, identity.proposals),
        "indicator_vetoes": map(dict, identity.vetoes),
        "committees": map(dict, identity.committees),
        "tables": each(table_rows),
        "cells": each(cell_rows),
        "footnotes": each(footnote_rows),
        "legend": each(legend_rows),
        "checks": each(lambda result: check_rows(result, earlier.get(result.source.document, ()))),
        "problems": each(problem_rows),
        "doubts": map(doubt_row, known_doubts().values()),
        "number_ledger": each(ledger_rows),
        "runs": [run_row(results, provenance)],
        "data_dictionary": map(dictionary_row, read_dictionary()),
    }


def table_id_of(document: str, table: int | None) -> str | None:
    """Return the id of a document's table."""
    return None if table is None else f"{document}:t{table}"


def document_row(result: DocumentResult, standing: Standing) -> Row:
    """Return the row of `documents`."""
    source, facts = result.source, result.facts
    return {
        "document": source.document,
        "sha256": source.sha256,
        "path": source.path,
        "media_type": source.media_type or None,
        "title": facts.title or None,
        "municipality": facts.municipality,
        "committee": facts.committee,
        "document_type": facts.document_type,
        "fiscal_year": facts.fiscal_year,
        "plan_years": as_json(facts.plan_years),
        "as_of": facts.as_of,
        "pages": result.number_of_pages,
        "rendition_of": standing.rendition_of,
        "edition_of": standing.edition_of,
        "edition_number": standing.number,
        "status": result.status,
        "message": result.problems[0].message if result.status == "failed" and result.problems else None,
        "edition": edition_of(facts),
        "size": source.size,
    }


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


def record_rows(result: DocumentResult, records: Sequence[BaseModel], kind: str) -> Iterator[Row]:
    """Return records as rows: the report's columns, the record's fields, ids for table and row."""
    document = result.source.document
    for number, record in enumerate(records, start=1):
        fields = {name: as_column(value) for name, value in record.model_dump().items()}
        table = fields.pop("table")
        keys = {"table_id": table_id_of(document, table), "id": f"{document}:{kind}{number}"}
        yield report_columns(result) | fields | keys


def indicator_rows(result: DocumentResult, identity: Identity) -> Iterator[Row]:
    """Return the rows of `indicator_values`."""
    records: tuple[IndicatorValue, ...] = result.indicator_values
    for record, row in zip(records, record_rows(result, records, "i"), strict=True):
        document = result.source.document
        yield row | {"indicator_id": identity.id_of(document, record)} | part_columns(record)


def part_columns(record: IndicatorValue) -> Row:
    """Return what part of the indicator a value is of, the same word in every report."""
    part = part_of(record)
    sexes = set((part or "").split(", ")) & SEXES
    return {"part": part, "sex": min(sexes) if sexes else None}


def budget_rows(result: DocumentResult, identity: Identity) -> Iterator[Row]:
    """Return the rows of `budget_values`."""
    records: tuple[BudgetValue, ...] = result.budget_values
    for record, row in zip(records, record_rows(result, records, "b"), strict=True):
        columns = line_columns(result.source.document, record, identity.lines)
        yield row | {"table_key": table_key(record.table_title)} | columns


def assignment_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `assignments`."""
    records: tuple[Assignment, ...] = result.assignments
    return record_rows(result, records, "a")


def goal_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `goals`."""
    records: tuple[Goal, ...] = result.goals
    return record_rows(result, records, "g")


def table_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `tables`."""
    document = result.source.document
    conventions = {convention.table: convention for convention in result.conventions}
    for table in result.tables:
        convention = conventions.get(table.number)
        yield {
            "document": document,
            "page": table.page,
            "table_id": table_id_of(document, table.number),
            "number": table.number,
            "title": table.title or None,
            "engine": table.engine or None,
            "verdict": table.verdict,
            "steps": as_json(table.steps),
            "header_rows": as_json(table.header_rows),
            "n_rows": table.n_rows,
            "n_cols": table.n_cols,
            "line": table.line,
            "cost_sign": convention.cost_sign if convention else None,
            "variance": convention.variance if convention else None,
            **box_columns(table.box),
        }


def cell_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `cells`."""
    for table in result.tables:
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
            yield cell_row(result.source.document, table, cell)


def cell_row(document: str, table: Table, cell: Cell) -> Row:
    """Return the row of one cell."""
    return {
        "document": document,
        "page": cell.page,
        "table_id": table_id_of(document, table.number),
        "row": cell.row,
        "col": cell.col,
        "text": cell.text,
        "row_span": cell.row_span,
        "col_span": cell.col_span,
        "is_header": int(cell.row in table.header_rows),
        "markers": as_json(cell.markers),
        "symbol": f"{cell.symbol.colour} {cell.symbol.shape}" if cell.symbol else None,
        "bold": int(cell.bold),
        "indent": cell.indent,
        "fragments": as_json([[fragment.page, fragment.text] for fragment in cell.fragments]),
        "inferred": int(cell.inferred),
        "confidence": cell.confidence,
        **box_columns(cell.box),
    }


def box_columns(box: Box | None) -> Row:
    """Return a box as four columns, rounded to what a reader can see."""
    if box is None:
        return {"x0": None, "top": None, "x1": None, "bottom": None}
    return {name: round(getattr(box, name), 2) for name in ("x0", "top", "x1", "bottom")}


def footnote_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `footnotes`."""
    for note in result.footnotes:
        yield {
            "document": result.source.document,
            "page": note.page,
            "marker": note.marker,
            "text": note.text,
        }


def legend_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `legend`."""
    for sign, meaning in result.legend:
        yield {"document": result.source.document, "sign": sign, "meaning": meaning}


def check_rows(result: DocumentResult, earlier: Sequence[Check]) -> Iterator[Row]:
    """Return the rows of `checks`: those within the report, then those against earlier reports."""
    for check in (*result.checks, *earlier):
        yield {
            "document": result.source.document,
            "table_id": table_id_of(result.source.document, check.table),
            "kind": check.kind,
            "status": "pass" if check.passed else "fail",
            "expected": check.expected,
            "actual": check.actual,
            "message": check.message,
            "cells": as_json(check.cells),
        }


def problem_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `problems`."""
    problems: tuple[Problem, ...] = result.problems
    for problem in problems:
        yield {
            "document": result.source.document,
            "stage": problem.stage,
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "page": problem.page,
            "table_id": table_id_of(result.source.document, problem.table),
            "row": problem.row,
            "col": problem.col,
            "raw": problem.raw,
        }


def doubt_row(doubt: Doubt) -> Row:
    """Return the row of `doubts`."""
    return {"doubt": doubt.name, "factor": doubt.factor, "reason": doubt.reason}


def ledger_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `number_ledger`."""
    pages: tuple[PageNumbers, ...] = result.ledger
    for page in pages:
        yield {
            "document": result.source.document,
            "page": page.page,
            "numbers": page.numbers,
            "in_records": page.in_records,
            "in_tables_only": page.in_tables_only,
            "in_prose": page.in_prose,
            "unaccounted": page.unaccounted,
        }


def run_row(results: Sequence[DocumentResult], provenance: Provenance) -> Row:
    """Return the row of `runs`; it holds no time, so that two runs write the same file."""
    return {
        "inputs": provenance.inputs,
        "code": provenance.code,
        "version": __version__,
        "documents": len(results),
    }


def dictionary_row(column: Column) -> Row:
    """Return the row of `data_dictionary`."""
    return {
        "table_name": column.table,
        "column_name": column.name,
        "description": column.description,
        "unit": column.unit or None,
    }


def table_key(title: str | None) -> str | None:
    """Return a table's title without years and figures, so that it is the same in every report."""
    words = re.findall(r"[^\W\d_]+", (title or "").casefold())
    return " ".join(words) or None


def as_json(value: Any) -> str:
    """Return a JSON list that a Swede can read."""
    return json.dumps(value, ensure_ascii=False)


def as_column(value: Any) -> Any:
    """Return a field as SQLite holds it."""
    if isinstance(value, bool):
        return int(value)
    return as_json(value) if isinstance(value, (tuple, list)) else value
