"""Words as data: the CSV files beside this module are all that differs between municipalities.

Extraction and normalisation both read them, so they live with the shared types.
Each file has a header row and one word or phrase a row; lines that start with `#` are comments.

To change: add a row. The first lines of a file say what its columns mean.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `<name>.csv` as dictionaries, comments left out."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if line.strip() and not line.startswith("#"))
        return tuple(csv.DictReader(lines))


@cache
def read_map(name: str, key: str, value: str) -> dict[str, str]:
    """Return one column of `<name>.csv` by another, keys casefolded."""
    return {row[key].casefold(): row[value] for row in read_rows(name)}
