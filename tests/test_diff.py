import pytest
from reports import goal, indicator, make_result

from namndata.run.provenance import Provenance
from namndata.store.diff import compare_corpora
from namndata.store.write import write_corpus
from schema.printed import ReportFacts

FACTS = ReportFacts("Internbudget 2019", fiscal_year=2019, document_type="internbudget")


@pytest.fixture
def compare(tmp_path):
    def run(old, new):
        for name, values in (("old", old), ("new", new)):
            goals = tuple(goal(value) for value in values if isinstance(value, str))
            indicators = tuple(value for value in values if not isinstance(value, str))
            result = make_result("rapport", FACTS, indicator_values=indicators, goals=goals)
            write_corpus(tmp_path / name, [result], Provenance(name, name))
        return compare_corpora(tmp_path / "old", tmp_path / "new").get("rapport", [])

    return run


def test_equal_corpora_differ_in_nothing(compare):
    assert compare([indicator(), "Trygg vård"], [indicator(), "Trygg vård"]) == []


def test_a_moved_row_is_no_difference(compare):
    assert compare([indicator(row=1)], [indicator(row=2, page=9)]) == []


def test_a_changed_value_says_what_it_was_and_is(compare):
    [line] = compare([indicator(value=71.0)], [indicator(value=72.0)])
    assert line.startswith("changed")
    assert "Andel trygga barn" in line
    assert "71.0 → 72.0" in line


def test_values_that_came_and_went_are_told_apart(compare):
    came = compare([], [indicator(), "Trygg vård"])
    gone = compare([indicator(), "Trygg vård"], [])
    assert [line.split()[0] for line in came] == ["appeared", "appeared"]
    assert [line.split()[0] for line in gone] == ["vanished", "vanished"]


def test_the_second_of_two_equal_values_is_missed(compare):
    assert len(compare([indicator(), indicator()], [indicator()])) == 1
