"""Finds the tables of a page: the cheapest engine first, audits as the judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from extract.grid.aligned import find_aligned
from extract.grid.choose import Way, best_tables, reread_doubtful
from extract.grid.drawn.ruled import find_ruled
from extract.grid.drawn.walls import shaded_rows
from extract.grid.headers.above import with_groups_above
from extract.grid.headers.cells import with_groups, with_numbers_apart, with_whole_headers
from extract.grid.headers.phrases import settle_headers
from extract.grid.headers.signs import with_signs
from extract.grid.judge import FEWEST_FILLED, audited, is_table
from extract.grid.libraries import camelots, plumber
from extract.grid.libraries.camelots import find_camelot
from extract.grid.libraries.plumber import find_complete
from extract.grid.model import Grid, GridCell, find_header_rows
from extract.grid.stacked import last_row_is_body, part_at_headers
from extract.page.gutters import beginning, has_figure
from extract.page.lines import Line, lines_of
from extract.page.model import Fill, PageParse
from extract.page.symbols import colour_word
from schema.layout import Box, Image, Word
from schema.lexicon.figures import is_figure

LARGEST_SYMBOL = 80.0
"""A picture longer than this is an illustration; progress bars are up to 70 pt."""
MOST_SPLIT = 0.08
"""Share of drawn cells that may hold words far apart, as a label with a number at its right edge does."""
LINES_BELOW = 4
"""So many lines below a grid are looked at for one more row; a label has seldom more above its values."""
PAINTED = 70
"""The channels of a status colour differ by more than this; those of shading by less."""
CELL_EDGE = 4.0
"""Paint that fills a cell reaches its sides within this many points."""
STATUS_COLOURS = ("green", "yellow", "red")
WORD_SPACE = 0.2
"""A space is at least this share of the size of its line."""
BLUR = 0.5
"""The borders of scanned cells are found to about this share of the size of their text."""
SOUND, FAULTY = 0.5, 2.0
"""Readings that cost no more are taken, as two tables without fault; camelot's is tried where a word or two are cut."""


def find_tables(parse: PageParse, words: Sequence[Word], *, path: Path, reference: bool = False) -> list[Grid]:
    """The grids of a page from the top down; words are those outside running headers and footers.

    Drawn lines are read from the whole page; alignment then sees only the words that they left.
    """
    if reference:
        return _ordered(_find_unchanged(parse, words, path))
    found = best_tables(readings(parse, words, path), words)
    found = reread_doubtful(found, parse, words, lambda grids: _accepted(grids, parse), path=path)
    return _ordered(found)


def readings(parse: PageParse, words: Sequence[Word], path: Path) -> list[Way]:
    """Ways to read a page, the cheapest first: by drawn cells, by edges, by gutters, by camelot's lattice."""
    ruled = find_ruled(parse, words)
    complete = [g for g in find_complete(parse, words) if not _is_coarse(g) and not _is_body_of(g, ruled)]
    ways = [Way(lambda: _reading(parse, words, complete, ruled))]
    if complete:
        ways.append(Way(lambda: _reading(parse, words, [], ruled), SOUND))
    if complete or ruled:
        ways.append(Way(lambda: _reading(parse, words, [], []), SOUND))
    ways.append(
        Way(lambda: _reading(parse, words, find_camelot(parse, words, path=path, flavour="lattice"), []), FAULTY)
    )
    return ways


def _reading(parse: PageParse, words: Sequence[Word], complete: Sequence[Grid], ruled: Sequence[Grid]) -> list[Grid]:
    """Whole grids first, then those of edges, then what is aligned among the words that they left."""
    found = _accepted(complete, parse)
    coarse = [grid for grid in ruled if _reason_to_go_on(grid, parse, words)]
    found += _accepted([grid for grid in ruled if grid not in coarse], parse, found)
    aligned = find_aligned(_without_rules(parse, found), _left_over(words, found))
    found += _accepted([_with_step(grid, coarse, parse, words) for grid in aligned], parse)
    found += _accepted([grid for grid in coarse if not unread_columns(grid)], parse, found)
    rest = _left_over(words, found)
    return [with_groups_above(grid, rest) for grid in found]


def _without_rules(parse: PageParse, found: Sequence[Grid]) -> PageParse:
    """The page without the rules of tables that were found: the last of one may stand above the title of the next."""
    rules = (r for r in parse.page.rules if not any(_encloses(grid.box, r.box) for grid in found))
    return replace(parse, page=replace(parse.page, rules=tuple(rules)))


def _encloses(box: Box, rule: Box) -> bool:
    wide = box.x0 - CELL_EDGE <= rule.x0 and rule.x1 <= box.x1 + CELL_EDGE
    return wide and box.top - CELL_EDGE <= rule.top and rule.bottom <= box.bottom + CELL_EDGE


def _reason_to_go_on(grid: Grid, parse: PageParse, words: Sequence[Word]) -> str | None:
    """Why drawn cells are not the table's own: they hold several columns or rows, or the table runs on below."""
    if unread_columns(grid):
        return "cells hold several columns"
    if _has_drawn_columns(grid, parse):
        return None
    if unread_rows(grid):
        return "cells hold several rows"
    return "rows follow below" if _goes_on_below(grid, words) else None


def _is_coarse(grid: Grid) -> bool:
    """Whether lines part only some of a grid's columns, or none of its rows."""
    return unread_columns(grid) or last_row_is_body(grid)


def _is_body_of(grid: Grid, others: Sequence[Grid]) -> bool:
    """Whether another grid has the same columns and words, and a header above them besides."""
    own = {id(word) for cell in grid.cells for word in cell.words}
    return any(
        other.n_cols == grid.n_cols
        and other.box.top < grid.box.top - 1
        and own < {id(word) for cell in other.cells for word in cell.words}
        for other in others
    )


def _has_drawn_columns(grid: Grid, parse: PageParse) -> bool:
    """Whether lines run between the columns."""
    box = grid.box
    return any(
        rule.box.height > rule.box.width
        and box.x0 + 3 < rule.box.x0 < box.x1 - 3
        and box.top - 3 < (rule.box.top + rule.box.bottom) / 2 < box.bottom + 3
        for rule in parse.page.rules
    )


def unread_rows(grid: Grid) -> bool:
    """Whether two cells of one row hold several numbers below each other: only some rows are parted."""
    stacked = Counter(cell.row for cell in grid.cells if cell.row_span == 1 and _holds_rows(cell))
    return any(count > 1 for count in stacked.values())


def _holds_rows(cell: GridCell) -> bool:
    lines = cell.lines
    if sum(is_figure(line.text) for line in lines) < 2:
        return False
    return not all(_had_to_break(above, below, cell) for above, below in pairwise(lines))


def _had_to_break(above: Line, below: Line, cell: GridCell) -> bool:
    """Whether the lower line's first word had no room at the end of the upper line."""
    inset = min(*_insets(above, cell), *_insets(below, cell))
    first = min(below.words, key=lambda w: w.box.x0)
    room = cell.box.width - 2 * max(inset, 0.0) - BLUR * above.size
    return above.box.width + WORD_SPACE * above.size + first.box.width > room


def _insets(line: Line, cell: GridCell) -> tuple[float, float]:
    return line.box.x0 - cell.box.x0, cell.box.x1 - line.box.x1


def _goes_on_below(grid: Grid, words: Sequence[Word]) -> bool:
    """Whether one of the next lines below has figures and stands within the grid's sides."""
    box = grid.box
    below = lines_of(w for w in words if w.box.top + 0.5 * w.size > box.bottom and w.box.top < box.bottom + 90)
    reach = box.bottom
    for line in below[:LINES_BELOW]:
        near = line.box.top - reach <= 1.3 * line.size
        if not near or line.box.x0 < box.x0 - 2 or line.box.x1 > box.x1 + 2:
            return False
        if has_figure(line):
            return True
        reach = line.box.bottom
    return False


def unread_columns(grid: Grid) -> bool:
    """Whether drawn cells hold several columns or rows of words: only parts of the table are ruled."""
    filled = [cell for cell in grid.cells if cell.words]
    split = sum(cell.is_parted for cell in filled)
    return split > max(1, MOST_SPLIT * len(filled)) or (split > 0 and len(filled) <= 2 * FEWEST_FILLED)


def _with_step(grid: Grid, coarse: Sequence[Grid], parse: PageParse, words: Sequence[Word]) -> Grid:
    """The grid with a word on why the drawn cells were not taken."""
    reasons = (_reason_to_go_on(other, parse, words) for other in coarse if _overlap(grid, other))
    return replace(grid, steps=tuple(f"ruled: {reason}" for reason in reasons))


def _find_unchanged(parse: PageParse, words: Sequence[Word], path: Path) -> list[Grid]:
    """What the unchanged libraries find, pdfplumber before camelot."""
    plumbed = _accepted(plumber.find_unchanged(path, parse.page.number, words), parse)
    rest = _left_over(words, plumbed)
    return [*plumbed, *_accepted(camelots.find_unchanged(parse, rest, path=path), parse)]


def _accepted(grids: Sequence[Grid], parse: PageParse, taken: Sequence[Grid] = ()) -> list[Grid]:
    """The grids that are tables, with their headers marked and the audit's verdict."""
    parts = [part for grid in grids for part in part_at_headers(grid)]
    tables = [grid for grid in parts if is_table(grid) and not any(_overlap(grid, t) for t in taken)]
    dressed = (_with_symbols(_with_shading(grid, parse), parse) for grid in tables)
    return [
        audited(find_header_rows(with_numbers_apart(with_whole_headers(settle_headers(with_groups(with_signs(grid)))))))
        for grid in dressed
    ]


def _with_symbols(grid: Grid, parse: PageParse) -> Grid:
    """The grid with each small picture in the cell that holds its middle, and cells painted in a status colour."""
    small = [i for i in parse.page.images if max(i.box.width, i.box.height) <= LARGEST_SYMBOL]
    painted = [f for f in parse.fills if max(f.colour) - min(f.colour) > PAINTED]
    cells = []
    for cell in grid.cells:
        inside = next((i for i in small if cell.box.holds_middle_of(i.box)), None)
        colour = None if cell.words or inside or cell.row in grid.shaded else _painted(cell, painted)
        symbol = cell.symbol or inside or colour
        cells.append(cell if symbol is cell.symbol else replace(cell, symbol=symbol))
    return replace(grid, cells=tuple(cells))


def _painted(cell: GridCell, fills: Sequence[Fill]) -> Image | None:
    """The colour of an empty cell that alone is painted green, yellow or red."""
    for fill in fills:
        box = fill.box
        fits = abs(box.x0 - cell.box.x0) < CELL_EDGE and abs(box.x1 - cell.box.x1) < CELL_EDGE
        if fits and abs(box.top - cell.box.top) < CELL_EDGE and abs(box.bottom - cell.box.bottom) < CELL_EDGE:
            colour = colour_word(fill.colour)
            return Image(box, colour, "square") if colour in STATUS_COLOURS else None
    return None


def _overlap(grid: Grid, other: Grid) -> bool:
    a, b = grid.box, other.box
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    return wide > 0 and high > 0 and wide * high > 0.3 * min(a.width * a.height, b.width * b.height)


def _with_shading(grid: Grid, parse: PageParse) -> Grid:
    """The grid with the rows that stand on the header's own colour."""
    if grid.shaded or not parse.fills:
        return grid
    tops = sorted({cell.box.top for cell in grid.cells})
    return replace(grid, shaded=shaded_rows(parse.fills, [*tops, grid.box.bottom]))


def _left_over(words: Sequence[Word], grids: Sequence[Grid]) -> list[Word]:
    """The words that stand in no grid, whole or in parts."""
    used = {beginning(word) for grid in grids for cell in grid.cells for word in cell.words}
    return [word for word in words if beginning(word) not in used]


def _ordered(grids: Sequence[Grid]) -> list[Grid]:
    return sorted(grids, key=lambda grid: (grid.box.top, grid.box.x0))
