"""A table's grid on one page, before its cells become text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from extract.page.lines import Line, around, lines_of, segments_of, text_of
from schema.layout import Box, Cell, Image, Word
from schema.lazy import lazy
from schema.lexicon.assessments import verdict_alone
from schema.lexicon.figures import breaks_number, is_figure
from schema.lexicon.periods import is_date_or_time, is_time
from schema.lexicon.wordbreaks import breaks_header_word, cell_text, is_word
from schema.lexicon.years import without_years

INDENT_STEP = 2.0
"""A cell that starts fewer points inside its column's left edge is not indented."""

SAME_EDGE = 1.0
"""Lines that end within so many points of each other are set against one edge."""

WIDE_GAP = 1.3
"""A gap of this many font sizes inside a cell parts columns that no line parts."""

NARROW = 1.5
"""Font sizes of padding at most that a cell has which broke a number."""
DRAWN = ("pdfplumber", "ruled")
"""Engines whose column borders are printed, so that text cannot cross them."""
LABEL_LENGTH = 6
"""Half of a column's texts have this many letters where it holds labels, not Ja, Nej or figures."""


@dataclass(frozen=True)
class GridCell:
    """A place in the grid with the words printed in it."""

    row: int
    col: int
    box: Box
    row_span: int = 1
    col_span: int = 1
    words: tuple[Word, ...] = ()
    symbol: Image | None = None

    @lazy
    def lines(self) -> tuple[Line, ...]:
        """The printed lines of its words."""
        return tuple(lines_of(self.words))

    @lazy
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(line.text for line in self.lines)

    @lazy
    def is_parted(self) -> bool:
        """Whether gaps as wide as between columns part the words of its lines, and not merely to justify them."""
        wide = [pieces for line in self.lines if len(pieces := segments_of(line, gap=WIDE_GAP)) > 1]
        return bool(wide) and not (self._is_justified and not any(is_figure(p.text) for ps in wide for p in ps[1:]))

    @property
    def _is_justified(self) -> bool:
        """Whether all lines of several words but the last reach from one edge of its text to the other."""
        box = around(line.box for line in self.lines)
        full = [line.box for line in self.lines[:-1] if len(line.words) > 1]
        return bool(full) and all(b.x0 - box.x0 < SAME_EDGE and box.x1 - b.x1 < SAME_EDGE for b in full)

    @property
    def bold(self) -> bool:
        """Whether the cell has words and all but raised marks and symbols are bold."""
        return bool(self.words) and all(line.bold for line in self.lines)


@dataclass(frozen=True, eq=False)
class Grid:
    """The part of a table that stands on one page; no two readings of it are the same."""

    page: int
    xs: tuple[float, ...]
    """Column borders from left to right, one more than columns."""
    cells: tuple[GridCell, ...]
    engine: str
    header_rows: tuple[int, ...] = ()
    verdict: str = "ok"
    steps: tuple[str, ...] = ()
    shaded: tuple[int, ...] = field(default=())
    """Rows printed on a colour that the table's other rows do not have."""

    @lazy
    def n_rows(self) -> int:
        """Number of rows."""
        return max((c.row + c.row_span for c in self.cells), default=0)

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    @lazy
    def box(self) -> Box:
        """The rectangle around all cells."""
        return around(cell.box for cell in self.cells)

    def row(self, number: int) -> list[GridCell]:
        """The cells that begin in a row, from left to right."""
        return list(self._by_row.get(number, ()))

    @lazy
    def _by_row(self) -> dict[int, list[GridCell]]:
        rows: dict[int, list[GridCell]] = {}
        for cell in sorted(self.cells, key=lambda cell: cell.col):
            rows.setdefault(cell.row, []).append(cell)
        return rows


def find_header_rows(grid: Grid) -> Grid:
    """Mark the leading rows that look like column headers: bold or shaded throughout, else the first."""
    rows: list[int] = []
    for number in range(grid.n_rows):
        filled = [cell for cell in grid.row(number) if cell.words]
        wide = len(filled) > 1 or not rows or any(cell.col and cell.col_span > 1 for cell in filled)
        if not filled or not wide or not (all(c.bold for c in filled) or number in grid.shaded):
            break
        if rows and filled[0].col == 0 and verdict_alone(" ".join(cell.text for cell in filled[1:])):
            break  # a goal and its verdict above the goal's indicators
        rows.append(number)
    rows = rows or list(grid.header_rows)
    while rows and len(rows) > 1 and len(rows) >= grid.n_rows:
        rows.pop()
    while len(rows) > 1 and holds_amounts(grid, rows[-1]):
        rows.pop()
    if len(rows) < 2 and _is_header_of_two_rows(grid):
        rows = [0, 1]
    return replace(grid, header_rows=tuple(rows) if rows and len(rows) < grid.n_rows or rows == [0] else (0,))


def _is_header_of_two_rows(grid: Grid) -> bool:
    """Whether the second row, however it is set, holds the headers of columns that one of the first row spans."""
    top, below = grid.row(0), [cell for cell in grid.row(1) if cell.words]
    groups = [cell for cell in top if cell.words and cell.col_span > 1 and cell.row_span == 1]
    if (
        grid.n_rows < 3
        or not groups
        or not below
        or not all(c.row_span > 1 for c in top if c.words and c.col_span == 1)
    ):
        return False
    under = [any(g.col <= cell.col < g.col + g.col_span for g in groups) for cell in below]
    return all(under) and not holds_amounts(grid, 1)


def phrases_of(line: Line, grid: Grid) -> Iterator[Line]:
    """The pieces of a line of the first row, parted where a capital begins another cell."""
    owner = {id(word): cell.col for cell in grid.row(0) for word in cell.words}
    for piece in segments_of(line):
        words = piece.words
        begins = [b.text[:1].isupper() and owner.get(id(a)) != owner.get(id(b)) for a, b in pairwise(words)]
        cuts = [0, *(i for i, is_begin in enumerate(begins, 1) if is_begin), len(words)]
        yield from (Line(words[a:b]) for a, b in pairwise(cuts))


def printed_text(cell: GridCell) -> str:
    """The words of a cell without footnote marks."""
    return " ".join(word.text for word in cell.words if not word.is_marker)


def holds_amounts(grid: Grid, number: int) -> bool:
    """Whether a bold row under the header holds amounts, as a bold total does; years, `22/23`, days are times."""
    lines = [cell.lines for cell in grid.row(number)[1:] if cell.words]
    printed = [found[0].text for found in lines if found]
    amounts = [text for text in printed if not is_date_or_time(text) and not is_time(text)]
    texts = [without_years(text).replace(" ", "") for text in amounts]
    return any(2 * sum(ch.isdigit() for ch in text) > len(text) for text in texts)


WIDE_LETTERS = "mwMW"
WIDE, FULL = 1.6, 1.15
"""How much wider than the mean letter of its word a wide letter and any other may be."""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as text together with the lines that it was read from."""

    cell: Cell
    lines: tuple[Line, ...] = ()
    fills: tuple[bool | None, ...] = ()
    """For each line whether the break after it stands inside a word."""
    start: float = 0.0
    """Where text begins in the column."""
    limit: float = 0.0
    """How far right the text may reach."""
    widest: float = 0.0
    """How far right any text of the column reaches."""


def grid_to_cells(grid: Grid, *, hyphenated: bool = False) -> list[PrintedCell]:
    """The grid's cells as text, with marks apart and broken words mended.

    Where the document does not hyphenate, a hyphen at the end of a line belongs to the word.
    """
    columns = _columns(grid)
    ordered = sorted(grid.cells, key=lambda c: (c.row, c.col))
    return [
        _printed(grid, cell, columns[cell.col], columns[cell.col + cell.col_span - 1], hyphenated) for cell in ordered
    ]


def _printed(grid: Grid, cell: GridCell, first: Column, last: Column, hyphenated: bool) -> PrintedCell:
    lines = [line for line in cell.lines if line.text]
    texts = [text_of(line, gap=WIDE_GAP) for line in lines]
    own = [word for word in cell.words if not word.is_marker]
    indent = min((w.box.x0 for w in own), default=first.start) - first.start
    inset = first.has_labels and cell.row not in grid.header_rows and indent >= INDENT_STEP
    fills = fills_of(lines, last.limit, last.widest)
    if cell.row in grid.header_rows:
        fills[:-1] = [breaks_header_word(*pair) or fill for pair, fill in zip(pairwise(texts), fills, strict=False)]
    printed = Cell(
        row=cell.row,
        col=cell.col,
        text=texts[0] if len(texts) == 1 else cell_text(texts, fills, hyphenated=hyphenated),
        lines=tuple(texts),
        page=grid.page,
        box=cell.box,
        row_span=cell.row_span,
        col_span=cell.col_span,
        markers=tuple(m for line in cell.lines for m in line.markers),
        bold=bool(own) and all(word.bold for word in own),
        italic=bool(own) and all(word.italic for word in own),
        italic_tail=_italic_tail(lines, fills, hyphenated=hyphenated),
        bold_head=_bold_head(lines, fills, hyphenated=hyphenated),
        indent=round(indent, 1) if inset and _is_text(texts) else 0.0,
        symbol=cell.symbol,
        confidence=min((word.confidence for word in cell.words), default=1.0),
    )
    return PrintedCell(printed, tuple(lines), tuple(fills), first.start, last.limit, last.widest)


def _italic_tail(lines: Sequence[Line], fills: Sequence[bool | None], *, hyphenated: bool) -> str:
    """The italic words that end a cell which begins upright."""
    start = len(lines)
    while start and _italic_words(lines[start - 1]) == [word.text for word in lines[start - 1].words]:
        start -= 1
    if not start:
        return ""
    mixed = _italic_words(lines[start - 1])
    texts = [line.text for line in lines[start:]]
    if mixed:
        return cell_text([" ".join(mixed), *texts], fills[start - 1 :], hyphenated=hyphenated)
    return cell_text(texts, fills[start:], hyphenated=hyphenated)


def _bold_head(lines: Sequence[Line], fills: Sequence[bool | None], *, hyphenated: bool) -> str:
    """The bold lines that begin a cell which goes on in plain ones."""
    head = list(takewhile(lambda line: line.bold, lines))
    if len(head) in (0, len(lines)) or any(word.bold for line in lines[len(head) :] for word in line.words):
        return ""
    return cell_text([line.text for line in head], fills[: len(head)], hyphenated=hyphenated)


def _italic_words(line: Line) -> list[str]:
    """The italic words at a line's end."""
    return [word.text for word in reversed(list(takewhile(lambda word: word.italic, reversed(line.words))))]


def _is_text(texts: Sequence[str]) -> bool:
    """Whether a cell is a label: figures are set from the right and have no indent."""
    text = "".join(texts)
    return sum(ch.isalpha() for ch in text) > 0.6 * len(text)


def fills_of(lines: Sequence[Line], limit: float, widest: float) -> list[bool | None]:
    """For each line whether the break after it stands inside a word.

    A word is broken only where it alone is wider than the column: the line is then one word that leaves
    no room for its next letter. None where only the words themselves can tell.
    """
    pairs = zip(lines, [*lines[1:], None], strict=False)
    return [break_inside(line, after, limit, widest) if after else False for line, after in pairs]


def break_inside(line: Line, after: Line, limit: float, widest: float) -> bool | None:
    """Whether the break between two lines stands inside a word, None where geometry cannot tell."""
    words = [word for word in line.words if not word.is_marker]
    first = after.words[0]
    if words[-1].text.endswith(("-", "/")) or words[-1].is_marker:
        return None
    share = 1.0 if first.text.isdigit() else 0.9
    mean = first.box.width / max(len(first.text), 1)
    letter = share * mean
    reach = words[-1].box.x1 + letter
    had_room = words[-1].box.x1 + mean * (WIDE if first.text[:1] in WIDE_LETTERS else FULL) <= widest
    if len(words) > 1 or had_room or _had_room_on_its_left(line, after, letter):
        return False
    left, right = words[-1].text, first.text
    if is_word(left) and is_word(right) and not is_word(left + right):
        return None
    return True if reach > limit else None


def _had_room_on_its_left(line: Line, after: Line, letter: float) -> bool:
    """Whether a line set against the right edge begins further right than the one below it."""
    return abs(line.box.x1 - after.box.x1) < SAME_EDGE and line.box.x0 - after.box.x0 >= letter


@dataclass(frozen=True, slots=True)
class Column:
    """Where the text of a column begins and may end."""

    start: float
    has_labels: bool
    """Whether its texts are long enough for an inset to mean something."""
    limit: float
    """The right border less the padding seen on the left."""
    widest: float
    """The right end of the longest line."""


def _columns(grid: Grid) -> list[Column]:
    """Each column's text edges, from its borders and from what is printed in it."""
    padding = max(0.0, min((w.box.x0 - grid.xs[c.col] for c in grid.cells for w in c.words), default=0.0))
    columns = []
    begun: dict[int, list[GridCell]] = {}
    ended: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        if cell.words:
            begun.setdefault(cell.col, []).append(cell)
            ended.setdefault(cell.col + cell.col_span - 1, []).append(cell)
    for col in range(grid.n_cols):
        beginning, ending = begun.get(col, []), ended.get(col, [])
        start = min((w.box.x0 for c in beginning for w in c.words), default=grid.xs[col])
        right = max((w.box.x1 for c in ending for w in c.words), default=start)
        limit = max(right, grid.xs[col + 1] - padding)
        exact = grid.engine in DRAWN
        lengths = sorted(sum(len(w.text) for w in c.words) for c in beginning)
        labels = bool(lengths) and lengths[len(lengths) // 2] >= LABEL_LENGTH
        columns.append(Column(start, labels, limit, limit if exact else right))
    return columns


def is_broken_number(above: Line, below: Line, cell: GridCell) -> bool:
    """Whether a number goes on in the next line because its cell is too narrow for it."""
    is_narrow = above.box.width + below.box.width > cell.box.width - NARROW * above.size
    return below.box.top > above.box.top and is_narrow and breaks_number(above.text, below.text)
