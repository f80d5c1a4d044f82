"""Tables of text as people's programs save them: UTF-8 or Windows' Western encoding, commas or semicolons."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GUARDED = ("=", "+", "-", "@")
"""Signs that a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Separated:
    """A file's columns, and its rows with their line numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_separated(path: Path) -> Separated:
    """Return what a file holds; blank lines and those that start with `#` are left out."""
    lines_of_file = enumerate(io.StringIO(text_of(path), newline=""), start=1)
    numbered = [(number, line) for number, line in lines_of_file if is_data(line)]
    delimiter = delimiter_of(numbered[0][1]) if numbered else ","
    lines = csv.reader((line for _, line in numbered), delimiter=delimiter)
    columns = tuple(name.strip().casefold() for name in next(lines, []))
    return Separated(columns, tuple(numbered_rows(lines, columns, [number for number, _ in numbered])))


def numbered_rows(
    lines: Iterator[list[str]], columns: tuple[str, ...], numbers: list[int]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Return each row by its columns, with the number of its last line."""
    for line in lines:
        number = numbers[lines.line_num - 1]  # type: ignore[attr-defined]
        yield number, dict(zip(columns, map(without_guard, line), strict=False))


def without_guard(text: str) -> str:
    """Return a value without the apostrophe that keeps a spreadsheet from running it: `'=A1`, `'- kvinnor`."""
    value = text.strip()
    return value[1:] if value[:1] == "'" and value[1:2] in GUARDED else value


def is_data(line: str) -> bool:
    """Tell whether a line is neither blank nor a comment."""
    return bool(line.strip(" ;,\t\r\n")) and not line.startswith("#")


def text_of(path: Path) -> str:
    """Return a file's text: UTF-8 with or without its mark, UTF-16 with it, else Windows' Western encoding."""
    data = path.read_bytes()
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def delimiter_of(line: str) -> str:
    """Return what parts the columns: of comma, semicolon and tab what the first line holds most of."""
    return max(",;\t", key=line.count)
