"""Every character that the file holds, with its place, font and colour, as arrays: a page has thousands."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.page.model import Font
from schema.problem import UnreadableDocument
from schema.vocabulary import read_rows

MOST_CHARS = 100_000
"""The fullest printed pages hold under 15 000 characters."""
RAISED_FIGURE = 0.2
"""The ink of a superior figure begins at 0.3 of the font size above the base line, that of others at 0."""
LEAST_SIZE = 0.01
"""Points of the smallest letters, which no eye sees."""
LEAST_SKEW = 0.1
"""Letters that lean by more than this share of their height are slanted ones."""
GENERATED = (0x0A, 0x0D, 0x20)
"""Codes of what pdfium adds to a page's text by itself: spaces and ends of lines."""
HALVES = (0xD800, 0xDFFF)
"""Characters beyond the first 65 536 take two places in pdfium's text, with codes between these."""
TEXT_HYPHEN = 0xFFFE
"""What pdfium's text has for each of the codes that a hyphen at the end of a line may have."""
ADDRESS = ctypes.c_void_p

Floats = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]
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
        """The font size on the page, of letters of no size as damaged pages have them too: others divide by it."""
        return max(float(np.hypot(*self.up)) * self.size, LEAST_SIZE)


@dataclass(frozen=True, slots=True)
class RawChars:
    """Characters in the page's own coordinates, before the page is turned as it is displayed: n of each."""

    codes: Codes
    origins: Floats
    """n × 2: a point of the base line that each stands on; its own where the line is not level."""
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
        return RawChars(
            self.codes[places],
            self.origins[places],
            self.boxes[places],
            self.runs,
            self.run_of[places],
            self.raised[places],
        )


def read_chars(page: pdfium.PdfPage, number: int) -> RawChars:
    """Every character that the file itself holds, with its place and font."""
    text_page = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text_page.raw)
        if count > MOST_CHARS:
            raise UnreadableDocument("huge_page", f"page {number} holds {count} characters; split it", page=number)
        return _read(text_page.raw, count, lies=page.get_rotation() in (90, 270))
    finally:
        text_page.close()


def _read(handle: Any, count: int, *, lies: bool) -> RawChars:
    """Ask pdfium for what it knows of each character, straight into arrays; `lies` of a page turned on its side."""
    page, ask = address_of(handle), _questions()
    boxes = np.zeros((count, 4), dtype=np.float32)
    box = boxes.ctypes.data
    held = list(map(ask.box, repeat(page, count), range(count), range(box, box + 16 * count, 16)))
    all_codes = _codes(handle, page, count)
    for i in np.flatnonzero(np.logical_or.reduce([all_codes == code for code in GENERATED])).tolist():
        held[i] = held[i] and not ask.is_generated(page, i)
    places = np.flatnonzero(held)
    kept, codes = places.tolist(), all_codes[places]
    objects = _objects(page, kept)
    runs = _runs(page, places[objects.firsts].tolist(), objects.addresses)
    origins = None if lies else _level_origins(page, places, objects, runs)
    found = RawChars(
        codes,
        _origins(page, kept) if origins is None else origins[objects.of],
        boxes[places].astype(np.float64),
        runs,
        objects.of,
        np.zeros(len(kept), dtype=bool),
        tuple((n, _glyph_colour(handle, kept[n])) for n in _symbol_places(codes)),
    )
    _mark_raised_figures(page, places, found)
    return found


def _mark_raised_figures(page: int, places: Places, chars: RawChars) -> None:
    """Mark the figures whose ink begins well above their base line, as superior figures' does."""
    figures = np.flatnonzero((chars.codes >= ord("0")) & (chars.codes <= ord("9")))
    ink = np.zeros((len(figures), 4))
    sides = [range(ink.ctypes.data + 8 * side, ink.ctypes.data + 8 * side + ink.nbytes, 32) for side in range(4)]
    held = np.array(list(map(_questions().ink, repeat(page), places[figures].tolist(), *sides)), dtype=bool)
    own = chars.run_of[figures]
    up_x, up_y = (np.array([run.up[side] for run in chars.runs])[own] for side in (0, 1))
    size = np.array([run.size for run in chars.runs])[own]
    length = up_x**2 + up_y**2
    length[length == 0] = 1.0
    x, y = chars.origins[figures].T
    left, right, bottom, top = ink.T
    lower, upper = ((at_x - x) * up_x + (at_y - y) * up_y for at_x, at_y in ((left, bottom), (right, top)))
    chars.raised[figures] = held & (np.minimum(lower, upper) / length > RAISED_FIGURE * size)


def address_of(handle: Any) -> int:
    """Where pdfium holds a thing."""
    return ctypes.cast(handle, ADDRESS).value or 0


def by_address(function: Any, gives: Any, *told: Any) -> Callable[..., Any]:
    """A function of pdfium that is told addresses as plain numbers: faster than pointers made for each call."""
    return ctypes.CFUNCTYPE(gives, *told)(ctypes.cast(function, ADDRESS).value or 0)


class _Questions(NamedTuple):
    """What is asked of a page's text for a character, by its number."""

    is_generated: Callable[..., int]
    box: Callable[..., int]
    origin: Callable[..., int]
    code: Callable[..., int]
    text_object: Callable[..., int]
    matrix: Callable[..., int]
    size: Callable[..., float]
    ink: Callable[..., int]


@cache
def _questions() -> _Questions:
    yes, place = ctypes.c_int, (ADDRESS, ctypes.c_int)
    return _Questions(
        by_address(raw.FPDFText_IsGenerated, yes, *place),
        by_address(raw.FPDFText_GetLooseCharBox, yes, *place, ADDRESS),
        by_address(raw.FPDFText_GetCharOrigin, yes, *place, ADDRESS, ADDRESS),
        by_address(raw.FPDFText_GetUnicode, ctypes.c_uint, *place),
        by_address(raw.FPDFText_GetTextObject, ctypes.c_size_t, *place),
        by_address(raw.FPDFText_GetMatrix, yes, *place, ADDRESS),
        by_address(raw.FPDFText_GetFontSize, ctypes.c_double, *place),
        by_address(raw.FPDFText_GetCharBox, yes, *place, *[ADDRESS] * 4),
    )


def _codes(handle: Any, page: int, count: int) -> Codes:
    """The code of each character: all at once where pdfium's text leaves none out and none takes two places."""
    text = np.zeros(count + 2, dtype=np.uint16)
    told = raw.FPDFText_GetText(handle, 0, count, text.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort)))
    codes: Codes = text[:count].astype(np.int64)
    code_at = _questions().code
    if told != count + 1 or ((codes >= HALVES[0]) & (codes <= HALVES[1])).any():
        return np.array(list(map(code_at, repeat(page), range(count))), dtype=np.int64)
    for i in np.flatnonzero(codes == TEXT_HYPHEN).tolist():
        codes[i] = code_at(page, i)
    return codes


def _origins(page: int, kept: Sequence[int]) -> Floats:
    """Where each character stands on its base line."""
    origins = np.zeros((len(kept), 2), dtype=np.float64)
    first, end = origins.ctypes.data, origins.ctypes.data + origins.nbytes
    deque(map(_questions().origin, repeat(page), kept, range(first, end, 16), range(first + 8, end, 16)), maxlen=0)
    return origins


def _level_origins(page: int, places: Places, objects: _Objects, runs: Sequence[Run]) -> Floats | None:
    """Where each run begins; None where some run is not level, so that its characters stand at different heights."""
    if any(run.across[1] or run.up[0] for run in runs):
        return None
    begins, ends = (_origins(page, places[own].tolist()) for own in (objects.firsts, objects.lasts))
    return begins if (begins[:, 1] == ends[:, 1]).all() else None  # a run that is written downwards ends lower


@dataclass(frozen=True, slots=True)
class _Objects:
    """The text objects of a page, in the order of their first characters."""

    addresses: tuple[int, ...]
    firsts: Places
    """The first character of each."""
    lasts: Places
    of: Places
    """n: which of them each character is of."""


def _objects(page: int, kept: Sequence[int]) -> _Objects:
    """The text object of each character; the characters of one mostly follow each other."""
    asked = np.fromiter(map(_questions().text_object, repeat(page), kept), np.uint64, len(kept))
    begins = np.flatnonzero(np.diff(asked, prepend=asked[:1] + 1))
    numbers: dict[int, int] = {}
    own = np.array([numbers.setdefault(one, len(numbers)) for one in asked[begins].tolist()], dtype=np.intp)
    ends = np.append(begins[1:], len(kept))[: len(begins)]
    firsts, lasts = np.zeros((2, len(numbers)), dtype=np.intp)
    firsts[own[::-1]], lasts[own] = begins[::-1], ends - 1
    return _Objects(tuple(numbers), firsts, lasts, np.repeat(own, ends - begins))


def _runs(page: int, firsts: Sequence[int], objects: Sequence[int]) -> tuple[Run, ...]:
    """What the characters of each text object share, asked of its first."""
    fonts, ask, matrix = _Fonts(), _questions(), raw.FS_MATRIX()
    place, runs = ctypes.addressof(matrix), []
    for i, address in zip(firsts, objects, strict=True):
        ask.matrix(page, i, place)
        runs.append(_run(matrix, ask.size(page, i), fonts.of(address)))
    return tuple(runs)


def _run(matrix: raw.FS_MATRIX, size: float, font: Font) -> Run:
    a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
    if c and not b and abs(c) > LEAST_SKEW * abs(d):
        font = Font(font.name, font.bold, italic=True)
    return Run((a, b), (c, d), size, font)


@cache
def symbol_glyphs() -> dict[int, tuple[str, str]]:
    """Shape and own colour of each character that reports use as a status symbol, by its code."""
    return {int(row["code"], 16): (row["shape"], row["colour"]) for row in read_rows("symbol_glyphs")}


def _symbol_places(codes: Codes) -> list[int]:
    """Which of the characters are status symbols."""
    glyphs = symbol_glyphs()
    return [n for n in np.flatnonzero(codes >= min(glyphs)).tolist() if int(codes[n]) in glyphs]


def _glyph_colour(handle: object, i: int) -> Colour:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(handle, i, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red, green, blue


class _Fonts:
    """Looks each font of a page up once."""

    def __init__(self) -> None:
        self._known: dict[int, Font] = {}

    def of(self, text_object: int) -> Font:
        """The font of the text object at an address."""
        key = _font_at()(text_object)
        if not key:
            return Font()
        if key not in self._known:
            self._known[key] = _font_of(ctypes.cast(key, raw.FPDF_FONT))
        return self._known[key]


@cache
def _font_at() -> Callable[..., int]:
    return by_address(raw.FPDFTextObj_GetFont, ADDRESS, ADDRESS)


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
