"""What differs between two corpora, as text, Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import groupby

from namndata.language.catalogue import words_of
from namndata.language.chosen import is_swedish
from namndata.store.diff import APPEARED, CHANGED, SEPARATOR, VANISHED, Change, Difference

FORMATS = ("text", "json", "md")
LONGEST = 20
"""Names of documents that are printed on one line of text."""


def as_json(difference: Difference) -> str:
    """Return all of it as JSON: documents, counts, and every change by document."""
    return json.dumps(
        {
            "new": difference.new,
            "gone": difference.gone,
            "renamed": difference.renamed,
            "changed": difference.changed,
            "counts": difference.counts(),
            "changes": {document: list(map(asdict, each)) for document, each in difference.changes.items()},
        },
        ensure_ascii=False,
        indent=2,
    )


def as_text(difference: Difference, show: int) -> Iterator[str]:
    """Return lines: reports, counts, then so many values of each report."""
    for title, documents in reports_of(difference):
        shown = ", ".join(documents[:LONGEST])
        more = f" … and {len(documents) - LONGEST} more" if len(documents) > LONGEST else ""
        yield f"{title:9} {len(documents)}: {shown}{more}"
    for table, counts in difference.counts().items():
        yield f"{table:18} {counts[CHANGED]} changed, {counts[VANISHED]} vanished, {counts[APPEARED]} appeared"
    for document, changes in difference.changes.items():
        yield ""
        yield document
        yield from (f"  {replace(change, name=in_words(change.name)).line()}" for change in changes[:show])
        if len(changes) > show:
            yield f"  … and {len(changes) - show} more"


def in_words(name: str) -> str:
    """Return a value's name with its kind (`outcome`) in the language of the terminal."""
    kinds = words_of("kind") if is_swedish() else {}
    return SEPARATOR.join(kinds[part].lower() if part in kinds else part for part in name.split(SEPARATOR))


def as_markdown(difference: Difference, show: int) -> Iterator[str]:
    """Return the lines of a page: reports, a table of counts, a table of values for each report."""
    for title, documents in reports_of(difference):
        yield from ("", f"**{title}** ({len(documents)}): {', '.join(map(cell, documents))}")
    if difference.changes:
        yield from ("", f"| table | {CHANGED} | {VANISHED} | {APPEARED} |", "| --- | ---: | ---: | ---: |")
        for table, counts in difference.counts().items():
            yield f"| {table} | {counts[CHANGED]} | {counts[VANISHED]} | {counts[APPEARED]} |"
    for document, changes in difference.changes.items():
        yield from ("", f"### {cell(document)}")
        yield from rows_of(changes[:show])
        if len(changes) > show:
            yield from ("", f"… and {len(changes) - show} more")


def rows_of(changes: Sequence[Change]) -> Iterator[str]:
    """Return a table of values for each table of the corpus."""
    for table, each in groupby(changes, key=lambda change: change.table):
        yield from ("", f"| {table} | what | value |", "| --- | --- | --- |")
        yield from (f"| {cell(one.name)} | {one.what} | {cell(one.said)} |" for one in each)


def reports_of(difference: Difference) -> Iterator[tuple[str, list[str]]]:
    """Return which reports are new, gone, renamed and changed, each kind that there is."""
    renamed = [f"{old} → {new}" for old, new in difference.renamed.items()]
    kinds = (("New", difference.new), ("Gone", difference.gone), ("Renamed", renamed), ("Changed", difference.changed))
    yield from ((title, list(documents)) for title, documents in kinds if documents)


def cell(text: str) -> str:
    """Return a text that stays one cell, and that Markdown reads as text."""
    shown = (ch for ch in " ".join(text.split()) if ch.isprintable())
    return "".join(f"\\{ch}" if ch in "\\`*_<>[]|#" else ch for ch in shown)
