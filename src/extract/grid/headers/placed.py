"""Header words over the columns of a body: phrases placed where they fit best, all words of a line together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from extract.page.gutters import (
    Columns,
    all_columns_of,
    borders,
    words_by_column,
)
from extract.page.lines import TYPED_STEP, Line, around
from schema.layout import Box, Word
from schema.lexicon.figures import is_figure
from schema.lexicon.periods import is_time
from schema.lexicon.signs.leaders import is_leader
from schema.lexicon.years import is_year

SAME_EDGE = 1.5
"""Text that begins or ends within this many points of its column's edge is set against it."""
MOSTLY = 0.6
"""Share of a column's texts that are set against its edge."""
PADDING = 0.3
"""A header ends at most this share of the font size from the edge that its column's text is set against."""
SPACE, GAP = 0.28, 0.5
"""Font sizes between two words of a header, and between the headers of two columns that stand close."""
CUT = 1.5
"""What it costs to part two words that a space parts; a capital after it, or a column that ends there, lessens it."""
CAPITAL = 0.3
OVER_GAP = 6.0
"""What it costs for each font size that two words of one header stand further apart than headers do."""
ACROSS, FURTHER = 0.7, 0.3
"""What a header over several columns costs, and for each column but the first."""
OVER_ALIKE = 0.2
"""What it costs, however many they are, above headers that come again: only what stands above tells those apart."""
OUTSIDE, OFF_EDGE, FURTHEST = 3.0, 0.3, 3.0
"""What each font size costs that a header stands outside its column's room, and off its edges, up to a limit."""
DEAREST = 3.0
"""A line that costs more for each of its phrases is none of headers."""
LONGEST, WIDEST = 16, 12
"""Words of a header at most, and the columns that it stands over."""

Placed = tuple[int, int, Line]
"""The first and the last column that a phrase stands over, and the phrase."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where a column's text stands in the body, and from where to where its header may."""

    x0: float
    x1: float
    low: float
    high: float
    figures: bool
    """Whether most of its texts are figures."""


def rooms_of(body: Sequence[Line], columns: Columns, xs: Sequence[float]) -> list[Room] | None:
    """The room of each column's header; None where a column holds nothing in lines that keep to the columns."""
    texts: list[list[Box]] = [[] for _ in xs[:-1]]
    figures = [0] * len(texts)
    for i, line in enumerate(body):
        held = words_by_column(line, xs) if i not in columns.spanning else {}
        for col, words in held.items():
            solid = [word.box for word in words if not is_leader(word.text)]
            texts[col].append(around(solid or [word.box for word in words]))
            figures[col] += is_figure(" ".join(word.text for word in words))
    if not all(texts):
        return None
    sides = [(min(b.x0 for b in boxes), max(b.x1 for b in boxes)) for boxes in texts]
    sets = [_set_of(boxes, 2 * count > len(boxes)) for boxes, count in zip(texts, figures, strict=True)]
    size = max(line.size for line in body)
    rooms = []
    for col, ((x0, x1), side) in enumerate(zip(sides, sets, strict=True)):
        low = x0 - PADDING * size if side == {"left"} else sides[col - 1][1] if col else -1e9
        high = x1 + PADDING * size if side == {"right"} else sides[col + 1][0] if col + 1 < len(sides) else 1e9
        rooms.append(Room(x0, x1, low, high, 2 * figures[col] > len(texts[col])))
    return rooms


def rooms_in(body: Sequence[Line]) -> list[Room] | None:
    """The rooms of the columns that lines are set in; None where there are none."""
    columns = all_columns_of(body)
    words = [word for line in body for word in line.words]
    return rooms_of(body, columns, borders(words, columns.gutters)) if columns.gutters else None


def _set_of(boxes: Sequence[Box], figures: bool) -> set[str]:
    """The sides that a column's texts are set against: both where all are as wide."""
    ends = {"left": [box.x0 for box in boxes], "right": [box.x1 for box in boxes]}
    ends["middle"] = [(box.x0 + box.x1) / 2 for box in boxes]
    usual = {side: sorted(xs)[len(xs) // 2] for side, xs in ends.items()}
    kept = {side: sum(abs(x - usual[side]) <= SAME_EDGE for x in xs) for side, xs in ends.items()}
    most = max(kept.values())
    if most < MOSTLY * len(boxes):
        return {"right" if figures else "left"}
    return {side for side in kept if kept[side] == most}


def placed(line: Line, rooms: Sequence[Room], own: Mapping[int, str] | None = None) -> list[Placed] | None:
    """The phrases of a header line over their columns, at least cost; None where they fit no columns.

    `own` are the columns' own headers below, where some come again.
    """
    marked = _with_marks(line)
    words = [first for first, *_ in marked]
    gaps = [_gap(words, at) for at in range(1, len(words))]
    best: dict[tuple[int, int], tuple[float, list[Placed]]] = {(0, 0): (0.0, [])}
    for start in range(len(words)):
        for (at, col), (cost, found) in list(best.items()):
            if at != start:
                continue
            for end, (first, last), price in _steps(words, gaps, start, col, rooms, own):
                total = cost + price
                if total < best.get((end, last + 1), (1e9,))[0]:
                    best[end, last + 1] = (total, [*found, (first, last, Line(tuple(chain(*marked[start:end]))))])
    ends = [state for (at, _), state in best.items() if at == len(words)]
    cost, found = min(ends, key=lambda state: state[0], default=(1e9, []))
    return found if found and cost <= DEAREST * len(found) else None


def _with_marks(line: Line) -> list[list[Word]]:
    """Each word of a line with the footnote marks that follow it."""
    marked: list[list[Word]] = []
    for word in line.words:
        if word.is_marker and marked:
            marked[-1].append(word)
        elif not word.is_marker:
            marked.append([word])
    return marked


def _steps(
    words: Sequence[Word],
    gaps: Sequence[float],
    start: int,
    col: int,
    rooms: Sequence[Room],
    own: Mapping[int, str] | None,
) -> Iterator[tuple[int, tuple[int, int], float]]:
    """The phrases that may begin with a word, the columns that they may stand over, and what that costs.

    `gaps` stand after each word but the last.
    """
    size, box = words[start].size, words[start].box
    inside = 0.0
    for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
        if end > start + 1:
            inside += OVER_GAP * max(0.0, gaps[end - 2] - GAP)
        if inside >= 3 * DEAREST:
            return
        box = around((box, words[end - 1].box))
        cut = _cut_cost(gaps[end - 1], words[end]) if end < len(words) else 0.0
        cut *= CAPITAL if any(abs(box.x1 - room.x1) <= PADDING * size for room in rooms) else 1.0
        for first, last in _spans(box, col, rooms, size):
            price = inside + cut + _misfit(box, rooms[first], rooms[last], size)
            price += DEAREST if last > first and _are_several(words[start:end]) else 0.0
            price += _across(first, last, own)
            if price < 3 * DEAREST:
                yield end, (first, last), price


def _spans(box: Box, col: int, rooms: Sequence[Room], size: float) -> Iterator[tuple[int, int]]:
    """The columns from one on that a phrase may stand over: none beside it, nor more than a header spans."""
    slack = DEAREST * size  # further outside its room no header is cheap enough
    under = [i for i in range(col, len(rooms)) if rooms[i].low <= box.x1 + slack and rooms[i].high >= box.x0 - slack]
    if not under:
        return
    for first in range(max(col, under[0] - WIDEST), under[-1] + 1):
        if rooms[first].low - box.x0 > slack:
            return
        for last in range(max(first, under[0]), min(first + WIDEST, len(rooms))):
            if box.x1 - rooms[last].high <= slack:
                yield first, last


def _are_several(words: Sequence[Word]) -> bool:
    """Whether a phrase is the headers of several columns, each a capital and its year: `Budget 2024 Plan 2025`."""
    years = [is_year(word.text) for word in words]
    capitals = sum(word.text[:1].isupper() for word in words)
    return years[-1] and 1 < sum(years) <= capitals


def _across(first: int, last: int, own: Mapping[int, str] | None) -> float:
    """What it costs that a header stands over several columns: none has two that are headed alike below."""
    if last == first:
        return 0.0
    under = [own[col] for col in range(first, last + 1) if col in own] if own else []
    return (ACROSS + FURTHER * (last - first) if not own else OVER_ALIKE) + DEAREST * (len(set(under)) < len(under))


def _gap(words: Sequence[Word], at: int) -> float:
    """What stands between two words, in font sizes; a space that is as wide as every letter is no wider than others.

    Words of one header do not run into each other: such stand as far apart as those of any two.
    """
    left, right = words[at - 1], words[at]
    if right.box.x0 < left.box.x1 - SAME_EDGE:
        return DEAREST
    wider = (TYPED_STEP - SPACE) * right.size if Line((left, right)).is_typed else 0.0
    return (right.box.x0 - left.box.x1 - wider) / right.size


def _cut_cost(gap: float, word: Word) -> float:
    """What it costs that a header ends a gap before a word."""
    near = (GAP - gap) / (GAP - SPACE)
    return CUT * max(0.0, min(near, 1.0)) * (CAPITAL if word.text[:1].isupper() else 1.0)


def _misfit(box: Box, first: Room, last: Room, size: float) -> float:
    """How far a header is from where it would stand over columns."""
    outside = max(0.0, first.low - box.x0) + max(0.0, box.x1 - last.high)
    middle = abs(box.x0 + box.x1 - first.x0 - last.x1) / 2
    cell = abs(box.x0 + box.x1 - max(first.low, 0.0) - last.high) / 2
    off = min(abs(box.x0 - first.x0), abs(box.x0 - first.low), abs(box.x1 - last.x1), middle, cell)
    return OUTSIDE * outside / size + min(OFF_EDGE * off / size, FURTHEST)


def placed_all(head: Sequence[Line], rooms: Sequence[Room]) -> list[list[Placed] | None]:
    """The phrases of each line of a header, from the foot up: what stands below says what groups stand above."""
    found: list[list[Placed] | None] = []
    own: dict[int, str] | None = None
    for line in reversed(head):
        phrases = placed(line, rooms, own)
        heads = {first: phrase.text for first, last, phrase in phrases or () if first == last and first}
        own = own or (heads if _come_again(heads, len(rooms) - 1) else None)
        found.insert(0, phrases)
    return found


def _come_again(heads: Mapping[int, str], columns: int) -> bool:
    """Whether headers of columns come again; times under a few of the columns end headers: `2024` below *Utfall*."""
    texts = list(heads.values())
    again = {text for text in texts if texts.count(text) > 1}
    return bool(again) and (len(texts) == columns or not all(map(is_time, again)))
