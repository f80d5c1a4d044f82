"""Statements of how far a goal is met, as running text words them: runs of words that assess, round an outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schema.lexicon.phrases import Phrase, Token, find_phrases, tokenize
from schema.lexicon.text import sentences
from schema.lexicon.words import words

OUTCOMES = ("met", "met_beside", "met_after", "whole")
REACHED = ("reached", "met", "met_beside")
BEFORE = ("opener", "hedge", "degree")
MOST_BETWEEN = 5
"""Words of time or reason between *målet har* and *uppnåtts*; more are another clause."""
TEXTS_KEPT = 4096
"""Texts that are remembered as a status or none: the units of all values are asked for."""
LONGEST_VERDICT = 60
"""Characters of a verdict that stands alone after *Måluppfyllelse:*; longer ones are text."""

SEEN = 4096
"""Short texts that are kept with whether they are verdicts: tables are asked for those of each cell several times."""

_OPENS_NAME = re.compile(r"[A-ZÅÄÖ0-9”\"]")
_VERDICT_LABEL = re.compile(r"\s+[A-ZÅÄÖ]\w+(?: [a-zåäö]+)?:$")
"""What leads a verdict that ran together with the goal's name: *Korta köer Bedömning: Uppfyllt*."""
_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<verdict>[^()]+)\)\.?")
_AFTER_DASH = re.compile(r"(?P<name>.+?)\s+[–—-]\s+(?P<verdict>[^–—]+)")
_BEFORE_NAME = re.compile(r"(?P<verdict>[^:]+):\s+(?P<name>[A-ZÅÄÖ].*)", re.DOTALL)
_ENDS_CLAUSE = frozenset(",;:–—()")


@dataclass(frozen=True, slots=True)
class Assessment:
    """The words of a text that assess a goal."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sentence on *the goal* says of how far it is met."""

    text: str
    start: int
    """Where the sentence begins."""
    about: str
    """How the sentence words the goal, *att ha korta köer*; nothing where it says *målet* alone."""


def find_assessments(text: str) -> Iterator[Assessment]:
    """Yield the assessments of a text, from left to right."""
    tokens = tokenize(text)
    line = _line(tokens, ("",))
    for place in range(len(line)):
        if _is_outcome(line, place):
            first, last = _first_of_run(line, place), _last_of_run(line, place)
            start, end = tokens[line[first].first].start, tokens[line[last].last - 1].end
            yield Assessment(text[start:end], start)


def find_verdicts(text: str) -> Iterator[Verdict]:
    """Yield what the sentences of a text that speak of *the goal* say of how far it is met."""
    if words("assessment_phrases", role="goal").find(text) is None:
        return
    start = 0
    for sentence in sentences(text):
        start = text.index(sentence, start)
        found = _verdict_in(sentence)
        if found:
            yield Verdict(found[0], start, found[1])


@lru_cache(maxsize=SEEN)
def verdict_alone(text: str) -> str | None:
    """Return a text that is nothing but a verdict, without its full stop: *God*, *Delvis uppfyllt*."""
    text = text.strip().rstrip(".")
    if not text or len(text) > LONGEST_VERDICT:
        return None
    run = next(find_assessments(text), None)
    is_known = words("assessments").whole(text) or words("colours").whole(text) or (run and run.text == text)
    return text if is_known or _says_what_is_reached(text) else None


def _says_what_is_reached(text: str) -> bool:
    """Whether all words of a text assess, one what is reached, others the goal or how far: *Når ej målet*."""
    roles = [phrase.row["role"] for phrase in _line(tokenize(text), ("", "1"))]
    return "" not in roles and "reached" in roles and len(set(roles)) > 1


def part_cell_verdict(text: str, tail: str) -> tuple[str, str | None]:
    """Return the name of a goal's cell and the verdict that ends it: in brackets, after a dash or set as its `tail`."""
    if text.endswith(tail) and len(tail) < len(text) and verdict_alone(tail):
        return text[: -len(tail)].strip(), tail
    return part_verdict(text) or without_verdict(text)


@lru_cache(maxsize=TEXTS_KEPT)
def is_status(text: str) -> bool:
    """Whether a text is nothing but how far a goal or an assignment has come."""
    return verdict_alone(text) is not None or words("progress").whole(text) is not None


def part_verdict(text: str) -> tuple[str, str] | None:
    """Return (name, verdict) of a line that holds both: *Korta köer (delvis uppfyllt)*, *Uppfyllt: Korta köer*."""
    for pattern in (_IN_BRACKETS, _AFTER_DASH, _BEFORE_NAME):
        found = pattern.fullmatch(text.strip())
        if found and _is_verdict(found["verdict"]) and not _is_verdict(found["name"]):
            return found["name"], found["verdict"]
    return None


def without_verdict(name: str) -> tuple[str, str | None]:
    """Return a goal's name and the verdict that ran together with it: *Korta köer Målet bedöms uppnås*."""
    for found in find_assessments(name):
        if found.start and found.text[0].isupper() and name.endswith(found.text):
            return _VERDICT_LABEL.sub("", name[: found.start].strip()), found.text
    return name, None


def _is_verdict(text: str) -> bool:
    """Whether a text is a run of words that assess, and no more."""
    text = text.strip(" .")
    return text in (*(run.text for run in find_assessments(text)), *(run.text for run in find_verdicts(text)))


def _verdict_in(sentence: str) -> tuple[str, str] | None:
    """Return the verdict of a sentence on the goal, and how the sentence words that goal."""
    tokens = tokenize(sentence)
    line = _line(tokens, ("", "1"))
    for goal in range(len(line)):
        before = [token.text for token in tokens[: line[goal].first]]
        if _role(line, goal) != "goal" or _is_open(before):
            continue
        for place in (place for place in range(goal + 1, len(line)) if _is_outcome_of(line, place)):
            first, last = _opening(line, place, goal + 1), line[_last_of_run(line, place)].last
            if words("goal_lines", role="or").opening(sentence[tokens[last - 1].end :].lstrip(" ,")):
                return None
            end = tokens[last - 1].end
            about = sentence[tokens[line[goal].last - 1].end : tokens[line[first].first].start].strip()
            if len(before) > 1 and words("goal_lines", role="points").whole(before[-2]):
                return sentence[tokens[line[first].first].start : end], f"{before[-1]} {about}".strip()
            if _is_one_clause(line, goal, place, tokens):
                return sentence[tokens[line[_opening(line, goal)].first].start : end], ""
            names_it = words("goal_lines", role="complement").opening(about) or _OPENS_NAME.match(about)
            wished = words("goal_lines", role="modal").whole(tokens[line[first - 1].first].text)
            if names_it and not wished:
                return sentence[tokens[line[first].first].start : end], about
        reached = goal - 1
        while _role(line, reached) == "degree":
            reached -= 1
        if _role(line, reached) in REACHED and words("goal_lines", role="actor").find(" ".join(before)):
            first, last = line[_opening(line, reached)].first, line[goal].last
            return sentence[tokens[first].start : tokens[last - 1].end], ""
    return None


def _is_open(before: Sequence[str]) -> bool:
    """Whether the words before the goal make its verdict a condition or an aim: *om målet nås*, *så att målet nås*."""
    unless = words("goal_lines", role="unless")
    return any(unless.whole(" ".join(before[-count:])) for count in (1, 2))


def _opening(line: Sequence[Phrase], place: int, least: int = 0) -> int:
    """Return where the words that lead to a phrase begin: *har därför inte* of *har därför inte uppnåtts*."""
    while place > least and _role(line, place - 1) in BEFORE:
        place -= 1
    return place


def _is_outcome_of(line: Sequence[Phrase], place: int) -> bool:
    """Whether a phrase of a sentence on the goal is its outcome; only *att nå* needs a word before it."""
    is_after = _role(line, place - 1) == "degree"
    return _role(line, place) in OUTCOMES and (is_after or _role(line, place) != "met_after")


def _is_one_clause(line: Sequence[Phrase], goal: int, outcome: int, tokens: Sequence[Token]) -> bool:
    """Whether between the goal and its outcome stands no more than when or why: *har under året*."""
    between = [phrase for phrase in line[goal + 1 : outcome] if phrase.row["role"] not in BEFORE]
    texts = [tokens[phrase.first].text for phrase in between]
    others = [text for text in texts if not words("goal_lines", role="beside").whole(text)]
    ends = any(text in _ENDS_CLAUSE or words("goal_lines", role=("modal", "complement")).whole(text) for text in others)
    opens_with_verb = _role(line, goal + 1) in BEFORE
    return not ends and len(list(filter(str.isalpha, others))) <= (MOST_BETWEEN if opens_with_verb else 0)


def _line(tokens: tuple[Token, ...], kept: tuple[str, ...]) -> list[Phrase]:
    """Return the longest phrase at each place in turn; every other word is a phrase without a role."""
    found = find_phrases(tokens, ("assessment_phrases",))
    line: list[Phrase] = []
    place = 0
    while place < len(tokens):
        of_use = (phrase for phrase in found.get(place, ()) if phrase.row["on_goal"] in kept)
        phrase = next(of_use, Phrase("", {"role": ""}, place, place + 1))
        line.append(phrase)
        place = phrase.last
    return line


def _role(line: Sequence[Phrase], place: int) -> str:
    return line[place].row["role"] if 0 <= place < len(line) else ""


def _is_outcome(line: Sequence[Phrase], place: int) -> bool:
    """Whether a phrase is an outcome where it stands: by itself, or beside others of its run."""
    role = _role(line, place)
    is_beside = _first_of_run(line, place) != _last_of_run(line, place)
    return role in OUTCOMES and (role != "met_beside" or is_beside)


def _first_of_run(line: Sequence[Phrase], place: int) -> int:
    """Return where the run begins that ends with an outcome: at the goal, or at the first word that may open it."""
    if _role(line, place) == "whole":
        return place
    first = place
    while _role(line, first - 1) in BEFORE:
        first -= 1
    if _role(line, first - 1) in ("goal", "goals"):
        return first - 1
    while _role(line, first) == "hedge":
        first += 1
    return first


def _last_of_run(line: Sequence[Phrase], place: int) -> int:
    """Return where the run ends: *uppnås delvis*."""
    last = place
    while _role(line, place) != "whole" and _role(line, last + 1) == "degree":
        last += 1
    return last
