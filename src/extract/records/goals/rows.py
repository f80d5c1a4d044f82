"""The goals that the rows of an indicator table stand under: in a column, in rows across the table, in headings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.records.columns import GOAL_ROLES, Column, Layout
from extract.records.legend import Legend, symbol_meaning
from extract.records.rows import Row
from extract.records.sections import Place
from schema.layout import Cell
from schema.lexicon.assessments import part_cell_verdict, verdict_alone
from schema.lexicon.goals import is_worded_as_goal, parse_goal_line, parse_numbered_goal
from schema.lexicon.wordbreaks import join_lines

GOAL_WORDS = 5
"""Goals are sentences; the names of groups of indicators (*Hållbar utveckling*) have a word to four."""


@dataclass(frozen=True, slots=True)
class Goals:
    """The goal hierarchy that a row stands under."""

    goal_area: str | None
    municipal_goal: str | None
    committee_goal: str | None
    verdict: str | None = None
    """How far the committee goal is met, where that stands with its name."""


@dataclass(frozen=True, slots=True)
class Band:
    """A goal that a row across the table states for the rows below."""

    level: str
    name: str
    verdict: str | None = None


def _named_goal(row: Row) -> tuple[str, str] | None:
    """Return the level and name of the goal that a row across the table names, as *Nämndmål: Trygga barn* does."""
    if (
        row.values
        or not row.label
        or any(cell.text.strip() for cell in row.cells.values() if cell is not row.label_cell)
    ):
        return None
    numbered = parse_numbered_goal(row.label)
    return ("committee_goal", numbered) if numbered else parse_goal_line(row.label)


def with_goal_columns(layout: Layout, place: Place) -> Layout:
    """Return the layout with the columns of goals that their place shows, whatever their header.

    Below a banner that is a goal area the areas' column holds the goals; cells merged beside targets are goals.
    """
    roles = {column.role for column in layout.columns if column.index != layout.label}
    if layout.kind != "indicator" or roles & {"committee_goal"}:
        return layout
    if place.banner and "goal_area" in roles:
        return _with_role(layout, layout.columns.index(_found(layout, "goal_area")), "committee_goal")
    has_targets = any(column.kind == "target" for column in layout.values)
    if layout.groups and has_targets and not roles & set(GOAL_ROLES):
        return _with_role(layout, layout.groups[-1], "committee_goal")
    return layout


def _found(layout: Layout, role: str) -> Column:
    return next(column for column in layout.columns if column.role == role and column.index != layout.label)


def _with_role(layout: Layout, index: int, role: str) -> Layout:
    columns = (replace(column, role=role) if column.index == index else column for column in layout.columns)
    return replace(layout, columns=tuple(columns))


def goal_band(row: Row, layout: Layout, legend: Legend) -> Band | None:
    """Return the goal that a row across the table states: by its words, its place, its look or the verdict beside it.

    Above rows with goals of their own it is their area; above indicators with targets a sentence is their goal.
    """
    named = _named_goal(row)
    if named:
        return Band(*named)
    if row.values or not row.label or layout.kind != "indicator":
        return None
    if any(_goal_column(layout, role) for role in GOAL_ROLES[1:]):
        return Band("goal_area", row.label) if row.is_band else None
    if not any(column.kind == "target" for column in layout.values):
        return None
    is_worded = is_worded_as_goal(row.label)
    if _holds_label_alone(row):
        is_goal = row.is_band and (is_worded or len(row.label.split()) >= GOAL_WORDS) or (is_worded and row.is_bold)
        return Band("committee_goal", *part_cell_verdict(row.label, "")) if is_goal else None
    verdict = _verdict_beside(row, legend)
    is_set_apart = is_worded or row.is_bold or (row.label_cell is not None and row.label_cell.col_span > 1)
    return Band("committee_goal", row.label, verdict) if verdict and is_set_apart else None


def _holds_label_alone(row: Row) -> bool:
    return not any(cell.text.strip() or cell.symbol for cell in row.cells.values() if cell is not row.label_cell)


def _verdict_beside(row: Row, legend: Legend) -> str | None:
    """Return the verdict that is all that a row says besides its label, in words or as a sign."""
    beside = [cell for col, cell in sorted(row.cells.items()) if cell is not row.label_cell]
    said = " ".join(text for cell in beside if (text := " ".join(cell.text.split())))
    signs = [cell.symbol for cell in beside if cell.symbol]
    return verdict_alone(said) if said else symbol_meaning(signs[0], legend) if len(signs) == 1 else None


def row_goals(rows: list[Row], layout: Layout, place: Place, legend: Legend) -> list[Goals]:
    """Return the goals of each row: the table's goal columns, carried down, else the headings."""
    current = Goals(place.goal_area, place.municipal_goal, place.committee_goal)
    if place.banner and any(_goal_column(layout, role) for role in GOAL_ROLES[1:]):
        current = Goals(place.banner, None, None)
    goals: list[Goals] = []
    for row in rows:
        if band := goal_band(row, layout, legend):
            current = _under_goal(current, band)
            goals.append(current)
            continue
        whole = _mended_goal(row, layout, current)
        if whole:
            goals = [replace(g, committee_goal=whole) if g == current else g for g in goals]
            current = replace(current, committee_goal=whole)
        area = row.text(_goal_column(layout, "goal_area"))
        municipal = row.text(_goal_column(layout, "municipal_goal"))
        column = _goal_column(layout, "committee_goal")
        goal, verdict = goal_of_cell(row.cells.get(column.index)) if column else (None, None)
        if area:
            current = Goals(area, municipal or place.municipal_goal, goal, verdict)
        elif municipal:
            current = Goals(current.goal_area, municipal, goal, verdict)
        elif goal:
            current = replace(current, committee_goal=goal, verdict=verdict)
        goals.append(current)
    return _with_merged_verdicts(goals, rows, layout)


def _with_merged_verdicts(goals: list[Goals], rows: list[Row], layout: Layout) -> list[Goals]:
    """Return the goals with the verdicts beside them, where these are merged over the same rows as the goals are."""
    names, said = _goal_column(layout, "committee_goal"), layout.find("assessment", "status")
    if names is None or said is None:
        return goals
    beside = [(row.cells.get(names.index), row.cells.get(said.index)) for row in rows]
    merged = [(name, verdict) for name, verdict in beside if name and name.text.strip() and name.row_span > 1]
    if not merged or any(verdict is None or verdict.row_span != name.row_span for name, verdict in merged):
        return goals
    found = {
        goal: verdict_alone(" ".join(verdict.text.split()))
        for goal, (name, verdict) in zip(goals, beside, strict=True)
        if name and name.text.strip() and verdict and not goal.verdict
    }
    return [replace(goal, verdict=found[goal]) if found.get(goal) else goal for goal in goals]


def _under_goal(current: Goals, band: Band) -> Goals:
    """The goals in force below a row that names one: those it ranks above end."""
    if band.level == "goal_area":
        return Goals(band.name, None, None)
    if band.level == "municipal_goal":
        return Goals(current.goal_area, band.name, None)
    return replace(current, committee_goal=band.name, verdict=band.verdict)


def _mended_goal(row: Row, layout: Layout, current: Goals) -> str | None:
    """Return the current goal with its end, where a page break cut the goal's cell in two."""
    column = _goal_column(layout, "committee_goal")
    cell = row.cells.get(column.index) if column else None
    text = " ".join(cell.text.split()) if cell else ""
    cut = current.committee_goal
    if cell is None or cell.italic or not text[:1].islower() or not cut or cut.endswith((".", "!", "?")):
        return None
    return join_lines([cut, text])


def _goal_column(layout: Layout, role: str) -> Column | None:
    column = layout.find(role)
    return column if column and column.index != layout.label else None


def goal_of_cell(cell: Cell | None) -> tuple[str | None, str | None]:
    """Return a goal cell's name and verdict, without the italic description that may follow the name.

    A cell that only goes on with the description above it, in italics or lower case, names no goal.
    """
    text = " ".join(cell.text.split()) if cell else ""
    if cell is None or not text or cell.italic or text[0].islower():
        return None, None
    tail = " ".join(cell.italic_tail.split())
    last = " ".join(cell.lines[-1].split()) if len(cell.lines) > 1 else ""
    name, verdict = part_cell_verdict(text, tail or (last if last[:1].isupper() else ""))
    if verdict is None and tail and tail != text and text.endswith(tail):
        name = text[: -len(tail)].strip()
    return name, verdict
