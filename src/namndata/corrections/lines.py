"""The file of corrections beside the reports: one line for each decision on one field of a printed value."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from namndata.beside import Line, read_lines
from namndata.errors import UsageError
from schema.lexicon.years import STORED_PERIOD
from schema.vocabulary import read_map

CORRECTIONS = "corrections.csv"
Reach = Literal["cell", "row", "table"]

FIELDS: dict[str, Reach] = {
    "value": "cell",
    "unit": "cell",
    "kind": "cell",
    "period": "cell",
    "parent": "row",
    "label": "row",
    "table_title": "table",
    "status": "cell",
    "is_value": "cell",
    "accepted": "cell",
}
"""What can be corrected, and of what it is said: a label is its whole row's, a title its whole table's."""
EVERY = "*"
"""Stands for every label, header or cell text."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided on a printed value."""

    document: str
    page: str = ""
    label: str = ""
    column_label: str = ""
    raw: str = ""
    field: str = ""
    value: str = ""
    decided_by: str = ""
    decided_on: str = ""
    note: str = ""
    value_id: str = ""
    """Which of several that are printed alike, by the corpus's id; needed there alone."""
    place: str = ""
    """File and line, for messages."""

    @property
    def reach(self) -> Reach:
        """What the corrected field is said of."""
        return FIELDS[self.field]

    @property
    def is_yes(self) -> bool:
        """Whether a yes or no is yes."""
        return means(self.value) == "yes"

    @property
    def removes(self) -> bool:
        """Whether what was read as a value is none."""
        return self.field == "is_value" and not self.is_yes

    @property
    def is_for_many(self) -> bool:
        """Whether it is meant for every cell that fits."""
        return EVERY in (self.label, self.column_label, self.raw)


NO = "no"


def means(text: str) -> str:
    """Return `yes` or `no` for a word that says one of them, in English, Swedish or a spreadsheet's; else nothing."""
    return read_map("yes_no", "phrase", "answer").get(text.casefold(), "")


COLUMNS = tuple(field.name for field in fields(Correction) if field.name not in ("value_id", "place"))
OPTIONAL = ("value_id",)
PRINTED = COLUMNS[:5]
"""What names a value by what is printed."""
NEEDED = COLUMNS[:7]


def read_corrections(corpus: Path | None) -> tuple[Correction, ...]:
    """Return the lines of the file beside the reports, in its order; what can be no correction ends the run."""
    if corpus is None:
        return ()
    return tuple(correction_of(line) for line in read_lines(corpus / CORRECTIONS, NEEDED))


def correction_of(line: Line) -> Correction:
    """Return a line as a correction, or say in one line why it cannot be one."""
    values = {name: line.values.get(name) or "" for name in (*COLUMNS, *OPTIONAL)}
    correction = Correction(**values, place=Path(line.place).name)
    if fault := fault_of(correction):
        raise UsageError(f"{line.place}: {fault}")
    return correction


def fault_of(correction: Correction) -> str:
    """Return what is wrong with a line by itself, and what to write instead; nothing where it is whole."""
    field, value = correction.field, correction.value
    if not correction.document:
        return "it names no document. Write the report's id as in the column `document` of the corpus."
    if field not in FIELDS:
        return f"field {field!r} is none of {', '.join(FIELDS)}."
    if correction.page and not correction.page.isdecimal():
        return f"page {correction.page!r} is no number. Leave it empty for text without pages."
    if field in ("is_value", "accepted") and not means(value):
        return f"{field} is {value!r}; write yes or no."
    if field == "accepted" and not correction.is_yes:
        return "accepted is no: to say that a value is none, write is_value with no; else correct what is wrong."
    if field == "period" and value and not re.match(STORED_PERIOD, value):
        return f"{value!r} is no period. Write 2024, 2024-08, 2024-01/2024-08 or 2023/2024."
    if field in ("label", "kind", "status") and not value:
        return f"{field} cannot be empty. To say that the cell is no value, write is_value with no."
    return ""
