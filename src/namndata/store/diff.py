"""Which values appeared, vanished or changed between two corpora."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from namndata.errors import UsageError

Key = tuple[str | None, ...]
Value = tuple[object, ...]

COMPARED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "indicator_values": (
        ("indicator", "parent", "kind", "period", "breakdown"),
        ("raw", "value", "upper", "comparator", "unit", "direction", "status", "goal_area", "committee_goal"),
    ),
    "budget_values": (("table_title", "line", "parent", "kind", "period"), ("raw", "value", "unit", "is_total")),
    "assignments": (("scope", "number", "text"), ("status", "comment")),
    "goals": (("goal_area", "committee_goal"), ("municipal_goal", "assessment", "assessment_code")),
    "documents": (("path",), ("status", "committee", "document_type", "fiscal_year", "as_of", "pages")),
}
"""What names a value, and what is compared, by table. Rows, columns and ids may move without a difference."""
PUBLISHED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "indicator_values": (COMPARED["indicator_values"][0], ("value", "upper", "comparator", "direction", "status")),
    "budget_values": (("line", "parent", "kind", "period"), ("value", "unit")),
    "goals": (("committee_goal",), ("assessment",)),
    "assignments": (("number", "text"), ("status",)),
}
"""What two editions of a report publish; how it is printed and what it stands under does not count."""


def compare_corpora(old: Path, new: Path) -> dict[str, list[str]]:
    """Return the differences by document, in the order of document and table."""
    differences: dict[str, list[str]] = defaultdict(list)
    with closing(open_corpus(old)) as before, closing(open_corpus(new)) as after:
        for table in COMPARED:
            keys, compared = COMPARED[table]
            earlier, later = values_of(before, table, keys, compared), values_of(after, table, keys, compared)
            for document in sorted(earlier.keys() | later.keys()):
                changes = describe_changes(table, earlier[document], later[document], compared)
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
            for table, (keys, compared) in PUBLISHED.items()
            for values in [values_of(db, table, keys, compared)]
            for change in describe_changes(table, values[one], values[other], compared)
        ]


def open_corpus(path: Path) -> sqlite3.Connection:
    """Open a corpus for reading."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def values_of(
    db: sqlite3.Connection, table: str, keys: Sequence[str], compared: Sequence[str]
) -> dict[str, dict[Key, Counter[Value]]]:
    """Return a table's values by document and key; a key may be stated several times."""
    found: dict[str, dict[Key, Counter[Value]]] = defaultdict(lambda: defaultdict(Counter))
    for row in db.execute(f"select document, {', '.join((*keys, *compared))} from {table}"):
        found[row[0]][row[1 : 1 + len(keys)]][row[1 + len(keys) :]] += 1
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
