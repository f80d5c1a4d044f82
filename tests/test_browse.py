"""Browsing: what the pages show, how quick they are, and that they stay on this machine."""

import asyncio
import html
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import webbrowser

import httpx
import pytest
from reports import amount, indicator, make_result
from test_cli import ROOT, run
from test_questions import QUESTIONS

from namndata.browse.describe import MOST_RANKED, SEARCH_SQL
from namndata.browse.frame import rows_told
from namndata.browse.pages import said_of
from namndata.browse.questions import read_questions
from namndata.browse.serve import open_page, ready
from namndata.language.catalogue import keyed_words, messages
from namndata.language.chosen import choose
from namndata.language.translate import in_swedish
from namndata.run.provenance import Provenance
from namndata.store.dictionary import read_rows, read_tables
from namndata.store.write import write_corpus
from schema.printed import ReportFacts

CORPUS = ROOT / "corpus"
QUICK = 0.2
"""Seconds of the processor in which the first page and every question are to be there."""
BUSY = 5
"""Times as long that a busy machine may take before a test fails; bench/answers.py measures with 3,000 reports."""
ELSEWHERE = re.compile(
    r"""<(?:script|link rel="stylesheet"|img|iframe|object|embed)[^>]*(?:src|href|data)=["']?(?:https?:)?//"""
)


@pytest.fixture(scope="module")
def get(example):
    """Return what asks for a page of the example corpus, and how long it took."""
    with asyncio.Runner() as runner:
        datasette = runner.run(ready(example, CORPUS))

        def ask(path, **options):
            started = time.process_time()
            response = runner.run(datasette.client.get(path, **options))
            response.took = time.process_time() - started
            return response

        yield ask


def value_of(database, raw):
    with sqlite3.connect(database) as db:
        return db.execute("select id from budget_values where raw = ?", (raw,)).fetchone()[0]


def test_the_first_page_has_search_questions_and_every_table_in_both_languages(get):
    page = get("/")
    assert page.status_code == 200 and page.took < QUICK * BUSY
    for question in read_questions():
        assert f'href="/corpus/{question.name}"' in page.text
        assert question.swedish in page.text
    for table in read_tables():
        assert f'href="/corpus/{table}"' in page.text
    assert "Hur har sjukfrånvaron gått" in page.text and "How has sickness absence" in page.text
    assert 'action="/corpus/search_words"' in page.text


def test_a_table_that_has_no_title_is_called_by_its_id(get):
    page = get("/corpus/cells?_size=5").text
    assert ">None<" not in page and re.search(r'href="/corpus/tables/[^"]+">[\w-]+:t\d+<', page)


@pytest.mark.parametrize(
    "path", ["/", "/corpus", "/corpus/problems", "/corpus/documents/kilsjo-aldrenamnd-bokslut-2021"]
)
def test_every_page_has_our_style_which_hides_what_only_a_program_needs(get, path):
    page = get(path).text
    assert ".col-rowid { display: none; }" in page and page.count(".col-Link") == 1


def test_every_question_of_the_page_can_be_asked_and_is_translated():
    assert [question.asked for question in read_questions()] == [each["asked"] for each in QUESTIONS]
    assert [question.sql for question in read_questions()] == [each["sql"].strip() for each in QUESTIONS]
    assert [each.asked for each in read_questions() if each.swedish == each.asked] == []
    untold = [each.asked for each in read_questions() if keyed_words()[f"wrong.{int(each.name[1:])}"][1] != each.wrong]
    assert untold == [], "the page warns otherwise than the catalogue"


@pytest.mark.parametrize("question", read_questions(), ids=lambda question: question.name)
def test_a_question_is_answered_quickly_with_its_warning(get, question):
    page = get(f"/corpus/{question.name}")
    assert page.status_code == 200 and page.took < QUICK * BUSY
    assert f"<title>{html.escape(question.swedish)}</title>" in page.text
    assert page.text.count("<tr>") >= 2 and "What can go wrong" in page.text and "Vad som kan bli fel" in page.text


@pytest.mark.parametrize("table", read_tables())
def test_every_table_opens_with_its_description_and_units(get, table):
    page = get(f"/corpus/{table}")
    assert page.status_code == 200
    assert '<p lang="sv">' in page.text and '<p lang="en">' in page.text
    if table == "budget_outcomes":
        assert "[SEK]" in page.text and 'data-column="committee"' in page.text


def test_rows_lead_to_what_they_refer_to(get):
    page = get("/corpus/indicator_series?_size=1").text
    assert 'href="/corpus/documents/' in page and 'href="/corpus/indicators/' in page
    assert re.search(r'href="/-/place\?id=[^"]+">[\w-]+:i\w+<', page)


@pytest.mark.parametrize("words", ["trygg", "TRYGG", "sjukfr", "trygg bar", 'sjukfr"', "hem*"])
def test_search_takes_the_beginning_of_words_in_every_kind_of_row(get, words):
    rows = get("/corpus/search_words.json", params={"words": words, "_shape": "array"}).json()
    for word in re.findall(r"\w+", words.casefold()):
        assert rows and all(word in row["text"].casefold() for row in rows)


def test_of_very_many_places_that_hold_a_word_the_first_found_are_weighed():
    with sqlite3.connect(":memory:") as db:
        db.create_function("escape_fts", 1, lambda words: f'"{words}"')
        db.execute("create table search (record, year, municipality, committee, text, document, page, value_id)")
        db.execute("create virtual table search_fts using fts5 (text, content=search)")
        texts = [("trygga barn och unga",)] * MOST_RANKED + [("trygga",)]
        db.executemany("insert into search (text) values (?)", texts[::-1])
        db.execute("insert into search_fts (rowid, text) select rowid, text from search")
        assert db.execute(SEARCH_SQL, {"words": "trygg"}).fetchone()[4] == "trygga"
        db.execute("insert into search_fts (search_fts) values ('delete-all')")
        db.execute("delete from search")
        db.executemany("insert into search (text) values (?)", texts)
        db.execute("insert into search_fts (rowid, text) select rowid, text from search")
        assert len(found := db.execute(SEARCH_SQL, {"words": "trygg"}).fetchall()) == 200
        assert "trygga" not in {row[4] for row in found}


@pytest.mark.parametrize("words", ["sjuk", "SJUKFRÅN", "sjuk*", "antal plats"])
def test_a_tables_own_search_takes_beginnings_too(get, words):
    rows = get("/corpus/indicators.json", params={"_search": words, "_shape": "array"}).json()
    assert rows
    for word in re.findall(r"\w+", words.casefold()):
        assert all(word in row["name"].casefold() for row in rows)


@pytest.mark.parametrize("words", ["", " ", '"', "(", "a AND", "NEAR(", "';--", "-", "*"])
def test_signs_that_full_text_search_has_a_use_for_are_no_error(get, words):
    assert get("/corpus/indicators", params={"_search": words}).status_code == 200
    assert get("/corpus/search_words.json", params={"words": words, "_shape": "array"}).status_code == 200


def test_search_finds_goals_assignments_indicators_and_lines(get):
    found = {
        row["record"]
        for word in ("trygg", "sjuk", "summa", "nämnden")
        for row in get("/corpus/search_words.json", params={"words": word, "_shape": "array"}).json()
    }
    assert found == {"goals", "assignments", "indicator_values", "budget_values"}


def test_a_value_leads_to_its_cell_and_to_the_page_of_its_report(get, example):
    value = value_of(example, "490 070")
    row = get("/corpus/budget_values", params={"id": value}).text
    assert f"/-/place?id={value.replace(':', '%3A')}" in row
    page = get("/-/place", params={"id": value}).text
    assert re.search(r'class="here" id="here">490 070<', page)
    assert "Summa nettokostnad" in page and 'href="/-/report/kilsjo-aldrenamnd-bokslut-2021#page=1"' in page
    report = get("/-/report/kilsjo-aldrenamnd-bokslut-2021")
    assert report.content == (CORPUS / "kilsjo-aldrenamnd-bokslut-2021.pdf").read_bytes()
    assert report.headers["content-type"] == "application/pdf"


def test_text_reports_open_as_plain_text(get):
    report = get("/-/report/linkoping-son-internbudget-2019")
    assert (
        report.headers["content-type"].startswith("text/plain")
        and report.headers["x-content-type-options"] == "nosniff"
    )


@pytest.mark.parametrize("path", ["/-/place?id=none", "/-/place", "/-/report/none", "/-/report/..%2F..%2FREADME"])
def test_what_is_not_there_is_said_plainly(get, path):
    answer = get(path)
    assert answer.status_code == 404 and "Traceback" not in answer.text


def test_nothing_is_loaded_from_elsewhere(get, example):
    place = f"/-/place?id={value_of(example, '490 070')}"
    for path in ("/", "/corpus", "/corpus/q01", "/corpus/documents", "/corpus?sql=select+1", place):
        page = get(path)
        assert not ELSEWHERE.search(page.text), path
        assert b"default-src 'self'" in page.headers["content-security-policy"].encode()


def test_other_names_for_this_machine_are_refused(get):
    assert get("/", headers={"host": "evil.example:8001"}).status_code == 421
    assert get("/", headers={"host": "127.0.0.1:8001"}).status_code == 200


def test_nothing_can_be_written_and_no_other_plugin_runs(get):
    assert get("/corpus?sql=delete+from+documents").status_code == 400
    assert get("/-/databases.json").json()[0]["is_mutable"] is False
    assert {each["name"] for each in get("/-/plugins.json").json()} == {"namndata"}


def test_hostile_text_stays_text(tmp_path):
    hostile = "<script>alert(1)</script>"
    facts = ReportFacts(committee=hostile, municipality=hostile, fiscal_year=2019)
    values = {
        "indicator_values": (indicator(indicator=hostile, raw=hostile),),
        "budget_values": (amount(hostile, 1.0),),
    }
    write_corpus(tmp_path / "c.sqlite", [make_result(hostile, facts, **values)], Provenance("", ""))
    with sqlite3.connect(tmp_path / "c.sqlite") as db:
        db.execute("update cells set text = ?", (hostile,))
        db.execute("update documents set source_url = 'javascript:alert(1)'")
        [value] = db.execute("select id from indicator_values").fetchone()

    async def pages():
        datasette = await ready(tmp_path / "c.sqlite", None)
        asked = ("/", "/c/indicator_values", "/c/documents", "/c/cells", "/c/review_list", "/c/q20")
        texts = [(await datasette.client.get(path)).text for path in asked]
        return [*texts, (await datasette.client.get("/-/place", params={"id": value})).text]

    for page in asyncio.run(pages()):
        assert hostile not in page and 'href="javascript' not in page


def test_messages_are_told_in_the_readers_language(get):
    choose(["--lang", "sv"])
    try:
        swedish_page = get("/corpus/problems?_size=max").text + get("/corpus/checks?_size=max").text
    finally:
        choose(["--lang", "en"])
    english_page = get("/corpus/problems?_size=max").text + get("/corpus/checks?_size=max").text
    assert swedish_page != english_page
    with_words = [said for said in told_in(english_page) if in_swedish(said) != said]
    assert with_words and not any(html.escape(said) in swedish_page for said in with_words)


def told_in(page):
    return [html.unescape(each).strip() for each in re.findall(r'<td class="col-message[^>]*>([^<]+)</td>', page)]


@pytest.fixture(scope="module")
def swedish(example):
    """Return what asks for the words of a page that is shown in Swedish."""
    choose(["--lang", "sv"], {})
    with asyncio.Runner() as runner:
        datasette = runner.run(ready(example, CORPUS))

        assert datasette.app()  # what the command serves

        def ask(path):
            page = runner.run(datasette.client.get(path)).text
            shown = re.sub(
                r"(?s)<(script|style|svg|pre|dl|textarea|small|option|th|td|em)\b.*?</\1>|<[^>]*lang=.en.*?</p>",
                " ",
                page,
            )
            buttons = " ".join(re.findall(r'type="submit" value="([^"]*)"', page))
            return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", f"{shown} {buttons}")).split()), page

        yield ask
    choose(["--lang", "en"], {})


FRAME = re.compile(
    r"\b(?:rows?|where|sorted|descending|Search|Apply|Next page|as json|advanced|download|Export|Queries|took"
    r"|SQL query|Run|Edit|Format|Tables|Views|hidden|home|Powered|Links|contains|Error|not found)\b"
)
"""Words that Datasette says itself."""


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/corpus", "dolda tabeller"),
        (
            "/corpus/checks?status=fail&_sort_desc=actual&message__contains=Summa",
            "i ordning efter actual, störst först",
        ),
        ("/corpus/indicators?_search=sjuk", "rader där sökordet är"),
        ("/corpus/review_list?_sort=confidence", "Nästa sida"),
        (f"/corpus/{read_questions()[0].name}", "SQL-frågan gav"),
        ("/corpus?sql=select+1+where+0", "Inga rader"),
        ("/corpus/documents/kilsjo-aldrenamnd-bokslut-2021", "Länkar från andra tabeller"),
        ("/corpus/no_such_table", "Fel 404 tabellen finns inte"),
    ],
)
def test_what_stands_around_the_tables_is_swedish(swedish, path, said):
    words, _ = swedish(path)
    assert said in words
    assert FRAME.findall(words) == []


def test_figures_have_a_decimal_comma_and_a_filter_keeps_its_own_words(swedish):
    _, page = swedish("/corpus/budget_values?raw=490+070")
    assert ">490\u00a0070<" in page
    _, page = swedish("/corpus/review_list?_sort=confidence")
    assert re.search(r'class="col-confidence type-float">0,\d+<', page)
    _, page = swedish("/corpus/q01")
    assert re.search(r'<td class="col-value"><span class="figure">\d+,\d+</span></td>', page)
    assert rows_told('where name contains "rock and home" and year = 2020') == (
        'där name innehåller "rock and home" och year = 2020'
    )


def test_the_first_page_keeps_its_english_beside_the_swedish_and_its_figures_whole(swedish):
    _, page = swedish("/")
    assert '<small lang="en">Tables</small>' in page and '<small lang="en">Questions</small>' in page
    assert re.search(r"\d\u00a0\d{3} värden", page)


def test_reasons_are_told_in_swedish_one_after_the_other(swedish):
    choose(["--lang", "sv"], {})
    assert said_of('["titles 45% alike", "not measured after 2024"]') == (
        f"{in_swedish('titles 45% alike')}; {in_swedish('not measured after 2024')}"
    )
    assert said_of("a table") == in_swedish("a table")


def test_the_menu_of_a_column_is_swedish(swedish):
    _, script = swedish("/-/static/table.js")
    assert "Störst först" in script and not re.search(">(?:Sort|Facet by|Hide|Show) ", script)


def test_the_dictionary_is_in_swedish():
    english = {row["description"] for row in read_rows()}
    assert len(english - set(messages())) <= len(english) * 0.1, "translate them in language/catalogue.csv"


@pytest.mark.parametrize(("kind", "opened"), [("graphical", ["http://127.0.0.1:1/"]), ("in the terminal", [])])
def test_the_browser_is_opened_unless_it_would_take_over_the_terminal(monkeypatch, kind, opened):
    asked = []

    class Graphical(webbrowser.BaseBrowser):
        def open(self, url, new=0, autoraise=True):
            asked.append(url)

    browsers = {"graphical": Graphical(), "in the terminal": webbrowser.GenericBrowser("lynx")}
    monkeypatch.setattr(webbrowser, "get", lambda: browsers[kind])
    open_page("http://127.0.0.1:1/")
    assert asked == opened


@pytest.fixture
def served(example, tmp_path):
    """Serve the example corpus as a user does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "namndata",
        "browse",
        example,
        "--port",
        str(port),
        "--corpus",
        CORPUS,
        "--no-open",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(list(map(str, command)), env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().startswith(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def test_the_command_serves_on_the_port_that_was_asked_for(served, example):
    assert httpx.get(f"{served}/").status_code == 200
    taken = run("browse", example, "--port", served.rpartition(":")[2], "--no-open")
    assert taken.returncode == 2 and taken.stderr.startswith("Error: Port") and "--port" in taken.stderr


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
@pytest.mark.parametrize("path", ["/", "/corpus/q01", "/corpus/budget_outcomes"])
def test_a_browser_shows_the_pages_without_errors(served, tmp_path, path):
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", f"--user-data-dir={tmp_path}"]
    done = subprocess.run(
        [CHROMIUM, *options, "--dump-dom", f"{served}{path}"], capture_output=True, text=True, timeout=120, check=True
    )
    assert "</html>" in done.stdout and len(done.stdout) > 2000
    assert [line for line in done.stderr.splitlines() if ":CONSOLE" in line] == []
