"""What differs between two corpora, as text, Markdown or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import groupby

from namndata.language.catalogue import words_of
from namndata.language.chosen import is_swedish, named, say
from namndata.store.diff import APPEARED, CHANGED, SEPARATOR, VANISHED, Change, Difference

FORMATS = ("text", "json", "md")
LONGEST = 20
"""Names of documents that are printed on one line of text."""
POINT = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|(\d)\.(\d)""")
"""A decimal point of a figure; what a report prints stands between quotes."""


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
        yield from (f"  {in_words(change).line()}" for change in changes[:show])
        if len(changes) > show:
            yield f"  … and {len(changes) - show} more"


def in_words(change: Change) -> Change:
    """Return a change with the kind in its name (`outcome`) and its figures as the terminal's language has them."""
    if not is_swedish():
        return change
    kinds = words_of("kind")
    name = SEPARATOR.join(kinds[part].lower() if part in kinds else part for part in change.name.split(SEPARATOR))
    return replace(change, name=name, said=POINT.sub(lambda m: f"{m[1]},{m[2]}" if m[1] else m[0], change.said))


def as_markdown(difference: Difference, show: int) -> Iterator[str]:
    """Return the lines of a page: reports, a table of counts, a table of values for each report."""
    for title, documents in reports_of(difference):
        yield from ("", f"**{say(title)}** ({len(documents)}): {', '.join(map(cell, documents))}")
    if difference.changes:
        head = ("table", CHANGED, VANISHED, APPEARED)
        yield from ("", f"| {' | '.join(named('diff', each) for each in head)} |", "| --- | ---: | ---: | ---: |")
        for table, counts in difference.counts().items():
            yield f"| {table} | {counts[CHANGED]} | {counts[VANISHED]} | {counts[APPEARED]} |"
    for document, changes in difference.changes.items():
        yield from ("", f"### {cell(document)}")
        yield from rows_of([in_words(change) for change in changes[:show]])
        if len(changes) > show:
            yield from ("", say(f"  … and {len(changes) - show} more").strip())


def rows_of(changes: Sequence[Change]) -> Iterator[str]:
    """Return a table of values for each table of the corpus."""
    for table, each in groupby(changes, key=lambda change: change.table):
        yield from ("", f"| {table} | {named('diff', 'what')} | {named('diff', 'value')} |", "| --- | --- | --- |")
        yield from (f"| {cell(one.name)} | {named('diff', one.what)} | {cell(one.said)} |" for one in each)


def reports_of(difference: Difference) -> Iterator[tuple[str, list[str]]]:
    """Return which reports are new, gone, renamed and changed, each kind that there is."""
    renamed = [f"{old} → {new}" for old, new in difference.renamed.items()]
    kinds = (("New", difference.new), ("Gone", difference.gone), ("Renamed", renamed), ("Changed", difference.changed))
    yield from ((title, list(documents)) for title, documents in kinds if documents)


def cell(text: str) -> str:
    """Return a text that stays one cell, and that Markdown reads as text."""
    shown = (ch for ch in " ".join(text.split()) if ch.isprintable())
    return "".join(f"\\{ch}" if ch in "\\`*_<>[]|#" else ch for ch in shown)
