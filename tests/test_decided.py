"""What people decide about reports in documents.csv wins over what was read."""

import json
import sqlite3

import pytest

from namndata.errors import UsageError
from namndata.run.build import Options, Watcher, build_corpus

REPORT = """# Delårsrapport augusti 2023

Socialnämnden, Nora kommun

| Belopp i tkr | Budget 2023 |
|---|---|
| Kostnader | 12 |
"""


def documents(folder, out):
    build_corpus(folder, out, Options(jobs=1), Watcher())
    db = sqlite3.connect(out / "corpus.sqlite")
    db.row_factory = sqlite3.Row
    return [dict(row) for row in db.execute("select * from documents")]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rapport.md").write_text(REPORT, encoding="utf-8")
    return tmp_path / "in"


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";")], ids=["plain", "excel", "windows"]
)
def test_a_decision_wins_over_what_was_read(folder, tmp_path, encoding, delimiter):
    lines = ["path,field,value", "rapport.md,committee,Omsorgsnämnden", "rapport.md,source_url,https://a.example/r"]
    text = "\n".join(lines).replace(",", delimiter)
    (folder / "documents.csv").write_bytes(text.encode(encoding))
    (found,) = documents(folder, tmp_path / "out")
    assert found["committee"] == "Omsorgsnämnden"
    assert found["source_url"] == "https://a.example/r"
    assert found["municipality"] == "Nora kommun"


def test_without_decisions_the_report_speaks_and_doubts_are_told(folder, tmp_path):
    (found,) = documents(folder, tmp_path / "out")
    assert (found["committee"], found["municipality_code"], found["as_of"]) == ("Socialnämnden", "1884", "2023-08-31")
    assert isinstance(json.loads(found["doubts"]), list)


@pytest.mark.parametrize("line", ["annan.md,committee,X", "rapport.md,colour,red", "rapport.md,fiscal_year,many"])
def test_what_cannot_be_decided_ends_the_run_with_file_and_line(folder, tmp_path, line):
    (folder / "documents.csv").write_text(f"path,field,value\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"documents\.csv, line 2"):
        documents(folder, tmp_path / "out")


def test_a_decided_fact_says_that_it_was_decided(folder, tmp_path):
    (folder / "documents.csv").write_text("path,field,value\nrapport.md,committee,Omsorgsnämnden\n", encoding="utf-8")
    documents(folder, tmp_path / "out")
    with sqlite3.connect(tmp_path / "out" / "corpus.sqlite") as db:
        read = dict(db.execute("select fact, place from facts"))
        assert db.execute("select value, said, page from facts where fact = 'committee'").fetchall() == [
            ("Omsorgsnämnden", None, None)
        ]
    assert read["committee"] == "decided" and read["municipality"] != "decided"
