"""Writes the corpus: records, tables, checks and problems into SQLite, whole or not at all."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from sqlite_utils import Database

from namndata.audit.earlier import checks_of_earlier
from namndata.corrections.apply import Corrected, correct_results
from namndata.corrections.lines import read_corrections
from namndata.corrections.rows import correction_rows
from namndata.identity.renditions import find_standings
from namndata.identity.series import Identity, identify_indicators
from namndata.kolada.fill import fill_kolada
from namndata.lines.fill import fill_line_links
from namndata.run.provenance import Provenance
from namndata.store.access import ASIDE
from namndata.store.creating import fill_table
from namndata.store.derive import fill_answers
from namndata.store.dictionary import read_dictionary
from namndata.store.fields import Row
from namndata.store.findings import (
    check_rows,
    dictionary_row,
    document_row,
    doubt_row,
    footnote_rows,
    ledger_rows,
    legend_rows,
    problem_row,
    problem_rows,
    run_row,
)
from namndata.store.grids import cell_rows, table_rows
from namndata.store.records import record_rows
from schema.doubts import known_doubts
from schema.kinds import KINDS, RecordKind
from schema.result import DocumentResult

INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((kind.table, columns) for kind in KINDS for columns in (*kind.indexes, ("document",))),
    ("cells", ("document",)),
    ("indicator_names", ("indicator_id",)),
    ("indicator_names", ("document", "indicator_id", "committee")),
    ("indicators", ("breakdown_of",)),
    ("checks", ("document", "status")),
    ("problems", ("document", "code")),
)
FULL_TEXT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("indicators", ("name",)),
    ("search", ("text",)),
    *((kind.table, kind.full_text) for kind in KINDS if kind.full_text),
)
SWEDISH_TOKENS = "unicode61 remove_diacritics 0"
"""å, ä and ö are letters of their own: a search for `vård` must not find `vard`."""
ROWS_ANALYSED = 1000
"""Of each index: enough for SQLite to tell a column that picks few rows from one that picks many, in milliseconds."""


def write_corpus(
    path: Path, results: Sequence[DocumentResult], provenance: Provenance, folder: Path | None = None
) -> None:
    """Write all results to `path`, aside first: a crash leaves the old file as it was.

    `folder` holds the reports, and what people decided on them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ASIDE)
    aside.unlink(missing_ok=True)
    try:
        db = Database(aside)
        with db.conn, uncollected():
            fill_corpus(db, results, provenance, folder)
        db.close()
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no garbage be collected: each time all reports would be walked over, and rows leave nothing to collect.

    A sixth of the time that writing the example corpus takes.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def why_not_stored(result: DocumentResult, provenance: Provenance) -> str:
    """Return what goes wrong when one document is stored by itself; nothing where it can be."""
    db = Database(memory=True)
    try:
        with db.conn:
            fill_corpus(db, [result], provenance, None)
    except Exception as error:
        return repr(error)
    finally:
        db.close()
    return ""


def fill_corpus(db: Database, results: Sequence[DocumentResult], provenance: Provenance, folder: Path | None) -> None:
    """Create the tables and indexes in an empty database and fill them, those of answers last."""
    corrected = correct_results(results, read_corrections(folder))
    identity = identify_indicators(corrected.results, folder)
    for table, rows in rows_by_table(corrected, identity, provenance).items():
        fill_table(db, table, rows)
    for table, columns in INDEXES:
        db.table(table).create_index(columns)
    fill_answers(db)
    fill_line_links(db, folder)
    fill_kolada(db, folder)
    for table, columns in FULL_TEXT:
        db.table(table).enable_fts(columns, tokenize=SWEDISH_TOKENS)
    db.execute(f"pragma analysis_limit = {ROWS_ANALYSED}")
    db.execute("analyze")


def rows_by_table(corrected: Corrected, identity: Identity, provenance: Provenance) -> dict[str, Iterable[Row]]:
    """Return the rows of every table, those first that others refer to, documents in the order given."""
    results = corrected.results
    standings = find_standings(results)
    named = {result.source.document: result for result in results}
    earlier = checks_of_earlier(results, identity, standings)

    def each(rows_of: Callable[[DocumentResult], Iterable[Row]]) -> Iterator[Row]:
        return (row for result in results for row in rows_of(result))

    def records(kind: RecordKind) -> Iterator[Row]:
        return each(lambda result: record_rows(result, kind, identity))

    return {
        "documents": (
            document_row(result, standings[name], identity.today.get(name)) for name, result in named.items()
        ),
        "tables": each(table_rows),
        "indicators": map(dict, identity.indicators),
        **{kind.table: records(kind) for kind in KINDS},
        "indicator_names": map(dict, identity.names),
        "indicator_aliases": map(dict, identity.aliases),
        "indicator_proposals": map(dict, identity.proposals),
        "indicator_vetoes": map(dict, identity.vetoes),
        "committees": map(dict, identity.committees),
        "cells": each(cell_rows),
        "footnotes": each(footnote_rows),
        "legend": each(legend_rows),
        "checks": each(lambda result: check_rows(result, earlier.get(result.source.document, ()))),
        "problems": chain(each(problem_rows), (problem_row(None, problem) for problem in corrected.problems)),
        "corrections": correction_rows(corrected.followed),
        "doubts": map(doubt_row, known_doubts().values()),
        "number_ledger": each(ledger_rows),
        "runs": [run_row(results, provenance)],
        "data_dictionary": map(dictionary_row, read_dictionary()),
    }
