"""Horizontal lines and shaded strips that part a table's rows, as whole lines rather than pieces per cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from extract.page.gutters import columns_of, has_figure
from extract.page.lines import Line, segments_of
from extract.page.model import PageParse
from schema.layout import Box

SAME_HEIGHT = 1.2
"""Pieces of one line lie within this many points of each other."""
PIECE_GAP = 4.0
"""Pieces of one line leave at most this many points between them; borders of cells meet."""
LEAST_WIDTH = 24.0
"""Shorter lines underline a word."""
SAME_EXTENT = 4.0
"""Lines of one table begin and end within this many points of each other."""
TALLEST_STRIP = 0.5
"""Two lines further apart than this share of the page's height frame a page, not a table."""
LINE_HEIGHT, BAND_PADDING = 1.3, 1.6
"""A strip with a band is at most this many font sizes high for each line and above and below them."""
PROSE_WIDTH = 0.75
"""A line of words that fills this share of a strip without a gap may be running text."""
OVERFLOW = 1.2
"""A word runs over the right side of its table by at most this many font sizes."""
HEAD_GAP = 0.3
"""The headers of a next table stand so many font sizes further from the rows above than these from each other."""
NEARLY_WHITE = 250
ACROSS = 0.6
"""A rule parts rows where it runs over at least this share of the table's width."""
THROUGH = 0.25
"""A rule so many font sizes above the foot of a line runs through it: spreadsheets cut off what a cell cannot hold."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal line across columns, or the edge of a shaded strip."""

    y: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines of equal length, one below the other, with rows of a table between them."""

    box: Box
    ys: tuple[float, ...]


def bars_of(parse: PageParse) -> list[Bar]:
    """The horizontal lines and edges of shaded strips of a page, from the top down."""
    pieces = [(r.box.top / 2 + r.box.bottom / 2, r.box.x0, r.box.x1) for r in parse.page.rules if r.is_horizontal]
    for fill in parse.fills:
        if min(fill.colour) < NEARLY_WHITE:
            pieces += [(y, fill.box.x0, fill.box.x1) for y in (fill.box.top, fill.box.bottom)]
    return [bar for bar in _merged(pieces) if bar.x1 - bar.x0 >= LEAST_WIDTH]


def _merged(pieces: Iterable[tuple[float, float, float]]) -> list[Bar]:
    """Pieces at one height that touch, each run as one line."""
    bars: list[Bar] = []
    level: list[Bar] = []
    for y, x0, x1 in sorted(pieces):
        if level and y - level[0].y > SAME_HEIGHT:
            bars += _runs(level)
            level = []
        level.append(Bar(y, x0, x1))
    return bars + _runs(level)


def _runs(level: Sequence[Bar]) -> list[Bar]:
    runs: list[Bar] = []
    for bar in sorted(level, key=lambda b: b.x0):
        if runs and bar.x0 - runs[-1].x1 <= PIECE_GAP:
            runs[-1] = Bar(runs[-1].y, runs[-1].x0, max(runs[-1].x1, bar.x1))
        else:
            runs.append(bar)
    return runs


def frames_of(bars: Sequence[Bar], lines: Sequence[Line], height: float) -> list[Frame]:
    """Runs of equally long bars with table rows between them."""
    frames: list[Frame] = []
    for group in _equal_bars(bars):
        run = [group[0]]
        for bar in group[1:]:
            if _is_strip(run[-1], bar, lines, height) and not _opens_anew(run, bar, lines):
                run.append(bar)
            elif _ends_with_caption(run, bar, lines):
                frames += _frame(run[:-1], lines)
                run = [run[-1], bar]
            else:
                frames += _frame(run, lines)
                run = [bar]
        frames += _frame(run, lines)
    return sorted(_outermost(frames), key=lambda frame: frame.box.top)


def _equal_bars(bars: Sequence[Bar]) -> list[list[Bar]]:
    groups: list[list[Bar]] = []
    for bar in bars:
        for group in groups:
            if abs(group[0].x0 - bar.x0) <= SAME_EXTENT and abs(group[0].x1 - bar.x1) <= SAME_EXTENT:
                group.append(bar)
                break
        else:
            groups.append([bar])
    return [group for group in groups if len(group) > 1]


def _between(upper: float, lower: float, lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if upper < (line.box.top + line.box.bottom) / 2 < lower]


def _is_strip(upper: Bar, lower: Bar, lines: Sequence[Line], height: float) -> bool:
    """Whether what stands between two bars can be rows of one table."""
    if lower.y - upper.y > TALLEST_STRIP * height:
        return False
    inside = _between(upper.y, lower.y, lines)
    if not inside:
        return lower.y - upper.y < 40
    if not all(keeps_within(line, upper.x0, upper.x1) for line in inside):
        return False
    if any(line.size > 1.25 * inside[0].size or inside[0].size > 1.25 * line.size for line in inside):
        return False
    width = upper.x1 - upper.x0
    single = [line for line in inside if len(segments_of(line)) == 1]
    prose = [line for line in single if line.box.width > PROSE_WIDTH * width]
    if len(single) == len(inside) and not columns_of(inside, strict=True).gutters:
        low = lower.y - upper.y <= (len(inside) * LINE_HEIGHT + BAND_PADDING) * inside[0].size
        return len(inside) <= 2 and low and not (len(inside) > 1 and prose)
    return len(prose) <= 0.3 * len(inside)


def keeps_within(line: Line, x0: float, x1: float) -> bool:
    """Whether a line stands between two sides; a last word too wide for its column may run over the right one."""
    over = line.box.x1 - x1
    return line.box.x0 >= x0 - 3 and (over <= 3 or (over <= OVERFLOW * line.size and line.words[-1].box.x0 < x1))


def _opens_anew(run: Sequence[Bar], lower: Bar, lines: Sequence[Line]) -> bool:
    """Whether the strip heads another table: larger, or bold in several columns without figures below figures."""
    inside = _between(run[-1].y, lower.y, lines)
    before = _between(run[0].y, run[-1].y, lines)
    if _ends_with_head(inside):
        return True
    if before and inside and max(line.size for line in inside) > 1.08 * max(line.size for line in before):
        return True
    if not any(has_figure(line) for line in before) or not any(line.bold for line in before[:1]):
        return False
    multi = [line for line in inside if len(segments_of(line)) > 1]
    return bool(multi) and all(line.bold and not has_figure(line) for line in inside)


def _ends_with_caption(run: Sequence[Bar], lower: Bar, lines: Sequence[Line]) -> bool:
    """Whether a run's last strip holds nothing but words above the header that the strip below it holds."""
    if len(run) < 3 or not _between(run[-1].y, lower.y, lines):
        return False
    last = _between(run[-2].y, run[-1].y, lines)
    return len(last) == 1 and len(segments_of(last[0])) == 1 and not has_figure(last[0])


def _ends_with_head(inside: Sequence[Line]) -> bool:
    """Whether a strip's rows of figures end, and well below them stand the headers that its lower line underlines."""
    head = list(takewhile(lambda line: line.bold and not has_figure(line), reversed(inside)))
    rows = inside[: len(inside) - len(head)]
    if not any(map(has_figure, rows)) or not any(len(segments_of(line)) > 1 for line in head):
        return False
    widest = max((below.box.top - above.box.bottom for above, below in pairwise(rows)), default=0.0)
    return head[-1].box.top - rows[-1].box.bottom > max(widest, 0.0) + HEAD_GAP * rows[-1].size


def _frame(run: Sequence[Bar], lines: Sequence[Line]) -> list[Frame]:
    if len(run) < 2:
        return []
    box = Box(run[0].x0, run[0].y, run[0].x1, run[-1].y)
    inside = _between(box.top, box.bottom, lines)
    multi = sum(len(segments_of(line)) > 1 for line in inside)
    return [Frame(box, tuple(bar.y for bar in run))] if multi and 3 * multi >= len(inside) else []


def _outermost(frames: Sequence[Frame]) -> list[Frame]:
    """Leave out frames that lie within others."""
    return [f for f in frames if not any(g is not f and _holds(g.box, f.box) for g in frames)]


def _holds(outer: Box, inner: Box) -> bool:
    wide = inner.x0 >= outer.x0 - 1 and inner.x1 <= outer.x1 + 1
    return wide and inner.top >= outer.top - 1 and inner.bottom <= outer.bottom + 1


def cuts_of(region: Sequence[Line], bars: Sequence[Bar], x0: float, x1: float) -> set[int]:
    """The lines above which a rule runs across most of the table; one through a line's text parts nothing."""
    cuts = set()
    for bar in bars:
        if min(bar.x1, x1) - max(bar.x0, x0) < ACROSS * (x1 - x0):
            continue
        below = [i for i, line in enumerate(region) if (line.box.top + line.box.bottom) / 2 > bar.y]
        if below and below[0] and region[below[0] - 1].box.bottom - bar.y < THROUGH * region[below[0]].size:
            cuts.add(below[0])
    return cuts


def rows_are_ruled(region: Sequence[Line], cuts: set[int]) -> bool:
    """Whether rules part the rows: seldom two lines of figures stand between two of them."""
    if len(cuts) < 2:
        return False
    edges = [0, *sorted(cuts), len(region)]
    counts = [sum(has_figure(line) for line in region[a:b]) for a, b in pairwise(edges)]
    return sum(count > 1 for count in counts) <= 0.2 * len(counts)
