"""Tables as offices of statistics set them: typed lines, dots that lead to values, groups of headers, few borders."""

from dataclasses import replace
from itertools import pairwise

import pytest
from typeset import read_typeset, texts

from extract.grid.aligned import region_to_grid
from extract.grid.drawn.areas import Area, Edge, column_borders, join_stacked
from extract.grid.drawn.areas import with_groups as with_groups_of_area
from extract.grid.drawn.ruled import _with_row_ends
from extract.grid.headers.body import headed_body
from extract.grid.headers.cells import with_groups, with_numbers_apart, with_whole_headers
from extract.grid.headers.placed import Room, placed
from extract.grid.model import Grid, GridCell
from extract.grid.row_cells import cells_of
from extract.grid.row_model import RowModel, RowTask, piece_of
from extract.page.drawing import typed_rules
from extract.page.gutters import Columns, column_of, columns_of
from extract.page.lines import Line, segments_of
from schema.layout import Box, Word
from schema.lexicon.figures import is_figure
from schema.lexicon.signs.leaders import leaders_in

TYPED = """
#set text(size: 8pt)
```
       Besök vid öppna verksamheter
------------------------------------------
                    Antal besök     Öppna
Verksamhet         2022    2023    dagar
------------------------------------------
Badhus............ 1204    1310      340
  varav skolor....  204     198      180
Bibliotek.........  870     912      302
------------------------------------------
```
"""


def test_a_typed_table_is_parted_from_its_title_by_typed_lines(tmp_path):
    (table,) = read_typeset(tmp_path, TYPED).tables
    assert texts(table) == [
        ["", "Antal besök", "", "Öppna dagar"],
        ["Verksamhet", "2022", "2023", ""],
        ["Badhus ............", "1204", "1310", "340"],
        ["varav skolor ....", "204", "198", "180"],
        ["Bibliotek .........", "870", "912", "302"],
    ]
    assert next(c for c in table.cells if c.text == "Antal besök").col_span == 2


def typed(*texts: tuple[str, float], top: float = 10) -> list[Word]:
    return [Word(text, Box(x, top, x + 5 * len(text), top + 10), 10) for text, x in texts]


def test_signs_in_a_line_alone_are_a_rule_and_beside_words_they_are_not():
    lone, field = typed(("-----", 0), ("----", 35), ("====", 100)), typed(("Namn:", 0), ("________", 40), top=40)
    found = typed_rules([*lone, *field, *typed(("--", 0), ("--", 50), top=60)])
    assert [(rule.box.x0, rule.box.x1) for rule, _ in found] == [(0, 55), (100, 120)]


LEADERS = """
#set table(stroke: none, inset: (x: 0pt, y: 3pt))
#let to(label) = [#label#box(width: 1fr, repeat(justify: false)[.])]
#table(columns: (170pt, 40pt, 70pt), align: (left, right, right),
  [], [Antal], [Andel],
  to[Trygga barn], [1204], [71],
  [Stöd i hemmet], [], [],
  to[1, beviljat], [318], [24],
  to[2, avslaget], [24], [3],
  to[Långsiktigt boende], [87], [12])
"""


def test_dots_that_lead_to_a_figure_are_no_part_of_it_and_end_their_label(tmp_path):
    (table,) = read_typeset(tmp_path, LEADERS).tables
    rows = [[text.rstrip(". ") for text in row] for row in texts(table)]
    assert rows[1:] == [
        ["Trygga barn", "1204", "71"],
        ["Stöd i hemmet", "", ""],
        ["1, beviljat", "318", "24"],
        ["2, avslaget", "24", "3"],
        ["Långsiktigt boende", "87", "12"],
    ]


def test_a_line_parts_after_its_dots_though_they_touch_the_figure():
    line = Line(tuple(typed(("Barn", 0), ("..........", 20), ("71", 70))))
    assert [piece.text for piece in segments_of(line)] == ["Barn ..........", "71"]
    other = Line(tuple(typed(("Ungdomar", 0), ("......", 40), ("24", 70), top=25)))
    assert columns_of([line, other]).gutters == ((40, 70),)
    assert leaders_in("Barn......71") == [(4, 10)] and leaders_in("i.u...") == []


@pytest.mark.parametrize("text", ["$94,126", "$ (12,418)", "+$1,632", "€ 500", "+/-902", "-£4"])
def test_a_sign_of_money_or_of_error_stands_in_a_figure(text):
    assert is_figure(text)
    assert not is_figure("$") and not is_figure("€ per barn")


def row_of(top: float, *words: tuple[str, float, float]) -> Line:
    return Line(tuple(Word(text, Box(x0, top, x1, top + 9), 10) for text, x0, x1 in words))


def test_a_group_over_headers_that_come_again_is_not_parted_between_them():
    body = [
        row_of(top, ("Namn", 0, 30), ("12", 118, 128), ("34", 158, 168), ("56", 198, 208), ("78", 238, 248))
        for top in (40, 54, 68)
    ]
    own = row_of(24, ("Flickor", 95, 128), ("Pojkar", 138, 168), ("Flickor", 175, 208), ("Pojkar", 218, 248))
    group = row_of(10, ("Andel", 190, 218), ("Trygga", 221, 256))
    found = headed_body([group, own, *body], Columns((), frozenset()))
    assert found and found.groups == {0: {3: 2}}
    assert found.pieces[0][3].line.text == "Andel Trygga"


def cell(row: int, col: int, text: str, *, top: float, span: int = 1) -> GridCell:
    x = 100.0 * col
    words = tuple(Word(part, Box(x, top + 11 * i, x + 40, top + 10 + 11 * i), 10) for i, part in enumerate([text]))
    return GridCell(row, col, Box(x, top, x + 100 * span, top + 11), 1, span, words if text else ())


def test_a_header_goes_on_beside_the_row_below_a_group():
    rows = [
        [cell(0, 0, "", top=0), cell(0, 1, "Antal", top=0, span=2), cell(0, 3, "Invånare", top=0)],
        [cell(1, c, t, top=11) for c, t in enumerate(("Område", "2022", "2023", "per bostad"))],
        [cell(2, c, t, top=22) for c, t in enumerate(("Centrum", "1 204", "1 310", "2,1"))],
    ]
    grid = Grid(1, (0, 100, 200, 300, 400), tuple(c for row in rows for c in row), "aligned")
    whole = {c.text: (c.row, c.row_span) for c in with_whole_headers(grid).cells}
    assert whole["Invånare per bostad"] == (0, 2)
    assert whole["2023"] == (1, 1)
    assert with_groups(grid) is grid


def test_a_line_under_a_group_that_ends_short_of_a_column_line_begins_no_column():
    down = (Edge(100, 0, 200, True), Edge(160, 20, 200, True))
    across = (Edge(0, 0, 220, True), Edge(18, 105, 215, True), Edge(200, 0, 220, True))
    assert column_borders([Area(across, down, ())]) == [0, 100, 160, 215, 220]
    assert column_borders([Area(across, (), ())]) == [0, 105, 215, 220]


def test_rows_of_a_table_open_at_its_sides_are_its_outer_columns_too():
    ys, xs = (20.0, 40.0, 60.0, 80.0), (0.0, 100.0, 160.0, 220.0)
    down = tuple(Edge(x, a, b, True) for x in xs[1:-1] for a, b in pairwise(ys))
    across = tuple(Edge(y, xs[0], xs[-1], True) for y in (0.0, ys[0], ys[-1]))
    labels = [Word("Skola", Box(2, y + 5, 50, y + 15), 10) for y in ys[:-1]]
    body = [GridCell(1, col, Box(a, ys[0], b, ys[-1])) for col, (a, b) in enumerate(pairwise(xs))]
    for held, parted in ((labels, 3), (labels[:1], 1)):
        cells = (*(replace(c, row=0) for c in body), replace(body[0], words=tuple(held)), *body[1:])
        area = _with_row_ends(Area(across, down, ()), Grid(1, xs, cells, "ruled"))
        assert sum(e.low == 0 and not e.drawn for e in area.across) == parted - 1


def test_a_group_over_columns_whose_line_begins_below_it_is_one_cell():
    down = (Edge(100, 0, 200, True), Edge(160, 20, 200, True), Edge(220, 0, 200, True))
    across = (Edge(0, 0, 280, True), Edge(40, 0, 280, True), Edge(200, 0, 280, True))
    assert with_groups_of_area(Area(across, down, ())).across[3:] == (Edge(20, 100, 220, False),)
    level = tuple(replace(edge, low=0) for edge in down)
    assert with_groups_of_area(Area(across, level, ())).across == across
    frame = (Edge(0, 20, 200, True), *level, Edge(280, 20, 200, True))
    assert with_groups_of_area(Area(across, frame, ())).across == across


def costs_of(*labels: str) -> float:
    """What the rows of lines cost at least; each label but the second has a value."""
    pieces = []
    for i, label in enumerate(labels):
        starts = [0, *(5 * (at + 1) for at, sign in enumerate(label) if sign == " ")]
        parts = [typed(*zip(label.split(), starts, strict=True), top=10 + 12.5 * i)]
        parts += [typed(("31", 210), top=10 + 12.5 * i)] if i != 1 else []
        pieces.append({col: piece_of(Line(tuple(words))) for col, words in enumerate(parts)})
    task = RowTask(tuple(pieces), (0.0, 200.0, 230.0), frozenset(), frozenset(), frozenset(), False, 0)
    return RowModel(task).solve("top")[0]


def test_a_line_without_dots_among_labels_that_lead_to_values_heads_rows():
    assert costs_of("Barn .......", "STÖD", "1990 plan ....") < costs_of("Barn", "STÖD", "1990 plan") - 1


GROUP_LINES = """
#set table(stroke: none, inset: (x: 0pt, y: 3pt))
#table(columns: (90pt, 50pt, 50pt, 50pt, 50pt), column-gutter: 4pt, align: (left, right, right, right, right),
  [], table.cell(colspan: 2, align: center)[Anmälda], [], [],
  table.hline(start: 1, end: 3, stroke: 0.5pt), [Enhet], [Flickor], [Pojkar], [Platser], [Andel],
  ..range(5).map(i => table.hline(start: i, end: i + 1, stroke: 0.5pt)),
  [Skola], [120], [130], [40], [12], [Omsorg], [210], [205], [50], [9], [Kultur], [12], [14], [6], [3])
"""


def test_a_line_under_a_group_is_of_the_table_whose_columns_it_stands_over(tmp_path):
    (table,) = read_typeset(tmp_path, GROUP_LINES).tables
    assert texts(table)[:2] == [["", "Anmälda", "", "", ""], ["Enhet", "Flickor", "Pojkar", "Platser", "Andel"]]
    lower = Area((*(Edge(40, 50 * i, 50 * i + 46, True) for i in range(5)), Edge(90, 0, 246, True)), (), ())
    group, far, whole = (
        Area((Edge(y, x, end, True),), (), ()) for y, x, end in ((20, 50, 146), (-40, 50, 146), (20, 0, 246))
    )
    assert [len(join_stacked([upper, lower], ())) for upper in (group, far, whole)] == [1, 2, 2]


def test_headers_that_touch_are_parted_where_the_column_of_figures_ends():
    figures = (("8 450", 120, 150), ("8 700", 192, 222), ("8 900", 264, 294))
    body = [row_of(top, ("Namn", 0, 30), *figures) for top in (24, 38, 52)]
    head = row_of(
        10, ("Budget", 72, 117), ("2023Budget", 119, 203), ("2024", 206, 236), ("Plan", 239, 264), ("2025", 267, 294)
    )
    found = headed_body([head, *body], Columns((), frozenset()))
    assert found and {col: piece.line.text for col, piece in found.pieces[0].items()} == {
        1: "Budget 2023",
        2: "Budget 2024",
        3: "Plan 2025",
    }


def test_headers_that_each_hold_a_year_are_no_group_though_one_runs_over_its_columns_end():
    rooms = [Room(90, 244, 87, 321, False), Room(321, 371, 244, 374, True)]
    rooms += [Room(393, 443, 371, 446, True), Room(465, 515, 443, 518, True)]
    words = (("Budget", 292, 336), ("2023", 340, 371), ("Budget", 371, 416), ("2024", 420, 450))
    head = row_of(10, *words, ("Plan", 453, 480), ("2025", 484, 515))
    found = placed(head, rooms)
    assert found and [(first, last, phrase.text) for first, last, phrase in found] == [
        (1, 1, "Budget 2023"),
        (2, 2, "Budget 2024"),
        (3, 3, "Plan 2025"),
    ]


def test_a_true_hyphen_at_the_end_of_a_line_breaks_a_word_as_another_does(tmp_path):
    markup = "#table(columns: (60pt, 40pt), [Genom\\u{2010}\\ förande\\u{2010}\\ planer], [71], [Barn], [12])"
    (table,) = read_typeset(tmp_path, markup).tables
    assert texts(table)[0] == ["Genomförandeplaner", "71"]


def test_dots_stand_in_the_column_that_they_begin_in():
    dots, word = typed(("..............................", 40), ("Verksamheten", 80))
    assert [column_of(one, (0, 90, 200)) for one in (dots, word)] == [0, 1]


def test_a_band_in_the_middle_of_the_table_is_of_all_its_columns():
    def at(top: float, *figures: str) -> Line:
        return row_of(top, ("Skolor", 0, 40), *((f, 100 * i + 80, 100 * i + 100) for i, f in enumerate(figures, 1)))

    band = row_of(24, ("Antal", 203, 228), ("inskrivna", 231, 275), ("barn", 278, 298))
    lines = [at(10, "120", "130", "140", "150"), band, at(38, "12", "13", "14", "15"), at(52, "22", "23", "24", "25")]
    grid = region_to_grid(lines, (), {}, 1)
    assert grid and [(c.col, c.col_span) for c in grid.cells if c.text == "Antal inskrivna barn"] == [(0, 5)]


@pytest.mark.parametrize("signs", [("(1)", "(2)", "(3)"), ("(a)", "(b)", "(c)")])
def test_numbers_of_columns_are_a_row_of_the_header(signs):
    def at(row: int, *columns: tuple[str, ...]) -> list[GridCell]:
        return [
            GridCell(
                row,
                col,
                Box(0, 30.0 * row, 9, 30.0 * row + 30),
                words=tuple(
                    Word(text, Box(100.0 * col, 30.0 * row + 11 * i, 100.0 * col + 20, 30.0 * row + 11 * i + 10), 10)
                    for i, text in enumerate(texts)
                ),
            )
            for col, texts in enumerate(columns)
        ]

    heads, figures = ("Namn", "Antal", "Andel"), at(1, ("Barn",), ("12",), ("34",))
    joined = Grid(1, (0, 100, 200, 300), (*at(0, *zip(heads, signs, strict=True)), *figures), "ruled")
    parted = with_numbers_apart(joined)
    assert [[cell.text for cell in parted.row(row)] for row in range(3)] == [[*heads], [*signs], ["Barn", "12", "34"]]
    assert parted.header_rows == (0, 1)
    assert with_numbers_apart(parted).cells == parted.cells
    noted = Grid(1, joined.xs, (*at(0, *((head, "(1)") for head in heads)), *figures), "ruled")
    assert with_numbers_apart(noted) is noted


def test_a_space_in_typed_figures_parts_no_columns(tmp_path):
    markup = """
```
                    2024     2025
Gatubelysning      1 200    1 400
Cykelvägar         3 000    2 500
Lekplatser           650      700
Beläggning         8 000    8 200
Parker             2 100    2 000
```
"""
    (table,) = read_typeset(tmp_path, markup).tables
    assert texts(table)[:2] == [["", "2024", "2025"], ["Gatubelysning", "1 200", "1 400"]]
    apart, tight = (Line(tuple(word for word in words)) for words in (typed6("12", "345"), typed6("12", "34")))
    assert [len(columns_of([line, line]).gutters) for line in (apart, tight)] == [0, 1]


def typed6(*texts: str) -> list[Word]:
    """Words of typewriter print, a space apart."""
    starts = [6 * sum(len(other) + 1 for other in texts[:i]) for i in range(len(texts))]
    return [Word(t, Box(x, 10, x + 6 * len(t), 20), 10) for t, x in zip(texts, starts, strict=True)]


def test_a_cell_over_two_columns_is_one_row_high():
    def piece(text: str, x: float, row: int, width: float = 60):
        return piece_of(Line((Word(text, Box(x, 12 * row, x + width, 12 * row + 10), 10),)))

    pieces = (
        {0: piece("Tydliga", 0, 0, width=150), 2: piece("7", 220, 0)},
        {0: piece("riktlinjer", 0, 1), 1: piece("Andel", 110, 1), 2: piece("9", 220, 1)},
        *({1: piece("Antal", 110, row), 2: piece("8", 220, row)} for row in (2, 3)),
    )
    task = RowTask(pieces, (0, 100, 200, 300), frozenset({0}), frozenset(), frozenset(), False, 0)
    cells = cells_of(RowModel(task), [(row, row) for row in range(4)], task.xs)
    places = [
        (row, col)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    ]
    assert len(places) == len(set(places)) == 12
