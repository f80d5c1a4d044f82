"""Small tables drawn as text, for tests of what comes after reading."""

from __future__ import annotations

from schema.layout import Block, Cell, Content, Item, Source, Table

SOURCE = Source("test", "test.txt", "0" * 64, "text/plain")


def draw_table(drawing: str, *, number: int = 1, title: str = "", header_rows: tuple[int, ...] = (0,)) -> Table:
    """Read lines of cells parted by pipes; *italic* marks a sub-row, **bold** a heading or sum."""
    cells = []
    for row, line in enumerate(line for line in drawing.splitlines() if line.strip()):
        for col, text in enumerate(line.split("|")):
            cells.append(draw_cell(row, col, text.strip()))
    return Table(number, tuple(cells), header_rows=header_rows, title=title, engine="drawn")


def draw_cell(row: int, col: int, text: str) -> Cell:
    bold = text.startswith("**") and text.endswith("**")
    italic = not bold and len(text) > 2 and text.startswith("*") and text.endswith("*")
    text = text.strip("*") if bold or italic else text
    lines = tuple(text.split("\\n"))
    return Cell(row, col, " ".join(lines), lines=lines, bold=bold, italic=italic)


def heading(text: str, level: int = 0) -> Block:
    return Block("heading", text, level=level)


def paragraph(text: str) -> Block:
    return Block("paragraph", text)


def content(*items: Item) -> Content:
    return Content(SOURCE, items)
