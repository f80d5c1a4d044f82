"""Lexemes that belong together → one: ranges, days, ages, scales, footnote marks; and bare years → periods."""

from __future__ import annotations

from dataclasses import replace

from normalize.lexeme import ANCHORS, Kind, Lexeme
from schema.lexicon.periods import DAYS_OF_MONTH, MONTHS_OF_YEAR
from schema.lexicon.words import words
from schema.lexicon.years import recent_years

_COMPANY = ANCHORS | {Kind.WORD, Kind.BREAKDOWN, Kind.PENDING, Kind.MISSING_ANYWHERE}
"""What a year stands beside when it is a period and no value."""
_PER_INHABITANT = "/inv"
"""A range after this unit is the inhabitants' age: `kr/inv 0-20`."""
RANKED = 5
"""A place among others is told from two values by the size of the field: `12/290`, against `86/88` of two sexes."""
LONGEST_MARK = 2
"""Figures of a footnote's mark."""
SCALES = frozenset({"3", "4", "5", "6", "7", "10", "100"})
"""What marks are given out of: `4,2/5`."""


def without_marks(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Leave out footnote marks after a value: `95 1)`."""
    kept: list[Lexeme] = []
    depth = 0
    for lexeme in lexemes:
        depth += (lexeme.kind is Kind.OPEN) - (lexeme.kind is Kind.CLOSE)
        if depth < 0 and len(kept) > 1 and _is_mark(kept[-1], lexeme):
            kept.pop()
        else:
            kept.append(lexeme)
        depth = max(depth, 0)
    return kept


def _is_mark(number: Lexeme, close: Lexeme) -> bool:
    is_short = number.text.isdigit() and len(number.text) <= LONGEST_MARK
    return number.kind is Kind.NUMBER and is_short and number.end == close.start


def join_scales(lexemes: list[Lexeme]) -> list[Lexeme]:
    """`4,2/5`, `12/290`: what the only value of a cell is given out of is no value of its own."""
    joined = list(lexemes)
    if sum(lexeme.kind is Kind.NUMBER for lexeme in lexemes) != len(("value", "whole")):
        return joined
    for position in range(1, len(joined) - 1):
        left, stroke, right = joined[position - 1 : position + 2]
        if stroke.kind is Kind.SLASH and left.kind is right.kind is Kind.NUMBER and _is_out_of(left, right):
            joined[position] = replace(stroke, kind=Kind.OF)
    return joined


def _is_out_of(value: Lexeme, whole: Lexeme) -> bool:
    if value.value is None or whole.value is None or not whole.text.isdigit() or value.value > whole.value:
        return False
    is_mark = not value.text.isdigit() and whole.text in SCALES
    return is_mark or (value.text.isdigit() and not is_day(whole) and whole.value >= RANKED * value.value)


def join_ranges(lexemes: list[Lexeme]) -> list[Lexeme]:
    """`26-34`: two rising numbers with a dash between them are one."""
    joined: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.kind is Kind.NUMBER and len(joined) > 1 and _is_range(joined[-2], joined[-1], lexeme):
            dash, low = joined.pop(), joined.pop()
            text = f"{low.text}{dash.text}{lexeme.text}"
            joined.append(replace(low, end=lexeme.end, text=text, upper=lexeme.value))
        else:
            joined.append(lexeme)
    return joined


def _is_range(low: Lexeme, dash: Lexeme, high: Lexeme) -> bool:
    if low.kind is not Kind.NUMBER or dash.kind is not Kind.DASH or low.upper is not None:
        return False
    return low.value is not None and high.value is not None and low.value < high.value


def join_days(lexemes: list[Lexeme], column_year: str) -> list[Lexeme]:
    """`45 (31/12)`, `45 per 31 december 2022`: a day in a cell with another number is read as its month."""
    if sum(lexeme.kind is Kind.NUMBER for lexeme in lexemes) < 2:
        return lexemes
    joined: list[Lexeme] = []
    for lexeme in lexemes:
        joined.append(lexeme)
        if lexeme.kind is Kind.PERIOD and "-" in lexeme.meaning and len(joined) > 1 and is_day(joined[-2]):
            del joined[-2]
        elif _is_day_and_month(joined[-3:]) and column_year:
            month = f"{column_year}-{int(lexeme.text):02}"
            joined[-3:] = [replace(lexeme, kind=Kind.PERIOD, meaning=month, value=None)]
        else:
            continue
        while len(joined) > 1 and words("period_words", role="before_day").whole(joined[-2].text):
            del joined[-2]
    return joined


def is_day(lexeme: Lexeme) -> bool:
    """Whether a number may be the day of a month."""
    return lexeme.kind is Kind.NUMBER and lexeme.text.isdigit() and 1 <= int(lexeme.text) <= DAYS_OF_MONTH


def _is_day_and_month(lexemes: list[Lexeme]) -> bool:
    """`31/12` but not `8/10`: a part is never larger than its whole."""
    if len(lexemes) < 3 or lexemes[1].kind is not Kind.SLASH or not (is_day(lexemes[0]) and is_day(lexemes[2])):
        return False
    return int(lexemes[0].text) > MONTHS_OF_YEAR >= int(lexemes[2].text)


def join_ages(lexemes: list[Lexeme]) -> list[Lexeme]:
    """`13-17 åringar`, `65 år eller äldre`: ages as breakdowns."""
    lexemes = list(lexemes)
    for first, last in reversed(_age_spans(lexemes)):
        span = lexemes[first:last]
        start, end = span[0].start, span[-1].end
        text = " ".join(part.text for part in span)
        lexemes[first:last] = [Lexeme(Kind.BREAKDOWN, start, end, text, "age")]
    return lexemes


def _age_spans(lexemes: list[Lexeme]) -> list[tuple[int, int]]:
    spans = []
    for position in range(1, len(lexemes)):
        is_age = words("age_words", role="years").whole(lexemes[position].text)
        if is_age and lexemes[position - 1].kind is Kind.NUMBER:
            spans.append((position - 1, position + (3 if _is_open_age(lexemes[position + 1 : position + 3]) else 1)))
        elif lexemes[position].upper is not None and lexemes[position - 1].meaning.endswith(_PER_INHABITANT):
            spans.append((position, position + 1))
    return spans


def _is_open_age(lexemes: list[Lexeme]) -> bool:
    """`eller äldre` after an age: it has no other end."""
    roles = ("joiner", "older")
    return len(lexemes) == len(roles) and all(
        words("age_words", role=role).whole(lexeme.text) for role, lexeme in zip(roles, lexemes, strict=True)
    )


def settle_years(lexemes: list[Lexeme]) -> list[Lexeme]:
    """A bare year is a period where a colon or bracket says so, or where words or another value stand by it."""
    return [_as_period(lexeme) if _is_period(lexemes, i) else lexeme for i, lexeme in enumerate(lexemes)]


def _is_period(lexemes: list[Lexeme], position: int) -> bool:
    lexeme = lexemes[position]
    if lexeme.kind is not Kind.NUMBER or not recent_years(lexeme.text):
        return False
    if position + 1 < len(lexemes) and lexemes[position + 1].kind is Kind.UNIT:
        return False
    if position and _compares(lexemes[position - 1]):
        return True
    others = (other for i, other in enumerate(lexemes) if i != position)
    return any(other.kind in _COMPANY for other in others)


def _compares(lexeme: Lexeme) -> bool:
    """`Lägre än 2022` compares with a year, not with a number."""
    last = lexeme.text.split()[-1:]
    return bool(last) and last != [lexeme.text] and words("period_words", role="than").whole(last[0]) is not None


def _as_period(lexeme: Lexeme) -> Lexeme:
    meaning = "/".join(recent_years(lexeme.text))
    return replace(lexeme, kind=Kind.PERIOD, meaning=meaning, value=None, upper=None)
