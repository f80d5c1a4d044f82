"""What follows from corrected records: sums checked, values weighed, and the report's rows, problems and ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from namndata.audit.arithmetic import check_report
from namndata.audit.confidence import weigh_report
from namndata.audit.ledger import cell_runs
from namndata.corrections.desk import Desk
from normalize.report import NormalizedReport
from schema.lexicon.text import clean_label
from schema.printed import IndicatorRow
from schema.problem import PageNumbers, Problem
from schema.records import CellValue, IndicatorValue, Record
from schema.result import DocumentResult


def finished(desk: Desk) -> DocumentResult:
    """Return the result with the corrected records, its sums checked and its values weighed again."""
    kept = [position for position in range(len(desk.records)) if position not in desk.removed]
    sure = [certain(desk.records[position], position in desk.settled) for position in kept]
    audit = check_report(NormalizedReport(tuple(sure)))
    weighed = weigh_report(NormalizedReport(tuple(sure)), audit.checks).records
    records = tuple(
        before if position in desk.settled else after
        for position, before, after in zip(kept, sure, weighed, strict=True)
    )
    outdated = check_report(NormalizedReport(desk.as_read)).remarks
    problems = (*(known(desk, one) for one in desk.result.problems if one not in outdated), *audit.remarks)
    problems = (*problems, *(one.problem for one in desk.followed if one.outcome != "applied"))
    return replace(
        desk.result,
        records=records,
        indicator_rows=tuple(corrected_rows(desk)),
        checks=audit.checks,
        conventions=audit.conventions,
        problems=problems,
        status=desk.result.status if desk.result.status == "failed" else status_of(problems),
        ledger=without_lost_rows(desk, records),
        first_confidence=(),
        references=tuple(desk.references[position] for position in kept),
    )


def certain(record: Record, is_settled: bool) -> Record:
    """Return a record whose cell a person has seen without doubts."""
    if not (is_settled and isinstance(record, CellValue)):
        return record
    return record.model_copy(update={"confidence": 1.0, "doubts": ()})


def known(desk: Desk, problem: Problem) -> Problem:
    """Return a problem of a cell that a person has decided on as information: it is solved."""
    places = {desk.printed[position].cell for position in desk.settled}
    is_solved = problem.severity == "warning" and (problem.table, problem.row, problem.col) in places
    return replace(problem, severity="info") if is_solved else problem


def status_of(problems: Iterable[Problem]) -> Literal["ok", "partial"]:
    """Return whether a report was read without problems."""
    return "partial" if any(problem.severity != "info" for problem in problems) else "ok"


def corrected_rows(desk: Desk) -> Iterator[IndicatorRow]:
    """Return the printed rows with the labels that people gave them, without those that have no value at all now."""
    of_row: dict[tuple[int | None, int | None, str], list[int]] = defaultdict(list)
    for position, record in enumerate(desk.as_read):
        if isinstance(record, IndicatorValue):
            of_row[record.table, record.row, record.indicator].append(position)
    for row in desk.result.indicator_rows:
        positions = of_row[row.table, row.row, clean_label(row.indicator)]
        if not positions:
            yield row
        elif not desk.removed.issuperset(positions):
            yield renamed(row, desk.as_read[positions[0]], desk.records[positions[0]])


def renamed(row: IndicatorRow, before: Record, after: Record) -> IndicatorRow:
    """Return a row with what was corrected of its label, of what it stands under and of its table's title."""
    assert isinstance(before, IndicatorValue) and isinstance(after, IndicatorValue)
    if before.indicator != after.indicator:
        row = replace(row, indicator=after.indicator)
    if before.parent != after.parent:
        row = replace(row, parent=after.parent)
    return row if before.table_title == after.table_title else replace(row, table_title=after.table_title or "")


def without_lost_rows(desk: Desk, records: Iterable[Record]) -> tuple[PageNumbers, ...]:
    """Return the ledger: the numbers of a row in which people found no value are in a table only."""
    gone = {(one.table, one.row) for one in desk.as_read} - {(one.table, one.row) for one in records}
    moved: Counter[int | None] = Counter()
    for table in desk.result.tables:
        for cell in table.cells:
            if (table.number, cell.row) in gone:
                moved.update({page: runs.total() for page, runs in cell_runs(cell)})
    return tuple(moved_numbers(page, moved[page.page]) for page in desk.result.ledger)


def moved_numbers(page: PageNumbers, moved: int) -> PageNumbers:
    """Return a page's numbers with some of them in a table only."""
    moved = min(moved, page.in_records)
    return replace(page, in_records=page.in_records - moved, in_tables_only=page.in_tables_only + moved)
