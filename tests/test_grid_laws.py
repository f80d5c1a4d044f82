"""Whatever stands on a page: each character is in one block or cell, and cells are disjoint rectangles."""

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from making_tables import PAGE
from typeset import read_typeset

WORDS = [
    "Boende",
    "Familjehem",
    "Andel",
    "barn (%)",
    "Summa",
    "varav hyror",
    "Utfall 2023",
    "Budget",
    "Mål 2024",
    "tkr",
]
FIGURES = ["1 204", "-350", "12,5", "0", "98 %", "2022", "i.u.", "1 112 004", "", "±0"]
LINES = ["none", "0.5pt", "0.4pt + gray"]
FILLS = [
    "none",
    "(_, y) => if y == 0 { yellow }",
    "(_, y) => if calc.odd(y) { silver }",
    "(x, y) => if x == y { aqua }",
]
WHOLE = 40
"""Percent of the width that a table has at least."""


@dataclass(frozen=True)
class Drawn:
    """Markup, and the characters that it prints."""

    markup: str
    text: str


@st.composite
def tables(draw: st.DrawFn) -> Drawn:
    """A table of any size, lines and fills, with some cells merged over their neighbours."""
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    cells, printed, covered = [], [], set()
    for place in [(row, col) for row in range(height) for col in range(width)]:
        if place in covered:
            continue
        down, across = draw(spans(place, height, width, covered))
        covered |= {(place[0] + i, place[1] + j) for i in range(down) for j in range(across)}
        text = draw(st.sampled_from(WORDS if place[1] == 0 or place[0] == 0 else FIGURES))
        weight = draw(st.sampled_from(["{}", "{}", "*{}*", "_{}_"])) if text else "{}"
        cells.append(f"table.cell(rowspan: {down}, colspan: {across})[{weight.format(literal(text))}]")
        printed.append(text)
    looks = f"stroke: {draw(st.sampled_from(LINES))}, fill: {draw(st.sampled_from(FILLS))}"
    inset = f"inset: {draw(st.integers(2, 6))}pt, align: {draw(st.sampled_from(['left', 'right', 'center']))}"
    share = draw(st.integers(WHOLE, 100))
    columns = ", ".join(draw(st.sampled_from(["1fr", "2fr", "auto"])) for _ in range(width))
    table = f"table(columns: ({columns},), {looks}, {inset}, {', '.join(cells)})"
    return Drawn(f"#block(width: {share}%, {table})", "".join(printed))


@st.composite
def spans(draw: st.DrawFn, place: tuple[int, int], height: int, width: int, covered: set) -> tuple[int, int]:
    """Over how many rows and columns a cell is merged: mostly its own, never over a cell that is taken."""
    if draw(st.integers(0, 5)):
        return 1, 1
    row, col = place
    across = draw(st.integers(1, width - col))
    while any((row, col + j) in covered for j in range(across)):
        across -= 1
    return draw(st.integers(1, height - row)), across


def paragraphs() -> st.SearchStrategy[Drawn]:
    texts = st.lists(st.sampled_from([*WORDS, *FIGURES]), min_size=1, max_size=12).map(" ".join)
    return texts.map(lambda text: Drawn(literal(text) or "text", text or "text"))


def strays() -> st.SearchStrategy[Drawn]:
    """A line or a coloured sheet anywhere on the page, as ornaments are drawn."""
    place = st.tuples(*[st.integers(0, 400)] * 2, st.integers(1, 300), st.integers(0, 40))
    return place.map(
        lambda p: Drawn(f"#place(top + left, dx: {p[0]}pt, dy: {p[1]}pt, rect(width: {p[2]}pt, height: {p[3]}pt))", "")
    )


def literal(text: str) -> str:
    return "".join(f"\\{c}" if c in "-%()±" and c != "±" else c for c in text)


def pages() -> st.SearchStrategy[list[Drawn]]:
    return st.lists(st.one_of(tables(), tables(), paragraphs(), strays()), min_size=1, max_size=5)


def read(page: list[Drawn]):
    with tempfile.TemporaryDirectory() as folder:
        return read_typeset(Path(folder), "\n\n".join(drawn.markup for drawn in page), page=PAGE)


def characters(text: str) -> Counter:
    return Counter(text.replace(" ", "").replace("\n", ""))


@settings(max_examples=60)
@given(pages())
def test_every_character_of_a_page_is_in_one_block_or_cell(page):
    content = read(page)
    held = [block.text for block in content.blocks] + [cell.text for table in content.tables for cell in table.cells]
    assert characters("".join(held)) == characters("".join(drawn.text for drawn in page))


@settings(max_examples=60)
@given(st.lists(tables(), min_size=1, max_size=3))
def test_cells_are_disjoint_rectangles(page):
    for table in read(page).tables:
        places = [
            (row, col)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        ]
        assert min(min(cell.row_span, cell.col_span) for cell in table.cells) >= 1
        assert [place for place, count in Counter(places).items() if count > 1] == []
        assert set(places) <= {(row, col) for row in range(table.n_rows) for col in range(table.n_cols)}
