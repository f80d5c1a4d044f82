"""Which printed cell a correction means: by what is printed, so that a better reading does not lose it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from namndata.corrections.lines import EVERY, Correction, Reach
from schema.lexicon.numbers import find_numbers
from schema.lexicon.text import clean_text


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed of a record, and where."""

    position: int
    """Of the record among those of its document."""
    table: str
    """The corpus's table that holds it."""
    page: int | None
    label: str
    column_label: str
    raw: str
    value_id: str
    cell: tuple[int | None, int | None, int | None]
    """Table, row and column in the document."""

    def part(self, reach: Reach) -> Hashable:
        """Return what names the cell, row or table that it stands in; outside tables it stands alone."""
        table, row, _ = self.cell
        if table is None:
            return self.position
        return {"cell": self.cell, "row": (table, row), "table": table}[reach]


def as_printed(text: str) -> Hashable:
    """Return a text without what copying changes: spaces and line breaks."""
    return " ".join(clean_text(text).split()).casefold()


def by_signs(text: str) -> Hashable:
    """Return a text's letters and digits: words that a narrow column broke are whole again in a better reading."""
    return "".join(sign for sign in text.casefold() if sign.isalnum()) or as_printed(text)


def by_figures(text: str) -> Hashable:
    """Return the numbers of a text, where it is one: Excel makes 43,50 to 43,5 and -7 250 to -7250."""
    numbers = tuple(number.value for number in find_numbers(clean_text(text)))
    letters = "".join(sign for sign in text.casefold() if sign.isalpha() or sign == "%")
    return (numbers, letters) if numbers else by_signs(text)


LIKENESSES: tuple[tuple[Callable[[str], Hashable], Callable[[str], Hashable]], ...] = (
    (as_printed, as_printed),
    (by_signs, by_signs),
    (by_signs, by_figures),
)
"""How labels and headers, and how cells are compared: the strictest that finds any cell counts."""


def fitting(correction: Correction, printed: Sequence[Printed]) -> list[Printed]:
    """Return the records that a correction may mean; its id decides between those that are printed alike."""
    on_page = [one for one in printed if not correction.page or one.page == int(correction.page)]
    for words, cell in LIKENESSES:
        if found := [one for one in on_page if is_like(correction, one, words, cell)]:
            named = [one for one in found if one.value_id == correction.value_id]
            return named or found
    return []


def parts_of(found: Iterable[Printed], reach: Reach) -> int:
    """Return how many cells, rows or tables the records stand in."""
    return len({one.part(reach) for one in found})


def is_like(
    correction: Correction, one: Printed, words: Callable[[str], Hashable], cell: Callable[[str], Hashable]
) -> bool:
    """Tell whether a record prints what a correction says; what it leaves empty or open does not count."""
    pairs = (
        (correction.label, one.label, words),
        (correction.column_label, one.column_label, words),
        (correction.raw, one.raw, cell),
    )
    return all(said in ("", EVERY) or key(said) == key(shown) for said, shown, key in pairs)
