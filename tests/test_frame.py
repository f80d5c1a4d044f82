from drawing import content, draw_table, heading

from extract.records.budgets import read_budgets
from extract.records.indicators import read_indicators
from extract.records.report import print_report
from extract.records.rows import table_rows
from extract.records.sections import Place
from extract.records.shape.banners import lift_banners, lower_merged, mark_repeated
from extract.records.shape.header_rows import with_true_headers
from extract.records.table_kinds import classify_table
from schema.printed import BudgetLine, IndicatorRow


def labels(drawing, title=""):
    table = draw_table(drawing)
    return [(row.label, row.groups) for row in table_rows(table, classify_table(table, title))]


def test_the_label_column_is_the_one_that_differs_from_row_to_row():
    drawing = """
        Verksamhet | Åtgärd | Effekt 2024, tkr
        EKB | Lägre priser | 200
        EKB | Färre platser | 380
        Alla | Inköpsstopp | 50
    """
    assert [label for label, _ in labels(drawing)] == ["Lägre priser", "Färre platser", "Inköpsstopp"]


def test_codes_before_labels_name_no_rows():
    drawing = "Kod | Verksamhet | Budget 2024 | Utfall 2024\n910 | Ledning | 5 | 6\n920 | Kök | 7 | 7"
    assert labels(drawing) == [("Ledning", ()), ("Kök", ())]


def test_marks_before_words_name_no_rows_even_in_a_table_of_one():
    drawing = "Avgift per fastighet | < | Utan moms | Med moms\nA | Grundavgift | 100 kr | 125 kr"
    assert labels(drawing) == [("Grundavgift", ())]
    assert labels(f"{drawing}\nC1 | Per bostad | 40 kr | 50 kr")[1] == ("Per bostad", ())


def test_what_tells_of_rows_names_them_where_nothing_else_does():
    assert labels("Beskrivning | Avgift, kr/st\nExtra personal | 731\nHyra av kärl | 251") == [
        ("Extra personal", ()), ("Hyra av kärl", ()),
    ]  # fmt: skip


def test_sizes_name_rows_and_head_columns_beside_bare_figures():
    drawing = """
        Kärlstorlek | Avgift kr/år | <
        ^ | 26 ggr/år | 52 ggr/år
        190 liter | 1 369 | 2 736
        370 liter | 2 718 | 5 435
    """
    table = draw_table(drawing, header_rows=(0, 1))
    assert with_true_headers(table).header_rows == (0, 1)
    assert [row.label for row in table_rows(table, classify_table(table))] == ["190 liter", "370 liter"]


def test_classes_of_one_scale_name_rows_and_other_ranges_are_values():
    drawing = """
        | Innerdiameter (mm) | Kostnad utan moms | Kostnad med moms
        B1 | ≤110 | 900 kr | 1 125 kr
        B2 | 111 – 160 | 2 700 kr | 3 375 kr
        B3 | 161 – 250 | 8 999 kr | 11 249 kr
        B4 | 251– | 17 997 kr | 22 496 kr
    """
    assert [label for label, _ in labels(drawing)] == ["≤110", "111 – 160", "161 – 250", "251–"]
    counted = "Antal medarbetare | Antal chefer\n– per intervall |\n-19 | 28\n20-25 | 10\n26-30 | 4\n31- | 0"
    assert [label for label, _ in labels(counted)][1:] == ["-19", "20-25", "26-30", "31-"]
    ranges = "Kod | Mål 2024 | Utfall 2024\nA1 | 20–25 | 22\nB2 | 15–18 | 16\nC3 | 40–60 | 52"
    assert [label for label, _ in labels(ranges)] == ["A1", "B2", "C3"]


def test_years_under_a_word_of_no_kind_tell_when_something_is_ready():
    drawing = "Objekt | Utfall 2025 | Klart år\nVattenverk | 911 | 2027\nLedningsnät | 2 404 | 2026"
    layout = classify_table(draw_table(drawing))
    assert [column.label for column in layout.values] == ["Utfall 2025"]
    amounts = "Objekt | Utfall 2025 | Insats\nVattenverk | 911 | 2027\nLedningsnät | 2 404 | 2 026"
    assert len(classify_table(draw_table(amounts)).values) == 2


def test_a_cell_merged_over_rows_is_their_group():
    drawing = """
        | Antal barn | 24/25 | 25/26
        NORRA | Behov | 159 | 149
        ^ | Kapacitet | 195 | 185
        SÖDRA | Behov | 220 | 220
        ^ | Kapacitet | 225 | 235
    """
    assert labels(drawing) == [
        ("Behov", ("NORRA",)), ("Kapacitet", ("NORRA",)), ("Behov", ("SÖDRA",)), ("Kapacitet", ("SÖDRA",)),
    ]  # fmt: skip


def test_a_lone_name_in_the_middle_of_its_rows_is_the_group_of_all():
    drawing = "| Antal barn | 2024 | 2025\n| Behov | 9 | 8\nNORRA | Plats | 7 | 7\n| Brist | 2 | 1\n| Kö | 3 | 3"
    assert [groups for _, groups in labels(drawing)] == [("NORRA",)] * 4


def test_a_sum_that_stands_among_the_groups_names_its_row():
    drawing = """
        Område | Enhet | Budget 2024 | Utfall 2024
        Norr | Skola | 5 | 6
        | Vård | 7 | 8
        | Kök | 1 | 1
        | Bad | 1 | 1
        Totalt | | 14 | 16
    """
    assert labels(drawing)[-1] == ("Totalt", ())
    assert labels(drawing)[1] == ("Vård", ("Norr",))


def test_a_cell_merged_out_of_the_header_names_the_rows_beside_it():
    table = lower_merged(draw_table("NORRA | Antal barn | 2024\n^ | Behov | 9\n^ | Plats | 7\n | Brist | 2"))
    layout = classify_table(table)
    assert [row.groups for row in table_rows(table, layout)] == [("NORRA",)] * 3


SCORECARD = """
    BÄST FÖR ALLA | < | < | <
    Fokusområden | Resultatindikatorer | Mål 2022 | Utfall 2022
    Barn och unga utvecklas maximalt | Andel som trivs | 95 | 93
    ^ | Andel som rekommenderar | 88 | 90
    Kulturskolan har en ekonomi i balans | Antal sökande | 40 | 41
"""


def test_a_banner_is_the_area_and_a_merged_cell_the_goal_of_a_scorecard():
    report, _ = print_report(content(heading("Styrkort"), draw_table(SCORECARD, header_rows=(0, 1))))
    assert [(row.goal_area, row.committee_goal, row.indicator) for row in report.rows_of(IndicatorRow)] == [
        ("BÄST FÖR ALLA", "Barn och unga utvecklas maximalt", "Andel som trivs"),
        ("BÄST FÖR ALLA", "Barn och unga utvecklas maximalt", "Andel som rekommenderar"),
        ("BÄST FÖR ALLA", "Kulturskolan har en ekonomi i balans", "Antal sökande"),
    ]
    assert [[value.kind for value in row.values] for row in report.rows_of(IndicatorRow)] == [["target", "outcome"]] * 3


def test_banners_that_name_goal_area_and_goal_above_the_header_are_those_of_all_rows():
    drawing = "Strategiskt område: Ett gott liv | < | <\nNämndmål 2: Skolorna är trygga | < | <\n"
    drawing += "Indikator | Utgångsläge 2024 | Mål 2026\nTrygga elever | 86 % | 92 %\nKränkningar | 7 | 5"
    report, _ = print_report(content(heading("Mål"), draw_table(drawing, header_rows=(0, 1))))
    rows = report.rows_of(IndicatorRow)
    assert [(row.goal_area, row.committee_goal, row.indicator) for row in rows] == [
        ("Ett gott liv", "Skolorna är trygga", "Trygga elever"),
        ("Ett gott liv", "Skolorna är trygga", "Kränkningar"),
    ]
    assert [[value.kind for value in row.values] for row in rows] == [["outcome", "target"]] * 2


def test_a_banner_without_goals_is_the_title_and_one_with_a_period_stays_in_the_header():
    table = draw_table("Ekonomi | < | <\nBelopp tkr | Budget 2024 | Utfall 2024\nVård | 1 | 2", header_rows=(0, 1))
    report, _ = print_report(content(heading("Drift"), table))
    assert [line.table_title for line in report.rows_of(BudgetLine)] == ["Ekonomi"]
    dated = draw_table("Utfall 2024 | < | <\nTkr | Norr | Söder\nVård | 1 | 2", header_rows=(0, 1))
    assert lift_banners(dated) == (dated, ())


def test_bands_across_a_table_of_targets_are_goals_and_others_are_parents():
    table = draw_table(
        """
        Indikator | Utfall 2023 | Mål 2023
        Alla barn har en meningsfull fritid | < | <
        Deltagare | 43 | 50
        """
    )
    (row,) = read_indicators(table, classify_table(table), Place())
    assert (row.committee_goal, row.parent) == ("Alla barn har en meningsfull fritid", None)
    table = draw_table("Belopp tkr | 2023 | 2024\nLSS | < | <\nBoende | 43 | 50\nLedsagning | 3 | 4")
    assert [line.parent for line in read_budgets(table, classify_table(table), Place(), unit=None)] == [
        None,
        "LSS",
        "LSS",
    ]


def test_a_row_that_repeats_the_header_is_none_of_the_data():
    table = mark_repeated(
        draw_table("| Södra | 24/25 | 25/26\n| Åk 1-3 | 347 | 337\nSÖDRA | Elever | 24/25 | 25/26\n| Åk 7 | 71 | 69")
    )
    rows = table_rows(table, classify_table(table))
    assert [(row.label, row.groups) for row in rows] == [("Åk 1-3", ("SÖDRA",)), ("Åk 7", ("SÖDRA",))]


def test_shares_beside_counts_alone_are_no_amounts():
    drawing = """
        Kommun | Utsläppsförändring 2021–2022 (ton) | Utsläppsförändring 2021–2022 (%)
        Perstorp | -13305 | -25,6
        Lidingö | -7082 | -25,1
    """
    report, _ = print_report(content(draw_table(drawing, title="Utsläppsförändring år 2022")))
    assert not report.rows_of(BudgetLine)
    assert [len(row.values) for row in report.rows_of(IndicatorRow)] == [2, 2]
