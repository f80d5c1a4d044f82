"""Committee goals (nämndmål) where tables list, break down or assess them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.records.columns import Column, Layout
from extract.records.goals.rows import goal_of_cell
from extract.records.legend import Legend, symbol_meaning
from extract.records.rows import Row, table_rows
from extract.records.sections import Place
from schema.layout import Item, Table
from schema.lexicon.goals import name_after_goal_word
from schema.lexicon.signs.sections import without_chapter
from schema.lexicon.text import fold
from schema.lexicon.wordbreaks import ends_open, join_lines
from schema.printed import GoalRow, IndicatorRow

DITTO = re.compile(r"^[-–\s]*[”“\"″]+[-–\s]*$")
"""The sign for *same as above*."""
BAND_WORDS = 3
"""A goal is a sentence; a heading inside a goal table has a word or three."""


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
        goal, own_verdict = goal_of_cell(row.cells.get(column.index))
        if goal and row.index in bands:
            area, municipal = goal, None
            continue
        if goal is None:
            area, municipal = (_band(row) or area, None) if _band(row) else (area, municipal)
            continue
        stated = row.text(assessment_column) or symbol_meaning(row.symbol(assessment_column), legend)
        colour, trend = row.colour(assessment_column), row.trend(layout.find("trend"))
        goals.append(
            GoalRow(goal, area, municipal, stated or own_verdict, colour, trend, row.page, table.number, row.index)
        )
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


def with_told_goals(
    rows: Iterable[IndicatorRow], told: Iterable[GoalRow], placed: Iterable[tuple[Item, Place]]
) -> list[IndicatorRow]:
    """Give indicators that no goal is stated for the goal that the text tells as the heading next above their table."""
    goals = {goal.committee_goal: goal for goal in told}
    names = {i.number: _names_of(place.headings[-1]) for i, place in placed if isinstance(i, Table) and place.headings}
    under = {number: next((goals[name] for name in own if name in goals), None) for number, own in names.items()}
    return [_under_heading(row, under.get(row.table)) for row in rows]


def _names_of(heading: str) -> tuple[str, ...]:
    """Return a heading as it may name a goal: as it stands, without its chapter, without *Mål 2:*."""
    return heading, without_chapter(heading), name_after_goal_word(heading) or ""


def _under_heading(row: IndicatorRow, goal: GoalRow | None) -> IndicatorRow:
    if goal is None or row.committee_goal or row.category != "indicator":
        return row
    area, municipal = row.goal_area or goal.goal_area, row.municipal_goal or goal.municipal_goal
    return replace(row, committee_goal=goal.committee_goal, goal_area=area, municipal_goal=municipal)


def goals_of_indicators(rows: Iterable[IndicatorRow]) -> list[GoalRow]:
    """Return each distinct goal of the indicator tables once."""
    goals: dict[tuple[str | None, str], GoalRow] = {}
    for row in rows:
        if row.committee_goal:
            key = (row.goal_area, row.committee_goal)
            goals.setdefault(
                key,
                GoalRow(
                    row.committee_goal,
                    row.goal_area,
                    row.municipal_goal,
                    row.goal_verdict,
                    page=row.page,
                    table=row.table,
                    row=row.row,
                ),
            )
    return list(goals.values())


def besides_headings(
    stated: Iterable[GoalRow], told: Iterable[GoalRow], placed: Iterable[tuple[Item, Place]]
) -> list[GoalRow]:
    """Return the goals of indicators without those that only the heading above the table names, as the text tells."""
    headings = {item.number: place.committee_goal for item, place in placed if isinstance(item, Table)}
    names = {goal.committee_goal for goal in told}
    return [g for g in stated if g.committee_goal not in names or headings.get(g.table or 0) != g.committee_goal]
