"""Draws values to be judged: one in so many of all, spread evenly over kinds, reports and confidence."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from namndata.beside import read_lines, write_lines
from namndata.errors import UsageError
from namndata.store.access import open_corpus

SAMPLE = "sample.csv"
SIZE = 200
"""An error rate of 1 % is then known to lie between 0.3 and 3.6 %; half an hour's judging."""
SEED = 1

VALUES = """
select id value_id, document, coalesce(page, '') page, indicator label, coalesce(column_label, '') column_label, raw,
 category kind, confidence from indicator_values
union all
select id, document, coalesce(page, ''), line, coalesce(column_label, ''), raw, 'money', confidence from budget_values
"""

BANDS = ((0.95, "0.95–1"), (0.7, "0.7–0.95"), (0.0, "0–0.7"))
"""From which confidence a band begins, and its name."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A value that was drawn, as it was when it was drawn."""

    value_id: str
    document: str
    page: str
    label: str
    column_label: str
    raw: str
    kind: str
    """indicator, volume, personnel or money."""
    confidence: str

    @property
    def band(self) -> str:
        """The band of its confidence."""
        return next(name for start, name in BANDS if float(self.confidence) >= start)

    @property
    def anchor(self) -> tuple[str, ...]:
        """What is printed there, by which decisions are found again."""
        return (self.document, self.page, self.label, self.column_label, self.raw)


COLUMNS = tuple(field.name for field in fields(Drawn))


def draw_sample(database: Path, size: int, seed: int) -> list[Drawn]:
    """Return values of a corpus; the same ones for the same corpus, size and seed.

    Each value is as likely as any other, so that the share of wrong ones is the corpus's own.
    """
    with closing(open_corpus(database)) as db:
        db.row_factory = sqlite3.Row
        values = [Drawn(**{name: str(row[name]) for name in COLUMNS}) for row in db.execute(VALUES)]
    if not values:
        raise UsageError(f"{database} holds no values to draw from. Run `make extract` on a folder with reports first.")
    ordered = sorted(values, key=lambda value: (value.kind, value.document, value.band, shuffled(value, seed)))
    return list(evenly(ordered, size, random.Random(seed).random()))


def shuffled(value: Drawn, seed: int) -> str:
    """Return a key that orders values by chance, whatever other values there are."""
    return hashlib.sha256(f"{seed} {value.value_id}".encode(errors="replace")).hexdigest()


def evenly(values: Sequence[Drawn], size: int, start: float) -> Iterable[Drawn]:
    """Yield values at even distances: each kind, report and band gives its share of them."""
    step = max(1.0, len(values) / size)
    for number in range(min(size, len(values))):
        yield values[min(int((number + start) * step), len(values) - 1)] if step > 1 else values[number]


def read_sample(reports: Path) -> list[Drawn]:
    """Return the values that were drawn for a folder of reports; none where none were."""
    lines = read_lines(reports / SAMPLE, COLUMNS)
    return [Drawn(**{name: line.values.get(name) or "" for name in COLUMNS}) for line in lines]


def write_sample(reports: Path, drawn: Iterable[Drawn]) -> Path:
    """Write the drawn values beside the reports."""
    write_lines(reports / SAMPLE, COLUMNS, (asdict(value) for value in drawn))
    return reports / SAMPLE
