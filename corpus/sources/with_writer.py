"""Typesets reports as PDF with LibreOffice Writer, by way of flat OpenDocument files."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from source import Block, Column, Report, Table, runs
from with_typst import ICON_COLOURS, MERGED, alignment, default_widths, rows_below

FAMILIES = {"serif": "Liberation Serif", "sans": "Liberation Sans"}
"""LibreOffice sets with the fonts of the machine; Debian ships these as `fonts-liberation`."""
TEXT_WIDTH = 16.6
LANDSCAPE_WIDTH = 25.3
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
LOOKS = {
    "grid": ('fo:border="0.5pt solid #000000"', "#d9e2f3", "#000000"),
    "rules": ('fo:border-bottom="0.5pt solid #7f7f7f"', "transparent", "#000000"),
    "zebra": ('fo:border="0.5pt solid #bfbfbf"', "#44546a", "#ffffff"),
    "borderless": ('fo:border="none"', "transparent", "#000000"),
}
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document {namespaces} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Body" svg:font-family="{font}"/>
<style:font-face style:name="Head" svg:font-family="{heading_font}"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name="Body" fo:font-size="{size}pt"
 fo:language="sv" fo:country="SE"/></style:default-style>
<style:style style:name="Text" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.25cm"
 fo:orphans="2" fo:widows="2"/></style:style>
{headings}
<style:style style:name="Small" style:family="paragraph"><style:text-properties fo:font-size="8pt"/></style:style>
<style:style style:name="sup" style:family="text"><style:text-properties style:text-position="super 60%"/></style:style>
<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="italic" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
{icons}
<text:notes-configuration text:note-class="footnote" text:citation-body-style-name="sup" text:citation-style-name="sup"
 style:num-format="1" text:start-value="0"/>
</office:styles>
<office:automatic-styles>
{layouts}
{automatic}
</office:automatic-styles>
<office:master-styles>{masters}</office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>
"""
LAYOUT = """<style:page-layout style:name="{name}Layout"><style:page-layout-properties fo:page-width="{width}"
 fo:page-height="{height}" style:print-orientation="{name}" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm"
 fo:margin-left="2.2cm" fo:margin-right="2.2cm"/>
<style:header-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-bottom="0.4cm"/>
</style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-top="0.4cm"/>
</style:footer-style>
</style:page-layout>"""
MASTER = """<style:master-page style:name="{name}" style:page-layout-name="{name}Layout">
<style:header><text:p text:style-name="Small">{header}</text:p></style:header>
<style:footer><text:p text:style-name="Small">{footer} <text:page-number text:select-page="current"/>
 (<text:page-count/>)</text:p></style:footer></style:master-page>"""


PAGE_BREAK = '<style:paragraph-properties fo:break-before="page"/>'
HEADING_SIZES = {1: 18, 2: 14, 3: 12, 4: 11}


class Writer:
    """Builds one flat OpenDocument file; automatic styles are collected on the way."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.styles: dict[str, str] = {}
        self.width = TEXT_WIDTH
        self.next_master: str | None = "portrait"
        self.noted: set[str] = set()
        self.items = 0

    def style(self, family: str, properties: str, attributes: str = "") -> str:
        """The name of an automatic style with these properties."""
        key = f'style:family="{family}"{attributes}>{properties}</style:style>'
        return self.styles.setdefault(key, f"a{len(self.styles)}")

    def inline(self, text: str) -> str:
        """Inline notation as spans."""
        return "".join(self.run(run.kind, run.text) for run in runs(text))

    def run(self, kind: str, text: str) -> str:
        """One run; a raised mark with a note of its own becomes a footnote."""
        if kind == "sup" and text.isdigit() and text in self.report.notes and text not in self.noted:
            self.noted.add(text)
            note = escape(self.report.notes[text])
            return (
                f'<text:note text:id="n{text}" text:note-class="footnote"><text:note-citation>{text}'
                f'</text:note-citation><text:note-body><text:p text:style-name="Small">{note}</text:p>'
                "</text:note-body></text:note>"
            )
        if kind == "icon":
            return f'<text:span text:style-name="icon-{text}">●</text:span>'
        if kind in ("sup", "bold", "italic"):
            return f'<text:span text:style-name="{kind}">{escape(text)}</text:span>'
        if kind == "tag":
            return ""
        breaks = {"br": "<text:line-break/>", "join": "<text:line-break/>", "hyphen": "-<text:line-break/>"}
        return breaks.get(kind) or escape(text)

    def block(self, block: Block | Table) -> str:
        """Any block."""
        if isinstance(block, Table):
            return self.table(block) + '<text:p text:style-name="Small"/>'
        if block.kind in ("landscape", "portrait"):
            self.next_master = block.kind
            self.width = LANDSCAPE_WIDTH if block.kind == "landscape" else TEXT_WIDTH
        if block.kind == "page":
            return f'<text:p text:style-name="{self.style("paragraph", PAGE_BREAK)}"/>'
        if block.kind == "heading":
            style = self.paragraph_style(f"H{block.level}")
            content = self.inline(block.text)
            return f'<text:h text:outline-level="{block.level}" text:style-name="{style}">{content}</text:h>'
        names = {"paragraph": "Text", "box": "Text", "tablenote": "Small", "bullet": "Text", "numbered": "Text"}
        if block.kind not in names:
            return ""
        self.items += block.kind == "numbered"
        content = {"bullet": "•  ", "numbered": f"{self.items}. "}.get(block.kind, "") + self.inline(block.text)
        return f'<text:p text:style-name="{self.paragraph_style(names[block.kind])}">{content}</text:p>'

    def paragraph_style(self, name: str) -> str:
        """The style, or a child of it that starts on a page of the new orientation."""
        if not self.next_master:
            return name
        attributes = f' style:parent-style-name="{name}" style:master-page-name="{self.next_master}"'
        self.next_master = None
        return self.style("paragraph", "", attributes)

    def table(self, table: Table) -> str:
        """A whole table."""
        widths = [float(w) for w in table.options.get("widths", default_widths(table)).split(",")]
        columns = "".join(self.column(self.width * width / sum(widths)) for width in widths)
        properties = f'<style:table-properties style:width="{self.width}cm" table:align="left"/>'
        name = self.style("table", properties)
        head = "".join(self.header_rows(table))
        if "norepeat" not in table.options:
            head = f"<table:table-header-rows>{head}</table:table-header-rows>"
        body = "".join(self.body_row(table, i) for i in range(len(table.rows)))
        return f'<table:table table:style-name="{name}">{columns}{head}{body}</table:table>'

    def column(self, width: float) -> str:
        """A column of this width in centimetres."""
        name = self.style("table-column", f'<style:table-column-properties style:column-width="{width:.2f}cm"/>')
        return f'<table:table-column table:style-name="{name}"/>'

    def header_rows(self, table: Table) -> list[str]:
        """The header rows; a group over several columns is one merged cell."""
        levels = max(len(column.levels) for column in table.columns)
        tall = "2.4cm" if "rotate" in table.options else "0.4cm"
        indices = range(len(table.columns))
        rows = [[self.header_cell(table, i, level, levels) for i in indices] for level in range(levels)]
        return [self.row(cells, tall) for cells in rows]

    def header_cell(self, table: Table, index: int, level: int, levels: int) -> str:
        """One header cell, or the covered cell under a merged one."""
        column = table.columns[index]
        names = column.levels
        first = index == 0 or table.columns[index - 1].levels[0] != names[0]
        if (len(names) == 1 and level) or (len(names) > 1 and level == 0 and not first):
            return "<table:covered-table-cell/>"
        span = ""
        if len(names) == 1 and levels > 1:
            span = f' table:number-rows-spanned="{levels}"'
        elif level == 0 and len(names) > 1:
            span = f' table:number-columns-spanned="{sum(c.levels[0] == names[0] for c in table.columns)}"'
        rotated = column.role in table.options.get("rotate", "").split(",")
        return self.cell(table, column, self.inline(names[level]), "header", span, rotated=rotated)

    def body_row(self, table: Table, index: int) -> str:
        """One body row; an empty goal cell is merged into the one above."""
        row = table.rows[index]
        cells = []
        for i, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            merged = "merge" in table.options and column.role in MERGED
            if merged and index and not cell.text:
                cells.append("<table:covered-table-cell/>")
                continue
            span = f' table:number-rows-spanned="{rows_below(table, index, i)}"' if merged else ""
            kind = "plain" if column.role in MERGED else row.kind
            cells.append(self.cell(table, column, self.inline(cell.text), kind, span))
        return self.row(cells)

    def row(self, cells: list[str], height: str = "0.4cm") -> str:
        """A table row of at least this height."""
        name = self.style("table-row", f'<style:table-row-properties style:min-row-height="{height}"/>')
        return f'<table:table-row table:style-name="{name}">{"".join(cells)}</table:table-row>'

    def cell(self, table: Table, column: Column, content: str, kind: str, span: str, rotated: bool = False) -> str:
        """A cell in the table's look."""
        look = table.options.get("look", self.report.facts["look"])
        border, fill, colour = LOOKS[look]
        back = f' fo:background-color="{fill}"' if kind == "header" and fill != "transparent" else ""
        turned = ' style:writing-mode="bt-lr" style:vertical-align="bottom"' if rotated else ""
        name = self.style("table-cell", f'<style:table-cell-properties {border} fo:padding="0.09cm"{back}{turned}/>')
        align = {"right": "end"}.get(alignment(table, column), alignment(table, column))
        weight = ' fo:font-weight="bold"' if kind in ("header", "total", "grand", "band") else ""
        slant = ' fo:font-style="italic"' if kind in ("part", "subband") else ""
        ink = colour if kind == "header" else "#000000"
        size = table.options.get("size", self.report.facts.get("table_size", "9"))
        indent = ' fo:margin-left="0.3cm"' if kind == "part" and column.role == "label" else ""
        paragraph = self.style(
            "paragraph",
            f'<style:paragraph-properties fo:text-align="{align}"{indent}/>'
            f'<style:text-properties fo:font-size="{size}pt" fo:color="{ink}"{weight}{slant}/>',
        )
        text = f'<text:p text:style-name="{paragraph}">{content}</text:p>'
        return f'<table:table-cell table:style-name="{name}"{span} office:value-type="string">{text}</table:table-cell>'

    def document(self) -> str:
        """The whole file."""
        facts = self.report.facts
        body = "\n".join(self.block(block) for block in self.report.blocks)
        font = facts.get("font", "sans")
        sizes = {"portrait": ("21cm", "29.7cm"), "landscape": ("29.7cm", "21cm")}
        return DOCUMENT.format(
            namespaces=NAMESPACES,
            font=FAMILIES[font],
            heading_font=FAMILIES[facts.get("heading_font", font)],
            size=facts.get("size", "10.5"),
            headings="\n".join(heading_style(level, facts) for level in HEADING_SIZES),
            icons="\n".join(icon_style(name) for name in ICON_COLOURS),
            layouts="".join(LAYOUT.format(name=n, width=w, height=h) for n, (w, h) in sizes.items()),
            automatic="\n".join(f'<style:style style:name="{n}" {rest}' for rest, n in self.styles.items()),
            masters="".join(
                MASTER.format(name=name, header=escape(facts.get("header", "")), footer=escape(facts.get("footer", "")))
                for name in sizes
            ),
            body=body,
        )


def heading_style(level: int, facts: dict[str, str]) -> str:
    """A heading's style."""
    return (
        f'<style:style style:name="H{level}" style:family="paragraph"><style:paragraph-properties'
        f' fo:margin-top="0.5cm" fo:margin-bottom="0.25cm" fo:keep-with-next="always"/><style:text-properties'
        f' style:font-name="Head" fo:font-weight="bold" fo:color="#{facts.get("colour", "000000")}"'
        f' fo:font-size="{HEADING_SIZES[level]}pt"/></style:style>'
    )


def icon_style(name: str) -> str:
    """A coloured dot's style."""
    return (
        f'<style:style style:name="icon-{name}" style:family="text"><style:text-properties'
        f' fo:color="#{ICON_COLOURS[name]}" fo:font-size="13pt"/></style:style>'
    )


def is_installed() -> bool:
    """Whether LibreOffice can be started."""
    return shutil.which("soffice") is not None


def typeset_all(reports: list[Report], folder: Path) -> None:
    """Write every report as PDF with one start of LibreOffice."""
    if not reports:
        return
    with tempfile.TemporaryDirectory() as scratch:
        sources = [Path(scratch, f"{report.stem}.fodt") for report in reports]
        for report, source in zip(reports, sources, strict=True):
            source.write_text(Writer(report).document(), encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", scratch, *map(str, sources)], check=True, capture_output=True)
        for report, source in zip(reports, sources, strict=True):
            data = source.with_suffix(".pdf").read_bytes()
            (folder / f"{report.stem}.pdf").write_bytes(undated(data, report.facts["year"]))


def undated(data: bytes, year: str) -> bytes:
    """The PDF with a fixed date and no random identifier, byte for byte as long as before."""
    date, zero = f"{year}0301090000+01'00'".encode(), b"0"
    data = re.sub(rb"/CreationDate\(D:[^)]*\)", b"/CreationDate(D:" + date + b")", data)
    data = re.sub(rb"(?<=/ID \[ <)[0-9A-F]{32}(>\s*<)[0-9A-F]{32}(?=> \])", zero * 32 + rb"\1" + zero * 32, data)
    return re.sub(rb"(?<=/DocChecksum /)[0-9A-F]{32}", zero * 32, data)
