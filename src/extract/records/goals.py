"""Committee goals (nämndmål) where the report lists, breaks down or assesses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extract.records.columns import Column, Layout
from extract.records.indicators import goal_name
from extract.records.legend import Legend, symbol_meaning
from extract.records.rows import Row, table_rows
from extract.records.sections import Place
from schema.layout import Block, Item, Table
from schema.lexicon.assessments import Assessment, find_assessments
from schema.lexicon.goals import goal_line, parse_goal_line
from schema.lexicon.text import fold
from schema.lexicon.wordbreaks import ends_open, join_lines
from schema.printed import GoalRow, IndicatorRow

DITTO = re.compile(r"^[-–\s]*[”“\"″]+[-–\s]*$")
"""The sign for *same as above*."""
BAND_WORDS = 3
"""A goal is a sentence; a heading inside a goal table has a word or three."""
SAME_GOAL = 88.0
"""Similarity at which a heading is a known goal; reports vary commas and hyphens, other goals stay below 75."""
ASSESSED_WITHIN = 400
"""An assessment stands in a paragraph's first characters; later ones speak of other things."""


def goals_in_table(table: Table, layout: Layout, place: Place, legend: Legend = ()) -> list[GoalRow]:
    """Return the goals of a table that lists them."""
    column = layout.find("committee_goal")
    if column is None:
        return []
    area_column, municipal_column = layout.find("goal_area"), layout.find("municipal_goal")
    assessment_column = layout.find("assessment", "status")
    rows = _with_whole_goals(table_rows(table, layout), column, assessment_column)
    area, municipal = place.goal_area, place.municipal_goal
    bands = set() if area_column else _area_bands(rows, column, assessment_column)
    goals = []
    for row in rows:
        area = row.text(area_column) or area
        municipal = _not_ditto(row.text(municipal_column)) or municipal
        goal = goal_name(row.cells.get(column.index))
        if goal and row.index in bands:
            area, municipal = goal, None
            continue
        if goal is None:
            area, municipal = (_band(row) or area, None) if _band(row) else (area, municipal)
            continue
        assessment = row.text(assessment_column) or symbol_meaning(row.symbol(assessment_column), legend)
        where = {"page": row.page, "table": table.number, "row": row.index}
        colour, trend = row.colour(assessment_column), row.trend(layout.find("trend"))
        goals.append(GoalRow(goal, area, municipal, assessment, colour, trend, **where))
    return goals


def _with_whole_goals(rows: Sequence[Row], goal: Column, assessment: Column | None) -> list[Row]:
    """Join the rows that one goal is wrapped over."""
    whole: list[Row] = []
    for row in rows:
        if whole and _goes_on(whole[-1], row, goal, assessment):
            whole[-1] = _joined(whole[-1], row)
        else:
            whole.append(row)
    return whole


def _goes_on(above: Row, row: Row, goal: Column, assessment: Column | None) -> bool:
    """Whether a row goes on with the goal above: small letters, or an open end; and one assessment for both."""
    upper, lower = above.text(goal), row.text(goal)
    cell = row.cells.get(goal.index)
    if not upper or not lower or (cell and cell.italic):
        return False
    is_assessed = [bool(r.text(assessment) or r.symbol(assessment)) for r in (above, row)]
    words = {goal.index, assessment.index if assessment else goal.index}
    others = (c.text.strip() for c in row.cells.values() if c.col not in words)
    begins = any(text and not text[0].islower() for text in others)
    return (lower[0].islower() or ends_open(upper)) and not all(is_assessed) and not begins


def _joined(above: Row, row: Row) -> Row:
    """Return two rows as one, their texts joined cell by cell."""
    cells = dict(above.cells)
    for col, cell in row.cells.items():
        upper = cells.get(col)
        texts = [text for c in (upper, cell) if c and (text := c.text.strip())]
        cells[col] = replace(upper or cell, text=join_lines(texts), symbol=(upper and upper.symbol) or cell.symbol)
    return replace(above, cells=cells)


def _area_bands(rows: Sequence[Row], goal: Column, assessment: Column | None) -> set[int]:
    """Return the rows that only head the goals below: a few words, unassessed above an assessed goal."""
    assessed = [bool(row.text(assessment) or row.symbol(assessment)) for row in rows]
    return {
        row.index
        for row, own, below in zip(rows, assessed, assessed[1:], strict=False)
        if not own and below and len((row.text(goal) or "").split()) <= BAND_WORDS
    }


def _not_ditto(text: str | None) -> str | None:
    return None if text is None or DITTO.match(text) else text


def _band(row: Row) -> str | None:
    """Return the text of a row that is one cell only: the goal area of the rows below."""
    texts = [c.text.strip() for c in row.cells.values() if c.text.strip()]
    return texts[0] if len(texts) == 1 and not texts[0][0].islower() else None


def with_stated_areas(rows: Iterable[IndicatorRow], goals: Sequence[GoalRow]) -> list[IndicatorRow]:
    """Give rows whose table names only the committee goal the area and municipal goal stated for it elsewhere."""
    stated = {fold(goal.committee_goal): goal for goal in reversed(goals) if goal.goal_area or goal.municipal_goal}
    return [_with_area(row, stated.get(fold(row.committee_goal or ""))) for row in rows]


def _with_area(row: IndicatorRow, goal: GoalRow | None) -> IndicatorRow:
    if goal is None or row.goal_area or row.municipal_goal:
        return row
    return replace(row, goal_area=goal.goal_area, municipal_goal=goal.municipal_goal)


def goals_of_indicators(rows: Iterable[IndicatorRow]) -> list[GoalRow]:
    """Return each distinct goal of the indicator tables once."""
    goals: dict[tuple[str | None, str], GoalRow] = {}
    for row in rows:
        if row.committee_goal:
            key = (row.goal_area, row.committee_goal)
            goals.setdefault(
                key,
                GoalRow(
                    row.committee_goal, row.goal_area, row.municipal_goal, page=row.page, table=row.table, row=row.row
                ),
            )
    return list(goals.values())


def goals_in_text(placed: Sequence[tuple[Item, Place]], known: Sequence[GoalRow]) -> list[GoalRow]:
    """Return the goals that stand as headings, each with the assessments in the text below it."""
    goals: list[GoalRow] = []
    current: GoalRow | None = None
    assessed = False
    for item, place in _with_goal_lines(placed, known):
        heading = _goal_heading(item, place, known)
        if heading:
            goals += [current] if current and not assessed else []
            current, assessed = heading, False
        elif item.kind == "heading":
            goals += [current] if current and not assessed else []
            current = None
        elif current and (assessment := find_assessment(item.text, opening=assessed or item.kind != "paragraph")):
            goals.append(_assessed(current, assessment.text, item))
            assessed = True
    goals += [current] if current and not assessed else []
    return [goal for goal in goals if goal.assessment or _is_full_list(goals, known)]


def _with_goal_lines(placed: Sequence[tuple[Item, Place]], known: Sequence[GoalRow]) -> Iterator[tuple[Block, Place]]:
    """Yield the blocks of text, goals that ran together with the sentences around them parted as headings.

    A heading under a goal area names a goal where the text below it opens by assessing one.
    """
    blocks = [(i, p) for i, p in placed if isinstance(i, Block) and i.kind not in ("furniture", "footnote")]
    area: Place | None = None
    for position, (block, place) in enumerate(blocks):
        below = blocks[position + 1][0] if position + 1 < len(blocks) else None
        area = place if place.goal_area else area
        if block.kind == "heading" and area and below and _is_assessed(block, below):
            yield replace(block, text=goal_line(block.text)), area
        elif block.kind == "paragraph":
            yield from ((part, place) for part in _parted_at_goals(block, known))
        else:
            area = None if block.kind == "heading" and not place.goal_area else area
            yield block, place


def _parted_at_goals(block: Block, known: Sequence[GoalRow]) -> list[Block]:
    """Return a paragraph as its sentences and, as headings, the known goals that stand between them."""
    names = sorted({goal.committee_goal for goal in known if goal.committee_goal in block.text}, key=len, reverse=True)
    if not names:
        return [block]
    inside = re.compile(rf"(?<=[.!?]) ({'|'.join(map(re.escape, names))}) (?=[A-ZÅÄÖ])")
    parts = enumerate(inside.split(block.text))
    return [replace(block, text=text, kind="heading" if number % 2 else "paragraph") for number, text in parts]


def _is_assessed(block: Block, below: Block) -> bool:
    """Whether the text below a heading opens by saying how a goal was met."""
    if parse_goal_line(block.text) or below.kind != "paragraph":
        return False
    assessment = find_assessment(re.split(r"(?<=[.!?])\s", below.text, maxsplit=1)[0])
    return assessment is not None and assessment.names_goal


def _is_full_list(goals: Sequence[GoalRow], known: Sequence[GoalRow]) -> bool:
    """Whether the lines without assessment name at least half of the known goals, so that they list them."""
    named = {fold(goal.committee_goal) for goal in goals if not goal.assessment}
    return 2 * len(named) >= len({fold(goal.committee_goal) for goal in known})


def _assessed(goal: GoalRow, assessment: str, block: Block) -> GoalRow:
    return replace(goal, assessment=assessment, page=block.page)


def _goal_heading(block: Block, place: Place, known: Sequence[GoalRow]) -> GoalRow | None:
    """Return the goal that a line names, by its opening word or because tables name it."""
    line = parse_goal_line(block.text)
    if line and line[0] == "committee_goal":
        listed = _known_goal(line[1], known) or GoalRow(line[1])
        area = place.goal_area or listed.goal_area
        alike = area == listed.goal_area
        municipal = place.municipal_goal or (listed.municipal_goal if alike else None)
        return GoalRow(line[1], area, municipal, page=block.page)
    if block.kind not in ("heading", "list_item") or line:
        return None
    same = _known_goal(block.text, known)
    if same is None:
        return None
    return GoalRow(block.text.strip(), same.goal_area, same.municipal_goal, page=block.page)


def _known_goal(text: str, known: Sequence[GoalRow]) -> GoalRow | None:
    scores = [(fuzz.ratio(fold(text), fold(goal.committee_goal)), -i) for i, goal in enumerate(known)]
    best = max(scores, default=(0.0, 0))
    return known[-best[1]] if best[0] >= SAME_GOAL else None


def find_assessment(text: str, *, opening: bool = False) -> Assessment | None:
    """Return the words that assess a goal near a paragraph's start, with `opening` only its very first."""
    found = next(find_assessments(" ".join(text[:ASSESSED_WITHIN].split())), None)
    return found if found and (not opening or not found.start) else None
