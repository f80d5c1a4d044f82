"""Front pages in many municipalities' wording are read for what they are; `fronts.tsv` holds them."""

import csv
from pathlib import Path

import pytest

from extract.facts.find import find_facts
from schema.layout import Block, Box, Content, Page, Source, Word

FRONTS = Path(__file__).parent / "fronts.tsv"
SIZES = {"# ": 26.0, "## ": 15.0, "^ ": 8.0, "": 10.0}
WIDTH, HEIGHT = 595.0, 842.0
TEXT = "Under perioden har arbetet fortsatt enligt plan och verksamheten har anpassats efter behoven."


def rows():
    lines = [line for line in FRONTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def words_of(text, size, top):
    """Return a line's words from the left margin, half a font size a letter."""
    left, found = 70.0, []
    for word in text.split():
        width = 0.5 * size * len(word)
        found.append(Word(word, Box(left, top, left + width, top + size), size))
        left += width + 0.3 * size
    return found


def draw_front(row):
    """Return a content of two pages: the front, and running text below the running heads."""
    marked = [(line[: line.find(" ") + 1] if line[0] in "#^~" else "", line) for line in row["front"].split(" | ")]
    heads = [line[2:] for mark, line in marked if mark == "^ "]
    told = [line[2:] for mark, line in marked if mark == "~ "]
    words, top = [], 120.0
    for mark, line in marked:
        if mark in ("# ", "## ", ""):
            words += words_of(line[len(mark) :], SIZES[mark], top)
            top += 1.7 * SIZES[mark]
    running = [word for i, head in enumerate(heads) for word in words_of(head, 8.0, 30.0 + 12 * i)]
    body = [word for i in range(20) for word in words_of(TEXT, 10.0, 120.0 + 13 * i)]
    blocks = [Block("furniture", head, page) for page in (1, 2) for head in heads]
    blocks += [Block("paragraph", text, 2) for text in [*told, TEXT]]
    pages = (Page(1, WIDTH, HEIGHT, (*running, *words)), Page(2, WIDTH, HEIGHT, (*running, *body)))
    return Content(Source("d", row["file"], "0" * 64, "application/pdf"), tuple(blocks), pages, 2)


def read_as(row):
    facts = find_facts(draw_front(row))
    return {
        "municipality": facts.municipality or "",
        "committee": facts.committee or "",
        "document_type": facts.document_type or "",
        "fiscal_year": str(facts.fiscal_year or ""),
        "plan_years": ", ".join(map(str, facts.plan_years)),
        "as_of": facts.as_of or "",
        "title": facts.title,
    }


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_front_page_says_what_the_paper_is(row):
    found = read_as(row)
    assert {name: value for name, value in found.items() if value not in row[name].split("/")} == {}
