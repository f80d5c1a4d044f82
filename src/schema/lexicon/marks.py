"""Marks that refer to footnotes, raised beside the words that they belong to."""

from __future__ import annotations

import re

_PART = re.compile(r"\d+|[^\d\s,)]+")
_MOST_FIGURES = 2
"""A footnote's number has at most two figures; more of them are several marks."""


def marks_in(text: str) -> tuple[str, ...]:
    """Return the single marks of a raised text: `1,2` has two, and so many figures as 789 are three marks."""
    marks: list[str] = []
    for part in _PART.findall(text):
        marks += list(part) if part.isdigit() and len(part) > _MOST_FIGURES else [part]
    return tuple(marks)
