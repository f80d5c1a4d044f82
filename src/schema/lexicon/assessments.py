"""Statements of how far a goal is met, as running text words them: runs of words that assess, round an outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schema.lexicon.phrases import Phrase, find_phrases, tokenize

OUTCOMES = ("met", "met_beside", "whole")
BEFORE = ("opener", "hedge", "degree")


@dataclass(frozen=True, slots=True)
class Assessment:
    """The words of a text that assess a goal."""

    text: str
    start: int
    names_goal: bool
    """Whether they open with the goal itself: *målet uppnås*."""


def find_assessments(text: str) -> Iterator[Assessment]:
    """Yield the assessments of a text, from left to right."""
    tokens = tokenize(text)
    line = _in_line(find_phrases(tokens, ("assessment_phrases",)), len(tokens))
    for place, phrase in enumerate(line):
        if phrase is None or phrase.row["role"] not in OUTCOMES:
            continue
        first, last = _first_of_run(line, place), _last_of_run(line, place)
        opening, ending = line[first], line[last]
        if opening is None or ending is None or (phrase.row["role"] == "met_beside" and first == last):
            continue
        start, end = tokens[opening.first].start, tokens[ending.last - 1].end
        yield Assessment(text[start:end], start, opening.row["role"] == "goal")


def _in_line(found: dict[int, tuple[Phrase, ...]], count: int) -> list[Phrase | None]:
    """Return the longest phrase at each place in turn, None for every other word."""
    line: list[Phrase | None] = []
    place = 0
    while place < count:
        phrase = found[place][0] if place in found else None
        line.append(phrase)
        place = phrase.last if phrase else place + 1
    return line


def _role(line: list[Phrase | None], place: int) -> str:
    phrase = line[place] if 0 <= place < len(line) else None
    return phrase.row["role"] if phrase else ""


def _first_of_run(line: list[Phrase | None], place: int) -> int:
    """Return where the run begins that ends with an outcome: at the goal, or at the first word that may open it."""
    if _role(line, place) == "whole":
        return place
    first = place
    while _role(line, first - 1) in BEFORE:
        first -= 1
    if _role(line, first - 1) == "goal":
        return first - 1
    while _role(line, first) == "hedge":
        first += 1
    return first


def _last_of_run(line: list[Phrase | None], place: int) -> int:
    """Return where the run ends: *uppnås delvis*."""
    last = place
    while _role(line, place) != "whole" and _role(line, last + 1) == "degree":
        last += 1
    return last
