"""How text and numbers of reports are shown: nothing hidden in them acts, numbers are written as in Sweden."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from namndata.export.text import KEPT, REPLACED

LOST = "\ufffd"
HIDDEN = ("Cc", "Cs", "Co", "Cn")
"""Classes of characters that are none to see."""
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows: a number could be shown backwards."""
THIN = "\u202f"
MINUS = "\u2212"
LONGEST_NAME = 60
"""Characters of a file's name, which systems and archives bear."""
MOST_DECIMALS = 4


def visible(text: str) -> str:
    """Return a text in which control characters and those that turn directions are seen and do nothing."""
    return text if text.isprintable() and TURNING.isdisjoint(text) else "".join(map(visible_character, text))


def visible_character(character: str) -> str:
    """Return what stands for a character."""
    if character in KEPT or ord(character) in REPLACED:
        return REPLACED.get(ord(character), character)
    return LOST if character in TURNING or unicodedata.category(character) in HIDDEN else character


def all_visible(value: Any) -> Any:
    """Return data whose texts are visible."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {key: all_visible(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [all_visible(each) for each in value]
    return value


def script(call: str, *data: Any) -> str:
    """Return a script that hands data to a function: what pages opened from disk can load in place of JSON.

    ASCII alone, and no character that could end or open markup.
    """
    parts = (json.dumps(all_visible(each), separators=(",", ":"), allow_nan=False) for each in data)
    plain = ",".join(parts).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f"{call}({plain});\n"


class Figure(str):
    """A number of ours as it is written in Sweden, which English writes with a point."""

    __slots__ = ()

    @property
    def english(self) -> str:
        """The same number in English."""
        return self.replace(",", ".")


def number(value: float | None, decimals: int | None = None) -> Figure:
    """Return a number as it is written in Sweden: 1 234,5 with a thin space and a real minus."""
    if value is None:
        return Figure("–")
    shown = f"{value:,.{MOST_DECIMALS if decimals is None else decimals}f}"
    if decimals is None and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    if not shown.strip("-0.,"):
        shown = shown.lstrip("-")
    return Figure(shown.replace(",", THIN).replace(".", ",").replace("-", MINUS))


def million(sek: float | None) -> Figure:
    """Return an amount in million SEK."""
    return number(None if sek is None else sek / 1e6, 1)


def share(part: float, whole: float, decimals: int = 0) -> Figure:
    """Return a part of a whole in per cent."""
    return Figure(f"{number(100 * part / whole, decimals)} %" if whole else "–")


def file_name(name: str) -> str:
    """Return a name that every file system and address bears; one that had to be changed ends in its digest."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].rstrip("-") or "x"
    return plain if plain == name else f"{plain}-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:6]}"
