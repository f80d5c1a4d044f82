"""Which lines of a text hold column headers: a line of header words, and what goes on above and below it."""

from __future__ import annotations

from collections.abc import Sequence

from extract.raw.headers.model import LABEL_SIDE
from extract.raw.lines import Line
from extract.raw.spaced.parts import Part, Parts, parts_of
from schema.lexicon.headers import column_role
from schema.lexicon.periods import opens_with_period

LONGEST_REST = 24
"""Letters in a line that goes on with a column's header."""
MOST_LINES = 5
"""Lines above or below the line of header words that its cells may take, each set in the middle of its own."""

CLAUSE = 3
"""Words."""

FEWEST_COLUMNS = 3
"""Texts in a line that goes on with a header though none of its words is known."""
MOST_LABELS = 4
"""Lines of labels alone and blank lines between a header and its first row."""


def header_blocks(parts: Sequence[Parts]) -> list[range]:
    """The lines of each header."""
    blocks: list[range] = []
    for index, own in enumerate(parts):
        first = blocks[-1].stop if blocks else 0
        if index < first:
            continue
        if _is_header(own):
            start = index - _lines_above(parts, index, max(first, index - MOST_LINES))
            end = index + 1 + _lines_below(parts, start, index)
        elif _is_row(own):
            start, end = _header_above(parts, index, first)
        else:
            continue
        if blocks and blocks[-1].stop == start:
            start = blocks.pop().start
        if start < end:
            blocks.append(range(start, end))
    return blocks


def heads_columns(line: Line) -> bool:
    """Whether a line is a header by itself, its words apart as its columns are."""
    return _is_header(parts_of(line))


def _is_row(parts: Parts) -> bool:
    return len(parts) > 1 and any(part.is_amount for part in parts[1:])


def _header_above(parts: Sequence[Parts], index: int, first: int) -> tuple[int, int]:
    """The lines above a first row whose words make headers together, though none of them does alone."""
    end = index
    while end > first and index - end < MOST_LABELS and (not parts[end - 1] or _is_label(parts[end - 1], parts[index])):
        end -= 1
    start = end
    while start > first and end - start <= MOST_LINES and parts[start - 1] and not _is_row(parts[start - 1]):
        start -= 1
    start = max((i + 1 for i in range(start, end - 1) if _is_heading(parts[i], parts[i + 1])), default=start)
    for top in range(start, end):
        if _is_header(_joined(parts[top:end])) or _stands_over(parts[top:end], parts[index : index + 2]):
            return top, end
    return index, index


def _is_heading(above: Parts, parts: Parts) -> bool:
    """Whether a text alone stands over a label's own header, which does not go on with it."""
    return len(above) == 1 and len(parts) > 1 and above[0].meets(parts[0]) and parts[0].text[0].isupper()


def _stands_over(lines: Sequence[Parts], rows: Sequence[Parts]) -> bool:
    """Whether lines of short texts, whatever they say, stand over each column of two rows of amounts."""
    if len(rows) < 2 or not all(map(_is_row, rows)) or len(rows[0]) < FEWEST_COLUMNS or len(rows[0]) != len(rows[1]):
        return False
    texts = [part for line in lines for part in line]
    short = all(not part.is_amount and len(part.text) <= LONGEST_REST for part in texts)
    return short and all(any(text.meets(part) for text in texts) for part in rows[0][1:])


def _is_label(label: Parts, row: Parts) -> bool:
    """Whether a line is a label alone, as those of groups above a first row."""
    return len(label) == 1 and label[0].start < row[0].end and label[0].end < row[1].end


def _joined(lines: Sequence[Parts]) -> list[Part]:
    """The columns that lines of a header name: the words that stand over each other are one text."""
    columns: list[Part] = []
    for start, end in columns_under(lines):
        texts = [part.text for line in lines for part in line if start <= part.start < end]
        columns.append(Part(start, " ".join(texts)))
    return columns


def _is_header(parts: Parts) -> bool:
    """Two header words at least, more of them than of other texts, and no figures but years."""
    if len(parts) < 2 or any(part.is_amount or _is_clause(part.text) for part in parts):
        return False
    known = sum(part.is_header for part in parts)
    return known > 1 and 2 * known > len(parts)


def _is_clause(text: str) -> bool:
    """Whether a text is the middle of a sentence: more words in lower case than a broken header goes on with."""
    return text[0].islower() and len(text.split()) >= CLAUSE


def _lines_above(parts: Sequence[Parts], index: int, first: int) -> int:
    """How many lines above belong to cells of the header that are taller than the line of header words."""
    start = index
    while start > first and _leads_to(parts[start - 1], parts[index]):
        start -= 1
    return index - start


def _leads_to(above: Parts, parts: Parts) -> bool:
    """A line of a header whose words stand over several columns or are broken."""
    beside = len(above) > 1 or (above and above[0].start >= parts[1].start)
    return bool(beside) and all(part.is_header or part.opens_header for part in above)


def _lines_below(parts: Sequence[Parts], start: int, index: int) -> int:
    """How many lines below go on with cells of the header."""
    above = [part for line in parts[start : index + 1] for part in line]
    end = index + 1
    while end < len(parts) and end - index <= MOST_LINES:
        if not _continues(above, parts[end]) and not _leads_to_row(above, parts[end], parts[end + 1 : end + 2]):
            break
        above += parts[end]
        end += 1
    return end - index - 1


def _continues(above: Parts, parts: Parts) -> bool:
    """The rest of a header: above each of its parts stands a header part that may go on.

    The labels' own header, set in the middle of taller ones, has none above it; a header stands beside it.
    """
    corner = len(parts) > 1 and all(parts[0].end <= part.start for part in above)
    if corner and len(parts[0].text) <= LONGEST_REST and not parts[0].is_amount:
        return all(part.is_header for part in parts[1:])
    return bool(parts) and all(_goes_on(part, above) for part in parts)


def _leads_to_row(above: Parts, parts: Parts, following: Sequence[Parts]) -> bool:
    """A line of several short texts right above a row of amounts, most of them below a header."""
    if len(parts) < FEWEST_COLUMNS or not any(map(_is_row, following)):
        return False
    if any(part.is_amount or len(part.text) > LONGEST_REST for part in parts):
        return False
    return 2 * sum(any(part.meets(p) for p in above) for part in parts) > len(parts)


def _goes_on(part: Part, above: Parts) -> bool:
    """Lower case or a period below a value column; below a label only the rest of a broken word."""
    if part.is_amount or len(part.text) > LONGEST_REST:
        return False
    over = next((p for p in reversed(above) if p.meets(part)), None)
    if over is None or part.is_header:
        return part.is_header
    if column_role(over.text)[0] in LABEL_SIDE:
        return False
    return part.text[0].islower() or opens_with_period(part.text)


def columns_under(parts: Sequence[Parts]) -> list[tuple[int, int]]:
    """Where the columns that a header's lines name begin and end: parts that stand over each other are one."""
    columns: list[tuple[int, int]] = []
    for part in sorted((p for line in parts for p in line), key=lambda p: p.start):
        if columns and part.start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], part.end))
        else:
            columns.append((part.start, part.end))
    return columns
