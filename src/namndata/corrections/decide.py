"""Lines of corrections are written for values of a corpus, and looked up in it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from namndata.beside import append_line
from namndata.corrections.lines import COLUMNS, CORRECTIONS, NEEDED, OPTIONAL, Correction, fault_of, read_corrections
from namndata.corrections.places import Printed, fitting, parts_of
from namndata.errors import UsageError
from namndata.store.access import open_corpus
from schema.kinds import KINDS, RecordKind
from schema.records import CellValue


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the file and what the corpus says of it."""

    correction: Correction
    outcome: str
    """What a run made of it, or `fits` where the next run will follow it."""
    read: str = ""
    message: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether nothing is or will be corrected by it."""
        return self.outcome not in ("applied", "fits")


def printed_in(db: sqlite3.Connection) -> dict[str, list[Printed]]:
    """Return what is printed of a corpus's records, by document; labels as they were read."""
    renamed = dict(
        db.execute("select value_id, value_read from corrections where field = 'label' and outcome = 'applied'")
    )
    found: dict[str, list[Printed]] = defaultdict(list)
    for kind in KINDS:
        for document, page, label, column_label, raw, value_id, table_id, row, col in db.execute(query_of(kind)):
            cell = (int(table_id.rpartition(":t")[2]) if table_id else None, row, col)
            label = renamed.get(value_id, label)
            one = Printed(len(found[document]), kind.table, page, label, column_label, raw, value_id, cell)
            found[document].append(one)
    return found


def query_of(kind: RecordKind) -> str:
    """Return the query for what is printed of a kind's records."""
    column, col = ("column_label", "col") if issubclass(kind.model, CellValue) else ("''", "null")
    from namndata.corrections.change import ATTRIBUTES  # slow to import, and most commands correct nothing

    raw = ATTRIBUTES[kind.model].raw
    names = f"document, page, {kind.label}, {column}, ifnull({raw}, ''), id, table_id, row, {col}"
    return f"select {names} from {kind.table}"


def correction_on(database: Path, value_id: str, field: str, value: str, signature: tuple[str, str, str]) -> Correction:
    """Return the line that corrects a field of a value, named by what is printed of it."""
    with closing(open_corpus(database)) as db:
        documents = printed_in(db)
    named = [(document, one) for document, all_ in documents.items() for one in all_ if one.value_id == value_id]
    if not named:
        raise UsageError(f"The corpus holds no value {value_id}. Its id is in the columns id and value_id.")
    document, one = named[0]
    line = Correction(document, str(one.page or ""), one.label, one.column_label, one.raw, field, value, *signature)
    if fault := fault_of(line):
        raise UsageError(fault)
    found = fitting(line, documents[document])
    is_alone = parts_of(found, line.reach) == 1 and (line.reach != "cell" or len(found) == 1)
    return line if is_alone else replace(line, value_id=value_id)


def add_line(corpus: Path, line: Correction) -> Path:
    """Write a line to the file beside the reports, and return the file."""
    path = corpus / CORRECTIONS
    read_corrections(corpus)  # a file that cannot be read is not written to
    append_line(path, (*COLUMNS, *(name for name in OPTIONAL if getattr(line, name))), asdict(line))
    return path


def standings(corpus: Path, database: Path) -> list[Standing]:
    """Return each line beside what the last run made of it, or of what is new, what the next run will."""
    lines = read_corrections(corpus)
    with closing(open_corpus(database)) as db:
        db.row_factory = sqlite3.Row
        known = {key: row for row in db.execute("select * from corrections") for key in [key_of(row)]}
        db.row_factory = None
        printed = printed_in(db)
        paths = dict(db.execute("select path, document from documents"))
    return list(standings_of(lines, known, printed, paths))


def key_of(row: sqlite3.Row) -> tuple[str, ...]:
    """Return what a row of the corpus says of its line."""
    return tuple(str(row[name] if row[name] is not None else "") for name in NEEDED)


def standings_of(
    lines: Sequence[Correction],
    known: dict[tuple[str, ...], sqlite3.Row],
    printed: dict[str, list[Printed]],
    paths: dict[str, str],
) -> Iterator[Standing]:
    """Return what each line is or will be."""
    for line in lines:
        line = replace(line, document=paths.get(line.document, line.document))
        row = known.get(tuple(getattr(line, name) for name in NEEDED))
        if row is not None:
            yield Standing(line, row["outcome"], row["value_read"] or "", row["message"] or "")
            continue
        found = fitting(line, printed.get(line.document, []))
        if not found:
            yield Standing(line, "unplaced", message="no printed cell fits it")
        elif parts_of(found, line.reach) > 1 and not line.is_for_many:
            ids = ", ".join(one.value_id for one in found)
            yield Standing(line, "ambiguous", message=f"several cells fit it; say in a column value_id which: {ids}")
        else:
            yield Standing(line, "fits", message="`make extract` will follow it")
