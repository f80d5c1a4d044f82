"""Tables whose cells are drawn: full grids, and rows parted by light rules or shading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.grid.drawn.areas import (
    ROW_PADDING,
    SNAP,
    Area,
    Edge,
    areas_of,
    join_stacked,
    opens_with_stripe,
    part_of,
    row_colour,
    split_at_headers,
    with_groups,
)
from extract.grid.drawn.walls import area_to_grid, keeps_to_columns
from extract.grid.model import Grid
from extract.grid.stacked import last_row_is_body, split_stacked
from extract.page.lines import Line, cluster, lines_of, segments_of
from extract.page.model import PageParse
from schema.layout import Word

INSIDE_CELL = 0.5
"""Lines of a cell are nearer each other than this share of their size."""
COLUMN_REACH = 0.6
"""A header of a group is narrower than this share of its table; headings above tables may be wider."""
SAME_SIZE = 0.6
"""Words of one header differ by less than this many points in size."""
MOST_OF_ROW = 0.6
"""Below a table's last line a row fills at least this share of the columns; text that happens to fit seldom does."""


def find_ruled(parse: PageParse, words: Sequence[Word]) -> list[Grid]:
    """The drawn tables of a page, in no order; words outside them are left to other readers."""
    areas = areas_of(parse)
    areas = join_stacked(areas, words)
    areas = [with_groups(part) for area in areas for part in split_at_headers(area)]
    areas = [_with_whole_header(_with_first_row(_with_last_row(area, words), words), words) for area in areas]
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


def _with_last_row(area: Area, words: Sequence[Word]) -> Area:
    """Add the edge below a last row that neither shading nor a line ends: lines may stand above rows only."""
    box = area.box
    if area.has_drawn_columns:
        return area
    lined = any(e.drawn and abs(e.pos - box.bottom) <= SNAP for e in area.across)
    below = [w for w in words if box.x0 - 1 <= w.box.x0 and w.box.x1 <= box.x1 + 1 and w.box.top > box.bottom - 1]
    if not _may_touch(below, min((w.box.top for w in below), default=0.0) - box.bottom, ROW_PADDING):
        return area
    row: list[Line] = []
    for line in lines_of(below):
        reach = row[-1].box.bottom if row else box.bottom
        if line.box.top - reach > (INSIDE_CELL if row else ROW_PADDING) * line.size:
            break
        row.append(line)
    borders = area.borders
    own = [w for line in row for w in line.words]
    columns = {sum(x <= (w.box.x0 + w.box.x1) / 2 for x in borders) for w in own}
    if len(columns) < 2 or any(w.box.x0 + 1 < x < w.box.x1 - 1 for w in own for x in borders):
        return area
    few = len(columns) < max(3, MOST_OF_ROW * (len(borders) - 1))
    if lined and (few or not all(keeps_to_columns(line, borders) for line in row)):
        return area
    bottom = row[-1].box.bottom + max(SNAP, row[0].box.top - box.bottom)
    ends = tuple(Edge(bottom, a, b, False) for a, b in pairwise(borders))
    return replace(area, across=area.across + ends)


def _may_touch(words: Sequence[Word], gap: float, padding: float) -> bool:
    """Whether the nearest of some words may stand in a row that begins at an area's edge."""
    return bool(words) and gap <= padding * max(word.size for word in words)


def _with_first_row(area: Area, words: Sequence[Word]) -> Area:
    """Add the edge above a header that has neither shading nor a line over it; a stripe below it is no header."""
    box = area.box
    if area.has_drawn_columns or (row_colour(area, box.top) is not None and not opens_with_stripe(area)):
        return area
    above = [w for w in words if box.x0 - 1 <= w.box.x0 and w.box.x1 <= box.x1 + 1 and w.box.bottom < box.top + 1]
    if not _may_touch(above, box.top - max((w.box.bottom for w in above), default=0.0), 2 * ROW_PADDING):
        return area
    pieces = _pieces_at_top(area)
    borders = cluster([x for piece in pieces for x in piece], SNAP)
    under_groups = min((e.low for e in area.across if abs(e.pos - box.top) <= SNAP), default=0.0) > box.x0 + SNAP
    row: list[Line] = []
    for line in reversed(lines_of(above)):
        gap = (row[-1].box.top if row else box.top) - line.box.bottom
        keeps = keeps_to_columns(line, borders)
        heads = _heads_groups(line, borders) and (abs(line.size - row[-1].size) < SAME_SIZE if row else under_groups)
        near = gap <= (INSIDE_CELL if row and keeps else ROW_PADDING if keeps else 2 * ROW_PADDING) * line.size
        if not near or not (keeps or heads):
            break
        row.append(line)
    own = [w for line in row for w in line.words]
    columns = {sum(x <= (w.box.x0 + w.box.x1) / 2 for x in borders) for w in own}
    if not columns or not under_groups and (len(columns) < 2 or 2 * len(columns) < len(borders) - 1):
        return area
    top = row[-1].box.top - max(SNAP, box.top - row[0].box.bottom)
    return replace(area, across=tuple(Edge(top, a, b, False) for a, b in pieces) + area.across)


def _with_whole_header(area: Area, words: Sequence[Word]) -> Area:
    """Move up the border above a header that its row is too low for: words of the columns stand across it."""
    box, borders = area.box, area.borders
    within = (word for word in words if box.x0 < word.box.x0 and word.box.x1 < box.x1)
    cut = [word for word in within if word.box.top < box.top - 1 and word.box.bottom > box.top + 1]
    if not area.has_drawn_columns or not cut or not all(keeps_to_columns(line, borders) for line in lines_of(cut)):
        return area
    top = min((word.box.top + word.box.bottom) / 2 for word in cut) - 1
    across = (replace(e, pos=top) if abs(e.pos - box.top) <= SNAP else e for e in area.across)
    down = (replace(e, low=top) if abs(e.low - box.top) <= SNAP else e for e in area.down)
    return replace(area, across=tuple(across), down=tuple(down))


def _pieces_at_top(area: Area) -> list[tuple[float, float]]:
    """From where to where the topmost headers reach: a line under some of them parts them from those below."""
    drawn = {(e.low, e.high) for e in area.across if abs(e.pos - area.box.top) <= SNAP}
    columns = list(pairwise(area.borders))
    return sorted(drawn) + [(a, b) for a, b in columns if not any(x <= (a + b) / 2 <= y for x, y in drawn)]


def _heads_groups(line: Line, borders: Sequence[float]) -> bool:
    """Whether a line above the columns' headers is made of headers far apart, not a heading over the first column."""
    pieces = segments_of(line)
    widest = COLUMN_REACH * (borders[-1] - borders[0])
    over_others = len(pieces) > 1 or line.box.x0 >= borders[1] - 1
    return line.bold and over_others and all(p.box.width < widest for p in pieces)


def _area_to_grids(area: Area, parse: PageParse, words: Sequence[Word]) -> list[Grid]:
    """The area's table, or tables: one begins where the first row, unless all its cells are alike, comes back later."""
    grid = area_to_grid(area, parse, words)
    if grid is None:
        return []
    if last_row_is_body(grid):
        grid = area_to_grid(_with_row_ends(area, grid), parse, words) or grid
    header = row_texts(grid, 0)
    again = next((r for r in range(2, grid.n_rows) if len(set(header)) > 1 and row_texts(grid, r) == header), None)
    if again is None:
        return [grid]
    cut = min(cell.box.top for cell in grid.row(again)) + 1
    parts = (part_of(area, area.box.top - 1, cut), part_of(area, cut - 2, area.box.bottom + 1))
    return [found for part in parts for found in _area_to_grids(part, parse, words)]


def _with_row_ends(area: Area, grid: Grid) -> Area:
    """Add an edge across each column where the lines on both its sides are broken: they are drawn row by row.

    An outermost column may have a line on one side alone; it has the rows that most of them fill with a line of text.
    """
    top, bottom = grid.row(grid.n_rows - 1)[0].box.top, area.box.bottom
    found: list[Edge] = []
    for col, (left, right) in enumerate(pairwise(grid.xs)):
        sides = [{y for e in area.down if abs(e.pos - x) <= SNAP for y in (e.low, e.high)} for x in (left, right)]
        shared = [y for y in sides[0] if any(abs(y - z) <= SNAP for z in sides[1])]
        if not all(sides) and _fills(grid, col, (ys := cluster(sides[0] | sides[1], SNAP))):
            shared = ys
        found += [Edge(y, left, right, False) for y in cluster(shared, SNAP) if top + SNAP < y < bottom - SNAP]
    return replace(area, across=area.across + tuple(found))


def _fills(grid: Grid, col: int, ys: Sequence[float]) -> bool:
    """Whether a column has text in most of the strips between places from the top down, none across one."""
    words = [w.box for cell in grid.row(grid.n_rows - 1) if cell.col == col for w in cell.words]
    filled = sum(any(a < (box.top + box.bottom) / 2 < b for box in words) for a, b in pairwise(ys))
    crossed = any(box.top + SNAP < y < box.bottom - SNAP for box in words for y in ys)
    return not crossed and filled > MOST_OF_ROW * (len(ys) - 1)


def row_texts(grid: Grid, number: int) -> list[str]:
    """The texts of a row's filled cells."""
    return [" ".join(line.text for line in cell.lines) for cell in grid.row(number) if cell.words]
