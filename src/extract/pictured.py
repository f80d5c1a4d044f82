"""Pictures of tables on pages of text: begins with what OCR reads in them, ends with parts that hold tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean

from extract.grid.find import find_tables
from extract.grid.model import Grid, GridCell
from extract.page.columns import Part
from extract.scan.pictures import PictureOfTable
from schema.layout import Word
from schema.lexicon.figures import is_figure, opens_with_figure
from schema.lexicon.words import words
from schema.problem import Problem

FEWEST_FIGURES, FEWEST_JUDGED = 4, 2
"""A picture of a table holds at least so many cells that open with figures, or goals, or rows that say how far
something has come; organisation charts hold none of these."""
SURE = 0.85
"""Tables in pictures are read with a mean confidence over 0.94; charts, maps and photographs with under 0.76."""
DOUBTFUL = 0.65
"""Pictures that are read with less confidence are photographs, not tables that cannot be read."""
FEWEST_ROWS = 4
"""A picture that was not read but has so many lines of three or more columns is a table."""


Found = tuple[Part, list[Grid]]
"""A picture as a part of its page, and the tables in it."""


def parts_in_pictures(pictures: Sequence[PictureOfTable], number: int, path: Path) -> tuple[list[Found], list[Problem]]:
    """The pictures of a page that hold tables, as parts read on their own, and a problem for each unread one."""
    parts: list[Found] = []
    unread = False
    for picture in pictures:
        printed = picture.parse.page.words if picture.parse else ()
        part = Part(picture.parse, printed, picture.box) if picture.parse else None
        grids = find_tables(part.parse, part.words, path=path) if part else []
        if part and _are_tables(grids):
            parts.append((part, grids))
        else:
            unread |= picture.rows >= FEWEST_ROWS and (not picture.parse or _is_doubtful(printed))
    if not unread:
        return parts, []
    message = f"a picture on page {number} looks like a table and cannot be read; ask for the report with text in it"
    return parts, [Problem("read", "picture_of_table", message, page=number)]


def _are_tables(grids: Sequence[Grid]) -> bool:
    """Whether what was found in a picture is tables whose words were read surely."""
    cells = [cell for grid in grids for cell in grid.cells if cell.words]
    figures = sum(opens_with_figure(text) for text in map(_text, cells))
    if figures < FEWEST_FIGURES and not any(map(_is_of_words, grids)):
        return False
    return _confidence(word for cell in cells for word in cell.words) >= SURE


def _is_of_words(grid: Grid) -> bool:
    """Whether a table lists goals, or half its rows say how far something has come: *Pågår*."""
    body = [grid.row(row) for row in range(grid.n_rows) if row not in grid.header_rows]
    judged = sum(any(_is_judgement(_text(cell)) for cell in row) for row in body)
    headers = (_text(cell) for row in grid.header_rows for cell in grid.row(row))
    lists_goals = any(words("goal_lines", role="goals").whole(text) for text in headers)
    return len(body) >= FEWEST_JUDGED and (lists_goals or 2 * judged >= len(body))


def _is_judgement(text: str) -> bool:
    return any(words(name).opening(text) is not None for name in ("progress", "assessments"))


def _text(cell: GridCell) -> str:
    return " ".join(line.text for line in cell.lines)


def _is_doubtful(printed: Sequence[Word]) -> bool:
    """Whether words were read that may well be those of a table."""
    figures = sum(is_figure(word.text) for word in printed)
    return figures >= FEWEST_FIGURES and _confidence(printed) >= DOUBTFUL


def _confidence(printed: Iterable[Word]) -> float:
    return mean([word.confidence for word in printed] or [0.0])
