"""Writes the corpus, part by part: whole or not at all, and where it is there already only the parts that change.

A part is the reports of one municipality, or of several that decisions join (`parts`); its rows are made in a scratch
database from its own reports alone and copied, so that a corpus that grew is the same as one that was written at once.
A row's number is its part's number and its number in the part.
"""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from namndata.audit.earlier import checks_of_earlier
from namndata.beside import aside
from namndata.corrections.apply import Corrected, correct_results, named_by, unplaced
from namndata.corrections.lines import Correction, read_corrections
from namndata.corrections.rows import correction_rows
from namndata.identity.committees import Committees
from namndata.identity.lineage import read_committees
from namndata.identity.renditions import find_standings
from namndata.identity.series import Decisions, Identity, identify_indicators, read_decisions
from namndata.kolada import decisions as kolada
from namndata.kolada.fill import fill_kolada, fill_official
from namndata.kolada.official import Values, read_official
from namndata.lines.fill import fill_line_links
from namndata.parts.apart import filled_apart, write_at_once
from namndata.parts.reach import Plan, plan_parts, printed_names
from namndata.parts.shelf import BITS, COMMON, Printed, Shelf, by_part, shelf_of
from namndata.run.database import Database
from namndata.run.provenance import Provenance
from namndata.store.access import settle_journal
from namndata.store.creating import fill_table
from namndata.store.derive import fill_answers
from namndata.store.dictionary import columns_of, read_dictionary
from namndata.store.fields import Row
from namndata.store.findings import (
    check_rows,
    dictionary_row,
    document_row,
    doubt_row,
    fact_rows,
    footnote_rows,
    ledger_rows,
    legend_rows,
    problem_row,
    problem_rows,
    run_row,
)
from namndata.store.grids import cell_rows, table_rows
from namndata.store.records import record_rows
from namndata.store.scheme import FULL_TEXT, TABLES, create_all, create_indexes, create_tables, enable_search
from schema.doubts import known_doubts
from schema.kinds import KINDS, RecordKind
from schema.result import DocumentResult

SCRATCH_CACHE = 64 * 1024
"""KiB of a scratch database that are kept in memory; a larger part goes to the disk."""


@dataclass(frozen=True)
class Beside:
    """What lies beside the reports: what people decided, and official values."""

    committees: Committees
    corrections: tuple[Correction, ...]
    national: tuple[kolada.Decision, ...]
    decided: Decisions
    official: Values


def read_beside(folder: Path | None, shelf: Shelf) -> Beside:
    """Read what lies beside the reports, once for all parts."""
    return Beside(
        read_committees(folder, list(shelf.facts.values())),
        tuple(read_corrections(folder)),
        kolada.read_decisions(folder / kolada.KOLADA_FILE) if folder else (),
        read_decisions(folder),
        read_official(folder),
    )


def write_corpus(
    path: Path,
    reports: Shelf | Sequence[DocumentResult],
    provenance: Provenance,
    folder: Path | None = None,
    *,
    grow_from: Mapping[str, str] | None = None,
    jobs: int = 1,
) -> None:
    """Write all reports to `path`, aside first: a crash leaves the old file as it was.

    `folder` holds the reports, and what people decided on them. `grow_from` are the keys of the documents that a
    corpus at `path` was written from by the same code and decisions: only what differs is written, in one transaction.
    A new file is written by `jobs` processes.
    """
    shelf = reports if isinstance(reports, Shelf) else shelf_of(reports)
    beside = read_beside(folder, shelf)
    plan = plan_parts(shelf.facts, beside.committees, beside.decided, partial(names_of, shelf, beside))
    shelf = replace(shelf, keys={name: key_with(plan, name, key) for name, key in shelf.keys.items()})
    with uncollected():
        if grow_from is not None:
            with suppress(sqlite3.DatabaseError):  # another program shows it, or it is damaged: a new file comes
                write_into(path, changed_parts(path, shelf, plan.parts, grow_from), shelf, plan, beside, provenance)
                return
        write_aside(path, shelf, plan, beside, provenance, jobs)


def names_of(shelf: Shelf, beside: Beside, document: str) -> Collection[Printed]:
    """Return the names that a report prints, as people corrected them."""
    own = (document, shelf.paths[document])
    corrections = [line for line in beside.corrections if named_by(line) in own]
    if not corrections and shelf.names:
        return shelf.names(document)
    return printed_names(correct_results([shelf.load(document)], corrections).results[0])


def key_with(plan: Plan, document: str, key: str) -> str:
    """Return the hash of what a document's rows are made of, with the decisions that concern its part."""
    decided = plan.decisions.get(plan.parts[document])
    return sha256(f"{key}{decided}".encode()).hexdigest()[: len(key)] if decided else key


def write_aside(path: Path, shelf: Shelf, plan: Plan, beside: Beside, provenance: Provenance, jobs: int) -> None:
    """Write a new file and put it in the place of the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    settle_journal(path)
    documents = {COMMON: [], **by_part(plan.parts)}
    sizes = {part: len(names) for part, names in documents.items()}

    def fill(empty: Database, part: int) -> None:
        if part == COMMON:
            fill_common(empty, shelf, beside, plan, provenance)
        else:
            fill_part(empty, part, documents[part], shelf, plan, beside)

    with aside(path) as new:
        new.unlink(missing_ok=True)
        with closing(Database(new)) as db, db.conn:
            write_at_once(db)
            create_tables(db)
            for part, made in filled_apart(sizes, fill, create_all, jobs):
                db.execute("attach ? as made", (str(made),))
                db.execute("begin")
                copy_rows(db, part, "made", "main")
                db.execute("commit")
                db.execute("detach made")
            create_indexes(db)
            enable_search(db)
        with new.open("r+b") as file:
            os.fsync(file.fileno())


def write_into(
    path: Path,
    changed: Set[int],
    shelf: Shelf,
    plan: Plan,
    beside: Beside,
    provenance: Provenance,
) -> None:
    """Write some parts of a corpus anew, and what is common, in one transaction: a crash rolls it back."""
    documents = by_part(plan.parts)
    with scratch_beside(path) as db, db.conn:
        db.execute("begin immediate")
        for part in changed:
            take_out(db, part)
        for part in sorted(documents.keys() & changed):  # when all are out: a report may go from one to another
            fill_part(db, part, documents[part], shelf, plan, beside)
            move_rows(db, part)
            make_searchable(db, part)
        take_out(db, COMMON)
        fill_common(db, shelf, beside, plan, provenance)
        move_rows(db, COMMON)


def changed_parts(path: Path, shelf: Shelf, parts: Mapping[str, int], before: Mapping[str, str]) -> set[int]:
    """Return the parts that hold a document that is new, gone, changed or from another part."""
    with closing(sqlite3.connect(path)) as db:
        old = {name: number >> BITS for name, number in db.execute("select document, rowid from documents")}
    changed = {old[name] for name in old if name not in parts or old[name] != parts[name]}
    changed |= {part for name, part in parts.items() if before.get(name) != shelf.keys[name] or old[name] != part}
    return changed


@contextmanager
def scratch_beside(path: Path) -> Iterator[Database]:
    """Open an empty scratch database with all tables, and attach a corpus to it as `corpus`."""
    with closing(Database(sqlite3.connect(""))) as db:
        db.execute(f"pragma cache_size = -{SCRATCH_CACHE}")
        create_all(db)
        db.execute("attach ? as corpus", (str(path),))
        yield db


def fill_common(db: Database, shelf: Shelf, beside: Beside, plan: Plan, provenance: Provenance) -> None:
    """Make the rows that belong to no municipality's reports, in an empty database."""
    lost = unplaced(shelf.paths, beside.corrections)
    fill_table(db, "problems", (problem_row(None, one.problem) for one in lost))
    fill_table(db, "corrections", correction_rows(lost))
    fill_table(db, "doubts", map(doubt_row, known_doubts().values()))
    fill_table(db, "runs", [run_row(len(shelf.facts), provenance)])
    fill_table(db, "data_dictionary", map(dictionary_row, read_dictionary()))
    fill_official(db, beside.official)
    fill_line_links(db, plan.elsewhere.lines)


def move_rows(db: Database, part: int) -> None:
    """Move what is in the scratch database into the corpus, numbered as the part's."""
    copy_rows(db, part, "main", "corpus")
    for table in reversed(TABLES):
        db.execute(f"delete from main.{table}")


def copy_rows(db: Database, part: int, scratch: str, corpus: str) -> None:
    """Copy the rows of a scratch database into a corpus, numbered as the part's."""
    number = f"rowid + {part << BITS}"
    for table in TABLES:
        names = ", ".join(f'"{column.name}"' for column in columns_of(table))
        db.execute(f"insert into {corpus}.{table} (rowid, {names}) select {number}, {names} from {scratch}.{table}")


def take_out(db: Database, part: int) -> None:
    """Delete a part's rows from the corpus, from its index of words first."""
    for table, columns in FULL_TEXT:
        names, index = ", ".join(columns), f"{table}_fts"
        taken = f"select 'delete', rowid, {names} from corpus.{table} where {within(part)}"
        db.execute(f"insert into corpus.{index} ({index}, rowid, {names}) {taken}")
    for table in reversed(TABLES):
        db.execute(f"delete from corpus.{table} where {within(part)}")


def within(part: int) -> str:
    """Return the condition that a row is of a part."""
    return f"rowid between {part << BITS} and {(part + 1 << BITS) - 1}"


def make_searchable(db: Database, part: int) -> None:
    """Put a part's texts into the corpus' index of words."""
    for table, columns in FULL_TEXT:
        names = ", ".join(columns)
        put = f"select rowid, {names} from corpus.{table} where {within(part)}"
        db.execute(f"insert into corpus.{table}_fts (rowid, {names}) {put}")


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


def why_not_stored(result: DocumentResult) -> str:
    """Return what goes wrong when one document is stored by itself; nothing where it can be."""
    try:
        with closing(Database(memory=True)) as db, db.conn:
            create_tables(db)
            fill_tables(db, [result], read_beside(None, shelf_of([result])), Decisions(), {})
    except Exception as error:
        return repr(error)
    return ""


def fill_part(db: Database, part: int, documents: Sequence[str], shelf: Shelf, plan: Plan, beside: Beside) -> None:
    """Make the rows of a part in an empty database."""
    decided = plan.decisions.get(part, Decisions())
    fill_tables(db, tuple(map(shelf.load, documents)), beside, decided, shelf.keys)


def fill_tables(
    db: Database, results: Sequence[DocumentResult], beside: Beside, decided: Decisions, keys: Mapping[str, str]
) -> None:
    """Fill the empty tables of a database with all that some reports give, those of answers last."""
    corrected = correct_results(results, beside.corrections)
    identity = identify_indicators(corrected.results, None, beside.committees, decided)
    for table, rows in rows_by_table(corrected, identity, keys).items():
        fill_table(db, table, rows)
    fill_table(db, "doubts", map(doubt_row, known_doubts().values()))
    fill_answers(db)
    db.execute("delete from doubts")  # answers say them in words; the corpus holds them once
    fill_line_links(db, decided.lines)
    fill_kolada(db, beside.national, beside.official)


def rows_by_table(corrected: Corrected, identity: Identity, keys: Mapping[str, str]) -> dict[str, Iterable[Row]]:
    """Return the rows of every table of records and findings, documents in the order given."""
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
            document_row(result, standings[name], identity.today.get(name)) | {"build_key": keys.get(name)}
            for name, result in named.items()
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
        "facts": each(fact_rows),
        "footnotes": each(footnote_rows),
        "legend": each(legend_rows),
        "checks": each(lambda result: check_rows(result, earlier.get(result.source.document, ()))),
        "problems": each(problem_rows),
        "corrections": correction_rows(corrected.followed),
        "number_ledger": each(ledger_rows),
    }
