"""Scores a corpus against gold: what a perfect extraction of each report contains, written by hand."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from namndata.calibration import Calibration, Judged, calibrate
from namndata.errors import UsageError

Row = dict[str, Any]

SAME_LABEL = 90.0
"""Similarity (0–100) from which two printings of a label, broken and hyphenated otherwise, are the same."""
FLOORS = "floors.json"
FLOOR_DECIMALS = 3
HIERARCHY = ("goal_area", "municipal_goal", "committee_goal", "parent", "category")


@dataclass(frozen=True, slots=True)
class Score:
    """How well one kind of record of one document was found."""

    document: str
    kind: str
    wanted: int
    found: int
    right: int
    attribute: str = ""
    """The field scored over the records that match; empty for the score of the records themselves."""
    errors: tuple[str, ...] = ()
    floor: float | None = None
    judged: tuple[Judged, ...] = ()
    """Each found value's confidence, and whether it is right."""

    @property
    def name(self) -> str:
        """What the score is called in the floors."""
        return f"{self.kind}: {self.attribute}" if self.attribute else self.kind

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is wanted that was found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.wanted + self.found) if self.wanted + self.found else 1.0

    @property
    def is_below_floor(self) -> bool:
        """Tell whether the score fell below what it has been."""
        return self.floor is not None and self.f1 < self.floor


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of all documents that have gold."""

    scores: tuple[Score, ...]
    unmatched: tuple[str, ...]
    """Gold whose document the corpus does not hold."""

    @property
    def totals(self) -> tuple[Score, ...]:
        """The scores of all documents together."""
        sums: dict[tuple[str, str], Score] = {}
        for score in self.scores:
            key = (score.kind, score.attribute)
            known = sums.get(key, Score("all", score.kind, 0, 0, 0, score.attribute))
            counts = (known.wanted + score.wanted, known.found + score.found, known.right + score.right)
            sums[key] = Score("all", score.kind, *counts, score.attribute)
        return tuple(sums.values())

    @property
    def calibration(self) -> Calibration:
        """What the values' confidence was worth."""
        return calibrate(judged for score in self.scores for judged in score.judged)

    @property
    def has_failed(self) -> bool:
        """Tell whether anything is missing or worse than it has been."""
        return bool(self.unmatched) or any(score.is_below_floor for score in self.scores)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: how gold and corpus state it, and when two are the same."""

    name: str
    wanted: Callable[[Row], Iterable[Row]]
    table: str
    key: Callable[[Row], Hashable]
    label: str
    """The field whose wording must be alike."""
    distinct: tuple[str, ...] = ()
    """Fields by which rows of the corpus count once; empty for each row."""
    nuances: tuple[str, ...] = ()
    """Fields that decide between candidates, but not whether they match."""
    attributes: tuple[str, ...] = ()
    """Fields whose share of right ones is scored over the matched records."""


def evaluate_corpus(database: Path, gold: Path) -> Report:
    """Score every document that has gold."""
    files = [path for path in sorted(gold.glob("*.json")) if path.name != FLOORS]
    if not files:
        raise UsageError(f"There is no gold in {gold}. Give the folder that holds it: --gold folder.")
    floors = read_floors(gold)
    scores: list[Score] = []
    unmatched: list[str] = []
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
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
    for kind in KINDS:
        wanted, found = list(kind.wanted(truth)), list(found_rows(db, document, kind))
        pairs, missed, extra = match_records(kind, wanted, found)
        errors = (
            *(f"missing {describe(kind, row)}" for row in missed),
            *(f"extra {describe(kind, row)}" for row in extra),
        )
        counts = (len(wanted), len(found), len(pairs))
        judged = judge(kind, pairs, extra)
        yield Score(stem, kind.name, *counts, errors=errors, floor=floors.get(kind.name), judged=judged)
        for attribute in kind.attributes:
            yield score_attribute(stem, kind, attribute, pairs)


def judge(kind: Kind, pairs: Sequence[tuple[Row, Row]], extra: Sequence[Row]) -> tuple[Judged, ...]:
    """Return the confidence of each value that was found, and whether it is right; cells are judged as values."""
    if kind.name not in ("values", "budget"):
        return ()
    right = tuple((row["confidence"], True) for _, row in pairs)
    return (*right, *((row["confidence"], False) for row in extra))


def score_attribute(stem: str, kind: Kind, attribute: str, pairs: Sequence[tuple[Row, Row]]) -> Score:
    """Score one field over the records that match."""
    errors = tuple(
        f"{kind.name}: {attribute} of {one[kind.label]!r} is {other.get(attribute)!r}, not {one.get(attribute)!r}"
        for one, other in pairs
        if not are_alike(one.get(attribute), other.get(attribute))
    )
    return Score(stem, kind.name, len(pairs), len(pairs), len(pairs) - len(errors), attribute, errors)


def found_rows(db: sqlite3.Connection, document: str, kind: Kind) -> Iterator[Row]:
    """Return the corpus's rows of a kind, those that count once only once."""
    seen: set[tuple[Hashable, ...]] = set()
    for row in map(dict, db.execute(f"select * from {kind.table} where document = ? order by rowid", (document,))):
        identity = tuple(row[name] for name in kind.distinct)
        if not identity or identity not in seen:
            seen.add(identity)
            yield row


def match_records(
    kind: Kind, wanted: Sequence[Row], found: Sequence[Row]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pair wanted and found records of equal key and like label, each used once; return pairs, missed, extra."""
    candidates: dict[Hashable, list[Row]] = defaultdict(list)
    for row in found:
        candidates[kind.key(row)].append(row)
    pairs, missed = [], []
    for row in wanted:
        rivals = candidates[kind.key(row)]
        best = max(rivals, key=lambda rival: likeness(kind, row, rival), default=None)
        if best is None or likeness(kind, row, best) <= 0:
            missed.append(row)
        else:
            pairs.append((row, best))
            rivals.remove(best)
    return pairs, missed, [row for rivals in candidates.values() for row in rivals]


def likeness(kind: Kind, one: Row, other: Row) -> float:
    """Return how alike two records are; 0 where their labels are not the same."""
    label = similarity(one[kind.label], other[kind.label])
    nuances = sum(are_alike(one.get(name), other.get(name)) for name in kind.nuances)
    return label + nuances if label >= SAME_LABEL else 0.0


def similarity(one: str | None, other: str | None) -> float:
    """Return how alike two texts are, 0–100, spaces and punctuation left out."""
    return fuzz.ratio(fold(one), fold(other)) if one and other else 100.0 * (not one and not other)


def are_alike(one: object, other: object) -> bool:
    """Tell whether two fields say the same."""
    texts = ["" if value is None or value is False else str(value) for value in (one, other)]
    return similarity(*texts) >= SAME_LABEL


def fold(text: str | None) -> str:
    """Return the letters, digits and signs of a text: what re-flowing and hyphenation leave alone."""
    return re.sub(r"[^\w%<>+=]", "", (text or "").casefold())


def fold_raw(text: str) -> str:
    """Return a cell's text with one kind of dash and without spaces."""
    return re.sub(r"[\s\u00ad]", "", re.sub(r"[\u2012-\u2015\u2212]", "-", text.casefold()))


def fold_number(value: float | None) -> float | None:
    """Return a number to four decimals."""
    return None if value is None else round(float(value), 4)


def wanted_cells(truth: Row) -> Iterator[Row]:
    """Return the value cells of the gold's indicator rows."""
    for line in truth["indicators"]:
        for cell in line["values"]:
            yield {**line, **cell, "column_period": cell["period"]}


def wanted_values(truth: Row) -> Iterator[Row]:
    """Return what the gold's value cells mean, one row for each part."""
    for cell in wanted_cells(truth):
        for part in cell["parts"]:
            yield {**cell, **part, "period": part.get("period") or cell["column_period"]}


def wanted_amounts(truth: Row) -> Iterator[Row]:
    """Return the gold's amounts."""
    for line in truth["budget_lines"]:
        for cell in line["values"]:
            yield {**line, **cell, "table_title": line["table"], "is_total": int(line["is_total"])}


def wanted_goals(truth: Row) -> Iterator[Row]:
    """Return the gold's goals, each once for each assessment."""
    seen: set[tuple[str, str, str]] = set()
    for goal in truth["goals"]:
        identity = goal_identity(goal)
        if identity not in seen:
            seen.add(identity)
            yield goal


def goal_identity(goal: Row) -> tuple[str, str, str]:
    """Return what makes a goal's statement a distinct one."""
    return fold(goal["goal_area"]), fold(goal["committee_goal"]), fold(goal.get("assessment"))


def cell_key(row: Row) -> Hashable:
    """Return what must be equal for two value cells to be the same."""
    return row["kind"], row["column_period"] or row["period"], fold_raw(row["raw"])


def meaning_key(row: Row) -> Hashable:
    """Return what must be equal for two values to mean the same."""
    numbers = (fold_number(row["value"]), fold_number(row["upper"]))
    return row["kind"], row["period"], *numbers, row["comparator"], row["direction"], row["status"]


def amount_key(row: Row) -> Hashable:
    """Return what must be equal for two amounts to be the same."""
    return row["kind"], str(row["period"]), fold_number(row["value"])


KINDS: tuple[Kind, ...] = (
    Kind(
        "cells",
        wanted_cells,
        "indicator_values",
        cell_key,
        "indicator",
        distinct=("table_id", "row", "col", "indicator", "kind", "column_period", "raw"),
        nuances=("parent",),
        attributes=HIERARCHY,
    ),
    Kind(
        "values",
        wanted_values,
        "indicator_values",
        meaning_key,
        "indicator",
        nuances=("breakdown",),
        attributes=("unit", "breakdown"),
    ),
    Kind(
        "budget",
        wanted_amounts,
        "budget_values",
        amount_key,
        "line",
        nuances=("parent", "table_title"),
        attributes=("unit", "parent", "is_total"),
    ),
    Kind(
        "assignments",
        lambda truth: truth["assignments"],
        "assignments",
        lambda row: row["scope"],
        "text",
        attributes=("number", "status"),
    ),
    Kind(
        "goals",
        wanted_goals,
        "goals",
        lambda row: fold(row.get("assessment")),
        "committee_goal",
        distinct=("goal_area", "committee_goal", "assessment"),
        nuances=("goal_area",),
        attributes=("goal_area",),
    ),
)


def describe(kind: Kind, row: Row) -> str:
    """Return one record in a line."""
    fields = (row.get(name) for name in ("kind", "column_period", "period", "raw", "value", "assessment"))
    stated = " ".join(repr(field) for field in fields if field is not None)
    return f"{kind.name}: {str(row[kind.label])[:80]!r} {stated}"


def read_floors(gold: Path) -> dict[str, dict[str, float]]:
    """Return the least F1 by gold file and kind."""
    path = gold / FLOORS
    floors: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return floors


def write_floors(gold: Path, report: Report) -> None:
    """Raise the floors to the scores that are higher; a floor is never lowered.

    Attributes have none: their share may fall because more records are found.
    """
    floors = read_floors(gold)
    for score in (score for score in report.scores if not score.attribute):
        known = floors.setdefault(score.document, {})
        reached = int(score.f1 * 10**FLOOR_DECIMALS) / 10**FLOOR_DECIMALS
        known[score.name] = max(known.get(score.name, 0.0), reached)
    text = json.dumps(floors, ensure_ascii=False, indent=1, sort_keys=True)
    (gold / FLOORS).write_text(text + "\n", encoding="utf-8")
