"""Which language the terminal speaks: what was asked for, else the environment's."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from namndata.errors import UsageError
from namndata.language.catalogue import words_of
from namndata.language.translate import in_english, in_swedish

SWEDISH, ENGLISH = "sv", "en"
LANGUAGES = (SWEDISH, ENGLISH)
VARIABLE = "NAMNDATA_LANG"
"""Asked before the locale; `make extract NAMNDATA_LANG=sv` sets it."""
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first that is set decides, as for other programs."""
OPTION = "--lang"

_chosen: list[str] = []


def choose(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> list[str]:
    """Take the language from the arguments, else from the environment; return the other arguments."""
    _chosen[:] = [language_of(environment)]
    rest = list(arguments)
    end = rest.index("--") if "--" in rest else len(rest)
    for index, argument in enumerate(rest[:end]):
        name, equals, value = argument.partition("=")
        if name == OPTION:
            _chosen[:] = [checked(value if equals else "".join(rest[index + 1 : index + 2]))]
            return rest[:index] + rest[index + (1 if equals else 2) :]
    return rest


def checked(name: str) -> str:
    """Return a language that there is."""
    if name not in LANGUAGES:
        raise UsageError(f"{OPTION} {name} is none of {', '.join(LANGUAGES)}.")
    return name


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language of an environment: Swedish where its locale is, English elsewhere."""
    if asked := environment.get(VARIABLE):
        return SWEDISH if asked.lower().startswith(SWEDISH) else ENGLISH
    locale = next(filter(None, (environment.get(name) for name in LOCALE)), "")
    return SWEDISH if locale.lower().startswith(SWEDISH) else ENGLISH


def is_swedish() -> bool:
    """Return whether the terminal speaks Swedish."""
    return _chosen == [SWEDISH]


def named(group: str, name: str) -> str:
    """Return a word that the corpus holds (a kind, a side, a status) in the language of the terminal."""
    return words_of(group).get(name, name) if is_swedish() else name


def say(text: str) -> str:
    """Return a message in the language of the terminal."""
    return in_swedish(text) if is_swedish() else in_english(text)
