from dataclasses import replace

import pytest
from drawing import draw_table

from extract.records.columns import Column, Layout
from extract.records.rows import join_continued_labels, table_rows
from extract.records.shape.parents import find_parents

COLUMNS = (Column(0, "", "line"), Column(1, "2023", "value", "outcome"), Column(2, "2024", "value", "outcome"))

LAYOUT = Layout("money", COLUMNS, 0)


def parents(drawing, **options):
    rows = table_rows(draw_table("| 2023 | 2024\n" + drawing), Layout("money", COLUMNS, 0))
    return dict(zip([row.label for row in rows], find_parents(rows, **options), strict=True))


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ("Vård | 1 | 2\n> Barn | 1 | 1\n> Vuxna | 0 | 1\nSkola | 3 | 3", {"Barn": "Vård", "Vuxna": "Vård"}),
        ("**Drift** | |\nTaxor | 1 | 1\nSumma | 1 | 1\nResultat | 0 | 0", {"Taxor": "Drift", "Summa": "Drift"}),
        ("**Intäkter** | |\nTaxor | 1 | 1\n**Resultat** | **0** | 0", {"Taxor": "Intäkter"}),
        ("Driften | < | <\nTaxor | 1 | 1\nHyror | 2 | 2", {"Taxor": "Driften", "Hyror": "Driften"}),
        ("Vård | 1 | 2\nvarav barn | 1 | 1\nSkola | 3 | 3", {"varav barn": "Vård"}),
        ("Nöjda: | |\nmed mat | 1 | 2\nmed vård | 3 | 3", {"med mat": "Nöjda:", "med vård": "Nöjda:"}),
        ("Projekt | |\n- sim | 1 | 2\n- is | 3 | 3\nÖvrigt | 1 | 1", {"- sim": "Projekt", "- is": "Projekt"}),
        ("ALLT | 9 | 9\n> Norr | 5 | 5\n> > By | 2 | 2\n> Syd | 4 | 4", {"Norr": "ALLT", "By": "Norr", "Syd": "ALLT"}),
    ],
)  # fmt: skip
def test_indent_band_varav_colon_and_bullet_show_parents(drawing, expected):
    found = parents(drawing)
    assert {label: parent for label, parent in found.items() if parent} == expected


def test_a_row_of_words_that_are_no_values_heads_nothing():
    layout = Layout("money", (COLUMNS[0], Column(3, "2024", "value", "outcome")), 0)
    drawing = " | a | b | 2024\nFinns | ja | nej | \nAntal | | | 4\nTid | | | 9"
    assert find_parents(table_rows(draw_table(drawing), layout)) == [None, None, None]
    assert find_parents(table_rows(draw_table(drawing.replace("ja | nej", " | ")), layout))[1:] == ["Finns", "Finns"]


def test_a_bare_sum_after_several_headings_sums_them_all():
    drawing = "**Pågående** | |\nSkola | 1 | 1\n**Avslutade** | |\nPlan | 2 | 2\nSumma | 3 | 3"
    assert parents(drawing)["Summa"] is None
    with_own_sums = drawing.replace("**Avslutade**", "Summa | 1 | 1\n**Avslutade**")
    assert parents(with_own_sums)["Summa"] == "Avslutade"


def test_the_row_above_is_no_parent_by_being_above():
    assert set(parents("**Chefsindex** | 71 | 70\nAvgångsålder | 64 | 65\nHeltid | 98 | 97").values()) == {None}


def test_a_shift_of_two_points_is_no_indent():
    table = draw_table("| 2023 | 2024\nIndex | 71 | 70\n> Chefsindex | 58 | 60")
    shifted = [
        cell if cell.indent == 0 else cell.__class__(cell.row, cell.col, cell.text, indent=2.2) for cell in table.cells
    ]
    rows = table_rows(table.__class__(1, tuple(shifted)), Layout("money", COLUMNS, 0))
    assert find_parents(rows) == [None, None]


def test_a_grand_sum_is_no_part_of_the_last_heading():
    found = parents(
        "**Norr** | |\nSkola | 1 | 1\n**Söder** | |\nVård | 2 | 2\n**Summa nettokostnader** | **3** | **3**"
    )
    assert found["Summa nettokostnader"] is None


def test_a_result_that_comes_first_under_a_heading_sums_nothing():
    found = parents(
        """
        DEN LÖPANDE DRIFTEN | |
        Årets resultat | 3 | 4
        Avskrivningar | 2 | 2
        **Medel från driften före rörelsekapital** | **5** | **6**
        Ändrade fordringar | 1 | 0
        **Medel från den löpande driften** | **6** | **6**
        """
    )
    assert set(found.values()) == {None, "DEN LÖPANDE DRIFTEN"}
    assert found["Ändrade fordringar"] == found["Årets resultat"] == "DEN LÖPANDE DRIFTEN"


def test_rows_above_the_first_heading_and_sum_belong_to_the_group_that_is_given():
    found = parents("Taxor | 1 | 1\nSumma | 1 | 1\nResultat | 0 | 0", group="Intäkter")
    assert found == {"Taxor": "Intäkter", "Summa": "Intäkter", "Resultat": None}


def test_a_heading_straight_below_another_is_inside_it():
    found = parents(
        """
        **TILLGÅNGAR** | |
        *Anläggningar* | |
        Byggnader | 5 | 5
        Summa anläggningar | 5 | 5
        *Omsättning* | |
        Fordringar | 2 | 2
        SUMMA TILLGÅNGAR | 7 | 7
        """
    )
    assert found == {
        "TILLGÅNGAR": None,
        "Anläggningar": "TILLGÅNGAR",
        "Byggnader": "Anläggningar",
        "Summa anläggningar": "Anläggningar",
        "Omsättning": "TILLGÅNGAR",
        "Fordringar": "Omsättning",
        "SUMMA TILLGÅNGAR": "TILLGÅNGAR",
    }


def test_a_total_beside_no_sex_is_a_total():
    assert parents("Upphandling | 1 | 1\nTotalt | 1 | 1")["Totalt"] is None
    assert parents("Frånvaro | 5 | 5\nKvinnor | 6 | 6\nTotalt | 5 | 5")["Totalt"] == "Frånvaro"


def test_plain_rows_that_add_up_to_a_bold_one_above_are_its_parts():
    drawing = (
        "**Reinvestering** | **10** | **12**\nSängar | 4 | 7\nCyklar | 6 | 5\n**Totala utgifter** | **10** | **12**"
    )
    assert parents(drawing) == {
        "Reinvestering": None,
        "Sängar": "Reinvestering",
        "Cyklar": "Reinvestering",
        "Totala utgifter": None,
    }
    assert set(parents(drawing.replace("6 | 5", "6 | 9")).values()) == {None}


def test_rows_that_stand_below_several_bold_ones_are_parts_of_each():
    rows = table_rows(
        draw_table("| 2023 | 2024\n**Äldre** | 74 | 70\nKvalitet | 85 | 80\n**LSS** | 39 | 40\nKvalitet | 67 | 60"),
        Layout("money", COLUMNS, 0),
    )
    assert find_parents(rows) == [None, "Äldre", None, "LSS"]


def indented(places):
    """Rows with values whose labels begin so many points further in."""
    rows = table_rows(draw_table("| 2023 | 2024\n" + "\n".join(f"{label} | 1 | 2" for label in places)), LAYOUT)
    return [replace(row, label_cell=replace(row.label_cell, indent=places[row.label])) for row in rows]


def test_centred_labels_are_no_parts_of_each_other():
    centred = {"Team Norra": 8.3, "Team Nordväst": 0.0, "Team Sydväst": 2.4, "Team Sydost": 4.9, "Totalt": 22.4}
    assert set(find_parents(indented(centred))) == {None}
    deeper = {"Vård och omsorg": 0.0, "Barn": 9.0, "Äldre": 9.0, "Hemtjänst": 18.0}
    assert find_parents(indented(deeper)) == [None, "Vård och omsorg", "Vård och omsorg", "Äldre"]


def test_a_total_set_apart_is_no_part_of_the_row_above():
    assert parents("Norra | 1 | 1\nSödra | 3 | 4\n> > *Totalt* | 4 | 5")["Totalt"] is None


def test_a_bracket_alone_in_a_row_is_the_end_of_the_label_above():
    rows = table_rows(draw_table("| 2023 | 2024\nExtern omsättning | 7,6 | 6,1\n(%) | |\nAntal | 733 | 691"), LAYOUT)
    joined = join_continued_labels(rows)
    assert [row.label for row in joined] == ["Extern omsättning (%)", "Antal"]
    assert find_parents(joined) == [None, None]
