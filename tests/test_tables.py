import json
from pathlib import Path

import pytest
from typeset import PAGE, RUNNING, read, read_typeset, texts

from extract.page.gutters import Columns, with_seams
from extract.page.lines import Line
from schema.layout import Box, Word

GOLD = Path(__file__).parents[2] / "shared" / "gold"

ZEBRA = """
#set table(stroke: none, fill: (_, y) => if y == 0 { rgb("#1b4f72") } else if calc.even(y) { rgb("#eef3f7") })
#show table.cell.where(y: 0): set text(fill: white, weight: "bold")
"""
LINES_ONLY = "#set table(stroke: (_, y) => if y < 2 { (top: 0.5pt) })\n#show table.cell.where(y: 0): strong\n"
BARE = "#set table(stroke: none, inset: 5pt)\n#show table.cell.where(y: 0): strong\n"
FULL = "#show table.cell.where(y: 0): strong\n"
ROWS = """#table(columns: (130pt, 60pt, 60pt), align: (left, right, right),
  table.header[Belopp tkr][Utfall 2022][Budget 2023],
  [Individ- och familjeomsorg med långt namn], [1 053,5], [−1 089],
  [#h(8pt)_varav placeringar_], [12,0], [],
  [Familjehem], [–], [2 000],
  [*Summa*], [*1 065,5*], [*911*])
"""
EXPECTED = [
    ["Belopp tkr", "Utfall 2022", "Budget 2023"],
    ["Individ- och familjeomsorg med långt namn", "1 053,5", "−1 089"],
    ["varav placeringar", "12,0", ""],
    ["Familjehem", "–", "2 000"],
    ["Summa", "1 065,5", "911"],
]


@pytest.mark.parametrize("look", [FULL, ZEBRA, LINES_ONLY, BARE], ids=["full", "zebra", "lines", "bare"])
def test_each_look_gives_the_same_cells(tmp_path, look):
    (table,) = read_typeset(tmp_path, look + ROWS).tables
    assert texts(table) == EXPECTED
    assert table.header_rows == (0,)
    assert table.verdict == "ok"


@pytest.mark.parametrize("look", [FULL, ZEBRA, LINES_ONLY, BARE], ids=["full", "zebra", "lines", "bare"])
def test_sub_rows_are_told_by_slant_and_indent(tmp_path, look):
    (table,) = read_typeset(tmp_path, look + ROWS).tables
    cells = {cell.text: cell for cell in table.cells}
    assert cells["varav placeringar"].italic and cells["varav placeringar"].indent > 4
    assert cells["Summa"].bold and not cells["Familjehem"].bold
    assert cells["Familjehem"].indent == 0


GOALS = """#table(columns: (90pt, 130pt, 50pt, 50pt),
  table.header[Nämndmål][Nämndindikator][2022][Målvärde],
  table.cell(rowspan: 3)[Trygga barn som växer upp i en god miljö med stöd], [Andel barn som får stöd i tid av
  socialtjänsten], [71 %], [75 %],
  [Antal besök per år i öppen verksamhet], [1 204], [Öka],
  [Antal ärenden], [3], [4],
  [Delaktighet], [Andel genomförandeplaner], [60 %], [80 %])
"""


@pytest.mark.parametrize("look", [FULL, BARE], ids=["full", "bare"])
def test_a_merged_goal_cell_does_not_part_or_join_rows(tmp_path, look):
    (table,) = read_typeset(tmp_path, look + GOALS).tables
    assert [row[1:] for row in texts(table)[1:]] == [
        ["Andel barn som får stöd i tid av socialtjänsten", "71 %", "75 %"],
        ["Antal besök per år i öppen verksamhet", "1 204", "Öka"],
        ["Antal ärenden", "3", "4"],
        ["Andel genomförandeplaner", "60 %", "80 %"],
    ]
    assert [row[0] for row in texts(table)[1:]] == [
        "Trygga barn som växer upp i en god miljö med stöd",
        "",
        "",
        "Delaktighet",
    ]


GREEN = """
#table(columns: (1.4fr, 2fr, 1fr, 1fr), stroke: (x, y) => (bottom: 0.5pt + green), fill: (x, y) => if y == 0 { lime },
  [*Mål*], [*Indikator*], [*2022*], [*2023*],
  [Trygghet], [Andel som är trygga], [71 %], [75 %],
  [Omsorg], [Delaktighet], [], [],
  [], [Förstår personalen], [67 %], [72 %])
"""


def test_a_label_alone_in_its_column_stays_there_where_no_line_parts_columns(tmp_path):
    (table,) = read_typeset(tmp_path, GREEN).tables
    assert table.engine == "ruled"
    assert texts(table)[2:4] == [["Omsorg", "Delaktighet", "", ""], ["", "Förstår personalen", "67 %", "72 %"]]


LONG = """#table(columns: (150pt, 60pt, 60pt), {header}
  ..range(40).map(i => ([Rad #i], [#(i * 10)], [#(i * 11)])).flatten())
"""
HEADER = "table.header[Volymmått][2022][2023],"
HEADER_ONCE = "[*Volymmått*], [*2022*], [*2023*],"


@pytest.mark.parametrize("look", [FULL, ZEBRA, BARE], ids=["full", "zebra", "bare"])
def test_a_repeated_header_is_listed_not_read_as_a_row(tmp_path, look):
    document = read_typeset(tmp_path, RUNNING + look + LONG.replace("{header}", HEADER))
    (table,) = document.tables
    assert len(table.header_rows) == document.number_of_pages == 3
    rows = [row for i, row in enumerate(texts(table)) if i not in table.header_rows]
    assert rows == [[f"Rad {i}", str(i * 10), str(i * 11)] for i in range(40)]


def test_a_table_goes_on_without_its_header(tmp_path):
    document = read_typeset(tmp_path, RUNNING + LONG.replace("{header}", HEADER_ONCE))
    (table,) = document.tables
    assert table.header_rows == (0,)
    assert len(texts(table)) == 41
    assert {cell.page for cell in table.cells} == {1, 2, 3}


def test_tables_under_their_own_headings_stay_apart(tmp_path):
    part = "#table(columns: (150pt, 60pt), table.header[*Mått*][*2022*], [Antal], [3], [Andel], [4])\n"
    body = f"= Första\n{part}#pagebreak()\n= Andra\n{part}"
    assert len(read_typeset(tmp_path, RUNNING + body).tables) == 2


def test_another_table_at_the_top_of_a_page_stays_apart(tmp_path):
    first = "#table(columns: (150pt, 60pt), table.header[*Mått*][*2022*], [Antal], [3], [Andel], [4])\n"
    other = first.replace("Mått", "Personal").replace("2022", "2023")
    assert len(read_typeset(tmp_path, f"{RUNNING}{first}#pagebreak()\n{other}").tables) == 2


CUT = """#v(215pt)
#table(columns: (120pt, 120pt, 50pt), table.header[*Uppdrag*][*Kommentar*][*Status*],
  [Kort uppdrag], [Kort], [Klart],
  [Nämnden ska tillsammans med kommunstyrelsen utreda hur verksamheten kan utvecklas under de kommande åren],
  [Arbetet har inletts], [Pågår],
  [Nästa uppdrag], [Inget], [Klart])
"""


def test_a_row_cut_by_the_page_is_one_row(tmp_path):
    (table,) = read_typeset(tmp_path, CUT).tables
    rows = [row for i, row in enumerate(texts(table)) if i not in table.header_rows]
    whole = "Nämnden ska tillsammans med kommunstyrelsen utreda hur verksamheten kan utvecklas under de kommande åren"
    assert rows == [
        ["Kort uppdrag", "Kort", "Klart"],
        [whole, "Arbetet har inletts", "Pågår"],
        ["Nästa uppdrag", "Inget", "Klart"],
    ]
    (cut,) = [cell for cell in table.cells if cell.text == whole]
    assert cut.page == 1 and [part.page for part in cut.fragments] == [2]
    assert whole.endswith(cut.fragments[0].text)


@pytest.mark.parametrize("typographic", ["true", "false"])
def test_a_footnote_mark_is_no_part_of_the_number(tmp_path, typographic):
    body = f"""#set super(typographic: {typographic})
    #table(columns: 3, [*Mått*], [*2018*], [*2019*],
      [Ärenden#super[1]], [1 053#super[1]], [1 089], [Yta (m#super[2])], [174#super[7,8]], [12])"""
    (table,) = read_typeset(tmp_path, body).tables
    assert texts(table)[1] == ["Ärenden", "1 053", "1 089"]
    cells = {cell.text: cell for cell in table.cells}
    assert cells["1 053"].markers == ("1",)
    assert cells["174"].markers == ("7", "8")


def test_the_footnote_mark_of_a_header_over_figures_is_kept(tmp_path):
    rows = "".join(f"[Enhet {i}], [{i} 105], [{i} 208], [{i},5]," for i in range(1, 6))
    look = "columns: (120pt, 70pt, 70pt, 80pt), stroke: none, align: right"
    heads = "[], [Ärenden #super[1]], [Besök], [Andel av alla #super[2]]"
    (table,) = read_typeset(tmp_path, f"#table({look}, {heads}, {rows})").tables
    assert {cell.text: cell.markers for cell in table.cells if cell.markers} == {
        "Ärenden": ("1",),
        "Andel av alla": ("2",),
    }


def test_a_label_that_ends_with_a_colon_over_indented_ones_is_a_row_of_its_own(tmp_path):
    groups = {"Intäkter:": ["Taxor", "Bidrag"], "Kostnader:": ["Personal", "Lokaler"]}
    rows = "".join(
        f"[{group}], [], []," + "".join(f"[#h(9pt){label}], [1 204], [1 310]," for label in labels)
        for group, labels in groups.items()
    )
    look = "columns: (60pt, 60pt, 60pt), stroke: none, align: (left, right, right), inset: 2pt"
    (table,) = read_typeset(tmp_path, f"#table({look}, [], [*2021*], [*2022*], {rows})").tables
    assert [row[0] for row in texts(table)[1:]] == ["Intäkter:", "Taxor", "Bidrag", "Kostnader:", "Personal", "Lokaler"]


def test_words_that_a_narrow_column_broke_are_whole(tmp_path):
    body = """#table(columns: (120pt, 36pt, 60pt), inset: 4pt, [*Mått*], [*Målvä\\ rde*], [*2019*],
      [Uppföljning], [Genom\\ fört], [1 204], [Andel], [129\\ 20], [3])"""
    (table,) = read_typeset(tmp_path, body).tables
    assert texts(table)[0][1] == "Målvärde"
    assert texts(table)[1][1] == "Genomfört"


def test_a_status_dot_is_a_symbol_of_its_cell(tmp_path):
    body = """#table(columns: (150pt, 60pt), [*Nämndmål*], [*Bedömning*],
      [Trygghet], [#circle(radius: 5pt, fill: rgb("#2e9e44"))],
      [Ekonomi], [#circle(radius: 5pt, fill: rgb("#d02020"))])"""
    (table,) = read_typeset(tmp_path, body).tables
    symbols = [cell.symbol for cell in table.cells if cell.symbol]
    assert [(s.colour, s.shape) for s in symbols] == [("green", "dot"), ("red", "dot")]


def test_a_header_of_two_rows_is_one_header(tmp_path):
    body = """#show table.cell.where(y: 0): strong
    #show table.cell.where(y: 1): strong
    #table(columns: 4, [], table.cell(colspan: 2)[Helår], [Period], [Belopp tkr], [Budget], [Prognos], [Utfall],
      [Familjehem], [100], [90], [50], [Placeringar], [10], [9], [5])"""
    (table,) = read_typeset(tmp_path, body).tables
    assert table.header_rows == (0, 1)
    assert [c.col_span for c in table.cells if c.text == "Helår"] == [2]


def test_days_under_groups_are_the_second_row_of_a_header(tmp_path):
    days = "[*2021-12-31*], [*2020-12-31*]"
    body = f"""#table(columns: (110pt, 25pt, 55pt, 55pt, 55pt, 55pt), inset: 2pt, stroke: (_, y) => (bottom: 0.4pt),
      align: (x, _) => if x == 0 {{ left }} else {{ right }},
      [*Tkr*], [*Not*], table.cell(colspan: 2)[*Kommunen*], table.cell(colspan: 2)[*Koncernen*], [], [], {days}, {days},
      [Kassa och bank], [15], [40 911], [22 870], [55 480], [37 021],
      [Fordringar], [16], [61 200], [58 944], [70 311], [66 720])"""
    (table,) = read_typeset(tmp_path, body).tables
    assert table.header_rows == (0, 1)
    assert [(c.text, c.col, c.col_span) for c in table.cells if c.text.startswith("Ko")] == [
        ("Kommunen", 2, 2),
        ("Koncernen", 4, 2),
    ]


def test_a_table_of_rows_as_tight_as_text_is_read_row_by_row(tmp_path):
    rows = "".join(f"[Verksamhet {i}], [{i} 100], [{i} 200]," for i in range(1, 7))
    look = "columns: (140pt, 60pt, 60pt), stroke: none, inset: 0pt, row-gutter: 4pt"
    body = f"#table({look}, [Belopp], [2021], [2022], {rows})"
    (table,) = read_typeset(tmp_path, body).tables
    assert texts(table)[1:] == [[f"Verksamhet {i}", f"{i} 100", f"{i} 200"] for i in range(1, 7)]


def test_running_text_and_contents_are_no_tables(tmp_path):
    body = """#outline()
    = Inledning
    #lorem(90)
    == Bakgrund
    - #lorem(12)
    - #lorem(14)
    #columns(2)[#lorem(160)]
    """
    assert read_typeset(tmp_path, body).tables == ()


def test_dots_that_lead_to_several_figures_lead_through_a_row(tmp_path):
    rows = [["Ärenden", "31", "45"], ["Besök", "120", "98"], ["Beslut", "7", "9"], ["Summa", "158", "152"]]
    cells = "".join(f"[{label} #box(width: 1fr, repeat[.])], [{first}], [{second}]," for label, first, second in rows)
    look = "columns: (130pt, 60pt, 60pt), stroke: none, align: (left, right, right)"
    (table,) = read_typeset(tmp_path, f"#table({look}, [], [*2021*], [*2022*], {cells})").tables
    assert [[row[0].rstrip(" ."), *row[1:]] for row in texts(table)[1:]] == rows


@pytest.mark.parametrize(("first", "found"), [(("80", "60", "40", "20", "0"), 0), (("80", "61", "40", "20", "0"), 1)])
def test_figures_beside_the_axis_of_a_chart_are_no_table(tmp_path, first, found):
    beside = [("", "", "71"), ("45", "", ""), ("", "", ""), ("21", "", "17"), ("", "", "")]
    cells = "".join(f"[{text}]," for axis, row in zip(first, beside, strict=True) for text in (axis, *row))
    look = "columns: (40pt, 60pt, 60pt, 60pt), stroke: none, align: right"
    content = read_typeset(tmp_path, f"#table({look}, {cells} [], [Ja], [Nej], [Delvis])")
    assert len(content.tables) == found
    left = " ".join(block.text for block in content.blocks)
    assert found or all(text in left for row in beside for text in row)


def test_a_caption_between_two_ruled_tables_is_no_row_of_the_first(tmp_path):
    def table(*rows):
        lines = [", ".join(f"[{text}]" for text in row) for row in rows]
        body = f"table.hline(), {lines[0]}, table.hline(), {', '.join(lines[1:])}, table.hline()"
        return f"#table(columns: (160pt, 50pt, 50pt), stroke: none, align: (left, right, right), {body})"

    staff = [["*Anställda*", "*2021*", "*2022*"], ["Heltid", "36", "37"], ["Beredskap", "103", "99"]]
    leave = [["*Grupp*", "*2021*", "*2022*"], ["Kvinnor", "3,9", "5,2"], ["Män", "2,9", "4,5"]]
    body = f"{table(*staff)}\n#v(-8pt)_Sjukfrånvaro, procent_#v(-8pt)\n{table(*leave)}"
    content = read_typeset(tmp_path, body)
    assert [texts(found)[1:] for found in content.tables] == [staff[1:], leave[1:]]
    assert "Sjukfrånvaro, procent" in [block.text for block in content.blocks]


def test_a_chart_beside_a_table_is_no_part_of_it(tmp_path):
    rows = [["Objekt", "2024", "2025"], ["Station", "4,5", "18,0"], ["Fordon", "6,2", "3,4"], ["Radio", "1,1", "1,2"]]
    look = "columns: (90pt, 50pt, 50pt), stroke: none, align: (left, right, right)"
    table = f"table({look}, {', '.join(f'[{text}]' for row in rows for text in row)})"
    axis = "stack(spacing: 12pt, [30], [20], [10], [0])"
    chart = f"grid(columns: (30pt, 30pt, 30pt), {axis}, align(bottom)[Kv 1], align(bottom)[Kv 2])"
    content = read_typeset(tmp_path, f"#grid(columns: (230pt, 150pt), {table}, {chart})")
    assert [texts(found) for found in content.tables] == [rows]


def test_grades_that_fall_by_one_name_the_rows_of_a_table(tmp_path):
    rows = [
        ["5", "12 %", "14 %"],
        ["4", "31 %", "28 %"],
        ["3", "40 %", "41 %"],
        ["2", "11 %", "9 %"],
        ["1", "6 %", "8 %"],
    ]
    cells = ", ".join(f"[{text}]" for row in [["Betyg", "2023", "2024"], *rows] for text in row)
    look = "columns: (60pt, 50pt, 50pt), stroke: none, align: (left, right, right)"
    (table,) = read_typeset(tmp_path, f"#table({look}, {cells})").tables
    assert texts(table)[1:] == rows


def test_a_partly_ruled_table_is_read_by_its_gutters(tmp_path):
    body = """#table(columns: (110pt, 60pt, 60pt), stroke: none, [], table.vline(), [*2021*], [*2022*], table.hline(),
      [Ärenden], [31], [45], [Besök], [120], [98], [Beslut], [7], [9], table.hline(), [Summa], [158], [152])"""
    (table,) = read_typeset(tmp_path, body).tables
    assert texts(table)[1:] == [
        ["Ärenden", "31", "45"],
        ["Besök", "120", "98"],
        ["Beslut", "7", "9"],
        ["Summa", "158", "152"],
    ]


def test_tables_beside_each_other_part_where_their_headers_begin_again(tmp_path):
    names = ["Ale", "Bjuv", "Dorotea", "Ed", "Falun", "Gagnef", "Habo", "Kalix"]
    left = [[name, f"{40 + i},5", f"{i + 11}"] for i, name in enumerate(names[:4])]
    right = [[name, f"{50 + i},5", f"{i + 15}"] for i, name in enumerate(names[4:])]
    cells = "".join(f"[{text}]," for pair in zip(left, right, strict=True) for row in pair for text in row)
    look = "columns: (90pt, 50pt, 50pt, 90pt, 50pt, 50pt), stroke: none, align: (left, right, right), inset: 2pt"
    heads = "[*Kommun*], [*Andel*], [*Plats*]," * 2
    tables = read_typeset(tmp_path, f"#table({look}, {heads} {cells})").tables
    assert [texts(table)[1:] for table in tables] == [left, right]


def test_words_in_the_middle_of_several_columns_are_a_row_of_their_own(tmp_path):
    def rows(last):
        return "".join(f"[{label}], [{i}{last}], [1{i}{last}], [2{i}{last}]," for i, label in enumerate(("A", "B"), 3))

    look = "columns: (110pt, 55pt, 55pt, 55pt), stroke: none, align: (left, right, right, right), row-gutter: -4pt"
    band = "[], table.cell(colspan: 3, align: center)"
    head = "table.header([], [*2021*], [*2022*], [*2023*])"
    body = f"{head}, {band}[Antal ärenden], {rows('')} {band}[Andel av alla], {rows(',5')}"
    (table,) = read_typeset(tmp_path, f"#table({look}, {body})").tables
    assert [[text for text in row if text] for row in texts(table)[1:]] == [
        ["Antal ärenden"],
        ["A", "3", "13", "23"],
        ["B", "4", "14", "24"],
        ["Andel av alla"],
        ["A", "3,5", "13,5", "23,5"],
        ["B", "4,5", "14,5", "24,5"],
    ]


def test_a_landscape_page_is_read_like_any_other(tmp_path):
    (table,) = read_typeset(tmp_path, FULL + ROWS, page=PAGE.replace("height: 400pt", "height: 250pt")).tables
    assert texts(table) == EXPECTED


def test_a_sideways_header_is_read(tmp_path):
    body = """#table(columns: (120pt, 30pt, 60pt), [*Indikator*], rotate(-90deg, reflow: true)[*Mål uppnås*], [*2022*],
      [Trygghet], [Ja], [3], [Ekonomi], [Nej], [4])"""
    (table,) = read_typeset(tmp_path, body).tables
    assert texts(table)[0] == ["Indikator", "Mål uppnås", "2022"]


def test_rows_that_only_column_lines_part_are_rows(tmp_path):
    body = """#table(columns: (120pt, 60pt, 60pt), [*Verksamhet*], [*2021*], [*2022*],
      [Familjehem \\ Placeringar \\ Övrigt], [100 \\ 20 \\ 3], [110 \\ 25 \\ –], [*Summa*], [*123*], [*135*])"""
    (table,) = read_typeset(tmp_path, body).tables
    assert texts(table)[1:] == [
        ["Familjehem", "100", "110"],
        ["Placeringar", "20", "25"],
        ["Övrigt", "3", "–"],
        ["Summa", "123", "135"],
    ]


def test_rows_that_only_column_lines_part_keep_their_footnote_marks(tmp_path):
    body = """#set super(typographic: false)
    #table(columns: (120pt, 60pt, 60pt), [*Verksamhet*], [*2021*], [*2022*],
      [Familjehem#super[1] \\ Placeringar \\ Övrigt], [100 \\ 20#super[2] \\ 3], [110 \\ 25 \\ –],
      [*Summa*], [*123*], [*135*])"""
    (table,) = read_typeset(tmp_path, body).tables
    marked = {cell.text: cell.markers for cell in table.cells if cell.markers}
    assert marked == {"Familjehem": ("1",), "20": ("2",)}


@pytest.mark.skipif(not GOLD.exists(), reason="the archive is not beside the checkout")
@pytest.mark.parametrize("look", ["003-word", "003-gdocs", "003-plain", "004-word", "004-stratsys"])
def test_the_cells_of_the_archive_hold_the_values_of_its_gold(look):
    document = read(GOLD.parent / "archive-pdf" / f"{look}.pdf")
    rows = [{_folded(text) for text in row} for table in document.tables for row in _spread(table)]
    gold = json.loads((GOLD / f"{look[:3]}.json").read_text(encoding="utf-8"))
    entries = [(e["indicator"], e["values"]) for e in gold["indicators"]]
    entries += [(e["line"], e["values"]) for e in gold["budget_lines"]]
    wanted = [(_folded(label), _folded(value["raw"])) for label, values in entries for value in values]
    missing = [pair for pair in wanted if not any(set(pair) <= row for row in rows)]
    assert len(missing) <= 0.02 * len(wanted), missing[:5]


def _spread(table):
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


def _folded(text):
    return "".join(text.split()).casefold()


def test_a_header_broken_with_a_hyphen_is_the_same_on_the_next_page(tmp_path):
    """In a hyphenated text the header's hyphen goes as words are joined; the next page repeats it all the same."""
    rows = ", ".join(f"[Rad {n}], [{n}]" for n in range(1, 40))
    prose = "Verksam- \\ heten har under- \\ sökt hur stöd- \\ insatser fun- \\ gerar. " * 3
    body = f"{prose}\n#table(columns: (60pt, 60pt), table.header[*Nämnd- \\ indikator*][*2023*], {rows})"
    (found,) = read_typeset(tmp_path, body).tables
    assert [row[0] for row in texts(found) if row[0].startswith("Rad")] == [f"Rad {n}" for n in range(1, 40)]


def test_a_slanted_heading_without_figures_is_a_row_of_its_own(tmp_path):
    rows = [
        ["Tkr", "Not", "2021", "2020"],
        ["Omsättningstillgångar", "", "", ""],
        ["Kortfristiga fordringar", "5", "8 214", "8 530"],
    ]
    rows += [["Kassa och bank", "6", "51 066", "48 712"], ["Summa omsättning", "", "59 280", "57 242"]]
    slanted = [[f"_{rows[1][0]}_", *rows[1][1:]] if i == 1 else row for i, row in enumerate(rows)]
    cells = ", ".join(f"[{text}]" for row in slanted for text in row)
    body = f"{BARE}#table(columns: (150pt, 30pt, 50pt, 50pt), inset: 3.5pt, align: (left, left, right, right), {cells})"
    (found,) = read_typeset(tmp_path, body).tables
    assert texts(found) == rows


def test_bold_lines_above_plain_ones_are_the_head_of_their_cell(tmp_path):
    body = """#table(columns: (150pt, 60pt), [Indikator], [Utfall 2022],
      [*Körsträcka med \\ personbil, mil* \\ Avser bilar som är \\ registrerade i kommunen.], [730],
      [*Antal* hemvist \\ barn], [12], [*Heltid*], [98])"""
    (found,) = read_typeset(tmp_path, body).tables
    assert [row[0].bold_head for row in found.grid()] == ["", "Körsträcka med personbil, mil", "", ""]


BOXED = """#set table(columns: (110pt, 60pt, 60pt), align: (left, right, right), stroke: 0.5pt, inset: 4pt)
#let band(name) = table.cell(colspan: 3, stroke: none, name)
#show table.cell.where(y: 0): strong
"""


def test_names_of_groups_that_no_line_frames_stand_in_the_table_that_they_part(tmp_path):
    rows = "[Konto], [Utfall], [Budget], band[*Intäkter*], [Bidrag], [120], [118], [Avgifter], [45], [40]"
    rows += ", band[*Kostnader*], [Löner], [−310], [−300], [Hyror], [−95], [−97]"
    (found,) = read_typeset(tmp_path, f"{BOXED}#table({rows})\n").tables
    assert [row[0] for row in texts(found)] == [
        "Konto",
        "Intäkter",
        "Bidrag",
        "Avgifter",
        "Kostnader",
        "Löner",
        "Hyror",
    ]
    assert found.header_rows == (0,)


def test_a_title_between_drawn_tables_of_the_same_columns_keeps_them_apart(tmp_path):
    first = "#table([Konto], [Utfall], [Budget], [Bidrag], [120], [118], [Avgifter], [45], [40])\n"
    second = "#table([Konto], [Utfall], [Budget], [Löner], [310], [300], [Hyror], [95], [97])\n"
    body = f"{BOXED}#set block(spacing: 4pt)\n{first}*Kostnader*\n{second}"
    assert [len(texts(found)) for found in read_typeset(tmp_path, body).tables] == [3, 3]


TIGHT = """#set table(stroke: none, inset: (x: 1pt, y: 4pt))
#show table.cell.where(y: 0): strong
"""


def test_a_comment_that_nearly_touches_the_figures_before_it_is_a_column_of_its_own(tmp_path):
    rows = [
        ["Enhet", "Utfall", "Prognos", "Kommentar"],
        ["Barn och familj", "38 236", "43 099", "Fler placeringar än planerat"],
        ["Ekonomiskt bistånd", "79 054", "92 163", "Ökat stöd under sommaren"],
        ["Hemtjänst", "67 102", "82 327", ""],
        ["Särskilt boende", "7 106", "9 211", "Svårt att rekrytera"],
    ]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    markup = f"#table(columns: (100pt, 45pt, 45pt, 140pt), align: (left, right, right, left), {cells})\n"
    (found,) = read_typeset(tmp_path, TIGHT + markup).tables
    assert texts(found) == rows


def test_units_and_thousands_that_stand_in_line_part_no_column(tmp_path):
    rows = [
        ["Mått", "2023", "2024"],
        ["Antal besök", "61 204", "70 115"],
        ["Antal lån", "41 250", "18 110"],
        ["Väntetid", "12 dagar", "14 dagar"],
        ["Antal arrangemang", "14 312", "15 418"],
    ]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    markup = f"#table(columns: (100pt, 60pt, 60pt), align: (left, right, right), {cells})\n"
    (found,) = read_typeset(tmp_path, TIGHT + markup).tables
    assert texts(found) == rows


def test_a_header_stays_with_its_table_over_a_long_name_of_a_group(tmp_path):
    body = """#set text(size: 8pt)
#table(columns: (104pt, 33pt, 33pt, 33pt, 32pt), align: (left, right, right, right, left), inset: (x: 1.5pt, y: 2.5pt),
  stroke: (_, y) => if y == 0 { (bottom: 0.6pt) },
  [*Indikator*], [*2022*], [*Mål 23*], [*2023*], [*Uppnått*],
  table.cell(colspan: 5)[*Mål 1. Alla barn och elever når sin fulla potential*],
  [Andel elever i årskurs sex med godkänt i alla ämnen], [78 %], [81 %], [79 %], [Delvis],
  [Genomströmning], [71 %], [75 %], [76 %], [Ja])
"""
    (found,) = read_typeset(tmp_path, body).tables
    assert texts(found)[0] == ["Indikator", "2022", "Mål 23", "2023", "Uppnått"]
    assert texts(found)[1][0].startswith("Mål 1.") and texts(found)[-1] == [
        "Genomströmning",
        "71 %",
        "75 %",
        "76 %",
        "Ja",
    ]


def region(*rows: list[tuple[float, float, str]]) -> list[Line]:
    return [
        Line(tuple(Word(text, Box(x0, 14.0 * i, x1, 14.0 * i + 9), 9.0) for x0, x1, text in row))
        for i, row in enumerate(rows)
    ]


def test_a_word_of_a_header_that_ends_where_the_figures_do_begins_no_column():
    rows = (("Sålt", "12196"), ("Kvar", "23518"), ("Ej", "91870"))
    body = [[(10, 60, name), (100, 125, figure)] for name, figure in rows]
    lines = region([(102, 125, "Mean"), (127, 150, "Loss")], *body)
    assert with_seams(lines, Columns(((60, 100),), frozenset())).gutters == ((60, 100),)
    lines = region([(102, 125, "Utfall"), (127, 170, "Läge")], *([*row, (127, 160, "Klart")] for row in body))
    assert with_seams(lines, Columns(((60, 100),), frozenset())).gutters == ((60, 100), (125, 127))


def open_table(rows: list[str], columns: str) -> str:
    """A table without lines; cells are parted by strokes."""
    cells = ", ".join(f"[{text.strip()}]" for row in rows for text in row.split("|"))
    return f"#table(columns: {columns}, stroke: none, inset: (x: 3pt, y: 1.5pt), {cells})\n"


def test_a_bold_band_over_merged_goals_is_a_row_of_its_own(tmp_path):
    rows = ["*Mål* | *Indikator* | *2022* | *2024*", "*VÄL ANVÄNDA RESURSER* | | |"]
    rows += ["Ekonomin är i balans | Avvikelse mot budget | -1,2 | 0", " | Andel inköp inom avtal | 81 | 90"]
    rows += ["*TRYGGA BARN* | | |", "Barnen trivs | Andel nöjda | 74 | 77", " | Sjukfrånvaro | 5,8 | 5,0"]
    (found,) = read_typeset(tmp_path, open_table(rows, "(110pt, 110pt, 55pt, 50pt)")).tables
    assert [row[0] for row in texts(found)][1:] == [
        "VÄL ANVÄNDA RESURSER",
        "Ekonomin är i balans",
        "",
        "TRYGGA BARN",
        "Barnen trivs",
        "",
    ]


@pytest.mark.parametrize("verdicts", [("Uppfyllt", "Delvis uppfyllt"), ("Klart", "Pågår"), ("#dot", "#dot")])
def test_two_verdicts_or_pictures_below_each_other_are_those_of_two_rows(tmp_path, verdicts):
    body = "#let dot = circle(radius: 3pt, fill: green)\n"
    rows = ["Målområde | Nämndmål | Bedömning", f"Fritid | Gårdarna når fler | {verdicts[0]}"]
    rows += [f" | Föreningslivet är starkt | {verdicts[1]}", f"Kultur | Biblioteken är öppna | {verdicts[0]}"]
    (found,) = read_typeset(tmp_path, body + open_table(rows, "(80pt, 150pt, 80pt)")).tables
    assert [row[1] for row in texts(found)] == [
        "Nämndmål",
        "Gårdarna når fler",
        "Föreningslivet är starkt",
        "Biblioteken är öppna",
    ]


def test_two_columns_of_text_whose_headers_say_what_they_hold_are_a_table(tmp_path):
    rows = ["Uppdrag | Kommentar", "Nämnden ska korta tiden till beslut om stöd | En jurist är anställd"]
    rows += ["Nämnden ska ta fram en plan för sina lokaler | Planen antas i höst"]
    (found,) = read_typeset(tmp_path, open_table(rows, "(170pt, 150pt)")).tables
    assert texts(found)[0] == ["Uppdrag", "Kommentar"] and found.n_rows == 3


def test_a_plain_row_headed_as_the_first_begins_another_table(tmp_path):
    first = ["Kommungemensamma | Status", "3. Alla ska spara el | Pågår", "9. Alla ska se över avtal | Klart"]
    second = ["Nämndspecifika | Status", "5. Nämnden ska korta köer | Pågår", "6. Ett torg ska öppna | Klart"]
    body = "#set table(align: left)\n" + "#v(6pt)\n".join(open_table(r, "(200pt, 80pt)") for r in (first, second))
    tables = read_typeset(tmp_path, body).tables
    assert [texts(table)[0][0] for table in tables] == ["Kommungemensamma", "Nämndspecifika"]


@pytest.mark.parametrize("unit", ["dagar", "kr", "kr/inv"])
def test_rows_of_figures_with_their_unit_in_a_tight_table_without_lines_stay_apart(tmp_path, unit):
    body = "#set table(stroke: none, inset: (x: 4pt, y: 1.5pt), align: (x, _) => if x == 0 { left } else { right })\n"
    rows = ["*Nyckeltal* | *2023* | *2024*", f"Handläggningstid bistånd | 12 {unit} | 14 {unit}"]
    rows += [f"Boende | 62 {unit} | 58 {unit}", f"Utredning barn | 113 {unit} | 98 {unit}"]
    cells = "".join(f"[{cell}], " for row in rows for cell in row.split(" | "))
    (found,) = read_typeset(tmp_path, f"{body}#table(columns: (150pt, 70pt, 70pt), {cells})").tables
    assert texts(found)[1:] == [row.split(" | ") for row in rows[1:]]


def test_a_year_below_a_figure_and_a_month_is_the_rest_of_its_cell(tmp_path):
    body = "#set table(stroke: none, inset: (x: 4pt, y: 1.5pt), align: left)\n"
    rows = [
        "*Nyckeltal* | *2022* | *2023*",
        "Fler ska få avtal | 41 | 53",
        "Fler ska få hyresavtal i andra stadsdelar | 36 mars 2023 | 50",
    ]
    cells = "".join(f"[{cell}], " for row in rows for cell in row.split(" | "))
    (found,) = read_typeset(tmp_path, f"{body}#table(columns: (110pt, 45pt, 45pt), {cells})").tables
    assert texts(found)[2] == ["Fler ska få hyresavtal i andra stadsdelar", "36 mars 2023", "50"]
