"""Files of decisions beside the reports, as people's programs save them: UTF-8 or Windows, commas or semicolons."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

from namndata.errors import UsageError
from namndata.store.access import ASIDE
from schema.separated import delimiter_of, is_data, read_separated, text_of


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
    file = read_separated(path)
    missing = [name for name in needed if name not in file.columns]
    if missing:
        raise UsageError(f"{path}: the first line must name the columns; missing: {', '.join(missing)}.")
    for number, values in file.rows:
        yield Line(f"{path}, line {number}", values)


def append_line(path: Path, columns: Sequence[str], values: Mapping[str, str]) -> None:
    """Add a line to a file of decisions as it is: its columns, their order, delimiter and comments stay.

    A column that it lacks is added at the end of its first line; what Windows' encoding lacks makes the file UTF-8.
    """
    lines = text_of(path).splitlines() if path.is_file() else []
    first = next((number for number, line in enumerate(lines) if is_data(line)), None)
    delimiter = "," if first is None else delimiter_of(lines[first])
    printed = [] if first is None else [name.strip() for name in next(csv.reader([lines[first]], delimiter=delimiter))]
    known = [name.casefold() for name in printed]  # as `read_lines` takes them
    added = [name for name in columns if name not in known and (values.get(name) or not known)]
    heading = as_line([*printed, *added], delimiter)
    if first is None:
        lines.append(heading)
    elif added:
        lines[first] = heading
    lines.append(as_line([values.get(name, "") for name in (*known, *added)], delimiter))
    with written_aside(path, encoding_of(path, lines[-1])) as file:
        file.write("\n".join(lines) + "\n")


def as_line(values: Sequence[str], delimiter: str) -> str:
    """Return values as a line of a file."""
    written = StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="").writerow(values)
    return written.getvalue()


def encoding_of(path: Path, new: str) -> str:
    """Return the encoding that a file has and a new line can have; of a new file UTF-8."""
    data = path.read_bytes() if path.is_file() else b""
    if data.startswith(BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    try:
        data.decode()
        return "utf-8"
    except UnicodeDecodeError:
        return "cp1252" if new.encode("cp1252", errors="replace").decode("cp1252") == new else "utf-8-sig"


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Give a path to write to; the file takes the place of another once it is whole."""
    partial = path.with_name(path.name + ASIDE)
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def written_aside(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Give a file to write to that takes the place of another once it is whole."""
    with aside(path) as partial, partial.open("w", encoding=encoding, newline="") as file:
        yield file


def write_lines(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the lines of a file under its columns."""
    with written_aside(path) as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
