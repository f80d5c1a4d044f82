"""Answers that misled the first who asked, each on the example report with that page: what the page says, they say."""

import sqlite3

import pytest
from reports import build, write_report

from namndata.cli_summary import summary_lines
from namndata.run.summary import summarise


@pytest.fixture
def ask(example):
    """Return what asks the example corpus."""

    def run(sql):
        with sqlite3.connect(example) as db:
            return db.execute(sql).fetchall()

    return run


def test_row_4_an_indicator_below_another_is_a_row_of_its_own(ask):
    sql = """select document like '%2024', indicator, count(*), count(parent) from indicator_values
      where document like 'linkoping-son%' and indicator in ('Chefsindex', 'Avgångsålder pension') group by 1, 2"""
    assert ask(sql) == [
        (0, "Chefsindex", 4, 0),
        (1, "Avgångsålder pension", 4, 0),
        (1, "Chefsindex", 4, 0),
    ]
    sql = """select distinct indicator, parent from indicator_values
      where document = 'linkoping-son-delarsrapport-2023' and parent like 'Total sjukfrånvaro%' order by 1"""
    assert [name for name, _ in ask(sql)] == ["Kvinnor", "Män"]


def test_row_5_a_table_has_the_title_that_stands_over_it(ask):
    sql = """select distinct line, table_title from budget_values where document = 'linkoping-son-internbudget-2024'
      and line in ('Summa nämndens internbudget', 'Summa investeringar') order by line"""
    assert ask(sql) == [("Summa investeringar", "Investeringar"), ("Summa nämndens internbudget", "Driftsammandrag")]


def test_row_6_every_printed_verdict_on_an_indicator_is_in_the_answers_and_interim_reports_have_rows(ask):
    sql = """select v.document, v.indicator from indicator_values v join documents d using (document)
      where v.verdict is not null and v.kind = 'target' and d.rendition_of is null and v.id not in (
        select v.id from target_attainment t
        where t.printed_verdict = v.verdict and t.target_document = v.document and t.target_raw = v.raw)"""
    assert ask(sql) == []
    sql = """select count(*) > 20, sum(met is null) from target_attainment
      where printed_verdict is not null and printed_verdict != 'Går inte att bedöma'"""
    assert ask(sql) == [(1, 0)]
    sql = "select count(distinct outcome_document) from target_attainment where outcome_is = 'interim'"
    assert ask(sql)[0][0] >= 3


def test_row_7_a_verdict_on_a_goal_is_none_on_an_indicator_far_from_its_target(ask):
    sql = """select t.outcome, t.target, t.printed_verdict, t.met, v.goal_met from target_attainment t
      join indicator_values v on v.document = t.target_document and v.raw = t.target_raw and v.kind = 'target'
      where t.indicator = 'Antal fysiska besök' and v.indicator = t.indicator"""
    assert ask(sql) == [(176233, 300000, None, None, "Uppfyllt")]
    sql = "select assessment from goal_list where document like 'norrmark%' and committee_goal like 'Biblioteken är%'"
    assert ("Uppfyllt",) in ask(sql)


def test_row_8_what_a_budget_prints_of_a_year_that_has_not_ended_is_no_outcome(ask):
    record = """select count(*) > 10 from indicator_values
      where document = 'linkoping-sn-budgetforslag-2019' and kind = 'outcome' and period = '2018'"""
    assert ask(record) == [(1,)]
    sql = """select count(*), sum(kind = 'outcome'), sum(kind = 'forecast' and outcome_is = 'expected') > 5
      from indicator_series where document = 'linkoping-sn-budgetforslag-2019' and period = '2018'
      and kind in ('outcome', 'forecast')"""
    [(rows, outcomes, expected)] = ask(sql)
    assert (rows > 5, outcomes, expected) == (True, 0, 1)
    assert ask(
        "select count(*) from indicator_revisions where kind = 'outcome' and 'Öka' in (oldest_raw, newest_raw)"
    ) == [(0,)]
    early = """select count(*) from indicator_series s join documents d using (document)
      where s.kind = 'outcome' and d.is_plan and s.year >= d.fiscal_year - 1 and d.edition < s.period || '-12-31'"""
    assert ask(early) == [(0,)]


@pytest.mark.parametrize("table", ["indicator_series", "indicator_revisions", "target_attainment"])
def test_every_row_says_whose_it_is_of_which_year_and_how_sure(ask, table):
    sql = f"select count(*), count(committee), count(year), count(confidence), count(doubts) from {table}"
    assert len(set(ask(sql)[0])) == 1
    assert ask(f"select count(*) from {table} where municipality is null and committee not like 'Räddnings%'") == [(0,)]


def test_the_committee_is_that_of_today_and_the_record_keeps_the_one_of_then(ask):
    sql = "select distinct committee from {} where document = 'linkoping-sn-budgetforslag-2019'"
    assert ask(sql.format("indicator_series")) == [("Social- och omsorgsnämnden",)]
    assert ask(sql.format("indicator_values")) == [("Socialnämnden",)]


def test_every_old_id_leads_to_an_indicator_and_is_none_itself(ask):
    lost = "select alias from indicator_aliases where indicator_id not in (select indicator_id from indicators)"
    assert ask(lost) == [] and len(ask("select alias from indicator_aliases where alias like '%/%'")) > 50
    assert ask("select alias from indicator_aliases where alias in (select indicator_id from indicators)") == []


@pytest.mark.parametrize("table", ["goal_list", "assignment_list", "indicator_series", "budget_series", "search"])
def test_a_report_that_is_held_twice_counts_once(ask, table):
    twice = "select document from documents where rendition_of is not null or edition_of is not null"
    assert ask(twice) == [("asunda-vp25-markdown",)]
    assert ask(f"select count(*) from {table} where document in ({twice})") == [(0,)]
    assert ask(f"select count(*) > 0 from {table} where document = 'asunda-tekniska-verksamhetsplan-2025'") == [(1,)]


def test_the_end_of_a_title_is_no_page_number(ask):
    titles = [title for (title,) in ask("select title from tables where title is not null")]
    assert [
        title for title in titles if title.split()[-1:] and title.split()[-1].isdigit() and len(title.split()[-1]) < 4
    ] == []


def asked_of(tmp_path, name, lines, sql):
    """What a corpus of one report answers."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_text("\n".join(lines), encoding="utf-8")
    with sqlite3.connect(build(tmp_path / "in", tmp_path / "out").database) as db:
        return db.execute(sql).fetchall()


def test_two_measures_of_one_row_are_never_one_series(tmp_path):
    lines = ["Årsredovisning 2025 för Tolkförbundet", "", "Tabell 4 Uppdrag och tolkar 2025", "",
             "| Språk | Antal uppdrag | Antal tolkar | Auktoriserad tolk |", "| --- | --- | --- | --- |",
             "| Arabiska | 89 945 | 227 | 54 |", "| Somaliska | 38 337 | 129 | 14 |"]  # fmt: skip
    rows = asked_of(
        tmp_path,
        "rapport.txt",
        lines,
        "select breakdown, value, unit from indicator_series where indicator = 'Arabiska'",
    )
    assert sorted(rows) == [
        ("antal tolkar", 227, "tolkar"),
        ("antal uppdrag", 89945, "uppdrag"),
        ("auktoriserad tolk", 54, None),
    ]


def test_the_net_cost_of_a_committee_and_period_is_one_row_of_each_kind(ask):
    key = "municipality, committee, period, kind"
    assert ask(f"select {key} from net_costs group by {key} having count(*) > 1") == []
    assert ask("select count(*) > 30, count(distinct kind) from net_costs") == [(1, 3)]


def test_columns_of_departments_are_parts_and_their_sum_is_the_whole(tmp_path):
    lines = ["Månadsuppföljning april 2026", "Socialnämnden i Sjöviks kommun", "",
             "Avvikelse per verksamhet 2026 (tkr)", "",
             "| Konto | Hemtjänst | Särskilt boende | Summa |", "| --- | --- | --- | --- |",
             "| Intäkter | 100 | 200 | 300 |", "| Personal | -400 | -100 | -500 |"]  # fmt: skip
    rows = asked_of(
        tmp_path, "rapport.md", lines, "select line, part, amount_sek from budget_series where line = 'Personal'"
    )
    parts = {part: amount for _, part, amount in rows}
    assert parts == {"Hemtjänst": -400_000, "Särskilt boende": -100_000, None: -500_000}


def test_the_summary_of_a_run_says_how_many_targets_have_a_verdict(example, ask, tmp_path):
    summary = summarise(example)
    assert (
        (summary.targets, summary.judged) == ask("select count(*), count(met) from target_attainment")[0] == (125, 115)
    )
    corpus = tmp_path / "in"
    write_report(corpus / "rapport.txt")
    told = dict(summary_lines(build(corpus, tmp_path / "out"), summary))
    assert told["Targets"] == "115 of 125 known to be met or not"
