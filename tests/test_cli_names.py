"""Deciding on names from the command line: list, decide, extract again."""

import csv
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest
from reports import build
from test_cli import ROOT
from typer.testing import CliRunner

from namndata.cli import app
from namndata.cli_names import placed
from namndata.errors import UsageError
from namndata.language.chosen import choose
from namndata.language.translate import in_swedish
from namndata.store.access import remember_reports

LINES = """Internbudget {year} för socialnämnden

Linköpings kommun

Nämndindikatorer

Nämndmål\tNämndindikator\t{before}\tMålvärde {year}
Barn är trygga\t{name}\t{figure}\tMinst 75
\tAntal besök\t1 204\tÖka
"""


def write(path, year, name, figure):
    text = LINES.format(year=year, before=year - 1, name=name, figure=figure)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "rapporter"
    folder.mkdir()
    write(folder / "a.txt", 2019, "Andel barn som känner sig trygga", "71,35")
    write(folder / "b.txt", 2020, "Andel trygga barn (enligt enkät)", "72")
    build(folder, tmp_path / "out")
    return folder


def names(corpus, command, *arguments):
    options = ["--database", str(corpus.parent / "out" / "corpus.sqlite")]
    options += ["--corpus", str(corpus)]
    if command in ("accept", "reword", "reject", "new", "change"):
        options += ["--by", "AB"]
    return CliRunner().invoke(app, ["names", command, *arguments, *options])


def indicators(corpus):
    """Return how many indicators the corpus has, built anew."""
    with closing(sqlite3.connect(build(corpus, corpus.parent / "out").database)) as db:
        return db.execute("select count(distinct indicator_id) from indicator_values").fetchone()[0]


def proposal(corpus):
    """Return the id of the only proposal."""
    listed = names(corpus, "list")
    assert listed.exit_code == 0
    assert "1 proposal" in listed.stdout
    return re.match(r"[0-9a-f]{8}", listed.stdout).group()


@pytest.mark.parametrize(("command", "left", "relation"), [("accept", 2, "same"), ("reject", 3, "not_same")])
def test_a_decision_is_written_and_followed(corpus, command, left, relation):
    assert indicators(corpus) == 3
    done = names(corpus, command, proposal(corpus))
    assert (done.exit_code, "crosswalk.csv" in done.stdout) == (0, True)
    with (corpus / "crosswalk.csv").open(encoding="utf-8", newline="") as file:
        assert relation in {row["relation"] for row in csv.DictReader(file) if row["decided_by"] == "AB"}
    assert indicators(corpus) == left
    assert "0 proposals" in names(corpus, "list").stdout


def test_a_list_takes_the_corpus_by_its_name_as_other_commands_do(corpus):
    listed = CliRunner().invoke(app, ["names", "list", str(corpus.parent / "out"), "--corpus", str(corpus)])
    assert listed.exit_code == 0 and "1 proposal" in listed.stdout


def test_a_pair_is_shown_in_swedish_with_its_kinds(corpus):
    choose(["--lang", "sv"], {})
    try:
        assert placed("2023 target") == "2023 mål" and placed("2023-08") == "2023-08"
        assert in_swedish("1 equal figures: outcome 2022 86").endswith(": utfall 2022 86")
    finally:
        choose(["--lang", "en"], {})


def test_a_change_needs_a_kind_that_is_known(corpus):
    assert "none of" in str(names(corpus, "change", proposal(corpus), "--how", "other").exception)


def test_a_proposal_that_is_not_there_is_said(corpus):
    assert "No proposal has an id that begins with zzz. `namndata names list`" in str(
        names(corpus, "accept", "zzz").exception
    )


def test_a_decided_pair_is_gone_at_once_and_comes_back_when_it_is_taken_back(corpus):
    pair = proposal(corpus)
    names(corpus, "accept", pair)
    listed = names(corpus, "list")
    assert "0 proposals" in listed.stdout and "1 is decided since" in listed.stdout
    taken = names(corpus, "undo", pair)
    assert taken.exit_code == 0 and "Taken back" in taken.stdout
    assert (corpus / "crosswalk.csv").read_text(encoding="utf-8").count("\n") == 1
    assert proposal(corpus) == pair


def test_a_decision_that_the_corpus_follows_is_taken_back_by_its_own_id(corpus):
    before = indicators(corpus)
    names(corpus, "reword", proposal(corpus))
    assert indicators(corpus) == before - 1
    listed = names_decided(corpus)
    [line] = [line for line in listed.splitlines() if "reworded" in line]
    assert names(corpus, "undo", line[:8]).exit_code == 0
    assert indicators(corpus) == before
    lost = names(corpus, "undo", "0000")
    assert lost.exit_code != 0 and "begins with 0000. `namndata names decided` lists" in str(lost.exception)


def names_decided(corpus):
    return CliRunner().invoke(app, ["names", "decided", "--corpus", str(corpus)]).stdout


def test_both_figures_stand_side_by_side(corpus):
    listed = names(corpus, "list").stdout
    assert re.search(r"2018\s+71,35", listed) and re.search(r"2019\s+72\b", listed)


def decisions(folder):
    return [path.name for path in folder.iterdir() if path.suffix == ".csv"]


def test_a_decision_without_a_folder_goes_to_the_reports_of_the_last_run(corpus, monkeypatch):
    elsewhere = corpus.parent / "elsewhere"
    (elsewhere / "corpus").mkdir(parents=True)
    remember_reports(corpus.parent / "out", corpus)
    monkeypatch.chdir(elsewhere)
    done = CliRunner().invoke(app, ["names", "accept", proposal(corpus), "--database", str(corpus.parent / "out")])
    assert done.exit_code == 0
    assert (decisions(corpus), decisions(elsewhere / "corpus")) == (["crosswalk.csv"], [])


@pytest.mark.parametrize(
    "command",
    [
        ["names", "accept", "ID"],
        ["corrections", "add", "VALUE", "accepted", "yes"],
        ["corrections", "check"],
        ["lines", "list"],
        ["kolada", "accept", "ID"],
        ["sample"],
    ],
    ids=" ".join,
)
def test_a_folder_that_holds_none_of_the_reports_takes_no_decision(corpus, command, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    database = corpus.parent / "out" / "corpus.sqlite"
    named = [str(database)] if command == ["sample"] else ["--database", str(database)]
    refused = CliRunner().invoke(app, [*command, *named, "--corpus", str(other)])
    assert isinstance(refused.exception, UsageError)
    assert f"{other} holds none of the reports of {database}" in str(refused.exception)
    assert decisions(other) == []


def test_how_names_are_related_is_said_in_swedish(corpus):
    found = proposal(corpus)
    choose(["--lang", "sv"], {})
    try:
        said = names(corpus, "reject", found).stdout
    finally:
        choose(["--lang", "en"], {})
    assert "inte samma som" in said and "not_same" not in said


def made(*given, **environment):
    environment = {name: value for name, value in os.environ.items() if name != "CORPUS"} | environment
    return subprocess.run(["make", *given], cwd=ROOT, env=environment, capture_output=True, text=True).stdout


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_says_which_folder_only_where_somebody_said_it():
    assert " names list " in made("-n", "names") and "--corpus" not in made("-n", "names")
    assert '--corpus "rapporter"' in made("-n", "names", "CORPUS=rapporter")


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_lists_its_commands_in_the_readers_language():
    assert "make names        lista namn" in made("help", NAMNDATA_LANG="sv")
    assert "make names        list which" in made("help", NAMNDATA_LANG="en", LANG="sv_SE.UTF-8")
