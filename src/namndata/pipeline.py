"""The whole path of one document, from file to checked records."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from extract.facts.find import find_facts
from extract.readers import Reader, reader_for
from extract.records.report import print_report
from extract.source import kind_of
from namndata.audit.arithmetic import check_report
from namndata.audit.confidence import confidence_in, weigh_report
from namndata.audit.ledger import account_for_numbers, find_loose_figures, find_regrouped
from namndata.run.archive import Entry
from namndata.run.cache import Cache
from namndata.run.decided import with_decided
from namndata.run.stages import failed_document, print_key, source_of, step_key
from normalize.report import NormalizedReport, normalize_report
from schema.layout import Content, Table
from schema.printed import IndicatorRow, PrintedReport
from schema.problem import Problem, UnreadableDocument
from schema.result import DocumentResult

LONGEST_HEADER = 40
"""Characters of a header that is named where nothing was read: longer ones are text."""
MOST_HEADERS = 8


class OnPage(Protocol):
    """Is told the number of the page that is being read, and in which step of reading."""

    def __call__(self, page: int, /, step: int = 0) -> None:
        """Hear it."""


def hear_nothing(page: int, /, step: int = 0) -> None:
    """Hear which page is read, and tell nobody."""


def process_document(entry: Entry, cache: Cache, *, on_page: OnPage = hear_nothing) -> DocumentResult:
    """Read one document and return its records, and a problem for everything that is none.

    `on_page` is told the number of the page that is being read, and 0 when the work is at no page.
    """
    kept = Cache(None) if entry.left_out else cache
    try:
        content = read_document(entry, cache, partial(tell_or_refuse, entry, on_page))
        on_page(0)
        printed, doubts = kept.recall("print", print_key(entry), lambda: print_document(entry, content))
        normalized = normalize_report(printed)
        audit = check_report(normalized)
        first_confidence = tuple(confidence_in(record) for record in normalized.records)
        normalized = weigh_report(normalized, audit.checks)
        ledger, lost = account_for_numbers(content, normalized)
        loose = (*find_loose_figures(content), *find_regrouped(normalized), *find_emptiness(normalized, content.tables))
        problems = (*content.problems, *doubts, *normalized.problems, *audit.remarks, *lost, *loose)
        return DocumentResult(
            source=content.source,
            status="partial" if any(problem.severity != "info" for problem in problems) else "ok",
            facts=printed.facts,
            number_of_pages=content.number_of_pages,
            turned_pages=tuple((page.number, page.turned) for page in content.pages if page.turned),
            indicator_rows=printed.rows_of(IndicatorRow),
            records=normalized.records,
            tables=content.tables,
            footnotes=printed.footnotes,
            legend=printed.legend,
            checks=audit.checks,
            conventions=audit.conventions,
            problems=problems,
            ledger=ledger,
            first_confidence=first_confidence,
        )
    except UnreadableDocument as reason:
        return failed_document(entry, reason.code, reason.message, page=reason.page)
    except MemoryError:
        return failed_document(entry, "out_of_memory", "Reading needs more memory than a worker may use.")
    except Exception as error:
        traceback.print_exc()
        return failed_document(entry, "internal_error", f"An error in namndata stopped the reading: {error!r}.")


def tell_or_refuse(entry: Entry, on_page: OnPage, page: int, /, step: int = 0) -> None:
    """Tell which page is read; raise UnreadableDocument where that brought a worker down before."""
    on_page(page, step)
    for one in entry.left_out:
        if (one.page, one.step) == (page, step):
            raise UnreadableDocument(one.code, one.message, page=page)


def print_document(entry: Entry, content: Content) -> tuple[PrintedReport, tuple[Problem, ...]]:
    """Return what the report says; what people decided that it is wins over what it says of itself."""
    return print_report(content, with_decided(find_facts(content), entry.decided))


def find_emptiness(normalized: NormalizedReport, tables: Sequence[Table]) -> tuple[Problem, ...]:
    """Return a problem where a document that could be read gave no record at all; a header may want teaching."""
    if normalized.records:
        return ()
    message = "No table of figures, assignment or goal was recognised; look at its tables and cells."
    if headers := headers_of(tables):
        message = (
            "No table of figures, assignment or goal was recognised; look at its tables and cells. A row in "
            f"vocabulary/header_words.csv beside the reports teaches what a header means: {headers}."
        )
    return (Problem("records", "nothing_found", message),)


def headers_of(tables: Sequence[Table]) -> str:
    """Return the first short headers of some tables, in quotes."""
    cells = (cell for table in tables for cell in table.cells if cell.row in table.header_rows)
    texts = dict.fromkeys(" ".join(cell.text.split()) for cell in cells)
    short = [repr(text) for text in texts if 0 < len(text) <= LONGEST_HEADER]
    return ", ".join(short[:MOST_HEADERS])


def read_document(entry: Entry, cache: Cache, on_page: OnPage) -> Content:
    """Read a file as what its bytes say it is; refuse one that nothing reads and one without any text."""
    if entry.path.is_dir() and entry.path.is_symlink():
        raise UnreadableDocument(
            "unreadable", "is a link to a folder elsewhere, which is not followed; copy the folder to the reports"
        )
    if entry.path.exists() and not entry.path.is_file() and not entry.path.is_dir():
        raise UnreadableDocument("unreadable", "is a pipe or a device, not a file; take it out of the folder")
    if entry.path.is_dir():
        raise UnreadableDocument("unreadable", "is a folder that cannot be opened; check its permissions")
    reader = reader_for(entry.kind or kind_of(entry.path))
    content: Content = last_step(entry, reader, cache, on_page)
    if not content.items:
        raise UnreadableDocument("no_text", "holds no text; fetch or export the report again")
    return replace(content, source=source_of(entry))


def last_step(entry: Entry, reader: Reader, cache: Cache, on_page: OnPage) -> Any:
    """Return what the last step of reading gives; a step runs only where nothing is kept of it or of a later one."""

    def outcome(number: int) -> Any:
        is_whole = all(number < one.step for one in entry.left_out)  # else it may be more another time
        return (cache if is_whole else Cache(None)).recall(
            f"read{number}", step_key(entry, reader, number), lambda: run(number)
        )

    def run(number: int) -> Any:
        earlier = [outcome(before) for before in range(number)]
        return reader.step(number)(source_of(entry), entry.path, earlier, on_page=partial(on_page, step=number))

    return outcome(len(reader.steps) - 1)
