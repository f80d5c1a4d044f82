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

from extract.page.model import Font, Matrix
from schema.lexicon.signs import BULLETS, PRIVATE_BULLETS
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
LEAST_SIZE = 0.01
"""Points of the smallest letters, which no eye sees."""
LEAST_SKEW = 0.1
"""Letters that lean by more than this share of their height are slanted ones."""
LARGEST_CODE = 0x10FFFF
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
    for i in np.flatnonzero(np.isin(all_codes, GENERATED)).tolist():
        held[i] = held[i] and not ask.is_generated(page, i)
    places = np.flatnonzero(held)
    kept, codes = places.tolist(), all_codes[places]
    objects = list(map(ask.text_object, repeat(page), kept))
    runs, run_of = _runs(page, kept, objects)
    origins = None if lies else _level_origins(page, kept, objects, runs)
    found = RawChars(
        codes,
        _origins(page, kept) if origins is None else origins[run_of],
        boxes[places].astype(np.float64),
        runs,
        run_of,
        np.zeros(len(kept), dtype=bool),
        tuple(
            (n, _glyph_colour(handle, kept[n])) for n in np.flatnonzero(np.isin(codes, list(symbol_glyphs()))).tolist()
        ),
    )
    sides = np.zeros(4)
    for n in np.flatnonzero((codes >= ord("0")) & (codes <= ord("9"))).tolist():
        held_at = ask.ink(page, kept[n], *range(sides.ctypes.data, sides.ctypes.data + 32, 8))
        found.raised[n] = held_at and _is_raised_figure(sides.tolist(), found.origins[n].tolist(), runs[run_of[n]])
    return found


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
        by_address(raw.FPDFText_GetTextObject, ADDRESS, *place),
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


def _level_origins(page: int, kept: Sequence[int], objects: Sequence[int], runs: Sequence[Run]) -> Floats | None:
    """Where each run begins; None where some run is not level, so that its characters stand at different heights."""
    if any(run.across[1] or run.up[0] for run in runs):
        return None
    lasts = dict(zip(objects, kept, strict=True))
    begins, ends = _origins(page, _firsts(kept, objects)), _origins(page, list(lasts.values()))
    return begins if (begins[:, 1] == ends[:, 1]).all() else None  # a run that is written downwards ends lower


def _firsts(kept: Sequence[int], objects: Sequence[int]) -> list[int]:
    """The first character of each text object."""
    firsts = dict(zip(reversed(objects), reversed(kept), strict=True))
    return [firsts[address] for address in dict.fromkeys(objects)]


def _runs(page: int, kept: Sequence[int], objects: Sequence[int]) -> tuple[tuple[Run, ...], Places]:
    """What the characters of each text object share, and which of these each character is of."""
    numbers = {address: n for n, address in enumerate(dict.fromkeys(objects))}
    fonts, ask, matrix = _Fonts(), _questions(), raw.FS_MATRIX()
    runs = []
    for i, address in zip(_firsts(kept, objects), numbers, strict=True):
        ask.matrix(page, i, ctypes.addressof(matrix))
        runs.append(_run(matrix, ask.size(page, i), fonts.of(address)))
    return tuple(runs), np.array([numbers[address] for address in objects], dtype=np.intp)


def _run(matrix: raw.FS_MATRIX, size: float, font: Font) -> Run:
    a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
    if c and not b and abs(c) > LEAST_SKEW * abs(d):
        font = Font(font.name, font.bold, italic=True)
    return Run((a, b), (c, d), size, font)


@cache
def symbol_glyphs() -> dict[int, tuple[str, str]]:
    """Shape and own colour of each character that reports use as a status symbol, by its code."""
    return {int(row["code"], 16): (row["shape"], row["colour"]) for row in read_rows("symbol_glyphs")}


def _glyph_colour(handle: object, i: int) -> Colour:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(handle, i, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red, green, blue


def _is_raised_figure(ink: Sequence[float], origin: Sequence[float], run: Run) -> bool:
    """Whether a figure's ink (left, right, bottom, top) begins well above its base line, as superior figures' does."""
    left, right, bottom, top = ink
    up = run.up
    length = (up[0] ** 2 + up[1] ** 2) or 1.0
    corners = ((left, bottom), (right, top))
    rise = min(((x - origin[0]) * up[0] + (y - origin[1]) * up[1]) / length for x, y in corners)
    return rise > RAISED_FIGURE * run.size


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


def chars_on_page(chars: RawChars, matrix: Matrix, height: float) -> Chars:
    """The characters where a reader sees them, with the origin at the top left."""
    a, b, c, d, e, f = matrix
    left, top, right, bottom = chars.boxes.T
    codes = chars.codes.tolist()
    letters = {code: _letter(code) for code in set(codes)}
    text = "".join([letters[code] for code in codes])
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
    letter = "\u00ad" if code in LINE_END_HYPHENS else chr(min(code, LARGEST_CODE))
    return BULLETS[0] if letter in PRIVATE_BULLETS else letter


def _each(chars: RawChars, values: list[Any], kind: type) -> Any:
    """What each character has of its run."""
    return np.array(values, dtype=kind)[chars.run_of]
