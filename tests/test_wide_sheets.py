"""Spreadsheets wider than their page: the last columns stand on a later page, without the names of their rows."""

import pytest
from typeset import read_typeset, texts

PAGE = """#set page(width: 320pt, height: 240pt, margin: 30pt)
#set text(size: 9pt, lang: "sv", font: "Libertinus Serif")
#set table(stroke: none, rows: 14pt, inset: 3pt, align: (x, y) => if x == 0 { left } else { right })
"""
NAMES = ["Verksamhet", "Förskola", "Grundskola", "Kulturskola", "Summa"]
LEFT = [["Bokslut 2023", "Budget 2024"], ["61 200", "62 480"], ["148 900", "151 320"], ["4 700", "4 870"]]
LEFT += [["214 800", "218 670"]]
RIGHT = [["Utfall 2024", "Avvikelse"], ["62 235", "245"], ["154 602", "−3 282"], ["4 744", "126"]]
RIGHT += [["221 581", "−2 911"]]


def sheet(rows: list[list[str]], columns: str, *, above: str = "", inset: str = "") -> str:
    """A table below a gap in which a title may stand."""
    cells = ", ".join(f"[{text}]" for row in rows for text in row)
    return f"#block(height: 24pt)[{above}]\n#v(0pt)\n#table(columns: {columns}{inset}, {cells})\n"


def left(title: str = "*Utfall och budget 2024*, tkr") -> str:
    rows = [[name, *row] for name, row in zip(NAMES, LEFT, strict=True)]
    return sheet(rows, "(120pt, 65pt, 65pt)", above=title) + "#pagebreak()\n"


TO_THE_RIGHT = ", align: right"


def test_columns_on_the_next_page_stand_beside_their_rows(tmp_path):
    content = read_typeset(tmp_path, left() + sheet(RIGHT, "(70pt, 70pt)", inset=TO_THE_RIGHT), page=PAGE)
    (found,) = content.tables
    assert texts(found) == [[n, *a, *b] for n, a, b in zip(NAMES, LEFT, RIGHT, strict=True)]
    assert {cell.page for cell in found.cells if cell.col > 2} == {2}
    assert not [p for p in content.problems if p.code == "columns_apart"]


def test_a_single_column_on_the_next_page_stands_beside_its_rows(tmp_path):
    last = [[row[1]] for row in RIGHT]
    (found,) = read_typeset(tmp_path, left() + sheet(last, "(70pt,)", inset=TO_THE_RIGHT), page=PAGE).tables
    assert [row[3] for row in texts(found)] == ["Avvikelse", "245", "−3 282", "126", "−2 911"]


def test_pages_are_printed_downwards_before_they_go_on_to_the_right(tmp_path):
    below = sheet([["Elever", "1 904"], ["Barn", "1 080"], ["Platser", "212"]], "(120pt, 65pt)", above="*Volymer*")
    body = left() + below + "#pagebreak()\n" + sheet(RIGHT, "(70pt, 70pt)", inset=TO_THE_RIGHT)
    first, second = read_typeset(tmp_path, body, page=PAGE).tables
    assert (first.n_cols, second.n_cols) == (5, 2) and texts(first)[1][4] == "245"


@pytest.mark.parametrize(
    ("rows", "above"),
    [
        ([[name, row[1]] for name, row in zip(NAMES, RIGHT, strict=True)], ""),
        ([["År", "Antal"], ["2021", "12"], ["2022", "14"], ["2023", "17"], ["2024", "19"]], ""),
        (RIGHT, "*Nya tal för hela kommunkoncernen*"),
    ],
    ids=["names", "years", "title"],
)
def test_a_table_of_its_own_at_the_same_heights_stays_apart(tmp_path, rows, above):
    content = read_typeset(tmp_path, left() + sheet(rows, "(100pt, 70pt)", above=above), page=PAGE)
    assert content.tables[0].n_cols == 3


def test_figures_at_the_heights_of_rows_that_cannot_be_joined_are_told(tmp_path):
    body = left() + sheet(RIGHT, "(70pt, 70pt)", above="*Nya tal för hela kommunkoncernen*", inset=TO_THE_RIGHT)
    content = read_typeset(tmp_path, body, page=PAGE)
    assert [(p.code, p.page) for p in content.problems] == [("columns_apart", 2)]


def test_numbers_of_rows_that_nearly_touch_their_names_are_a_column(tmp_path):
    rows = [["Nr", "Projekt", "Budget 2024"], ["4101", "Bro", "30 300"], ["4107", "Cykelväg", "40 300"]]
    rows += [["4112", "Ombyggnad", "48 900"], ["4120", "Solceller", "80 500"]]
    look = ", inset: (x: 0.8pt, y: 3pt), align: (right, left, right)"
    (found,) = read_typeset(tmp_path, sheet(rows, "(30pt, 110pt, 65pt)", inset=look), page=PAGE).tables
    assert texts(found) == rows


def test_groups_that_the_page_cuts_keep_their_columns(tmp_path):
    """*2022*, *2023*, *2024*, each in the middle over Budget, Utfall, Diff; the page ends before the last Diff."""
    own = ["Verksamhet", *["Budget", "Utfall", "Diff"] * 2, "Budget", "Utfall"]
    years = "[], table.cell(colspan: 3)[*2022*], table.cell(colspan: 3)[*2023*], table.cell(colspan: 3)[*2024*], "
    rows = [[name, *["12,4", "12,9", "-0,5"] * 2, "13,0", "12,8"] for name in NAMES[1:]]
    cells = "".join(f"[{text}], " for row in [[f"*{text}*" for text in own], *rows] for text in [*row, ""])
    look = (
        "columns: (70pt, ..(38pt,) * 9), align: (x, y) => if x == 0 { left } else if y == 0 { center } else { right }"
    )
    page = PAGE.replace("320pt", "450pt")
    (found,) = read_typeset(tmp_path, f"#table({look}, {years}{cells})", page=page).tables
    assert [(c.text, c.col, c.col_span) for c in found.cells if c.row == 0 and c.text] == [
        ("2022", 1, 3),
        ("2023", 4, 3),
        ("2024", 7, 2),
    ]


def test_rows_on_the_next_page_may_leave_a_column_empty(tmp_path):
    rows = [["Bidrag", "2", "9 120", "9 469"], ["Köp", "4", "21 340", "20 498"], ["Hyror", "5", "880", "901"]]
    rest = [["Övrigt", "", "7 595", "7 830"], ["Summa", "", "109 610", "113 000"], ["Netto", "", "98 426", "101 470"]]
    head = ["*Konto*", "*Not*", "*Budget 2024*", "*Utfall 2024*"]
    columns = "(110pt, 25pt, 60pt, 60pt)"
    body = sheet([head, *rows], columns) + "#pagebreak()\n#table(columns: " + columns + ", "
    body += ", ".join(f"[{text}]" for row in rest for text in row) + ")\n"
    (found,) = read_typeset(tmp_path, body, page=PAGE).tables
    assert texts(found)[4:] == rest


def test_tables_beside_each_other_with_titles_of_their_own_are_two(tmp_path):
    rows = [["*Tillsyn*", "", "", "", "*Ärenden*", "", ""], ["*Område*", "*Plan 2024*", "*Utfall 2024*", ""]]
    rows[1] += ["*Typ*", "*2023*", "*2024*"]
    rows += [["Livsmedel", "62", "41", "", "Inkomna ärenden", "318", "290"]]
    rows += [["Avlopp", "45", "12", "", "Avslutade ärenden", "301", "268"]]
    rows += [["Hälsoskydd", "20", "17", "", "Överklaganden", "7", "5"]]
    columns = "(65pt, 50pt, 60pt, 14pt, 85pt, 35pt, 35pt)"
    align = ", align: (x, y) => if x == 0 or x == 4 { left } else { right }"
    content = read_typeset(tmp_path, sheet(rows, columns, inset=align), page=PAGE.replace("320pt", "420pt"))
    first, second = content.tables
    assert [row[0] for row in texts(first)][-3:] == ["Livsmedel", "Avlopp", "Hälsoskydd"] and first.n_cols == 3
    assert [row[0] for row in texts(second)][-3:] == ["Inkomna ärenden", "Avslutade ärenden", "Överklaganden"]
