"""Pages set in columns of text, as annual reports are: each column is read on its own, tables and all."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.page.lines import Line, around, cuts_of, lines_of, segments_of
from extract.page.model import PageParse
from schema.layout import Box, Word
from schema.lexicon.figures import is_figure

GUTTER = 0.9
"""Columns of text are at least so many font sizes apart."""
SAME_START = 1.5
"""Lines of a column begin within this many points of each other."""
INDENT = 8.0
"""Text in tables and lists begins up to so many points inside its column."""
MIDDLE = (0.25, 0.75)
"""A column of text begins within these shares of the width that is split."""
FEWEST_LINES, FEWEST_KNOWN = 8, 3
"""A column of text has at least so many lines, and where other pages have the same columns so many."""
LEAST_HEIGHT, LEAST_KNOWN = 100.0, 20.0
"""Columns of text run beside each other for at least so many points, where other pages have them the second."""
NARROWEST = 30.0
"""Text narrower than so many font sizes is one column."""
UNEQUAL = 2.5
"""A column of text is at most so many times wider than the one beside it."""
PROSE_WIDTH, PROSE_WORDS = 0.7, 4
"""A line of running text fills this share of its column and has so many words."""
LITTLE_PROSE, MUCH_PROSE = 4, 8
"""Lines of running text in two columns together, and in each where their lines stand level with each other."""
LEVEL, MOST_LEVEL = 0.15, 0.6
"""Lines this near, in font sizes, are level; in the rows of a table nearly all lines are."""
ALIKE, FEW_LEVEL, MANY_LINES = 1.25, 0.5, 12
"""Columns of nearly equal width with so many lines, few of them level, need no running text: they hold tables."""
MOST_FIGURES = 0.3
"""Share of a column's lines that may open with a figure, as the values of a table do."""
MOST_STARTS = 3
"""So many places are tried as the left side of a column."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page that is read on its own."""

    parse: PageParse
    words: tuple[Word, ...]
    box: Box

    @property
    def number(self) -> int:
        """The number of the page."""
        return self.parse.page.number

    def holds(self, box: Box) -> bool:
        """Whether the middle of a box is in the part."""
        return self.box.holds_middle_of(box)


def parts_of(parses: Sequence[PageParse], bodies: Sequence[Sequence[Word]]) -> list[Part]:
    """The pages' parts in reading order: one a page, or each column of text and what runs across them.

    `bodies` are the words of each page outside running headers and footers. Where some pages are set in columns,
    short pages with the same columns need less evidence.
    """
    split = [_boxes(parse, words, _sheet(parse)) for parse, words in zip(parses, bodies, strict=True)]
    known = {box.x0 + SAME_START for boxes in split if len(boxes) > 1 for box in boxes if box.x0 > 0}
    parts = []
    for parse, words, boxes in zip(parses, bodies, split, strict=True):
        if known and len(boxes) == 1:
            boxes = _boxes(parse, words, boxes[0], frozenset(known))
        parts += [_part(parse, words, box) for box in boxes] if len(boxes) > 1 else [_whole(parse, words)]
    return parts


def _sheet(parse: PageParse) -> Box:
    """Everything that can stand on a page."""
    return Box(-1e4, -1e4, parse.page.width + 1e4, parse.page.height + 1e4)


def _whole(parse: PageParse, words: Sequence[Word]) -> Part:
    return Part(parse, tuple(words), _sheet(parse))


def _part(parse: PageParse, words: Sequence[Word], box: Box) -> Part:
    """What stands in a box, as a page of its own."""
    page = replace(
        parse.page,
        words=tuple(w for w in parse.page.words if box.holds_middle_of(w.box)),
        rules=tuple(r for r in parse.page.rules if box.holds_middle_of(r.box)),
        images=tuple(i for i in parse.page.images if box.holds_middle_of(i.box)),
    )
    fills = tuple(f for f in parse.fills if box.holds_middle_of(f.box))
    inside = tuple(w for w in words if box.holds_middle_of(w.box))
    return Part(replace(parse, page=page, fills=fills), inside, box)


def _boxes(parse: PageParse, words: Sequence[Word], box: Box, known: frozenset[float] = frozenset()) -> list[Box]:
    """The box of some words, or the boxes that columns of text make of it, from the top down and from left to right."""
    if not words:
        return [box]
    placed = [((w.box.top + w.box.bottom) / 2, w) for w in words]
    for start in [*sorted(known), *_starts(parse, words)]:
        bands = _bands(parse, words, box, start)
        found = [(band, _are_columns(placed, band, start, start in known)) for band in bands]
        if not any(are for _, are in found):
            continue
        boxes: list[Box] = []
        for band, are in found:
            if are:
                for side in (replace(band, x1=start - SAME_START), replace(band, x0=start - SAME_START)):
                    boxes += _boxes(parse, [w for w in words if side.holds_middle_of(w.box)], side)
            elif boxes and boxes[-1].x0 == box.x0 and boxes[-1].x1 == box.x1:
                boxes[-1] = replace(boxes[-1], bottom=band.bottom)
            else:
                boxes.append(band)
        return boxes
    return [box]


def _starts(parse: PageParse, words: Sequence[Word]) -> list[float]:
    """Where a column of text may begin: places in the middle at which most pieces of lines do."""
    if not words:
        return []
    area = around(w.box for w in words)
    size = sorted(w.size for w in words)[len(words) // 2]
    if area.width < NARROWEST * size:
        return []
    low, high = (area.x0 + share * area.width for share in MIDDLE)
    pieces = [line.words[i].box.x0 for line in lines_of(words) for i in cuts_of(line, GUTTER)]
    places = Counter(round(x) for x in pieces if low <= x <= high)
    common = [
        x for x, count in places.most_common(MOST_STARTS) if count + places[x - 1] + places[x + 1] >= FEWEST_KNOWN
    ]
    sides = [*pieces, *(r.box.x0 for r in parse.page.rules), *(f.box.x0 for f in parse.fills)]
    return [min(x for x in sides if place - INDENT <= x <= place + SAME_START) for place in common]


def _bands(parse: PageParse, words: Sequence[Word], box: Box, start: float) -> list[Box]:
    """The box parted from the top down where something runs across the gap to the left of a place."""
    size = sorted(w.size for w in words)[len(words) // 2]
    left, right = start - GUTTER * size, start - SAME_START
    across = [w.box for w in words]
    across += [r.box for r in parse.page.rules if box.holds_middle_of(r.box)]
    across += [f.box for f in parse.fills if box.holds_middle_of(f.box)]
    spans = sorted((b.top, b.bottom) for b in across if b.x0 < right and b.x1 > left and b.height < LEAST_HEIGHT)
    edges, reach = [box.top], box.top
    for top, bottom in _joined(spans):
        edges += [top, bottom]
        reach = bottom
    edges.append(max(box.bottom, reach))
    return [Box(box.x0, a, box.x1, b) for a, b in zip(edges, edges[1:], strict=False) if b > a]


def _joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans that overlap as one."""
    joined: list[tuple[float, float]] = []
    for top, bottom in spans:
        if joined and top <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], bottom))
        else:
            joined.append((top, bottom))
    return joined


def _are_columns(placed: Sequence[tuple[float, Word]], band: Box, start: float, known: bool = False) -> bool:
    """Whether what stands left and right of a place in a band are columns of text and not of a table.

    The words, `placed` by the height of their middle, are those of the band's box. At a place `known` from other
    pages a few lines are enough.
    """
    if band.height < (LEAST_KNOWN if known else LEAST_HEIGHT):
        return False
    inside = [w for y, w in placed if band.top <= y < band.bottom]
    fewest = FEWEST_KNOWN if known else FEWEST_LINES
    lefts = [w for w in inside if w.box.x0 < start - SAME_START]
    if not fewest <= len(lefts) <= len(inside) - fewest or len(left := lines_of(lefts)) < fewest:
        return False
    if len(right := lines_of(w for w in inside if w.box.x0 >= start - SAME_START)) < fewest:
        return False
    areas = [around(line.box for line in side) for side in (left, right)]
    if min(area.height for area in areas) < LEAST_HEIGHT / 2 or max(area.height for area in areas) < LEAST_HEIGHT:
        return False
    if known:
        return not any(_opens_with_figures(side) for side in (left, right))
    widths = sorted(area.width for area in areas)
    if widths[1] > UNEQUAL * widths[0] or any(_opens_with_figures(side) for side in (left, right)):
        return False
    prose = sorted(_prose(side, area.width) for side, area in zip((left, right), areas, strict=True))
    level = _share_level(left, right)
    alike = widths[1] <= ALIKE * widths[0] and level < FEW_LEVEL and min(len(left), len(right)) >= MANY_LINES
    return alike or sum(prose) >= LITTLE_PROSE and level < MOST_LEVEL or prose[0] >= MUCH_PROSE


def _opens_with_figures(lines: Sequence[Line]) -> bool:
    figures = sum(is_figure(segments_of(line)[0].text) for line in lines)
    return figures > MOST_FIGURES * len(lines)


def _prose(lines: Sequence[Line], width: float) -> int:
    """The number of lines of running text."""
    long = [line for line in lines if line.box.width >= PROSE_WIDTH * width and len(line.words) >= PROSE_WORDS]
    return sum(len(segments_of(line)) == 1 for line in long)


def _share_level(left: Sequence[Line], right: Sequence[Line]) -> float:
    """The share of the fewer lines beside which a line of the other side stands level."""
    few, many = sorted((left, right), key=len)
    middles = sorted((line.box.top + line.box.bottom) / 2 for line in many)
    return sum(_is_level(line, middles) for line in few) / len(few)


def _is_level(line: Line, middles: Sequence[float]) -> bool:
    middle = (line.box.top + line.box.bottom) / 2
    place = bisect_left(middles, middle)
    return min(abs(middle - y) for y in middles[max(place - 1, 0) : place + 1]) <= LEVEL * line.size
