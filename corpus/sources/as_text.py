"""Writes a report as text: Markdown with pipe tables, tab-separated, or each cell on a line of its own."""

from __future__ import annotations

import html
import io
import re
import textwrap

import pypdfium2
from source import Block, Cell, Report, Row, Table, runs
from with_typst import default_widths, typeset

PAGE_CHARACTERS = 100
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
TAGS = {"bold": "<u>{}</u>", "italic": "<i>{}</i>", "tag": "{}"}
STARS = {"bold": "**{}**", "italic": "*{}*"}


def inline(text: str, marks: dict[str, str], line_break: str) -> str:
    """Inline notation as text; coloured dots are lost, as they are when a PDF becomes text."""
    parts = []
    for run in runs(text):
        if run.kind == "sup":
            parts.append(f" {run.text.translate(SUPERSCRIPTS)}" if run.text.isdigit() else run.text)
        elif run.kind in marks:
            parts.append(marks[run.kind].format(run.text))
        elif run.kind in ("br", "join", "hyphen"):
            parts.append({"br": line_break, "join": " ", "hyphen": ""}[run.kind])
        elif run.kind == "text":
            parts.append(run.text)
    return "".join(parts).strip()


def write_markdown(report: Report) -> str:
    """Markdown with pipe tables."""
    return "\n\n".join(filter(None, (markdown_block(block) for block in report.blocks))) + "\n"


def markdown_block(block: Block | Table) -> str:
    """One block as Markdown."""
    if isinstance(block, Table):
        return markdown_table(block)
    text = inline(block.text, STARS, " ")
    if block.kind == "heading":
        return "#" * block.level + " " + text
    if block.kind == "note":
        return note_line(block.text)
    return {"bullet": f"- {text}", "paragraph": text, "tablenote": text}.get(block.kind, "")


def markdown_table(table: Table) -> str:
    """A pipe table; header levels share one line."""
    head = [inline(" ".join(column.levels), STARS, " ") for column in table.columns]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    lines += [f"| {' | '.join(styled(row, cell, '*{}*') for cell in row.cells)} |" for row in table.rows]
    return "\n".join(lines)


def styled(row: Row, cell: Cell, look: str) -> str:
    """A cell's text, set off where the row is a part or a band."""
    text = inline(cell.text, STARS if "*" in look else TAGS, " " if "*" in look else "<br>")
    return look.format(text) if text and row.kind in ("part", "subband") else text


def note_line(text: str) -> str:
    """A footnote's text as it is left on a line of its own."""
    mark, _, rest = text.partition(" ")
    return f"{mark.translate(SUPERSCRIPTS)} {rest}"


def write_tabs(report: Report) -> str:
    """Tab-separated tables between paragraphs, with tags left over from a conversion."""
    return "\n\n".join(filter(None, (tabs_block(block) for block in report.blocks))) + "\n"


def tabs_block(block: Block | Table) -> str:
    """One block with its leftover tags."""
    if isinstance(block, Table):
        return tabs_table(block)
    text = inline(block.text, STARS, " ")
    if block.kind == "note":
        return note_line(block.text)
    return {"bullet": f"- {text}", "heading": text, "paragraph": text, "tablenote": text}.get(block.kind, "")


def tabs_table(table: Table) -> str:
    """Rows of cells between tabs; a header over two levels takes two lines."""
    levels = max(len(column.levels) for column in table.columns)
    lines = []
    for level in range(levels):
        names = [column.levels[level] if level < len(column.levels) else "" for column in table.columns]
        lines.append("\t".join(inline(name, TAGS, "<br>") for name in names))
    lines += ["\t".join(styled(row, cell, "<i>{}</i>") for cell in row.cells) for row in table.rows]
    return "\n".join(lines)


def write_lines(report: Report) -> str:
    """The text of the report's own PDF in the order it was drawn, where cells have lost their columns."""
    pdf = pypdfium2.PdfDocument(io.BytesIO(typeset(report)))
    pages = [page.get_textpage().get_text_range() for page in pdf]
    return "\n\n".join(tidy(page) for page in pages) + "\n"


def write_cells(report: Report) -> str:
    """Each cell on lines of its own, broken where its narrow column breaks it, an empty line between cells."""
    return "\n\n".join(filter(None, (cells_block(report, block) for block in report.blocks))) + "\n"


def cells_block(report: Report, block: Block | Table) -> str:
    """One block; page breaks show as the page's footer between blocks."""
    if isinstance(block, Table):
        return cells_table(block)
    if block.kind == "page":
        return report.facts.get("footer", "")
    text = re.sub(r"\*\*?", "", tabs_block(block))
    return textwrap.fill(text, PAGE_CHARACTERS)


def cells_table(table: Table) -> str:
    """A table's cells: short neighbours share a line, the others stand alone."""
    shares = [float(share) for share in table.options.get("widths", default_widths(table)).split(",")]
    widths = [max(7, round(PAGE_CHARACTERS * share / sum(shares))) for share in shares]
    rows = [[inline(" ".join(column.levels), {}, " ") for column in table.columns]]
    rows += [[inline(cell.text, {}, "\n") for cell in row.cells] for row in table.rows]
    return "\n\n".join(filter(None, (cells_row(row, widths) for row in rows)))


def cells_row(cells: list[str], widths: list[int]) -> str:
    """One row: cells that need one line follow each other on it, a longer cell is parted by empty lines."""
    printed: list[str] = []
    joined = False
    for text, width in zip(cells, widths, strict=True):
        if not text:
            continue
        lines = [line for part in text.split("\n") for line in textwrap.wrap(part.strip(), width)]
        if joined and len(lines) == 1:
            printed[-1] += f" {lines[0]}"
        else:
            printed.append("\n".join(lines))
        joined = len(lines) == 1
    return "\n\n".join(printed)


def tidy(page: str) -> str:
    """Unix line ends, hyphens at line ends as printed, nothing else changed."""
    text = html.unescape(page.replace("\r\n", "\n").replace("\ufffe", "-").replace("\u0002", "-"))
    return re.sub(r"[ \t]+\n", "\n", text).strip()
