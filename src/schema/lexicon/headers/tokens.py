"""The words, numbers and signs of a header, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\b|[^\W\d_]+(?::[^\W\d_]+)?|\d+|[^\w\s]|_")
KEPT = 4096
"""Headers whose tokens are kept: those of a large report."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of digits, or a sign."""

    text: str
    start: int
    end: int
    tight: bool
    """No space stands before it."""
    folded: str
    """In lower case, signs for minus alike."""

    @property
    def is_word(self) -> bool:
        """Whether it is of letters."""
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        """Whether it is of digits."""
        return self.text.isdecimal()


@lru_cache(maxsize=KEPT)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of a header; the point after an abbreviation is left out."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text.replace("\u00ad", "")):
        is_tight, printed = bool(tokens) and tokens[-1].end == found.start(), found.group()
        if printed == "." and is_tight and tokens[-1].is_word:
            continue
        folded = "-" if printed in "-–—−" else printed.casefold()
        tokens.append(Token(printed, found.start(), found.end(), is_tight, folded))
    return tuple(tokens)
