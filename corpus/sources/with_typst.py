"""Typesets a report as PDF with Typst, in one of many looks."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

from fonts import FAMILIES, set_with_typst
from PIL import Image, ImageDraw
from source import Block, Cell, Column, Report, Row, Table, runs

PICTURE_DOTS = 130
"""Dots per inch of pasted pictures of tables: what a screenshot gives."""
ICON_COLOURS = {"green": "3aa655", "yellow": "f2c230", "red": "cf3a3a", "grey": "b5b5b5"}
LOOKS = {
    "grid": 'stroke: 0.5pt + black, fill: (x, y) => if y < HEAD { rgb("e7e6e6") }',
    "rules": 'stroke: (x, y) => (bottom: 0.5pt + rgb("8a8a8a"), '
    'top: if y == 0 { 1pt + black } else { 0.5pt + rgb("8a8a8a") })',
    "booktabs": "stroke: (x, y) => (top: if y == 0 { 1pt } else if y == HEAD { 0.5pt } else { 0pt }, "
    "bottom: if y == ROWS - 1 { 1pt } else { 0pt })",
    "zebra": 'stroke: 0.4pt + rgb("c9d4e0"), fill: (x, y) => if y < HEAD { rgb("1f4e79") } '
    'else if calc.odd(y) { rgb("eef3f8") }',
    "borderless": "stroke: none",
    "ragged": "stroke: none",
    "frame": "stroke: (x, y) => (top: if y == HEAD { 0.5pt } else { 0pt })",
    "word": 'stroke: 0.5pt + white, fill: (x, y) => rgb(if y < HEAD { "1f4e79" } else { ("dbe5f1", "b8cce4").at('
    "calc.rem(y - HEAD, 2)) })",
    "pieces": "stroke: (x, y) => 0.5pt + 0.01pt * calc.rem(x + y, 2)",
    "yellow": 'stroke: 0.5pt + rgb("7f7f7f"), fill: (x, y) => if y < HEAD { rgb("ffe599") }',
    "green": 'stroke: (x, y) => (bottom: 0.5pt + rgb("a9d08e")), fill: (x, y) => if y < HEAD { rgb("a9d08e") }',
    "blue": 'stroke: none, fill: (x, y) => if y < HEAD { rgb("bdd7ee") } else if calc.odd(y) { rgb("f2f2f2") }',
}
WHITE_HEADED = ("zebra", "word")
SHADED = {"header": "1f4e79", "rows": ("dbe5f1", "b8cce4")}
"""Word paints a cell and then, in the same colour, each of its lines of text."""
SPACED = ("yellow", "green", "blue", "ragged")
"""Looks with low empty rows under the header and before totals and bands."""
VALUES = "otfbpve"
"""Roles of columns that hold figures."""
SPACER = "table.cell(inset: 1.3pt)[],"
MERGED = ("goal", "area", "mgoal", "side")
PREAMBLE = """
#set document(title: "{title}", author: "{author}", date: datetime(year: {year}, month: 3, day: 1))
#set page(paper: "{paper}", margin: (x: 2.2cm, y: 2.4cm), background: {background},
  header: text(8pt, fill: rgb("555555"))[{header}],
  footer: context align({side}, text(8pt)[{footer} #counter(page).display("1 (1)", both: true)]))
#set text(font: "{font}", size: {size}pt, lang: "sv", hyphenate: false)
#set par(justify: false, leading: 0.6em)
#set list(marker: [•])
#show heading: set text(fill: rgb("{colour}"), font: "{heading_font}")
#show heading: set block(above: 1.3em, below: 0.7em)
#set super(size: 0.65em, baseline: -0.4em)
#set footnote.entry(separator: line(length: 30%, stroke: 0.5pt))
#show footnote.entry: set text({note_size}pt)
"""
TOOLS = """
#let icon(c) = box(baseline: 0.1em, circle(radius: 0.38em, fill: rgb(c), stroke: 0.3pt + rgb("666666")))
#let shaded(colour, body) = layout(size => {
  let high = measure(width: size.width, body).height
  let lines = calc.max(1, int(calc.round((high + 0.6em.to-absolute()) / (measure([Åg]).height + 0.6em.to-absolute()))))
  let line = rect(width: size.width, height: high / lines, fill: rgb(colour))
  place(top + left, stack(..range(lines).map(_ => line)))
  body
})
#let picture(data) = box(baseline: 0.15em, image(bytes(data), format: "png", height: 0.95em))
"""


def escape(text: str) -> str:
    """Make text literal in Typst markup."""
    return re.sub(r"([\\#*_`$<>@\[\]~/=+-])", r"\\\1", text)


def inline(report: Report, text: str) -> str:
    """Inline notation as Typst markup."""
    return "".join(run_markup(report, run.kind, run.text) for run in runs(text))


def run_markup(report: Report, kind: str, text: str) -> str:
    """One run as Typst markup; a raised mark with a note of its own becomes a footnote."""
    if kind == "sup":
        note = report.notes.get(text)
        if note and text.isdigit():
            return f"#footnote[{escape(note)}]"
        return f"#super[{escape(text)}]"
    if kind == "icon" and report.facts.get("icons") == "pictures":
        return f"#picture({tuple(icon_picture(ICON_COLOURS[text]))})"
    if kind == "icon":
        return f'#icon("{ICON_COLOURS[text]}")'
    wrap = {"bold": "#strong[{}]", "italic": "#emph[{}]", "br": "\\ ", "hyphen": "-\\ ", "join": "\\ ", "tag": ""}
    return wrap.get(kind, "{}").format(escape(text)) if kind in ("bold", "italic", "text") else wrap[kind]


def icon_picture(colour: str) -> bytes:
    """A coloured ball as a small PNG, the way office programs paste status symbols."""
    size, file = 24, io.BytesIO()
    ball = Image.new("RGBA", (size * 4, size * 4), (255, 255, 255, 0))
    ImageDraw.Draw(ball).ellipse((4, 4, size * 4 - 5, size * 4 - 5), fill=f"#{colour}", outline="#555555", width=4)
    ball.resize((size, size), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def table_markup(report: Report, table: Table) -> str:
    """A whole table."""
    options = table.options
    look = options.get("look", report.facts["look"])
    levels = max(len(column.levels) for column in table.columns)
    widths = ", ".join(f"{w.strip()}fr" for w in options.get("widths", default_widths(table)).split(","))
    body = [header_markup(report, table, levels, look)] if "headless" not in options else []
    for index in range(len(table.rows)):
        body += [SPACER * len(table.columns)] if look in SPACED and begins_part(table, index) else []
        body.append(row_markup(report, table, index, look))
    size = options.get("size", report.facts.get("table_size", "9"))
    head = levels + ("banner" in options)
    style = LOOKS[look].replace("HEAD", str(head)).replace("ROWS", str(head + len(table.rows)))
    sized = f"text({size}pt, table(columns: ({widths}), inset: (x: 4pt, y: 3.5pt), {style},\n"
    drawn = sized + "\n".join(body) + "\n))"
    return f"#block(stroke: 0.6pt, {drawn})" if look == "frame" else f"#{drawn}"


def begins_part(table: Table, index: int) -> bool:
    """Whether a row stands after the header or apart from the rows above, and no merged cell holds it to them."""
    merged = [i for i, column in enumerate(table.columns) if "merge" in table.options and column.role in MERGED]
    if any(not table.rows[index].cells[i].text for i in merged):
        return False
    return index == 0 or table.rows[index].kind in ("total", "grand", "band")


def picture_of_table(report: Report, table: Table) -> str:
    """The table as a picture, the way screenshots of it are pasted."""
    page = f'#set page(width: 16.5cm, height: auto, margin: 2pt)\n#set text(font: "{font_of(report)}", lang: "sv")\n'
    markup = page + TOOLS + table_markup(report, table)
    drawn = Image.open(io.BytesIO(set_with_typst(markup.encode(), format="png", ppi=PICTURE_DOTS)))
    file = io.BytesIO()
    drawn.convert("L").quantize(16).save(file, "PNG")
    return f'#image(bytes({tuple(file.getvalue())}), format: "png", width: 100%)'


def font_of(report: Report) -> str:
    """The font of the report's text."""
    return FAMILIES[report.facts.get("font", "sans")]


def default_widths(table: Table) -> str:
    """Wide columns for words, narrow ones for values."""
    wide = {"label": "3", "goal": "2.4", "text": "4", "comment": "2.5", "mgoal": "2", "area": "1.4"}
    return ",".join(wide.get(column.role, "1") for column in table.columns)


def header_markup(report: Report, table: Table, levels: int, look: str) -> str:
    """The header rows; a group over several columns is one merged cell."""
    rows = [header_level(report, table, level, levels, look) for level in range(levels)]
    if "banner" in table.options:
        banner = f"#strong[{escape(table.options['banner'])}]"
        rows = [[f'table.cell(colspan: {len(table.columns)}, fill: rgb("ebebeb"))[{banner}]'], *rows]
    repeat = "false" if "norepeat" in table.options else "true"
    return f"table.header(repeat: {repeat}, {', '.join(cell for row in rows for cell in row)}),"


def header_level(report: Report, table: Table, level: int, levels: int, look: str) -> list[str]:
    """One header row."""
    cells, previous = [], None
    colour = "fill: white, " if look in WHITE_HEADED else ""
    weight = "" if "light" in table.options else 'weight: "bold"'
    for i, column in enumerate(table.columns):
        names = column.levels
        if level >= len(names) or (level == 0 and len(names) > 1 and names[0] == previous):
            continue
        previous = names[0] if level == 0 else None
        grouped = [c for c in table.columns[i:] if len(c.levels) > 1 and c.levels[0] == names[0]]
        span = f"colspan: {len(grouped)}, " if level == 0 and len(names) > 1 else ""
        depth = f"rowspan: {levels}, " if levels > 1 and len(names) == 1 else ""
        text = f"#text({colour}{weight})[{inline(report, names[level])}]"
        if look == "word":
            text = f'#shaded("{SHADED["header"]}")[{text}]'
        if "rotate" in table.options and column.role in table.options["rotate"].split(","):
            text = f"#rotate(-90deg, reflow: true)[{text}]"
        align = "left" if look == "ragged" else alignment(table, column)
        cells.append(f"table.cell({span}{depth}align: {align} + bottom)[{text}]")
    return cells


def alignment(table: Table, column: Column) -> str:
    """Amounts stand to the right, everything else to the left."""
    centred = column.role in ("met", "assessment") or "centre" in table.options and column.role in "otfbp"
    if table.kind == "money" and column.role in "bpofve":
        return "right"
    return "center" if centred else "left"


def row_markup(report: Report, table: Table, index: int, look: str) -> str:
    """One body row; an empty goal cell is merged into the one above."""
    row = table.rows[index]
    if row.kind == "band" and "banded" in table.options:
        return f"table.cell(colspan: {len(table.columns)})[#strong[{inline(report, row.cells[0].text)}]],"
    cells = []
    for i, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        merged = "merge" in table.options and column.role in MERGED
        if merged and index and not cell.text and "hold" not in table.options:
            continue
        span = f"rowspan: {rows_below(table, index, i)}, " if merged else ""
        content = cell_markup(report, row, cell, column.role)
        if column.role == "side":
            content = f"#rotate(-90deg, reflow: true)[{content}]"
        if look == "word" and content and not merged:
            content = f'#shaded("{SHADED["rows"][index % 2]}")[{content}]'
        align = "right" if look == "ragged" and column.role in VALUES else alignment(table, column)
        cells.append(f"table.cell({span}align: {align} + top)[{content}]")
    return ", ".join(cells) + ","


def rows_below(table: Table, index: int, column: int) -> int:
    """How many rows a merged cell covers."""
    span = 1
    while index + span < len(table.rows) and not table.rows[index + span].cells[column].text:
        span += 1
    return span


def cell_markup(report: Report, row: Row, cell: Cell, role: str) -> str:
    """The content of a body cell in its row's look."""
    content = inline(report, cell.text)
    if not content or role in MERGED:
        return content
    look = {"total": "#strong[{}]", "grand": "#strong[{}]", "band": "#strong[{}]", "subband": "#emph[{}]"}
    if row.kind == "part":
        return f"#h(0.6em)#emph[{content}]" if role == "label" else f"#emph[{content}]"
    return look.get(row.kind, "{}").format(content)


def block_markup(report: Report, block: Block | Table) -> str:
    """Any block."""
    if isinstance(block, Table):
        return (picture_of_table if "picture" in report.facts else table_markup)(report, block)
    if block.kind == "heading":
        return f"#heading(level: {block.level})[{inline(report, block.text)}]"
    if block.kind == "numbered":
        return f"+ {inline(report, block.text)}"
    if block.kind == "bullet":
        return f"- {inline(report, block.text)}"
    if block.kind in ("paragraph", "box"):
        return inline(report, block.text)
    if block.kind == "tablenote":
        return f"#text(8pt)[{inline(report, block.text)}]"
    plain = {
        "page": "#pagebreak(weak: true)",
        "space": f"#v({block.text})",
        "landscape": "#set page(flipped: true)",
        "portrait": "#set page(flipped: false)",
    }
    return plain.get(block.kind, "")


def markup(report: Report) -> str:
    """The whole document."""
    facts = report.facts
    preamble = PREAMBLE + TOOLS
    watermark = facts.get("watermark")
    settings = {
        "title": facts["title"],
        "author": facts["committee"],
        "year": facts["year"],
        "header": escape(facts.get("header", facts["municipality"])),
        "footer": escape(facts.get("footer", "")),
        "side": facts.get("side", "right"),
        "paper": facts.get("paper", "a4"),
        "background": f'rotate(-50deg, text(110pt, fill: rgb("d9d9d9"))[{watermark}])' if watermark else "none",
        "font": font_of(report),
        "size": facts.get("size", "10.5"),
        "colour": facts.get("colour", "000000"),
        "heading_font": FAMILIES[facts["heading_font"]] if "heading_font" in facts else font_of(report),
        "note_size": "7.5",
    }
    for name, value in settings.items():
        preamble = preamble.replace("{" + name + "}", value)
    return preamble + "\n\n".join(block_markup(report, block) for block in report.blocks)


def typeset(report: Report) -> bytes:
    """The report as PDF; the date in it is fixed, so the same source gives the same bytes."""
    stamp = int(datetime(int(report.facts["year"]), 3, 1, tzinfo=UTC).timestamp())
    return set_with_typst(markup(report).encode(), timestamp=stamp)
