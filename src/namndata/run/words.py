"""A municipality's own words, in a folder of lists beside the reports: checked, then used by every stage."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from namndata.errors import UsageError
from schema.separated import read_separated
from schema.vocabulary import FOLDER, VARIABLE, shipped_rows

OWN_FOLDER = "vocabulary"
OF_WORDS = ("phrase", "word", "printed", "name", "read")
"""First columns of lists of words; the others hold weights, rules and codes, which are no municipality's own."""
SHARED = 2
"""Where each entry of a column stands at least so often, the column is a choice, and no other entry means anything;
found on the shipped lists: units, base forms and codes are free below it, roles and classes are choices above."""
DEPENDS_ON = {"meaning": "class"}
"""Columns whose choice depends on another."""
PACKAGES = ("schema", "extract", "normalize", "namndata")


def use_own_words(corpus: Path) -> None:
    """Let every stage know the words beside the reports; a list that is none ends the run in one line."""
    folder = corpus / OWN_FOLDER
    lists = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    for path in lists:
        check_list(path)
    if lists:
        os.environ[VARIABLE] = str(folder.resolve())
    else:
        os.environ.pop(VARIABLE, None)
    forget_others(tuple((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in lists))


_known: tuple[tuple[str, str], ...] = ()
"""The lists that this process has read words from."""


def forget_others(lists: tuple[tuple[str, str], ...]) -> None:
    """Forget what was worked out from other words, where this process worked on another folder before."""
    global _known
    if lists == _known:
        return
    _known = lists
    ours = [module for name, module in sys.modules.items() if name.split(".")[0] in PACKAGES]
    for kept in {id(one): one for module in ours for one in list(vars(module).values())}.values():
        forget = getattr(kept, "cache_clear", None)
        if forget is not None and not isinstance(kept, type):
            forget()


def check_list(path: Path) -> None:
    """Say in one line why a list is none, or which of its rows is none, and what to write."""
    if path.stem not in lists_of_words():
        raise UsageError(f"{path}: no list is called so. Name it as one of {', '.join(lists_of_words())} (.csv).")
    columns = tuple(shipped_rows(path.stem)[0])
    file = read_separated(path)
    missing = [column for column in columns if column not in file.columns]
    if missing:
        first = ",".join(columns)
        raise UsageError(f"{path}, line 1: the columns {', '.join(missing)} are missing. Let the first line be {first}")
    for number, row in file.rows:
        for fault in faults_in(path.stem, columns, row):
            raise UsageError(f"{path}, line {number}: {fault}")


def faults_in(name: str, columns: tuple[str, ...], row: dict[str, str]) -> Iterator[str]:
    """Return what is wrong with a row, and what to write instead."""
    word, *others = columns
    if not row.get(word):
        yield f"it has no {word}. Write the word as printed, in lower case."
    for column in others:
        value, whole = row.get(column, ""), choices(name, column, "")
        known = choices(name, column, row.get(DEPENDS_ON[column], "")) if column in DEPENDS_ON else whole
        if whole and value not in known:
            yield f"{column} is {value!r}; write one of {', '.join(sorted(repr(one) for one in known or whole))}."


@cache
def choices(name: str, column: str, other: str) -> frozenset[str]:
    """Return what a column of a list may say, where it is a choice; beside one entry of the column it depends on."""
    rows = shipped_rows(name)
    known = {row[column] for row in rows}
    if len(known) * SHARED > len(rows):
        return frozenset()
    return frozenset(row[column] for row in rows if not other or row[DEPENDS_ON[column]] == other)


@cache
def lists_of_words() -> tuple[str, ...]:
    """Return the names of the lists that a municipality can add to."""
    names = sorted(path.stem for path in FOLDER.glob("*.csv"))
    return tuple(name for name in names if next(iter(shipped_rows(name)[0])) in OF_WORDS)
