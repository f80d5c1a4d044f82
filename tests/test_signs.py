"""Signs that stand in a column of their own, as spreadsheets print accounts."""

from itertools import pairwise

import pytest

from extract.grid.headers.signs import with_signs
from extract.grid.model import Grid, GridCell
from schema.layout import Box, Word

XS = (0.0, 100.0, 115.0, 160.0)
ROWS = (
    ("Verksamhet", "", "Budget 2025"),
    ("Skola", "-", "45 300"),
    ("Avgifter", "", "12 000"),
    ("Summa", "−", "33 300"),
)


def grid_of(*rows):
    boxes = [Box(x0, 0, x1, 10) for x0, x1 in pairwise(XS)]
    cells = (
        GridCell(y, x, box, words=(Word(text, box, 10),) if text else ())
        for y, row in enumerate(rows)
        for x, (text, box) in enumerate(zip(row, boxes, strict=True))
    )
    return Grid(1, XS, tuple(cells), "aligned")


def texts(grid):
    return [[cell.text for cell in grid.row(row)] for row in range(grid.n_rows)]


def test_a_minus_in_a_column_of_its_own_is_the_sign_of_the_figure_after_it():
    joined = with_signs(grid_of(*ROWS))
    assert texts(joined)[1:] == [["Skola", "- 45 300"], ["Avgifter", "12 000"], ["Summa", "− 33 300"]]
    assert joined.xs == (0.0, 100.0, 160.0) and joined.row(1)[1].box.x0 == 100.0


@pytest.mark.parametrize(
    "row",
    [("Skola", "-", ""), ("Skola", "-", "-5"), ("Skola", "12", "45 300"), ("Skola", "-", "saknas")],
    ids=["no figure", "a sign of its own", "figures", "words"],
)
def test_a_column_that_holds_more_than_signs_is_one(row):
    grid = grid_of(*ROWS, row)
    assert with_signs(grid) is grid


def test_a_minus_below_a_header_is_a_missing_value():
    grid = grid_of(("Verksamhet", "Utfall", "Budget 2025"), *ROWS[1:])
    assert with_signs(grid) is grid
    spread = [*grid_of(*ROWS).cells[3:], GridCell(0, 1, Box(100, 0, 160, 10), col_span=2, words=grid.row(0)[2].words)]
    joined = with_signs(Grid(1, XS, (*grid.cells[:1], *spread), "aligned"))
    assert texts(joined)[:2] == [["Verksamhet", "Budget 2025"], ["Skola", "- 45 300"]]
