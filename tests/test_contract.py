"""What notebooks depend on: tables, columns, kinds and commands that may be added to, never renamed or dropped."""

import re
import sqlite3
from pathlib import Path

import pytest
from typer.main import get_command

from namndata.cli import app

REPORT = "document municipality committee document_type fiscal_year"
PLACE = "page table_id row col inferred confidence"
VIEW = "municipality committee year confidence doubts"
COLUMNS = {
    "documents": """document sha256 path media_type title municipality committee document_type municipality_code
      fiscal_year plan_years as_of pages rendition_of doubts source_url published_on retrieved_on""",
    "indicator_values": f"""{REPORT} category table_title goal_area municipal_goal committee_goal indicator parent
      indicator_id source goal_met column_label kind column_period period breakdown part sex raw value upper comparator
      unit direction status footnotes {PLACE}""",
    "budget_values": f"""{REPORT} table_title line parent is_total column_label kind period raw value unit amount_sek
      part {PLACE}""",
    "assignments": f"{REPORT} scope number text status comment page",
    "goals": f"{REPORT} goal_area municipal_goal committee_goal assessment assessment_code page",
    "indicators": "indicator_id name unit category first_period last_period",
    "indicator_names": "name indicator_id method score reviewed",
    "tables": "table_id document page",
    "cells": "table_id row col page x0 top x1 bottom text",
    "footnotes": "document marker text",
    "checks": "document table_id kind status expected actual message",
    "problems": "document stage severity code message page table_id row col raw",
    "number_ledger": "document page numbers in_records in_tables_only in_prose unaccounted",
    "runs": "version",
    "data_dictionary": "table_name column_name description unit",
    "indicator_series": f"{VIEW} indicator_id breakdown kind period value document document_rank",
    "indicator_revisions": f"""{VIEW} indicator_id breakdown kind period oldest_value newest_value oldest_document
      newest_document document_rank""",
    "target_attainment": f"""{VIEW} indicator_id breakdown period outcome target outcome_is printed_verdict met
      met_source better_when better_when_from""",
    "budget_series": f"{VIEW} statement side is_total level part cost_sek line parent period kind amount_sek",
    "budget_outcomes": f"""{VIEW} statement side is_total level part overspend_sek line period budget_sek outcome_sek
      variance_sek""",
    "net_costs": f"{VIEW} period kind net_cost_sek line document page",
    "kolada_links": "indicator_id kpi sex status method score reasons reviewed",
    "official_values": "kpi municipality_code year sex value status fetched_on",
    "official_comparison": "difference agrees document page",
}
ONLY = {
    "select distinct category from indicator_values": {"indicator", "volume", "personnel"},
    "select distinct kind from indicator_values": {
        "outcome", "target", "forecast", "budget", "plan", "variance", "effect"},
    "select distinct status from indicator_values": {"reported", "preliminary", "missing", "pending", "text"},
    "select distinct comparator from indicator_values": {None, ">=", "<=", ">", "<", "~"},
    "select distinct direction from indicator_values": {
        None, "increase", "decrease", "maintain", "not_increase", "stabilise"},
    "select distinct sex from indicator_values": {None, "K", "M"},
    "select distinct inferred from indicator_values": {0, 1},
    "select distinct is_total from budget_values": {0, 1},
    "select distinct kind from budget_values": {"budget", "plan", "outcome", "forecast", "variance", "effect"},
    "select distinct unit from budget_values": {"tkr", "mnkr", "kr", "%", None},
    "select distinct scope from assignments": {"all_committees", "committee_specific"},
    "select distinct assessment_code from goals": {"met", "partly_met", "not_met", "not_assessed", None},
    "select distinct status from checks": {"pass", "fail"},
    "select distinct kind from net_costs": {"budget", "outcome", "forecast"},
    "select distinct statement from budget_series": {
        "operating", "investment", "income_statement", "balance_sheet", "cash_flow", "fees", "frames", "other"},
    "select distinct side from budget_series": {"cost", "income", "net", None},
    "select distinct outcome_is from target_attainment": {"final", "interim", "forecast", "expected", None},
    "select distinct met from target_attainment": {0, 1, None},
    "select distinct met_source from target_attainment": {"printed", "computed", None},
    "select distinct better_when from target_attainment": {"up", "down", None},
    "select distinct status from kolada_links": {"accepted", "proposed", "rejected"},
    "select distinct method from kolada_links": {"title", "similar", "values", "person"},
}  # fmt: skip
PERIOD = re.compile(r"\d{4}(-\d{2}(/\d{4}-\d{2})?|/\d{4})?")
COMMANDS = {
    "extract": "--out --jobs --time-limit --strict --fresh --json --junit --github --quiet",
    "report": "--out",
    "export": "--format --out",
    "browse": "--port",
    "diff": "--format",
    "sample": "",
    "cite": "",
    "evaluate": "",
    "doctor": "",
    **{f"corrections {name}": "" for name in ("add", "list", "check")},
    **{f"kolada {name}": "" for name in ("update", "fetch", "list", "accept", "reject", "undo")},
    **{f"names {name}": "" for name in ("list", "accept", "reject", "new", "reword", "change", "undo")},
}
MAKEFILE = Path(__file__).parent.parent / "Makefile"


def asked(database, sql):
    with sqlite3.connect(database) as db:
        return db.execute(sql).fetchall()


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_has_the_columns_that_others_ask_for(example, table):
    there = {row[1] for row in asked(example, f"pragma table_info({table})")}
    assert set(COLUMNS[table].split()) - there == set()


@pytest.mark.parametrize("sql", ONLY)
def test_a_column_holds_what_is_promised_and_nothing_else(example, sql):
    assert {value for (value,) in asked(example, sql)} <= ONLY[sql]


@pytest.mark.parametrize(
    "table", ["indicator_values", "budget_values", "indicator_series", "budget_series", "net_costs"]
)
def test_a_period_is_a_year_a_month_an_accumulation_or_a_school_year(example, table):
    periods = [period for (period,) in asked(example, f"select distinct period from {table} where period is not null")]
    assert periods and [period for period in periods if not PERIOD.fullmatch(period)] == []


def test_a_series_has_one_row_for_each_indicator_part_kind_and_period(example):
    key = "indicator_id, breakdown, kind, period"
    assert asked(example, f"select {key} from indicator_series group by {key} having count(*) > 1") == []


def test_a_table_has_the_title_of_its_values(example):
    of_values = " union ".join(f"select table_id, table_title from {kind}_values" for kind in ("budget", "indicator"))
    sums = "count(*), sum(title is null), sum(title is not table_title)"
    query = f"select {sums} from ({of_values}) join tables using (table_id)"
    values, untitled, other = asked(example, query)[0]
    assert values and untitled < values / 2 and not other


def test_a_net_cost_is_one_for_each_committee_period_and_kind(example):
    key = "municipality, committee, period, kind"
    assert asked(example, f"select {key} from net_costs group by {key}, outcome_is having count(*) > 1") == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_the_options_that_scripts_give(command):
    found = get_command(app)
    for name in command.split():
        found = found.commands[name]
    options = {option for parameter in found.params for option in parameter.opts}
    assert set(COMMANDS[command].split()) - options == set()


@pytest.mark.parametrize("command", sorted({command.split()[0] for command in COMMANDS}))
def test_a_command_has_a_make_target(command):
    assert re.search(rf"^{command}:", MAKEFILE.read_text(encoding="utf-8"), re.MULTILINE)
