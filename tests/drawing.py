"""Small tables drawn as text, for tests of what comes after reading."""

from __future__ import annotations

from dataclasses import replace

from schema.layout import Block, Cell, Content, Item, Source, Table

SOURCE = Source("test", "test.txt", "0" * 64, "text/plain")


def draw_table(drawing: str, *, number: int = 1, title: str = "", header_rows: tuple[int, ...] = (0,)) -> Table:
    """Read lines of cells parted by pipes; *italic* marks a sub-row, **bold** a heading or sum.

    `>` before a text indents it, `^` continues the cell above, `<` the cell to the left.
    """
    cells: dict[tuple[int, int], Cell] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(line for line in drawing.splitlines() if line.strip()):
        for col, text in enumerate(part.strip() for part in line.split("|")):
            above_or_left = {"^": (row - 1, col), "<": (row, col - 1)}.get(text)
            owner[row, col] = owner[above_or_left] if above_or_left else (row, col)
            if above_or_left is None:
                cells[row, col] = draw_cell(row, col, text)
    return Table(
        number,
        tuple(_spanning(cell, owner) for cell in cells.values()),
        header_rows=header_rows,
        title=title,
        engine="drawn",
    )


def _spanning(cell: Cell, owner: dict[tuple[int, int], tuple[int, int]]) -> Cell:
    covered = [place for place, first in owner.items() if first == (cell.row, cell.col)]
    rows, cols = (max(place[axis] for place in covered) for axis in (0, 1))
    return replace(cell, row_span=rows - cell.row + 1, col_span=cols - cell.col + 1)


def draw_cell(row: int, col: int, text: str) -> Cell:
    indent = 6.0 * (len(text) - len(text.lstrip("> "))) / 2 if text.startswith(">") else 0.0
    text = text.lstrip("> ") if indent else text
    bold = text.startswith("**") and text.endswith("**")
    italic = not bold and len(text) > 2 and text.startswith("*") and text.endswith("*")
    text = text.strip("*") if bold or italic else text
    lines = tuple(text.split("\\n"))
    return Cell(row, col, " ".join(lines), lines=lines, bold=bold, italic=italic, indent=indent)


def heading(text: str, level: int = 0) -> Block:
    return Block("heading", text, level=level)


def paragraph(text: str) -> Block:
    return Block("paragraph", text)


def item(text: str) -> Block:
    return Block("list_item", text)


def content(*items: Item) -> Content:
    return Content(SOURCE, items)
