"""Header words over the columns of a body: phrases placed where they fit best, all words of a line together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import NamedTuple

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
    over = _Rooms(rooms)
    best: list[dict[int, _Way]] = [{} for _ in range(len(words) + 1)]
    best[0][0] = _Way(0.0)
    for start in range(len(words)):
        phrases = list(_phrases(words, start, over)) if best[start] else ()
        for col, way in best[start].items():
            for phrase in phrases:
                for first, last, price in _steps(phrase, col, over, own):
                    total = way.cost + price
                    if last + 1 not in best[phrase.end] or total < best[phrase.end][last + 1].cost:
                        best[phrase.end][last + 1] = _Way(total, (first, last, start), (start, col))
    way = min(best[-1].values(), key=lambda way: way.cost, default=_Way(1e9))
    found: list[Placed] = []
    cost, end = way.cost, len(words)
    while way.phrase:
        first, last, start = way.phrase
        found.insert(0, (first, last, Line(tuple(chain(*marked[start:end])))))
        end, way = start, best[way.before[0]][way.before[1]]
    return found if found and cost <= DEAREST * len(found) else None


class _Way(NamedTuple):
    """The cheapest way to place the words up to one, with a column to fill next."""

    cost: float
    phrase: tuple[int, int, int] | None = None
    """The columns that its last phrase stands over, from the first to the last, and the word that this begins with."""
    before: tuple[int, int] = (0, 0)
    """The words and the column that it goes on from."""


class Stretches:
    """Stretches from one place to another, nearly in order from left to right."""

    def __init__(self, stretches: Sequence[tuple[float, float]]) -> None:
        self._all = stretches
        self._starts = list(accumulate((start for start, _ in reversed(stretches)), min))[::-1]
        self._ends = list(accumulate((end for _, end in stretches), max))

    def reaching(self, start: float, end: float) -> list[int]:
        """Those that begin at a place or before it, and end at another or after it."""
        among = range(bisect_left(self._ends, end), bisect_right(self._starts, start))
        return [i for i in among if self._all[i][0] <= start and self._all[i][1] >= end]


class _Rooms:
    """Rooms, and among which of them those are that a phrase may stand over."""

    def __init__(self, rooms: Sequence[Room]) -> None:
        self.rooms = rooms
        self._stretches = Stretches([(room.low, room.high) for room in rooms])
        self._ends = sorted(room.x1 for room in rooms)

    def ends_near(self, x: float, distance: float) -> bool:
        """Whether a column ends near a place."""
        at = bisect_left(self._ends, x)
        return any(abs(x - end) <= distance for end in self._ends[max(0, at - 1) : at + 1])

    def meeting(self, left: float, right: float) -> list[int]:
        """The columns whose headers may stand between two places."""
        return self._stretches.reaching(right, left)


def _with_marks(line: Line) -> list[list[Word]]:
    """Each word of a line with the footnote marks that follow it."""
    marked: list[list[Word]] = []
    for word in line.words:
        if word.is_marker and marked:
            marked[-1].append(word)
        elif not word.is_marker:
            marked.append([word])
    return marked


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that may be one header."""

    end: int
    """The word after it."""
    box: Box
    size: float
    price: float
    """What it costs wherever it stands."""
    is_several: bool
    under: Sequence[int]
    """The columns that it is not beside."""


def _phrases(words: Sequence[Word], start: int, rooms: _Rooms) -> Iterator[_Phrase]:
    """The phrases that may begin with a word."""
    size = words[start].size
    slack = DEAREST * size  # further outside its room no header is cheap enough
    inside = 0.0
    for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
        if end > start + 1:
            inside += OVER_GAP * max(0.0, _gap(words, end - 1) - GAP)
        if inside >= 3 * DEAREST:
            return
        box = around(word.box for word in words[start:end])
        cut = _cut_cost(words, end) if end < len(words) else 0.0
        cut *= CAPITAL if rooms.ends_near(box.x1, PADDING * size) else 1.0
        under = rooms.meeting(box.x0 - slack, box.x1 + slack)
        yield _Phrase(end, box, size, inside + cut, _are_several(words[start:end]), under)


def _steps(phrase: _Phrase, col: int, over: _Rooms, own: Mapping[int, str] | None) -> Iterator[tuple[int, int, float]]:
    """The columns, from one on, that a phrase may stand over, and what that costs."""
    box, rooms = phrase.box, over.rooms
    for first, last in _spans(phrase, col, rooms):
        price = phrase.price + _misfit(box, rooms[first], rooms[last], phrase.size)
        price += DEAREST if last > first and phrase.is_several else 0.0
        price += _across(first, last, own)
        if price < 3 * DEAREST:
            yield first, last, price


def _spans(phrase: _Phrase, col: int, rooms: Sequence[Room]) -> Iterator[tuple[int, int]]:
    """The columns from one on that a phrase may stand over: none beside it, nor more than a header spans."""
    box, slack = phrase.box, DEAREST * phrase.size
    at = bisect_left(phrase.under, col)
    if at == len(phrase.under):
        return
    nearest, furthest = phrase.under[at], phrase.under[-1]
    for first in range(max(col, nearest - WIDEST), furthest + 1):
        if rooms[first].low - box.x0 > slack:
            return
        for last in range(max(first, nearest), min(first + WIDEST, len(rooms))):
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


def _cut_cost(words: Sequence[Word], at: int) -> float:
    """What it costs that a header ends before a word."""
    near = (GAP - _gap(words, at)) / (GAP - SPACE)
    return CUT * max(0.0, min(near, 1.0)) * (CAPITAL if words[at].text[:1].isupper() else 1.0)


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
