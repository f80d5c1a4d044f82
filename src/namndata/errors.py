"""Errors for the reader of the terminal, and what the command then exits with.

NamndataError (exit 1)
├── UsageError (exit 2)      a folder, file or option that is not there
└── schema.problem.UnreadableDocument is no error of a run: it becomes a failed document
"""

from __future__ import annotations

OK = 0
"""The work is done; findings about the reports do not change that."""
FAILED = 1
"""No document could be read, a figure fell below its floor, two corpora differ, or `--strict` found fault."""
MISUSED = 2
"""The command was given something that it cannot work on."""


class NamndataError(Exception):
    """Something that ends the run, said in one line: what, where, what to try."""

    exit_code = FAILED


class UsageError(NamndataError):
    """The command was given something that it cannot work on."""

    exit_code = MISUSED


def printable(text: str) -> str:
    """Return a text without what would move a terminal's cursor or colour it."""
    return "".join(character if character.isprintable() else "?" for character in text)
