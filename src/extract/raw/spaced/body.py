"""Where a table below its header ends: the lines that gain most by being rows of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extract.raw.headers.model import LABEL_SIDE
from extract.raw.spaced.headers import columns_under
from extract.raw.spaced.parts import Parts
from schema.lexicon.headers import column_role
from schema.lexicon.signs.bullets import is_bullet

ROW = 1.5
"""What a line with text in several columns speaks for the table."""
CROSSING = -2.0
"""A line of text across value columns."""
AFTER_BLANK = -0.3
"""A label alone after a blank line, as groups of rows have; a label that goes on costs nothing."""
BLANK = -0.25
GIVE_UP = 5.0
"""No row that comes after so much that is none belongs to the table: four lines of running text and a blank one."""
SEVERAL = 0.2
"""Share of what blank lines part that may hold several lines with text in several columns, where they part rows."""


def end_of_body(parts: Sequence[Parts], header: range, stop: int) -> int:
    """The line after the table's last: up to where the lines below the header speak most for it."""
    columns = columns_under([parts[i] for i in header])
    first = min((p for i in header for p in parts[i]), key=lambda p: p.start)
    values = (columns[1:] or columns) if column_role(first.text)[0] in LABEL_SIDE else columns
    worth = best = 0.0
    end = header.stop
    for index in range(header.stop, stop):
        worth += _worth(parts[index], values, after_blank=not parts[index - 1])
        if worth > best:
            best, end = worth, index + 1
        elif best - worth > GIVE_UP:
            break
    return end + _lines_that_go_on(parts, range(header.stop, end), stop, values)


def _lines_that_go_on(parts: Sequence[Parts], body: range, stop: int, values: Sequence[tuple[int, int]]) -> int:
    """How many lines right below the last row go on with its label."""
    ruled = blank_lines_part_rows([parts[i] for i in body])
    end = body.stop
    while end < stop and parts[end] and _worth(parts[end], values, after_blank=False) == 0:
        if not ruled and not parts[end][0].text[0].islower():
            break
        end += 1
    return end - body.stop


def _worth(parts: Parts, values: Sequence[tuple[int, int]], *, after_blank: bool) -> float:
    """What a line speaks for being one of the table's."""
    if not parts:
        return BLANK
    if len(parts) == 2 and is_bullet(parts[0].text):
        return CROSSING
    starts, ends = [start for start, _ in values], [end for _, end in values]
    if any(bisect_left(starts, part.end) - bisect_right(ends, part.start) > 1 for part in parts):
        return CROSSING
    if len(parts) > 1:
        return ROW
    if parts[0].start >= values[0][0]:
        return 0.0
    if parts[0].end > values[0][1]:
        return CROSSING
    return AFTER_BLANK if after_blank else 0.0


def blank_lines_part_rows(parts: Sequence[Parts]) -> bool:
    """Whether blank lines stand between rows: what they part has seldom two lines with text in several columns."""
    blocks: list[list[Parts]] = [[]]
    for line in parts:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    filled = [sum(len(line) > 1 for line in block) for block in blocks if block]
    tall = any(len(block) > 1 for block in blocks)
    return tall and len(filled) > 1 and sum(count > 1 for count in filled) <= SEVERAL * len(filled)
