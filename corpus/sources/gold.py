"""Derives the gold records of a report from its source."""

from __future__ import annotations

import re
from typing import Any

from meaning import parts, plain_number
from source import Block, Cell, Column, Report, Row, Table, markers, printed

KINDS = {"o": "outcome", "t": "target", "f": "forecast", "b": "budget", "p": "plan", "v": "variance", "e": "effect"}
DITTO = {"- ” -", "-”-"}
INDICATOR_TABLES = ("indicator", "volume", "personnel")


def derive_gold(report: Report) -> dict[str, Any]:
    """The whole gold file of a report."""
    gold: dict[str, Any] = {
        "document": document(report.facts),
        "indicators": [],
        "budget_lines": [],
        "assignments": [],
        "goals": [],
        "notes": report.facts.get("note", "").splitlines(),
    }
    for block in report.blocks:
        if isinstance(block, Block):
            add_stated(gold, block)
        elif block.kind in INDICATOR_TABLES:
            gold["indicators"] += turned_rows(block) if "turned" in block.options else indicator_rows(block)
            gold["goals"] += indicator_goals(block)
        elif block.kind == "money":
            gold["budget_lines"] += money_rows(block)
        elif block.kind == "assignments":
            gold["assignments"] += assignment_rows(block)
        elif block.kind == "goals":
            gold["goals"] += goal_rows(block)
    gold["goals"] = without_repeats(gold["goals"])
    return gold


def document(facts: dict[str, str]) -> dict[str, Any]:
    """What the report says of itself."""
    return {
        "municipality": facts["municipality"],
        "committee": facts["committee"],
        "document_type": facts["type"],
        "title": facts["title"],
        "fiscal_year": int(facts["year"]),
        "plan_years": [int(year) for year in facts.get("plan", "").split()],
        "as_of": facts.get("as_of"),
    }


def add_stated(gold: dict[str, Any], block: Block) -> None:
    """Goals and assignments that stand in running text are named beside it."""
    cells = [cell.strip() or None for cell in block.text.split("|")]
    if block.kind == "goal":
        gold["goals"].append(goal(*cells))
    elif block.kind == "assignment":
        names = ("scope", "number", "text", "status", "comment")
        gold["assignments"].append(dict(zip(names, cells + [None] * 5, strict=False)))


def goal(area: Any, municipal: Any, name: Any, assessment: Any = None) -> dict[str, Any]:
    """One goal record."""
    return {"goal_area": area, "municipal_goal": municipal, "committee_goal": name, "assessment": assessment}


def without_repeats(goals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each goal once per place, in order; a place that repeats a goal word for word counts once."""
    kept: list[dict[str, Any]] = []
    for one in goals:
        if one not in kept:
            kept.append(one)
    return kept


def cell_of(table: Table, row: Row, role: str) -> Cell | None:
    """The row's first cell under a column of this role."""
    for column, cell in zip(table.columns, row.cells, strict=True):
        if column.role == role:
            return cell
    return None


def text_of(table: Table, row: Row, role: str) -> str | None:
    """The printed text of that cell, None where it is empty."""
    cell = cell_of(table, row, role)
    return (cell.printed or None) if cell else None


def label_of(table: Table, row: Row) -> tuple[str, dict[str, str]]:
    """A row's label and what is written about it (`unit=…`, `parent=…`)."""
    cell = cell_of(table, row, "label") or row.cells[0]
    said = dict(pair.strip().partition("=")[::2] for pair in (cell.meaning or "").split(";") if pair)
    return cell.printed, said


def values(table: Table, row: Row) -> list[tuple[Column, Cell]]:
    """The row's filled value cells."""
    pairs = zip(table.columns, row.cells, strict=True)
    return [(column, cell) for column, cell in pairs if column.role in KINDS and cell.printed]


def indicator_rows(table: Table) -> list[dict[str, Any]]:
    """Every row of an indicator, volume or personnel table."""
    found = []
    parent, unit, held = None, None, dict.fromkeys(("area", "mgoal", "goal", "side", "met", "source"))
    for row in table.rows:
        if row.kind == "band":
            held["area"] = row.cells[0].printed
            continue
        for role in ("area", "mgoal", "goal", "side"):
            held[role] = description_free(cell_of(table, row, role)) or held[role]
        label, said = label_of(table, row)
        if row.kind == "part":
            unit = said.get("unit", unit)
        else:
            parent, unit = label, said.get("unit")
        unit = text_of(table, row, "unit") or unit
        found.append(
            {
                "category": table.kind,
                "table": table.options.get("title"),
                "goal_area": table.options.get("area") or held["area"],
                "municipal_goal": table.options.get("mgoal") or held["mgoal"],
                "committee_goal": table.options.get("goal") or held["goal"],
                "indicator": label,
                "parent": said.get("parent") or (parent if row.kind == "part" else held["side"]),
                "source": text_of(table, row, "source"),
                "goal_met": text_of(table, row, "met"),
                "values": [indicator_value(column, cell, unit) for column, cell in values(table, row)],
            }
        )
    return found


def indicator_value(column: Column, cell: Cell, unit: str | None) -> dict[str, Any]:
    """One value cell."""
    return {
        "column": column.label,
        "kind": KINDS[column.role],
        "period": column.period,
        "raw": cell.printed,
        "footnotes": markers(cell.text),
        "parts": [
            {**part, "breakdown": part["breakdown"] or column.part} for part in parts(cell.printed, cell.meaning, unit)
        ],
    }


def turned_rows(table: Table) -> list[dict[str, Any]]:
    """A table with one row per year: one record per column, its values named by the years."""
    found = []
    for i, column in enumerate(table.columns[1:], start=1):
        years = [Column(row.cells[0].printed, "o", row.cells[0].printed) for row in table.rows]
        cells = [row.cells[i] for row in table.rows]
        filled = [(year, cell) for year, cell in zip(years, cells, strict=True) if cell.printed]
        found.append(
            {
                "category": table.kind,
                "table": table.options.get("title"),
                **dict.fromkeys(("goal_area", "municipal_goal", "committee_goal")),
                "indicator": column.label,
                **dict.fromkeys(("parent", "source", "goal_met")),
                "values": [indicator_value(year, cell, column.period) for year, cell in filled],
            }
        )
    return found


def description_free(cell: Cell | None) -> str | None:
    """A goal cell without the italic description under the goal."""
    return (printed(re.sub(r"__.+?__", "", cell.text)) or None) if cell else None


def indicator_goals(table: Table) -> list[dict[str, Any]]:
    """The goals that an indicator table stands under or names."""
    rows = [r for r in indicator_rows(table) if r["committee_goal"]] if "turned" not in table.options else []
    return [goal(r["goal_area"], r["municipal_goal"], r["committee_goal"]) for r in rows]


def goal_rows(table: Table) -> list[dict[str, Any]]:
    """The rows of a table that lists or assesses goals."""
    found, held = [], {"area": table.options.get("area"), "mgoal": table.options.get("mgoal")}
    for row in table.rows:
        if row.kind == "band":
            held["area"] = row.cells[0].printed
            continue
        for role in ("area", "mgoal"):
            text = text_of(table, row, role)
            held[role] = text if text and text not in DITTO else held[role]
        name = description_free(cell_of(table, row, "goal"))
        assessment = cell_of(table, row, "assessment")
        judged = (assessment.meaning or assessment.printed or None) if assessment else None
        if name:
            found.append(goal(held["area"], held["mgoal"], name, judged))
    return found


def assignment_rows(table: Table) -> list[dict[str, Any]]:
    """The rows of an assignment table; a number that opens the text is parted from it."""
    found = []
    for row in table.rows:
        text, number = text_of(table, row, "text") or "", text_of(table, row, "number")
        if opening := re.match(r"(\d+)\. ", text):
            number, text = opening[1], text[opening.end() :]
        scope = table.options["scope"]
        rest = {"status": text_of(table, row, "status"), "comment": text_of(table, row, "comment")}
        found.append({"scope": scope, "number": number, "text": text, **rest})
    return found


def money_rows(table: Table) -> list[dict[str, Any]]:
    """Every row of a money table: bands are parents of what follows, a total closes its band."""
    found: list[dict[str, Any]] = []
    bands: list[str] = []
    line = None
    for row in table.rows:
        label, said = label_of(table, row)
        if row.kind == "band":
            bands = []
        elif row.kind == "subband":
            bands = bands[:1]
        elif row.kind == "grand":
            bands = []
        parent = line if row.kind == "part" else (bands[-1] if bands else None)
        found.append(
            {
                "table": table.options["title"],
                "line": label,
                "parent": said.get("parent", parent),
                "is_total": row.kind in ("total", "grand"),
                "unit": said.get("unit") or table.options["unit"],
                "values": [amount(column, cell) for column, cell in values(table, row)],
            }
        )
        if row.kind in ("band", "subband"):
            bands.append(label)
        elif row.kind == "total" and bands:
            bands.pop()
        line = line if row.kind == "part" else label
    return found


def amount(column: Column, cell: Cell) -> dict[str, Any]:
    """One amount in the printed unit."""
    number = plain_number(cell.printed)
    value = float(cell.meaning) if cell.meaning else number[0] if number else None
    if value is None:
        raise ValueError(f"the amount {cell.printed!r} needs its value written beside it")
    period = column.period
    return {"column": column.label, "kind": KINDS[column.role], "period": period, "raw": cell.printed, "value": value}
