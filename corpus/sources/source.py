"""Reads a report's source: facts, headings, paragraphs, notes and tables whose cells carry their meaning.

A source is a head of `key: value` lines, an empty line, and blocks separated by empty lines. README.md
describes the notation. Nothing here knows the parser that the example corpus is meant to exercise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

INLINE = re.compile(
    r"\^\((?P<sup>[^)]+)\)|(?P<br>//)|(?P<hyphen>-¦)|(?P<join>¦)|\[(?P<icon>green|yellow|red|grey)\]"
    r"|⟦(?P<tag>[^⟧]+)⟧"
    r"|\*\*(?P<bold>.+?)\*\*|__(?P<italic>.+?)__"
)
MEANING = re.compile(r"\s*\{(?P<meaning>[^{}]*)\}\s*$")
DITTO = '"'
ROW_MARKS = {"=": "total", "=!": "grand", ">": "part", "#": "band", "##": "subband"}


@dataclass(frozen=True)
class Run:
    """A stretch of inline text: `text`, `sup`, `br`, `hyphen`, `join`, `icon`, `tag`, `bold` or `italic`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and what it means where a plain number does not say so by itself."""

    text: str
    meaning: str | None = None

    @property
    def printed(self) -> str:
        """The text as a reader copies it: marks left out, broken words joined."""
        return printed(self.text)


@dataclass(frozen=True)
class Column:
    """A header (`group ‖ name` over two levels) and the role its cells play."""

    header: str
    role: str
    period: str | None = None
    part: str | None = None
    """What the column's values are of, where that is not what the row is of: `Riket`."""

    @property
    def levels(self) -> list[str]:
        """The header's lines from the top."""
        return [part.strip() for part in self.header.split("‖")]

    @property
    def label(self) -> str:
        """The header as one string."""
        return printed(" ".join(self.levels))


@dataclass(frozen=True)
class Row:
    """A table row; `kind` is plain, total, grand, part, band or subband."""

    kind: str
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """A table with its options and rows."""

    kind: str
    options: dict[str, str]
    columns: list[Column]
    rows: list[Row]


@dataclass(frozen=True)
class Block:
    """Anything but a table: `kind` says what, `text` holds it."""

    kind: str
    text: str
    level: int = 0


@dataclass(frozen=True)
class Report:
    """A whole source."""

    stem: str
    facts: dict[str, str]
    blocks: list[Block | Table]
    notes: dict[str, str] = field(default_factory=dict)


def runs(text: str) -> list[Run]:
    """Split inline notation into runs."""
    found, end = [], 0
    for match in INLINE.finditer(text):
        if match.start() > end:
            found.append(Run("text", text[end : match.start()]))
        kind = str(match.lastgroup)
        found.append(Run(kind, match[kind]))
        end = match.end()
    if text[end:]:
        found.append(Run("text", text[end:]))
    return found


def printed(text: str) -> str:
    """Inline text as a reader copies it."""
    parts = []
    for run in runs(text):
        if run.kind in ("text", "bold", "italic"):
            parts.append(run.text)
        elif run.kind == "br":
            parts.append(" ")
    return re.sub(r"[ \n]+", " ", "".join(parts)).strip()


def markers(text: str) -> list[str]:
    """The raised footnote marks in a text."""
    return [run.text for run in runs(text) if run.kind == "sup"]


def parse_cell(text: str) -> Cell:
    """Part a cell from the meaning in braces after it."""
    if match := MEANING.search(text):
        return Cell(text[: match.start()].strip(), match["meaning"].strip())
    return Cell(text.strip())


def parse_column(text: str) -> Column:
    """Read `header =role:period:part`."""
    header, _, role = text.rpartition("=")
    role, period, part, *_ = (*role.strip().split(":"), "", "")
    return Column(header.strip(), role, period or None, part or None)


def parse_row(line: str, width: int) -> Row:
    """Read a row; a mark before the first cell says what kind it is."""
    mark, _, rest = line.partition(" ")
    kind, line = (ROW_MARKS[mark], rest) if mark in ROW_MARKS else ("plain", line)
    cells = [parse_cell(cell) for cell in line.split("|")]
    if len(cells) > width:
        raise ValueError(f"{len(cells)} cells under {width} columns: {line}")
    return Row(kind, cells + [Cell("")] * (width - len(cells)))


def parse_options(text: str) -> dict[str, str]:
    """Read `name=value; flag; …`."""
    pairs = (part.strip().partition("=") for part in text.split(";") if part.strip())
    return {name.strip(): value.strip() or "yes" for name, _, value in pairs}


def parse_table(first: str, lines: list[str], above: list[Column]) -> Table:
    """Read `@table kind; options`, a line of columns (`"` for those of the table above) and the rows."""
    kind, _, written = first.removeprefix("@table").strip().partition(";")
    options = parse_options(written)
    if "mgoal" in options:
        options.setdefault("title", f"Kommunövergripande mål: {options['mgoal']}")
    columns = above if lines[0] == DITTO else [parse_column(column) for column in lines[0].split("|")]
    return Table(kind.strip(), options, columns, [parse_row(row, len(columns)) for row in lines[1:]])


def parse_block(lines: list[str], above: list[Column]) -> list[Block | Table]:
    """Read the lines between two empty lines; `above` are the columns of the last table."""
    first = lines[0]
    if first.startswith("@table "):
        return [parse_table(first, lines[1:], above)]
    if first.startswith("@"):
        return [Block(*line.removeprefix("@").partition(" ")[::2]) for line in lines]
    if heading := re.match(r"(#{1,4}) (.*)", first):
        return [Block("heading", heading[2], len(heading[1]))]
    if first.startswith("- "):
        return [Block("bullet", line.removeprefix("- ")) for line in lines]
    return [Block("paragraph", " ".join(lines))]


def read_report(path: Path) -> Report:
    """Read one source file; a source that says `copy_of` is another's report in another rendition."""
    head, *chunks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    facts: dict[str, str] = {}
    for line in head.splitlines():
        key, _, value = line.partition(":")
        facts[key] = f"{facts[key]}\n{value.strip()}" if key in facts else value.strip()
    if "copy_of" in facts:
        original = read_report(path.with_stem(facts["copy_of"]))
        return replace(original, stem=path.stem, facts=original.facts | facts)
    blocks: list[Block | Table] = []
    above: list[Column] = []
    for chunk in chunks:
        blocks += parse_block(chunk.splitlines(), above)
        above = blocks[-1].columns if isinstance(blocks[-1], Table) else above
    notes = dict(b.text.partition(" ")[::2] for b in blocks if isinstance(b, Block) and b.kind == "note")
    return Report(path.stem, facts, blocks, notes)
