import pytest
from drawing import draw_table

from extract.records.budgets import read_budgets
from extract.records.columns import read_columns
from extract.records.meaning.silence import Surroundings
from extract.records.sections import Place
from extract.records.shape.header_rows import header_labels, with_true_headers
from extract.records.table_kinds import classify_table
from schema.lexicon.headers import ReportTime, column_role


@pytest.mark.parametrize(
    ("label", "role", "kind"),
    [
        ("Nämndmål Beskrivning", "committee_goal", None),
        ("Socialnämndens mål", "committee_goal", None),
        ("Nämnd- indikator", "indicator", None),
        ("Målvä rde 2019", "value", "target"),
        ("Riktning 2024", "value", "target"),
        ("Önskat läge", "value", "target"),
        ("2016", "value", "period"),
        ("Augusti 2023", "value", "period"),
        ("Redovisat samma period föregående år", "value", "outcome"),
        ("Utfall fg år", "value", "outcome"),
        ("Startvärde", "value", "outcome"),
        ("Fg prognos", "value", "forecast"),
        ("Budgetav vikelse", "value", "variance"),
        ("Återstår", "value", "variance"),
        ("Investeringsram 2023", "value", "budget"),
        ("Plan 2025", "value", "plan"),
        ("Effekt 2024, mnkr", "value", "effect"),
        ("Mål uppnås", "assessment", None),
        ("Färdiggrad", "status", None),
        ("Basuppdrag (volymmått)", "volume", None),
        ("Nettokostnad Belopp tkr", "line", None),
        ("", "blank", None),
        ("Agda 7", "unknown", None),
    ],
)
def test_a_header_says_what_its_column_holds(label, role, kind):
    assert column_role(label) == (role, kind)


@pytest.mark.parametrize(
    ("header", "title", "kind"),
    [
        ("Nämndmål | Nämndindikator | 2021 | Målvärde", "", "indicator"),
        ("Volymmått | Utfall 2022 | Budget 2023", "", "volume"),
        ("Personal | Augusti 2022 | Augusti 2023", "", "personnel"),
        (" | Prognos helår | Budget 2023 | Avvikelse", "Ekonomi, belopp i miljoner kronor", "money"),
        ("Belopp tkr | 2022 | 2021", "Balansräkning", "money"),
        ("Nämndspecifika | Status", "", "assignment"),
        ("Uppdrag | 2021 | 2022", "Tabell 2 Uppdrag och tillsättningsgrad", "volume"),
        ("Kommunövergripande mål | Socialnämndens mål", "", "goal"),
        ("Datum | Plats", "", "other"),
    ],
)
def test_headers_and_title_say_what_kind_a_table_is(header, title, kind):
    filling = ["1" if any(map(str.isdigit, header)) else "ord"] * header.count("|")
    table = draw_table(f"{header}\n" + " | ".join(["Rad", *filling]))
    assert classify_table(table, title).kind == kind


def test_two_header_rows_are_one_label():
    table = draw_table(
        """
        Investeringar | Redovisat jan-aug 2023 | Redovisat jan-aug 2023
                      | Utgifter               | Inkomster
        Övrigt        | 1,5                    | 0,0
        """,
        header_rows=(0, 1),
    )
    assert header_labels(table)[1:] == ("Redovisat jan-aug 2023 Utgifter", "Redovisat jan-aug 2023 Inkomster")


def test_bare_goal_word_is_the_target_after_an_indicator():
    layout = classify_table(draw_table("Indikator | Mål | Värde\nNöjda brukare | 90 % | 88 %"))
    assert [(c.role, c.kind) for c in layout.columns] == [
        ("indicator", None),
        ("value", "target"),
        ("value", "outcome"),
    ]


def test_a_lone_column_without_header_is_of_the_money_that_is_stated_over_the_names():
    money = "Förändring (tkr) | \nIngående ram | 412 000\nLöner | 8 300\nUtgående ram | 420 300"
    assert [column.is_value for column in read_columns(draw_table(money))] == [False, True]
    contents = money.replace("Förändring (tkr)", "Innehåll")
    assert [column.is_value for column in read_columns(draw_table(contents))] == [False, False]


def test_a_row_of_times_below_kinds_is_of_the_header():
    table = draw_table(" | Utfall | Utfall | Mål\n | 2022 | aug 2024 | 2024\nNöjda | 78 | 82 | 85\nKö | 11 | 19 | 20")
    assert with_true_headers(table).header_rows == (0, 1)


def test_a_second_line_of_a_header_goes_on_with_it_in_a_row_of_its_own():
    plan = "Verksamhet | Budget | Plan | Förändring 24–\n(tkr) | 2024 | 2026 | 25\nGata | 41 200 | 43 100 | 1 100"
    assert with_true_headers(draw_table(plan)).header_rows == (0, 1)
    effects = "Åtgärd | Beräknad effekt | Uppnådd effekt\n | 2024, tkr | t.o.m. okt\nÖvertid | 1 500 | 900"
    assert with_true_headers(draw_table(effects)).header_rows == (0, 1)
    deep = "Projekt | Total | Ack. utfall | Utfall aug\n | budget | t.o.m. | \n | | 2023 | 2024\nHall | 42 | 12 | 14"
    assert with_true_headers(draw_table(deep)).header_rows == (0, 1, 2)
    figures = "Verksamhet | Utfall | Mål\n | 24 | 25\nGata | 97 | 95"
    assert with_true_headers(draw_table(figures)).header_rows == (0,)


def test_column_without_header_goes_with_its_left_neighbour():
    layout = classify_table(draw_table("Indikator | 2021 | Målvärde | \nMognad | 3,0 | | 3,1\nArv | 3,2 | | 3,5"))
    assert layout.columns[3].kind == "target"


@pytest.mark.parametrize(
    "header",
    ["Verksamhet | Intäkter | Kostnader | Nettokostnad | Budget", "Nyckeltal | Status 2023 | Trend 2023 | Mål | Riket"],
)
def test_figures_after_the_label_are_values_whatever_their_header(header):
    layout = classify_table(draw_table(f"{header}\nVård | 1,0 | 2,0 | 3,0 | 4,0"))
    assert [column.is_value for column in layout.columns] == [False, True, True, True, True]


def test_words_below_a_value_header_are_labels():
    layout = classify_table(draw_table("Kostnader | 2023\nPersonal | 10\nLokaler | 12"), "Resultaträkning")
    assert layout.label == 0


@pytest.mark.parametrize(
    ("header", "title", "kind"),
    [
        ("Nyckeltal | 2022", "Personal", "personnel"),
        ("Mått | 2022", "Volymer", "volume"),
        ("Nämndindikator | 2022", "Personal", "indicator"),
        ("Nämndmål | Mått | 2022", "Personal", "indicator"),
        ("Aktivitet | Status | Färdiggrad", "Aktiviteter", "other"),
    ],
)
def test_measures_without_goal_are_what_their_title_says(header, title, kind):
    cells = ["Rad"] * header.count("|") + ["70 %"]
    assert classify_table(draw_table(f"{header}\n{' | '.join(cells)}"), title).kind == kind


def test_measures_whose_effect_is_in_money_are_money():
    drawing = (
        "Åtgärd | Beräknad effekt 2025 (tkr) | Status\nFärre timmar | 2 400 | Pågår\nÖversyn av bilar | 400 | Klar"
    )
    assert classify_table(draw_table(drawing), "Åtgärder").kind == "money"


def test_a_group_of_people_is_no_unknown_header():
    layout = classify_table(draw_table("Personal | Kvinnor | Män | Totalt 2022 | Riket\nAntal | 400 | 100 | 495 | 9"))
    assert [column.kind for column in layout.values] == ["outcome"] * 4


@pytest.mark.parametrize(
    ("is_plan", "expected"),
    [(True, ["outcome", "budget", "budget", "plan"]), (False, ["outcome"] * 3 + ["plan"])],
)
def test_a_bare_year_of_money_is_a_budget_where_the_report_plans_it(is_plan, expected):
    table = draw_table("Taxa, kr | 2023 | 2024 | 2025 | 2026\nTomt | 90 | 100 | 110 | 120\nBåt | 190 | 200 | 210 | 220")
    layout = classify_table(table, "Avgifter", Surroundings(ReportTime(2025), is_plan, ("Avgifter",)))
    assert [column.kind for column in layout.values] == expected


@pytest.mark.parametrize(("is_plan", "expected"), [(True, ["budget"] * 2), (False, ["outcome"] * 2)])
def test_amounts_of_no_stated_time_are_budgeted_where_the_report_plans(is_plan, expected):
    table = draw_table("Avgifter, tkr | Utan moms | Med moms\nTomt | 100 kr | 125 kr\nBåtplats | 200 kr | 250 kr")
    layout = classify_table(table, "Avgifter", Surroundings(ReportTime(2025), is_plan, ("Avgifter",)))
    assert [column.kind for column in layout.values] == expected


@pytest.mark.parametrize("header", ["", "Post"])
def test_a_column_without_a_header_that_names_each_row_beside_a_group_is_the_lines(header):
    table = draw_table(
        f"Verksamhet | {header} | Budget 2025 | Utfall 2025\n"
        "Äldreomsorg | Intäkter | 1 000 | 1 100\n | Kostnader | -44 100 | -46 900\n | Netto | -43 100 | -45 800\n"
        "Hemtjänst | Intäkter | 100 | 300\n | Kostnader | -22 900 | -22 500\n | Netto | -22 800 | -22 200"
    )
    lines = read_budgets(table, classify_table(table, "Drift"), Place(title="Drift"), unit="tkr")
    assert [(line.line, line.parent) for line in lines] == [
        (name, group) for group in ("Äldreomsorg", "Hemtjänst") for name in ("Intäkter", "Kostnader", "Netto")
    ]


def test_words_without_a_header_beside_names_of_all_rows_are_no_lines():
    table = draw_table("Verksamhet | | Budget 2025\nSkola | ökar | 1 000\nVård | minskar | 2 000")
    assert [column.role for column in read_columns(table)][:2] == ["line", "blank"]
