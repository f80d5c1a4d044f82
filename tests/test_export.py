"""What is taken along: other programs read the exports back and find what the corpus holds."""

import csv
import hashlib
import json
import math
import shutil
import sqlite3
import subprocess
from dataclasses import replace

import duckdb
import openpyxl
import pandas
import pyarrow.parquet
import pytest
import yaml
from frictionless import Package
from hostile import RUNS
from hypothesis import given
from hypothesis import strategies as st
from reports import amount, indicator, make_result
from test_cli import run

from namndata.export import excel, parquet
from namndata.export.content import Content, tables_to_take
from namndata.export.links import Links
from namndata.export.text import may_run, plain_number, shown
from namndata.export.version import version_of
from namndata.export.write import FORMATS, Wanted, export_corpus
from namndata.run.provenance import Provenance
from namndata.sample.draw import draw_sample, write_sample
from namndata.sample.gold import gold_line
from namndata.store.dictionary import PRIVATE, columns_of, private_tables, read_dictionary, read_tables
from namndata.store.write import write_corpus
from schema.printed import ReportFacts

FACTS = ReportFacts(committee="Socialnämnden", municipality="Sjöviks kommun", fiscal_year=2019)
SUMS = {
    "indicator_values": ("value", "upper", "confidence"),
    "budget_values": ("value", "amount_sek", "cost_sek"),
    "budget_outcomes": ("overspend_sek", "budget_sek"),
}


@pytest.fixture(scope="module")
def exported(example, tmp_path_factory):
    out = tmp_path_factory.mktemp("export")
    export_corpus(Wanted(example, out), list(FORMATS))
    return out


@pytest.fixture(scope="module")
def partitioned(example, tmp_path_factory):
    out = tmp_path_factory.mktemp("partitioned")
    export_corpus(Wanted(example, out, is_partitioned=True), ["parquet"])
    return out / "partitioned"


@pytest.fixture
def hostile(tmp_path):
    """A corpus of one report whose text would run as formulas, break files or be refused."""
    labels = [
        *RUNS,
        "a\x00b\x0bc",
        "<r><t>x</t></r>",
        'rad 1\nrad 2; "slut"',
        "x" * 40_000,
    ]
    values = tuple(indicator(indicator=label, raw="−12,5", value=-12.5, row=row) for row, label in enumerate(labels))
    result = make_result("-rapport", FACTS, indicator_values=values, budget_values=(amount("Hyra", -1e15),))
    write_corpus(tmp_path / "corpus.sqlite", [result], Provenance("", ""))
    return tmp_path / "corpus.sqlite", labels


def sums_in(database, table):
    with sqlite3.connect(database) as db:
        return db.execute(
            f"select count(*), {', '.join(f'total({name})' for name in SUMS[table])} from {table}"
        ).fetchone()


def same(found, wanted):
    return all(math.isclose(one, other, rel_tol=1e-12) for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("table", SUMS)
def test_pandas_reads_the_csv_as_r_and_swedish_excel_do(exported, example, table):
    # What R's read.csv2(fileEncoding = "UTF-8-BOM") stands for.
    frame = pandas.read_csv(
        exported / "csv" / f"{table}.csv", sep=";", decimal=",", encoding="utf-8-sig", low_memory=False
    )
    assert same((len(frame), *(frame[name].sum() for name in SUMS[table])), sums_in(example, table))


@pytest.mark.parametrize("table", SUMS)
def test_duckdb_reads_parquet_and_csv(exported, example, table):
    for source in (
        f"read_parquet('{exported}/parquet/{table}.parquet')",
        f"read_csv('{exported}/datapackage/data/{table}.csv')",
    ):
        asked = f"select count(*), {', '.join(f'sum({name})' for name in SUMS[table])} from {source}"
        assert same(duckdb.execute(asked).fetchone(), sums_in(example, table))


@pytest.mark.parametrize("table", SUMS)
def test_duckdb_reads_parquet_by_municipality_and_year(partitioned, example, table):
    source = f"read_parquet('{partitioned}/{table}/**/*.parquet', hive_partitioning = true)"
    asked = f"select count(*), {', '.join(f'sum({name})' for name in SUMS[table])} from {source}"
    assert same(duckdb.execute(asked).fetchone(), sums_in(example, table))
    year = "fiscal_year" if table.endswith("_values") else "year"
    groups = f"select municipality, {year}, count(*) from {{}} group by 1, 2"
    with sqlite3.connect(example) as db:
        assert set(duckdb.execute(groups.format(source)).fetchall()) == set(db.execute(groups.format(table)))


def test_a_partitioned_export_takes_the_place_of_an_earlier_one(partitioned, example):
    def files():
        return {path.relative_to(partitioned): path.read_bytes() for path in partitioned.rglob("*") if path.is_file()}

    before = files()
    (partitioned / "goals" / "gone.parquet").write_bytes(b"x")
    export_corpus(Wanted(example, partitioned.parent, is_partitioned=True), ["parquet"])
    assert files() == before


@pytest.mark.parametrize("places", [1, 9])
def test_a_partitioned_table_is_asked_for_once_however_many_its_folders(tmp_path, monkeypatch, places):
    monkeypatch.setattr(parquet, "ROWS_OF_GROUP", 5)  # some folders' rows stand on both sides of a group's end
    values = tuple(indicator(indicator=f"Antal {name}", row=row) for row, name in enumerate("abc"))
    reports = [
        make_result(f"{place}-{year}", replace(FACTS, municipality=place, fiscal_year=year), indicator_values=values)
        for place in [*(f"Ort {number} kommun" for number in range(places)), None]
        for year in (2019, 2020)
    ]
    write_corpus(tmp_path / "corpus.sqlite", reports, Provenance("", ""))
    asked = []
    with sqlite3.connect(tmp_path / "corpus.sqlite") as db:
        table = next(each for each in tables_to_take(is_public=False) if each.name == "indicator_values")
        content = Content(db, (table,), version_of(db), Links({}, frozenset()), "CC0-1.0", is_public=False)
        wanted = sorted(content.rows(table), key=repr)
        db.set_trace_callback(asked.append)
        parquet.write_partitioned(content, table, tmp_path)
    assert len(asked) == 1
    files = [pyarrow.parquet.ParquetFile(path).read() for path in (tmp_path / "indicator_values").rglob("*.parquet")]
    assert len(files) == (places + 1) * 2
    assert all(len(file.group_by(["municipality", "fiscal_year"]).aggregate([])) == 1 for file in files)
    assert sorted((tuple(row.values()) for file in files for row in file.to_pylist()), key=repr) == wanted


@pytest.mark.parametrize("table", SUMS)
def test_openpyxl_and_pandas_read_the_workbook(exported, example, table):
    frame = pandas.read_excel(exported / "namndata.xlsx", sheet_name=table)
    assert same((len(frame), *(frame[name].sum() for name in SUMS[table])), sums_in(example, table))


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_r_reads_the_csv(exported, example):
    path = exported / "csv" / "budget_values.csv"
    code = f"x <- read.csv2('{path}', fileEncoding='UTF-8-BOM'); cat(nrow(x), sum(x$amount_sek, na.rm=TRUE))"
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True)
    assert same(
        map(float, done.stdout.split()), sums_in(example, "budget_values")[:1] + sums_in(example, "budget_values")[2:3]
    )


def test_every_format_holds_every_row_of_every_table(exported, example):
    with sqlite3.connect(example) as db:
        for table in read_tables():
            held = db.execute(f"select count(*) from {table}").fetchone()[0]
            assert pyarrow.parquet.read_metadata(exported / "parquet" / f"{table}.parquet").num_rows == held
            assert (
                len(pandas.read_csv(exported / "csv" / f"{table}.csv", sep=";", encoding="utf-8-sig", dtype=str))
                == held
            )


def test_parquet_columns_have_types_and_say_what_they_hold(exported):
    schema = pyarrow.parquet.read_schema(exported / "parquet" / "budget_values.parquet")
    assert str(schema.field("amount_sek").type) == "double" and str(schema.field("page").type) == "int64"
    assert schema.field("amount_sek").metadata[b"unit"] == b"SEK"
    for column in columns_of("budget_values"):
        assert schema.field(column.name).metadata[b"description"].decode() == column.description
    assert b"+" in schema.metadata[b"version"]


def test_the_data_package_is_valid_and_says_what_it_is(exported):
    folder = exported / "datapackage"
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])[:5]
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    citation = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert package["version"] == str(citation["version"]) and package["version"] in (folder / "README.md").read_text()
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert "Kilsjö kommun" in {author["name"] for author in citation["authors"]}
    assert (folder / "LICENSE.md").read_text().startswith("The data in this package is made available under CC-BY-4.0")


def test_every_export_says_how_often_the_corpus_was_found_wrong_and_how_right_reading_is_on_gold(example, tmp_path):
    reports = tmp_path / "rapporter"
    reports.mkdir()
    drawn = draw_sample(example, 20, 1)
    write_sample(reports, drawn)
    with (reports / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["document", "page", "label", "column_label", "raw", "field", "value"])
        writer.writerow([*drawn[0].anchor, "unit", "st"])
        writer.writerow([*drawn[1].anchor, "accepted", "1"])
    export_corpus(Wanted(example, tmp_path / "ut", reports), list(FORMATS))
    book = openpyxl.load_workbook(tmp_path / "ut" / "namndata.xlsx", read_only=True)
    first = " ".join(str(value) for row in book[book.sheetnames[0]].iter_rows(values_only=True) for value in row)
    about = [first]
    for folder in ("csv", "parquet", "datapackage"):
        files = (path for path in (tmp_path / "ut" / folder).rglob("*") if path.suffix in (".txt", ".md", ".json"))
        about.append(" ".join(path.read_text(encoding="utf-8") for path in files))
    for text in about:
        assert "1 of 2 wrong, 50.0 % (9.5–90.5 %)" in text
        assert "confidence" in text and gold_line() in text


def test_the_same_corpus_gives_the_same_bytes(example, exported, tmp_path):
    copy = shutil.copy(example, tmp_path / "copy.sqlite")
    export_corpus(Wanted(copy, tmp_path / "again"), list(FORMATS))
    assert hashes(tmp_path / "again") == hashes(exported)


def hashes(folder):
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_the_version_changes_with_any_value(example, tmp_path):
    copy = shutil.copy(example, tmp_path / "copy.sqlite")
    with sqlite3.connect(copy) as db:
        db.execute("update indicators set name = 'x' where rowid = (select min(rowid) from indicators)")
    for database, out in ((example, "a"), (copy, "b")):
        export_corpus(Wanted(database, tmp_path / out), ["datapackage"])
    versions = {json.loads((tmp_path / out / "datapackage/datapackage.json").read_text())["version"] for out in "ab"}
    assert len(versions) == 2


def test_sheets_have_frozen_headers_filters_widths_formats_and_notes(exported):
    book = openpyxl.load_workbook(exported / "namndata.xlsx")
    assert (
        book.sheetnames[:3] == ["about", "documents", "indicator_series"] and book.sheetnames[-1] == "data_dictionary"
    )
    sheet = book["budget_outcomes"]
    names = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:") and str(sheet.max_row) in sheet.auto_filter.ref
    assert sheet.column_dimensions[names["line"]].width > sheet.column_dimensions[names["year"]].width
    formats = {cell.number_format for cell in sheet[names["overspend_sek"]][1:] if cell.value is not None}
    assert formats == {'#,##0 "kr"'}
    assert "[SEK]" in sheet[f"{names['overspend_sek']}1"].comment.text
    described = {row[1] for row in book["data_dictionary"].iter_rows(values_only=True)}
    assert {cell.value for cell in sheet[1]} <= described


def test_every_sheet_that_is_not_left_out_is_there(exported):
    book = openpyxl.load_workbook(exported / "namndata.xlsx", read_only=True)
    assert set(book.sheetnames) == {"about", "data_dictionary"} | set(read_tables()) - excel.LEFT_OUT


def test_text_is_text_in_excel_and_negative_numbers_are_numbers(hostile, tmp_path):
    database, labels = hostile
    said = export_corpus(Wanted(database, tmp_path), ["xlsx"])
    sheet = openpyxl.load_workbook(tmp_path / "namndata.xlsx")["indicator_values"]
    names = {cell.value: cell.column_letter for cell in sheet[1]}
    cells = sheet[names["indicator"]][1:]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells[:4]] == [True] * 4
    assert [cell.value for cell in cells[:4]] == labels[:4]
    assert cells[4].value == "a\u2400b\u240bc"
    assert cells[5].value.strip() == "<r><t>x</t></r>"
    assert [(cell.value, cell.data_type) for cell in sheet[names["value"]][1:]] == [(-12.5, "n")] * len(labels)
    assert any("longer than Excel takes" in line and "row 9" in line for line in said)


def test_text_that_would_run_is_quoted_in_swedish_csv_only(hostile, tmp_path):
    database, labels = hostile
    export_corpus(Wanted(database, tmp_path), ["csv", "datapackage"])
    options = {"sep": ";", "decimal": ",", "encoding": "utf-8-sig"}
    swedish = pandas.read_csv(tmp_path / "csv" / "indicator_values.csv", **options)
    assert list(swedish["indicator"][:4]) == [f"'{label}" for label in labels[:4]]
    assert list(swedish["value"]) == [-12.5] * len(labels) and list(swedish["raw"]) == ["−12,5"] * len(labels)
    exact = pandas.read_csv(tmp_path / "datapackage" / "data" / "indicator_values.csv")
    assert list(exact["indicator"][:4]) == labels[:4]
    assert (tmp_path / "csv" / "budget_values.csv").read_bytes().count(b";-1000000000000000;") >= 1


def test_links_lead_to_the_page_on_the_web_or_in_the_file(tmp_path):
    results = [
        make_result(name, FACTS, indicator_values=(indicator(page=3),)) for name in ("web", "fil å", "gone", "js")
    ]
    write_corpus(tmp_path / "corpus.sqlite", results, Provenance("", ""))
    with sqlite3.connect(tmp_path / "corpus.sqlite") as db:
        db.execute("update documents set source_url = 'https://sjovik.se/a b.pdf#top' where document = 'web'")
        db.execute("update documents set source_url = 'javascript:alert(1)' where document = 'js'")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "fil å.pdf").touch()
    export_corpus(Wanted(tmp_path / "corpus.sqlite", tmp_path / "ut", tmp_path / "in"), ["xlsx"])
    sheet = openpyxl.load_workbook(tmp_path / "ut" / "namndata.xlsx")["indicator_values"]
    links = {row[0].value: row[0].hyperlink for row in sheet.iter_rows(min_row=2)}
    assert (links["web"].target, links["web"].location) == ("https://sjovik.se/a%20b.pdf", "page=3")
    assert (links["fil å"].target, links["fil å"].location) == ("..\\in\\fil%20å.pdf", "page=3")
    assert links["gone"] is None and links["js"] is None
    export_corpus(Wanted(tmp_path / "corpus.sqlite", tmp_path), ["datapackage"])
    package = Package(str(tmp_path / "datapackage" / "datapackage.json"))
    assert package.validate().valid
    assert [source.get("path") for source in package.sources] == ["https://sjovik.se/a b.pdf", None, None, None]


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(hostile, tmp_path, monkeypatch):
    monkeypatch.setattr(excel, "MOST_ROWS", 5)
    export_corpus(Wanted(hostile[0], tmp_path), ["xlsx"])
    book = openpyxl.load_workbook(tmp_path / "namndata.xlsx")
    assert (book["indicator_values"].max_row, book["indicator_values (2)"].max_row) == (6, 4)


def test_a_public_copy_holds_no_running_text_and_removes_what_an_earlier_export_left(example, tmp_path):
    export_corpus(Wanted(example, tmp_path), list(FORMATS))
    export_corpus(Wanted(example, tmp_path, is_public=True), list(FORMATS))
    with sqlite3.connect(example) as db:
        [private] = db.execute("select comment from assignments where length(comment) > 40 limit 1").fetchone()
    for path in (path for path in tmp_path.rglob("*") if path.suffix in (".csv", ".json", ".md", ".cff")):
        assert private not in path.read_text(encoding="utf-8"), path
    assert not list(tmp_path.rglob("cells.*")) and not list(tmp_path.rglob("search.*"))
    left_out = {(column.table, column.name) for column in read_dictionary() if column.type == PRIVATE}
    assert ("indicator_values", "raw") in left_out and private_tables() == {"cells", "search"}
    for table, name in left_out - {
        (each.table, each.name) for each in read_dictionary() if each.table in private_tables()
    }:
        assert name not in pyarrow.parquet.read_schema(tmp_path / "parquet" / f"{table}.parquet").names
    assert Package(str(tmp_path / "datapackage" / "datapackage.json")).validate().valid
    book = openpyxl.load_workbook(tmp_path / "namndata.xlsx", read_only=True)
    assert private not in {value for row in book["assignments"].iter_rows(values_only=True) for value in row}


@given(st.text())
def test_no_text_is_taken_for_a_formula_unless_it_is_a_number(text):
    if text[:1] in ("=", "@") or (text[:1] in ("+", "-") and any(x.isalpha() or x in "=()!|*+-" for x in text[1:])):
        assert may_run(text)
    assert shown(shown(text)) == shown(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_in_digits_is_the_number(value):
    assert float(plain_number(value)) == value
    assert "e" not in plain_number(value)


@pytest.mark.parametrize(
    ("value", "text"), [(45.0, "45"), (-0.5, "-0,5"), (1e16, "10000000000000000"), (100, "100"), (0.0, "0")]
)
def test_numbers_are_written_as_swedes_write_them(value, text):
    assert plain_number(value, ",") == text


def test_the_command_writes_one_format_or_all(hostile, tmp_path):
    done = run("export", hostile[0], "--format", "csv", "--out", tmp_path / "ut å", "--public")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "ut å" / "csv" / "documents.csv").is_file() and not (
        tmp_path / "ut å" / "namndata.xlsx"
    ).exists()
    assert run("export", hostile[0], "--format", "pdf").returncode == 2
    assert run("export", tmp_path / "none").stderr.startswith("Error: There is no corpus")
    assert run("export", hostile[0], "--corpus", tmp_path / "none").stderr.startswith("Error: There is no folder")


@pytest.mark.parametrize(("kind", "library"), [("xlsx", "xlsxwriter"), ("parquet", "pyarrow")])
def test_a_library_that_is_missing_is_named_with_the_remedy(hostile, tmp_path, monkeypatch, kind, library):
    import sys

    from namndata.errors import UsageError

    module = {"xlsx": "namndata.export.excel", "parquet": "namndata.export.parquet"}[kind]
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=f"need the library {library}.*pip install"):
        export_corpus(Wanted(hostile[0], tmp_path), [kind])
