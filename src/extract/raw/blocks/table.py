"""A table of blocks as the other readers give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.raw.blocks.parts import Found
from extract.raw.figure_rows import NumberRow, add_number_row, figure_columns
from extract.raw.figures import NO_BREAK, Reading, is_note, read_row
from extract.raw.headers.model import HeaderColumn
from extract.raw.lines import Line
from extract.raw.model import FlowTable, add_header
from extract.raw.placement import LIKELY, Placement
from extract.raw.sums import settled_by_sums
from schema.lexicon.wordbreaks import Known


def table_of_blocks(found: Found, known: Known) -> FlowTable:
    """The table that was printed in blocks: each figure in the column that the lengths leave it."""
    table = FlowTable(found.as_header(), found.end, line=found.line)
    add_header(table)
    values = figure_columns(table.header.columns)
    offset = len(table.header.columns) - len(values)
    whole = Placement(tuple(range(len(values))), True, found.confidence)
    rows = [NumberRow(list(label), [_whole(line) for line in cells]) for label, cells in found.items()]
    readings = [
        None
        if index in found.unread
        else Reading(tuple(row.fields), replace(whole, confidence=LIKELY) if index in found.moved else whole)
        if len(row.fields) == len(values)
        else _read_short(row.fields, values)
        for index, row in enumerate(rows)
    ]
    readings = settled_by_sums([" ".join(line.text for line in row.labels) for row in rows], readings, len(values))
    for number, (row, reading) in enumerate(zip(rows, readings, strict=True), 1):
        add_number_row(table, number, row, reading, values, offset, known)
    return table


def _read_short(fields: Sequence[str], columns: Sequence[HeaderColumn]) -> Reading | None:
    """Fewer figures than columns: one alone that may be a note number is none of the values."""
    if len(fields) == 1 and columns[0].role == "note" and is_note(fields[0]):
        return Reading(tuple(fields), Placement((0,), True, LIKELY))
    return read_row(fields, columns, is_short_table=False)


def _whole(line: Line) -> str:
    """A figure whose groups no reader parts."""
    return line.text.replace(" ", NO_BREAK)
