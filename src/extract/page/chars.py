"""Every character that the file holds, with its place, font and colour."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.page.model import Char, Font, Matrix
from schema.problem import UnreadableDocument
from schema.vocabulary import read_rows

MOST_CHARS = 100_000
"""The fullest printed pages hold under 15 000 characters."""
LINE_END_HYPHENS = {0x02, 0xFFFE, 0xAD}
"""pdfium's and Unicode's codes for a hyphen that stands only because the line ends."""
RAISED_FIGURE = 0.2
"""The ink of a superior figure begins at 0.3 of the font size above the base line, that of others at 0."""
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


class RawChar(NamedTuple):
    """A character in the page's own coordinates, before the page is turned as it is displayed."""

    code: int
    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float
    run_x: float
    run_y: float
    """Direction in which the text runs."""
    size: float
    font: Font
    raised: bool
    colour: tuple[int, int, int] | None = None
    """Print colour; read for status symbols only."""


def read_chars(page: pdfium.PdfPage, number: int) -> list[RawChar]:
    """Every character that the file itself holds, with its place and font."""
    text_page = page.get_textpage()
    handle = text_page.raw
    font_of = _Fonts().of
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    by_rect, by_matrix, by_x, by_y = (ctypes.byref(thing) for thing in (rect, matrix, x, y))
    chars: list[RawChar] = []
    count = raw.FPDFText_CountChars(handle)
    if count > MOST_CHARS:
        raise UnreadableDocument("huge_page", f"page {number} holds {count} characters; split it", page=number)
    for i in range(count):
        if raw.FPDFText_IsGenerated(handle, i) or not raw.FPDFText_GetLooseCharBox(handle, i, by_rect):
            continue
        raw.FPDFText_GetCharOrigin(handle, i, by_x, by_y)
        raw.FPDFText_GetMatrix(handle, i, by_matrix)
        code = raw.FPDFText_GetUnicode(handle, i)
        size = raw.FPDFText_GetFontSize(handle, i)
        font = font_of(raw.FPDFText_GetTextObject(handle, i))
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        if c and not b and abs(c) > 0.1 * abs(d) and not font.italic:
            font = replace(font, italic=True)
        scale = math.hypot(c, d)
        raised = 48 <= code <= 57 and _is_raised_figure(handle, i, (x.value, y.value), (c, d), size)
        box = (rect.left, rect.bottom, rect.right, rect.top)
        colour = _glyph_colour(handle, i) if code in symbol_glyphs() else None
        chars.append(RawChar(code, x.value, y.value, *box, a, b, size * scale, font, raised, colour))
    text_page.close()
    return chars


@cache
def symbol_glyphs() -> dict[int, tuple[str, str]]:
    """Shape and own colour of each character that reports use as a status symbol, by its code."""
    return {int(row["code"], 16): (row["shape"], row["colour"]) for row in read_rows("symbol_glyphs")}


def _glyph_colour(handle: object, i: int) -> tuple[int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(handle, i, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red, green, blue


def _is_raised_figure(
    handle: object, i: int, origin: tuple[float, float], up: tuple[float, float], size: float
) -> bool:
    """Whether a figure's ink begins well above its base line, as a superior figure's does."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(handle, i, left, right, bottom, top):
        return False
    length = (up[0] ** 2 + up[1] ** 2) or 1.0
    corners = ((left.value, bottom.value), (right.value, top.value))
    rise = min(((x - origin[0]) * up[0] + (y - origin[1]) * up[1]) / length for x, y in corners)
    return rise > RAISED_FIGURE * size


class _Fonts:
    """Looks each font of a page up once."""

    def __init__(self) -> None:
        self._known: dict[int, Font] = {}

    def of(self, text_object: object) -> Font:
        """The font of a text object."""
        handle = raw.FPDFTextObj_GetFont(text_object)
        if not handle:
            return Font()
        key = ctypes.addressof(handle.contents)
        if key not in self._known:
            self._known[key] = _font_of(handle)
        return self._known[key]


def _font_of(handle: object) -> Font:
    """A font's weight and slant, by its name first: the flags are often missing."""
    buffer = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(handle, buffer, 200)
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    low = name.lower()
    flags = raw.FPDFFont_GetFlags(handle)
    bold = any(word in low for word in ("bold", "black", "heavy", "semibold", "demi")) or bool(
        flags > 0 and flags & 1 << 18
    )
    italic = any(word in low for word in ("italic", "oblique")) or bool(flags > 0 and flags & 1 << 6)
    return Font(name, bold, italic)


def chars_on_page(chars: Iterable[RawChar], matrix: Matrix, height: float) -> list[Char]:
    """The characters where a reader sees them, with the origin at the top left."""
    a, b, c, d, e, f = matrix
    placed = []
    for char in chars:
        text = "\u00ad" if char.code in LINE_END_HYPHENS else chr(char.code)
        x0, x1 = a * char.left + c * char.bottom + e, a * char.right + c * char.top + e
        base = height - (b * char.x + d * char.y + f)
        raised = char.raised or text in RAISED
        placed.append(Char(text, min(x0, x1), max(x0, x1), base, char.size, char.font, raised))
    return placed
