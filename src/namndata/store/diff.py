"""What differs between two corpora: reports that came, went, were renamed or changed, and the values in them."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from namndata.errors import UsageError
from namndata.store.access import open_corpus
from schema.kinds import KINDS, Comparison

Key = tuple[str | None, ...]
Value = tuple[object, ...]
Values = dict[str, dict[Key, Counter[Value]]]
"""A table's values by document and key."""

DOCUMENTS = Comparison((), ("status", "committee", "document_type", "fiscal_year", "as_of", "pages", "path"))
COMPARED = {kind.table: kind.versions for kind in KINDS} | {"documents": DOCUMENTS}
"""What is compared between two corpora, by table."""
LEAST_SAME = 10
"""Values that two files must share to be one report; a form with a few may be filled in alike by two committees."""
SEPARATOR = " | "
"""Between the parts of a value's name."""
CHANGED, VANISHED, APPEARED = "changed", "vanished", "appeared"


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is not the same in both."""

    what: str
    """`changed`, `vanished` or `appeared`."""
    table: str
    name: str
    said: str

    def line(self) -> str:
        """Return it in one line."""
        return f"{self.what:9} {self.table}: {': '.join(filter(None, (self.name, self.said)))}"


@dataclass(frozen=True)
class Difference:
    """What differs between two corpora."""

    new: tuple[str, ...] = ()
    """Documents that only the later corpus holds; their values are not listed."""
    gone: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The later name of each document whose file, or all that is read of it, is the same under another name."""
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    """By document that both hold, under its later name."""

    @property
    def changed(self) -> tuple[str, ...]:
        """Documents that both hold and that differ."""
        return tuple(self.changes)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many values of each table changed, vanished and appeared."""
        found: dict[str, dict[str, int]] = {}
        for change in (change for changes in self.changes.values() for change in changes):
            of_table = found.setdefault(change.table, dict.fromkeys((CHANGED, VANISHED, APPEARED), 0))
            of_table[change.what] += 1
        return found

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.renamed or self.changes)


def compare_corpora(old: Path, new: Path) -> Difference:
    """Return what differs, documents in order, their values in the order of the tables."""
    changes: dict[str, list[Change]] = defaultdict(list)
    with closing(open_corpus(old)) as before, closing(open_corpus(new)) as after:
        files, later_files = files_of(before), files_of(after)
        renamed = find_renamed(files, later_files)
        gone = files.keys() - later_files.keys() - renamed.keys()
        come = later_files.keys() - files.keys() - {*renamed.values()}
        if gone and come:
            renamed |= find_renamed(contents_of(before, gone), contents_of(after, come))
        kept = {document: renamed.get(document, document) for document in files}
        for table, comparison in COMPARED.items():
            earlier, later = values_of(before, table, comparison), values_of(after, table, comparison)
            for document, name in kept.items():
                if name in later_files and not (table == "documents" and document in renamed):
                    changes[name] += changes_of(table, earlier[document], later[name], comparison.stated)
    return Difference(
        new=tuple(sorted(later_files.keys() - {*kept.values()})),
        gone=tuple(sorted(document for document, name in kept.items() if name not in later_files)),
        renamed=dict(sorted(renamed.items())),
        changes={document: tuple(changes[document]) for document in sorted(changes) if changes[document]},
    )


def files_of(db: sqlite3.Connection) -> dict[str, str]:
    """Return the hash of each document's file."""
    return dict(db.execute("select document, sha256 from documents").fetchall())


def contents_of(db: sqlite3.Connection, documents: Collection[str]) -> dict[str, str]:
    """Return a hash of all that is read of each document: a report that was saved again is the same report."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind in KINDS:
        for document, values in values_of(db, kind.table, kind.versions).items():
            if document in documents:
                found[document] += (
                    f"{kind.table} {key} {value}" for key, each in values.items() for value in each.elements()
                )
    return {
        document: hashlib.sha256("\n".join(sorted(values)).encode()).hexdigest()
        for document, values in found.items()
        if len(values) >= LEAST_SAME
    }


def find_renamed(earlier: Mapping[str, str], later: Mapping[str, str]) -> dict[str, str]:
    """Return the later name of each document that is gone while its file came under another; equal files in order."""
    waiting: dict[str, list[str]] = defaultdict(list)
    for document in sorted(later.keys() - earlier.keys(), reverse=True):
        waiting[later[document]].append(document)
    gone = sorted(earlier.keys() - later.keys())
    return {document: waiting[earlier[document]].pop() for document in gone if waiting.get(earlier[document])}


def compare_documents(database: Path, one: str, other: str) -> Difference:
    """Return the differences between two documents of a corpus, such as two editions of a report."""
    with closing(open_corpus(database)) as db:
        known = {document for (document,) in db.execute("select document from documents")}
        for document in (one, other):
            if document not in known:
                raise UsageError(f"The corpus holds no document {document}; `documents` lists them.")
        changes = tuple(
            change
            for kind in KINDS
            for values in [values_of(db, kind.table, kind.editions)]
            for change in changes_of(kind.table, values[one], values[other], kind.editions.stated)
        )
    return Difference(changes={f"{one} → {other}": changes} if changes else {})


def values_of(db: sqlite3.Connection, table: str, comparison: Comparison) -> Values:
    """Return a table's values by document and key; a key may be stated several times.

    A corpus that an earlier version wrote may lack a table: it holds nothing of that kind.
    """
    found: Values = defaultdict(lambda: defaultdict(Counter))
    if not db.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone():
        return found
    columns, end = (*comparison.key, *comparison.stated), 1 + len(comparison.key)
    for row in db.execute(f"select document, {', '.join(columns)} from {table}"):
        found[row[0]][row[1:end]][row[end:]] += 1
    return found


def changes_of(
    table: str, before: dict[Key, Counter[Value]], after: dict[Key, Counter[Value]], columns: Sequence[str]
) -> Iterator[Change]:
    """Return a change for each value that is not the same in both."""
    for key in sorted(before.keys() | after.keys(), key=str):
        gone = list((before.get(key, Counter()) - after.get(key, Counter())).elements())
        come = list((after.get(key, Counter()) - before.get(key, Counter())).elements())
        name = SEPARATOR.join(str(part) for part in key if part)
        changed = min(len(gone), len(come))
        for one, other in zip(gone, come, strict=False):
            yield Change(CHANGED, table, name, describe_change(columns, one, other))
        yield from (Change(VANISHED, table, name, describe_value(value)) for value in gone[changed:])
        yield from (Change(APPEARED, table, name, describe_value(value)) for value in come[changed:])


def describe_change(columns: Sequence[str], one: Value, other: Value) -> str:
    """Return what differs between two values of one key."""
    pairs = zip(columns, one, other, strict=True)
    return ", ".join(f"{column} {stated(old)} → {stated(new)}" for column, old, new in pairs if old != new)


def describe_value(value: Sequence[object]) -> str:
    """Return what a value states, in short."""
    return stated(value[0])


def stated(value: object) -> str:
    """Return what a column states: text between quotes, a whole number without a decimal, `–` for nothing."""
    if value is None:
        return "–"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else repr(value)
