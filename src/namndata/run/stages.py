"""The stages a document passes, what each one's result depends on, and what a failed document leaves.

Kept apart from the pipeline, which is slow to import: a run without changes needs the keys alone.
"""

from __future__ import annotations

from namndata.run.archive import Entry
from namndata.run.cache import key_of
from namndata.run.fingerprint import fingerprint
from schema.layout import Source
from schema.printed import ReportFacts
from schema.problem import Problem
from schema.result import DocumentResult

READING_MODULES = ("extract.source", "extract.pdf", "extract.marked.read")
"""A change in these, or in what they import, makes every document be read again."""
RECORDING_MODULES = (*READING_MODULES, "extract.records.report")
"""A change in these makes every document's records be found again."""
ALL_MODULES = (*RECORDING_MODULES, "normalize.report", "namndata.pipeline")
"""A change in these makes every document's records be normalised and checked again."""


def failed_document(entry: Entry, code: str, message: str, *, page: int | None = None) -> DocumentResult:
    """Return the result of a document that could not be read."""
    return DocumentResult(
        source=Source(entry.document, entry.name, entry.sha256, "application/pdf", entry.size),
        status="failed",
        facts=ReportFacts(),
        problems=(Problem("read", code, message, severity="error", page=page),),
    )


def read_key(entry: Entry) -> str:
    """Return the key of what a document's reading depends on."""
    return key_of(entry.document, entry.name, entry.sha256, fingerprint(*READING_MODULES))


def print_key(entry: Entry) -> str:
    """Return the key of what a document's printed records depend on."""
    return key_of(entry.document, entry.name, entry.sha256, fingerprint(*RECORDING_MODULES))


def result_key(entry: Entry) -> str:
    """Return the key of what a document's result depends on."""
    return key_of(entry.document, entry.name, entry.sha256, fingerprint(*ALL_MODULES))
