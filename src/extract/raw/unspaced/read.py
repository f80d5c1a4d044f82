"""Tables in raw PDF text without blank lines: rows, columns and cells are found together.

The words stand in the order of the cells: row by row, and in each row from left to right. Every way to
divide them is weighed by what the header says of the columns, and the likeliest is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import groupby
from math import inf

from extract.raw.cells import Piece
from extract.raw.headers.model import HeaderColumn
from extract.raw.lines import Line
from extract.raw.placement import RowContext, empty_cost, kind_cost
from extract.raw.rows import KnownGoals, opens_indicator
from extract.raw.unspaced.costs import (
    STARTS_LIKE_INDICATOR,
    cost_of_labels,
    is_assessment,
    label_cost,
    part_cost,
    text_cost,
    tokens_of,
    value_cost,
    wrap_cost,
)
from extract.raw.unspaced.least import LeastValues
from schema.lexicon.labels import is_sex_label
from schema.lexicon.signs.marks import MARK_OPEN
from schema.lexicon.text import fold

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
GOAL_LIKE_INDICATOR = 1.0
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


_Cell = tuple[int, float]
"""A cell that ends before some word: the word that it begins with, and what it costs in whatever column."""
_Best = tuple[float, int]
"""What the cheapest way costs, and the word that its last cell begins with."""


class DenseTable:
    """The division of a body's words into rows and cells.

    The cheapest way to each word is known before those to the words after it, and cells that end before a word are
    tried from the shortest on: one that cannot be the cheapest by what it costs at least is not read.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        columns: Sequence[HeaderColumn],
        goals: KnownGoals,
        *,
        printed: AbstractSet[str],
        partial_newest: bool = False,
    ) -> None:
        self.lines = [line for line in lines if line.text]
        self.columns = columns
        self.tokens = tokens_of(self.lines)
        self.texts = [token.text for token in self.tokens]
        self.goals = goals
        self.printed = printed
        self.values = [column for column in columns if column.is_value]
        self.context = RowContext(partial_newest=partial_newest)
        self.label = _label_of(columns)
        self.parts = [part_cost(self.tokens, i) for i in range(len(self.tokens))] + [0.0]
        self.wraps = [wrap_cost(token) for token in self.tokens]
        self.inner = _sums([text_cost(self.tokens, i) if i else 0.0 for i in range(len(self.tokens))])
        self.tails = _sums([TAIL_LINE * t.is_first + TAIL_FIGURE * t.is_figure for t in reversed(self.tokens)])[::-1]
        self.openings = [OPENS_WITH_FIGURE * token.is_figure for token in self.tokens]
        self.labels = [cost_of_labels(text) for text in self.texts]
        self.least = LeastValues(self.texts)
        self.empties = [self._empty(col) for col in range(len(columns))]
        has_goals = any(column.role in GOAL_ROLES for column in columns)
        self.goal_costs = [self._goals_from(i) for i in range(len(self.tokens))] if has_goals else []
        self.folds = [] if any(MARK_OPEN in text for text in self.texts) else [fold(text) for text in self.texts]
        """The letters of the words, by which a goal's name is known; none where marks stand among them."""
        places = len(self.tokens) + 1
        self.costs = [[inf] * places for _ in columns]
        """For each column and place in the words what the cheapest way there costs, with that column to fill next."""
        self.before = [[NOWHERE] * places for _ in columns]
        """The places that these ways come from: numbers, for a table has as many as a document's objects."""
        self.reached = [[inf] * places for _ in columns]
        """What it costs to begin a cell there; infinite where that is given up."""

    def rows(self) -> tuple[list[DenseRow], int]:
        """Return the rows, and the number of the line that the last one ends with."""
        self._solve()
        ends = (i for i, cost in enumerate(self.costs[0]) if cost < inf and self._may_end(i))
        end = min(ends, key=lambda i: self.costs[0][i] + self.tails[i], default=0)
        rows: list[DenseRow] = []
        place, col = end, 0
        while (before := self.before[col][place]) != NOWHERE:
            if col == 0:
                rows.append(DenseRow())
            start, col = divmod(before, len(self.columns))
            if start < place:
                rows[-1].cells[col] = self._cut(start, place)
            place = start
        last = self.tokens[end - 1].line if end else -1
        return rows[::-1], self.lines[last].number if end else 0

    def _may_end(self, index: int) -> bool:
        return index == len(self.tokens) or self.tokens[index].is_first

    def _solve(self) -> None:
        count = len(self.columns)
        steps = [(col, (col + 1) % count) for col in (*range(1, count), *range(count))]
        self.costs[0][0] = 0.0
        for place in range(len(self.tokens) + 1):
            if self.parts[place] >= OPEN_ENOUGH:
                continue
            if place:
                self._fill(place)
            empties = self.empties if place else [self._empty_at(0, col) for col in range(count)]
            for col, following in steps:
                cost = self.costs[col][place] + empties[col]
                if cost < self.costs[following][place]:
                    self._set(place, following, cost, place * count + col)
            most = min(costs[place] for costs in self.costs) + BEAM
            for costs, reached in zip(self.costs, self.reached, strict=True):
                if costs[place] <= most:
                    reached[place] = costs[place] + self.parts[place]

    def _set(self, place: int, col: int, cost: float, before: int) -> None:
        self.costs[col][place], self.before[col][place] = cost, before

    def _fill(self, end: int) -> None:
        """Find the cheapest ways to fill a cell that ends before a word."""
        count = len(self.columns)
        narrow, wide = self._narrow(end), self._wide(end)
        read: dict[int, tuple[str, float]] = {}
        floors: dict[int, float] = {}
        empty = inf  # what it costs to come here with a column left empty, and maybe those before it
        for col, column in enumerate(self.columns):
            empty = min(empty, self.costs[col][end]) + self.empties[col]
            if column.is_value:
                found = self._value(end, col, narrow, read, floors, empty)
            elif column.role in JUDGING_ROLES:
                found = self._judged(end, col, narrow)
            else:
                found = self._text_cell(end, col, wide)
            if found is not None:
                self._set(end, (col + 1) % count, found[0], found[1] * count + col)

    def _value(
        self,
        end: int,
        col: int,
        cells: Sequence[_Cell],
        read: dict[int, tuple[str, float]],
        floors: dict[int, float],
        least: float,
    ) -> _Best | None:
        """The cheapest way to end a value before a word, none where that is dearer than to leave the column empty.

        `read` keeps what each costs in whatever column, and `floors` what it costs at least.
        """
        column, reached_at, best = self.columns[col], self.reached[col], None
        for start, wraps in cells:
            reached = reached_at[start]
            if reached == inf or reached + wraps > least:
                continue
            if start not in floors:
                floors[start] = wraps + self.least.cost(start, end) - ROUNDING
            if reached + floors[start] > least:
                continue
            if start not in read:
                text, words = "", self.least.whole(start, end)
                if words is None:
                    text = " ".join(self.texts[start:end])
                    words = value_cost(text)
                read[start] = text, words + wraps
            text, cost = read[start]
            if cost < WORST and reached + cost <= least:
                cost += kind_cost(text, column) if text else 0.0
                if cost < WORST and reached + cost <= least:
                    least, best = reached + cost, (reached + cost, start)
        return best

    def _judged(self, end: int, col: int, cells: Sequence[_Cell]) -> _Best | None:
        """The cheapest way to end words for how far a goal is met before a word."""
        best: _Best | None = None
        for start, wraps in cells:
            reached = self.reached[col][start]
            if reached == inf or (best is not None and reached + wraps > best[0]):
                continue
            is_known = is_assessment(" ".join(self.texts[start:end]))
            cost = wraps + (0.0 if is_known else UNKNOWN_ASSESSMENT + UNKNOWN_WORD * (end - start))
            if cost < WORST and (best is None or reached + cost <= best[0]):
                best = reached + cost, start
        return best

    def _text_cell(self, end: int, col: int, cells: Sequence[_Cell]) -> _Best | None:
        """The cheapest way to end a label, a goal's name or another text before a word."""
        is_label = col == self.label
        is_goal = not is_label and self.columns[col].role in GOAL_ROLES
        best, least = None, inf
        for start, inner in cells:
            cost, reached = inner, self.reached[col][start]
            if reached == inf or reached + inner + LEAST > least:
                continue
            if is_label:
                known = self.labels[start]
                cost += label_cost(" ".join(self.texts[start:end])) if known is None else known
            elif is_goal:
                cost += self._goal_cost(start, end, least - reached - inner)
            if cost >= WORST:
                continue
            total = reached + (cost + ROW if is_label else cost)
            if total <= least:
                least, best = total, (total, start)
        return best

    def _narrow(self, end: int) -> list[_Cell]:
        """The cells of few lines that end before a word, the shortest first, with what their line ends cost."""
        cells: list[_Cell] = []
        wraps = 0.0
        for start in range(end - 1, max(-1, end - 1 - LONGEST_VALUE), -1):
            if wraps >= MOST_WRAPS:
                break
            if self.parts[start] < OPEN_ENOUGH:
                cells.append((start, wraps))
            wraps += self.wraps[start]
        return cells

    def _wide(self, end: int) -> list[_Cell]:
        """The cells of text that end before a word, the shortest first, with what their words cost."""
        cells: list[_Cell] = []
        until, inner = self.inner[end], self.inner
        for start in range(end - 1, max(-1, end - 1 - LONGEST_TEXT), -1):
            cost = until - inner[start + 1]
            if cost > WORST:
                break
            if self.parts[start] < OPEN_ENOUGH:
                cells.append((start, cost + self.openings[start]))
        return cells

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

    def _goal_cost(self, start: int, end: int, most: float) -> float:
        """What it costs to read words as a goal's name; what cannot come to `most` is not told whole."""
        cost, may_be_known = self.goal_costs[start]
        is_known = may_be_known and end - start <= LONGEST_KNOWN
        if cost + (KNOWN_GOAL if is_known else 0.0) > most + ROUNDING:
            return cost
        if sum(map(len, self.texts[start:end])) + end - start - 1 < SHORTEST_GOAL:
            return WORST
        return cost + (KNOWN_GOAL if is_known and self._is_known_goal(start, end) else 0.0)

    def _goals_from(self, start: int) -> tuple[float, bool]:
        """What goals cost that open with a word, and whether a known one may."""
        word, line = self.texts[start], self.tokens[start].line
        last = next((i for i in range(start, len(self.texts)) if self.tokens[i].line != line), len(self.texts))
        is_like_others = opens_indicator(" ".join(self.texts[start : start + 2])) or is_sex_label(word)
        may_be_known = self.goals.may_open(" ".join(self.texts[start:last]))
        return NEW_GOAL + (GOAL_LIKE_INDICATOR if is_like_others else 0.0), may_be_known

    def _is_known_goal(self, start: int, end: int) -> bool:
        """Whether words are a goal's name; they are cut off unless they are a whole line."""
        if self.folds and "".join(self.folds[start:end]) not in self.goals.names:
            return False
        lines = self._cut(start, end)
        return self.goals(Piece(lines, is_head=not (len(lines) == 1 and lines[0].text in self.printed)))

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
ROUNDING = 1e-9
LEAST = min(NEW_GOAL + KNOWN_GOAL, STARTS_LIKE_INDICATOR + ROW) - ROUNDING
"""No cell of text costs less than so much more than its words."""
NOWHERE = -1
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
