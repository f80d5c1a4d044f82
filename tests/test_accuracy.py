"""How often reading was right stands beside the figures, and agrees with what docs/method.md says."""

import csv
import re
from pathlib import Path

import pytest
from reports import amount, make_result

from namndata.export.write import FORMATS, Wanted, export_corpus
from namndata.run.provenance import Provenance
from namndata.sample.draw import draw_sample, write_sample
from namndata.sample.gold import accuracy_on_gold, gold_line
from namndata.sample.measure import measure_errors
from namndata.site.build import Site, build_site
from namndata.store.write import write_corpus
from schema.printed import ReportFacts

METHOD = (Path(__file__).parent.parent / "docs" / "method.md").read_text(encoding="utf-8")
FACTS = ReportFacts(committee="Socialnämnden", municipality="Sjöviks kommun", fiscal_year=2019)


def test_the_shipped_figures_are_those_of_the_method_page():
    told = {name.strip(): right.strip() for name, right in re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", METHOD, re.M)}
    for each in accuracy_on_gold():
        named = next(name for name in told if name.startswith(each.measure))
        assert told[named] == each.right
        if each.judged:
            assert f"{int(each.judged):,}" in METHOD
    year, month, day = accuracy_on_gold()[0].measured_on.split("-")
    assert (year, month) == ("2026", "11") and f"Measured on {int(day)} November {year}" in METHOD


@pytest.fixture
def judged(tmp_path):
    database = tmp_path / "corpus.sqlite"
    values = [amount(f"Rad {number}", number, row=number) for number in range(1, 6)]
    write_corpus(database, [make_result("a", FACTS, budget_values=values)], Provenance("", ""))
    drawn = draw_sample(database, 5, 1)
    write_sample(tmp_path, drawn)
    answers = ["ja", "nej", "no", "1", "yes"]
    with (tmp_path / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["document", "page", "label", "column_label", "raw", "field", "value", "value_id"])
        lines.writerows(
            [*value.anchor, "accepted", answer, value.value_id] for value, answer in zip(drawn, answers, strict=True)
        )
    return database


def test_a_yes_or_no_is_read_as_a_correction_reads_it(judged):
    whole = measure_errors(judged.parent).whole
    assert (whole.judged, whole.wrong) == (5, 2)


def test_every_export_says_how_often_it_was_wrong(judged):
    out = judged.parent / "export"
    export_corpus(Wanted(judged, out, judged.parent), list(FORMATS))
    rate = "2 of 5 wrong, 40.0 % (11.8–76.9 %)"
    for path in ("csv/about.txt", "parquet/about.txt", "datapackage/README.md", "datapackage/datapackage.json"):
        text = (out / path).read_text(encoding="utf-8")
        assert rate in text and gold_line() in text, path
    openpyxl = pytest.importorskip("openpyxl")
    about = openpyxl.load_workbook(out / "namndata.xlsx", read_only=True)["about"]
    said = " ".join(str(row[1]) for row in about.iter_rows(values_only=True))
    assert rate in said and gold_line() in said


def test_the_site_says_it_in_both_languages(judged):
    out = judged.parent / "site"
    build_site(Site(judged, judged.parent, out))
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "40,0" in page and "Mätt mot facit" in page and "number found" in page and "tal hittade" in page
