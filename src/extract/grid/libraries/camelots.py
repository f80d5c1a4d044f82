"""camelot's own parsers, fed from the one parse of the page: a second reading of hard tables.

camelot takes over a second to import, so it is imported only when a page needs it.
"""

from __future__ import annotations

import signal
import threading
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from extract.grid.model import Grid, GridCell
from extract.page.lines import lines_of, segments_of
from extract.page.model import PageParse
from schema.layout import Box, Word

Flavour = Literal["hybrid", "lattice"]
SEGMENT_GAP = 1.0
"""camelot's own margin between two texts on a line, in character widths."""
MOST_LINES = 600
"""Beyond so many text lines camelot's network step takes many seconds a page."""


MOST_SECONDS = 20
"""Of processor time; a hard page takes under one, but on a damaged one camelot can go on without end."""


def within(seconds: float, do: Callable[[], list[Any]]) -> list[Any] | None:
    """Return what a function gives, or None where it takes more processor time; only Unix can tell."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return do()

    def end(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, end)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        return do()
    except TimeoutError:
        return None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


class TextLine:
    """A piece of a line as camelot's parsers read it; the origin is at the bottom left."""

    def __init__(self, text: str, box: Box, height: float) -> None:
        self.x0, self.x1 = box.x0, box.x1
        self.y0, self.y1 = height - box.bottom, height - box.top
        self.bbox = (self.x0, self.y0, self.x1, self.y1)
        self.width, self.height = box.width, box.height
        self._text = text

    def get_text(self) -> str:
        """The text with the line end that camelot expects."""
        return self._text + "\n"


def find_camelot(parse: PageParse, words: Sequence[Word], *, path: Path, flavour: Flavour = "hybrid") -> list[Grid]:
    """The tables that camelot finds on a page."""
    from camelot.parsers import Hybrid, Lattice

    page = parse.page
    lines = _text_lines(words, page.height)
    if not lines or len(lines) > MOST_LINES:
        return []
    parser: Any = Hybrid(engine="vector") if flavour == "hybrid" else Lattice(engine="vector")
    layout, size = _layout(parse), (page.width, page.height)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser.prepare_page_parse(str(path), layout, size, page.number, [], lines, [], "", layout_kwargs={})
        tables = within(MOST_SECONDS, parser.extract_tables) or []
    return [camelot_grid(table, parse, words, flavour) for table in tables if table.rows and table.cols]


def find_unchanged(parse: PageParse, words: Sequence[Word], *, path: Path) -> list[Grid]:
    """What the unchanged library finds on a page, with its own parsing."""
    import camelot

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tables = camelot.read_pdf(str(path), pages=str(parse.page.number), flavor="hybrid", engine="vector")
    return [camelot_grid(table, parse, words, "hybrid") for table in tables]


def _text_lines(words: Sequence[Word], height: float) -> list[TextLine]:
    pieces = [piece for line in lines_of(words) for piece in segments_of(line, gap=0.5 * SEGMENT_GAP)]
    return [TextLine(piece.text or " ".join(piece.markers), piece.box, height) for piece in pieces]


def _layout(parse: PageParse) -> list[Any]:
    """The page's rules as the line objects that camelot looks for."""
    from playa.miner import LTLine

    height = parse.page.height
    lines = []
    for box in (rule.box for rule in parse.page.rules):
        line = LTLine()
        middle_x, middle_y = (box.x0 + box.x1) / 2, height - (box.top + box.bottom) / 2
        if box.width >= box.height:
            line.x0, line.x1, line.y0, line.y1 = box.x0, box.x1, middle_y, middle_y
        else:
            line.x0, line.x1, line.y0, line.y1 = middle_x, middle_x, height - box.bottom, height - box.top
        line.stroke = True
        lines.append(line)
    return lines


def camelot_grid(table: Any, parse: PageParse, words: Sequence[Word], flavour: str) -> Grid:
    """A camelot table as a grid with the page's words in its cells."""
    height = parse.page.height
    xs = [float(table.cols[0][0]), *(float(right) for _, right in table.cols)]
    ys = [height - float(table.rows[0][0]), *(height - float(bottom) for _, bottom in table.rows)]
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
        if xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]:
            place = (_strip(ys, y), _strip(xs, x))
            held.setdefault(place, []).append(word)
    cells = tuple(
        GridCell(row, col, Box(xs[col], ys[row], xs[col + 1], ys[row + 1]), words=tuple(held.get((row, col), ())))
        for row in range(len(ys) - 1)
        for col in range(len(xs) - 1)
    )
    return Grid(parse.page.number, tuple(xs), cells, f"camelot-{flavour}")


def _strip(borders: Sequence[float], value: float) -> int:
    """Which of the strips between borders holds a value."""
    return min(max(0, sum(border <= value for border in borders) - 1), len(borders) - 2)
