"""Tables in raw PDF text without blank lines: rows, columns and cells are found together.

The words stand in the order of the cells: row by row, and in each row from left to right. Every way to
divide them is weighed by what the header says of the columns, and the likeliest is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from extract.raw.headers.model import HeaderColumn
from extract.raw.lines import Line
from extract.raw.placement import RowContext, empty_cost, kind_cost
from extract.raw.unspaced.costs import part_cost, text_cost, tokens_of, value_cost, wrap_cost
from schema.lexicon.labels import is_sex_label
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.text import fold
from schema.vocabulary import read_map, read_rows

LONGEST_TEXT = 48
"""Words in the longest label."""
LONGEST_VALUE = 14
SHORTEST_GOAL = 8
"""Letters."""
NEW_GOAL = 0.7
KNOWN_GOAL = -1.4
"""A goal whose name stands alone elsewhere in the document."""
NO_FIRST_GOAL = 2.0
NO_LABEL = 5.0
NO_SOURCE = 0.6
NO_ASSESSMENT = 0.5
UNKNOWN_ASSESSMENT, UNKNOWN_WORD = 2.5, 0.5
ROW = 0.3
OPENS_WITH_FIGURE = 2.0
STARTS_LIKE_INDICATOR = -0.5
GOAL_LIKE_INDICATOR = 1.0
SEX_AND_MORE = 1.5
"""A label that opens with Kvinnor or Män and goes on."""
TAIL_LINE = 1.0
TAIL_FIGURE = 1.2
"""What it costs to leave a line, and a figure in it, to what follows the table."""

GOAL_ROLES = ("goal_area", "municipal_goal", "committee_goal")
JUDGING_ROLES = ("assessment", "status", "trend")
LABEL_ROLES = ("indicator", "volume", "personnel", "line", "blank")


@dataclass(slots=True)
class DenseRow:
    """A row: for each column that is filled, the printed lines of its cell."""

    cells: dict[int, list[Line]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Step:
    """The best way to a place in the words with a column to fill next."""

    cost: float
    before: tuple[int, int] | None = None
    filled: bool = False


class DenseTable:
    """The division of a body's words into rows and cells."""

    def __init__(
        self,
        lines: Sequence[Line],
        columns: Sequence[HeaderColumn],
        is_known_goal: Callable[[list[Line]], bool],
        *,
        partial_newest: bool = False,
    ) -> None:
        self.lines = [line for line in lines if line.text]
        self.columns = columns
        self.tokens = tokens_of(self.lines)
        self.is_known_goal = is_known_goal
        self.values = [column for column in columns if column.is_value]
        self.context = RowContext(partial_newest=partial_newest)
        self.label = _label_of(columns)
        self.parts = [part_cost(self.tokens, i) for i in range(len(self.tokens))] + [0.0]
        self.inner = _sums([text_cost(self.tokens, i) if i else 0.0 for i in range(len(self.tokens))])
        self.tails = _sums([TAIL_LINE * t.is_first + TAIL_FIGURE * t.is_figure for t in reversed(self.tokens)])[::-1]
        self._cells: dict[int, list[tuple[int, str, float]]] = {}
        self.empties = [self._empty(col) for col in range(len(columns))]

    def rows(self) -> tuple[list[DenseRow], int]:
        """Return the rows, and the number of the line that the last one ends with."""
        steps = self._solve()
        end = min(
            (i for i in range(len(self.tokens) + 1) if (i, 0) in steps and self._may_end(i)),
            key=lambda i: steps[i, 0].cost + self.tails[i],
            default=0,
        )
        rows: list[DenseRow] = []
        place: tuple[int, int] | None = (end, 0)
        while place is not None:
            step = steps[place]
            if step.before is None:
                break
            start, col = step.before
            if place[1] == 0:
                rows.append(DenseRow())
            if step.filled:
                rows[-1].cells[col] = self._cut(start, place[0])
            place = step.before
        last = self.tokens[end - 1].line if end else -1
        return rows[::-1], self.lines[last].number if end else 0

    def _may_end(self, index: int) -> bool:
        return index == len(self.tokens) or self.tokens[index].is_first

    def _solve(self) -> dict[tuple[int, int], _Step]:
        count = len(self.columns)
        steps: dict[tuple[int, int], _Step] = {(0, 0): _Step(0.0)}
        for start in range(len(self.tokens) + 1):
            for col in (*range(1, count), *range(count)):
                step = steps.get((start, col))
                if step is not None:
                    following = (start, (col + 1) % count)
                    self._offer(steps, following, step.cost + self._empty_at(start, col), (start, col), False)
            self._fill_from(steps, start)
        return steps

    def _fill_from(self, steps: dict[tuple[int, int], _Step], start: int) -> None:
        """Offer every cell that begins at a word."""
        if start >= len(self.tokens) or self.parts[start] >= OPEN_ENOUGH:
            return
        count = len(self.columns)
        found = {col: steps[start, col] for col in range(count) if (start, col) in steps}
        least = min((step.cost for step in found.values()), default=0.0)
        for col, step in found.items():
            if step.cost <= least + BEAM:
                for end, cost in self._fills(start, col):
                    total = step.cost + self.parts[start] + cost
                    self._offer(steps, (end, (col + 1) % count), total, (start, col), True)

    @staticmethod
    def _offer(
        steps: dict[tuple[int, int], _Step], place: tuple[int, int], cost: float, before: tuple[int, int], filled: bool
    ) -> None:
        if place not in steps or cost < steps[place].cost:
            steps[place] = _Step(cost, before, filled)

    def _empty(self, col: int) -> float:
        column = self.columns[col]
        if column.is_value:
            return empty_cost(self.values.index(column), self.values, self.context) * EMPTY_WEIGHT
        if col == self.label:
            return NO_LABEL
        return NO_SOURCE if column.role == "source" else (NO_ASSESSMENT if column.role in JUDGING_ROLES else 0.0)

    def _empty_at(self, start: int, col: int) -> float:
        is_goal = self.columns[col].role in GOAL_ROLES and col != self.label
        return self.empties[col] + (NO_FIRST_GOAL if is_goal and start == 0 else 0.0)

    def _fills(self, start: int, col: int) -> list[tuple[int, float]]:
        """The ends that a cell may have, each with its cost."""
        column = self.columns[col]
        if column.is_value:
            costs = ((end, cost + kind_cost(text, column)) for end, text, cost in self._value_cells(start))
            return [(end, cost) for end, cost in costs if cost < WORST]
        longest = LONGEST_VALUE if column.role in JUDGING_ROLES else LONGEST_TEXT
        found, text = [], ""
        for end in range(start + 1, min(len(self.tokens), start + longest) + 1):
            if self.inner[end] - self.inner[start + 1] > WORST:
                break
            text = f"{text} {self.tokens[end - 1].text}" if text else self.tokens[start].text
            if self.parts[end] >= OPEN_ENOUGH:
                continue
            cost = self._cell_cost(start, end, col, text)
            if cost < WORST:
                found.append((end, cost + (ROW if col == self.label else 0.0)))
        return found

    def _value_cells(self, start: int) -> list[tuple[int, str, float]]:
        """The ends that a cell of values may have, each with its text and what it costs in whatever column."""
        if start not in self._cells:
            ends = range(start + 1, min(len(self.tokens), start + LONGEST_VALUE) + 1)
            wraps = {end: wrap_cost(self.tokens, start, end) for end in ends if self.parts[end] < OPEN_ENOUGH}
            texts = [(end, self._text(start, end), cost) for end, cost in wraps.items() if cost < MOST_WRAPS]
            costs = ((end, text, value_cost(text) + cost) for end, text, cost in texts)
            self._cells = {start: [(end, text, cost) for end, text, cost in costs if cost < WORST]}
        return self._cells[start]

    def _text(self, start: int, end: int) -> str:
        return " ".join(token.text for token in self.tokens[start:end])

    def _cell_cost(self, start: int, end: int, col: int, text: str) -> float:
        column = self.columns[col]
        wraps = wrap_cost(self.tokens, start, end) if column.role in JUDGING_ROLES else 0.0
        if wraps >= MOST_WRAPS:
            return WORST
        if column.role in JUDGING_ROLES:
            unknown = 0.0 if is_assessment(text) else UNKNOWN_ASSESSMENT + UNKNOWN_WORD * (end - start)
            return wraps + unknown
        cost = self.inner[end] - self.inner[start + 1]
        first = self.tokens[start]
        if first.is_figure:
            cost += OPENS_WITH_FIGURE
        if col == self.label:
            return cost + _label_cost(text)
        return cost + (self._goal_cost(start, end, text) if column.role in GOAL_ROLES else 0.0)

    def _goal_cost(self, start: int, end: int, text: str) -> float:
        if len(text) < SHORTEST_GOAL:
            return WORST
        cost = NEW_GOAL + (GOAL_LIKE_INDICATOR if _starts_indicator(text) or is_sex_label(text.split()[0]) else 0.0)
        is_known = end - start <= LONGEST_KNOWN and self.is_known_goal(self._cut(start, end))
        return cost + (KNOWN_GOAL if is_known else 0.0)

    def _cut(self, start: int, end: int) -> list[Line]:
        """The words as printed lines."""
        cut: list[Line] = []
        for index, words in groupby(self.tokens[start:end], key=lambda token: token.line):
            line, text = self.lines[index], " ".join(token.text for token in words)
            raw = line.raw if line.text.endswith(text) else text
            cut.append(line if text == line.text else Line(line.number, text, raw, line.ends_open, line.starts_page))
        return cut


OPEN_ENOUGH = 2.4
"""A cell is never ended where that costs more."""
WORST = 6.0
MOST_WRAPS = 3.0
"""Line ends inside a value that cost more are not tried."""
LONGEST_KNOWN = 20
"""Words in a goal whose name is looked for elsewhere."""
BEAM = 5.0
"""A way that is worse than the best one to the same word by more than this is given up."""
EMPTY_WEIGHT = 0.6
"""Weight of an empty value column beside the other costs."""


def _label_of(columns: Sequence[HeaderColumn]) -> int:
    for role in LABEL_ROLES:
        for index, column in enumerate(columns):
            if column.role == role:
                return index
    return next((i for i in range(len(columns) - 1, -1, -1) if not columns[i].is_value), 0)


def _sums(costs: Sequence[float]) -> list[float]:
    """Sums of the costs before each place."""
    sums = [0.0]
    for cost in costs:
        sums.append(sums[-1] + cost)
    return sums


def _label_cost(text: str) -> float:
    plain = take_marks(text)[0]
    if is_sex_label(plain):
        return -0.3
    cost = SEX_AND_MORE if is_sex_label(plain.split()[0]) else 0.0
    return cost + (STARTS_LIKE_INDICATOR if _starts_indicator(plain) else 0.0)


def _starts_indicator(text: str) -> bool:
    return text.strip(" *").split(" ", 1)[0].casefold() in read_map("indicator_starts", "phrase", "phrase")


@cache
def is_assessment(text: str) -> bool:
    """Whether a text is nothing but a word for how far a goal is met."""
    folded = fold(text)
    whole, stems = _assessments()
    return folded in whole or any(folded.startswith(s) and len(folded) <= len(s) + LONGEST_ENDING for s in stems)


@cache
def _assessments() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole phrases, and the stems of those that may go on."""
    phrases = [row["phrase"] for row in read_rows("assessments")]
    return frozenset(fold(p.rstrip("*")) for p in phrases), tuple(fold(p[:-1]) for p in phrases if p.endswith("*"))


LONGEST_ENDING = 12
"""Letters that may follow an assessment's stem."""
