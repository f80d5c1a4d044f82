"""One report in several files: renditions say the same, editions do not."""

from dataclasses import replace

import pytest
from reports import indicator, make_result

from namndata.identity.renditions import find_standings
from schema.printed import ReportFacts

FACTS = ReportFacts(
    municipality="Linköpings kommun", committee="Socialnämnden", document_type="delårsrapport", fiscal_year=2023
)


def file(document, *, changed=0, shown=100, media_type="application/pdf", raw="", facts=FACTS):
    """Return a file with many figures, the first of which differ from other files'."""
    values = tuple(
        indicator(indicator=f"Mått {n}", row=n, value=n + (0.5 if n < changed else 0), raw=raw or f"{n} {n < changed}")
        for n in range(shown)
    )
    result = make_result(document, facts, indicator_values=values)
    return replace(result, source=replace(result.source, media_type=media_type))


def standings(*results):
    """Return rendition_of and edition_of by document."""
    return {name: (each.rendition_of, each.edition_of) for name, each in find_standings(results).items()}


def test_the_same_figures_twice_are_one_report_and_pages_are_preferred():
    text = replace(file("a", media_type="text/plain"), number_of_pages=None)
    assert standings(text, file("b")) == {"a": ("b", None), "b": (None, None)}


def test_one_changed_figure_makes_an_edition():
    assert standings(file("rapport v9", changed=1), file("rapport v10")) == {
        "rapport v9": (None, "rapport v10"),
        "rapport v10": (None, None),
    }


def test_a_text_may_be_misread_in_a_few_places():
    text = {"media_type": "text/plain"}
    assert standings(file("a"), file("b", changed=2, **text))["b"] == ("a", None)
    assert standings(file("a"), file("b", changed=9, **text))["a"] == (None, "b")


def test_a_number_broken_by_a_narrow_column_is_no_change():
    assert standings(file("a", changed=3, raw="129 2"), file("b", raw="1292"))["b"] == ("a", None)


@pytest.mark.parametrize(
    "other",
    [
        file("b", changed=60),
        file("b", facts=replace(FACTS, fiscal_year=2022)),
        file("b", facts=replace(FACTS, committee="Äldrenämnden")),
        file("b", shown=3),
    ],
)
def test_another_report_is_another_report(other):
    assert set(standings(file("a"), other).values()) == {(None, None)}


def test_three_files_of_two_editions_count_once():
    files = file("v1"), file("v2", changed=1), file("v2 text", changed=1, media_type="text/plain")
    found = find_standings(files)
    assert [name for name, each in found.items() if not (each.rendition_of or each.edition_of)] == ["v2"]
    assert [each.number for each in found.values()] == [1, 2, 2]
