"""What the words of a column's header say: which role the column has, and what kind of figures it holds."""

from __future__ import annotations

from functools import cache

from schema.lexicon.periods import names_period, without_periods
from schema.lexicon.text import fold
from schema.vocabulary import read_rows

LABEL_ROLES = ("indicator", "volume", "personnel", "line", "assignment", "measure")
"""Roles of the column that names a row, the surest first."""


@cache
def header_phrases() -> tuple[tuple[str, str, str, str], ...]:
    """Return (folded phrase, match, role, kind) of `headers.csv`, longest phrase first."""
    rows = ((fold(r["phrase"]), r["match"], r["role"], r["kind"] or "") for r in read_rows("headers"))
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@cache
def column_role(label: str) -> tuple[str, str | None]:
    """Return the role and kind that a header stands for.

    A header of nothing but a period is ("value", "period"); an empty one ("blank", None); one that no
    phrase of the vocabulary fits ("unknown", None).
    """
    if not label.strip():
        return "blank", None
    words = fold(without_periods(label))
    if not words:
        return ("value", "period") if names_period(label) else ("unknown", None)
    whole = fold(label)
    best: tuple[int, int, str, str] | None = None
    for phrase, match, role, kind in header_phrases():
        place = _phrase_place(phrase, match, words, whole)
        if place is not None and (best is None or (place, -len(phrase)) < best[:2]):
            best = (place, -len(phrase), role, kind)
    return (best[2], best[3] or None) if best else ("unknown", None)


def _phrase_place(phrase: str, match: str, words: str, whole: str) -> int | None:
    """Return where the phrase stands in the header, or None; an exact match comes before all others."""
    if phrase in (words, whole):
        return -1
    if match == "exact":
        return None
    if match == "start":
        return 0 if words.startswith(phrase) or whole.startswith(phrase) else None
    if match == "end":
        return 0 if words.endswith(phrase) else None
    place = words.find(phrase)
    return place if place >= 0 else None
