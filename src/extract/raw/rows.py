"""Labels and cells in printed order → rows: which label names the row, which is the goal above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from extract.raw.cells import NARROW, Piece, merge_named
from extract.raw.lines import Line
from schema.lexicon.figures import is_range
from schema.lexicon.labels import is_sex_label
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.text import fold
from schema.vocabulary import read_map

WIDER_GOAL = 2
"""Characters by which a goal's lines are longer than the widest indicator label."""
SHORTEST_GOAL = 8
SHORTEST_KNOWN = 10
"""Letters of a goal that is known by its name; a shorter one may be any words."""
OPENING = 4

_CAPITAL = re.compile(r"(?<=[a-zåäö)]) (?=\*?[A-ZÅÄÖ][a-zåäö]{2,})")


@dataclass(frozen=True, slots=True)
class KnownGoals:
    """Texts that stand alone in a line elsewhere in the document, as a goal's name does."""

    names: Counter[str]
    openings: frozenset[str]
    """The first letters of the names, which are compared before the whole of one is put together."""

    def may_open(self, text: str) -> bool:
        """Whether a name may begin as a text does."""
        opening = fold(text)[:OPENING]
        return len(opening) < OPENING or opening in self.openings

    def __call__(self, piece: Piece) -> bool:
        """Whether a piece is the name of a goal that stands elsewhere, too."""
        if not self.may_open(piece.lines[0].text):
            return False
        text = take_marks(piece.text())[0]
        itself = len(piece.lines) == 1 and not piece.is_head
        return len(text) >= SHORTEST_KNOWN and self.names[fold(text)] > itself


@dataclass(slots=True)
class Row:
    """A row: its label, its cells, the goal printed beside it."""

    label: Piece | None
    cells: list[list[Piece]] = field(default_factory=list)
    goal: Piece | None = None


@dataclass(frozen=True, slots=True)
class RowRules:
    """What the header and the document say of a table's rows."""

    has_goal: bool
    most: int
    """Value columns: no row has more cells."""
    is_known_goal: Callable[[Piece], bool]
    widest: int = 0
    """Width of the widest indicator label."""


def build_rows(pieces: Sequence[Piece], rules: RowRules) -> list[Row]:
    """Divide pieces into rows: labels, then the cells that follow them."""
    if rules.has_goal:
        pieces = _split_goal_lines(pieces, rules.is_known_goal)
    rules = replace(rules, widest=_widest_indicator(pieces))
    rows: list[Row] = []
    pending: list[Piece] = []
    flat: list[Piece] = []
    for piece in pieces:
        opens_row = bool(flat) and (not piece.is_value or piece.starts_page)
        if opens_row:
            rows += _rows_of(pending, flat, rules, is_first=not rows)
            pending, flat = [], []
        (flat if piece.is_value else pending).append(piece)
    return _join_page_breaks(rows + _rows_of(pending, flat, rules, is_first=not rows))


def _widest_indicator(pieces: Sequence[Piece]) -> int:
    """Width of the widest label that stands right before cells."""
    pairs = zip(pieces, pieces[1:], strict=False)
    return max((a.width for a, b in pairs if not a.is_value and b.is_value), default=0)


def _rows_of(pending: Sequence[Piece], flat: Sequence[Piece], rules: RowRules, *, is_first: bool) -> list[Row]:
    """Turn the labels before a run of cells, and the cells, into rows; the last label names the cells."""
    labels = list(pending)
    candidates = labels[:-1] if flat else labels
    goal = next((p for i, p in enumerate(candidates) if _is_goal(p, rules, is_first=is_first and i == 0)), None)
    rows = [Row(piece) for piece in labels if piece is not goal]
    if not flat:
        if rows:
            rows[0].goal = goal
        return rows
    name = take_marks(labels[-1].text())[0] if labels else ""
    cells = merge_named(_attach_ranges(flat, name), rules.most)
    if not rows:
        return [Row(None, cells, goal)]
    rows[0].goal = goal
    if len(rows) > 1 and is_sex_label(name) and len(cells) > rules.most:
        return [*rows[:-2], *_interleave(rows[-2], rows[-1], cells, rules.most)]
    rows[-1].cells = cells
    return rows


def _attach_ranges(flat: Sequence[Piece], name: str) -> list[Piece]:
    """A bare range that the row's own label names (`0-20`) goes on with the cell before it."""
    kept: list[Piece] = []
    for piece in flat:
        text = take_marks(piece.lines[0].text)[0]
        if kept and len(piece.lines) == 1 and is_range(text) and text in name:
            kept[-1] = replace(kept[-1], lines=[*kept[-1].lines, *piece.lines])
        else:
            kept.append(piece)
    return kept


def _is_goal(piece: Piece, rules: RowRules, *, is_first: bool) -> bool:
    """A goal opens the table, is known from elsewhere in the document, or is wider than any indicator."""
    if not rules.has_goal or is_sex_label(piece.lines[0].text):
        return False
    return is_first or rules.is_known_goal(piece) or piece.width > rules.widest + WIDER_GOAL


def _interleave(first: Row, second: Row, cells: list[list[Piece]], most: int) -> list[Row]:
    """Two rows printed as one: each column holds a value of both, the last only of the first."""
    pairs = len(cells) - most
    top = [cells[2 * i] for i in range(pairs)] + cells[2 * pairs :]
    below = [cells[2 * i + 1] for i in range(pairs)]
    first.cells, second.cells = top, below
    return [first, second]


def _join_page_breaks(rows: list[Row]) -> list[Row]:
    """Cells without a label at the top of a page go on with the row that the page break divided."""
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        if row.label is None and before is not None and len(before.cells) == len(row.cells):
            before.cells = [a + b for a, b in zip(before.cells, row.cells, strict=True)]
        else:
            joined.append(row)
    return joined


def _split_goal_lines(pieces: Sequence[Piece], is_known_goal: Callable[[Piece], bool]) -> list[Piece]:
    """Divide a line that holds both the goal and the first line of its indicator."""
    divided: list[Piece] = []
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        cut = None
        if not piece.is_value and following is not None and following.is_value:
            cut = _goal_cut(piece, is_known_goal)
        if cut is None:
            divided.append(piece)
            continue
        right = [replace(piece.lines[0], text=piece.lines[0].text[cut:].strip()), *piece.lines[1:]]
        divided += [_head(piece, cut), replace(piece, lines=right)]
    return divided


def opens_indicator(text: str) -> bool:
    """Whether a text opens with a word that indicators do: *Antal*, *Andel*."""
    word = text.strip(" *").split(" ", 1)[0].casefold()
    return word in read_map("indicator_starts", "phrase", "phrase")


def _head(piece: Piece, cut: int) -> Piece:
    """The first words of a piece, as a piece of their own."""
    line = piece.lines[0]
    return Piece([Line(line.number, line.text[:cut], line.text[:cut])], starts_page=piece.starts_page, is_head=True)


def _goal_cut(piece: Piece, is_known_goal: Callable[[Piece], bool]) -> int | None:
    """Where a capital inside the first line begins the indicator: after a known goal, or in a line too long."""
    text = piece.lines[0].text
    cuts = [match.start() for match in _CAPITAL.finditer(text) if match.start() >= SHORTEST_GOAL]
    known = [cut for cut in cuts if is_known_goal(_head(piece, cut))]
    if known:
        return known[-1]
    started = [cut for cut in cuts if opens_indicator(text[cut:])]
    if started:
        return started[0]
    others = max((len(line.text) for line in piece.lines[1:]), default=0)
    is_long = len(piece.lines) > 1 and len(text) > others + SHORTEST_GOAL
    return cuts[0] if len(cuts) == 1 and is_long and len(text) > 2 * NARROW else None


def goal_spans(rows: Sequence[Row]) -> list[tuple[Piece, int, int]]:
    """Return each goal with the first row it covers and the first it does not.

    A merged cell whose goal is printed with its first row covers those below; where a table opens without
    a goal, each is printed with the last row it covers.
    """
    marked = [(index, row.goal) for index, row in enumerate(rows) if row.goal is not None]
    on_top = bool(marked) and marked[0][0] == 0
    starts = [index for index, _ in marked] if on_top else [0, *(index + 1 for index, _ in marked)]
    ends = [*starts[1 : len(marked)], len(rows)]
    return [(goal, start, end) for (_, goal), start, end in zip(marked, starts, ends, strict=False)]
