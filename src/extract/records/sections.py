"""Headings → where each block and table stands: its title, goal area, municipal goal and committee goal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from schema.layout import Block, Content, Item, Table
from schema.lexicon.assessments import without_verdict
from schema.lexicon.figures import is_amount, measured
from schema.lexicon.goals import GOAL_LEVELS, goal_group, parse_goal_line
from schema.lexicon.labels import (
    ends_sentence,
    heads_remark,
    holds_verb,
    is_numbered_caption,
    names_source,
    names_unit_of_table,
    tells_of_table,
    unit_of_amounts,
)
from schema.lexicon.signs.marks import plain_note
from schema.lexicon.units import canonical_unit

CAPTION_LENGTH = 140
"""A line before a table that is longer than this is prose, not its caption."""

SHORT_UNIT = 2
"""Letters after a figure that may be a unit which no list knows: *v*, *st*."""
SHORT_CAPTION = 60
"""A line this short just above a table, without the end of a sentence, names it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the report an item stands."""

    title: str = ""
    """The heading or caption nearest above."""
    headings: tuple[str, ...] = ()
    """The headings above it, outermost first."""
    unit: str | None = None
    """The unit of money that the line above a table states of its amounts: *Alla belopp i mkr*."""
    telling: tuple[str, ...] = ()
    """The lines above or below a table that say what it shows."""
    goal_area: str | None = None
    municipal_goal: str | None = None
    committee_goal: str | None = None
    is_shared: bool = False
    """Another table stands between the heading that is its title and this one."""
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
    is_shared = False
    items = content.items
    stand_below = _captions_stand_below(items)
    for index, item in enumerate(items):
        if isinstance(item, Block):
            item = replace(item, kind="paragraph") if item.kind == "heading" and _states_figure(item.text) else item
            opened = _with_heading(stack, item)
            is_shared, stack = is_shared and opened == stack, opened
            yield item, _place(stack, None)
            previous = item if item.kind not in ("furniture", "footnote") else previous
        else:
            below = _caption_below(items, index, stand_below=stand_below)
            if stand_below and previous and is_numbered_caption(previous.text):
                previous = None  # it is the caption of the table before
            caption = _caption(item, previous, below)
            telling = tuple(_telling(previous, below))
            unit = unit_of_amounts(previous.text) if previous else None
            place = _place(stack, caption)
            yield item, replace(place, is_shared=is_shared and not caption, telling=telling, unit=unit)
            previous, is_shared = None, True


def _captions_stand_below(items: Sequence[Item]) -> bool:
    """Whether the report's numbered captions stand below their tables: more have a table only above than only below."""
    kept = [item for item in items if isinstance(item, Table) or item.kind != "furniture"]
    votes = [
        isinstance(before, Table) - isinstance(after, Table)
        for before, item, after in zip([None, *kept], kept, [*kept[1:], None], strict=False)
        if isinstance(item, Block) and is_numbered_caption(item.text)
    ]
    return sum(votes) > 0


def _caption_below(items: Sequence[Item], index: int, *, stand_below: bool) -> Item | None:
    """Return the item after a table, unless it stands just above another table and so belongs to that one."""
    below = [item for item in items[index + 1 : index + 3] if isinstance(item, Table) or item.kind != "furniture"]
    own = next(iter(below), None)
    if stand_below and isinstance(own, Block) and is_numbered_caption(own.text):
        return own
    return None if len(below) == 2 and isinstance(below[1], Table) else own


def _with_heading(stack: list[_Heading], block: Block) -> list[_Heading]:
    """Return the headings in force after this block."""
    goal = (parse_goal_line(block.text) or _goal_group(block)) if _may_name_goal(block) else None
    if goal is None and (block.kind != "heading" or is_sentence(block)):
        return stack
    if goal is None and (heads_remark(block.text) or names_source(block.text)):
        return stack
    level, name = goal or (None, "")
    heading = _Heading(block.level, block.text, level, without_verdict(name)[0])
    return [h for h in stack if _stays_open(h, heading)] + [heading]


def _states_figure(text: str) -> bool:
    """Whether a large line is a figure that is shown large, and no heading: *74*, *4,6 v*, *1 960 m*."""
    found = measured(text)
    unit = found.unit if found else ""
    return is_amount(text) or 0 < len(unit) <= SHORT_UNIT or canonical_unit(unit) is not None


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
    """Return the caption nearest the table: its own, a numbered one on either side, the line above, or one below."""
    if table.title:
        return table.title
    near = [block.text for block in (before, after) if isinstance(block, Block) and len(block.text) <= CAPTION_LENGTH]
    numbered = next(filter(is_numbered_caption, near), None)
    told = [text for text in _telling(before, after) if len(text) <= CAPTION_LENGTH]
    below = [text for text in told if isinstance(after, Block) and text == after.text or not ends_sentence(text)]
    return numbered or (_line_above(before) if before else None) or next(iter(below), None)


def _telling(before: Block | None, after: Item | None) -> Iterator[str]:
    """Return the lines beside a table that say what it shows."""
    for block, place in ((before, "above"), (after, "below")):
        if isinstance(block, Block) and tells_of_table(block.text, place):
            yield block.text


def _line_above(line: Block) -> str | None:
    """Return the line above a table where it names the table and is no sentence."""
    if len(line.text) > CAPTION_LENGTH or parse_goal_line(line.text) or names_source(line.text):
        return None
    _, name = plain_note(line.text) or ("", line.text)
    names = (line.bold or len(name) <= SHORT_CAPTION) and not ends_sentence(name) and name[0].isupper()
    states_unit = names_unit_of_table(line.text) and not _is_prose(line.text)
    return line.text if line.kind == "heading" or states_unit or names else None


def _is_prose(text: str) -> bool:
    """Whether a line that mentions amounts is a sentence: a full stop ends it, and it has a verb or is long."""
    return text.rstrip().endswith(".") and (holds_verb(text) or len(text) > SHORT_CAPTION)
