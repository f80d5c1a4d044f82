"""The site that opens from disk: every page and address is there, nothing a report prints becomes markup."""

import csv
import json
import random
import re
import shutil
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile import MARKUP
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reports import amount, indicator, make_result, write_report
from test_cli import run

from namndata.language.catalogue import keyed_words
from namndata.run.provenance import Provenance
from namndata.sample.draw import draw_sample, write_sample
from namndata.sample.measure import measure_errors, wilson
from namndata.site.build import Site, build_site
from namndata.site.charts import Point, Size, draw_chart, nice_ticks, year_of
from namndata.site.committees import net_years
from namndata.site.indicators import read_indicators
from namndata.site.pictures import page_pictures
from namndata.site.reading import committee_address, indicator_address, read_corpus
from namndata.site.shown import TURNING, file_name, million, number, script, visible
from namndata.store.write import write_corpus
from schema.layout import Box, Cell, Table
from schema.printed import FactSource, ReportFacts
from schema.problem import Check

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
TEMPLATES = ROOT / "src" / "namndata" / "site" / "templates"
FACTS = ReportFacts(committee="Socialnämnden", municipality="Sjöviks kommun", fiscal_year=2019)
PAGE_BYTES = 100_000


@pytest.fixture(scope="module")
def site(example, tmp_path_factory):
    """The example corpus as a site."""
    out = tmp_path_factory.mktemp("site")
    build_site(Site(example, CORPUS, out))
    return out


def corpus_of(folder, results):
    write_corpus(folder / "corpus.sqlite", results, Provenance("", ""))
    return folder / "corpus.sqlite"


@pytest.fixture
def hostile(tmp_path):
    values = tuple(
        indicator(indicator=text, raw=text, column_label=text, table_title=text, unit=text, row=row, value=None)
        for row, text in enumerate(MARKUP)
    )
    facts = ReportFacts(committee=MARKUP[1], municipality=MARKUP[0], fiscal_year=2019, title=MARKUP[3])
    results = [make_result("r" + MARKUP[0].replace("/", "_"), facts, indicator_values=values)]
    build_site(Site(corpus_of(tmp_path, results), tmp_path / "none", tmp_path / "report"))
    return tmp_path / "report"


class Elements(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self, path):
        super().__init__()
        self.names, self.ids, self.links, self.handlers, self.text = [], set(), [], [], ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        for name, value in attrs:
            self.handlers += [name] if name.startswith("on") else []
            self.ids |= {value} if name == "id" else set()
            self.links += [value] if name in ("href", "src") else []

    def handle_data(self, data):
        self.text += data


def pages(site):
    return sorted(site.rglob("*.html"))


def test_every_link_leads_to_a_page_and_a_place_that_exist(site):
    found = {path: Elements(path) for path in pages(site)}
    missing = []
    for path, elements in found.items():
        for link in elements.links:
            if link == "data:,":
                continue
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            if not target.is_file() or (anchor and target.suffix == ".html" and anchor not in found[target].ids):
                missing.append((path.name, link))
    assert len(found) > 200
    assert missing == []


def test_nothing_is_loaded_from_elsewhere(site):
    texts = "".join(
        path.read_text(encoding="utf-8") for kind in ("html", "css", "js") for path in site.rglob(f"*.{kind}")
    )
    assert not re.search(r"(?:https?:)?//[\w.]+\.\w", texts)


def test_every_value_has_a_place(site, example):
    places = {}
    for path in (site / "report").glob("*.html"):
        places |= dict.fromkeys(Elements(path).ids, path)
    ids = [
        row[0] for table in ("indicator_values", "budget_values") for row in rows(example, f"select id from {table}")
    ]
    assert len(ids) > 2000
    assert [value for value in ids if value.rpartition(":")[2] not in places] == []


def rows(database, sql):
    import sqlite3

    with sqlite3.connect(database) as db:
        return db.execute(sql).fetchall()


def test_an_indicator_leads_to_every_place_that_states_it(site, example):
    (indicator,) = rows(example, "select indicator_id from indicators order by reports desc, indicator_id limit 1")[0]
    stated = f"select value_id from indicator_statements where has_value and indicator_id = '{indicator}'"
    links = Elements(site / indicator_address(indicator)).links
    anchors = {link.partition("#")[2] for link in links}
    assert {row[0].rpartition(":")[2] for row in rows(example, stated)} <= anchors


def test_the_statement_that_counts_stands_before_a_later_budgets_restatement(tmp_path):
    annual = ReportFacts("Bokslut 2019", "Ön", "Nämnden", "verksamhetsberättelse", 2019)
    budget = ReportFacts("Internbudget 2022", "Ön", "Nämnden", "internbudget", 2022)
    stated = {"indicator": "Antal besök", "kind": "outcome", "period": "2019"}
    results = [
        make_result("closes", annual, indicator_values=[indicator(value=52, raw="52", **stated)]),
        make_result("restates", budget, indicator_values=[indicator(value=50, raw="50", **stated)]),
    ]
    write_corpus(tmp_path / "corpus.sqlite", results, Provenance("", ""))
    corpus = read_corpus(tmp_path / "corpus.sqlite")
    [shown] = read_indicators(corpus)
    corpus.db.close()
    assert [row["document"] for row, _ in shown.statements] == ["closes", "restates"]


def test_pictures_are_small_and_stay_until_the_file_changes(site, example):
    pictures = {path: path.stat() for path in site.rglob("*.webp")}
    assert len(pictures) == 30
    assert max(stat.st_size for stat in pictures.values()) < PAGE_BYTES
    build_site(Site(example, CORPUS, site))
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*.webp")} == {
        path: stat.st_mtime_ns for path, stat in pictures.items()
    }


def test_a_picture_that_would_be_large_is_drawn_smaller(tmp_path):
    noise = Image.frombytes("RGB", (900, 1200), random.Random(1).randbytes(900 * 1200 * 3))
    noise.save(tmp_path / "a.pdf")
    (picture,) = page_pictures(tmp_path / "a.pdf", {1: ()}, {}, tmp_path, "pictures")
    assert 10_000 < (tmp_path / picture.address).stat().st_size < PAGE_BYTES


def test_a_text_stands_beside_its_lines_and_a_missing_file_is_told(site, example, tmp_path):
    text = (site / "report" / "linkoping-son-verksamhetsberattelse-2019.html").read_text(encoding="utf-8")
    assert 'data-line="10"' in text
    reports = tmp_path / "some"
    reports.mkdir()
    shutil.copy(CORPUS / "kilsjo-aldrenamnd-bokslut-2021.pdf", reports)
    built = build_site(Site(example, reports, tmp_path / "report"))
    assert built.pictures == 1
    assert len(built.missing) == 14
    assert "finns inte i mappen" in (tmp_path / "report/report/linkoping-son-internbudget-2019.html").read_text("utf-8")


def test_a_failed_sum_is_told_in_words_with_its_place(site):
    path = site / "report" / "linkoping-son-internbudget-2024.html"
    finding = path.read_text(encoding="utf-8").split('<li class="failed">')[1].split("</li>")[0]
    assert "Summan stämmer inte" in finding
    assert "The sum does not hold" in finding
    assert "Tryckt: 54,8. Det som jämförs med ger 55,4." in finding
    assert re.search(r'href="#b[0-9a-f]{8}"', finding)


def test_many_checks_that_fail_alike_are_one_finding_that_opens(tmp_path):
    checks = tuple(Check("sum", False, row + 1.0, float(row), f"Rad {row}, Utfall 2019", table=1) for row in range(5))
    few = (*checks[:3], Check("variance", False, 1.0, 2.0, "Rad 9", table=1))
    results = [make_result(name, FACTS, checks=of) for name, of in (("many", checks), ("few", few))]
    build_site(Site(corpus_of(tmp_path, results), tmp_path, tmp_path / "report"))
    many, few = ((tmp_path / f"report/report/{name}.html").read_text(encoding="utf-8") for name in ("many", "few"))
    assert many.count("Summan stämmer inte") == 1 and few.count("Summan stämmer inte") == 3
    assert many.count('<li class="failed">') == 6


def test_what_a_report_prints_stays_text(hostile):
    for path in pages(hostile):
        elements = Elements(path)
        assert not elements.handlers
        assert set(elements.names) & {"img", "b"} <= {"b"}
        assert elements.names.count("script") == len(re.findall(r"<script src", path.read_text(encoding="utf-8")))
        assert not [link for link in elements.links if link.startswith("javascript")]
        assert all(ord(letter) >= 32 or letter in "\n\t" for letter in elements.text)
        assert TURNING.isdisjoint(elements.text)
    shown = " ".join(Elements(path).text for path in pages(hostile))
    assert "<script>alert(1)</script>" in shown
    assert "{{ 7 * 7 }}" in shown
    assert "a␀b␛c␡" in shown


def test_data_that_pages_load_holds_text_alone(hostile):
    for path in (hostile / "data").glob("*.js"):
        text = path.read_bytes().decode("ascii")
        assert "<" not in text
        json.loads("[" + text.strip().partition("(")[2].removesuffix(");") + "]")


@given(st.text())
def test_what_is_shown_controls_nothing_and_keeps_what_can_be_seen(text):
    shown = visible(text)
    assert len(shown) == len(text)
    assert TURNING.isdisjoint(shown)
    assert all(ord(letter) >= 32 or letter in "\n\t" for letter in shown)
    assert visible(shown) == shown
    shown.encode()


@given(st.text())
def test_scripts_carry_their_data_whole(text):
    written = script("f", {"a": text})
    assert json.loads(written[2:-3]) == {"a": visible(text)}


@given(st.text())
def test_names_of_files_can_be_borne_by_any_system(text):
    assert re.fullmatch(r"[a-z0-9\-]{1,68}", file_name(text))


def test_names_that_are_alike_keep_files_of_their_own():
    names = ["Ä-nämnd", "a-namnd", "A-nämnd", "Ä nämnd"]
    assert len({file_name(name) for name in names}) == 4


def test_numbers_are_written_as_in_sweden():
    assert number(1234567.5) == "1\u202f234\u202f567,5"
    assert number(-0.25) == "−0,25"
    assert number(-0.00001) == "0"
    assert number(None) == "–"
    assert number(1234567.5).english == "1\u202f234\u202f567.5"


def test_a_public_site_has_no_pictures_and_no_running_text(example, tmp_path):
    out = tmp_path / "report"
    build_site(Site(example, CORPUS, out))
    build_site(Site(example, CORPUS, out, is_public=True))
    texts = "".join(path.read_text(encoding="utf-8") for path in (*pages(out), *out.rglob("*.js")))
    assert not list(out.rglob("*.webp"))
    assert not (out / "review.html").exists()
    (comment,) = rows(example, "select comment from assignments where length(comment) > 40 limit 1")[0]
    assert comment not in texts
    assert "Total sjukfrånvaro" in texts
    assert "<figure" not in texts


def test_ten_thousand_values_are_built_within_a_minute(tmp_path):
    cells = tuple(
        Cell(row, col, f"{row * 7}", box=Box(10.0, 10.0, 90.0, 20.0), page=1) for row in range(250) for col in range(4)
    )
    results = [
        make_result(
            f"rapport-{number}",
            FACTS,
            indicator_values=tuple(indicator(indicator=f"Mått {row}", row=row, value=row / 7) for row in range(150)),
            budget_values=tuple(amount(f"Rad {row}", row * 1000.0, row=row) for row in range(150, 250)),
            tables=(Table(1, cells, page=1),),
        )
        for number in range(40)
    ]
    database = corpus_of(tmp_path, results)
    began = time.process_time()
    build_site(Site(database, tmp_path, tmp_path / "report"))
    assert time.process_time() - began < 60
    assert (tmp_path / "report/report/rapport-7.html").read_text(encoding="utf-8").count('<a class="v"') == 250


def test_new_reports_are_those_that_earlier_sites_did_not_show(tmp_path):
    results = [make_result(name, FACTS, indicator_values=(indicator(),)) for name in ("a", "b")]
    database = corpus_of(tmp_path, results)
    ids = dict(rows(database, "select document, content_id from documents"))
    out = tmp_path / "report"
    out.mkdir()
    (out / "seen.json").write_text(json.dumps({ids["a"]: "2020-01-01"}), encoding="utf-8")
    build_site(Site(database, tmp_path, out))
    new = (out / "index.html").read_text(encoding="utf-8").split('class="lines"')[1].split("</section>")[0]
    assert "report/b.html" in new
    assert "report/a.html" not in new


def test_every_word_is_in_both_languages_and_templates_use_no_other():
    words = keyed_words()
    assert all(swedish and english for swedish, english in words.values())
    texts = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    used = set(re.findall(r'\b(?:t|sv)\("([\w.]+)"[,)]', texts))
    assert len(used) > 80
    assert used - set(words) == set()
    scripts = "".join(path.read_text(encoding="utf-8") for path in (TEMPLATES.parent / "assets").glob("*.js"))
    assert set(re.findall(r'\bword(?:s)?\("([\w.]+)"\)', scripts)) - set(words) == set()


def test_every_doubt_is_told_in_swedish():
    vocabulary = ROOT / "src" / "schema" / "vocabulary" / "doubts.csv"
    with vocabulary.open(encoding="utf-8", newline="") as file:
        names = {row["doubt"] for row in csv.DictReader(line for line in file if not line.startswith("#"))}
    assert {name for name in names if f"doubt.{name}" not in keyed_words()} == set()


@given(st.floats(-1e9, 1e9), st.floats(0.001, 1e9))
def test_scales_hold_what_they_show(low, width):
    ticks = nice_ticks(low, low + width)
    assert ticks[0] <= low + 1e-6 * width
    assert ticks[-1] >= low + width - 1e-6 * width
    assert 2 <= len(ticks) <= 8


def test_charts_join_years_that_follow_and_part_at_a_changed_definition():
    points = [Point(str(year), value, "final", "", "") for year, value in ((2017, 1), (2018, 2), (2020, 3), (2021, 4))]
    points += [
        Point("2021-08", 3.5, "interim", "", ""),
        Point("2022", 5, "forecast", "", ""),
        Point("2022", 6, "target", "", ""),
    ]
    chart = draw_chart(points, [("2021", "definition_changed")], Size(400, 200))
    assert [len(line.split()) for line in chart.lines] == [2, 1, 1]
    assert len(chart.dashed) == 1
    assert len(chart.breaks) == 1
    assert all(chart.left <= mark.x <= chart.right and chart.top <= mark.y <= chart.bottom for mark in chart.marks)


@pytest.mark.parametrize(
    ("period", "year"),
    [("2019", 2019), ("2023-06", 2022.5), ("2023-01/2023-12", 2023), ("2022/2023", 2023), ("i går", 0)],
)
def test_periods_stand_where_they_end(period, year):
    assert year_of(period) == year


def test_a_sample_is_the_same_again_and_gives_each_kind_and_report_its_share(example):
    drawn = draw_sample(example, 200, 1)
    assert drawn == draw_sample(example, 200, 1)
    assert drawn != draw_sample(example, 200, 2)
    assert len({value.value_id for value in drawn}) == 200
    shares = dict(rows(example, "select document, count(*) from review_list group by 1"))
    whole = sum(shares.values())
    for document, count in shares.items():
        got = sum(value.document == document for value in drawn)
        assert abs(got - 200 * count / whole) <= 4
    money = rows(example, "select count(*) from budget_values")[0][0] / whole
    assert abs(sum(value.kind == "money" for value in drawn) / 200 - money) < 0.02


def test_a_sample_larger_than_the_corpus_is_all_of_it(tmp_path):
    results = [make_result("a", FACTS, indicator_values=(indicator(),))]
    assert len(draw_sample(corpus_of(tmp_path, results), 50, 1)) == 1


def test_the_error_rate_is_what_people_decided_on_the_drawn_values(example, tmp_path):
    drawn = draw_sample(example, 100, 1)
    write_sample(tmp_path, drawn)
    assert measure_errors(tmp_path).whole.judged == 0
    columns = ["document", "page", "label", "column_label", "raw", "field", "value", "value_id"]
    with (tmp_path / "corrections.csv").open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(columns)
        for number_drawn, value in enumerate(drawn[:50]):
            verdict = (
                ("is_value", "0") if number_drawn == 0 else ("unit", "st") if number_drawn == 1 else ("accepted", "1")
            )
            texts = (text.encode("cp1252", "replace").decode("cp1252") for text in value.anchor)
            writer.writerow([*texts, *verdict, value.value_id])
    measured = measure_errors(tmp_path)
    assert (measured.drawn, measured.whole.judged, measured.whole.wrong) == (100, 50, 2)
    assert sum(rate.wrong for rate in measured.by_kind) == sum(rate.wrong for rate in measured.by_band) == 2
    assert measured.whole.line() == "2 of 50 wrong, 4.0 % (1.1–13.5 %)"


def test_wilsons_interval_is_that_of_the_textbooks():
    assert wilson(0, 100) == pytest.approx((0, 0.0370), abs=1e-4)
    assert wilson(10, 100) == pytest.approx((0.0552, 0.1744), abs=1e-4)
    assert wilson(0, 0) == (0, 1)


def test_the_commands_write_a_site_and_draw_and_measure(tmp_path):
    reports, out = tmp_path / "rapporter", tmp_path / "out"
    write_report(reports / "budget.txt")
    run("extract", str(reports), "--out", str(out), "--jobs", "1")
    drawn = run("sample", str(out / "corpus.sqlite"), "--corpus", str(reports), "--size", "5")
    assert "5 values drawn" in drawn.stdout
    value = next(csv.DictReader((reports / "sample.csv").open(encoding="utf-8")))
    line = ",".join(
        f'"{text}"' for text in (value["document"], "", value["label"], value["column_label"], value["raw"])
    )
    (reports / "corrections.csv").write_text(
        f"document,page,label,column_label,raw,field,value\n{line},accepted,1\n", encoding="utf-8"
    )
    assert "0 of 1 wrong" in run("sample", str(out / "corpus.sqlite"), "--corpus", str(reports)).stdout
    again = run("extract", str(reports), "--out", str(out), "--jobs", "1")
    assert "Sample     0 of 1 wrong, 0.0 % (0.0–79.3 %)" in again.stdout
    built = run("report", str(out), "--corpus", str(reports))
    assert built.returncode == 0
    index = (out / "report" / "index.html").read_text(encoding="utf-8")
    assert "0 fel bland 1 bedömda" in index
    assert run("report", str(tmp_path / "nowhere.sqlite")).returncode == 2


def test_a_report_tells_where_it_was_read_whose_it_is_and_of_when(site):
    page = (site / "report" / "linkoping-son-internbudget-2024.html").read_text(encoding="utf-8")
    sources = page.split('<details class="sources">')[1].split("</details>")[0]
    assert "Var uppgifterna står" in sources and "titeln" in sources and "<q><bdi>" in sources
    assert 'href="#p1"' in sources
    assert re.search(r'<th scope="row">.*Nämnd.*</th><td><bdi>Social- och omsorgsnämnden</bdi></td>', sources)


def test_a_front_page_without_tables_is_shown_with_the_lines_that_say_whose_the_report_is(tmp_path):
    name = "linkoping-son-internbudget-2024"
    printed = "Internbudget 2024 med plan för 2025-2029"
    title = FactSource("title", printed, printed, "title", 1, Box(60, 80, 500, 140))
    facts = replace(FACTS, title=printed, sources=(title,))
    result = make_result(name, facts, tables=())
    shutil.copy(CORPUS / f"{name}.pdf", tmp_path)
    build_site(Site(corpus_of(tmp_path, [result]), tmp_path, tmp_path / "report"))
    page = (tmp_path / "report" / "report" / f"{name}.html").read_text(encoding="utf-8")
    sheet = page.split('id="p1"')[1].split("</section>")[0]
    assert 'class="said" x="58.0" y="78.0" width="444.0" height="64.0"' in sheet
    assert "Inga tabeller" in sheet


def test_headers_stand_over_their_figures(site):
    page = (site / "report" / "linkoping-son-delarsrapport-2023.html").read_text(encoding="utf-8")
    header = page.split('id="t8"')[1].split("</tr>")[0]
    assert re.search(r'<th[^>]* class="n [^>]*><bdi>Augusti 2023', header)
    assert re.search(r'<th[^>]* class="[^n"]*"[^>]*><bdi>Personal', header)


def test_the_first_page_shows_every_report_by_committee_and_year_and_the_doubtful_first(site, example):
    index = (site / "index.html").read_text(encoding="utf-8")
    coverage = index.split('<table class="coverage">')[1].split("</table>")[0]
    documents = rows(example, "select document, fiscal_year from documents where status != 'failed'")
    assert all(f'href="report/{file_name(document)}.html"' in coverage for document, _ in documents)
    years = range(min(year for _, year in documents), max(year for _, year in documents) + 1)
    assert re.findall(r'<th scope="col">(\d{4})</th>', coverage) == [str(year) for year in years]
    doubtful = index.split('class="bands"')[1].split("<tbody>")[1].split("</tbody>")[0]
    counts = [[int(n) for n in re.findall(r'class="n">(\d+)', row)] for row in doubtful.split("</tr>")[:-1]]
    worst = [values + 5 * (failed + problems) for values, failed, problems in counts]
    assert worst == sorted(worst, reverse=True) and worst[0] > 0


def test_a_committee_shows_net_cost_budget_beside_outcome_and_targets_met(site, example):
    (municipality, name, year, net) = rows(
        example,
        "select municipality, committee, year, net_cost_sek from net_costs where kind = 'outcome'"
        " and length(period) = 4 and committee like 'Social- och%' order by year desc limit 1",
    )[0]
    page = (site / committee_address(municipality, name)).read_text(encoding="utf-8")
    assert re.search(rf'<th scope="row">{year}</th>', page) and f">{million(net)}</span>" in page
    bars = page.split('<table class="bars">')
    assert len(bars) >= 3 and all("<rect" in table for table in bars[1:])
    attained = page.split('<table class="bars narrow">')[1].split("</table>")[0]
    assert '<rect class="met"' in attained and '<rect class="missed"' in attained


def test_income_is_drawn_left_of_zero_and_costs_right_of_it():
    rows = [
        {"year": year, "period": str(year), "kind": "outcome", "net_cost_sek": amount}
        for year, amount in ((2022, -5.0), (2023, 10.0))
    ]
    income, cost = net_years(rows)
    assert (income.zero, income.shares["outcome"], cost.shares["outcome"]) == (1 / 3, -1 / 3, 2 / 3)


def test_a_report_of_an_unknown_committee_says_so(tmp_path):
    facts = ReportFacts(municipality="Sjöviks kommun", fiscal_year=2019, title="Ramar")
    build_site(Site(corpus_of(tmp_path, [make_result("a", facts)]), tmp_path, tmp_path / "report"))
    index = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert "Okänd nämnd</span>" in index.split('<table class="coverage">')[1].split("</table>")[0]
    assert "från 0 nämnder i 1 kommun" in index
    assert '<bdi class="whose">Sjöviks kommun</bdi>' in index.split('class="report-line"')[1]


def test_a_series_of_one_period_has_no_chart_of_its_own(tmp_path):
    values = [
        indicator(indicator=name, period=year) for name, year in (("En", "2019"), ("Två", "2019"), ("Två", "2020"))
    ]
    database = corpus_of(tmp_path, [make_result("a", FACTS, indicator_values=tuple(values))])
    build_site(Site(database, tmp_path, tmp_path / "report"))
    charts = {path.name[:3]: 'class="large"' in path.read_text("utf-8") for path in tmp_path.glob("report/indicator/*")}
    assert charts == {"en-": False, "tva": True}


def test_forecasts_beside_a_budget_are_called_forecasts(site, example):
    forecasts = "select distinct municipality, committee from budget_outcomes where outcome_is = 'forecast'"
    page = (site / committee_address(*rows(example, forecasts)[0])).read_text(encoding="utf-8")
    money = page.split("Budget och prognos</span>")[1].split("</table>")[0]
    assert "Prognos" in money and "Utfall" not in money and 'class="spent forecast"' in money


def test_charts_tell_those_who_cannot_see_them_what_they_show(site):
    for path in (*(site / "indicator").glob("*.html"), *(site / "committee").glob("*.html")):
        for chart in re.findall(r'<svg class="chart"[^>]*role="img".*?</svg>', path.read_text("utf-8"), re.DOTALL):
            named = re.search(r'aria-labelledby="(\S+) (\S+)"', chart)
            assert f'<title id="{named[1]}">' in chart
            said = re.search(rf'<desc id="{re.escape(named[2])}">(.*?)</desc>', chart)[1]
            assert said.count(";") + 1 == len(re.findall(r'<g class="m ', chart))


def test_pictures_of_pages_are_loaded_when_they_are_scrolled_to(site):
    pictures = re.findall(r"<img [^>]*>", "".join(path.read_text("utf-8") for path in (site / "report").glob("*.html")))
    assert len(pictures) == 30 and all('loading="lazy"' in picture and "alt=" in picture for picture in pictures)


def test_the_review_begins_with_the_worst(site):
    values = json.loads("[" + (site / "data" / "worst.js").read_text("ascii").partition("(")[2].strip()[:-2] + "]")[1]
    confidences = [value["cf"] for value in values]
    assert confidences == sorted(confidences) and confidences[0] < 0.7 < confidences[-1] < 1
