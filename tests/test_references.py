"""References that last: what is cited this year opens the same value next year."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import amount, build, goal, indicator, make_result, write_report
from typer.testing import CliRunner

from namndata.cli import app
from namndata.errors import UsageError
from namndata.identity.series import identify_indicators
from namndata.store.cite import cite_value
from namndata.store.references import references_of
from schema.kinds import BUDGETS, GOALS, INDICATORS
from schema.printed import ReportFacts


def test_another_row_or_column_changes_no_reference():
    one, other = indicator(row=0, col=1), indicator(indicator="Antal besök", row=0, col=1)
    moved = indicator(row=1, col=2)
    assert list(references_of(INDICATORS, [other, moved]))[1:] == list(references_of(INDICATORS, [one]))


def test_what_is_printed_twice_is_numbered():
    first, second = references_of(BUDGETS, [amount("Boende", 1), amount("Boende", 2)])
    assert second == f"{first}-2"


def test_another_page_header_or_part_is_another_reference():
    values = [indicator(), indicator(page=2), indicator(column_label="2020"), indicator(breakdown="LSS")]
    assert len({reference for value in values for reference in references_of(INDICATORS, [value])}) == 4
    assert len(set(references_of(GOALS, [goal("Trygg vård"), goal("Fin vård")]))) == 2


NAMES = st.lists(st.sampled_from("ABCDEFGH"), min_size=1, max_size=8, unique=True)
COLUMNS = st.lists(st.sampled_from(["2018", "2019", "Mål"]), min_size=1, max_size=3, unique=True)


def values_in(names, columns):
    """Return a value of each row and column, placed where the table has them."""
    places = [(row, col, name, header) for row, name in enumerate(names) for col, header in enumerate(columns, start=1)]
    return [indicator(indicator=name, column_label=header, row=row, col=col) for row, col, name, header in places]


@given(NAMES, COLUMNS, st.data())
def test_rows_and_columns_may_come_and_go_anywhere_and_no_other_reference_changes(names, columns, data):
    def references(names, columns):
        values = values_in(names, columns)
        found = references_of(INDICATORS, values)
        return {(value.indicator, value.column_label): each for value, each in zip(values, found, strict=True)}

    before = references(names, columns)
    at = data.draw(st.integers(0, len(names))), data.draw(st.integers(0, len(columns)))
    after = references([*names[: at[0]], "Ny", *names[at[0] :]], [*columns[: at[1]], "2020", *columns[at[1] :]])
    assert {key: after[key] for key in before} == before
    assert len(set(after.values())) == len(after)


def test_a_row_a_column_and_a_file_more_change_no_id_of_what_was_read_before(tmp_path):
    def ids(database):
        with sqlite3.connect(database) as db:
            sql = "select id, raw from {} where document = 'rapport'"
            return {row for table in ("indicator_values", "budget_values") for row in db.execute(sql.format(table))}

    path = write_report(tmp_path / "in" / "rapport.txt")
    before = ids(build(tmp_path / "in", tmp_path / "out").database)
    text = path.read_text(encoding="utf-8").replace("Familjehem\t", "Avlösning\t0\t0\t0\nFamiljehem\t")
    text = text.replace("Plan 2021\n", "Plan 2021\tPlan 2022\n").replace("1 600\n", "1 600\t1 700\n")
    text = text.replace("2 600\n", "2 600\t2 700\n").replace("4 200\n", "4 200\t4 400\n")
    path.write_text(text, encoding="utf-8")
    write_report(tmp_path / "in" / "annan.txt", year=2021)
    after = ids(build(tmp_path / "in", tmp_path / "out").database)
    assert len(before) > 8 and before <= after and len(after) > len(before) + 4


def first_value(database):
    with sqlite3.connect(database) as db:
        return db.execute("select id from indicator_values order by rowid").fetchone()[0]


def test_a_citation_opens_the_same_value_when_another_file_has_its_stem(tmp_path):
    write_report(tmp_path / "in" / "b" / "rapport.txt")
    value = first_value(build(tmp_path / "in", tmp_path / "out").database)
    cited = dict(cite_value(tmp_path / "out" / "corpus.sqlite", value))["reference"]
    write_report(tmp_path / "in" / "a" / "rapport.txt", share="80")
    database = build(tmp_path / "in", tmp_path / "out").database
    said = dict(cite_value(database, cited))
    assert (said["file"], said["value"], said["row"]) == ("b/rapport.txt", "71", "Andel barn som är trygga (%)")
    with pytest.raises(UsageError, match="Several reports"):
        cite_value(database, value)


def test_the_stem_alone_is_enough_while_one_file_with_it_has_the_value(tmp_path):
    write_report(tmp_path / "in" / "b" / "rapport.txt")
    value = first_value(build(tmp_path / "in", tmp_path / "out").database)
    (tmp_path / "in" / "rapport.txt").write_text("En annan rapport utan tabeller.\n", encoding="utf-8")
    database = build(tmp_path / "in", tmp_path / "out").database
    assert dict(cite_value(database, value))["file"] == "b/rapport.txt"


def test_a_citation_opens_the_same_value_when_its_file_was_renamed_and_another_took_its_name(tmp_path):
    path = write_report(tmp_path / "in" / "rapport.txt")
    value = first_value(build(tmp_path / "in", tmp_path / "out").database)
    cited = dict(cite_value(tmp_path / "out" / "corpus.sqlite", value))["reference"]
    path.rename(tmp_path / "in" / "bokslut-2020.txt")
    write_report(tmp_path / "in" / "rapport.txt", share="80")
    said = dict(cite_value(build(tmp_path / "in", tmp_path / "out").database, cited))
    assert (said["file"], said["value"]) == ("bokslut-2020.txt", "71")


def test_the_command_prints_where_a_value_is_from(example):
    with sqlite3.connect(example) as db:
        sql = "select id from budget_values where document like 'kilsjo%' and raw = '490 070'"
        [value] = db.execute(sql).fetchone()
    done = CliRunner().invoke(app, ["cite", value, "--database", str(example)])
    assert done.exit_code == 0
    for said in ("Kilsjö kommun", "Äldrenämnden", "page:           1", "Summa nettokostnad", "Bokslut 2021", "490 070"):
        assert said in done.output


def test_a_value_that_is_not_there_is_said_in_one_line(example):
    with pytest.raises(UsageError, match="no value"):
        cite_value(example, "rapport:i0")


def test_an_indicators_id_names_it_and_earlier_ids_lead_to_it():
    def report(document, year, name, committee):
        facts = ReportFacts("", "Linköpings kommun", committee, "internbudget", year)
        return make_result(document, facts, indicator_values=(indicator(indicator=name),))

    new = report("b", 2020, "Andel trygga barn", "Social- och omsorgsnämnden")
    [before] = identify_indicators([new]).indicators
    assert before["indicator_id"].startswith("andel-trygga-barn-")
    found = identify_indicators([report("a", 2019, "Andelen trygga barn", "Social- och omsorgsnämnden"), new])
    ids = {row["document"]: row["indicator_id"] for row in found.names}
    aliases = {row["alias"]: row["indicator_id"] for row in found.aliases}
    assert aliases.get(before["indicator_id"], before["indicator_id"]) == ids["b"]
    assert "linköping/social-och-omsorgsnämnden/andel-trygga-barn" in aliases
