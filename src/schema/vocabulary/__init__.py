"""Words as data: the CSV files beside this module are all that differs between municipalities.

Extraction and normalisation both read them, so they live with the shared types.
Each file has a header row and one word or phrase a row; lines that start with `#` are comments.

A folder of the same name beside the reports adds a municipality's own words, in lists of the same form and name.

To change: add a row. The first lines of a file say what its columns mean.
"""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

from schema.separated import read_separated

FOLDER = Path(__file__).parent
VARIABLE = "NAMNDATA_VOCABULARY"
"""Names the folder of a municipality's own lists; in the environment, so that every worker process knows it."""

Row = dict[str, str]


@cache
def read_rows(name: str) -> tuple[Row, ...]:
    """Return the rows of `<name>.csv` as dictionaries, comments left out.

    Rows of a municipality's own list come last; they take the place of all shipped rows of the same word.
    """
    shipped = shipped_rows(name)
    own = own_rows(name, tuple(shipped[0]))
    if not own:
        return shipped
    word = next(iter(shipped[0]))
    said = {row[word].casefold() for row in own}
    return (*(row for row in shipped if row[word].casefold() not in said), *own)


def shipped_rows(name: str) -> tuple[Row, ...]:
    """Return the rows of the list beside this module."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(line for line in file if line.strip() and not line.startswith("#"))
        columns = next(lines)  # a fifth of the time that csv.DictReader takes over a list of thousands
        return tuple(dict(zip(columns, line, strict=True)) for line in lines)


def own_rows(name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the rows of a municipality's own list, as people's programs save it; none where it has none."""
    path = next((path for path in own_lists() if path.stem == name), None)
    rows = read_separated(path).rows if path else ()
    return tuple({column: row.get(column, "") for column in columns} for _, row in rows if row.get(columns[0]))


def own_lists() -> tuple[Path, ...]:
    """Return the files of a municipality's own words."""
    folder = os.environ.get(VARIABLE)
    return tuple(sorted(Path(folder).glob("*.csv"))) if folder else ()


@cache
def read_map(name: str, key: str, value: str) -> dict[str, str]:
    """Return one column of `<name>.csv` by another, keys casefolded."""
    return {row[key].casefold(): row[value] for row in read_rows(name)}
