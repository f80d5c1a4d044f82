from dataclasses import replace

from normalize.report import normalize_report
from schema.lexicon.periods import find_period
from schema.printed import (
    AssignmentRow,
    BudgetLine,
    GoalRow,
    IndicatorRow,
    PrintedReport,
    PrintedValue,
    ReportFacts,
)
from schema.records import Assignment, BudgetValue, Goal, IndicatorValue

FACTS = ReportFacts(fiscal_year=2023, as_of="2023-08-31")


def cell(label: str, raw: str, *, col: int = 1, kind: str = "outcome", **fields) -> PrintedValue:
    period = fields.pop("period", find_period(label))
    return PrintedValue(label, kind, raw, row=1, col=col, page=7, period=period, **fields)


def indicators(*values: PrintedValue, label: str = "Nöjda brukare", **fields) -> PrintedReport:
    row = IndicatorRow("indicator", 3, "Nämndindikatorer", label, 1, values, **fields)
    return PrintedReport(FACTS, rows=(row,))


def money(*values: PrintedValue, unit: str | None = "mnkr", legend=(), **fields) -> PrintedReport:
    line = BudgetLine(2, "Driftsammandrag", "Familjehem", 1, unit, values, **fields)
    return PrintedReport(FACTS, rows=(line,), legend=legend)


def test_an_indicator_value_keeps_its_cell_and_says_what_it_means():
    printed = cell("2022", "ca 15 % (2021)", markers=("2",), confidence=0.9)
    (record,) = normalize_report(indicators(printed, label="*Nöjda brukare", markers=("1",))).records_of(IndicatorValue)
    assert (record.indicator, record.raw, record.footnotes) == ("Nöjda brukare", "ca 15 % (2021)", ("1", "2"))
    assert (record.page, record.table, record.row, record.col) == (7, 3, 1, 1)
    assert (record.value, record.unit, record.comparator) == (15.0, "%", "~")
    assert (record.column_period, record.period, record.confidence) == ("2022", "2021", 0.9)


def test_a_compound_cell_gives_several_records_with_the_same_raw():
    records = normalize_report(indicators(cell("2022", "IFO 120 LSS 259"))).records_of(IndicatorValue)
    assert [(r.breakdown, r.value, r.raw) for r in records] == [
        ("IFO", 120.0, "IFO 120 LSS 259"),
        ("LSS", 259.0, "IFO 120 LSS 259"),
    ]


def test_a_column_of_shares_among_amounts_holds_no_money():
    report = money(cell("Budget 2023", "1 200", kind="budget"), cell("Avv. i %", "-1,2", col=2, kind="variance"))
    records = normalize_report(report).records_of(BudgetValue)
    assert [(r.unit, r.amount_sek) for r in records] == [("mnkr", 1_200_000_000), ("%", None)]


def test_a_column_for_one_sex_breaks_its_values_down():
    report = indicators(cell("Utfall 2022", "80"), cell("Kvinnor 2022", "82", col=2, part="Kvinnor"))
    assert [r.breakdown for r in normalize_report(report).records_of(IndicatorValue)] == [None, "Kvinnor"]


def test_what_extraction_inferred_stays_inferred():
    (record,) = normalize_report(indicators(cell("2022", "5", inferred=True, confidence=0.5))).records_of(
        IndicatorValue
    )
    assert record.inferred and record.confidence == 0.5


def test_a_cell_that_reads_two_ways_is_a_problem_and_a_record():
    result = normalize_report(indicators(cell("2022", "12 (10)")))
    assert [(r.value, r.period) for r in result.records_of(IndicatorValue)] == [(12.0, "2022"), (10.0, "2021")]
    assert [(p.code, p.raw, p.page) for p in result.problems] == [("doubtful_reading", "12 (10)", 7)]


def test_a_record_that_is_refused_is_a_problem_with_its_place():
    result = normalize_report(indicators(cell("Avvikelse", "5", kind="guess")))
    assert result.records_of(IndicatorValue) == ()
    (problem,) = result.problems
    assert (problem.stage, problem.severity, problem.table, problem.row, problem.col) == ("validate", "error", 3, 1, 1)
    assert "kind" in problem.message and problem.raw == "5"


def test_an_amount_is_kept_as_printed_and_in_sek():
    (record,) = normalize_report(money(cell("Budget 2023", "-1 716,6", kind="budget"))).records_of(BudgetValue)
    assert (record.value, record.unit, record.amount_sek) == (-1716.6, "mnkr", -1716600000)
    assert (record.line, record.period) == ("Familjehem", "2023")


def test_the_unit_nearest_the_amount_counts():
    report = money(
        cell("Utfall 2022, tkr", "5", col=1),
        cell("2022", "190 %", col=2),
        cell("Budget 2023", "5", col=3, kind="budget"),
        unit="miljoner kronor",
    )
    records = normalize_report(report).records_of(BudgetValue)
    assert [(r.unit, r.amount_sek) for r in records] == [("tkr", 5000), ("%", None), ("mnkr", 5000000)]


def test_a_money_cell_without_an_amount_is_never_dropped_in_silence():
    result = normalize_report(money(cell("2022", "-", col=1), cell("2021", "Ingår ovan", col=2)))
    assert result.records_of(BudgetValue) == ()
    assert [(p.code, p.severity, p.col) for p in result.problems] == [
        ("no_amount", "info", 1),
        ("not_an_amount", "warning", 2),
    ]


def test_the_legend_makes_a_dash_nought():
    (record,) = normalize_report(money(cell("2022", "-"), legend=(("-", "noll"),))).records_of(BudgetValue)
    assert record.value == 0.0


def test_stray_signs_are_doubted_and_the_raw_text_kept():
    result = normalize_report(money(cell("Plan 2028", "-3-", kind="plan")))
    assert [(r.value, r.raw, r.confidence) for r in result.records_of(BudgetValue)] == [(-3.0, "-3-", 0.5)]
    assert [p.code for p in result.problems] == ["stray_signs"]


def test_two_facts_in_a_cell_are_two_records():
    printed = [cell("Mål (utfall) 2023", raw, kind="target", also="outcome") for raw in ("95 (93)", "4,5(4,1)", "90")]
    records = [normalize_report(indicators(value)).records_of(IndicatorValue) for value in printed]
    assert [[(r.kind, r.value, r.period) for r in found] for found in records] == [
        [("target", 95, "2023"), ("outcome", 93, "2023")],
        [("target", 4.5, "2023"), ("outcome", 4.1, "2023")],
        [("target", 90, "2023")],
    ]


def test_columns_of_a_turned_table_keep_their_own_periods():
    report = indicators(cell("2021", "5", col=1), cell("2022", "6", col=1))
    assert [r.period for r in normalize_report(report).records_of(IndicatorValue)] == ["2021", "2022"]


def test_assignments_and_goals_are_carried_over():
    printed = PrintedReport(
        FACTS,
        rows=(
            AssignmentRow("all_committees", "Samtliga nämnder ska …", "2", "Pågår", page=4),
            GoalRow("Trygga barn", "Samhälle", assessment="Uppnås ej"),
            GoalRow("", "Samhälle", page=5),
        ),
    )
    result = normalize_report(printed)
    assert [(a.number, a.status, a.page) for a in result.records_of(Assignment)] == [("2", "Pågår", 4)]
    assert [(g.committee_goal, g.assessment_code) for g in result.records_of(Goal)] == [("Trygga barn", "not_met")]
    assert [(p.stage, p.page) for p in result.problems] == [("validate", 5)]


def test_the_same_report_gives_the_same_records():
    report = indicators(cell("2021", "LSS 44 % IFO 52 %"), cell("Målvärde", "90 %", col=2, kind="target"))
    assert normalize_report(report) == normalize_report(report)


def bracketed(*rows: tuple[str, str]) -> PrintedReport:
    """A table of one column of amounts; a line that opens with Summa is a total."""
    lines = [
        BudgetLine(
            2, "Resultat", name, number, "tkr", (replace(cell("2023", raw), row=number),), is_total="Summa" in name
        )
        for number, (name, raw) in enumerate(rows, 1)
    ]
    return PrintedReport(FACTS, rows=tuple(lines))


def test_brackets_are_a_minus_where_the_sums_say_so():
    report = bracketed(("Intäkter", "12 300"), ("Kostnader", "(48 500)"), ("Summa", "(36 200)"))
    result = normalize_report(report)
    assert [(r.value, r.confidence) for r in result.records_of(BudgetValue)] == [
        (12300, 1.0),
        (-48500, 0.9),
        (-36200, 0.9),
    ]
    assert result.problems == ()


def test_brackets_stay_doubtful_where_no_sum_tells():
    values = normalize_report(
        bracketed(("Intäkter", "12 300"), ("I fjol", "(11 900)"), ("Summa", "12 300"))
    ).records_of(BudgetValue)
    assert [(r.value, r.confidence) for r in values] == [(12300, 1.0), (11900, 0.5), (12300, 1.0)]
    values = normalize_report(bracketed(("A", "100"), ("B", "(50)"), ("Summa", "150"))).records_of(BudgetValue)
    assert [r.value for r in values] == [100, 50, 150]


def test_sums_of_bracketed_amounts_alone_tell_no_sign():
    values = normalize_report(bracketed(("A", "(100)"), ("B", "(50)"), ("Summa", "(150)"))).records_of(BudgetValue)
    assert [(r.value, r.confidence) for r in values] == [(100, 0.5), (50, 0.5), (150, 0.5)]


def test_columns_that_nothing_but_their_words_tell_apart_are_measures_of_their_own():
    work = {"kind": "outcome", "period": "2025", "is_new_part": True}
    report = indicators(cell("Antal uppdrag 2025", "89", **work), cell("Antal tolkar 2025", "22", col=2, **work))
    assert [r.measure for r in normalize_report(report).records_of(IndicatorValue)] == ["Antal uppdrag", "Antal tolkar"]


def test_columns_of_other_kinds_years_or_parts_are_no_measures():
    values = (cell("Utfall 2024", "1"), cell("Utfall 2025", "2", col=2), cell("Mål 2025", "3", col=3, kind="target"),
              cell("Riktning 2025", "Öka", col=4, kind="target"), cell("2025", "4", col=5),
              cell("Kvinnor 2025", "5", col=6, part="Kvinnor"))  # fmt: skip
    assert {r.measure for r in normalize_report(indicators(*values)).records_of(IndicatorValue)} == {None}


def test_a_change_in_tonnes_and_one_in_percent_are_two_measures():
    change = {"kind": "effect", "period": "2021/2022"}
    values = (
        cell("Utsläpp 2022", "70"),
        cell("Förändring (ton)", "-9", col=3, unit="ton", **change),
        cell("Förändring (%)", "-2", col=2, unit="%", **change),
    )
    records = normalize_report(indicators(*values)).records_of(IndicatorValue)
    assert [record.measure for record in records] == [None, None, "%"]


def test_frames_before_and_after_changes_are_measures_and_a_sum_of_departments_is_the_whole():
    frame = {"kind": "budget", "period": "2027"}
    columns = ("Ram inkl PKV, tkr", "Statsbidrag", "Ram inkl förändringar")
    values = (cell(name.replace(",", " 2027,"), "5", col=col, **frame) for col, name in enumerate(columns))
    assert [r.measure for r in normalize_report(money(*values)).records_of(BudgetValue)] == list(columns)
    values = (cell(name, "5", col=col, **frame) for col, name in enumerate(("Hemtjänst", "Boende", "Summa")))
    assert [r.measure for r in normalize_report(money(*values)).records_of(BudgetValue)][2] is None


def test_an_adjusted_budget_beside_an_outcome_is_no_measure_of_its_own():
    values = (cell("Budget 2027", "5", kind="budget"), cell("Justerad budget 2027", "6", col=2, kind="budget"),
              cell("Utfall 2027", "7", col=3))  # fmt: skip
    assert {r.measure for r in normalize_report(money(*values)).records_of(BudgetValue)} == {None}


def test_what_a_rows_label_is_measured_in_goes_before_the_unit_of_its_column():
    in_label = indicators(cell("Avgift, kr/år", "356", unit="kr/år"), label="Extra hämtning, kr/hämtning")
    (record,) = normalize_report(in_label).records_of(IndicatorValue)
    assert record.unit == "kr/hämtning"
    plain = indicators(cell("Avgift, kr/år inkl. moms", "356", unit="kr/år"), label="Extra hämtning")
    (record,) = normalize_report(plain).records_of(IndicatorValue)
    assert record.unit == "kr/år"
