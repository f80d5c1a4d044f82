"""Tables typeset in many looks: the same cells, other rules, gaps and alignments."""

from dataclasses import dataclass

HEADER_RULE = "table.hline(stroke: 0.5pt),"
ROW_RULE = "table.hline(stroke: 0.5pt + gray),"
PAGE = """
#set page(width: 520pt, height: 600pt, margin: 40pt)
#set text(size: 9pt, lang: "sv", font: "Libertinus Serif", top-edge: "ascender", bottom-edge: "descender")
#set par(leading: 0.1em)
"""


@dataclass(frozen=True)
class Look:
    """How a table is set."""

    rules: str = "none"
    """`none`, `header`, `booktabs`, `rows`, `zebra`, `filled` header or `grid`."""
    padding: float = 2
    """Points above and below each cell's text."""
    rows: str = "top"
    """Where cells stand in a row: `top`, `horizon` or `bottom`."""
    figures: str = "right"
    """Where figures stand in their column."""
    bold: bool = True
    """Whether the header is bold."""

    @property
    def name(self) -> str:
        weight = "" if self.bold else "-light"
        return f"{self.rules}-{self.padding}-{self.rows}-{self.figures}{weight}"


def table_markup(rows: list[list[str]], look: Look, widths: str) -> str:
    """Typst markup of a table whose first row is its header; rows that begin with `*` are bold."""
    fill = {
        "zebra": 'fill: (x, y) => if y == 0 { rgb("#c8d8e8") } else if calc.odd(y) { rgb("#eeeeee") },',
        "filled": 'fill: (x, y) => if y == 0 { rgb("#c8d8e8") },',
    }.get(look.rules, "")
    stroke = "0.5pt" if look.rules == "grid" else "none"
    align = f"(x, y) => (if x == 0 {{ left }} else {{ {look.figures} }}) + {look.rows}"
    lines = [
        f"#table(columns: {widths}, inset: (x: 5pt, y: {look.padding}pt), stroke: {stroke}, align: {align}, {fill}"
    ]
    if look.rules == "booktabs":
        lines.append(HEADER_RULE)
    for number, row in enumerate(rows):
        lines.append(" ".join(f"[{_cell(text, row, look.bold and number == 0)}]," for text in row))
        if number == 0 and look.rules in ("header", "booktabs", "rows"):
            lines.append(HEADER_RULE)
        elif look.rules == "rows" or (look.rules == "booktabs" and number == len(rows) - 1):
            lines.append(ROW_RULE)
    return "\n".join([*lines, ")"])


def _cell(text: str, row: list[str], header: bool) -> str:
    plain = text.lstrip("*").replace("-", "\\-").replace("<", "\\<")
    return f"*{plain}*" if plain and (header or row[0].startswith("*")) else plain


def plain(rows: list[list[str]]) -> list[list[str]]:
    """The rows as they are read: without what only says how they are set."""
    return [[text.lstrip("*") for text in row] for row in rows]
