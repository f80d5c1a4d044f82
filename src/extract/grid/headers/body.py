"""Headers and the body that they head: its columns with the header's words over them, and the lines above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.grid.headers.placed import Placed, Room, Stretches, placed, placed_all, rooms_in, rooms_of
from extract.grid.row_model import Piece, goes_on, piece_of
from extract.page.gutters import (
    Columns,
    all_columns_of,
    borders,
    first_with_figures,
    has_figure,
    unglued_at,
)
from extract.page.lines import Line
from schema.lexicon.labels import heads_column

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


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of a table's body, with the lines of its header over them."""

    columns: Columns
    xs: tuple[float, ...]
    """Column borders, between the headers and texts of neighbours."""
    pieces: dict[int, dict[int, Piece]]
    groups: dict[int, dict[int, int]]
    """Lines with a header over several columns: over how many each of its headers stands, by the first."""


def heads_again(region: Sequence[Line], line: Line) -> bool:
    """Whether a line below rows of figures holds the headers of several columns of figures: another table's."""
    body = region[first_with_figures(region, 0) :]
    if len(line.segments) < 2 or has_figure(line) or sum(map(has_figure, body)) < LEAST_BODY:
        return False
    rooms = rooms_in(body)
    over = [phrase.text for first, _, phrase in placed(line, rooms) or [] if rooms[first].figures] if rooms else []
    return len(over) > 1 and any(map(heads_column, over))


def heads_of(found: Sequence[Sequence[Placed]], rooms: Sequence[Room], columns: Columns, xs: Sequence[float]) -> Heads:
    """The header's lines over their columns, each phrase in the column where it begins.

    Borders move only where headers cross them: how wide a column is tells whether its numbers break.
    """
    bands = {i for i, phrases in enumerate(found) if any(first == 0 < last for first, last, _ in phrases)}
    every = [part for phrases in found for part in phrases]
    alone: dict[int, list[Line]] = {}
    for first, last, phrase in every:
        if first == last:
            alone.setdefault(first, []).append(phrase)
    own = [alone.get(col, []) for col in range(len(rooms))]
    ends = [max([room.x1, *(phrase.box.x1 for phrase in phrases)]) for room, phrases in zip(rooms, own, strict=True)]
    starts = [min([room.x0, *(phrase.box.x0 for phrase in phrases)]) for room, phrases in zip(rooms, own, strict=True)]
    inner = (
        (end + start) / 2 if end < start and not end <= x <= start else x
        for x, end, start in zip(xs[1:-1], ends[:-1], starts[1:], strict=True)
    )
    heads = [(i, phrases) for i, phrases in enumerate(found) if i not in bands]
    pieces = {i: {first: piece_of(phrase) for first, _, phrase in phrases} for i, phrases in heads}
    spans = {i: {first: last - first + 1 for first, last, _ in phrases} for i, phrases in heads}
    groups = {i: widths for i, widths in spans.items() if any(width > 1 for width in widths.values())}
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
    sides = Stretches([(room.x0, room.x1) for room in rooms or ()])
    within = ((i, gutter) for gutter in whole.gutters for i in sides.reaching(*gutter))
    if rooms and any(_holds_two(body, rooms[i], gutter) for i, gutter in within):
        return None
    ends = [room.x1 for room in rooms[:-1] if room.figures] if rooms else []
    found = placed_all([unglued_at(line, ends) for line in region[:first]], rooms) if rooms else []
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
    rooms = rooms_in(region[first:]) if start and first < len(region) else None
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
