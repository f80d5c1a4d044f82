"""What a run kept of each document, and the corpus that is written from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from namndata.errors import NamndataError
from namndata.run.archive import Entry, LeftOut
from namndata.run.batch import OnPage, Outcome
from namndata.run.cache import Cache, key_of
from namndata.run.fingerprint import fingerprint
from namndata.run.provenance import Provenance
from namndata.run.stages import failed_document, result_key
from namndata.store.access import open_corpus
from schema.printed import ReportFacts
from schema.result import DocumentResult

if TYPE_CHECKING:
    from namndata.parts.shelf import Printed, Shelf

NAMING_MODULES = ("namndata.parts.reach",)
"""What says which names a document prints."""
OF_PAGE = frozenset(("huge_page", "timeout", "crash"))
"""Ends of a worker that are the doing of the page that it was at."""
MOST_LEFT_OUT = 5
"""Pages that a document may lack: each costs all that its worker may take."""


def broken_document(entry: Entry, fault: str) -> DocumentResult:
    """Return the failed result of a document whose own result cannot be stored."""
    message = f"An error in namndata: what was read of it is not whole, and none of it is kept ({fault})."
    return failed_document(entry, "broken_result", message)


def whole_result(entry: Entry, result: DocumentResult) -> DocumentResult:
    """Return a result that can be stored: itself, or a failed one that says what is not whole."""
    from namndata.store.validate import faults_of, summary_of  # pydantic is slow to import

    faults = faults_of(result)
    return broken_document(entry, summary_of(faults)) if faults else result


def read_and_keep(entry: Entry, /, cache: Cache, *, on_page: OnPage) -> DocumentResult:
    """Read a document, see that its result is whole and keep it. Runs in a worker, so that the parent need not."""
    from namndata.pipeline import process_document

    result = whole_result(entry, process_document(entry, cache, on_page=on_page))
    with suppress(OSError):  # a full disk: the parent tries too, and tells of it
        if not entry.left_out:
            keep_result(entry, result, cache, ("result", result_key(entry)))
    return result


def keep_result(entry: Entry, result: DocumentResult, cache: Cache, where: tuple[str, str]) -> None:
    """Keep a document's result, and beside it what the document is."""
    cache.save("facts", result_key(entry), result.facts)
    cache.save(*where, result)


def without_page(outcome: Outcome[Entry, DocumentResult]) -> Entry | None:
    """Return a document without the page that brought its worker down; None where it was none, or one of many."""
    entry, (page, step) = outcome.task, outcome.place
    known = {(one.page, one.step) for one in entry.left_out}
    if not page or outcome.code not in OF_PAGE or (page, step) in known or len(known) >= MOST_LEFT_OUT:
        return None
    return replace(entry, left_out=(*entry.left_out, LeftOut(page, step, outcome.code, outcome.failure)))


def was_killed(result: DocumentResult) -> bool:
    """Tell whether the document's worker was ended from outside: the next run reads the document again."""
    return any(problem.code == "killed" for problem in result.problems)


def kept_result(entry: Entry, cache: Cache, time_limit: float) -> DocumentResult | None:
    """Return the document's result from an earlier run, where its bytes and the code are the same."""
    kept: DocumentResult | None = cache.load("result", result_key(entry))
    return kept or cache.load("ended", ended_key(entry, time_limit))


def ended_key(entry: Entry, time_limit: float) -> str:
    """Return the key under which a hang or a crash is remembered: another time limit tries again."""
    return key_of(result_key(entry), f"{time_limit:g}")


def shelf_of_run(
    entries: Sequence[Entry], outcomes: Mapping[str, tuple[DocumentResult, float]], cache: Cache, time_limit: float
) -> Shelf:
    """Return the documents of a run: what was ended from outside as it is, all else from the cache."""
    from namndata.parts.shelf import Shelf  # slow to import; an unchanged corpus needs none

    named = {entry.document: entry for entry in entries}
    unfinished = {name: result for name, (result, _) in outcomes.items() if was_killed(result)}
    kept = replace(cache, fresh=False)

    def load(document: str) -> DocumentResult:
        return unfinished.get(document) or loaded_result(named[document], kept, time_limit)

    return Shelf(
        {name: facts_of(entry, kept, unfinished, load) for name, entry in named.items()},
        {name: entry.name for name, entry in named.items()},
        load,
        {name: "" if name in unfinished else build_key(entry, kept, time_limit) for name, entry in named.items()},
        lambda document: printed_of(named[document], kept, unfinished, load),
    )


def write_results(
    database: Path,
    shelf: Shelf,
    entries: Sequence[Entry],
    provenance: Provenance,
    corpus: Path,
    *,
    fresh: bool = False,
    jobs: int = 1,
) -> None:
    """Write the corpus, or what differs in it; a document that cannot be stored fails alone."""
    from namndata.store.write import why_not_stored, write_corpus

    before = None if fresh else written_before(database, provenance)
    try:
        write_corpus(database, shelf, provenance, corpus, grow_from=before, jobs=jobs)
    except (OSError, NamndataError):
        raise
    except Exception:
        reasons = {name: why_not_stored(shelf.load(name)) for name in shelf.facts}
        if not any(reasons.values()):
            raise
        broken = {entry.document: broken_document(entry, why) for entry in entries if (why := reasons[entry.document])}
        facts = {name: broken[name].facts if name in broken else each for name, each in shelf.facts.items()}
        kept = replace(shelf, facts=facts, load=lambda name: broken.get(name) or shelf.load(name))
        write_corpus(database, kept, provenance, corpus)


def build_key(entry: Entry, cache: Cache, time_limit: float) -> str:
    """Return the key of what is kept of a document: all of it, or what the time limit left."""
    whole = result_key(entry)
    return whole if cache.holds("result", whole) else ended_key(entry, time_limit)


def inputs_within(provenance: Provenance, time_limit: float) -> str:
    """Return the inputs of a corpus that lacks a page or a document: another time limit tries again."""
    return key_of(provenance.inputs, f"{time_limit:g}")


def is_current(database: Path, provenance: Provenance, time_limit: float) -> bool:
    """Tell whether the corpus is of the same documents and code, and lacks nothing for want of time."""
    whole, cut = provenance.inputs, inputs_within(provenance, time_limit)
    return asked(database, "select inputs from runs") in ([(whole,)], [(cut,)])


def written_before(database: Path, provenance: Provenance) -> dict[str, str] | None:
    """Return the keys of the documents of a corpus that the same code wrote beside the same decisions, else None."""
    if asked(database, "select code, beside from runs") != [(provenance.code, provenance.beside)]:
        return None
    keys = asked(database, "select document, build_key from documents")
    return None if keys is None else dict(keys)


def asked(database: Path, query: str) -> list[Any] | None:
    """Return the rows of a query; None where there is no corpus, or none that can answer it."""
    if not database.is_file():
        return None
    try:
        with closing(open_corpus(database)) as db:
            return db.execute(query).fetchall()
    except sqlite3.Error:
        return None


def loaded_result(entry: Entry, cache: Cache, time_limit: float) -> DocumentResult:
    """Return the kept result of a document; one that is damaged on the disk is made again."""
    kept = kept_result(entry, cache, time_limit)
    if kept is None:
        from namndata.pipeline import process_document

        kept = process_document(entry, cache)
        cache.save("result", result_key(entry), kept)
    return kept


def printed_of(
    entry: Entry, cache: Cache, unfinished: Mapping[str, DocumentResult], load: Callable[[str], DocumentResult]
) -> Collection[Printed]:
    """Return the names that a document prints, kept beside it from when decisions first asked for them."""
    from namndata.parts.reach import printed_names

    if entry.document in unfinished:
        return printed_names(unfinished[entry.document])
    return cache.recall("names", names_key(entry), lambda: printed_names(load(entry.document)))


def names_key(entry: Entry) -> str:
    """Return the key of the names that a document prints."""
    return key_of(result_key(entry), fingerprint(*NAMING_MODULES))


def facts_of(
    entry: Entry, cache: Cache, unfinished: Mapping[str, DocumentResult], load: Callable[[str], DocumentResult]
) -> ReportFacts:
    """Return what a document is, without loading all that it holds where that is kept beside it."""
    if entry.document in unfinished:
        return unfinished[entry.document].facts
    kept: ReportFacts | None = cache.load("facts", result_key(entry))
    return kept or load(entry.document).facts
