"""What was dropped, doubted or does not add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
Stage = Literal["read", "tables", "records", "normalize", "validate", "audit", "correct"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader must know; nothing is dropped without one."""

    stage: Stage
    code: str
    """Short stable word for the kind of problem, such as `unknown_header`."""
    message: str
    """What, where and what to do, in plain English."""
    severity: Severity = "warning"
    page: int | None = None
    table: int | None = None
    """Number of the table in the document."""
    row: int | None = None
    col: int | None = None
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A comparison of figures that should agree."""

    kind: str
    """`sum`, `part_of`, `variance`, `net`, `same_figure` …"""
    passed: bool
    expected: float
    actual: float
    message: str
    table: int | None = None
    cells: tuple[tuple[int, int], ...] = ()
    """(row, col) of the figures compared, the checked one first."""


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """Where the numbers printed on a page went."""

    page: int | None
    numbers: int
    in_records: int
    in_tables_only: int
    in_prose: int
    unaccounted: int


class UnreadableDocument(Exception):
    """A file that cannot be read: says in one line what is wrong, on which page, and what to try."""

    def __init__(self, code: str, message: str, *, page: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.page = page
