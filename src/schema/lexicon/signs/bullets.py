"""What opens an item of a list: a bullet, a number, a letter."""

from __future__ import annotations

import re

from schema.lexicon.signs import BULLETS

_SIGN = f"[{BULLETS}*–—-]"
_LONE_SIGN = f"(?:[{BULLETS}–—-]|o)"
_NUMBER = r"\(?\d{1,2}[.)]"
_LETTER = r"[a-zåäö]\)"
_WORD = re.compile(rf"{_LONE_SIGN}|{_NUMBER}|{_LETTER}")
_BULLET = re.compile(rf"\s*(?:{_SIGN}|o)\s+(?=\S)")
_SYMBOL = re.compile(r"[^\w\s(\"”*<>%§]\s+")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+(?=[A-ZÅÄÖ])")
_LETTERED = re.compile(rf"{_LETTER}\s+(?=[A-ZÅÄÖ])")
_ITEM = re.compile(rf"(?:{_SIGN}|\d{{1,2}}[.)]|[a-z]\))\s+(?=\S)")
_NUMBER_OF_ITEM = re.compile(r"(\d{1,3})(?:[.)]\s*|:\s+)(?=\S)")
_BOLD_LEAD = re.compile(rf"(?:{_SIGN}\s*)?\*\*(.+?)\*\*\s*(.*)", re.DOTALL)


def is_bullet(word: str) -> bool:
    """Whether a word is what opens an item: a sign, a number with a stop or bracket, a letter with a bracket."""
    return bool(_WORD.fullmatch(word))


def opens_with_bullet(text: str) -> bool:
    """Whether a text opens with a bullet and a space."""
    return bool(_BULLET.match(text))


def without_bullet(text: str) -> str:
    """Return a text without the bullet that opens it, a sign of a symbol font included."""
    found = _BULLET.match(text) or _SYMBOL.match(text)
    return text[found.end() :] if found else text


def opens_with_number(text: str) -> bool:
    """Whether a text opens with a number, a stop or bracket, and a capital after it."""
    return bool(_NUMBERED.match(text))


def opens_with_letter(text: str) -> bool:
    """Whether a text opens with a letter, a bracket, and a capital after it."""
    return bool(_LETTERED.match(text))


def item_opening(text: str) -> str:
    """Return the bullet, number or letter that an item opens with, its space included; else nothing."""
    found = _ITEM.match(text)
    return found.group() if found else ""


def split_number(text: str) -> tuple[str | None, str]:
    """Return (number, rest) of a text such as *17. Nämnden ska …*."""
    found = _NUMBER_OF_ITEM.match(text)
    return (found[1], text[found.end() :].strip()) if found else (None, text)


def bold_lead(text: str) -> tuple[str, str] | None:
    """Return the bold words that a text opens with and the rest, None where it opens otherwise."""
    found = _BOLD_LEAD.fullmatch(text)
    return (found[1], found[2]) if found else None
