"""Dots that lead from words to what stands right of them: *Lokaler ........ 1 200*."""

from __future__ import annotations

import re

_LEADER = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}|(?: \.){4,}")
_LAST_LEADER = re.compile(rf"(?:{_LEADER.pattern})\s*\d*$")
_DOTS = (".", "…", " ")
_RUNS = ("....", "……", ". . . .")
"""What every leader holds: to look for it is quicker than to match a pattern."""


def ends_with_leader(text: str) -> bool:
    """Whether a text ends with such dots, or with the number that they lead to."""
    return _may_hold_leader(text) and bool(_LAST_LEADER.search(text))


def _may_hold_leader(text: str) -> bool:
    return any(run in text for run in _RUNS)


def leaders_in(text: str) -> list[tuple[int, int]]:
    """Return where dots that lead to something stand in a word: `Lokaler......1` is a label, dots and a number."""
    return [found.span() for found in _LEADER.finditer(text)] if _may_hold_leader(text) else []


def is_leader(word: str) -> bool:
    """Whether a word is nothing but dots that lead to what stands right of them."""
    return word[:1] in _DOTS and bool(_LEADER.fullmatch(word))


def without_leader(text: str) -> str:
    """Return a text without the dots at its end, which lead to a number that stands apart."""
    found = _LAST_LEADER.search(text) if _may_hold_leader(text) else None
    return text[: found.start()].rstrip() if found and not text[-1].isdigit() else text
