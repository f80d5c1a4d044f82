"""What a document looks like once it is read: pages, blocks of text, tables of cells.

Lengths are PDF points, origin at the top left of the page as it is displayed.
Rows, columns and spans are 0-based counts; pages are 1-based.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from schema.lazy import lazy
from schema.problem import Problem

BlockKind = Literal["heading", "paragraph", "list_item", "footnote", "furniture"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.bottom - self.top

    def holds_middle_of(self, other: Box) -> bool:
        """Whether another box's middle lies inside; one on a shared edge belongs to the box right of or below it."""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= x < self.x1 and self.top <= y < self.bottom


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space, with the look it is printed in."""

    text: str
    box: Box
    size: float
    """Font size in points."""
    bold: bool = False
    italic: bool = False
    is_marker: bool = False
    """A raised footnote mark, never part of a number or label."""
    confidence: float = 1.0
    """How sure OCR is; 1 for text that the file itself holds."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, or a rectangle thin enough to be one."""

    box: Box

    @property
    def is_horizontal(self) -> bool:
        """Wider than tall."""
        return self.box.width >= self.box.height


@dataclass(frozen=True, slots=True)
class Image:
    """A picture or drawn shape that may be a status symbol."""

    box: Box
    colour: str
    """Colour word: `green`, `yellow`, `red`, `grey`, `blue`, `black` or `mixed`; empty on a page without colours."""
    shape: str
    """`dot`, `tick`, `cross`, `arrow_up`, `arrow_down`, `arrow_right`, `bar`, `smiley`, `picture` or `square`.

    A square is a whole cell painted in a colour.
    """
    digest: str = ""
    """Hash of the picture's bytes, for telling two apart."""
    tone: int | None = None
    """How light its print is, 0 to 255, where that is known: without colours a legend is matched by it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page with everything that is printed on it."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    images: tuple[Image, ...] = ()
    engine: str = "pdfium"
    """What read the words: `pdfium`, or the name of an OCR engine."""
    turned: float = 0.0
    """Degrees to the left that the page was turned by to be read; all boxes are those on the page so turned."""


@dataclass(frozen=True, slots=True)
class Block:
    """Text outside tables, in reading order among them."""

    kind: BlockKind
    text: str
    page: int | None = None
    level: int = 0
    """Depth of a heading, 1 for the outermost; 0 where it is no heading or the depth is unknown."""
    box: Box | None = None
    markers: tuple[str, ...] = ()
    """Footnote marks in the text; for a footnote, the marks it explains."""
    bold: bool = False
    line: int | None = None
    """First line in a text file, 1-based."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """The part of a cell that a page break moved to a later page."""

    page: int
    box: Box | None
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table's grid. Empty cells exist too, with empty text."""

    row: int
    col: int
    text: str
    """As printed, without footnote marks and markup; words broken by a narrow column rejoined."""
    lines: tuple[str, ...] = ()
    """The printed lines of the text, before they were joined."""
    page: int | None = None
    box: Box | None = None
    row_span: int = 1
    col_span: int = 1
    markers: tuple[str, ...] = ()
    """Footnote marks printed in the cell, in order."""
    bold: bool = False
    italic: bool = False
    italic_tail: str = ""
    """Italic text that ends a cell which begins upright, such as a goal's description; part of `text`."""
    bold_head: str = ""
    """Bold lines that begin a cell which goes on in plain ones, as a name above its description; part of `text`."""
    indent: float = 0.0
    """How far the text starts inside the column's own left edge of text."""
    symbol: Image | None = None
    """A picture standing in the cell."""
    fragments: tuple[Fragment, ...] = ()
    confidence: float = 1.0
    inferred: bool = False
    """The row or column was worked out, not printed."""


UNKNOWN_COLUMNS = "columns unknown"
"""The verdict on figures that were kept together though nothing tells their columns: no value is read from them."""
LOST_ENDS = "ends of lines: lost"
"""The step of a table in a file that holds several rows in one line, so that their figures' places tell them apart."""
READS_OTHERWISE = "reads otherwise"
"""How a table's step says that another engine parts its words into other cells and was not followed."""


@dataclass(frozen=True)
class Table:
    """A grid of cells; a table that continues over pages is one table."""

    number: int
    """1-based, in reading order of the document."""
    cells: tuple[Cell, ...]
    header_rows: tuple[int, ...] = (0,)
    """Rows that hold column headers, those repeated after a page break included."""
    page: int | None = None
    box: Box | None = None
    title: str = ""
    """A caption that belongs to the table by its place or wording; headings are found later."""
    engine: str = ""
    """What found the grid: `ruled`, `aligned`, `camelot-hybrid`, `markdown`, `tabs`, `flow` …"""
    verdict: str = "ok"
    """The audit's word on the grid: `ok`, or what it found wrong."""
    steps: tuple[str, ...] = ()
    """Why each earlier engine was left; where columns are unknown, the lines of the file."""
    line: int | None = None

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return max((c.row + c.row_span for c in self.cells), default=0)

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return max((c.col + c.col_span for c in self.cells), default=0)

    def grid(self) -> list[list[Cell | None]]:
        """Rows of cells; a merged cell stands in each place it covers, None where there is no cell."""
        width = self.n_cols
        grid: list[list[Cell | None]] = [[None] * width for _ in range(self.n_rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    grid[row][col] = cell
        return grid

    def filled_below(self, cols: Collection[int]) -> list[Cell]:
        """Return the cells of some columns that hold text and stand in no row of headers."""
        if len(cols) == 1:
            return list(self._below.get(next(iter(cols)), ()))
        headers = set(self.header_rows)
        return [cell for cell in self.cells if cell.col in cols and cell.row not in headers and cell.text.strip()]

    @lazy
    def _below(self) -> dict[int, list[Cell]]:
        """The cells that hold text below the headers, by column: each column is asked for many times."""
        headers = set(self.header_rows)
        columns: dict[int, list[Cell]] = {}
        for cell in self.cells:
            if cell.row not in headers and cell.text.strip():
                columns.setdefault(cell.col, []).append(cell)
        return columns

    def __getstate__(self) -> dict[str, object]:
        """Return what is kept of a table: not what was worked out from it."""
        return {name: value for name, value in vars(self).items() if name != "_below"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file in the archive, as its bytes say it is."""

    document: str
    """Stable id made from the file's stem."""
    path: str
    """Relative to the corpus folder, with forward slashes."""
    sha256: str
    media_type: str
    """As the bytes say, also where nothing reads it; empty for a file that cannot be opened."""
    size: int = 0


Item = Block | Table


@dataclass(frozen=True, slots=True)
class Content:
    """A document that has been read: its blocks and tables in reading order."""

    source: Source
    items: tuple[Item, ...]
    pages: tuple[Page, ...] = ()
    """Pages with their words; empty for text files."""
    number_of_pages: int | None = None
    problems: tuple[Problem, ...] = ()
    text: str = ""
    """All that a file without pages prints, in its own order: the audit looks here for what reading lost."""
    properties: tuple[str, ...] = ()
    """Title and subject that the file carries; often left over from another paper."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in reading order."""
        return tuple(item for item in self.items if isinstance(item, Table))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, in reading order."""
        return tuple(item for item in self.items if isinstance(item, Block))


def numbered(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items with their tables numbered from 1."""
    count = 0
    kept: list[Item] = []
    for item in items:
        if isinstance(item, Table):
            count += 1
            item = replace(item, number=count)
        kept.append(item)
    return tuple(kept)
