"""Headings → where each block and table stands: its title, goal area, municipal goal and committee goal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from schema.layout import Block, Content, Item, Table
from schema.lexicon.goals import GOAL_LEVELS, goal_group, parse_goal_line
from schema.lexicon.labels import (
    ends_sentence,
    heads_remark,
    holds_verb,
    is_numbered_caption,
    names_unit_of_table,
    tells_of_table,
)

CAPTION_LENGTH = 140
"""A line before a table that is longer than this is prose, not its caption."""

SHORT_CAPTION = 60
"""A line this short just above a table, without the end of a sentence, names it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the report an item stands."""

    title: str = ""
    """The heading or caption nearest above."""
    headings: tuple[str, ...] = ()
    """The headings above it, outermost first."""
    telling: tuple[str, ...] = ()
    """The lines above or below a table that say what it shows."""
    goal_area: str | None = None
    municipal_goal: str | None = None
    committee_goal: str | None = None
    banner: str = ""
    """What a cell across the table says above its header."""


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    goal_level: str | None
    name: str


def walk_sections(content: Content) -> Iterator[tuple[Item, Place]]:
    """Yield every item with the place it stands in, in reading order."""
    stack: list[_Heading] = []
    previous: Block | None = None
    items = content.items
    for index, item in enumerate(items):
        if isinstance(item, Block):
            stack = _with_heading(stack, item)
            yield item, _place(stack, None)
            previous = item if item.kind not in ("furniture", "footnote") else previous
        else:
            below = _caption_below(items, index)
            place = _place(stack, _caption(item, previous, below))
            beside = [block.text for block in (previous, below) if isinstance(block, Block)]
            yield item, replace(place, telling=tuple(filter(tells_of_table, beside)))
            previous = None


def _caption_below(items: tuple[Item, ...], index: int) -> Item | None:
    """Return the item after a table, unless it stands just above another table and so belongs to that one."""
    below = [item for item in items[index + 1 : index + 3] if isinstance(item, Table) or item.kind != "furniture"]
    return None if len(below) == 2 and isinstance(below[1], Table) else next(iter(below), None)


def _with_heading(stack: list[_Heading], block: Block) -> list[_Heading]:
    """Return the headings in force after this block."""
    goal = (parse_goal_line(block.text) or _goal_group(block)) if _may_name_goal(block) else None
    if goal is None and (block.kind != "heading" or is_sentence(block)):
        return stack
    if goal is None and heads_remark(block.text):
        return stack
    heading = _Heading(block.level, block.text, *(goal or (None, "")))
    return [h for h in stack if _stays_open(h, heading)] + [heading]


def is_sentence(block: Block) -> bool:
    """Whether a line that looks like a heading only by its shortness or weight is a sentence."""
    return block.level == 0 and (holds_verb(block.text) or block.text.rstrip().endswith("."))


def _goal_group(block: Block) -> tuple[str, str] | None:
    name = goal_group(block.text) if block.kind == "heading" else None
    return ("goal_area", name) if name else None


def _may_name_goal(block: Block) -> bool:
    return block.kind in ("heading", "paragraph") and len(block.text) <= CAPTION_LENGTH * 2


def _stays_open(open_heading: _Heading, new: _Heading) -> bool:
    """Whether a heading still holds below a new one: by goal hierarchy, else by depth."""
    if new.goal_level and open_heading.goal_level:
        return GOAL_LEVELS.index(open_heading.goal_level) < GOAL_LEVELS.index(new.goal_level)
    if new.level and open_heading.level:
        return open_heading.level < new.level
    return bool(new.goal_level)


def _place(stack: list[_Heading], caption: str | None) -> Place:
    goals = {h.goal_level: h.name for h in stack if h.goal_level}
    plain = [h.text for h in stack if not h.goal_level]
    title = caption or (plain[-1] if plain else (stack[-1].text if stack else ""))
    return Place(
        title=title,
        headings=tuple(h.text for h in stack),
        goal_area=goals.get("goal_area"),
        municipal_goal=goals.get("municipal_goal"),
        committee_goal=goals.get("committee_goal"),
    )


def _caption(table: Table, before: Block | None, after: Item | None) -> str | None:
    """Return the caption nearest the table: its own, a numbered one on either side, or the line above."""
    if table.title:
        return table.title
    for block in (before, after):
        if isinstance(block, Block) and is_numbered_caption(block.text) and len(block.text) <= CAPTION_LENGTH:
            return block.text
    if before is None or len(before.text) > CAPTION_LENGTH or parse_goal_line(before.text):
        return None
    names = len(before.text) <= SHORT_CAPTION and not ends_sentence(before.text) and before.text[0].isupper()
    return before.text if before.kind == "heading" or names_unit_of_table(before.text) or names else None
