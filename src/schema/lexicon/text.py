"""Text as it is compared: printed signs cleaned away, words folded so that two spellings meet."""

from __future__ import annotations

import re
from functools import cache

from schema.lexicon.signs import MINUSES, SPACES
from schema.lexicon.signs.leaders import without_leader
from schema.lexicon.signs.marks import raised_figures
from schema.vocabulary import read_rows

_MARKUP = re.compile(r"</?(?:i|u|b|em|strong|sup|sub|ul|li|br)\s*/?>|\*\*", re.IGNORECASE)
_BLANKS = re.compile(rf"[\s{SPACES}]+")
_OUTER_MARKS = "*†‡ "
_PERCENT = re.compile(r"\(\s*%\s*\)|(?<![\d\s])\s*,?\s*%|(?<!\d)\s%")
_QUOTES = re.compile(r"[\"'”“’‘´`»«]")
_NO_LETTER = re.compile(r"[^a-zåäöéü]")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\ufeff")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9”\"])")
NAME_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|(?<=[^\W\d_])-(?=[^\W\d_]))*-?|&|[^\w\s]|\d+")
"""A word with its hyphens, a sign or a number: what names of committees are made of."""


def clean_text(text: str) -> str:
    """Return the text with single spaces and without markup, soft hyphens and raised footnote marks.

    The raised 2 and 3 of m² and m³ stay.
    """
    text = _MARKUP.sub(" ", text.translate(_INVISIBLE))
    return _BLANKS.sub(" ", raised_figures().sub(" ", text)).strip()


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return _SENTENCE_END.split(text)


def fold(text: str) -> str:
    """Keep the letters only, in lower case: what survives a header broken by a narrow column."""
    return _NO_LETTER.sub("", text.casefold())


def opening_word(text: str) -> str | None:
    """Return the word that a text opens with, None where that is a number or a word of three letters at most."""
    found = _LONG_WORD.match(text.casefold())
    return found.group() if found else None


def share_of_words(text: str, other: str, *, letters: int = 5) -> float:
    """Return the share of a text's longer words that another text has too; words are alike by their first letters."""
    mine, theirs = ({word[:letters] for word in _LONG_WORD.findall(each.casefold())} for each in (text, other))
    return len(mine & theirs) / len(mine) if mine else 0.0


def after_coordination(text: str) -> str:
    """Return a text without the first parts of a compound that opens it: *utbildningsnämnden* of *Barn- och …*."""
    found = _coordinated().match(text)
    return text[found.end() :] if found else text


@cache
def _coordinated() -> re.Pattern[str]:
    joiners = "|".join(re.escape(row["phrase"]) for row in read_rows("joiners") if row["role"] in ("and", "respective"))
    return re.compile(rf"(?:[^\W\d_]+-,?\s+(?:(?:{joiners})\s+)?)+", re.IGNORECASE)


def clean_label(label: str) -> str:
    """Return a label without the asterisks that mark it for a footnote and the dots that lead to its figures."""
    return without_leader(clean_text(label)).strip(_OUTER_MARKS)


def fold_label(label: str) -> str:
    """Return what two printings of one label share: no case, quotes, dash forms, final stop or percent sign."""
    folded = re.sub(rf"[{MINUSES}]", "-", clean_label(label).casefold())
    folded = _QUOTES.sub("", _PERCENT.sub(" ", folded) if "%" in folded else folded)
    return _BLANKS.sub(" ", folded).strip(" .:;,*")
