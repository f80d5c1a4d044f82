"""A table's grid on one page, before its cells become text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extract.lines import Line, around, lines_of
from extract.wordbreaks import join_lines
from schema.layout import Box, Cell, Image, Word

INDENT_STEP = 2.0
"""A cell that starts fewer points inside its column's left edge is not indented."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A place in the grid with the words printed in it."""

    row: int
    col: int
    box: Box
    row_span: int = 1
    col_span: int = 1
    words: tuple[Word, ...] = ()
    symbol: Image | None = None

    @property
    def bold(self) -> bool:
        """Whether the cell has words and all are bold."""
        return bool(self.words) and all(w.bold for w in self.words if not w.is_marker)


@dataclass(frozen=True, slots=True)
class Grid:
    """The part of a table that stands on one page."""

    page: int
    xs: tuple[float, ...]
    """Column borders from left to right, one more than columns."""
    cells: tuple[GridCell, ...]
    engine: str
    header_rows: tuple[int, ...] = ()
    verdict: str = "ok"
    steps: tuple[str, ...] = ()
    shaded: tuple[int, ...] = field(default=())
    """Rows printed on a colour that the table's other rows do not have."""

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return max((c.row + c.row_span for c in self.cells), default=0)

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    @property
    def box(self) -> Box:
        """The rectangle around all cells."""
        return around(cell.box for cell in self.cells)

    def row(self, number: int) -> list[GridCell]:
        """The cells that begin in a row, from left to right."""
        return sorted((c for c in self.cells if c.row == number), key=lambda c: c.col)


def find_header_rows(grid: Grid) -> Grid:
    """Mark the leading rows that look like column headers: bold or shaded throughout, else the first."""
    rows = []
    for number in range(grid.n_rows):
        filled = [cell for cell in grid.row(number) if cell.words]
        wide = len(filled) > 1 or not rows
        if not filled or not wide or not (all(c.bold for c in filled) or number in grid.shaded):
            break
        rows.append(number)
    while rows and len(rows) > 1 and len(rows) >= grid.n_rows:
        rows.pop()
    if len(rows) > 1 and _is_body(grid, rows[-1]):
        rows = rows[:1]
    return replace(grid, header_rows=tuple(rows) if rows and len(rows) < grid.n_rows or rows == [0] else (0,))


def _is_body(grid: Grid, number: int) -> bool:
    """Whether a bold row under the header holds amounts, as a bold total does."""
    texts = [cell_lines(cell.words) for cell in grid.row(number)[1:] if cell.words]
    amounts = [t for t in texts if t and sum(ch.isdigit() for ch in t[0].text) * 2 > len(t[0].text.replace(" ", ""))]
    years = [t for t in amounts if t[0].text.isdigit() and 1990 <= int(t[0].text) <= 2100]
    return len(amounts) > len(years)


def cell_lines(words: Iterable[Word]) -> list[Line]:
    """A cell's words as printed lines."""
    return lines_of(words)


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as text together with the lines that it was read from."""

    cell: Cell
    lines: tuple[Line, ...] = ()
    fills: tuple[bool, ...] = ()
    """For each line whether it is one word that leaves no room for another letter."""
    limit: float = 0.0
    """How far right the text may reach."""


def grid_to_cells(grid: Grid) -> list[PrintedCell]:
    """The grid's cells as text, with marks apart and broken words mended."""
    limits = _column_limits(grid)
    starts = _column_starts(grid)
    ordered = sorted(grid.cells, key=lambda c: (c.row, c.col))
    return [_printed(grid, cell, limits[cell.col + cell.col_span - 1], starts[cell.col]) for cell in ordered]


def _printed(grid: Grid, cell: GridCell, limit: float, start: float) -> PrintedCell:
    all_lines = cell_lines(cell.words)
    lines = [line for line in all_lines if line.text]
    texts = [line.text for line in lines]
    own = [word for word in cell.words if not word.is_marker]
    indent = min((word.box.x0 for word in own), default=start) - start
    fills = _fills(lines, limit)
    printed = Cell(
        row=cell.row,
        col=cell.col,
        text=join_lines(texts, fills=fills) if texts else "",
        lines=tuple(texts),
        page=grid.page,
        box=cell.box,
        row_span=cell.row_span,
        col_span=cell.col_span,
        markers=tuple(m for line in all_lines for m in line.markers),
        bold=bool(own) and all(word.bold for word in own),
        italic=bool(own) and all(word.italic for word in own),
        indent=round(indent, 1) if indent >= INDENT_STEP and cell.col == 0 or _is_text(texts, indent) else 0.0,
        symbol=cell.symbol,
    )
    return PrintedCell(printed, tuple(lines), tuple(fills), limit)


def _is_text(texts: Sequence[str], indent: float) -> bool:
    """Whether an inset cell is a label: figures are set from the right and have no indent."""
    text = "".join(texts)
    return indent >= INDENT_STEP and sum(ch.isalpha() for ch in text) > 0.6 * len(text)


def _fills(lines: Sequence[Line], limit: float) -> list[bool]:
    """For each line whether it is one word that leaves no room for the next line's first letter."""
    fills = []
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        words = [word for word in line.words if not word.is_marker]
        if following is None or len(words) != 1:
            fills.append(False)
            continue
        first = following.words[0]
        letter = 0.9 * first.box.width / max(len(first.text), 1)
        fills.append(words[0].box.x1 + letter > limit)
    return fills


def _column_limits(grid: Grid) -> list[float]:
    """The right edge that text may reach in each column: the border less the padding seen on the left."""
    limits = []
    for col in range(grid.n_cols):
        words = [w for c in grid.cells if c.col == col and c.col_span == 1 for w in c.words]
        left = min((w.box.x0 for w in words), default=grid.xs[col])
        right = max((w.box.x1 for c in grid.cells if c.col + c.col_span - 1 == col for w in c.words), default=left)
        padding = max(0.0, left - grid.xs[col])
        padding = min(padding, _least_padding(grid))
        limits.append(max(right, grid.xs[col + 1] - padding))
    return limits


def _least_padding(grid: Grid) -> float:
    """The smallest distance of any cell's text from its column's left border."""
    distances = [min(w.box.x0 for w in cell.words) - grid.xs[cell.col] for cell in grid.cells if cell.words]
    return max(0.0, min(distances, default=0.0))


def _column_starts(grid: Grid) -> list[float]:
    """Where text starts in each column: the leftmost edge, from which indents are measured."""
    starts = []
    for col in range(grid.n_cols):
        lefts = [min(w.box.x0 for w in c.words) for c in grid.cells if c.col == col and c.words]
        starts.append(min(lefts, default=grid.xs[col]))
    return starts
