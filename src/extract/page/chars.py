"""Every character that the file holds, with its place, font and colour, as arrays: a page has thousands."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.page.model import Font, Matrix
from schema.problem import UnreadableDocument
from schema.vocabulary import read_rows

MOST_CHARS = 100_000
"""The fullest printed pages hold under 15 000 characters."""
LINE_END_HYPHENS = {0x02, 0xFFFE, 0xAD}
"""pdfium's and Unicode's codes for a hyphen that stands only because the line ends."""
RAISED_FIGURE = 0.2
"""The ink of a superior figure begins at 0.3 of the font size above the base line, that of others at 0."""
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_CODES = [ord(figure) for figure in RAISED]
LEAST_SKEW = 0.1
"""Letters that lean by more than this share of their height are slanted ones."""
LARGEST_CODE = 0x10FFFF

Floats = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.intp]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """What the characters of one text object share, in the page's own coordinates."""

    across: tuple[float, float] = (1.0, 0.0)
    """Direction in which the text runs."""
    up: tuple[float, float] = (0.0, 1.0)
    size: float = 0.0
    font: Font = Font()

    @property
    def height(self) -> float:
        """The font size on the page."""
        return float(np.hypot(*self.up)) * self.size


@dataclass(frozen=True, slots=True)
class RawChars:
    """Characters in the page's own coordinates, before the page is turned as it is displayed: n of each."""

    codes: tuple[int, ...]
    origins: Floats
    """n × 2: where each stands on its base line."""
    boxes: Floats
    """n × 4: left, top, right, bottom."""
    runs: tuple[Run, ...]
    run_of: Places
    """n: which of the runs each is of."""
    raised: Flags
    """n: figures of a raised shape, which fonts have beside small figures set higher."""
    symbols: tuple[tuple[int, Colour], ...] = ()
    """Places of status symbols, with their print colour."""

    def some(self, chosen: Flags) -> RawChars:
        """Only the chosen of the characters."""
        if chosen.all():
            return self
        (places,) = np.nonzero(chosen)
        codes = tuple(self.codes[i] for i in places)
        return RawChars(
            codes, self.origins[places], self.boxes[places], self.runs, self.run_of[places], self.raised[places]
        )


@dataclass(frozen=True, slots=True)
class Chars:
    """Characters where a reader sees them, with the origin at the top left: n of each."""

    text: str
    x0: Floats
    x1: Floats
    base: Floats
    """Distance of the base line from the top of the page."""
    size: Floats
    bold: Flags
    italic: Flags
    raised: Flags


def read_chars(page: pdfium.PdfPage, number: int) -> RawChars:
    """Every character that the file itself holds, with its place and font."""
    text_page = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text_page.raw)
        if count > MOST_CHARS:
            raise UnreadableDocument("huge_page", f"page {number} holds {count} characters; split it", page=number)
        return _read(text_page.raw, count)
    finally:
        text_page.close()


def _read(handle: Any, count: int) -> RawChars:
    """Ask pdfium for what it knows of each character, straight into arrays."""
    page = ctypes.cast(handle, ctypes.c_void_p).value
    is_generated, box_at, origin_at, code_at, object_at = _by_address()
    boxes = np.zeros((count, 4), dtype=np.float32)
    origins = np.zeros((count, 2), dtype=np.float64)
    box, origin = boxes.ctypes.data, origins.ctypes.data
    kept = [i for i in range(count) if not is_generated(page, i) and box_at(page, i, box + 16 * i)]
    for i in kept:
        origin_at(page, i, origin + 16 * i, origin + 16 * i + 8)
    codes = tuple(code_at(page, i) for i in kept)
    runs, run_of = _runs(handle, kept, [object_at(page, i) for i in kept])
    symbols = tuple((n, _glyph_colour(handle, kept[n])) for n, code in enumerate(codes) if code in symbol_glyphs())
    found = RawChars(
        codes, origins[kept], boxes[kept].astype(np.float64), runs, run_of, np.zeros(len(kept), dtype=bool), symbols
    )
    for n, code in enumerate(codes):
        if 48 <= code <= 57:
            found.raised[n] = _is_raised_figure(handle, kept[n], found.origins[n], runs[run_of[n]])
    return found


@cache
def _by_address() -> tuple[Callable[..., int], ...]:
    """Functions of pdfium on characters, told addresses as plain numbers: faster than pointers made for each."""
    address, number = ctypes.c_void_p, ctypes.c_int
    shapes = (
        (raw.FPDFText_IsGenerated, number, ()),
        (raw.FPDFText_GetLooseCharBox, number, (address,)),
        (raw.FPDFText_GetCharOrigin, number, (address, address)),
        (raw.FPDFText_GetUnicode, ctypes.c_uint, ()),
        (raw.FPDFText_GetTextObject, address, ()),
    )
    return tuple(
        ctypes.CFUNCTYPE(given, address, number, *more)(ctypes.cast(function, address).value or 0)
        for function, given, more in shapes
    )


def _runs(handle: Any, kept: list[int], objects: list[int]) -> tuple[tuple[Run, ...], Any]:
    """What the characters of each text object share, and which of these each character is of."""
    numbers = {address: n for n, address in enumerate(dict.fromkeys(objects))}
    firsts: dict[int, int] = {}
    for i, address in zip(kept, objects, strict=True):
        firsts.setdefault(address, i)
    fonts = _Fonts()
    runs = tuple(_run(handle, i, fonts) for i in firsts.values())
    return runs, np.array([numbers[address] for address in objects], dtype=np.intp)


def _run(handle: Any, i: int, fonts: _Fonts) -> Run:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, i, matrix)
    a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
    font = fonts.of(raw.FPDFText_GetTextObject(handle, i))
    if c and not b and abs(c) > LEAST_SKEW * abs(d):
        font = Font(font.name, font.bold, italic=True)
    return Run((a, b), (c, d), raw.FPDFText_GetFontSize(handle, i), font)


@cache
def symbol_glyphs() -> dict[int, tuple[str, str]]:
    """Shape and own colour of each character that reports use as a status symbol, by its code."""
    return {int(row["code"], 16): (row["shape"], row["colour"]) for row in read_rows("symbol_glyphs")}


def _glyph_colour(handle: object, i: int) -> Colour:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(handle, i, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red, green, blue


def _is_raised_figure(handle: object, i: int, origin: Floats, run: Run) -> bool:
    """Whether a figure's ink begins well above its base line, as a superior figure's does."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(handle, i, left, right, bottom, top):
        return False
    up = run.up
    length = (up[0] ** 2 + up[1] ** 2) or 1.0
    corners = ((left.value, bottom.value), (right.value, top.value))
    rise = min(((x - origin[0]) * up[0] + (y - origin[1]) * up[1]) / length for x, y in corners)
    return bool(rise > RAISED_FIGURE * run.size)


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


def chars_on_page(chars: RawChars, matrix: Matrix, height: float) -> Chars:
    """The characters where a reader sees them, with the origin at the top left."""
    a, b, c, d, e, f = matrix
    left, top, right, bottom = chars.boxes.T
    letters = {code: _letter(code) for code in set(chars.codes)}
    text = "".join([letters[code] for code in chars.codes])
    first, second = a * left + c * bottom + e, a * right + c * top + e
    fonts = [run.font for run in chars.runs]
    return Chars(
        text=text,
        x0=np.minimum(first, second),
        x1=np.maximum(first, second),
        base=height - (b * chars.origins[:, 0] + d * chars.origins[:, 1] + f),
        size=_each(chars, [run.height for run in chars.runs], np.float64),
        bold=_each(chars, [font.bold for font in fonts], np.bool_),
        italic=_each(chars, [font.italic for font in fonts], np.bool_),
        raised=chars.raised | np.isin(chars.codes, RAISED_CODES),
    )


def _letter(code: int) -> str:
    return "\u00ad" if code in LINE_END_HYPHENS else chr(min(code, LARGEST_CODE))


def _each(chars: RawChars, values: list[Any], kind: type) -> Any:
    """What each character has of its run."""
    return np.array(values, dtype=kind)[chars.run_of]
