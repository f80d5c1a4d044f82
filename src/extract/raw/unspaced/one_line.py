"""A whole table in one line of a text → its lines, where differences prove where each row and column ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.raw.blocks.proof import differs
from extract.raw.figures import read_row
from extract.raw.headers.model import Header
from extract.raw.headers.printed import find_header
from extract.raw.lines import Line
from schema.lexicon.values import is_field
from schema.lexicon.years import is_year

FEWEST_ROWS = 3
"""Rows whose differences must all hold."""

_Row = tuple[list[str], list[str]]


def parted_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those that hold a whole table as the header and rows of it."""
    return [part for line in lines for part in _parts(line)]


def _parts(line: Line) -> Sequence[Line]:
    rows = _rows(line.text.split())
    first = next((i for i, (_, figures) in enumerate(rows) if len(figures) > 1), len(rows))
    if len(rows) - first < FEWEST_ROWS:
        return [line]
    above = [word for label, figures in rows[:first] for word in (*label, *figures)]
    own, figures = rows[first]
    for cut in range(len(own) - 1, 0, -1):
        if not own[cut][0].isupper():
            continue
        header = find_header([replace(line, text=" ".join([*above, *own[:cut]]))], 0)
        body = [(own[cut:], figures), *rows[first + 1 :]]
        if header is not None and _is_proven(header, body):
            texts = [" ".join([*above, *own[:cut]]), *(" ".join([*label, *values]) for label, values in body)]
            return [replace(line, text=text, raw=text) for text in texts]
    return [line]


def _rows(words: Sequence[str]) -> list[_Row]:
    """Words and the figures that follow them, by turns."""
    rows: list[_Row] = []
    for word in words:
        is_figure = is_field(word)
        if not rows or (not is_figure and rows[-1][1]):
            rows.append(([], []))
        rows[-1][is_figure].append(word)
    return rows


def _is_proven(header: Header, rows: Sequence[_Row]) -> bool:
    """Whether each row has a label and a figure for each column, and its difference holds."""
    return all(map(bool, _told(header, rows)))


def _told(header: Header, rows: Sequence[_Row]) -> Iterator[bool | None]:
    for label, figures in rows:
        reading = read_row(figures, header.values, is_short_table=False) if label else None
        if reading is None or len(reading.numbers) < len(header.values) or any(map(is_year, reading.numbers)):
            yield False
        else:
            yield differs([Line(0, number) for number in reading.numbers], header.values)
