"""Turns what a view read into a page: Jinja2 with everything escaped, and what controls or turns text made visible."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from namndata.export.links import web_address
from namndata.sample.gold import accuracy_on_gold
from namndata.site import shown
from namndata.site.overview import time_of
from namndata.site.reading import Corpus, committee_address, indicator_address, place_of, report_address
from namndata.site.words import both, drawn, in_words, swedish, told, words


def to_page(value: Any) -> Any:
    """Return a value as a page prints it; markup is ours alone, everything else is text that is escaped afterwards."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, shown.Figure):
        return both(str(value), value.english)
    return "" if value is None else shown.visible(str(value))


def environment() -> Environment:
    """Return the templates with the functions that they use."""
    templates = Environment(
        loader=PackageLoader("namndata.site"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=to_page,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(number=shown.number, million=shown.million)
    templates.globals.update(
        t=words,
        name=in_words,
        both=both,
        drawn=drawn,
        gold=accuracy_on_gold(),
        told=told,
        sv=swedish,
        share=shown.share,
        web=web_address,
        time_of=time_of,
        report_address=report_address,
        committee_address=committee_address,
        indicator_address=indicator_address,
    )
    return templates


class Pages:
    """Writes the pages of one site."""

    def __init__(self, out: Path, corpus: Corpus, *, is_public: bool) -> None:
        self.out = out
        self.written = 0
        self.templates = environment()
        self.templates.globals["is_public"] = is_public
        titles = {row["document"]: row["title"] for row in corpus.rows("select document, title from documents")}
        self.templates.globals["title"] = lambda document: titles.get(document) or document
        self.templates.globals["place"] = lambda value_id: place_of(corpus, value_id)

    def write(self, address: str, template: str, **shown_things: Any) -> None:
        """Write a page from its template; `root` leads from it to the site's first page."""
        depth = len(PurePosixPath(address).parts) - 1
        text = self.templates.get_template(template).render(root="../" * depth, address=address, **shown_things)
        self.write_text(address, text)
        self.written += 1

    def write_text(self, address: str, text: str) -> None:
        """Write a file of the site."""
        path = self.out / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
