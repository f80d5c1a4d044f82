"""Lines whose ends were lost, so that the rows of a table follow each other in one → the rows, each in its line again.

A converter that joins a page's lines keeps the spaces between columns. Where a row's figures end as far from the start
of its label as those of other rows do, the row began there: this proves each split.
"""

from __future__ import annotations

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
LONGEST_TAIL = 80
"""Characters of a row after its figures."""
MOST_ROWS = 40
"""Rows that tell how wide a table's columns are."""
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
    """Where a row begins and ends in its line, and how far from the left it is set."""

    start: int
    end: int
    indent: int


@dataclass(frozen=True)
class _Printed:
    """A line, its number in the file, and the figures of a row where it is nothing else."""

    number: int
    text: str
    figures: tuple[Part, ...] = ()
    is_part: bool = False
    """Whether the file's line holds more."""


def with_ends(raw: Sequence[str]) -> list[tuple[int, str]]:
    """Return the lines, each with its number in the file: rows and headers that share a line in a line each."""
    lines = [line for number, text in enumerate(raw, 1) for line in _rows_apart(number, text)]
    if not any(line.is_part for line in lines):
        return list(enumerate(raw, 1))
    printed = [line for line in lines if line.text.strip()]
    heads = {id(line): columns for i, line in enumerate(printed) if (columns := _columns_below(printed, i))}
    return [
        (line.number, text)
        for line in lines
        for text in (_opening(line.text, header_over(line.text, heads[id(line)])) if id(line) in heads else [line.text])
    ]


def with_parts(lines: Sequence[Line], numbers: Sequence[int]) -> list[Line]:
    """Return the lines with their numbers in the file where that lost the ends of some: any may hold several."""
    lost = len(set(numbers)) < len(numbers)
    return [replace(line, part_of=n) for line, n in zip(lines, numbers, strict=True)] if lost else list(lines)


def in_file(content: Content, numbers: Sequence[int]) -> Content:
    """Return what was read of such lines with the numbers of the file's own."""
    items = tuple(replace(item, line=numbers[item.line - 1]) if item.line else item for item in content.items)
    return replace(content, items=items)


def _opening(text: str, lines: list[str]) -> list[str]:
    """What a line became; the first of it opens a page where the line did."""
    return [f"{PAGE}{lines[0]}", *lines[1:]] if text.startswith(PAGE) else lines


def _rows_apart(number: int, text: str) -> list[_Printed]:
    """A line's rows, each in its own, with what stands before, between and after them."""
    runs = _runs_in(text) if COLUMN_GAP in text else []
    rows = _rows_in(runs) if len(text) >= SHORTEST else []
    if not rows:
        alone = len(runs) == 1 and runs[0].end == len(text.rstrip())
        return [_Printed(number, text, runs[0].figures if alone else ())]
    lines: list[_Printed] = []
    place = 0
    for row, following in zip(rows, [*(row.start for row in rows[1:]), len(text)], strict=True):
        between = text[place : row.start].strip(" ")
        lines += [_Printed(number, between, is_part=True)] if between.strip() else []
        place = row.end + _length_of_tail(text[row.end : following])
        shift = row.indent - row.start
        figures = tuple(Part(part.start + row.start + shift, part.text) for part in _figures_in(text, row))
        opening = PAGE if between == PAGE else ""
        lines.append(_Printed(number, opening + " " * row.indent + text[row.start : place], figures, is_part=True))
    rest = text[place:].strip()
    return [*lines, _Printed(number, rest, is_part=True)] if rest else lines


def _length_of_tail(text: str) -> int:
    """How much of what follows a row's figures stands in columns of text beside them: they are parted by spaces."""
    return len(text.rstrip()) if text.startswith(COLUMN_GAP) and len(text.strip()) <= LONGEST_TAIL else 0


def _figures_in(text: str, row: Row) -> Iterator[Part]:
    """The figures of a row, from where it begins."""
    return (part for run in _runs_in(text[row.start : row.end]) for part in run.figures)


def _columns_below(lines: Sequence[_Printed], index: int) -> list[Column]:
    """The columns that a line may head: those of the rows below it, if it may hold several lines of a header."""
    below = lines[index + 1 : index + 1 + FEWEST_ROWS]
    if lines[index].figures or len(below) < FEWEST_ROWS or not below[0].figures:
        return []
    ends = tuple(part.end for part in below[0].figures)
    rows = [line for line in lines[index + 1 : index + 1 + MOST_ROWS] if _are_of(line, ends)]
    if len(rows) < FEWEST_ROWS or not (below[0].is_part or len(pieces_of(lines[index].text)) > len(ends) + 1):
        return []
    return [Column(min(row.figures[i].start for row in rows), end) for i, end in enumerate(ends)]


def _are_of(line: _Printed, ends: Ends) -> bool:
    """Whether a line's figures end where those of a table do."""
    own = tuple(part.end for part in line.figures)
    return len(own) == len(ends) and _off(own, ends) <= _nearest(ends)


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
        if _is_one_amount(number):
            unit = words[count : count + 1]
            number = " ".join([number, *(word for word in unit if not word[0].isupper() and canonical_unit(word))])
            rest = piece.text[len(number) + 1 :]
            return Part(piece.start, number), Part(piece.start + len(number) + 1, rest) if rest else None
    return None, piece


def _is_one_amount(text: str) -> bool:
    """Whether a text is one figure, its thousands maybe set apart, and no year."""
    return is_amount(text) and (" " not in text or is_grouped(text))


def _rows_in(runs: Sequence[Run]) -> list[Row]:
    """The rows that a line holds; none where too few prove where they begin."""
    runs = [run for run in runs if any(map(str.isalpha, run.label.text))]
    named: dict[Ends, list[str]] = {}
    for run in runs:
        for start in run.starts:
            named.setdefault(run.ends_from(start), []).append(run.label.text[start - run.label.start :])
    votes = {ends: len(labels if len(ends) > 1 else set(labels)) for ends, labels in named.items()}
    proven = [ends for ends, count in votes.items() if count >= _fewest(ends)]
    tables = sorted(proven, key=lambda ends: (votes[ends] * len(ends), ends), reverse=True)[:MOST_TABLES]
    found: dict[int, Row] = {}
    for table in tables:
        left = {i: run for i, run in enumerate(runs) if i not in found}
        whole = {i: row for i, run in left.items() if (row := _row_of(run, table))}
        if len(whole) < _fewest(table):
            continue
        within = range(min(whole), max(whole))
        found |= {i: row for i, run in left.items() if i in within and (row := _with_gaps(run, table))} | whole
    return [found[i] for i in sorted(found)]


def _fewest(table: Ends) -> int:
    """How many rows prove where those of a table begin; with one figure each, how many different labels."""
    return FEWEST_OF_ONE if len(table) == 1 else FEWEST_ROWS


def _row_of(run: Run, table: Ends) -> Row | None:
    """A run of words as a row of a table: its label begins where its figures end as the others do."""
    if len(run.figures) == len(table):
        off, start = min((_off(run.ends_from(start), table), start) for start in run.starts)
        if off <= _nearest(table):
            return Row(start, run.end, 0)
    return _unlabelled(run, table)


def _with_gaps(run: Run, table: Ends) -> Row | None:
    """A row among others that lacks figures; those that it has end where figures of theirs do."""
    start = run.label.start
    fits = all(min(abs(end - b) for b in table) <= OFF for end in run.ends_from(start))
    return Row(start, run.end, 0) if fits and len(run.figures) < len(table) else None


def _off(ends: Ends, table: Ends) -> int:
    """How far from a table's columns figures end at most."""
    return max(abs(a - b) for a, b in zip(ends, table, strict=True))


def _nearest(table: Ends) -> int:
    """How far from a table's columns the figures of a row may end."""
    return OFF_OF_MANY if len(table) >= MANY else OFF


def _unlabelled(run: Run, table: Ends) -> Row | None:
    """A row whose first figure stands a space after its label, whose line ended there: its own began with spaces."""
    words = run.label.text.split(" ")
    for count in range(min(len(words) - 1, MOST_GROUPS), 0, -1):
        number = " ".join(words[-count:])
        if not _is_one_amount(number):
            continue
        start = run.label.end - len(number)
        shift = table[0] - run.label.end
        ends = (table[0], *(part.end + shift for part in run.figures))
        if len(ends) == len(table) > 1 and _off(ends, table) <= _nearest(table):
            return Row(start, run.end, start + shift)
    return None
