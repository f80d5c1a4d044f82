"""Writes the site: pictures and lines of the reports, then a page for each report, committee and indicator."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from extract.marked.decoding import decode_text
from extract.source import PDF
from namndata.language.catalogue import site_words
from namndata.site.committees import read_committees
from namndata.site.elsewhere import other_statements
from namndata.site.indicators import read_indicators
from namndata.site.overview import read_overview
from namndata.site.pages import Pages
from namndata.site.pictures import Box, Picture, page_pictures
from namndata.site.reading import Corpus, Row, read_corpus
from namndata.site.reports import ReportShown, read_report, value_data
from namndata.site.review import review_data, sample_data
from namndata.site.shown import file_name, script
from schema.problem import UnreadableDocument

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Site:
    """What is to be built: from which corpus and reports, and into which folder."""

    database: Path
    reports: Path
    """Folder of the reports' files."""
    out: Path
    is_public: bool = False
    """Without page pictures and running text, which may hold names, signatures and telephone numbers."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was written."""

    index: Path
    pages: int
    pictures: int
    missing: tuple[str, ...]
    """Reports whose file is not in the folder."""


def build_site(site: Site, tell: Tell = lambda line: None) -> Built:
    """Write the site; what an earlier one left that is no longer shown is removed."""
    clear(site)
    corpus = read_corpus(site.database, is_public=site.is_public)
    with closing(corpus.db):
        pages = Pages(site.out, corpus, is_public=site.is_public)
        reports = list(read_reports(site, corpus, tell))
        write_reports(pages, corpus, reports)
        committees = read_committees(corpus, reports)
        for committee in committees:
            pages.write(committee.address, "committee.html", committee=committee)
        for indicator in read_indicators(corpus):
            pages.write(indicator.address, "indicator.html", indicator=indicator)
        overview = read_overview(corpus, site.reports, reports, committees, site.out)
        pages.write("index.html", "index.html", overview=overview)
        write_review(pages, corpus, site, reports)
    missing = tuple(report.row["path"] for report in reports if report.source == "missing")
    return Built(site.out / "index.html", pages.written, count_pictures(reports), missing)


def clear(site: Site) -> None:
    """Remove an earlier site's pages; its pictures stay where they may be shown."""
    site.out.mkdir(parents=True, exist_ok=True)
    for name in ("report", "committee", "indicator", "data", "assets", *(["pictures"] if site.is_public else [])):
        shutil.rmtree(site.out / name, ignore_errors=True)
    with as_file(files(__package__) / "assets") as assets:
        shutil.copytree(assets, site.out / "assets")
    write_data(site, "words.js", script("NAMNDATA.words", site_words()))


def read_reports(site: Site, corpus: Corpus, tell: Tell) -> Iterable[ReportShown]:
    """Yield the reports, each with its pictures or lines."""
    rows = corpus.rows("select * from documents where status != 'failed' order by committee, edition, document")
    keep = set()
    for number, row in enumerate(rows, start=1):
        tell(f"{number}/{len(rows)} {row['path']}")
        pictures, lines, source = look_at(site, corpus, row)
        keep.add(picture_folder(row))
        yield read_report(corpus, row, pictures, lines, source)
    for folder in (site.out / "pictures").glob("*"):
        if f"pictures/{folder.name}" not in keep:
            shutil.rmtree(folder)


def picture_folder(row: Row) -> str:
    """Return the folder of a report's pictures, which names the file's bytes: pictures of these never change."""
    return f"pictures/{file_name(row['document'])}-{row['sha256'][:8]}"


def look_at(site: Site, corpus: Corpus, row: Row) -> tuple[Sequence[Picture], Sequence[str], str]:
    """Return a report's pictures, its lines, and which of them there are."""
    if site.is_public:
        return (), (), "left_out"
    path = site.reports / row["path"]
    if not path.is_file():
        return (), (), "missing"
    if row["media_type"] == PDF:
        turned = dict(json.loads(row["turned_pages"] or "[]"))
        shown = page_pictures(path, shown_pages(corpus, row), turned, site.out, picture_folder(row))
        return list(shown), (), "pictures"
    if str(row["media_type"]).startswith("text/"):
        return (), read_text_lines(path), "lines"
    return (), (), "none"


def shown_pages(corpus: Corpus, row: Row) -> dict[int, list[Box]]:
    """Return the pages with tables, and those with lines that say whose a report is and of when, with these' boxes."""
    tables = "select distinct page, null x0 from cells where document = ? and page is not null"
    facts = "select distinct page, x0, top, x1, bottom from facts where document = ? and page is not null"
    boxes: dict[int, list[Box]] = {}
    for each in (*corpus.rows(tables, row["document"]), *corpus.rows(facts, row["document"])):
        box = [] if each["x0"] is None else [tuple(each[side] for side in ("x0", "top", "x1", "bottom"))]
        boxes.setdefault(each["page"], []).extend(box)
    return boxes


def read_text_lines(path: Path) -> Sequence[str]:
    """Return the lines of a text file."""
    try:
        return decode_text(path.read_bytes())[0].splitlines()
    except UnreadableDocument:
        return ()


def write_reports(pages: Pages, corpus: Corpus, reports: Sequence[ReportShown]) -> None:
    """Write each report's page and the data of its values."""
    others = other_statements(corpus)
    for report in reports:
        name = file_name(report.row["document"])
        pages.write(report.address, "report.html", report=report, data=f"data/{name}.js")
        data = value_data(corpus, report, others)
        facts = {"document": report.row["document"], "title": report.row["title"], "path": report.row["path"]}
        pages.write_text(f"data/{name}.js", script("NAMNDATA.report", facts, data))


def write_review(pages: Pages, corpus: Corpus, site: Site, reports: Sequence[ReportShown]) -> None:
    """Write the list of values to check and the values that were drawn to be judged."""
    if site.is_public:
        (site.out / "review.html").unlink(missing_ok=True)
        return
    lists: dict[str, Any] = {
        "worst": review_data(corpus, reports),
        "sample": sample_data(corpus, site.reports, reports),
    }
    for name, data in lists.items():
        pages.write_text(f"data/{name}.js", script("NAMNDATA.list", name, data))
    pages.write("review.html", "review.html", lists={name: len(data) for name, data in lists.items()})


def write_data(site: Site, name: str, text: str) -> None:
    """Write a file of data."""
    (site.out / "data").mkdir(exist_ok=True)
    (site.out / "data" / name).write_text(text, encoding="ascii")


def count_pictures(reports: Iterable[ReportShown]) -> int:
    """Return how many pages have a picture."""
    return sum(page.picture is not None for report in reports for page in report.pages)
