"""Reads the picture of a page: words with the look they are printed in, lines and shaded areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np
import pypdfium2 as pdfium

from extract.page.model import Fill, PageParse
from extract.page.words import ASCENT, DESCENT
from extract.scan.columns import parted_at_columns, through_bands
from extract.scan.engines import Read, available_engine, reader_of
from extract.scan.level import (
    Pixels,
    as_bytes,
    evenly_lit,
    grey_of,
    is_flat,
    mask_of,
    middle_of,
    row_contrast,
    straighten,
    without_needless_colours,
)
from extract.scan.look.page import settle_looks
from extract.scan.look.strip import PrintedWord, look_of_strip
from extract.scan.mend import MENDED, mended_lines
from extract.scan.raised import is_mark, with_marks
from extract.scan.render import POINTS_TO_INCH, rendered, resolution_of
from extract.scan.sheet import Region, Sheet, clean_sheet, cut_out
from extract.scan.sideways import with_sideways_names
from extract.scan.strips import glyph_columns, raised_marks, text_strips
from extract.scan.symbols import Spot, find_spots, without_spots
from schema.layout import Box, Image, Page, Rule, Word

__all__ = ["available_engine", "ocr_page", "read_scan", "see"]

COARSE = 100.0
"""Dots to the inch at which photographs are looked at first: those that show no print then are read no further."""
CONTRAST = (40, 215)
"""Grey levels that are made black and white: what is paler than the second is noise on the paper."""
MARGIN = 0.24
"""Blank paper around a line, as a share of its height; with less at the side lone figures are read less surely."""
PALE = 0.3
"""Lines read with less confidence than this are dirt or pieces of pictures."""
SAMPLE = 12
"""The longest lines of a page tell in which direction it is read."""
SENSELESS = 0.4
"""Every second line of a sample tells enough when it is read with less confidence: text is read with over 0.7."""
DOUBTFUL, HOPELESS = 0.75, 0.6
"""Sample lines read with less confidence on average make other directions be tried; pictures without text stay below
the second in all directions (photographs reach 0.55)."""
DASH_WIDTH, DASH_COVER = 1.5, 0.6
"""A lone mark this many times as wide as high, and so much of it printed, is a dash, whatever it is read as."""
POINTS = frozenset((".", "..", "...", "…"))
"""Points alone in a cell, as signs of what is missing: two are often read as one."""
MOST_POINTS = 3
PHOTOGRAPH, DRAWING = 1.8, 1.0
"""Rows of a photograph, and its columns, differ by less than the first for each dark point, those of a drawing of few
shades by less than the second: photographs by 1.6 at most, pages of text by over 2; a lone word by less than 1.8."""
SIDEWAYS = 1.5
"""The columns of a page that lies on its side differ at least this much more than its rows."""

Seen = tuple[Sheet, Sequence[Region]]
"""What a level picture shows, before it is read: its cleaned sheet, and the pieces of lines on it."""


def read_scan(document: pdfium.PdfDocument, index: int) -> PageParse:
    """Read a page of a PDF by its picture."""
    page = document[index]
    try:
        width, height = page.get_size()
        read = partial(ocr_page, number=index + 1, width=width, height=height)
        scale = COARSE / POINTS_TO_INCH
        image = rendered(page, scale)
        if not is_flat(grey_of(image)):
            photograph = read(image, scale=scale)
            if not photograph.page.words:
                return photograph
        scale = resolution_of(page) / POINTS_TO_INCH
        image = rendered(page, scale)
    finally:
        page.close()
    return read(image, scale=scale)


def ocr_page(
    image: Pixels,
    *,
    number: int,
    width: float,
    height: float,
    scale: float,
    engine: str | None = None,
    upright: bool = False,
    seen: Seen | None = None,
) -> PageParse:
    """Read the picture of a page (grey, or red-green-blue) that has `scale` pixels to a point.

    The page is lit alike, turned upright (unless it is known to be) and levelled first; the places of words are
    those on the page so turned. What was `seen` on it before is used where the picture stays as it is.
    """
    name = engine or available_engine()
    if name is None:
        raise RuntimeError("no OCR engine is installed")
    lit = evenly_lit(without_needless_colours(image), scale)
    turns = (0,) if upright else _likely_turns(grey_of(lit))
    reading = _in_best_direction(lit, scale, name, turns, seen if lit is image else None)
    if reading.turns % 2:
        width, height = height, width
    sheet = reading.sheet
    shadings, across = parted_at_columns(sheet, reading.strips)
    rules = [Rule(_box(region, scale)) for region in (*across, *through_bands(sheet, reading.strips))]
    turned = 90.0 * reading.turns + reading.skew
    dots = tuple(Image(_box(spot.region, scale), spot.colour, "dot", tone=spot.tone) for spot in reading.spots)
    page = Page(number, width, height, tuple(_words(reading)), tuple(rules), dots, engine=name, turned=turned)
    return PageParse(page, tuple(Fill(_box(shading.region, scale), shading.colour) for shading in shadings))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page as it is read in one direction."""

    sheet: Sheet
    strips: Sequence[Region]
    lines: Sequence[Sequence[Read]]
    turns: int
    """Quarter turns to the left that the page was given."""
    skew: float
    """Degrees to the left that it was given after these, to level its lines."""
    spots: Sequence[Spot] = ()
    """Its status dots."""


@dataclass(frozen=True, slots=True)
class _Turned:
    """A page turned in one direction, levelled and cleaned, before it is read."""

    sheet: Sheet
    strips: Sequence[Region]
    turns: int
    skew: float
    spots: Sequence[Spot]

    def sample(self, engine: str) -> dict[Region, list[Read]]:
        """What its longest lines say, read in this direction; every second of them, where these make no sense."""
        longest = sorted(self.strips, key=lambda strip: -strip[2])[:SAMPLE]
        found: dict[Region, list[Read]] = {}
        for half in filter(None, (longest[::2], longest[1::2])):
            read = reader_of(engine)([_picture(self.sheet, strip, ()) for strip in half])
            found |= zip(half, read, strict=True)
            if _confidence(found) < SENSELESS:
                break
        return found


def _confidence(sample: Mapping[Region, Sequence[Read]]) -> float:
    """How surely lines are read; 1 where there are none, as on a blank page."""
    sure = [word.confidence for line in sample.values() for word in line for _ in word.text]
    return float(np.mean(sure)) if sure else float(not sample)


def _in_best_direction(
    image: Pixels, scale: float, engine: str, directions: Sequence[int], seen: Seen | None
) -> _Reading:
    """The page read in the direction in which its text makes sense, the likeliest tried first.

    A picture whose lines make no sense in any direction has no text. A photograph, which has no likely one, is
    levelled only where it makes sense as it hangs.
    """
    if not directions:
        hung = _as_it_is(image, scale, 0, 0.0, ())
        sample = hung.sample(engine)
        if not sample or _confidence(sample) < HOPELESS:
            return _Reading(hung.sheet, (), (), 0, 0.0)
    tried: list[tuple[float, _Turned, Mapping[Region, list[Read]]]] = []
    for turns in directions or (0,):
        turned = _turned(image, scale, turns, seen)
        sample = turned.sample(engine)
        tried.append((_confidence(sample), turned, sample))
        if tried[-1][0] >= DOUBTFUL:
            break
    confidence, best, known = max(tried, key=lambda one: one[0])
    first = tried[0][1]
    return (
        _read(best, engine, known) if confidence >= HOPELESS else _Reading(first.sheet, (), (), first.turns, first.skew)
    )


def _likely_turns(grey: Pixels) -> tuple[int, ...]:
    """The directions in which a page may have to be read, the likeliest first; none for a photograph."""
    ink = _coarse_ink(grey)
    across, down = row_contrast(ink), row_contrast(ink.T)
    contrast, printed = max(across, down), ink.sum(dtype=np.float64) / 255
    if contrast < PHOTOGRAPH * printed and not is_flat(grey):
        return ()
    if contrast < DRAWING * printed:
        return (0,)
    return (1, 3, 0, 2) if down > SIDEWAYS * across else (0, 2, 1, 3)


def _turned(image: Pixels, scale: float, turns: int, seen: Seen | None) -> _Turned:
    """The page after so many quarter turns to the left; `seen` is what it shows as it is."""
    level, skew = straighten(np.ascontiguousarray(np.rot90(image, turns)))
    spots = find_spots(level, scale)
    if seen and not (turns or skew or spots):
        return _Turned(*seen, turns, skew, spots)
    return _as_it_is(without_spots(level, spots), scale, turns, skew, spots)


def _as_it_is(level: Pixels, scale: float, turns: int, skew: float, spots: Sequence[Spot]) -> _Turned:
    return _Turned(*see(level, scale), turns, skew, spots)


def see(image: Pixels, scale: float) -> Seen:
    """What a level picture shows: its cleaned sheet, and the pieces of lines on it."""
    sheet = clean_sheet(image, scale)
    return sheet, text_strips(sheet)


def _read(page: _Turned, engine: str, known: Mapping[Region, list[Read]]) -> _Reading:
    """All lines of a page, its raised marks by themselves; `known` are whole lines that have been read."""
    sheet, strips = page.sheet, page.strips
    marks = [raised_marks(cut_out(sheet.ink, strip)) for strip in strips]
    fresh = [i for i, strip in enumerate(strips) if marks[i] or strip not in known]
    pictures = [_picture(sheet, strips[i], marks[i]) for i in fresh]
    pictures += [_mark_picture(sheet, s, mark) for s, inner in zip(strips, marks, strict=True) for mark in inner]
    read = reader_of(engine)(pictures) if pictures else []
    raised = iter(read[len(fresh) :])
    own = [[(mark, next(raised)) for mark in inner] for inner in marks]
    doubtful = [i for i, found in enumerate(own) if not all(is_mark(reads) for _, reads in found)]
    unread = [i for i in doubtful if strips[i] not in known]
    again = reader_of(engine)([_picture(sheet, strips[i], ()) for i in unread]) if unread else []
    whole = dict(zip(fresh, read, strict=False))
    whole |= {i: known[strip] for i, strip in enumerate(strips) if strip in known and (i not in whole or i in doubtful)}
    whole |= dict(zip(unread, again, strict=True))
    lines = [
        with_marks(_moved(_as_sign(whole[i], cut_out(sheet.ink, strip)), strip), () if i in doubtful else found)
        for i, (strip, found) in enumerate(zip(strips, own, strict=True))
    ]
    named = with_sideways_names(sheet.level, strips, lines, reader_of(engine))
    return _Reading(sheet, named[0], mended_lines(named[1]), page.turns, page.skew, page.spots)


def _picture(sheet: Sheet, strip: Region, marks: Sequence[Region]) -> Pixels:
    """A line on blank paper, without what is printed above and below it and without its raised marks."""
    own = cut_out(sheet.level, strip).copy()
    for left, top, width, height in marks:
        own[max(top - 1, 0) : top + height + 1, max(left - 1, 0) : left + width + 1] = 255
    black, white = CONTRAST
    plain = np.clip((own.astype(np.float32) - black) * 255 / (white - black), 0, 255).astype(np.uint8)
    return _on_paper(plain, strip)


def _mark_picture(sheet: Sheet, strip: Region, mark: Region) -> Pixels:
    left, top, width, height = mark
    own = cut_out(sheet.level, (strip[0] + left, strip[1] + top, width, height))
    return _on_paper(own, mark)


def _as_sign(line: list[Read], ink: Pixels) -> list[Read]:
    """The line as read, but for points, which are as many as are printed, and one flat full mark, which is a dash."""
    if len(line) == 1 and line[0].text in POINTS:
        count = len(glyph_columns(ink))
        sure = line[0].confidence if count == len(line[0].text) else min(line[0].confidence, MENDED)
        return [replace(line[0], text="." * count, confidence=sure)] if 0 < count <= MOST_POINTS else line
    if len(line) != 1 or len(line[0].text) != 1 or not line[0].text.isalnum():
        return line
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return line
    height, width = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    covered = np.count_nonzero(ink) / (height * width)
    if width < DASH_WIDTH * height or covered < DASH_COVER:
        return line
    return [replace(line[0], text="-", confidence=min(line[0].confidence, MENDED))]


def _moved(line: Sequence[Read], strip: Region) -> list[Read]:
    """Words with their places from the strip's own left edge."""
    margin = _margin(strip)
    return [replace(word, left=word.left - margin, right=word.right - margin) for word in line]


def _coarse_ink(grey: Pixels) -> Pixels:
    """What is printed, at a quarter of the resolution."""
    small = as_bytes(cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA))
    return mask_of(small < 0.85 * middle_of(small))


def _words(reading: _Reading) -> list[Word]:
    printed: list[PrintedWord] = []
    for number, (strip, line) in enumerate(zip(reading.strips, reading.lines, strict=True)):
        if line and np.mean([word.confidence for word in line]) >= PALE:
            printed += look_of_strip(reading.sheet, strip, line, number)
    scale = reading.sheet.scale
    return [_word(word, scale) for word in settle_looks(printed, scale)]


def _margin(strip: Region) -> int:
    return max(2, round(MARGIN * strip[3]))


def _on_paper(print_: Pixels, strip: Region) -> Pixels:
    """A piece of a line with blank paper around it."""
    sides = (_margin(strip),) * 4
    return as_bytes(cv2.copyMakeBorder(print_, *sides, cv2.BORDER_CONSTANT, value=(255,)))


def _word(word: PrintedWord, scale: float) -> Word:
    size, base = word.size / scale, word.base / scale
    box = Box(word.left / scale, base - ASCENT * size, word.right / scale, base + DESCENT * size)
    return Word(
        word.text, box, round(size * 2) / 2, word.bold, is_marker=word.is_marker, confidence=round(word.confidence, 3)
    )


def _box(region: Region, scale: float) -> Box:
    left, top, width, height = region
    return Box(left / scale, top / scale, (left + width) / scale, (top + height) / scale)
