"""The values to check, worst first, and those that were drawn to be judged, each with what is needed to judge it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from namndata.sample.draw import read_sample
from namndata.site.reading import Corpus, Value
from namndata.site.reports import CellShown, ReportShown

MOST = 2000
"""Values in the list: more than a person checks, and a file that a browser loads at once."""
NEIGHBOURS = 2
"""Lines of a text before and after the value's."""


WORST_FIRST = "order by confidence, document, table_id, row, col, value_id"


@dataclass(frozen=True)
class Place:
    """Where a value stands: its page, the cells of its row, and the lines around it in a text."""

    cell: CellShown | None
    row: tuple[CellShown, ...]
    picture: tuple[Any, ...]
    lines: tuple[tuple[int, str, bool], ...]


def review_data(corpus: Corpus, reports: Sequence[ReportShown]) -> list[dict[str, Any]]:
    """Return the doubtful values, the worst first, as the review list of the corpus has them."""
    doubtful = corpus.rows(f"select value_id from review_list where confidence < 1 {WORST_FIRST} limit ?", MOST)
    return items(corpus, reports, [row["value_id"] for row in doubtful])


def sample_data(corpus: Corpus, folder: Path, reports: Sequence[ReportShown]) -> list[dict[str, Any]]:
    """Return the drawn values that the corpus still has."""
    return items(corpus, reports, [drawn.value_id for drawn in read_sample(folder)])


def items(corpus: Corpus, reports: Sequence[ReportShown], ids: Iterable[str]) -> list[dict[str, Any]]:
    """Return values as the list shows them."""
    values = [corpus.by_id[value_id] for value_id in ids if value_id in corpus.by_id]
    by_document = {report.row["document"]: report for report in reports}
    places = {document: places_of(report) for document, report in by_document.items()}
    return [
        item(value, by_document[value.document], places[value.document].get((value.table_id, value.row, value.col)))
        for value in values
        if value.document in by_document
    ]


def places_of(report: ReportShown) -> Mapping[tuple[str, int, int], Place]:
    """Return the place of each cell that holds a value."""
    places = {}
    for page in report.pages:
        picture = page.picture
        drawn = (picture.address, picture.width, picture.height) if picture else ()
        for table in page.tables:
            for row in table.rows:
                for cell in row:
                    if cell.values:
                        around = lines_around(page.lines, table.line, cell, row)
                        places[cell.values[0].table_id, cell.row, cell.col] = Place(cell, row, drawn, around)
    return places


def lines_around(
    lines: Sequence[tuple[int, str]], start: int | None, cell: CellShown, row: Sequence[CellShown]
) -> tuple[tuple[int, str, bool], ...]:
    """Return the lines around the cell's: of the table's lines, the one that holds most of its row."""
    if not lines or not cell.text:
        return ()
    texts = [each.text for each in row if each.text]
    best, most = None, 0
    for index, (line_number, line) in enumerate(lines):
        if line_number >= (start or 0) and cell.text in line:
            held = sum(text in line for text in texts)
            if held > most:
                best, most = index, held
    if best is None:
        return ()
    around = lines[max(0, best - NEIGHBOURS) : best + NEIGHBOURS + 1]
    return tuple((line_number, line, line_number == lines[best][0]) for line_number, line in around)


def item(value: Value, report: ReportShown, place: Place | None) -> dict[str, Any]:
    """Return a value as the list shows it."""
    return {
        "id": value.id,
        "h": value.address,
        "doc": value.document,
        "rep": report.row["title"] or value.document,
        "com": report.row["committee"],
        "file": report.row["path"],
        "p": value.page,
        "ti": value.table_title,
        "l": value.label,
        "pa": value.parent,
        "cl": value.column_label,
        "raw": value.raw,
        "v": value.value,
        "u": value.unit,
        "k": value.kind,
        "pe": value.period,
        "s": value.status,
        "cf": value.confidence,
        "w": list(value.doubts),
        "pic": list(place.picture) if place else [],
        "box": list(place.cell.box) if place and place.cell else [],
        "row": [[cell.text, cell is place.cell] for cell in place.row] if place else [],
        "lines": [list(line) for line in place.lines] if place else [],
    }
