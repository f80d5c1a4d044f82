"""How much there is to read in a report, seen without reading it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extract.source import PDF
from namndata.run.archive import Entry
from namndata.run.batch import OnPage, run_batch
from namndata.run.cache import Cache, key_of
from schema.problem import UnreadableDocument

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

LOOKED_AT = 5
"""Pages of a report that are looked at, evenly spread: as many as tell a scan from a text with a few pictures."""
SECONDS = 5.0
"""That looking at one report may take; a whole one takes a hundredth."""
SCAN = 40.0
"""What a scanned page takes, a page of text taken as 1: 3.1 s a page over 13 scanned pages, 0.08 s over 89 of text."""
BYTES_A_PAGE = 6000
"""Of a text or Word file that takes as long as a page: 0.01 s a thousand over four texts of 140,000 to 430,000."""
UNKNOWN = 1000
"""Characters of a page that cannot be loaded: it is refused at once, as a page of text is read soon."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a report holds."""

    pages: int = 1
    scanned: float = 0.0
    """Pages without text of their own, about."""

    @property
    def scanning(self) -> float:
        """What it takes to read its scanned pages, in pages of text."""
        return self.scanned * SCAN

    @property
    def effort(self) -> float:
        """What it takes to read, in pages of text."""
        return self.pages + self.scanning


def sizes_of(todo: Sequence[Entry], cache: Cache, *, jobs: int, log: Path) -> dict[str, Size]:
    """Return the size of each document; worker processes look at those that are not known yet."""
    known: dict[str, Size | None] = {entry.document: cache.load("size", size_key(entry)) for entry in todo}
    unknown = [entry for entry in todo if entry.media_type == PDF and known[entry.document] is None]
    for outcome in run_batch(size_of, unknown, jobs=jobs, time_limit=SECONDS, log=log):
        known[outcome.task.document] = outcome.value
        if outcome.value:
            cache.save("size", size_key(outcome.task), outcome.value)
    return {document: size or Size() for document, size in known.items()}


def effort_of(entry: Entry, size: Size) -> float:
    """Return what a document takes to read, in pages of text: the longest are begun first."""
    return size.effort if entry.media_type == PDF else entry.size / BYTES_A_PAGE


def size_key(entry: Entry) -> str:
    """Return the key under which a document's size is kept."""
    return key_of(entry.sha256, "size")


def size_of(entry: Entry, /, *, on_page: OnPage) -> Size:
    """Look into a PDF; one that cannot be opened counts as a page."""
    from extract.bounded import bounded
    from extract.page.read import FEW_CHARACTERS, open_pdf

    try:
        document = open_pdf(entry.path)
    except (UnreadableDocument, OSError):
        return Size()
    pages = len(document)
    looked_at = sorted({pages * index // LOOKED_AT for index in range(LOOKED_AT)})
    scanned = 0
    for index in looked_at:
        on_page(index + 1)
        with bounded():
            scanned += letters_on(document, index) < FEW_CHARACTERS
    document.close()
    return Size(pages, pages * scanned / len(looked_at))


def letters_on(document: PdfDocument, index: int) -> int:
    """Return how many characters a page prints, enough for a page of text where it cannot be loaded."""
    from pypdfium2 import PdfiumError

    try:
        return int(document[index].get_textpage().count_chars())
    except PdfiumError:
        return UNKNOWN
