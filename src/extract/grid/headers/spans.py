"""How far the headers of groups reach: the runs of columns over which they fit best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from extract.grid.model import Grid, printed_text
from extract.page.lines import around
from schema.layout import Box
from schema.lazy import lazy
from schema.lexicon.periods import is_time
from schema.lexicon.years import is_year, years_in

SAME_SIDE = 1.0
"""Two lines of one header begin or end within this many points of each other."""
MOST_PADDING = 6.0
"""Text set against the right side of a cell ends at most so many points before it."""
LEFT_OUT = 3.0
"""A column without a group is as unlikely as a header so many points off its place."""

Span = tuple[int, int]
Side = Literal["middle", "left", "right"]


@dataclass(frozen=True)
class GroupLayout:
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
                if self._may_be_cut(col, span):
                    misfit = min(misfit, self.off_centre)
                if misfit <= self.off_centre:
                    yield span, misfit

    def _may_be_cut(self, col: int, span: Span) -> bool:
        """Whether a run is the last of several alike and shorter: a sheet wider than its page is cut there."""
        wide = {b - a for a, b in pairwise(self._firsts)}
        is_last = bool(wide) and span == (self._firsts[-1], self.grid.n_cols - 1)
        return is_last and len(wide) == 1 and span[1] - span[0] + 1 < max(wide) and span[0] <= col

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
        return beside or (same_side and not are_under_times(self.grid) and not self._is_told_apart)

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


def are_under_times(grid: Grid) -> bool:
    """Whether the first row holds times alone, fewer than the headers of columns below, none of which is a time."""
    times, own = ([printed_text(c) for c in grid.row(row) if c.words and c.col] for row in (0, 1))
    return 0 < len(times) < len(own) and all(map(is_time, times)) and not any(map(is_time, own))
