"""The commands as a user runs them: what they print and exit with."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from reports import build, write_report

from namndata import __version__
from namndata.errors import UsageError
from namndata.run.headers import unknown_headers
from namndata.store.access import existing_corpus, open_corpus

ROOT = Path(__file__).parent.parent


def run(*arguments, cwd=ROOT):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"}
    command = [sys.executable, "-m", "namndata", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=cwd, timeout=120)


@pytest.fixture
def corpus(tmp_path):
    write_report(tmp_path / "Rapporter åäö" / "budget 2020.txt")
    return tmp_path / "Rapporter åäö"


def test_extract_ends_with_a_summary(corpus, tmp_path):
    done = run("extract", corpus, "--out", tmp_path / "ut mapp")
    assert (done.returncode, done.stderr) == (0, "")
    for line in ("Documents  1 ok, 0 partial, 0 failed", "4 indicator values", "Checks     2 hold, 0 fail"):
        assert line in done.stdout
    with sqlite3.connect(tmp_path / "ut mapp" / "corpus.sqlite") as db:
        assert db.execute("select version, documents from runs").fetchall() == [(__version__, 1)]


def test_a_command_loads_no_library_that_another_one_needs():
    slow = "{'sqlite_utils', 'pandas', 'pyarrow', 'uvicorn', 'spacy'}"
    script = f"import sys, namndata.cli; print(*sorted({slow} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "")


def test_words_are_read_without_the_commands_that_spacy_brings():
    read = "from normalize.cells import parse_cell; parse_cell('minst 1 besök')"
    after = "from spacy.cli.info import info; print(info.__name__)"
    script = f"import sys; {read}; print('spacy.cli' in sys.modules); {after}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, timeout=60)
    assert (done.returncode, done.stdout.split()) == (0, ["False", "info"])


def test_a_reports_own_wrong_sum_is_a_finding_that_fails_a_strict_run_only(corpus, tmp_path):
    write_report(corpus / "wrong.txt", total="4 100")
    for options, code in (((), 0), (("--strict",), 1)):
        done = run("extract", corpus, "--out", tmp_path / "out", *options)
        assert done.returncode == code
        assert "3 hold, 1 fail" in done.stdout


def test_a_broken_file_is_named_and_the_run_fails_though_the_corpus_is_written(corpus, tmp_path):
    (corpus / "[trasig].pdf").write_bytes(b"%PDF-1.4")
    done = run("extract", corpus, "--out", tmp_path / "out")
    assert done.returncode == 1
    [line] = [line for line in done.stdout.splitlines() if "[trasig].pdf" in line]
    assert line.startswith("failed")
    assert (tmp_path / "out" / "corpus.sqlite").is_file()


def test_a_run_that_reads_nothing_at_all_fails(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(b"")
    assert run("extract", tmp_path / "in", "--out", tmp_path / "out").returncode == 1


@pytest.mark.parametrize(
    "command", [("extract", "nowhere"), ("evaluate", "nowhere"), ("diff", "a", "b"), ("browse", "x")]
)
def test_a_wrong_path_is_one_line_and_exit_2(command, tmp_path):
    done = run(*command, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: There is no")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["evaluate", "browse", "diff"])
def test_a_file_that_is_no_corpus_is_one_line_and_exit_2(command, tmp_path):
    (tmp_path / "notes.txt").write_text("no database" * 100)
    done = run(command, *["notes.txt"] * (1 + (command == "diff")), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: notes.txt is no corpus of namndata. Give a file that `make extract` wrote.\n"


def test_the_folder_of_a_corpus_stands_for_it(corpus, tmp_path):
    database = build(corpus, tmp_path / "out").database
    assert existing_corpus(database.parent) == database
    with closing(open_corpus(database.parent)) as opened:
        assert opened.execute("select count(*) from documents").fetchone()[0]
    with pytest.raises(UsageError, match="There is no corpus at"):
        existing_corpus(tmp_path)


def test_the_version_is_one_line():
    done = run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"namndata {__version__}\n", "")


def test_an_unknown_option_is_exit_2():
    assert run("extract", "--no-such-option").returncode == 2


def test_diff_exits_1_when_a_value_differs(corpus, tmp_path):
    old = build(corpus, tmp_path / "old").database
    write_report(corpus / "budget 2020.txt", share="72")
    new = build(corpus, tmp_path / "new").database
    same, changed = run("diff", old, old), run("diff", old, new)
    assert (same.returncode, same.stdout) == (0, "No differences.\n")
    assert changed.returncode == 1
    assert "71 → 72" in changed.stdout
    assert "Values that differ: 1.\n" in changed.stdout and changed.stdout.startswith("Changed   1: ")


def test_evaluate_prints_scores_and_names_gold_without_a_document(corpus, tmp_path):
    database = build(corpus, tmp_path / "out").database
    (tmp_path / "gold").mkdir()
    empty = '{"indicators": [], "budget_lines": [], "assignments": [], "goals": []}'
    (tmp_path / "gold" / "budget_2020.json").write_text(empty)
    done = run("evaluate", database, "--gold", tmp_path / "gold")
    assert done.returncode == 0
    assert "cells        n    0  P 0.000  R 1.000  F1 0.000" in done.stdout
    assert "assignments  n    0  none in gold and none found" in done.stdout
    (tmp_path / "gold" / "other.json").write_text(empty)
    done = run("evaluate", database, "--gold", tmp_path / "gold")
    assert done.returncode == 1
    assert "other: the corpus holds no such document" in done.stdout


def make(*arguments):
    """Run make without its looking whether the environment is up to date."""
    if not (ROOT / ".venv" / "bin" / "python").exists():
        pytest.skip("runs in the Makefile's own environment")
    command = ["make", "--no-print-directory", "--old-file=.venv/.installed", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300)


def test_make_passes_folders_with_spaces(corpus, tmp_path):
    done = make("extract", f"CORPUS={corpus}", f"OUT={tmp_path / 'ut mapp'}", "JOBS=1")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ut mapp" / "corpus.sqlite").is_file()


def test_make_exits_with_2_and_names_what_the_command_exited_with(tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4")
    for folder, code in ((tmp_path, 1), (tmp_path / "nowhere", 2)):
        done = make("extract", f"CORPUS={folder}", f"OUT={tmp_path / 'out'}", "JOBS=1")
        assert done.returncode == 2
        assert re.search(rf"^make(?:\[\d+\])?: \*\*\* .*extract\] Error {code}$", done.stderr, re.MULTILINE)


def test_running_text_that_was_taken_for_a_header_is_no_word_to_teach():
    with sqlite3.connect(":memory:") as db:
        db.execute("create table documents (document, path)")
        db.execute("create table problems (document, code, raw, page, severity, col)")
        db.execute("insert into documents values ('a', 'a.txt')")
        for raw in ("Strävan", "Den övre tabellen innehåller målvärdet för det enskilda året. " * 3):
            db.execute("insert into problems values ('a', 'unknown_header', ?, 1, 'warning', 1)", (raw,))
        assert [unknown.header for unknown in unknown_headers(db)] == ["Strävan"]
