"""What a machine lacks is said with what to do about it."""

import json

import pytest
from packaging.requirements import Requirement
from reports import build, write_report
from typer.testing import CliRunner

from namndata.cli import app
from namndata.run import doctor


def states(out):
    return {each.about: each.state for each in doctor.examine(out)}


def test_a_fresh_machine_lacks_only_a_corpus(tmp_path):
    found = states(tmp_path / "out")
    assert (found["Python"], found["SQLite"], found["Folder"], found["Disk"]) == ("fine",) * 4
    assert found["Corpus"] == "lacking"
    assert not (tmp_path / "out").exists()


def test_a_corpus_is_looked_at(tmp_path):
    write_report(tmp_path / "reports" / "a.txt")
    database = build(tmp_path / "reports", tmp_path / "out").database
    assert states(tmp_path / "out")["Corpus"] == "fine"
    database.write_bytes(database.read_bytes()[:5000])
    assert states(tmp_path / "out")["Corpus"] == "wrong"


@pytest.mark.parametrize(
    ("needed", "state"),
    [
        ("pydantic>=1", None),
        ("pydantic>=999", "wrong"),
        ("no-such-library>=1", "wrong"),
        ('no-such-library>=1; extra == "export"', "lacking"),
    ],
)
def test_a_library_that_is_missing_or_old_is_named(needed, state):
    found = doctor.fault_of(Requirement(needed))
    assert (found.state if found else None) == state
    assert found is None or found.remedy


def test_the_command_exits_with_1_where_something_is_wrong(tmp_path, monkeypatch):
    fine = CliRunner().invoke(app, ["doctor", "--out", str(tmp_path), "--json"])
    assert fine.exit_code == 0 and {each["about"] for each in json.loads(fine.stdout)} >= {"Python", "Corpus"}
    monkeypatch.setattr(doctor, "LEAST_SPACE", 2**62)
    wrong = CliRunner().invoke(app, ["doctor", "--out", str(tmp_path)])
    assert wrong.exit_code == 1 and "Make room on the disk." in wrong.stdout
