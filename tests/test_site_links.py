"""The tables in the browser and the site's pictures lead to each other; what people decided stands beside a value."""

import asyncio
import json
import sqlite3

import pytest
from reports import amount, make_result

from namndata.browse.serve import ready
from namndata.run.provenance import Provenance
from namndata.site.build import Site, build_site
from namndata.store.write import write_corpus
from schema.printed import ReportFacts


@pytest.fixture
def corpus(tmp_path):
    database = tmp_path / "corpus.sqlite"
    facts = ReportFacts(committee="Socialnämnden", municipality="Sjöviks kommun", fiscal_year=2019)
    write_corpus(database, [make_result("a b", facts, budget_values=[amount("Hyror", 12)])], Provenance("", ""))
    return database


def asked(database, *addresses):
    async def answers():
        datasette = await ready(database, None)
        return [await datasette.client.get(address) for address in addresses]

    return asyncio.run(answers())


def value_of(database):
    with sqlite3.connect(database) as db:
        return db.execute("select id from budget_values").fetchone()[0]


def test_a_place_leads_to_the_site_and_the_site_is_served(corpus):
    value = value_of(corpus)
    build_site(Site(corpus, corpus.parent, corpus.parent / "report"))
    [place, page, script] = asked(corpus, f"/-/place?id={value}", "/-/site/", "/-/site/assets/place.js")
    anchor = value.rpartition(":")[2]
    [link] = [part.split('"')[0] for part in place.text.split('href="') if part.startswith("/-/site/")]
    assert link.endswith(f"#{anchor}")
    assert asked(corpus, link.partition("#")[0])[0].status_code == 200
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    assert '"/-/place?id="' in script.text


def test_without_a_site_no_link_leads_to_it(corpus):
    [place, page] = asked(corpus, f"/-/place?id={value_of(corpus)}", "/-/site/index.html")
    assert "/-/site/" not in place.text
    assert page.status_code == 404 and "make report" in page.text


@pytest.mark.parametrize("file", ["../corpus.sqlite", "..%2Fcorpus.sqlite", "%2Fetc%2Fpasswd", "assets"])
def test_nothing_but_the_site_is_served(corpus, file):
    build_site(Site(corpus, corpus.parent, corpus.parent / "report"))
    [answer] = asked(corpus, f"/-/site/{file}")
    assert answer.status_code == 404


def test_the_browser_is_told_what_was_read_where_a_person_corrected_it(corpus):
    with sqlite3.connect(corpus) as db:
        db.execute("update budget_values set reviewed = 1, value_read = 21")
    build_site(Site(corpus, corpus.parent, corpus.parent / "report"))
    [data] = (corpus.parent / "report" / "data").glob("a*.js")
    text = data.read_text(encoding="ascii")
    told = json.loads(text[text.index("[") : text.rindex("]") + 1])
    assert (told[0]["rv"], told[0]["vr"]) == (1, 21)
