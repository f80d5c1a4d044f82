"""The rows of `tables` and `cells`: every table found, cell by cell, with its place on the page."""

from __future__ import annotations

from collections.abc import Iterator

from namndata.store.fields import Row, table_id_of
from schema.layout import Box, Cell, Table
from schema.records import CellValue
from schema.result import DocumentResult


def table_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `tables`."""
    document = result.source.document
    conventions = {convention.table: convention for convention in result.conventions}
    titles = {record.table: record.table_title for record in result.records if isinstance(record, CellValue)}
    for table in result.tables:
        convention = conventions.get(table.number)
        yield {
            "document": document,
            "page": table.page,
            "table_id": table_id_of(document, table.number),
            "number": table.number,
            "title": table.title or titles.get(table.number) or None,
            "engine": table.engine or None,
            "verdict": table.verdict,
            "steps": table.steps,
            "header_rows": table.header_rows,
            "n_rows": table.n_rows,
            "n_cols": table.n_cols,
            "line": table.line,
            "cost_sign": convention.cost_sign if convention else None,
            "variance": convention.variance if convention else None,
            **box_columns(table.box),
        }


def cell_rows(result: DocumentResult) -> Iterator[Row]:
    """Return the rows of `cells`."""
    for table in result.tables:
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
            yield cell_row(result.source.document, table, cell)


def cell_row(document: str, table: Table, cell: Cell) -> Row:
    """Return the row of one cell."""
    return {
        "document": document,
        "page": cell.page,
        "table_id": table_id_of(document, table.number),
        "row": cell.row,
        "col": cell.col,
        "text": cell.text,
        "row_span": cell.row_span,
        "col_span": cell.col_span,
        "is_header": cell.row in table.header_rows,
        "markers": cell.markers,
        "symbol": f"{cell.symbol.colour} {cell.symbol.shape}".strip() if cell.symbol else None,
        "bold": cell.bold,
        "indent": cell.indent,
        "fragments": [[fragment.page, fragment.text] for fragment in cell.fragments],
        "inferred": cell.inferred,
        "confidence": cell.confidence,
        **box_columns(cell.box),
    }


def box_columns(box: Box | None) -> Row:
    """Return a box as four columns, rounded to what a reader can see."""
    if box is None:
        return {"x0": None, "top": None, "x1": None, "bottom": None}
    return {name: round(getattr(box, name), 2) for name in ("x0", "top", "x1", "bottom")}
