"""Tables whose cells are drawn: full grids, and rows parted by light rules or shading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from extract.grid.model import Grid, GridCell
from extract.grid.stacked import last_row_is_body, split_stacked
from extract.page.drawing import RULE_THICKNESS
from extract.page.gutters import unglued
from extract.page.lines import Line, around, cluster, lines_of, segments_of
from extract.page.model import Fill, PageParse
from schema.layout import Box, Word

SNAP = 2.2
"""Edges nearer than this are one line: borders of neighbouring cells are drawn up to 1.5 pt apart."""
TOUCH = 2.5
"""Edges nearer than this belong to one table."""
SAME_EXTENT = 4.0
"""Parts of one table begin and end within this many points of each other."""
COVERED = 0.6
"""A wall stands where edges cover at least this share of a cell's side."""
ROW_PADDING = 0.8
"""Text stands within this share of its size from the top of its row."""
INSIDE_CELL = 0.5
"""Lines of a cell are nearer each other than this share of their size."""
COLUMN_SPACE = 0.4
"""Words of two header cells stand further apart than this share of their size; those of a sentence do not."""
COLUMN_REACH = 0.6
"""A header of a group is narrower than this share of its table; headings above tables may be wider."""
SAME_SIZE = 0.6
"""Words of one header differ by less than this many points in size."""
PRINTED_SIZE, SCANNED_SIZE = 1.05, 1.2
"""Larger than this many times a table's largest words is a heading; on scans sizes are measured less exactly."""
MOST_OF_ROW = 0.6
"""Below a table's last line a row fills at least this share of the columns; text that happens to fit seldom does."""
BESIDE = 1.5
"""What stands further to the side than so many font sizes belongs to another table or column of text."""
EMPTY_STRIP = 12.0
"""A strip lower than this without words is no row where only shading parts it off."""
NEARLY_WHITE = 250
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

    @cached_property
    def box(self) -> Box:
        """The rectangle around all edges."""
        boxes = [Box(e.low, e.pos, e.high, e.pos) for e in self.across]
        boxes += [Box(e.pos, e.low, e.pos, e.high) for e in self.down]
        return around(boxes)

    @cached_property
    def has_drawn_columns(self) -> bool:
        """Whether lines run between the columns."""
        box = self.box
        inner = [e for e in self.down if e.drawn and box.x0 + SNAP < e.pos < box.x1 - SNAP]
        return bool(inner)


def find_ruled(parse: PageParse, words: Sequence[Word]) -> list[Grid]:
    """The drawn tables of a page, in no order; words outside them are left to other readers."""
    areas = _areas(parse)
    areas = _join_stacked(areas, words)
    areas = [part for area in areas for part in _split_at_headers(area)]
    areas = [_with_first_row(_with_last_row(area, words), words) for area in areas]
    grids = [grid for area in areas for grid in _area_to_grids(area, parse, words)]
    return [split_stacked(grid) for grid in _without_parts(grids)]


def _without_parts(grids: Sequence[Grid]) -> list[Grid]:
    """Leave out grids whose words stand in another grid too: shading begins anew inside one table."""
    kept: list[Grid] = []
    taken: set[int] = set()
    for grid in sorted(grids, key=lambda g: -sum(len(cell.words) for cell in g.cells)):
        own = {id(word) for cell in grid.cells for word in cell.words}
        if not own & taken:
            kept.append(grid)
            taken |= own
    return kept


def _areas(parse: PageParse) -> list[Area]:
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

    order = sorted(range(len(boxes)), key=lambda i: boxes[i].top)
    active: list[int] = []
    for i in order:
        active = [j for j in active if boxes[j].bottom >= boxes[i].top - TOUCH]
        for j in active:
            if boxes[j].x0 <= boxes[i].x1 + TOUCH and boxes[i].x0 <= boxes[j].x1 + TOUCH:
                parent[root(j)] = root(i)
        active.append(i)
    groups: dict[int, list[int]] = {}
    for i in range(len(boxes)):
        groups.setdefault(root(i), []).append(i)
    return list(groups.values())


def _join_stacked(areas: Sequence[Area], words: Sequence[Word]) -> list[Area]:
    """Join areas that are one table whose unshaded rows have no side edges."""
    ordered = sorted((a for a in areas if a.across or a.fills), key=lambda a: (a.box.top, a.box.x0))
    joined: list[Area] = []
    for area in ordered:
        above = next((a for a in reversed(joined) if _overlaps(a, area)), None)
        if above and _same_columns(above, area) and _is_row_between(above, area, words):
            joined[joined.index(above)] = Area(
                above.across + area.across, above.down + area.down, above.fills + area.fills
            )
        else:
            joined.append(area)
    return joined


def _overlaps(upper: Area, lower: Area) -> bool:
    return upper.box.x0 < lower.box.x1 and lower.box.x0 < upper.box.x1


def _same_columns(upper: Area, lower: Area) -> bool:
    """Whether one area lies under the other and its columns are among the other's: merged cells leave some out."""
    a, b = _column_borders([upper]), _column_borders([lower])
    few, many = sorted((a, b), key=len)
    fits = all(any(abs(x - y) <= SAME_EXTENT for y in many) for x in few)
    return fits and upper.box.bottom <= lower.box.top + SNAP


def _is_row_between(upper: Area, lower: Area, words: Sequence[Word]) -> bool:
    """Whether the strip between two areas is a table row: its words keep to the columns and their size."""
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
    borders = _column_borders([upper, lower])
    crossing = [w for w in strip if any(w.box.x0 + 1 < x < w.box.x1 - 1 for x in borders)]
    table_words = [w for w in words if upper.box.top <= w.box.top and w.box.bottom <= top + 1]
    largest = max((w.size for w in table_words), default=99.0)
    scanned = any(w.confidence < 1.0 for w in strip)
    return not crossing and max(w.size for w in strip) <= (SCANNED_SIZE if scanned else PRINTED_SIZE) * largest


def _heads_lower(strip: Sequence[Word], top: float, bottom: float) -> bool:
    """Whether bold words between two areas stand close to the lower one and well apart from the upper."""
    above, below = min(w.box.top for w in strip) - top, bottom - max(w.box.bottom for w in strip)
    return all(w.bold for w in strip) and above > max(ROW_PADDING * strip[0].size, 2 * below)


def _starts_anew(upper: Area, lower: Area) -> bool:
    """Whether the lower area opens with the colour that only the upper one's header has."""
    header, opening = _row_colour(upper, upper.box.top), _row_colour(lower, lower.box.top)
    if header is None or opening is None or not _alike(header, opening):
        return False
    others = [f.colour for f in upper.fills if f.box.top > upper.box.top + SNAP]
    return not any(_alike(header, colour) for colour in others) and (bool(others) or min(header) < 128)


def _row_colour(area: Area, top: float) -> tuple[int, int, int] | None:
    """The colour of the shaded area that begins at a height."""
    return next((f.colour for f in area.fills if abs(f.box.top - top) <= SNAP + 1), None)


def _alike(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    return max(abs(x - y) for x, y in zip(a, b, strict=True)) < 8


def _split_at_headers(area: Area) -> list[Area]:
    """Part tables that touch where the first row's own colour comes back lower down."""
    top = area.box.top
    header = _row_colour(area, top)
    if header is None or area.has_drawn_columns:
        return [area]
    same = sorted({round(f.box.top, 1) for f in area.fills if _alike(f.colour, header)})
    others = [f for f in area.fills if not _alike(f.colour, header)]
    first_rows = [y for y in same if y <= top + SNAP + 1]
    cuts = [y for y in same if y > top + 3 * SNAP and y not in first_rows]
    cuts = [y for y in cuts if any(abs(f.box.bottom - y) > SNAP for f in area.fills)]
    if not others or not cuts or min(header) > 200:
        return [area]
    cut = cuts[0] - SNAP / 2
    lower = _part(area, cut, area.box.bottom + 1)
    if lower.box.top <= top + SNAP:  # shading that reaches over the cut belongs to both
        return [area]
    return [_part(area, top - 1, cut), *_split_at_headers(lower)]


def _part(area: Area, top: float, bottom: float) -> Area:
    """The edges of an area between two heights."""
    return Area(
        tuple(e for e in area.across if top <= e.pos <= bottom),
        tuple(e for e in area.down if top <= (e.low + e.high) / 2 <= bottom),
        tuple(f for f in area.fills if top <= (f.box.top + f.box.bottom) / 2 <= bottom),
    )


def _with_last_row(area: Area, words: Sequence[Word]) -> Area:
    """Add the edge below a last row that neither shading nor a line ends: lines may stand above rows only."""
    box = area.box
    if area.has_drawn_columns:
        return area
    lined = any(e.drawn and abs(e.pos - box.bottom) <= SNAP for e in area.across)
    below = [w for w in words if box.x0 - 1 <= w.box.x0 and w.box.x1 <= box.x1 + 1 and w.box.top > box.bottom - 1]
    lines = lines_of(below)
    row: list[Line] = []
    for line in lines:
        reach = row[-1].box.bottom if row else box.bottom
        if line.box.top - reach > (INSIDE_CELL if row else ROW_PADDING) * line.size:
            break
        row.append(line)
    borders = _column_borders([area])
    own = [w for line in row for w in line.words]
    columns = {sum(x <= (w.box.x0 + w.box.x1) / 2 for x in borders) for w in own}
    if len(columns) < 2 or any(w.box.x0 + 1 < x < w.box.x1 - 1 for w in own for x in borders):
        return area
    few = len(columns) < max(3, MOST_OF_ROW * (len(borders) - 1))
    if lined and (few or not all(_keeps_to_columns(line, borders) for line in row)):
        return area
    bottom = row[-1].box.bottom + max(SNAP, row[0].box.top - box.bottom)
    ends = tuple(Edge(bottom, a, b, False) for a, b in pairwise(borders))
    return replace(area, across=area.across + ends)


def _with_first_row(area: Area, words: Sequence[Word]) -> Area:
    """Add the edge above a header that has neither shading nor a line over it."""
    box = area.box
    if area.has_drawn_columns or _row_colour(area, box.top) is not None:
        return area
    pieces = _pieces_at_top(area)
    borders = cluster([x for piece in pieces for x in piece], SNAP)
    above = [w for w in words if box.x0 - 1 <= w.box.x0 and w.box.x1 <= box.x1 + 1 and w.box.bottom < box.top + 1]
    under_groups = min((e.low for e in area.across if abs(e.pos - box.top) <= SNAP), default=0.0) > box.x0 + SNAP
    row: list[Line] = []
    for line in reversed(lines_of(above)):
        gap = (row[-1].box.top if row else box.top) - line.box.bottom
        keeps = _keeps_to_columns(line, borders)
        heads = _heads_groups(line, borders) and (abs(line.size - row[-1].size) < SAME_SIZE if row else under_groups)
        near = gap <= (INSIDE_CELL if row and keeps else ROW_PADDING if keeps else 2 * ROW_PADDING) * line.size
        if not near or not (keeps or heads):
            break
        row.append(line)
    own = [w for line in row for w in line.words]
    columns = {sum(x <= (w.box.x0 + w.box.x1) / 2 for x in borders) for w in own}
    if len(columns) < 2 or 2 * len(columns) < len(borders) - 1 and not under_groups:
        return area
    top = row[-1].box.top - max(SNAP, box.top - row[0].box.bottom)
    return replace(area, across=tuple(Edge(top, a, b, False) for a, b in pieces) + area.across)


def _pieces_at_top(area: Area) -> list[tuple[float, float]]:
    """From where to where the topmost headers reach: a line under some of them parts them from those below."""
    drawn = {(e.low, e.high) for e in area.across if abs(e.pos - area.box.top) <= SNAP}
    columns = list(pairwise(_column_borders([area])))
    return sorted(drawn) + [(a, b) for a, b in columns if not any(x <= (a + b) / 2 <= y for x, y in drawn)]


def _heads_groups(line: Line, borders: Sequence[float]) -> bool:
    """Whether a line above the columns' headers is made of headers far apart, not a heading over the first column."""
    pieces = segments_of(line)
    widest = COLUMN_REACH * (borders[-1] - borders[0])
    over_others = len(pieces) > 1 or line.box.x0 >= borders[1] - 1
    return line.bold and over_others and all(p.box.width < widest for p in pieces)


def _keeps_to_columns(line: Line, borders: Sequence[float]) -> bool:
    """Whether no word of a line crosses a border, and the words on both sides of one stand well apart."""
    words = sorted(line.words, key=lambda w: w.box.x0)
    if any(w.box.x0 + 1 < x < w.box.x1 - 1 for w in words for x in borders):
        return False
    parted = [(a, b) for a, b in pairwise(words) if any(a.box.x1 - 1 <= x <= b.box.x0 + 1 for x in borders)]
    return all(b.box.x0 - a.box.x1 > COLUMN_SPACE * line.size for a, b in parted)


def _column_borders(areas: Iterable[Area]) -> list[float]:
    """Where columns begin and end: vertical edges and the ends of horizontal pieces."""
    found: list[float] = []
    for area in areas:
        found += [e.pos for e in area.down]
        found += [x for e in area.across for x in (e.low, e.high)]
    return cluster(found, SNAP)


def _area_to_grids(area: Area, parse: PageParse, words: Sequence[Word]) -> list[Grid]:
    """The area's table, or tables: one begins wherever the first row comes back word for word."""
    grid = _area_to_grid(area, parse, words)
    if grid is None:
        return []
    if last_row_is_body(grid):
        grid = _area_to_grid(_with_row_ends(area, grid), parse, words) or grid
    header = _row_texts(grid, 0)
    again = next((r for r in range(2, grid.n_rows) if len(header) > 1 and _row_texts(grid, r) == header), None)
    if again is None:
        return [grid]
    cut = min(cell.box.top for cell in grid.row(again)) + 1
    upper = _part(area, area.box.top - 1, cut)
    return [
        *_area_to_grids(upper, parse, words),
        *_area_to_grids(_part(area, cut - 2, area.box.bottom + 1), parse, words),
    ]


def _with_row_ends(area: Area, grid: Grid) -> Area:
    """Add an edge across each column where the lines on both its sides are broken: they are drawn row by row."""
    top, bottom = grid.row(grid.n_rows - 1)[0].box.top, area.box.bottom
    found: list[Edge] = []
    for left, right in pairwise(grid.xs):
        sides = [{y for e in area.down if abs(e.pos - x) <= SNAP for y in (e.low, e.high)} for x in (left, right)]
        shared = [y for y in sides[0] if any(abs(y - z) <= SNAP for z in sides[1])]
        found += [Edge(y, left, right, False) for y in cluster(shared, SNAP) if top + SNAP < y < bottom - SNAP]
    return replace(area, across=area.across + tuple(found))


def _row_texts(grid: Grid, number: int) -> list[str]:
    """The texts of a row's filled cells."""
    return [" ".join(line.text for line in cell.lines) for cell in grid.row(number) if cell.words]


def _area_to_grid(area: Area, parse: PageParse, words: Sequence[Word]) -> Grid | None:
    """Cells from walls: neighbours without a wall between them are one cell."""
    box = area.box
    inside = [w for w in words if _holds(box, w.box) or _hangs_out(area, w.box)]
    if not inside:
        return None
    xs = _without_slivers(_column_borders([area]), RULE_THICKNESS)
    ys = _row_borders(area, inside)
    if len(xs) < 3 or len(ys) < 3 and not (len(xs) > 3 and _ends_page(box, inside, words)):
        return None
    walls = _Walls(area, xs, ys)
    blocks = _merged_blocks(walls, len(ys) - 1, len(xs) - 1)
    cells = [_grid_cell(block, xs, ys) for block in blocks]
    cells = [part for cell in _with_words(cells, inside, xs, ys) for part in _parted_at_borders(cell, xs)]
    if not any(edge.drawn for edge in area.across):
        cells = [part for cell in cells for part in _parted_where_text_begins_anew(cell, ys)]
    shaded = shaded_rows(area.fills, ys)
    return Grid(parse.page.number, tuple(xs), tuple(cells), "ruled", shaded=shaded)


def _ends_page(box: Box, inside: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether bold words at the foot of a page are a header left behind by its rows."""
    return all(word.bold for word in inside) and not any(word.box.top > box.bottom for word in words)


def _hangs_out(area: Area, word: Box) -> bool:
    """Whether a word stands across the bottom of a merged cell that a page break left open."""
    bottom = area.box.bottom
    if not (word.top < bottom < word.bottom and area.has_drawn_columns):
        return False
    middle = (word.x0 + word.x1) / 2
    within = area.box.x0 < middle < area.box.x1
    return within and not any(abs(e.pos - bottom) <= SNAP and e.low <= middle <= e.high for e in area.across)


def _holds(box: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1


def _row_borders(area: Area, words: Sequence[Word]) -> list[float]:
    """Where rows begin and end; the edge of a shaded area that parts off an empty strip is left out.

    A page break may leave the last row without a line below: it ends where the side lines end.
    """
    across = [e.pos for e in area.across]
    down = [e for e in area.down if e.drawn]
    ends = [min(e.low for e in down), max(e.high for e in down)] if down else []
    across += [y for y in ends if not min(across) - EMPTY_STRIP / 2 <= y <= max(across) + EMPTY_STRIP / 2]
    borders = _without_slivers(cluster(across, SNAP), 2 * RULE_THICKNESS)
    drawn = [e.pos for e in area.across if e.drawn]
    middles = [(w.box.top + w.box.bottom) / 2 for w in words]
    kept = borders[:1]
    for i, border in enumerate(borders[1:-1], 1):
        loose = all(abs(border - pos) > SNAP for pos in drawn)
        strips = ((borders[i - 1], border), (border, borders[i + 1]))
        empty = any(b - a < EMPTY_STRIP and not any(a <= y <= b for y in middles) for a, b in strips)
        if not (loose and empty):
            kept.append(border)
    return kept + borders[-1:] if len(borders) > 1 else kept


def _without_slivers(borders: Sequence[float], least: float) -> list[float]:
    """Leave out borders too close to the one before for text to stand between them."""
    kept = list(borders[:1])
    for border in borders[1:]:
        if border - kept[-1] > least:
            kept.append(border)
    if len(kept) > 1 and kept[-1] != borders[-1]:
        kept[-1] = borders[-1]
    return kept


@dataclass(frozen=True, slots=True)
class _Walls:
    """Tells where two neighbouring places of the grid are parted."""

    area: Area
    xs: Sequence[float]
    ys: Sequence[float]

    def below(self, row: int, col: int) -> bool:
        """Whether a horizontal edge runs under a place."""
        y, low, high = self.ys[row + 1], self.xs[col], self.xs[col + 1]
        return _covered([e for e in self.area.across if abs(e.pos - y) <= SNAP], low, high)

    def right(self, row: int, col: int) -> bool:
        """Whether a vertical edge, or the end of a horizontal piece, stands right of a place."""
        x, top, bottom = self.xs[col + 1], self.ys[row], self.ys[row + 1]
        if _covered([e for e in self.area.down if abs(e.pos - x) <= SNAP], top, bottom):
            return True
        if self.area.has_drawn_columns:
            return False
        return any(
            min(abs(e.low - x), abs(e.high - x)) <= SNAP
            for e in self.area.across
            if min(abs(e.pos - top), abs(e.pos - bottom)) <= SNAP
        )


def _covered(edges: Sequence[Edge], low: float, high: float) -> bool:
    """Whether edges cover enough of a side."""
    reach, total = low, 0.0
    for edge in sorted(edges, key=lambda e: e.low):
        start, end = max(edge.low, reach), min(edge.high, high)
        if end > start:
            total += end - start
            reach = end
    return total >= COVERED * (high - low)


def _merged_blocks(walls: _Walls, n_rows: int, n_cols: int) -> list[tuple[int, int, int, int]]:
    """Rectangles (row, col, row_span, col_span) of places without a wall between them."""
    taken: set[tuple[int, int]] = set()
    blocks = []
    for row in range(n_rows):
        for col in range(n_cols):
            if (row, col) in taken:
                continue
            width = 1
            while col + width < n_cols and (row, col + width) not in taken and not walls.right(row, col + width - 1):
                width += 1
            height = 1
            while row + height < n_rows and _open_below(walls, taken, row + height - 1, col, width):
                height += 1
            taken |= {(r, c) for r in range(row, row + height) for c in range(col, col + width)}
            blocks.append((row, col, height, width))
    return blocks


def _open_below(walls: _Walls, taken: set[tuple[int, int]], row: int, col: int, width: int) -> bool:
    """Whether the places under a row of places are free and belong to it."""
    cols = range(col, col + width)
    return all((row + 1, c) not in taken and not walls.below(row, c) for c in cols)


def _grid_cell(block: tuple[int, int, int, int], xs: Sequence[float], ys: Sequence[float]) -> GridCell:
    row, col, height, width = block
    return GridCell(row, col, Box(xs[col], ys[row], xs[col + width], ys[row + height]), height, width)


def _parted_at_borders(cell: GridCell, xs: Sequence[float]) -> list[GridCell]:
    """A cell over several columns, parted where no line does but words keep clear of every border inside it.

    A merged cell's own text runs over a border, or stands over one of its columns only.
    """
    cols = range(cell.col, cell.col + cell.col_span)
    held = {col: tuple(w for w in cell.words if _strip(xs, (w.box.x0 + w.box.x1) / 2) == col) for col in cols}
    inner = [xs[col] for col in cols[1:]]
    if not inner or not all(held.values()) or not all(_keeps_to_columns(line, inner) for line in cell.lines):
        return [cell]
    return [
        replace(cell, col=col, col_span=1, box=replace(cell.box, x0=xs[col], x1=xs[col + 1]), words=held[col])
        for col in cols
    ]


def _parted_where_text_begins_anew(cell: GridCell, ys: Sequence[float]) -> list[GridCell]:
    """A cell over several rows, parted at each row where text begins far below the text before.

    Shading does not part merged cells that stand one above the other in the same colour.
    """
    starts = [cell.row]
    for above, below in pairwise(cell.lines if cell.row_span > 1 else ()):
        row = _strip(ys, (below.box.top + below.box.bottom) / 2)
        if below.box.top - above.box.bottom > below.size and row > starts[-1]:
            starts.append(row)
    ends = [*starts[1:], cell.row + cell.row_span]
    boxes = [replace(cell.box, top=ys[start], bottom=ys[end]) for start, end in zip(starts, ends, strict=True)]
    return (
        [
            replace(
                cell,
                row=start,
                row_span=end - start,
                box=box,
                words=tuple(w for w in cell.words if box.holds_middle_of(w.box)),
            )
            for start, end, box in zip(starts, ends, boxes, strict=True)
        ]
        if len(starts) > 1
        else [cell]
    )


def _with_words(
    cells: Sequence[GridCell], words: Sequence[Word], xs: Sequence[float], ys: Sequence[float]
) -> list[GridCell]:
    """Put each word into the cell that holds its middle."""
    owner = {
        (row, col): i
        for i, cell in enumerate(cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }
    held: dict[int, list[Word]] = {}
    for word in (part for whole in words for part in unglued(whole, xs)):
        row = _strip(ys, (word.box.top + word.box.bottom) / 2)
        col = _strip(xs, (word.box.x0 + word.box.x1) / 2)
        held.setdefault(owner[row, col], []).append(word)
    return [replace(cell, words=tuple(held.get(i, ()))) for i, cell in enumerate(cells)]


def _strip(borders: Sequence[float], value: float) -> int:
    """Which of the strips between borders holds a value, or the nearest one."""
    return min(max(bisect_right(borders, value) - 1, 0), len(borders) - 2)


def shaded_rows(fills: Sequence[Fill], ys: Sequence[float]) -> tuple[int, ...]:
    """Leading rows in a colour that returns nowhere below."""
    colours = []
    for top, bottom in zip(ys, ys[1:], strict=False):
        middle = (top + bottom) / 2
        colours.append(next((f.colour for f in fills if f.box.top <= middle <= f.box.bottom), None))
    first = colours[0] if colours else None
    if first is None:
        return ()
    count = 0
    while count < len(colours) and colours[count] == first:
        count += 1
    return tuple(range(count)) if count < len(colours) and first not in colours[count:] else ()
