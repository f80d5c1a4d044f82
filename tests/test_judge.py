"""A page is read in several ways; the one that leaves least unexplained is taken."""

from dataclasses import replace

import pytest
from typeset import read_typeset, texts

from extract.grid.choose import Way, best_tables
from extract.grid.judge import FEATURES, cost_of, tabular_figures, weights
from extract.grid.model import Grid, GridCell
from schema.layout import Box, Word

OPEN_SIDES = """
#let body = (bottom: 0.5pt, left: 0.5pt, right: 0.5pt)
#table(columns: (130pt, 60pt, 60pt, 60pt), inset: 5pt,
  stroke: (x, y) => (
    top: if y > 1 { 0.5pt }, bottom: if y > 0 { 0.5pt },
    left: if x > 0 and y > 1 { 0.5pt }, right: if x < 3 and y > 1 { 0.5pt }),
  fill: (_, y) => if y == 0 { rgb("fada45") },
  [*Nyckeltal*], [*Kommunen*], [*Länet*], [*Riket*],
  table.cell(colspan: 4)[*Äldreomsorg*],
  [Brukaren trivs alltid hemma, andel (%)], [84], [81], [78],
  [Brukaren får bestämma om saker, andel (%)], [86], [79], [78],
  [Personal med adekvat utbildning, andel (%)], [70], [77], [91])
"""


def word(text: str, x: float, top: float) -> Word:
    return Word(text, Box(x, top, x + 5 * len(text), top + 10), 10.0)


def grid(*rows: tuple[str, ...], x: float = 0.0) -> Grid:
    """Rows of texts 20 points high, in columns of 80 points."""
    cells = [
        GridCell(r, c, Box(x + 80 * c, 20 * r, x + 80 * c + 80, 20 * r + 20), words=words_at(text, x + 80 * c, 20 * r))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Grid(1, tuple(x + 80.0 * c for c in range(len(rows[0]) + 1)), tuple(cells), "ruled")


def words_at(text: str, x: float, top: float) -> tuple[Word, ...]:
    found: list[Word] = []
    for part in text.split():
        found.append(word(part, (found[-1].box.x1 + 2.5 if found else x + 2), top + 4))
    return tuple(found)


GOOD = grid(("Mått", "2023", "2024"), ("Vård", "12", "14"), ("Skola", "3", "4"))
GOOD_WORDS = tabular_figures([w for cell in GOOD.cells for w in cell.words])


def test_a_grid_without_fault_costs_only_that_it_is_there():
    assert {name for name, feature in FEATURES.items() if feature([GOOD], GOOD_WORDS)} <= {"tables"}


def test_ages_at_the_left_name_their_rows():
    ages = grid(("Ålder", "2023", "2024"), ("0–5 år", "12", "14"), ("80– år", "3", "4"))
    assert FEATURES["figures_without_label"]([ages], ()) == 0
    assert FEATURES["figures_without_label"]([grid(("2023", "2024"), ("12", "14"))], ()) == 4


@pytest.mark.parametrize(
    ("fault", "worse"),
    [
        ("figures_without_label", grid(("2023", "2024"), ("12", "14"), ("3", "4"))),
        ("empty_columns", grid(("Mått", "", "2024"), ("Vård", "", "14"), ("Skola", "", "4"))),
        ("without_header", grid(("Vård", "12", "14"), ("Skola", "3", "4"))),
    ],
)
def test_a_fault_is_counted_and_costs(fault, worse):
    words = tabular_figures([w for cell in worse.cells for w in cell.words])
    assert FEATURES[fault]([worse], words) > 0
    assert set(weights()) == set(FEATURES)
    assert weights()[fault] == 0 or cost_of([worse], words) > cost_of([GOOD], GOOD_WORDS)


def test_figures_left_outside_are_counted():
    part = grid(("Mått", "2023"), ("Vård", "12"), ("Skola", "3"))
    assert FEATURES["loose_figures"]([part], GOOD_WORDS) > 0


def test_a_border_inside_a_number_is_counted():
    cells = (
        GridCell(0, 0, Box(0, 0, 80, 20), words=(word("Vård", 2, 4), word("1", 73, 4))),
        GridCell(0, 1, Box(80, 0, 160, 20), words=(word("500", 80.5, 4),)),
    )
    assert FEATURES["numbers_parted"]([Grid(1, (0.0, 80.0, 160.0), cells, "ruled")], ()) == 1


def test_each_place_on_a_page_takes_the_reading_that_explains_it_best():
    beside = grid(("Mått", "2023", "2024"), ("Vatten", "1", "2"), ("Avlopp", "3", "4"), x=400)
    unlabelled = grid(("2023", "2024"), ("1", "2"), ("3", "4"), x=480)
    torn = grid(("2023", "2024"), ("12", "14"), ("3", "4"), x=80)
    words = [w for table in (GOOD, beside) for cell in table.cells for w in cell.words]
    ways = [Way(lambda: [torn, beside]), Way(lambda: [GOOD, unlabelled])]
    assert best_tables(ways, words) == [GOOD, beside]


def test_a_way_that_is_not_worth_its_price_is_not_tried():
    def never() -> list[Grid]:
        raise AssertionError

    assert best_tables([Way(lambda: [GOOD]), Way(never, worth=1.0)], GOOD_WORDS) == [GOOD]


def test_a_reading_that_is_nearly_as_good_is_told_where_it_differs():
    words = [w for cell in GOOD.cells for w in cell.words]
    other = replace(GOOD, cells=tuple(replace(c, words=c.words * ((c.row, c.col) != (0, 1))) for c in GOOD.cells))
    (found,) = best_tables([Way(lambda: [GOOD]), Way(lambda: [other])], words)
    assert (found.cells, found.steps) == (GOOD.cells, ("another way: reads otherwise, 1 cells",))


def test_a_table_whose_inner_cells_alone_are_closed_is_read_whole(tmp_path):
    tables = [texts(table) for table in read_typeset(tmp_path, OPEN_SIDES).tables]
    assert [row[1:] for row in tables[0]] == [
        ["Kommunen", "Länet", "Riket"],
        ["", "", ""],
        ["84", "81", "78"],
        ["86", "79", "78"],
        ["70", "77", "91"],
    ]
    assert len(tables) == 1


def test_a_year_in_brackets_below_a_figure_is_no_second_figure():
    found = [FEATURES["numbers_in_one_cell"]([stacked(text)], ()) for text in ("218 (2020)", "218 204")]
    assert found == [0, 1]


def stacked(text: str) -> Grid:
    """A row whose second cell holds words below each other."""
    words = tuple(word(part, 82, 4 + 12 * i) for i, part in enumerate(text.split()))
    cells = (
        GridCell(0, 0, Box(0, 0, 80, 40), words=words_at("Index", 0, 0)),
        GridCell(0, 1, Box(80, 0, 160, 40), words=words),
    )
    return Grid(1, (0.0, 80.0, 160.0), cells, "ruled")


JUSTIFIED = """
#set par(justify: true)
#set text(hyphenate: false, size: 10pt)
#table(columns: (74pt, 66pt, 66pt), inset: 4pt, stroke: 0.5pt,
  [], [Antal av finansbolagen], [Andel av finansbolagen],
  [Antal av finansbolagen som tillämpade undantagen], [21], [8],
  [Antal av finansbolagen där kraven på upplysningar var hårdare], [11], [3],
  [Andel av finansbolagen som har flyttats], [27], [16])
"""


def test_wide_gaps_of_justified_text_part_no_columns(tmp_path):
    (table,) = read_typeset(tmp_path, JUSTIFIED).tables
    assert [row[1:] for row in texts(table)] == [
        ["Antal av finansbolagen", "Andel av finansbolagen"],
        ["21", "8"],
        ["11", "3"],
        ["27", "16"],
    ]


def test_a_gap_before_figures_parts_columns_however_even_the_lines_are():
    def cell(*lines: tuple[str, str]) -> GridCell:
        words = [w for i, (a, b) in enumerate(lines) for w in (word(a, 0, 14 * i), word(b, 100 - 5 * len(b), 14 * i))]
        return GridCell(0, 0, Box(0, 0, 100, 60), words=tuple(words))

    assert cell(("Vård", "12"), ("Skola", "14"), ("Bad", "16")).is_parted
    assert not cell(("Antal", "kommuner"), ("som", "redovisade"), ("Bad", "ute")).is_parted
