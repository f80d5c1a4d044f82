"""A report's page: its tables beside the pictures of their pages or the lines of its text, and its doubts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from namndata.site.pictures import Picture
from namndata.site.reading import Corpus, Row, Value, band_of, by, committee_address, indicator_address, report_address

EARLIER = "earlier_report"
"""Checks against other reports: a difference is a revision, and no contradiction of the report itself."""
LONGEST_FIGURE = 16
SIGNS = "-–−+"
SHOWN_LINES = 3
"""Lines of a text file that are shown before and after a table."""


@dataclass(frozen=True)
class CellShown:
    """A cell, with the values that were read from it."""

    row: int
    col: int
    text: str
    is_header: bool
    row_span: int
    col_span: int
    box: tuple[float, ...]
    values: tuple[Value, ...]
    is_number: bool
    failed: bool

    @property
    def band(self) -> str:
        """How far its values can be trusted; empty where it has none."""
        return band_of(min(value.confidence for value in self.values)) if self.values else ""


@dataclass(frozen=True)
class TableShown:
    """A table, or the part of it that stands on one page."""

    anchor: str
    """`t3`; the parts on further pages have none of their own."""
    number: int
    title: str | None
    continued: bool
    rows: tuple[tuple[CellShown, ...], ...]
    line: int | None


@dataclass(frozen=True)
class PageShown:
    """A page: its picture if there is one, and its tables."""

    number: int | None
    picture: Picture | None
    tables: tuple[TableShown, ...]
    lines: tuple[tuple[int, str], ...] = ()
    """Lines of a text file with their numbers."""


@dataclass(frozen=True)
class ReportShown:
    """All that a report's page shows."""

    row: Row
    address: str
    committee: str
    pages: tuple[PageShown, ...]
    failed: tuple[FailedCheck, ...]
    problems: tuple[Row, ...]
    doubts: tuple[Mapping[str, str], ...]
    facts: tuple[Row, ...]
    footnotes: tuple[Row, ...]
    goals: tuple[Row, ...]
    assignments: tuple[Row, ...]
    values: tuple[Value, ...]
    held: int
    """Checks that hold."""
    source: str
    """What the tables stand beside: pictures, lines, missing (the file is gone), left_out or none."""

    @property
    def numbers(self) -> set[int | None]:
        """Pages that are shown."""
        return {page.number for page in self.pages}

    @property
    def contradictions(self) -> int:
        """Checks that fail within the report itself."""
        return sum(check.row["kind"] != EARLIER for check in self.failed)

    @property
    def sure(self) -> int:
        """Values that can be trusted."""
        return sum(value.band == "sure" for value in self.values)


ByCell = Mapping[tuple[str, int, int], list[Value]]


@dataclass(frozen=True)
class FailedCheck:
    """Figures that should agree and do not, with the place of the one that was checked."""

    row: Row
    anchor: str
    page: int | None
    printed: str
    label: str


def page_tables(
    corpus: Corpus, document: str, values: ByCell, failing: Iterable[Row], *, is_public: bool
) -> dict[int | None, list[TableShown]]:
    """Return a report's tables by page; a table over several pages has a part on each."""
    failed = {cell for row in failing if row["kind"] != EARLIER for cell in checked_cells(row)[:1]}
    read = corpus.values.get(document, ())
    labels = {name for value in read for name in (value.label, value.parent, value.table_title)} if is_public else None
    cells = by(
        corpus.rows("select * from cells where document = ? order by table_id, row, col", document), "table_id", "page"
    )
    pages: dict[int | None, list[TableShown]] = {}
    seen: set[str] = set()
    for table in corpus.rows("select * from tables where document = ? order by number", document):
        table_id = table["table_id"]
        for page in [page for of_table, page in cells if of_table == table_id]:
            rows = by(cells[table_id, page], "row")
            shown = over_figures([tuple(cells_of_row(rows, row, values, failed, labels)) for row in sorted(rows)])
            part = TableShown(
                "" if table_id in seen else f"t{table['number']}",
                table["number"],
                table["title"] or title_of(read, table_id),
                table_id in seen,
                shown,
                table["line"],
            )
            pages.setdefault(page, []).append(part)
            seen.add(table_id)
    return pages


def by_cell(values: Iterable[Value]) -> dict[tuple[str, int, int], list[Value]]:
    """Return values by their cell."""
    cells: dict[tuple[str, int, int], list[Value]] = {}
    for value in values:
        cells.setdefault((value.table_id, value.row, value.col), []).append(value)
    return cells


def title_of(values: Iterable[Value], table_id: str) -> str | None:
    """Return the heading that a table's values were read with."""
    return next((value.table_title for value in values if value.table_id == table_id and value.table_title), None)


def cells_of_row(
    rows: Mapping[int, list[Row]],
    row: int,
    values: ByCell,
    failed: set[tuple[str, int, int]],
    labels: set[str | None] | None,
) -> Iterator[CellShown]:
    """Yield the cells of a row; a cell over several rows ends with those of its page.

    Where `labels` are given (for a public site), other cells than these, headers and numbers are left empty.
    """
    for cell in rows[row]:
        place = (cell["table_id"], cell["row"], cell["col"])
        box = () if cell["x0"] is None else tuple(round(cell[name], 1) for name in ("x0", "top", "x1", "bottom"))
        rows_covered = sum(each in rows for each in range(row, row + cell["row_span"]))
        text = cell["text"] or cell["symbol"] or ""
        if labels is not None and not cell["is_header"] and text not in labels:
            text = next((value.raw for value in values.get(place, ())), "")
        yield CellShown(
            cell["row"],
            cell["col"],
            text,
            bool(cell["is_header"]),
            rows_covered,
            cell["col_span"],
            box,
            tuple(values.get(place, ())),
            is_figure(text),
            place in failed,
        )


def over_figures(rows: Sequence[tuple[CellShown, ...]]) -> tuple[tuple[CellShown, ...], ...]:
    """Return rows whose headers are set to the right where most cells below them are figures."""
    below: dict[int, list[bool]] = {}
    for cell in (cell for row in rows for cell in row if cell.text and not cell.is_header):
        below.setdefault(cell.col, []).append(cell.is_number)
    right = {col for col, figures in below.items() if sum(figures) * 2 > len(figures)}
    return tuple(
        tuple(
            replace(cell, is_number=True) if cell.is_header and cell.col in right and cell.col_span == 1 else cell
            for cell in row
        )
        for row in rows
    )


def is_figure(text: str) -> bool:
    """Tell whether a text is a figure, to be set to the right, and no sentence that begins with one."""
    return len(text) <= LONGEST_FIGURE and (text[:1].isdigit() or text[:1] in SIGNS or text[-1:] == "%")


def failed_rows(corpus: Corpus, document: str) -> list[Row]:
    """Return a report's checks that fail: what contradicts itself first, then what earlier reports print otherwise."""
    order = f"kind = '{EARLIER}', rowid"
    return corpus.rows(f"select * from checks where document = ? and status = 'fail' order by {order}", document)


def checked_cells(check: Row) -> list[tuple[str, int, int]]:
    """Return the cells that a check compared, the checked one first."""
    return [(check["table_id"], row, col) for row, col in json.loads(check["cells"] or "[]")]


def failed_checks(failing: Iterable[Row], values: ByCell) -> Iterator[FailedCheck]:
    """Yield a report's checks that fail, each with the value that it is of."""
    for check in failing:
        found = [value for cell in checked_cells(check)[:1] for value in values.get(cell, ())]
        first = found[0] if found else None
        yield FailedCheck(
            check,
            first.anchor if first else "",
            first.page if first else None,
            first.raw if first else "",
            name_of(first),
        )


def name_of(value: Value | None) -> str:
    """Return what a value is of, for a sentence about it."""
    return ", ".join(each for each in (value.label, value.column_label or value.period) if each) if value else ""


def read_report(
    corpus: Corpus, row: Row, pictures: Sequence[Picture], lines: Sequence[str], source: str
) -> ReportShown:
    """Return what a report's page shows."""
    document = row["document"]
    values, failing = by_cell(corpus.values.get(document, ())), failed_rows(corpus, document)
    tables = page_tables(corpus, document, values, failing, is_public=source == "left_out")
    drawn = {picture.page: picture for picture in pictures}
    pages = [
        PageShown(page, drawn.get(page or 0), tuple(tables.get(page, ())), text_lines(tables.get(page, ()), lines))
        for page in sorted({*tables, *drawn}, key=lambda page: page or 0)
    ]

    def of(table: str, order: str = "rowid") -> tuple[Row, ...]:
        return tuple(corpus.rows(f"select * from {table} where document = ? order by {order}", document))

    held = "select count(*) n from checks where document = ? and status = 'pass' and kind != ?"
    passed = corpus.rows(held, document, EARLIER)
    return ReportShown(
        row,
        report_address(document),
        committee_address(row["municipality"], row["committee_today"] or row["committee"]),
        tuple(pages),
        tuple(failed_checks(failing, values)),
        tuple(each for each in of("problems") if each["severity"] != "info"),
        tuple(json.loads(row["doubts"] or "[]")),
        of("facts"),
        of("footnotes"),
        of("goals"),
        of("assignments"),
        tuple(corpus.values.get(document, ())),
        passed[0]["n"],
        source,
    )


def text_lines(tables: Iterable[TableShown], lines: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Return the lines of a text file from just before its first table."""
    first = min((table.line for table in tables if table.line), default=1)
    start = max(0, first - 1 - SHOWN_LINES)
    return tuple((number, line) for number, line in enumerate(lines[start:], start=start + 1))


def value_data(corpus: Corpus, report: ReportShown, others: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return what the browser is told of each value of a report."""
    return [
        {
            "a": value.anchor,
            "id": value.id,
            "p": value.page,
            "t": value.table_id.rpartition(":")[2],
            "r": value.row,
            "c": value.col,
            "l": value.label,
            "pa": value.parent,
            "cl": value.column_label,
            "ti": value.table_title,
            "k": value.kind,
            "pe": value.period,
            "raw": value.raw,
            "v": value.value,
            "up": value.upper,
            "cmp": value.comparator,
            "u": value.unit,
            "d": value.direction,
            "s": value.status,
            "cf": value.confidence,
            "w": list(value.doubts),
            "pt": value.part,
            "rv": value.reviewed,
            "vr": value.value_read,
            "ip": indicator_address(value.indicator_id) if value.indicator_id else "",
            "also": others.get(value.id, []),
        }
        for value in report.values
    ]
