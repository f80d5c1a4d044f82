"""Indicator, volume and personnel tables → one record a row, as printed."""

from __future__ import annotations

from dataclasses import replace

from extract.records.columns import Layout
from extract.records.goals.rows import Goals, goal_band, row_goals, with_goal_columns
from extract.records.legend import Legend, symbol_meaning
from extract.records.rows import Row, join_continued_labels, table_rows
from extract.records.sections import Place
from extract.records.shape.header_rows import leading_header_rows
from extract.records.shape.natures import counts_and_more, nature_of_label
from extract.records.shape.parents import find_parents
from schema.layout import Table
from schema.lexicon.figures import is_measured
from schema.lexicon.signs.bullets import opens_with_bullet, without_bullet
from schema.lexicon.units import is_of_shares
from schema.printed import Category, IndicatorRow

CATEGORIES: dict[str, Category] = {"indicator": "indicator", "volume": "volume", "personnel": "personnel"}
TRAFFIC_LIGHTS = frozenset(("green", "yellow", "red"))
"""Colours that tell a verdict without a legend."""
LEAST_STEPS = 2
"""Rows that a scale has at least; one number may be both a name and a value by chance."""
LEAST_SUBROWS = 2
"""A label without values names the rows below it only where at least so many follow; one may be a gap."""


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
    goals = row_goals(rows, layout, place, legend)
    under = [(row, goal) for row, goal in zip(rows, goals, strict=True) if not goal_band(row, layout, legend)]
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
    row: Row, parent: str | None, goals: Goals, table: Table, layout: Layout, place: Place, legend: Legend
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
        goal_verdict=goals.verdict,
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
