"""Names as parts of readable ids: words joined by hyphens, and numbers where two are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from namndata.identity.committees import words_of
from schema.lexicon.text import fold_label

LONGEST_SLUG = 90
"""Characters: long enough to tell names apart, short enough for a column."""


def slug(text: str) -> str:
    """Return words joined by hyphens, cut after a whole word."""
    joined = words_of(fold_label(text)) or "unnamed"
    return joined if len(joined) <= LONGEST_SLUG else joined[:LONGEST_SLUG].rsplit("-", 1)[0]


def numbered(names: Iterable[str]) -> list[str]:
    """Return the names in order, the second and later of one name with its number."""
    used: Counter[str] = Counter()
    ids = []
    for name in names:
        used[name] += 1
        ids.append(name if used[name] == 1 else f"{name}-{used[name]}")
    return ids
