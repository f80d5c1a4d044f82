"""Lines of cells in a marked text: how they divide, and which of them are headers, contents or lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.marked.markup import read_markup
from schema.lexicon.figures import is_count
from schema.lexicon.headers import column_role
from schema.lexicon.labels import opens_unit_caption
from schema.lexicon.signs.bullets import item_opening
from schema.lexicon.signs.leaders import ends_with_leader
from schema.lexicon.values import opens_like_value
from schema.lexicon.wordbreaks import rejoin_header
from schema.lexicon.years import opens_with_year

FEWEST_TABLE_ROWS = 2
"""Files with fewer rows of cells than this are running text."""
LONGEST_PAGE_NUMBER = 3

_DELIMITER = re.compile(r"^:?-+:?$")


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A line of cells."""

    line: int
    cells: tuple[str, ...]
    is_delimiter: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is printed in any cell."""
        return not any(cell.strip() for cell in self.cells)


def is_row(line: str) -> bool:
    """Whether a line is one of cells, parted by tabs or bars."""
    return "\t" in line.strip("\n ") or is_pipe_row(line)


def is_pipe_row(line: str) -> bool:
    """Whether a line is one of cells parted by bars."""
    text = line.strip()
    return text.count("|") >= 2 and (text.startswith("|") or text.endswith("|"))


def split_row(line: str, number: int) -> MarkedRow:
    """Return a line's cells; dashes under a header divide it from the rows below."""
    if "\t" in line and not is_pipe_row(line):
        cells = tuple(line.split("\t"))
        return MarkedRow(number, cells, all(re.fullmatch(r"\s*-{2,}\s*", cell) for cell in cells if cell.strip()))
    text = line.strip()
    inner = text[1:] if text.startswith("|") else text
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    cells = tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", inner))
    filled = [cell for cell in cells if cell]
    is_delimiter = bool(filled) and all(_DELIMITER.match(cell) for cell in filled) and "-" * 2 in line
    return MarkedRow(number, cells, is_delimiter)


def is_contents(rows: Sequence[MarkedRow]) -> bool:
    """A table of contents: titles, each with a page number that never falls."""
    filled = [[c.strip() for c in row.cells if c.strip()] for row in rows if not row.is_delimiter and not row.is_empty]
    if len(filled) < FEWEST_TABLE_ROWS or any(len(cells) > 2 for cells in filled):
        return False
    if sum(ends_with_leader(cells[0]) for cells in filled) * 2 > len(filled):
        return True
    pages = [cells[-1] for cells in filled]
    if not all(len(cells) == 2 and is_count(cells[1], most=LONGEST_PAGE_NUMBER) for cells in filled):
        return False
    numbers = [int(page) for page in pages]
    return len(numbers) > FEWEST_TABLE_ROWS and numbers == sorted(numbers) and len(set(numbers)) > 2


def is_list(rows: Sequence[MarkedRow]) -> bool:
    """Items set out with a tab after their bullet, or a lone line with one tab."""
    pairs = all(len([c for c in row.cells if c.strip()]) <= 2 for row in rows)
    bullets = all(item_opening(row.cells[0].strip() + " x") for row in rows)
    return pairs and (bullets or (len(rows) == 1 and len(rows[0].cells) == 2))


def is_header_row(row: MarkedRow) -> bool:
    """Whether a row's cells are header words: most are known, and two at least."""
    texts = [plain_text(cell) for cell in row.cells]
    filled = [text for text in texts if text]
    roles = [column_role(text)[0] for text in filled]
    known = [role for role in roles if role not in ("unknown", "blank")]
    return len(known) >= 2 and len(known) * 2 > len(filled) and not is_value_row(filled)


def is_unit_row(row: MarkedRow) -> bool:
    """A row with nothing but `Belopp tkr` in its first cell."""
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) == 1 and bool(row.cells[0].strip()) and opens_unit_caption(row.cells[0])


def is_value_row(texts: Sequence[str]) -> bool:
    """Figures other than years tell a row of values from a header."""
    return any(opens_like_value(text) and not opens_with_year(text) for text in texts)


def plain_text(cell: str) -> str:
    """Return a cell without markup, its broken header words rejoined."""
    return rejoin_header(read_markup(cell, star_notes=True).text)


def row_key(row: MarkedRow) -> tuple[str, ...]:
    """A row's letters and digits, by which a repeated header is known."""
    keys = [re.sub(r"[\W_]", "", plain_text(cell)).casefold() for cell in row.cells]
    while keys and not keys[-1]:
        keys.pop()
    return tuple(keys)
