"""The site in a browser: pages load without errors, boxes cover what is printed, keys decide, decisions are saved."""

import csv
import io
import re
import shutil
import sqlite3

import numpy as np
import pypdfium2 as pdfium
import pytest
from hostile import MARKUP
from PIL import Image
from reports import build
from test_site import CORPUS, corpus_of

from extract.scan.engines import available_engine, reader_of
from namndata.corrections.lines import read_corrections
from namndata.sample.draw import draw_sample, write_sample
from namndata.site.build import Site, build_site
from namndata.site.reading import committee_address, indicator_address, report_address

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")

REPORT = "linkoping-son-delarsrapport-2023"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(example, tmp_path_factory):
    """The example corpus as a site, with a sample."""
    reports = tmp_path_factory.mktemp("rapporter")
    for path in CORPUS.glob("*.*"):
        shutil.copy(path, reports)
    write_sample(reports, draw_sample(example, 10, 1))
    out = tmp_path_factory.mktemp("sajt å")
    build_site(Site(example, reports, out))
    return out


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def left_alone(request):
    """Whether the page was left before the request was answered: that is no fault of the site."""
    return "ERR_ABORTED" in (request.failure or "")


@pytest.fixture
def opened(chromium, site):
    """Return what opens a page of the site; an error in it, or anything from the network, fails the test."""
    errors, contexts = [], []

    def open_page(address, folder=site, **options):
        context = chromium.new_context(**{"viewport": DESKTOP, "accept_downloads": True, **options})
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("requestfailed", lambda request: errors.append(request.url) if not left_alone(request) else None)
        page.on("request", lambda request: errors.append(request.url) if request.url.startswith("http") else None)
        file, _, anchor = address.partition("#")
        page.goto((folder / file).as_uri() + (f"#{anchor}" if anchor else ""))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def one(database, sql):
    with sqlite3.connect(database) as db:
        return db.execute(sql).fetchone()


def value_of(example, where, table="indicator_values"):
    return one(
        example, f"select value_id, page, raw, label from review_list where {where} and record = '{table}' limit 1"
    )


def anchor(value_id):
    return value_id.rpartition(":")[2]


def some_pages(example):
    municipality, committee = one(example, "select municipality, committee from net_costs")
    (indicator,) = one(example, "select indicator_id from target_attainment")
    value_id, *_ = value_of(example, f"document = '{REPORT}' and raw = '442'")
    return (
        f"{report_address(REPORT)}#{anchor(value_id)}",
        "index.html",
        "review.html",
        report_address(REPORT),
        report_address("linkoping-son-internbudget-2019"),
        committee_address(municipality, committee),
        indicator_address(indicator),
    )


LEAST_COLOURS = 40
"""Of a page that shows something: letters alone have this many shades at their edges."""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_kind_of_page_fits_and_is_as_light_as_the_reader_wants(opened, example, viewport, scheme):
    for address in some_pages(example):
        page = opened(address, viewport=viewport, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address
        red = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] * 1")
        assert (red > 200) == (scheme == "light")
        assert page.locator("h1").bounding_box()["height"] > 10
        with Image.open(io.BytesIO(page.screenshot())) as seen:
            assert len(seen.convert("RGB").getcolors(1 << 24)) > LEAST_COLOURS, address


def test_the_box_covers_the_printed_number(opened, example):
    value_id, number, raw, _ = value_of(example, f"document = '{REPORT}' and raw = '442'")
    page = opened(f"{report_address(REPORT)}#{anchor(value_id)}")
    figure = page.locator(f"#p{number} .picture")
    box, whole = page.locator("rect.here").bounding_box(), figure.bounding_box()
    with pdfium.PdfDocument(CORPUS / f"{REPORT}.pdf") as pdf:
        sheet = pdf[number - 1]
        scale = whole["width"] / sheet.get_width()
        text = sheet.get_textpage()
        left, bottom, right, top = text.get_charbox(text.search(raw).get_next()[0])
        x = whole["x"] + scale * (left + right) / 2
        y = whole["y"] + scale * (sheet.get_height() - (bottom + top) / 2)
    assert box["x"] <= x <= box["x"] + box["width"]
    assert box["y"] <= y <= box["y"] + box["height"]


FAINT = r"""() => {
  const numbers = (colour) =>
    colour.match(/[\d.]+/g).map(Number).map((n, i) => (colour.startsWith("color") && i < 3 ? n * 255 : n));
  const light = (colour) => {
    const linear = (n) => (n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = numbers(colour).slice(0, 3).map((n) => linear(n / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor, alpha = numbers(colour)[3];
      if (alpha === undefined || alpha > 0.85) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (element) => {
    const style = getComputedStyle(element), ink = element.ownerSVGElement ? style.fill : style.color;
    const [more, less] = [light(ink), light(behind(element))].sort((a, b) => b - a);
    return (more + 0.05) / (less + 0.05);
  };
  const has = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.checkVisibility() && has(element) && contrast(element) < 4.5)
    .map((element) => [contrast(element), element.textContent.slice(0, 40)]);
}"""
"""What stands out from its background less than those who see poorly need."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_its_background(opened, example, scheme):
    for address in some_pages(example):
        page = opened(address, color_scheme=scheme)
        assert page.evaluate(FAINT) == [], address


def test_a_phone_shows_every_report_of_a_committee_beside_its_year(opened, example):
    page = opened("index.html", viewport=PHONE)
    marks = page.locator(".coverage a:has(.when)")
    (reports,) = one(example, "select count(*) from documents where status <> 'failed'")
    assert marks.count() == reports
    for mark in marks.all():
        box = mark.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert (
        page.evaluate("getComputedStyle(document.querySelector('[data-year]:not(:empty)'), '::after').content")
        == '"2023"'
    )


def test_a_phone_shows_every_statement_of_an_indicator_with_its_report(opened, example):
    (indicator,) = one(example, "select indicator_id from target_attainment")
    page = opened(indicator_address(indicator), viewport=PHONE)
    rows = page.locator(".statements tbody tr")
    assert rows.count() > 1
    for cell in rows.locator("td:not(:empty)").all():
        box = cell.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


def test_english_figures_have_a_decimal_point_and_printed_ones_stay(opened, example):
    of_report = f"document = '{REPORT}' and raw like '_,_' and value <> round(value)"
    value_id, raw = one(example, f"select id, raw from indicator_values where {of_report}")
    page = opened("index.html")
    share = re.search(r"\d+,\d %", page.inner_text(".figures"))
    assert share
    page.locator("#language").click()
    assert share.group().replace(",", ".") in page.inner_text(".figures")
    page = opened(f"{report_address(REPORT)}#{anchor(value_id)}")
    page.locator("#language").click()
    panel = page.locator(".place")
    assert panel.locator(".big").inner_text().startswith(raw.replace(",", "."))
    assert raw in panel.locator("dl").inner_text()


ALTERED = {
    "vriden": {"rotation": 90},
    "upp_och_ned": {"rotation": 180},
    "skannad": {"skew": 1.5},
    "skannad_vriden": {"skew": -1.0, "turn": 90},
    "skannad_liggande": {"turn": 90, "rotation": 90},
}
"""Copies of a report whose pages are turned in the file, or are pictures that were laid askew or sideways."""


def altered(path, *, rotation=0, skew=None, turn=0):
    """Write the report's first page and its page of staff otherwise."""
    with pdfium.PdfDocument(CORPUS / f"{REPORT}.pdf") as whole, pdfium.PdfDocument.new() as pdf:
        pdf.import_pages(whole, [0, 3])
        if skew is not None or turn:
            sheets = [page.render(scale=200 / 72).to_pil().convert("RGB") for page in pdf]
            first, *others = [
                s.rotate(skew or 0, Image.BICUBIC, fillcolor="white").rotate(turn, expand=True) for s in sheets
            ]
            first.save(path, "PDF", resolution=200, save_all=True, append_images=others)
        else:
            pdf.save(path)
    with pdfium.PdfDocument(path.read_bytes()) as pdf:
        for page in pdf:
            page.set_rotation(rotation)
        pdf.save(path)


@pytest.fixture(scope="module")
def askew(tmp_path_factory):
    """The altered reports as a corpus and a site."""
    folder = tmp_path_factory.mktemp("askew")
    for name, how in ALTERED.items():
        altered(folder / f"{name}.pdf", **how)
    database = build(folder, folder / "out").database
    build_site(Site(database, folder, folder / "report"))
    return database


def text_within(page, mark):
    """Read what the page's picture shows inside a mark over it, as a person would."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.add_style_tag(content="rect { opacity: 0 }")
    shown = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("L")
    (line,) = reader_of(available_engine())([np.pad(np.asarray(shown), 8, constant_values=255)])
    return " ".join(word.text for word in line)


@pytest.mark.parametrize("name", ALTERED)
def test_boxes_cover_what_is_printed_on_turned_and_scanned_pages(opened, askew, name):
    value_id, number = one(askew, f"select id, page from indicator_values where document = '{name}' and raw = '442'")
    options = {"folder": askew.parent.parent / "report", "device_scale_factor": 2}
    page = opened(f"{report_address(name)}#{anchor(value_id)}", **options)
    assert text_within(page, page.locator(f"#p{number} rect.here")) == "442"
    page = opened(f"{report_address(name)}#p1", **options)
    told = [text_within(page, mark) for mark in page.locator("#p1 rect.said").all()]
    assert "Social- och omsorgsnämnden" in told


def test_a_place_tells_how_its_value_was_read(opened, example):
    value_id, _, raw, label = value_of(example, f"document = '{REPORT}' and raw = '442'")
    page = opened(f"{report_address(REPORT)}#{anchor(value_id)}")
    told = page.locator("#place").inner_text()
    for part in (raw, label, "Augusti 2023", "Utfall", value_id, "Inget talar emot"):
        assert part in told
    assert page.locator("#place .crop img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
    assert page.locator(".read td.here").inner_text() == raw
    shown = page.locator(".read td.here").bounding_box()
    assert 0 < shown["y"] < DESKTOP["height"]


def test_the_same_figure_in_another_report_is_one_step_away(opened, example):
    found = one(
        example,
        "select a.value_id, b.value_id, b.raw from indicator_statements a join indicator_statements b"
        " using (indicator_id, stated_kind, period) where a.breakdown is null and b.breakdown is null"
        " and a.document != b.document and a.has_value and b.has_value and a.raw != b.raw limit 1",
    )
    page = opened(f"{report_address(found[0].rpartition(':')[0])}#{anchor(found[0])}")
    other = page.locator(f".others a[href$='#{anchor(found[1])}']")
    assert found[2] in page.locator(".others").inner_text()
    other.click()
    assert page.locator("#place code").inner_text() == found[1]


def test_a_cell_can_be_named_by_its_table_row_and_column(opened):
    page = opened(f"{report_address(REPORT)}#t8.1.2")
    assert page.locator(".read td.here").inner_text() == "442"


def test_keys_go_from_value_to_value_and_close_the_place(opened):
    page = opened(report_address(REPORT))
    page.keyboard.press("j")
    first = page.evaluate("location.href")
    page.keyboard.press("j")
    assert page.evaluate("location.href") != first
    page.keyboard.press("k")
    assert page.evaluate("location.href") == first
    page.keyboard.press("Escape")
    assert page.locator("#place").is_hidden()
    assert "#" not in page.evaluate("location.href")


def test_a_text_report_shows_the_line_of_a_value(opened, example):
    document = "linkoping-son-verksamhetsberattelse-2019"
    value_id, *_ = value_of(example, f"document = '{document}' and raw = '1089'")
    page = opened(f"{report_address(document)}#{anchor(value_id)}")
    assert page.locator(".text li.here").inner_text().endswith("1089 1053")


def test_the_language_is_kept_from_page_to_page(opened):
    page = opened("index.html")
    assert "värden ur" in page.locator("h1").inner_text()
    page.click("#language")
    assert "values from" in page.locator("h1").inner_text()
    page.click("nav a[href='review.html']")
    assert page.locator("h1").inner_text() == "Review"
    page.click("#theme")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_decisions_are_made_by_keys_kept_and_saved_as_corrections(opened, tmp_path):
    page = opened("review.html")
    page.keyboard.press("a")
    page.fill("#by", "Åsa")  # signs what was decided before it, too
    page.locator("h1").click()
    for key in "xc":
        page.keyboard.press(key)
    page.select_option("#field", "value")
    page.fill("#new-value", "1,5")
    page.fill("#note", 'står "1,5", s. 3')
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("k")
    page.keyboard.press("u")
    page.reload()
    assert page.locator("#count").inner_text() == "3"
    with page.expect_download() as download:
        page.click("#save")
    assert download.value.suggested_filename == "corrections.csv"
    text = download.value.path().read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [(line["field"], line["value"]) for line in lines] == [
        ("accepted", "1"),
        ("is_value", "0"),
        ("value", "1,5"),
    ]
    assert lines[2]["note"] == 'står "1,5", s. 3'
    assert {line["decided_by"] for line in lines} == {"Åsa"}
    (tmp_path / "corrections.csv").write_bytes(download.value.path().read_bytes())
    assert [line.field for line in read_corrections(tmp_path)] == ["accepted", "is_value", "value"]
    columns = "document,page,label,column_label,raw,field,value,decided_by,decided_on,note"
    assert text.startswith(columns)


def test_a_phone_has_buttons_for_what_keys_do(opened):
    page = opened("review.html", viewport=PHONE)
    page.locator("[data-turn='1']").click()
    assert page.locator("#standing").inner_text().startswith("2 ")
    page.locator("[data-turn='-1']").click()
    assert page.locator("#standing").inner_text().startswith("1 ")
    wide, read = page.locator("#item .wide").bounding_box(), page.locator(".row-read .here").bounding_box()
    assert wide["x"] <= read["x"] < wide["x"] + wide["width"]


WIDE = "NAMNDATA.crop('data:image/gif;base64,R0lGODlhAQABAAAAACw=', 595, 842, [250, 400, 550, 415], '')"
"""The crop of a cell that is half as wide as its page."""


def test_the_crop_of_a_page_holds_the_whole_box_on_a_phone(opened):
    page = opened("review.html", viewport=PHONE)
    page.evaluate(f"document.getElementById('item').replaceChildren({WIDE})")
    page.wait_for_function("document.querySelector('.crop i:not(.row)').style.width")
    crop, box = page.locator(".crop").bounding_box(), page.locator(".crop i:not(.row)").bounding_box()
    assert crop["x"] <= box["x"] and box["x"] + box["width"] <= crop["x"] + crop["width"]
    assert crop["y"] <= box["y"] and box["y"] + box["height"] <= crop["y"] + crop["height"]


def test_the_line_that_says_a_fact_is_marked_on_the_page_it_is_linked_to(opened):
    page = opened(report_address(REPORT))
    page.click("details.sources summary")
    page.locator("details.sources a[href='#p1']").first.click()
    mark, sheet = page.locator("#p1 rect.said").first.bounding_box(), page.locator("#p1 .picture").bounding_box()
    assert 0 < mark["y"] - sheet["y"] < sheet["height"] / 3
    assert mark["width"] > sheet["width"] / 3
    assert page.locator("#place").is_hidden()


def test_a_decision_at_a_place_is_in_the_review_too(opened, example):
    (value_id,) = one(example, "select value_id from review_list limit 1")
    document = value_id.rpartition(":")[0]
    page = opened(f"{report_address(document)}#{anchor(value_id)}")
    page.keyboard.press("x")
    assert "decided-no_value" in page.locator(".read td.here").get_attribute("class")
    page.click("nav a >> nth=1")
    assert page.locator(".decide .is").get_attribute("data-act") == "no_value"


def test_the_confidence_in_the_review_is_not_cut(opened):
    meter = opened("review.html").locator(".meter").first
    cut = "e => [...e.children].some(each => each.scrollHeight > each.clientHeight + 1)"
    assert "," in meter.inner_text() and not meter.evaluate(cut)


def test_the_sample_is_judged_without_a_hint(opened):
    page = opened("review.html#sample")
    assert "1 av 10" in page.locator("#standing").inner_text()
    assert page.locator(".meter").count() == 0
    page.keyboard.press("a")
    assert "2 av 10" in page.locator("#standing").inner_text()


def test_hostile_text_runs_nothing(opened, tmp_path):
    from reports import indicator, make_result

    from schema.printed import ReportFacts

    values = tuple(
        indicator(indicator=text, raw=text, column_label=text, table_title=text, unit=text, row=0, col=1, value=1.0)
        for text in MARKUP
    )
    facts = ReportFacts(committee=MARKUP[1], municipality=MARKUP[0], fiscal_year=2019, title=MARKUP[3])
    database = corpus_of(tmp_path, [make_result("r", facts, indicator_values=values)])
    build_site(Site(database, tmp_path / "none", tmp_path / "report"))
    for address in ("index.html", "review.html", report_address("r")):
        page = opened(address, folder=tmp_path / "report")
        dialogs = []
        page.on("dialog", lambda dialog, dialogs=dialogs: (dialogs.append(dialog.message), dialog.dismiss()))
        for _ in range(4):
            page.keyboard.press("j")
        assert dialogs == []
        assert page.locator("img[src='x'], main script").count() == 0
