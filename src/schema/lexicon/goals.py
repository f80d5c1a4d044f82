"""What a line says of goals: a word of the hierarchy before a goal's name."""

from __future__ import annotations

import re
from functools import cache

from schema.lexicon.labels import without_remark
from schema.lexicon.words import words
from schema.vocabulary import read_rows

GOAL_LEVELS = ("goal_area", "municipal_goal", "committee_goal")
"""Levels of the hierarchy of goals, the outermost first."""
LEAST_GROUP = 2
"""Letters before the ending of a word that groups goals."""

_OPENS_NAME = re.compile(r"[A-ZÅÄÖ0-9”\"]")


def parse_goal_line(text: str) -> tuple[str, str] | None:
    """Return (level, name) of a line such as *Målområde: Samhälle*, None for any other line."""
    match = _goal_line().match(text.strip())
    if not match or not _OPENS_NAME.match(match.group(2).strip("* ")):
        return None
    level = next(row["level"] for row in _level_rows() if row["phrase"] == match.group(1).casefold())
    name = match.group(2).strip(" *")
    return level, without_remark(name) if level == "goal_area" else name


def goal_line(name: str, level: str = "committee_goal") -> str:
    """Return a line that names a goal of a level."""
    phrase = next(row["phrase"] for row in _level_rows() if row["level"] == level)
    return f"{phrase}: {name}"


def parse_numbered_goal(text: str) -> str | None:
    """Return the name of a goal that is told by its number alone: *Mål 3: Trygga barn*."""
    found = _numbered_goal().fullmatch(text.strip())
    return found[1] if found else None


def goal_group(text: str) -> str | None:
    """Return a heading of one word that groups goals, such as *Miljömål*; a word for goals themselves is none."""
    text = text.strip()
    hit = words("goal_words", level="group").whole(text)
    if hit is None or not text[0].isupper() or len(text) - len(hit.row["phrase"]) + 1 < LEAST_GROUP:
        return None
    return None if any(row["phrase"] == text.casefold() for row in _level_rows()) else text


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
    return re.compile(rf"(?:{phrases})\s*\d{{1,2}}\s*[:.–-]\s*(\S.*)", re.IGNORECASE | re.DOTALL)
