import pytest
from drawing import content, draw_table, heading

from extract.records.report import print_report
from extract.records.shape.turned import is_turned
from schema.printed import BudgetLine, IndicatorRow, ReportFacts

EVENTS = "År | Brand i byggnad | Trafikolycka\n2021 | 168 | 301\n2020 | 159 | 264"


def test_a_row_per_year_becomes_a_record_per_column():
    report, _ = print_report(content(heading("Tabell 1 Antal händelser"), draw_table(EVENTS)))
    assert {row.category for row in report.rows_of(IndicatorRow)} == {"volume"}
    assert [
        (r.indicator, [(v.column_label, v.raw, v.row, v.col) for v in r.values]) for r in report.rows_of(IndicatorRow)
    ] == [
        ("Brand i byggnad", [("2021", "168", 1, 1), ("2020", "159", 2, 1)]),
        ("Trafikolycka", [("2021", "301", 1, 2), ("2020", "264", 2, 2)]),
    ]


def test_a_turned_money_table_gives_budget_lines():
    table = draw_table("År | Soliditet | Låneskuld\n2021 | 10 | 4\n2020 | 9 | 5")
    report, _ = print_report(content(heading("Ekonomisk översikt, tkr"), table))
    assert [(b.line, b.unit, [v.raw for v in b.values]) for b in report.rows_of(BudgetLine)] == [
        ("Soliditet", "tkr", ["10", "9"]),
        ("Låneskuld", "tkr", ["4", "5"]),
    ]


def test_years_as_headers_are_not_turned():
    assert is_turned(draw_table(EVENTS))
    assert not is_turned(draw_table("Volym | 2021 | 2020\nBrand | 168 | 159\nOlycka | 301 | 264"))


def test_rows_of_years_may_name_the_unit_of_their_figures():
    table = draw_table("Område | Utbildning | Omsorg\n2021, mnkr | 412,1 | 338,0\n2020, mnkr | 391,6 | 318,4")
    assert is_turned(table)
    report, _ = print_report(content(heading("Nettokostnad per område"), table))
    assert [(b.line, [(v.period, v.unit) for v in b.values]) for b in report.rows_of(BudgetLine)] == [
        ("Utbildning", [("2021", "mnkr"), ("2020", "mnkr")]),
        ("Omsorg", [("2021", "mnkr"), ("2020", "mnkr")]),
    ]


def test_rows_of_kinds_and_years_are_turned_whatever_the_columns_are_called():
    table = draw_table(
        "Verksamhet | Nämnd | Plan och bygg | Miljö\n"
        "Bokslut 2022 | -1 142 | -2 874 | -412\nBudget 2023 | -1 250 | -3 400 | -500\nBudgetavvikelse | 47 | 16 | 5"
    )
    report, _ = print_report(content(heading("Driftredovisning, tkr"), table))
    assert [(b.line, [(v.kind, v.period, v.raw) for v in b.values]) for b in report.rows_of(BudgetLine)][1] == (
        "Plan och bygg",
        [("outcome", "2022", "-2 874"), ("budget", "2023", "-3 400"), ("variance", None, "16")],
    )


def test_rows_of_kinds_are_turned_and_mean_what_they_would_as_headers():
    table = draw_table(
        "Projekt | Inventarier | Utemiljö\nUtfall jan–aug | -1,9 | -0,3\n"
        "Prognos 2022 | -3,0 | -2,2\nBudget 2022 | -3,0 | -4,0\nAvvikelse | 0,0 | 1,8"
    )
    facts = ReportFacts(document_type="interim_report", fiscal_year=2022, as_of="2022-08-31")
    report, _ = print_report(content(heading("Investeringar, mkr"), table), facts)
    assert [(b.line, [(v.kind, v.period, v.raw) for v in b.values]) for b in report.rows_of(BudgetLine)][1] == (
        "Utemiljö",
        [
            ("outcome", "2022-01/2022-08", "-0,3"),
            ("forecast", "2022", "-2,2"),
            ("budget", "2022", "-4,0"),
            ("variance", "2022", "1,8"),
        ],
    )


@pytest.mark.parametrize(
    ("rows", "turned"),
    [
        ("Budget | 5 | 6\nUtfall | 7 | 8\nAvvikelse | -2 | -2", True),
        ("Effekt 2023 | 5 | 6\nEffekt 2024 | 7 | 8\nEffekt 2025 | 9 | 9\nKostnadsminskning helår | 3 | 4", True),
        ("Budget kostnader | 5 | 6\nUtfall kostnader | 7 | 8\nBudget intäkter | 3 | 4", False),
        ("Budget | 5 | 6\nÖvrigt | 7 | 8\nLokaler | 3 | 4", False),
    ],
)
def test_rows_are_turned_where_their_names_are_kinds_of_figures(rows, turned):
    assert is_turned(draw_table(f"Mnkr | Vård | Skola\n{rows}")) == turned


def test_years_over_the_columns_and_months_before_the_rows_are_one_period():
    table = draw_table(
        "Månad | Antal hushåll | < | Utbetalt, tkr | <\n | 2021 | 2022 | 2021 | 2022\n"
        "Januari | 212 | 198 | 1 940 | 1 822\nFebruari | 208 | 201 | 1 911 | 1 860\nMars | 215 | 196 | 1 987 | 1 799",
        header_rows=(0, 1),
    )
    report, _ = print_report(content(heading("Ekonomiskt bistånd"), table))
    counts = [(r.indicator, [(v.period, v.raw) for v in r.values][:2]) for r in report.rows_of(IndicatorRow)]
    assert counts == [
        ("Antal hushåll", [("2021-01", "212"), ("2021-02", "208")]),
        ("Antal hushåll", [("2022-01", "198"), ("2022-02", "201")]),
    ]
    assert [(b.line, b.values[-1].period, b.values[-1].raw) for b in report.rows_of(BudgetLine)] == [
        ("Utbetalt, tkr", "2021-03", "1 987"),
        ("Utbetalt, tkr", "2022-03", "1 799"),
    ]


def test_years_of_birth_under_columns_of_years_name_rows():
    table = draw_table("Födelseår | Antal 2024 | Antal 2025\n2006 | 412 | \n2007 | 398 | 402\n2008 | 431 | 428")
    assert not is_turned(table)
    report, _ = print_report(content(heading("Elevprognos"), table))
    assert [row.indicator for row in report.rows_of(IndicatorRow)] == ["2006", "2007", "2008"]


def test_the_unit_of_all_amounts_may_be_money_for_each_of_something():
    table = draw_table("Kr/elev | 2022 | 2023\nUndervisning | 61 200 | 63 400\nLokaler | 24 500 | 25 100")
    report, _ = print_report(content(heading("Kostnad per elev"), table))
    assert {line.unit for line in report.rows_of(BudgetLine)} == {"kr/elev"}
