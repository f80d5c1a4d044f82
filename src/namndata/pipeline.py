"""The whole path of one document, from file to checked records."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import replace

from extract.marked.read import read_text
from extract.records.report import print_report
from extract.source import identify
from namndata.audit.arithmetic import check_report
from namndata.audit.confidence import weigh_report
from namndata.audit.ledger import account_for_numbers, find_loose_figures, find_regrouped
from namndata.run.archive import Entry
from namndata.run.cache import Cache
from namndata.run.stages import failed_document, print_key, read_key
from normalize.report import NormalizedReport, normalize_report
from schema.layout import Content
from schema.printed import IndicatorRow
from schema.problem import Problem, UnreadableDocument
from schema.result import DocumentResult


def process_document(
    entry: Entry, cache: Cache, *, on_page: Callable[[int], None] = lambda number: None
) -> DocumentResult:
    """Read one document and return its records, and a problem for everything that is none.

    `on_page` is told the number of the page that is being read, and 0 when the work is at no page.
    """
    try:
        content = cache.recall("read", read_key(entry), lambda: read_document(entry, on_page))
        on_page(0)
        printed, doubts = cache.recall("print", print_key(entry), lambda: print_report(content))
        normalized = normalize_report(printed)
        audit = check_report(normalized)
        normalized = weigh_report(normalized, audit.checks)
        ledger, lost = account_for_numbers(entry.path, content, normalized)
        loose = (*find_loose_figures(content), *find_regrouped(normalized), *find_emptiness(normalized))
        problems = (*content.problems, *doubts, *normalized.problems, *audit.remarks, *lost, *loose)
        return DocumentResult(
            source=content.source,
            status="partial" if any(problem.severity != "info" for problem in problems) else "ok",
            facts=printed.facts,
            number_of_pages=content.number_of_pages,
            indicator_rows=printed.rows_of(IndicatorRow),
            records=normalized.records,
            tables=content.tables,
            footnotes=printed.footnotes,
            legend=printed.legend,
            checks=audit.checks,
            conventions=audit.conventions,
            problems=problems,
            ledger=ledger,
        )
    except UnreadableDocument as reason:
        return failed_document(entry, reason.code, reason.message, page=reason.page)
    except MemoryError:
        return failed_document(entry, "out_of_memory", "Reading needs more memory than a worker may use.")
    except Exception as error:
        traceback.print_exc()
        return failed_document(entry, "internal_error", f"An error in namndata stopped the reading: {error!r}.")


def find_emptiness(normalized: NormalizedReport) -> tuple[Problem, ...]:
    """Return a problem where a document that could be read gave no record at all."""
    if normalized.records:
        return ()
    message = "No table of figures, assignment or goal was recognised; look at its tables and cells."
    return (Problem("records", "nothing_found", message),)


def read_document(entry: Entry, on_page: Callable[[int], None]) -> Content:
    """Read a file as what its bytes say it is; refuse one without any text."""
    if entry.path.is_dir():
        raise UnreadableDocument("unreadable", "is a folder that cannot be opened; check its permissions")
    identified = identify(entry.path, entry.path.parent)
    source = replace(identified, document=entry.document, path=entry.name)
    if source.media_type == "application/pdf":
        from extract.pdf import read_pdf  # slow to import, and not needed for text

        content = read_pdf(source, entry.path, on_page=on_page)
    else:
        content = read_text(source, entry.path)
    if not content.items:
        raise UnreadableDocument("no_text", "holds no text; fetch or export the report again")
    return content
