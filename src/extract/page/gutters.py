"""Columns of a table without drawn cells: the strips that its lines leave free."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from math import inf

from extract.page.lines import TYPED_STEP, Line, segments_of
from schema.layout import Word
from schema.lexicon.figures import goes_on_group, is_figure
from schema.lexicon.signs.leaders import is_leader

GUTTER = 0.5
"""A strip without words at least this share of the font size wide parts columns; a space has 0.28."""
SURE_GUTTER = 0.4
"""So wide must a strip be that many lines leave free."""
MANY_LINES = 5
MOST_CROWDED = 0.15
"""At most this share of the lines may run into a gutter with a word too wide for its column."""
FEWEST_APART = 3
"""Such a gutter has text on its left and its right in at least so many lines."""
MOST_SPANNING = 0.5
"""At most this share of a table's lines may run across columns."""
GLUED = re.compile(r"(?<=[a-zåäö%)\d])(?=[A-ZÅÄÖ])|(?<=[%)])(?=\d)")
"""Where two words that touch are parted."""

SAME_EDGE = 0.6
"""Figures set to the right end within so many points of each other, texts set to the left begin so."""
NARROWEST = 0.15
"""Text that nearly touches such figures begins at least this share of the font size after them."""

TYPED_SPACE = 0.25
"""A space between two words of one text is at least this share of the font size."""

Strip = tuple[float, float]
Row = Sequence[Word]


@dataclass(frozen=True, slots=True)
class Columns:
    """The free strips of a region and the lines that run across some of them."""

    gutters: tuple[Strip, ...]
    spanning: frozenset[int]
    """Numbers of the lines whose words cover a gutter."""


def all_columns_of(lines: Sequence[Line]) -> Columns:
    """The gutters of a whole table's lines, those that words run into or nearly touch as well."""
    return without_split(lines, with_seams(lines, with_crowded(lines, columns_of(lines))))


def columns_of(lines: Sequence[Line], *, strict: bool = False) -> Columns:
    """The gutters of lines; bands and headers over several columns may cover some."""
    size = min(line.size for line in lines)
    intervals = [_intervals(line, size) for line in lines]
    everything = _free(intervals, size)
    loose = [] if strict else _may_span(lines)
    if not loose:
        return Columns(tuple(everything), frozenset())
    kept = [spans for i, spans in enumerate(intervals) if i not in set(loose)]
    if len(kept) < 2 or len(_free(kept, size)) <= len(everything):
        return Columns(tuple(everything), frozenset())
    return _with_fitting(intervals, kept, loose, size)


def _with_fitting(
    intervals: Sequence[list[Strip]], kept: Sequence[list[Strip]], loose: Sequence[int], size: float
) -> Columns:
    """Take back the loose lines that close no gutter."""
    gutters, cover = _free(kept, size), _cover(kept, size)
    count, spanning = len(kept), []
    for i in sorted(loose, key=lambda i: -len(intervals[i])):
        more = _cover([cover, intervals[i]], size)
        narrowed = _between(more, count + 1, size)
        if len(narrowed) >= len(gutters):
            gutters, cover, count = narrowed, more, count + 1
        else:
            spanning.append(i)
    if len(spanning) > MOST_SPANNING * len(intervals):
        return Columns(tuple(_free(intervals, size)), frozenset())
    return Columns(tuple(gutters), frozenset(spanning))


def _intervals(line: Line, size: float) -> list[Strip]:
    """What a line covers, words whose gap is no gutter whatever stands above and below them taken as one."""
    kept = line.covered.get(size)
    if kept is None:
        kept = line.covered[size] = _merged(line, SURE_GUTTER * size)
    return kept


def _merged(line: Line, least: float) -> list[Strip]:
    solid = sorted((w for w in line.words if not w.is_marker and not is_leader(w.text)), key=lambda w: w.box.x0)
    merged = [(word.box.x0, word.box.x1) for word in solid[:1]]
    for before, word in pairwise(solid):
        start, end = word.box.x0, word.box.x1
        left, reach = merged[-1]
        if start - reach >= least and not (line.is_typed and _is_typed_space(before, word)):
            merged.append((start, end))
        elif end > reach:
            merged[-1] = (left, end)
    return merged


def _is_typed_space(before: Word, word: Word) -> bool:
    """Whether two words of a typed line are a space apart and may be of one cell: no figure ends before another."""
    near = word.box.x0 - before.box.x1 < 1.5 * TYPED_STEP * word.size
    return near and (goes_on_group(word.text) or not (is_figure(before.text) and is_figure(word.text)))


def _free(intervals: Sequence[Sequence[Strip]], size: float) -> list[Strip]:
    """Strips between the outermost words that no word touches."""
    return _between(_cover(intervals, size), len(intervals), size)


def _cover(intervals: Sequence[Sequence[Strip]], size: float) -> list[Strip]:
    """What lines cover together, gaps that are no gutter however many lines leave them free included."""
    least = SURE_GUTTER * size
    cover: list[Strip] = []
    for start, end in sorted(chain.from_iterable(intervals)):
        left, reach = cover[-1] if cover else (start, -inf)
        if start - reach >= least:
            cover.append((start, end))
        elif end > reach:
            cover[-1] = (left, end)
    return cover


def _between(cover: Sequence[Strip], lines: int, size: float) -> list[Strip]:
    """The strips beside what so many lines cover that are wide enough to be gutters."""
    least = (SURE_GUTTER if lines >= MANY_LINES else GUTTER) * size
    return [(left, right) for (_, left), (right, _) in pairwise(cover) if right - left >= least]


def _may_span(lines: Sequence[Line]) -> list[int]:
    """Lines that may run across columns: single pieces of text, and those above the first figures."""
    first = first_with_figures(lines, 0)
    return [i for i, line in enumerate(lines) if i < first or (not has_figure(line) and len(segments_of(line)) == 1)]


def first_with_figures(lines: Sequence[Line], otherwise: int) -> int:
    """The number of the first line with figures, which a table's header stands above."""
    return next((i for i, line in enumerate(lines) if has_figure(line)), otherwise)


def has_figure(line: Line) -> bool:
    """Whether a piece of the line after the first is a bare number that is no year."""
    return line.has_figure


def borders(words: Sequence[Word], gutters: Sequence[Strip]) -> list[float]:
    """Borders a little left of where each column's words begin."""
    padding = min(0.8 * max(word.size for word in words), *(0.5 * (right - left) for left, right in gutters))
    left = min(word.box.x0 for word in words) - padding
    right = max(word.box.x1 for word in words) + padding
    return [left, *(start - padding for _, start in gutters), right]


def column_of(word: Word, xs: Sequence[float]) -> int:
    """The column that holds a word's middle; dots that lead to another column begin in their own."""
    middle = word.box.x0 if is_leader(word.text) else (word.box.x0 + word.box.x1) / 2
    return max(0, bisect_right(sorted(xs[:-1]), middle) - 1)


def words_by_column(line: Line, xs: Sequence[float]) -> dict[int, list[Word]]:
    """A line's words by the column that holds them."""
    held: dict[int, list[Word]] = {}
    for word in line.words:
        held.setdefault(column_of(word, xs), []).append(word)
    return held


def unglued(word: Word, xs: Sequence[float]) -> list[Word]:
    """The word, or the two that it is: a header too wide for its column runs into the next, `MålIndikator`."""
    if not GLUED.search(word.text):
        return [word]
    for border in xs[1:-1]:
        if not (word.text and word.box.x0 + word.size < border < word.box.x1 - word.size):
            continue
        step = word.box.width / len(word.text)
        cuts = [(abs(word.box.x0 + m.start() * step - border), m.start()) for m in GLUED.finditer(word.text)]
        distance, cut = min(cuts, default=(word.size, 0))
        if distance < word.size:
            left = replace(word, text=word.text[:cut], box=replace(word.box, x1=border))
            right = replace(word, text=word.text[cut:], box=replace(word.box, x0=border))
            return [left, *unglued(right, xs)]
    return [word]


def unglued_at(line: Line, ends: Sequence[float]) -> Line:
    """The line with words parted where one header ends as its column does and the next begins without a space."""
    parts = []
    for word in line.words:
        step, box = word.box.width / max(len(word.text), 1), word.box
        glued = [found.start() for found in GLUED.finditer(word.text)]
        cuts = [(abs(box.x0 + step * at - end), at, end) for at in glued for end in ends]
        distance, cut, end = min(cuts, default=(1e9, 0, 0.0))
        halves = ((word.text[:cut], replace(box, x1=end)), (word.text[cut:], replace(box, x0=end)))
        parts += [replace(word, text=t, box=b) for t, b in halves] if distance <= GUTTER * word.size else [word]
    return Line(tuple(parts))


def beginning(word: Word) -> tuple[float, float, float]:
    """Where a word begins on its line: the same for a word and for the first of its parts."""
    return word.box.x0, word.box.top, word.box.bottom


def with_crowded(lines: Sequence[Line], columns: Columns) -> Columns:
    """Add the gutters that a few words too wide for their column run into."""
    own = [line for i, line in enumerate(lines) if i not in columns.spanning]
    allowed = int(MOST_CROWDED * len(own))
    if not allowed or len(own) < MANY_LINES:
        return columns
    size = min(line.size for line in lines)
    gutters = list(columns.gutters)
    edges = [-1e9, *(x for strip in columns.gutters for x in strip), 1e9]
    starts = [_Starts(line) for line in own]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        words = [line.between(left, right) for line in starts]
        gutters += _crowded([line for line in words if line], allowed, size)
    return Columns(tuple(sorted(gutters)), columns.spanning)


def without_split(lines: Sequence[Line], columns: Columns) -> Columns:
    """Leave out gutters between a header and the figures beside it: set from other sides, they are one column."""
    first = first_with_figures(lines, 1)
    gutters = list(columns.gutters)
    own = {i: line for i, line in enumerate(lines) if i not in columns.spanning}
    middles = {i: sorted((w.box.x0 + w.box.x1) / 2 for w in line.words) for i, line in own.items()}
    at = 0
    while at < len(gutters):
        left = _rows_within(middles, gutters, at)
        right = _rows_within(middles, gutters, at + 1)
        one_is_header = max(left, default=0) < first or max(right, default=0) < first
        if not at and len(gutters) > 1 and max(right, default=first) < first:
            beyond = _rows_within(middles, gutters, 2)
            one_is_header = bool(beyond & right)  # names without a header: it heads the figures to its right
        if left and right and not left & right and one_is_header and min(left | right) < first:
            del gutters[at]
        else:
            at += 1
    return Columns(tuple(gutters), columns.spanning)


def _rows_within(middles: Mapping[int, Sequence[float]], gutters: Sequence[Strip], at: int) -> set[int]:
    """The lines, by the middles of their words, with a word between a gutter and the one before it."""
    left = gutters[at - 1][1] if at else -1e9
    right = gutters[at][0] if at < len(gutters) else 1e9
    return {i for i, own in middles.items() if (k := bisect_left(own, left)) < len(own) and own[k] <= right}


class _Starts:
    """A line's words by where they begin: those of one column among many are found at once."""

    def __init__(self, line: Line) -> None:
        self._words = [word for word in line.words if not word.is_marker]
        self._order = sorted(range(len(self._words)), key=lambda i: self._words[i].box.x0)
        self._places = [self._words[i].box.x0 for i in self._order]

    def between(self, left: float, right: float) -> list[Word]:
        """The words that begin from one place on and before another, as they are printed."""
        found = self._order[bisect_left(self._places, left) : bisect_left(self._places, right)]
        return [self._words[i] for i in sorted(found)]


def _crowded(lines: Sequence[Sequence[Word]], allowed: int, size: float) -> Iterator[Strip]:
    """Strips inside a column that few lines touch, with figures or an edge of text on their right."""
    ends = sorted((x, step) for line in lines for w in line for x, step in ((w.box.x0, 1), (w.box.x1, -1)))
    depth, start = 0, None
    for x, step in ends:
        depth += step
        if depth <= allowed and start is None:
            start = x
        elif depth > allowed and start is not None:
            if x - start >= GUTTER * size and _parts_columns(lines, start, x):
                yield start, x
            start = None


def _parts_columns(lines: Sequence[Sequence[Word]], left: float, right: float) -> bool:
    """Whether most lines have words on both sides of a strip, those on the right being figures or all at one edge."""
    middle = (left + right) / 2
    apart = figures = close = 0
    starts: list[float] = []
    for line in lines:
        before = [w for w in line if w.box.x0 + w.box.x1 < 2 * middle]
        after = [w for w in line if w.box.x0 + w.box.x1 >= 2 * middle]
        starts += [after[0].box.x0] if after else []
        if before and after:
            is_apart = after[0].box.x0 - max(w.box.x1 for w in before) >= GUTTER * after[0].size
            apart += is_apart
            close += not is_apart
            figures += is_figure(" ".join(w.text for w in after))
    at_one_edge = 2 * len(starts) > len(lines) and max(starts) - min(starts) <= SAME_EDGE
    return apart >= FEWEST_APART and close <= MOST_CROWDED * len(lines) and (2 * figures > apart or at_one_edge)


def with_seams(lines: Sequence[Line], columns: Columns) -> Columns:
    """Add a gutter after each column of figures that text nearly touches: their edge parts them.

    In the first column figures are numbers of rows, and a space parts them from the names where these are one text.
    """
    own = [line for i, line in enumerate(lines) if i not in columns.spanning]
    size = min(line.size for line in lines)
    edges = [float("-inf"), *(x for strip in columns.gutters for x in strip), float("inf")]
    gutters = list(columns.gutters)
    starts = [_Starts(line) for line in own]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        rows: list[Row] = [line.between(left, right) for line in starts]
        while (seam := _seam(rows, size)) is not None:
            if left == edges[0] and seam[1] - seam[0] >= TYPED_SPACE * size:
                break
            gutters.append(seam)
            rows = [[w for w in row if w.box.x0 >= seam[1]] for row in rows]
    return replace(columns, gutters=tuple(sorted(gutters)))


def _seam(rows: Sequence[Row], size: float) -> Strip | None:
    """The strip after the right edge that the leading figures of most rows share, if text stands close to it."""
    leading = [(row, figure) for row in rows if (figure := _leading_figure(row, size))]
    ends = sorted(figure[-1].box.x1 for _, figure in leading)
    counts = {end: bisect_right(ends, end + SAME_EDGE) - bisect_left(ends, end - SAME_EDGE) for end in ends}
    end = max(counts, key=lambda edge: (counts[edge], edge), default=None)
    if end is None or counts[end] < max(FEWEST_APART, len(ends) / 2):
        return None
    edge = end + SAME_EDGE
    after = min((w.box.x0 for row in rows for w in row if w.box.x0 > edge), default=edge)
    is_crossed = any(w.box.x0 <= edge < w.box.x1 for row in rows for w in row)
    close = [b for row in rows for a, b in pairwise(row) if a.box.x1 <= edge < b.box.x0 < a.box.x1 + GUTTER * size]
    has_text = any(w.text[:1].isupper() for w in close) and not any(is_figure(w.text) for w in close)
    has_column = any(w.box.x0 > edge for row, _ in leading for w in row)
    fits = after - end >= NARROWEST * size and not is_crossed
    return (end, after) if has_text and has_column and fits else None


def _leading_figure(row: Row, size: float) -> Row:
    """The words of the figure that a row opens with."""
    end = 1
    while end < len(row) and row[end].box.x0 - row[end - 1].box.x1 < GUTTER * size and _is_figure(row[: end + 1]):
        end += 1
    return row[:end] if row and _is_figure(row[:end]) else ()


def _is_figure(words: Row) -> bool:
    return is_figure(" ".join(word.text for word in words))
