"""A table read from running lines, and the cells that its readers add to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.raw.cells import Piece
from extract.raw.headers.model import Header, HeaderColumn
from extract.raw.lines import Line
from extract.raw.placement import CERTAIN, UNSURE, Placement
from schema.layout import Cell, Table
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.wordbreaks import Known
from schema.problem import Problem


@dataclass(slots=True)
class FlowTable:
    """A table read from running lines."""

    header: Header
    end: int
    """Index of the first line after it."""
    cells: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    line: int = 0
    repeated: list[Line] = field(default_factory=list)
    """The lines of headers printed anew on later pages."""


def columns_of(header: Header) -> tuple[HeaderColumn, ...]:
    """The table's columns; a table without a header for its labels has a blank one."""
    if header.labels:
        return header.columns
    return (HeaderColumn("", "blank"), *header.columns)


def add_header(table: FlowTable) -> None:
    """Add the cells of the table's header."""
    for col, column in enumerate(columns_of(table.header)):
        text, markers = take_marks(column.label)
        table.cells.append(Cell(0, col, text, markers=markers))


def cell_of(row: int, col: int, pieces: Sequence[Piece], known: Known, **options: object) -> Cell:
    """Return the cell of some pieces of text, its marks told apart."""
    lines = [line for piece in pieces for line in piece.lines]
    text, markers = take_marks(Piece(lines).text(known))
    printed = tuple(take_marks(line.text)[0] for line in lines)
    return Cell(row, col, text.strip(), lines=printed, markers=markers, **options)  # type: ignore[arg-type]


def placed_cell(
    row: int, col: int, text: str, lines: tuple[str, ...], markers: tuple[str, ...], placement: Placement
) -> Cell:
    """Return a cell that is as sure as where its row was placed."""
    inferred = placement.inferred and bool(text)
    confidence = placement.confidence if inferred else CERTAIN
    return Cell(row, col, text, lines=lines, markers=markers, inferred=inferred, confidence=confidence)


def note_rival(
    table: FlowTable, number: int, placement: Placement, columns: Sequence[HeaderColumn], texts: Sequence[str]
) -> None:
    """A problem that names both placements of a row, where two are equally good."""
    if placement.rival is not None:
        names = [", ".join(columns[i].label for i in chosen) for chosen in (placement.columns, placement.rival)]
        message = f"The values may stand in {names[0]} or in {names[1]}; the first was taken."
        table.problems.append(Problem("tables", "ambiguous_column", message, row=number, raw=" | ".join(texts)))


def to_table(found: FlowTable, number: int) -> Table:
    """Return the finished table with its number in the document; no value under an open header is sure."""
    is_open = found.header.is_open
    cells = [_unsure(cell) if is_open and cell.row and cell.col else cell for cell in found.cells]
    return Table(number, tuple(sorted(cells, key=lambda c: (c.row, c.col))), engine="flow", line=found.line)


def _unsure(cell: Cell) -> Cell:
    return replace(cell, inferred=True, confidence=min(cell.confidence, UNSURE)) if cell.text else cell
