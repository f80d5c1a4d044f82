"""Hostile text is inert: in the database, the site, the browser, CSV and Excel alike."""

import asyncio
import csv
import re
import sqlite3

import openpyxl
import pytest
from hostile import HOSTILE, MARKUP
from reports import amount, indicator, make_result

from namndata.browse.serve import ready
from namndata.export.write import Wanted, export_corpus
from namndata.run.provenance import Provenance
from namndata.site.build import Site, build_site
from namndata.store.write import write_corpus
from schema.printed import ReportFacts

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
