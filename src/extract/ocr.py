"""Reads the picture of a page: words with the look they are printed in, lines and shaded areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.pages import ASCENT, DESCENT, Fill, PageParse
from extract.recognise import Read, available_engine, reader_of
from extract.scan_lines import text_strips
from extract.scan_look import PrintedWord, look_of_strip, settle_looks
from extract.sheet import Pixels, Region, Sheet, clean_sheet, grey_of, row_contrast, straighten
from schema.layout import Box, Page, Rule, Word

__all__ = ["available_engine", "ocr_page", "read_scan"]

POINTS_TO_INCH = 72
RESOLUTIONS = (200.0, 300.0)
"""Dots to the inch that pages are read at: their own where it lies between these; drawn text at the first."""
MARGIN = 0.16
"""Blank paper around a line, as a share of its height."""
PALE = 0.3
"""Lines read with less confidence than this are dirt or pieces of pictures."""
DOUBTFUL = 0.75
"""Sample lines read with less confidence on average make other directions be tried."""
SIDEWAYS = 1.5
"""The columns of a page that lies on its side differ at least this much more than its rows."""


def read_scan(document: pdfium.PdfDocument, index: int) -> PageParse:
    """Read a page of a PDF by its picture."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = _resolution(page) / POINTS_TO_INCH
        image = page.render(scale=scale, rev_byteorder=True).to_numpy()
    finally:
        page.close()
    colours = np.ascontiguousarray(image[:, :, :3] if image.ndim == 3 else image)
    return ocr_page(colours, number=index + 1, width=width, height=height, scale=scale)


def _resolution(page: pdfium.PdfPage) -> float:
    """Dots to the inch of the page's largest picture, within what OCR reads best."""
    low, high = RESOLUTIONS
    found = [low]
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, _, right, _ = picture.get_bounds()
        if right - left > page.get_width() / 2:
            found.append(picture.get_px_size()[0] * POINTS_TO_INCH / (right - left))
    return min(max(found), high)


def ocr_page(
    image: Pixels, *, number: int, width: float, height: float, scale: float, engine: str | None = None
) -> PageParse:
    """Read the picture of a page (grey, or red-green-blue) that has `scale` pixels to a point.

    The page is turned upright and level first; the places of words are those on the page so turned.
    """
    name = engine or available_engine()
    if name is None:
        raise RuntimeError("no OCR engine is installed")
    reading = _upright(image, scale, name)
    if reading.turns % 2:
        width, height = height, width
    sheet = reading.sheet
    page = Page(number, width, height, tuple(_words(reading)), tuple(_rules(sheet)), engine=name)
    return PageParse(page, tuple(Fill(_box(s.region, scale), s.colour) for s in sheet.shadings))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page as it is read in one direction."""

    sheet: Sheet
    strips: Sequence[Region]
    lines: Sequence[Sequence[Read]]
    turns: int
    """Quarter turns to the left that the page was given."""

    @property
    def confidence(self) -> float:
        """How surely its words are read; 1 for a blank page."""
        sure = [word.confidence for line in self.lines for word in line for _ in word.text]
        return float(np.mean(sure)) if sure else float(not self.strips)


def _upright(image: Pixels, scale: float, engine: str) -> _Reading:
    """The page read in the direction in which its text makes sense, the likeliest tried first."""
    ink = _coarse_ink(grey_of(image))
    sideways = row_contrast(ink.T) > SIDEWAYS * row_contrast(ink)
    best: _Reading | None = None
    for turns in (1, 3, 0, 2) if sideways else (0, 2, 1, 3):
        turned = np.ascontiguousarray(np.rot90(image, turns))
        reading = _read(clean_sheet(straighten(turned), scale), engine, turns)
        if best is None or reading.confidence > best.confidence:
            best = reading
        if reading.confidence >= DOUBTFUL:
            break
    assert best is not None
    return best


def _read(sheet: Sheet, engine: str, turns: int) -> _Reading:
    strips = text_strips(sheet)
    lines = reader_of(engine)([_picture(sheet, strip) for strip in strips]) if strips else []
    return _Reading(sheet, strips, lines, turns)


def _coarse_ink(grey: Pixels) -> Pixels:
    """What is printed, at a quarter of the resolution."""
    small = grey[: grey.shape[0] // 4 * 4, : grey.shape[1] // 4 * 4]
    blocks = small.reshape(small.shape[0] // 4, 4, small.shape[1] // 4, 4).mean(axis=(1, 3))
    return np.where(blocks < 0.85 * np.median(blocks), 255, 0).astype(np.uint8)


def _words(reading: _Reading) -> list[Word]:
    printed: list[PrintedWord] = []
    for number, (strip, line) in enumerate(zip(reading.strips, reading.lines, strict=True)):
        margin = _margin(strip)
        reads = [replace(word, left=word.left - margin, right=word.right - margin) for word in line]
        if reads and np.mean([word.confidence for word in reads]) >= PALE:
            printed += look_of_strip(reading.sheet, strip, reads, number)
    scale = reading.sheet.scale
    return [_word(word, scale) for word in settle_looks(printed, scale)]


def _margin(strip: Region) -> int:
    return max(2, round(MARGIN * strip[3]))


def _picture(sheet: Sheet, strip: Region) -> Pixels:
    """A line on blank paper, without what is printed above and below it."""
    left, top, width, height = strip
    own = sheet.level[top : top + height, left : left + width]
    return np.pad(own, _margin(strip), constant_values=255)


def _word(word: PrintedWord, scale: float) -> Word:
    size, base = word.size / scale, word.base / scale
    box = Box(word.left / scale, base - ASCENT * size, word.right / scale, base + DESCENT * size)
    return Word(
        word.text, box, round(size * 2) / 2, word.bold, is_marker=word.is_marker, confidence=round(word.confidence, 3)
    )


def _rules(sheet: Sheet) -> list[Rule]:
    return [Rule(_box(region, sheet.scale)) for region in (*sheet.across, *sheet.down)]


def _box(region: Region, scale: float) -> Box:
    left, top, width, height = region
    return Box(left / scale, top / scale, (left + width) / scale, (top + height) / scale)
