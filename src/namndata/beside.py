"""Files of decisions beside the reports, as people's programs save them: UTF-8 or Windows, commas or semicolons."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from namndata.errors import UsageError


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file of decisions, by its columns."""

    place: str
    """File and line, for messages."""
    values: dict[str, str]


def read_lines(path: Path, needed: Sequence[str]) -> Iterator[Line]:
    """Yield the lines of a file, blank ones and comments left out; no file means no lines."""
    if not path.is_file():
        return
    numbered = [
        (number, line)
        for number, line in enumerate(io.StringIO(text_of(path), newline=""), start=1)
        if line.strip(" ;,\t\r\n") and not line.startswith("#")
    ]
    rows = csv.reader((line for _, line in numbered), delimiter=delimiter_of(numbered[0][1] if numbered else ""))
    columns = [name.strip().casefold() for name in next(rows, [])]
    missing = [name for name in needed if name not in columns]
    if missing:
        raise UsageError(f"{path}: the first line must name the columns; missing: {', '.join(missing)}.")
    for row in rows:
        place = f"{path}, line {numbered[rows.line_num - 1][0]}"
        yield Line(place, dict(zip(columns, (value.strip() for value in row), strict=False)))


def text_of(path: Path) -> str:
    """Return a file's text: UTF-8 with or without its mark, UTF-16 with it, else Windows' Western encoding."""
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def delimiter_of(line: str) -> str:
    """Return what parts the columns: of comma, semicolon and tab what the first line holds most of."""
    return max(",;\t", key=line.count)


@contextmanager
def written_aside(path: Path) -> Iterator[TextIO]:
    """Give a file to write to that takes the place of another once it is whole."""
    aside = path.with_name(path.name + ".partial")
    try:
        with aside.open("w", encoding="utf-8", newline="") as file:
            yield file
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def write_lines(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the lines of a file under its columns."""
    with written_aside(path) as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
