"""Whether targets were met: printed verdicts first, then what the outcome comes to; and what is no outcome."""

import sqlite3

import pytest
from reports import indicator, make_result

from namndata.answers.verdicts import verdict_reader
from schema.layout import Cell, Table
from schema.lexicon.better import better_in
from schema.printed import ReportFacts

ANNUAL = ReportFacts("Verksamhetsberättelse 2019", "Ön", "Socialnämnden", "verksamhetsberättelse", 2019)
INTERIM = ReportFacts("Delårsrapport 2019", "Ön", "Socialnämnden", "delårsrapport", 2019, as_of="2019-08-31")
BUDGET = ReportFacts("Internbudget 2019", "Ön", "Socialnämnden", "internbudget", 2019)


def stated(kind, value, *, name="Antal besök", **fields):
    return indicator(**{"indicator": name, "kind": kind, "value": value, "raw": str(value), **fields})


def rows_of(database, sql):
    with sqlite3.connect(database) as db:
        return db.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("Total sjukfrånvaro (%)", "down"),
        ("Väntetid till särskilt boende", "down"),
        ("Andel nöjda brukare", "up"),
        ("Kundnöjdhet", "up"),
        ("Andel nöjda med väntetiden", None),
        ("Andel som inte är trygga", None),
        ("Antal ej verkställda beslut", "down"),
        ("Antal besök", None),
    ],
)
def test_words_of_a_name_tell_which_way_is_better(name, way):
    assert better_in(name) == way


def test_the_reports_own_verdict_comes_first(query):
    values = [stated("target", 100, comparator=">=", goal_met="Nej"), stated("outcome", 120, goal_met="Nej")]
    sql = "select met, met_source, printed_verdict, judged_by from target_attainment"
    assert query([make_result("a", ANNUAL, indicator_values=values)], sql) == [(0, "printed", "Nej", "verdict")]


def test_a_verdict_without_a_target_has_a_row(query):
    sql = "select target, outcome, met, met_source from target_attainment"
    values = [stated("outcome", 120, goal_met="Ja"), stated("outcome", 110, goal_met="Ja", period="2018")]
    assert query([make_result("a", ANNUAL, indicator_values=values)], sql) == [(None, 120, 1, "printed")]


def test_printed_verdicts_of_other_years_tell_which_way_is_better(query):
    values = [
        stated("target", 100, period="2018", goal_met="Nej"),
        stated("outcome", 120, period="2018", goal_met="Nej"),
        stated("target", 100, row=1),
        stated("outcome", 90, row=1),
    ]
    sql = "select period, met, met_source, better_when_from from target_attainment order by period"
    assert query([make_result("a", ANNUAL, indicator_values=values)], sql) == [
        ("2018", 0, "printed", "printed verdicts"),
        ("2019", 1, "computed", "printed verdicts"),
    ]


def test_interim_outcome_and_forecast_stand_beside_the_target_until_the_year_has_its_own(query):
    values = [
        stated("target", 100, comparator=">="),
        stated("outcome", 95, period="2019-08"),
        stated("forecast", 101),
    ]
    interim = make_result("a", INTERIM, indicator_values=values)
    sql = "select outcome_is, outcome_period, outcome, met from target_attainment order by 1 desc"
    assert query([interim], sql) == [("interim", "2019-08", 95, 0), ("forecast", "2019", 101, 1)]
    annual = make_result("b", ANNUAL, indicator_values=[stated("outcome", 99)])
    assert query([interim, annual], sql) == [("final", "2019", 99, 0)]


@pytest.mark.parametrize(
    ("target", "outcome", "unit", "met"),
    [(100, 99, "%", 0), (100, 99, "besök", None), (0, 3, None, 0), (0, 0, None, 1)],
)
def test_a_level_that_nothing_lies_beyond_says_itself_which_way_is_better(query, target, outcome, unit, met):
    values = [stated("target", target, unit=unit), stated("outcome", outcome, unit=unit)]
    assert query([make_result("a", ANNUAL, indicator_values=values)], "select met from target_attainment") == [(met,)]


def test_an_accumulated_number_is_not_measured_against_the_target_of_the_year(query):
    values = [stated("target", 100, comparator=">="), stated("outcome", 60, period="2019-01/2019-08")]
    [row] = query([make_result("a", INTERIM, indicator_values=values)], "select outcome_is, met from target_attainment")
    assert row == ("interim", None)


def test_what_a_plan_prints_of_a_year_that_has_not_ended_is_expected(query):
    values = [stated("outcome", 50, period="2018"), stated("outcome", 40, period="2017")]
    sql = "select period, kind, outcome_is from indicator_series order by period"
    assert query([make_result("a", BUDGET, indicator_values=values)], sql) == [
        ("2017", "outcome", "final"),
        ("2018", "forecast", "expected"),
    ]


def test_a_direction_is_a_target_and_never_revises_an_outcome(query):
    plan = make_result("a", BUDGET, indicator_values=[stated("outcome", None, period="2018", direction="increase")])
    annual = make_result("b", ANNUAL, indicator_values=[stated("outcome", 52, period="2018")])
    kinds = query([plan, annual], "select kind, value, direction from indicator_series order by kind")
    assert kinds == [("outcome", 52, None), ("target", None, "increase")]
    assert query([plan, annual], "select count(*) from indicator_revisions") == [(0,)]


def test_the_series_prefers_the_report_that_closes_the_year_to_a_later_plan(query):
    annual = make_result("a", ANNUAL, indicator_values=[stated("outcome", 52)])
    later = ReportFacts("Internbudget 2022", "Ön", "Socialnämnden", "internbudget", 2022)
    plan = make_result("b", later, indicator_values=[stated("outcome", 50)])
    sql = "select value, document, document_rank from indicator_series"
    assert query([annual, plan], sql) == [(52, "a", 1)]


def test_a_series_has_one_unit_and_what_contradicts_it_is_a_doubt(query):
    values = [stated("outcome", 5, unit="%"), stated("outcome", 6, period="2018", unit="%"),
              stated("outcome", 7, period="2017"), stated("target", 8, unit="dagar")]  # fmt: skip
    rows = query([make_result("a", ANNUAL, indicator_values=values)], "select unit, doubts from indicator_series")
    assert {unit for unit, _ in rows} == {"%"}
    assert [doubts for _, doubts in rows if "other_unit" in doubts] == ['["other_unit"]']


def with_table(cells, *values):
    table = Table(1, tuple(Cell(row, col, text) for row, col, text in cells), page=1)
    return make_result("a", ANNUAL, indicator_values=values, tables=(table,))


def row_of(row, name, verdict, goal="Fler kommer"):
    return stated("outcome", 10, name=name, row=row, goal_met=verdict, committee_goal=goal)


def test_a_verdict_between_goal_and_indicator_is_on_the_goal():
    value = row_of(0, "Antal besök", "Uppfyllt")
    result = with_table([(0, 0, "Fler kommer"), (0, 1, "Uppfyllt"), (0, 2, "Antal besök"), (0, 3, "10")], value)
    assert verdict_reader(result)(value) == (None, None)


def test_verdicts_of_each_row_are_on_the_indicators_wherever_they_stand():
    cells = [(0, 0, "Fler kommer"), (0, 1, "Ja"), (0, 2, "Antal besök"), (1, 1, "Nej"), (1, 2, "Antal lån")]
    values = row_of(0, "Antal besök", "Ja"), row_of(1, "Antal lån", "Nej")
    read = verdict_reader(with_table(cells, *values))
    assert [read(value) for value in values] == [("Ja", 1), ("Nej", 0)]


def test_a_verdict_outside_any_table_is_on_its_own_indicator():
    values = stated("outcome", 10, goal_met="Ja"), stated("outcome", 11, name="Antal lån")
    read = verdict_reader(make_result("a", ANNUAL, indicator_values=values))
    assert [read(value) for value in values] == [("Ja", 1), (None, None)]


def test_of_the_examples_a_goals_verdict_is_none_on_its_indicator(example):
    sql = """select goal_met, verdict from indicator_values
      where indicator = 'Antal fysiska besök' and kind = 'target'"""
    assert rows_of(example, sql) == [("Uppfyllt", None)]
    sql = "select met, printed_verdict from target_attainment where indicator = 'Antal fysiska besök'"
    assert rows_of(example, sql) == [(None, None)]


def test_of_the_examples_printed_verdicts_are_in_the_answers(example):
    sql = """select printed_verdict, met, outcome_is from target_attainment
      where indicator like 'Väntetid till särskilt boende, dagar i%' order by outcome_is"""
    assert rows_of(example, sql) == [("Nej", 0, "forecast"), ("Nej", 0, "interim")]


def test_of_the_examples_most_targets_have_a_verdict(example):
    sql = "select avg(met is not null), count(*) from target_attainment"
    [(share, rows)] = rows_of(example, sql)
    assert share >= 0.8 and rows > 100


def test_of_the_examples_no_outcome_is_a_direction_and_every_series_has_one_unit(example):
    assert rows_of(example, "select count(*) from indicator_series where kind = 'outcome' and value is null") == [(0,)]
    sql = """select count(*) from (select 1 from indicator_series
      group by indicator_id, breakdown having count(distinct unit) > 1)"""
    assert rows_of(example, sql) == [(0,)]


def test_a_verdict_over_rows_whose_cells_a_text_leaves_empty_is_on_their_goal():
    cells = [(0, 0, "Fler kommer"), (0, 1, "Ja"), (0, 2, "Antal besök"), (1, 2, "Antal lån"),
             (2, 0, "Alla trivs"), (2, 1, "Nej"), (2, 2, "Index"), (3, 1, "Ja"), (3, 2, "Frånvaro")]  # fmt: skip
    values = (
        row_of(0, "Antal besök", "Ja"), row_of(1, "Antal lån", None),
        row_of(2, "Index", "Nej", "Alla trivs"), row_of(3, "Frånvaro", "Ja", "Alla trivs"),
    )  # fmt: skip
    read = verdict_reader(with_table(cells, *values))
    assert [read(value) for value in values] == [(None, None), (None, None), ("Nej", 0), ("Ja", 1)]


def test_an_empty_verdict_after_the_label_belongs_to_its_own_row():
    cells = [(0, 0, "Fler kommer"), (0, 1, "Antal besök"), (0, 2, "Ja"), (1, 1, "Antal lån")]
    values = row_of(0, "Antal besök", "Ja"), row_of(1, "Antal lån", None)
    read = verdict_reader(with_table(cells, *values))
    assert [read(value) for value in values] == [("Ja", 1), (None, None)]


def test_a_share_aimed_at_for_all_is_aimed_at_for_each_part_that_the_row_prints(query):
    values = [stated("target", 90, unit="%", name="Andel i tid"), *(
        stated("outcome", value, unit="%", breakdown=part, name="Andel i tid", col=col)
        for col, part, value in ((2, "IFO", 57), (3, "LSS", 95))
    )]  # fmt: skip
    sql = "select breakdown, target, outcome, met from target_attainment order by breakdown"
    assert query([make_result("a", ANNUAL, indicator_values=values)], sql) == [("IFO", 90, 57, 0), ("LSS", 90, 95, 1)]


@pytest.mark.parametrize("unit", ["besök", "%"])
def test_a_target_for_all_is_none_for_parts_of_a_count_or_beside_an_outcome_for_all(query, unit):
    values = [stated("target", 300, unit=unit), stated("outcome", 100, unit=unit, breakdown="IFO", col=2)]
    values += [stated("outcome", 310, unit=unit, col=3)] if unit == "%" else []
    sql = "select count(*) from target_attainment where breakdown is not null"
    assert query([make_result("a", ANNUAL, indicator_values=values)], sql) == [(0,)]


def test_a_verdict_from_before_the_end_of_the_year_is_none_on_what_the_year_came_to(query):
    early = [
        stated("target", 100, comparator=">=", goal_met="Nej"),
        stated("outcome", 80, period="2019-08", goal_met="Nej"),
    ]
    interim = make_result("a", INTERIM, indicator_values=early)
    sql = "select outcome, met, met_source from target_attainment"
    assert query([interim], sql) == [(80, 0, "printed")]
    annual = make_result("b", ANNUAL, indicator_values=[stated("outcome", 104)])
    assert query([interim, annual], sql) == [(104, 1, "computed")]


def test_a_verdict_on_a_year_that_has_a_forecast_tells_nothing_of_the_part_that_has_gone(query):
    name = "Andel ansökningar"
    values = [stated("target", 85, name=name, unit="%", goal_met="Ja"),
              stated("outcome", 84.5, period="2019-08", name=name, unit="%", goal_met="Ja"),
              stated("forecast", 85, name=name, unit="%", goal_met="Ja")]  # fmt: skip
    sql = "select distinct better_when, met from target_attainment"
    assert query([make_result("a", INTERIM, indicator_values=values)], sql) == [(None, 1)]


def test_the_verdict_of_a_row_without_an_outcome_of_the_year_is_not_on_its_parts_of_other_years(query):
    values = [stated("target", 50, goal_met="Delvis"), stated("outcome", 53, period="2018", goal_met="Delvis"),
              stated("outcome", 41, period="2017", breakdown="exkl arenan", goal_met="Delvis")]  # fmt: skip
    sql = "select breakdown, period, outcome_period, doubts from target_attainment"
    [row] = query([make_result("a", ANNUAL, indicator_values=values)], sql)
    assert row == (None, "2019", "2018", '["outcome_of_another_year"]')


def test_a_verdict_of_an_interim_report_is_no_final_answer_beside_the_year_before(query):
    early = [stated("target", 100, goal_met="Ja"), stated("outcome", 90, period="2018", goal_met="Ja")]
    sql = "select outcome_is, outcome_period, met from target_attainment where period = '2019'"
    assert query([make_result("a", INTERIM, indicator_values=early)], sql) == [("interim", "2018", 1)]
    assert query([make_result("a", ANNUAL, indicator_values=early)], sql) == [("final", "2018", 1)]


def test_of_two_figures_of_a_row_the_series_takes_the_one_in_its_unit(query):
    values = [stated("outcome", 8858, unit="uppdrag"), stated("outcome", 39, unit="tolkar", confidence=0.5),
              stated("outcome", 41, period="2018", unit="tolkar")]  # fmt: skip
    rows = query([make_result("a", ANNUAL, indicator_values=values)], "select value, unit from indicator_series")
    assert sorted(rows) == [(39, "tolkar"), (41, "tolkar")]
