import json
from dataclasses import replace

import pytest
from reports import goal, indicator, make_result

from namndata.language.chosen import choose
from namndata.run.provenance import Provenance
from namndata.store.diff import LEAST_SAME, Change, Difference, compare_corpora, find_renamed
from namndata.store.diff_shown import as_json, as_markdown, as_text
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
        found = compare_corpora(tmp_path / "old", tmp_path / "new").changes.get("rapport", ())
        return [change.line() for change in found]

    return run


def test_equal_corpora_differ_in_nothing(compare):
    assert compare([indicator(), "Trygg vård"], [indicator(), "Trygg vård"]) == []


def test_a_moved_row_is_no_difference(compare):
    assert compare([indicator(row=1)], [indicator(row=2, page=9)]) == []


def test_a_changed_value_says_what_it_was_and_is(compare):
    [line] = compare([indicator(value=71.0)], [indicator(value=72.0)])
    assert line.startswith("changed")
    assert "Andel trygga barn" in line
    assert "71 → 72" in line


def test_a_whole_number_has_no_decimal_and_nothing_is_a_dash(compare):
    [line] = compare([indicator(value=152500.0)], [indicator(value=152500.5, upper=160000.0)])
    assert "value 152500 → 152500.5" in line and "None" not in line and ".0 " not in line


def test_the_kind_of_a_value_is_in_the_language_of_the_terminal():
    change = Change("changed", "indicator_values", "Utfall | outcome | 2017", "value 2 → 3")
    difference = Difference(changes={"a": (change,)})
    choose(["--lang", "sv"], {})
    try:
        assert "Utfall | utfall | 2017" in [*as_text(difference, 9)][-1]
    finally:
        choose(["--lang", "en"], {})
    assert "Utfall | outcome | 2017" in [*as_text(difference, 9)][-1]


def test_values_that_came_and_went_are_told_apart(compare):
    came = compare([], [indicator(), "Trygg vård"])
    gone = compare([indicator(), "Trygg vård"], [])
    assert [line.split()[0] for line in came] == ["appeared", "appeared"]
    assert [line.split()[0] for line in gone] == ["vanished", "vanished"]


def test_the_second_of_two_equal_values_is_missed(compare):
    assert len(compare([indicator(), indicator()], [indicator()])) == 1


def report(name, share=71.0, file=""):
    result = make_result(name, FACTS, indicator_values=(indicator(value=share),))
    return replace(result, source=replace(result.source, sha256=file or result.source.sha256))


@pytest.fixture
def difference(tmp_path):
    """Of two corpora: one report is gone, one new, one renamed, one renamed and read otherwise, one changed."""
    old = [report("borta"), report("före", file="f"), report("annat", file="g"), report("samma"), report("rapport")]
    new = [report("efter", file="f"), report("något", 72.0, file="g"), report("samma"), report("rapport", 73.0)]
    for name, results in (("old", old), ("new", [*new, report("ny")])):
        write_corpus(tmp_path / name, results, Provenance(name, name))
    return compare_corpora(tmp_path / "old", tmp_path / "new")


def test_a_renamed_report_is_told_as_renamed_and_compared(difference):
    assert (difference.new, difference.gone) == (("ny",), ("borta",))
    assert difference.renamed == {"före": "efter", "annat": "något"}
    assert difference.changed == ("något", "rapport")
    assert [change.said for change in difference.changes["något"]] == ["value 71 → 72"]


def test_files_held_twice_are_renamed_once_each():
    assert find_renamed({"a": "x", "b": "x", "c": "y"}, {"d": "x", "c": "y"}) == {"a": "d"}
    assert find_renamed({"a": "x", "b": "x"}, {"d": "x", "c": "x"}) == {"a": "c", "b": "d"}


def test_text_opens_with_reports_then_counts_then_values(difference):
    lines = list(as_text(difference, 50))
    assert [line.split()[0] for line in lines[:4]] == ["New", "Gone", "Renamed", "Changed"]
    assert lines[2] == "Renamed   2: annat → något, före → efter"
    assert lines[4].split() == ["indicator_values", "2", "changed,", "0", "vanished,", "0", "appeared"]
    assert lines[6] == "något"


def test_json_holds_every_change(difference):
    read = json.loads(as_json(difference))
    assert read["counts"] == {"indicator_values": {"changed": 2, "vanished": 0, "appeared": 0}}
    assert read["renamed"] == {"annat": "något", "före": "efter"}
    assert read["changes"]["rapport"][0]["said"] == "value 71 → 73"


def test_a_hostile_name_is_one_cell_of_markdown(difference):
    [change] = difference.changes["rapport"]
    hostile = replace(difference, changes={"<b>|x": (replace(change, name="a|b\n# <script>"),)})
    lines = list(as_markdown(hostile, 50))
    assert "### \\<b\\>\\|x" in lines
    assert "| a\\|b \\# \\<script\\> | changed | value 71 → 73 |" in lines


def test_a_report_that_was_saved_again_under_another_name_is_renamed_by_what_it_says(tmp_path):
    values = tuple(indicator(indicator=f"Nyckeltal {number}") for number in range(LEAST_SAME))
    for name, document in (("old", "a"), ("new", "b")):
        result = make_result(document, FACTS, indicator_values=values)
        result = replace(result, source=replace(result.source, sha256=document))
        write_corpus(tmp_path / name, [result], Provenance(name, name))
    found = compare_corpora(tmp_path / "old", tmp_path / "new")
    assert (found.renamed, found.new, found.gone, found.changes) == ({"a": "b"}, (), (), {})


def test_a_report_that_was_moved_to_another_folder_has_another_path_and_no_more(tmp_path):
    for name, path in (("old", "2020/a.txt"), ("new", "2021/a.txt")):
        result = report("a")
        result = replace(result, source=replace(result.source, path=path))
        write_corpus(tmp_path / name, [result], Provenance(name, name))
    found = compare_corpora(tmp_path / "old", tmp_path / "new")
    assert [change.line() for change in found.changes["a"]] == ["changed   documents: path '2020/a.txt' → '2021/a.txt'"]


def test_a_page_of_markdown_is_swedish_with_decimal_commas_but_for_what_is_printed(difference):
    [change] = difference.changes["rapport"]
    told = replace(change, name="Utfall | outcome", said="value 1.5 → 2.25, raw '1.5' → '2.25'")
    choose(["--lang", "sv"], {})
    try:
        lines = list(as_markdown(replace(difference, changes={"a": (told, told)}), 1))
    finally:
        choose(["--lang", "en"], {})
    assert lines[1] == "**Nya** (1): ny"
    assert "| tabell | ändrad | försvann | tillkom |" in lines and "| indicator_values | vad | värde |" in lines
    assert "| Utfall \\| utfall | ändrad | value 1,5 → 2,25, raw '1.5' → '2.25' |" in lines
    assert lines[-1] == "… och 1 till"
