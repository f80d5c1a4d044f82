"""Answers that once misled, on the example corpus: what the page says, and what is answered now."""

import sqlite3

import pytest

REVIEWED = {
    "a cost that is smaller than its budget is no overspend, though both are printed with a minus": (
        "select budget_sek, outcome_sek, variance_sek, overspend_sek from budget_outcomes "
        "where line = 'Övriga kostnader' and municipality = 'Norrmarks kommun' and year = 2020",
        [(-31e6, -24.5e6, 6.5e6, -6.5e6)],
    ),
    "overspends have one sign in reports that print costs with a plus and with a minus": (
        "select b.municipality, b.overspend_sek > 0 from budget_outcomes b join net_costs n using (line_id, period) "
        "where n.kind = 'budget' and b.document in ('sjovik-vard-och-omsorg-delarsrapport-2024', "
        "'bergvala-miljo-arsrapport-2023') and b.period in ('2023', '2024') order by 1",
        [("Bergvåla kommun", 1), ("Sjöviks kommun", 1)],
    ),
    "cost, income and net of one line are three rows": (
        "select side, spent_cost_sek, overspend_sek from budget_outcomes "
        "where line = 'Konstgräsplan Vallen' order by 1",
        [("cost", 4.86e6, None), ("income", -1.2e6, None), ("net", 3.66e6, -0.34e6)],
    ),
    "a row below another is no part of it": (
        "select distinct indicator, parent from indicator_values "
        "where indicator in ('Hållbart medarbetarengagemang (HME)', 'Chefsindex', 'Avgångsålder pension') "
        "and parent is not null",
        [],
    ),
    "a table has its own title, not that of the section before": (
        "select distinct table_title from budget_values where document = 'linkoping-son-internbudget-2024' order by 1",
        [
            ("Avgifter",),
            ("Beslutad åtgärdsplan för social- och omsorgsnämnden 2023-2026",),
            ("Driftsammandrag",),
            ("Investeringar",),
        ],
    ),
    "a printed verdict is answered, in interim reports too": (
        "select outcome_is, printed_verdict, met, met_source from target_attainment "
        "where indicator like 'Fallskador%' order by 1",
        [("forecast", "Nej", 0, "printed")],
    ),
    "a verdict on a goal is none on its indicator": (
        "select outcome, target, printed_verdict, met from target_attainment where indicator = 'Antal fysiska besök'",
        [(176_233, 300_000, None, None)],
    ),
    "what a budget prints of the year it is made in is no outcome, and a direction never is": (
        "select count(*) from indicator_series s join documents d using (document) where s.kind = 'outcome' "
        "and (s.value is null or (d.is_plan and s.year >= d.fiscal_year - 1 and length(s.period) = 4))",
        [(0,)],
    ),
    "the net cost is one number, whatever totals, parts and balance sheets stand beside it": (
        "select net_cost_sek, line from net_costs "
        "where municipality = 'Kilsjö kommun' and period = '2021' and kind = 'outcome'",
        [(490.07e6, "Summa nettokostnad")],
    ),
}


@pytest.mark.parametrize("said", REVIEWED)
def test_what_misled_does_no_more(example, said):
    sql, answer = REVIEWED[said]
    with sqlite3.connect(example) as db:
        assert db.execute(sql).fetchall() == answer
