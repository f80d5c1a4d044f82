"""Datasette's own pages in Swedish: its templates are put into words of the catalogue as they are loaded."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import BaseLoader, Environment

from namndata.language.catalogue import keyed_words

COUNT = re.compile(r'("\{:,\}"\.format\([^{}]*\)) \}\}')
"""A number of rows in a template, with commas between thousands."""
OWN = Path(__file__).parent / "templates"
"""Our own templates, in both languages as they are."""
QUOTED = re.compile(r'("[^"]*")')
"""What a filter compares with, which is no word of ours."""


class Framed(BaseLoader):
    """Loads templates whose fixed words are Swedish."""

    def __init__(self, loader: BaseLoader) -> None:
        self.loader = loader

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template in Swedish."""
        source, path, is_current = self.loader.get_source(environment, template)
        if path and Path(path).is_relative_to(OWN):
            return source, path, is_current
        source = framed(source, "frame")
        return COUNT.sub(r'\1.replace(",", "\\u00a0") }}', source), path, is_current

    def list_templates(self) -> list[str]:
        """Return the names of all templates, which Datasette looks for pages of one's own in."""
        return self.loader.list_templates()


def framed(text: str, group: str) -> str:
    """Return a text of Datasette with the Swedish words of a group of the catalogue."""
    for english, swedish in frame_words(group):
        text = english.sub(swedish, text)
    return text


def rows_told(text: str) -> str:
    """Return what Datasette says of the rows that it shows (`where year = 2020 sorted by page`) in Swedish."""
    return "".join(part if part.startswith('"') else framed(part, "filter") for part in QUOTED.split(text))


def column_menu() -> str:
    """Return Datasette's script of the menu of a column."""
    return framed((files("datasette") / "static" / "table.js").read_text(encoding="utf-8"), "menu")


@cache
def frame_words(group: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what to look for and what to put there; `{0}` stands for whatever the template has in its place."""
    rows = ((key, *words) for key, words in keyed_words().items() if key.startswith(f"{group}."))
    return tuple(
        (_pattern(english), swedish.replace("\\", r"\\").replace("{0}", r"\1")) for _, swedish, english in rows
    )


def _pattern(english: str) -> re.Pattern[str]:
    """Find a text where it is no part of a longer word."""
    begin, end = (r"\b" if letter.isalnum() else "" for letter in (english[0], english[-1]))
    return re.compile(begin + re.escape(english).replace(r"\{0\}", "([^{}%]+)") + end)
