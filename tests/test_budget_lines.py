"""Which budget lines go on from report to report, and what plan, budget and outcome come to side by side."""

import sqlite3

import pytest
from reports import amount, make_result

from namndata.identity.budget_lines import identify_lines
from namndata.identity.lineage import read_committees
from namndata.run.provenance import Provenance
from namndata.store.write import write_corpus
from schema.printed import ReportFacts

BOARD = "Social- och omsorgsnämnden"


def report(document, year, amounts, *, committee=BOARD):
    facts = ReportFacts(
        municipality="Linköpings kommun", committee=committee, document_type="internbudget", fiscal_year=year
    )
    placed = tuple(value.model_copy(update={"row": row}) for row, value in enumerate(amounts))
    return make_result(document, facts, budget_values=placed)


def lines(*results):
    """Return the line of each label by document, in the order printed."""
    found = identify_lines(results, read_committees(None, [result.facts for result in results]))
    return [found[row] for row in sorted(found, key=str)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HVB vuxna", "varav HVB vuxna"),
        ("Individ och familjeomsorg", "Individ- och familjeomsorg"),
        ("Summa nettokostnader, tkr", "Summa nettokostnader"),
        ("Personlig ass enl LSS", "Personlig assistans enligt LSS"),
        ("267 - Alkohol tillstånd mm", "267 – Alkoholtillstånd"),
    ],
)
def test_a_line_goes_on_however_it_is_printed(one, other):
    assert len(set(lines(report("a", 2019, [amount(one, 1)]), report("b", 2020, [amount(other, 2)])))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HVB unga", "HVB vuxna"),
        ("575 - Ekonomiskt bistånd", "Ekonomiskt bistånd"),
        ("569 - Barnvård", "571 - Barnvård"),
    ],
)
def test_other_lines_and_other_accounts_do_not(one, other):
    assert len(set(lines(report("a", 2019, [amount(one, 1)]), report("b", 2020, [amount(other, 2)])))) == 2


def test_a_total_of_investments_is_none_of_the_operations():
    drift = amount("Summa", 1, table_title="Driftsammandrag")
    investments = amount("Summa", 2, table_title="Investeringar", table=2)
    assert len(set(lines(report("a", 2019, [drift, investments])))) == 2


def test_one_label_under_two_parents_is_two_lines_where_the_amounts_differ():
    parts = [amount("varav dygn", value, parent=parent) for parent, value in (("Unga", 254), ("Vuxna", 51))]
    assert len(set(lines(report("a", 2019, parts)))) == 2
    one = report("a", 2019, [amount("Familjehem", 1, parent="Förslag inom ram")])
    assert len(set(lines(one, report("b", 2020, [amount("Familjehem", 2, parent="Individomsorg")])))) == 1


def test_plan_budget_and_outcome_stand_side_by_side_in_sek(tmp_path):
    first = report("a", 2019, [amount("Socialpsykiatri", 215_000, kind="plan", period="2020")])
    second = report("b", 2020, [amount("Socialpsykiatri", 222_000, period="2020")])
    last = report(
        "c",
        2021,
        [amount("Socialpsykiatri", 221.5, unit="mnkr", amount_sek=221_500_000, kind="outcome", period="2020")],
    )
    write_corpus(tmp_path / "corpus.sqlite", [first, second, last], Provenance("", ""))
    with sqlite3.connect(tmp_path / "corpus.sqlite") as db:
        found = db.execute("select plan_sek, budget_sek, outcome_sek, outcome_less_budget_sek from budget_outcomes")
        assert found.fetchall() == [(215e6, 222e6, 221.5e6, -0.5e6)]


def test_amounts_that_differ_by_rounding_are_no_revision(tmp_path):
    def stated(name, year, value, unit, raw, sek):
        return report(name, year, [amount("Vård", value, unit=unit, raw=raw, amount_sek=sek, period="2019")])

    exact = stated("a", 2019, 1_478_431, "tkr", "1 478 431", 1_478_431_000)
    rounded = stated("b", 2020, 1478, "mnkr", "1 478", 1_478_000_000)
    other = stated("c", 2021, 1480, "mnkr", "1 480", 1_480_000_000)
    for reports, revisions in (((exact, rounded), 0), ((exact, other), 1)):
        path = tmp_path / "corpus.sqlite"
        write_corpus(path, reports, Provenance("", ""))
        with sqlite3.connect(path) as db:
            assert db.execute("select count(*) from budget_revisions").fetchone() == (revisions,)


def test_income_printed_with_either_sign_can_be_compared(tmp_path):
    reports = [report("a", 2019, [amount("varav intäkter", 181)]), report("b", 2020, [amount("varav intäkter", -181)])]
    write_corpus(tmp_path / "corpus.sqlite", reports, Provenance("", ""))
    with sqlite3.connect(tmp_path / "corpus.sqlite") as db:
        assert db.execute("select comparable_sek from budget_statements").fetchall() == [(181_000,)] * 2
        assert db.execute("select count(*) from budget_revisions").fetchone() == (0,)


def test_one_label_in_two_tables_is_two_lines_where_the_amounts_are_quite_others():
    frame = amount("Socialnämnden", 282_792, table_title="Ramar 2027")
    change = amount("Socialnämnden", -427, table_title="Förändring av ramar 2027", table=2)
    assert len(set(lines(report("a", 2027, [frame, change])))) == 2
    rounded = amount("Socialnämnden", -283, table_title="Sammandrag", table=2, amount_sek=-283_000_000)
    whole = frame.model_copy(update={"amount_sek": 282_792_000})
    assert len(set(lines(report("a", 2027, [whole, rounded])))) == 1


def test_a_line_goes_on_under_another_title():
    both = [amount("Vård", 900, table_title="Ramar"), amount("Vård", 7, table_title="Ändringar", table=2)]
    later = report("b", 2020, [amount("Vård", 950, table_title="Driftsammandrag", period="2020")])
    found = identify_lines([report("a", 2019, both), later], read_committees(None, []))
    ids = {(document, table): line for (document, table, *_), line in found.items()}
    assert ids["b", 1] == ids["a", 1] != ids["a", 2]
