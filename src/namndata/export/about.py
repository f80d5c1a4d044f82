"""What stands beside the figures: which corpus it is, how to cite it, under which licence, what to mind."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from namndata.kolada.catalogue import SOURCE
from namndata.sample.gold import gold_line

if TYPE_CHECKING:
    from namndata.export.content import Content

TITLE = "Figures of Swedish municipal committee reports"
HOMEPAGES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""Of the licences that corpora are mostly given; another is known by its SPDX id at SPDX."""
SPDX = "https://spdx.org/licenses/{}.html"


def epoch() -> datetime.datetime:
    """Return the time that files are said to be made at: always the same, so that their bytes are."""
    return datetime.datetime(2000, 1, 1)


def licence_address(licence: str) -> str:
    """Return where a licence can be read."""
    return HOMEPAGES.get(licence, SPDX.format(licence))


def about_lines(content: Content) -> Iterator[tuple[str, str]]:
    """Return what is said of the corpus, each part with its name."""
    version = content.version
    yield "Title", TITLE
    yield "Version", version.number
    yield "Reports", f"{version.documents}, fiscal years {version.years or 'unknown'}"
    if version.newest:
        yield "Newest report", version.newest
    yield "Published by", "; ".join(version.publishers) or "unknown"
    yield "Licence", f"{content.licence}, {licence_address(content.licence)}"
    if version.has_official_values:
        yield "Official values", SOURCE
    if content.is_public:
        yield "Left out", "Running text and printed cells (a public copy), and who decided."
    yield from accuracy_lines(content)
    yield (
        "Read by",
        "namndata, a program: every value has a confidence and a place in its report. Look before you cite.",
    )


def accuracy_lines(content: Content) -> Iterator[tuple[str, str]]:
    """Return how often the reading was found wrong: on this corpus where people judged, and on gold."""
    measured = content.measured
    if measured and measured.whole.judged:
        yield "Error rate", f"{measured.whole.line()}, of {measured.drawn} values that were drawn (95 % interval)"
        for rate in measured.by_kind:
            yield "Error rate by kind", rate.line()
        for rate in measured.by_band:
            yield "Error rate by confidence", rate.line()
    else:
        yield "Error rate", "Not measured on this corpus: `namndata sample` draws values to judge."
    yield "Accuracy on gold", gold_line()


def about_text(content: Content) -> str:
    """Return what is said of the corpus as plain text."""
    return "".join(f"{name}: {text}\n" for name, text in about_lines(content))


def readme(content: Content) -> str:
    """Return the page that explains the data package."""
    lines = [f"# {TITLE}", "", "| | |", "| --- | --- |"]
    lines += [f"| {name} | {cell(text)} |" for name, text in about_lines(content)]
    lines += [
        "",
        "Every row names the report, page, table, row and column that it was read from. `confidence` says how",
    ]
    lines += [
        "sure the reading is (0–1), not how right the report is. Amounts are in SEK where the column's name ends in"
    ]
    lines += ["`_sek`. Files are UTF-8 with commas; an empty field is a value that is not there.", ""]
    lines += ["| file | holds |", "| --- | --- |"]
    lines += [f"| data/{table.name}.csv | {cell(table.description)} |" for table in content.tables]
    lines += ["", "The meaning and unit of each column stand in `datapackage.json` and in `data/data_dictionary.csv`."]
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    """Return a text that keeps its place in a table of Markdown."""
    return text.replace("|", "\\|").replace("\n", " ")


def licence_text(content: Content) -> str:
    """Return what is said of the right to use the data."""
    lines = [f"The data in this package is made available under {content.licence}:", licence_address(content.licence)]
    lines += ["", "The reports that it was read from are official documents of their publishers:"]
    lines += [f"- {publisher}" for publisher in content.version.publishers]
    if content.version.has_official_values:
        lines += ["", f"Official values are from {SOURCE} and must name it as their source."]
    return "\n".join(lines) + "\n"


def citation(content: Content) -> str:
    """Return the package's CITATION.cff."""
    version = content.version
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        "message: Cite the corpus by its version.",
        f"title: {quoted(TITLE)}",
    ]
    lines += [f"version: {quoted(version.number)}", f"license: {content.licence}", "authors:"]
    lines += [f"  - name: {quoted(publisher)}" for publisher in version.publishers or ("unknown",)]
    if version.newest:
        lines.append(f"date-released: {version.newest}")
    lines += ["references:", "  - type: software", "    title: namndata", f"    version: {quoted(version.code)}"]
    lines += ["    authors:", "      - name: namndata"]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a text as YAML takes it whatever it holds: JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)
