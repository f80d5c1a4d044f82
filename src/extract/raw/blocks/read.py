"""Tables printed one column after the other, or cell by cell, blank lines between: what `pdftotext` writes by itself.

Read only where the lengths fit: as many labels as each column has figures, as many figures after each label as there
are columns. Where sums or differences hold besides, the columns are taken as proven.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from extract.raw.blocks.beside import header_text, set_beside, text_of
from extract.raw.blocks.panels import Row, rows_of, value_columns
from extract.raw.blocks.parts import (
    Block,
    BlockLines,
    Found,
    HeaderTexts,
    columns_of,
    header_of,
    heads_notes,
    is_one_figure,
    is_period,
    names_column,
)
from extract.raw.blocks.proof import differs, proven
from extract.raw.blocks.stream import Stream, streams
from extract.raw.figures import NO_BREAK, is_note, read_row
from extract.raw.headers.model import HeaderColumn
from extract.raw.headers.printed import BESIDE_GOALS
from extract.raw.lines import Line
from extract.raw.placement import CONFIRMED, LIKELY
from schema.lexicon.headers import column_role
from schema.lexicon.labels import ends_sentence
from schema.lexicon.signs.sections import opens_with_chapter
from schema.lexicon.years import year_in

MOST_BLOCKS, MORE = 160, 4
"""Blocks that are read at first, and how many times as many where a table takes more than half of them."""
MOST_HEADS = 20
"""Blocks above the first figures: a header of fourteen columns, a title, groups and labels."""
FEWEST_ROWS = 2
FEWEST_COLUMNS = 2
MOST_COLUMNS = 14
MOST_HEADER_LINES = 4
FULL_SHARE = 0.6
"""Share of the labels that have a figure in each column."""
MOST_FAILING = 0.2
"""Share of rows whose difference may fail; more say that the header names other columns."""


def read_blocks(text: BlockLines, start: int, before: Found | None) -> Found | None:
    """Return the table whose header, or whose labels where it goes on with the one before, begin at a line."""
    lines = text.lines
    above = lines[start - 1].text if start and not lines[start].starts_page else ""
    if not lines[start].text or (above and not ends_sentence(above) and not opens_with_chapter(above)):
        return None
    if opens_with_chapter(lines[start].text) and any(line.text for line in lines[start + 1 : start + 2]):
        return None
    if not any(block.holds_figure for block in islice(text.blocks_from(start), MOST_HEADS)):
        return None
    found, most, blocks = None, 0, list[Block]()
    while found is None or (len(blocks) == most and found.end > blocks[most // 2].end):
        most = most * MORE or MOST_BLOCKS
        blocks = list(islice(text.blocks_up_to_goal(start), most))
        found = _by_columns(blocks, start, before) or _by_panels(blocks, start, before)
        if found is None:
            return None
    return None if not found.header[0] and _goes_on_above(lines, start) else found


def _goes_on_above(lines: Sequence[Line], start: int) -> bool:
    """Whether the text above a header is one of its columns as well: a header of another number was begun too late."""
    above = next((line.text for line in reversed(lines[:start]) if line.text), "")
    return names_column(above)


@dataclass(frozen=True, slots=True)
class _Column:
    header: tuple[Line, ...]
    figures: tuple[Line, ...]


def _columns_of(block: Block) -> dict[int, _Column]:
    """The ways to read a block as a column, by how many figures it has: years may head it or stand in it."""
    first = next((i for i, line in enumerate(block.lines) if is_one_figure(line.text)), len(block.lines))
    ways = {}
    dated = first < len(block.lines) and is_period(block.lines[first].text)
    for top in (first, first + 1) if dated else (first,):
        figures = block.lines[top:]
        if figures and top <= MOST_HEADER_LINES and all(is_one_figure(line.text) for line in figures):
            ways[len(figures)] = _Column(block.lines[:top], figures)
    return ways


def _by_columns(blocks: Sequence[Block], start: int, before: Found | None) -> Found | None:
    """Labels in one block, then columns of as many figures, cut where rows stand apart; headers where they may be."""
    first = next((i for i, block in enumerate(blocks) if _columns_of(block) and not block.is_period), 0)
    texts = blocks[:first]
    if not texts or any(block.holds_figure for block in texts):
        return None
    for labels, header, is_headed in _layouts(texts, blocks[first:], before):
        width = len(header.texts) - 1
        segments = _segments(blocks[first:], width, is_headed=is_headed)
        end = first + width * len(segments)
        if width < FEWEST_COLUMNS or not segments or any(block.holds_figure for block in blocks[end : end + 1]):
            continue
        rows = [list(zip(*(column.figures for column in segment), strict=True)) for segment in segments]
        beside = set_beside(labels.lines, rows, is_headed=is_headed) if sum(map(len, rows)) >= FEWEST_ROWS else None
        if beside is None:
            continue
        names = tuple(header_text(column.header) for column in segments[0]) if is_headed else header.texts[1:]
        filled = [(row, text_of(label)) for row, label in zip(beside.rows, beside.labels, strict=True) if row]
        if all(len(segment) == 1 for segment in rows) and _fails([row for row, _ in filled], names):
            continue
        is_proven = beside.by_sums
        if is_proven is None:
            is_proven = proven([row for row, _ in filled], [name for _, name in filled])
        sure = CONFIRMED if is_proven else LIKELY
        tall = max(len(column.header) for column in segments[0]) or 1
        head = (header_text(beside.above[-tall:]) or header.texts[0], *names)
        title = (*header.title, *beside.above[:-tall])
        return Found(
            title, head, beside.labels, beside.rows, start, blocks[0].lines[0].number, blocks[end - 1].end, sure
        )
    return None


def _layouts(
    texts: Sequence[Block], figures: Sequence[Block], before: Found | None
) -> Iterator[tuple[Block, HeaderTexts, bool]]:
    """The block of labels and the header, as texts before the first figures may be read; whether columns head it."""
    headed = list(takewhile(lambda block: any(way.header for way in _columns_of(block).values()), figures))
    if headed and len(texts) == 1:
        yield texts[0], HeaderTexts(("",) * (len(headed) + 1)), True
    first, last, width = texts[0], texts[-1], len(texts) - 1
    ways = ((last, texts[:-1], width), (last, texts[:-1], width - 1), (first, texts[1:], width))
    for labels, heads, columns in ways:
        if stated := header_of(heads, columns):
            yield labels, stated, False
    if len(texts) == 1 and before is not None:
        label, *names = before.header
        yield texts[0], HeaderTexts((label, *(names[1:] if heads_notes(names[0]) else names))), False


def _segments(blocks: Sequence[Block], width: int, *, is_headed: bool) -> list[tuple[_Column, ...]]:
    """The figures as often as each column follows the other with as many of them."""
    segments: list[tuple[_Column, ...]] = []
    for at in range(0, len(blocks) - width + 1, max(width, 1)):
        ways = [_columns_of(block) for block in blocks[at : at + width]]
        wants_header = is_headed and not segments
        counts = set.intersection(*map(set, ways)) if ways else set()
        fitting = [count for count in counts if all(bool(way[count].header) == wants_header for way in ways)]
        if not fitting:
            break
        segments.append(tuple(way[max(fitting)] for way in ways))
    return segments


def _by_panels(blocks: Sequence[Block], start: int, before: Found | None) -> Found | None:
    """Labels and figures by turns, the header in blocks of its own above or between them."""
    for stream in streams(blocks, before):
        columns = columns_of(stream.header[1:])
        if not FEWEST_COLUMNS <= len(value_columns(columns)) <= MOST_COLUMNS:
            continue
        rows = rows_of(stream.pairs, columns)
        while rows and (not rows[-1].figures or rows[-1].is_unread or _is_footnote(rows[-1])):
            rows.pop()
        fewest = 1 if stream.returns else FEWEST_ROWS
        if any(map(_heads_goals, stream.header[1:])) or not _may_be_table(rows, columns, fewest):
            continue
        width = len(value_columns(columns))
        full = [row for row in rows if len(row.figures) >= width and not row.is_unread]
        values = [row.figures[-width:] for row in full]
        if _fails(values, stream.header[-width:]):
            continue
        is_proven = proven(values, [text_of(row.label) for row in full])
        return _found(stream, rows, start, blocks[0].lines[0].number, CONFIRMED if is_proven else LIKELY)
    return None


def _is_footnote(row: Row) -> bool:
    """Whether a last row's figure may be the number of a footnote below the table."""
    return len(row.figures) == 1 and is_note(row.figures[0].text)


def _fails(rows: Sequence[Sequence[Line]], header: Sequence[str]) -> bool:
    """Whether the differences that a header tells of do not hold in its columns."""
    columns = columns_of(header)
    return [differs(row, columns) for row in rows].count(False) > MOST_FAILING * len(rows)


def _may_be_table(rows: Sequence[Row], columns: Sequence[HeaderColumn], fewest: int) -> bool:
    """Whether most rows are whole, or have a difference that tells where they are empty, and no group is a header."""
    filled = [row for row in rows if row.figures]
    whole = sum(_is_whole(row, columns) for row in filled)
    if whole < max(fewest, FULL_SHARE * len(filled)):
        return False
    groups = [text_of(row.label) for row in rows if not row.figures]
    return not any(year_in(text) and names_column(text) for text in groups)


def _is_whole(row: Row, columns: Sequence[HeaderColumn]) -> bool:
    if row.is_unread or len(row.figures) == len(columns):
        return not row.is_unread
    fields = [line.text.replace(" ", NO_BREAK) for line in row.figures]
    reading = read_row(fields, columns, is_short_table=False)
    return reading is not None and reading.placement.confidence >= CONFIRMED


def _heads_goals(text: str) -> bool:
    return column_role(text)[0] in BESIDE_GOALS


def _found(stream: Stream, rows: Sequence[Row], start: int, line: int, confidence: float) -> Found:
    return Found(
        stream.title,
        stream.header,
        tuple(row.label for row in rows),
        tuple(row.figures for row in rows),
        start,
        line,
        max(row.end for row in rows),
        confidence,
        frozenset(i for i, row in enumerate(rows) if row.is_unread),
        frozenset(i for i, row in enumerate(rows) if row.is_moved),
    )
