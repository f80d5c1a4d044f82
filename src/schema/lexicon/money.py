"""What the words around amounts say of them: what their table states, and whether they are of cost or of income."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from schema.lexicon.labels import summed_name, without_part_word
from schema.lexicon.words import Hit, words


@dataclass(frozen=True, slots=True)
class StatementWord:
    """What a word says that amounts are part of."""

    statement: str
    is_spending: bool
    """Most of what such a table lists is money spent."""


@cache
def statement_in(text: str, place: str = "title") -> StatementWord | None:
    """Return what a title or header says that its table states, by its first word that tells."""
    hit = words("statements", place=place).find(text)
    return StatementWord(hit.row["statement"], hit.row["is_spending"] == "1") if hit else None


@cache
def statement_of_line(label: str) -> StatementWord | None:
    """Return what the word that opens a line says, after *Summa* and *varav*."""
    hit = words("statements", place="line").opening(summed_name(without_part_word(label)))
    return StatementWord(hit.row["statement"], hit.row["is_spending"] == "1") if hit else None


@cache
def side_in(text: str) -> str | None:
    """Return `cost`, `income` or `net` where a text says one of them; cost and income together say nothing."""
    sides = {hit.row["side"] for hit in _before_what_is_within(text)}
    if "net" in sides:
        return "net"
    return sides.pop() if len(sides) == 1 else None


@cache
def is_surplus(text: str) -> bool:
    """Whether a text names what is left over: *Årets resultat*; a plus is then no money spent."""
    hits = list(_before_what_is_within(text))
    return bool(hits) and hits[-1].row["surplus"] == "1"


def _before_what_is_within(text: str) -> Iterator[Hit]:
    """Yield the words before *inkl* or *exkl*: what is counted in or left out is not what the amounts are."""
    return takewhile(lambda hit: hit.row["side"] != "within", words("cost_words").hits(text))
