"""What was spent and overspent, with one sign for all reports, and what a committee's operations cost."""

import sqlite3
from dataclasses import replace

import pytest
from reports import amount, build, make_result

from namndata.answers.money import money_of
from namndata.audit.arithmetic import check_report
from normalize.report import NormalizedReport
from schema.lexicon.money import is_surplus, side_in, statement_in
from schema.printed import ReportFacts

FACTS = ReportFacts("Verksamhetsberättelse 2020", "Ön", "Socialnämnden", "verksamhetsberättelse", 2020)
COLUMNS = {"budget": ("Budget 2020", 1), "outcome": ("Bokslut 2020", 2), "variance": ("Avvikelse", 3)}


def report(title, *lines, facts=FACTS, name="a"):
    """Return a checked report with one money table: a label and its figures by kind, each line a row."""
    amounts = []
    for row, (label, figures) in enumerate(lines, start=1):
        total = next((line for line, _ in lines if line.startswith("Summa")), lines[0][0])
        parent = total if label.startswith("varav") else None
        for kind, value in figures.items():
            header, col = COLUMNS[kind]
            amounts.append(
                amount(
                    label,
                    value,
                    kind=kind,
                    column_label=header,
                    col=col,
                    row=row,
                    period="2020",
                    table_title=title,
                    is_total=label.startswith("Summa"),
                    parent=parent,
                )  # fmt: skip
            )
    audit = check_report(NormalizedReport(tuple(amounts)))
    found = make_result(name, facts, budget_values=tuple(amounts))
    return type(found)(**{name: getattr(found, name) for name in found.__slots__} | {
        "checks": audit.checks, "conventions": audit.conventions,
    })  # fmt: skip


def figures(budget, outcome, variance=None):
    return {"budget": budget, "outcome": outcome} | ({} if variance is None else {"variance": variance})


OVERSPEND = "select line, overspend_sek, variance_agrees from budget_outcomes order by rowid"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Personalkostnader", "cost"),
        ("Övriga kostnader", "cost"),
        ("Bokslut 2020 Utgifter", "cost"),
        ("Verksamhetens intäkter", "income"),
        ("Skatteintäkter", "income"),
        ("Nettokostnader per verksamhet", "net"),
        ("Budget 2020 Netto", "net"),
        ("Årets resultat", "net"),
        ("Kostnader och intäkter", None),
        ("Hemtjänst", None),
        ("Ram inkl förändringar och statsbidrag", None),
        ("Personalkostnader exkl. bidrag", "cost"),
    ],
)
def test_words_tell_the_side_of_amounts(text, side):
    assert side_in(text) == side


def test_a_surplus_is_no_net_cost():
    assert is_surplus("Årets resultat") and not is_surplus("Summa nettokostnader")


@pytest.mark.parametrize(
    ("title", "statement"),
    [
        ("Driftredovisning, tkr", "operating"),
        ("Investeringar", "investment"),
        ("Resultaträkning", "income_statement"),
        ("Balansräkning", "balance_sheet"),
        ("Kassaflödesanalys", "cash_flow"),
        ("Taxor 2025", "fees"),
        ("Ramar 2027-2029", "frames"),
    ],
)
def test_a_title_tells_what_a_table_states(title, statement):
    assert statement_in(title).statement == statement


def test_costs_printed_with_a_minus_and_with_a_plus_have_one_sign(query):
    lines = ("Övriga kostnader", figures(-31, -24.5, 6.5)), ("Personalkostnader", figures(-60, -58, 2))
    others = ("Lokalkostnader", figures(40, 43, -3)), ("Hyreskostnader", figures(5, 5, 0))
    results = [report("Resultat", *lines), report("Resultat", *others, name="b")]
    assert sorted(query(results, OVERSPEND)) == [
        ("Hyreskostnader", 0, 1),
        ("Lokalkostnader", 3000, 1),
        ("Personalkostnader", -2000, 1),
        ("Övriga kostnader", -6500, 1),
    ]


def test_a_list_of_charges_states_fees_where_no_title_says_what_its_amounts_are(query):
    charges = replace(FACTS, document_type="taxa")
    sql = "select distinct statement, cost_sek from budget_series where kind = 'budget'"
    assert query([report("Extra hämtning", ("Restavfall", figures(339, 356)), facts=charges)], sql) == [("fees", None)]


def test_equity_below_the_result_is_no_money_spent(query):
    lines = (
        ("Övriga kostnader", figures(-31, -24)), ("Verksamhetens intäkter", figures(60, 70)),
        ("Årets resultat", figures(29, 46)), ("Eget kapital", figures(22, 55)),
    )  # fmt: skip
    sql = "select distinct line, statement, cost_sek is null from budget_series where kind = 'budget' order by rowid"
    found = {line: rest for line, *rest in query([report("Utfall", *lines)], sql)}
    assert found["Eget kapital"] == ["balance_sheet", 1] and found["Övriga kostnader"] == ["operating", 0]


@pytest.mark.parametrize("sign", [1, -1])
def test_less_income_than_budgeted_is_an_overspend_however_income_is_printed(query, sign):
    lines = (
        ("Summa nettokostnad", figures(80, 95)),
        ("varav kostnader", figures(100, 105)),
        ("varav intäkter", figures(sign * 20, sign * 10)),
    )
    assert dict((row[:2]) for row in query([report("Drift", *lines)], OVERSPEND)) == {
        "Summa nettokostnad": 15_000,
        "varav kostnader": 5_000,
        "varav intäkter": 10_000,
    }


def test_a_surplus_smaller_than_budgeted_is_an_overspend(query):
    [row] = query([report("Resultaträkning", ("Årets resultat", figures(10, 4)))], OVERSPEND)
    assert row == ("Årets resultat", 6000, None)


def test_without_words_or_sums_no_overspend_is_told(query):
    [row] = query(
        [report("Översikt", ("Hemtjänst", figures(10, 4)))], "select overspend_sek, doubts from budget_outcomes"
    )
    assert row == (None, '["unproven_sign"]')


def test_variances_that_hold_prove_the_sign(query):
    lines = [(name, figures(-10 * n, -12 * n, -2 * n)) for n, name in enumerate(("Hemtjänst", "Boende", "Stöd"), 1)]
    assert dict(row[:2] for row in query([report("Översikt", *lines)], OVERSPEND)) == {
        "Hemtjänst": 2000,
        "Boende": 4000,
        "Stöd": 6000,
    }


def test_a_variance_that_is_no_difference_is_a_doubt(query):
    table = report("Driftredovisning", ("Hemtjänst", figures(10, 12, -9)), ("Boende", figures(20, 21, -1)))
    sql = "select line, variance_agrees, doubts from budget_outcomes where line = 'Hemtjänst'"
    [(line, agrees, doubts)] = query([table], sql)
    assert (line, agrees) == ("Hemtjänst", 0) and "failed_variance" in doubts


def test_a_balance_sheet_spends_nothing():
    table = report("Balansräkning", ("Summa tillgångar", {"outcome": 500}))
    assert [money.cost_sek for money in money_of(table).values()] == [None]


def test_lines_stand_as_deep_as_the_sums_say():
    lines = (
        ("Hemtjänst", figures(10, 12)),
        ("Boende", figures(20, 21)),
        ("Summa nettokostnader", figures(30, 33)),
    )
    table = report("Driftredovisning", *lines)
    levels = {value.line: money_of(table)[id(value)].level for value in table.records}
    assert levels == {"Hemtjänst": 1, "Boende": 1, "Summa nettokostnader": 0}


def test_the_net_cost_is_where_the_sums_end(query):
    lines = (("Hemtjänst", figures(10, 12)), ("Boende", figures(20, 21)), ("Summa", figures(30, 33)))
    sql = "select kind, net_cost_sek, line from net_costs order by kind"
    rows = query([report("Driftredovisning", *lines)], sql)
    assert rows == [("budget", 30_000, "Summa"), ("outcome", 33_000, "Summa")]


def test_two_bottom_lines_that_disagree_give_no_net_cost(query):
    lines = (
        ("Gator", figures(10, 12)),
        ("Parker", figures(20, 21)),
        ("Summa skattefinansierat", figures(30, 33)),
        ("Vatten", figures(5, 6)),
        ("Avfall", figures(7, 8)),
        ("Summa taxefinansierat", figures(12, 14)),
    )
    rows = query([report("Driftbudget", *lines)], "select net_cost_sek, doubts from net_costs")
    assert rows == [(None, '["two_bottom_lines"]')] * 2


def rows_of(database, sql):
    with sqlite3.connect(database) as db:
        return db.execute(sql).fetchall()


def test_of_the_examples_a_smaller_cost_is_no_overspend(example):
    sql = """select line, budget_sek, outcome_sek, variance_sek, overspend_sek from budget_outcomes
      where line = 'Övriga kostnader' and municipality = 'Norrmarks kommun' and year = 2020"""
    assert rows_of(example, sql) == [("Övriga kostnader", -31e6, -24.5e6, 6.5e6, -6.5e6)]


def test_of_the_examples_an_overspend_has_a_plus_in_every_report(example):
    sql = """select municipality, line, overspend_sek from budget_outcomes
      where (line = 'Summa nettokostnader' and municipality like 'Sjö%' and period = '2024')
        or (line = 'Bemanningsenhet' and period = '2024') order by line"""
    assert rows_of(example, sql) == [
        ("Sjöviks kommun", "Bemanningsenhet", 2_100_000),
        ("Sjöviks kommun", "Summa nettokostnader", 7_260_000),
    ]


def test_of_the_examples_cost_income_and_net_are_three_rows(example):
    sql = """select side, kind, amount_sek, cost_sek from budget_series where line = 'Konstgräsplan Vallen'
      order by kind, side"""
    assert rows_of(example, sql) == [
        ("net", "budget", 4e6, 4e6),
        ("cost", "outcome", 4.86e6, 4.86e6),
        ("income", "outcome", -1.2e6, -1.2e6),
        ("net", "variance", 340_000, None),
    ]
    sql = """select side, outcome_sek, spent_cost_sek, overspend_sek from budget_outcomes
      where line = 'Konstgräsplan Vallen' order by side"""
    assert rows_of(example, sql) == [
        ("cost", 4.86e6, 4.86e6, None),
        ("income", -1.2e6, -1.2e6, None),
        ("net", None, 3.66e6, -340_000),
    ]


def test_of_the_examples_the_net_cost_is_one_number(example):
    sql = """select net_cost_sek from net_costs
      where municipality like 'Kilsjö%' and period = '2021' and kind = 'outcome'"""
    assert rows_of(example, sql) == [(490.07e6,)]


def test_of_the_examples_every_overspend_is_the_printed_variance_but_where_the_report_contradicts_itself(example):
    compared = """from budget_outcomes
      where budget_sek is not null and (outcome_sek is not null or forecast_sek is not null)"""
    [(rows, told)] = rows_of(example, f"select count(*), sum(overspend_sek is not null) {compared}")
    assert told >= 0.98 * rows > 100
    wrong = rows_of(example, f"select document, line {compared} and variance_agrees = 0")
    assert wrong == [("sjovik-vard-och-omsorg-delarsrapport-2024", "Summa nettokostnader")]


def test_two_committees_that_became_one_keep_their_own_net_costs(example):
    rows = rows_of(example, "select committee from net_costs where document like 'linkoping-sn-%'")
    assert {committee for (committee,) in rows} == {"Socialnämnden"}


def test_an_outcome_is_compared_with_the_budget_in_its_own_row_not_with_one_restated_rounded(query):
    told = report("Driftredovisning", ("Hemtjänst", figures(1997.7, 2028.7, -31)), ("Boende", figures(20, 21, -1)))
    later = ReportFacts("Internbudget 2021", "Ön", "Socialnämnden", "internbudget", 2021)
    rounded = report("Driftredovisning", ("Hemtjänst", {"budget": 1997}), facts=later, name="b")
    sql = "select budget_sek, overspend_sek, variance_agrees from budget_outcomes where line = 'Hemtjänst'"
    assert query([told, rounded], sql) == [(1_997_700, 31_000, 1)]


def test_nothing_beside_nothing_is_no_overspend_with_any_sign(query):
    rows = query([report("Översikt", ("Hemtjänst", figures(0, 0, 0)))], OVERSPEND)
    assert rows == [("Hemtjänst", 0, 1)]


def test_of_two_variances_in_a_row_the_outcome_has_that_of_its_budget(tmp_path):
    head = "| Belopp i mnkr | Utfall 2025 | Budget 2025 | Avvikelse | Prognos augusti | Avvikelse | Utfall 2024 |"
    rows = [
        "| Personal | 271,9 | 302,3 | -30,4 | 282,5 | -10,6 | 244,7 |",
        "| Hyra | 1,8 | 4,7 | -2,9 | 2,2 | -0,4 | 1,7 |",
    ]
    text = "\n".join(
        [
            "# Årsrapport 2025",
            "",
            "Nämnden för Intern service",
            "",
            "## Driftredovisning",
            "",
            head,
            "|---" * 7 + "|",
            *rows,
        ]
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rapport.md").write_text(text + "\n", encoding="utf-8")
    with sqlite3.connect(build(tmp_path / "in", tmp_path / "out").database) as db:
        found = db.execute(
            "select variance_sek, variance_agrees from budget_outcomes where period = '2025' order by line"
        )
        assert found.fetchall() == [(-2_900_000, 1), (-30_400_000, 1)]


def test_a_row_without_a_variance_too_is_compared_with_its_own_budget(query):
    line = ("Lokalkostnader", figures(40.7, 43)), ("Hyreskostnader", figures(5, 5))
    later = ReportFacts("Internbudget 2022", "Ön", "Socialnämnden", "internbudget", 2022)
    restated = report("Driftredovisning", ("Lokalkostnader", {"budget": 40}), facts=later, name="b")
    found = query([report("Driftredovisning", *line), restated], OVERSPEND)
    assert [row[1] for row in found if row[0] == "Lokalkostnader"] == [2300]


def test_parts_that_split_a_total_anew_stand_below_the_lines_that_it_sums_up(monkeypatch):
    monkeypatch.setitem(COLUMNS, "budget", ("Bokslut 2020 Netto", 1))
    monkeypatch.setitem(COLUMNS, "outcome", ("Bokslut 2020 Utgifter", 2))
    lines = (
        ("Summa investeringar", figures(18, 24)),
        ("varav utgifter", figures(24, 24)),
        ("varav inkomster", figures(-6, 0)),
        ("Fordon", figures(11, 14)),
        ("Inventarier", figures(7, 10)),
    )
    table = report("Investeringar", *lines[3:], *lines[:3])
    levels = {value.line: money_of(table)[id(value)].level for value in table.records}
    assert levels == {
        "Summa investeringar": 0,
        "varav utgifter": 2,
        "varav inkomster": 2,
        "Fordon": 1,
        "Inventarier": 1,
    }


@pytest.mark.parametrize(("total", "level"), [(30, 1), (50, 0)])
def test_lines_whose_sum_stands_on_the_next_page_stand_below_it(total, level):
    """What is summed up there stands deeper; a total that is none of theirs leaves them where they are."""
    first = report("Investeringar", ("Fordon", figures(10, 12)), ("Inventarier", figures(20, 21)))
    later = report("Investeringar", ("Summa investeringar", figures(total, 33)))
    values = [value.model_copy(update={"table": 2, "col": value.col + 2}) for value in later.records]
    both = type(first)(**{name: getattr(first, name) for name in first.__slots__} | {
        "records": (*first.records, *values), "checks": (*first.checks, *later.checks),
    })  # fmt: skip
    levels = {value.line: money_of(both)[id(value)].level for value in both.records}
    assert levels == {"Fordon": level, "Inventarier": level, "Summa investeringar": 0}
