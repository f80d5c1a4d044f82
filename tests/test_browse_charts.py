"""Charts of browse: which rows become series or bars, how figures are written, and what a browser shows."""

import asyncio
import re
import shutil

import pytest
from test_browse import CORPUS, served  # noqa: F401, a fixture
from test_site_browser import FAINT

from namndata.browse.charts import MEASURES, MOST_BARS, MOST_SERIES, charts_of
from namndata.browse.questions import read_questions
from namndata.browse.serve import ready
from namndata.language.chosen import choose

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
THIN, MINUS = "\u202f", "\u2212"


def drawn(rows, columns=None):
    rows = [{"municipality": None, **row} for row in rows]
    return charts_of(columns or list(rows[0]), rows, lambda value: f"/place/{value}")


def outcome(year, value, **more):
    return {"indicator": "Nöjda", "period": year, "kind": "outcome", "outcome_is": "final", "value": value, **more}


def test_rows_of_several_years_are_a_series_with_targets_and_forecasts_marked():
    rows = [outcome("2021", 78.5, unit="%", value_id="a:1"), outcome("2022", 80.0, unit="%", value_id="a:2")]
    rows += [outcome("2023", 81.0, kind="forecast", outcome_is="forecast", unit="%", value_id="a:3")]
    rows += [outcome("2022", 85.0, kind="target", outcome_is=None, unit="%", value_id="a:4")]
    shown = drawn(rows)
    [series] = shown.series
    assert (series.name, shown.kinds, shown.more) == ("Nöjda (%)", ("final", "forecast", "target"), 0)
    assert {mark.point.label for mark in series.chart.marks} == {
        "2021: 78,5 %",
        "2022: 80 %",
        "2023: 81 %",
        "2022: 85 %",
    }
    assert series.chart.marks[0].point.address == "/place/a:1"
    assert len(series.chart.lines) == 1 and len(series.chart.dashed) == 1


def test_a_variance_is_no_point_of_a_series():
    rows = [outcome("2021", 1.0), outcome("2022", 2.0), outcome("2022", 99.0, kind="variance", outcome_is=None)]
    assert [mark.point.value for mark in drawn(rows).series[0].chart.marks] == [1.0, 2.0]


def test_parts_and_units_are_series_of_their_own():
    rows = [outcome(year, 1.0, breakdown=part) for part in ("K", "M") for year in ("2021", "2022")]
    assert len(drawn(rows).series) == 2
    rows = [outcome(year, 1.0, unit=unit) for unit in ("%", "dagar") for year in ("2021", "2022")]
    assert [series.name for series in drawn(rows).series] == ["Nöjda (%)", "Nöjda (dagar)"]


def test_amounts_are_told_in_mnkr_or_tkr_with_swedish_figures():
    line = {"line": "Summa", "period": "2021", "budget_cost_sek": 1_234_500_000.0, "spent_cost_sek": -1_500_000.0}
    shown = drawn([line, {**line, "line": "Annat"}])
    assert shown.unit == "mnkr" and shown.bars[0].label == f"{MINUS}1,5 mnkr"
    assert shown.bars[0].aim[2] == f"1{THIN}234,5 mnkr"
    small = {**line, "budget_cost_sek": 1000.0, "spent_cost_sek": 7_250.0}
    assert drawn([small, {**small, "line": "Annat"}]).bars[0].label == "7,25 tkr"


def test_bars_begin_at_zero_and_the_longest_fills_the_width():
    rows = [{"committee": name, "percent": value} for name, value in (("A", 30.0), ("B", -10.0), ("C", 0.0))]
    shown = drawn(rows)
    assert shown.zero == 0.25
    assert [(bar.start, bar.length) for bar in shown.bars] == [(0.25, 0.75), (0.0, 0.25), (0.25, 0.0)]
    assert [bar.name for bar in shown.bars] == ["A", "B", "C"]


def test_a_ranking_stays_in_its_order_though_rows_have_years():
    rows = [
        {"committee": "A", "period": "2022", "mnkr": 9.0},
        {"committee": "A", "period": "2020", "mnkr": 8.0},
        {"committee": "B", "period": "2022", "mnkr": 7.0},
    ]
    assert [bar.name for bar in drawn(rows).bars] == ["A, 2022", "A, 2020", "B, 2022"]
    in_time = sorted(rows, key=lambda row: (row["committee"], row["period"]))
    assert drawn(in_time).series[0].chart.lines


def test_where_units_differ_each_bar_has_its_own_scale_and_lone_figures_none():
    rows = [
        {"indicator": "Nöjda", "period": "2021", "outcome": 80.0, "target": 100.0, "unit": "%"},
        {"indicator": "Besök", "period": "2021", "outcome": 300.0, "target": 150.0, "unit": None},
    ]
    shown = drawn(rows)
    assert shown.is_mixed and [bar.length for bar in shown.bars] == [0.8, 1.0]
    assert (
        drawn([{"indicator": str(n), "period": "2021", "value": n, "unit": unit} for n, unit in ((1, "%"), (2, ""))])
        is None
    )


@pytest.mark.parametrize(
    "rows",
    [
        [{"document": "a", "message": "b"}],
        [{"committee": "A", "percent": 1.0}],
        [{"committee": "A", "percent": None}, {"committee": "B", "percent": "x"}],
        [{"committee": "A", "percent": 0}, {"committee": "A", "percent": 0}],
        [{"indicator": "A", "period": when, "value": 1.0, "unit": unit} for when, unit in (("now", "%"), (None, ""))],
    ],
)  # fmt: skip
def test_nothing_is_drawn_where_nothing_fits(rows):
    assert drawn(rows) is None


def test_what_is_not_drawn_is_counted():
    bars = drawn([{"committee": str(n), "percent": n} for n in range(MOST_BARS + 5)])
    assert (len(bars.bars), bars.more) == (MOST_BARS, 5)
    many = [outcome(year, 1.0, line=str(n)) for n in range(MOST_SERIES + 2) for year in ("2021", "2022")]
    assert (len(drawn(many).series), drawn(many).more) == (MOST_SERIES, 2)


@pytest.fixture(scope="module")
def pages(example):
    """Return what asks for a page of the example corpus."""
    with asyncio.Runner() as runner:
        datasette = runner.run(ready(example, CORPUS))
        yield lambda path: runner.run(datasette.client.get(path)).text


@pytest.mark.parametrize("question", read_questions(), ids=lambda question: question.name)
def test_every_question_of_figures_has_a_chart(pages, question):
    page = pages(f"/corpus/{question.name}")
    columns = set(re.findall(r'<th class="col-([\w-]+)"', page))
    fits = any({each.column, each.against or each.column} <= columns for each in MEASURES)
    assert fits == ('class="charts"' in page)
    assert fits == (question.name in {f"q{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 17, 18)})


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("indicator_series", "<polyline"), ("budget_series", "<polyline"), ("net_costs", "<polyline"),
        ("budget_outcomes", "<rect"), ("target_attainment", "<rect"),
    ],
)  # fmt: skip
def test_tables_of_answers_have_charts_that_lead_to_the_values(pages, table, kind):
    page = pages(f"/corpus/{table}")
    assert kind in page.partition("</details>")[2].partition("<form")[0] or kind in page
    if table.endswith("series"):
        assert re.search(r'<a href="/-/place\?id=[^"]+"><g><title>Utfall', page)
        assert page.count('role="img"') == page.count('<desc id="chart')


def test_sql_of_ones_own_keeps_its_chart(pages):
    sql = "select+line,+period,+budget_cost_sek,+spent_cost_sek+from+budget_outcomes+where+spent_cost_sek+limit+5"
    assert pages(f"/corpus?sql={sql}").count('<li><span class="name">') == 5


def test_hostile_names_stay_text_in_charts(pages):
    sql = "select+'%3Csvg+onload=alert(1)%3E'||rowid+as+committee,+rowid+as+percent+from+documents+limit+3"
    page = pages(f"/corpus?sql={sql}")
    assert "&lt;svg onload" in page and "<svg onload" not in page


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")
def test_sides_of_money_are_named_in_the_readers_language():
    rows = [{"line": "Ram", "side": side, "spent_cost_sek": 1e6, "budget_cost_sek": 2e6} for side in ("net", "cost")]
    choose(["--lang", "sv"], {})
    try:
        swedish = [bar.name for bar in drawn(rows).bars]
    finally:
        choose(["--lang", "en"], {})
    assert (swedish, [bar.name for bar in drawn(rows).bars]) == (["netto", "kostnad"], ["net", "cost"])


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_as_light_as_the_reader_wants_and_every_word_stands_out(served, scheme):  # noqa: F811
    sql = "/corpus?sql=select+document,+%27a%27,+1+from+documents"
    place = "/corpus/indicator_values"
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(color_scheme=scheme)
        page.goto(served + place)
        place = page.locator("td.col-raw a").first.get_attribute("href")
        for path in ("/", "/corpus/q05", "/corpus/budget_outcomes", "/corpus/indicator_series", sql, place):
            page.goto(served + path)
            red = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] * 1")
            assert (red > 200) == (scheme == "light"), path
            assert page.evaluate(FAINT) == [], path
        browser.close()


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")
@pytest.mark.parametrize("width", [1280, 390])
def test_a_browser_draws_the_charts_within_the_page(served, width):  # noqa: F811
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": 900})
        errors = []
        page.on(
            "console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: errors.append(request.url) if served not in request.url else None)
        for path in ("/", "/corpus/q01", "/corpus/q06", "/corpus/indicator_series", "/corpus/budget_outcomes"):
            page.goto(f"{served}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            boxes = [each.bounding_box() for each in page.locator(".multiples .m, .bars rect").all()]
            assert path == "/" or boxes, path
            assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes), path
        page.goto(f"{served}/corpus/indicator_series")
        mark = page.locator(".multiples a").first
        said = mark.locator("title").text_content()
        page.goto(served + mark.get_attribute("href"))
        printed = page.locator("#here").text_content()
        assert re.search(r": ([\d\u202f\u2212,]+)", said)[1].replace(THIN, "") in printed.replace(" ", "")
        browser.close()
    assert errors == []
