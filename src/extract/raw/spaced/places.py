"""Where the pieces of a table's lines belong: one that a longer piece before it pushed goes back to its column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from extract.raw.spaced.parts import Part, Parts
from schema.lexicon.figures import parts_words

LEAST_GAP = 2
"""Spaces that a converter leaves between two pieces at least: where one runs too far, it pushes the next."""
MOST_COLUMNS = 60
"""Columns of a table that a line of print may hold; in one of more nothing is moved."""
CROSSED = 0.15
"""Share of a table's lines that may run into the strip between two columns."""
ROUNDING = 1
"""Letters that a piece may stand beside its column's edge, for places are rounded."""
CLEAR = LEAST_GAP + ROUNDING
"""Letters between two columns, so that a gap parts them whatever stands above and below."""


FEWEST_BELOW = 2
"""Pieces that begin below a header's piece as it does."""
_SPACE = re.compile(" ")


@dataclass(frozen=True)
class _Column:
    """A column: where it is, and whether its pieces begin or end at one place."""

    start: int
    end: int
    ends_alike: bool


def in_columns(lines: Sequence[Parts], head: int) -> list[list[tuple[Part, int]]]:
    """The pieces of a table's lines, of which some head it, and where each begins in its column.

    Columns are moved apart by what a piece runs too far.
    """
    columns = _columns(lines, head)
    if len(columns) > MOST_COLUMNS:
        return [[(part, part.start) for part in parts] for parts in lines]
    printed = [_parted(parts, columns) for parts in lines]
    returned = [_returned(parts, columns) for parts in printed]
    shifts = [0, *accumulate(max(0, _overrun(i, columns, returned)) for i in range(1, len(columns)))]
    return [
        [(part, new.start + shifts[_own(new.start, columns)]) for part, new in zip(parts, moved, strict=True)]
        for parts, moved in zip(printed, returned, strict=True)
    ]


def _parted(parts: Parts, columns: Sequence[_Column]) -> list[Part]:
    """A line's pieces, each parted where a word after a single space begins a later column that no other stands in."""
    if len(parts) < 2:
        return list(parts)
    pieces: list[Part] = []
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        first = _own(part.start, columns) + 1
        last = len(columns) if after is None else _own(after.start, columns)
        pushes = after is not None and after.start - part.end <= LEAST_GAP
        begins = [column.start for column in columns[first : first if pushes else last] if not column.ends_alike]
        words = [m.end() for m in _SPACE.finditer(part.text) if parts_words(part.text, m.start() - 1)]
        edges = [0, *(w for w in words if any(_near(part.start + w, x) for x in begins)), len(part.text)]
        pieces += [Part(part.start + start, part.text[start:end].rstrip()) for start, end in pairwise(edges)]
    return pieces


def _near(place: int, other: int) -> bool:
    return abs(place - other) <= ROUNDING


def _own(start: int, columns: Sequence[_Column]) -> int:
    """Which column a piece that begins here stands in: the first that does not end before, or else the last."""
    return next((i for i, column in enumerate(columns) if start < column.end), max(0, len(columns) - 1))


def _overrun(i: int, columns: Sequence[_Column], lines: Sequence[Parts]) -> int:
    """How many letters pieces of the columns before run too far, beside a piece in this one."""
    pairs = [pair for parts in lines for pair in pairwise(parts)]
    own = [(before, part) for before, part in pairs if _own(before.start, columns) < i == _own(part.start, columns)]
    return max((before.end + CLEAR - part.start for before, part in own), default=0)


def _columns(lines: Sequence[Parts], head: int) -> list[_Column]:
    """What most lines leave free parts columns, and where a header's piece begins as those below it do.

    Pieces that touch their neighbours tell nothing.
    """
    clear = [part for parts in lines if len(parts) > 1 for part in _clear(parts)]
    several = sum(len(parts) > 1 for parts in lines)
    covered = Counter(x for part in clear for x in range(part.start, part.end))
    inside = sorted(x for x, count in covered.items() if count > CROSSED * several)
    body = [part for parts in lines[head:] for part in _clear(parts)]
    cuts = {part.start for parts in lines[:head] for part in parts[1:] if _begins_column(part.start, body)}
    columns: list[list[int]] = []
    for x in inside:
        if columns and x <= columns[-1][-1] + LEAST_GAP and x not in cuts:
            columns[-1].append(x)
        else:
            columns.append([x])
    return [_column(own[0], own[-1] + 1, clear) for own in columns]


def _begins_column(place: int, body: Sequence[Part]) -> bool:
    """Whether pieces below a header begin as it does, and those that run over its place do not end as they do."""
    own = [part for part in body if _near(part.start, place)]
    over = [part for part in body if part.start < place - ROUNDING and place + ROUNDING < part.end]
    return len(own) >= FEWEST_BELOW and 2 * sum(any(_near(p.end, o.end) for o in own) for p in over) <= len(over)


def _column(start: int, end: int, clear: Sequence[Part]) -> _Column:
    own = [part for part in clear if start <= part.start and part.end <= end]
    begins, ends = (Counter(places).most_common(1) for places in ([p.start for p in own], [p.end for p in own]))
    return _Column(start, end, bool(own) and ends[0][1] > begins[0][1])


def _clear(parts: Parts) -> list[Part]:
    """The pieces of a line that stand well apart from those beside them."""
    near = {i for i, (part, after) in enumerate(pairwise(parts)) if after.start - part.end <= LEAST_GAP}
    return [part for i, part in enumerate(parts) if i not in near and i - 1 not in near]


def _returned(parts: Parts, columns: Sequence[_Column]) -> list[Part]:
    """A line's pieces, those pushed where their column begins or ends."""
    returned: list[Part] = []
    for i, part in enumerate(parts):
        if i and part.start - parts[i - 1].end <= LEAST_GAP:
            returned.append(Part(_start_in_column(part, returned[-1].start, parts[i - 1].end, columns), part.text))
        else:
            returned.append(part)
    return returned


def _start_in_column(part: Part, before: int, end: int, columns: Sequence[_Column]) -> int:
    """Where a piece begins in the column that the one before it, which ends right before it, ran into."""
    around = [column for column in columns if part.start < column.end and column.start < part.end]
    later = columns[_own(before, columns) + 1 :]
    run_into = [column for column in later if column.start <= part.start and end + ROUNDING >= column.start]
    if not run_into or any(_fits(part, column) for column in around):
        return part.start
    column = run_into[-1]
    return max(column.start, column.end - len(part.text)) if column.ends_alike else column.start


def _fits(part: Part, column: _Column) -> bool:
    """Whether a piece stands where a column's pieces do."""
    edge = abs(part.end - column.end) if column.ends_alike else abs(part.start - column.start)
    return edge <= ROUNDING
