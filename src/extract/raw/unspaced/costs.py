"""What it costs to read a run of words of raw PDF text as a label or as a value, and to part two words.

Low costs are likely readings: a number in a value column is free, a number inside a label is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.raw.lines import Line, awaits_more
from extract.raw.rows import opens_indicator
from schema.lexicon.figures import goes_on_group, is_grouped, opens_group
from schema.lexicon.labels import is_sex_label, opens_sex_label
from schema.lexicon.periods import opens_dated
from schema.lexicon.signs.marks import MARK_OPEN, take_marks
from schema.lexicon.text import fold
from schema.lexicon.values import (
    is_missing,
    is_named_value,
    is_printed_value,
    leading_number,
    name_before_value,
    opens_like_value,
    opens_with,
    unended_words,
)
from schema.lexicon.years import is_year, year_in
from schema.vocabulary import read_map, read_rows

AT_LINE_END = 0.0
STARTS_LIKE_INDICATOR = -0.5
SEX_AND_MORE = 1.5
"""A label that opens with Kvinnor or Män and goes on."""
INSIDE_LINE = 0.35
"""Two cells that stand in one printed line."""
OPEN_LINE = 2.5
"""A cell that ends where the file marks a wrap, or goes on where it marks an end."""
SMALL_LETTER = 1.6
"""A cell that opens in lower case, or after a word that awaits more."""
NEW_LINE_CAPITAL = 0.9
"""A text that goes on with a capital or a figure in its next line."""
INNER_CAPITAL = 1.2
"""A text that goes on inside a line with a capital, no name and no abbreviation."""
FIGURE_IN_TEXT = 1.4
"""A number or a sign for a missing one inside a label."""
KNOWN_FIGURE = 0.2
"""The same where a year, a bracket or a unit explains it."""
WRAPPED_VALUE = 0.3
WORDS_AS_VALUE = 1.0
"""A value that is nothing but words; each word costs a little more."""
WORD_IN_VALUE = 0.15
YEAR_AS_VALUE = 0.8
WORD_AFTER_DIRECTION = 0.4
LOOSE_VALUE = 0.9
"""A value that holds figures among words that no vocabulary knows."""
REMARK = 0.3
"""Each word of a remark after a number."""
CAPITAL_IN_REMARK = 0.6
FIGURE_MORE = 0.4
SMALL_VALUE = 2.0
"""A value of words that opens in lower case."""
UNENDED = 4.0
"""A value that ends with a word before a number (`ca`) or with a colon."""
TWO_VALUES = 1.5
"""Two directions, or two parts of one name, in one cell."""
EXPLAINED, NAMED_PART = 0.1, 0.3
"""A value whose words a bracket, a bound or a date explains; each part of one whose parts have names."""
THOUSANDS = 0.4
"""Two groups of digits as one number."""
PARTED_GROUPS = 0.1
"""Two groups of digits as two numbers."""
TEXTS_KEPT = 32_768
"""Runs of words whose cost as a value is remembered."""
WORDS_KEPT = 8192
"""Words that are remembered as read: each is asked of again and again."""


@dataclass(frozen=True, slots=True)
class Token:
    """A printed word and its place."""

    text: str
    line: int
    """Index of its line among the lines of the body."""
    is_first: bool
    """It opens its line."""
    after_open: bool | None = None
    """For the first of a line: whether the line before it ends with the space of a wrap; None where no file says."""

    @property
    def is_figure(self) -> bool:
        """A number or a sign for a missing one."""
        return _is_figure(self.text)


@lru_cache(maxsize=WORDS_KEPT)
def _is_figure(word: str) -> bool:
    return opens_like_value(word) and (not word[-1:].isalpha() or is_missing(word))


def tokens_of(lines: Sequence[Line]) -> list[Token]:
    """The words of lines."""
    tokens: list[Token] = []
    for index, line in enumerate(lines):
        is_open = _ends_open(lines[index - 1]) if index else None
        for place, word in enumerate(line.text.split()):
            tokens.append(Token(word, index, not place, is_open if not place else None))
    return tokens


def _ends_open(line: Line) -> bool | None:
    """Whether a cell goes on in the next line; None where the file does not say."""
    if line.ends_open is None:
        return None
    return line.raw.endswith((" ", "/", "-"))


def part_cost(tokens: Sequence[Token], index: int) -> float:
    """What it costs to end a cell before a word."""
    if not index:
        return 0.0
    if tokens[index].text[0] in "%)":
        return UNENDED
    token, before = tokens[index], tokens[index - 1]
    is_value = token.is_figure or is_missing(token.text) or opens_with(token.text, "directions")
    opens_small = token.text[0].islower() and not is_value
    awaits = awaits_more(take_marks(before.text)[0] or ".") and not before.is_figure
    if token.is_first and token.after_open is not None:
        return OPEN_LINE if token.after_open else (SMALL_LETTER if opens_small else AT_LINE_END)
    cost = AT_LINE_END if token.is_first else INSIDE_LINE
    if not token.is_first and opens_group(before.text) and goes_on_group(token.text):
        cost += PARTED_GROUPS
    return cost + (SMALL_LETTER if opens_small or awaits else 0.0)


def text_cost(tokens: Sequence[Token], index: int) -> float:
    """What it costs that a label goes on with a word."""
    token, before = tokens[index], tokens[index - 1]
    cost = _figure_cost(tokens, index)
    awaits = awaits_more(take_marks(before.text)[0] or ".") and before.text[-1] != ")"
    opens_small = token.text[0].islower() or token.text[0] in "(/&"
    if token.is_first:
        if token.after_open is not None:
            return cost + (0.0 if token.after_open else (0.4 if opens_small else OPEN_LINE))
        return cost + (0.0 if opens_small or awaits else NEW_LINE_CAPITAL)
    is_plain = token.text[0].isupper() and token.text[1:].islower() and before.text[-1:].islower()
    return cost + (INNER_CAPITAL if is_plain and not awaits and not _is_name(token.text) else 0.0)


def _figure_cost(tokens: Sequence[Token], index: int) -> float:
    token = tokens[index]
    if not token.is_figure:
        return 0.0
    explained = year_in(token.text) or token.text[0] == "(" or token.text[-1] in "),"
    before = tokens[index - 1] if index and not token.is_first else None
    is_counted = before is not None and awaits_more(take_marks(before.text)[0] or ".") and token.text[0].isdigit()
    return KNOWN_FIGURE if explained or is_counted else FIGURE_IN_TEXT


def _is_name(word: str) -> bool:
    return word.strip(",.") in _municipalities()


@cache
def _municipalities() -> frozenset[str]:
    return frozenset(row["name"] for row in read_rows("municipalities"))


@lru_cache(maxsize=TEXTS_KEPT)
def value_cost(text: str) -> float:
    """What it costs to read a text as one value."""
    text = take_marks(text)[0].strip().replace("/ ", "/") or "x"
    words = text.split()
    if not any(map(str.isdigit, text)):
        return _words_cost(text, words)
    if is_year(text):
        return YEAR_AS_VALUE
    if is_printed_value(text):
        return 0.0
    if is_grouped(text):
        return THOUSANDS
    return UNENDED if _is_unended(text, words) else _mixed_cost(text, words)


def _is_unended(text: str, words: Sequence[str]) -> bool:
    return words[-1].casefold() in unended_words() or text.endswith((":", "/"))


def _words_cost(text: str, words: Sequence[str]) -> float:
    """A value without figures: what says that it is missing, a direction, or any words."""
    if is_missing(text):
        return TWO_VALUES * max(0, sum(map(is_missing, words)) - 1)
    if _is_unended(text, words):
        return UNENDED
    if opens_with(text, "directions"):
        again = sum(opens_with(word, "directions") for word in words) - 1
        more = 0 if text.casefold() in _phrases("directions") else len(words) - 1
        return WORD_AFTER_DIRECTION * more + TWO_VALUES * max(0, again)
    small = SMALL_VALUE if text[:1].islower() else 0.0
    return WORDS_AS_VALUE + WORD_IN_VALUE * len(words) + small


def _mixed_cost(text: str, words: Sequence[str]) -> float:
    """A value of figures and words: a comparator, a unit, named parts or a remark explains the words."""
    bare = re.sub(r"\s?\([^()]*\)?$", "", text)
    if bare and bare != text and value_cost(bare) <= THOUSANDS:
        return EXPLAINED
    head, rest = words[0].casefold(), " ".join(words[1:])
    if head in unended_words() or (rest and opens_with(head, "preliminary")):
        return EXPLAINED + (value_cost(rest) if any(c.isdigit() for c in rest.split()[0]) else value_cost(rest) / 2)
    number = leading_number(text)
    if number:
        return (THOUSANDS if " " in number.strip() else 0.0) + _unit_cost(text[len(number) :].split())
    if opens_dated(text):
        return value_cost(text[text.index(":") + 1 :].strip()) + EXPLAINED
    parts = _named_parts(text)
    if all(map(is_named_value, parts)):
        names = [fold(name_before_value(part)) for part in parts]
        return NAMED_PART * len(parts) + TWO_VALUES * (len(names) - len(set(names))) + _directions(words)
    figures = sum(map(_holds_figure, words))
    return LOOSE_VALUE + WORD_IN_VALUE * len(words) + FIGURE_MORE * max(0, figures - 1) + _directions(words)


def _unit_cost(words: Sequence[str]) -> float:
    """The words after a number: a unit, or a remark in lower case."""
    if len(words) == 1 and (words[0].casefold().strip("*.") in read_map("units", "phrase", "kind") or "/" in words[0]):
        return 0.1
    figures = sum(map(_holds_figure, words))
    capitals = sum(word[0].isupper() for word in words)
    return REMARK * len(words) + TWO_VALUES * figures + CAPITAL_IN_REMARK * capitals + _directions(words)


def _directions(words: Sequence[str]) -> float:
    """Further values among the words of a value."""
    return TWO_VALUES * sum(map(is_value_of_its_own, words))


@lru_cache(maxsize=WORDS_KEPT)
def is_value_of_its_own(word: str) -> bool:
    """Whether a word is a direction, or says that a value is missing."""
    return opens_with(word, "directions") or is_missing(word)


@lru_cache(maxsize=WORDS_KEPT)
def _holds_figure(word: str) -> bool:
    return any(map(str.isdigit, word))


@cache
def _phrases(vocabulary: str) -> frozenset[str]:
    return frozenset(row["phrase"] for row in read_rows(vocabulary))


def _named_parts(text: str) -> list[str]:
    """A value cut before each word that follows a figure."""
    return re.split(r"(?<=[\d%)])\s(?=[^\W\d_])", text)


def wrap_cost(token: Token) -> float:
    """What it costs that a value goes on with a word, where that opens a line."""
    if not token.is_first:
        return 0.0
    return WRAPPED_VALUE if token.after_open is None else (0.0 if token.after_open else OPEN_LINE)


@cache
def is_assessment(text: str) -> bool:
    """Whether a text is nothing but a word for how far a goal is met."""
    folded = fold(text)
    whole, stems = _assessments()
    return folded in whole or any(folded.startswith(s) and len(folded) <= len(s) + LONGEST_ENDING for s in stems)


@cache
def _assessments() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole phrases, and the stems of those that may go on."""
    phrases = [row["phrase"] for row in read_rows("assessments")]
    return frozenset(fold(p.rstrip("*")) for p in phrases), tuple(fold(p[:-1]) for p in phrases if p.endswith("*"))


LONGEST_ENDING = 12
"""Letters that may follow an assessment's stem."""


def label_cost(text: str) -> float:
    """What a label costs beside its words."""
    plain = take_marks(text)[0]
    if is_sex_label(plain):
        return -0.3
    cost = SEX_AND_MORE if is_sex_label(plain.split()[0]) else 0.0
    return cost + (STARTS_LIKE_INDICATOR if opens_indicator(plain) else 0.0)


def cost_of_labels(word: str) -> float | None:
    """What labels that open with a word cost; None where that depends on the words after it."""
    is_whole = MARK_OPEN not in word and word.strip(" *") == word
    return None if not is_whole or opens_sex_label(word) else label_cost(word)
