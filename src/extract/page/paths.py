"""Drawn paths as pieces: rectangles, straight lines and outlines."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

import pypdfium2.raw as raw

from extract.page.chars import ADDRESS, address_of, by_address
from extract.page.model import Matrix
from schema.layout import Box, Rule


@dataclass(slots=True)
class SubPath:
    """Points of one piece of a path."""

    points: list[tuple[float, float]] = field(default_factory=list)
    closed: bool = False
    curved: bool = False


def sub_paths(handle: object, matrix: Matrix, height: float) -> list[SubPath]:
    """The pieces of a path where they stand on the page."""
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.addressof(x), ctypes.addressof(y)
    path, (nth, point_of, kind_of, closes) = address_of(handle), _questions()
    a, b, c, d, e, f = matrix
    piece = SubPath()
    pieces = [piece]
    for i in range(raw.FPDFPath_CountSegments(handle)):
        segment = nth(path, i)
        point_of(segment, to_x, to_y)
        kind = kind_of(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            piece = SubPath()
            pieces.append(piece)
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            piece.curved = True
        px, py = x.value, y.value
        piece.points.append((a * px + c * py + e, height - (b * px + d * py + f)))
        if closes(segment):
            piece.closed = True
    return [piece for piece in pieces if len(piece.points) > 1]


@cache
def _questions() -> tuple[Callable[..., int], ...]:
    """What is asked of a path: its segments by number; of each its point, kind, and whether it closes the piece."""
    return (
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
