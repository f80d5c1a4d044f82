"""A value cell as a row of lexemes: numbers, units, comparators, directions, periods and plain words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto

from schema.lexicon.numbers import Number, find_numbers
from schema.lexicon.periods import DAYS_OF_MONTH, MONTHS_OF_YEAR, find_period
from schema.lexicon.phrases import Phrase, Token, find_phrases, tokenize
from schema.lexicon.signs import MINUSES
from schema.lexicon.words import words
from schema.lexicon.years import is_recent_year, recent_years

VOCABULARIES = (
    "missing", "pending", "preliminary", "comparators", "directions", "units", "money_units",
    "breakdowns", "months", "numerals", "numbered", "joiners",
)  # fmt: skip
"""The words that a value cell is made of."""
SINGLE_LETTERS = 1
"""A breakdown this short (`M`, `K`) counts only where a value follows it."""


class Kind(Enum):
    """What a lexeme is."""

    NUMBER = auto()
    UNIT = auto()
    COMPARATOR = auto()
    COMPARATOR_AFTER = auto()
    DIRECTION = auto()
    MISSING = auto()
    MISSING_ANYWHERE = auto()
    PENDING = auto()
    PRELIMINARY = auto()
    BREAKDOWN = auto()
    PERIOD = auto()
    OPEN = auto()
    CLOSE = auto()
    COLON = auto()
    SLASH = auto()
    DASH = auto()
    AND = auto()
    OF = auto()
    STOP = auto()
    WORD = auto()


ANCHORS = frozenset({Kind.NUMBER, Kind.DIRECTION, Kind.MISSING})
_COMPANY = ANCHORS | {Kind.WORD, Kind.BREAKDOWN, Kind.PENDING, Kind.MISSING_ANYWHERE}
"""What a year stands beside when it is a period and no value."""
_SIGNS = {
    "(": Kind.OPEN, ")": Kind.CLOSE, "[": Kind.OPEN, "]": Kind.CLOSE, ":": Kind.COLON, "/": Kind.SLASH,
    ".": Kind.STOP, ",": Kind.STOP, ";": Kind.STOP, "*": Kind.STOP,
} | dict.fromkeys(MINUSES, Kind.DASH)  # fmt: skip
_OPENERS = frozenset({Kind.COLON, Kind.SLASH, Kind.OPEN, Kind.BREAKDOWN, Kind.STOP, Kind.DASH, Kind.UNIT})
_JOINERS = {"and": Kind.AND, "respective": Kind.AND, "of": Kind.OF, "filler": Kind.STOP}
_PER_INHABITANT = "/inv"
"""A range after this unit is the inhabitants' age: `kr/inv 0-20`."""
_BY_VOCABULARY = {
    "pending": (Kind.PENDING, ""),
    "preliminary": (Kind.PRELIMINARY, ""),
    "directions": (Kind.DIRECTION, "direction"),
    "units": (Kind.UNIT, "unit"),
    "money_units": (Kind.UNIT, "unit"),
    "breakdowns": (Kind.BREAKDOWN, "dimension"),
}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A stretch of the cell that means one thing."""

    kind: Kind
    start: int
    end: int
    text: str
    meaning: str = ""
    """Comparator, direction, canonical unit or period."""
    value: Decimal | None = None
    upper: Decimal | None = None
    doubtful: bool = False


def to_lexemes(text: str, *, column_period: str | None = None) -> tuple[Lexeme, ...]:
    """Read a cell's text from left to right; `column_period` gives the year to a month that stands alone."""
    year = (column_period or "")[:4]
    lexemes = _join_days(_join_ranges(_Reader(text, tokenize(text), year).read()), year)
    with_ages = _join_ages(lexemes)
    has_value = any(lexeme.kind is Kind.NUMBER for lexeme in with_ages)
    return tuple(_settle_years(with_ages if has_value else lexemes))


class _Reader:
    """One pass over the tokens; at each the longest phrase that fits its surroundings wins."""

    def __init__(self, text: str, tokens: tuple[Token, ...], column_year: str) -> None:
        self.text = text
        self.tokens = tokens
        self.phrases = find_phrases(tokens, VOCABULARIES)
        self.numbers = {number.start: number for number in find_numbers(text)}
        self.column_year = column_year
        self.done: list[Lexeme] = []

    def read(self) -> list[Lexeme]:
        position = 0
        while position < len(self.tokens):
            lexeme, position = self._next(position)
            self.done.append(lexeme)
        return self.done

    def _next(self, position: int) -> tuple[Lexeme, int]:
        token = self.tokens[position]
        number = self.numbers.get(token.start)
        if number is not None:
            return self._number(number), position + 1
        for phrase in self.phrases.get(position, ()):
            lexeme = self._fit(phrase)
            if lexeme is not None:
                return lexeme, self._after(lexeme)
        return self._plain(token, position), position + 1

    def _plain(self, token: Token, position: int) -> Lexeme:
        """A sign, a word, or a word that names the period of what follows it: `T1: 45`."""
        is_word = any(char.isalnum() for char in token.text)
        lexeme = self._lexeme(_SIGNS.get(token.text, Kind.WORD if is_word else Kind.STOP), position, position + 1)
        period = find_period(token.text, year=self.column_year) if self._sign_at(position + 1) == ":" else None
        return replace(lexeme, kind=Kind.PERIOD, meaning=period) if period else lexeme

    def _sign_at(self, position: int) -> str:
        return self.tokens[position].text if position < len(self.tokens) else ""

    def _number(self, number: Number) -> Lexeme:
        if self.done and self.done[-1].meaning == "numbered":
            return Lexeme(Kind.WORD, number.start, number.end, number.text)
        return Lexeme(Kind.NUMBER, number.start, number.end, number.text, value=number.value, doubtful=number.doubtful)

    def _fit(self, phrase: Phrase) -> Lexeme | None:
        """Return the phrase as a lexeme where it may stand here."""
        row, vocabulary = phrase.row, phrase.vocabulary
        if vocabulary == "missing":
            return self._missing(phrase)
        if vocabulary == "comparators":
            return self._comparator(phrase)
        if vocabulary == "numerals":
            return self._numeral(phrase)
        if vocabulary == "months":
            return self._month(phrase)
        if vocabulary == "joiners":
            return self._lexeme(_JOINERS[row["role"]], phrase.first, phrase.last)
        if vocabulary == "numbered":
            return self._lexeme(Kind.WORD, phrase.first, phrase.last, meaning="numbered")
        kind, column = _BY_VOCABULARY[vocabulary]
        if not self._may_stand(kind, phrase):
            return None
        return self._lexeme(kind, phrase.first, phrase.last, meaning=row.get(column, ""))

    def _may_stand(self, kind: Kind, phrase: Phrase) -> bool:
        if kind is Kind.UNIT:
            return self._previous() is Kind.NUMBER
        if kind is Kind.DIRECTION:
            return self._opens_part()
        if kind is Kind.BREAKDOWN and len(phrase.row["phrase"]) == SINGLE_LETTERS:
            return self._value_follows(phrase.last)
        return True

    def _missing(self, phrase: Phrase) -> Lexeme | None:
        match = phrase.row["match"]
        if match == "any":
            return self._lexeme(Kind.MISSING_ANYWHERE, phrase.first, phrase.last)
        if match == "start" and self._opens_part():
            return self._lexeme(Kind.MISSING, phrase.first, phrase.last)
        return None

    def _comparator(self, phrase: Phrase) -> Lexeme | None:
        meaning = phrase.row["comparator"]
        if phrase.row["place"] == "after":
            has_number = any(lexeme.kind is Kind.NUMBER for lexeme in self.done)
            kind = Kind.COMPARATOR_AFTER
            return self._lexeme(kind, phrase.first, phrase.last, meaning) if has_number else None
        next_is_colon = phrase.last < len(self.tokens) and self.tokens[phrase.last].text == ":"
        if self._number_at(phrase.last + next_is_colon) or self._numeral_at(phrase.last):
            return self._lexeme(Kind.COMPARATOR, phrase.first, phrase.last, meaning)
        return None

    def _numeral(self, phrase: Phrase) -> Lexeme | None:
        """A number in words, at the start of the cell or of a bracket, after a comparator or after `av`."""
        bound = self._previous() in (Kind.COMPARATOR, Kind.OF, Kind.DIRECTION, Kind.OPEN)
        if not bound and (self.done or phrase.row["alone"] != "1"):
            return None
        lexeme = self._lexeme(Kind.NUMBER, phrase.first, phrase.last)
        return replace(lexeme, value=Decimal(phrase.row["value"]))

    def _month(self, phrase: Phrase) -> Lexeme | None:
        """A month with its year, or alone before a colon, in brackets or after a day."""
        month = int(phrase.row["number"])
        following = self.numbers.get(self.tokens[phrase.last].start) if phrase.last < len(self.tokens) else None
        if following is not None and is_recent_year(following.text):
            return self._lexeme(Kind.PERIOD, phrase.first, phrase.last + 1, f"{following.text}-{month:02}")
        in_brackets = self._sign_at(phrase.last) == ")" and self._previous() is Kind.OPEN
        after_day = bool(self.done) and _is_day(self.done[-1]) and len(self.numbers) > 1
        if self.column_year and (self._sign_at(phrase.last) == ":" or in_brackets or after_day):
            return self._lexeme(Kind.PERIOD, phrase.first, phrase.last, f"{self.column_year}-{month:02}")
        return None

    def _previous(self) -> Kind | None:
        return self.done[-1].kind if self.done else None

    def _opens_part(self) -> bool:
        return not self.done or self.done[-1].kind in _OPENERS

    def _number_at(self, position: int) -> bool:
        return position < len(self.tokens) and self.tokens[position].start in self.numbers

    def _numeral_at(self, position: int) -> bool:
        return any(phrase.vocabulary == "numerals" for phrase in self.phrases.get(position, ()))

    def _value_follows(self, position: int) -> bool:
        while position < len(self.tokens) and _SIGNS.get(self.tokens[position].text) in (Kind.COLON, Kind.DASH):
            position += 1
        return self._number_at(position) or position in self.phrases

    def _lexeme(self, kind: Kind, first: int, last: int, meaning: str = "") -> Lexeme:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Lexeme(kind, start, end, self.text[start:end], meaning)

    def _after(self, lexeme: Lexeme) -> int:
        return next((i for i, token in enumerate(self.tokens) if token.start >= lexeme.end), len(self.tokens))


def _join_ranges(lexemes: list[Lexeme]) -> list[Lexeme]:
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


def _join_days(lexemes: list[Lexeme], column_year: str) -> list[Lexeme]:
    """`45 (31/12)`, `45 per 31 december 2022`: a day in a cell with another number is read as its month."""
    if sum(lexeme.kind is Kind.NUMBER for lexeme in lexemes) < 2:
        return lexemes
    joined: list[Lexeme] = []
    for lexeme in lexemes:
        joined.append(lexeme)
        if lexeme.kind is Kind.PERIOD and "-" in lexeme.meaning and len(joined) > 1 and _is_day(joined[-2]):
            del joined[-2]
        elif _is_day_and_month(joined[-3:]) and column_year:
            month = f"{column_year}-{int(lexeme.text):02}"
            joined[-3:] = [replace(lexeme, kind=Kind.PERIOD, meaning=month, value=None)]
        else:
            continue
        while len(joined) > 1 and words("period_words", role="before_day").whole(joined[-2].text):
            del joined[-2]
    return joined


def _is_day(lexeme: Lexeme) -> bool:
    return lexeme.kind is Kind.NUMBER and lexeme.text.isdigit() and 1 <= int(lexeme.text) <= DAYS_OF_MONTH


def _is_day_and_month(lexemes: list[Lexeme]) -> bool:
    """`31/12` but not `8/10`: a part is never larger than its whole."""
    if len(lexemes) < 3 or lexemes[1].kind is not Kind.SLASH or not (_is_day(lexemes[0]) and _is_day(lexemes[2])):
        return False
    return int(lexemes[0].text) > MONTHS_OF_YEAR >= int(lexemes[2].text)


def _join_ages(lexemes: list[Lexeme]) -> list[Lexeme]:
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


def _settle_years(lexemes: list[Lexeme]) -> list[Lexeme]:
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
