"""Paint that is drawn twice: Word shades a cell and, in the same colour, each line of text inside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from extract.page.model import Fill
from schema.layout import Box, Rule

OVER_EDGE = 1.0
"""Paint of a paragraph reaches at most this many points over its cell's, by rounding and half a border."""
SAME_COLOUR = 3
"""Channels of one colour differ by less than this, by rounding between colour spaces."""

Colour = tuple[int, int, int]


def without_double_paint(fills: Sequence[Fill]) -> list[Fill]:
    """The filled areas that show: one inside another of its own colour does not, unless it parts that into columns."""
    unique = sorted(dict.fromkeys(fills), key=lambda f: (f.box.top, -_size(f.box)))
    hidden: set[Fill] = set()
    for inner in _nested(unique):
        if not _stand_beside(inner):
            hidden.update(fill for fill in inner if not fill.stroked)
    return [fill for fill in unique if fill not in hidden]


def rules_that_show(rules: Iterable[tuple[Rule, Colour | None]], fills: Sequence[Fill]) -> list[Rule]:
    """The lines, without strips of paint that lie on an area of their own colour: they pad a shaded cell."""
    by_colour: dict[Colour, list[Fill]] = {}
    for fill in fills:
        by_colour.setdefault(fill.colour, []).append(fill)
    return [
        rule
        for rule, colour in rules
        if colour is None or not any(_holds(fill.box, rule.box) for fill in by_colour.get(colour, ()))
    ]


def _nested(fills: Sequence[Fill]) -> list[list[Fill]]:
    """For each area the smaller ones of its colour inside it; areas come from the top down."""
    tops, sizes = [fill.box.top for fill in fills], [_size(fill.box) for fill in fills]
    found = []
    for outer, size in zip(fills, sizes, strict=True):
        first, end = bisect_left(tops, outer.box.top - OVER_EDGE), bisect_right(tops, outer.box.bottom + OVER_EDGE)
        smaller = (fills[i] for i in range(first, end) if sizes[i] < size)
        inner = [f for f in smaller if _holds(outer.box, f.box) and _same(f, outer)]
        if inner:
            found.append(inner)
    return found


def _stand_beside(fills: Sequence[Fill]) -> bool:
    """Whether some areas stand side by side, as cells do; lines of one cell stand one below the other."""
    return max(f.box.x0 for f in fills) >= min(f.box.x1 for f in fills) - OVER_EDGE


def _size(box: Box) -> float:
    return box.width * box.height


def _same(a: Fill, b: Fill) -> bool:
    return max(abs(x - y) for x, y in zip(a.colour, b.colour, strict=True)) < SAME_COLOUR


def _holds(outer: Box, inner: Box) -> bool:
    wide = inner.x0 >= outer.x0 - OVER_EDGE and inner.x1 <= outer.x1 + OVER_EDGE
    return wide and inner.top >= outer.top - OVER_EDGE and inner.bottom <= outer.bottom + OVER_EDGE
