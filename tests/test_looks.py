"""The same tables in many looks give the same cells."""

import pytest
from making_tables import PAGE, Look, plain, table_markup
from typeset import read_typeset, texts

INDICATORS = [
    ["Nyckeltal", "Utfall 2021", "Utfall 2022", "Mål 2023"],
    ["Andel elever med behörighet till yrkesprogram", "86,4 %", "87,1 %", "90 %"],
    ["Antal vattenläckor", "41", "37", "Färre än 35"],
    ["Nöjd med snöröjningen, betygsindex", "5,9", "", "Över 6,5"],
    ["Elförbrukning", "1 412 000", "1 286 500", "Minska"],
    ["Sjukfrånvaro", "4,1 %", "i.u.", "4,0 %"],
]
MONEY = [
    ["", "2021", "2022", "2023"],
    ["*Skattefinansierat", "", "", ""],
    ["Nämnd och stab", "6 412", "6 700", "-850"],
    ["Lokalhyror och fastighetsskötsel inklusive städ", "48 305", "47 900", "49 250"],
    ["Park och skog", "640", "", "20 600"],
    ["*Summa", "55 357", "54 600", "69 000"],
    ["Avfall", "-862", "0", "-500"],
]
LOOKS = [
    Look(),
    Look(padding=0),
    Look(padding=5),
    Look(padding=0, figures="left"),
    Look(rows="horizon"),
    Look(rows="horizon", padding=5, figures="center"),
    Look(rows="bottom", padding=1),
    Look(bold=False),
    Look("header"),
    Look("header", rows="horizon", bold=False),
    Look("booktabs", padding=1),
    Look("booktabs", figures="center"),
    Look("rows"),
    Look("rows", padding=4, rows="horizon"),
    Look("zebra"),
    Look("filled", padding=1),
    Look("filled", rows="horizon"),
    Look("grid"),
]
PROSE = "\n\nNämnden har under året arbetat med att förbättra servicen till invånarna och följer utvecklingen noga.\n"


@pytest.mark.parametrize("rows", [INDICATORS, MONEY], ids=["indicators", "money"])
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_the_cells_do_not_depend_on_the_look(tmp_path, look, rows):
    body = f"= Uppföljning{PROSE}\n{table_markup(rows, look, '(130pt, 70pt, 70pt, 80pt)')}{PROSE}"
    (table,) = read_typeset(tmp_path, body, page=PAGE).tables
    assert texts(table) == plain(rows)
    assert table.header_rows == (0,)


GROUPED = [
    ["Nämndmål", "Mått", "2021", "2022"],
    ["Vattnet är rent", "Andel godkända prov", "99,2 %", "99,6 %"],
    ["", "Antal läckor", "41", "37"],
    ["Gator och vägar håller en god standard", "Andel gator utan skador", "86 %", "84 %"],
    ["", "Nöjd med snöröjningen i hela kommunen", "5,9", "6,3"],
]


@pytest.mark.parametrize("padding", [0, 1, 4])
def test_a_goal_is_printed_once_and_may_be_taller_than_its_row(tmp_path, padding):
    body = table_markup(GROUPED, Look(padding=padding), "(100pt, 120pt, 60pt, 60pt)")
    (table,) = read_typeset(tmp_path, body, page=PAGE).tables
    assert texts(table) == GROUPED


def test_tables_side_by_side_are_two(tmp_path):
    left, right = (
        INDICATORS[:3],
        [["Personal", "Utfall 2021", "Utfall 2022", "Mål 2023"], ["Årsarbetare", "45", "46", "47"]],
    )
    widths = "(60pt, 45pt, 45pt, 45pt)"
    halves = ", ".join(table_markup(rows, Look(), widths)[1:] for rows in (left, right))
    body = f"#grid(columns: 2, gutter: 25pt, {halves})"
    tables = read_typeset(tmp_path, body, page=PAGE.replace("9pt", "7pt")).tables
    assert [texts(table) for table in tables] == [left, right]


COLUMNS = """#columns(2)[
  Nämnden har under året arbetat med att förbättra servicen till invånarna. Arbetet fortsätter under nästa år
  med fokus på kvalitet och ekonomi i balans, och antalet elever blev 350 under 2022. Resultatet är bättre än
  föregående år.
  #colbreak()
  Personalen har minskat sin frånvaro jämfört med 2021. Det beror på att chefer arbetar med rehabilitering och
  att de som är timanställda är färre. Nämnden följer utvecklingen noga och rapporterar till kommunstyrelsen.
]"""


def test_prose_in_columns_is_no_table(tmp_path):
    assert read_typeset(tmp_path, COLUMNS, page=PAGE).tables == ()


NARROW = [["Volymer", "2021", "2022"], ["Utförda timmar", "1 201 340", "214"], ["Antal larm", "12", "1 251 100"]]


def test_a_number_broken_by_a_narrow_column_is_one(tmp_path):
    body = table_markup(NARROW, Look(padding=1), "(120pt, 38pt, 38pt)")
    (table,) = read_typeset(tmp_path, body, page=PAGE).tables
    assert texts(table) == NARROW


ALONE = [["Projekt", "2024", "2025"], *([f"Projekt {i}", str(i * 100), str(i * 101)] for i in range(1, 5))]


def test_a_row_alone_on_the_next_page_belongs_to_the_table(tmp_path):
    page = PAGE.replace("height: 600pt", "height: 150pt")
    document = read_typeset(tmp_path, table_markup(ALONE, Look(padding=2), "(120pt, 60pt, 60pt)"), page=page)
    (table,) = document.tables
    assert document.number_of_pages == 2
    assert texts(table) == ALONE
