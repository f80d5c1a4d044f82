"""Cells from an area's edges: neighbours without a wall between them are one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.grid.drawn.areas import SNAP, Area, Edge
from extract.grid.model import Grid, GridCell
from extract.page.drawing import RULE_THICKNESS
from extract.page.gutters import unglued
from extract.page.lines import Line, cluster, lines_of
from extract.page.model import Fill, PageParse
from schema.layout import Box, Word
from schema.lexicon.figures import is_figure

COVERED = 0.6
"""A wall stands where edges cover at least this share of a cell's side."""
COLUMN_SPACE = 0.4
"""Words of two header cells stand further apart than this share of their size; those of a sentence do not."""
EMPTY_STRIP = 12.0
"""A strip lower than this without words is no row where only shading parts it off."""


def area_to_grid(area: Area, parse: PageParse, words: Sequence[Word]) -> Grid | None:
    """Cells from walls: neighbours without a wall between them are one cell."""
    box = area.box
    may_hang = area.has_drawn_columns
    inside = [w for w in words if _holds(box, w.box) or may_hang and _hangs_out(area, w.box)]
    if not inside:
        return None
    xs = _without_slivers(area.borders, RULE_THICKNESS)
    ys = _row_borders(area, inside)
    if len(xs) < 3 or len(ys) < 3 and not (len(xs) > 3 and _ends_page(box, inside, words)):
        return None
    walls = _walls_of(area, xs, ys)
    blocks = _merged_blocks(walls, len(ys) - 1, len(xs) - 1)
    cells = [_grid_cell(block, xs, ys) for block in blocks]
    cells = _with_words(cells, inside, xs, ys)
    cells = cells if area.has_drawn_columns else _joined_on_one_fill(cells, area.fills)
    padding = min(_inset(cell.words, cell.box.x0) for cell in cells if cell.words)
    cells = [part for cell in cells for part in _parted_at_borders(cell, xs, padding)]
    lines = [edge.pos for edge in area.across if edge.drawn]
    cells = [part for cell in cells for part in _parted_where_text_begins_anew(cell, ys, lines)]
    shaded = shaded_rows(area.fills, ys)
    return Grid(parse.page.number, tuple(xs), tuple(cells), "ruled", shaded=shaded)


def _ends_page(box: Box, inside: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether bold words at the foot of a page are a header left behind by its rows."""
    return all(word.bold for word in inside) and not any(word.box.top > box.bottom for word in words)


def _hangs_out(area: Area, word: Box) -> bool:
    """Whether a word stands across the bottom of a merged cell, between drawn columns, that a page break left open."""
    bottom = area.box.bottom
    if not word.top < bottom < word.bottom:
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

    xs: Sequence[float]
    ys: Sequence[float]
    across: Sequence[Sequence[Edge]]
    """For each of the ys its level edges, from left to right."""
    down: Sequence[Sequence[Edge]]
    """For each of the xs its upright edges, from the top down."""
    has_drawn_columns: bool

    def below(self, row: int, col: int) -> bool:
        """Whether a horizontal edge runs under a place."""
        return _covered(self.across[row + 1], self.xs[col], self.xs[col + 1])

    def right(self, row: int, col: int) -> bool:
        """Whether a vertical edge, or the end of a horizontal piece, stands right of a place."""
        if _covered(self.down[col + 1], self.ys[row], self.ys[row + 1]):
            return True
        if self.has_drawn_columns:
            return False
        x = self.xs[col + 1]
        edges = (e for edges in self.across[row : row + 2] for e in edges)
        return any(min(abs(e.low - x), abs(e.high - x)) <= SNAP for e in edges)


def _walls_of(area: Area, xs: Sequence[float], ys: Sequence[float]) -> _Walls:
    across, down = (
        [[e for e in edges if abs(e.pos - place) <= SNAP] for place in places]
        for edges, places in ((_in_order(area.across), ys), (_in_order(area.down), xs))
    )
    return _Walls(xs, ys, across, down, area.has_drawn_columns)


def _in_order(edges: Sequence[Edge]) -> list[Edge]:
    return sorted(edges, key=lambda edge: edge.low)


def _covered(edges: Sequence[Edge], low: float, high: float) -> bool:
    """Whether edges, in order, cover enough of a side."""
    reach, total = low, 0.0
    for edge in edges:
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


def _joined_on_one_fill(cells: Sequence[GridCell], fills: Sequence[Fill]) -> list[GridCell]:
    """Cells of a row whose words run on over a border, joined where one fill lies under them and no other ends there.

    The ends of its neighbours' fills part no band; empty places up to the end of its fill are a part of it. Headers
    and rows of figures are no bands, however near their cells.
    """
    joined: list[GridCell] = []
    figures = {cell.row for cell in cells if is_figure(cell.text)} | {min(cell.row for cell in cells)}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.col)):
        left = joined[-1] if joined else None
        is_beside = left is not None and left.row == cell.row not in figures
        if left and is_beside and left.row_span == cell.row_span == 1 and _is_one_band(left, cell, fills):
            box = replace(left.box, x1=cell.box.x1)
            width = left.col_span + cell.col_span
            joined[-1] = replace(left, col_span=width, box=box, words=left.words + cell.words)
        else:
            joined.append(cell)
    return joined


def _is_one_band(left: GridCell, right: GridCell, fills: Sequence[Fill]) -> bool:
    x, middle = right.box.x0, (right.box.top + right.box.bottom) / 2
    under = [f.box for f in fills if f.box.top < middle < f.box.bottom and f.box.height <= left.box.height + 2 * SNAP]
    is_whole = any(box.x0 + SNAP < x < box.x1 - SNAP for box in under)
    if not is_whole or any(min(abs(box.x0 - x), abs(box.x1 - x)) <= SNAP for box in under):
        return False
    if not right.words:
        return left.col_span > 1 and bool(left.words)
    return any(not keeps_to_columns(line, [x]) for line in lines_of(left.words + right.words))


def _parted_at_borders(cell: GridCell, xs: Sequence[float], padding: float) -> list[GridCell]:
    """A cell over several columns, parted where no line does but words keep clear of every border inside it.

    A merged cell's own text runs over a border, begins with the cell or stands in its middle; other columns may be
    empty.
    """
    cols = range(cell.col, cell.col + cell.col_span)
    held = {col: tuple(w for w in cell.words if _strip(xs, (w.box.x0 + w.box.x1) / 2) == col) for col in cols}
    filled = [col for col in cols if held[col]]
    is_apart = len(filled) > 1 or any(abs(_inset(held[c], xs[c]) - padding) <= SNAP for c in filled if c > cell.col)
    if not is_apart or not all(keeps_to_columns(line, [xs[col] for col in cols[1:]]) for line in cell.lines):
        return [cell]
    return [
        replace(cell, col=col, col_span=1, box=replace(cell.box, x0=xs[col], x1=xs[col + 1]), words=held[col])
        for col in cols
    ]


def _inset(words: Sequence[Word], x: float) -> float:
    """How far right of a border words begin."""
    return min(word.box.x0 for word in words) - x


def _parted_where_text_begins_anew(cell: GridCell, ys: Sequence[float], lines: Sequence[float]) -> list[GridCell]:
    """A cell over several rows that no line parts, parted at each row where text begins far below the text before.

    Shading does not part merged cells that stand one above the other in the same colour.
    """
    if cell.row_span == 1 or any(cell.box.top + SNAP < y < cell.box.bottom - SNAP for y in lines):
        return [cell]
    starts = [cell.row]
    for above, below in pairwise(cell.lines):
        row = _strip(ys, (below.box.top + below.box.bottom) / 2)
        if below.box.top - above.box.bottom > below.size and row > starts[-1]:
            starts.append(row)
    if len(starts) == 1:
        return [cell]
    ends = [*starts[1:], cell.row + cell.row_span]
    boxes = [replace(cell.box, top=ys[start], bottom=ys[end]) for start, end in zip(starts, ends, strict=True)]
    return [
        replace(
            cell,
            row=start,
            row_span=end - start,
            box=box,
            words=tuple(w for w in cell.words if box.holds_middle_of(w.box)),
        )
        for start, end, box in zip(starts, ends, boxes, strict=True)
    ]


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


def keeps_to_columns(line: Line, borders: Sequence[float]) -> bool:
    """Whether no word of a line crosses a border, and the words on both sides of one stand well apart."""
    words = sorted(line.words, key=lambda w: w.box.x0)
    if any(w.box.x0 + 1 < x < w.box.x1 - 1 for w in words for x in borders):
        return False
    parted = [(a, b) for a, b in pairwise(words) if any(a.box.x1 - 1 <= x <= b.box.x0 + 1 for x in borders)]
    return all(b.box.x0 - a.box.x1 > COLUMN_SPACE * line.size for a, b in parted)


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
