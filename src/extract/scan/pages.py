"""Reads what only the pictures of a PDF's pages show: pages without text of their own, tables pasted as pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extract.page.model import PageParse
from extract.page.read import Pages, Refusal, has_text, open_pdf, refusal
from schema.layout import Source
from schema.problem import UnreadableDocument

if TYPE_CHECKING:
    from extract.scan.pictures import Look, PictureOfTable


@dataclass(frozen=True, slots=True)
class Scanned:
    """What OCR read, by the page's place in the document."""

    pages: dict[int, PageParse] = field(default_factory=dict)
    """Pages whose own text cannot be used."""
    pictures: dict[int, list[PictureOfTable]] = field(default_factory=dict)
    """Pictures that look like tables."""
    refused: list[Refusal] = field(default_factory=list)
    """Pages whose pictures cannot be read."""


def read_scanned_pages(
    source: Source, path: Path, earlier: Sequence[Pages], *, on_page: Callable[[int], None] = lambda page: None
) -> Scanned:
    """Read pages whose text cannot be used, and pictures that look like tables on those whose text can."""
    parses = earlier[0].parses
    pages = [index for index, parse in enumerate(parses) if parse.page.images or not has_text(parse)]
    return _read(path, parses, pages, on_page) if pages else Scanned()


def _read(path: Path, parses: Sequence[PageParse], pages: Sequence[int], on_page: Callable[[int], None]) -> Scanned:
    from extract.scan.pictures import tables_in_pictures  # slow to import; most reports need none of it
    from extract.scan.read import available_engine, read_scan

    document = open_pdf(path)
    scanned = Scanned()
    known: dict[bytes, Look] = {}
    try:
        for index in pages:
            try:
                on_page(index + 1)
                if not has_text(parses[index]) and available_engine():
                    scanned.pages[index] = read_scan(document, index)
                    on_page(index + 1)
                if found := tables_in_pictures(document, index, scanned.pages.get(index, parses[index]), known):
                    scanned.pictures[index] = found
            except UnreadableDocument as error:
                scanned.refused.append(refusal(error, index + 1))
    finally:
        document.close()
    return scanned
