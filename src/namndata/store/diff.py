"""Which values appeared, vanished or changed between two corpora."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from namndata.errors import UsageError
from namndata.store.access import open_corpus
from schema.kinds import KINDS, Comparison

Key = tuple[str | None, ...]
Value = tuple[object, ...]

DOCUMENTS = Comparison(("path",), ("status", "committee", "document_type", "fiscal_year", "as_of", "pages"))
COMPARED = {kind.table: kind.versions for kind in KINDS} | {"documents": DOCUMENTS}
"""What is compared between two corpora, by table."""


def compare_corpora(old: Path, new: Path) -> dict[str, list[str]]:
    """Return the differences by document, in the order of document and table."""
    differences: dict[str, list[str]] = defaultdict(list)
    with closing(open_corpus(old)) as before, closing(open_corpus(new)) as after:
        for table in COMPARED:
            comparison = COMPARED[table]
            earlier, later = values_of(before, table, comparison), values_of(after, table, comparison)
            for document in sorted(earlier.keys() | later.keys()):
                changes = describe_changes(table, earlier[document], later[document], comparison.stated)
                differences[document].extend(changes)
    return {document: changes for document, changes in sorted(differences.items()) if changes}


def compare_documents(database: Path, one: str, other: str) -> list[str]:
    """Return the differences between two documents of a corpus, such as two editions of a report."""
    with closing(open_corpus(database)) as db:
        known = {document for (document,) in db.execute("select document from documents")}
        for document in (one, other):
            if document not in known:
                raise UsageError(f"The corpus holds no document {document}; `documents` lists them.")
        return [
            change
            for kind in KINDS
            for values in [values_of(db, kind.table, kind.editions)]
            for change in describe_changes(kind.table, values[one], values[other], kind.editions.stated)
        ]


def values_of(db: sqlite3.Connection, table: str, comparison: Comparison) -> dict[str, dict[Key, Counter[Value]]]:
    """Return a table's values by document and key; a key may be stated several times.

    A corpus that an earlier version wrote may lack a table: it holds nothing of that kind.
    """
    found: dict[str, dict[Key, Counter[Value]]] = defaultdict(lambda: defaultdict(Counter))
    if not db.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone():
        return found
    columns, end = (*comparison.key, *comparison.stated), 1 + len(comparison.key)
    for row in db.execute(f"select document, {', '.join(columns)} from {table}"):
        found[row[0]][row[1:end]][row[end:]] += 1
    return found


def describe_changes(
    table: str, before: dict[Key, Counter[Value]], after: dict[Key, Counter[Value]], columns: Sequence[str]
) -> Iterator[str]:
    """Return a line for each value that is not the same in both."""
    for key in sorted(before.keys() | after.keys(), key=str):
        gone = list((before.get(key, Counter()) - after.get(key, Counter())).elements())
        come = list((after.get(key, Counter()) - before.get(key, Counter())).elements())
        name = f"{table}: {' | '.join(str(part) for part in key if part)}"
        changed = min(len(gone), len(come))
        for one, other in zip(gone, come, strict=False):
            yield f"changed   {name}: {describe_change(columns, one, other)}"
        yield from (f"vanished  {name}: {describe_value(value)}" for value in gone[changed:])
        yield from (f"appeared  {name}: {describe_value(value)}" for value in come[changed:])


def describe_change(columns: Sequence[str], one: Value, other: Value) -> str:
    """Return what differs between two values of one key."""
    pairs = zip(columns, one, other, strict=True)
    return ", ".join(f"{column} {old!r} → {new!r}" for column, old, new in pairs if old != new)


def describe_value(value: Sequence[object]) -> str:
    """Return what a value states, in short."""
    return repr(value[0])
