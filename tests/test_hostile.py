"""Hostile text is inert: in the database, the site, the browser, CSV and Excel alike."""

import asyncio
import csv
import json
import re
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hostile import HOSTILE, MARKUP
from reports import amount, indicator, make_result

import namndata
from namndata.browse.serve import ready
from namndata.cli import document_line, error_line
from namndata.errors import NamndataError, printable
from namndata.export.write import Wanted, export_corpus
from namndata.language.terminal import inert
from namndata.run.findings import Finding, annotation, write_json, write_junit
from namndata.run.provenance import Provenance
from namndata.run.summary import summarise
from namndata.site.build import Site, build_site
from namndata.store.diff_shown import cell
from namndata.store.write import write_corpus
from schema.printed import ReportFacts
from schema.problem import Problem

TAGS = [text for text in MARKUP if "<" in text]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A corpus of one report that prints hostile text in every column that takes text."""
    folder = tmp_path_factory.mktemp("hostile")
    values = tuple(
        indicator(indicator=text, raw=text, column_label=text, table_title=text, unit=text, row=row, value=None)
        for row, text in enumerate(HOSTILE)
    )
    money = tuple(amount(text, 1.0, row=row, table_title=text) for row, text in enumerate(HOSTILE))
    facts = ReportFacts(committee=HOSTILE[0], municipality=HOSTILE[1], fiscal_year=2019, title=HOSTILE[2])
    result = make_result("rapport", facts, indicator_values=values, budget_values=money)
    write_corpus(folder / "corpus.sqlite", [result], Provenance("", ""))
    return folder / "corpus.sqlite"


def test_the_database_holds_it_as_it_is_printed(hostile):
    with sqlite3.connect(hostile) as db:
        assert {text for (text,) in db.execute("select raw from indicator_values")} == set(HOSTILE)
        assert db.execute("select count(*) from budget_values").fetchone() == (len(HOSTILE),)
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)


def test_no_page_of_the_site_holds_its_markup(hostile, tmp_path):
    build_site(Site(hostile, tmp_path / "none", tmp_path / "site"))
    written = [path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")]
    assert written
    for page in written:
        assert [text for text in TAGS if text in page] == []
        assert not re.search(r"""(?:href|src)=["']?javascript:""", page)


def test_no_page_that_is_browsed_holds_its_markup(hostile):
    async def pages():
        datasette = await ready(hostile, None)
        asked = ("/", "/corpus/indicator_values", "/corpus/budget_values", "/corpus/documents", "/corpus/review_list")
        return [(await datasette.client.get(path)).text for path in asked]

    for page in asyncio.run(pages()):
        assert [text for text in TAGS if text in page] == []
        assert not re.search(r"""(?:href|src)=["']?javascript:""", page)


def test_no_cell_of_a_workbook_or_of_swedish_csv_runs(hostile, tmp_path):
    export_corpus(Wanted(hostile, tmp_path), ["xlsx", "csv"])
    for sheet in openpyxl.load_workbook(tmp_path / "namndata.xlsx"):
        assert [cell.value for row in sheet for cell in row if cell.data_type == "f"] == []
    with (tmp_path / "csv" / "indicator_values.csv").open(encoding="utf-8-sig", newline="") as file:
        labels = [row["indicator"] for row in csv.DictReader(file, delimiter=";")]
    assert len(labels) == len(HOSTILE)
    assert [label for label in labels if label[:1] in ("=", "+", "-", "@")] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_no_annotation_begins_another_or_steers_a_terminal(text):
    line = annotation("warning", text, text, text)
    assert line.isprintable()
    assert line.startswith("::warning file=") and len(line.splitlines()) == 1
    name = line.removeprefix("::warning file=").split(",title=")[0]
    assert "::" not in name and "," not in name


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_steers_the_terminal(text):
    failed = make_result("rapport", ReportFacts(), problems=(Problem("read", "broken", text, "error"),))
    for line in (inert(text), printable(text), error_line(NamndataError(text)), document_line(failed, 1.0)):
        assert line.isprintable()


def test_every_command_tells_names_and_labels_by_one_way():
    """Rich's own escape lets line breaks and control characters through."""
    commands = list((Path(namndata.__file__).parent).glob("cli*.py"))
    assert commands and not [path.name for path in commands if "rich.markup" in path.read_text(encoding="utf-8")]


def test_junit_and_json_are_whole_whatever_a_report_prints(hostile, tmp_path):
    with sqlite3.connect(hostile) as db:
        [path] = db.execute("select path from documents").fetchone()
    findings = [Finding(name, "check", text, "error", 1, None, None, text) for text in HOSTILE for name in (path, text)]
    write_junit(tmp_path / "found.xml", hostile, findings, strict=True)
    root = ElementTree.parse(tmp_path / "found.xml").getroot()
    assert len(root.findall(".//failure")) == len(HOSTILE)
    write_json(tmp_path / "found.json", summarise(hostile), hostile, findings)
    said = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert [one["message"] for one in said["findings"][::2]] == HOSTILE


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_of_markdown_stays_one_cell_of_text(text):
    shown = cell(text)
    assert shown.isprintable()
    assert not re.search(r"(?<!\\)[<|`\[]", shown)
