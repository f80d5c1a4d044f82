"""What a line says of goals: a word of the hierarchy before a goal's name."""

from __future__ import annotations

import re
from functools import cache

from schema.lexicon.figures import reads_like_value
from schema.lexicon.labels import holds_verb, without_remark
from schema.lexicon.signs.bullets import without_bullet
from schema.lexicon.signs.sections import without_chapter
from schema.lexicon.units import PERCENT
from schema.lexicon.words import Words, in_small_letters, words
from schema.vocabulary import read_rows

GOAL_LEVELS = ("goal_area", "municipal_goal", "committee_goal")
"""Levels of the hierarchy of goals, the outermost first."""
LEAST_GROUP = 2
"""Letters before the ending of a word that groups goals."""

_WORD = re.compile(r"[^\W\d_][\w:-]*\w|[^\W\d_]")
_OPENS_NAME = re.compile(r"[A-ZÅÄÖ0-9”\"]")


def parse_goal_line(text: str) -> tuple[str, str] | None:
    """Return (level, name) of a line such as *Målområde: Samhälle*, None for any other line."""
    match = _goal_line().match(without_chapter(without_bullet(text.strip())))
    if not match or not _OPENS_NAME.match(match.group(2).strip("* ")):
        return None
    level = next(row["level"] for row in _level_rows() if row["phrase"] == in_small_letters(match.group(1)))
    name = match.group(2).strip(" *")
    return level, without_remark(name) if level == "goal_area" else name


def parse_numbered_goal(text: str) -> str | None:
    """Return the name of a goal that is told by its number alone: *Mål 3: Trygga barn*."""
    found = _numbered_goal().fullmatch(text.strip())
    return found[1] if found and _OPENS_NAME.match(found[1]) else None


def name_after_goal_word(text: str) -> str | None:
    """Return the name of a goal that its number, or a word for goals and a colon, stands before: *Mål: Trygga barn*."""
    word, colon, name = text.strip().partition(":")
    is_word = bool(colon) and _of_role("goals").whole(word) is not None and _OPENS_NAME.match(name.strip()) is not None
    return name.strip() if is_word else parse_numbered_goal(text)


def is_goal_number(text: str) -> bool:
    """Whether a line is a goal's number alone, its name in the line below: *Mål 3*."""
    text = text.strip(" :.")
    return text[-1:].isdigit() and parse_numbered_goal(f"{text}: {text}") == text


def names_kind_of_goals(text: str) -> bool:
    """Whether a heading ends in a word for goals, *Globala mål*: it is no goal itself, and its goals may be others'."""
    last = _WORD.findall(text)[-1:]
    return bool(last and _of_role("goals").whole(last[0])) and not is_worded_as_goal(text) and not holds_verb(text)


def opens_with_goal_word(text: str) -> bool:
    """Whether a line opens with a word for goals or for what stands below them, so that it is no goal's name."""
    return words("goal_lines", role=("goals", "part")).opening(text) is not None


def goal_group(text: str) -> str | None:
    """Return a heading of one word that groups goals, such as *Miljömål*; a word for goals themselves is none."""
    text = text.strip()
    hit = words("goal_words", level="group").whole(text)
    if hit is None or not text[0].isupper() or len(text) - len(hit.row["phrase"]) + 1 < LEAST_GROUP:
        return None
    return None if any(row["phrase"] == text.casefold() for row in _level_rows()) else text


def announces_goals(text: str) -> bool:
    """Whether a line is nothing but words for goals and whose, of when or how they are: *Nämndens mål 2025*."""
    return _holds_only(without_chapter(text), ("goals", "beside", "telling")) and bool(_of_role("goals").find(text))


def announces_list(text: str) -> bool:
    """Whether a line ends by saying that goals follow: *Nämnden har antagit följande tre mål:*."""
    if not text.rstrip().endswith(":"):
        return False
    following = _of_role("following").find(text)
    rest = text[following.end :] if following else ""
    goal = _of_role("goals").find(rest)
    return bool(goal and _holds_only(rest[: goal.start], ("beside",))) or announces_goals(text)


def tells_of_goal(text: str) -> bool:
    """Whether a heading is one about the goal that stands above it: *Analys*, *Måluppfyllelse 2025*."""
    return _holds_only(without_chapter(text), ("part", "beside"))


def is_worded_as_goal(text: str) -> bool:
    """Whether a text says what is to be: *Köerna ska vara korta*."""
    return _of_role("modal").find(text) is not None


def split_verdict_label(text: str) -> tuple[str, str] | None:
    """Return (label, rest) of a line that opens by announcing a verdict, *Måluppfyllelse: God*; None for any other."""
    found = _of_role("label").opening(text)
    rest = text[found.end :].strip() if found else ""
    return (found.text, rest.lstrip(":–- ")) if found and (not rest or rest[0] in ":–-" or rest[0].isupper()) else None


def is_degree(label: str, value: str) -> bool:
    """Whether a label and what follows it state by a share how far a goal is met: *Måluppfyllelse: 75 %*."""
    return bool(_of_role("degree").whole(label)) and value.rstrip(". ").endswith(PERCENT) and reads_like_value(value)


def name_before_verdict(text: str) -> str:
    """Return what stands before a verdict without the label that leads to it: *6.1 Korta köer. Nämndens bedömning*."""
    label = next((found for found in _of_role("label").hits(text) if found.end == len(text.rstrip(" :"))), None)
    return text[: label.start].strip() if label else text.strip()


def _of_role(role: str) -> Words:
    return words("goal_lines", role=role)


def _holds_only(text: str, roles: tuple[str, ...]) -> bool:
    """Whether every word of a text, besides years and numbers, has one of some roles."""
    known = words("goal_lines", role=roles)
    return all(known.whole(word) for word in _WORD.findall(text))


@cache
def _level_rows() -> tuple[dict[str, str], ...]:
    return tuple(row for row in read_rows("goal_words") if row["level"] in GOAL_LEVELS)


@cache
def _goal_line() -> re.Pattern[str]:
    phrases = sorted((row["phrase"] for row in _level_rows()), key=len, reverse=True)
    return re.compile(
        rf"^({'|'.join(map(re.escape, phrases))})\s*(?:\d+\s*)?(?:[:\-–—]\s*|\s+(?=[A-ZÅÄÖ*]))(\S.*)$",
        re.IGNORECASE | re.DOTALL,
    )


@cache
def _numbered_goal() -> re.Pattern[str]:
    phrases = "|".join(re.escape(row["phrase"]) for row in read_rows("goal_words") if row["level"] == "numbered")
    return re.compile(rf"(?:{phrases})\s*\d{{1,2}}(?:\s*[:.–-]\s*|\s+)(\S.*)", re.IGNORECASE | re.DOTALL)
