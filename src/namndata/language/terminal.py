"""A terminal that speaks the reader's language: what is printed, and the help of every command."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from typing import Any

from rich.console import Console
from rich.markup import escape
from typer import Context, rich_utils

from namndata.errors import printable
from namndata.language.chosen import say

EPILOG = "--lang sv|en: language of what is printed; that of NAMNDATA_LANG or of the locale if none."
"""Below the help of every command: the option is taken from the arguments before any command sees them."""

TITLES = (
    "ARGUMENTS_PANEL_TITLE",
    "OPTIONS_PANEL_TITLE",
    "COMMANDS_PANEL_TITLE",
    "DEFAULT_STRING",
    "REQUIRED_LONG_STRING",
)
"""Headings and remarks that typer prints itself."""
USAGE = ("Usage:", "[OPTIONS]", "COMMAND [ARGS]...")
"""What typer says of how a command is written."""


def inert(text: str) -> str:
    """Return a text as it is printed: names and labels may hold line breaks, brackets and what steers a terminal."""
    return escape(printable(text))


class Terminal(Console):
    """Rich's console, whose messages are said in the chosen language."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print messages in the chosen language."""
        super().print(*(say(each) if isinstance(each, str) else each for each in objects), **options)


def speaking(command: Any) -> None:
    """Put the help of a command, its options and its subcommands into the chosen language."""
    for name in TITLES:
        setattr(rich_utils, name, say(getattr(rich_utils, name)))
    command.help = _helped(command.help)
    command.short_help = _helped(command.short_help)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = _helped(parameter.help)
    if option := command.get_help_option(Context(command)):
        option.help = _helped(option.help)
    command.get_usage = partial(_usage, command.get_usage)
    for each in getattr(command, "commands", {}).values():
        speaking(each)
    command.epilog = say(EPILOG)


def _usage(told: Callable[[Context], str], context: Context) -> str:
    """Return how a command is written."""
    return reduce(lambda text, part: text.replace(part, say(part)), USAGE, told(context))


def _helped(text: str | None) -> str | None:
    return say(" ".join(text.split())) if text else text
