"""Headers that no list of words knows, and the row that would teach each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from schema.lexicon.numbers import without_figures
from schema.lexicon.periods import without_periods

LIST = "header_words"
COLUMNS = "word,class,meaning"
LONGEST = 120
"""Characters of a header that a row could teach; what is longer is running text taken for one."""
UNKNOWN = """
select p.raw, count(distinct p.document), min(d.path), p.page, min(p.severity = 'info'), min(p.col)
from problems p
join documents d using (document)
where p.code = 'unknown_header' and length(p.raw) <= ?
group by p.raw
order by 2 desc, 1
"""


@dataclass(frozen=True, slots=True)
class UnknownHeader:
    """A header that no list knows."""

    header: str
    documents: int
    first: str
    """Path and page of the first report that prints it."""
    row: str
    """The row to add, with what it most likely means."""


def unknown_headers(db: sqlite3.Connection) -> Iterator[UnknownHeader]:
    """Return the headers that no list knows, those of most reports first."""
    for header, documents, path, page, is_of_words, column in db.execute(UNKNOWN, (LONGEST,)):
        word = " ".join(without_figures(without_periods(header), " ").casefold().split()).strip(" :;,.–-()%")
        if word:
            place = path if page is None else f"{path}, page {page}"
            yield UnknownHeader(header, documents, place, row_of(word, bool(is_of_words), column))


def row_of(word: str, is_of_words: bool, column: int) -> str:
    """Return the row of a word: over numbers an outcome, over words what goals stand under, or a comment."""
    meaning = "kind,outcome" if not is_of_words else "role,goal_area" if column == 0 else "role,comment"
    quoted = f'"{word}"' if "," in word else word
    return f"{quoted},{meaning}"
