"""A municipality's own words beside the reports: read as Excel saves them, added to ours, and no PDF read again."""

import sqlite3
from contextlib import closing

import pytest
from reports import build, write_report
from typer.testing import CliRunner

from namndata.cli import app
from namndata.errors import UsageError
from namndata.run import fingerprint
from schema.separated import read_separated
from schema.vocabulary import read_rows

REPORT = """# Verksamhetsplan 2024

Socialnämnden, Nora kommun

| Insatsområde | Nämndmål | Indikator | Mätvärdet 2024 |
|---|---|---|---|
| Trygg uppväxt | Barn är trygga | Andel trygga barn (%) | 71 |
| Trygg ålderdom | Äldre är trygga | Andel trygga äldre (%) | 82 |
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "plan.md").write_text(REPORT, encoding="utf-8")
    yield tmp_path / "in"
    write_report(tmp_path / "other" / "a.txt")
    build(tmp_path / "other", tmp_path / "other-out")  # a corpus without words of its own forgets those


def write(folder, name, text, encoding="utf-8"):
    (folder / "vocabulary").mkdir(exist_ok=True)
    (folder / "vocabulary" / f"{name}.csv").write_bytes(text.encode(encoding))


def ask(folder, query):
    with closing(sqlite3.connect(build(folder, folder.parent / "out").database)) as db:
        return db.execute(query).fetchall()


AREAS = "select distinct goal_area from indicator_values order by 1"


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";")], ids=["plain", "excel", "windows"]
)
def test_a_header_is_taught_by_the_row_that_the_summary_names(folder, encoding, delimiter):
    assert ask(folder, AREAS) == [(None,)]
    said = CliRunner().invoke(app, ["extract", str(folder), "--out", str(folder.parent / "out"), "--jobs", "1"]).stdout
    row = next(line for line in said.splitlines() if "'Insatsområde'" in line).split()[0]
    assert row == "insatsområde,role,goal_area"
    assert f"{folder / 'vocabulary' / 'header_words.csv'} (new; its first line: word,class,meaning)" in said
    write(folder, "header_words", f"word,class,meaning\n{row}\n".replace(",", delimiter), encoding)
    assert ask(folder, AREAS) == [("Trygg uppväxt",), ("Trygg ålderdom",)]
    assert "Insatsområde" not in [row[0] for row in ask(folder, "select raw from problems")]
    (folder / "vocabulary" / "header_words.csv").unlink()
    assert ask(folder, AREAS) == [(None,)]


def test_a_word_of_ones_own_takes_the_place_of_a_shipped_one(folder):
    write(folder, "missing", "phrase,match\nfinns ej,whole\n")
    write(folder, "units", "phrase;unit;kind\nkronor per invånare;kr/inv;measure\n")
    ask(folder, AREAS)
    assert [row["match"] for row in read_rows("missing") if row["phrase"] == "finns ej"] == ["whole"]
    before = len(read_rows("units"))
    write(folder, "units", "phrase;unit;kind\n%;procent;share\n")
    ask(folder, AREAS)
    assert len(read_rows("units")) in (before, before - 1)
    assert [row["unit"] for row in read_rows("units") if row["phrase"] == "%"] == ["procent"]


def test_what_a_stage_depends_on_holds_the_words_that_it_reads_and_no_others(folder):
    def keys():
        from namndata.run.stages import READERS, RECORDING_MODULES

        pdf = next(reader for reader in READERS if reader.media_type == "application/pdf")
        return fingerprint.fingerprint(*pdf.modules), fingerprint.fingerprint(*RECORDING_MODULES)

    ask(folder, AREAS)
    pages, records = keys()
    write(folder, "header_words", "word,class,meaning\ninsatsområde,role,goal_area\n")
    ask(folder, AREAS)
    assert keys()[0] == pages and keys()[1] != records


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("header_word", "word,class,meaning\n", r"header_word\.csv: no list is called so"),
        ("header_words", "ord,class,meaning\nx,kind,outcome\n", "line 1: the columns word are missing"),
        ("header_words", "word,class,meaning\n\nx,sort,outcome\n", r"line 3: class is 'sort'; write one of"),
        ("header_words", "word,class,meaning\nx,kind,utfall\n", r"line 2: meaning is 'utfall'; write one of 'budget'"),
        ("header_words", "word,class,meaning\n,kind,outcome\n", "line 2: it has no word"),
        ("fact_weights", "fact,evidence,weight\n", "no list is called so"),
    ],
)
def test_a_list_that_is_none_ends_the_run_with_file_row_and_remedy(folder, name, text, said):
    write(folder, name, text)
    with pytest.raises(UsageError, match=said):
        build(folder, folder.parent / "out")


def test_every_shipped_list_could_be_ones_own(folder):
    from namndata.run.words import check_list, lists_of_words
    from schema.vocabulary import FOLDER

    for name in lists_of_words():
        check_list(FOLDER / f"{name}.csv")


def test_an_apostrophe_that_keeps_a_spreadsheet_from_running_a_value_is_no_part_of_it(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("label;raw\n'=HYPERLINK(1);'- kvinnor\n'tryggt';-5,0\n", encoding="utf-8")
    [(_, first), (_, second)] = read_separated(path).rows
    assert first == {"label": "=HYPERLINK(1)", "raw": "- kvinnor"}
    assert second == {"label": "'tryggt'", "raw": "-5,0"}
