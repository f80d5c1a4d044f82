"""One pdfium parse of a page: words, rules, filled areas and pictures, as the page is displayed."""

from __future__ import annotations

import ctypes
import hashlib
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from schema.layout import Box, Image, Page, Rule, Word
from schema.problem import UnreadableDocument
from schema.vocabulary import read_rows

Matrix = tuple[float, float, float, float, float, float]

RULE_THICKNESS = 3.0
"""A filled rectangle thinner than this is a line: the thickest table rules seen are 2.25 pt."""
SYMBOL_SIZE = (3.0, 40.0)
"""Status symbols are between these sizes in points; larger pictures are illustrations."""
LARGEST_PAGE = 14_400.0
"""The largest side that PDF allows, in points: five metres."""
MOST_CHARS = 100_000
"""The fullest printed pages hold under 15 000 characters."""
MAX_SEGMENTS = 20_000
"""Paths with more segments are maps or charts and never table rules."""
WORD_GAP = 0.18
"""A gap wider than this share of the font size parts two words; the narrowest space seen is 0.22."""
MARKER_SIZE = 0.86
"""A raised mark is printed at most this share of its neighbour's size; Word uses 0.58 to 0.66, web pages 0.83."""
MARKER_RISE = 0.12
"""A raised mark stands at least this share of its neighbour's size above the base line."""
ASCENT, DESCENT = 0.76, 0.22
"""Where a line of text begins and ends around its base line, as shares of the font size."""
TURN_SAMPLE = 7
"""Every so many characters are asked for the direction in which they run."""
LINE_END_HYPHENS = {0x02, 0xFFFE, 0xAD}
"""pdfium's and Unicode's codes for a hyphen that stands only because the line ends."""
RAISED_FIGURE = 0.2
"""The ink of a superior figure begins at 0.3 of the font size above the base line, that of others at 0."""
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN_FIGURES = str.maketrans(RAISED, "0123456789")
MARKER_CHARS = frozenset("0123456789*†‡§,abcdefghx)")


@dataclass(frozen=True, slots=True)
class Font:
    """What matters of a typeface."""

    name: str = ""
    bold: bool = False
    italic: bool = False


class Char(NamedTuple):
    """One printed character; a tuple because a page has thousands."""

    text: str
    x0: float
    x1: float
    base: float
    """Distance of the base line from the top of the page."""
    size: float
    font: Font
    raised: bool = False
    """A figure of a raised shape: fonts have these beside small figures set higher."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle too large to be a line."""

    box: Box
    colour: tuple[int, int, int]
    stroked: bool = False


@dataclass(frozen=True, slots=True)
class PageParse:
    """A page and what only the table finders need of it."""

    page: Page
    fills: tuple[Fill, ...] = ()
    chars: tuple[Char, ...] = ()
    odd_chars: int = 0
    """Characters that the file gives no readable code for."""
    picture_share: float = 0.0
    """Share of the page that is covered by its largest picture."""


@dataclass(slots=True)
class _Drawing:
    """Collects what is drawn while the page's objects are walked."""

    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    picture_area: float = 0.0


class _RawChar(NamedTuple):
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


def parse_page(document: pdfium.PdfDocument, index: int) -> PageParse:
    """Read everything printed on a page, turned as a reader sees it."""
    page = document[index]
    try:
        _check_size(page, index + 1)
        raw_chars = _read_chars(page, index + 1)
        odd = sum(0xE000 <= char.code <= 0xF8FF or char.code in (0, 0xFFFD) for char in raw_chars)
        matrix, width, height = _display_matrix(page)
        matrix, width, height = _text_upright(matrix, width, height, raw_chars)
        turns = {run: _quarter_turns(matrix, *run) for run in {(c.run_x, c.run_y) for c in raw_chars}}
        turned = [turns[char.run_x, char.run_y] for char in raw_chars]
        chars = _on_page([c for c, t in zip(raw_chars, turned, strict=True) if not t], matrix, height)
        words = words_of(chars)
        for turn in sorted(set(turned) - {0}):
            sideways = [c for c, t in zip(raw_chars, turned, strict=True) if t == turn]
            words += _sideways_words(sideways, matrix, width, height, turn)
        drawing = _read_drawing(page, matrix, width, height)
        printed = Page(
            number=index + 1,
            width=width,
            height=height,
            words=tuple(_on_paper(words, width, height)),
            rules=tuple(drawing.rules),
            images=(*drawing.images, *_glyph_symbols(raw_chars, matrix, height)),
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


def _display_matrix(page: pdfium.PdfPage) -> tuple[Matrix, float, float]:
    """The matrix from the file's coordinates to the displayed page, origin bottom left, and the page's size."""
    width, height = page.get_size()
    left, bottom = page.get_bbox()[:2]
    rotation = page.get_rotation()
    own_width, own_height = (height, width) if rotation in (90, 270) else (width, height)
    matrices: dict[int, Matrix] = {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, -1, 1, 0, -bottom, own_width + left),
        180: (-1, 0, 0, -1, own_width + left, own_height + bottom),
        270: (0, 1, -1, 0, own_height + bottom, -left),
    }
    return matrices[rotation], width, height


def _text_upright(
    matrix: Matrix, width: float, height: float, chars: Sequence[_RawChar]
) -> tuple[Matrix, float, float]:
    """Turn the page further where most of its text would stand sideways or on its head."""
    turns = Counter(_quarter_turns(matrix, char.run_x, char.run_y) for char in chars[::TURN_SAMPLE])
    turn = turns.most_common(1)[0][0] if turns else 0
    return _turned(matrix, width, height, turn)


def _turned(matrix: Matrix, width: float, height: float, turn: int) -> tuple[Matrix, float, float]:
    """The page turned so that text which ran in a direction runs to the right."""
    if not turn:
        return matrix, width, height
    extra: dict[int, Matrix] = {
        1: (0, -1, 1, 0, 0, width),
        2: (-1, 0, 0, -1, width, height),
        3: (0, 1, -1, 0, height, 0),
    }
    size = (width, height) if turn == 2 else (height, width)
    return _multiply(matrix, extra[turn]), *size


def _sideways_words(chars: Sequence[_RawChar], matrix: Matrix, width: float, height: float, turn: int) -> list[Word]:
    """Lines of text that run in another direction than the page's, each as one word with spaces.

    Read on the page turned for them, then put back where they stand.
    """
    turned, turned_width, turned_height = _turned(matrix, width, height, turn)
    lines: list[list[Word]] = []
    for word in words_of(_on_page(chars, turned, turned_height)):
        last = lines[-1][-1] if lines else None
        near = last and abs(last.box.bottom - word.box.bottom) < 0.2 * word.size
        if last and near and 0 <= word.box.x0 - last.box.x1 < word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_put_back(line, turned_width, turned_height, turn) for line in lines]


def _put_back(line: Sequence[Word], width: float, height: float, turn: int) -> Word:
    """A sideways line as one word at its place on the page as it is displayed."""
    x0, x1 = line[0].box.x0, line[-1].box.x1
    top, bottom = line[0].box.top, line[0].box.bottom
    box = {
        1: Box(top, width - x1, bottom, width - x0),
        2: Box(width - x1, height - bottom, width - x0, height - top),
        3: Box(height - bottom, x0, height - top, x1),
    }[turn]
    return replace(line[0], text=" ".join(word.text for word in line), box=box)


def _quarter_turns(matrix: Matrix, run_x: float, run_y: float) -> int:
    """How many quarter turns to the left the text runs: 0 upright, 1 upwards, 2 on its head, 3 downwards."""
    a, b, c, d, _, _ = matrix
    x, y = a * run_x + c * run_y, b * run_x + d * run_y
    return round(math.atan2(y, x) / (math.pi / 2)) % 4


def _multiply(first: Matrix, then: Matrix) -> Matrix:
    """One matrix for two, applied in order."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _read_chars(page: pdfium.PdfPage, number: int) -> list[_RawChar]:
    """Every character that the file itself holds, with its place and font."""
    text_page = page.get_textpage()
    handle = text_page.raw
    font_of = _Fonts().of
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    by_rect, by_matrix, by_x, by_y = (ctypes.byref(thing) for thing in (rect, matrix, x, y))
    chars: list[_RawChar] = []
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
        chars.append(_RawChar(code, x.value, y.value, *box, a, b, size * scale, font, raised, colour))
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


def _glyph_symbols(chars: Iterable[_RawChar], matrix: Matrix, height: float) -> Iterator[Image]:
    """Characters that are status symbols: those in a colour of their own, and ticks, crosses and faces in any."""
    for char in chars:
        if char.colour is None:
            continue
        shape, own = symbol_glyphs()[char.code]
        colour = own or colour_word(char.colour)
        if colour in ("black", "grey") and shape not in ("tick", "cross", "smiley") and not own:
            continue
        corners = [_apply(matrix, x, y) for x in (char.left, char.right) for y in (char.bottom, char.top)]
        yield Image(_bounds([(x, height - y) for x, y in corners]), colour, shape)


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


def _on_page(chars: Iterable[_RawChar], matrix: Matrix, height: float) -> list[Char]:
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


def words_of(chars: Sequence[Char]) -> list[Word]:
    """Characters gathered into words, raised marks set apart."""
    words: list[tuple[Word, float]] = []
    run: list[Char] = []
    for char in chars:
        if run and _starts_word(run, char):
            words.append(_word(run))
            run = []
        if not char.text.isspace() and char.text.isprintable() or char.text == "\u00ad":
            run.append(char)
    if run:
        words.append(_word(run))
    return _mark_raised(words)


def _starts_word(run: Sequence[Char], char: Char) -> bool:
    """Whether the character is not part of the word so far."""
    if char.text.isspace():
        return True
    last = run[-1]
    if char.x0 == last.x0 and char.base == last.base:  # two letters of one ligature share its box
        return False
    size = last.size if last.size > char.size else char.size
    gap = char.x0 - last.x1
    if (char.x0, char.x1, char.base) == (last.x0, last.x1, last.base):
        return False
    if gap > WORD_GAP * size or gap < -0.6 * size or abs(char.base - last.base) > 0.1 * size:
        return True
    if last.size != char.size and min(last.size, char.size) < MARKER_SIZE * size:
        return True
    return char.raised != last.raised and not _is_power(run)


def _is_power(run: Sequence[Char]) -> bool:
    """Whether a raised digit after these characters is a power, as in m²."""
    return "".join(char.text for char in run).lower().endswith(("m", "km", "kvm"))


def _word(run: Sequence[Char]) -> tuple[Word, float]:
    """A word and its base line; a hyphen that stands only at the end of a line is an ordinary hyphen."""
    text = "".join(char.text for char in run)
    text = text[:-1].replace("\u00ad", "") + text[-1].replace("\u00ad", "-")
    first = run[0]
    bold = sum(char.font.bold for char in run) * 2 > len(run)
    italic = sum(char.font.italic for char in run) * 2 > len(run)
    base, size = first.base, max(char.size for char in run)
    box = Box(min(c.x0 for c in run), base - ASCENT * size, max(c.x1 for c in run), base + DESCENT * size)
    raised = run[0].raised
    return Word(text.translate(PLAIN_FIGURES) if raised else text, box, size, bold, italic, raised), base


def _mark_raised(words: Sequence[tuple[Word, float]]) -> list[Word]:
    """Flag small raised words beside a larger one as footnote marks.

    The neighbour is sought on paper: in a table it may be far away in the file.
    """
    largest = max((word.size for word, _ in words), default=0.0)
    by_base = sorted(words, key=lambda pair: pair[1])
    bases = [base for _, base in by_base]
    marked = []
    for word, base in words:
        if not word.is_marker and _may_be_mark(word, largest):
            below = by_base[bisect_left(bases, base) : bisect_right(bases, base + largest)]
            if any(_stands_above(word, base, other, other_base) for other, other_base in below):
                word = replace(word, is_marker=True)
        marked.append(word)
    return marked


def _may_be_mark(word: Word, largest: float) -> bool:
    """Whether a word is short, smaller than some other and made of footnote marks."""
    return len(word.text) <= 5 and word.size <= MARKER_SIZE * largest and set(word.text.lower()) <= MARKER_CHARS


def _stands_above(word: Word, base: float, other: Word, other_base: float) -> bool:
    """Whether a word is smaller than its neighbour on the line and printed above the neighbour's base line."""
    rise = other_base - base
    gap = max(word.box.x0 - other.box.x1, other.box.x0 - word.box.x1)
    return (
        word.size <= MARKER_SIZE * other.size
        and MARKER_RISE * other.size <= rise <= other.size
        and -0.5 * other.size < gap < other.size
    )


def _read_drawing(page: pdfium.PdfPage, matrix: Matrix, width: float, height: float) -> _Drawing:
    """Rules, filled areas and pictures of a page."""
    drawing = _Drawing()
    for handle, placed in _objects(page, matrix):
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _read_path(drawing, handle, placed, width, height)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            _read_image(drawing, page, handle, placed, height)
    return drawing


def _objects(page: pdfium.PdfPage, matrix: Matrix) -> Iterator[tuple[object, Matrix]]:
    """Every drawn object with the matrix that places it, those inside forms included."""
    count = raw.FPDFPage_CountObjects(page.raw)
    yield from _walk(count, lambda i: raw.FPDFPage_GetObject(page.raw, i), matrix, 0)


def _walk(count: int, nth: Callable[[int], object], matrix: Matrix, depth: int) -> Iterator[tuple[object, Matrix]]:
    for i in range(count):
        handle = nth(i)
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        placed = _multiply(_object_matrix(handle), matrix)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield handle, placed
        elif depth < 5:
            inner = raw.FPDFFormObj_CountObjects(handle)
            yield from _walk(inner, _form_objects(handle), placed, depth + 1)


def _form_objects(handle: object) -> Callable[[int], object]:
    return lambda i: raw.FPDFFormObj_GetObject(handle, i)


def _object_matrix(handle: object) -> Matrix:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, m)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _colour(handle: object, *, stroke: bool = False) -> tuple[int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    get = raw.FPDFPageObj_GetStrokeColor if stroke else raw.FPDFPageObj_GetFillColor
    get(handle, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red, green, blue


@dataclass(slots=True)
class _SubPath:
    """Points of one piece of a path."""

    points: list[tuple[float, float]] = field(default_factory=list)
    closed: bool = False
    curved: bool = False


def _read_path(drawing: _Drawing, handle: object, matrix: Matrix, width: float, height: float) -> None:
    """Add a path's lines, areas or the symbol that it draws."""
    if raw.FPDFPath_CountSegments(handle) > MAX_SEGMENTS:
        return
    fill_mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, fill_mode, stroked)
    if not fill_mode.value and not stroked.value:
        return
    pieces = _sub_paths(handle, matrix, height)
    symbol = _drawn_symbol(pieces, _colour(handle)) if fill_mode.value else None
    if symbol:
        drawing.images.append(symbol)
        return
    for piece in pieces:
        box = _rectangle(piece)
        if box is None:
            if stroked.value:
                drawing.rules += _straight_lines(piece)
        elif min(box.width, box.height) <= RULE_THICKNESS:
            drawing.rules.append(Rule(box))
        elif fill_mode.value and (box.width < 0.95 * width or box.height < 0.6 * height):
            drawing.fills.append(Fill(box, _colour(handle), bool(stroked.value)))
        elif stroked.value:
            drawing.rules += _straight_lines(piece)


def _sub_paths(handle: object, matrix: Matrix, height: float) -> list[_SubPath]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pieces = [_SubPath()]
    for i in range(raw.FPDFPath_CountSegments(handle)):
        segment = raw.FPDFPath_GetPathSegment(handle, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        px, py = _apply(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            pieces.append(_SubPath())
        pieces[-1].curved |= kind == raw.FPDF_SEGMENT_BEZIERTO
        pieces[-1].points.append((px, height - py))
        pieces[-1].closed |= bool(raw.FPDFPathSegment_GetClose(segment))
    return [piece for piece in pieces if len(piece.points) > 1]


def _rectangle(piece: _SubPath) -> Box | None:
    """The box of an upright rectangle or of a single upright line, else None."""
    points = piece.points
    if piece.curved:
        return None
    if len(points) == 2 or (len(points) == 3 and points[0] == points[2]):
        box = _bounds(points)
        return box if min(box.width, box.height) <= 0.5 else None
    corners = points[:4]
    if len(points) not in (4, 5) or (len(points) == 5 and _far(points[0], points[4])):
        return None
    if len(points) == 4 and not piece.closed:
        return None
    sides = zip(corners, corners[1:] + corners[:1], strict=True)
    return _bounds(corners) if all(_upright(a, b) for a, b in sides) else None


def _far(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[0] - b[0]) > 0.1 or abs(a[1] - b[1]) > 0.1


def _upright(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[0] - b[0]) < 0.1 or abs(a[1] - b[1]) < 0.1


def _bounds(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _straight_lines(piece: _SubPath) -> list[Rule]:
    """The upright sides of a drawn outline."""
    points = piece.points + (piece.points[:1] if piece.closed else [])
    return [Rule(_bounds((a, b))) for a, b in zip(points, points[1:], strict=False) if _upright(a, b)]


def _drawn_symbol(pieces: Sequence[_SubPath], colour: tuple[int, int, int]) -> Image | None:
    """A small filled shape that is no rectangle: a dot, tick or arrow."""
    points = [point for piece in pieces for point in piece.points]
    if not points or all(_rectangle(piece) for piece in pieces):
        return None
    box = _bounds(points)
    low, high = SYMBOL_SIZE
    if not (low <= box.width <= high and low <= box.height <= high):
        return None
    curved = any(piece.curved for piece in pieces)
    round_shape = curved and len(pieces) == 1 and 0.8 < box.width / box.height < 1.25
    return Image(box, colour_word(colour), "dot" if round_shape else "picture")


def _read_image(drawing: _Drawing, page: pdfium.PdfPage, handle: object, matrix: Matrix, height: float) -> None:
    """Add a picture; only small ones are looked into."""
    corners = [_apply(matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
    box = _bounds([(x, height - y) for x, y in corners])
    drawing.picture_area = max(drawing.picture_area, box.width * box.height)
    if max(box.width, box.height) > SYMBOL_SIZE[1] * 2:
        drawing.images.append(Image(box, "mixed", "picture"))
    elif min(box.width, box.height) >= 1:
        drawing.images.append(_symbol_picture(page, handle, box))


def _symbol_picture(page: pdfium.PdfPage, handle: object, box: Box) -> Image:
    """Colour and shape of a small picture, by its coloured pixels."""
    pixels = _pixels(page, handle)
    inked = [pixel for pixel in pixels if pixel is not None and min(pixel) < 235]
    if not inked:
        return Image(box, "mixed", "picture")
    mean = tuple(sum(pixel[i] for pixel in inked) // len(inked) for i in range(3))
    share = len(inked) / len(pixels)
    if max(box.width, box.height) > 2.5 * min(box.width, box.height):
        shape = "bar"
    else:
        shape = "dot" if 0.6 < share < 0.92 else "picture"
    digest = hashlib.sha256(bytes(value for pixel in pixels for value in pixel or (255,) * 3)).hexdigest()[:16]
    return Image(box, colour_word((mean[0], mean[1], mean[2])), shape, digest)


def _pixels(page: pdfium.PdfPage, handle: object) -> list[tuple[int, int, int] | None]:
    """The picture's pixels, scaled down; None where it is transparent."""
    try:
        image = pdfium.PdfImage(handle, page=page).get_bitmap(render=True).to_pil().convert("RGBA").resize((24, 24))
    except pdfium.PdfiumError:
        return []
    flat = image.tobytes()
    quads = zip(flat[0::4], flat[1::4], flat[2::4], flat[3::4], strict=True)
    return [(r, g, b) if a > 60 else None for r, g, b, a in quads]


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
    if green == high and red < 0.8 * green:
        return "green"
    return "yellow" if green > 0.55 * red else "red"
