"""Writes a report as a Word file: styles, lists, footnotes, text boxes, and tables with merged cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from source import Block, Report, Row, Table, runs
from with_typst import ICON_COLOURS, MERGED, rows_below

HEADER_FILL = "D9E2F3"
INDENT = 10
"""Points that a part of the line above is set in by."""
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
NOTE = (
    '<w:footnote w:id="{id}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
)
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
BOX = (
    '<w:r {namespaces} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps='
    '"http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">'
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{text}</w:txbxContent>'
    "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{text}"
    "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


class WordWriter:
    """Builds one Word file from its start to its end."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.document: Document = docx.Document()
        self.noted: dict[str, int] = {}

    def write(self) -> bytes:
        """Return the whole file; dates are fixed, so the same source gives the same bytes."""
        facts = self.report.facts
        stamp = datetime(int(facts["year"]), 3, 1, tzinfo=UTC)
        properties = self.document.core_properties
        properties.title, properties.author, properties.last_modified_by = facts["title"], facts["committee"], ""
        properties.created = properties.modified = stamp
        section = self.document.sections[0]
        section.header.paragraphs[0].text = facts.get("header", "")
        section.footer.paragraphs[0].text = facts.get("footer", "")
        for block in self.report.blocks:
            self.add(block)
        self.add_notes()
        file = io.BytesIO()
        self.document.save(file)
        return undated(file.getvalue())

    def add(self, block: Block | Table) -> None:
        """Add any block."""
        if isinstance(block, Table):
            self.add_table(block)
        elif block.kind == "heading":
            self.fill(self.document.add_heading(level=block.level), block.text)
        elif block.kind == "box":
            self.add_box(block.text)
        elif block.kind == "deleted":
            self.add_deleted(block.text)
        elif block.kind == "page":
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif block.kind in ("paragraph", "tablenote", "bullet", "numbered"):
            style = {"bullet": "List Bullet", "numbered": "List Number"}.get(block.kind)
            self.fill(self.document.add_paragraph(style=style), block.text)

    def fill(self, paragraph: Paragraph, text: str, *, bold: bool | None = None, italic: bool | None = None) -> None:
        """Fill a paragraph with inline notation."""
        for run in runs(text):
            if run.kind == "sup" and run.text in self.report.notes and run.text.isdigit():
                self.add_reference(paragraph, run.text)
                continue
            shown = {"br": "\n", "join": "\n", "hyphen": "-\n", "tag": "", "icon": "●"}.get(run.kind, run.text)
            added = paragraph.add_run(shown)
            added.bold = True if run.kind == "bold" else bold
            added.italic = True if run.kind == "italic" else italic
            if run.kind == "sup":
                added.font.superscript = True
            if run.kind == "icon":
                added.font.color.rgb = RGBColor.from_string(ICON_COLOURS[run.text].upper())

    def add_reference(self, paragraph: Paragraph, mark: str) -> None:
        """Add a reference to a footnote; Word numbers them as they come."""
        number = self.noted.setdefault(mark, len(self.noted) + 1)
        if str(number) != mark:
            raise ValueError(f"footnote {mark} is the {number}. that the text refers to: Word would number it so")
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{number}"/>'))

    def add_notes(self) -> None:
        """Add the part that holds the footnotes."""
        notes = "".join(NOTE.format(id=n, text=escape(self.report.notes[mark])) for mark, n in self.noted.items())
        blob = f"<w:footnotes {nsdecls('w')}>{SEPARATORS}{notes}</w:footnotes>".encode()
        package = self.document.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def add_box(self, text: str) -> None:
        """Add a text box, twice as Word writes it: for new programs and for old ones."""
        inner = f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
        box = parse_xml(BOX.format(namespaces=nsdecls("w"), text=inner))
        self.document.add_paragraph()._p.append(box)

    def add_deleted(self, text: str) -> None:
        """Add a sentence that was struck out while changes were tracked."""
        deleted = (
            f'<w:del {nsdecls("w")} w:id="1" w:author="N"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'
        )
        self.document.add_paragraph()._p.append(parse_xml(deleted))

    def add_table(self, table: Table) -> None:
        """Add a whole table with its header repeated on each page."""
        levels = max(len(column.levels) for column in table.columns)
        added = self.document.add_table(levels + len(table.rows), len(table.columns), style="Table Grid")
        grid = [list(row.cells) for row in added.rows]  # asked for once: python-docx looks each row up anew
        for level in range(levels):
            self.fill_header(table, grid, level, levels)
            if "norepeat" not in table.options:
                added.rows[level]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for index, row in enumerate(table.rows):
            self.fill_row(table, grid, levels, index, row)
        self.document.add_paragraph()

    def fill_header(self, table: Table, grid: list[list[_Cell]], level: int, levels: int) -> None:
        """Fill one header row; a group over several columns is one merged cell."""
        for index, column in enumerate(table.columns):
            names = column.levels
            if level >= len(names):
                continue
            cell = grid[level][index]
            if levels > 1 and len(names) == 1:
                cell = cell.merge(grid[levels - 1][index])
            elif level == 0 and len(names) > 1:
                if index and table.columns[index - 1].levels[0] == names[0]:
                    continue
                last = max(i for i in range(index, len(table.columns)) if table.columns[i].levels[0] == names[0])
                cell = cell.merge(grid[0][last])
            self.fill(cell.paragraphs[0], names[level], bold=True)
            shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{HEADER_FILL}"/>')
            cell._tc.get_or_add_tcPr().append(shading)

    def fill_row(self, table: Table, grid: list[list[_Cell]], levels: int, index: int, row: Row) -> None:
        """Fill one body row; an empty goal cell is merged into the one above."""
        for i, (column, written) in enumerate(zip(table.columns, row.cells, strict=True)):
            cell = grid[levels + index][i]
            merged = "merge" in table.options and column.role in MERGED
            if merged and index and not written.text:
                continue
            if merged and (below := rows_below(table, index, i)) > 1:
                cell = cell.merge(grid[levels + index + below - 1][i])
            paragraph = cell.paragraphs[0]
            plain = column.role in MERGED
            bold = True if row.kind in ("total", "grand", "band") and not plain else None
            italic = True if row.kind in ("part", "subband") and not plain else None
            if row.kind == "part" and column.role == "label":
                paragraph.paragraph_format.left_indent = Pt(INDENT)
            self.fill(paragraph, written.text, bold=bold, italic=italic)


def undated(data: bytes) -> bytes:
    """The package without the day on which it was packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in ordered(old.namelist()):
            new.writestr(zipfile.ZipInfo(name, ZIP_DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def ordered(names: list[str]) -> Iterator[str]:
    """The parts in an order that does not change; what says their types stands first."""
    yield "[Content_Types].xml"
    yield from sorted(name for name in names if name != "[Content_Types].xml")


def write_word(report: Report) -> bytes:
    """The report as a Word file."""
    return WordWriter(report).write()
