"""Text line by line, as goals may stand in it: names parted from the sentences and verdicts around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from extract.records.sections import CAPTION_LENGTH, Place
from schema.layout import Block, Item, Table
from schema.lexicon import goals as words_of_goals
from schema.lexicon.assessments import find_verdicts, part_verdict
from schema.lexicon.labels import ends_sentence
from schema.lexicon.signs.bullets import item_opening, without_bullet
from schema.lexicon.signs.sections import without_chapter
from schema.printed import GoalRow

Form = Literal["heading", "line", "item", "judged", "prose"]
"""How a line stands; `judged` is a name with its verdict in the same block."""
STOP = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text, how it stands and where."""

    form: Form
    text: str
    block: Block
    place: Place


def lines_of_text(
    placed: Sequence[tuple[Item, Place]], known: Sequence[GoalRow], of_goals: Set[int]
) -> Iterator[TextLine | Table]:
    """Yield the text line by line, goals that ran together with the sentences around them parted from these.

    Tables that state goals of their own stand between the lines.
    """
    number_above = ""
    for item, place in placed:
        if isinstance(item, Table) and item.number in of_goals:
            yield item
        if not isinstance(item, Block) or item.kind in ("furniture", "footnote"):
            continue
        if words_of_goals.is_goal_number(item.text):
            number_above = item.text
            continue
        item, number_above = replace(item, text=f"{number_above} {item.text}".strip()), ""
        parts = _parted_at_goals(item.text, known) if item.kind == "paragraph" else [item.text]
        for number, text in enumerate(parts):
            is_heading = number % 2 or item.kind == "heading"
            name, rest = _parted_at_verdict(text, is_item=item.kind == "list_item")
            if is_heading and not name:
                yield TextLine("heading", text.strip(), item, place)
                continue
            if name:
                yield TextLine("judged", name, item, place)
            if rest:
                yield TextLine("prose" if name else _form(rest, item), rest, item, place)


def _form(text: str, block: Block) -> Form:
    if block.kind == "list_item":
        return "item"
    names = len(text) <= CAPTION_LENGTH and not ends_sentence(text) and text[:1].isupper()
    return "line" if names else "prose"


def _parted_at_goals(text: str, known: Sequence[GoalRow]) -> list[str]:
    """Return a text as its sentences and, between them, the known goals that stand there."""
    names = sorted({goal.committee_goal for goal in known if goal.committee_goal in text}, key=len, reverse=True)
    return re.split(rf"(?:^|(?<=[.!?]) )({'|'.join(map(re.escape, names))}) (?=[A-ZÅÄÖ])", text) if names else [text]


def _parted_at_verdict(text: str, *, is_item: bool) -> tuple[str, str]:
    """Return (name, rest) of an item that states a goal and judges it, ("", text) of any other text."""
    bare = without_number(text)
    parted = part_verdict(bare) if len(bare) <= 2 * CAPTION_LENGTH else None
    if parted and (bare.startswith(parted[0]) or words_of_goals.is_worded_as_goal(parted[0])):
        return parted
    verdict = next((v for v in find_verdicts(bare) if not v.about and v.text[0].isupper()), None)
    if verdict is None or not (is_item or bare != text):
        return "", text
    before = bare[: bare.index(verdict.text, verdict.start)]
    name, *more = STOP.split(words_of_goals.name_before_verdict(before), maxsplit=1)
    is_name = 0 < len(name) <= 2 * CAPTION_LENGTH and (not more or words_of_goals.is_worded_as_goal(name))
    return (name.rstrip(" ."), bare[len(name) :].strip(" .")) if is_name else ("", text)


def without_number(text: str) -> str:
    """Return a line without the bullet or number that opens it."""
    bare = without_chapter(without_bullet(text.strip()))
    return bare[len(item_opening(bare)) :].strip()
