"""Which printed lines of a table make up one row: the partition that explains all its columns best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Literal, NamedTuple, get_args

from extract.page.gutters import words_by_column
from extract.page.lines import Line
from schema.lexicon.assessments import is_status
from schema.lexicon.figures import are_two_counts, breaks_number, is_figure, is_measured, reads_like_value
from schema.lexicon.signs.bullets import opens_with_number
from schema.lexicon.signs.leaders import ends_with_leader
from schema.lexicon.wordbreaks import ends_open

Alignment = Literal["top", "middle", "bottom"]

LONGEST_ROW = 16
"""Lines in the tallest row; goal descriptions run over up to 14."""
LOOSE_PITCH = 1.62
"""Lines further apart than this many font sizes do not belong to one paragraph."""
USUAL_SIZE = 10.0
"""Points; of text whose size is given as nothing."""
USUAL_PITCH = 1.25
"""How far apart the lines of a paragraph usually are, in font sizes."""
SAME_PITCH = 0.08
"""Distances within this share of the narrowest one are equal."""

CELL_PADDING = 1.5
"""Cells leave about this many font sizes free beside their text."""
GROUP_WEIGHT = 0.4
"""How much the columns left of the labels count: their text may run on over several rows."""
ROW = 0.9
"""What each row costs: fewer rows are simpler."""
TWO_FIGURES = 4.0
"""What two numbers or statuses in one cell cost, or text below dots that lead to the row's values."""
FIGURE_BELOW_WORDS = 0.8
"""What a cell costs whose words are followed by a number alone."""
BROKEN_NUMBER = 0.5
"""What a number costs that breaks at a space in a narrow column."""
ROOM = 2.5
"""What a line break costs where the next word had room on the line, or begins a heading or a numbered item."""
GOES_ON = 1.6
"""What a break between rows costs inside a sentence or word."""
WEIGHT_CHANGE = 3.0
"""What bold beside regular lines in one cell cost; italics half of it where a goal may stand over its description."""
OFF_LINE = 1.5
"""What a cell costs that does not stand where the row's cells are aligned."""
NO_VALUES = 1.6
"""What a row without values costs among rows with values."""
NO_LABEL = 1.8
"""What a row of values without a label costs."""
GAP = 2.0
"""What a gap inside a cell costs that is wider than the gaps inside other cells, and as much again per line."""
INSIDE_STRIP = 3.0
"""What a row break costs between two rules that part rows."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a printed line that stands in one column."""

    line: Line
    figure: bool
    value: bool
    """A number, maybe with words around it."""

    @property
    def top(self) -> float:
        """Where the line begins."""
        return self.line.box.top


class _Held(NamedTuple):
    """What a row holds in one column: its first and last piece and the numbers of their lines."""

    first: int
    last: int
    top: Piece
    bottom: Piece


Columns = dict[int, _Held]


class _Row(NamedTuple):
    """A row that begins with a line: its cost under any alignment, and what its columns hold."""

    start: int
    cost: float
    held: Columns


@dataclass(frozen=True, slots=True)
class RowTask:
    """What the row model needs to know of a region."""

    pieces: tuple[dict[int, Piece], ...]
    """For each line its pieces by column."""
    xs: tuple[float, ...]
    """Column borders."""
    spanning: frozenset[int]
    """Lines that run across columns."""
    bands: frozenset[int]
    """Lines that are a row of their own: they run across most columns, or head several."""
    cuts: frozenset[int]
    """Lines above which a rule or the edge of a shaded strip runs across the columns."""
    rows_ruled: bool
    """Whether such rules stand between most rows."""
    header: int
    """Number of leading lines that hold column headers."""
    groups: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    """Lines with headers over several columns: over how many each stands, by the first."""

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1


def piece_of(line: Line) -> Piece:
    """The piece with what it says about rows; a picture, which has no text, says as much as a figure."""
    text = line.text.strip()
    return Piece(line, not text or is_figure(text), reads_like_value(text) or is_measured(text))


def pieces_by_column(line: Line, xs: Sequence[float]) -> dict[int, Piece]:
    """A line's words as pieces by the column that holds them."""
    return {col: piece_of(Line(tuple(words))) for col, words in words_by_column(line, xs).items()}


class RowModel:
    """Costs of rows, with what they need counted once."""

    def __init__(self, task: RowTask) -> None:
        self.task = task
        self.n = len(task.pieces)
        body = range(task.header, self.n)
        self.value_cols = {c for c in range(1, task.n_cols) if self._share_of_values(c, body) >= 0.5}
        self.labels = min(self.value_cols, default=0)
        self.groups = range(self._label_column(body))
        led = [ends_with_leader(line[min(line)].line.text) for i in body if len(line := task.pieces[i]) > 1]
        self.led = 2 * sum(led) > len(led)
        """Whether dots lead from most labels to values: a line without them heads others or goes on."""
        self.pitch = self._pitch()
        self.widths = [self._extent(c) for c in range(task.n_cols)]
        self._joints: dict[tuple[int, int, int], float] = {}
        """Column and two of its lines → the cost of both in one cell; asked for many times over."""
        self._rows: dict[int, list[_Row]] = {}
        """The line after a row → the rows that may end there; every alignment asks for them."""

    def rows(self) -> list[tuple[int, int]]:
        """The rows as (first line, last line), under the first alignment that explains the table best."""
        results = [self.solve(alignment) for alignment in get_args(Alignment)]
        return min(results, key=lambda result: round(result[0], 6))[1]

    def _label_column(self, body: Sequence[int]) -> int:
        """The text column that most often stands beside values; those left of it may hold groups."""
        beside = [self.task.pieces[i] for i in body if any(col in self.value_cols for col in self.task.pieces[i])]
        filled = [sum(col in line for line in beside) for col in range(self.labels)]
        return max(range(self.labels), key=lambda col: (filled[col], col), default=0)

    def _share_of_values(self, col: int, body: Sequence[int]) -> float:
        found = [self.task.pieces[i][col].value for i in body if col in self.task.pieces[i]]
        return sum(found) / len(found) if found else 0.0

    def _pitch(self) -> float:
        """The distance of lines inside a paragraph: where words go on, else the narrowest distance seen."""
        size = max((p.line.size for line in self.task.pieces for p in line.values()), default=0.0) or USUAL_SIZE
        last: dict[int, Piece] = {}
        near: list[float] = []
        wraps: list[float] = []
        for line in self.task.pieces:
            for col, piece in line.items():
                above = last.get(col)
                if above and abs(above.line.size - piece.line.size) < 0.5:
                    distance = piece.top - above.top
                    near += [distance] if distance > 0.7 * size else []
                    wraps += [distance] if goes_on(above, piece) and 0 < distance <= LOOSE_PITCH * size else []
                last[col] = piece
        if wraps:
            return sorted(wraps)[(len(wraps) - 1) // 2]
        narrow = sorted(near)[len(near) // 50] if near else USUAL_PITCH * size
        return narrow if narrow <= LOOSE_PITCH * size else USUAL_PITCH * size

    def _extent(self, col: int) -> float:
        """How far right lines of a column reach."""
        own = (line for i, line in enumerate(self.task.pieces) if i not in self.task.spanning and col in line)
        return max((line[col].line.box.x1 for line in own), default=0.0)

    def solve(self, alignment: Alignment) -> tuple[float, list[tuple[int, int]]]:
        """The cheapest partition under one alignment."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, self.n + 1):
            best.append(self._cheapest(best, end, alignment))
        rows = []
        end = self.n
        while end > 0:
            rows.append((best[end][1], end - 1))
            end = best[end][1]
        return best[self.n][0], rows[::-1]

    def _must_part(self, line: int) -> bool:
        """Whether a line cannot belong to the row above it."""
        return line in self.task.cuts or line == self.task.header or not self.task.bands.isdisjoint((line, line - 1))

    def _break_cost(self, line: int) -> float:
        inside_strip = self.task.rows_ruled and line not in self.task.cuts and line not in (0, self.task.header)
        return INSIDE_STRIP if inside_strip else 0.0

    def _cheapest(self, best: Sequence[tuple[float, int]], end: int, alignment: Alignment) -> tuple[float, int]:
        """The cheapest way to end a row before a line, and where that row starts."""
        least = (inf, 0)
        for start, cost, held in self._rows_to(end):
            if best[start][0] + cost <= least[0]:  # else it is dearer however its cells are aligned
                cost += self._alignment_cost(held, start, end, alignment)
                least = min(least, (best[start][0] + cost, start))
        return least

    def _rows_to(self, end: int) -> list[_Row]:
        """The rows that may end before a line, the lowest first, each with its cost under any alignment."""
        if end not in self._rows:
            self._rows[end] = list(self._grown(end))
        return self._rows[end]

    def _grown(self, end: int) -> Iterator[_Row]:
        held: Columns = {}
        inner = 0.0
        for start in range(end - 1, max(-1, end - 1 - LONGEST_ROW), -1):
            if start < end - 1 and self._must_part(start + 1):
                return
            held = dict(held)
            for col, piece in self.task.pieces[start].items():
                below = held.get(col)
                inner += self._above_cost(col, start, piece, below, end) if below else 0.0
                held[col] = _Held(start, below.last if below else start, piece, below.bottom if below else piece)
            full = 0.0 if end <= self.task.header else self._fullness_cost(held, start)
            yield _Row(start, ROW + inner + full + self._break_cost(start), held)

    def _above_cost(self, col: int, line: int, piece: Piece, below: _Held, end: int) -> float:
        """What it costs that a piece stands above others in their cell."""
        if end <= self.task.header:
            return self._gap_cost(piece, below.top)
        if (col, line, below.first) not in self._joints:
            self._joints[col, line, below.first] = self._joint_cost(col, piece, below.top, below.first)
        cost = self._joints[col, line, below.first] * (GROUP_WEIGHT if col in self.groups else 1.0)
        return cost + (WEIGHT_CHANGE if piece.line.bold != below.top.line.bold else 0.0)

    def _joint_cost(self, col: int, above: Piece, below: Piece, line: int) -> float:
        """The cost of two pieces of a column, the lower one on `line`, as neighbours in one cell."""
        cost = self._gap_cost(above, below) + self._wrap_cost(col, above, below)
        if (below.line.bold and self._begins_heading(col, line)) or (not col and opens_with_number(below.line.text)):
            cost += ROOM
        statuses = is_status(above.line.text) and is_status(below.line.text)
        counts = col in self.value_cols and are_two_counts(above.line.text, below.line.text)
        if (above.figure and below.figure) or counts:
            broken = self._is_broken_number(col, above, below) and not self._begins_label(line)
            cost += BROKEN_NUMBER if broken else TWO_FIGURES
        elif (statuses and not goes_on(above, below)) or ends_with_leader(above.line.text):
            cost += TWO_FIGURES
        return cost

    def _begins_label(self, line: int) -> bool:
        """Whether a label begins on a line, as far as its words tell."""
        pieces = self.task.pieces
        own = pieces[line].get(self.labels - 1)
        above = next((p[self.labels - 1] for p in reversed(pieces[:line]) if self.labels - 1 in p), None)
        return own is not None and (above is None or not goes_on(above, own))

    def _begins_heading(self, col: int, line: int) -> bool:
        """Whether a bold line begins with a capital in the labels' column alone, below a row of values."""
        above, own = (self.task.pieces[i] for i in (line - 1, line))
        is_alone = col == self.labels - 1 and own.keys() == {col} and own[col].line.text[:1].isupper()
        return is_alone and above.keys() > {col} and not goes_on(above[col], own[col])

    def runs_on(self, above: Piece, below: Piece) -> bool:
        """Whether a group's text goes on over the border of two rows beside it."""
        same = above.line.bold == below.line.bold and above.line.italic == below.line.italic
        near = self._gap_cost(above, below) <= 0 and not below.line.text[:1].isdigit()
        return same and near and goes_on(above, below)

    def _is_broken_number(self, col: int, above: Piece, below: Piece) -> bool:
        """Whether a number's thousands stand on the next line for want of room."""
        needed = above.line.box.width + 0.25 * above.line.size + below.line.box.width
        narrow = needed > self.task.xs[col + 1] - self.task.xs[col] - CELL_PADDING * above.line.size
        return narrow and breaks_number(above.line.text, below.line.text)

    def _gap_cost(self, above: Piece, below: Piece) -> float:
        excess = abs((below.top - above.top) / self.pitch - 1)
        return 0.0 if excess <= SAME_PITCH else GAP * (1 + min(excess, 2.0))

    def _wrap_cost(self, col: int, above: Piece, below: Piece) -> float:
        """How unlikely it is that a cell's text breaks between two lines."""
        slant = 1.0 if col == self.labels - 1 and col not in self.groups else 0.5
        cost = slant * WEIGHT_CHANGE if above.line.italic != below.line.italic else 0.0
        if above.line.text.endswith("-"):
            cost -= 2 * GOES_ON
        elif goes_on(above, below):
            cost -= GOES_ON
        elif below.figure and not above.figure and not above.line.text.endswith(":"):
            cost += FIGURE_BELOW_WORDS
        elif self._had_room(col, above, below):
            cost += ROOM if col not in self.value_cols else 0.5 * ROOM
        else:
            cost -= 0.5
        return cost

    def _had_room(self, col: int, above: Piece, below: Piece) -> bool:
        word, size = below.line.words[0], above.line.size
        step = word.box.x0 - above.line.box.x0
        heads = abs(step) > size / 2 and (above if step > 0 else below).line.text.endswith(":")
        room = max(self.widths[col] - above.line.box.x0, above.line.box.width) - 1
        return heads or above.line.box.width + 0.3 * size + word.box.width < room

    def _alignment_cost(self, held: Columns, start: int, end: int, alignment: Alignment) -> float:
        if end - start == 1 or end <= self.task.header:
            return 0.0
        if alignment == "top":
            return OFF_LINE * sum(cell.first != start for cell in held.values())
        if alignment == "bottom":
            return OFF_LINE * sum(cell.last != end - 1 for cell in held.values())
        highest = min(cell.top.top for cell in held.values())
        lowest = max(cell.bottom.top for cell in held.values())
        centres = ((cell.top.top + cell.bottom.top) / 2 for cell in held.values())
        return OFF_LINE * sum(abs(centre - (highest + lowest) / 2) > 0.3 * self.pitch for centre in centres)

    def _fullness_cost(self, held: Columns, start: int) -> float:
        if not self.value_cols or start in self.task.bands:
            return 0.0
        labelled = any(col < self.labels for col in held)
        valued = any(col >= self.labels for col in held)
        if not labelled:
            return NO_LABEL if start else 0.0
        if valued:
            return 0.0
        first = held[min(held)].top.line
        distinct = first.bold or first.italic or first.text.endswith(":") or self.led
        return 0.3 * NO_VALUES if distinct else NO_VALUES


def goes_on(above: Piece, below: Piece) -> bool:
    """Whether the words themselves say that a text goes on over two lines."""
    text, rest = above.line.text.strip(), below.line.text.strip()
    if not text or not rest or above.figure:
        return False
    if below.figure:  # such as `79% resp` above `84%`
        return text[-1].isalpha() and ends_open(text)
    return rest[0].islower() or rest[0] in "(–" or ends_open(text)
