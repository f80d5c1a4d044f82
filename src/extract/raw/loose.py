"""Figures outside every table that was read, where the text does not tell their columns → tables that state no value.

They stay in the cells as printed, line by line, so that none is lost in running text; nothing is guessed of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from extract.raw.figures import counts_of, split_fields
from extract.raw.lines import Line
from extract.raw.prose import read_prose
from schema.layout import UNKNOWN_COLUMNS, Cell, Item, Table
from schema.lexicon.figures import is_group, is_grouped, is_measured
from schema.lexicon.goals import parse_goal_line
from schema.lexicon.labels import ends_sentence
from schema.lexicon.periods import is_date_or_time, is_period
from schema.lexicon.signs.bullets import opens_with_bullet
from schema.lexicon.signs.leaders import ends_with_leader
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.signs.pages import is_contents
from schema.lexicon.years import is_year
from schema.problem import Problem

LONGEST_LABEL = 75
"""Characters; a longer line without figures at its end is prose."""
FEWEST_LINES, FEWEST_FIGURES = 4, 6
"""Lines with figures and figures that make a table; lists of what stands in running text have fewer."""
MOST_COLUMNS = 14
MOST_LABELS = 12
"""Lines without figures between two with figures; more part two tables."""
MOST_BLOCKS_ABOVE = 3
"""Blocks of labels and headers above the first figures of a column."""
COUNTING = frozenset("§.")
"""Signs before a figure that counts paragraphs or items of a list."""
DENSE = 0.34
"""Share of the lines that hold figures: half where labels and figures take turns, a third where labels wrap."""


@dataclass(frozen=True)
class _Row:
    """A line, and what stands at its end if that is figures."""

    line: Line

    @cached_property
    def parts(self) -> tuple[str, tuple[str, ...]]:
        """The label, and the words of figures after it."""
        text = take_marks(self.line.text)[0]
        if is_measured(text):
            is_other = is_date_or_time(text) or is_period(text.split()[-1]) or text[-1] in COUNTING
            return (text, ()) if is_other else ("", (text,))
        label, fields = split_fields(Line(self.line.number, text, text), MOST_COLUMNS)
        words = tuple(word for word in fields if word)
        is_amount = any(map(_is_amount, words)) and not _calls(text) and label[-1:] not in COUNTING
        return (label, words) if is_amount else (text, ())

    @cached_property
    def figures(self) -> int:
        """How many figures it holds at least; years are none."""
        words = [word for word in self.parts[1] if not is_year(word)]
        return min(counts_of(words), default=1) if words else 0

    @property
    def is_stack(self) -> bool:
        """Figures alone, as those of a column that is printed by itself."""
        return bool(self.figures) and not self.parts[0]

    @property
    def is_prose(self) -> bool:
        """A long line, one that ends a sentence, or an item of a list or of contents."""
        text = self.line.text
        if ends_with_leader(text) or opens_with_bullet(text) or parse_goal_line(text):
            return True
        is_long = len(text) > LONGEST_LABEL or (ends_sentence(text) and len(text.split()) > 1)
        return is_long and not self.figures

    @property
    def proves_table(self) -> bool:
        """Whether no list of pages, dates or addresses has such a line."""
        return self.figures > 1 or self.is_stack or is_grouped(" ".join(self.parts[1]))


def _is_amount(word: str) -> bool:
    return any(map(str.isdigit, word)) and not word.endswith(".")


def _calls(text: str) -> bool:
    """Whether a line holds a number that nought opens, of a telephone or a place."""
    return any(word[0] == "0" and word[1:2].isdigit() and not is_group(word) for word in text.split())


def read_outside(lines: Sequence[Line], *, keeps_places: bool = False) -> Iterator[Item]:
    """Yield what stands outside the tables that were read: running text, and figures whose columns are unknown."""
    start = 0
    for first, end in _runs([_Row(line) for line in lines]):
        yield from read_prose(lines[start:first], keeps_places=keeps_places)
        yield _table([_Row(line) for line in lines[first:end]])
        start = end
    yield from read_prose(lines[start:], keeps_places=keeps_places)


def _runs(rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """Where figures stand close enough to be of one table, from the labels above the first to the last."""
    figured = [i for i, row in enumerate(rows) if row.figures]
    groups: list[list[int]] = []
    for index in figured:
        if groups and not _is_parted(rows[groups[-1][-1] + 1 : index]):
            groups[-1].append(index)
        else:
            groups.append([index])
    stop = 0
    for group in groups:
        first, end = _first_label(rows, group, stop), group[-1] + 1
        if _is_table(rows[first:end]):
            yield first, end
            stop = end


def _is_parted(between: Sequence[_Row]) -> bool:
    printed = [row for row in between if row.line.text]
    return len(printed) > MOST_LABELS or any(row.is_prose for row in printed)


def _first_label(rows: Sequence[_Row], group: Sequence[int], stop: int) -> int:
    """Where the labels above the first figures begin: as many lines as a column has figures, in whole blocks."""
    first = group[0]
    if not rows[first].is_stack:
        return first
    stacks = [
        len(list(run)) for is_stack, run in groupby(rows[first : group[-1] + 1], lambda r: r.is_stack) if is_stack
    ]
    index, blocks, labels = first, 0, 0
    while index > stop and blocks < MOST_BLOCKS_ABOVE and labels < max(stacks):
        top = index
        while top > stop and not rows[top - 1].line.text:
            top -= 1
        above = top
        while above > stop and rows[above - 1].line.text and not rows[above - 1].is_prose:
            above -= 1
        if above == top or ends_sentence(rows[top - 1].line.text):
            break
        index, blocks, labels = above, blocks + 1, labels + top - above
    return index


def _is_table(rows: Sequence[_Row]) -> bool:
    printed = [row for row in rows if row.line.text]
    figured = [row for row in printed if row.figures]
    if len(figured) < max(FEWEST_LINES, DENSE * len(printed)) or sum(r.figures for r in figured) < FEWEST_FIGURES:
        return False
    proving = sum(row.proves_table for row in figured)
    return 2 * proving > len(figured) and not is_contents([row.line.text for row in printed])


def _table(rows: Sequence[_Row]) -> Table:
    """Each line as a row: its label, and its figures in one cell that is not trusted."""
    printed = [row for row in rows if row.line.text]
    cells = [cell for number, row in enumerate(printed) for cell in _cells(number, row)]
    first, last = printed[0].line, printed[-1].line
    return Table(
        0,
        tuple(cells),
        header_rows=(),
        engine="flow",
        verdict=UNKNOWN_COLUMNS,
        steps=(f"lines {first.in_file}-{last.in_file}",),
        line=first.number,
    )


def _cells(number: int, row: _Row) -> Iterator[Cell]:
    markers = take_marks(row.line.text)[1]
    label, words = row.parts
    for col, text in enumerate((label, " ".join(words))):
        own = markers if text and (col or not words) else ()
        yield Cell(number, col, text, lines=(text,), markers=own, confidence=0.0, inferred=True)


def unknown_columns(items: Sequence[Item]) -> Iterator[Problem]:
    """Return a problem for each table whose figures are kept without their columns."""
    for item in items:
        if isinstance(item, Table) and item.verdict == UNKNOWN_COLUMNS:
            figures = [cell.text for cell in item.cells if cell.col and cell.text]
            message = (
                f"The text does not tell in which columns the figures of {item.steps[0]} stand; they are kept in"
                " `cells` and state no value. Take the report as PDF or Word, or look them up there."
            )
            yield Problem("tables", "unknown_columns", message, table=item.number, raw=" | ".join(figures[:12]))
