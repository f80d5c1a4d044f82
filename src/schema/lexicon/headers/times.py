"""Years, months, dates and terms as headers print them, long or short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from schema.lexicon.headers.tokens import KEPT, Token
from schema.lexicon.headers.words import Entry, plain_word
from schema.lexicon.numbers import low_number
from schema.vocabulary import read_map

FIRST_YEAR, LAST_YEAR = 1980, 2059
"""Years that municipal reports speak of, as figures of four."""
CENTURY = 2000
DASHES = frozenset({"-", "till", "tom", "t.o.m", "/"})
"""What stands between the first and last of a span."""
TERMS_JOINED = frozenset({"-", "till", "tom", "t.o.m", "+", "och"})
"""What stands between terms that are counted as one."""
LONGEST_PLAN = 5
"""Years that a plan counts; a higher number after *år* is something else."""
MONTHS_OF_YEAR = 12
HALF_YEAR = 6
"""Months of a part of the year that is its first where no number stands beside it: *halvår 2025*."""
DAYS_OF_MONTH = 31

Extent = Literal["year", "to_date", "within", "month", "rolling", "undated", "later", "earlier"]
OPEN_ENDED: frozenset[Extent | None] = frozenset({"later", "earlier"})
"""Extents of all years on one side: of no period."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Time:
    """What a header says of time; what it leaves open is None."""

    years: Span | None = None
    """First and last year."""
    months: Span | None = None
    """First and last month."""
    extent: Extent | None = None
    """The whole year, from January to date, the same where no months are stated, one month, twelve months up to it,
    none that is stated, or all years after or before one."""
    shift: int = 0
    """Years from the report's own."""
    is_state: bool = False
    """A day, or a month as figures: of an outcome it says how far it has come."""
    is_short: bool = False
    """The year is printed as two figures, and may be another number."""
    is_term: bool = False
    """Two years in one, a school year, or one of its terms."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return self == Time()

    def over(self, other: Time) -> Time:
        """Return this time with what it leaves open taken from another, as from a level above it."""
        ends_open = self.months is None
        return Time(
            years=self.years or (None if self.shift else other.years),
            months=self.months or other.months,
            extent="rolling" if "rolling" in (self.extent, other.extent) else self.extent or other.extent,
            shift=self.shift or (0 if self.years else other.shift),
            is_state=self.is_state or (ends_open and other.is_state),
            is_short=self.is_short if self.years else other.is_short,
            is_term=self.is_term or (other.is_term and (not self.years or (ends_open and bool(other.months)))),
        )


def read_time(tokens: Sequence[Token], *, after_kind: bool) -> tuple[Time, int] | None:
    """Return the time that stands at the start of the tokens and how many it takes.

    A lone figure of two is a year only after a word that says what the column holds (`after_kind`).
    """
    if tokens[0].is_word and not _may_open_time(tokens[0].folded):
        return None
    for read in (_spelled, _month, _iso, _figures, _pair, _months_counted):
        found = read(tokens)
        if found is not None:
            return found
    return (_year_counted(tokens) or _span_of_two(tokens) or _two(tokens)) if after_kind else None


@lru_cache(maxsize=KEPT)
def _may_open_time(word: str) -> bool:
    """Whether a time may begin with a word: an ordinal, a month, a part of a year or *år*."""
    entry = plain_word(word)
    is_span = entry is not None and entry.cls in ("span", "term")
    return is_span or word == "år" or low_number(word) is not None or _month_number(word) is not None


def is_year(number: str) -> bool:
    """Whether a run of digits is a year in full."""
    return len(number) == 4 and number.isdecimal() and FIRST_YEAR <= int(number) <= LAST_YEAR


def _at(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].folded if place < len(tokens) else ""


def _number(tokens: Sequence[Token], place: int, length: int) -> int | None:
    text = _at(tokens, place)
    return int(text) if text.isdecimal() and len(text) == length else None


def _month_number(word: str) -> int | None:
    number = read_map("months", "phrase", "number").get(word)
    return int(number) if number else None


def _is_month(number: int | None) -> bool:
    return number is not None and 1 <= number <= MONTHS_OF_YEAR


def _is_day(number: int | None) -> bool:
    return number is not None and 1 <= number <= DAYS_OF_MONTH


def _year_at(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return a year after a month or term and the place after it: `2023`, `-23`, `23`, `'23`."""
    sign = _at(tokens, place) in ("-", "'", "’", "´")
    place += sign
    text = _at(tokens, place)
    if is_year(text):
        return int(text), place + 1
    if text.isdecimal() and len(text) == 2 and (sign or not _goes_on(tokens, place + 1)):
        return CENTURY + int(text), place + 1
    return None


def _goes_on(tokens: Sequence[Token], place: int) -> bool:
    """Whether a figure is part of a longer expression, as a day is."""
    return _month_number(_at(tokens, place)) is not None or _at(tokens, place) in ("/", ":")


def _spelled(tokens: Sequence[Token]) -> tuple[Time, int] | None:
    """`T1 2024`, `kvartal 1`, `1:a halvåret`, `ht19`, `läsåret 23/24`."""
    figure = _number(tokens, 0, 1)
    ordinal = low_number(_at(tokens, 0)) if figure is None and _at(tokens, 0).isalpha() else figure
    place = 0 if ordinal is None else 1
    if figure is not None:
        place = 2 if _at(tokens, 1) == ":" else 1
        place += _at(tokens, place) in ("a", "e")
    entry = plain_word(_at(tokens, place)) if _at(tokens, place) else None
    if entry is None or entry.cls not in ("span", "term"):
        return None
    if entry.cls == "term":
        return _term(tokens, place + 1, entry.meaning) if ordinal is None else None
    number = ordinal if ordinal is not None else low_number(tokens[place + 1].text) if tokens[place + 1 :] else None
    after = place + 1 if ordinal is not None else place + 2
    length = int(entry.meaning)
    if number is None and length == HALF_YEAR and is_year(_at(tokens, place + 1)):
        number, after = 1, place + 1
    if number is None or not 1 <= number <= MONTHS_OF_YEAR // length:
        return None
    last, after = _last_term(tokens, after, number, entry)
    return _with_year(tokens, Time(months=((number - 1) * length + 1, last * length)), after)


def _last_term(tokens: Sequence[Token], place: int, first: int, span: Entry) -> tuple[int, int]:
    """Return the last of terms that stand beside each other and the place after it: `T1–T2`, `kvartal 1-3`."""
    end = place + 1
    if _at(tokens, place) in TERMS_JOINED and tokens[end:]:
        again = plain_word(_at(tokens, end))
        end += again is not None and (again.cls, again.meaning) == (span.cls, span.meaning)
        last = low_number(tokens[end].text) if tokens[end:] else None
        if last is not None and first < last <= MONTHS_OF_YEAR // int(span.meaning):
            return last, end + 1
    return first, place


def _term(tokens: Sequence[Token], place: int, meaning: str) -> tuple[Time, int] | None:
    first, last = (int(month) for month in meaning.split("-"))
    pair = _figures(tokens[place:]) or _pair(tokens[place:])
    if pair is not None and pair[0].years and pair[0].years[0] != pair[0].years[1]:
        return replace(pair[0], is_term=True), place + pair[1]
    time = Time(extent="year") if (first, last) == (1, MONTHS_OF_YEAR) else Time(months=(first, last), is_term=True)
    return _with_year(tokens, time, place)


def _with_year(tokens: Sequence[Token], time: Time, place: int) -> tuple[Time, int]:
    year = _year_at(tokens, place)
    return (replace(time, years=(year[0], year[0])), year[1]) if year else (time, place)


def _month(tokens: Sequence[Token]) -> tuple[Time, int] | None:
    """`Augusti 2023`, `jan-aug`, `31 aug`, `1 januari - 31 augusti 2024`."""
    place = int(tokens[0].is_number and len(tokens[0].text) <= 2 and _is_day(int(tokens[0].text)))
    first = _month_number(_at(tokens, place))
    if first is None:
        return None
    is_day, last, place = bool(place), first, place + 1
    between = _year_at(tokens, place)
    dash = between[1] if between and _at(tokens, between[1]) in DASHES else place
    if _at(tokens, dash) in DASHES:
        day = int(_number(tokens, dash + 1, 2) is not None or _number(tokens, dash + 1, 1) is not None)
        second = _month_number(_at(tokens, dash + 1 + day))
        if second is not None:
            last, place, is_day = second, dash + 2 + day, False
    time, after = _with_year(tokens, Time(months=(min(first, last), max(first, last)), is_state=is_day), place)
    return time, after


def _iso(tokens: Sequence[Token]) -> tuple[Time, int] | None:
    """`2023-08-31`, `2024-08`, `2024-01 - 2024-08`."""
    found = _iso_date(tokens)
    if found is None:
        return None
    (year, month), after = found
    end = _iso_date(tokens[after + 1 :]) if _at(tokens, after) in DASHES else None
    if end is not None and end[0][0] == year and end[0][1] >= month:
        return Time((year, year), (month, end[0][1])), after + 1 + end[1]
    return Time((year, year), (month, month), is_state=True), after


def _iso_date(tokens: Sequence[Token]) -> tuple[Span, int] | None:
    if _at(tokens, 1) != "-" or not tokens[1].tight:
        return None
    if not is_year(_at(tokens, 0)):
        return _short_date(tokens)
    year, month, day = int(_at(tokens, 0)), _number(tokens, 2, 2), _number(tokens, 4, 2)
    if month is None or not _is_month(month):
        return None
    if _at(tokens, 3) == "-" and _is_day(day):
        return (year, month), 5
    return ((year, month), 3) if month != (year + 1) % 100 else None


def _short_date(tokens: Sequence[Token]) -> tuple[Span, int] | None:
    """`23-08-31`."""
    year, month, day = (_number(tokens, place, 2) for place in (0, 2, 4))
    is_whole = _at(tokens, 3) == "-" and all(token.tight for token in tokens[1:5])
    if year is None or month is None or not (is_whole and _is_month(month) and _is_day(day)):
        return None
    return (CENTURY + year, month), 5


def _figures(tokens: Sequence[Token]) -> tuple[Time, int] | None:
    """`2024`, `2022-2023`, `2022/23`, and a year and month as one: `2308`, `202308`, `2301-2308`."""
    text = _at(tokens, 0)
    if is_year(text):
        if len(tokens) == 2 and _at(tokens, 1) in DASHES:
            return Time((int(text), int(text)), extent="later"), 2
        last = _last_year(tokens, int(text))
        return (Time((int(text), last)), 3) if last else (Time((int(text), int(text))), 1)
    stamp = _stamp(text)
    return _stamped(tokens, stamp) if stamp else None


def _stamp(text: str) -> Span | None:
    """Return the year and month of figures written as one: `2308`, `202308`, `230831`, `20230831`."""
    if not text.isdecimal() or len(text) not in (4, 6, 8):
        return None
    if len(text) > 4 and is_year(text[:4]) and _is_month(int(text[4:6])) and (len(text) == 6 or _is_day(int(text[6:]))):
        return int(text[:4]), int(text[4:6])
    if len(text) == 8 or not _is_month(int(text[2:4])) or (len(text) == 6 and not _is_day(int(text[4:]))):
        return None
    return (CENTURY + int(text[:2]), int(text[2:4])) if int(text[:2]) <= LAST_YEAR - CENTURY else None


def _stamped(tokens: Sequence[Token], stamp: Span) -> tuple[Time, int]:
    """Return the month of a stamp, or the months up to another of the same length and year: `2301-2308`."""
    (year, month), text = stamp, _at(tokens, 2)
    last = _stamp(text) if _at(tokens, 1) in DASHES and len(text) == len(_at(tokens, 0)) else None
    if last is not None and last[0] == year and last[1] > month:
        return Time((year, year), (month, last[1])), 3
    return Time((year, year), (month, month), is_state=True), 1


def _last_year(tokens: Sequence[Token], first: int) -> int | None:
    if _at(tokens, 1) not in DASHES or len(tokens) < 3:
        return None
    text = _at(tokens, 2)
    last = int(text) if is_year(text) else first - first % 100 + int(text) if text.isdecimal() and len(text) == 2 else 0
    return last if last > first else None


def _pair(tokens: Sequence[Token]) -> tuple[Time, int] | None:
    """`24/25` for a school year, `31/8` for a day."""
    if _at(tokens, 1) not in ("/", "-") or len(tokens) < 3 or not tokens[1].tight or not tokens[2].tight:
        return None
    first, last = _number(tokens, 0, 2), _number(tokens, 2, 2)
    if first is not None and last == (first + 1) % 100:
        return Time((CENTURY + first, CENTURY + first + 1)), 3
    day, month = _at(tokens, 0), _at(tokens, 2)
    is_date = day.isdecimal() and month.isdecimal() and len(day) < 3 and len(month) < 3 and _at(tokens, 1) == "/"
    if is_date and _is_day(int(day)) and _is_month(int(month)):
        return _with_year(tokens, Time(months=(int(month), int(month)), is_state=True), 3)
    return None


def _months_counted(tokens: Sequence[Token]) -> tuple[Time, int] | None:
    """`12 mån`, `8 månader`: from January."""
    text = _at(tokens, 0)
    entry = plain_word(_at(tokens, 1)) if text.isdecimal() and len(text) < 3 and _at(tokens, 1) else None
    if entry is None or (entry.cls, entry.meaning) != ("time", "month") or not _is_month(int(text)):
        return None
    count = int(text)
    return (Time(extent="year") if count == MONTHS_OF_YEAR else Time(months=(1, count))), 2


def _year_counted(tokens: Sequence[Token]) -> tuple[Time, int] | None:
    """`år 2` after *Plan*: the years of a plan are counted from its first."""
    number = _number(tokens, 1, 1) if _at(tokens, 0) == "år" else None
    return (Time(shift=number - 1), 2) if number is not None and 1 < number <= LONGEST_PLAN else None


def _span_of_two(tokens: Sequence[Token]) -> tuple[Time, int] | None:
    """`22-24` after a word such as *Förändring*."""
    first, last = _number(tokens, 0, 2), _number(tokens, 2, 2)
    if first is None or last is None or _at(tokens, 1) != "-" or first >= last:
        return None
    return Time((CENTURY + first, CENTURY + last), is_short=True), 3


def _two(tokens: Sequence[Token]) -> tuple[Time, int] | None:
    """`24`, `-24`, `'24` after a word such as *Bokslut*."""
    year = _year_at(tokens, 0)
    if year is None or is_year(_at(tokens, year[1] - 1)):
        return None
    return Time((year[0], year[0]), is_short=True), year[1]
