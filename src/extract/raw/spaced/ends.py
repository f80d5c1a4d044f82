"""Lines whose ends were lost, so that the rows of a table follow each other in one → the rows, each in its line again.

A converter that joins a page's lines keeps the spaces between columns. Where a row's figures end as far from the start
of its label as those of other rows do, the row began there: this proves each split.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extract.raw.lines import Line
from extract.raw.spaced.over import Column, header_over
from extract.raw.spaced.parts import Part, pieces_of
from schema.layout import Content
from schema.lexicon.figures import is_amount, is_grouped
from schema.lexicon.units import canonical_unit

SHORTEST = 80
"""Characters of a line that may hold several rows."""
OFF, OFF_OF_MANY, MANY = 1, 2, 3
"""Places are rounded to letters: figures of one column end this near each other, and those of so many this near."""
FEWEST_OF_ONE, FEWEST_ROWS = 3, 2
"""Rows that prove where those of one column of figures begin, and where those of several do."""
COLUMN_GAP = "  "
"""What parts columns at least."""
MOST_TABLES = 12
"""Tables in one line."""
MOST_STARTS = 14
"""Words before a row's figures of which one begins its label."""
MOST_GROUPS = 4
"""Groups of three figures of a number."""

PAGE = "\f"

Ends = tuple[int, ...]


@dataclass(frozen=True)
class Run:
    """A text and the figures after it, as they follow each other in a line."""

    label: Part
    """The last piece of text before the figures."""
    figures: tuple[Part, ...]

    @property
    def end(self) -> int:
        """The place after the last figure."""
        return self.figures[-1].end

    @cached_property
    def starts(self) -> list[int]:
        """Where the row's label may begin."""
        places = [self.label.start]
        for word in self.label.text.split(" ")[:-1]:
            places.append(places[-1] + len(word) + 1)
        return places[-MOST_STARTS:]

    def ends_from(self, start: int) -> Ends:
        """Where the figures end, from a place on."""
        return tuple(part.end - start for part in self.figures)


@dataclass(frozen=True)
class Row:
    """Where a row begins and ends in its line, how far from the left it is set, and of which table it is."""

    start: int
    end: int
    indent: int
    table: Ends


def with_ends(raw: Sequence[str]) -> list[tuple[int, str]]:
    """Return the lines, each with its number in the file: rows that share a line in a line each."""
    found: list[tuple[int, str]] = []
    for number, text in enumerate(raw, 1):
        rows = _rows_in(_runs_in(text)) if len(text) >= SHORTEST and COLUMN_GAP in text else []
        if not rows:
            found.append((number, text))
            continue
        above = next((i for i in range(len(found) - 1, -1, -1) if found[i][1].strip()), None)
        if above is not None and not text[: rows[0].start].strip():
            head, line = found[above]
            found[above : above + 1] = _numbered(head, line, _headed(line, text, rows, rows[0].table))
        found += _numbered(number, text, list(_lines(text, rows)))
    return found


def with_parts(lines: Sequence[Line], numbers: Sequence[int]) -> list[Line]:
    """Return the lines, those of which the file's line holds several with its number."""
    held = Counter(numbers)
    return [replace(line, part_of=n) if held[n] > 1 else line for line, n in zip(lines, numbers, strict=True)]


def in_file(content: Content, numbers: Sequence[int]) -> Content:
    """Return what was read of such lines with the numbers of the file's own."""
    items = tuple(replace(item, line=numbers[item.line - 1]) if item.line else item for item in content.items)
    return replace(content, items=items)


def _numbered(number: int, text: str, lines: Sequence[str]) -> list[tuple[int, str]]:
    """What one line of the file became; the first opens a page where that did."""
    opening = PAGE if text.startswith(PAGE) else ""
    return [(number, f"{opening}{line}" if not i else line) for i, line in enumerate(lines)]


def _lines(text: str, rows: Sequence[Row]) -> Iterator[str]:
    """A line's rows, each in its own, with what stands before, between and after them."""
    place = 0
    heads: set[Ends] = set()
    for row in rows:
        before = text[place : row.start]
        if before.strip():
            yield from [before.strip()] if row.table in heads else _headed(before, text, rows, row.table)
        heads.add(row.table)
        yield " " * row.indent + text[row.start : row.end]
        place = row.end
    if text[place:].strip():
        yield text[place:].strip()


def _headed(before: str, text: str, rows: Sequence[Row], table: Ends) -> list[str]:
    """What stands above a table, its header's lines each in its own."""
    own = [row for row in rows if row.table == table]
    parts = [part for row in own for part in _moved(text, row)]
    columns = [Column(min((p.start for p in parts if abs(p.end - end) <= OFF), default=end), end) for end in table]
    return header_over(before, columns)


def _moved(text: str, row: Row) -> list[Part]:
    """The figures of a row where they stand in its own line."""
    shift = row.indent - row.start
    figures = [part for run in _runs_in(text[row.start : row.end]) for part in run.figures]
    return [Part(part.start + row.start + shift, part.text) for part in figures]


def _runs_in(text: str) -> list[Run]:
    """Texts and the figures after them, by turns."""
    runs: list[Run] = []
    label = Part(0, "")
    figures: list[Part] = []
    for piece in pieces_of(text):
        opening, rest = _parted(piece) if figures or label.text else (None, piece)
        if opening is not None:
            figures.append(opening)
        if rest is None:
            continue
        if figures:
            runs.append(Run(label, tuple(figures)))
        label, figures = rest, []
    return [*runs, Run(label, tuple(figures))] if figures else runs


def _parted(piece: Part) -> tuple[Part | None, Part | None]:
    """The figure that a piece opens with, the last of its row, and the text after it, of the next row."""
    words = piece.text.split(" ")
    for count in range(min(len(words), MOST_GROUPS), 0, -1):
        number = " ".join(words[:count])
        if is_amount(number) and (count == 1 or is_grouped(number)):
            unit = words[count : count + 1]
            number = " ".join([number, *(word for word in unit if not word[0].isupper() and canonical_unit(word))])
            rest = piece.text[len(number) + 1 :]
            return Part(piece.start, number), Part(piece.start + len(number) + 1, rest) if rest else None
    return None, piece


def _rows_in(runs: Sequence[Run]) -> list[Row]:
    """The rows that a line holds; none where too few prove where they begin."""
    runs = [run for run in runs if any(map(str.isalpha, run.label.text))]
    votes = Counter(ends for run in runs for ends in {run.ends_from(start) for start in run.starts})
    proven = [ends for ends, count in votes.items() if count >= (FEWEST_OF_ONE if len(ends) == 1 else FEWEST_ROWS)]
    tables = sorted(proven, key=lambda ends: (votes[ends] * len(ends), ends), reverse=True)[:MOST_TABLES]
    found: dict[int, Row] = {}
    for table in tables:
        left = {i: run for i, run in enumerate(runs) if i not in found}
        whole = {i: row for i, run in left.items() if (row := _row_of(run, table))}
        if len(whole) < (FEWEST_OF_ONE if len(table) == 1 else FEWEST_ROWS):
            continue
        within = range(min(whole), max(whole))
        found |= {i: row for i, run in left.items() if i in within and (row := _with_gaps(run, table))} | whole
    return [found[i] for i in sorted(found)]


def _row_of(run: Run, table: Ends) -> Row | None:
    """A run of words as a row of a table: its label begins where its figures end as the others do."""
    if len(run.figures) == len(table):
        off, start = min((_off(run.ends_from(start), table), start) for start in run.starts)
        if off <= (OFF_OF_MANY if len(table) >= MANY else OFF):
            return Row(start, run.end, 0, table)
    return _unlabelled(run, table)


def _with_gaps(run: Run, table: Ends) -> Row | None:
    """A row among others that lacks figures; those that it has end where figures of theirs do."""
    start = run.label.start
    fits = all(min(abs(end - b) for b in table) <= OFF for end in run.ends_from(start))
    return Row(start, run.end, 0, table) if fits and len(run.figures) < len(table) else None


def _off(ends: Ends, table: Ends) -> int:
    """How far from a table's columns figures end at most."""
    return max(abs(a - b) for a, b in zip(ends, table, strict=True))


def _unlabelled(run: Run, table: Ends) -> Row | None:
    """A row whose first figure stands a space after its label, whose line ended there: its own began with spaces."""
    words = run.label.text.split(" ")
    for count in range(min(len(words) - 1, MOST_GROUPS), 0, -1):
        number = " ".join(words[-count:])
        if not is_amount(number) or (count > 1 and not is_grouped(number)):
            continue
        start = run.label.end - len(number)
        shift = table[0] - run.label.end
        ends = (table[0], *(part.end + shift for part in run.figures))
        if len(ends) == len(table) > 1 and _off(ends, table) <= (OFF_OF_MANY if len(table) >= MANY else OFF):
            return Row(start, run.end, start + shift, table)
    return None
