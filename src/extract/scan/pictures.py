"""Tables that are pictures on a page of text: found by how they look, read by OCR, placed where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from statistics import median

import numpy as np
import pypdfium2 as pdfium

from extract.bounded import bounded
from extract.page.model import Fill, PageParse
from extract.scan.level import Pixels, grey_of, is_flat, without_needless_colours
from extract.scan.read import available_engine, ocr_page, see
from extract.scan.render import POINTS_TO_INCH, RESOLUTIONS
from extract.scan.sheet import Region
from schema.layout import Box, Image, Rule, Word

SMALLEST = (100.0, 40.0)
"""Width and height in points of the least table that was seen as a picture; logos and portraits are smaller."""
MOST_WORDS = 3
"""A picture that more of the page's own words stand on is a background or a drawing with labels."""
LARGEST_SHARE = 0.8
"""A picture that covers more of its page than this is the page's background."""
FEWEST_LINES, FEWEST_PIECES = 3, 2
"""A table has at least so many lines with at least so many pieces of text beside each other."""
SEVERAL_COLUMNS = 3
"""Lines with so many pieces are rows of a table: a chart has one such line, its axis."""
LINED_SHARE = 0.4
"""So many of a table's lines have several pieces; those of charts and of pictures of text have one."""

EVEN, EVEN_SHARE = 1.5, 0.65
"""So many of a table's pieces of text are as high as the usual one, give or take this factor: in tables nearly all, in
drawings and charts with thick lines 0.3 to 0.6."""


@dataclass(frozen=True, slots=True)
class PictureOfTable:
    """A picture that looks like a table, with what OCR reads in it at its place on the page."""

    box: Box
    rows: int
    """Lines with text in several columns."""
    parse: PageParse | None
    """None where no OCR engine is installed."""


Look = tuple[int | None, PageParse | None]
"""How many rows a picture has where it looks like a table, and what OCR read in it, placed from its own corner."""


def tables_in_pictures(
    document: pdfium.PdfDocument, index: int, parse: PageParse, known: dict[bytes, Look]
) -> list[PictureOfTable]:
    """The pictures of a page that look like tables; `known` are those of earlier pages, which are not read again."""
    found = []
    for box in _candidates(parse):
        scale = RESOLUTIONS[0] / POINTS_TO_INCH
        pixels = _cut(document, index, parse, box, scale)
        hashed = sha256(repr(pixels.shape).encode())
        hashed.update(pixels.reshape(-1).data)
        key = hashed.digest()
        if key not in known:
            known[key] = _look_at(pixels, scale)
        rows, read = known[key]
        if rows is not None:
            found.append(PictureOfTable(box, rows, read and _placed(read, box, parse)))
    return found


def _look_at(pixels: Pixels, scale: float) -> Look:
    """The lines with text in several columns that a picture has where it looks like a table, and what is read in it."""
    if not pixels.size or not is_flat(grey_of(pixels)):
        return None, None
    pixels = without_needless_colours(pixels)
    seen = see(pixels, scale)
    lines = _lines(seen[1])
    if not _look_like_table(lines) or not _are_even(seen[1]):
        return None, None
    rows = sum(count >= SEVERAL_COLUMNS for count in lines)
    if not available_engine():
        return rows, None
    width, height = pixels.shape[1] / scale, pixels.shape[0] / scale
    return rows, ocr_page(pixels, number=0, width=width, height=height, scale=scale, upright=True, seen=seen)


def _candidates(parse: PageParse) -> list[Box]:
    """Where pictures stand that are large enough, hold none of the page's own text and are no background."""
    page = parse.page
    boxes = dict.fromkeys(_on_page(image.box, page.width, page.height) for image in page.images)
    width, height = SMALLEST
    largest = LARGEST_SHARE * page.width * page.height
    return [
        box
        for box in boxes
        if box.width >= width
        and box.height >= height
        and box.width * box.height <= largest
        and sum(box.holds_middle_of(word.box) for word in page.words) <= MOST_WORDS
    ]


def _on_page(box: Box, width: float, height: float) -> Box:
    return Box(max(box.x0, 0.0), max(box.top, 0.0), min(box.x1, width), min(box.bottom, height))


def _cut(document: pdfium.PdfDocument, index: int, parse: PageParse, box: Box, scale: float) -> Pixels:
    """The pixels of a part of a page as it is displayed; empty where the page is turned further to be read."""
    page = document[index]
    try:
        width, height = page.get_size()
        if abs(width - parse.page.width) > 1 or abs(height - parse.page.height) > 1:
            return np.zeros((0, 0), dtype=np.uint8)
        crop = (box.x0, height - box.bottom, width - box.x1, box.top)
        with bounded():
            image = page.render(scale=scale, crop=crop, rev_byteorder=True).to_numpy()
    finally:
        page.close()
    return np.ascontiguousarray(image[:, :, :3] if image.ndim == 3 else image)


def _look_like_table(lines: Sequence[int]) -> bool:
    """Whether several lines of a picture have several pieces of text beside each other."""
    several = sum(count >= FEWEST_PIECES for count in lines)
    return several >= FEWEST_LINES and several >= LINED_SHARE * len(lines)


def _are_even(strips: Sequence[Region]) -> bool:
    """Whether most pieces of text have one height."""
    usual = median(height for *_, height in strips)
    return sum(usual <= EVEN * height and height <= EVEN * usual for *_, height in strips) >= EVEN_SHARE * len(strips)


def _lines(strips: Sequence[Region]) -> list[int]:
    """How many pieces of text stand on each line."""
    counts: list[int] = []
    reach = -1.0
    for _, top, _, height in sorted(strips, key=lambda strip: strip[1] + strip[3] / 2):
        if counts and top + height / 2 <= reach:
            counts[-1] += 1
        else:
            counts.append(1)
            reach = float(top + height)
    return counts


def _placed(read: PageParse, box: Box, parse: PageParse) -> PageParse:
    """What OCR read in a picture, at its place on the page."""
    page = parse.page
    own = replace(
        read.page,
        number=page.number,
        width=page.width,
        height=page.height,
        words=tuple(_moved_word(word, box) for word in read.page.words),
        rules=tuple(Rule(_moved(rule.box, box)) for rule in read.page.rules),
        images=tuple(_moved_image(image, box) for image in read.page.images),
    )
    return PageParse(own, tuple(Fill(_moved(f.box, box), f.colour, f.stroked) for f in read.fills))


def _moved(box: Box, by: Box) -> Box:
    return Box(box.x0 + by.x0, box.top + by.top, box.x1 + by.x0, box.bottom + by.top)


def _moved_word(word: Word, by: Box) -> Word:
    return replace(word, box=_moved(word.box, by))


def _moved_image(image: Image, by: Box) -> Image:
    return replace(image, box=_moved(image.box, by))
