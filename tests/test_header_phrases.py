"""Headers that are set to another side than the figures below them, and numbers that narrow cells broke."""

from dataclasses import replace
from itertools import pairwise

import pytest

from extract.grid.aligned import _open_regions, _side_by_side, _stacked, region_to_grid
from extract.grid.bars import Bar
from extract.grid.headers.above import with_groups_above
from extract.grid.headers.body import header_above, heads_again
from extract.grid.headers.cells import with_groups
from extract.grid.headers.groups import spread_groups
from extract.grid.headers.phrases import bands_over_figures, begins_header_below, phrases_by_column
from extract.grid.headers.placed import Room, placed, placed_all
from extract.grid.model import Grid, GridCell, find_header_rows, printed_text
from extract.grid.row_cells import side_labels, with_side_labels
from extract.grid.row_model import goes_on, piece_of
from extract.page.gutters import Columns, columns_of, unglued, without_split
from extract.page.lines import Line
from schema.layout import Box, Word
from schema.lexicon.figures import breaks_number, is_amount
from schema.lexicon.wordbreaks import join_lines


def line(*words: tuple[str, float, float], top: float = 10) -> Line:
    return Line(tuple(Word(text, Box(x0, top, x1, top + 10), 10) for text, x0, x1 in words))


def told_by(heading: Line, sides: list[tuple[float, float]]) -> dict[int, str] | None:
    """What a line says over columns whose text begins and ends at `sides`."""
    gutters = tuple((left[1], right[0]) for left, right in pairwise(sides))
    xs = [sides[0][0], *((a + b) / 2 for a, b in gutters), sides[-1][1]]
    told = phrases_by_column(heading, Columns(gutters, frozenset()), xs, sides)
    return told and {col: part.text for col, part in told.items()}


def test_each_phrase_of_a_line_heads_the_column_it_stands_over():
    sides = [(0, 80), (140, 160), (190, 210), (250, 270)]
    heading = line(("Förvaltning", 0, 60), ("Visstid", 126, 160), ("Andel", 166, 190), ("heltid", 193, 220))
    assert told_by(heading, sides) == {0: "Förvaltning", 1: "Visstid", 2: "Andel heltid"}
    assert told_by(line(("Januari–augusti", 130, 215), ("Helår", 250, 270)), sides) is None
    assert told_by(line(("Summa", 126, 160)), sides) is None


def test_headers_that_each_begin_where_their_column_does_are_two_however_near_they_stand():
    sides = [(0, 80), (100, 168), (174, 300), (320, 350)]
    heading = line(("Nämndmål", 0, 50), ("Måluppfyllelse", 100, 171), ("Indikator", 174, 210), ("Utfall", 325, 350))
    assert told_by(heading, sides) == {0: "Nämndmål", 1: "Måluppfyllelse", 2: "Indikator", 3: "Utfall"}


def test_a_header_of_two_words_is_parted_from_the_next_where_both_begin_as_their_columns_do():
    sides = [(0, 80), (100, 130), (160, 190), (222, 280)]
    heading = line(
        ("Indikator", 0, 40), ("2021", 100, 120), ("Utfall", 160, 190), ("2021", 193, 218), ("Bedömning", 222, 270)
    )
    assert told_by(heading, sides) == {0: "Indikator", 1: "2021", 2: "Utfall 2021", 3: "Bedömning"}


def test_headers_that_run_into_each_other_are_those_of_two_columns():
    sides = [(0, 80), (100, 130), (145, 250), (300, 350)]
    heading = line(("Nämndmål", 0, 50), ("Måluppfyllelse", 98, 156), ("Indikator", 145, 180), ("Utfall", 325, 350))
    assert told_by(heading, sides) == {0: "Nämndmål", 1: "Måluppfyllelse", 2: "Indikator", 3: "Utfall"}


def test_a_header_set_to_the_left_is_read_over_figures_to_the_right():
    edges = (237, 274, 311, 348, 385, 457, 530)
    years = (("Helår", 385, 417), ("2022", 420, 450), ("Helår", 457, 489), ("2021", 493, 522))
    quarters = ((f"Kv{i + 1}", x0, x0 + 26) for i, x0 in enumerate(edges[:4]))
    rows = [
        "Familjehem 4120 4268 4401 4377 17166 15902",
        "HVB 610 588 702 655 2555 2790",
        "Boende 95 140 122 160 517 488",
    ]
    body = []
    for i, (label, *figures) in enumerate(row.split() for row in rows):
        cells = ((text, x1 - 7 * len(text), x1) for text, x1 in zip(figures, edges[1:], strict=True))
        body.append(line((label, 57, 180), *cells, top=30 + 15 * i))
    grid = region_to_grid([line(*quarters, *years), *body], (), {}, 1)
    texts = [" ".join(word.text for word in cell.words) for cell in grid.row(0)] if grid else []
    assert texts == ["", "Kv1", "Kv2", "Kv3", "Kv4", "Helår 2022", "Helår 2021"]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [("35,", "0", "35,0"), ("12 410,", "5 %", "12 410,5 %"), ("1", "940", "1940"), ("2024-08-", "31", "2024-08-31")],
)
def test_a_narrow_cell_breaks_a_number(above, below, whole):
    assert breaks_number(above, below)
    assert join_lines([above, below], fills=[True]) == whole


def test_a_year_that_breaks_is_no_two_numbers():
    assert breaks_number("202", "4")
    assert not breaks_number("202", "18")
    assert not breaks_number("2024-", "18 000")


def test_headers_set_tight_are_parted_where_each_column_has_a_capital():
    sides = [(0, 80), (140, 160), (190, 210), (250, 270)]
    tight = line(
        ("Budget", 100, 134), ("2024", 137, 160), ("Utfall", 163, 190), ("2024", 193, 210), ("Avvikelse", 213, 268)
    )
    assert told_by(tight, sides) == {1: "Budget 2024", 2: "Utfall 2024", 3: "Avvikelse"}
    name = line(
        ("Budget", 100, 134),
        ("Norra", 137, 160),
        ("Hälsinge", 163, 190),
        ("Bollnäs", 193, 210),
        ("Nettokostnad", 213, 268),
    )
    assert told_by(name, sides) is None


def test_a_comma_ends_other_things_than_numbers():
    assert not breaks_number("35,", "varav 12")
    assert not breaks_number("2023,", "0")


def test_years_side_by_side_are_no_amounts():
    assert not is_amount("2025 2025-08")
    assert is_amount("2 025")


def table(*rows: str, edges: tuple[float, ...]) -> list[Line]:
    """Lines of words that begin at the edges, `|` between columns; 15 points apart."""
    found = []
    for i, row in enumerate(rows):
        cells = zip(row.split("|"), edges, strict=True)
        found.append(line(*((text, x, x + 6 * len(text)) for text, x in cells if text), top=30 + 15 * i))
    return found


def headers(*rows: str) -> tuple[int, list[str]]:
    """How many rows the header of lines has that no weight or line sets apart, and its text by column."""
    grid = region_to_grid(table(*rows, edges=(60, 200, 280, 360)), (), {}, 1)
    found = find_header_rows(grid).header_rows if grid else ()
    cells = [c for row in found for c in grid.row(row)] if grid else []
    return len(found), [" ".join(w.text for c in cells if c.col == col for w in c.words) for col in range(4)]


BODY = ("Hemtjänst|412|433|21", "Boende|871|905|34")


def test_a_header_that_wraps_ends_in_the_line_where_the_first_column_has_its_own():
    wrapped = headers("|Utfall|Budget|", "Verksamhet|2024|2024|Avvikelse", *BODY)
    assert wrapped == (1, ["Verksamhet", "Utfall 2024", "Budget 2024", "Avvikelse"])
    assert headers("|||Mål", "Mål|Utfall|Budget|2024", *BODY) == (1, ["Mål", "Utfall", "Budget", "Mål 2024"])
    assert headers("|Utfall|Budget|", "Hemsjukvård|2024|2031|7", *BODY) == (1, ["", "Utfall", "Budget", ""])


def test_a_header_over_labels_without_one_ends_above_the_first_row_that_it_heads():
    grouped = headers("|Redovisat jan-aug||Prognos", "|Utgifter|Netto|Utgifter", *BODY)
    assert grouped == (2, ["", "Redovisat jan-aug Utgifter", "Netto", "Prognos Utgifter"])


def test_text_that_goes_on_under_one_value_of_a_row_is_of_its_cell():
    rows = [("Antal träffar", 2, "14"), ("Antal projekt", 1, "15")]
    lines = [line(("Indikator", 60, 120), ("2017", 200, 220), ("2018", 260, 280), top=10)]
    for i, (label, first, last) in enumerate(rows):
        lines.append(line((label, 60, 140), (str(first), 235, 240), (last, 290, 300), top=30 + 30 * i))
    lines.insert(2, line(("(Malmslätt)", 246, 300), top=42))
    assert [len(region) for region in _open_regions(lines)] == [4]
    lines[2] = line(("Tabellen visar träffar", 60, 300), top=42)
    assert max(map(len, _open_regions(lines)), default=0) < 4


def test_labels_set_sideways_beside_several_lines_are_a_first_column():
    rows = ["Skola|2023|2024", "Björken|212|218", "Eken|341|338", "Åsen|96|101", "Granen|187|190", "Tallen|402|411"]
    lines = table(*rows, edges=(60, 200, 260))
    norra = Word("Norra", Box(40, 47, 50, 74), 10)
    sodra = Word("Södra", Box(40, 91, 50, 119), 10)
    words = [word for each in lines for word in each.words]
    assert side_labels([*words, norra, sodra]) == [norra, sodra]
    plain = region_to_grid(lines, (), {}, 1)
    grid = plain and with_side_labels(plain, [norra, sodra])
    assert grid and [(cell.row, cell.row_span) for cell in grid.cells if cell.col == 0] == [(0, 1), (1, 3), (4, 2)]
    assert grid.n_cols == 4 and [w.text for cell in grid.row(4) for w in cell.words] == [
        "Södra",
        "Granen",
        "187",
        "190",
    ]


def test_a_header_set_sideways_is_no_label_of_rows():
    lines = table("Mål|2023|2024", "Hemtjänst|41|42", edges=(60, 200, 260))
    trend = Word("Uppnås", Box(320, 8, 330, 42), 10)
    assert side_labels([*(word for each in lines for word in each.words), trend]) == []


def test_a_header_left_of_its_figures_is_theirs_where_the_names_have_none():
    heading = line(("Bokslut", 280, 329), ("Prognos", 366, 416), ("Budget", 451, 499), top=30)
    body = [
        line((name, 66, 66 + 7 * len(name)), *((figure, x1 - 12, x1) for figure, x1 in figures), top=45 + 15 * i)
        for i, (name, figures) in enumerate(
            (name, [("2,7", 358), ("2,9", 443), ("2,8", 529)]) for name in ("Ledning", "Politik", "Tillsyn")
        )
    ]
    grid = region_to_grid([heading, *body], (), {}, 1)
    assert grid and [" ".join(w.text for w in cell.words) for cell in grid.row(0)] == [
        "",
        "Bokslut",
        "Prognos",
        "Budget",
    ]


def test_a_header_left_of_its_marks_is_theirs_where_a_table_has_no_figures():
    heading = line(("Nämndmål", 60, 110), ("Status", 280, 310), top=30)
    marks = [line(("Vattnet är rent", 60, 140), ("●", 330, 338), top=45 + 15 * i) for i in range(4)]
    region = [heading, *marks]
    assert len(columns_of(region).gutters) == 2
    assert len(without_split(region, columns_of(region)).gutters) == 1


def test_a_header_wider_than_its_column_that_ends_as_it_does_is_its_own():
    groups = line(("Redovisat", 184, 270), ("Prognos", 364, 393), ("2023", 395, 415), ("Investeringsram", 417, 475))
    below = line(*((text, x1 - 30, x1) for text, x1 in zip("ABCDEF", (220, 270, 317, 368, 415, 475), strict=True)))
    rows = [
        line(("Övrigt", 66, 100), *(("1,5", x1 - 11, x1) for x1 in (220, 270, 317, 368, 415, 475)), top=50 + 15 * i)
        for i in range(4)
    ]
    region = [groups, Line(tuple(replace(w, box=replace(w.box, top=25, bottom=35)) for w in below.words)), *rows]
    grid = region_to_grid(region, (), {}, 1)
    told = {c.col: " ".join(w.text for w in c.words) for c in grid.row(0) if c.words} if grid else {}
    assert (told[1], told[6]) == ("Redovisat", "Investeringsram")
    assert grid and grid.xs[6] < 417


def test_a_table_that_begins_below_an_empty_line_of_another_is_one_of_its_own():
    first = table("Uppdrag|Status|Klart|", "Utreda ishall|Pågår|2025|", edges=(60, 200, 280, 360))
    head = Line(
        tuple(
            replace(w, box=replace(w.box, top=70, bottom=80), bold=True)
            for w in table(*["Mått|2019|2020|Mål"], edges=(60, 200, 280, 360))[0].words
        )
    )
    below = line(("Personal", 60, 110), ("118", 200, 220), ("115", 280, 300), ("118", 360, 380), top=85)
    assert [len(region) for region in _stacked([*first, head, below])] == [2, 2]
    near = Line(tuple(replace(w, box=replace(w.box, top=60, bottom=70)) for w in head.words))
    assert [len(region) for region in _stacked([*first, near, below])] == [4]


def test_words_that_touch_part_after_a_bracket_where_their_columns_do():
    word = Word("41,59%(2016)52%", Box(300, 10, 375, 20), 10)
    assert [part.text for part in unglued(word, [60, 300, 360, 400])] == ["41,59%(2016)", "52%"]
    assert [part.text for part in unglued(word, [60, 300, 340, 400])] == ["41,59%(2016)52%"]


def body_of(*rows: str, bold: tuple[int, ...] = ()) -> list[str]:
    """The labels of rows under a header, of which some lines are bold."""
    lines = table("Verksamhet|2023|2024|2025", *rows, edges=(60, 260, 320, 380))
    drawn = [Line(tuple(replace(w, bold=i in bold) for w in line.words)) for i, line in enumerate(lines)]
    grid = region_to_grid(drawn, (), {}, 1)
    cells = [grid.row(row)[0] for row in range(1, grid.n_rows)] if grid else []
    return [" ".join(word.text for word in cell.words) for cell in cells]


def test_a_bold_line_below_a_bold_total_heads_what_follows():
    rows = ["Årets resultat|15|17|18", "Kassaflöde från verksamheten|15|17|18", "Investeringsverksamheten|||"]
    labels = body_of(*rows, "Fordon|4|5|6", "Summa|4|5|6", bold=(0, 2, 3, 5))
    assert labels[1:3] == ["Kassaflöde från verksamheten", "Investeringsverksamheten"]


def test_a_word_above_one_time_of_the_header_begins_a_header_there():
    header = line(("Indikator", 0, 60), ("2020", 150, 175), ("2021", 220, 245))
    assert begins_header_below(line(("Målvärde", 205, 250), top=0), header)
    assert not begins_header_below(line(("Målvärde", 140, 250), top=0), header)
    assert not begins_header_below(line(("Samhälle", 0, 50), top=0), header)


def test_a_value_that_ends_with_a_word_that_awaits_more_goes_on_in_a_figure():
    texts = ("79% resp", "84%", "79%", "-")
    values = {text: piece_of(line((text, 0, 8 * len(text)))) for text in texts}
    assert goes_on(values["79% resp"], values["84%"])
    assert not goes_on(values["79%"], values["84%"]) and not goes_on(values["-"], values["84%"])


def test_a_label_goes_on_after_a_word_that_none_ends_with():
    texts = ("Barn 0-12", "Barn 0-12 resp", "Öppna 13-20")
    above, conjoined, below = (piece_of(line((text, 60, 180))) for text in texts)
    assert goes_on(conjoined, below) and not goes_on(above, below)


def test_numbered_items_of_the_first_column_are_rows_of_their_own():
    rows = [
        "Uppdrag|Status",
        "3. Alla ska spara|Pågår",
        "32. Alla ska se över sina avtal|Pågår",
        "39. Alla ska dela|Pågår",
    ]
    head, *body = table(*rows, edges=(60, 280))
    bold = Line(tuple(replace(word, bold=True) for word in head.words))
    grid = region_to_grid([bold, *body], (), {}, 1)
    assert grid and grid.n_rows == 4


def grid_of(rows: list[list[str]], width: float = 60) -> Grid:
    """A grid of cells whose words begin at the left edge of their columns."""
    cells = []
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            box = Box(60 * col, 12 * row, width * (col + 1), 12 * row + 12)
            words = tuple(Word(text, Box(box.x0, box.top, box.x0 + 5 * len(text), box.bottom), 10) for _ in text[:1])
            cells.append(GridCell(row, col, box, words=words))
    return Grid(1, tuple(60 * col for col in range(len(rows[0]) + 1)), tuple(cells), "aligned")


@pytest.mark.parametrize(
    ("below", "spans"),
    [
        (["Verksamhet", "2024", "apr 2024", "Prognos", "2024", "Avvikelse"], {}),
        (["Verksamhet", "Budget", "Utfall", "Avvikelse", "Budget", "Prognos"], {"Jan-apr": 3, "Helår": 2}),
    ],
)
def test_headers_with_their_times_below_them_are_no_groups_over_whole_headers_beside(below, spans):
    above = ["", "Jan-apr", "", "", "Helår", ""] if spans else ["", "Utfall jan", "Budget jan-", "", "Årsbudget", ""]
    grid = spread_groups(grid_of([above, below, ["Nämnd", "412", "433", "1 300", "1 300", "0"]]))
    assert {printed_text(cell): cell.col_span for cell in grid.row(0) if cell.col_span > 1} == spans


def test_a_header_that_wraps_alike_over_several_columns_makes_no_two_tables():
    def region(*heads: str) -> list[Line]:
        names = [("Indikator", 0, 40), *((text, 100 + 60 * i, 130 + 60 * i) for i, text in enumerate(heads))]
        rows = [("Väntetid", "21", "18", "Minska", "16"), ("Personer i kö", "36", "44", "Minska", "Minska")]
        cells = [
            [(row[0], 0, 60), *((text, 100 + 60 * i, 130 + 60 * i) for i, text in enumerate(row[1:]))] for row in rows
        ]
        return [line(*found, top=12 * i) for i, found in enumerate([names, *cells])]

    assert len(_side_by_side(region("Utfall", "Målvä-", "Målvä-", "Målvä-"), ())) == 1
    assert len(_side_by_side(region("2024", "2025", "Mål", "2024"), ())) == 2


def spreadsheet(*headings: Line, gap: float = 15) -> list[Line]:
    """Header lines over rows of figures that are set to the right of columns 60 points wide."""
    below = max(part.box.bottom for part in headings) + gap - 10
    rows = [
        ("Hemtjänst", "412", "21 433", "7"),
        ("Boende", "21 871", "905", "-34"),
        ("Summa", "22 283", "22 338", "-27"),
    ]
    found = list(headings)
    for i, (label, *figures) in enumerate(rows):
        cells = [(text, 160 + 60 * col - 5 * len(text), 160 + 60 * col) for col, text in enumerate(figures)]
        found.append(line((label, 0, 6 * len(label)), *cells, top=below + 15 * i))
    return found


def header_of(region: list[Line]) -> list[str]:
    grid = region_to_grid(region, (), {}, 1)
    cells = grid.row(0) if grid else []
    return [" ".join(word.text for cell in cells if cell.col == col for word in cell.words) for col in range(4)]


def test_headers_that_nearly_touch_are_parted_where_the_columns_are():
    first = line(("Utfall", 120, 160), ("Prognos", 180, 220), ("Avvikelse", 223, 280))
    second = line(
        ("Enhet", 0, 30), ("2024", 140, 160), ("2025", 200, 220), ("mot", 223, 240), ("budget", 243, 280), top=21
    )
    assert header_of(spreadsheet(first, second)) == ["Enhet", "Utfall 2024", "Prognos 2025", "Avvikelse mot budget"]


def test_headers_a_space_apart_over_every_column_are_no_banner():
    """A browser's header cells have less padding than its cells, so that headers end right of their figures."""
    names = ["Verksamhet", "Intäkter 2023", "Kostnader 2023", "Netto 2023", "Budget netto 2023", "Netto 2022"]
    spans, x = [], 0.0
    for name in names:
        for word in name.split():
            spans.append((word, x, x + 5 * len(word)))
            x += 5 * len(word) + 3
    ends = [span[2] for span, after in zip(spans, [*(s[0] for s in spans[1:]), "B"], strict=True) if after[0].isupper()]
    rows = [
        line(("Skola", 2, 27), *(("-86 100", end - 37, end - 2) for end in ends[1:]), top=25 + 15 * i) for i in range(3)
    ]
    grid = region_to_grid([line(*spans), *rows], (), {}, 1)
    assert grid and [printed_text(cell) for cell in grid.row(0)] == names


def test_a_header_that_is_not_bold_is_its_tables_over_an_empty_row():
    header = line(("Enhet", 0, 30), ("Utfall", 103, 130), ("Budget", 163, 195), ("Avvikelse", 223, 262), top=40)
    title = line(("Ekonomi", 0, 40), top=15)
    rows = spreadsheet(header, gap=30)[1:]
    assert header_above(rows, [title, header, *rows]) == [header]
    assert header_above(rows, [title, *rows]) == []


def test_first_lines_of_header_cells_are_the_headers_and_a_title_is_not():
    """A spreadsheet's cells too low for their header let its first line out above them, seldom over all columns."""
    above = [line(("Utfall", 133, 160), ("Avvikelse", 223, 280), top=28), line(("Prognos", 0, 35), top=28)]
    header = line(("helår", 0, 25), ("2024", 140, 160), ("2025", 200, 220), ("mot budget", 230, 280), top=40)
    title = line(("Ekonomi", 0, 40), top=28)
    rows = spreadsheet(header)
    assert header_above(rows, [*above[:1], *rows]) == above[:1]
    assert header_above(rows, [*above[1:], *rows]) == above[1:]
    assert header_above(rows, [title, *rows]) == [title]
    named = spreadsheet(line(("Enhet", 0, 25), ("2024", 140, 160), ("2025", 200, 220), ("Avvikelse", 235, 280), top=40))
    assert header_above(named, [title, *named]) == []


def test_a_label_in_the_middle_of_a_header_of_two_lines_is_in_its_row():
    tall = [
        line(("Första halvåret", 100, 160), ("Andra halvåret", 170, 220), ("Första halvåret", 228, 280), top=10),
        line(("Enhet", 0, 25), top=16),
        line(("2024", 140, 160), ("2024", 200, 220), ("2025", 260, 280), top=22),
    ]
    assert header_of(spreadsheet(*tall)) == [
        "Enhet",
        "Första halvåret 2024",
        "Andra halvåret 2024",
        "Första halvåret 2025",
    ]


def test_a_line_above_headers_that_come_twice_tells_them_apart():
    groups = line(("Helår", 83, 110), ("Januari–augusti", 200, 280), top=20)
    header = line(("Enhet", 0, 25), ("Utfall", 133, 160), ("Budget", 193, 220), ("Utfall", 253, 280), top=40)
    rows = spreadsheet(header)
    assert header_above(rows, [groups, *rows]) == [groups]


def test_a_rule_through_the_first_line_of_a_header_parts_it_from_no_other():
    region = [
        line(("Första", 130, 160), ("Andra", 195, 220), ("Första", 250, 280), top=10),
        line(("Enhet", 0, 25), ("halvåret", 120, 160), ("halvåret", 180, 220), ("halvåret", 240, 280), top=22),
        *spreadsheet(line(("Enhet", 0, 25), top=22))[1:],
    ]
    for y, rows in ((17, 4), (21, 5)):
        grid = region_to_grid(region, (Bar(y, 0, 285),), {}, 1)
        assert grid and grid.n_rows == rows


def test_headers_of_several_columns_below_rows_of_figures_are_another_tables():
    header = line(("Enhet", 0, 30), ("Utfall", 103, 130), ("Budget", 163, 195), ("Avvikelse", 223, 262), top=120)
    text = line(("Övrigt", 0, 30), ("Klart", 133, 160), ("Pågår", 193, 220), top=120)
    rows = spreadsheet(line(("Ekonomi", 0, 40)))
    assert [heads_again(rows, part) for part in (header, text)] == [True, False]


def test_a_name_of_a_group_between_empty_rows_parts_no_table():
    header = line(("Enhet", 0, 30), ("Utfall", 130, 160), ("Budget", 190, 220), ("Avvikelse", 238, 280))
    first = spreadsheet(header)
    band = line(("Norra området", 0, 70), top=first[-1].box.top + 28)
    more = [replace_top(part, part.box.top + 75) for part in first[1:]]
    assert [len(region) for region in _open_regions([*first, band, *more])] == [8]


def replace_top(printed: Line, top: float) -> Line:
    return Line(tuple(replace(w, box=replace(w.box, top=top, bottom=top + 10)) for w in printed.words))


def test_groups_begin_where_the_first_columns_own_header_comes_again():
    region = [
        line(("2022", 163, 185), ("2023", 395, 417), top=10),
        line(
            *(("Kvinnor", 103, 132), ("Män", 167, 184), ("Totalt", 222, 245)),
            *(("Kvinnor", 338, 367), ("Män", 397, 414), ("Totalt", 450, 473)),
            top=25,
        ),
        *(
            line(("Frånvaro", 0, 40), *(("12,4", x - 16, x) for x in (147, 202, 263, 380, 430, 490)), top=40 + 15 * i)
            for i in range(3)
        ),
    ]
    grid = region_to_grid(region, (), {}, 1)
    spread = [(c.col, c.col_span) for c in with_groups(grid).row(0) if c.words] if grid else []
    assert spread == [(1, 3), (4, 3)]


def test_a_group_set_in_the_middle_may_begin_where_the_header_below_it_does():
    """*Ack* and *Helår* over Budget, Utfall, Avvik and Budget, Prognos, Avvik."""
    ends = (292, 353, 414, 475, 536, 597)
    own = ("Budget", 260), ("Utfall", 326), ("Avvik", 387), ("Budget", 443), ("Prognos", 492), ("Avvik", 570)
    region = [
        line(("Ack", 313, 334), ("Helår", 491, 522), top=10),
        line(("Ansvar", 0, 30), *((text, x, end) for (text, x), end in zip(own, ends, strict=True)), top=25),
        *(line(("Hemtjänst", 0, 45), *(("62 413", x - 30, x) for x in ends), top=40 + 15 * i) for i in range(3)),
    ]
    grid = region_to_grid(region, (), {}, 1)
    spread = [(c.col, c.col_span) for c in with_groups(grid).row(0) if c.words] if grid else []
    assert spread == [(1, 3), (4, 3)]


def test_groups_keep_their_columns_below_the_first_line_of_one_of_them():
    """*Januari–mars* in the middle of four columns, beside *Samma period* over *2024*."""
    ends = (250, 300, 350, 400, 450)
    own = ("Budget", 220), ("Utfall", 275), ("Avvik", 325), ("Andel", 375), ("Utfall", 425)
    region = [
        line(("Samma", 415, 440), ("period", 442, 465), top=10),
        line(("Januari–mars", 270, 330), ("2024", 430, 450), top=22),
        line(("Verksamhet", 0, 50), *((text, x, end) for (text, x), end in zip(own, ends, strict=True)), top=37),
        *(line(("Hemtjänst", 0, 45), *(("62 413", x - 30, x) for x in ends), top=52 + 15 * i) for i in range(3)),
    ]
    grid = region_to_grid(region, (), {}, 1)
    cells = with_groups(grid).cells if grid else ()
    assert {printed_text(c): (c.col, c.col_span) for c in cells if c.col_span > 1} == {"Januari–mars": (1, 4)}


def test_a_title_between_rules_parts_two_tables():
    above, below = (spreadsheet(line(("Enhet", 0, 30), ("Utfall", 130, 160), top=top)) for top in (10, 150))
    title = Line(
        tuple(Word(text, Box(x, 115, x + 40, 127), 12, bold=True) for text, x in (("Personal", 0), ("nyckeltal", 45)))
    )
    assert [len(part) for part in _stacked([*above, title, *below])] == [4, 4]
    assert [len(part) for part in _stacked([*above, title])] == [5]


def test_a_group_of_one_column_over_its_year_stands_beside_groups_that_end_where_their_last_columns_do():
    heads = line(
        ("Redovisat", 85, 130), ("2023", 132, 152), ("Prognos 2023", 225, 289), ("Investeringsram", 292, 352), top=10
    )
    names = ("Utgifter", "Netto", "Utgifter", "Inkomster", "Netto", "2023")
    ends = (105, 152, 200, 245, 289, 352)
    own = line(*((name, end - 5 * len(name), end) for name, end in zip(names, ends, strict=True)), top=22)
    rows = [line(("Övrigt", 0, 30), *(("11,5", end - 16, end) for end in ends), top=36 + 14 * i) for i in range(3)]
    grid = region_to_grid([heads, own, *rows], (), {}, 1)
    spread = {printed_text(c): (c.col, c.col_span) for c in with_groups(grid).row(0) if c.words} if grid else {}
    assert spread == {"Redovisat 2023": (1, 2), "Prognos 2023": (3, 3), "Investeringsram": (6, 1)}


@pytest.mark.parametrize(
    ("below", "spans"),
    [
        (["Verksamhet", "Antal", "Kronor", "Antal", "Kronor"], {"Budget": 2, "Utfall": 2}),
        (["Verksamhet", "Antal", "Kronor", "Platser", "Avvikelse"], {}),
    ],
)
def test_groups_in_cells_that_are_not_merged_head_equally_many_columns_with_the_same_headers(below, spans):
    grid = grid_of([["", "Budget", "", "Utfall", ""], below, ["Familjehem", "48", "19 200", "51", "13 700"]])
    moved = [
        replace(
            cell,
            words=tuple(
                replace(w, box=replace(w.box, x0=w.box.x0 + 58 - w.box.x1 + cell.box.x0, x1=cell.box.x1 - 2))
                for w in cell.words
            ),
        )
        for cell in grid.cells
    ]
    found = spread_groups(replace(grid, cells=tuple(moved)))
    assert {cell.words[0].text: cell.col_span for cell in found.row(0) if cell.col_span > 1} == spans


def test_a_groups_header_of_two_lines_is_placed_whole_though_its_second_stands_among_the_columns_own():
    xs = (58, 171, 226, 280, 324, 382, 420, 484, 537)
    printed = [
        (0, 1, ("Redovisat", 198, 239, 465), ("jan-aug", 241, 272, 465)),
        (0, 4, ("Prognos", 360, 395, 465), ("2023", 397, 416, 465)),
        (0, 6, ("Investerings-", 423, 477, 465)),
        (0, 7, ("Avvikelse", 492, 530, 465)),
        (1, 1, ("Utgifter", 191, 221, 491)),
        (1, 2, ("2023", 253, 272, 475), ("Inkomster", 231, 272, 491)),
        (1, 3, ("Utgifter", 288, 319, 491)),
        (1, 4, ("Inkomster", 329, 369, 491)),
        (1, 5, ("Netto", 394, 416, 491)),
        (1, 6, ("ram", 439, 455, 475), ("2023", 458, 477, 475)),
        *(
            (2, col, ("1,5", end - 11, end, 506))
            for col, end in enumerate((221, 272, 319, 369, 416, 477, 530), start=1)
        ),
    ]
    words = {
        (row, col): tuple(Word(text, Box(x0, y, x1, y + 9), 9) for text, x0, x1, y in held)
        for row, col, *held in printed
    }
    boxes = {row: (top, bottom) for row, top, bottom in ((0, 463, 474.5), (1, 474.5, 503), (2, 503, 518))}
    cells = (
        GridCell(row, col, Box(xs[col], top, xs[col + 1], bottom), words=words.get((row, col), ()))
        for row, (top, bottom) in boxes.items()
        for col in range(8)
    )
    spread = spread_groups(Grid(1, xs, tuple(cells), "aligned", header_rows=(0, 1)))
    told = {printed_text(c): (c.col, c.col_span) for c in spread.row(0) if c.words}
    groups = {"Redovisat jan-aug 2023": (1, 2), "Prognos 2023": (3, 3)}
    assert told == groups | {"Investerings- ram 2023": (6, 1), "Avvikelse": (7, 1)}


@pytest.mark.parametrize(
    ("above", "line_of_words", "is_band"),
    [("Inom 3", "månader och längre", False), ("Inom 3", "Andel i procent", True), ("", "Andel i procent", True)],
)
def test_the_end_of_a_cell_is_no_band_over_the_row_below(above, line_of_words, is_band):
    figures = {0: piece_of(line(("Öckerö", 0, 30), top=40)), 2: piece_of(line(("41", 120, 130), top=40))}
    figures |= {1: piece_of(line(("38", 80, 90), top=40))}
    pieces = [
        {2: piece_of(line((above, 100, 130)))} if above else {},
        {2: piece_of(line((line_of_words, 60, 150), top=25))},
        figures,
    ]
    assert bool(bands_over_figures(pieces, 0)) == is_band


def test_headers_at_least_cost_that_run_into_each_other_are_two():
    rooms = [Room(66, 155, -1e9, 178, False), Room(178, 209, 155, 220, False), Room(220, 334, 217, 361, False)]
    rooms.append(Room(361, 393, 334, 1e9, True))
    heading = line(("Nämndmål", 66, 108), ("Måluppfyllelse", 175, 232), ("Indikator", 220, 255), ("2018", 356, 376))
    found = placed(heading, rooms) or []
    assert [(first, last, part.text) for first, last, part in found] == [
        (0, 0, "Nämndmål"),
        (1, 1, "Måluppfyllelse"),
        (2, 2, "Indikator"),
        (3, 3, "2018"),
    ]


def test_a_group_stands_over_no_two_columns_that_are_headed_alike():
    sides = [(75, 226), (265, 296), (325, 361), (400, 421), (440, 486), (505, 546), (585, 606)]
    lows = [-1e9, *(x1 for _, x1 in sides[:-1])]
    rooms = [Room(x0, x1, low, x1 + 3, low > 0) for (x0, x1), low in zip(sides, lows, strict=True)]
    own = dict(enumerate(("Utfall", "Budget", "Avvikelse", "Prognos", "Budget", "Avvikelse"), start=1))
    found = placed(line(("Januari–augusti", 350, 426), ("Helår", 580, 606)), rooms, own) or []
    first, last, _ = found[0]
    assert last > first and len({own[col] for col in range(first, last + 1)}) == last + 1 - first


def test_texts_at_one_edge_are_a_column_though_the_text_beside_once_fills_its_own():
    names = [
        ("Trygga", 0, 30, "gator", 33, 97.5),
        ("Uppnås", 0, 35),
        ("",),
        ("Lokaler", 0, 60),
        ("",),
        ("Mat", 0, 30),
        ("",),
    ]
    region = [line(("Mål", 0, 20), ("Mått", 100, 125), ("Utfall", 270, 300), top=10)]
    for i, name in enumerate(names):
        beside = [(name[j], name[j + 1], name[j + 2]) for j in range(0, len(name) - 2, 3)]
        region.append(
            line(*beside, ("Andel", 100, 125), ("ljus", 127.5, 150), (f"{i + 3}1", 288, 300), top=24 + 14 * i)
        )
    grid = region_to_grid(region, (), {}, 1)
    assert grid and [c.text for c in grid.row(1) if c.words] == ["Trygga gator", "Andel ljus", "31"]


def test_rows_of_a_header_whose_cells_are_set_to_the_middle_are_one_below_the_groups():
    xs = (0, 60, 120, 180, 240, 300)
    placed_words = {
        (0, 2): [("Januari–september", 110, 190, 10)],
        (1, 3): [("Budget", 195, 225, 24)],
        (2, 0): [("Slag", 2, 20, 30)],
        (2, 1): [("Utfall", 70, 95, 30), ("2023", 97, 115, 30)],
        (2, 2): [("Utfall", 130, 155, 30), ("2024", 157, 175, 30)],
        (2, 3): [("2025", 200, 220, 36)],
        (2, 4): [("Avvikelse", 250, 290, 30)],
        **{(3, col): [("1 200", xs[col + 1] - 25, xs[col + 1] - 2, 50)] for col in range(1, 5)},
        (3, 0): [("Energi", 2, 30, 50)],
    }
    tops = (8, 22, 28, 48, 62)
    cells = tuple(
        GridCell(
            row,
            col,
            Box(xs[col], tops[row], xs[col + 1], tops[row + 1]),
            words=tuple(
                Word(text, Box(x0, y, x1, y + 10), 10, bold=row < 3)
                for text, x0, x1, y in placed_words.get((row, col), ())
            ),
        )
        for row in range(4)
        for col in range(5)
    )
    found = with_groups(Grid(1, xs, cells, "aligned", header_rows=(0, 1, 2)))
    assert [printed_text(c) for c in found.row(1)] == ["Slag", "Utfall 2023", "Utfall 2024", "Budget 2025", "Avvikelse"]


def test_times_that_end_a_few_headers_do_not_say_that_these_come_again():
    """*2024* below Utfall and Årsbudget; Budget and Prognos beside them are two headers."""
    sides = [(75, 196), (270, 311), (345, 381), (415, 456), (490, 531), (570, 606)]
    lows = [-1e9, *(x1 for _, x1 in sides[:-1])]
    rooms = [Room(x0, x1, low, x1 + 3, low > 0) for (x0, x1), low in zip(sides, lows, strict=True)]
    upper = line(
        ("Utfall", 250, 281), ("Budget", 355, 386), ("Prognos", 390, 426), ("2024", 430, 451), ("Mål", 510, 531)
    )
    lower = line(("2024", 290, 311), ("2024", 360, 381), ("2024", 505, 526), top=24)
    found, _ = placed_all([upper, lower], rooms)
    assert [(first, last) for first, last, _ in found or []] == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_a_line_of_groups_above_a_drawn_grid_tells_its_columns_apart():
    """*Tertial 2* and *Helår* over Budget, Utfall, Avvikelse and Budget, Prognos, Avvikelse."""
    heads = ["Enhet", "Budget", "Utfall", "Avvik", "Budget", "Prognos", "Avvik"]
    grid = grid_of([heads, *(["Bygglov", "2,4", "2,5", "0,1", "3,6", "3,5", "0,1"] for _ in range(3))])
    down = [replace(c, box=replace(c.box, top=c.box.top + 14, bottom=c.box.bottom + 14)) for c in grid.cells]
    moved = [
        replace(c, words=tuple(replace(w, box=replace(w.box, top=c.box.top, bottom=c.box.bottom)) for w in c.words))
        for c in down
    ]
    grid = replace(grid, cells=tuple(moved), engine="ruled", header_rows=(0,))
    groups = [Word(text, Box(x, 2, x + 45, 12), 10) for text, x in (("Tertial", 127.5), ("Helår", 307.5))]
    headed = with_groups_above(grid, groups)
    assert {printed_text(c): (c.col, c.col_span) for c in headed.row(0) if c.words} == {
        "Tertial": (1, 3),
        "Helår": (4, 3),
    }
    assert headed.header_rows == (0, 1)
    once = replace(grid, cells=tuple(c for c in grid.cells if c.col < 4), xs=grid.xs[:5])
    assert with_groups_above(once, groups) is once
