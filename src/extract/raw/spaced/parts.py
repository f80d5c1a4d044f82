"""The pieces of a line that runs of spaces part, and what each may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.raw.lines import Line
from schema.lexicon.figures import is_amount
from schema.lexicon.headers import begins_header_word, column_role
from schema.lexicon.signs.leaders import ends_with_leader
from schema.lexicon.text import fold

NEAR = 3
"""Lines, blank ones included, within which the next line of a table stands."""
NEIGHBOURS = [k for k in range(-NEAR, NEAR + 1) if k]
FEWEST_SPACED = 6
SPACED_SHARE = 0.05
"""Lines that part columns by spaces next to other such lines, in a text that keeps its columns."""
FEWEST_WIDE, WIDE_GAP = 2, 8
"""So few lines are enough with a gap so wide: no other kind of text leaves one."""

_GAP = re.compile(r"\S {3,}(?=\S)")
_PIECE = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True)
class Part:
    """A piece of a line and the place where it stands."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The place after it."""
        return self.start + len(self.text)

    @cached_property
    def is_header(self) -> bool:
        """Whether it names a column."""
        return column_role(self.text)[0] not in ("unknown", "blank")

    @property
    def opens_header(self) -> bool:
        """Whether a header's first word begins like this (`Nämnd-`, `Målvä`)."""
        return begins_header_word(fold(self.text))

    @cached_property
    def is_amount(self) -> bool:
        """A figure that is no year and no school year (`26/27`)."""
        return is_amount(self.text) and not ("/" in self.text and self.is_header)

    def meets(self, other: Part) -> bool:
        """Whether one stands over the other."""
        return self.start < other.end and other.start < self.end


Parts = Sequence[Part]


def parts_of(line: Line) -> list[Part]:
    """The pieces of a line that more than one space parts."""
    return pieces_of(line.raw)


def pieces_of(text: str) -> list[Part]:
    """The pieces of a text that more than one space parts."""
    return [Part(match.start(), match.group()) for match in _PIECE.finditer(text.rstrip())]


def keeps_columns(raw: Sequence[str]) -> bool:
    """Whether enough lines near each other leave gaps at the same place."""
    gaps = {i: gaps_in(text) for i, text in enumerate(raw)}
    spaced = [i for i in gaps if gaps[i] and any(_meet(gaps[i], gaps.get(i + k, [])) for k in NEIGHBOURS)]
    printed = sum(bool(text.strip()) for text in raw)
    wide = sum(any(end - start >= WIDE_GAP for start, end in gaps[i]) for i in spaced)
    fewest = FEWEST_WIDE if wide >= FEWEST_WIDE else FEWEST_SPACED
    return len(spaced) >= max(fewest, SPACED_SHARE * printed)


def gaps_in(text: str) -> list[tuple[int, int]]:
    """Where spaces part columns in a line that is no entry of a table of contents."""
    if ends_with_leader(text):
        return []
    return [(match.start() + 1, match.end()) for match in _GAP.finditer(text)]


def _meet(first: Sequence[tuple[int, int]], second: Sequence[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in first for c, d in second)
