"""Labels and their figures by turns, cell after cell or several rows at once → the likeliest rows.

Begins with labels and the blocks of figures that follow them. Each way to part them into panels, of labels that share
their figures, has a cost; differences and sums that hold make a panel cheap, and the cheapest way is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.raw.blocks.beside import Figures, Label, fits, set_beside, text_of
from extract.raw.blocks.proof import adds_up, differs, proven
from extract.raw.figures import is_note
from extract.raw.headers.model import HeaderColumn
from extract.raw.lines import Line
from schema.lexicon.labels import is_total_label

MOST_PAIRS = 5
"""Labels and figures by turns that are one panel: a page prints a cell too early or late by a few rows at most."""
PROVEN, LONE, COLUMNS, FAILED = 0.0, 0.2, 0.4, 3.0
"""Costs of a row: its difference holds, it is alone with its figures, it stands in columns, its difference fails."""
SHORT, UNREAD, GROUP = 1.2, 2.5, 0.3
"""Costs of a row with figures too few, of a label whose figures cannot be told, of a label without any."""
JOINED = 0.2
"""Cost of each pair that is taken together with the one before it."""
MOVED = 0.6
"""Cost of a label that is printed below other rows than its own."""

Block = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Labels, and the blocks of figures between them and the next labels."""

    labels: tuple[Label, ...]
    figures: tuple[Block, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A label with its figures: none for a group."""

    label: Label
    figures: Figures
    end: int = 0
    is_unread: bool = False
    """The figures of several rows, whose order nothing tells."""
    is_moved: bool = False
    """Its label is printed some rows too late."""


@dataclass(frozen=True, slots=True)
class _Way:
    cost: float
    rows: tuple[Row, ...]


def rows_of(pairs: Sequence[Pair], columns: Sequence[HeaderColumn]) -> list[Row]:
    """Return the rows of the cheapest way to part pairs into panels; note numbers stand before a row's figures."""
    values = value_columns(columns)
    if len(values) == len(columns):
        return _cheapest(pairs, columns)
    parted = [_without_note(pair, len(values)) for pair in pairs]
    notes = {pair.labels[-1]: note for pair, note in parted if note}
    rows = _cheapest([pair for pair, _ in parted], values)
    return [replace(row, figures=(*notes.get(row.label, ()), *row.figures)) for row in rows]


def value_columns(columns: Sequence[HeaderColumn]) -> Sequence[HeaderColumn]:
    """The columns but for one of note numbers, which stands before them."""
    return columns[1:] if columns and columns[0].role == "note" else columns


def _without_note(pair: Pair, width: int) -> tuple[Pair, Block]:
    """A label's figures without the note number that is one too many for whole rows, and that number."""
    first = pair.figures[0] if pair.figures else ()
    is_over = sum(map(len, pair.figures)) % width == 1
    if not (pair.labels and is_over and is_note(first[0].text)):
        return pair, ()
    rest = (first[1:],) if len(first) > 1 else ()
    return replace(pair, figures=(*rest, *pair.figures[1:])), first[:1]


def _cheapest(pairs: Sequence[Pair], columns: Sequence[HeaderColumn]) -> list[Row]:
    costs = [0.0]
    best: list[tuple[int, _Way]] = []
    for end in range(1, len(pairs) + 1):
        starts = range(max(0, end - MOST_PAIRS), end)
        panels = [(start, panel) for start in starts if (panel := _panel(pairs[start:end], columns))]
        start, panel = min(panels, key=lambda way: costs[way[0]] + way[1].cost + JOINED * (end - way[0] - 1))
        costs.append(costs[start] + panel.cost + JOINED * (end - start - 1))
        best.append((start, panel))
    found: list[tuple[Row, ...]] = []
    end = len(pairs)
    while end:
        end, panel = best[end - 1]
        found.append(panel.rows)
    return [row for rows in reversed(found) for row in rows]


def _panel(pairs: Sequence[Pair], columns: Sequence[HeaderColumn]) -> _Way | None:
    """The cheapest way to read pairs as one panel; None where several can be no panel."""
    labels = [label for pair in pairs for label in pair.labels]
    figures = [block for pair in pairs for block in pair.figures]
    end = pairs[-1].end
    width, total = len(columns), sum(map(len, figures))
    ways: list[_Way] = []
    if not total and len(pairs) == 1:
        return _Way(GROUP * len(labels), tuple(Row(label, (), end) for label in labels))
    if total and labels and total % width == 0 and total // width <= len(labels):
        ways += _whole(labels, figures, columns, end) if len(pairs) == 1 else _late(pairs, columns)
    if len(pairs) == 1 and labels and 0 < total < width:
        ways.append(_Way(SHORT + GROUP * (len(labels) - 1), _lone(labels, _flat(figures), end)))
    if len(pairs) == 1:
        ways.append(_Way(UNREAD * max(len(labels), 1), _unread(labels, _flat(figures), end)))
    return min(ways, key=lambda way: way.cost, default=None)


def _lone(labels: Sequence[Label], figures: Figures, end: int) -> tuple[Row, ...]:
    """A row and the groups above it."""
    return (*(Row(label, (), end) for label in labels[:-1]), Row(labels[-1], figures, end))


def _unread(labels: Sequence[Label], figures: Figures, end: int) -> tuple[Row, ...]:
    return (Row(tuple(line for label in labels for line in label), figures, end, is_unread=True),)


def _flat(blocks: Sequence[Block]) -> Figures:
    return tuple(line for block in blocks for line in block)


def _whole(
    labels: Sequence[Label], figures: Sequence[Block], columns: Sequence[HeaderColumn], end: int
) -> Iterator[_Way]:
    """The ways to read figures as whole rows, beside as many labels or where sums tell which have none."""
    width, flat = len(columns), _flat(figures)
    if len(flat) == width:
        cost = {True: PROVEN, None: LONE, False: FAILED}[differs(flat, columns)]
        yield _Way(cost + GROUP * (len(labels) - 1), _lone(labels, flat, end))
        return
    count = len(flat) // width
    by_rows = [flat[i * width : (i + 1) * width] for i in range(count)]
    by_columns = [tuple(flat[i::count]) for i in range(count)]
    segments = _segments(figures, width)
    if segments and max(map(len, segments)) > 1:
        yield from _beside(labels, segments, columns, end, needs_proof=False)
    for rows in (by_rows, by_columns):
        yield from _beside(labels, [rows], columns, end, needs_proof=True)


def _late(pairs: Sequence[Pair], columns: Sequence[HeaderColumn]) -> Iterator[_Way]:
    """The way in which a label of the last pair belongs to the figures that the first labels leave over."""
    first, *middle, last = pairs
    figures, row = _without_last_row(first.figures, len(columns))
    label = _moved(last)
    if label is None or not row or not all(pair.figures and pair.labels for pair in middle):
        return
    rest = Pair(tuple(other for other in last.labels if other is not label), last.figures, last.end)
    panels = [_panel([pair], columns) for pair in (Pair(first.labels, figures, first.end), *middle, rest)]
    whole = [panel for panel in panels if panel is not None and not any(r.is_unread for r in panel.rows)]
    if len(whole) < len(panels) or differs(row, columns) is False:
        return
    rows = [*whole[0].rows, Row(label, row, last.end, is_moved=True), *(r for panel in whole[1:] for r in panel.rows)]
    yield _Way(sum(panel.cost for panel in whole) + MOVED, tuple(rows))


def _moved(pair: Pair) -> Label | None:
    """The label that may be of figures above: the first without figures, or the one of a total above another's."""
    if not pair.figures:
        return pair.labels[0] if pair.labels else None
    others = pair.labels[:-1]
    totals = [label for label in others if is_total_label(text_of(label))]
    found = totals if len(others) > 1 else others
    return found[0] if len(found) == 1 else None


def _without_last_row(blocks: Sequence[Block], width: int) -> tuple[tuple[Block, ...], Figures]:
    """Blocks of figures without those of the last row, and that row."""
    if blocks and len(blocks[-1]) == width and len(blocks) > 1:
        return tuple(blocks[:-1]), blocks[-1]
    if len(blocks) > width and all(len(block) == 1 for block in blocks[-width:]):
        return tuple(blocks[:-width]), _flat(blocks[-width:])
    return (), ()


def _segments(blocks: Sequence[Block], width: int) -> list[list[Figures]]:
    """Rows, where each column of them follows the other with as many figures; none where they do not."""
    chunks = [blocks[i : i + width] for i in range(0, len(blocks), width)]
    if any(len(chunk) < width or len({len(block) for block in chunk}) > 1 for chunk in chunks):
        return []
    return [list(zip(*chunk, strict=True)) for chunk in chunks]


def _beside(
    labels: Sequence[Label],
    segments: Sequence[Sequence[Figures]],
    columns: Sequence[HeaderColumn],
    end: int,
    *,
    needs_proof: bool,
) -> Iterator[_Way]:
    rows = [row for segment in segments for row in segment]
    names, by_sums = list(labels), None
    if len(rows) < len(labels):
        found = set_beside([line for label in labels for line in label], segments, is_headed=False)
        if found is None:
            return
        names, by_sums = [(line,) for line in found.above], found.by_sums
        rows = [()] * len(names) + list(found.rows)
        names += found.labels
    elif not fits(labels, segments):
        return
    placed = [Row(label, row, end) for label, row in zip(names, rows, strict=True)]
    full = [row for row in placed if row.figures]
    told = [differs(row.figures, columns) for row in full]
    is_proven = by_sums
    if is_proven is None:
        is_proven = all(told) or proven([r.figures for r in full], [text_of(r.label) for r in full])
    if not is_proven and (False in told or (needs_proof and not adds_up([row.figures for row in full]))):
        return
    cost = (PROVEN if is_proven else COLUMNS) * len(full) + GROUP * (len(placed) - len(full))
    yield _Way(cost, tuple(placed))
