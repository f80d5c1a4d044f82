"""Rows → the row or group that each one is part of, wherever layout or words show one; never merely the row above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from extract.records.rows import Row
from extract.records.shape.depths import depths_of, set_to_the_left
from schema.lexicon.labels import is_part_label, is_sex_label, is_sum_label, is_total_label, summed_name
from schema.lexicon.text import fold

STEM_LENGTH = 6
"""Letters that tell whether two Swedish words share a stem (*digital*, *digitalt*)."""
MOST = 0.5
"""Share of the rows with values that makes their look the usual one."""

Look = tuple[bool, bool, bool]
"""Bold, italic, and capitals only."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A row that the coming rows may be part of."""

    row: Row
    depth: int
    is_heading: bool
    """It heads the rows at its own depth too."""
    first: tuple[int, Look] | None = None
    """Depth and look of its first part, once that has been read."""
    stem: str = ""
    """What the labels of its parts begin with, where it lists them."""


@dataclass
class _Reading:
    """What is known of all rows before the first is read, and what the rows read so far leave open."""

    rows: Sequence[Row]
    depths: tuple[int, ...]
    breaks: frozenset[int]
    headings: frozenset[int] = frozenset()
    open: list[_Open] = field(default_factory=list)
    wholes: list[int] = field(default_factory=list)
    """Positions of the rows that a *varav* below them may be a part of."""
    main: str | None = None
    """The last row that is no part of a row with values: what a sex below it breaks down."""
    group: str | None = None
    """What rows without a heading in the table belong to; a sum or the first heading ends it."""
    parts_of: str | None = None
    """The whole of a *varav* that stands alone: the rows set apart below it are its parts."""


def find_parents(
    rows: Sequence[Row],
    *,
    least: int = 1,
    breaks: frozenset[int] = frozenset(),
    lines: frozenset[int] = frozenset(),
    group: str | None = None,
) -> list[str | None]:
    """Return the label that each row is part of, None for a row of its own.

    `least` rows must follow a heading that nothing but its lack of values shows; `breaks` are positions of rows
    that begin something new, such as the next goal, `lines` of those that cannot be headings. `group` is what rows
    above the first heading and the first sum belong to.
    """
    rows = set_to_the_left(rows)
    begun = {i for i in range(1, len(rows)) if rows[i].groups and rows[i].groups != rows[i - 1].groups}
    reading = _Reading(rows, depths_of(rows), breaks | begun, group=group)
    reading.headings = frozenset(_headings(reading, least) - lines)
    return [_parent(position, reading) for position in range(len(rows))]


def _parent(position: int, reading: _Reading) -> str | None:
    """Return a row's parent, and note what it leaves open."""
    row, depth = reading.rows[position], reading.depths[position]
    if row.parent:
        return row.parent
    if is_part_label(row.label):
        whole = _whole_of(position, reading)
        reading.parts_of = None if row.values else whole
        return whole
    if reading.parts_of and row.is_styled:
        return reading.parts_of
    reading.parts_of = None
    if reading.main and _is_sex(position, reading):
        return reading.main
    reading.open = [] if position in reading.breaks else _still_open(position, reading)
    is_first = _comes_first(reading)
    _note_first(row, depth, reading)
    sums_all = _sums_all(position, reading)
    place = None if sums_all else _holder(row, reading, sums=_is_own_sum(row) and not is_first)
    holder = None if place is None else reading.open[place]
    reading.open = _opened(position, place, reading, is_first=is_first)
    if row.label:
        reading.wholes.append(position)
        reading.main = reading.main if holder and not holder.is_heading else row.label
    if holder:
        return holder.row.label
    return (row.groups[-1] if row.groups else _group(position, reading)) if row.values else None


def _group(position: int, reading: _Reading) -> str | None:
    """Return what a row belongs to that no row of the table heads, and end it at a sum."""
    group = reading.group
    if position and is_total_label(reading.rows[position].label):
        reading.group = None
    return group


def _is_sex(position: int, reading: _Reading) -> bool:
    """Whether a row is one of the sexes that the row above is broken down by; their total only beside one of them."""
    row = reading.rows[position]
    if not is_sex_label(row.label) or not is_total_label(row.label):
        return is_sex_label(row.label)
    beside = (*reading.rows[max(0, position - 1) : position], *reading.rows[position + 1 : position + 2])
    return any(is_sex_label(other.label) and not is_total_label(other.label) for other in beside)


def _headings(reading: _Reading, least: int) -> set[int]:
    """Return the positions of the rows that head others: no values, and shown as headings by look, place or words.

    Where nothing is set deeper, a label without values heads the rows below it if there are at least so many.
    """
    rows = reading.rows
    empty = [i for i, row in enumerate(rows) if _may_head(i, reading)]
    shown = {i for i in empty if _shows_itself(i, reading)}
    if least > 1 and any(reading.depths):
        return shown
    return shown | {i for i in empty if not rows[i].values and len(_followers(i, reading)) >= least}


def _may_head(position: int, reading: _Reading) -> bool:
    """Whether a row has a label without values, or one that ends in a colon, and rows below that are no sums.

    A row with words in several columns is one whose values were not understood, and heads nothing.
    """
    row = reading.rows[position]
    if not row.label or row.parent or (row.values and not row.label.endswith(":")) or is_part_label(row.label):
        return False
    if row.label_cell and sum(c.col > row.label_cell.col and bool(c.text.strip()) for c in row.cells.values()) > 1:
        return False
    following = reading.rows[position + 1 : position + 2]
    if not following or (is_sum_label(following[0].label) and not _is_below(position, reading)):
        return False
    if is_total_label(following[0].label) and not (_is_below(position, reading) or _stands_out(position, reading)):
        return False
    return not any(is_sex_label(row.label) for row in following) or row.is_band


def _is_below(position: int, reading: _Reading) -> bool:
    """Whether the next row is set deeper."""
    return reading.depths[position + 1] > reading.depths[position]


def _followers(position: int, reading: _Reading) -> list[Row]:
    """Return the rows with values straight below a row, up to the next break; none where a sex is among them."""
    below = range(position + 1, len(reading.rows))
    scope = [
        reading.rows[i]
        for i in takewhile(lambda i: reading.rows[i].values and i not in reading.breaks, below)
        if not reading.rows[i].parent
    ]
    return [] if any(is_sex_label(row.label) for row in scope) else scope


def _shows_itself(position: int, reading: _Reading) -> bool:
    """Whether a row's look, place or words make it a heading."""
    row = reading.rows[position]
    return bool(
        (row.is_band and any(other.values for other in reading.rows))
        or (row.label.endswith(":") and _followers(position, reading))
        or _stands_out(position, reading)
        or _is_below(position, reading)
        or any(_names(later, row) for later in reading.rows[position + 1 :])
    )


def _stands_out(position: int, reading: _Reading) -> bool:
    """Whether a row is set in bold, italics or capitals, and most rows with values are not."""
    looks = [_look(row) for row in reading.rows if row.values]
    own = _look(reading.rows[position])
    return any(is_set and not _is_usual([look[sign] for look in looks]) for sign, is_set in enumerate(own))


def _is_usual(signs: list[bool]) -> bool:
    return bool(signs) and sum(signs) >= MOST * len(signs)


def _look(row: Row) -> Look:
    return row.is_bold, bool(row.label_cell and row.label_cell.italic), row.label.isupper()


def _names(total: Row, heading: Row) -> bool:
    """Whether a sum names a heading, such as *Summa tillgångar* below *TILLGÅNGAR*."""
    if not is_total_label(total.label):
        return False
    named = fold(summed_name(total.label))
    return bool(named) and named == fold(heading.label)


def _stems(text: str) -> frozenset[str]:
    """Return how the longer words of a label begin."""
    return frozenset(word[:STEM_LENGTH] for word in re.findall(r"\w{4,}", text.casefold()))


def _sums(total: Row, heading: Row) -> bool:
    """Whether a sum with a name of its own says nothing that the heading does not."""
    named = _stems(summed_name(total.label))
    return _is_own_sum(total) and bool(named) and named <= _stems(heading.label)


def _still_open(position: int, reading: _Reading) -> list[_Open]:
    """Return the rows that are still open at a row: a sum goes back to the heading that it names."""
    row, kept = reading.rows[position], list(reading.open)
    for number, item in reversed(list(enumerate(kept))):
        if item.is_heading and (_names(row, item.row) or _sums(row, item.row)):
            return kept[: number + 1]
    while kept and _is_closed(kept[-1], position, reading):
        kept.pop()
    return kept


def _is_closed(top: _Open, position: int, reading: _Reading) -> bool:
    """Whether a row ends the innermost open one."""
    row, depth = reading.rows[position], reading.depths[position]
    if top.depth != depth or not top.is_heading:
        return top.depth >= depth
    if position in reading.headings:
        return top.first is not None and (_look(row) == _look(top.row) or _look(row) != top.first[1])
    if top.first is None:
        return False
    below, look = top.first
    stands_out = row.is_bold and top.row.is_bold and not look[0]
    belongs = is_sum_label(row.label) or _stems(row.label) & _stems(top.row.label)
    return below > depth or (stands_out and not belongs)


def _holder(row: Row, reading: _Reading, *, sums: bool) -> int | None:
    """Return the place of the innermost open row that a row is part of; one that lists its parts holds those alone.

    A sum with a name of its own is part of no heading that it shares no word with.
    """
    for place, item in reversed(list(enumerate(reading.open))):
        if row.label.casefold().startswith(item.stem) and (not sums or _stems(row.label) & _stems(item.row.label)):
            return place
    return None


def _is_own_sum(row: Row) -> bool:
    """Whether a row is a sum of something that it names."""
    return is_sum_label(row.label) and len(row.label.split()) > 1


def _sums_all(position: int, reading: _Reading) -> bool:
    """Whether a bare *Summa* ends a table of several headings, none of which has a sum of its own."""
    rows = reading.rows
    if not is_sum_label(rows[position].label) or _is_own_sum(rows[position]) or position + 1 < len(rows):
        return False
    sums = any(row.values and is_total_label(row.label) for row in rows[:position])
    return len(reading.headings) > 1 and not sums


def _comes_first(reading: _Reading) -> bool:
    """Whether nothing stands yet under the innermost heading: what comes first there sums nothing."""
    return bool(reading.open) and reading.open[-1].is_heading and reading.open[-1].first is None


def _note_first(row: Row, depth: int, reading: _Reading) -> None:
    if reading.open and reading.open[-1].first is None:
        reading.open[-1] = replace(reading.open[-1], first=(depth, _look(row)))


def _opened(position: int, place: int | None, reading: _Reading, *, is_first: bool) -> list[_Open]:
    """Return what is open below a row: itself where rows below may be its parts; a sum closes what it sums."""
    row, depth = reading.rows[position], reading.depths[position]
    if position in reading.headings:
        reading.group = None
        return [*reading.open, _Open(row, depth, is_heading=True, stem=_listed_stem(position, reading))]
    holder = None if place is None else reading.open[place]
    if is_first:
        return reading.open
    if row.values and is_total_label(row.label) and holder and holder.is_heading:
        return reading.open[:place] if _closes(position, holder, reading) else reading.open
    if row.values and _is_own_sum(row):
        return []
    return [*reading.open, _Open(row, depth, is_heading=False)] if _has_parts(position, reading) else reading.open


def _has_parts(position: int, reading: _Reading) -> bool:
    """Whether the row below one is set deeper; a total that is set apart sums the rows above it."""
    if position + 1 >= len(reading.rows) or not reading.rows[position].label:
        return False
    return _is_below(position, reading) and not is_total_label(reading.rows[position + 1].label)


def _closes(position: int, heading: _Open, reading: _Reading) -> bool:
    """Whether a sum ends the heading that it stands under: where rows are not set deeper nothing else would.

    A result's name is a sum and yet a line like others where it comes first, or where the heading's own sum follows.
    """
    row, later = reading.rows[position], reading.rows[position + 1 :]
    if _names(row, heading.row):
        return True
    if heading.depth or (heading.first and heading.first[0]):
        return False
    is_line = not is_sum_label(row.label)
    return not (is_line and any(_names(other, heading.row) or _completes(other, heading.row) for other in later))


def _completes(result: Row, heading: Row) -> bool:
    """Whether a row with values says all that a heading says: *Medel från den löpande verksamheten*."""
    named = _stems(heading.label)
    return bool(result.values and named) and named <= _stems(result.label)


def _listed_stem(position: int, reading: _Reading) -> str:
    """Return how the rows begin that a heading with a colon lists: those that repeat its first word, else all."""
    label = reading.rows[position].label
    stem = label.split()[0].casefold()[:STEM_LENGTH] if label.endswith(":") else ""
    below = _followers(position, reading)
    return stem if any(row.label.casefold().startswith(stem) for row in below) else ""


def _whole_of(position: int, reading: _Reading) -> str | None:
    """Return the line a *varav* is part of: the nearest row above that is set no deeper.

    A row that is empty in the part's columns is a part itself: the whole is the nearest full line.
    """
    part, depth = reading.rows[position], reading.depths[position]
    wholes = [i for i in reading.wholes if reading.depths[i] <= depth]
    if not wholes:
        return None
    last = reading.rows[wholes[-1]]
    columns = {value.col for value in part.values}
    if not last.values or columns <= {value.col for value in last.values}:
        return last.label
    rows = [reading.rows[i] for i in wholes]
    width = max(len(row.values) for row in rows)
    return next((row.label for row in reversed(rows) if len(row.values) == width), last.label)
