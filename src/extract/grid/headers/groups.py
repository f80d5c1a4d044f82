"""Headers over several columns that no line or merged cell shows: `Januari–augusti` over Utfall, Budget, Avvikelse."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from extract.grid.headers.spans import GroupLayout, Span, are_under_times
from extract.grid.model import Grid, GridCell, holds_amounts, phrases_of, printed_text
from extract.page.lines import Line, around, lines_of
from schema.layout import Box, Word
from schema.lexicon.periods import is_time
from schema.lexicon.wordbreaks import join_lines
from schema.lexicon.years import is_year, years_in

OFF_CENTRE = 4.0
"""The middle of a group's header differs by at most this many points from that of its columns."""
LEAST_ROWS = 3
"""A header of two levels and a row of values."""
MOST_LINES = 6
"""So many lines of a first row at most are tried as the end of its upper level."""
MOST_GROUPS = 12
"""More headers than this over others are no groups."""


def spread_groups(grid: Grid, off_centre: float = OFF_CENTRE) -> Grid:
    """The grid with the headers of groups widened over the columns whose own headers stand below them.

    They make up the first row, or the first lines of a first row whose other lines are the columns' own headers. A
    banner may stand above.
    """
    banner = [cell for cell in grid.row(0) if cell.words]
    if len(banner) == 1 and grid.n_rows > LEAST_ROWS and all(cell.row_span == 1 for cell in grid.row(0)):
        rest = replace(grid, cells=tuple(replace(c, row=c.row - 1) for c in grid.cells if c.row), shaded=())
        whole = spread_groups(rest, off_centre)
        below = (replace(cell, row=cell.row + 1) for cell in whole.cells)
        return grid if whole is rest else replace(grid, cells=(*grid.row(0), *below))
    if spread := _spread(_regrouped(grid), off_centre):
        return spread
    ways = (parted for whole in (grid, _in_one_row(grid)) for parted in _parted(whole))
    found = [spread for parted in ways if (spread := _spread(parted, off_centre)) and _number_of_groups(spread) > 1]
    return max(reversed(found), key=_number_of_groups, default=grid)


def _number_of_groups(grid: Grid) -> int:
    return sum(cell.col_span > 1 for cell in grid.row(0))


def _regrouped(grid: Grid) -> Grid:
    """The grid with the words of each header of the first row in one cell, where a border ran through it."""
    row = [cell for cell in grid.row(0) if cell.row_span == 1]
    groups = _by_column(grid, lines_of(word for cell in row for word in cell.words))
    regrouped = [
        replace(cell, words=groups.get(cell.col, ())) if cell.row == 0 and cell.row_span == 1 else cell
        for cell in grid.cells
    ]
    return replace(grid, cells=tuple(regrouped))


def _in_one_row(grid: Grid) -> Grid:
    """The grid with its header's rows as one, since a group's header of two lines may reach into the columns' own."""
    depth = len(grid.header_rows)
    spans = any(cell.col_span > 1 for cell in grid.cells if cell.row in grid.header_rows)
    if depth < 2 or grid.header_rows != tuple(range(depth)) or spans:
        return grid
    return with_rows_joined(grid, 0, depth - 1)


def with_rows_joined(grid: Grid, first: int, last: int) -> Grid:
    """The grid with the rows from one to another as one, the words of each column in its cell of the first."""
    columns: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        if first <= cell.row <= last:
            columns.setdefault(cell.col, []).append(cell)

    def whole(cell: GridCell) -> GridCell:
        own = columns[cell.col]
        words = tuple(word for part in own for word in part.words)
        return replace(cell, row_span=1, box=around(part.box for part in own), words=words)

    def moved(row: int) -> int:
        return row if row < first else max(row - last + first, first)

    cells = (
        whole(cell) if cell.row == first else replace(cell, row=moved(cell.row))
        for cell in grid.cells
        if not first < cell.row <= last
    )
    headers, shaded = (tuple(sorted(set(map(moved, rows)))) for rows in (grid.header_rows, grid.shaded))
    return replace(grid, cells=tuple(cells), header_rows=headers, shaded=shaded)


def _parted(grid: Grid) -> Iterator[Grid]:
    """The grid with its first row parted into two between two of its lines, for each way to do so.

    A header that stands beside the upper lines alone belongs to both rows.
    """
    row = grid.row(0)
    if len(row) != grid.n_cols or any(cell.row_span > 1 for cell in row):
        return
    lines = lines_of(word for cell in row for word in cell.words)
    for cut in range(1, min(len(lines), MOST_LINES)):
        groups = _by_column(grid, lines[:cut])
        lower = {word for line in lines[cut:] for word in line.words}
        if any(_is_cut(cell, lower) for cell in row):
            continue
        border = (lines[cut - 1].box.bottom + lines[cut].box.top) / 2
        cells = []
        for cell in row:
            upper_box = replace(cell.box, bottom=border)
            words = tuple(word for word in cell.words if word in lower)
            if cell.words and not words and cell.col in groups:
                cells.append(replace(cell, row_span=2, words=groups[cell.col]))
                continue
            cells.append(replace(cell, box=upper_box, words=groups.get(cell.col, ())))
            cells.append(replace(cell, row=1, box=replace(cell.box, top=border), words=words))
        rest = [replace(cell, row=cell.row + 1) for cell in grid.cells if cell.row]
        parted = replace(grid, cells=(*cells, *rest), shaded=_moved(grid.shaded), header_rows=_moved(grid.header_rows))
        if _repeats_a_header(row, lower) or are_under_times(parted):
            yield parted


def _is_cut(cell: GridCell, lower: Set[Word]) -> bool:
    """Whether one of a narrow header's words begins above a border between lines and ends below it: `Utfa`, `ll`."""
    above = [word.text for word in cell.words if word not in lower]
    below = [word.text for word in cell.words if word in lower]
    if not above or not below:
        return False
    last, first = above[-1], below[0]
    return (is_year(last + first) and not is_year(last)) or join_lines([last, first]) == last + first


def _repeats_a_header(row: Sequence[GridCell], lower: Set[Word]) -> bool:
    """Whether two columns have the same header in the lower lines: only a level above tells them apart."""
    texts = [" ".join(w.text for w in cell.words if w in lower).casefold() for cell in row[1:]]
    return any(text and texts.count(text) > 1 for text in texts)


def _moved(rows: Sequence[int]) -> tuple[int, ...]:
    """The numbers of rows after the first row became two."""
    return tuple(sorted({row + 1 for row in rows} | ({0} if 0 in rows else set())))


def _by_column(grid: Grid, lines: Sequence[Line]) -> dict[int, tuple[Word, ...]]:
    """The words of groups' headers, by the column in which the middle of a header stands."""
    groups: list[list[Word]] = []
    ends: list[float] = []
    for piece in (piece for line in lines for piece in phrases_of(line, grid)):
        box = piece.box
        near = (i for i, end in enumerate(ends) if end > box.x0)
        known = next((i for i in near if any(w.box.x0 < box.x1 and box.x0 < w.box.x1 for w in groups[i])), None)
        if known is None:
            groups.append(list(piece.words))
            ends.append(box.x1)
        else:
            groups[known] += piece.words
            ends[known] = max(ends[known], box.x1)
    held: dict[int, tuple[Word, ...]] = {}
    for group in groups:
        box = around(word.box for word in group)
        col = max(bisect_right(grid.xs[:-1], (box.x0 + box.x1) / 2) - 1, 0)
        held[col] = (*held.get(col, ()), *group)
    return held


def _spread(grid: Grid, off_centre: float) -> Grid | None:
    """The grid with the headers of its first row widened, if they stand over several columns."""
    top = {cell.col: cell for cell in grid.row(0) if cell.row_span == 1}
    if grid.n_rows < 3 or any(cell.col_span > 1 for cell in grid.row(0)) or not _is_header(grid, 1):
        return None
    below = {cell.col for cell in grid.row(1) if cell.words and cell.col_span == 1}
    free = sorted(set(top) & below - {0})
    groups = [col for col in free if top[col].words]
    times = all(is_time(printed_text(top[col])) for col in groups)
    labelled = 0 in top and 0 in below and bool(top[0].words) and (not times or bool(years_in(printed_text(top[0]))))
    if not 0 < len(groups) <= MOST_GROUPS or len(groups) == len(free) or labelled or _goes_on_below(grid, groups):
        return None
    layout = GroupLayout(grid, {col: around(w.box for w in top[col].words) for col in groups}, tuple(free), off_centre)
    spans = layout.equal_runs() or layout.best()
    return _widened(grid, spans) if spans else None


def _goes_on_below(grid: Grid, cols: Sequence[int]) -> bool:
    """Whether the second row holds the times of the headers above and whole headers beside: `Årsbudget` over `2024`."""
    times = [cell.col for cell in grid.row(1) if cell.words and cell.col and is_time(printed_text(cell))]
    return times == list(cols)


def _is_header(grid: Grid, number: int) -> bool:
    """Whether a row may hold the columns' own headers: as bold as the first, under times or times, without amounts."""
    rows = [[cell for cell in grid.row(r) if cell.words] for r in (0, number)]
    as_bold = all(cell.bold for cell in rows[1]) or not all(cell.bold for cell in rows[0])
    are_times = all(is_time(printed_text(cell)) for cell in rows[1] if cell.col)
    return (as_bold or are_times or are_under_times(grid)) and not holds_amounts(grid, number)


def _widened(grid: Grid, spans: Sequence[Span]) -> Grid:
    """The grid with the first row's headers over their spans."""
    cells: list[GridCell] = []
    for cell in grid.cells:
        span = next((s for s in spans if cell.row == 0 and s[0] <= cell.col <= s[1]), None)
        if span is None:
            cells.append(cell)
        elif cell.words:
            box = Box(grid.xs[span[0]], cell.box.top, grid.xs[span[1] + 1], cell.box.bottom)
            cells.append(replace(cell, col=span[0], col_span=span[1] - span[0] + 1, box=box))
    return replace(grid, cells=tuple(cells))
