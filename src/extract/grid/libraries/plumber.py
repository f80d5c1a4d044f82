"""pdfplumber's own table finder, fed from the one parse of the page instead of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.page import Page as PlumberPage
from pdfplumber.table import Table as PlumberTable

from extract.grid.model import Grid, GridCell
from extract.grid.stacked import split_stacked
from extract.page.lines import cluster, nearest
from extract.page.model import PageParse
from schema.layout import Box, Word

BORDER = 3.0
"""pdfplumber snaps edges within 3 pt; so do the borders of its cells."""
TILED = 0.995
"""A complete grid's cells cover this share of its box."""
CROSSING = 2.0
"""A word that reaches this many points over a border was cut by it."""


class FastPage(PlumberPage):
    """A pdfplumber page whose lines and areas come from pdfium: drawn tables are found as pdfplumber finds them."""

    def __init__(self, parse: PageParse) -> None:
        page = parse.page
        self.pdf = None  # type: ignore[assignment]  # nothing here needs the file
        self.root_page = self
        self.page_number = page.number
        self.initial_doctop = 0
        self.rotation = 0
        self.bbox = self.mediabox = self.cropbox = (0, 0, page.width, page.height)
        self.get_textmap = lru_cache()(self._get_textmap)
        self._parse = parse

    @property
    def objects(self) -> dict[str, list[dict[str, Any]]]:
        """Lines and rectangles in pdfplumber's form."""
        if not hasattr(self, "_objects"):
            self._objects = {
                "line": [self._shape("line", _thin(rule.box)) for rule in self._parse.page.rules],
                "rect": [self._shape("rect", fill.box) for fill in self._parse.fills],
            }
        return self._objects

    def _shape(self, kind: str, box: Box) -> dict[str, Any]:
        height = self._parse.page.height
        return {
            "object_type": kind,
            "x0": box.x0,
            "x1": box.x1,
            "top": box.top,
            "bottom": box.bottom,
            "doctop": box.top,
            "y0": height - box.bottom,
            "y1": height - box.top,
            "width": box.width,
            "height": box.height,
            "page_number": self.page_number,
        }


def _thin(box: Box) -> Box:
    """A line without thickness: pdfplumber takes any other for a vertical one."""
    if box.width >= box.height:
        middle = (box.top + box.bottom) / 2
        return replace(box, top=middle, bottom=middle)
    middle = (box.x0 + box.x1) / 2
    return replace(box, x0=middle, x1=middle)


def find_complete(parse: PageParse, words: Sequence[Word]) -> list[Grid]:
    """Tables whose cells are all drawn: pdfplumber's grids that leave no gap and cut no word."""
    down = sum(rule.box.height > rule.box.width for rule in parse.page.rules)
    across = len(parse.page.rules) - down
    if down < 3 or across < 3:
        return []
    page = FastPage(parse)
    page.objects["rect"] = []
    grids = [plumber_grid(table, parse.page.number, words) for table in page.find_tables()]
    return [split_stacked(grid) for grid in grids if _is_complete(grid) and not _is_open(grid, parse)]


def find_unchanged(path: Path, number: int, words: Sequence[Word]) -> list[Grid]:
    """What the unchanged library finds on a page, with its own parsing."""
    with pdfplumber.open(path) as document:
        tables = document.pages[number - 1].find_tables()
        return [plumber_grid(table, number, words) for table in tables]


def plumber_grid(table: PlumberTable, page: int, words: Sequence[Word]) -> Grid:
    """Pdfplumber's cells as a grid with the page's words in them."""
    boxes = [Box(*map(float, cell)) for cell in table.cells]
    xs = cluster((x for b in boxes for x in (b.x0, b.x1)), BORDER)
    ys = cluster((y for b in boxes for y in (b.top, b.bottom)), BORDER)
    x0, top, x1, bottom = table.bbox
    middles = (((w.box.x0 + w.box.x1) / 2, (w.box.top + w.box.bottom) / 2, w) for w in words)
    placed = [(x, y, word) for x, y, word in middles if x0 <= x < x1 and top <= y < bottom]
    cells = [_grid_cell(box, xs, ys, placed) for box in boxes]
    return Grid(page, tuple(xs), tuple(cells), "pdfplumber")


def _grid_cell(
    box: Box, xs: Sequence[float], ys: Sequence[float], placed: Sequence[tuple[float, float, Word]]
) -> GridCell:
    """A cell with the words whose middles, which are given with them, it holds."""
    row, col = nearest(ys, box.top), nearest(xs, box.x0)
    row_span = max(1, nearest(ys, box.bottom) - row)
    col_span = max(1, nearest(xs, box.x1) - col)
    x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
    held = tuple([word for x, y, word in placed if x0 <= x < x1 and top <= y < bottom])
    return GridCell(row, col, box, row_span, col_span, held)


def _is_open(grid: Grid, parse: PageParse) -> bool:
    """Whether side lines run on past the last row: a page break left that row without its bottom line."""
    box = grid.box
    return any(
        box.x0 - BORDER <= rule.box.x0 <= box.x1 + BORDER
        and rule.box.height > rule.box.width
        and rule.box.top <= box.bottom + BORDER
        and rule.box.bottom >= box.top - BORDER
        and (rule.box.bottom > box.bottom + 2 * BORDER or rule.box.top < box.top - 2 * BORDER)
        for rule in parse.page.rules
    )


def _is_complete(grid: Grid) -> bool:
    """Whether the cells tile the table's box and no word runs over a border."""
    box = grid.box
    area = sum(cell.box.width * cell.box.height for cell in grid.cells)
    places = sum(cell.row_span * cell.col_span for cell in grid.cells)
    if area < TILED * box.width * box.height or places != grid.n_rows * grid.n_cols:
        return False
    return not any(
        word.box.x0 < cell.box.x0 - CROSSING or word.box.x1 > cell.box.x1 + CROSSING
        for cell in grid.cells
        for word in cell.words
    )
