"""Money tables → one record a line, as printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

from extract.records.columns import Layout, header_labels
from extract.records.rows import Row, join_continued_labels, table_rows, uses_style
from extract.records.sections import Place
from schema.layout import Table
from schema.lexicon.labels import is_part_label, is_total_label, summed_name
from schema.lexicon.text import fold
from schema.lexicon.units import printed_money_unit, prints_percent
from schema.printed import BudgetLine, PrintedValue

AMOUNT_KINDS = {"budget", "plan", "outcome", "forecast", "variance", "effect"}


def read_budgets(table: Table, layout: Layout, place: Place, *, unit: str | None) -> list[BudgetLine]:
    """Return the table's lines; `unit` is the report's own, for a table that states none."""
    rows = [row for row in join_continued_labels(table_rows(table, layout)) if row.label or row.values]
    return budget_records(_with_split_labels(rows), table, place, unit=unit)


def budget_records(rows: list[Row], table: Table, place: Place, *, unit: str | None) -> list[BudgetLine]:
    """Return one record a row, under the line that it is part of."""
    parents = _parents(rows)
    unit = printed_money_unit(" ".join(header_labels(table))) or printed_money_unit(place.title) or unit
    first = next((row.index for row in rows if row.values), None)
    return [
        _line(row, parent, unit, table, place, is_first=row.index == first)
        for row, parent in zip(rows, parents, strict=True)
        if row.label
    ]


def _line(row: Row, parent: str | None, unit: str | None, table: Table, place: Place, *, is_first: bool) -> BudgetLine:
    percent = bool(row.values) and all(prints_percent(value.raw) for value in row.values)
    return BudgetLine(
        table=table.number,
        table_title=place.title,
        line=_clean(row.label),
        row=row.index,
        unit="%" if percent else (printed_money_unit(row.label) or unit),
        values=tuple(_amount(value) for value in row.values),
        parent=parent,
        is_total=is_total_label(row.label, bare=not is_first),
        markers=row.label_cell.markers if row.label_cell else (),
        page=row.page,
    )


def _amount(value: PrintedValue) -> PrintedValue:
    """Return the value with a kind that amounts have; a target in a money table is a budget."""
    return value if value.kind in AMOUNT_KINDS else replace(value, kind="budget")


def _clean(label: str) -> str:
    """Return a label without the sign that announces its parts."""
    return label.rstrip(";: ")


def _with_split_labels(rows: list[Row]) -> list[Row]:
    """Join a label that goes on in the next row, where only the last part carries the amounts."""
    joined: list[Row] = []
    for row in rows:
        above = joined[-1] if joined else None
        if above and not above.values and row.values and row.label[:1].islower() and not is_part_label(row.label):
            joined[-1] = replace(row, label=f"{above.label} {row.label}")
        else:
            joined.append(row)
    return joined


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the lines read so far leave open for the next one."""

    headings: tuple[str, ...] = ()
    """Labels without amounts that the coming lines stand under, outermost first."""
    main: str | None = None
    """The last line that parts may belong to."""
    parts_open: bool = False
    """A bare *varav* was read: the set-apart lines below it are parts."""


def _parents(rows: list[Row]) -> list[str | None]:
    """Return the line that each line is part of, by *varav*, by style, by headings without amounts."""
    styled = _style_marks_parts(rows)
    rows = [replace(row, label=_clean(row.label)) for row in rows]
    reading = _Reading()
    parents: list[str | None] = []
    wholes: list[Row] = []
    for row, following in zip_longest(rows, rows[1:]):
        if is_part_label(row.label):
            parents.append(_whole_of(row, wholes, reading.main))
            reading = replace(reading, parts_open=not row.values)
        elif reading.parts_open and row.is_styled:
            parents.append(reading.main)
        else:
            parent, reading = _read_line(row, following, reading, styled=styled)
            parents.append(parent)
            wholes.append(row)
    return parents


def _whole_of(part: Row, wholes: list[Row], main: str | None) -> str | None:
    """Return the line a *varav* is part of.

    A last line that is empty in the part's columns is a part itself: the whole is the nearest full line.
    """
    columns = {value.col for value in part.values}
    last = wholes[-1] if wholes else None
    if last is None or last.label != main or not last.values or columns <= {value.col for value in last.values}:
        return main
    width = max(len(row.values) for row in wholes)
    return next((row.label for row in reversed(wholes) if len(row.values) == width), main)


def _read_line(row: Row, following: Row | None, reading: _Reading, *, styled: bool) -> tuple[str | None, _Reading]:
    """Return a line's parent and what it leaves open."""
    is_part = styled and row.is_styled
    named = _named_heading(reading.headings, row)
    headings = reading.headings if is_part or not styled else ()
    parent = named or _heading_parent(headings, row, is_part=is_part)
    if parent is None and is_part and not headings:
        parent = reading.main
    main = reading.main if is_part and reading.main else row.label
    return parent, _Reading(_with_heading(headings, row, following, styled=styled), main)


def _style_marks_parts(rows: list[Row]) -> bool:
    """Whether italics or indent mark the parts of a heading, and not the headings themselves."""
    lines = [row for row in rows if not is_part_label(row.label)]
    return uses_style(lines) and any(row.is_styled for row in lines if row.values)


def _named_heading(headings: tuple[str, ...], row: Row) -> str | None:
    """Return the open heading that a sum names, such as *Summa tillgångar* under *TILLGÅNGAR*."""
    if not is_total_label(row.label):
        return None
    named = fold(summed_name(row.label))
    return next((heading for heading in reversed(headings) if named and fold(heading) == named), None)


def _heading_parent(headings: tuple[str, ...], row: Row, *, is_part: bool) -> str | None:
    """Return the heading that the row stands under; a set-apart heading stands under the outermost."""
    if not headings:
        return None
    if not row.values:
        return headings[0] if is_part else None
    return headings[-1]


def _with_heading(headings: tuple[str, ...], row: Row, following: Row | None, *, styled: bool) -> tuple[str, ...]:
    """Return the open headings after this row: a label without amounts opens one, unless a sum follows."""
    if row.values:
        return () if is_total_label(row.label) and not styled else headings
    if following is None or (is_total_label(following.label) and not (styled and following.is_styled)):
        return headings
    return (headings[0], row.label) if styled and row.is_styled and headings else (row.label,)
