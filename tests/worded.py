"""Small Word files for the tests: written with python-docx, and in markup where it has no way."""

from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table as WordTable

from extract.readers import read_file
from schema.layout import Content, Table

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def new() -> Document:
    return docx.Document()


def read(document: Document, folder: Path) -> Content:
    path = folder / "report.docx"
    document.save(str(path))
    return read_file(path)


def markup(text: str):
    """An element from its markup; the first tag gets the names of Word and of compatibility."""
    start, _, rest = text.partition(">")
    end = "/" if start.endswith("/") else ""
    return parse_xml(f"{start.removesuffix('/')} {nsdecls('w')} {MC}{end}>{rest}")


def add_table(document: Document, rows: list[list[str]]) -> WordTable:
    """A table of these texts; `<` goes on with the cell to the left, `^` with the cell above."""
    table = document.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text not in ("<", "^"):
                last_row = next((n for n in range(r + 1, len(rows)) if rows[n][c] != "^"), len(rows)) - 1
                last_col = next((n for n in range(c + 1, len(row)) if row[n] != "<"), len(row)) - 1
                table.cell(r, c).merge(table.cell(last_row, last_col)).text = text
    return table


def add_notes(document: Document, **notes: str) -> None:
    """The part that holds the footnotes, each by its id."""
    bodies = "".join(
        f'<w:footnote w:id="{number.strip("n")}"><w:p>{text}</w:p></w:footnote>' for number, text in notes.items()
    )
    blob = f"<w:footnotes {nsdecls('w')}>{bodies}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def reference(number: int, **attributes: str):
    """A run that refers to a footnote."""
    given = "".join(f' w:{name}="{value}"' for name, value in attributes.items())
    return markup(f'<w:r><w:footnoteReference w:id="{number}"{given}/></w:r>')


def texts(table: Table) -> list[list[str]]:
    """The table's texts row by row, a merged cell's in each of its places."""
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]
