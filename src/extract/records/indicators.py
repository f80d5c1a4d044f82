"""Indicator, volume and personnel tables → one record a row, as printed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.records.columns import GOAL_ROLES, Column, Layout
from extract.records.legend import Legend, symbol_meaning
from extract.records.rows import Row, join_continued_labels, table_rows
from extract.records.sections import Place
from extract.records.shape.header_rows import leading_header_rows
from extract.records.shape.natures import counts_and_more, nature_of_label
from extract.records.shape.parents import find_parents
from schema.layout import Cell, Table
from schema.lexicon.figures import is_measured
from schema.lexicon.goals import parse_goal_line, parse_numbered_goal
from schema.lexicon.signs.bullets import opens_with_bullet, without_bullet
from schema.lexicon.units import is_of_shares
from schema.lexicon.wordbreaks import join_lines
from schema.printed import Category, IndicatorRow

CATEGORIES: dict[str, Category] = {"indicator": "indicator", "volume": "volume", "personnel": "personnel"}
GOAL_WORDS = 5
"""Goals are sentences; the names of groups of indicators (*Hållbar utveckling*) have a word to four."""
TRAFFIC_LIGHTS = frozenset(("green", "yellow", "red"))
"""Colours that tell a verdict without a legend."""
LEAST_STEPS = 2
"""Rows that a scale has at least; one number may be both a name and a value by chance."""
LEAST_SUBROWS = 2
"""A label without values names the rows below it only where at least so many follow; one may be a gap."""


@dataclass(frozen=True, slots=True)
class _Goals:
    """The goal hierarchy that a row stands under."""

    goal_area: str | None
    municipal_goal: str | None
    committee_goal: str | None


def read_indicators(table: Table, layout: Layout, place: Place, legend: Legend = ()) -> list[IndicatorRow]:
    """Return the table's rows with their goals, parents and value cells."""
    layout = with_goal_columns(layout, place)
    rows = _with_listed_labels(join_continued_labels(table_rows(table, layout)))
    return indicator_records(_with_carried_labels(rows, layout), table, layout, place, legend)


def indicator_records(
    rows: list[Row], table: Table, layout: Layout, place: Place, legend: Legend = ()
) -> list[IndicatorRow]:
    """Return one record a row, under its goals and its parent."""
    layout = with_goal_columns(layout, place)
    goals = _row_goals(rows, layout, place)
    under = [(row, goal) for row, goal in zip(rows, goals, strict=True) if not _goal_band(row, layout)]
    parents = _parents([row for row, _ in under], layout)
    if _are_keys_of_chart(rows, layout, legend):
        under = [(_without_sign(row), goal) for row, goal in under]
    return [
        _record(row, parent, goal, table, layout, place, legend)
        for (row, goal), parent in zip(under, parents, strict=True)
        if row.label and not (is_measured(row.label) and _are_scale(rows, layout))
    ]


def _are_scale(rows: list[Row], layout: Layout) -> bool:
    """Tell whether the numbers that name rows are the scale of a chart.

    Each is all that its row says, or the scale goes on from a number that stands where their header would.
    """
    named = [row for row in rows if is_measured(row.label)]
    header = layout.columns[layout.label].label if layout.label is not None else ""
    repeat = all(value.raw == row.label for row in named for value in row.values)
    return is_measured(header) or (repeat and len(named) >= LEAST_STEPS)


def _are_keys_of_chart(rows: list[Row], layout: Layout, legend: Legend) -> bool:
    """Tell whether the signs before labels are those of a chart's lines, whose figures the table repeats.

    A verdict has a column, a target, a legend, or the colours of traffic lights alone.
    """
    if layout.find("assessment", "status") or any(column.kind == "target" for column in layout.columns):
        return False
    colours = {row.label_cell.symbol.colour for row in rows if row.label_cell and row.label_cell.symbol}
    return bool(colours - TRAFFIC_LIGHTS) and not any(f"symbol:{colour}" in dict(legend) for colour in colours)


def _without_sign(row: Row) -> Row:
    return replace(row, label_cell=replace(row.label_cell, symbol=None)) if row.label_cell else row


def _record(
    row: Row, parent: str | None, goals: _Goals, table: Table, layout: Layout, place: Place, legend: Legend
) -> IndicatorRow:
    assessment = layout.find("assessment", "status")
    symbol = row.symbol(assessment) if assessment or row.label_cell is None else row.label_cell.symbol
    return IndicatorRow(
        category=CATEGORIES[layout.kind],
        table=table.number,
        table_title=place.title,
        indicator=row.label,
        row=row.index,
        values=row.values,
        goal_area=goals.goal_area,
        municipal_goal=goals.municipal_goal,
        committee_goal=goals.committee_goal,
        parent=parent,
        source=row.text(layout.find("source")),
        goal_met=row.text(assessment) or symbol_meaning(symbol, legend),
        unit=row.text(layout.find("unit")),
        counts=_counted(row, table, layout, place),
        status_colour=symbol.colour or None if symbol else None,
        trend=row.trend(layout.find("trend")),
        markers=row.label_cell.markers if row.label_cell else (),
        page=row.page,
    )


def _counted(row: Row, table: Table, layout: Layout, place: Place) -> str | None:
    """Return what says of rows what they count: the labels' header above them, or a title that states shares."""
    header = layout.columns[layout.label].label if layout.label is not None else ""
    repeated = set(table.header_rows) - set(leading_header_rows(table))
    own = [
        cell.text
        for cell in (table.cells if repeated else ())
        if cell.row in repeated and cell.row < row.index and cell.col == layout.label
    ]
    named = " ".join((own[-1] if own else header).split())
    tells_less = not named or (is_of_shares(place.title) and nature_of_label(named) is None)
    return place.title if tells_less and _states_shares(place.title) else named or None


def _states_shares(title: str) -> bool:
    """Whether a title says that all figures are shares: *Sjukfrånvaro i procent*, not *Antal och procent*."""
    return is_of_shares(title) and not counts_and_more(title)


def _with_listed_labels(rows: list[Row]) -> list[Row]:
    """Spread a label cell that lists its sub-rows over the unlabelled rows that follow it."""
    spread: list[Row] = []
    waiting: list[str] = []
    heading = ""
    for position, row in enumerate(rows):
        bullets = _bullets(row)
        if bullets and _unlabelled_after(rows, position) == len(bullets) - 1 and row.label_cell:
            heading = " ".join(line.strip() for line in row.label_cell.lines if not opens_with_bullet(line))
            spread.append(replace(row, label=heading, values=()))
            spread.append(replace(row, label=bullets[0], parent=heading))
            waiting = bullets[1:]
        elif waiting and not row.label:
            spread.append(replace(row, label=waiting.pop(0), parent=heading))
        else:
            waiting = []
            spread.append(row)
    return spread


def _bullets(row: Row) -> list[str]:
    lines = row.label_cell.lines if row.label_cell else ()
    bullets = [without_bullet(line).strip() for line in lines if opens_with_bullet(line)]
    return bullets if len(bullets) > 1 and lines and not opens_with_bullet(lines[0]) else []


def _unlabelled_after(rows: list[Row], position: int) -> int:
    count = 0
    for row in rows[position + 1 :]:
        if row.label or not row.values:
            break
        count += 1
    return count


def _with_carried_labels(rows: list[Row], layout: Layout) -> list[Row]:
    """Give unlabelled rows the label above, or their values to the row above where it has gaps there."""
    carried: list[Row] = []
    for row in rows:
        if row.label or not row.values or not carried or not carried[-1].label:
            carried.append(row)
        elif _fills_gaps(carried[-1], row):
            values = sorted((*carried[-1].values, *row.values), key=lambda v: v.col)
            carried[-1] = replace(carried[-1], values=tuple(values))
        else:
            above = carried[-1]
            assessment = layout.find("assessment", "status")
            cells = dict(row.cells)
            if assessment and assessment.index in above.cells and not row.text(assessment):
                cells[assessment.index] = above.cells[assessment.index]
            carried.append(replace(row, label=above.label, label_cell=above.label_cell, cells=cells))
    return carried


def _fills_gaps(above: Row, row: Row) -> bool:
    return bool(above.values) and not {v.col for v in above.values} & {v.col for v in row.values}


def _parents(rows: list[Row], layout: Layout) -> list[str | None]:
    """Return the label that each row breaks down, None for a row of its own."""
    breaking = [layout.find(role) for role in ("goal_area", "committee_goal", "assessment", "source")]
    breaks = {i for i, row in enumerate(rows) if any(row.text(column) for column in breaking if column)}
    lines = {i for i, row in enumerate(rows) if row.text(layout.find("source"))}
    marks = {"breaks": frozenset(breaks), "lines": frozenset(lines)}
    return find_parents(rows, least=LEAST_SUBROWS, group=layout.group, **marks)


def named_goal(row: Row) -> tuple[str, str] | None:
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


def _goal_band(row: Row, layout: Layout) -> tuple[str, str] | None:
    """Return the level and name of the goal that a row across the table states: by its words, its place or its look.

    Above rows with goals of their own it is their area; above indicators with targets a sentence is their goal.
    """
    named = named_goal(row)
    if named or not row.is_band or layout.kind != "indicator":
        return named
    if any(_goal_column(layout, role) for role in GOAL_ROLES[1:]):
        return "goal_area", row.label
    has_targets = any(column.kind == "target" for column in layout.values)
    return ("committee_goal", row.label) if has_targets and len(row.label.split()) >= GOAL_WORDS else None


def _row_goals(rows: list[Row], layout: Layout, place: Place) -> list[_Goals]:
    """Return the goals of each row: the table's goal columns, carried down, else the headings."""
    current = _Goals(place.goal_area, place.municipal_goal, place.committee_goal)
    if place.banner and any(_goal_column(layout, role) for role in GOAL_ROLES[1:]):
        current = _Goals(place.banner, None, None)
    goals: list[_Goals] = []
    for row in rows:
        if named := _goal_band(row, layout):
            current = _under_goal(current, *named)
            goals.append(current)
            continue
        whole = _mended_goal(row, layout, current)
        if whole:
            goals = [replace(g, committee_goal=whole) if g == current else g for g in goals]
            current = replace(current, committee_goal=whole)
        area = row.text(_goal_column(layout, "goal_area"))
        municipal = row.text(_goal_column(layout, "municipal_goal"))
        goal = goal_name(row.cells.get(column.index)) if (column := _goal_column(layout, "committee_goal")) else None
        if area:
            current = _Goals(area, municipal or place.municipal_goal, goal)
        elif municipal:
            current = _Goals(current.goal_area, municipal, goal)
        elif goal:
            current = replace(current, committee_goal=goal)
        goals.append(current)
    return goals


def _under_goal(current: _Goals, level: str, name: str) -> _Goals:
    """The goals in force below a row that names one: those it ranks above end."""
    if level == "goal_area":
        return _Goals(name, None, None)
    if level == "municipal_goal":
        return _Goals(current.goal_area, name, None)
    return replace(current, committee_goal=name)


def _mended_goal(row: Row, layout: Layout, current: _Goals) -> str | None:
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


def goal_name(cell: Cell | None) -> str | None:
    """Return a goal cell's text without the italic description that may follow it.

    A cell that only goes on with the description above it, in italics or lower case, names no goal.
    """
    text = " ".join(cell.text.split()) if cell else ""
    if cell is None or not text or cell.italic or text[0].islower():
        return None
    tail = " ".join(cell.italic_tail.split())
    if tail and tail != text and text.endswith(tail):
        text = text[: -len(tail)].strip()
    return text
