"""One pdfium parse of a page: words, rules, filled areas and pictures, as the page is displayed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.bounded import bounded
from extract.page.chars import RawChars, read_chars
from extract.page.drawing import read_drawing, typed_rules
from extract.page.forms import page_with_forms
from extract.page.model import Matrix, PageParse
from extract.page.symbols import drawn_bullets, glyph_symbols
from extract.page.turning import SLANTED, char_turns, display_matrix, turn_of_text, turned_page
from extract.page.words import chars_on_page, sideways_words, slanted_words, words_of
from schema.layout import Image, Page, Word
from schema.problem import UnreadableDocument

LARGEST_PAGE = 14_400.0
"""The largest side that PDF allows, in points: five metres."""
MOST_OBJECTS = 300_000
"""Drawn things on a page; a map of a municipality has some ten thousand, and a million take minutes."""


def parse_page(document: pdfium.PdfDocument, index: int) -> PageParse:
    """Read everything printed on a page, turned as a reader sees it."""
    with bounded():
        page = page_with_forms(document, index)
    try:
        _check_size(page, index + 1)
        with bounded():
            chars = read_chars(page, index + 1)
        codes = chars.codes
        odd = int(np.count_nonzero((codes >= 0xE000) & (codes <= 0xF8FF) | (codes == 0) | (codes == 0xFFFD)))
        shown, width, height = display_matrix(page)
        turn = turn_of_text(shown, chars)
        matrix, width, height = turned_page(shown, width, height, turn)
        words = list(_words(chars, matrix, width, height))
        drawing = read_drawing(page, matrix, width, height)
        typed = typed_rules(words)
        if typed:
            words = [word for word in words if not any(word in run for _, run in typed)]
        bullets = list(drawn_bullets(words, drawing.marks))
        printed = Page(
            number=index + 1,
            width=width,
            height=height,
            words=tuple(_on_paper([*words, *bullets], width, height)),
            rules=(*drawing.rules, *(rule for rule, _ in typed)),
            images=(*_without(bullets, drawing.images), *glyph_symbols(chars, matrix, height)),
            turned=-90.0 * turn,
        )
        share = min(1.0, drawing.picture_area / max(width * height, 1.0))
        return PageParse(printed, tuple(drawing.fills), odd, share)
    finally:
        page.close()


def _words(chars: RawChars, matrix: Matrix, width: float, height: float) -> Iterator[Word]:
    """The words of upright text, then those of text that runs sideways and slanted."""
    turns = char_turns(matrix, chars)
    yield from words_of(chars_on_page(chars.some(turns == 0), matrix, height))
    for turn in sorted(set(turns.tolist()) - {0, SLANTED}):
        yield from sideways_words(chars.some(turns == turn), matrix, width, height, turn)
    if SLANTED in turns:
        yield from slanted_words(chars.some(turns == SLANTED), matrix, height)


def _without(bullets: Sequence[Word], images: Sequence[Image]) -> list[Image]:
    """The pictures that are no bullets."""
    places = {(word.box.x0, word.box.x1) for word in bullets}
    return [image for image in images if (image.box.x0, image.box.x1) not in places]


def _on_paper(words: Iterable[Word], width: float, height: float) -> Iterator[Word]:
    """Words that fall on the visible page."""
    for word in words:
        box = word.box
        if box.x1 > 0 and box.x0 < width and box.bottom > 0 and box.top < height:
            yield word


def _check_size(page: pdfium.PdfPage, number: int) -> None:
    """Refuse a page larger than PDF allows or of more than can be read: it would take all memory or time."""
    width, height = page.get_size()
    if max(width, height) > LARGEST_PAGE:
        message = (
            f"page {number} is {width:.0f} by {height:.0f} points, far larger than paper; print it to a normal size"
        )
        raise UnreadableDocument("huge_page", message, page=number)
    if (drawn := raw.FPDFPage_CountObjects(page.raw)) > MOST_OBJECTS:
        message = f"page {number} is drawn of {drawn} things, more than can be read; print it to a new PDF as a picture"
        raise UnreadableDocument("huge_page", message, page=number)
