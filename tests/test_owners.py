"""Whose a table or row is in a report of several committees."""

import sqlite3
from contextlib import closing

import pytest
from drawing import content, draw_table, heading

from extract.records.owners import committee_named
from extract.records.report import print_report
from namndata.run.build import Options, Watcher, build_corpus
from schema.printed import ReportFacts

REPORT = """# Delårsrapport augusti 2024

Kommunstyrelsen, Sjövik kommun

## Samlad ekonomi

| Belopp tkr | Budget 2024 | Utfall jan-aug 2024 |
| --- | --- | --- |
| Socialnämnden | 500 | 340 |
| Bildningsnämnden | 700 | 460 |
| Summa | 1 200 | 800 |

## Socialnämnden

### Nyckeltal

| Indikator | Utfall 2023 | Utfall 2024 |
| --- | --- | --- |
| Sjukfrånvaro, % | 7,1 | 6,9 |

## Bildningsnämnden

### Nyckeltal

| Indikator | Utfall 2023 | Utfall 2024 |
| --- | --- | --- |
| Sjukfrånvaro, % | 5,2 | 5,5 |
"""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Socialnämnden", "Socialnämnden"),
        ("4. Vård- och omsorgsnämnden", "Vård- och omsorgsnämnden"),
        ("Socialnämndens arbetsutskott", None),
        ("Socialnämnden och bildningsnämnden", None),
        ("Så arbetar socialnämnden med barn i hela kommunen", None),
        ("Ekonomi", None),
    ],
)
def test_a_heading_that_names_a_committee_and_little_else_is_its_chapter(text, name):
    assert committee_named(text) == name


def test_one_committees_report_names_others_without_becoming_theirs():
    table = draw_table("Belopp tkr | Budget 2024\nSocialnämnden | 5\nBildningsnämnden | 7")
    own = content(heading("Socialnämnden"), table)
    assert print_report(own, ReportFacts(committee="Socialnämnden"))[0].owners == {}
    assert print_report(own, ReportFacts())[0].owners == {(1, 1): "Socialnämnden", (1, 2): "Bildningsnämnden"}


def test_records_in_a_chapter_are_its_committees_in_tables_and_views(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "sjovik.md").write_text(REPORT, encoding="utf-8")
    build_corpus(tmp_path / "reports", tmp_path / "out", Options(jobs=1), Watcher())
    with closing(sqlite3.connect(tmp_path / "out" / "corpus.sqlite")) as corpus:
        rows = corpus.execute("select distinct committee, indicator from indicator_values order by 1").fetchall()
        lines = dict(corpus.execute("select line, committee from budget_values").fetchall())
        series = corpus.execute("select distinct committee from indicator_series order by 1").fetchall()
        ids = corpus.execute("select count(distinct indicator_id) from indicator_values").fetchone()
    assert rows == [("Bildningsnämnden", "Sjukfrånvaro, %"), ("Socialnämnden", "Sjukfrånvaro, %")]
    assert lines == {
        "Socialnämnden": "Socialnämnden",
        "Bildningsnämnden": "Bildningsnämnden",
        "Summa": "Kommunstyrelsen",
    }
    assert series == [("Bildningsnämnden",), ("Socialnämnden",)]
    assert ids == (2,)
