import json
import os
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from reports import amount, goal, indicator, make_result

import namndata.store.write
from namndata.run.database import Database
from namndata.run.provenance import Provenance
from namndata.store.creating import fill_table
from namndata.store.dictionary import columns_of, read_dictionary, read_tables
from namndata.store.scheme import create_tables
from namndata.store.write import write_corpus
from schema.printed import Footnote, ReportFacts
from schema.problem import Check, PageNumbers, Problem

BUDGET_2019 = ReportFacts("Internbudget 2019", "Ön", "Socialnämnden", "internbudget", 2019)
ANNUAL_2019 = ReportFacts("Verksamhetsberättelse 2019", "Ön", "Socialnämnden", "verksamhetsberättelse", 2019)
ANNUAL_2020 = ReportFacts("Verksamhetsberättelse 2020", "Ön", "Socialnämnden", "verksamhetsberättelse", 2020)


@pytest.fixture
def query(tmp_path):
    def run(results, sql, *parameters):
        path = tmp_path / "corpus.sqlite"
        write_corpus(path, results, Provenance("inputs", "code"))
        db = sqlite3.connect(path)
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(sql, parameters)]

    return run


def names_in(rows):
    return {row["name"] for row in rows if not row["name"].startswith("sqlite_") and "_fts" not in row["name"]}


def test_every_table_and_view_is_in_the_dictionary(query):
    rows = query([], "select name from sqlite_master where type in ('table', 'view')")
    assert names_in(rows) == set(read_tables()) == {column.table for column in read_dictionary()}


@pytest.mark.parametrize("table", read_tables())
def test_every_column_is_in_the_dictionary(query, table):
    columns = [row["name"] for row in query([], f"pragma table_info({table})")]
    assert sorted(columns) == sorted(column.name for column in columns_of(table))


def test_an_indicator_value_keeps_all_its_fields(query):
    value = indicator(parent="Barn", upper=80.0, comparator=">=", footnotes=("1", "*"), goal_area="Ö", page=3)
    [row] = query([make_result("rapport", BUDGET_2019, indicator_values=(value,))], "select * from indicator_values")
    fields = value.model_dump(exclude={"table", "committee", "footnotes", "doubts"})
    assert {name: row[name] for name in fields} == fields
    assert json.loads(row["footnotes"]) == ["1", "*"]
    assert (row["document"], row["table_id"], row["fiscal_year"]) == ("rapport", "rapport:t1", 2019)


def test_all_other_rows_keep_their_fields(query):
    result = make_result(
        "rapport",
        BUDGET_2019,
        budget_values=(amount("Boende", 2.5, row=1),),
        goals=(goal("Trygg vård", assessment="Uppnås", assessment_code="met"),),
        footnotes=(Footnote("1", "Mäts i maj.", 2),),
        legend=(("-", "Belopp saknas"),),
        checks=(Check("sum", False, 4.0, 5.0, "off", 1, ((1, 1),)),),
        problems=(Problem("audit", "odd", "Odd.", table=1, row=1, col=1, raw="x"),),
        ledger=(PageNumbers(1, 5, 2, 1, 1, 1),),
    )
    union = """select line, amount_sek from budget_values union all select committee_goal, assessment_code from goals
      union all select marker, text from footnotes union all select sign, meaning from legend
      union all select kind, status from checks union all select code, table_id from problems
      union all select numbers, unaccounted from number_ledger"""
    assert [tuple(row.values()) for row in query([result], union)] == [
        ("Boende", 2500.0),
        ("Trygg vård", "met"),
        ("1", "Mäts i maj."),
        ("-", "Belopp saknas"),
        ("sum", "fail"),
        ("odd", "rapport:t1"),
        (5, 1),
    ]


def test_the_series_takes_the_newest_report_and_revisions_show_the_rest(query):
    old = make_result("a", ANNUAL_2019, indicator_values=(indicator(value=71.0),))
    new = make_result("b", ANNUAL_2020, indicator_values=(indicator(value=72.5, raw="72,5 %"),))
    [series] = query([new, old], "select * from indicator_series")
    assert (series["value"], series["document"], series["period"]) == (72.5, "b", "2019")
    [revision] = query([new, old], "select * from indicator_revisions")
    assert (revision["oldest_value"], revision["newest_value"]) == (71.0, 72.5)
    assert (revision["oldest_document"], revision["newest_document"]) == ("a", "b")


def test_reports_that_agree_are_no_revision(query):
    results = [make_result(name, ANNUAL_2019, indicator_values=(indicator(),)) for name in "ab"]
    assert query(results, "select * from indicator_revisions") == []


def test_the_same_label_of_two_committees_is_two_indicators(query):
    other = ReportFacts("Årsrapport", "Ön", "Skolnämnden", "verksamhetsberättelse", 2019)
    results = [
        make_result("a", ANNUAL_2019, indicator_values=(indicator(value=1.0),)),
        make_result("b", other, indicator_values=(indicator(value=2.0),)),
    ]
    assert [row["value"] for row in query(results, "select * from indicator_series order by value")] == [1.0, 2.0]


@pytest.mark.parametrize(
    ("target", "met"),
    [
        ({"value": 70.0, "comparator": ">="}, 1),
        ({"value": 75.0, "comparator": ">="}, 0),
        ({"value": 75.0, "comparator": "<="}, 1),
        ({"value": 60.0, "upper": 72.0}, 1),
        ({"value": 71.0}, 1),
        ({"value": 75.0}, None),
        ({"value": None, "direction": "increase"}, 1),
        ({"value": None, "direction": "decrease"}, 0),
    ],
)
def test_a_target_is_met_as_its_wording_says(query, target, met):
    stated = ({"value": 71.0}, {"value": 65.0, "period": "2018"}, {"kind": "target", "raw": "mål", **target})
    values = tuple(indicator(indicator="Antal besök", **fields) for fields in stated)
    [row] = query([make_result("a", ANNUAL_2019, indicator_values=values)], "select * from target_attainment")
    assert row["met"] == met


def test_budget_and_outcome_stand_side_by_side(query):
    values = (
        amount("Boende", 100, row=1),
        amount("Boende", 120, row=1, col=2, kind="outcome", column_label="Utfall"),
        amount("Boende", -20, row=1, col=3, kind="variance", column_label="Avvikelse"),
    )
    [row] = query([make_result("a", ANNUAL_2019, budget_values=values)], "select * from budget_outcomes")
    assert (row["budget_sek"], row["outcome_sek"], row["variance_sek"]) == (100_000, 120_000, -20_000)
    assert row["outcome_less_budget_sek"] == 20_000


def test_a_report_held_twice_counts_once(query):
    values = tuple(indicator(indicator=f"Mått {number}", raw=f"{number} %", value=number) for number in range(1, 8))
    text = replace(make_result("rapport-text", ANNUAL_2019, indicator_values=values), number_of_pages=None)
    pdf = make_result("rapport", ANNUAL_2019, indicator_values=values)
    rows = query([pdf, text], "select document, rendition_of from documents order by document")
    assert [tuple(row.values()) for row in rows] == [("rapport", None), ("rapport-text", "rapport")]
    assert len(query([pdf, text], "select * from indicator_series")) == 7


def test_the_year_after_is_no_rendition(query):
    values = tuple(indicator(indicator=f"Mått {number}", raw=f"{number} %", value=number) for number in range(1, 8))
    results = [
        make_result("a", ANNUAL_2019, indicator_values=values),
        make_result("b", ANNUAL_2020, indicator_values=values),
    ]
    assert query(results, "select * from documents where rendition_of is not null") == []


def test_full_text_search_tells_swedish_letters_apart(query):
    results = [make_result("a", BUDGET_2019, goals=(goal("Trygg vård"), goal("Fin vard")))]
    sql = "select rowid from goals_fts where goals_fts match ?"
    assert len(query(results, sql, "vård")) == 1
    assert len(query(results, sql, "trygg OR fin")) == 2


def test_the_old_corpus_stays_when_writing_fails(tmp_path):
    path = tmp_path / "corpus.sqlite"
    write_corpus(path, [make_result("a", BUDGET_2019)], Provenance("1", "1"))
    before = path.read_bytes()
    broken = make_result("b", BUDGET_2019, tables=("no table",))
    with pytest.raises(AttributeError):
        write_corpus(path, [broken], Provenance("2", "2"))
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["corpus.sqlite"]


def test_the_same_results_write_the_same_bytes(tmp_path):
    results = [make_result("a", ANNUAL_2019, indicator_values=(indicator(),), goals=(goal("Trygg vård"),))]
    for name in ("one", "two"):
        write_corpus(tmp_path / name, results, Provenance("1", "1"))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def many_results():
    towns = ("Linköping", "Motala", "Åsunda")
    facts = [replace(ANNUAL_2019, municipality=towns[n % 3]) for n in range(12)]
    return [make_result(f"r{n}", each, indicator_values=(indicator(),)) for n, each in enumerate(facts)]


def test_several_processes_write_the_same_bytes_as_one(tmp_path):
    for jobs in (1, 3):
        write_corpus(tmp_path / str(jobs), many_results(), Provenance("1", "1"), jobs=jobs)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "3").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "3"]


def test_a_part_whose_process_dies_is_written_by_the_one_that_waits_for_it(tmp_path, monkeypatch):
    parent, fill, died = os.getpid(), namndata.store.write.fill_part, []

    def die_elsewhere(db, part, *rest):
        if part == 583 and os.getpid() != parent:
            os._exit(9)
        died.append(part)
        fill(db, part, *rest)

    write_corpus(tmp_path / "one", many_results(), Provenance("1", "1"))
    monkeypatch.setattr(namndata.store.write, "fill_part", die_elsewhere)
    write_corpus(tmp_path / "other", many_results(), Provenance("1", "1"), jobs=2)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert died == [583]


def test_a_column_that_no_table_has_is_refused(tmp_path):
    with closing(Database(memory=True)) as db:
        create_tables(db)
        with pytest.raises(KeyError, match="colour"):
            fill_table(db, "footnotes", [{"colour": "red"}])


def test_amounts_of_two_departments_are_two_series(query):
    amounts = tuple(amount("Personal", value, part=part, col=value) for part, value in (("Skola", 5), ("Vård", 7)))
    rows = query([make_result("a", ANNUAL_2019, budget_values=amounts)], "select part, amount_sek from budget_series")
    assert rows == [{"part": "Skola", "amount_sek": 5000}, {"part": "Vård", "amount_sek": 7000}]


def test_a_part_is_kept_as_printed_and_keyed_in_one_word(query):
    parts = ("Liknande kommuner", "SoL", "män")
    values = tuple(indicator(breakdown=part, value=n, col=n) for n, part in enumerate(parts))
    stored = make_result("a", ANNUAL_2019, indicator_values=values)
    rows = query([stored], "select part, part_key, sex from indicator_values order by value")
    assert [tuple(row.values()) for row in rows] == [
        ("Liknande kommuner", "liknande kommuner", None),
        ("SoL", "SOL", None),
        ("M", "M", "M"),
    ]


def test_goals_and_assignments_of_a_report_held_twice_count_once(query):
    values = tuple(indicator(indicator=f"Mått {number}", raw=f"{number} %", value=number) for number in range(1, 8))
    pdf = make_result("rapport", ANNUAL_2019, indicator_values=values, goals=(goal("Trygg vård", page=3),))
    text = replace(pdf, source=replace(pdf.source, document="text", path="text.txt"), number_of_pages=None)
    assert query([pdf, text], "select count(*) from goals") == [{"count(*)": 2}]
    assert query([pdf, text], "select document, year from goal_list") == [{"document": "rapport", "year": 2019}]


def test_a_search_gives_committee_document_and_page_and_takes_the_beginning_of_a_word(query):
    goals, values = (goal("Tryggare vård", page=3),), (indicator(page=4),)
    result = make_result("a", BUDGET_2019, goals=goals, indicator_values=values)
    sql = """select record, committee, document, page from search s join search_fts f on f.rowid = s.rowid
      where search_fts match 'trygg*' order by page"""
    assert [tuple(row.values()) for row in query([result], sql)] == [
        ("goals", "Socialnämnden", "a", 3),
        ("indicator_values", "Socialnämnden", "a", 4),
    ]


def test_the_answers_of_a_whole_municipalitys_report_carry_the_committee_of_each_record(query):
    facts = ReportFacts("Årsredovisning 2019", "Ön", None, "årsredovisning", 2019)
    result = make_result(
        "a",
        facts,
        indicator_values=(indicator(committee="Skolnämnden"), indicator(indicator="Folkmängd", raw="5", value=5.0)),
        budget_values=(amount("Skolnämnden", 5, committee="Skolnämnden"),),
        goals=(goal("Trygg skola", committee="Skolnämnden"),),
    )
    for table in ("indicator_series", "budget_series", "goal_list", "search"):
        rows = query([result], f"select distinct committee from {table} where committee is not null")
        assert rows == [{"committee": "Skolnämnden"}], table
