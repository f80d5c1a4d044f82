"""What the words of an indicator's name say of which way is better: sick leave is to be low, satisfaction high."""

from __future__ import annotations

from functools import cache

from schema.lexicon.words import words


@cache
def better_in(name: str) -> str | None:
    """Return `up` or `down` where a name's words tell which is better; words of both ways, or a *not*, tell nothing."""
    hits = list(words("better_words").hits(name))
    ways = {hit.row["better"] for hit in hits}
    inside = [(hit.start, hit.end) for hit in hits]
    negated = any(
        not any(start <= hit.start < end for start, end in inside)
        for hit in words("guards", guard="negation").hits(name)
    )
    return ways.pop() if len(ways) == 1 and not negated else None
