import copy
import json

import pytest
from reports import amount, goal, indicator, make_result

from namndata.errors import UsageError
from namndata.evaluate.corpus import evaluate_corpus
from namndata.evaluate.floors import FLOORS, write_floors
from namndata.run.provenance import Provenance
from namndata.store.write import write_corpus
from schema.printed import ReportFacts
from schema.records import Assignment

PART = {"breakdown": None, "value": 71.0, "upper": None, "comparator": None, "unit": "%", "direction": None}
CELL = {"column": "2019", "kind": "outcome", "period": "2019", "raw": "71 %", "footnotes": []}
GOLD = {
    "indicators": [
        {
            "category": "indicator",
            "goal_area": None,
            "municipal_goal": None,
            "committee_goal": None,
            "indicator": "Andel trygga barn",
            "parent": None,
            "values": [{**CELL, "parts": [{**PART, "status": "reported", "period": None}]}],
        }
    ],
    "budget_lines": [
        {
            "table": "Drift",
            "line": "Boende",
            "parent": None,
            "is_total": False,
            "unit": "tkr",
            "values": [{"column": "Budget 2019", "kind": "budget", "period": "2019", "raw": "2,5", "value": 2.5}],
        }
    ],
    "assignments": [{"scope": "all_committees", "number": "1", "text": "Minska resorna", "status": None}],
    "goals": [{"goal_area": None, "municipal_goal": None, "committee_goal": "Trygg vård", "assessment": "Uppnås"}],
}
PERFECT = {
    "indicator_values": (indicator(column_period="2019", unit="%"),),
    "budget_values": (amount("Boende", 2.5, row=1),),
    "assignments": (Assignment(scope="all_committees", number="1", text="Minska resorna"),),
    "goals": (goal("Trygg vård", assessment="Uppnås"),),
}


@pytest.fixture
def evaluate(tmp_path):
    def run(gold=GOLD, **changes):
        result = make_result("rapport", ReportFacts(), **{**PERFECT, **changes})
        write_corpus(tmp_path / "corpus.sqlite", [result], Provenance("1", "1"))
        (tmp_path / "gold").mkdir(exist_ok=True)
        (tmp_path / "gold" / "rapport.json").write_text(json.dumps(gold), encoding="utf-8")
        return evaluate_corpus(tmp_path / "corpus.sqlite", tmp_path / "gold")

    return run


def scores(report):
    return {score.name: (score.wanted, score.found, score.right) for score in report.scores}


def test_a_perfect_corpus_scores_one_in_everything(evaluate):
    report = evaluate()
    assert {score.f1 for score in report.scores} == {1.0}
    assert scores(report)["cells"] == scores(report)["values"] == scores(report)["budget"] == (1, 1, 1)
    assert not report.has_failed


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"raw": "72 %"}, {"cells"}),
        ({"value": 72.0}, {"values"}),
        ({"kind": "target"}, {"cells", "values"}),
        ({"indicator": "Antal besök"}, {"cells", "values"}),
        ({"unit": None}, {"values: unit"}),
        ({"goal_area": "Samhälle"}, {"cells: goal_area"}),
    ],
)
def test_each_fault_lowers_its_own_score(evaluate, fields, wrong):
    values = {"column_period": "2019", "unit": "%", **fields}
    report = evaluate(indicator_values=(indicator(**values),))
    assert {score.name for score in report.scores if score.f1 < 1} == wrong


def test_a_label_broken_otherwise_is_the_same_label(evaluate):
    value = indicator(indicator="Andel trygga bar- n", column_period="2019", unit="%")
    assert {score.f1 for score in evaluate(indicator_values=(value,)).scores} == {1.0}


def test_missing_and_extra_records_are_named(evaluate):
    report = evaluate(budget_values=(amount("Familjehem", 9, row=1),))
    [budget] = [score for score in report.scores if score.name == "budget"]
    assert (budget.precision, budget.recall) == (0, 0)
    assert [error.split()[0] for error in budget.errors] == ["missing", "extra"]


def test_a_record_is_used_for_one_gold_record_only(evaluate):
    gold = copy.deepcopy(GOLD)
    gold["assignments"] *= 2
    assert scores(evaluate(gold))["assignments"] == (2, 1, 1)


def test_floors_rise_and_never_fall(evaluate, tmp_path):
    gold = tmp_path / "gold"
    write_floors(gold, evaluate().scores)
    before = json.loads((gold / FLOORS).read_text())
    worse = evaluate(goals=())
    assert [score.name for score in worse.scores if score.is_below_floor] == ["goals"]
    assert worse.has_failed
    write_floors(gold, worse.scores)
    assert json.loads((gold / FLOORS).read_text()) == before


def test_gold_without_a_document_fails(evaluate, tmp_path):
    evaluate()
    (tmp_path / "gold" / "other.json").write_text(json.dumps(GOLD))
    report = evaluate_corpus(tmp_path / "corpus.sqlite", tmp_path / "gold")
    assert report.unmatched == ("other",)
    assert report.has_failed


def test_a_folder_without_gold_is_said_in_one_line(evaluate, tmp_path):
    evaluate()
    with pytest.raises(UsageError, match="no gold"):
        evaluate_corpus(tmp_path / "corpus.sqlite", tmp_path)


def test_gold_that_allows_two_readings_takes_either(evaluate):
    gold = copy.deepcopy(GOLD)
    for line in gold["budget_lines"]:
        for cell in line["values"]:
            cell["kind"] = f"effect|{cell['kind']}"
    assert scores(evaluate(gold))["budget"] == (1, 1, 1)
