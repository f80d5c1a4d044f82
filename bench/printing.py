"""Prints a report in any of the ways that real ones are printed: tables in other looks, pages as text or scan."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pypdfium2

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus" / "sources"))

import as_text  # noqa: E402
import with_typst  # noqa: E402
import with_writer  # noqa: E402
from as_scan import scan  # noqa: E402
from source import Block, Cell, Column, Report, Row, Table  # noqa: E402

MOST_TURNED = 7
"""A table with more rows than this would be wider than a page if it were turned."""
SLIDES = {"paper": "presentation-16-9", "size": "17", "table_size": "13"}
LINE = 3.0
"""Characters whose middles are nearer than this, in points, stand on one line."""
WORD_GAP = 0.2
"""A gap wider than this share of a line's height parts words."""
CHARACTER = 4.4
"""Points for each place of the text that keeps its layout."""

Change = Callable[[Report], Report]


def in_look(report: Report, look: str, **facts: str) -> Report:
    """The report with all its tables in one look, and other facts."""
    own = {"look", "size"} if "table_size" in facts else {"look"}
    blocks = [without_options(block, own) if isinstance(block, Table) else block for block in report.blocks]
    return replace(report, facts={**report.facts, "look": look, **facts}, blocks=blocks)


def without_options(table: Table, names: set[str]) -> Table:
    return replace(table, options={name: value for name, value in table.options.items() if name not in names})


def as_slides(report: Report) -> Report:
    """Wide pages with large letters, all of one orientation."""
    slides = in_look(report, "zebra", **SLIDES)
    return replace(slides, blocks=[b for b in slides.blocks if b.kind not in ("landscape", "portrait")])


def captions_below(report: Report) -> Report:
    """Each table's title in a line below it, and no longer in a heading of its own above it."""
    blocks: list[Block | Table] = []
    numbers = count(1)
    for block in report.blocks:
        title = block.options.get("title") if isinstance(block, Table) else None
        if title and blocks and blocks[-1].kind == "heading" and blocks[-1].text == title:
            blocks.pop()
        blocks.append(block)
        if title:
            blocks.append(Block("tablenote", f"Tabell {next(numbers)}. {title}"))
    return replace(in_look(report, "rules"), blocks=blocks)


def light_headers(report: Report) -> Report:
    """Tables without lines whose header is set like the rows, in narrow columns."""
    plain = in_look(report, "borderless")
    blocks = [
        replace(block, options={**block.options, "light": "yes"}) if isinstance(block, Table) else block
        for block in plain.blocks
    ]
    return replace(plain, blocks=blocks)


def turned(report: Report) -> Report:
    """Small tables turned: their columns down the side, their rows across."""
    blocks = [turn(block) if isinstance(block, Table) and can_turn(block) else block for block in report.blocks]
    return replace(in_look(report, "grid"), blocks=blocks)


def can_turn(table: Table) -> bool:
    """Whether a table has nothing but labels, numbers and one level of header, and few rows."""
    roles = [column.role for column in table.columns]
    is_plain = roles[0] == "label" and set(roles[1:]) <= set("otfbpve") and "turned" not in table.options
    flat = all(len(column.levels) == 1 for column in table.columns)
    return (
        is_plain and flat and len(table.rows) <= MOST_TURNED and {row.kind for row in table.rows} <= {"plain", "total"}
    )


def turn(table: Table) -> Table:
    """The table with rows for columns; what a cell means goes with it."""
    columns = [Column(table.columns[0].header, "label"), *(Column(row.cells[0].text, "o") for row in table.rows)]
    rows = [
        Row("plain", [Cell(column.header), *(row.cells[i] for row in table.rows)])
        for i, column in enumerate(table.columns[1:], start=1)
    ]
    options = {name: value for name, value in table.options.items() if name != "widths"}
    return Table(table.kind, {**options, "widths": ",".join(["1.6", *["1"] * len(table.rows)])}, columns, rows)


def layout_text(report: Report) -> str:
    """The text of the report's PDF with its columns kept by spaces."""
    pdf = pypdfium2.PdfDocument(with_typst.typeset(report))
    return "\n\f".join("\n".join(layout_lines(page)) for page in pdf) + "\n"


def layout_lines(page: pypdfium2.PdfPage) -> list[str]:
    """A page's lines, each word at the place where it is printed."""
    text = page.get_textpage()
    found = [(text.get_text_range(i, 1), text.get_charbox(i, loose=True)) for i in range(text.count_chars())]
    chars = [(c, *box) for c, box in found if c.strip() and box[2] > box[0]]
    rows: list[list[tuple[str, float, float, float, float]]] = []
    for char in sorted(chars, key=lambda c: -(c[2] + c[4])):
        middle = statistics.mean((rows[-1][0][2], rows[-1][0][4])) if rows else 0.0
        if rows and abs(middle - (char[2] + char[4]) / 2) < LINE:
            rows[-1].append(char)
        else:
            rows.append([char])
    return [layout_line(sorted(row, key=lambda c: c[1])) for row in rows]


def layout_line(chars: list[tuple[str, float, float, float, float]]) -> str:
    """One line: words stand at their places, and never nearer than two spaces where a gap is wide."""
    line, end = "", 0.0
    for character, left, _, right, _ in chars:
        if not line or left - end > 2 * CHARACTER:
            place = round(left / CHARACTER)
            line = line.ljust(place) if len(line) + 2 <= place else f"{line}  " if line else " " * place
        elif left - end > WORD_GAP * 9:
            line += " "
        line, end = line + character, right
    return line


def as_pdf(change: Change, report: Report) -> dict[str, bytes]:
    return {".pdf": with_typst.typeset(change(report))}


def as_picture_pages(report: Report) -> dict[str, bytes]:
    return {".pdf": scan(in_look(report, "grid", skew="0.4"))}


def as_plain(write: Callable[[Report], str], suffix: str, report: Report) -> dict[str, bytes]:
    printed = replace(report, facts={"look": "grid", **report.facts})
    return {suffix: write(printed).encode()}


def without_colours(report: Report) -> Report:
    """The report as a grey page tells it: what a coloured dot says of a goal cannot be seen."""
    blocks = [
        replace(block, rows=[replace(row, cells=[_without_colour(cell) for cell in row.cells]) for row in block.rows])
        if isinstance(block, Table) and block.kind == "goals"
        else block
        for block in report.blocks
    ]
    return replace(report, blocks=blocks)


def _without_colour(cell: Cell) -> Cell:
    return replace(cell, meaning=None) if cell.text.startswith("[") and not cell.printed else cell


def by_writer(look: str, report: Report) -> dict[str, bytes]:
    """The report set by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        with_writer.typeset_all([in_look(report, look)], Path(folder))
        return {".pdf": Path(folder, f"{report.stem}.pdf").read_bytes()}


GREY = ("pasted", "scan")
"""Printers that print in black and white."""
PRINTERS: dict[str, Callable[[Report], dict[str, bytes]]] = {
    **{look: partial(as_pdf, partial(in_look, look=look)) for look in with_typst.LOOKS},
    "light": partial(as_pdf, light_headers),
    "slides": partial(as_pdf, as_slides),
    "watermark": partial(as_pdf, partial(in_look, look="grid", watermark="UTKAST")),
    "pasted": partial(as_pdf, partial(in_look, look="grid", picture="yes")),
    "captions": partial(as_pdf, captions_below),
    "turned": partial(as_pdf, turned),
    "scan": as_picture_pages,
    "markdown": partial(as_plain, as_text.write_markdown, ".md"),
    "tabs": partial(as_plain, as_text.write_tabs, ".txt"),
    "cells": partial(as_plain, as_text.write_cells, ".txt"),
    "lines": partial(as_plain, as_text.write_lines, ".txt"),
    "layout": partial(as_plain, layout_text, ".txt"),
}
"""Each way of printing: the file's suffix and content."""
if with_writer.is_installed():
    PRINTERS |= {f"writer {look}": partial(by_writer, look) for look in with_writer.LOOKS}
