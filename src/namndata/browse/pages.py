"""The pages that Datasette has not: the first page, the place of a value, and the reports' own files."""

from __future__ import annotations

import json
import mimetypes
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from datasette import Response
from markupsafe import Markup
from pluggy import HookimplMarker

from namndata.browse.charts import charts_of
from namndata.browse.describe import SEARCH
from namndata.browse.frame import column_menu
from namndata.browse.guard import App, guarded
from namndata.browse.place import place_of
from namndata.browse.prefix import with_prefixes
from namndata.browse.questions import read_questions
from namndata.errors import UsageError
from namndata.export.links import PDF, web_address
from namndata.language.catalogue import words_of
from namndata.language.chosen import is_swedish, say
from namndata.site.reading import report_address
from namndata.store.access import open_corpus
from namndata.store.dictionary import read_tables, swedish_of
from schema.kinds import KINDS

hookimpl = HookimplMarker("datasette")

KILOBYTES_KEPT = 256_000
"""Of the file, by each connection: questions on 3,000 reports (1.3 GB) take up to 0.2 s with it, 1 s without."""
AS_PRINTED = {kind.table: "raw" if "raw" in kind.model.model_fields else kind.label for kind in KINDS}
"""The column of a record that leads to its place."""

MESSAGES = ("message", "reasons", "remedy")
"""Columns that hold what the run said, in English; a Swedish reader is shown them in Swedish."""

SITE = "report"
"""Folder beside the corpus that `make report` writes the site into."""
SITE_PAGES = r"^/-/site/(?P<file>.*)$"

View = Callable[..., Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Report:
    """A report that can be opened."""

    path: str
    media_type: str | None
    url: str | None


@dataclass(frozen=True, eq=False)
class Pages:
    """A plugin of Datasette for one corpus."""

    database: Path
    name: str
    """What Datasette calls the corpus."""
    folder: Path | None
    """Where the reports' files are; without it only those with an address on the web can be opened."""
    counts: dict[str, int]
    """How many rows each table has."""
    bodies: int
    """How many municipalities and joint authorities the reports are of."""
    reports: dict[str, Report]

    __name__ = "namndata"

    @hookimpl
    def register_routes(self) -> list[tuple[str, View]]:
        """Return the pages' addresses."""
        return [
            (r"^/$", self.home),
            (r"^/-/place$", self.place),
            (r"^/-/report/(?P<document>.+)$", self.report),
            (SITE_PAGES, self.site),
            *([(r"^/-/static/table\.js$", self.menu)] if is_swedish() else []),
        ]

    @hookimpl
    def asgi_wrapper(self) -> Callable[[App], App]:
        """Keep the pages to this machine, and take words that are searched for as beginnings."""
        return lambda app: guarded(with_prefixes(app))

    @hookimpl
    def extra_template_vars(self) -> dict[str, Any]:
        """Let templates ask for the charts of the rows that they show."""
        return {"charts": lambda columns, rows: charts_of(columns, rows, place_address)}

    @hookimpl
    def prepare_connection(self, conn: sqlite3.Connection) -> None:
        """Keep what was read: a question on thousands of reports reads much of the file."""
        conn.execute(f"pragma cache_size = -{KILOBYTES_KEPT}")

    @hookimpl
    def render_cell(self, row: sqlite3.Row, value: Any, column: str, table: str | None) -> Markup | None:
        """Link a value's id to its place and a page to the report; say messages in the chosen language."""
        if value is None:
            return None
        if isinstance(value, float) or (isinstance(value, int) and not table and column != "page"):
            shown = as_swedish(value) if is_swedish() and isinstance(value, float) else value
            # Datasette knows the types of a table's columns, but not those of an answer's.
            return Markup("{}" if table else '<span class="figure">{}</span>').format(shown)
        if column in MESSAGES:
            said = said_of(value) if isinstance(value, str) else value
            return Markup("{}").format(said) if said != value else None
        if column == "value_id" or column == AS_PRINTED.get(table or ""):
            value_id = plain(value if column == "value_id" else row["id"])
            return Markup('<a href="{}">{}</a>').format(place_address(value_id), plain(value))
        if column == "page" and "document" in row.keys():  # noqa: SIM118, a row is no dictionary
            address = self.address(plain(row["document"]), value)
            return Markup('<a href="{}">{}</a>').format(address, value) if address else None
        return None

    def address(self, document: str, page: int | None) -> str | None:
        """Return where a report can be opened, at a page where its format has pages."""
        report = self.reports.get(document)
        if report is None:
            return None
        at_page = f"#page={page}" if page and report.media_type == PDF else ""
        if self.folder and (self.folder / report.path).is_file():
            return f"/-/report/{quote(document, safe='')}{at_page}"
        address = web_address(report.url)
        return f"{address}{at_page}" if address else None

    async def home(self, request: Any, datasette: Any) -> Response:
        """Return the first page."""
        tables = [(name, swedish_of(said), said, self.counts.get(name, 0)) for name, said in read_tables().items()]
        context: dict[str, Any] = {"corpus": self.name, "search": SEARCH, "questions": read_questions()}
        context |= {"tables": tables, "counts": self.counts, "bodies": self.bodies}
        return Response.html(await datasette.render_template("home.html", context, request=request))

    async def place(self, request: Any, datasette: Any) -> Response:
        """Return the page of a value's place."""
        value = request.args.get("id") or ""
        try:
            place = place_of(self.database, value)
        except UsageError as error:
            return Response.text(str(error), status=404)
        report = self.address(place.document, place.page)
        site = self.on_site(place.document, value)
        context = {"value": value, "place": place, "report": report, "site": site, "words": words_of("cited")}
        return Response.html(await datasette.render_template("place.html", context, request=request))

    async def report(self, request: Any) -> Response:
        """Return a report's file: as a PDF or as plain text, never as a page that could run something."""
        report = self.reports.get(request.url_vars["document"])
        path = self.folder / report.path if self.folder and report else None
        if path is None or report is None or not path.is_file():
            said = "The report's file is not there. Say with --corpus in which folder the reports are."
            return Response.text(said, status=404)
        kind = PDF if report.media_type == PDF else "text/plain; charset=utf-8"
        if report.media_type not in (PDF, None) and not report.media_type.startswith("text/"):
            kind = "application/octet-stream"
        return Response(path.read_bytes(), content_type=kind)

    async def site(self, request: Any) -> Response:
        """Return a file of the site beside the corpus, where `make report` wrote one; none from anywhere else."""
        root = (self.database.parent / SITE).resolve()
        path = (root / (request.url_vars["file"] or "index.html")).resolve()
        if root not in path.parents or not path.is_file():
            return Response.text("The site has no such page. Write it with `make report`.", status=404)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        text = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        return Response(path.read_bytes(), content_type=text)

    async def menu(self) -> Response:
        """Return the script of a column's menu in Swedish."""
        return Response(column_menu(), content_type="text/javascript; charset=utf-8")

    def on_site(self, document: str, value: str) -> str | None:
        """Return where the site shows a value; None where no site was written."""
        page = report_address(document)
        there = (self.database.parent / SITE / page).is_file()
        return f"/-/site/{quote(page)}#{value.rpartition(':')[2]}" if there else None


def as_swedish(value: float) -> str:
    """Return a number as Swedish Excel takes it from a page: 1 234,5, its thousands parted as Excel parts them."""
    return f"{value:,.15g}".replace(",", "\u00a0").replace(".", ",")


def said_of(text: str) -> str:
    """Return a message, or each of a list of them, in the chosen language."""
    return "; ".join(map(say, json.loads(text))) if text.startswith('["') else say(text)


def plain(value: Any) -> Any:
    """Return a value that Datasette has put beside the label of what it refers to."""
    return value["value"] if isinstance(value, dict) else value


def place_address(value: str) -> str:
    """Return the address of a value's place."""
    return f"/-/place?{urlencode({'id': value})}"


def pages_of(database: Path, name: str, folder: Path | None) -> Pages:
    """Return the pages of a corpus."""
    with closing(open_corpus(database)) as db:
        counts = {table: db.execute(f'select count(*) from "{table}"').fetchone()[0] for table in read_tables()}
        bodies = "select count(distinct coalesce(municipality, committee)) from documents"
        found = db.execute("select document, path, media_type, source_url from documents")
        reports = {document: Report(*rest) for document, *rest in found}
        return Pages(database, name, folder, counts, db.execute(bodies).fetchone()[0], reports)
