"""A value cell as a row of lexemes: numbers, units, comparators, directions, periods and plain words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from normalize.join import is_day, join_ages, join_days, join_ranges, join_scales, settle_years, without_marks
from normalize.lexeme import Kind, Lexeme
from schema.lexicon.numbers import Number, find_numbers
from schema.lexicon.periods import find_period
from schema.lexicon.phrases import Phrase, Token, find_phrases, tokenize
from schema.lexicon.signs import MINUSES
from schema.lexicon.years import is_recent_year

VOCABULARIES = (
    "missing", "pending", "preliminary", "comparators", "directions", "units", "money_units",
    "breakdowns", "months", "numerals", "numbered", "joiners",
)  # fmt: skip
"""The words that a value cell is made of."""
PLUS = "+"
BETWEEN = "between"
"""The role of words that open a range whose ends *och* joins."""
SINGLE_LETTERS = 1
"""A breakdown this short (`M`, `K`) counts only where a value follows it."""
CELLS_KEPT = 4096
"""Texts that are remembered as read: a report prints the same figure in many cells."""

_SIGNS = {
    "(": Kind.OPEN, ")": Kind.CLOSE, "[": Kind.OPEN, "]": Kind.CLOSE, ":": Kind.COLON, "/": Kind.SLASH,
    ".": Kind.STOP, ",": Kind.STOP, ";": Kind.STOP, "*": Kind.STOP,
} | dict.fromkeys(MINUSES, Kind.DASH)  # fmt: skip
_OPENERS = frozenset({Kind.COLON, Kind.SLASH, Kind.OPEN, Kind.BREAKDOWN, Kind.STOP, Kind.DASH, Kind.UNIT})
_JOINERS = {
    "and": Kind.AND,
    "respective": Kind.AND,
    "of": Kind.OF,
    "to": Kind.DASH,
    "filler": Kind.STOP,
    "between": Kind.STOP,
}
_BY_VOCABULARY = {
    "pending": (Kind.PENDING, ""),
    "preliminary": (Kind.PRELIMINARY, ""),
    "directions": (Kind.DIRECTION, "direction"),
    "units": (Kind.UNIT, "unit"),
    "money_units": (Kind.UNIT, "unit"),
    "breakdowns": (Kind.BREAKDOWN, "dimension"),
}


def to_lexemes(text: str, *, column_period: str | None = None) -> tuple[Lexeme, ...]:
    """Read a cell's text from left to right; `column_period` gives the year to a month that stands alone."""
    return _lexemes(text, (column_period or "")[:4])


@lru_cache(maxsize=CELLS_KEPT)
def _lexemes(text: str, year: str) -> tuple[Lexeme, ...]:
    """Read a cell's text, which other cells hold, too, in months of a year."""
    lexemes = without_marks(join_scales(_Reader(text, tokenize(text), year).read()))
    lexemes = join_days(join_ranges(lexemes), year)
    with_ages = join_ages(lexemes)
    has_value = any(lexeme.kind is Kind.NUMBER for lexeme in with_ages)
    return tuple(settle_years(with_ages if has_value else lexemes))


def names_number(text: str) -> bool:
    """Whether all numbers of a text are names of things: *enligt tabell 13.2*, *se bilaga 3*."""
    return not any(lexeme.kind is Kind.NUMBER for lexeme in to_lexemes(text))


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
            return self._joiner(phrase)
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
            kind = Kind.COMPARATOR_AFTER
            return self._lexeme(kind, phrase.first, phrase.last, meaning) if self._follows_number(phrase) else None
        next_is_colon = phrase.last < len(self.tokens) and self.tokens[phrase.last].text == ":"
        if self._number_at(phrase.last + next_is_colon) or self._numeral_at(phrase.last):
            return self._lexeme(Kind.COMPARATOR, phrase.first, phrase.last, meaning)
        return None

    def _follows_number(self, phrase: Phrase) -> bool:
        """Whether a comparator may close a value; a plus stands straight after it and before no other."""
        if phrase.row["phrase"] == PLUS:
            return self._previous() is Kind.NUMBER and not self._number_at(phrase.last)
        return any(lexeme.kind is Kind.NUMBER for lexeme in self.done)

    def _joiner(self, phrase: Phrase) -> Lexeme | None:
        """A word between two values; `till` is a dash between two numbers that are no way from one to the other.

        So is `och` after `mellan` and a number.
        """
        kind = _JOINERS[phrase.row["role"]]
        if kind is Kind.AND and len(self.done) > 1 and self.done[-2].meaning == BETWEEN:
            return self._lexeme(Kind.DASH, phrase.first, phrase.last)
        if kind is Kind.DASH:
            starts = len(self.done) > 1 and self.done[-2].kind in (Kind.WORD, Kind.DIRECTION)
            if self._previous() is not Kind.NUMBER or starts or not self._number_at(phrase.last):
                return None
        return self._lexeme(kind, phrase.first, phrase.last, phrase.row["role"])

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
        after_day = bool(self.done) and is_day(self.done[-1]) and len(self.numbers) > 1
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
