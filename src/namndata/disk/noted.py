"""The log of runs beside the corpus: when each began, what became of each report, and what libraries said meanwhile."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from namndata.errors import printable
from schema.result import DocumentResult


def note(log: Path, line: str) -> None:
    """Add a line with the time to the log; a disk that is full is told of by what matters more."""
    with suppress(OSError), log.open("a", encoding="utf-8", errors="replace") as file:
        file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}  {printable(line)}\n")


def line_of(result: DocumentResult, seconds: float) -> str:
    """Return what became of a report: its status, why it could not be read, and how often each problem was found."""
    codes = [problem.code for problem in result.problems if problem.severity != "info"]
    if result.status == "failed":
        said = "; ".join(problem.message for problem in result.problems)
    else:
        said = ", ".join(f"{codes.count(code)} {code}" for code in sorted(set(codes)))
    return f"{result.status:8} {result.source.path}  {seconds:.1f} s{f'  {said}' if said else ''}"
