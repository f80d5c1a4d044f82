"""Dots that lead from words to what stands right of them: *Lokaler ........ 1 200*."""

from __future__ import annotations

import re

_LEADER = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}|(?: \.){4,}")
_LAST_LEADER = re.compile(rf"(?:{_LEADER.pattern})\s*\d*$")


def ends_with_leader(text: str) -> bool:
    """Whether a text ends with such dots, or with the number that they lead to."""
    return bool(_LAST_LEADER.search(text))


def leaders_in(text: str) -> list[tuple[int, int]]:
    """Return where dots that lead to something stand in a word: `Lokaler......1` is a label, dots and a number."""
    return [found.span() for found in _LEADER.finditer(text)]


def is_leader(word: str) -> bool:
    """Whether a word is nothing but dots that lead to what stands right of them."""
    return bool(_LEADER.fullmatch(word))


def without_leader(text: str) -> str:
    """Return a text without the dots at its end, which lead to a number that stands apart."""
    found = _LAST_LEADER.search(text)
    return text[: found.start()].rstrip() if found and not text[-1].isdigit() else text
