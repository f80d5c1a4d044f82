"""What columns mean where their headers are read together: with each other, the titles, the rows and the report."""

from dataclasses import replace

import pytest
from drawing import draw_table

from extract.records.meaning.columns import kinds_of_rows
from extract.records.meaning.silence import Surroundings
from extract.records.rows import table_rows
from extract.records.shape.codes import with_parted_codes
from extract.records.shape.dated import named_by_title
from extract.records.shape.header_rows import with_true_headers
from extract.records.shape.natures import nature_of_column
from extract.records.shape.shifts import with_header_in_place
from extract.records.table_kinds import classify_table
from schema.lexicon.headers import ReportTime, best_reading, school_year_end
from schema.printed import IndicatorRow, PrintedValue

AUGUST = ReportTime(2023, "2023-08-31")
ANNUAL = ReportTime(2019, "2019-12-31")


def columns(drawing: str, *titles: str, report: ReportTime = AUGUST, is_plan: bool = False, header_rows=(0,)):
    table = draw_table(drawing, header_rows=header_rows)
    title = titles[0] if titles else ""
    return classify_table(table, title, Surroundings(report, is_plan, titles or ("",))).values


def meanings(headers: str, *titles: str, **options) -> list[tuple[str | None, str | None]]:
    width = headers.count("|") + 1
    rows = [" | ".join(["Rad", *(str(row * 7 + col) for col in range(width))]) for row in (3, 5)]
    return [(c.kind, c.period) for c in columns("\n".join([f"Belopp tkr | {headers}", *rows]), *titles, **options)]


def test_a_variance_takes_the_period_of_the_columns_it_compares():
    headers = "Redovisat jan-augusti 2023 | Budget jan-augusti 2023 | Avvikelse"
    headers += " | Redovisat samma period föregående år | Prognos helår | Budget 2023 | Avvikelse"
    assert [period for _, period in meanings(headers)] == ["2023-01/2023-08"] * 3 + ["2022-01/2022-08"] + ["2023"] * 3


def test_a_change_leads_to_the_months_of_the_outcome_beside_it():
    read = meanings(
        "Utfall sep 2022 | Utfall sep 2023 | Förändring | Förändring, %", report=ReportTime(2023, "2023-09-30")
    )
    assert read[2:] == [("effect", "2023-09"), ("effect", "2023-09")]
    assert meanings("Utfall 2022 | Utfall 2023 | Förändring")[2] == ("effect", "2023")


def test_a_change_since_the_last_forecast_is_of_the_year_that_is_forecast():
    found = meanings("Utfall jan-aug 2022 | Utfall jan-aug 2023 | Prognos 2023 | Ändring mot föregående prognos")
    assert found[-1] == ("effect", "2023")


def test_a_variance_of_a_forecast_skips_the_outcome_beside_it():
    found = meanings("Budget 2023 | Prognos 2023 | Utfall perioden | Avvikelse prognos-budget")
    assert found[-1] == ("variance", "2023")


def test_accounts_that_are_closed_are_those_of_the_year_before_an_interim_report():
    headers = "Bokslut | Budget | Prognos | Prognos föregående månad"
    read = meanings(headers)
    assert read == [("outcome", "2022"), ("budget", "2023"), ("forecast", "2023"), ("forecast", "2023")]
    assert meanings("Bokslut | Budget", report=ANNUAL)[0] == ("outcome", "2019")
    assert meanings("Bokslut 2023 | Budget")[0] == ("outcome", "2023")


def test_a_header_without_a_period_never_takes_its_neighbours():
    assert meanings("Bokslut 2020 | Prognos | Utfall") == [
        ("outcome", "2020"),
        ("forecast", "2023"),
        ("outcome", "2023-01/2023-08"),
    ]


def test_last_year_is_the_same_months_where_the_table_states_months():
    assert meanings("Utfall jan-aug 2023 | Utfall fg år")[1] == ("outcome", "2022-01/2022-08")
    assert meanings("Budget | Utfall fg år")[1] == ("outcome", "2022")
    assert meanings("Bokslut 2019 | Bokslut fg år", report=ANNUAL)[1] == ("outcome", "2018")


def test_a_title_tells_nothing_of_a_bare_year_beside_a_column_that_states_the_same():
    read = meanings("Budget 2019 | 2019 | 2018", "Budget 2019", report=ANNUAL)
    assert read == [("budget", "2019"), ("outcome", "2019"), ("outcome", "2018")]
    assert meanings("2019 | 2018", "Budget 2019", report=ANNUAL)[0] == ("budget", "2019")


def test_bare_years_take_the_months_of_a_title_without_year():
    headers, title = "Utfall 2022 | Budget 2023 | Utfall 2023 | Bokslut 2022", "Utfall januari–augusti"
    assert meanings(headers, title) == [
        ("outcome", "2022-01/2022-08"),
        ("budget", "2023"),
        ("outcome", "2023-01/2023-08"),
        ("outcome", "2022"),
    ]
    assert meanings(headers, "Driftredovisning 2023")[0] == ("outcome", "2022")


def test_what_is_accounted_for_in_an_interim_report_is_of_its_part_of_the_year_that_a_title_states():
    read = meanings("Utfall | Förbrukat % | Budget | Prognos", "Driftredovisning 2023")
    assert [period for _, period in read] == ["2023-01/2023-08", "2023-01/2023-08", "2023", "2023"]
    assert meanings("Utfall | Budget", "Driftredovisning 2022") == [("outcome", "2022"), ("budget", "2022")]
    assert meanings("Utfall | Budget", "Helår 2023")[0] == ("outcome", "2023")


@pytest.mark.parametrize(
    ("cells", "kind"), [("högst 10 minst 80", "target"), ("<5 <5", "outcome"), ("högst 9", "outcome")]
)
def test_a_column_of_unknown_words_holds_targets_where_its_cells_bound_their_figures(cells, kind):
    first, second, *_ = cells.replace("högst ", "högst_").replace("minst ", "minst_").split() + ["8"]
    drawing = f"Indikator | Tänkt | Utfall 2019\nVäntetid | {first} | 11\nNöjda | {second} | 84\nBarn | 8 | 9"
    (column, _) = columns(drawing.replace("_", " "), report=ANNUAL)
    assert (column.kind, *column.doubts) == (kind, "unknown_header")


def test_fees_are_set_by_the_report_that_plans_its_year_whatever_table_they_stand_in():
    drawing = "Indikator | Avgift, kr/tömning\nExtra hämtning | 120\nAndel nöjda | 80"
    assert [columns(drawing, is_plan=plan)[0].kind for plan in (True, False)] == ["budget", "outcome"]


def test_both_years_of_a_school_year_have_outcomes():
    report = ReportTime(2023, None, school_year_end("Kvalitetsrapport 2023/24"))
    assert meanings("2023 | 2024 | 2025", report=report)[:2] == [("outcome", "2023"), ("outcome", "2024")]
    assert school_year_end("Budget 2024–2026") is None
    assert school_year_end(None) is None


def test_a_variance_named_after_a_forecast_is_of_its_year():
    assert meanings("Budget 2023 | Utfall ack aug | Prognos T2 | Avvikelse T2")[3] == ("variance", "2023")
    assert meanings("Budget T2 | Utfall T2 | Avvikelse T2")[2] == ("variance", "2023-05/2023-08")


def test_a_variance_of_a_day_on_which_others_were_counted_is_of_that_day():
    counted = meanings("Budget 2023 | 15 feb | 15 aug | Avvikelse 15 aug mot budget")
    assert counted[2:] == [("outcome", "2023-08"), ("variance", "2023-08")]
    assert meanings("Budget 2023 | Utfall 31 aug | Avvikelse 31 aug")[2] == ("variance", "2023-01/2023-08")


@pytest.mark.parametrize(
    ("outcomes", "period"),
    [
        (("65", "410", "128"), "2023-01/2023-08"),
        (("8", "51", "16"), "2023-08"),
        (("98", "610", "185"), "2023-08"),
    ],
)
def test_an_outcome_of_a_month_may_be_of_all_months_up_to_it(outcomes, period):
    rows = "\n".join(
        f"Rad {i} | {budget} | {outcome}"
        for i, (budget, outcome) in enumerate(zip(("100", "600", "190"), outcomes, strict=True))
    )
    assert [c.period for c in columns(f"Projekt, tkr | Budget 2023 | Utfall aug\n{rows}")] == ["2023", period]
    assert columns(f"Väntetid, dagar | Prognos 2023 | Aug 2023\n{rows}")[1].period == "2023-08"


def test_what_is_of_the_same_part_of_the_year_is_counted_from_january_as_its_outcomes_are():
    rows = "\nHall | 60 | 65 | 68 | 100\nBad | 400 | 410 | 402 | 600\nBana | 120 | 128 | 131 | 190"
    header = "Tkr | Utfall aug fg år | Utfall aug | Budget aug | Budget helår"
    periods = ["2022-01/2022-08", "2023-01/2023-08", "2023-01/2023-08", "2023"]
    assert [c.period for c in columns(header + rows)] == periods
    terms = [c.period for c in columns("Tkr | Utfall T2 2022 | Utfall T2 2023 | Budget T2 | Budget helår" + rows)]
    assert terms == periods


def test_a_later_part_of_the_year_that_is_a_third_of_it_is_its_own():
    rows = "\nHall | 34 | 100\nBad | 201 | 600\nBana | 62 | 190"
    assert columns("Tkr | Utfall T2 2023 | Budget helår" + rows)[0].period == "2023-05/2023-08"


def test_two_header_rows_are_levels():
    drawing = """
        Tkr   | Period | Period | Helår   | Helår
              | Utfall | Budget | Prognos | Budget
        Intäkter | 5 | 6 | 7 | 8
        Kostnader | 5 | 6 | 7 | 8
    """
    found = columns(drawing, header_rows=(0, 1))
    assert [(c.kind, c.period) for c in found] == [
        ("outcome", "2023-01/2023-08"),
        ("budget", "2023-01/2023-08"),
        ("forecast", "2023"),
        ("budget", "2023"),
    ]


def test_years_of_two_figures_far_from_the_report_are_no_years():
    assert meanings("Utfall 22 | Utfall 23") == [("outcome", "2022"), ("outcome", "2023")]
    assert meanings("Mål 50")[0] == ("target", "2023")


@pytest.mark.parametrize(
    ("headers", "titles", "report", "is_plan", "expected"),
    [
        ("2027 | 2028", ("Ramar 2027 - 2029",), ReportTime(2027), True, [("budget", "2027"), ("plan", "2028")]),
        ("Ram inkl PKV", ("Ram 2028",), ReportTime(2027), True, [("plan", "2028")]),
        ("Avdelning A | Avdelning B", ("Tabellen visar prognosavvikelse per avdelning",), AUGUST, False,
         [("variance", "2023")] * 2),
        ("2019 | 2020 | 2021 | 2022", ("Befolkningsprognos för Norrbyn",), ReportTime(2021), False,
         [("outcome", "2019"), ("outcome", "2020"), ("forecast", "2021"), ("forecast", "2022")]),
        ("26/27 | 27/28", ("Befolkningsprognos",), ReportTime(2026), True,
         [("forecast", "2026/2027"), ("forecast", "2027/2028")]),
        ("Utfall", ("Driftredovisning januari-juni",), AUGUST, False, [("outcome", "2023-01/2023-06")]),
        ("Budget", ("Driftredovisning januari-juni",), AUGUST, False, [("budget", "2023")]),
        ("Målvärde", ("Nämndindikator 2017 2018 2019",), ReportTime(2019), False, [("target", "2019")]),
        ("2027 | 2028-2030 | Senare år", ("Investeringar",), ReportTime(2027), True,
         [("budget", "2027"), ("plan", "2028/2030"), ("plan", None)]),
        ("Tidigare år | Efter 2027 | 2028-", ("Investeringar",), ReportTime(2026), True,
         [("outcome", None), ("plan", None), ("plan", None)]),
        ("Budget 2026", ("Investeringar",), ReportTime(2025), False, [("budget", "2026")]),
        ("Budget 2026", ("Investeringar",), ReportTime(2025), True, [("plan", "2026")]),
    ],
)  # fmt: skip
def test_titles_and_the_report_speak_where_the_header_is_silent(headers, titles, report, is_plan, expected):
    assert meanings(headers, *titles, report=report, is_plan=is_plan) == expected


def test_a_rows_label_names_the_kind_under_bare_years():
    table = draw_table(
        "Ekonomi (tkr) | 2022 | 2023\nNettokostnad | -59 | -62\nBudget | -60 | -63\nBudgetavvikelse | 1 | 1"
    )
    layout = classify_table(table, "Ekonomi", Surroundings(ReportTime(2023), False, ("Ekonomi",)))
    kinds = {row.label: [value.kind for value in row.values] for row in table_rows(table, layout)}
    assert kinds == {"Nettokostnad": ["outcome"] * 2, "Budget": ["budget"] * 2, "Budgetavvikelse": ["variance"] * 2}


def test_a_row_of_changes_holds_no_outcomes():
    table = draw_table(
        "Ram (tkr) | 2022 | 2023\nNämnden | 59 | 62\nÖkning mot fg år | 2 | 3\nÖkning av platser | 2 | 3"
    )
    layout = classify_table(table, "Ekonomi", Surroundings(ReportTime(2023)))
    kinds = {row.label: {value.kind for value in row.values} for row in table_rows(table, layout)}
    assert kinds == {"Nämnden": {"outcome"}, "Ökning mot fg år": {"effect"}, "Ökning av platser": {"outcome"}}


def test_a_row_of_times_below_the_header_belongs_to_it():
    drawing = "Tkr | Budget | Utfall | Avvikelse\n | 2023 | 202308 | helår\nSkola | 9 | 5 | 1\nVård | 8 | 4 | 1"
    table = with_true_headers(draw_table(drawing))
    found = classify_table(table, "Drift", Surroundings(AUGUST)).values
    assert [(c.kind, c.period) for c in found] == [
        ("budget", "2023"),
        ("outcome", "2023-01/2023-08"),
        ("variance", "2023"),
    ]
    without = draw_table("Tkr | 2021 | 2022\n | 1999 | 2001\nSkola | 9 | 5")
    assert with_true_headers(without).header_rows == (0,)


def test_incidents_are_no_variance():
    table = draw_table("Volymer | 2022 | 2023\nAvvikelser | 120 | 130\nPlatser | 40 | 42")
    layout = classify_table(table, "Volymer", Surroundings(ReportTime(2023)))
    assert {value.kind for row in table_rows(table, layout) for value in row.values} == {"outcome"}


def rows_of(headers: str, *figures: tuple[int, ...]) -> str:
    return "\n".join(
        [f"Belopp tkr | {headers}", *(f"Rad {n} | {' | '.join(map(str, f))}" for n, f in enumerate(figures))]
    )


OPEN = "Budget 2023 | Utfall 2023 | Budget – utfall"


def test_a_difference_that_holds_decides_what_the_words_leave_open():
    found = columns(rows_of(OPEN, (100, 90, 10), (250, 265, -15), (70, 61, 9)))
    assert [c.kind for c in found] == ["budget", "outcome", "variance"]
    assert not found[2].doubts


def test_two_rows_are_too_few_to_tell():
    found = columns(rows_of(OPEN, (100, 90, 10), (250, 265, -15)))
    assert "open_header" in found[2].doubts


def test_a_difference_never_decides_against_a_stated_kind():
    found = columns(rows_of("Budget 2023 | Utfall 2023 | Prognos 2023", (100, 90, 10), (250, 265, -15), (70, 61, 9)))
    assert [c.kind for c in found] == ["budget", "outcome", "forecast"]


def test_no_two_columns_mean_the_same():
    found = columns(rows_of("Budget 2023 | Utfall/budget 2023", (100, 90), (250, 265), (70, 61)))
    assert [c.kind for c in found] == ["budget", "outcome"]


def test_columns_that_differ_by_population_have_each_their_part():
    drawing = (
        "Indikator | Utfall 2023 (K) | Utfall 2023 (M) | Riket 2023 | Solbergs sjukhem 2023\nNöjda | 1 | 2 | 3 | 4"
    )
    found = columns(drawing)
    assert [(c.part, c.sex) for c in found] == [("K", "K"), ("M", "M"), ("Riket", None), ("Solbergs sjukhem", None)]
    assert "unknown_words" in found[3].doubts


def test_a_new_word_over_figures_is_doubted():
    (column,) = columns("Belopp tkr | Agda 7\nVård | 5\nSkola | 6")
    assert column.doubts == ("unknown_header",)


def test_a_year_to_come_tells_of_plans_and_forecasts_but_not_of_targets():
    plan = ReportTime(2026, None)
    pupils = columns("Antal elever | 26/27 | 27/28\nÅk 1 | 40 | 41\nÅk 2 | 39 | 40", report=plan, is_plan=True)
    money = columns("Belopp tkr | 2027 | 2028\nVård | 40 | 41\nSkola | 39 | 40", report=plan, is_plan=True)
    aims = columns("Indikator | 2025 | 2027\nNöjda, % | 40 | 41\nTrygga, % | 39 | 40", report=plan)
    assert [(c.kind, c.doubts) for c in pupils] == [("forecast", ())] * 2
    assert [(c.kind, c.doubts) for c in money] == [("plan", ())] * 2
    assert [(c.kind, c.doubts) for c in aims] == [("outcome", ()), ("target", ("assumed_kind",))]


def test_the_header_over_the_names_tells_of_changes_and_a_frame_among_them_is_a_budget():
    drawing = (
        "Förändringar 2024–2025 | 2024 | 2025\nPris och lön | 164 | 142\nEffektivisering | -88 | -95\nRam | 529 | 493"
    )
    table = draw_table(drawing)
    layout = classify_table(table, "Kultur", Surroundings(ReportTime(2024), True, ("Kultur",)))
    kinds = [{value.kind for value in row.values} for row in table_rows(table, layout)]
    assert kinds == [{"effect"}, {"effect"}, {"budget"}]


def test_a_span_of_years_has_the_kind_of_the_years_that_it_sums():
    found = meanings("Budget 2021 | Budget 2022 | Period 2021-2022 | Plan 2023", report=ReportTime(2022), is_plan=True)
    assert found[2] == ("budget", "2021/2022")
    assert meanings("Utfall 2021 | Budget 2022 | 2021-2022", report=ReportTime(2022))[2][0] == "outcome"


def test_a_plan_has_no_outcome_of_its_own_year():
    report = ReportTime(2023)
    drawing = "Antal invånare | 2021 | 2023\n0–5 år | 734 | 735\n6–15 år | 1 475 | 1 489"
    assert [c.kind for c in columns(drawing, report=report, is_plan=True)] == ["outcome", "forecast"]


def test_an_unknown_word_is_a_part_only_where_it_tells_columns_apart():
    assert parts_in("Utfall Norrby | Utfall Söderby") == ["Norrby", "Söderby"]
    assert parts_in("Utfall | Utfall Norrby") == [None, "Norrby"]
    assert parts_in("Norrby | Söderby") == ["Norrby", "Söderby"]
    assert parts_in("Intäkter | Kostnader | Budget | Omtag") == [None] * 4


def parts_in(headers: str) -> list[str | None]:
    width = headers.count("|") + 1
    rows = [" | ".join(["Rad", *(str(row * 7 + col) for col in range(width))]) for row in (3, 5)]
    return [column.part for column in columns("\n".join([f"Belopp tkr | {headers}", *rows]))]


def test_sorts_of_income_and_cost_are_no_parts():
    drawing = """
        Tkr   | Intäkter | Intäkter | Kostnader | Kostnader
              | Ers kom  | Fsg      | Vht       | Kapit
        Norr  | 5 | 6 | 7 | 8
        Söder | 5 | 6 | 7 | 8
    """
    assert [c.part for c in columns(drawing, header_rows=(0, 1))] == [None] * 4


def test_ages_name_rows_whatever_stands_over_them():
    drawing = "Sjukfrånvaro i procent | Kvinnor 2023 | Samtliga 2023"
    drawing += "\n29 år och yngre | 7 | 6\n30–49 år | 8 | 7\n60– år | 9 | 8"
    found = columns(drawing, "Sjukfrånvaro per ålder")
    assert [(c.label, c.part) for c in found] == [("Kvinnor 2023", "Kvinnor"), ("Samtliga 2023", None)]


def test_numbers_of_notes_are_no_values_under_a_merged_header():
    drawing = "Belopp, mkr Not | < | 2022 | 2023\nIntäkter | 1 | 40 | 41\nKostnader | 2 | -39 | -40\nSkatt | 3 | 7 | 8"
    assert [c.label for c in columns(drawing, "Resultaträkning")] == ["2022", "2023"]


def test_numbers_of_notes_left_of_the_names_are_no_values():
    drawing = "(tkr) | | Bokslut 2023\n1 | Intäkter | \n | Bidrag | 26\n | Avgifter | 40\n2 | Kostnader | "
    assert [c.label for c in columns(drawing, "Noter")] == ["Bokslut 2023"]


def test_a_row_of_months_belongs_to_the_header_that_leaves_the_year_open():
    drawing = "Resultat (mkr) | Ack utfall | Ack utfall\n | 2308 | 2208\nIntäkter | 967 | 788\nKostnader | -991 | -870"
    table = with_true_headers(draw_table(drawing))
    assert table.header_rows == (0, 1)
    found = columns(drawing, header_rows=(0, 1))
    assert [c.period for c in found] == ["2023-01/2023-08", "2022-01/2022-08"]


def test_a_school_year_in_the_title_is_the_tables_own():
    found = meanings("Flickor | Pojkar", "Betyg läsåret 2022/23", report=ReportTime(2023))
    assert [period for _, period in found] == ["2022/2023"] * 2


def test_a_letter_over_a_column_is_no_unit():
    found = columns("Tkr | Årsprognos (P) | Årsbudget (Å) | Avvikelse (Å-P)\nVård | 5 | 6 | 1\nSkola | 7 | 9 | 2")
    assert [(c.kind, c.unit) for c in found] == [("forecast", None), ("budget", None), ("variance", None)]


def test_a_row_of_budget_variances_speaks_under_departments():
    table = draw_table("Belopp i tkr | Norrby | Söderby\nIntäkter | 12 | 18\nBudgetavvikelse | 1 | -3")
    layout = classify_table(table, "Utfall per område", Surroundings(ReportTime(2022), False, ("Utfall per område",)))
    kinds = [{value.kind for value in row.values} for row in table_rows(table, layout)]
    assert kinds == [{"outcome"}, {"variance"}]


def test_an_indicator_may_be_a_variance_from_the_budget():
    table = draw_table("Indikator | Startvärde | Mål 2022\nAvvikelse mot budget | -0,4 % | 0 %\nNöjda | 80 % | 82 %")
    layout = classify_table(table, "Indikatorer", Surroundings(ReportTime(2022), False, ("Indikatorer",)))
    assert [value.kind for value in table_rows(table, layout)[0].values] == ["outcome", "target"]


def test_codes_left_of_the_names_are_no_values_and_words_among_them_name_their_row():
    drawing = "Projekt nr | Projektnamn | Budget 2024\nGATA | < | <\n61010 | Gångväg | 18\n61024 | Torg | 45"
    drawing += "\n61077 | Skolväg | 7\nSumma | | 70"
    table = draw_table(drawing)
    layout = classify_table(table, "Investeringar", Surroundings(ANNUAL, True, ("Investeringar",)))
    assert [(row.label, len(row.values)) for row in table_rows(table, layout) if row.values] == [
        ("Gångväg", 1),
        ("Torg", 1),
        ("Skolväg", 1),
        ("Summa", 1),
    ]


def test_answers_to_a_question_are_no_targets():
    found = columns("Mått | 2022 | Mål 2023 | Nådde vi målet?\nElever | 1 104 | 1 150 | Nej\nBesök | 268 | 285 | Ja")
    assert [c.label for c in found] == ["2022", "Mål 2023"]


def test_days_are_no_values():
    assert columns("Uppdrag | Klart | Utfall\nSkolplan | 2023-12-31 | 4\nIshall | 2023-06-30 | 5")[0].label == "Utfall"


def test_a_goal_word_over_figures_is_a_target_where_rows_are_named():
    found = columns("Område | Aug 2022 | Aug 2023 | Mål\nBesök | 71,2 | 78,1 | 100\nOperation | 58,3 | 66,4 | 100")
    assert [c.kind for c in found] == ["outcome", "outcome", "target"]


def test_the_end_of_a_span_of_days_below_its_beginning_is_of_the_header():
    drawing = "tkr | Not | 2023-01-01 | 2022-01-01\n | | –2023-12-31 | –2022-12-31\nHyror | 1 | 40 | 38\nEl | 2 | 7 | 8"
    table = with_true_headers(draw_table(drawing))
    assert table.header_rows == (0, 1)
    assert [c.period for c in columns(drawing, header_rows=(0, 1))] == ["2023", "2022"]


def test_months_after_an_interim_reports_day_are_forecast_and_those_before_it_are_not():
    assert meanings("Jul | Aug | Sep | Okt") == [
        ("outcome", "2023-07"),
        ("outcome", "2023-08"),
        ("forecast", "2023-09"),
        ("forecast", "2023-10"),
    ]


def test_a_title_of_outcomes_and_forecasts_leaves_the_months_so_far_outcomes():
    assert meanings("Jun | Jul", "Utfall januari–augusti, prognos september–december") == [
        ("outcome", "2023-06"),
        ("outcome", "2023-07"),
    ]


def test_a_count_beside_variances_is_none():
    found = meanings("Budget | Utfall | Elever aug", "Avvikelser per enhet")
    assert [kind for kind, _ in found] == ["budget", "outcome", "outcome"]


def test_a_volume_may_be_why_an_amount_changed():
    drawing = "Tkr | Löner | Volymer | Summa\nSkola | 21 | -4 | 17\nVård | 23 | 8 | 31"
    found = columns(drawing, "Avvikelse mot ram 2023")
    assert nature_of_column(found[1]) is None


def test_forecasts_by_the_month_they_were_made_in_give_the_variance_that_the_title_tells():
    title = "Prognos per månad (avvikelse mot budget, mnkr)"
    found = [kind for kind, _ in meanings("Prognos feb | Prognos apr | Förändring feb-apr", title)]
    assert found == ["variance", "variance", "effect"]
    found = [kind for kind, _ in meanings("Budget helår | Prognos apr | Prognos juli", title)]
    assert found == ["budget", "forecast", "forecast"]


def test_a_comparison_after_the_comma_of_a_title_is_what_the_figures_are():
    found = meanings("Kansli | Teknik", "Helårsprognos per avdelning, avvikelse mot budget (tkr)")
    assert found == [("variance", "2023")] * 2


def test_what_stands_in_brackets_by_the_title_dates_no_column():
    found = meanings("Besök | Lån", "Besök och lån (föregående år inom parentes)", report=ANNUAL)
    assert [period for _, period in found] == ["2019"] * 2


def test_a_month_in_a_header_is_no_year_to_date_whatever_period_the_title_states():
    assert meanings("Utfall aug | Budget aug", "Period: 202308") == [("outcome", "2023-08"), ("budget", "2023-08")]


def test_codes_that_ran_into_the_names_go_back_to_their_column():
    drawing = "Konto | Benämning | Utfall ack | Årsbudget\n | 30 Försäljning | 12 | 15\n | 35 Bidrag | 9 | 12"
    table = with_parted_codes(draw_table(drawing + "\n | Summa intäkter | 21 | 27"))
    layout = classify_table(table, "Resultat", Surroundings(AUGUST, False, ("Resultat",)))
    assert [row.label for row in table_rows(table, layout)] == ["Försäljning", "Bidrag", "Summa intäkter"]
    below_band = (
        "Konto | Namn | Utfall\nINTÄKTER | | \n | 30 Försäljning | 12\n | 35 Bidrag | 9\n | 39 Hyra | 1\nSumma | | 22"
    )
    parted = with_parted_codes(draw_table(below_band))
    assert [c.text for c in parted.cells if c.col == 1][1:] == ["", "Försäljning", "Bidrag", "Hyra", ""]
    kept = draw_table("Kod | Antal | Utfall\n | 12 elever | 9\n | 14 elever | 8")
    assert with_parted_codes(kept) == kept


def test_a_header_set_to_the_left_over_names_goes_to_the_figures_it_heads():
    drawing = "Nov 2022 | Nov 2023 | Diff | \nÅrsarbetare | 812,4 | 798,9 | -13,5\nTimanställda | 14 | 12 | -2"
    moved = with_header_in_place(draw_table(drawing))
    assert [cell.text for cell in moved.cells if cell.row == 0] == ["", "Nov 2022", "Nov 2023", "Diff"]
    corner = draw_table("2023 | Budget | Utfall | \nVård | 8 | 7 | 1\nSkola | 14 | 12 | 2")
    assert with_header_in_place(corner) == corner


def test_a_month_that_names_a_row_dates_its_values_under_years():
    drawing = "Månad | 2022 | 2023\nJanuari | 340 | 410\nFebruari | 980 | 700"
    layout = classify_table(draw_table(drawing), "Timmar", Surroundings(AUGUST, False, ("Timmar",)))
    rows = table_rows(draw_table(drawing), layout)
    assert [[v.period for v in row.values] for row in rows] == [["2022-01", "2023-01"], ["2022-02", "2023-02"]]


def test_months_that_name_rows_date_columns_that_say_no_time_and_their_sum():
    rows = (
        "tkr | Budget | Utfall | Prognos helår",
        "Januari | 40 | 41 | 480",
        "Februari | 40 | 37 | 470",
        "Summa | 80 | 78 | 470",
    )
    drawing = "\n".join(rows)
    layout = classify_table(draw_table(drawing), "Utfall per månad", Surroundings(AUGUST, False, ("Utfall per månad",)))
    found = [[value.period for value in row.values][:2] for row in table_rows(draw_table(drawing), layout)]
    assert found == [["2023-01"] * 2, ["2023-02"] * 2, ["2023-01/2023-02"] * 2]


def test_a_forecast_of_a_month_that_is_over_was_made_in_it():
    assert meanings("Mars | Augusti", "Nämndens prognoser", report=AUGUST) == [("forecast", "2023")] * 2
    assert meanings("Mars | Oktober", "Prognos per månad", report=AUGUST)[1] == ("forecast", "2023-10")
    assert meanings("Mars | Maj", "Prognos helår, avvikelse mot budget", report=AUGUST) == [("variance", "2023")] * 2
    assert meanings("Mars | Maj", "Avvikelse mot budget", report=AUGUST)[0] == ("variance", "2023-03")


def test_a_participle_with_a_new_noun_in_a_title_tells_no_kind():
    assert [kind for kind, _ in meanings("2022 | 2023", "Beviljade hemvårdstimmar")] == ["outcome"] * 2
    assert [kind for kind, _ in meanings("2023 | 2024", "Beviljade kostnader")] == ["budget", "plan"]


def test_figures_without_a_time_are_of_the_school_year_that_the_report_is_of():
    report = ReportTime(2023, None, 2024)
    found = meanings("Åk 5 | Åk 8 fg läsår", "Elevenkäten", report=report)
    assert [period for _, period in found] == ["2023/2024", "2022/2023"]


def test_years_beside_months_are_rows_of_what_the_title_names():
    row = IndicatorRow(
        "volume", 1, "Hemtjänsttimmar", "2022", 1, values=tuple(_printed(month) for month in ("Jan", "Feb"))
    )
    named = named_by_title(row, "Hemtjänsttimmar")
    assert named.indicator == "Hemtjänsttimmar"
    assert [value.period for value in named.values] == ["2022-01", "2022-02"]
    assert named_by_title(replace(row, indicator="Norr"), "Hemtjänsttimmar").indicator == "Norr"


def _printed(header: str) -> PrintedValue:
    return PrintedValue(column_label=header, kind="outcome", raw="14", row=1, col=1, period="2023-01")


def test_a_corner_on_a_line_of_its_own_parts_no_header():
    drawing = " | Kvartal 3 | Helår | Helår\nTkr | | | \n | Bokfört | Budget | Prognos\nHemtjänst | 84 | 331 | 334"
    table = with_true_headers(draw_table(drawing))
    assert table.header_rows == (0, 1, 2)
    assert [c.kind for c in columns(drawing, header_rows=table.header_rows)] == ["outcome", "budget", "forecast"]


def test_a_total_of_projects_has_no_year_beside_what_was_spent_before_and_in_one():
    found = meanings("Beslutad totalbudget | Utfall t.o.m. 2022 | Budget 2023 | Utfall 2023")
    assert found[0] == ("budget", None) and found[2] == ("budget", "2023")
    assert meanings("Budget totalt | Ack. utfall | Utfall 2023", report=ANNUAL)[0] == ("budget", None)


def test_a_total_of_what_is_given_in_a_year_is_of_that_year():
    assert meanings("Budget 2023 | Tilläggsbudget | Total budget | Utfall 2023")[2] == ("budget", "2023")
    assert meanings("Total budget | Ack utfall | Prognos 2023")[0] == ("budget", "2023")
    assert [p for _, p in meanings("Total budget | Budget 2023 | Utfall 2023")] == [None, "2023", "2023"]


def changes(header: str) -> list[tuple[str | None, str | None]]:
    rows = ["Äldreomsorg | 402,5 | 396,1 | -6,4", "Funktionsstöd | 188,2 | 190,4 | 2,2", "Stab | 22,3 | 21,8 | -0,5"]
    return [(c.kind, c.period) for c in columns("\n".join([header, *rows]))]


def test_a_difference_that_is_shown_to_be_between_two_outcomes_is_a_change():
    assert changes("Antal årsarbetare | Aug 2022 | Aug 2023 | Diff")[2] == ("effect", "2023-08")
    assert changes("Belopp tkr | Budget aug 2023 | Utfall aug 2023 | Diff")[2][0] == "variance"


def test_an_average_of_a_time_is_no_part_unless_it_tells_columns_apart():
    drawing = "Volym | Snitt 2022 | Aug 2023 | Budget 2023\nPlatser | 61 | 62 | 63\nBrukare | 71 | 72 | 73"
    assert [c.part for c in columns(drawing)] == [None, None, None]
    drawing = "Skola | Kommunen 2022 | Snitt 2022\nNorra | 61 | 62\nSödra | 71 | 72"
    assert [c.part for c in columns(drawing)] == ["Kommunen", "Snitt"]


def test_two_years_of_two_figures_after_a_kind_are_a_span_but_ages_are_none():
    assert meanings("Förändring 21–23 | Plan 24-26") == [("effect", "2021/2023"), ("plan", "2024/2026")]
    assert meanings("Lå 21/22 | Lå 22/23") == [("outcome", "2021/2022"), ("outcome", "2022/2023")]
    assert meanings("Utfall 13-15 år")[0] == ("outcome", "2023-01/2023-08")


def test_an_indicators_outcome_without_time_in_an_interim_report_is_a_doubt():
    def doubts(headers: str, title: str = "Indikatorer") -> list[bool]:
        drawing = f"Indikator | {headers}\nAndel nöjda, % | 61 | 62 | 63\nAndel trygga, % | 71 | 72 | 73"
        return ["year_or_so_far" in c.doubts for c in columns(drawing, title)]

    assert doubts("Utfall fg år | Utfall | Mål 2023") == [True, True, False]
    assert doubts("Utfall fg år | Utfall jan-aug | Mål 2023") == [False, False, False]
    assert doubts("Utfall 2022 | Utfall aug 2023 | Mål 2023") == [False, False, False]
    assert doubts("Utfall fg år | Utfall | Mål 2023", "Indikatorer januari–augusti 2023") == [False, False, False]


def test_a_forecasts_term_is_what_it_is_of_and_its_tertial_is_when_it_was_made():
    assert meanings("Prognos HT 2024 | Prognos VT 2024") == [
        ("forecast", "2024-07/2024-12"),
        ("forecast", "2024-01/2024-06"),
    ]
    assert meanings("Prognos T1 2023 | Prognos aug 2023")[0] == ("forecast", "2023")
    assert meanings("Prognos halvår 2 2023")[0] == ("forecast", "2023-07/2023-12")


@pytest.mark.parametrize("header", ["Miniminivå 2023", "Takvärde 2023", "Lägsta nivå 2023", "Godtagbar nivå 2023"])
def test_a_bound_is_a_target(header):
    assert meanings(header)[0] == ("target", "2023")


def test_a_participle_of_what_is_counted_names_no_kind_of_a_row():
    def kinds(*labels: str) -> dict[int, str]:
        return kinds_of_rows(dict(enumerate(labels)), is_money=False)

    assert kinds("Antal brukare", "Beviljade timmar per dag", "Beviljade insatser", "Planerade åtgärder") == {}
    assert kinds("Utfall", "Budgeterat", "Planerat %") == {0: "outcome", 1: "budget", 2: "plan"}


def test_units_whose_names_hold_a_kinds_word_name_none():
    labels = ("Översiktsplan", "Planering", "Prognos och analys", "Måltider")
    assert kinds_of_rows(dict(enumerate(labels)), is_money=True) == {}
    assert kinds_of_rows({0: "Prognos", 1: "Utfall"}, is_money=True) == {0: "forecast", 1: "outcome"}


def test_a_header_whole_in_itself_is_not_of_the_group_that_it_stands_below():
    assert best_reading(("Utfall 2024", "Mål 2024")).kind == "target"
    assert best_reading(("Utfall 2024", "Kvinnor")).kind == "outcome"
    assert best_reading(("Avvikelse 2024", "Budget 2024")).kind == "variance"


def test_a_plus_before_a_figure_is_its_sign_and_bounds_nothing():
    drawing = "Förändring, mkr | 2025 | 2026\nLöner | +6,1 | +5,4\nFler äldre | +3,2 | +3,6\nVård | −2,8 | −1,5"
    read = columns(drawing, report=ReportTime(2025, None), is_plan=True)
    assert [(column.kind, column.period) for column in read] == [("effect", "2025"), ("effect", "2026")]


def test_a_difference_in_per_cent_is_what_the_difference_beside_it_is():
    drawing = "Tkr | Utfall jan–aug 2022 | Utfall jan–aug 2023 | Skillnad | Skillnad i %"
    drawing += "\nBygglov | 4 120 | 3 543 | -577 | -14,0%\nPlan | 655 | 776 | 121 | 18,5%"
    drawing += "\nTillsyn | 2 980 | 2 713 | -267 | -9,0%\nSumma | 7 755 | 7 032 | -723 | -9,3%"
    assert [column.kind for column in columns(drawing)][2:] == ["effect", "effect"]


def test_a_total_that_sums_a_budget_and_a_plan_is_of_no_year():
    drawing = "Objekt, tkr | Budget | Plan 2024 | Totalt\nInventarier | 850 | 400 | 1 250\nLarm | 620 | | 620"
    drawing += "\nHjälpmedel | 300 | 300 | 600\nSumma | 1 770 | 700 | 2 470"
    read = columns(drawing, "Investeringar och plan, tkr", report=ReportTime(2023, None), is_plan=True)
    assert (read[-1].kind, read[-1].period) == ("budget", None)


def test_volumes_among_changes_are_why_an_amount_is_another():
    headers = "Budget 2022 | Förändringar 2023 Löner | Förändringar 2023 Volymer | Budget 2023"
    rows = "\n".join(f"Rad {i} | 1 000 | 2{i} | 3{i} | 1 05{i}" for i in range(3))
    read = columns(f"Tkr | {headers}\n{rows}", report=ReportTime(2023, None), is_plan=True)
    assert [nature_of_column(column) for column in read] == [None] * 4
