"""Which rows of different reports are one indicator, what is proposed, and what people decide."""

import csv
import sqlite3
from dataclasses import replace

import pytest
from reports import indicator, make_result

from namndata.errors import NamndataError
from namndata.identity.crosswalk import Decision, read_crosswalk, write_crosswalk
from namndata.identity.decide import Word, find_proposal, read_proposals, write_decision
from namndata.identity.lineage import is_part_of
from namndata.identity.series import identify_indicators
from namndata.identity.sightings import Label
from namndata.run.provenance import Provenance
from namndata.store.write import write_corpus
from schema.printed import ReportFacts
from schema.records import IndicatorValue

BOARD = "Social- och omsorgsnämnden"


def report(document, year, rows, *, committee=BOARD, municipality="Linköpings kommun", title="Indikatorer"):
    """Return a report; each row is a label, or parent and label, and its outcomes by year, and may name a goal."""
    values = []
    for number, (label, outcomes, *goal) in enumerate(rows):
        parent, name = label if isinstance(label, tuple) else (None, label)
        for period, value in outcomes.items():
            values.append(
                indicator(
                    indicator=name,
                    parent=parent,
                    row=number,
                    period=period,
                    value=value,
                    raw=str(value),
                    table_title=title,
                    committee_goal=goal[0] if goal else None,
                )
            )
    facts = ReportFacts("", municipality, committee, "verksamhetsberättelse", year)
    return make_result(document, facts, indicator_values=tuple(values))


def ids(*results, corpus=None):
    """Return the indicator of each label by document."""
    found = identify_indicators(results, corpus)
    return {(row["document"], row["parent"], row["name"]): row["indicator_id"] for row in found.names}


def proposed(*results):
    """Return the pairs of names that are proposed."""
    rows = identify_indicators(results).proposals
    return {frozenset((row["name"], row["candidate_name"])) for row in rows}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Total sjukfrånvaro (%)", "*Total sjukfrånvaro, %"),
        ("Beläggningsgrad boende", "Beläggningsgradboende"),
        ("Andel nöjda brukare i brukarenkäten", "Andel nöjd brukare i brukarenkät"),
        ("Placerade hela åk 9", "Placerade hela årskurs 9"),
    ],
)
def test_names_that_differ_in_printing_alone_are_one_indicator(one, other):
    found = ids(report("a", 2019, [(one, {"2018": 5.3})]), report("b", 2020, [(other, {"2018": 6.6})]))
    assert len(set(found.values())) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Behöriga elever i åk 6, andel", "Behöriga elever i åk 9, andel"),
        ("Ej återaktualiserade barn 0-12 år", "Ej återaktualiserade barn 13-20 år"),
        ("Utredningar inom 60 dagar", "Utredningar inom 120 dagar"),
        ("Placerade del av årskurs 9", "Placerade hela årskurs 9"),
        ("Antal heltidsanställningar", "Andel heltidsanställningar"),
        ("Pågående ärenden LSS", "Pågående ärenden SoL"),
        ("Pågående ärenden barn", "Pågående ärenden vuxna"),
        ("Trygga kvinnor i kommunen", "Trygga män i kommunen"),
        ("Ej verkställda beslut om boende", "Verkställda beslut om boende"),
    ],
)
def test_look_alikes_are_neither_joined_nor_proposed_even_where_their_figures_agree(one, other):
    figures = {"2017": 41.59, "2018": 25.06}
    reports = report("a", 2019, [(one, figures)]), report("b", 2020, [(other, figures)])
    assert len(set(ids(*reports).values())) == 2
    assert not proposed(*reports)
    [veto] = identify_indicators(reports).vetoes
    assert veto["vetoes"]


def test_equal_figures_carry_names_that_are_hardly_alike():
    reworded = "Placerade barns andel med avslutad gymnasieutbildning", "Andelen placerade som avslutat gymnasium"
    with_figures = [report(name, 2019 + n, [(reworded[n], {"2016": 41.5})]) for n, name in enumerate("ab")]
    without = [report(name, 2019 + n, [(reworded[n], {str(2016 + n): 41.59 + n})]) for n, name in enumerate("ab")]
    assert proposed(*with_figures) == {frozenset(reworded)}
    assert not proposed(*without)


def test_a_name_in_one_report_for_two_things_is_two_indicators_and_the_next_year_finds_its_own():
    first = report(
        "a", 2019, [("Nöjda", {"2017": 85, "2018": 87}, "Bemötande"), ("Nöjda", {"2017": 60, "2018": 62}, "Insats")]
    )
    second = report("b", 2020, [("Nöjda", {"2018": 62, "2019": 64}, "Insats")])
    rows = identify_indicators([first, second]).ids
    by_row = {(document, row): name for (document, _, row, _, _), name in rows.items()}
    assert by_row["a", 0] != by_row["a", 1] == by_row["b", 0]


def test_a_namesake_that_fits_neither_joins_none():
    first = report("a", 2019, [("Nöjda", {"2018": 85}), ("Nöjda", {"2018": 60})])
    rows = identify_indicators([first, report("b", 2020, [("Nöjda", {"2019": 70})])]).ids
    assert len(set(rows.values())) == 3


def test_a_series_goes_on_in_the_committee_that_took_over():
    old = report("a", 2018, [("Akutbostäder", {"2017": 98})], committee="Socialnämnden")
    new = report("b", 2019, [("Akutbostäder", {"2018": 99})])
    assert len(set(ids(old, new).values())) == 1
    elsewhere = report("b", 2019, [("Akutbostäder", {"2018": 99})], committee="Äldrenämnden")
    assert len(set(ids(old, elsewhere).values())) == 2


def test_where_two_committees_became_one_nobody_is_taken_for_the_whole():
    olds = [
        report(name, 2018, [("Total sjukfrånvaro", {"2017": value})], committee=committee)
        for name, committee, value in (("a", "Socialnämnden", 5.1), ("b", "Omsorgsnämnden", 6.2))
    ]
    found = ids(*olds, report("c", 2019, [("Total sjukfrånvaro", {"2018": 5.9})]))
    assert len(set(found.values())) == 3


def test_two_municipalities_never_meet():
    reports = [
        report(name, 2019, [("Total sjukfrånvaro", {"2018": 5.37})], municipality=town)
        for name, town in (("a", "Linköpings kommun"), ("b", "Norrköpings kommun"))
    ]
    assert len(set(ids(*reports).values())) == 2
    assert not proposed(*reports)


def test_sub_rows_by_sex_are_one_breakdown_whatever_the_word():
    rows = [("Sjukfrånvaro", {"2018": 5.0}), (("Sjukfrånvaro", "varav flickor"), {"2018": 6.0})]
    others = [("Sjukfrånvaro (%)", {"2019": 5.1}), (("Sjukfrånvaro (%)", "Kvinnor"), {"2019": 6.1})]
    found = ids(report("a", 2019, rows), report("b", 2020, others))
    assert found["a", "Sjukfrånvaro", "varav flickor"] == found["b", "Sjukfrånvaro (%)", "Kvinnor"]
    assert found["a", None, "Sjukfrånvaro"] + "/kvinnor" == found["a", "Sjukfrånvaro", "varav flickor"]


def test_a_row_that_all_others_of_a_table_stand_under_is_a_heading():
    rows = [
        ("Redovisning", {"2018": 1}),
        *((("Redovisning", name), {"2018": 7}) for name in ("Ärenden", "Beslut", "Besök")),
    ]
    found = ids(report("a", 2019, rows), report("b", 2020, [("Beslut", {"2019": 8})]))
    assert found["a", "Redovisning", "Beslut"] == found["b", None, "Beslut"]
    parts = ids(report("a", 2019, [*rows, ("Annat", {"2018": 2})]), report("b", 2020, [("Beslut", {"2019": 8})]))
    assert parts["a", "Redovisning", "Beslut"] != parts["b", None, "Beslut"]


def decided(tmp_path, *decisions):
    write_crosswalk(tmp_path / "crosswalk.csv", decisions)
    return tmp_path


def test_a_decision_joins_two_names_and_shows_in_the_names(tmp_path):
    reports = (
        report("a", 2019, [("Ökat antal SIP", {"2018": 4})]),
        report("b", 2020, [("Samordnade planer", {"2019": 9})]),
    )
    target = ids(*reports)["a", None, "Ökat antal SIP"]
    corpus = decided(tmp_path, Decision("Samordnade planer", BOARD, target, "reworded", "AB", "2026-01-01"))
    found = identify_indicators(reports, corpus)
    assert {row["indicator_id"] for row in found.names} == {target}
    [row] = [row for row in found.names if row["reviewed"]]
    assert (row["name"], row["method"], row["relation"]) == ("Samordnade planer", "decision", "reworded")


def test_a_rejection_undoes_a_join_by_name_and_is_not_proposed_again(tmp_path):
    reports = report("a", 2019, [("Nöjda", {"2018": 41.59})]), report("b", 2020, [("Nöjda", {"2018": 41.59})])
    target = ids(*reports)["a", None, "Nöjda"]
    corpus = decided(tmp_path, Decision("Nöjda", "", target, "not_same", document="b"))
    found = identify_indicators(reports, corpus)
    assert len({row["indicator_id"] for row in found.names}) == 2
    assert not found.proposals


def test_a_changed_definition_is_a_new_indicator_with_a_link(tmp_path):
    reports = (
        report("a", 2019, [("Mertid och övertid", {"2018": 0.3})]),
        report("b", 2020, [("Övertid", {"2018": 0.3})]),
    )
    old = ids(*reports)["a", None, "Mertid och övertid"]
    corpus = decided(tmp_path, Decision("Övertid", BOARD, "övertid", "split", related_to=old))
    [row] = [row for row in identify_indicators(reports, corpus).indicators if row["indicator_id"] == "övertid"]
    assert (row["relation"], row["related_to"]) == ("split", old)


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision("Inget sådant", BOARD, "x"), "“Inget sådant” of Social- och omsorgsnämnden is no name"),
        (Decision("Nöjda", "", "y", "split", related_to="okänd"), "okänd, which is no indicator"),
    ],
)
def test_a_decision_that_points_to_nothing_ends_the_run(tmp_path, decision, said):
    with pytest.raises(NamndataError, match=said):
        identify_indicators([report("a", 2019, [("Nöjda", {"2018": 4})])], decided(tmp_path, decision))


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";")], ids=["plain", "excel", "windows"]
)
def test_decisions_are_read_as_excel_saves_them(tmp_path, encoding, delimiter):
    text = "name,indicator_id,relation\nNöjda besökare på kvällen,nöjda,same\n".replace(",", delimiter)
    (tmp_path / "crosswalk.csv").write_text(text, encoding=encoding)
    (decision,) = read_crosswalk(tmp_path / "crosswalk.csv")
    assert (decision.name, decision.indicator_id, decision.relation) == ("Nöjda besökare på kvällen", "nöjda", "same")


@pytest.mark.parametrize("line", ["Nöjda,x,lika", "Nöjda,,same", "Nöjda,x,merged"])
def test_a_line_that_is_no_decision_ends_the_run(tmp_path, line):
    path = tmp_path / "crosswalk.csv"
    path.write_text(f"name,indicator_id,relation\n{line}\n", encoding="utf-8")
    with pytest.raises(NamndataError, match="line 2"):
        read_crosswalk(path)


def test_a_proposal_that_is_accepted_joins_and_fixes_the_id(tmp_path):
    reports = (
        report("a", 2019, [("Kötid till särskilt boende", {"2018": 10.8})]),
        report("b", 2020, [("Väntetid till särskilt boende", {"2018": 10.8})]),
    )
    database = tmp_path / "corpus.sqlite"
    write_corpus(database, reports, Provenance("", ""))
    [pair] = read_proposals(database)
    write_decision(tmp_path, find_proposal([pair], pair.proposal[:4]), Word("reworded", "AB", "2026-01-01"))
    older = report("c", 2015, [("Kötid  till särskilt boende (%)", {"2014": 8.0})])
    found = identify_indicators([older, *reports], tmp_path)
    assert {row["indicator_id"] for row in found.names} == {pair.candidate_indicator_id}
    with (tmp_path / "crosswalk.csv").open(encoding="utf-8", newline="") as file:
        assert {row["relation"] for row in csv.DictReader(file)} == {"reworded", "same"}


def test_two_decisions_from_one_list_of_proposals_add_up(tmp_path):
    names = (
        "Placerade som gått ut gymnasiet",
        "Placerade barn som gått ut gymnasiet",
        "Placerade barn som gått ut högstadiet",
    )
    reports = [report(letter, 2019 + n, [(names[n], {"2018": 41.5})]) for n, letter in enumerate("abc")]
    database = tmp_path / "corpus.sqlite"
    write_corpus(database, reports, Provenance("", ""))
    found = ids(*reports)
    first, second, third = (found[letter, None, name] for letter, name in zip("abc", names, strict=True))
    pairs = {(pair.indicator_id, pair.candidate_indicator_id): pair for pair in read_proposals(database)}
    for pair in ((second, first), (third, second)):
        write_decision(tmp_path, pairs[pair], Word("same", "AB", "2026-01-01"))
    assert set(ids(*reports, corpus=tmp_path).values()) == {first}


def test_a_share_and_a_number_of_days_are_two_indicators_of_one_name():
    def stated(name, year, unit):
        result = report(name, year, [("Sjukfrånvaro", {str(year): 5.0})])
        values = tuple(value.model_copy(update={"unit": unit}) for value in result.records_of(IndicatorValue))
        return replace(result, records=values)

    assert len(set(ids(stated("a", 2019, "%"), stated("b", 2020, "dagar")).values())) == 2
    assert len(set(ids(stated("a", 2019, "%"), stated("b", 2020, None)).values())) == 1
    children = report("b", 2020, [("Sjukfrånvaro", {"2020": 2258.0})])
    bare = replace(
        children,
        records=tuple(value.model_copy(update={"unit": None}) for value in children.records_of(IndicatorValue)),
    )
    assert len(set(ids(stated("a", 2019, "%"), bare).values())) == 2


def test_the_order_of_the_reports_changes_nothing():
    reports = [
        report(name, 2019 + n, [("Nöjda", {"2018": 40 + n}), ("Trygga", {"2018": n})]) for n, name in enumerate("abc")
    ]
    assert identify_indicators(reports) == identify_indicators(reports[::-1])


def series(tmp_path, *results):
    """Write a corpus and open it."""
    write_corpus(tmp_path / "corpus.sqlite", results, Provenance("", ""))
    db = sqlite3.connect(tmp_path / "corpus.sqlite")
    db.row_factory = sqlite3.Row
    return db


def test_series_take_the_newest_report_and_revisions_keep_the_rest(tmp_path):
    rows = [("Sjukfrånvaro", {"2017": 4.9, "2018": 5.3})]
    db = series(tmp_path, report("a", 2019, rows), report("b", 2020, [("Sjukfrånvaro", {"2017": 4.9, "2018": 6.6})]))
    assert [row["value"] for row in db.execute("select value from indicator_series order by period")] == [4.9, 6.6]
    [row] = db.execute("select * from indicator_revisions")
    assert (row["period"], row["oldest_value"], row["newest_value"]) == ("2018", 5.3, 6.6)


def test_a_value_that_a_newer_report_calls_missing_is_withdrawn(tmp_path):
    newer = report("b", 2020, [("Sjukfrånvaro", {"2018": 1.0})])
    [value] = newer.records_of(IndicatorValue)
    gone = value.model_copy(update={"value": None, "raw": "uppgift saknas", "status": "missing"})
    db = series(tmp_path, report("a", 2019, [("Sjukfrånvaro", {"2018": 5.3})]), replace(newer, records=(gone,)))
    [row] = db.execute("select oldest_value, newest_value, newest_raw, is_withdrawn from indicator_revisions")
    assert tuple(row) == (5.3, None, "uppgift saknas", 1)
    assert [row["value"] for row in db.execute("select value from indicator_series")] == [5.3]


def test_a_cell_and_a_sub_row_of_one_sex_are_one_series(tmp_path):
    in_cell = make_result(
        "a",
        ReportFacts("", "Linköpings kommun", BOARD, "verksamhetsberättelse", 2019),
        indicator_values=(indicator(indicator="Nöjda", breakdown="K", value=69, raw="67% K-69%", period="2018"),),
    )
    rows = [("Nöjda", {"2019": 70}), (("Nöjda", "Kvinnor"), {"2019": 72})]
    db = series(tmp_path, in_cell, report("b", 2020, rows))
    found = db.execute(
        "select indicator_id, value from indicator_series where breakdown = 'K' order by period"
    ).fetchall()
    assert [row["value"] for row in found] == [69, 72]
    assert len({row["indicator_id"] for row in found}) == 1


@pytest.mark.parametrize(
    ("target", "outcomes", "met"),
    [
        ({"direction": "decrease", "value": None}, (5.0, 4.0), 1),
        ({"direction": "decrease", "value": None}, (5.0, 6.0), 0),
        ({"direction": "increase", "value": None}, (None, 6.0), None),
        ({"value": 90.0, "comparator": ">="}, (None, 89.0), 0),
        ({"value": 30.0, "comparator": "<="}, (None, 19.0), 1),
        ({"value": 5.0}, (None, 5.0), 1),
        ({"value": 5.0}, (None, 6.0), None),
        ({"value": 5.0, "unit": "%"}, (None, 5.0), None),
    ],
)
def test_a_target_is_met_or_not_or_cannot_be_judged(tmp_path, target, outcomes, met):
    before, now = outcomes
    values = [indicator(period="2019", value=now, raw=str(now), unit="dagar" if "unit" in target else None)]
    values += [indicator(period="2018", value=before, raw=str(before))] if before else []
    values.append(indicator(kind="target", period="2019", raw="mål", **{"unit": None, **target}))
    facts = ReportFacts(
        municipality="Linköpings kommun", committee=BOARD, document_type="verksamhetsberättelse", fiscal_year=2019
    )
    values = [value.model_copy(update={"indicator": "Antal besök"}) for value in values]
    db = series(tmp_path, make_result("a", facts, indicator_values=tuple(values)))
    assert [row["met"] for row in db.execute("select met from target_attainment")] == [met]


@pytest.mark.parametrize(
    ("name", "joined", "is_part"),
    [
        ("Socialnämnden", "Social- och omsorgsnämnden", True),
        ("Omsorgsnämnden", "Social- och omsorgsnämnden", True),
        ("Vårdnämnden", "Vård-, omsorgs- och socialnämnden", True),
        ("Nämnden", "Social- och omsorgsnämnden", False),
        ("Äldrenämnden", "Social- och omsorgsnämnden", False),
        ("Socialnämnden", "Socialnämnden", False),
    ],
)
def test_a_committees_name_may_join_those_of_others(name, joined, is_part):
    assert is_part_of(name, joined) is is_part


def test_two_committees_that_report_in_the_same_years_did_not_take_over_from_each_other():
    reports = [
        report("a", 2019, [("Akutbostäder", {"2018": 98})], committee="Kulturnämnden"),
        report("b", 2018, [("Akutbostäder", {"2017": 99})], committee="Kultur- och fritidsnämnden"),
    ]
    assert len(set(ids(*reports).values())) == 2
    assert [row["moved_to"] for row in identify_indicators(reports).committees] == [None, None]


def test_a_list_beside_the_reports_goes_before_what_names_say(tmp_path):
    columns = "municipality,committee,valid_from,valid_to,moved_to,share,what\n"
    line = "Linköpings kommun,Socialnämnden,,2018-12-31,Äldrenämnden,all,\n"
    (tmp_path / "committees.csv").write_text(columns + line, encoding="utf-8")
    old = report("a", 2018, [("Akutbostäder", {"2017": 98})], committee="Socialnämnden")
    new = report("b", 2019, [("Akutbostäder", {"2018": 99})])
    assert len(set(ids(old, new, corpus=tmp_path).values())) == 2


HIGH = "Balanstal chefer"
FIGURES = {"2017": 0.3, "2018": 0.2, "2019": 0.7}


def both(one, other, figures=FIGURES, later=FIGURES, goal="Trygg bemanning"):
    """Return two reports that print one name and another below the same row."""
    rows = [(HIGH, {"2017": 0.91}, goal)]
    return (
        report("a", 2019, [*rows, (one, figures, goal)]),
        report("b", 2020, [*rows, (other, later, goal)]),
    )


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("Konsulentstödda familjehem", "Konsulentstödda familjehem ska minska", {"2017": 39}),
        ("Mertid övertid", "Övertid", {"2017": 0.1, "2018": 0.2, "2019": 0.7}),
        ("Chefer med utomnordisk bakgrund", "Balanstal chefer med utomnordisk bakgrund", {"2017": 1.21}),
    ],
)
def test_another_wording_joins_where_evidence_proves_it(one, other, later):
    reports = both(one, other, later=later)
    found = ids(*reports)
    assert found["a", None, one] == found["b", None, other]
    methods = {row["name"]: row["method"] for row in identify_indicators(reports).names}
    assert methods == {HIGH: "exact", one: "exact", other: "evidence"}


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("Mertid övertid", "Övertid", {"2017": 0.1, "2018": 0.3, "2019": 0.7}),
        ("Andel mertid och övertid", "Antal mertid och övertid", FIGURES),
        ("Ökning av familjehem", "Familjehem", {"2017": 39}),
        ("Chefer med utomnordisk bakgrund", "Andel chefer med utomnordisk bakgrund", {"2017": 1.21}),
        ("Placerade hela åk 6", "Placerade hela åk 9", FIGURES),
    ],
)
def test_likeness_that_proves_nothing_joins_nothing(one, other, later):
    found = ids(*both(one, other, later=later))
    assert found["a", None, one] != found["b", None, other]


def test_two_names_of_one_report_are_not_joined_by_evidence():
    first = report("a", 2019, [("Mertid övertid", FIGURES), ("Övertid", {"2017": 0.1})])
    found = ids(first, report("b", 2020, [("Övertid timmar", FIGURES)]))
    assert len(set(found.values())) == 3


def test_a_target_in_the_name_that_is_raised_each_year_is_one_indicator():
    reports = [
        report(letter, 2021 + n, [(f"Andel nöjda ska uppgå till minst {70 + n} %", {str(2020 + n): 60 + n})])
        for n, letter in enumerate("abcd")
    ]
    assert len(set(ids(*reports).values())) == 1


def test_two_wordings_in_two_tables_of_one_report_join_where_they_state_one_figure():
    def printed(figures):
        first = report("a", 2023, [("Personalavgångar externt", {"2022": 10.8})])
        second = report("a", 2023, [("Externa personalavgångar", figures)], title="Personal")
        values = tuple(value.model_copy(update={"table": 2, "page": 2}) for value in second.records_of(IndicatorValue))
        return replace(first, records=(*first.records, *values))

    assert len(set(ids(printed({"2022": 10.8})).values())) == 1
    assert len(set(ids(printed({"2022": 9.1})).values())) == 2
    assert len(set(ids(printed({"2021": 9.1})).values())) == 2


def test_a_name_that_a_later_report_uses_for_another_thing_starts_a_series_of_its_own():
    active = report("a", 2022, [("Tolkar", {"2021": 1078, "2022": 1160})])
    recruited = report(
        "b", 2025, [("Tolkar", {"2021": 76, "2022": 161}), ("Antal tolkar", {"2021": 1078, "2022": 1160})]
    )
    found = ids(active, recruited)
    assert found["a", None, "Tolkar"] == found["b", None, "Antal tolkar"] != found["b", None, "Tolkar"]
    revised = ids(active, report("b", 2025, [("Tolkar", {"2021": 1080, "2022": 1155})]))
    assert len(set(revised.values())) == 1


def test_a_name_that_the_row_above_completes_is_joined_with_doubt_where_all_its_figures_were_revised():
    later = {"2017": 1.21, "2018": 1.23, "2019": 1.59}
    names = "Chefer med utomnordisk bakgrund", "Balanstal chefer med utomnordisk bakgrund"
    found = ids(*both(*names, later=later))
    assert found["a", None, names[0]] == found["b", None, names[1]]
    scores = {row["name"]: row["score"] for row in identify_indicators(both(*names, later=later)).names}
    assert scores[names[1]] == 0.8
    found = ids(*both(names[0], "Chefer under 50 år med utomnordisk bakgrund", later=later))
    assert len(set(found.values())) == 3


def test_a_value_that_came_by_little_evidence_says_so_in_its_series(tmp_path):
    names = "Antal besökare på museet", "Museibesökare, antal", "Besökare på museet, antal"
    figures = {"2018": 41250, "2019": 43871}, {"2019": 43871, "2020": 12404}, {"2021": 20110}
    db = series(tmp_path, *(report("abc"[n], 2019 + n, [(names[n], figures[n])]) for n in range(3)))
    found = {row["period"]: row["doubts"] for row in db.execute("select period, doubts from indicator_series")}
    assert "joined_by_evidence" in found["2019"] and "joined_by_evidence" in found["2020"]
    assert "joined_by_evidence" not in found["2018"] + found["2021"]
    scores = dict(db.execute("select name, score from indicator_names").fetchall())
    assert [scores[name] for name in names] == [1.0, 0.8, 1.0]


def test_a_parent_printed_with_a_colon_has_one_colon_in_the_name():
    assert Label("Digital förmåga", "Digital mognad:").full == Label("Digital förmåga", "Digital mognad").full


def test_names_that_a_committee_has_twice_say_what_they_stand_under():
    north = report("a", 2019, [("Behov", {"2020": 54.0}), ("Kapacitet", {"2020": 80.0})], title="Norra")
    south = report("a", 2019, [("Behov", {"2020": 832.0})], title="Södra")
    south = [value.model_copy(update={"table": 9, "row": 9}) for value in south.records_of(IndicatorValue)]
    both = replace(north, records=(*north.records, *south))
    names = {row["name"] for row in identify_indicators([both]).indicators}
    assert names == {"Norra: Behov", "Södra: Behov", "Kapacitet"}


def test_a_decision_in_ids_that_named_a_committee_joins_under_the_readable_id(tmp_path):
    reports = report("a", 2019, [("Kötid", {"2018": 10.8})]), report("b", 2020, [("Väntan", {"2018": 10.8})])
    [old] = [row["alias"] for row in identify_indicators(reports).aliases if row["alias"].endswith("/kötid")]
    found = identify_indicators(reports, decided(tmp_path, Decision("Väntan", BOARD, old)))
    [kept] = found.indicators
    assert kept["indicator_id"].startswith("kötid-") and "/" not in kept["indicator_id"]
    assert {"alias": old, "indicator_id": kept["indicator_id"]} in found.aliases
