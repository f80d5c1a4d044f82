"""Headers as reports print them: without a line above, over several columns, alone at the foot of a page."""

import pytest
from typeset import PAGE, read_typeset, texts

from extract.grid.drawn.areas import Area, Edge, split_at_headers
from extract.grid.drawn.ruled import _with_whole_header
from extract.page.model import Fill
from schema.layout import Box, Word

UNRULED_TOP = """#show table.cell.where(y: 0): strong
#set table(stroke: none, column-gutter: 0.1pt)
#let under = table.cell.with(stroke: (bottom: 0.6pt))
"""
"""Each cell has a line of its own below it and none above, as web pages and many word processor styles draw them."""
ROWS = [
    ["Belopp tkr", "Bokslut 2022", "Budget 2023"],
    ["Nämnd och stab", "412", "433"],
    ["Hemtjänst", "9 871", "10 150"],
    ["Summa", "10 283", "10 583"],
]


def table(rows: list[list[str]], columns: str, align: str = "left + horizon") -> str:
    """A table whose cells are all underlined; `A >2` covers two columns, `A v2` two rows."""
    cells = []
    for row in rows:
        for text in row:
            text, _, wide = text.partition(" >")
            text, _, high = text.partition(" v")
            cells.append(f"under(colspan: {wide or 1}, rowspan: {high or 1})[{text}]")
    return f"#table(columns: {columns}, align: {align},\n" + ",\n".join(cells) + ")\n"


def test_a_header_with_no_line_above_belongs_to_its_table(tmp_path):
    body = UNRULED_TOP + "En mening står före tabellen.\n" + table(ROWS, "(150pt, 70pt, 70pt)")
    content = read_typeset(tmp_path, body)
    (found,) = content.tables
    assert texts(found) == ROWS
    assert [block.text for block in content.blocks if block.kind == "paragraph"] == ["En mening står före tabellen."]


@pytest.mark.parametrize("place", ["center", "left"])
def test_a_header_over_several_columns_is_each_columns_own(tmp_path, place):
    groups = [
        ["Verksamhet v2", "Januari–augusti >3", "Helår >3"],
        ["Utfall", "Budget", "Avvik.", "Prognos", "Budget", "Avvik."],
    ]
    body = [
        ["Skola", "-24,6", "-25,3", "0,7", "-37,9", "-38,0", "0,1"],
        ["Förskola", "-8,1", "-8,4", "0,3", "-12,0", "-12,1", "0,1"],
    ]
    markup = "#show table.cell.where(y: 1): strong\n" + table(
        groups + body, "(80pt,) + (42pt,) * 6", f"{place} + horizon"
    )
    (found,) = read_typeset(tmp_path, "#set text(size: 8pt)\n" + UNRULED_TOP + markup).tables
    spans = {cell.text: (cell.col, cell.col_span) for cell in found.cells if cell.row == 0}
    assert spans["Januari–augusti"] == (1, 3) and spans["Helår"] == (4, 3)


def test_groups_of_years_reach_over_their_columns_below_a_banner_and_the_last_over_one(tmp_path):
    rows = [
        ["*EN LEVANDE KOMMUN*"],
        ["", "*2022* >2", "*2023* >2", "*2024*"],
        ["*Indikator*", "*Mål*", "*Utfall*", "*Mål*", "*Utfall*", "*Mål*"],
        ["Barn som deltar", "18", "17,4", "19", "19,2", "20"],
        ["Nöjda elever", "90", "88", "90", "91", "92"],
    ]
    rows[0] = ["*EN LEVANDE KOMMUN* >6"]
    markup = table(rows, "(130pt,) + (45pt,) * 5", "left").replace("under(", "table.cell(")
    (found,) = read_typeset(tmp_path, "#set table(stroke: none)\n" + markup).tables
    spans = {cell.text: (cell.col, cell.col_span) for cell in found.cells if cell.text in ("2022", "2023", "2024")}
    assert spans == {"2022": (1, 2), "2023": (3, 2), "2024": (5, 1)}


TO_THE_RIGHT = "(x, y) => if x == 0 {{ left }} else if y == 0 {{ {} }} else {{ right }}"
"""Figures and their headers are set to the right, headers over several of them otherwise."""
SMALL = "#set text(size: 7pt)\n#set table(stroke: none, inset: 2pt)\n"


@pytest.mark.parametrize("inset", [1, 2])
def test_times_over_columns_that_say_what_they_hold_are_groups_though_none_of_these_repeats(tmp_path, inset):
    rows = [
        ["", "*Januari–augusti* >3", "*Helår 2023* >3"],
        ["", "Utfall 2023", "Budget 2023", "Utfall 2022", "Budget", "Prognos", "Avvikelse"],
        ["Nämnd", "31 928", "32 715", "30 651", "49 073", "47 964", "1 109"],
        ["Hemtjänst", "32 228", "34 957", "30 939", "52 435", "52 377", "58"],
        ["Boende", "40 311", "41 646", "38 699", "62 469", "62 229", "240"],
    ]
    markup = table(
        rows, "(60pt,) + (50pt,) * 6", "(x, y) => if x == 0 { left } else if y == 0 { center } else { right }"
    )
    markup = "#set text(size: 7pt)\n#set table(stroke: none, inset: 2pt)\n" + markup.replace("under(", "table.cell(")
    (found,) = read_typeset(tmp_path, markup).tables
    assert {cell.text: (cell.col, cell.col_span) for cell in found.cells if cell.col_span > 1} == {
        "Januari–augusti": (1, 3),
        "Helår 2023": (4, 3),
    }


@pytest.mark.parametrize("place", ["center", "right"])
def test_groups_over_columns_set_to_the_right_stand_over_those_that_repeat(tmp_path, place):
    rows = [
        ["", "*Ackumulerat* >3", "*Helår* >3"],
        ["*Enhet*", "*Budget*", "*Utfall*", "*Avvikelse*", "*Budget*", "*Prognos*", "*Avvikelse*"],
        ["Nämnd", "31 928", "32 715", "-787", "49 073", "47 964", "1 109"],
        ["Hemtjänst", "32 228", "34 957", "-2 729", "52 435", "52 377", "58"],
        ["Boende", "40 311", "41 646", "-1 335", "62 469", "62 229", "240"],
    ]
    align = f"(x, y) => if x == 0 {{ left }} else if y == 0 {{ {place} }} else {{ right }}"
    markup = "#set text(size: 7pt)\n#set table(stroke: none, inset: 2pt)\n" + table(
        rows, "(60pt,) + (50pt,) * 6", align
    )
    (found,) = read_typeset(tmp_path, markup.replace("under(", "table.cell(")).tables
    spans = {cell.text: (cell.col, cell.col_span) for cell in found.cells if cell.col_span > 1}
    assert spans == {"Ackumulerat": (1, 3), "Helår": (4, 3)}


def test_a_word_over_a_repeated_year_is_a_line_of_its_columns_header(tmp_path):
    """`Budget 2025` and `Prognos 2025` wrap, `Utfall 2023` does not; all are set right and at the foot."""
    rows = [
        ["Volym", "Utfall 2023", "Utfall 2024", "Budget \\ 2025", "Aug 2025", "Prognos \\ 2025"],
        ["Antal platser", "410", "402", "405", "398", "400"],
        ["Vårddygn", "1 812", "1 790", "1 800", "1 204", "1 795"],
        ["Ärenden", "64", "71", "70", "52", "72"],
    ]
    align = "(x, y) => (if x == 0 { left } else { right }) + bottom"
    markup = "#show table.cell.where(y: 0): strong\n#set table(stroke: none)\n" + table(
        rows, "(80pt,) + (55pt,) * 5", align
    )
    (found,) = read_typeset(tmp_path, "#set text(size: 8pt)\n" + markup.replace("under(", "table.cell(")).tables
    assert texts(found)[0] == ["Volym", "Utfall 2023", "Utfall 2024", "Budget 2025", "Aug 2025", "Prognos 2025"]


GRIDDED = """#set text(size: 8pt)
#set table(stroke: 0.4pt, inset: 3pt, columns: (110pt,) + (45pt,) * 3)
"""
"""A spreadsheet printed with its grid: titles and empty rows have cells as well."""
RAM = "[*Verksamhet*], [*Bokslut*], [*Budget*], [*Plan*], [Skola], [912], [940], [951], [Fritid], [95], [96], [97]"
PUPILS = "[*Elever*], [], [], [], [], table.cell(colspan: 3)[*Läsår*], [*Årskurs*], [*22/23*], [*23/24*], [*24/25*]"
PUPILS += ", [Årskurs 1], [176], [178], [185], [Årskurs 2], [152], [139], [133]"


def test_tables_of_one_printed_grid_are_parted_at_an_empty_row_and_a_title(tmp_path):
    tables = read_typeset(tmp_path, f"{GRIDDED}#table({RAM}, [], [], [], [], {PUPILS})\n").tables
    assert [texts(found)[-1][0] for found in tables] == ["Fritid", "Årskurs 2"]
    assert texts(tables[0])[0] == ["Verksamhet", "Bokslut", "Budget", "Plan"] and len(texts(tables[0])) == 3
    assert [c.text for c in tables[1].cells if c.row in tables[1].header_rows][-4:] == [
        "Årskurs",
        "22/23",
        "23/24",
        "24/25",
    ]


def test_a_narrower_table_below_an_empty_row_and_its_title_is_one_of_its_own_without_the_columns_beside_it(tmp_path):
    causes = (
        "[*Avvikelser*], [], [], [], [*Post*], [*Mkr*], [], [], [Vakanser], [1,2], [], [], [Licenser], [0,8], [], []"
    )
    tables = read_typeset(tmp_path, f"{GRIDDED}#table({RAM}, [], [], [], [], {causes})\n").tables
    assert [found.n_cols for found in tables] == [4, 2]
    assert texts(tables[1])[-2:] == [["Vakanser", "1,2"], ["Licenser", "0,8"]]
    untitled = causes.replace("[*Avvikelser*], [], [], [], ", "")
    assert len(read_typeset(tmp_path, f"{GRIDDED}#table({RAM}, [], [], [], [], {untitled})\n").tables) == 1


def test_a_table_with_a_title_in_its_first_cell_does_not_go_on_with_that_of_the_page_before(tmp_path):
    body = f"{GRIDDED}#v(150pt)\n#table({RAM})\n#pagebreak()\n#table({PUPILS})\n"
    above, below = read_typeset(tmp_path, body).tables
    assert len(texts(above)) == 3 and below.header_rows == (0, 1, 2)


def test_a_header_of_two_lines_is_no_group(tmp_path):
    rows = [
        ["Indikator", "2022", "2023", r"Målvärde \ 2023", "Uppnått"],
        ["Nöjda", "71 %", "74 %", "75 %", "Nej"],
        ["Trygga", "80 %", "82 %", "81 %", "Ja"],
    ]
    (found,) = read_typeset(tmp_path, UNRULED_TOP + table(rows, "(100pt, 50pt, 50pt, 60pt, 60pt)", "center")).tables
    assert texts(found)[0] == ["Indikator", "2022", "2023", "Målvärde 2023", "Uppnått"]


def test_numbers_broken_for_want_of_room_stay_whole(tmp_path):
    rows = [["Kostnad", "2022", "2023"], ["Hemtjänst", "1 318 400", "1 331 250"], ["Boende", "1 012 300", "1 057 800"]]
    markup = table(rows, "(150pt, 44pt, 44pt)")
    (found,) = read_typeset(tmp_path, UNRULED_TOP + markup).tables
    assert texts(found) == rows


def test_a_table_with_the_same_header_right_below_is_another_table(tmp_path):
    rows = [["Nr", "Uppdrag", "Status"], ["1", "Öva krisledning", "Pågår"], ["2", "Ta fram en plan", "Klart"]]
    again = [rows[0], ["K1", "Spara energi", "Pågår"]]
    tables = read_typeset(tmp_path, UNRULED_TOP + table(rows + again, "(40pt, 160pt, 60pt)")).tables
    assert [texts(found) for found in tables] == [rows, again]


def test_a_header_alone_at_the_foot_of_a_page_heads_the_rows_on_the_next(tmp_path):
    header = [["", "Bokslut", "Budget"], ["Belopp tkr", "2022", "2023"]]
    columns = "(150pt, 70pt, 70pt)"
    markup = "#v(230pt)\n#[#show table.cell: strong\n" + table(header, columns) + "]#pagebreak()\n"
    markup += table(ROWS[1:], columns).replace("under(", "body(")
    body = UNRULED_TOP.split("\n", 1)[1] + "#let body = table.cell.with(stroke: (bottom: 0.6pt))\n"
    (found,) = read_typeset(tmp_path, body + markup, page=PAGE).tables
    assert texts(found) == [*header, *ROWS[1:]]
    assert found.header_rows == (0, 1)


DARK = """#set table(stroke: none, fill: (x, y) => if y < 2 { navy } else if calc.odd(y) { luma(230) } else { white })
#show table.cell.where(y: 0): set text(fill: white, weight: "bold")
#show table.cell.where(y: 1): set text(fill: white, weight: "bold")
"""
"""A header of two rows in white on a dark colour, and stripes."""


def test_a_header_row_that_the_page_break_cut_is_one_header(tmp_path):
    columns = "#table(columns: (150pt, 70pt, 90pt), align: (x, y) => if x == 0 { left } else { right }, "
    above = "[Verksamhetsform], [Budget], [Differens prognos])\n"
    below = "[], [2024], [mot budget], [Förskola], [1 142], [-16], [Fritidshem], [268], [2])\n"
    body = '#v(200pt)\n#show table.cell.where(y: 0): set text(fill: white, weight: "bold")\n'
    body += DARK.splitlines()[0].replace("y < 2", "y == 0") + "\n"
    (found,) = read_typeset(tmp_path, f"{body}{columns}{above}#pagebreak()\n{columns}{below}").tables
    assert found.header_rows == (0, 1)
    assert texts(found)[:2] == [["Verksamhetsform", "Budget", "Differens prognos"], ["", "2024", "mot budget"]]


def test_two_header_rows_of_one_dark_colour_head_one_table(tmp_path):
    rows = "[Verksamhet], table.cell(colspan: 2)[Januari–april 2024], [Helår 2024], [], [Budget], [Utfall], [Prognos], "
    rows += "[Nämnd], [33 445], [32 870], [102 802], [Kontor], [12 267], [12 776], [36 337]"
    columns = "#table(columns: (100pt,) + (60pt,) * 3, align: (x, y) => if x == 0 { left } else { right }, "
    (found,) = read_typeset(tmp_path, f"{DARK}{columns}{rows})\n").tables
    assert found.header_rows == (0, 1)
    assert texts(found)[0] == ["Verksamhet", "Januari–april 2024", "", "Helår 2024"]


def test_tables_whose_headers_are_underlined_alone_are_parted_at_the_next_header(tmp_path):
    head = "#show table.cell.where(y: 0): strong\n#set table(stroke: (x, y) => if y == 0 { (bottom: 0.6pt) })\n"
    head += "#set par(spacing: 6pt)\n#set text(size: 8pt)\n"
    columns = "#table(columns: (120pt,) + (60pt,) * 3, inset: 2pt, align: (x, y) => if x == 0 { left } else { right }, "
    staff = "[], [2023], [2022], [2021], [Äldreomsorg], [412], [405], [399], [Stöd], [188], [191], [190])"
    keys = "[], [Bokslut 2022], [Mål 2023], [Augusti], [Personer], [294], [308], [320], [Timmar], [87], [77], [84])"
    named = [f"#text(size: 9.5pt)[*{title}*]\n\n{columns}" for title in ("Personal", "Nyckeltal", "Projekt")]
    body = f"{head}{named[0]}{staff}\n{named[1]}{keys}\n{named[2]}{staff}\n"
    tables = read_typeset(tmp_path, body).tables
    assert [texts(table)[0][1:] for table in tables] == [
        ["2023", "2022", "2021"],
        ["Bokslut 2022", "Mål 2023", "Augusti"],
        ["2023", "2022", "2021"],
    ]
    assert [len(texts(table)) for table in tables] == [3, 3, 3]


def test_shading_that_reaches_over_a_second_header_ends():
    dark, light = (10, 60, 40), (220, 230, 225)
    fills = [Fill(Box(100, 0, 300, 20), dark), Fill(Box(100, 60, 300, 80), dark), Fill(Box(100, 20, 300, 40), light)]
    fills.append(Fill(Box(0, 0, 100, 140), light))
    edges = tuple(Edge(y, f.box.x0, f.box.x1, False) for f in fills for y in (f.box.top, f.box.bottom))
    assert split_at_headers(Area(edges, (), tuple(fills)))


def test_rows_between_column_lines_alone_are_told_by_their_figures(tmp_path):
    """Continuous lines between the columns, a frame around them and a line below the header: no line parts the rows."""
    rows = [["Indikator", "2022", "2023"], ["Andel elever som känner sig trygga i skolan", "71 %", "74 %"]]
    rows += [["Antal platser", "410", "402"], ["Väntetid till särskilt boende, dagar i genomsnitt", "64", "71"]]
    body = "#show table.cell.where(y: 0): strong\n#set table(stroke: (x, y) => (left: 0.5pt, right: 0.5pt, "
    body += "top: if y < 2 { 0.5pt }, bottom: if y == 3 { 0.5pt }))\n"
    cells = ", ".join(f"[{text}]" for row in rows for text in row)
    (found,) = read_typeset(tmp_path, body + f"#table(columns: (110pt, 60pt, 60pt), {cells})").tables
    assert texts(found) == rows


def test_a_single_row_whose_cells_wrap_stays_one_row(tmp_path):
    rows = [["Mål", "Indikator", "2022", "2023"]]
    rows += [[r"Nya metoder \ utvecklas", r"Aktivt deltagande i \ projekt", r"2 \ projekt", r"Minst \ 2 projekt"]]
    body = "#show table.cell.where(y: 0): strong\n"
    cells = ", ".join(f"[{text}]" for row in rows for text in row)
    (found,) = read_typeset(tmp_path, body + f"#table(columns: (80pt, 110pt, 60pt, 60pt), {cells})").tables
    assert texts(found)[1] == ["Nya metoder utvecklas", "Aktivt deltagande i projekt", "2 projekt", "Minst 2 projekt"]


def test_headings_below_each_other_are_two_where_the_first_had_room(tmp_path):
    body = "#set heading(numbering: none)\n#show heading: set block(above: 0.6em, below: 0.6em)\n"
    body += "=== Målområde: Samhälle\n=== Erbjuda boende utifrån behov\nMålet uppnås.\n"
    body += "=== En mycket lång rubrik som inte får plats på en enda rad utan går vidare på nästa Rad\n"
    headings = [block.text for block in read_typeset(tmp_path, body).blocks if block.kind == "heading"]
    assert headings[:2] == ["Målområde: Samhälle", "Erbjuda boende utifrån behov"]
    assert headings[2].endswith("nästa Rad")


@pytest.mark.parametrize("line", ["", "table.hline(y: 1, stroke: 0.6pt), "])
def test_merged_cells_in_one_shade_are_parted_where_text_begins_anew(tmp_path, line):
    body = """#show table.cell.where(y: 0): strong
#table(columns: (90pt, 130pt, 50pt), stroke: none,
  fill: (x, y) => if y == 0 { rgb("cccccc") } else if x == 0 or calc.even(y) { rgb("eeeeee") },
  [Nämndmål], [Indikator], [2022],
"""
    body += (
        line
        + """table.cell(rowspan: 3)[Trygga barn], [Andel trygga], [71 %], [Antal besök], [1 204], [Antal ärenden], [3],
  table.cell(rowspan: 2)[Delaktighet], [Andel planer], [60 %], [Antal samråd], [12])
"""
    )
    (found,) = read_typeset(tmp_path, body).tables
    assert [row[0] for row in texts(found)] == ["Nämndmål", "Trygga barn", "", "", "Delaktighet", ""]


def test_a_second_header_row_in_regular_type_is_one_where_the_first_spans_its_columns(tmp_path):
    body = """#show table.cell.where(y: 0): strong
#table(columns: (110pt, 45pt, 45pt, 45pt, 60pt),
  table.cell(rowspan: 2)[Verksamhet], table.cell(colspan: 3)[2023], table.cell(rowspan: 2)[Mål 2023],
  [Budget], [Utfall], [Avvikelse], [Bibliotek], [12 400], [12 150], [250], [12 000],
  [Fritid], [23 100], [23 640], [-540], [23 000])
"""
    (found,) = read_typeset(tmp_path, body).tables
    assert found.header_rows == (0, 1)


def test_headers_to_the_left_over_figures_to_the_right_belong_together(tmp_path):
    """Spreadsheets print text to the left and figures to the right of the same column, without lines."""
    rows = [["Ansvar", "Budget", "Utfall", "Avvikelse"], ["Ledning", "4 120", "3 988", "132"]]
    rows += [["Ekonomi", "3 050", "3 102", "52"], ["Summa", "7 170", "7 090", "80"]]
    cells = ", ".join(
        f"table.cell(align: {'right' if r and c else 'left'})[{'*' * (not r)}{text}{'*' * (not r)}]"
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    body = f"#table(columns: (90pt, 46pt, 46pt, 46pt), stroke: none, inset: (x: 1pt, y: 3pt), {cells})"
    (found,) = read_typeset(tmp_path, body).tables
    assert texts(found) == rows
    assert found.header_rows == (0,)


def test_a_last_row_without_a_line_below_belongs_to_rows_with_lines_above(tmp_path):
    rows = [["Nr", "Uppdrag", "Status"], ["1", "Ta fram en plan", "Klart"], ["2", "Utreda en sporthall", "Pågår"]]
    rows += [["3", "Se över bidragen", "Ej påbörjat"]]
    above = UNRULED_TOP.replace("(bottom: 0.6pt)", "(top: 0.6pt)")
    body = above + table(rows, "(40pt, 160pt, 80pt)") + "\nEn mening följer efter tabellen.\n"
    (found,) = read_typeset(tmp_path, body).tables
    assert texts(found) == rows


def test_a_shaded_header_without_the_borders_of_its_rows_heads_them(tmp_path):
    """White lines part the cells below a dark header that has none."""
    body = """#show table.cell.where(y: 0): set text(fill: white, weight: "bold")
#table(columns: (110pt, 70pt, 70pt), stroke: (_, y) => if y > 0 { 1.5pt + white },
  fill: (_, y) => if y == 0 { rgb("7a1f3d") } else { rgb("eeeeee") },
  [Mnkr], [Budget 2023], [Utfall 2023], [Badhus], [14,8], [14,1], [Ishall], [9,2], [9,5], [Totalt], [24,0], [23,6])
"""
    (found,) = read_typeset(tmp_path, body).tables
    assert texts(found)[0] == ["Mnkr", "Budget 2023", "Utfall 2023"]
    assert len(texts(found)) == 4


def test_tables_of_full_width_rules_stand_side_by_side(tmp_path):
    left = [["Ärenden", "2022", "2023"], ["Bygglov", "512", "447"], ["Klagomål", "93", "101"]]
    right = [["Personal", "2022", "2023"], ["Årsarbetare", "30,2", "31,0"], ["Sjukfrånvaro", "3,1", "4,4"]]
    columns = "(70pt, 35pt, 35pt)"
    body = UNRULED_TOP + f"#grid(columns: 2, gutter: 30pt, [{table(left, columns)}], [{table(right, columns)}])"
    assert [texts(found) for found in read_typeset(tmp_path, "#set text(size: 8pt)\n" + body).tables] == [left, right]


def test_many_groups_over_many_columns_are_read_at_once(tmp_path):
    groups = [f"År {2015 + n} >4" for n in range(6)]
    rows = [["Verksamhet v2", *groups], ["Budg", "Utf", "Prog", "Avv"] * 6]
    rows += [[name, *(str(n * 7 + k) for k in range(24))] for n, name in enumerate(("Skola", "Vård", "Park"), 1)]
    page = PAGE.replace("420pt", "900pt")
    markup = "#show table.cell.where(y: 1): strong\n" + table(rows, "(60pt,) + (26pt,) * 24", "center + horizon")
    (found,) = read_typeset(tmp_path, "#set text(size: 7pt)\n" + UNRULED_TOP + markup, page=page).tables
    assert [cell.col_span for cell in found.cells if cell.row == 0 and cell.text.startswith("År")] == [4] * 6


def test_a_header_set_left_over_figures_set_right_heads_them_and_not_the_names(tmp_path):
    """The corner is empty and the rows are striped, so that nothing but its figures tells whose a header is."""
    body = """#show table.cell.where(y: 0): strong
#table(columns: (92pt, 80pt, 80pt, 80pt), stroke: none, inset: 4pt,
  fill: (_, y) => if y > 0 and calc.odd(y) { rgb("d3dfee") },
  align: (x, y) => if x == 0 or y == 0 { left } else { right },
  [], [Nov 2024], [Nov 2025], [Diff], [Årsarbetare], [812,4], [798,9], [-13,5],
  [Timmar av vikarier], [14 210], [12 870], [-1 340], [Övertid], [902], [877], [-25])
"""
    (found,) = read_typeset(tmp_path, "#set text(size: 9pt)\n" + body).tables
    assert texts(found)[0] == ["", "Nov 2024", "Nov 2025", "Diff"]
    assert [row[1:] for row in texts(found)[1:]] == [
        ["812,4", "798,9", "−13,5"],
        ["14 210", "12 870", "−1 340"],
        ["902", "877", "−25"],
    ]


def test_a_column_with_a_year_of_its_own_stands_under_no_group_of_years(tmp_path):
    rows = [
        ["", "*2023* >4", "*2024* >3", ""],
        ["", "*Kv 1*", "*Kv 2*", "*Kv 3*", "*Kv 4*", "*Kv 1*", "*Kv 2*", "*Kv 3*", "*Budget 2024*"],
        ["Hushåll med stöd", "4 990", "5 693", "5 311", "5 480", "5 909", "5 669", "5 423", "5 109"],
        ["Placerade barn", "1 452", "1 384", "1 438", "1 367", "1 424", "1 479", "1 452", "1 439"],
    ]
    markup = SMALL + table(rows, "(70pt,) + (32pt,) * 7 + (50pt,)", TO_THE_RIGHT.format("center"))
    (found,) = read_typeset(tmp_path, markup.replace("under(", "table.cell(")).tables
    assert {c.text: (c.col, c.col_span) for c in found.cells if c.col_span > 1} == {"2023": (1, 4), "2024": (5, 3)}


def test_a_group_over_an_even_number_of_columns_of_unlike_width_stands_over_all(tmp_path):
    rows = [
        ["", "*Period* >4", "*Helår* >4"],
        [
            "",
            "*Utfall ack*",
            "*Budget ack*",
            "*Diff*",
            "*Utfall fg år*",
            "*Budget*",
            "*Prognos*",
            "*Diff*",
            "*Fg prognos*",
        ],
        ["Myndighet", "67 402", "70 564", "3 162", "64 552", "84 677", "84 806", "-129", "85 245"],
        ["Barn", "38 236", "37 391", "-845", "37 507", "44 869", "43 593", "1 276", "43 099"],
        ["Hemtjänst", "67 102", "69 960", "2 858", "66 232", "83 952", "82 319", "1 633", "82 327"],
    ]
    widths = "(60pt, 42pt, 48pt, 28pt, 46pt, 34pt, 36pt, 34pt, 48pt)"
    markup = SMALL + table(rows, widths, TO_THE_RIGHT.format("center")).replace("under(", "table.cell(")
    page = PAGE.replace("420pt", "460pt")
    (found,) = read_typeset(tmp_path, markup, page=page).tables
    assert {c.text: (c.col, c.col_span) for c in found.cells if c.col_span > 1} == {"Period": (1, 4), "Helår": (5, 4)}


def test_groups_set_to_the_left_over_years_set_to_the_right_stand_over_all_of_them(tmp_path):
    rows = [
        ["*Skola*", "*Meritvärde* >3", "*Andel behöriga, %* >3"],
        ["", "2021", "2022", "2023", "2021", "2022", "2023"],
        ["Norra skolan", "248,0", "257,5", "240,8", "80,8", "94,5", "91,4"],
        ["Södra skolan", "215,2", "207,7", "234,2", "78,6", "96,5", "88,1"],
    ]
    markup = SMALL + table(rows, "(70pt,) + (45pt,) * 6", TO_THE_RIGHT.format("left"))
    markup = markup.replace("under(", "table.cell(")
    (found,) = read_typeset(tmp_path, markup).tables
    spans = {c.text: (c.col, c.col_span) for c in found.cells if c.col_span > 1}
    assert spans == {"Meritvärde": (1, 3), "Andel behöriga, %": (4, 3)}


def test_a_header_too_high_for_its_row_is_read_whole_with_what_stands_across_the_border():
    """A spreadsheet printed with a row of one line: the upper words of a header of two lines stand across its top."""
    across = tuple(Edge(y, 0, 300, True) for y in (100.0, 112.0, 124.0))
    down = tuple(Edge(x, 100, 124, True) for x in (0.0, 100.0, 200.0, 300.0))
    area = Area(across, down, ())
    title = word("Drift", 2, 86, 97)
    upper, wide = word("Budget", 150, 90, 102), word("Budgetavvikelse", 190, 90, 102)
    assert _with_whole_header(area, [title, upper]).box.top == pytest.approx(95)
    assert _with_whole_header(area, [title]) == area, "a title ends above the border"
    assert _with_whole_header(area, [title, upper, wide]) == area, "a word across columns is none of their headers"


def word(text: str, x0: float, top: float, bottom: float) -> Word:
    return Word(text, Box(x0, top, x0 + 6 * len(text), bottom), size=10)


@pytest.mark.parametrize("place", ["left", "center", "right"])
def test_headers_set_sideways_over_columns_without_borders_head_them(tmp_path, place):
    rows = [["Simhallen", "96 210", "88 450", "5,0"], ["Ishallen", "41 800", "39 215", "9,5"]]
    header = ["Utfall 2023", "Utfall 2024", r"Förändring \ 2023–2024 (%)"]
    turned = ", ".join(f"table.cell(align: {place} + bottom)[#rotate(-90deg, reflow: true)[{text}]]" for text in header)
    cells = ", ".join(f"[{text}]" for row in rows for text in row)
    body = "#table(columns: (100pt, 60pt, 60pt, 60pt), stroke: none, align: (left, right, right, right),\n[Hall], "
    content = read_typeset(tmp_path, f"{body}{turned}, {cells})\n")
    table = texts(content.tables[0])
    assert not content.blocks
    assert table[1:] == rows and table[0][1:] == ["Utfall 2023", "Utfall 2024", "Förändring 2023–2024 (%)"]


def test_years_over_days_head_them_though_the_corner_names_them_and_a_sign_of_sorting_stands_in_a_header(tmp_path):
    rows = [["Förskola", "498", "455", "487", "441"], ["Kommunal", "446", "405", "432", "387"]]
    top = "[*År*], table.cell(align: left)[*2023*], [], table.cell(align: left)[*2024*], []"
    below = "[*Skolform*], [*15 feb* #text(size: 5pt)[▲]], [*15 okt*], [*15 feb*], [*15 okt*]"
    first = ", ".join(f"[*{text}*]" for text in rows[0])
    cells = ", ".join(f"[{text}]" for text in rows[1])
    body = "#table(columns: (90pt, 60pt, 60pt, 60pt, 60pt), stroke: none, align: (left, right, right, right, right), "
    table = read_typeset(tmp_path, f"{body}{top}, {below}, table.hline(stroke: 1pt), {first}, {cells})\n").tables[0]
    assert table.header_rows == (0, 1) and texts(table)[2:] == rows
    assert [cell.text for cell in table.grid()[0] if cell] == ["År", "2023", "2023", "2024", "2024"]


def test_the_last_rows_below_the_last_stripe_are_of_the_table_as_far_apart_as_the_others(tmp_path):
    rows = [["Förskola", "70 442", "324"], ["Grundskola", "136 729", "−2 881"], ["Stöd", "23 170", "583"]]
    total = ["Totalsumma", "230 341", "−1 974"]
    head = "[*Verksamhet*], [*Budget 2025*], [*Avvikelse*], table.hline(stroke: 1pt)"
    cells = ", ".join(f"[{text}]" for row in rows for text in row) + ", " + ", ".join(f"[*{text}*]" for text in total)
    stripes = 'fill: (x, y) => if y == 2 { rgb("#eef3f7") }, inset: 7pt, align: (left, right, right)'
    body = f"#table(columns: (150pt, 80pt, 80pt), stroke: none, {stripes}, {head}, {cells})\n\nNämnden följer detta."
    assert texts(read_typeset(tmp_path, body).tables[0])[1:] == [*rows, total]


def test_a_header_without_shade_over_rows_striped_from_the_first_is_theirs_though_a_box_stands_beside(tmp_path):
    rows = [
        ["Nyckeltal", "2023", "2024", "Mål 2024"],
        ["Nöjda", "71 %", "74 %", "75 %"],
        ["Trygga", "80 %", "82 %", "81 %"],
    ]
    rows += [["Antal besök", "1 310", "1 960", "1 500"]]
    head, *body = (", ".join(f"[{text}]" for text in row) for row in rows)
    look = 'columns: (110pt, 45pt, 45pt, 50pt), stroke: none, fill: (x, y) => if calc.odd(y) { rgb("#eef5f8") }'
    table = f"#table({look}, {head}, {', '.join(body)})"
    box = "#box(stroke: 0.4pt, radius: 3pt, inset: 6pt)[#text(size: 19pt)[1 960 m] \\ #text(size: 7pt)[Ny väg]]"
    content = read_typeset(tmp_path, f"#grid(columns: (260pt, 80pt), [{table}], [{box}])\n")
    assert [texts(found) for found in content.tables] == [rows]


def test_a_column_whose_header_is_a_sign_alone_may_stand_under_groups(tmp_path):
    rows = ["[], [*2023*], [], [*2024*], []", "[*Namn*], [*Antal*], [*§*], [*Antal*], [*§*]"]
    rows += ["[Norr], [1], [20], [3], [40]", "[Söder], [5], [60], [7], [80]"]
    body = f"#table(columns: (90pt, 40pt, 40pt, 40pt, 40pt), stroke: none, {', '.join(rows)})\n"
    assert texts(read_typeset(tmp_path, body).tables[0])[1] == ["Namn", "Antal", "§", "Antal", "§"]
