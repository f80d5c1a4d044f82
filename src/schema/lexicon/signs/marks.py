"""Marks that refer to footnotes: raised beside the words that they belong to, or run together with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from schema.lexicon.signs import SUPERSCRIPTS
from schema.lexicon.years import YEAR
from schema.vocabulary import read_rows

MARK_OPEN, MARK_CLOSE = "\ue000", "\ue001"
"""Private characters that stand round a footnote's mark once it is told from the digits beside it."""
RUN_OF_MARKS = f"(?:{MARK_OPEN}[^{MARK_CLOSE}]+{MARK_CLOSE})*"
MARK = re.compile(f"\\s?{MARK_OPEN}([^{MARK_CLOSE}]+){MARK_CLOSE}")

_PART = re.compile(r"\d+|[^\d\s,)]+")
_MOST_FIGURES = 2
"""A footnote's number has at most two figures; more of them are several marks."""
_NOTE_LINE = re.compile(r"(\d{1,2})(?:\s?(?=[^\W\d_“”\"])|$)")
_PLAIN_NOTE = re.compile(r"(\d{1,2}|\*{1,3})\s*(?=[A-ZÅÄÖ])")
_MARKED_NOTE = re.compile(
    rf"(?:([{SUPERSCRIPTS}]+|<sup>\s*\w+\s*</sup>|\[\^?\d+\]:?|\*{{1,3}}(?![\s*]*\*))\s*)(?=\S)", re.IGNORECASE
)
_RAISED_END = re.compile(rf"(?<=.)[{SUPERSCRIPTS}][{SUPERSCRIPTS}°º0-9*]*$")


def marks_in(text: str) -> tuple[str, ...]:
    """Return the single marks of a raised text: `1,2` has two, and so many figures as 789 are three marks."""
    marks: list[str] = []
    for part in _PART.findall(text):
        marks += list(part) if part.isdigit() and len(part) > _MOST_FIGURES else [part]
    return tuple(marks)


def takes_power(word: str) -> bool:
    """Whether a raised 2 or 3 after a word is a power and no mark, as in m² and 100m²."""
    return bool(_power_at_end().search(word))


@cache
def raised_figures() -> re.Pattern[str]:
    """Return the pattern of raised figures that are no square or cubic metre."""
    before = "".join(rf"(?<!(?<![^\W\d_]){re.escape(word)})" for word in _powers())
    return re.compile(rf"(?=[{SUPERSCRIPTS}]){before}[{SUPERSCRIPTS}]+", re.IGNORECASE)


@cache
def _power_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, _powers()))})$", re.IGNORECASE)


def _powers() -> tuple[str, ...]:
    return tuple(row["phrase"] for row in read_rows("powers"))


def with_marks(text: str, mark: str, places: Sequence[tuple[int, int]]) -> str:
    """Return a text with private characters round a footnote's mark where it stands."""
    for start, end in reversed(places):
        text = f"{text[:start]}{MARK_OPEN}{mark}{MARK_CLOSE}{text[end:]}"
    return text


def holds_mark(text: str, mark: str) -> bool:
    """Whether private characters stand round a mark in a text."""
    return f"{MARK_OPEN}{mark}{MARK_CLOSE}" in text


def take_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the footnote marks that were told apart, and the marks."""
    if MARK_OPEN not in text:
        return text, ()
    markers = tuple(match.group(1) for match in MARK.finditer(text))
    return MARK.sub(_leave_space, text), markers


def split_at_marks(text: str) -> list[str]:
    """Return the texts between marks, and each mark at the odd places."""
    return re.split(f"{MARK_OPEN}([^{MARK_CLOSE}]+){MARK_CLOSE}", text)


def opening_note(text: str) -> tuple[str, str] | None:
    """Return the number that a line of raw text opens with and its rest, as a footnote's line does; else None."""
    found = _NOTE_LINE.match(text)
    return (found[1], text[found.end() :]) if found else None


def plain_note(text: str) -> tuple[str, str] | None:
    """Return the mark and text of a small print that opens with a mark that is not raised; else None."""
    found = _PLAIN_NOTE.match(text)
    return (found[1], text[found.end() :]) if found else None


def marked_note(text: str) -> tuple[str, str] | None:
    """Return the mark and text of a footnote whose mark is raised, tagged, in brackets or a star; else None."""
    found = _MARKED_NOTE.match(text)
    return (found[1], text[found.end() :]) if found else None


def raised_end(text: str) -> int | None:
    """Return where the raised figures begin that a word ends with, None where it has none."""
    found = _RAISED_END.search(text)
    return found.start() if found else None


def places_of_mark(mark: str, text: str) -> list[tuple[int, int]]:
    """Return the places where a footnote's number may stand as its mark, by the surest pattern that fits."""
    number = re.escape(mark)
    patterns = (
        rf"(?<=[a-zåäöé]){number}(?![\d,.%])",
        rf"(?<=[\w%][.)*]){number}(?![\d,%])",
        rf"(?<=[A-ZÅÄÖ]{{2}}){number}(?![\w,.%])",
        rf"(?<=[.)])\s{number}(?=\s[a-zåäö])",
        rf"(?<=[a-zåäö])\s{number}(?=\s*$)",
        rf"(?<=[a-zåäö)])\s{number}(?=\s(?!\d{{3}}\s)\d{{2,}}\s)",
        rf"(?<=\d)\s{number}(?=\*)",
        rf"(?:^|(?<=\s)){number}(?=[A-ZÅÄÖ][a-zåäö]{{3,}}[^.]*,)",
    )
    for pattern in patterns:
        found = [match.span() for match in re.finditer(pattern, text)]
        if found:
            return found
    return []


def places_of_glued_mark(mark: str, text: str, *, sure: bool = False) -> list[tuple[int, int]]:
    """Return the places where a number of three digits or more, no year, ends with a footnote's number.

    After other digits and a space it may be a group of thousands, which keeps its three digits: four are one with a
    mark, and this is `sure`.
    """
    number, rest = re.escape(mark), r"(?![\d,.%)])"
    after_group, alone = r"(?<=\d\s)\d{3}", rf"(?<![\d,.])(?<!\d\s)(?!{YEAR}\b)\d{{2,}}"
    pattern = after_group if sure else rf"(?:{after_group}|{alone})"
    return [match.span(1) for match in re.finditer(rf"{pattern}({number}){rest}", text)]


def _leave_space(match: re.Match[str]) -> str:
    """A mark that opens the next word leaves the space before it."""
    following = match.string[match.end() : match.end() + 1]
    return " " if match.group()[0].isspace() and following.isalnum() else ""
