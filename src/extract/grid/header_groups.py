"""Headers over several columns that no line or merged cell shows: `Januari–augusti` over Utfall, Budget, Avvikelse."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Literal

from extract.grid.model import Grid, GridCell, holds_amounts, phrases_of, printed_text
from extract.page.lines import Line, around, lines_of
from schema.layout import Box, Word
from schema.lazy import lazy
from schema.lexicon.periods import is_time
from schema.lexicon.wordbreaks import join_lines
from schema.lexicon.years import is_year, years_in

OFF_CENTRE = 4.0
"""The middle of a group's header differs by at most this many points from that of its columns."""
SAME_SIDE = 1.0
"""Two lines of one header begin or end within this many points of each other."""
MOST_PADDING = 6.0
"""Text set against the right side of a cell ends at most so many points before it."""
LEFT_OUT = 3.0
"""A column without a group is as unlikely as a header so many points off its place."""
LEAST_ROWS = 3
"""A header of two levels and a row of values."""
MOST_LINES = 6
"""So many lines of a first row at most are tried as the end of its upper level."""
MOST_GROUPS = 12
"""More headers than this over others are no groups."""

Span = tuple[int, int]
Side = Literal["middle", "left", "right"]


def spread_groups(grid: Grid, off_centre: float = OFF_CENTRE) -> Grid:
    """The grid with the headers of groups widened over the columns whose own headers stand below them.

    They make up the first row, or the first lines of a first row whose other lines are the columns' own headers. A
    banner may stand above.
    """
    banner = [cell for cell in grid.row(0) if cell.words]
    if len(banner) == 1 and grid.n_rows > LEAST_ROWS and all(cell.row_span == 1 for cell in grid.row(0)):
        rest = replace(grid, cells=tuple(replace(c, row=c.row - 1) for c in grid.cells if c.row), shaded=())
        widened = [replace(cell, row=cell.row + 1) for cell in spread_groups(rest, off_centre).cells]
        return replace(grid, cells=(*grid.row(0), *widened))
    if spread := _spread(_regrouped(grid), off_centre):
        return spread
    found = [
        spread for parted in _parted(grid) if (spread := _spread(parted, off_centre)) and _number_of_groups(spread) > 1
    ]
    return max(reversed(found), key=_number_of_groups, default=grid)


def _number_of_groups(grid: Grid) -> int:
    return sum(cell.col_span > 1 for cell in grid.row(0))


def _regrouped(grid: Grid) -> Grid:
    """The grid with the words of each header of the first row in one cell, where a border ran through it."""
    row = [cell for cell in grid.row(0) if cell.row_span == 1]
    groups = _by_column(grid, lines_of(word for cell in row for word in cell.words))
    regrouped = [replace(cell, words=groups.get(cell.col, ())) if cell in row else cell for cell in grid.cells]
    return replace(grid, cells=tuple(regrouped))


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
        if _repeats_a_header(row, lower) or _are_under_times(parted):
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


def _are_under_times(grid: Grid) -> bool:
    """Whether the first row holds times alone, fewer than the headers of columns below, none of which is a time."""
    times, own = ([printed_text(c) for c in grid.row(row) if c.words and c.col] for row in (0, 1))
    return 0 < len(times) < len(own) and all(map(is_time, times)) and not any(map(is_time, own))


def _moved(rows: Sequence[int]) -> tuple[int, ...]:
    """The numbers of rows after the first row became two."""
    return tuple(sorted({row + 1 for row in rows} | ({0} if 0 in rows else set())))


def _by_column(grid: Grid, lines: Sequence[Line]) -> dict[int, tuple[Word, ...]]:
    """The words of groups' headers, by the column in which the middle of a header stands."""
    groups: list[list[Word]] = []
    for piece in (piece for line in lines for piece in phrases_of(line, grid)):
        box = piece.box
        beside = (g for g in groups if any(w.box.x0 < box.x1 and box.x0 < w.box.x1 for w in g))
        known = next(beside, None)
        if known is None:
            groups.append(list(piece.words))
        else:
            known += piece.words
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
    layout = _Layout(grid, {col: around(w.box for w in top[col].words) for col in groups}, tuple(free), off_centre)
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
    return (as_bold or are_times or _are_under_times(grid)) and not holds_amounts(grid, number)


@dataclass(frozen=True)
class _Layout:
    """The headers of groups, by the column that their middle stands in, and the columns they may reach."""

    grid: Grid
    groups: dict[int, Box]
    free: tuple[int, ...]
    off_centre: float

    def best(self) -> list[Span]:
        """The spans that fit the headers' places best; empty where every header keeps to its own column."""
        sides: tuple[Side, ...] = ("middle", "left", "right")
        cost, spans = min((self._fitted(side) for side in sides), key=lambda found: found[0])
        limit = len(spans) * self.off_centre + sum(map(self._worth, self.free))
        return spans if cost <= limit and any(j > i for i, j in spans) else []

    def equal_runs(self) -> list[Span]:
        """The spans of headers that stand in the first of equally many columns each, as in cells that are not merged.

        A column's own header must come again in another's span, or nothing says that a header is for several.
        """
        starts = sorted(self.groups)
        spans = [(a, b - 1) for a, b in pairwise([*starts, self.grid.n_cols])]
        wide = {b - a for a, b in spans}
        texts = [{self._below[col] for col in range(a, b + 1)} for a, b in spans] if self._is_filled else []
        again = any(one & other for one, other in combinations(texts, 2))
        is_set = again and len(wide) == 1 and wide != {0} and all(self._is_over_own(col) for col in starts)
        return spans if is_set else []

    @lazy
    def _is_filled(self) -> bool:
        """Whether every column from the first group on has a header of its own."""
        return self.free == tuple(range(min(self.groups), self.grid.n_cols))

    def _is_over_own(self, col: int) -> bool:
        """Whether a header begins, ends or has its middle where the one below it does."""
        box, own = self.groups[col], self._heads[col]
        return min(abs(box.x0 - own.x0), abs(box.x1 - own.x1), abs(box.x0 + box.x1 - own.x0 - own.x1)) <= SAME_SIDE

    def _fitted(self, side: Side) -> tuple[float, list[Span]]:
        """The cheapest runs of free columns, one around each header's own, for headers set at one side."""
        cols = sorted(self.groups)
        states: dict[int, tuple[float, list[Span]]] = {-1: (0.0, [])}
        for col, end in zip(cols, [*cols[1:], self.grid.n_cols], strict=True):
            reached: dict[int, tuple[float, list[Span]]] = {}
            for taken, (cost, spans) in states.items():
                for span, misfit in self._runs(col, taken, end, side):
                    total = cost + misfit - sum(map(self._worth, range(span[0], span[1] + 1)))
                    if span[1] not in reached or total < reached[span[1]][0]:
                        reached[span[1]] = (total, [*spans, span])
            states = reached
        cost, spans = min(states.values(), default=(float("inf"), []))
        return cost + sum(map(self._worth, self.free)), spans

    def _worth(self, col: int) -> float:
        """What it costs to leave out a column: nothing where it has a year of its own beside groups of years."""
        has_year = any(years_in(self._below.get(col, "")))
        return 0.0 if has_year and self._are_years and col not in self.groups else LEFT_OUT

    @lazy
    def _are_years(self) -> bool:
        return all(is_year(printed_text(cell)) for cell in self.grid.row(0) if cell.col in self.groups)

    def _runs(self, col: int, taken: int, end: int, side: Side) -> Iterator[tuple[Span, float]]:
        """The runs of columns that a header may stand over, with how far it is off its place."""
        for first in self._reach(col, -1, taken):
            for last in self._reach(col, 1, end):
                span = (first, last)
                if self._firsts and first not in self._firsts:
                    continue
                if side == "right" and not self._is_told_apart:
                    continue
                is_alone = self._stands_alone(col, end) if side == "left" else is_time(self._below.get(col, ""))
                if last == first and side != "middle" and not is_alone:
                    continue
                if last > first and side == "middle" and self._is_line_of_own(col, span):
                    continue
                misfit = self._misfit(self.groups[col], span, side)
                if misfit <= self.off_centre:
                    yield span, misfit

    def _reach(self, col: int, step: int, end: int) -> Iterator[int]:
        """The columns that a header's run may begin or end with, outward from its own."""
        while col in self.free and (col > end if step < 0 else col < end):
            yield col
            col += step

    def _stands_alone(self, col: int, end: int) -> bool:
        """Whether a header has room over its own column only, whose header is the first of another group's, too."""
        firsts = [self._below.get(other) for other in self.groups if other != col]
        return not (col + 1 < end and col + 1 in self.free) and self._below.get(col) in firsts

    def _returns(self, col: int) -> bool:
        """Whether a column's own header comes again, as the first of each group's does."""
        return list(self._below.values()).count(self._below.get(col, "")) > 1

    @lazy
    def _firsts(self) -> list[int]:
        """Where each group begins if the first column's own header comes as often as there are groups."""
        again = [col for col in self.free if self._below.get(col) == self._below.get(self.free[0])]
        return again if len(again) == len(self.groups) > 1 else []

    @lazy
    def _is_told_apart(self) -> bool:
        """Whether columns have the same header and no words above; `Budget` above `2025` may be two lines of one."""
        texts = [self._below[col] for col in self.free if col not in self.groups]
        return len(set(texts)) < len(texts)

    @lazy
    def _below(self) -> dict[int, str]:
        said = {c.col: [word.text for word in c.words] for c in self.grid.row(1) if c.words}
        return {col: " ".join([t for t in texts if any(map(str.isalnum, t))] or texts) for col, texts in said.items()}

    def _misfit(self, box: Box, span: Span, side: Side) -> float:
        """How far a header is from where it would stand over a run of columns."""
        left, right = self._extent(span[0]), self._extent(span[1])
        if side == "left":
            off = box.x0 - self._right_set(span[0])
            over = max(-off, off - 2 * MOST_PADDING, 0.0)  # figures below are set to the right
            labels = self._extents.get(span[0] - 1) if span[0] - 1 not in self.free else None
            if labels and labels.x1 < box.x0 < left.x0:  # where the first cell begins is not known
                over = 0.0
            return min(abs(box.x0 - left.x0), over) if self._returns(span[0]) else abs(box.x0 - left.x0)
        if side == "right":
            return abs(box.x1 - right.x1)
        middle, xs = box.x0 + box.x1, self.grid.xs
        padding = (middle - self._right_set(span[0]) - right.x1) / 2
        over = max(-padding, padding - MOST_PADDING, 0.0)
        if self._firsts:  # the groups begin where they must
            over = min(over, abs(middle - self._heads[span[0]].x0 - self._heads[span[1]].x1) / 2)
        return min(abs(middle - left.x0 - right.x1) / 2, abs(middle - xs[span[0]] - xs[span[1] + 1]) / 2, over)

    def _right_set(self, col: int) -> float:
        """Where a column begins if all text is set to the right of its cell: where the one before ends."""
        if col - 1 in self.free:
            return self._extent(col - 1).x1
        return 2 * self._extent(col).x1 - self._extent(col + 1).x1 if col + 1 in self.free else self._extent(col).x0

    def _is_line_of_own(self, col: int, span: Span) -> bool:
        """Whether a header keeps to its own column as the one below it does: they are two lines of one."""
        box, below, (first, last) = self.groups[col], self._heads[col], span
        left, right = ((first + last + step) // 2 for step in (0, 1))
        beside = left < right and not (box.x0 < self._extent(right).x0 and self._extent(left).x1 < box.x1)
        same_side = min(abs(box.x0 - below.x0), abs(box.x1 - below.x1)) <= SAME_SIDE
        return beside or (same_side and not _are_under_times(self.grid) and not self._is_told_apart)

    @lazy
    def _heads(self) -> dict[int, Box]:
        """Where each column's own header stands."""
        return {c.col: around(word.box for word in c.words) for c in self.grid.row(1) if c.words}

    def _extent(self, col: int) -> Box:
        """Where the text of a column stands below its group."""
        return self._extents[col]

    @lazy
    def _extents(self) -> dict[int, Box]:
        words: dict[int, list[Box]] = {}
        for cell in self.grid.cells:
            if cell.col_span == 1 and cell.row:
                words.setdefault(cell.col, []).extend(word.box for word in cell.words)
        return {col: around(boxes) for col, boxes in words.items() if boxes}


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
