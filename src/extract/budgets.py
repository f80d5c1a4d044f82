"""Money tables → one record a line, as printed."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extract.classify import Layout, fold, header_labels
from extract.rows import Row, is_part_label, is_total_label, join_continued_labels, table_rows, uses_style
from extract.sections import Place
from schema.layout import Table
from schema.printed import BudgetLine, PrintedValue
from schema.vocabulary import read_rows

AMOUNT_KINDS = {"budget", "plan", "outcome", "forecast", "variance", "effect"}
PLAN_TITLE = re.compile(r"\bplan(?:en|er)?\b|\bbudget\b", re.IGNORECASE)
UNIT_SIGNS = re.compile(r"%|\bprocent\b", re.IGNORECASE)


def read_budgets(table: Table, layout: Layout, place: Place, *, unit: str | None) -> list[BudgetLine]:
    """Return the table's lines; `unit` is the report's own, for a table that states none."""
    rows = [row for row in join_continued_labels(table_rows(table, layout)) if row.label or row.values]
    rows = _with_split_labels(rows)
    parents = _parents(rows)
    unit = printed_unit(" ".join(header_labels(table))) or printed_unit(place.title) or unit
    return [_line(row, parent, unit, table, place) for row, parent in zip(rows, parents, strict=True) if row.label]


def _line(row: Row, parent: str | None, unit: str | None, table: Table, place: Place) -> BudgetLine:
    percent = bool(row.values) and all(UNIT_SIGNS.search(value.raw) for value in row.values)
    return BudgetLine(
        table=table.number,
        table_title=place.title,
        line=_clean(row.label),
        row=row.index,
        unit="%" if percent else (printed_unit(row.label) or unit),
        values=tuple(_amount(value) for value in row.values),
        parent=parent,
        is_total=is_total_label(row.label),
        markers=row.label_cell.markers if row.label_cell else (),
        page=row.page,
    )


def _amount(value: PrintedValue) -> PrintedValue:
    """Return the value with a kind that amounts have; a target in a money table is a budget."""
    return value if value.kind in AMOUNT_KINDS else replace(value, kind="budget")


def _clean(label: str) -> str:
    """Return a label without the sign that announces its parts."""
    return label.rstrip(";: ")


@cache
def _unit_pattern() -> re.Pattern[str]:
    words = sorted((row["phrase"] for row in read_rows("money_units")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(re.escape(w) for w in words)})(?!\w)", re.IGNORECASE)


def printed_unit(text: str) -> str | None:
    """Return the money unit that a header, title or label prints, None where it prints none."""
    match = _unit_pattern().search(text)
    return match.group(1) if match else None


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


def _parents(rows: list[Row]) -> list[str | None]:
    """Return the line that each line is part of, by *varav*, by style, by headings without amounts."""
    styled = uses_style([row for row in rows if row.values and not is_part_label(row.label)])
    rows = [replace(row, label=_clean(row.label)) for row in rows]
    headings: list[str] = []
    main: str | None = None
    parts_open = False
    parents: list[str | None] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if is_part_label(row.label):
            parents.append(main)
            parts_open = not row.values
        elif parts_open and row.is_styled:
            parents.append(main)
        else:
            parts_open = False
            headings = _open_headings(headings, row, styled)
            parents.append(
                _heading_parent(headings, row, styled) or (main if _is_styled_part(row, styled, headings) else None)
            )
            headings = _with_heading(headings, row, following, styled)
            main = row.label if not (styled and row.is_styled) or not main else main
    return parents


def _is_styled_part(row: Row, styled: bool, headings: list[str]) -> bool:
    return styled and row.is_styled and not headings


def _open_headings(headings: list[str], row: Row, styled: bool) -> list[str]:
    """Drop the headings that end before this row."""
    if not styled:
        return headings
    return headings if row.is_styled else []


def _heading_parent(headings: list[str], row: Row, styled: bool) -> str | None:
    """Return the heading that the row stands under; a sum names its own."""
    if not headings:
        return None
    if is_total_label(row.label):
        named = fold(re.sub(r"^\s*(?:del)?summa\s+", "", row.label, flags=re.IGNORECASE))
        for heading in reversed(headings):
            if named and fold(heading) == named:
                return heading
    if not row.values:
        return headings[0] if styled and row.is_styled else None
    return headings[-1]


def _with_heading(headings: list[str], row: Row, following: Row | None, styled: bool) -> list[str]:
    """Return the open headings after this row: a label without amounts opens one, unless a sum follows."""
    if not row.values and (following is None or is_total_label(following.label)):
        return headings
    if row.values:
        return [] if is_total_label(row.label) and not styled else headings
    if styled and row.is_styled and headings:
        return [headings[0], row.label]
    return [row.label]
