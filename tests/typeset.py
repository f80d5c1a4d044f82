"""Small PDFs for the tests, set with Typst, one difficulty each."""

from pathlib import Path

from fonts import set_with_typst

from extract.readers import read_file
from schema.layout import Content, Table

PAGE = """
#set page(width: 420pt, height: 400pt, margin: (x: 40pt, y: 50pt))
#set text(size: 10pt, lang: "sv", font: "Libertinus Serif")
"""
RUNNING = """
#set page(header: [Testkommun], footer: context counter(page).display("1 (1)", both: true))
"""


def typeset(folder: Path, body: str, *, name: str = "report", page: str = PAGE) -> Path:
    """Typeset a body of Typst markup to a PDF."""
    source = folder / f"{name}.typ"
    source.write_text(page + body, encoding="utf-8")
    target = folder / f"{name}.pdf"
    target.write_bytes(set_with_typst(source))
    return target


def read(path: Path) -> Content:
    return read_file(path)


def read_typeset(folder: Path, body: str, *, page: str = PAGE) -> Content:
    return read(typeset(folder, body, page=page))


def texts(table: Table) -> list[list[str]]:
    """The table's texts row by row; a merged cell's text only in its first place."""
    return [
        [c.text if c and (c.row, c.col) == (r, k) else "" for k, c in enumerate(row)]
        for r, row in enumerate(table.grid())
    ]
