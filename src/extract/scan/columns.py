"""Parts the rows of a scanned table that has shading or level lines, but no upright ones, at its columns.

Files draw each cell's own rectangle; on paper neighbours of one colour are one, and only the blank strips
between the words tell where the columns were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.scan.sheet import Region, Shading, Sheet

SAME_EDGE = 3.0
"""Points; rows of one table end within this distance of each other."""
OUTSIDE_CELLS = 1.5
"""Points; text nearer than this to a table's left edge has no cell around it: a heading or running text."""
FARTHEST = 150.0
"""Points; rows of one table are not higher than this."""
GUTTER = 4.0
"""Points; the narrowest blank strip between columns. Spaces are narrower in what stands in tables."""
BORDER_WIDTH = 0.5
"""Points left blank between the parts of a row."""


@dataclass(frozen=True, slots=True)
class Band:
    """A table: its rectangle and where its columns begin."""

    region: Region
    borders: tuple[int, ...]


def parted_at_columns(sheet: Sheet, strips: Sequence[Region]) -> tuple[list[Shading], list[Region]]:
    """Shaded areas and level lines, those of tables without upright lines parted where columns begin."""
    bands = _bands(sheet, strips)
    shadings = [part for shading in sheet.shadings for part in _parted_shading(shading, bands, strips, sheet.scale)]
    across = [part for line in sheet.across for part in _parted(line, bands, strips, sheet.scale)]
    return shadings, across


def through_bands(sheet: Sheet, strips: Sequence[Region]) -> list[Region]:
    """Upright lines, led on through the dark bands at whose edges they end: dark lines on dark are not seen."""
    bands = [shading.region for shading in sheet.shadings if shading.dark]
    return [_led_on(line, bands, strips, sheet.scale) for line in sheet.down]


def _led_on(line: Region, bands: Sequence[Region], strips: Sequence[Region], scale: float) -> Region:
    x, top, width, height = line
    bottom, reach = top + height, SAME_EDGE * scale
    for left, upper, length, depth in bands:
        lower = upper + depth
        crossed = any(s[0] < x < s[0] + s[2] and upper <= s[1] + s[3] / 2 <= lower for s in strips)
        if crossed or not left - reach <= x <= left + length + reach:
            continue
        if abs(top - lower) <= reach or abs(bottom - upper) <= reach:
            top, bottom = min(top, upper), max(bottom, lower)
    return x, top, width, bottom - top


def _bands(sheet: Sheet, strips: Sequence[Region]) -> list[Band]:
    """The tables that have shading, with their columns; where there are lines alone, the words tell the columns."""
    rows = [s.region for s in sheet.shadings] + list(sheet.across)
    dark = {s.region for s in sheet.shadings if s.dark}
    open_rows = sorted((r for r in rows if not _has_upright(r, sheet)), key=lambda r: (r[1], r[0]))
    groups: list[list[Region]] = []
    for row in open_rows:
        group = next((g for g in reversed(groups) if _same_table(g, row, strips, sheet.scale)), None)
        if group is None or row in dark and row[1] > group[-1][1] + group[-1][3] + sheet.scale:
            groups.append([row])
        else:
            group.append(row)
    shaded = {s.region for s in sheet.shadings}
    return [Band(_around(g), _borders(g, strips, sheet.scale)) for g in groups if shaded.intersection(g)]


def _has_upright(row: Region, sheet: Sheet) -> bool:
    """Whether an upright line meets a row away from its ends."""
    left, top, width, height = row
    rim, reach = SAME_EDGE * sheet.scale, 2 * sheet.scale
    return any(
        left + rim < x < left + width - rim and y - reach <= top + height and top <= y + h + reach
        for x, y, _, h in sheet.down
    )


def _same_table(group: Sequence[Region], row: Region, strips: Sequence[Region], scale: float) -> bool:
    """Whether a row goes on with a table: same right end, and no text that stands outside cells between."""
    left, top, width, height = _around(group)
    bottom, right = top + height, left + width
    if abs(row[0] + row[2] - right) > SAME_EDGE * scale or row[1] - bottom > FARTHEST * scale:
        return False
    between = [s for s in strips if bottom <= s[1] + s[3] / 2 <= row[1] and s[0] < right and s[0] + s[2] > left]
    return not any(s[0] < left + OUTSIDE_CELLS * scale for s in between)


def _around(regions: Sequence[Region]) -> Region:
    left, top = min(r[0] for r in regions), min(r[1] for r in regions)
    return left, top, max(r[0] + r[2] for r in regions) - left, max(r[1] + r[3] for r in regions) - top


def _borders(rows: Sequence[Region], strips: Sequence[Region], scale: float) -> tuple[int, ...]:
    """Where columns begin: in the blank strips through the whole table, left of the words that follow them."""
    left, top, width, height = _around(rows)
    ends = {row[0] for row in rows if row[0] > left + SAME_EDGE * scale}
    inside = [s for s in strips if top <= s[1] + s[3] / 2 <= top + height and left <= s[0] + s[2] / 2 <= left + width]
    spans = sorted((s[0], s[0] + s[2]) for s in inside)
    if not spans:
        return ()
    padding = max(1, min(spans[0][0] - left, int(GUTTER * scale)))
    borders, reach = [], spans[0][1]
    for start, end in spans[1:]:
        if start - reach >= GUTTER * scale:
            drawn = [end for end in ends if reach <= end <= start]
            borders.append(min(drawn, default=max(start - padding, (start + reach) // 2)))
        reach = max(reach, end)
    return tuple(borders)


def _parted_shading(shading: Shading, bands: Sequence[Band], strips: Sequence[Region], scale: float) -> list[Shading]:
    return [replace(shading, region=part) for part in _parted(shading.region, bands, strips, scale)]


def _parted(row: Region, bands: Sequence[Band], strips: Sequence[Region], scale: float) -> list[Region]:
    """A row's parts: it is left whole where its words go on over a border, as in merged cells."""
    left, top, width, height = row
    band = next((b for b in bands if b.borders and _holds(b.region, row)), None)
    if band is None:
        return [row]
    own = [s for s in strips if top <= s[1] + s[3] / 2 <= top + height]
    cuts = [
        border
        for border in band.borders
        if left + SAME_EDGE * scale < border < left + width and not any(s[0] < border < s[0] + s[2] for s in own)
    ]
    gap = max(1, int(BORDER_WIDTH * scale))
    edges = [left, *cuts, left + width + gap]
    return [(a, top, b - gap - a, height) for a, b in pairwise(edges)]


def _holds(outer: Region, inner: Region) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[0] + inner[2] <= outer[0] + outer[2]
        and inner[1] + inner[3] <= outer[1] + outer[3]
    )
