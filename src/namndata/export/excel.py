"""An Excel workbook: a sheet for each table, header frozen, with filters, number formats and links to the reports."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from namndata.export.about import about_lines, epoch
from namndata.export.content import Content, Taken
from namndata.export.text import may_run, shown
from namndata.store.dictionary import Column, swedish_of

FIRST = ("documents", "indicator_series", "target_attainment", "net_costs", "budget_outcomes", "budget_series")
"""Sheets that an analyst looks at first; the others follow in the dictionary's order."""
LEFT_OUT = {
    "cells",
    "search",
    "indicator_statements",
    "budget_statements",
    "indicator_vetoes",
    "data_dictionary",
    "runs",
}
"""Tables that other sheets are made from, or that only programs read; the other formats hold them."""
MOST_ROWS = 1_048_575
"""Of a sheet, below its header: a limit of Excel's, as are the next two."""
MOST_LINKS = 65_530
LONGEST_TEXT = 32_767
CUT = " …"
MARKED_UP = ("<r>", "</r>")
"""XlsxWriter takes a text between these for markup of its own and would write it as it is."""
NARROWEST, WIDEST = 6, 60
"""Widths of columns, in letters."""
NUMBER_FORMATS = {"SEK": '#,##0 "kr"', "0–1": "0.00", "bytes": "#,##0"}
"""By the unit that the dictionary gives; Excel shows its own language's signs for thousands and decimals."""
MEANING = 3
"""Column of the dictionary's sheet that says what a column means; the next says it in Swedish."""
WHOLE, PARTS, PLAIN = "#,##0", "#,##0.0#####", "0"


@dataclass
class Book:
    """A workbook that is being written, its formats, and what Excel could not take."""

    workbook: Workbook
    content: Content
    formats: dict[str, Format] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def styled(self, **style: Any) -> Format:
        """Return a format, the same for the same style: Excel has room for a few thousand."""
        key = repr(sorted(style.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format({"valign": "top", **style})
        return self.formats[key]


def write_workbook(content: Content, path: Path) -> list[str]:
    """Write the workbook; return what it could not hold."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as workbook:
        workbook.set_properties({"title": "namndata", "comments": content.version.number, "created": epoch()})
        book = Book(workbook, content)
        write_about(book)
        for table in sheets_in_order(content.tables):
            write_table(book, table)
        write_dictionary(book)
    return book.remarks


def sheets_in_order(tables: tuple[Taken, ...]) -> list[Taken]:
    """Return the tables that have sheets, those first that are looked at first."""
    kept = [table for table in tables if table.name not in LEFT_OUT]
    return sorted(kept, key=lambda table: FIRST.index(table.name) if table.name in FIRST else len(FIRST))


def write_about(book: Book) -> None:
    """Write the first sheet: which corpus it is, and a line about each sheet."""
    sheet = book.workbook.add_worksheet("about")
    wrapped, heading = book.styled(text_wrap=True), book.styled(bold=True)
    sheet.set_column(0, 0, WIDEST / 2)
    sheet.set_column(1, 1, WIDEST * 1.5)
    lines = list(about_lines(book.content))
    for row, (name, text) in enumerate(lines):
        sheet.write_string(row, 0, name, heading)
        sheet.write_string(row, 1, shown(text), wrapped)
    for row, table in enumerate(sheets_in_order(book.content.tables), start=len(lines) + 1):
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", string=table.name)
        sheet.write_string(row, 1, f"{swedish_of(table.description)}\n{table.description}", wrapped)


def write_table(book: Book, table: Taken) -> None:
    """Write a table into its sheet, or into several where it has more rows than a sheet takes."""
    rows, name, part = book.content.rows(table), table.name, 1
    while write_sheet(book, table, name, islice(rows, MOST_ROWS)) == MOST_ROWS:
        part += 1
        name = f"{table.name} ({part})"


def write_sheet(book: Book, table: Taken, name: str, rows: Iterable[tuple[Any, ...]]) -> int:
    """Write one sheet: header, rows, then widths and filters; return how many rows it got."""
    sheet = book.workbook.add_worksheet(name)
    widths = [len(column.name) + 3 for column in table.columns]
    write_header(book, sheet, table.columns)
    last = 0
    for last, row in enumerate(rows, start=1):
        write_row(book, sheet, table.columns, last, row)
        widths = [max(width, wide(value)) for width, value in zip(widths, row, strict=True)]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, min(max(width, NARROWEST), WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)
    return last


def wide(value: object) -> int:
    """Return how wide a value is, in letters; numbers stand with spaces and a unit."""
    return len(value) + 1 if isinstance(value, str) else len(str(value or "")) * 4 // 3 + 2


def write_header(book: Book, sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    """Write the names of the columns; a note on each says what it holds and in which unit."""
    style = book.styled(bold=True, bg_color="#DDE6EE", bottom=1)
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.name, style)
        sheet.write_comment(
            0, number, f"{swedish_of(column.description)}{unit_of(column)}\n\n{column.description}", {"x_scale": 2}
        )


def unit_of(column: Column) -> str:
    """Return what a note says of a column's unit."""
    return f" [{column.unit}]" if column.unit else ""


def write_row(book: Book, sheet: Worksheet, columns: tuple[Column, ...], number: int, row: tuple[Any, ...]) -> None:
    """Write a row; the cell of its document leads to the report, at the page that the row names."""
    by_name = {column.name: value for column, value in zip(columns, row, strict=True)}
    link = book.content.links.of(by_name.get("document"), by_name.get("page"))
    for place, (column, value) in enumerate(zip(columns, row, strict=True)):
        if isinstance(value, str):
            write_text(book, sheet, number, place, value, link if column.name == "document" else None)
        elif value is not None:
            write_number(book, sheet, number, place, column, value)


def write_number(book: Book, sheet: Worksheet, row: int, place: int, column: Column, value: float) -> None:
    """Write a number in its column's format."""
    if math.isfinite(value):
        sheet.write_number(row, place, value, book.styled(num_format=number_format(column, value)))
    else:
        sheet.write_string(row, place, str(value))


def number_format(column: Column, value: float) -> str:
    """Return the format of a number: money with its unit, years and counts plain, others with the places they have."""
    if column.unit in NUMBER_FORMATS:
        return NUMBER_FORMATS[column.unit]
    if column.type == "integer":
        return PLAIN
    return WHOLE if value == int(value) else PARTS


def write_text(book: Book, sheet: Worksheet, row: int, place: int, text: str, link: str | None) -> None:
    """Write a text as text, whatever it begins with."""
    text = shown(text)
    if text.startswith(MARKED_UP[0]) and text.endswith(MARKED_UP[1]):
        text += " "
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        book.remarks.append(f"Sheet {sheet.name}, row {row + 1}: a text is longer than Excel takes and was cut.")
        text = text[: LONGEST_TEXT // 2] + CUT
    if link and row <= MOST_LINKS:
        sheet.write_url(row, place, link if "://" in link else f"external:{link}", string=text)
    else:
        sheet.write_string(row, place, text, book.styled(quote_prefix=True) if may_run(text) else None)


def write_dictionary(book: Book) -> None:
    """Write the sheet that says what every column of every sheet holds."""
    sheet = book.workbook.add_worksheet("data_dictionary")
    for number, (name, width) in enumerate(
        (("sheet", 24), ("column", 24), ("unit", 10), ("meaning", 90), ("betydelse", 90))
    ):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, name, book.styled(bold=True, bg_color="#DDE6EE", bottom=1))
    last = 0
    for last, cells in enumerate(dictionary_rows(book.content), start=1):
        for number, text in enumerate(cells):
            sheet.write_string(last, number, text, book.styled(text_wrap=number >= MEANING))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, MEANING + 1)


def dictionary_rows(content: Content) -> Iterator[tuple[str, ...]]:
    """Return the rows of that sheet: the tables, each with its columns."""
    for table in sheets_in_order(content.tables):
        yield table.name, "", "", table.description, swedish_of(table.description)
        for column in table.columns:
            yield table.name, column.name, column.unit, column.description, swedish_of(column.description)
