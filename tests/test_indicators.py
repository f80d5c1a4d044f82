from dataclasses import replace

import pytest
from drawing import content, draw_cell, draw_table, heading, paragraph

from extract.records.indicators import read_indicators
from extract.records.report import print_report
from extract.records.sections import Place
from extract.records.shape.banners import mark_repeated
from extract.records.shape.shifts import apply_shifts, as_printed, find_shifts
from extract.records.table_kinds import classify_table
from schema.layout import Table
from schema.printed import BudgetLine, IndicatorRow


def read(drawing, place=None):
    table = mark_repeated(draw_table(drawing))
    layout = classify_table(table)
    shifts = find_shifts(table, layout)
    records = read_indicators(apply_shifts(table, shifts), layout, place or Place())
    return [as_printed(record, shifts) for record in records]


def raws(row):
    return {value.column_label: value.raw for value in row.values}


def test_goal_and_assessment_columns_reach_each_row():
    first, second = read(
        """
        Nämndmål | Mål uppnås | Nämndindikator | Källa | 2022 | Målvärde
        Trygga barn | Delvis | Andel nöjda | Kolada | 70 % | 80 %
                    | Nej    | Antal besök |        | 12   | 20
        """,
        Place(goal_area="Samhälle", municipal_goal="Trygghet"),
    )
    assert (first.goal_area, first.municipal_goal, first.committee_goal) == (
        "Samhälle",
        "Trygghet",
        "Trygga barn",
    )
    assert (first.goal_met, first.source, raws(first)) == (
        "Delvis",
        "Kolada",
        {"2022": "70 %", "Målvärde": "80 %"},
    )
    assert (second.committee_goal, second.goal_met, second.source) == ("Trygga barn", "Nej", None)
    assert [value.kind for value in first.values] == ["outcome", "target"]


def test_a_sex_is_part_of_the_row_above():
    rows = read("Indikator | 2022\nTotal sjukfrånvaro | 5,6\nMän | 3,9\nKvinnor | 6,0\nHeltid | 98")
    assert [row.parent for row in rows] == [None, "Total sjukfrånvaro", "Total sjukfrånvaro", None]


def test_indented_or_italic_rows_are_part_of_the_last_upright_one():
    rows = read("Indikator | 2022\nNöjdhet | \n*Bemötande* | 70\n*Tillgänglighet* | 75\nKötid | 9")
    assert [row.parent for row in rows] == [None, "Nöjdhet", "Nöjdhet", None]


def test_a_label_without_values_names_the_rows_below_it():
    rows = read("Indikator | 2022 | 2023\nBrukarenkät | |\nFråga ett | 70 | 71\nFråga två | 75 | 76")
    assert [row.parent for row in rows] == [None, "Brukarenkät", "Brukarenkät"]


def test_one_row_below_an_empty_one_is_no_sub_row():
    rows = read("Indikator | 2022\nNytt index | \nKötid | 9")
    assert [row.parent for row in rows] == [None, None]


def test_a_cell_that_lists_its_questions_gives_them_to_the_rows_below():
    rows = read(
        "Indikator | 2022 | 2023\nEnkät\\n- Trygg hemma?\\n- Rädd hemma? | 64 % | 65 %\n | 70 % | 71 %\nKötid | 9 | 8"
    )
    assert [(r.indicator, r.parent, [v.raw for v in r.values]) for r in rows] == [
        ("Enkät", None, []),
        ("Trygg hemma?", "Enkät", ["64 %", "65 %"]),
        ("Rädd hemma?", "Enkät", ["70 %", "71 %"]),
        ("Kötid", None, ["9", "8"]),
    ]


def test_values_without_label_fill_the_gaps_of_the_row_above_or_repeat_its_label():
    rows = read("Indikator | 2021 | 2022\nLäxhjälp | | 82 %\n | 60 % | \nDeltagande | 18 % | 23 %\n | 21 % | 20 %")
    assert [(r.indicator, [v.raw for v in r.values]) for r in rows] == [
        ("Läxhjälp", ["60 %", "82 %"]),
        ("Deltagande", ["18 %", "23 %"]),
        ("Deltagande", ["21 %", "20 %"]),
    ]


def test_a_label_that_goes_on_in_the_next_row_is_one_label():
    rows = read("Indikator | 2021\nEj återaktualiserade barn ett | 76 %\når efter avslutad insats | ")
    assert [row.indicator for row in rows] == ["Ej återaktualiserade barn ett år efter avslutad insats"]


def test_rows_that_lost_their_first_cell_are_moved_back_and_marked():
    rows = read(
        """
        Målområde | Nämndmål | Nämndindikator | 2017 | 2018
        Medarbetare | Goda arbetsplatser | Sjukfrånvaro | 4,9 | 5,3
        Gott ledarskap | Chefsindex | 74 | 75 |
        """
    )
    assert rows[1].committee_goal == "Gott ledarskap"
    assert (rows[1].indicator, raws(rows[1])) == ("Chefsindex", {"2017": "74", "2018": "75"})
    assert all(value.inferred for value in rows[1].values)
    assert [value.col for value in rows[1].values] == [2, 3]
    assert not any(value.inferred for value in rows[0].values)


def test_an_italic_description_below_a_goal_is_no_goal():
    rows = read("Nämndmål | Indikator | 2022\nGoda arbetsplatser | Index | 70\n*Var och en trivs.* | Heltid | 98")
    assert {row.committee_goal for row in rows} == {"Goda arbetsplatser"}


def test_a_comment_between_rows_is_no_indicator():
    rows = read("Indikator | 2022\nKötid | 9\nKommentar: kön har vuxit under hösten. | \nHeltid | 98")
    assert [(row.indicator, row.parent) for row in rows] == [("Kötid", None), ("Heltid", None)]


def test_a_goal_that_a_page_break_cut_is_whole_in_every_row():
    rows = read(
        "Nämndmål | Indikator | 2022\nStöd ges tidigt, samordnat och | Kötid | 9\nanpassat efter behov | Heltid | 98"
    )
    assert {row.committee_goal for row in rows} == {"Stöd ges tidigt, samordnat och anpassat efter behov"}


def test_rows_with_an_empty_cell_too_many_are_moved_back():
    rows = read(
        """
        Målområde | Nämndmål | Nämndindikator | Målvärde 2019 | Målvärde 2020 |
        Samhälle | Trygga barn | Antal besök | 4 | 5 |
         | Korta köer | Nämnden ger ett gott bemötande | Väntetid i antal dagar till beslut | Minska | Minska
         | | Enkäten | Inga skillnader | Inga skillnader |
        """
    )
    moved, kept = rows[1], rows[2]
    assert (moved.committee_goal, moved.indicator) == (
        "Nämnden ger ett gott bemötande",
        "Väntetid i antal dagar till beslut",
    )
    assert [(value.column_label, value.raw, value.col) for value in moved.values] == [
        ("Målvärde 2019", "Minska", 4),
        ("Målvärde 2020", "Minska", 5),
    ]
    assert [(kept.indicator, value.inferred) for value in kept.values] == [("Enkäten", False)] * 2


def test_a_table_without_header_words_goes_on_with_the_one_above():
    first = draw_table("Nämndmål | Indikator | 2022 | Målvärde\nTrygga barn | Antal besök | 4 | 5")
    second = draw_table("Korta köer | Väntetid | 9 | 7\n | Antal klagomål | 3 | 2", number=2)
    report, _ = print_report(content(heading("Målområde: Samhälle"), first, second, heading("Personal"), second))
    found = [
        (row.committee_goal, row.indicator, [value.raw for value in row.values]) for row in report.rows_of(IndicatorRow)
    ]
    assert found == [
        ("Trygga barn", "Antal besök", ["4", "5"]),
        ("Korta köer", "Väntetid", ["9", "7"]),
        ("Korta köer", "Antal klagomål", ["3", "2"]),
    ]


def test_a_line_above_a_table_that_goes_on_is_what_its_rows_belong_to():
    first = draw_table("Belopp tkr | Utfall 2024 | Utfall 2023\nRänta | 4 | 5\nHyra | 3 | 3")
    second = draw_table("Fordringar | 9 | 7\nSumma | 9 | 7", number=2)
    report, _ = print_report(content(heading("Noter"), first, paragraph("9 Fordringar hos andra"), second))
    lines = report.rows_of(BudgetLine)
    assert [(line.line, line.parent) for line in lines if line.table == 2] == [
        ("Fordringar", "Fordringar hos andra"),
        ("Summa", "Fordringar hos andra"),
    ]
    assert {line.table_title for line in lines} == {"Noter"}


def test_a_heading_that_the_end_of_the_page_cut_holds_on_the_next():
    first = draw_table("Nyckeltal | 2023 | 2024\n**Hemtjänst** | |\nNöjda | 80 | 81\nTrygga | 70 | 75")
    second = draw_table("Sjuka | 6 | 7\n**Särskilt boende** | |\nNöjda | 60 | 65\nTrygga | 61 | 62", number=2)
    report, _ = print_report(content(heading("Nyckeltal"), first, second))
    found = [(row.indicator, row.parent) for row in report.rows_of(IndicatorRow) if row.table == 2 and row.values]
    assert found == [("Sjuka", "Hemtjänst"), ("Nöjda", "Särskilt boende"), ("Trygga", "Särskilt boende")]


def test_a_header_repeated_in_the_table_says_what_the_rows_below_it_count():
    rows = read("Norra | 24/25 | 25/26\nÅk 1 | 40 | 41\nAntal elever | 24/25 | 25/26\nÅk 7 | 50 | 52")
    assert [(row.indicator, row.counts) for row in rows] == [("Åk 1", "Norra"), ("Åk 7", "Antal elever")]


def test_a_table_headed_by_values_goes_on_with_the_one_above():
    first = draw_table("Nämndmål | Indikator | 2018 | Målvärde 2019\nTrygga barn | Antal besök | 4 | 5")
    second = draw_table("Korta köer | Väntetid | Kommer hösten 2019 | Minska", number=2)
    report, problems = print_report(content(heading("Målområde: Samhälle"), first, second))
    rows = [(row.indicator, [value.raw for value in row.values]) for row in report.rows_of(IndicatorRow)]
    assert rows == [("Antal besök", ["4", "5"]), ("Väntetid", ["Kommer hösten 2019", "Minska"])]
    assert problems == ()


def test_a_value_below_a_header_of_values_names_no_row():
    cut = draw_table("Målvärde 2020 | Målvärde 2021 | Målvärde 2022\nMinska | 16 | 14\nÖka | Öka | Öka")
    report, problems = print_report(content(heading("Nyckeltal"), cut))
    assert report.rows_of(IndicatorRow) == ()
    assert [problem.code for problem in problems] == ["unnamed_rows"]


def test_a_part_is_part_of_the_row_above():
    rows = read("Indikator | 2022\nSjukfrånvaro, % | 7,2\n- därav långtidssjuka | 40,0\nHeltid | 98")
    assert [row.parent for row in rows] == [None, "Sjukfrånvaro, %", None]


def test_goals_stated_in_rows_across_the_table_hold_for_the_rows_below():
    table = draw_table(
        """
        Indikator | Utfall 2023 | Målvärde 2023
        Mål 1: Alla barn har en meningsfull fritid | |
        Deltagartillfällen | 43 850 | 43 000
        Nämndmål: Kulturen är tillgänglig | |
        Tillgängliga lokaler | 17 | 16
        """
    )
    rows = read_indicators(table, classify_table(table), Place())
    assert [(row.indicator, row.committee_goal, row.parent) for row in rows] == [
        ("Deltagartillfällen", "Alla barn har en meningsfull fritid", None),
        ("Tillgängliga lokaler", "Kulturen är tillgänglig", None),
    ]


def test_a_column_of_changes_holds_no_outcomes():
    table = draw_table(
        """
        Nyckeltal | 2022 | 2023 | Förändring
        Besök simhall | 71 250 | 80 400 | 12,8 %
        Utlån | 101 220 | 99 870 | -1,3 %
        """
    )
    report, problems = print_report(content(heading("Nyckeltal"), table))
    assert [[(value.kind, value.raw) for value in row.values] for row in report.rows_of(IndicatorRow)] == [
        [("outcome", "71 250"), ("outcome", "80 400"), ("effect", "12,8 %")],
        [("outcome", "101 220"), ("outcome", "99 870"), ("effect", "-1,3 %")],
    ]
    assert not problems


def test_comments_merged_across_the_table_are_no_parents():
    rows = [draw_cell(0, 0, "Indikator"), draw_cell(0, 1, "2022"), draw_cell(0, 2, "2023")]
    rows += [draw_cell(1, 0, "Meritvärde"), draw_cell(1, 1, "218"), draw_cell(1, 2, "214")]
    rows += [replace(draw_cell(2, 0, "Kommentar Meritvärdet sjunker"), col_span=3)]
    rows += [draw_cell(3, 0, "Frånvaro"), draw_cell(3, 1, "9,8 %"), draw_cell(3, 2, "9,5 %")]
    rows += [replace(draw_cell(4, 0, "Resultatet är 3 procentenheter bättre."), col_span=3)]
    rows += [draw_cell(5, 0, "Behöriga"), draw_cell(5, 1, "84 %"), draw_cell(5, 2, "86 %")]
    table = Table(1, tuple(rows))
    records = read_indicators(table, classify_table(table), Place())
    assert [(record.indicator, record.parent) for record in records if record.values] == [
        ("Meritvärde", None),
        ("Frånvaro", None),
        ("Behöriga", None),
    ]


def test_a_title_of_shares_speaks_where_the_header_above_the_names_tells_nothing():
    absence = draw_table("Grupp | Kvinnor | Män\n30–49 år | 7,6 | 4,9\n50 år och äldre | 8,8 | 6,2")
    counted = read_indicators(absence, classify_table(absence), Place(title="Sjukfrånvaro i procent av arbetstiden"))
    assert [row.counts for row in counted] == ["Sjukfrånvaro i procent av arbetstiden"] * 2
    both = read_indicators(absence, classify_table(absence), Place(title="Anställda, antal och procent"))
    assert [row.counts for row in both] == ["Grupp"] * 2


def with_bold_head(table, row, head):
    cells = (replace(cell, bold_head=head) if (cell.row, cell.col) == (row, 0) else cell for cell in table.cells)
    return replace(table, cells=tuple(cells))


@pytest.mark.parametrize(
    ("head", "below", "label"),
    [
        ("Körsträcka med bil", "Avser alla bilar i kommunen. Källa: Trafa", "Körsträcka med bil"),
        ("Sjukfrånvaro", "Avser alla anställda i kommunen.", "Sjukfrånvaro"),
        ("Körsträcka med bil", "mil per invånare", "Körsträcka med bil mil per invånare"),
        ("Indikator", "Så många bilar finns i kommunen.", "Indikator Så många bilar finns i kommunen."),
    ],
)
def test_a_description_below_a_bold_name_is_no_part_of_it(head, below, label):
    table = with_bold_head(draw_table(f"Indikator | 2022\nHeltid | 98\n{head}\\n{below} | 730"), 2, head)
    rows = read_indicators(table, classify_table(table), Place())
    assert [row.indicator for row in rows] == ["Heltid", label]


def test_a_remark_in_italics_beside_a_name_takes_not_its_place():
    rows = read("""
        Område | Indikator | 2022 | 2023
        Mark | Mark | 15 | 40
        Bygg | Bassänger | 45 | 60
        Tak | Tak | 10 | 40
        Pumpar | *Se bilaga 1* | 35 | 60
        Styrning | | 15 | 10
        """)
    assert [row.indicator for row in rows] == ["Mark", "Bassänger", "Tak", "Pumpar", "Styrning"]


def test_text_that_ends_beside_a_table_goes_on_with_no_label():
    rows = read("""
        Nämnden arbetar | Volymer | 2022 | 2023
        vidare med de   | Barn i förskola | 402 | 398
        | Elever i grundskola | 12 | 15
        | Elever på gymnasiet | 288 | 301
        mål som är beslutade. | | |
        """)
    assert [row.indicator for row in rows if row.values][-1] == "Elever på gymnasiet"


def test_the_scale_of_a_chart_names_no_rows():
    assert [row.indicator for row in read("Resor | Rullstolsbuss 2023\n80 | 80\nNäringsliv | 40\n30 | 30\n0 | 0")] == [
        "Näringsliv"
    ]
    bands = "Ålder | Antal chefer 2023\n-19 | 28\n20-25 | 10\n26-30 | 4"
    assert [row.indicator for row in read(bands)] == ["-19", "20-25", "26-30"]
