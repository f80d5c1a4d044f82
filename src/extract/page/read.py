"""Opens a PDF and reads its pages: begins with a file, ends with what is printed on each page that can be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from extract.bounded import bounded
from extract.page.model import PageParse
from extract.page.parse import parse_page
from schema.layout import Page, Source
from schema.problem import UnreadableDocument

LETTER_SHARE = 0.5
"""Readable Swedish pages hold over 0.7 letters and digits; pages of symbol garbage under 0.3."""
READABLE = frozenset(filter(str.isalnum, map(chr, range(0x250))))
"""Letters of Latin scripts, and figures."""
FEW_CHARACTERS = 20
"""A page under a picture with fewer characters than this is a scan."""
SCAN_SHARE = 0.5
"""A picture that covers more than this share of a page may be a scanned page."""
MOST_PAGES = 10_000
"""Pages of a PDF; the longest reports have some 500. A damaged or malicious page tree says any number."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a page cannot be read: it costs that page only."""

    code: str
    message: str
    page: int


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a PDF in order; one that was refused is blank."""

    parses: tuple[PageParse, ...]
    refused: tuple[Refusal, ...] = ()
    properties: tuple[str, ...] = ()
    """The title and subject that the file carries."""


def read_pages(
    source: Source, path: Path, earlier: Sequence[Any] = (), *, on_page: Callable[[int], None] = lambda page: None
) -> Pages:
    """Read what each page of a PDF prints; raise UnreadableDocument where the file or every page refuses to be read."""
    document = open_pdf(path)
    properties = properties_of(document)
    parses: list[PageParse] = []
    refused: list[Refusal] = []
    try:
        for index in range(len(document)):
            try:
                on_page(index + 1)
                parses.append(parse_page(document, index))
            except (UnreadableDocument, pdfium.PdfiumError) as error:
                refused.append(refusal(error, index + 1))
                parses.append(PageParse(Page(index + 1, 0.0, 0.0)))
    finally:
        document.close()
    if refused and len(refused) == len(parses):
        raise UnreadableDocument(refused[0].code, refused[0].message, page=refused[0].page)
    return Pages(tuple(parses), tuple(refused), properties)


def properties_of(document: pdfium.PdfDocument) -> tuple[str, ...]:
    """Return the title and subject that the file carries, where it carries any."""
    carried = document.get_metadata_dict()
    return tuple(value for name in ("Title", "Subject") if (value := carried.get(name, "").strip()))


def refusal(error: Exception, page: int) -> Refusal:
    """Return why a page cannot be read."""
    if isinstance(error, UnreadableDocument):
        return Refusal(error.code, error.message, page)
    return Refusal("broken_page", f"page {page} is damaged and cannot be loaded; print the report to a new PDF", page)


def open_pdf(path: Path) -> pdfium.PdfDocument:
    """Open a PDF that has pages; raise UnreadableDocument, with the reason, where there is none to read."""
    try:
        with bounded():
            document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _reason(path.read_bytes(), error) from error
    if len(document) == 0:
        document.close()
        raise UnreadableDocument("no_pages", "is a PDF without pages; export the report again")
    if (pages := len(document)) > MOST_PAGES:
        document.close()
        raise UnreadableDocument("huge_file", f"says that it has {pages} pages, more than any report; split it")
    return document


def _reason(data: bytes, error: pdfium.PdfiumError) -> UnreadableDocument:
    """Why a PDF does not open, and what to do about it."""
    text = str(error).lower()
    if "password" in text or "security" in text:
        return UnreadableDocument("encrypted", "needs a password; save a copy without password protection")
    if b"%%EOF" not in data[-2048:]:
        return UnreadableDocument("truncated", "is a PDF that was cut off; fetch the file again")
    if b"/Count 0" in data:
        return UnreadableDocument("no_pages", "is a PDF without pages; export the report again")
    return UnreadableDocument("broken", "is a damaged PDF; fetch or export the file again")


def has_text(parse: PageParse) -> bool:
    """Whether a page's text can be used: a blank page can, a picture of text or symbol garbage cannot."""
    text = "".join(word.text for word in parse.page.words)
    if len(text) < FEW_CHARACTERS:
        return parse.picture_share < SCAN_SHARE
    readable = sum(map(READABLE.__contains__, text))
    return readable >= LETTER_SHARE * len(text.replace(".", "").replace("_", "")) and parse.odd_chars < 0.5 * len(text)
