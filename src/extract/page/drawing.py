"""Rules, filled areas and pictures of a page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.page.chars import ADDRESS, address_of, by_address
from extract.page.model import SAME_LINE, Fill, Matrix, middle_of
from extract.page.paint import Colour, rules_that_show, without_double_paint
from extract.page.paths import bounds_of, rectangle_of, straight_lines, sub_paths
from extract.page.symbols import SYMBOL_SIZE, colour_word, drawn_symbol, is_mark, symbol_picture
from extract.page.turning import apply_matrix, multiply
from schema.layout import Box, Image, Rule, Word
from schema.lexicon.signs import RULE_SIGNS

RULE_THICKNESS = 3.0
"""A filled rectangle thinner than this is a line: the thickest table rules seen are 2.25 pt."""
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
    for address, kind, placed in _objects(page, matrix):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _read_path(drawing, address, placed, width, height)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            read_image(drawing, page, ctypes.cast(address, raw.FPDF_PAGEOBJECT), placed, height)
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
    text = word.text
    return text[:1] in RULE_SIGNS and len(text) >= SHORTEST_TYPED and set(text) <= set(RULE_SIGNS)


def _through(run: Sequence[Word]) -> Box:
    """The line through the ink of signs: low signs stand at the foot of their boxes."""
    first = run[0]
    y = first.box.bottom if first.text.startswith("_") else middle_of(first)
    return Box(first.box.x0, y, run[-1].box.x1, y)


class _Questions(NamedTuple):
    """What is asked of a drawn object, of a page or of a form that holds some."""

    on_page: Callable[..., int]
    count_on_page: Callable[..., int]
    in_form: Callable[..., int]
    count_in_form: Callable[..., int]
    kind: Callable[..., int]
    matrix: Callable[..., int]
    draw_mode: Callable[..., int]
    fill: Callable[..., int]
    stroke: Callable[..., int]


@cache
def _questions() -> _Questions:
    number = ctypes.c_int
    return _Questions(
        by_address(raw.FPDFPage_GetObject, ADDRESS, ADDRESS, number),
        by_address(raw.FPDFPage_CountObjects, number, ADDRESS),
        by_address(raw.FPDFFormObj_GetObject, ADDRESS, ADDRESS, ctypes.c_ulong),
        by_address(raw.FPDFFormObj_CountObjects, number, ADDRESS),
        by_address(raw.FPDFPageObj_GetType, number, ADDRESS),
        by_address(raw.FPDFPageObj_GetMatrix, number, ADDRESS, ADDRESS),
        by_address(raw.FPDFPath_GetDrawMode, number, ADDRESS, ADDRESS, ADDRESS),
        by_address(raw.FPDFPageObj_GetFillColor, number, ADDRESS, *[ADDRESS] * 4),
        by_address(raw.FPDFPageObj_GetStrokeColor, number, ADDRESS, *[ADDRESS] * 4),
    )


def _objects(page: pdfium.PdfPage, matrix: Matrix) -> Iterator[tuple[int, int, Matrix]]:
    """The address and kind of every drawn object with the matrix that places it, those inside forms included."""
    ask, address = _questions(), address_of(page.raw)
    yield from _walk(map(ask.on_page, repeat(address), range(ask.count_on_page(address))), matrix, 0)


def _walk(objects: Iterable[int], matrix: Matrix, depth: int) -> Iterator[tuple[int, int, Matrix]]:
    ask = _questions()
    for address in objects:
        kind = ask.kind(address)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        placed = multiply(_object_matrix(address), matrix)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield address, kind, placed
        elif depth < 5:
            inner = map(ask.in_form, repeat(address), range(ask.count_in_form(address)))
            yield from _walk(inner, placed, depth + 1)


def _object_matrix(address: int) -> Matrix:
    m = raw.FS_MATRIX()
    _questions().matrix(address, ctypes.addressof(m))
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _colour(address: int, *, stroke: bool = False) -> tuple[int, int, int]:
    parts = (ctypes.c_uint * 4)()
    first = ctypes.addressof(parts)
    ask = _questions().stroke if stroke else _questions().fill
    ask(address, *range(first, first + 16, 4))
    red, green, blue, _ = parts
    return red, green, blue


def _read_path(drawing: Drawing, address: int, matrix: Matrix, width: float, height: float) -> None:
    """Add a path's lines, areas or the symbol that it draws."""
    modes = (ctypes.c_int * 2)()
    first = ctypes.addressof(modes)
    _questions().draw_mode(address, first, first + ctypes.sizeof(ctypes.c_int))
    filled, stroked = map(bool, modes)
    pieces = sub_paths(address, matrix, height) if filled or stroked else []
    if is_mark(pieces) and colour_word(_colour(address, stroke=not filled)) in ("black", "grey"):
        drawing.marks.append(bounds_of([point for piece in pieces for point in piece.points]))
    boxes = [rectangle_of(piece) for piece in pieces]
    symbol = drawn_symbol(pieces, _colour(address)) if filled and not all(boxes) else None
    if symbol:
        drawing.images.append(symbol)
        return
    for piece, box in zip(pieces, boxes, strict=True):
        if box is None:
            if stroked:
                drawing.strips += [(rule, None) for rule in straight_lines(piece)]
        elif min(box.width, box.height) <= RULE_THICKNESS:
            drawing.strips.append((Rule(box), _colour(address) if filled and not stroked else None))
        elif filled and (box.width < 0.95 * width or box.height < 0.6 * height):
            drawing.fills.append(Fill(box, _colour(address), stroked))
        elif stroked:
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
