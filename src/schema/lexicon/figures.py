"""Shapes of printed figures, told without any word: figures, groups of thousands, signs for a missing value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from schema.lexicon.numbers import Number, find_numbers
from schema.lexicon.signs import BOUNDS, CURRENCIES, MINUSES
from schema.lexicon.years import is_recent_year, is_year_or_years

CELLS_KEPT = 4096
"""Cells whose one number is remembered: it is asked for by the cell, its row and its column."""
FIGURES_KEPT = 16384
"""Texts of which it is remembered whether they are figures: all that looks for tables asks it of each word."""
YEAR_DIGITS = 4
LONGEST_UNIT = 8
"""Letters that may stand after a number as its unit; longer words are a text."""
VALUE_DIGITS = 0.3
"""Share of figures in the characters of a value; labels with a year or an age have less."""
SIGN = f"[+{MINUSES}]"
MISSING = r"[-–−.?]{1,3}|(?<!\w)[a-zåäö](?:[./]\s?|\s)[a-zåäö]\.?"
"""Signs where a value is missing: dashes and dots, and two letters that are no word, such as `i.u.`"""

_MONEY = rf"[{CURRENCIES}]?\s?"
_FIGURE = re.compile(rf"(?:[{BOUNDS}]|\+/-)?\s*{SIGN}?\s?{_MONEY}\(?{_MONEY}\d[\d\s.,/–-]*\)?\s?%?\*{{0,3}}")
_MISSING = re.compile(MISSING, re.IGNORECASE)
_OPENS = re.compile(rf"[{BOUNDS}+{MINUSES}]*\s*\d")
_GROUP_HEAD = re.compile(rf"{SIGN}?[1-9]\d{{0,2}}")
_GROUP_TAIL = re.compile(r"\d{3}(?:,\d+)?%?")
_GROUP = re.compile(r"\d{3}")
_OPENING_GROUP = re.compile(r"\d{3}(?!\d)")
_GROUPED = re.compile(rf"[{BOUNDS}]?{SIGN}?\d{{1,3}}(?: \d{{3}})+(?:[.,]\d+)?")
_GROUPS_IN = re.compile(r"(?<!\d)\d{1,3}(?:\s\d{3})+(?!\d)")
_GROUPS_SO_FAR = re.compile(rf"{SIGN}?\d{{1,3}}(?: \d{{3}})*")
_OPEN_DECIMALS = re.compile(rf"{SIGN}?\d{{1,3}}(?: \d{{3}})*,")
_DECIMALS_LEFT = re.compile(r"\d{1,2} ?%?")
_GROUPS_LEFT = re.compile(r"\d{3}(?: \d{3})*(?: ?%| \w+)?")
_PARTED_WORDS = re.compile(r"\S (?!(?<=\d )\d{3}\b)\S")
_AMOUNT = re.compile(r"\d{3,}|\d+[.,]\d+")
_JOINED = re.compile(r"\d+(?:[.,-]\d+)*")
_COUNT = re.compile(r"\((\d{1,2}|[a-z])\)")
_RANGE = re.compile(r"\d+\s?[-–]\s?\d+")
_POINTED = re.compile(rf"({SIGN}?\d{{1,3}})\.(\d{{1,2}})(\W*)")
_COMMAED = re.compile(r"\d,\d")
_ACCOUNT = re.compile(r"(\d{2,4})\s*[-–:]?\s+(?=[^\W\d])")
_LONE_ACCOUNT = re.compile(r"\d{2,5} ?[-–]")
_UNIT = re.compile(rf"\s*(%|[a-zåäö./]{{1,{LONGEST_UNIT}}})?\**", re.IGNORECASE)
_BOUND = re.compile(rf"[{BOUNDS}]?\s*")
_TRAILING_UNIT = re.compile(r"\s*[a-zåäö]+(?:/[a-zåäö]+)?\.?$", re.IGNORECASE)
_OF_FIGURES = re.compile(r"[\d\s.,%+<>≥≤−–-]*")
_BETWEEN = re.compile(r"(?<=\d)(?:[-–]|\s[-–]\s)(?=\d)")
_PLACES = re.compile(r"\d[.,](\d{1,2})(?!\d)")
_LEADING = re.compile(r"\D?(\d{1,2})")
_TWO_FIGURES = re.compile(r"\d\d")


@dataclass(frozen=True, slots=True)
class Measured:
    """The one number of a cell, and the unit printed after it."""

    value: Decimal
    unit: str = ""


@lru_cache(maxsize=FIGURES_KEPT)
def is_figure(text: str) -> bool:
    """Whether a text is nothing but a number or a sign for a missing one."""
    return bool(_FIGURE.fullmatch(text) or _MISSING.fullmatch(text))


def is_amount(text: str) -> bool:
    """Whether a text is a figure, or a sign for a missing one, and no year or years side by side."""
    return is_figure(text) and not all(map(is_year_or_years, text.split()))


def reads_like_value(text: str) -> bool:
    """Whether a text is a figure, or so full of figures that it is a value with words around it: `2020: 67%`."""
    return is_figure(text) or sum(ch.isdigit() or ch == "%" for ch in text) >= VALUE_DIGITS * len(text.replace(" ", ""))


def is_missing_sign(text: str) -> bool:
    """Whether a text is nothing but a sign for a missing value."""
    return bool(_MISSING.fullmatch(text))


def opens_with_figure(text: str) -> bool:
    """Whether a text opens with a number, maybe after a sign."""
    return bool(_OPENS.match(text))


def is_amount_of_table(word: str) -> bool:
    """Whether a word is a number that stands in no header: three figures or more, or decimals."""
    return bool(_AMOUNT.fullmatch(word))


def is_count(text: str, *, most: int) -> bool:
    """Whether a text is a whole number of at most so many figures, without a sign."""
    return text.isdecimal() and len(text) <= most


def opens_group(word: str) -> bool:
    """Whether a number whose thousands are set apart may open with a word: `−1` of `−1 204`, never `0`."""
    return bool(_GROUP_HEAD.fullmatch(word))


def is_lone_minus(word: str) -> bool:
    """Whether a word is a minus alone: a missing value, or the sign of the number after it."""
    return len(word) == 1 and word in MINUSES


def goes_on_group(word: str) -> bool:
    """Whether a word may go on with such a number: `204` of `1 204`, `204,5` as its end."""
    return bool(_GROUP_TAIL.fullmatch(word))


def opens_with_group(text: str) -> bool:
    """Whether a text opens with three figures, and no more of them."""
    return bool(_OPENING_GROUP.match(text))


def is_group(word: str) -> bool:
    """Whether a word is three figures, after which a number may go on."""
    return bool(_GROUP.fullmatch(word))


def is_grouped(text: str) -> bool:
    """Whether a text is one number whose thousands spaces set apart."""
    return bool(_GROUPED.fullmatch(text))


def longest_grouping(text: str) -> tuple[str, ...]:
    """Return the groups of the number in a text that has most: three figures each, and what opens them."""
    return max((tuple(found.split()) for found in _GROUPS_IN.findall(text)), key=len, default=())


def breaks_number(above: str, below: str) -> bool:
    """Whether two lines may be one number that a narrow column broke: at a space, after its comma, within a day."""
    if len(above) == YEAR_DIGITS - 1 and is_recent_year(above + below):
        return True
    if above.endswith("-") and below[:1].isdigit():
        return is_year_or_years(above + below)
    if _OPEN_DECIMALS.fullmatch(above):
        return bool(_DECIMALS_LEFT.fullmatch(below))
    return bool(_GROUPS_SO_FAR.fullmatch(above) and _GROUPS_LEFT.fullmatch(below))


def count_in_brackets(text: str) -> int | None:
    """Return which column or item a text numbers, `(1)` or `(a)`; None where it is anything else."""
    found = _COUNT.fullmatch(text)
    return None if not found else int(found[1]) if found[1].isdigit() else ord(found[1]) - ord("a") + 1


def is_later_group(word: str) -> bool:
    """Whether a word can only be a later group of a number: `088`, `000`."""
    return len(word) > 1 and word.isdigit() and word[0] == "0"


def parts_words(text: str, place: int) -> bool:
    """Whether the space after a place parts two words, rather than the groups of one number."""
    return bool(_PARTED_WORDS.match(text, place))


def is_range(text: str) -> bool:
    """Whether a text is two whole numbers with a dash between them: `0-20`."""
    return bool(_RANGE.fullmatch(text))


def has_decimal_comma(text: str) -> bool:
    """Whether a comma stands between figures."""
    return bool(_COMMAED.search(text))


def with_decimal_comma(text: str) -> str | None:
    """Return a number with a comma for the point that OCR read; None where the text is none such."""
    found = _POINTED.fullmatch(text)
    return f"{found[1]},{found[2]}{found[3]}" if found else None


def split_account(label: str) -> tuple[str, str]:
    """Return the account that a line's label opens with, and the name after it: `420 Lokaler`."""
    found = _ACCOUNT.match(label)
    return (found[1], label[found.end() :]) if found else ("", label)


def is_lone_account(text: str) -> bool:
    """Whether a line is an account's number whose name stands on the next line: `4010 -`."""
    return bool(_LONE_ACCOUNT.fullmatch(text))


def holds_two_figures(text: str) -> bool:
    """Whether two figures stand side by side in a text."""
    return bool(_TWO_FIGURES.search(text))


def leading_figures(text: str) -> tuple[int, int] | None:
    """Return where the first one or two figures of a printed number begin and end, after one sign at most."""
    found = _LEADING.match(text)
    return found.span(1) if found else None


@lru_cache(maxsize=CELLS_KEPT)
def measured(text: str) -> Measured | None:
    """Return the one number of a cell with its unit: `< 15 %`, `1 204 kr/inv`; None where the cell holds more."""
    text = text.strip()
    numbers = find_numbers(text)
    if len(numbers) != 1 or not _BOUND.fullmatch(text[: numbers[0].start]):
        return None
    rest = _UNIT.fullmatch(text, numbers[0].end)
    return Measured(numbers[0].value, (rest[1] or "").casefold()) if rest else None


def is_measured(text: str) -> bool:
    """Whether a cell is one number, maybe with a bound before and a unit after it."""
    return measured(text) is not None


def are_two_counts(above: str, below: str) -> bool:
    """Whether two lines are a number each, and the lower no year of the upper's words: `36 mars` over `2023`."""
    first, second = measured(above), measured(below)
    return first is not None and second is not None and bool(second.unit or not first.unit)


def holds_several(text: str) -> bool:
    """Whether a cell holds several numbers and not a word or sign that says why."""
    figures = _TRAILING_UNIT.sub("", text.strip())
    return bool(_OF_FIGURES.fullmatch(figures)) and len(find_numbers(_BETWEEN.sub("", figures))) > 1


def figures_in(word: str) -> list[str]:
    """Return the figures of a name's word, each with what points, commas or hyphens join to it: `0-20`."""
    return _JOINED.findall(word)


def last_number(text: str) -> Number | None:
    """Return the number that a text ends with, None where it ends with anything else but a percent sign."""
    found = find_numbers(text)
    if not found or text[found[-1].end :].strip() not in ("", "%"):
        return None
    return found[-1]


@lru_cache(maxsize=CELLS_KEPT)
def printed_places(raw: str) -> int:
    """Return how many decimals a cell's number is printed with."""
    found = _PLACES.search(raw)
    return len(found[1]) if found else 0
