"""Edges of lines and shading grouped into the areas of tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.page.lines import around, cluster, lines_of
from extract.page.model import Fill, PageParse
from schema.layout import Box, Word
from schema.lazy import lazy

SNAP = 2.2
"""Edges nearer than this are one line: borders of neighbouring cells are drawn up to 1.5 pt apart."""
TOUCH = 2.5
"""Edges nearer than this belong to one table."""
SAME_EXTENT = 4.0
"""Parts of one table begin and end within this many points of each other."""
ROW_PADDING = 0.8
"""Text stands within this share of its size from the top of its row."""
PRINTED_SIZE, SCANNED_SIZE = 1.05, 1.2
"""Larger than this many times a table's largest words is a heading; on scans sizes are measured less exactly."""
BAND_HEIGHT = 2.0
"""A row of one line is at most so many times its size high; an empty row and a title are higher."""
BESIDE = 1.5
"""What stands further to the side than so many font sizes belongs to another table or column of text."""
NEARLY_WHITE = 250
GROUP_HEIGHT = 45.0
"""Points at most between the line under a group's header and that under its columns' own: three lines of text."""
NARROWEST_COLUMN = 8.0
"""Points of a column at least: one of a figure and its padding has more."""
MIN_EDGE = 4.0
"""Edges shorter than this are dashes, ticks or parts of letters."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight piece of a border: at `pos`, from `low` to `high` along the other axis."""

    pos: float
    low: float
    high: float
    drawn: bool
    """A line, not just the end of a shaded area."""


@dataclass(frozen=True)
class Area:
    """Edges that belong together."""

    across: tuple[Edge, ...]
    down: tuple[Edge, ...]
    fills: tuple[Fill, ...]

    @lazy
    def box(self) -> Box:
        """The rectangle around all edges."""
        boxes = [Box(e.low, e.pos, e.high, e.pos) for e in self.across]
        boxes += [Box(e.pos, e.low, e.pos, e.high) for e in self.down]
        return around(boxes)

    @lazy
    def borders(self) -> list[float]:
        """Where columns begin and end."""
        return column_borders([self])

    @lazy
    def has_drawn_columns(self) -> bool:
        """Whether lines run between the columns."""
        box = self.box
        inner = [e for e in self.down if e.drawn and box.x0 + SNAP < e.pos < box.x1 - SNAP]
        return bool(inner)


def with_groups(area: Area) -> Area:
    """Add the edge under a group's header where nothing but the lines between its columns show it: they begin there."""
    box = area.box
    tops: dict[float, float] = {}
    for edge in area.down if area.has_drawn_columns else ():
        pos = next((x for x in tops if abs(x - edge.pos) <= SNAP), edge.pos)
        tops[pos] = min(edge.low, tops.get(pos, edge.low))
    found: set[Edge] = set()
    for x, y in tops.items():
        drawn = any(abs(e.pos - y) <= SNAP and e.low - SNAP <= x <= e.high + SNAP for e in area.across)
        inside = box.x0 < x < box.x1 and box.top + MIN_EDGE < y < (box.top + box.bottom) / 2
        if drawn or not inside:
            continue
        higher = [box.x0, box.x1, *(other for other, top in tops.items() if top < y - SNAP)]
        left, right = max(z for z in higher if z < x), min(z for z in higher if z > x)
        found.add(Edge(y, left, right, False))
    return replace(area, across=(*area.across, *sorted(found, key=lambda e: (e.pos, e.low))))


def areas_of(parse: PageParse) -> list[Area]:
    """Edges grouped into connected areas."""
    across, down, fills = _edges(parse)
    items: list[tuple[Box, Edge | None, Edge | None, Fill | None]] = []
    items += [(Box(e.low, e.pos, e.high, e.pos), e, None, None) for e in across]
    items += [(Box(e.pos, e.low, e.pos, e.high), None, e, None) for e in down]
    items += [(f.box, None, None, f) for f in fills]
    groups = _connected([item[0] for item in items])
    return [
        Area(
            tuple(e for i in group if (e := items[i][1])),
            tuple(e for i in group if (e := items[i][2])),
            tuple(f for i in group if (f := items[i][3])),
        )
        for group in groups
        if sum(items[i][1] is not None for i in group) >= 1
    ]


def _edges(parse: PageParse) -> tuple[list[Edge], list[Edge], list[Fill]]:
    """Horizontal edges, vertical edges and shaded areas of a page."""
    across: list[Edge] = []
    down: list[Edge] = []
    for rule in parse.page.rules:
        box = rule.box
        if box.width >= box.height and box.width >= MIN_EDGE:
            across.append(Edge((box.top + box.bottom) / 2, box.x0, box.x1, True))
        elif box.height > box.width and box.height >= MIN_EDGE:
            down.append(Edge((box.x0 + box.x1) / 2, box.top, box.bottom, True))
    fills = [f for f in parse.fills if f.box.height >= MIN_EDGE and f.box.width >= MIN_EDGE]
    fills = [f for f in fills if f.stroked or min(f.colour) < NEARLY_WHITE]
    fills = _without_sheets(fills)
    for fill in fills:
        box = fill.box
        across += [Edge(y, box.x0, box.x1, fill.stroked) for y in (box.top, box.bottom)]
        down += [Edge(x, box.top, box.bottom, fill.stroked) for x in (box.x0, box.x1)]
    return across, down, fills


def _without_sheets(fills: Sequence[Fill]) -> list[Fill]:
    """Leave out areas that lie behind many others, such as a coloured page or box."""
    unique = list({(f.box, f.colour): f for f in fills}.values())
    return [f for f in unique if sum(_inside(g.box, f.box) for g in unique) <= 4]


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner != outer
        and inner.x0 >= outer.x0 - 1
        and inner.x1 <= outer.x1 + 1
        and inner.top >= outer.top - 1
        and inner.bottom <= outer.bottom + 1
    )


def _connected(boxes: Sequence[Box]) -> list[list[int]]:
    """Groups of boxes that touch, by sweeping from the top."""
    parent = list(range(len(boxes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    ordered = sorted((box.top - TOUCH, i, box.x0, box.x1 + TOUCH, box.bottom) for i, box in enumerate(boxes))
    active: list[tuple[float, int, float, float, float]] = []
    for own in ordered:
        top, i, left, right, _ = own
        active = [other for other in active if other[4] >= top]
        for _, j, other_left, other_right, _ in active:
            if other_left <= right and left <= other_right:
                parent[root(j)] = root(i)
        active.append(own)
    groups: dict[int, list[int]] = {}
    for i in range(len(boxes)):
        groups.setdefault(root(i), []).append(i)
    return list(groups.values())


def join_stacked(areas: Sequence[Area], words: Sequence[Word]) -> list[Area]:
    """Join areas that are one table whose unshaded rows have no side edges."""
    ordered = sorted((a for a in areas if a.across or a.fills), key=lambda a: (a.box.top, a.box.x0))
    joined: list[Area] = []
    for area in ordered:
        for line in [other for other in joined if _is_line_of_group(other, area)]:
            joined.remove(line)
            area = replace(area, across=line.across + area.across)
        above = next((a for a in reversed(joined) if _overlaps(a, area)), None)
        if above and _same_columns(above, area) and _is_row_between(above, area, words):
            joined[joined.index(above)] = Area(
                above.across + area.across, above.down + area.down, above.fills + area.fills
            )
        else:
            joined.append(area)
    return joined


def _is_line_of_group(upper: Area, lower: Area) -> bool:
    """Whether an area is the line under the header of several of another's columns, right above those' own headers."""
    box = upper.box
    if upper.down or upper.fills or lower.has_drawn_columns or box.height > SNAP:
        return False
    xs = lower.borders
    over = sum(box.x0 - SNAP < x < box.x1 + SNAP for x in xs) - 1
    ends = all(any(abs(x - end) <= SNAP for x in xs) for end in (box.x0, box.x1))
    return ends and 2 <= over < len(xs) - 1 and SNAP < lower.box.top - box.bottom <= GROUP_HEIGHT


def _overlaps(upper: Area, lower: Area) -> bool:
    return upper.box.x0 < lower.box.x1 and lower.box.x0 < upper.box.x1


def _same_columns(upper: Area, lower: Area) -> bool:
    """Whether one area lies under the other and its columns are among the other's: merged cells leave some out."""
    a, b = upper.borders, lower.borders
    few, many = sorted((a, b), key=len)
    fits = all(any(abs(x - y) <= SAME_EXTENT for y in many) for x in few)
    return fits and upper.box.bottom <= lower.box.top + SNAP


def _is_row_between(upper: Area, lower: Area, words: Sequence[Word]) -> bool:
    """Whether the strip between two areas is a table row: its words keep to the columns and their size."""
    if upper.has_drawn_columns and lower.has_drawn_columns:
        return _is_band_between(upper, lower, words)
    if upper.has_drawn_columns or lower.has_drawn_columns:
        return False
    if _starts_anew(upper, lower):
        return False
    top, bottom = upper.box.bottom, lower.box.top
    strip = [w for w in words if top - 1 <= (w.box.top + w.box.bottom) / 2 <= bottom + 1]
    strip = [
        w for w in strip if w.box.x1 > upper.box.x0 - BESIDE * w.size and w.box.x0 < upper.box.x1 + BESIDE * w.size
    ]
    inside = [w for w in strip if upper.box.x0 - 1 <= w.box.x0 and w.box.x1 <= upper.box.x1 + 1]
    if len(inside) != len(strip) or not strip:
        return not strip and bottom - top < 2 * SNAP
    if _heads_lower(strip, top, bottom):
        return False
    borders = column_borders([upper, lower])
    crossing = [w for w in strip if any(w.box.x0 + 1 < x < w.box.x1 - 1 for x in borders)]
    table_words = [w for w in words if upper.box.top <= w.box.top and w.box.bottom <= top + 1]
    largest = max((w.size for w in table_words), default=99.0)
    scanned = any(w.confidence < 1.0 for w in strip)
    return not crossing and max(w.size for w in strip) <= (SCANNED_SIZE if scanned else PRINTED_SIZE) * largest


def _is_band_between(upper: Area, lower: Area, words: Sequence[Word]) -> bool:
    """Whether one line without borders parts rows of the same drawn columns, as a group's name in a spreadsheet does.

    Below it rows of amounts go on; a title has a header below it.
    """
    borders = lower.borders
    if len(upper.borders) != len(borders):
        return False
    within = [w for w in words if borders[0] - 1 <= w.box.x0 and w.box.x0 < borders[-1]]
    strip = lines_of(w for w in within if upper.box.bottom - 1 <= (w.box.top + w.box.bottom) / 2 <= lower.box.top + 1)
    if len(strip) != 1 or strip[0].has_figure or strip[0].box.x0 > borders[1]:
        return False
    below = lines_of(w for w in within if lower.box.top - 1 <= w.box.top)
    is_near = lower.box.top - upper.box.bottom <= BAND_HEIGHT * strip[0].size
    return is_near and bool(below) and below[0].has_figure


def _heads_lower(strip: Sequence[Word], top: float, bottom: float) -> bool:
    """Whether bold words between two areas stand close to the lower one and well apart from the upper."""
    above, below = min(w.box.top for w in strip) - top, bottom - max(w.box.bottom for w in strip)
    return all(w.bold for w in strip) and above > max(ROW_PADDING * strip[0].size, 2 * below)


def _starts_anew(upper: Area, lower: Area) -> bool:
    """Whether the lower area opens with the colour that only the upper one's header has."""
    header, opening = row_colour(upper, upper.box.top), row_colour(lower, lower.box.top)
    if header is None or opening is None or not _alike(header, opening):
        return False
    others = [f.colour for f in upper.fills if f.box.top > upper.box.top + SNAP]
    return not any(_alike(header, colour) for colour in others) and (bool(others) or min(header) < 128)


def row_colour(area: Area, top: float) -> tuple[int, int, int] | None:
    """The colour of the shaded area that begins at a height."""
    return next((f.colour for f in area.fills if abs(f.box.top - top) <= SNAP + 1), None)


def opens_with_stripe(area: Area) -> bool:
    """Whether rows are shaded by turns, from the first on: its colour comes back below rows without any."""
    colour = row_colour(area, area.box.top)
    tops = {round(fill.box.top): fill for fill in area.fills if colour and _alike(fill.colour, colour)}
    stripes = [tops[top] for top in sorted(tops)]
    apart = [below.box.top - above.box.bottom > SNAP for above, below in pairwise(stripes)]
    return len(tops) > 1 and all(apart) and all(_alike(f.colour, stripes[0].colour) for f in area.fills)


def _alike(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    return max(abs(x - y) for x, y in zip(a, b, strict=True)) < 8


def split_at_headers(area: Area) -> list[Area]:
    """Part tables that touch where the first row's own colour comes back lower down."""
    top = area.box.top
    header = row_colour(area, top)
    if header is None or area.has_drawn_columns:
        return [area]
    same = sorted((f for f in area.fills if _alike(f.colour, header)), key=lambda f: f.box.top)
    reach = top + SNAP + 1
    for fill in same:
        if fill.box.top <= reach:  # a header of several rows
            reach = max(reach, fill.box.bottom + SNAP)
    tops = dict.fromkeys(round(f.box.top, 1) for f in same)
    cuts = [y for y in tops if y > max(reach, top + 3 * SNAP)]
    cuts = [y for y in cuts if any(abs(f.box.bottom - y) > SNAP for f in area.fills)]
    if len(same) == len(area.fills) or not cuts or min(header) > 200:
        return [area]
    cut = cuts[0] - SNAP / 2
    lower = part_of(area, cut, area.box.bottom + 1)
    if lower.box.top <= top + SNAP:  # shading that reaches over the cut belongs to both
        return [area]
    return [part_of(area, top - 1, cut), *split_at_headers(lower)]


def part_of(area: Area, top: float, bottom: float) -> Area:
    """The edges of an area between two heights; a line that runs on is cut there."""
    cut = (replace(e, low=max(e.low, top), high=min(e.high, bottom)) for e in area.down)
    return Area(
        tuple(e for e in area.across if top <= e.pos <= bottom),
        tuple(e for e in cut if e.high - e.low > SNAP),
        tuple(f for f in area.fills if top <= (f.box.top + f.box.bottom) / 2 <= bottom),
    )


def column_borders(areas: Iterable[Area]) -> list[float]:
    """Where columns begin and end: vertical edges and the ends of horizontal pieces.

    A line under a group's header that ends just short of a vertical line ends there: no column is so narrow.
    """
    found: list[float] = []
    for area in areas:
        down = [e.pos for e in area.down]
        lines = [e.pos for e in area.down if e.drawn and area.has_drawn_columns]
        ends = (x for e in area.across for x in (e.low, e.high))
        found += down
        found += [x for x in ends if not any(SNAP < abs(x - pos) < NARROWEST_COLUMN for pos in lines)]
    return cluster(found, SNAP)
