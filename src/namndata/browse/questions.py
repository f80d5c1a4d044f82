"""The questions that can be asked by a click: those of docs/questions.md, with their titles in Swedish."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from namndata.language.catalogue import words_of

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs" / "questions.md"
"""namndata is installed as it lies in its folder; without the page there are no questions to click."""
QUESTION = re.compile(
    r"^## (?P<number>[^.\n]+)\. (?P<asked>[^\n]+)\n\n```sql\n(?P<sql>.*?)```\n.*?"
    r"^What can go wrong: (?P<wrong>[^\n]+)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its query."""

    name: str
    """Stands in its address: q01, q02 …"""
    asked: str
    swedish: str
    sql: str
    wrong: str
    """What can go wrong with its answer."""
    wrong_swedish: str


@cache
def read_questions() -> tuple[Question, ...]:
    """Return the questions, in the order of the page."""
    if not PAGE.is_file():
        return ()
    swedish, wrong = words_of("question"), words_of("wrong")
    found = (match.groupdict() for match in QUESTION.finditer(PAGE.read_text(encoding="utf-8")))
    return tuple(
        Question(
            f"q{int(each['number']):02}",
            each["asked"],
            swedish.get(each["number"], each["asked"]),
            each["sql"].strip(),
            each["wrong"],
            wrong.get(each["number"], each["wrong"]),
        )
        for each in found
    )
