"""Rules, filled areas and pictures of a page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.page.model import SAME_LINE, Fill, Matrix, middle_of
from extract.page.paint import Colour, rules_that_show, without_double_paint
from extract.page.paths import bounds_of, rectangle_of, straight_lines, sub_paths
from extract.page.symbols import SYMBOL_SIZE, colour_word, drawn_symbol, is_mark, symbol_picture
from extract.page.turning import apply_matrix, multiply
from schema.layout import Box, Image, Rule, Word
from schema.lexicon.signs import RULE_SIGNS

RULE_THICKNESS = 3.0
"""A filled rectangle thinner than this is a line: the thickest table rules seen are 2.25 pt."""
MAX_SEGMENTS = 20_000
"""Paths with more segments are maps or charts and never table rules."""

SHORTEST_TYPED = 4
"""Signs of a typed line at least: fewer may be missing values."""
TYPED_GAP = 2.5
"""The pieces of one typed line stand at most so many of its signs apart."""


@dataclass(slots=True)
class Drawing:
    """Collects what is drawn while the page's objects are walked."""

    strips: list[tuple[Rule, Colour | None]] = field(default_factory=list)
    """Lines; with their colour where they are thin painted areas."""
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)
    """Small dark shapes, as wide as high."""
    picture_area: float = 0.0


def read_drawing(page: pdfium.PdfPage, matrix: Matrix, width: float, height: float) -> Drawing:
    """Rules, filled areas and pictures of a page."""
    drawing = Drawing()
    for handle, placed in _objects(page, matrix):
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _read_path(drawing, handle, placed, width, height)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            read_image(drawing, page, handle, placed, height)
    drawing.rules = rules_that_show(drawing.strips, drawing.fills)
    drawing.fills = without_double_paint(drawing.fills)
    return drawing


def typed_rules(words: Sequence[Word]) -> list[tuple[Rule, Sequence[Word]]]:
    """Lines that are typed of hyphens or other signs and stand in a line alone, each with its words."""
    typed = [word for word in words if _is_typed(word)]
    alone = [word for word in typed if all(_is_typed(other) for other in words if _share_line(word, other))]
    runs: list[list[Word]] = []
    for word in sorted(alone, key=lambda word: (round(middle_of(word)), word.box.x0)):
        step = word.box.width / len(word.text)
        last = runs[-1][-1] if runs else None
        if last and _share_line(last, word) and word.box.x0 - last.box.x1 <= TYPED_GAP * step:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [(Rule(_through(run)), run) for run in runs]


def _share_line(word: Word, other: Word) -> bool:
    return abs(middle_of(word) - middle_of(other)) < SAME_LINE * min(word.size, other.size)


def _is_typed(word: Word) -> bool:
    return len(word.text) >= SHORTEST_TYPED and set(word.text) <= set(RULE_SIGNS)


def _through(run: Sequence[Word]) -> Box:
    """The line through the ink of signs: low signs stand at the foot of their boxes."""
    first = run[0]
    y = first.box.bottom if first.text.startswith("_") else middle_of(first)
    return Box(first.box.x0, y, run[-1].box.x1, y)


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
        placed = multiply(_object_matrix(handle), matrix)
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


def _read_path(drawing: Drawing, handle: object, matrix: Matrix, width: float, height: float) -> None:
    """Add a path's lines, areas or the symbol that it draws."""
    if raw.FPDFPath_CountSegments(handle) > MAX_SEGMENTS:
        return
    fill_mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, fill_mode, stroked)
    if not fill_mode.value and not stroked.value:
        return
    pieces = sub_paths(handle, matrix, height)
    if is_mark(pieces) and colour_word(_colour(handle, stroke=not fill_mode.value)) in ("black", "grey"):
        drawing.marks.append(bounds_of([point for piece in pieces for point in piece.points]))
    symbol = drawn_symbol(pieces, _colour(handle)) if fill_mode.value else None
    if symbol:
        drawing.images.append(symbol)
        return
    for piece in pieces:
        box = rectangle_of(piece)
        if box is None:
            if stroked.value:
                drawing.strips += [(rule, None) for rule in straight_lines(piece)]
        elif min(box.width, box.height) <= RULE_THICKNESS:
            drawing.strips.append((Rule(box), _colour(handle) if fill_mode.value and not stroked.value else None))
        elif fill_mode.value and (box.width < 0.95 * width or box.height < 0.6 * height):
            drawing.fills.append(Fill(box, _colour(handle), bool(stroked.value)))
        elif stroked.value:
            drawing.strips += [(rule, None) for rule in straight_lines(piece)]


def read_image(drawing: Drawing, page: pdfium.PdfPage, handle: object, matrix: Matrix, height: float) -> None:
    """Add a picture; only small ones are looked into."""
    corners = [apply_matrix(matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
    box = bounds_of([(x, height - y) for x, y in corners])
    drawing.picture_area = max(drawing.picture_area, box.width * box.height)
    if max(box.width, box.height) > SYMBOL_SIZE[1] * 2:
        drawing.images.append(Image(box, "mixed", "picture"))
    elif min(box.width, box.height) >= 1:
        drawing.images.append(symbol_picture(page, handle, box))
