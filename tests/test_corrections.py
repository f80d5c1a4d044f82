"""What people correct wins over what was read, is shown beside it, and is never followed or lost in silence."""

import csv
import re
import sqlite3
from contextlib import closing

import pytest
from reports import build, write_report
from typer.testing import CliRunner

from namndata.cli import app
from namndata.errors import UsageError
from namndata.language.chosen import choose
from namndata.language.translate import in_swedish

COLUMNS = "document,page,label,column_label,raw,field,value,decided_by,decided_on,note"
SHARE = ("a", "", "Andel barn som är trygga (%)", "2018", "71")
HOMES = ("a", "", "Familjehem", "Budget 2020", "1 500")
TOTAL = ("a", "", "Summa", "Budget 2020", "4 000")


@pytest.fixture
def folder(tmp_path):
    write_report(tmp_path / "in" / "a.txt")
    return tmp_path / "in"


def write(folder, *lines, encoding="utf-8", delimiter=","):
    with (folder / "corrections.csv").open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(COLUMNS.split(","))
        writer.writerows((*line, "Åsa", "2026-11-26", "läst på sidan")[:10] for line in lines)


def ask(folder, *queries):
    """Build the corpus, and return what queries give; nothing but the first run reads a report."""
    database = build(folder, folder.parent / "out").database
    with closing(sqlite3.connect(database)) as db:
        answers = [db.execute(query).fetchall() for query in queries]
    return answers[0] if len(answers) == 1 else answers


VALUE = "select value, value_read, unit, reviewed, confidence, doubts, raw from indicator_values where raw = '71'"


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";")], ids=["plain", "excel", "windows"]
)
def test_a_corrected_value_stands_beside_what_was_read(folder, encoding, delimiter):
    write(folder, (*SHARE, "value", "77,5"), encoding=encoding, delimiter=delimiter)
    values, series, lines = ask(
        folder,
        VALUE,
        "select value, reviewed from indicator_series where raw = '71'",
        "select outcome, field, value, value_read, record, decided_by from corrections",
    )
    assert values == [(77.5, 71.0, "%", 1, 1.0, "[]", "71")]
    assert series == [(77.5, 1)]
    assert lines == [("applied", "value", "77,5", "71.0", "indicator_values", "Åsa")]


def test_a_changed_correction_reads_nothing_again(folder):
    build(folder, folder.parent / "out")
    write(folder, (*SHARE, "value", "77,5"))
    assert build(folder, folder.parent / "out").read == ()
    assert ask(folder, VALUE)[0][0] == 77.5
    (folder / "corrections.csv").unlink()
    assert ask(folder, VALUE)[0][:4] == (71.0, None, "%", 0)


def test_the_id_of_a_value_stays_whatever_is_corrected(folder):
    ids = "select id from indicator_values order by id"
    before = ask(folder, ids)
    write(folder, (*SHARE, "label", "Andel trygga barn"), (*SHARE, "parent", "Trygghet"), (*SHARE, "value", "70"))
    assert ask(folder, ids) == before


def test_sums_are_checked_again(folder):
    failing = "select message from checks where kind = 'sum' and status = 'fail'"
    write_report(folder / "a.txt", total="4 010")
    trust = "select confidence from budget_values where line = 'Boende' and column_label = 'Budget 2020'"
    assert (len(ask(folder, failing)), ask(folder, trust)[0][0] < 1) == (1, True)
    write(folder, ("a", "", "Summa", "Budget 2020", "4 010", "value", "4 000"))
    assert (ask(folder, failing), ask(folder, trust)) == ([], [(1.0,)])
    write(folder, ("a", "", "Summa", "Budget 2020", "4 010", "accepted", "yes"))
    accepted = "select confidence, reviewed from budget_values where line = 'Summa' and raw = '4 010'"
    assert (len(ask(folder, failing)), ask(folder, accepted)) == (1, [(1.0, 1)])


def test_an_amount_follows_its_unit(folder):
    write(folder, (*HOMES, "unit", "mnkr"), (*HOMES, "value", "1,5"))
    found = ask(folder, "select value, unit, amount_sek, value_read from budget_values where raw = '1 500'")
    assert found == [(1.5, "mnkr", 1_500_000, 1500.0)]


def test_what_is_no_value_is_in_no_table_of_values_but_in_the_ledger(folder):
    ledger = "select sum(numbers), sum(in_records), sum(in_tables_only), sum(unaccounted) from number_ledger"
    numbers, inside, only, lost = ask(folder, ledger)[0]
    write(folder, (*HOMES, "is_value", "nej"), ("a", "", "Familjehem", "Plan 2021", "1 600", "is_value", "no"))
    found, after, lines = ask(
        folder,
        "select count(*) from budget_values where line = 'Familjehem'",
        ledger,
        "select outcome, raw from corrections",
    )
    assert found == [(0,)]
    assert after == [(numbers, inside - 4, only + 4, lost)]
    assert lines == [("applied", "1 500"), ("applied", "1 600")]


def test_a_label_is_that_of_its_whole_row_and_of_the_rows_below(folder):
    write(folder, (*SHARE, "label", "Andel trygga barn (%)"))
    names, indicators = ask(
        folder,
        "select indicator, reviewed from indicator_values where raw in ('71', 'Minst 75')",
        "select name from indicators order by name",
    )
    assert names == [("Andel trygga barn (%)", 1)] * 2
    assert indicators == [("Andel trygga barn (%)",), ("Antal besök",)]


def test_a_title_is_that_of_its_whole_table(folder):
    write(folder, (*HOMES, "table_title", "Budget i sammandrag"))
    assert ask(folder, "select distinct table_title from budget_values") == [("Budget i sammandrag",)]


@pytest.mark.parametrize(("field", "value"), [("label", "Trygga"), ("parent", "Barn"), ("table_title", "Barn")])
def test_a_goal_beside_an_indicator_keeps_its_own_names(folder, field, value):
    goals = "select committee_goal, municipal_goal, reviewed from goals"
    before = ask(folder, goals)
    write(folder, (*SHARE, field, value))
    after, outcomes = ask(folder, goals, "select distinct outcome from corrections")
    assert before and after == before
    assert outcomes == [("applied",)]


@pytest.mark.parametrize(
    ("field", "value", "column", "stored"),
    [
        ("value", "77,5", "value", 77.5),
        ("unit", "st", "unit", "st"),
        ("kind", "target", "kind", "target"),
        ("period", "2017", "period", "2017"),
        ("parent", "Trygghet", "parent", "Trygghet"),
        ("label", "Andel trygga barn (%)", "indicator", "Andel trygga barn (%)"),
        ("table_title", "Barn", "table_title", "Barn"),
        ("status", "preliminary", "status", "preliminary"),
        ("accepted", "ja", "confidence", 1.0),
        ("is_value", "ja", "value", 71.0),
    ],
)
def test_every_field_sets_its_column_and_says_so(folder, field, value, column, stored):
    write(folder, (*SHARE, field, value))
    found, lines = ask(
        folder,
        f"select {column}, reviewed, raw from indicator_values where raw = '71'",
        "select outcome, field, decided_by, decided_on, note from corrections",
    )
    assert found == [(stored, 1, "71")]
    assert set(lines) == {("applied", field, "Åsa", "2026-11-26", "läst på sidan")}


def test_a_star_means_every_cell(folder):
    write(folder, ("a", "", "*", "Plan 2021", "*", "kind", "budget"))
    assert ask(folder, "select count(*) from budget_values where kind = 'budget' and reviewed") == [(3,)]


PROBLEMS = "select code, severity, message from problems where stage = 'correct'"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ((*SHARE[:4], "72", "value", "70"), "unplaced", "the row prints 71 (2018)"),
        (("a", "", "Annat", "2018", "71", "value", "70"), "unplaced", "correct or delete the line"),
        (("a", "7", *SHARE[2:], "value", "70"), "unplaced", "nothing fits"),
        (("b", *SHARE[1:], "value", "70"), "unplaced", "no document 'b'"),
        (("a", "", "", "Budget 2020", "", "value", "70"), "ambiguous", "value_id"),
        ((*HOMES, "value", "öka"), "refused", "is no amount"),
        ((*HOMES, "status", "missing"), "refused", "it has no status"),
        ((*SHARE, "kind", "utfall"), "refused", "'outcome'"),
        ((*SHARE, "value", "34-26"), "refused", ""),
    ],
)
def test_a_line_that_cannot_be_followed_is_a_problem(folder, line, code, said):
    write(folder, line)
    found, lines, values = ask(folder, PROBLEMS, "select outcome from corrections", VALUE)
    assert [(row[:2]) for row in found] == [(f"correction_{code}", "warning")]
    assert "corrections.csv, line 2" in found[0][2] and said in found[0][2]
    assert lines == [(code,)]
    assert values[0][:4] == (71.0, None, "%", 0)


def test_the_id_says_which_of_two_that_are_printed_alike(folder):
    text = (folder / "a.txt").read_text(encoding="utf-8")
    (folder / "a.txt").write_text(text.replace("Boende\t2 500\t2 600", "Familjehem\t1 500\t2 600"), encoding="utf-8")
    write(folder, (*HOMES, "value", "1 400"))
    ((code, _, message),), ids = ask(folder, PROBLEMS, "select id from budget_values where raw = '1 500' order by id")
    assert code == "correction_ambiguous" and all(one in message for (one,) in ids)
    lines = (folder / "corrections.csv").read_text(encoding="utf-8").splitlines()
    named = [f"{lines[0]},value_id", f"{lines[1]},{ids[1][0]}"]
    (folder / "corrections.csv").write_text("\n".join(named), encoding="utf-8")
    assert ask(folder, "select id from budget_values where value = 1400") == [ids[1]]


def test_what_a_better_reading_or_excel_changes_does_not_count(folder):
    broken = "Andel  barn som är  tryg- ga (%)"
    write(folder, ("a", "", broken, "2018", "71,0", "value", "70"), (*HOMES[:4], "1500", "accepted", "1"))
    assert ask(folder, "select outcome from corrections") == [("applied",), ("applied",)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ((*SHARE, "colour", "red"), "none of value, unit"),
        ((*SHARE, "accepted", "kanske"), "yes or no"),
        ((*SHARE, "period", "i fjol"), "is no period"),
        (("a", "sid 4", *SHARE[2:], "value", "1"), "is no number"),
        (("", *SHARE[1:], "value", "1"), "no document"),
    ],
)
def test_a_line_that_can_be_no_correction_ends_the_run_with_file_and_line(folder, line, said):
    write(folder, line)
    with pytest.raises(UsageError, match=r"corrections\.csv, line 2") as error:
        build(folder, folder.parent / "out")
    assert said in str(error.value)


def run(folder, command, *arguments):
    options = ["--database", str(folder.parent / "out" / "corpus.sqlite"), "--corpus", str(folder)]
    return CliRunner().invoke(app, ["corrections", command, *arguments, *options])


def test_a_correction_is_added_listed_and_checked_from_the_command_line(folder):
    ((value,),) = ask(folder, "select id from indicator_values where raw = '71'")
    assert run(folder, "add", value, "value", "77,5", "--by", "AB").exit_code == 0
    assert "fits" in run(folder, "list").stdout
    ask(folder, VALUE)
    assert "71.0 → 77,5" in run(folder, "list").stdout
    assert run(folder, "add", value, "label", "Andel trygga").exit_code == 0
    assert ask(folder, "select indicator, value from indicator_values where raw = '71'") == [("Andel trygga", 77.5)]
    assert run(folder, "add", value, "unit", "st").exit_code == 0
    checked = run(folder, "check")
    assert (checked.exit_code, "3 corrections fit, 0 do not" in checked.stdout) == (0, True)


def test_a_check_says_which_line_fits_nothing(folder):
    ask(folder, VALUE)
    write(folder, (*SHARE, "value", "70"), (*SHARE[:4], "99", "value", "70"))
    checked = run(folder, "check")
    assert (checked.exit_code, "1 correction fits, 1 does not" in checked.stdout) == (1, True)


def test_what_became_of_each_line_is_told_in_swedish(folder):
    ask(folder, VALUE)
    write(folder, (*SHARE[:4], "99", "value", "70"), (*HOMES, "value", "öka"), (*SHARE, "value", "72"))
    for _ in ("the run that saw them", "lines that no run has seen"):
        choose(["--lang", "sv"], {})
        try:
            listed = run(folder, "list").stdout
        finally:
            choose(["--lang", "en"], {})
        assert not re.search(r"\b(?:page|unplaced|refused|fits?|nothing|write|amount|row|will)\b", listed), listed
        assert "utan cell" in listed and "Rad" not in listed
        ask(folder, VALUE)
    assert "är inget belopp; skriv ett tal med decimalkomma" in listed and "tabellens rad har 71 (2018)" in listed


def test_a_field_that_is_none_is_told_with_the_words_that_the_file_takes(folder):
    ((value,),) = ask(folder, "select id from indicator_values where raw = '71'")
    said = str(run(folder, "add", value, "colour", "1").exception)
    assert in_swedish(said).startswith("field 'colour' är inget av value,") and in_swedish(said).endswith("accepted.")


def test_a_line_is_added_to_a_file_as_excel_saved_it(folder):
    ((value,),) = ask(folder, "select id from indicator_values where raw = '71'")
    write(folder, (*HOMES, "note", "x"), encoding="cp1252", delimiter=";")
    text = (folder / "corrections.csv").read_text(encoding="cp1252").splitlines()[0]
    (folder / "corrections.csv").write_text(f"# våra rättelser\n{text}\n", encoding="cp1252")
    run(folder, "add", value, "value", "70", "--note", "ångrat")
    lines = (folder / "corrections.csv").read_text(encoding="cp1252").splitlines()
    assert lines[0] == "# våra rättelser" and lines[2].count(";") == 9 and "ångrat" in lines[2]


def test_a_line_is_added_below_columns_whose_names_begin_with_capitals(folder):
    ((value,),) = ask(folder, "select id from indicator_values where raw = '71'")
    heading = ";".join(name.capitalize() for name in COLUMNS.split(","))
    (folder / "corrections.csv").write_text(f"{heading}\n", encoding="utf-8")
    run(folder, "add", value, "value", "70")
    first, line = (folder / "corrections.csv").read_text(encoding="utf-8").splitlines()
    assert first == heading and line.startswith("a;;Andel barn som är trygga (%);2018;71;value;70;")


def test_an_unknown_value_or_field_is_said_in_one_line(folder):
    ask(folder, VALUE)
    assert "holds no value x" in str(run(folder, "add", "x", "value", "1").exception)
