"""Years: four figures that a header, a title or a cell prints."""

from __future__ import annotations

import re

from schema.lexicon.signs import MINUSES

FIRST_RECENT, LAST_RECENT = 1990, 2059
"""A number among words or other numbers is a year within these bounds: 1 904 kr is none."""
YEAR = r"(?:19|20)\d\d"
"""How a year is printed, for the patterns of this package."""

STORED_PERIOD = r"^\d{4}(-\d{2})?(/\d{4}(-\d{2})?)?$"
"""How the records write a period: `2019`, `2023-08`, `2023-01/2023-08`, `2022/2023`."""

_YEARS_IN_TEXT = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_YEAR_OR_YEARS = re.compile(rf"{YEAR}(?:[-–/]\d\d){{0,2}}")
_OPENS = re.compile(rf"{YEAR}(?!\w)")
_DATED = re.compile(rf"(?<!\d){YEAR}\s*:")
_GLUED = re.compile(rf"({YEAR})(?=[A-ZÅÄÖ])")
_DASHES = re.compile(rf"[{MINUSES}]")


def years_in(text: str) -> tuple[int, ...]:
    """Return the years that a text prints, in order."""
    return tuple(int(year) for year in _YEARS_IN_TEXT.findall(text))


def year_in(text: str) -> int | None:
    """Return the first year that a text prints, None where it prints none."""
    found = _YEARS_IN_TEXT.search(text)
    return int(found[0]) if found else None


def is_year(text: str) -> bool:
    """Whether a text is nothing but a year."""
    return bool(_YEARS_IN_TEXT.fullmatch(text.strip()))


def is_year_or_years(text: str) -> bool:
    """Whether a text is nothing but a year, or a span of years or a day that opens with one: `2021/22`."""
    return bool(_YEAR_OR_YEARS.fullmatch(text.strip()))


def is_recent_year(text: str) -> bool:
    """Whether a number among words or other numbers is a year rather than an amount: four bare digits."""
    return len(text) == 4 and text.isdecimal() and FIRST_RECENT <= int(text) <= LAST_RECENT


def recent_years(text: str) -> tuple[str, ...]:
    """Return the year that a number in a cell is, or the two of a span; nothing where it is an amount."""
    years = tuple(_DASHES.split(text, maxsplit=1))
    return years if all(map(is_recent_year, years)) else ()


def without_years(text: str) -> str:
    """Return a text with its years taken out."""
    return _YEARS_IN_TEXT.sub("", text)


def parted_at_year(text: str) -> tuple[str, str]:
    """Return what stands before the first year of a text and what begins with that year; all first where none is."""
    found = _YEARS_IN_TEXT.search(text)
    start = found.start() if found else len(text)
    return text[:start], text[start:]


def words_glued_to_year(text: str) -> list[str]:
    """Return a word as two where a capital follows the year that it opens with: `2023Budget`."""
    found = _GLUED.match(text)
    return [found[1], text[found.end() :]] if found else [text]


def opens_with_year(text: str) -> bool:
    """Whether a text opens with a year."""
    return bool(_OPENS.match(text))


def is_dated(text: str) -> bool:
    """Whether a text names a year before a colon: `2023: 53 %`."""
    return bool(_DATED.search(text))
