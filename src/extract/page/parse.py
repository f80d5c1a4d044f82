"""One pdfium parse of a page: words, rules, filled areas and pictures, as the page is displayed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pypdfium2 as pdfium

from extract.page.chars import chars_on_page, read_chars
from extract.page.drawing import read_drawing
from extract.page.forms import page_with_forms
from extract.page.model import PageParse
from extract.page.symbols import glyph_symbols
from extract.page.turning import SLANTED, display_matrix, quarter_turns, text_upright
from extract.page.words import sideways_words, slanted_words, words_of
from schema.layout import Page, Word
from schema.problem import UnreadableDocument

LARGEST_PAGE = 14_400.0
"""The largest side that PDF allows, in points: five metres."""


def parse_page(document: pdfium.PdfDocument, index: int) -> PageParse:
    """Read everything printed on a page, turned as a reader sees it."""
    page = page_with_forms(document, index)
    try:
        _check_size(page, index + 1)
        raw_chars = read_chars(page, index + 1)
        odd = sum(0xE000 <= char.code <= 0xF8FF or char.code in (0, 0xFFFD) for char in raw_chars)
        matrix, width, height = display_matrix(page)
        matrix, width, height = text_upright(matrix, width, height, raw_chars)
        turns = {run: quarter_turns(matrix, *run) for run in {(c.run_x, c.run_y) for c in raw_chars}}
        turned = [turns[char.run_x, char.run_y] for char in raw_chars]
        chars = chars_on_page([c for c, t in zip(raw_chars, turned, strict=True) if not t], matrix, height)
        words = words_of(chars)
        for turn in sorted(set(turned) - {0, SLANTED}):
            sideways = [c for c, t in zip(raw_chars, turned, strict=True) if t == turn]
            words += sideways_words(sideways, matrix, width, height, turn)
        slanted = [c for c, t in zip(raw_chars, turned, strict=True) if t == SLANTED]
        words += slanted_words(slanted, matrix, height)
        drawing = read_drawing(page, matrix, width, height)
        printed = Page(
            number=index + 1,
            width=width,
            height=height,
            words=tuple(_on_paper(words, width, height)),
            rules=tuple(drawing.rules),
            images=(*drawing.images, *glyph_symbols(raw_chars, matrix, height)),
        )
        share = min(1.0, drawing.picture_area / max(width * height, 1.0))
        return PageParse(printed, tuple(drawing.fills), tuple(chars), odd, share)
    finally:
        page.close()


def _on_paper(words: Iterable[Word], width: float, height: float) -> Iterator[Word]:
    """Words that fall on the visible page."""
    for word in words:
        box = word.box
        if box.x1 > 0 and box.x0 < width and box.bottom > 0 and box.top < height:
            yield word


def _check_size(page: pdfium.PdfPage, number: int) -> None:
    """Refuse a page larger than PDF allows: reading or drawing it would take all memory."""
    width, height = page.get_size()
    if max(width, height) > LARGEST_PAGE:
        message = (
            f"page {number} is {width:.0f} by {height:.0f} points, far larger than paper; print it to a normal size"
        )
        raise UnreadableDocument("huge_page", message, page=number)
