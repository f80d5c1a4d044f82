"""Scores a corpus against gold, report by report and kind by kind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Hashable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from namndata.errors import UsageError
from namndata.evaluate.calibration import Judged
from namndata.evaluate.floors import FLOORS, read_floors
from namndata.evaluate.gold import View, views_of
from namndata.evaluate.match import Row, are_alike, match_records
from namndata.evaluate.score import Report, Score
from namndata.store.access import open_corpus


def evaluate_corpus(database: Path, gold: Path) -> Report:
    """Score every document that has gold."""
    files = [path for path in sorted(gold.glob("*.json")) if path.name != FLOORS]
    if not files:
        raise UsageError(f"There is no gold in {gold}. Give the folder that holds it: --gold folder.")
    floors = read_floors(gold)
    scores: list[Score] = []
    unmatched: list[str] = []
    with closing(open_corpus(database)) as db:
        db.row_factory = sqlite3.Row
        documents = [row["document"] for row in db.execute("select document from documents")]
        for path in files:
            document = matching_document(path.stem, documents)
            if document is None:
                unmatched.append(path.stem)
            else:
                truth = json.loads(path.read_text(encoding="utf-8"))
                scores.extend(score_document(db, document, truth, floors.get(path.stem, {}), path.stem))
    return Report(tuple(scores), tuple(unmatched))


def matching_document(stem: str, documents: Sequence[str]) -> str | None:
    """Return the document of a gold file: of the same name, or the only one that contains it."""
    if stem in documents:
        return stem
    hits = [document for document in documents if stem in document]
    return hits[0] if len(hits) == 1 else None


def score_document(
    db: sqlite3.Connection, document: str, truth: Row, floors: dict[str, float], stem: str
) -> Iterator[Score]:
    """Score each kind of record of a document, and the attributes of those that match."""
    for view in views_of(truth):
        wanted, found = list(view.wanted(truth)), list(found_rows(db, document, view))
        pairs, missed, extra = match_records(view.same, wanted, found)
        errors = (
            *(f"missing {describe(view, row)}" for row in missed),
            *(f"extra {describe(view, row)}" for row in extra),
        )
        counts = (len(wanted), len(found), len(pairs))
        judged = judge(view, pairs, extra)
        yield Score(stem, view.name, *counts, errors=errors, floor=floors.get(view.name), judged=judged)
        for attribute in view.attributes:
            yield score_attribute(stem, view, attribute, pairs)


def judge(view: View, pairs: Sequence[tuple[Row, Row]], extra: Sequence[Row]) -> tuple[Judged, ...]:
    """Return the confidence of each value that was found, and whether it is right; cells are judged as values."""
    if not view.judges_confidence:
        return ()
    right = tuple((row["confidence"], True) for _, row in pairs)
    return (*right, *((row["confidence"], False) for row in extra))


def score_attribute(stem: str, view: View, attribute: str, pairs: Sequence[tuple[Row, Row]]) -> Score:
    """Score one field over the records that match."""
    errors = tuple(
        f"{view.name}: {attribute} of {one[view.same.label]!r} is {other.get(attribute)!r}, not {one.get(attribute)!r}"
        for one, other in pairs
        if not are_alike(one.get(attribute), other.get(attribute))
    )
    return Score(stem, view.name, len(pairs), len(pairs), len(pairs) - len(errors), attribute, errors)


def found_rows(db: sqlite3.Connection, document: str, view: View) -> Iterator[Row]:
    """Return the corpus's rows of a kind, those that count once only once."""
    seen: set[tuple[Hashable, ...]] = set()
    for row in map(dict, db.execute(f"select * from {view.kind.table} where document = ? order by rowid", (document,))):
        identity = tuple(row[name] for name in view.distinct)
        if not identity or identity not in seen:
            seen.add(identity)
            yield row


def describe(view: View, row: Row) -> str:
    """Return one record in a line."""
    fields = (row.get(name) for name in ("kind", "column_period", "period", "raw", "value", "assessment"))
    stated = " ".join(repr(field) for field in fields if field is not None)
    return f"{view.name}: {str(row[view.same.label])[:80]!r} {stated}"
