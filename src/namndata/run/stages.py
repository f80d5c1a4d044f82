"""The stages a document passes, what each one's result depends on, and what a failed document leaves.

Kept apart from the pipeline, which is slow to import: a run without changes needs the keys alone. A stage's key holds
the code and word lists of the document's own format only: a change in the reading of one format re-reads no other.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from extract.readers import READERS, Reader, reader_of
from extract.source import kind_of
from namndata.run.archive import Entry
from namndata.run.cache import Cache, key_of
from namndata.run.fingerprint import fingerprint
from schema.layout import Source
from schema.printed import ReportFacts
from schema.problem import Problem, UnreadableDocument
from schema.result import DocumentResult

KIND_MODULES = ("extract.source",)
"""What says what a file is: a change in these looks at every file again, and reads none whose kind stays."""
RECORDING_MODULES = ("extract.facts.find", "extract.records.report")
"""A change in these makes every document's records be found again."""
RESULT_MODULES = (*RECORDING_MODULES, "normalize.report", "namndata.pipeline", "namndata.store.validate")
"""A change in these makes every document's records be normalised and checked again."""
ALL_MODULES = (*(module for reader in READERS for module in reader.modules), *RESULT_MODULES)
"""Everything that a document's result may depend on."""


def with_kind(entry: Entry, cache: Cache) -> Entry:
    """Return the entry with the media type that the file's bytes say it has; empty where it cannot be opened."""
    try:
        if not entry.sha256:
            return entry
        kind = cache.recall("kind", kind_key(entry), lambda: kind_of(entry.path))
        return replace(entry, kind=kind)
    except UnreadableDocument:
        return entry


def source_of(entry: Entry) -> Source:
    """Return what is known of a file before it is read."""
    return Source(entry.document, entry.name, entry.sha256, entry.media_type, entry.size)


def failed_document(entry: Entry, code: str, message: str, *, page: int | None = None) -> DocumentResult:
    """Return the result of a document that could not be read."""
    return DocumentResult(
        source=source_of(entry),
        status="failed",
        facts=ReportFacts(),
        problems=(Problem("read", code, message, severity="error", page=page),),
    )


def kind_key(entry: Entry) -> str:
    """Return the key of what is said of a file's kind."""
    return key_of(entry.sha256, fingerprint(*KIND_MODULES))


def step_key(entry: Entry, reader: Reader, step: int) -> str:
    """Return the key of what a step of reading depends on: the bytes, and the code of the step and of those before."""
    return key_of(entry.sha256, reader.media_type, *reader.steps[: step + 1], fingerprint(*reader.modules[: step + 1]))


def print_key(entry: Entry) -> str:
    """Return the key of what a document's printed records depend on."""
    return key_of(*own_part(entry), *reading(entry.media_type, RECORDING_MODULES))


def result_key(entry: Entry) -> str:
    """Return the key of what a document's result depends on."""
    return key_of(*own_part(entry), *reading(entry.media_type, RESULT_MODULES))


def own_part(entry: Entry) -> tuple[str, ...]:
    """Return what stands in a key for the document itself."""
    return entry.document, entry.name, entry.sha256, str(entry.decided)


@cache
def reading(media_type: str, modules: tuple[str, ...]) -> tuple[str, ...]:
    """Return what stands in a key for a file's kind, for the steps that read it and for the modules after them."""
    reader = reader_of(media_type)
    steps, own = (reader.steps, reader.modules) if reader else ((), ())
    return (media_type, *steps, fingerprint(*own, *modules))
