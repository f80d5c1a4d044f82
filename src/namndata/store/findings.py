"""The rows about a report and its reading: what it is, what it explains, what was checked, doubted and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from namndata import __version__
from namndata.identity.renditions import Standing, edition_of, plans_its_year
from namndata.run.naming import content_id
from namndata.run.provenance import Provenance
from namndata.store.dictionary import Column, swedish_of
from namndata.store.fields import Row, table_id_of
from namndata.store.grids import box_columns
from schema.doubts import Doubt
from schema.problem import Check, PageNumbers, Problem
from schema.result import DocumentResult


def document_row(result: DocumentResult, standing: Standing, committee_today: str | None) -> Row:
    """Return the row of `documents`."""
    source, facts = result.source, result.facts
    return {
        "document": source.document,
        "sha256": source.sha256,
        "content_id": content_id(source.path, source.sha256),
        "path": source.path,
        "media_type": source.media_type or None,
        "title": facts.title or None,
        "municipality": facts.municipality,
        "municipality_code": facts.municipality_code,
        "committee": facts.committee,
        "committee_today": committee_today,
        "document_type": facts.document_type,
        "is_plan": plans_its_year(facts),
        "fiscal_year": facts.fiscal_year,
        "plan_years": facts.plan_years,
        "as_of": facts.as_of,
        "pages": result.number_of_pages,
        "turned_pages": result.turned_pages,
        "rendition_of": standing.rendition_of,
        "edition_of": standing.edition_of,
        "edition_number": standing.number,
        "status": result.status,
        "message": result.problems[0].message if result.status == "failed" and result.problems else None,
        "edition": edition_of(facts),
        "size": source.size,
        "doubts": [{"fact": doubt.fact, "why": doubt.why} for doubt in facts.doubts],
        "reviewed": int(facts.reviewed),
        "source_url": facts.source_url,
        "published_on": facts.published_on,
        "retrieved_on": facts.retrieved_on,
    }


def fact_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `facts`: where each column of `documents` that a report says of itself was read."""
    doubts = {doubt.fact: doubt.why for doubt in result.facts.doubts}
    for source in result.facts.sources:
        yield {
            "document": result.source.document,
            "fact": source.fact,
            "value": source.value,
            "said": source.said or None,
            "place": source.place,
            "page": source.page,
            **box_columns(source.box),
            "doubt": doubts.get(source.fact),
        }


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
            "cells": check.cells,
        }


def problem_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `problems`."""
    return (problem_row(result.source.document, problem) for problem in result.problems)


def problem_row(document: str | None, problem: Problem) -> Row:
    """Return the row of one problem; of a decision on a document that is not there, it has none."""
    return {
        "document": document,
        "stage": problem.stage,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "page": problem.page,
        "table_id": table_id_of(document, problem.table),
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


def run_row(documents: int, provenance: Provenance) -> Row:
    """Return the row of `runs`; it holds no time, so that two runs write the same file."""
    return {
        "inputs": provenance.inputs,
        "code": provenance.code,
        "version": __version__,
        "documents": documents,
        "beside": provenance.beside or None,
    }


def dictionary_row(column: Column) -> Row:
    """Return the row of `data_dictionary`."""
    return {
        "table_name": column.table,
        "column_name": column.name,
        "description": column.description,
        "description_sv": swedish_of(column.description),
        "unit": column.unit or None,
    }
