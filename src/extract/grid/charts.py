"""Charts among a page's words: the numbers of an axis, and what a chart printed right of it, are no part of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from extract.page.gutters import columns_of, words_by_column
from extract.page.lines import Line, around
from schema.layout import Box
from schema.lexicon.figures import is_figure
from schema.lexicon.values import hold_scale

LEAST_LOOSE = 2
"""Numbers of an axis beside no figures, and figures beside no number of it: the rows of a table have both."""

TITLE = 2.0
"""Font sizes above an axis in which a chart's title stands."""

Row = dict[int, Line]
"""The parts of a line by the column that they stand in."""


def chart_in(region: Sequence[Line]) -> Box | None:
    """Where a chart stands among a region's lines: its axis, all that is right of it, and its title above."""
    cuts = [(left + right) / 2 for left, right in columns_of(region).gutters]
    xs = (-inf, *cuts, inf)
    rows = [{col: Line(tuple(words)) for col, words in words_by_column(line, xs).items()} for line in region]
    scales = {col for col in range(len(cuts) + 1) if hold_scale([row[col].text for row in rows if col in row])}
    axis = min((col for col in scales if _is_axis(rows, col, scales)), default=None)
    if axis is None:
        return None
    box = around(part.box for row in rows for col, part in row.items() if col >= axis)
    return replace(box, top=box.top - TITLE * region[0].size)


def _is_axis(rows: Sequence[Row], col: int, scales: set[int]) -> bool:
    """Whether no rows go on right of a column of numbers that fall by even steps, or none of a table begin with it."""
    own = [row for row in rows if col in row]
    if any(min(row) < col for row in own):
        return any(max(row) > col for row in rows) and not any(max(row) > col for row in own[1:-1])
    alone = sum(row.keys() <= scales for row in own)
    between = sum(col not in row and any(is_figure(part.text) for part in row.values()) for row in rows)
    return alone + between >= LEAST_LOOSE
