"""Drawn paths as pieces: rectangles, straight lines and outlines."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from typing import NamedTuple

import pypdfium2.raw as raw

from extract.page.chars import ADDRESS, by_address
from extract.page.model import Matrix
from schema.layout import Box, Rule

MAX_SEGMENTS = 20_000
"""Paths with more segments are maps or charts and never table rules."""


@dataclass(slots=True)
class SubPath:
    """Points of one piece of a path."""

    points: list[tuple[float, float]] = field(default_factory=list)
    closed: bool = False
    curved: bool = False


def sub_paths(path: int, matrix: Matrix, height: float) -> list[SubPath]:
    """The pieces of the path at an address, where they stand on the page; none of a path that is far too long."""
    ask = _questions()
    count = ask.count(path)
    segments = list(map(ask.nth, repeat(path), range(count))) if count <= MAX_SEGMENTS else []
    places = (ctypes.c_float * (2 * len(segments)))()
    first, end = ctypes.addressof(places), ctypes.addressof(places) + ctypes.sizeof(places)
    deque(map(ask.point, segments, range(first, end, 8), range(first + 4, end, 8)), maxlen=0)
    kinds, closing = map(ask.kind, segments), map(ask.closes, segments)
    a, b, c, d, e, f = matrix
    piece = SubPath()
    pieces = [piece]
    for x, y, kind, closes in zip(places[::2], places[1::2], kinds, closing, strict=True):
        if kind == raw.FPDF_SEGMENT_MOVETO:
            piece = SubPath()
            pieces.append(piece)
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            piece.curved = True
        piece.points.append((a * x + c * y + e, height - (b * x + d * y + f)))
        if closes:
            piece.closed = True
    return [piece for piece in pieces if len(piece.points) > 1]


class _Questions(NamedTuple):
    """What is asked of a path: its segments by number; of each its point, kind, and whether it closes the piece."""

    count: Callable[..., int]
    nth: Callable[..., int]
    point: Callable[..., int]
    kind: Callable[..., int]
    closes: Callable[..., int]


@cache
def _questions() -> _Questions:
    return _Questions(
        by_address(raw.FPDFPath_CountSegments, ctypes.c_int, ADDRESS),
        by_address(raw.FPDFPath_GetPathSegment, ADDRESS, ADDRESS, ctypes.c_int),
        by_address(raw.FPDFPathSegment_GetPoint, ctypes.c_int, ADDRESS, ADDRESS, ADDRESS),
        by_address(raw.FPDFPathSegment_GetType, ctypes.c_int, ADDRESS),
        by_address(raw.FPDFPathSegment_GetClose, ctypes.c_int, ADDRESS),
    )


def rectangle_of(piece: SubPath) -> Box | None:
    """The box of an upright rectangle or of a single upright line, else None."""
    points = piece.points
    if piece.curved:
        return None
    if len(points) == 2 or (len(points) == 3 and points[0] == points[2]):
        box = bounds_of(points)
        return box if min(box.width, box.height) <= 0.5 else None
    corners = points[:4]
    if len(points) not in (4, 5) or (len(points) == 5 and _far(points[0], points[4])):
        return None
    if len(points) == 4 and not piece.closed:
        return None
    sides = zip(corners, corners[1:] + corners[:1], strict=True)
    return bounds_of(corners) if all(_upright(a, b) for a, b in sides) else None


def _far(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[0] - b[0]) > 0.1 or abs(a[1] - b[1]) > 0.1


def _upright(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[0] - b[0]) < 0.1 or abs(a[1] - b[1]) < 0.1


def bounds_of(points: Sequence[tuple[float, float]]) -> Box:
    """The smallest box around points."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def straight_lines(piece: SubPath) -> list[Rule]:
    """The upright sides of a drawn outline."""
    points = piece.points + (piece.points[:1] if piece.closed else [])
    return [Rule(bounds_of((a, b))) for a, b in zip(points, points[1:], strict=False) if _upright(a, b)]
