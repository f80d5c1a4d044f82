"""Header words over the columns of a body: phrases placed where they fit best, all words of a line together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from extract.grid.row_model import Piece, goes_on, piece_of
from extract.page.gutters import Columns, all_columns_of, borders, first_with_figures, has_figure, words_by_column
from extract.page.lines import Line, around
from schema.layout import Box, Word
from schema.lexicon.figures import is_figure
from schema.lexicon.labels import heads_column

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
OUTSIDE, OFF_EDGE, FURTHEST = 3.0, 0.3, 3.0
"""What each font size costs that a header stands outside its column's room, and off its edges, up to a limit."""
DEAREST = 3.0
"""A line that costs more for each of its phrases is none of headers."""
LONGEST, WIDEST = 16, 12
"""Words of a header at most, and the columns that it stands over."""
LEAST_BODY = 2
"""Lines of figures that tell where a table's columns are."""
MOST_ABOVE = 6
"""Lines at most of a header that stands apart from its rows."""
ROWS_APART, LINES_APART = 4.0, 1.3
"""Font sizes at most between such a header and the first row, as an empty row leaves, and between its lines."""
INSIDE = 0.5
"""Font sizes at most between two lines of a header's cell."""
LARGER = 1.12
"""A line printed this much larger than the rows is a title."""

Placed = tuple[int, int, Line]
"""The first and the last column that a phrase stands over, and the phrase."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of a table's body, with the lines of its header over them."""

    columns: Columns
    xs: tuple[float, ...]
    """Column borders, between the headers and texts of neighbours."""
    pieces: dict[int, dict[int, Piece]]
    groups: frozenset[int]
    """Lines with a header over several columns."""


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
            texts[col].append(around(word.box for word in words))
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


def _rooms_of(body: Sequence[Line]) -> list[Room] | None:
    columns = all_columns_of(body)
    words = [word for line in body for word in line.words]
    return rooms_of(body, columns, borders(words, columns.gutters)) if columns.gutters else None


def _set_of(boxes: Sequence[Box], figures: bool) -> set[str]:
    """The sides that a column's texts are set against: both where all are as wide."""
    ends = {"left": [box.x0 for box in boxes], "right": [box.x1 for box in boxes]}
    ends["middle"] = [(box.x0 + box.x1) / 2 for box in boxes]
    medians = {side: sorted(xs)[len(xs) // 2] for side, xs in ends.items()}
    kept = {side: sum(abs(x - medians[side]) <= SAME_EDGE for x in xs) for side, xs in ends.items()}
    most = max(kept.values())
    if most < MOSTLY * len(boxes):
        return {"right" if figures else "left"}
    return {side for side in kept if kept[side] == most}


def placed(line: Line, rooms: Sequence[Room]) -> list[Placed] | None:
    """The phrases of a header line over their columns, at least cost; None where they fit no columns."""
    marked = _with_marks(line)
    words = [first for first, *_ in marked]
    best: dict[tuple[int, int], tuple[float, list[Placed]]] = {(0, 0): (0.0, [])}
    for start in range(len(words)):
        for (at, col), (cost, found) in list(best.items()):
            if at != start:
                continue
            for end, (first, last), price in _steps(words, start, col, rooms):
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
    words: Sequence[Word], start: int, col: int, rooms: Sequence[Room]
) -> Iterator[tuple[int, tuple[int, int], float]]:
    """The phrases that may begin with a word, the columns that they may stand over, and what that costs."""
    size = words[start].size
    inside = 0.0
    for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
        if end > start + 1:
            inside += OVER_GAP * max(0.0, _gap(words, end - 1) / size - GAP)
        if inside >= 3 * DEAREST:
            return
        box = around(word.box for word in words[start:end])
        cut = _cut_cost(words, end) if end < len(words) else 0.0
        cut *= CAPITAL if any(abs(box.x1 - room.x1) <= PADDING * size for room in rooms) else 1.0
        for first, last in _spans(box, col, rooms, size):
            price = inside + cut + _misfit(box, rooms[first], rooms[last], size) + _across(first, last)
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


def _across(first: int, last: int) -> float:
    return ACROSS + FURTHER * (last - first) if last > first else 0.0


def _gap(words: Sequence[Word], at: int) -> float:
    return words[at].box.x0 - words[at - 1].box.x1


def _cut_cost(words: Sequence[Word], at: int) -> float:
    """What it costs that a header ends before a word."""
    near = (GAP - _gap(words, at) / words[at].size) / (GAP - SPACE)
    return CUT * max(0.0, min(near, 1.0)) * (CAPITAL if words[at].text[:1].isupper() else 1.0)


def _misfit(box: Box, first: Room, last: Room, size: float) -> float:
    """How far a header is from where it would stand over columns."""
    outside = max(0.0, first.low - box.x0) + max(0.0, box.x1 - last.high)
    middle = abs(box.x0 + box.x1 - first.x0 - last.x1) / 2
    cell = abs(box.x0 + box.x1 - max(first.low, 0.0) - last.high) / 2
    off = min(abs(box.x0 - first.x0), abs(box.x0 - first.low), abs(box.x1 - last.x1), middle, cell)
    return OUTSIDE * outside / size + min(OFF_EDGE * off / size, FURTHEST)


def heads_again(region: Sequence[Line], line: Line) -> bool:
    """Whether a line below rows of figures holds the headers of several columns of figures: another table's."""
    body = region[first_with_figures(region, 0) :]
    if len(line.segments) < 2 or has_figure(line) or sum(map(has_figure, body)) < LEAST_BODY:
        return False
    rooms = _rooms_of(body)
    over = [phrase.text for first, _, phrase in placed(line, rooms) or [] if rooms[first].figures] if rooms else []
    return len(over) > 1 and any(map(heads_column, over))


def heads_of(found: Sequence[Sequence[Placed]], rooms: Sequence[Room], columns: Columns, xs: Sequence[float]) -> Heads:
    """The header's lines over their columns, each phrase in the column where it begins.

    Borders move only where headers cross them: how wide a column is tells whether its numbers break.
    """
    bands = {i for i, phrases in enumerate(found) if any(first == 0 < last for first, last, _ in phrases)}
    every = [part for phrases in found for part in phrases]
    own = [[phrase for first, last, phrase in every if first == last == col] for col in range(len(rooms))]
    ends = [max([room.x1, *(phrase.box.x1 for phrase in phrases)]) for room, phrases in zip(rooms, own, strict=True)]
    starts = [min([room.x0, *(phrase.box.x0 for phrase in phrases)]) for room, phrases in zip(rooms, own, strict=True)]
    inner = (
        (end + start) / 2 if end < start and not end <= x <= start else x
        for x, end, start in zip(xs[1:-1], ends[:-1], starts[1:], strict=True)
    )
    heads = [(i, phrases) for i, phrases in enumerate(found) if i not in bands]
    pieces = {i: {first: piece_of(phrase) for first, _, phrase in phrases} for i, phrases in heads}
    groups = frozenset(i for i, phrases in heads if any(last > first for first, last, _ in phrases))
    columns = replace(columns, spanning=columns.spanning | bands)
    return Heads(columns, (min(xs[0], starts[0]), *inner, max(xs[-1], ends[-1])), pieces, groups)


def headed_body(region: Sequence[Line], whole: Columns) -> Heads | None:
    """The columns of the lines of figures with the header's words over them; None where these fit no columns."""
    first = first_with_figures(region, 0)
    body = region[first:]
    if not first or sum(map(has_figure, body)) < LEAST_BODY:
        return None
    own = all_columns_of(body)
    if not own.gutters:
        return None
    xs = borders([word for line in body for word in line.words], own.gutters)
    rooms = rooms_of(body, own, xs)
    within = ((r, g) for g in whole.gutters for r in rooms or () if r.x0 <= g[0] and g[1] <= r.x1)
    if any(_holds_two(body, room, gutter) for room, gutter in within):
        return None
    found = [placed(line, rooms) for line in region[:first]] if rooms else []
    if not rooms or any(phrases is None for phrases in found):
        return None
    columns = Columns(own.gutters, frozenset(i + first for i in own.spanning))
    return heads_of([phrases or [] for phrases in found], rooms, columns, xs)


def _holds_two(body: Sequence[Line], room: Room, gutter: tuple[float, float]) -> bool:
    """Whether most of a column's texts stand on both sides of a strip that the whole table leaves free."""
    inside = [[w.box for w in line.words if room.x0 <= w.box.x0 and w.box.x1 <= room.x1] for line in body]
    both = sum(any(b.x1 <= gutter[0] for b in boxes) and any(b.x0 >= gutter[1] for b in boxes) for boxes in inside)
    return 2 * both > sum(map(bool, inside))


def header_above(region: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """The lines above a region that head most of its columns, or begin the cells of the header that it opens with."""
    start = next((i for i, line in enumerate(lines) if line is region[0]), 0)
    first = first_with_figures(region, len(region))
    rooms = _rooms_of(region[first:]) if start and first < len(region) else None
    if not rooms:
        return []
    opening = [placed(line, rooms) or [] for line in region[:first]]
    if first and not _head_most(opening, rooms):
        return []
    head: list[tuple[Line, Sequence[Placed]]] = []
    for line in reversed(lines[max(0, start - MOST_ABOVE) : start]):
        below, under = head[0] if head else (region[0], opening[0] if first else ())
        apart = LINES_APART if first or _headed(found for _, found in head) else ROWS_APART
        is_near = below.box.top - line.box.bottom <= apart * line.size
        if not is_near or has_figure(line) or line.size > LARGER * region[0].size:
            break
        found = placed(line, rooms)
        if not found or (first and not _begins_cells(line, found, below, under)):
            break
        head.insert(0, (line, found))
    while head and not first and not _headed([head[0][1]]):
        del head[0]
    return [line for line, _ in head] if first or _head_most([found for _, found in head], rooms) else []


def _headed(head: Iterable[Sequence[Placed]]) -> set[int]:
    """The columns but the first that lines head; one that begins over the first heads none."""
    return {col for found in head for first, last, _ in found if first for col in range(first, last + 1)}


def _head_most(head: Iterable[Sequence[Placed]], rooms: Sequence[Room]) -> bool:
    return 2 * len(_headed(head)) > len(rooms) - 1


def _begins_cells(line: Line, found: Sequence[Placed], below: Line, under: Sequence[Placed]) -> bool:
    """Whether a line above a header begins its cells, or tells columns apart that have one header: a title does not."""
    if line.bold != below.bold:
        return False
    own = [phrase.text for first, _, phrase in under if first]
    if len(set(own)) < len(own) and all(first for first, _, _ in found):
        return True
    if below.box.top - line.box.bottom > INSIDE * line.size:
        return False
    label = {left: phrase for left, _, phrase in under}.get(0)
    labels = [label and goes_on(piece_of(phrase), piece_of(label)) for left, _, phrase in found if not left]
    return all(left == right for left, right, _ in found) and all(labels)
