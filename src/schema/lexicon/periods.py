"""Periods: years, months, parts of a year and days, as `2019`, `2023-08`, `2023-01/2023-08` or `2025/2027`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from schema.lexicon.dates import find_moments
from schema.lexicon.numbers import ORDINAL, ROMAN, low_number
from schema.lexicon.signs import MINUSES
from schema.lexicon.text import clean_text, sentences
from schema.lexicon.words import in_small_letters, words
from schema.lexicon.years import YEAR, year_in
from schema.vocabulary import read_map, read_rows

MONTHS_OF_YEAR = 12
DAYS_OF_MONTH = 31
Months = tuple[int, int]
"""The first and last of some months."""

_DASH = rf"\s*[{MINUSES}]\s*"
_SHORT_YEAR = r"[-–'’´](\d\d)(?!\d)"
_AFTER_MONTH = re.compile(rf"\s*{_SHORT_YEAR}")
_AT_END = re.compile(rf"(?<=[a-zåäö]\s){_SHORT_YEAR}\s*$|(?<=[a-zåäö]){_SHORT_YEAR}\s*$", re.IGNORECASE)
_ISO = re.compile(rf"(?<!\d)({YEAR})-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_SPAN = re.compile(rf"(?<!\d)({YEAR})(?:{_DASH}|/)({YEAR}|\d\d)(?!\d)")
_TWO_YEARS = re.compile(r"\d\d/\d\d")
_STATED_YEAR = re.compile(r"(?<![\d-])\d{4}")
_DAY = r"(?:[12]?\d|3[01])"


_DATE = rf"(?:{YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|{_DAY}\s?/\s?(?:0?[1-9]|1[0-2])[\s-]+{YEAR})"
_TIME = r"(?:kl\.?\s*(?:[01]?\d|2[0-3])[:.][0-5]\d|(?:[01]?\d|2[0-3]):[0-5]\d)"
_DATE_OR_TIME = re.compile(rf"(?:{_DATE}|{_TIME})(?:{_DASH}(?:{_DATE}|{_TIME}))?", re.IGNORECASE)


def is_date_or_time(text: str) -> bool:
    """Whether a text is nothing but days or times of day: `2024-12-31`, `15/3 2024`, `28 sep`, `8:30-17:00`."""
    return _DATE_OR_TIME.fullmatch(text.strip()) is not None or _days().fullmatch(text.strip()) is not None


def without_days(text: str) -> str:
    """Return a text without the days and times of day that it names: *2024-03-26*, *07:00 – 16:00*, *31 maj 2023*."""
    return _days().sub(" ", _DATE_OR_TIME.sub(" ", text))


def names_period(text: str) -> bool:
    """Whether a header says something of time: a year, a month, a part of a year, *helår*."""
    return bool(_period().search(text))


def opens_with_period(text: str) -> bool:
    """Whether a text opens with a word of time."""
    return bool(_period().match(text))


def is_period(text: str) -> bool:
    """Whether a text is nothing but one period."""
    return bool(_period().fullmatch(text))


def is_time(text: str) -> bool:
    """Whether a text says a time and nothing else: `2024`, `22/23`, *Jan-aug 2025*, *Mars ack*, *Helår*."""
    rest = [word for word in without_periods(text).split() if any(map(str.isalpha, word))]
    is_known = names_period(text) and all(words("period_words", role="to_date").whole(word) for word in rest)
    return is_known or _TWO_YEARS.fullmatch(text.strip()) is not None


def without_periods(text: str) -> str:
    """Return a header without what it says of time; the words that remain say what its column is."""
    return _period().sub(" ", text)


def names_whole_year(text: str) -> bool:
    """Whether a header says that its column covers a whole year: *Helårsprognos*, *Bokslut*."""
    return words("period_words", role="year").find(text) is not None


def names_part_of_year(text: str) -> bool:
    """Whether a header names a month or another part of a year."""
    return names_months(text) or bool(_part().search(text))


def names_months(text: str) -> bool:
    """Whether a header names a month."""
    return bool(_months().search(text))


def says_since_january(text: str, months: Months) -> bool:
    """Whether a sentence says that a later part of the year is counted from January: *Utfall T2 avser januari–augusti*.

    It says so of the part itself or, with a word such as *ackumulerat*, of the months.
    """
    return any(_says_since_january(sentence, months) for sentence in sentences(text))


def _says_since_january(sentence: str, months: Months) -> bool:
    if words("period_words", role="not_added").find(sentence):
        return False
    spans = [m for m in find_moments(sentence) if m.from_month == 1 and m.month == months[1]]
    from_january = any(part_of_year(sentence[span.start : span.end]) is None for span in spans)
    names_it = part_of_year(sentence) == months
    is_added = words("period_words", role="added_up").find(sentence) is not None
    return (names_it and from_january) or (is_added and (names_it or from_january))


def opens_dated(text: str) -> bool:
    """Whether a text opens with a month or a year and a colon, as a value of that time does: `Augusti 2023: 53 %`."""
    return bool(_dated_value().match(text))


def dates_a_value(text: str) -> bool:
    """Whether a month before December stands with a colon before a figure: a value covers the year up to it."""
    found = (match for match in _dated_figure().finditer(text))
    return any(month_number(match["month"]) < MONTHS_OF_YEAR for match in found)


def with_parted_months(text: str) -> str:
    """Set the hyphen between two months that a converter took for that of a broken word: `janaugusti 2023`."""
    return _glued_months().sub(_part_months, text)


def _part_months(found: re.Match[str]) -> str:
    in_order = month_number(found["first"]) < month_number(found["last"])
    return f"{found['first']}-{found['last']}" if in_order else found[0]


def month_number(name: str) -> int:
    """Return a month's number by its name or short form."""
    return int(read_map("months", "phrase", "number")[in_small_letters(name)])


def part_of_year(text: str) -> Months | None:
    """Return the first and last month of the part of a year that a text names: `T2`, `kvartal 1`, `1:a halvåret`."""
    found = _part().search(text)
    if found is None:
        return None
    length = int(_part_words()[in_small_letters(found["word"] or found["word2"])])
    last = (low_number(found["n"] or found["n2"]) or 0) * length
    return (last - length + 1, last) if last <= MONTHS_OF_YEAR else None


def find_period(text: str, *, year: str | None = None) -> str | None:
    """Return the period that a text states, or None; `year` completes months that stand without one.

    A day is read as its month, the last of December as its year.
    """
    text = clean_text(text)
    for read in (_read_part, _read_months, _read_date, _read_years, _read_single):
        period = read(text, year)
        if period:
            return period if period.isascii() else None  # figures of other scripts name no year
    return None


def shift_year(period: str | None, years: int) -> str | None:
    """Return the same period some years later; negative for earlier."""
    if period is None:
        return None
    return _STATED_YEAR.sub(lambda found: str(int(found[0]) + years), period)


def span_of(year: str, first: int, last: int) -> str:
    """Return the months of a year as a period."""
    return f"{year}-{first:02}" if first == last else f"{year}-{first:02}/{year}-{last:02}"


def is_month(period: str) -> bool:
    """Whether a period is a month, or the state at its end."""
    return "/" not in period and "-" in period


def _months_of_year(year: str, first: int, last: int) -> str:
    return year if (first, last) == (1, MONTHS_OF_YEAR) else span_of(year, first, last)


def _read_part(text: str, year: str | None) -> str | None:
    """`T2 2023`, `kvartal 1`, `1:a halvåret 2024`."""
    months, stated = part_of_year(text), _year_of(text) or year
    return span_of(stated, *months) if months and stated else None


def _read_months(text: str, year: str | None) -> str | None:
    """`Augusti 2023`, `jan-aug 2023`, `aug -23`, and months whose year stands elsewhere."""
    found = _months().search(text)
    if found is None:
        return None
    short = _AFTER_MONTH.match(text, found.end())
    stated = f"20{short[1]}" if short else _year_of(text) or year
    if stated is None:
        return None
    first, last = month_number(found["first"]), month_number(found["last"] or found["first"])
    if found["day"] and not found["last"] and last == MONTHS_OF_YEAR:
        return stated
    return _months_of_year(stated, first, last) if first <= last else None


def _read_date(text: str, _: str | None) -> str | None:
    """`2023-08-31`, `202308`, `2023-08`, and the span between two of them."""
    dates = list(_ISO.finditer(text))
    if not dates:
        return None
    first, last = dates[0], dates[-1]
    if len(dates) > 1 and first[1] == last[1]:
        return _months_of_year(first[1], int(first[2]), int(last[2]))
    return first[1] if first[3] and int(first[2]) == MONTHS_OF_YEAR else f"{first[1]}-{first[2]}"


def _read_years(text: str, _: str | None) -> str | None:
    """`2025-2027`, `2021/22`."""
    found = _SPAN.search(text)
    if found is None:
        return None
    last = found[2] if len(found[2]) == len(found[1]) else found[1][:2] + found[2]
    return f"{found[1]}/{last}" if found[1] < last else None


def _read_single(text: str, _: str | None) -> str | None:
    return _year_of(text)


def _year_of(text: str) -> str | None:
    """The year that a text prints, whole or as `-22` at its end."""
    year = year_in(text)
    if year:
        return str(year)
    short = _AT_END.search(text)
    return f"20{short[1] or short[2]}" if short else None


@cache
def _month_names() -> str:
    return "|".join(sorted(read_map("months", "phrase", "number"), key=len, reverse=True))


@cache
def _part_words() -> dict[str, str]:
    """Words for parts of a year → their length in months."""
    return {row["phrase"]: row["months"] for row in read_rows("period_words") if row["role"] == "part"}


@cache
def _part() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _part_words()), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<word>{names})\s*(?P<n>{ROMAN})(?!\w)|\b(?P<n2>{ORDINAL})\s*(?P<word2>(?!\w\b)(?:{names}))\b",
        re.IGNORECASE,
    )


@cache
def _months() -> re.Pattern[str]:
    names, to = _month_names(), "|".join(r"\s+".join(map(re.escape, p.split())) for p in _phrases_of("until"))
    return re.compile(
        rf"(?:\b(?P<day>{_DAY})\s+)?\b(?P<first>{names})\b\.?"
        rf"(?:\s*(?:[{MINUSES}]|{to})\s*(?:{_DAY}\s+)?(?P<last>{names})\b\.?)?",
        re.IGNORECASE,
    )


@cache
def _glued_months() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<first>{_month_names()})(?P<last>{_month_names()})\b", re.IGNORECASE)


@cache
def _days() -> re.Pattern[str]:
    """Days of named months, one or several: `21 sep 23 sep`, `den 3 maj 2024`."""
    day = rf"(?:den\s+)?{_DAY}(?:{_DASH}{_DAY})?\s+(?:{_month_names()})\b\.?(?:\s+{YEAR})?"
    return re.compile(rf"{day}(?:(?:{_DASH}|,?\s+){day})*", re.IGNORECASE)


@cache
def _dated_value() -> re.Pattern[str]:
    return re.compile(rf"(?:{_month_names()}|{YEAR})[\w .]{{0,8}}:", re.IGNORECASE)


@cache
def _dated_figure() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<month>{_month_names()})\.?\s*(?:{YEAR}\s*)?:\s*\d", re.IGNORECASE)


@cache
def _period() -> re.Pattern[str]:
    """What a header says of time."""
    parts = "|".join(sorted(map(re.escape, _part_words()), key=len, reverse=True))
    plain = "|".join(sorted(map(re.escape, _phrases_of("time")), key=len, reverse=True))
    year = rf"(?<!\d){YEAR}(?:(?:0[1-9]|1[0-2])|[-–/](?:\d\d){{1,2}})?(?!\d)"
    return re.compile(rf"\b(?:{_month_names()})\b\.?|{year}|\b(?:{parts})\s?[1-4]\b|\b(?:{plain})\b", re.IGNORECASE)


def _phrases_of(role: str) -> Iterator[str]:
    return (row["phrase"] for row in read_rows("period_words") if row["role"] == role)
