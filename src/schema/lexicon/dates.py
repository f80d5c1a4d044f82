"""Days, months and years wherever a text names them: `31 aug 2012`, `1/1–31/8-2008`, `201711`, `T2`, `2015–2017`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from schema.lexicon.numbers import ORDINAL, ROMAN, low_number
from schema.lexicon.words import in_small_letters
from schema.vocabulary import read_map, read_rows

_YEAR = r"(?:19[5-9]\d|20[0-5]\d)"
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_LONGEST_SHORT_FORM = 2
"""Letters: *kv 3*, *T2*; a word is longer."""
_SHORT_YEAR = re.compile(r"[’']?(\d\d)")
_SPACED_DATE = re.compile(
    r"(?<!\w)(?:\d ?){4} ?[-–] ?(?:\d ?){2} ?[-–] ?\d ?\d(?!\w)|(?<![\w,.])(?<!\d )(?:1 9|2 0) \d \d(?!\w| \d|[,.]\d)"
)
_LAST_MONTH = 12
SEEN = 4096
"""Texts whose times are kept: a line or header is asked for them some six times."""
LONGEST_SPAN = 15
"""Years in the longest plan; further apart, two years are no span."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a text names, and where."""

    start: int
    end: int
    year: int | None = None
    last_year: int | None = None
    """The last year of a span of years."""
    month: int | None = None
    day: int | None = None
    from_month: int | None = None
    """The first month of a span of months; tertials, quarters and half-years begin in January."""
    is_short: bool = False
    """It is six figures (`080831`), which among amounts may be one of them."""
    is_number: bool = False
    """The year is a part of a number such as `KS 2014/144` or `§ 278/2020`."""

    @property
    def is_span(self) -> bool:
        """Whether it is a span of years."""
        return self.last_year is not None

    def last_day(self, year: int | None) -> str | None:
        """Return the day that it ends on as an ISO date, `year` where it names none; None for a mere year."""
        year = self.year or year
        if year is None or self.month is None:
            return None
        length = calendar.monthrange(year, self.month)[1]
        return f"{year}-{self.month:02d}-{min(self.day or length, length):02d}"


@lru_cache(maxsize=SEEN)
def find_moments(text: str) -> tuple[Moment, ...]:
    """Return the times that a text names, in order, none inside another."""
    if not any(map(str.isdigit, text)) and not _names_time(text.casefold()):
        return ()
    return tuple(_moment(found) for found in _pattern().finditer(text) if _is_possible(found))


def _names_time(folded: str) -> bool:
    """Whether a text without figures may name a time, as a month or half of a year."""
    return any(word in folded for word in _words_alone())


@cache
def _words_alone() -> tuple[str, ...]:
    """Return the months and the first words of parts of a year that need no figure."""
    parts = (row for row in read_rows("period_words") if row["role"] in ("part", "part_report"))
    return tuple(dict.fromkeys([*month_names(), *(row["phrase"].split()[0].casefold() for row in parts)]))


def find_years(text: str) -> tuple[int, ...]:
    """Return the years that a text names, those of days and spans included, numbers of papers not."""
    moments = [moment for moment in find_moments(text) if not moment.is_number]
    return tuple(year for moment in moments for year in (moment.year, moment.last_year) if year is not None)


def with_whole_dates(text: str) -> str:
    """Return a text with its letter-spaced dates and years closed: `2 0 2 3 - 0 4 - 1 5`, `2 0 2 2`."""
    return _SPACED_DATE.sub(lambda found: found.group().replace(" ", ""), text)


def short_year(text: str) -> int | None:
    """Return the year that a text of nothing but two figures is: `08`, `’14`."""
    found = _SHORT_YEAR.fullmatch(text.strip())
    return _century_of(found.group(1)) + int(found.group(1)) if found else None


def _century_of(short: str) -> int:
    """Reports older than the nineties are not published."""
    return 1900 if short >= "90" else 2000


@cache
def month_names() -> dict[str, int]:
    """Return the number of each month by its names and short forms."""
    return {name: int(number) for name, number in read_map("months", "phrase", "number").items()}


@cache
def _lengths() -> dict[str, int]:
    """Return the months in each part of a year, by the words for parts and for reports on them."""
    roles = ("part", "part_report", "numbered_report")
    return {row["phrase"]: int(row["months"]) for row in read_rows("period_words") if row["role"] in roles}


def _one_of(*roles: str, longer: int = 0, months: int | None = None) -> str:
    """Return a pattern for words of time, the longest first, longer than so many letters and of so many months."""
    rows = [row for row in read_rows("period_words") if row["role"] in roles and len(row["phrase"]) > longer]
    phrases = [row["phrase"] for row in rows if months is None or row["months"] == str(months)]
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first) + ")"


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(month_names(), key=len, reverse=True))
    dash = rf"\s*(?:[-–—−/]|{_one_of('until')})\s*"
    joined = "|".join(row["phrase"] for row in read_rows("joiners") if row["role"] == "and")
    month = rf"(?<![^\W\d_])(?:{names})(?:s(?![^\W\d_])|\.|(?![^\W\d_]))"
    year = rf"(?:\s*,?\s*(?:{_one_of('before_year')}\s+)?(?P<YEAR>{_YEAR})(?!\d)|\s?[-–’'](?P<SHORT>\d\d)(?!\d))"
    part, half = _one_of("part", longer=_LONGEST_SHORT_FORM), _one_of("part", "part_report", longer=1, months=6)
    forms = (
        # 1/1–31/8-2008
        rf"(?<!\d){_DAY}\s?/\s?(?P<da1>{_MONTH_NUMBER}){dash}(?P<da2>{_DAY})\s?/\s?(?P<da3>{_MONTH_NUMBER})"
        rf"(?!\d)(?:[-\s]+(?P<da4>{_YEAR})(?!\d))?",
        # 2008-01-01 – 2008-06-30
        rf"(?<!\d){_YEAR}-(?P<ra1>0[1-9]|1[0-2])-{_DAY}{dash}(?P<ra2>{_YEAR})-(?P<ra3>0[1-9]|1[0-2])-(?P<ra4>{_DAY})(?!\d)",
        # 2007-08-31, 2026-xx-xx
        rf"(?<!\d)(?P<ib1>{_YEAR})\s?[-–.]\s?(?P<ib2>0[1-9]|1[0-2]|[x_]{{2}})\s?[-–.]\s?(?P<ib3>0[1-9]|[12]\d|3[01]|[x_]{{2}})(?!\d)",
        rf"(?<![\w/])(?P<ic1>{_YEAR})(?P<ic2>0[1-9]|1[0-2])(?P<ic3>0[1-9]|[12]\d|3[01])?(?![\w/])",
        # 1 januari–31 augusti 2016
        rf"(?<!\d){_DAY}\s+(?P<am1>{month})(?:\s+{_YEAR})?{dash}(?P<am2>{_DAY})\s+(?P<am3>{month})"
        rf"{year.replace('YEAR', 'am4').replace('SHORT', 'am5')}?",
        # 2024-10, 080831
        rf"(?<![\w/-])(?P<jm1>{_YEAR})-(?P<jm2>0[1-9]|1[0-2])(?![\w/-])",
        r"(?<![\w/.,-])(?P<kd1>\d\d)(?P<kd2>0[1-9]|1[0-2])(?P<kd3>0[1-9]|[12]\d|3[01])(?![\w/-]|[.,]\d)",
        # 31 augusti 2012
        rf"(?<!\d)(?P<bd1>{_DAY})\s*:?[ae]?\s+(?P<bd2>{month}){year.replace('YEAR', 'bd3').replace('SHORT', 'bd4')}?",
        # 31/8 2008, 31/12-2007
        rf"(?<![\d/])(?P<cd1>{_DAY})\s?/\s?(?P<cd2>{_MONTH_NUMBER})[-\s]+(?P<cd3>{_YEAR})(?!\d)",
        # januari–april 2017
        rf"(?P<em1>{month})(?:\s+{_YEAR})?{dash}(?P<em2>{month})"
        rf"{year.replace('YEAR', 'em3').replace('SHORT', 'em4')}?",
        rf"(?P<fm1>{month}){year.replace('YEAR', 'fm2').replace('SHORT', 'fm3')}?",
        # tertial 2, T1, kv 3, delårsrapport 2, 2:a kvartalet
        rf"\b(?P<gp1>{_one_of('part', 'part_report')})\s*\.?\s*(?P<gp2>{ROMAN})(?!\w)",
        rf"\b(?P<gd1>{_one_of('numbered_report')})\s+(?:{_one_of('before_number')}\s+)?(?P<gd2>[1-3])(?![\d/.])",
        rf"\b(?P<hp1>{ORDINAL})\s+(?P<hp2>{part})\b",
        rf"\b(?P<hh>{half})\b",
        # 2015–2017, 2015/16
        rf"(?<![\w/])(?P<ys1>{_YEAR})(?:{dash}|\s+(?:{joined})\s+)(?P<ys2>{_YEAR}|\d\d)(?![\w/])",
        # § 278/2020, KS 2014/144, 0028-2012
        rf"(?P<yn1>(?<=\d/|\d-){_YEAR}(?!\d)|(?<!\d){_YEAR}(?=[/:.]\d|-\d\d\d(?!\d)))",
        rf"(?<!\d)(?P<y>{_YEAR})(?!\d)",
    )
    openings = "".join(sorted({re.escape(word[0]) for word in _words_that_open()}))
    may_begin = rf"(?<!\d)(?=\d)|(?<![^\W\d_])(?=[{openings}])"  # nearly all of a text is passed over at once
    return re.compile(rf"(?:{may_begin})(?:{'|'.join(f'(?:{form})' for form in forms)})", re.IGNORECASE)


def _words_that_open() -> Iterator[str]:
    """Yield the words that a time may begin with."""
    roles = ("part", "part_report", "numbered_report")
    yield from month_names()
    yield from (row["phrase"] for row in read_rows("period_words") if row["role"] in roles)
    yield from (row["phrase"] for row in read_rows("ordinals"))


def _is_possible(found: re.Match[str]) -> bool:
    """Refuse spans of years that run backwards or too long."""
    if found["ys1"] is None:
        return True
    first, last = int(found["ys1"]), _full_year(found["ys2"], found["ys1"])
    return 0 < last - first <= LONGEST_SPAN


def _full_year(text: str, like: str) -> int:
    return int(text) if len(text) == 4 else int(like[:2] + text)


def _moment(found: re.Match[str]) -> Moment:
    groups = {name: value for name, value in found.groupdict().items() if value is not None}
    read = _READERS[next(iter(groups))[0]]
    return read(found.start(), found.end(), groups)


def _part_of_year(word: str, number: int) -> int:
    return min(_LAST_MONTH, _lengths()[" ".join(in_small_letters(word).split())] * number)


def _year_of(groups: dict[str, str], long: str, short: str) -> int | None:
    if long in groups:
        return int(groups[long])
    return 2000 + int(groups[short]) if short in groups else None


def _month_of(text: str) -> int:
    name = in_small_letters(text).rstrip(".")
    names = month_names()
    return names[name] if name in names else names[name.removesuffix("s")]


def _read_day_span(start: int, end: int, found: dict[str, str]) -> Moment:
    year = int(found["da4"]) if "da4" in found else None
    return Moment(start, end, year, month=int(found["da3"]), day=int(found["da2"]), from_month=int(found["da1"]))


def _read_iso_span(start: int, end: int, found: dict[str, str]) -> Moment:
    first, year, month, day = (int(found[name]) for name in ("ra1", "ra2", "ra3", "ra4"))
    return Moment(start, end, year, month=month, day=day, from_month=first)


def _read_iso(start: int, end: int, found: dict[str, str]) -> Moment:
    year, month, *day = found.values()
    if not month.isdigit():
        return Moment(start, end, int(year))
    return Moment(start, end, int(year), month=int(month), day=int(day[0]) if day and day[0].isdigit() else None)


def _read_year_month(start: int, end: int, found: dict[str, str]) -> Moment:
    """Read `2024-10` as a month, and `2010-12`, which may be either, as a span of years."""
    year, month = int(found["jm1"]), int(found["jm2"])
    last = _full_year(found["jm2"], found["jm1"])
    return Moment(start, end, year, last) if last > year else Moment(start, end, year, month=month)


def _read_short_day(start: int, end: int, found: dict[str, str]) -> Moment:
    year = _century_of(found["kd1"]) + int(found["kd1"])
    return Moment(start, end, year, month=int(found["kd2"]), day=int(found["kd3"]), is_short=True)


def _read_day(start: int, end: int, found: dict[str, str]) -> Moment:
    month = _month_of(found["bd2"])
    return Moment(start, end, _year_of(found, "bd3", "bd4"), month=month, day=int(found["bd1"]))


def _read_slashed_day(start: int, end: int, found: dict[str, str]) -> Moment:
    return Moment(start, end, int(found["cd3"]), month=int(found["cd2"]), day=int(found["cd1"]))


def _read_long_span(start: int, end: int, found: dict[str, str]) -> Moment:
    first, last = _month_of(found["am1"]), _month_of(found["am3"])
    return Moment(start, end, _year_of(found, "am4", "am5"), month=last, day=int(found["am2"]), from_month=first)


def _read_months(start: int, end: int, found: dict[str, str]) -> Moment:
    first, last = _month_of(found["em1"]), _month_of(found["em2"])
    return Moment(start, end, _year_of(found, "em3", "em4"), month=last, from_month=first)


def _read_month(start: int, end: int, found: dict[str, str]) -> Moment:
    return Moment(start, end, _year_of(found, "fm2", "fm3"), month=_month_of(found["fm1"]))


def _read_part(start: int, end: int, found: dict[str, str]) -> Moment:
    word, number = list(found.values())
    return Moment(start, end, month=_part_of_year(word, low_number(number) or 1), from_month=1)


def _read_counted_part(start: int, end: int, found: dict[str, str]) -> Moment:
    number, word = (found["hp1"], found["hp2"]) if "hp1" in found else ("1", found["hh"])
    return Moment(start, end, month=_part_of_year(word, low_number(number) or 1), from_month=1)


def _read_years(start: int, end: int, found: dict[str, str]) -> Moment:
    if "ys1" in found:
        return Moment(start, end, int(found["ys1"]), _full_year(found["ys2"], found["ys1"]))
    return Moment(start, end, int(found.get("y") or found["yn1"]), is_number="yn1" in found)


_READERS = {
    "a": _read_long_span,
    "d": _read_day_span,
    "i": _read_iso,
    "r": _read_iso_span,
    "b": _read_day,
    "c": _read_slashed_day,
    "j": _read_year_month,
    "k": _read_short_day,
    "e": _read_months,
    "f": _read_month,
    "g": _read_part,
    "h": _read_counted_part,
    "y": _read_years,
}
"""Readers of the forms above, by the first letter of their groups."""
