"""Status symbols: small pictures, drawn shapes and characters, by their colour and shape."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median_low

import pypdfium2 as pdfium

from extract.page.chars import RawChars, symbol_glyphs
from extract.page.model import Matrix
from extract.page.paths import SubPath, bounds_of
from extract.page.turning import apply_matrix
from schema.layout import Box, Image, Word
from schema.lexicon.signs import BULLETS

COLOURED = 0.2
"""Share of a symbol's pixels that makes it a coloured one; the edges of black signs stay below."""
LIME = 0.15
"""How far green lies above red, of the colour's strength, from lime on: at a hue of 69 degrees, yellow is at 60."""
LIGHTNESS = (0.299, 0.587, 0.114)
"""How much red, green and blue count in a grey level, as scanners and printers weigh them (ITU-R BT.601)."""
SYMBOL_SIZE = (3.0, 40.0)
"""Status symbols are between these sizes in points; larger pictures are illustrations."""

MARK_SIZE = (1.5, 6.0)
"""Bullets that browsers draw are between these sizes: 0.3 of the font's size."""
MOST_MARKS = 400
"""A page with more small shapes holds a chart."""
BULLET, BULLET_GAP = (0.15, 0.55), 1.6
"""A bullet's share of the size of its line, and how many font sizes before it it stands at most."""

MOST_PIXELS = 4096
"""The longest side of a picture that is looked into: symbols have up to some hundred pixels, exported ones 2,000."""


def glyph_symbols(chars: RawChars, matrix: Matrix, height: float) -> Iterator[Image]:
    """Characters that are status symbols: those in a colour of their own, and ticks, crosses and faces in any."""
    for place, printed in chars.symbols:
        shape, own = symbol_glyphs()[int(chars.codes[place])]
        colour = own or colour_word(printed)
        if colour in ("black", "grey") and shape not in ("tick", "cross", "smiley") and not own:
            continue
        left, top, right, bottom = chars.boxes[place].tolist()
        corners = [apply_matrix(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        yield Image(bounds_of([(x, height - y) for x, y in corners]), colour, shape, tone=tone_of(printed))


def is_mark(pieces: Sequence[SubPath]) -> bool:
    """Whether a path draws a shape as small as a bullet, as wide as high."""
    if not 0 < len(pieces) <= 2:
        return False
    box, (low, high) = bounds_of([point for piece in pieces for point in piece.points]), MARK_SIZE
    return low <= box.width <= high and low <= box.height <= high and 0.8 < box.width / box.height < 1.25


def drawn_bullets(words: Sequence[Word], marks: Sequence[Box]) -> Iterator[Word]:
    """Discs, rings and squares that are drawn before lines of text, as words: browsers print lists so."""
    for mark in marks if len(marks) <= MOST_MARKS else ():
        middle = (mark.top + mark.bottom) / 2
        line = [word for word in words if word.box.top < middle < word.box.bottom]
        after = min((w for w in line if w.box.x0 >= mark.x1), key=lambda w: w.box.x0, default=None)
        if after is None or not BULLET[0] * after.size < mark.height < BULLET[1] * after.size:
            continue
        reach = BULLET_GAP * after.size
        if after.box.x0 - mark.x1 <= reach and not any(mark.x0 - reach < w.box.x1 <= after.box.x0 for w in line):
            yield Word(BULLETS[0], replace(after.box, x0=mark.x0, x1=mark.x1), after.size)


def drawn_symbol(pieces: Sequence[SubPath], colour: tuple[int, int, int]) -> Image | None:
    """A filled shape that is no rectangle as a symbol, where it is as small as one: a dot, tick or arrow."""
    box = bounds_of([point for piece in pieces for point in piece.points])
    low, high = SYMBOL_SIZE
    if not (low <= box.width <= high and low <= box.height <= high):
        return None
    curved = any(piece.curved for piece in pieces)
    round_shape = curved and len(pieces) == 1 and 0.8 < box.width / box.height < 1.25
    return Image(box, colour_word(colour), "dot" if round_shape else "picture", tone=tone_of(colour))


def symbol_picture(page: pdfium.PdfPage, handle: object, box: Box) -> Image:
    """Colour and shape of a small picture, by its coloured pixels."""
    pixels = _pixels(page, handle)
    inked = [pixel for pixel in pixels if pixel is not None and min(pixel) < 235]
    if not inked:
        return Image(box, "mixed", "picture")
    share = len(inked) / len(pixels)
    if max(box.width, box.height) > 2.5 * min(box.width, box.height):
        shape = "bar"
    else:
        shape = "dot" if 0.6 < share < 0.92 else "picture"
    digest = hashlib.sha256(bytes(value for pixel in pixels for value in pixel or (255,) * 3)).hexdigest()[:16]
    main = main_colour(inked)
    tone = median_low(tone_of(pixel) for pixel in inked if colour_word(pixel) == main)
    return Image(box, main, shape, digest, tone)


def main_colour(inked: Sequence[tuple[int, int, int]]) -> str:
    """The colour that most pixels have; a grey or black ring or face does not count where others are coloured."""
    votes = Counter(map(colour_word, inked))
    coloured = Counter({word: count for word, count in votes.items() if word not in ("black", "grey")})
    return (coloured if coloured.total() >= COLOURED * votes.total() else votes).most_common(1)[0][0]


def _pixels(page: pdfium.PdfPage, handle: object) -> list[tuple[int, int, int] | None]:
    """The picture's pixels, scaled down; None where it is transparent. One of a photograph's size is no symbol."""
    image = pdfium.PdfImage(handle, page=page)
    try:
        if max(image.get_px_size()) > MOST_PIXELS:
            return []
        small = image.get_bitmap(render=True).to_pil().convert("RGBA").resize((24, 24))
    except pdfium.PdfiumError:
        return []
    flat = small.tobytes()
    quads = zip(flat[0::4], flat[1::4], flat[2::4], flat[3::4], strict=True)
    return [(r, g, b) if a > 60 else None for r, g, b, a in quads]


def tone_of(colour: tuple[int, int, int]) -> int:
    """How light a colour is once it is printed or scanned in grey."""
    return round(sum(share * channel for share, channel in zip(LIGHTNESS, colour, strict=True)))


def colour_word(colour: tuple[int, int, int]) -> str:
    """The plain word for a colour."""
    red, green, blue = colour
    high, low = max(colour), min(colour)
    if high < 60:
        return "black"
    if high - low < 40:
        return "grey"
    if blue == high:
        return "blue"
    if green == high and green - red >= LIME * (green - low):
        return "green"
    return "yellow" if green > 0.55 * red else "red"
