"""A run for programs: findings as JSON, JUnit and annotations, and what fails a strict run, with page and figures."""

import json
from xml.etree import ElementTree

import pytest
from reports import write_report
from typer.testing import CliRunner

from namndata.cli import app
from namndata.run.findings import annotation


@pytest.fixture
def folder(tmp_path):
    write_report(tmp_path / "in" / "a.txt", total="4 010")
    (tmp_path / "in" / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    return tmp_path / "in"


def run(folder, *options):
    return CliRunner().invoke(
        app, ["extract", str(folder), "--out", str(folder.parent / "out"), "--jobs", "1", *options]
    )


def test_a_strict_run_lists_each_failing_check_with_its_figures(folder):
    done = run(folder, "--strict", "--quiet")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "a.txt: sum: Summa, Budget 2020: 4 010 is +10 off" in done.stderr
    assert "failed broken.pdf" in done.stderr


def test_the_summary_and_the_findings_are_json(folder):
    run(folder, "--json", str(folder.parent / "run.json"))
    said = json.loads((folder.parent / "run.json").read_text(encoding="utf-8"))
    assert said["documents"] == {"ok": 0, "partial": 1, "failed": 1} or said["documents"]["failed"] == 1
    assert [report["path"] for report in said["reports"]] == ["a.txt", "broken.pdf"]
    assert [(one["actual"], one["expected"]) for one in said["findings"] if one["code"] == "sum"] == [(4010, 4000)]


@pytest.mark.parametrize(("options", "fails"), [((), 1), (("--strict",), 2)])
def test_junit_fails_reports_that_cannot_be_read_and_in_a_strict_run_findings(folder, options, fails):
    run(folder, "--junit", str(folder.parent / "run.xml"), *options)
    root = ElementTree.parse(folder.parent / "run.xml").getroot()
    assert [suite.get("name") for suite in root] == ["a.txt", "broken.pdf"]
    assert sum(bool(int(suite.get("failures"))) for suite in root) == fails


def test_a_finding_of_no_report_fails_a_strict_run_in_every_format(folder):
    line = "document,page,label,column_label,raw,field,value\nnowhere,,x,*,*,value,1\n"
    (folder / "corrections.csv").write_text(line, encoding="utf-8")
    done = run(folder, "--strict", "--github", "--junit", str(folder.parent / "run.xml"))
    suite = ElementTree.parse(folder.parent / "run.xml").getroot().find("testsuite[@name='corpus']")
    assert suite.get("failures") == "1" and "nowhere" in suite.find("testcase/failure").get("message")
    assert any(line.startswith("::warning title=correction_") for line in done.stdout.splitlines())
    assert any(line.startswith("corpus: correction_") for line in done.stderr.splitlines())


def test_github_shows_findings_beside_the_run(folder):
    lines = run(folder, "--github", "--quiet").stdout.splitlines()
    assert lines[0].startswith("::error file=broken.pdf,title=reading::")
    assert any(line.startswith("::warning file=a.txt,title=sum::") for line in lines)
    assert annotation("error", "a,b:c", "x", "100 %\nja") == "::error file=a%2Cb%3Ac,title=x::100 %25%0Aja"
