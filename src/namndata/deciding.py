"""What decisions of all kinds share: how one is found by its id, read beside others, and takes their place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from namndata.beside import read_lines
from namndata.errors import UsageError

T = TypeVar("T")
LETTERS_OF_ID = 8
"""Of the id by which a person names what is decided: enough for thousands in one corpus."""


def id_of_words(*words: str, joined: str = "\n") -> str:
    """Return a short id of what some words name."""
    return hashlib.sha256(joined.join(words).encode()).hexdigest()[:LETTERS_OF_ID]


def find_by_start(items: Iterable[T], wanted: str, id_of: Callable[[T], str], what: str, command: str) -> T:
    """Return the one whose id begins with some letters; `command` lists what there is."""
    found = [item for item in items if id_of(item).startswith(wanted)]
    if not found:
        raise UsageError(f"No {what} has an id that begins with {wanted}. `namndata {command}` lists them.")
    if len(found) > 1:
        raise UsageError(f"More than one {what} begins with {wanted}: {', '.join(map(id_of, found))}. Give more of it.")
    return found[0]


def read_agreeing(
    path: Path,
    needed: Sequence[str],
    decision_of: Callable[[Mapping[str, str], str], T],
    is_replaced: Callable[[T, T], bool],
    clash: Callable[[T, T], str],
) -> tuple[T, ...]:
    """Return the decisions of a file, each once, in its order; two of which one makes the other void end the run.

    `clash` says how a decision contradicts an earlier one. No file means no decisions.
    """
    found: dict[T, None] = {}
    for line in read_lines(path, needed):
        new = decision_of(line.values, line.place)
        against = next((old for old in found if old != new and is_replaced(old, new)), None)
        if against is not None:
            raise UsageError(f"{line.place}: {clash(new, against)}. Delete one of the lines.")
        found[new] = None
    return tuple(found)


def with_new(decisions: Iterable[T], new: T, is_replaced: Callable[[T, T], bool]) -> list[T]:
    """Return the decisions with a new one, without those that it makes void."""
    return [old for old in decisions if not is_replaced(old, new)] + [new]
