"""Pairs of names that a person judged before the rules were made: no look-alike joins, most of the others do."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from reports import indicator, make_result

from namndata.identity.series import identify_indicators
from schema.printed import ReportFacts

JUDGED = Path(__file__).with_name("judged_names.tsv")


def read_pairs():
    lines = (line for line in JUDGED.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def figures_of(text):
    """Return the figure of each year."""
    return {year: float(value) for year, value in (each.split("=") for each in text.split())}


def report_of(document, year, name, figures, pair):
    """Return a report that prints one name with its outcomes."""
    facts = ReportFacts("", "Vinterby kommun", "Nämnden", "verksamhetsberättelse", year)
    common = {"indicator": name, "unit": pair["unit"] or None, "committee_goal": pair["goal"] or None}
    values = tuple(
        indicator(**common, period=period, value=value, raw=f"{value:g}") for period, value in figures.items()
    )
    return replace(make_result(document, facts), records=values)


def judge(pair):
    """Return what becomes of a pair: joined, proposed or apart; and the names' rows."""
    found = identify_indicators(
        [
            report_of("a", 2019, pair["one"], figures_of(pair["one_figures"]), pair),
            report_of("b", 2021, pair["other"], figures_of(pair["other_figures"]), pair),
        ]
    )
    ids = {row["indicator_id"] for row in found.names}
    return ("joined" if len(ids) == 1 else "proposed" if found.proposals else "apart"), found.names


@pytest.mark.parametrize("pair", [pair for pair in read_pairs() if pair["same"] == "0"], ids=lambda pair: pair["other"])
def test_look_alikes_stay_apart_whatever_figures_they_share(pair):
    assert judge(pair)[0] != "joined"


def test_most_pairs_that_are_one_join_and_the_rest_is_proposed():
    found = [judge(pair)[0] for pair in read_pairs() if pair["same"] == "1"]
    assert found.count("joined") >= 0.8 * len(found)
    assert "apart" not in found


def test_a_join_that_figures_alone_bear_out_has_a_lower_score():
    pairs = {pair["other"]: judge(pair)[1] for pair in read_pairs() if pair["same"] == "1"}
    scores = {other: min(row["score"] for row in names) for other, names in pairs.items()}
    assert scores["Extern personalomsättning"] == 1.0
    assert scores["Museibesökare, antal"] < 0.9
