"""The words of the vocabularies in a text, found by one compiled matcher for each list.

A phrase with a star at an end may go on there: `helår*` finds *helår* and *helårsprognos*; a star before it stands
for the first part of a compound: `*nämnden` finds *socialnämnden*, not *nämnden*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from schema.vocabulary import read_rows

Row = dict[str, str]

LETTERS = r"\w"
"""What parts no words: characters beside a phrase that make it part of another word."""
_LETTERS_BEFORE, _LETTERS_AFTER, _NEVER = r"[^\W\d_]+", r"\w*", r"(?!)"
WITH_STROKES = r"\w/"
"""The same where a stroke joins words, too: *kr* is no unit of its own in *kr/inv*."""


ALIKE = str.maketrans("ıİ", "ii")
"""Letters that a pattern takes for an *i* whatever case it asks for; broken fonts print them."""


def in_small_letters(text: str) -> str:
    """Return a text as a pattern that ignores case reads it: what such a pattern found is looked up by it."""
    return text.translate(ALIKE).casefold()


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase where a text prints it."""

    text: str
    start: int
    end: int
    row: Row
    """The row of the vocabulary that holds the phrase."""


class Words:
    """The phrases of some vocabularies, the longest tried first."""

    def __init__(self, rows: Iterable[tuple[str, Row]], joined_by: str) -> None:
        self._rows: dict[str, Row] = {}
        for phrase, row in rows:
            self._rows.setdefault(" ".join(phrase.casefold().split()), row)
        self._open = [phrase for phrase in self._rows if len(phrase) > 1 and "*" in (phrase[0], phrase[-1])]
        self._pattern = re.compile(_pattern_of(self._rows, joined_by), re.IGNORECASE)

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield the phrases that a text holds, from left to right."""
        return map(self._hit, self._pattern.finditer(text))

    def find(self, text: str) -> Hit | None:
        """Return the first phrase that a text holds."""
        found = self._pattern.search(text)
        return self._hit(found) if found else None

    def opening(self, text: str, place: int = 0) -> Hit | None:
        """Return the phrase that a text opens with, or that stands at a place in it."""
        found = self._pattern.match(text, place)
        return self._hit(found) if found else None

    def whole(self, text: str) -> Hit | None:
        """Return the phrase that is all of a text."""
        found = self._pattern.fullmatch(text.strip())
        return self._hit(found) if found else None

    def _hit(self, found: re.Match[str]) -> Hit:
        folded = " ".join(in_small_letters(found.group()).split())
        row = self._rows.get(folded)
        return Hit(found.group(), found.start(), found.end(), row if row is not None else self._open_row(folded))

    def _open_row(self, folded: str) -> Row:
        """Return the row of the longest phrase with a star that a printed word completes."""
        fitting = (phrase for phrase in self._open if _completes(folded, phrase))
        return self._rows[max(fitting, key=len)]


def _completes(folded: str, phrase: str) -> bool:
    bare = phrase.strip("*")
    if phrase[0] == "*" and phrase[-1] == "*":
        return bare in folded
    return folded.endswith(bare) if phrase[0] == "*" else folded.startswith(bare)


def _pattern_of(phrases: Iterable[str], joined_by: str) -> str:
    """Return the pattern of phrases; those that begin or end with a sign need no end of a word there."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    whole = [phrase for phrase in longest_first if phrase[0].isalnum() and phrase[-1].isalnum()]
    signed = [_bounded(phrase, joined_by) for phrase in longest_first if phrase not in whole]
    if whole:
        signed.append(rf"(?<![{joined_by}])(?:{'|'.join(map(_spaced, whole))})(?![{joined_by}])")
    return "|".join(signed) or _NEVER


def _bounded(phrase: str, joined_by: str) -> str:
    """Return the pattern of a phrase that begins or ends with a sign or a star."""
    bare = phrase.strip("*") or phrase
    before = rf"(?<![{joined_by}])" if bare[0].isalnum() else ""
    after = rf"(?![{joined_by}])" if bare[-1].isalnum() else ""
    if bare != phrase and phrase[0] == "*":
        before += _LETTERS_BEFORE
    if bare != phrase and phrase[-1] == "*":
        after = _LETTERS_AFTER
    return f"{before}{_spaced(bare)}{after}"


def _spaced(phrase: str) -> str:
    return r"\s+".join(map(re.escape, phrase.split()))


@cache
def words(*vocabularies: str, column: str = "phrase", joined_by: str = LETTERS, **of: str | tuple[str, ...]) -> Words:
    """Return the matcher of the vocabularies' phrases; `role="part"` takes the rows with that role alone."""
    rows = (row for name in vocabularies for row in read_rows(name))
    kept = ((row[column].casefold(), row) for row in rows if column in row and _is_of(row, of))
    return Words(kept, joined_by)


def _is_of(row: Row, of: Mapping[str, str | tuple[str, ...]]) -> bool:
    """Whether a row holds the wanted values, or one of several."""
    return all(row[name] in (wanted if isinstance(wanted, tuple) else (wanted,)) for name, wanted in of.items())
