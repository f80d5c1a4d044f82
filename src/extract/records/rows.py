"""A table's rows under its columns: labels, what sub-rows belong to, and the values in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.records.columns import ABOUT_A_ROW, GOAL_ROLES, Column, Layout
from extract.records.shape.dated import in_months_of, in_sum_of_months, months_of
from extract.records.shape.header_rows import leading_header_rows
from schema.layout import Cell, Image, Table
from schema.lexicon.headers.grammar import best_reading
from schema.lexicon.labels import (
    ends_sentence,
    is_part_label,
    is_sentence,
    is_sex_label,
    opens_bare_remark,
    opens_remark,
)
from schema.lexicon.numbers import with_single_spaces
from schema.lexicon.signs.bullets import opens_with_bullet
from schema.printed import PrintedValue

INDENT_POINTS = 2.8
"""Least indent that sets a sub-row apart: the least seen is 3 points, footnote marks shift by 2.5."""

LONGEST_LABEL = 220
"""Labels of real reports stay below 200 characters; a longer cell alone in its row is running text."""
NAMING_ROLES = frozenset({"unknown", "personnel"})
"""What a bold word alone may be to name a row: any other, such as *Indikator*, heads what stands below it."""
DESCRIPTION_WORDS = 5
"""A description has so many words; less may end a name."""
ARROWS = {"↑": "arrow_up", "↗": "arrow_up", "→": "arrow_right", "↘": "arrow_down", "↓": "arrow_down"}


@dataclass(frozen=True, slots=True)
class Row:
    """One data row of a table."""

    index: int
    cells: dict[int, Cell] = field(hash=False)
    """Column → cell; a cell that spans rows stands only in its first row."""
    label: str = ""
    label_cell: Cell | None = None
    values: tuple[PrintedValue, ...] = ()
    page: int | None = None
    parent: str | None = None
    """The row that this one was listed under, where a cell lists its sub-rows."""
    groups: tuple[str, ...] = ()
    """What the merged cells left of the label say that the row belongs to, the outermost first."""
    is_band: bool = False
    """One cell across the table, or the only filled one left of the labels: what the rows below belong to."""

    def text(self, column: Column | None) -> str | None:
        """Return the cell's text under a column, None where it is empty or holds a status symbol only."""
        cell = self.cells.get(column.index) if column else None
        text = " ".join(cell.text.split()) if cell else ""
        if cell is not None and cell.symbol is not None and not any(map(str.isalnum, text)):
            return None
        return text or None

    def symbol(self, column: Column | None) -> Image | None:
        """Return the picture that stands in the cell under a column."""
        cell = self.cells.get(column.index) if column else None
        return cell.symbol if cell else None

    def colour(self, column: Column | None) -> str | None:
        """Return the colour of the symbol under a column."""
        symbol = self.symbol(column)
        return symbol.colour or None if symbol else None

    def trend(self, column: Column | None) -> str | None:
        """Return a trend cell's text, an arrow by its name whether it is drawn or typed."""
        symbol, text = self.symbol(column), self.text(column)
        return symbol.shape if symbol else ARROWS.get(text or "", text)

    @property
    def is_styled(self) -> bool:
        """Whether the label is set apart as a sub-row, by italics or indent."""
        cell = self.label_cell
        return cell is not None and (cell.italic or cell.indent >= INDENT_POINTS)

    @property
    def is_bold(self) -> bool:
        """Whether the label is set in bold."""
        return self.label_cell is not None and self.label_cell.bold


def table_rows(table: Table, layout: Layout) -> list[Row]:
    """Return the table's data rows; header rows and wholly empty rows are left out."""
    headers = set(table.header_rows)
    by_row: dict[int, dict[int, Cell]] = {}
    for cell in table.cells:
        if cell.row not in headers:
            by_row.setdefault(cell.row, {})[cell.col] = cell
    width = table.n_cols
    untimed = frozenset(column.index for column in layout.values if column.reading.time.is_empty)
    rows = [_row(index, by_row[index], layout, width, untimed) for index in sorted(by_row)]
    rows = _without_remarks([row for row in rows if _is_filled(row)], width)
    months = months_of(row.label for row in rows)
    rows = [replace(r, values=in_sum_of_months(r.label, r.values, months, untimed)) for r in rows]
    among_headers = {cell.col: cell for cell in table.cells if cell.row in headers - set(leading_header_rows(table))}
    return with_groups(rows, layout.named_groups, among_headers)


def _is_filled(row: Row) -> bool:
    return bool(row.label) or any(c.text.strip() or c.symbol for c in row.cells.values())


def _without_remarks(rows: list[Row], width: int) -> list[Row]:
    """Leave out running text between the table's rows, and the rows that a remark goes on in."""
    kept: list[Row] = []
    in_remark = False
    for row in rows:
        in_remark = _is_remark(row, width) or (in_remark and width > 1 and _goes_on_remark(row))
        kept += [] if in_remark else [row]
    return kept


def _goes_on_remark(row: Row) -> bool:
    """Whether a row below a remark is its next line: one cell alone whose words begin small or end a sentence."""
    filled = [cell for cell in row.cells.values() if cell.text.strip() or cell.symbol]
    if len(filled) != 1 or row.values or filled[0].symbol or filled[0].bold:
        return False
    text = filled[0].text.strip()
    return text[:1].islower() or text.endswith(".")


def _is_remark(row: Row, width: int) -> bool:
    """Whether a row is running text between the table's rows: one cell, a comment or whole sentences.

    In a cell that was merged across the table a sentence may be short, and a comment's name needs no colon.
    """
    filled = [cell for cell in row.cells.values() if cell.text.strip()]
    if len(filled) != 1 or row.values:
        return False
    text = filled[0].text.strip()
    if filled[0].col_span >= width > 1 and (opens_bare_remark(text) or is_sentence(text)):
        return True
    return opens_remark(text) or (len(text) > LONGEST_LABEL and text.endswith("."))


def _row(index: int, cells: dict[int, Cell], layout: Layout, width: int, untimed: frozenset[int]) -> Row:
    """Return a row by its cells; `untimed` are the columns of values whose headers say no time."""
    named = layout.rows.get(index)
    values = tuple(v for v in (_value(cells.get(c.index), c, named) for c in layout.values) if v)
    band = None if values else _band_cell(cells, layout, width)
    label_cell = band or _label_cell(cells, layout)
    label = name_of(label_cell)
    values = in_months_of(label, values, untimed)
    page = next((c.page for c in cells.values() if c.page is not None), None)
    return Row(index, cells, label, label_cell, values, page, is_band=band is not None)


def name_of(cell: Cell | None) -> str:
    """Return what a cell names: its text without the description in sentences that stands below a bold name."""
    text = " ".join(cell.text.split()) if cell else ""
    head = " ".join(cell.bold_head.split()) if cell else ""
    below = text[len(head) :].strip()
    opens = bool(head) and text.startswith(head) and not head.endswith(":")
    named = opens and (" " in head or best_reading((head,)).role in NAMING_ROLES)
    in_sentences = ends_sentence(below) or ". " in below
    is_described = below[:1].isupper() and in_sentences and len(below.split()) >= DESCRIPTION_WORDS
    return head if named and is_described else text


def _label_cell(cells: dict[int, Cell], layout: Layout) -> Cell | None:
    """Return the cell that names a row: the label column's, else one that stands left of it.

    What stands in italics beside an upright name is a remark on it.
    """
    own = _covering(cells, layout.label) if layout.label is not None else None
    if own is None or not own.text.strip():
        return _name_left_of(cells, layout) or own
    beside = _name_left_of(cells, layout) if own.italic else None
    return beside if beside and not beside.italic else own


def _name_left_of(cells: dict[int, Cell], layout: Layout) -> Cell | None:
    """Return the nearest cell left of the labels that names its row alone: words, or what stands among the groups."""
    for column in reversed(layout.columns[: layout.label or 0]):
        cell = cells.get(column.index)
        if cell is None or not cell.text.strip() or cell.row_span > 1 or column.role in GOAL_ROLES:
            continue
        tells_else = column.is_value or column.role in ABOUT_A_ROW - {"number"}
        if column.index in layout.groups or (not tells_else and _is_words(cell)):
            return cell
    return None


def _is_words(cell: Cell) -> bool:
    return sum(map(str.isalpha, cell.text)) > 0.5 * len(cell.text.replace(" ", ""))


def _covering(cells: dict[int, Cell], col: int) -> Cell | None:
    """Return the cell in a column, or the one that is merged over it from the left."""
    merged = (cell for cell in cells.values() if cell.col < col < cell.col + cell.col_span)
    return cells.get(col) or next(merged, None)


def _band_cell(cells: dict[int, Cell], layout: Layout, width: int) -> Cell | None:
    """Return the only filled cell of a row where it spans the table or stands left of the labels."""
    filled = [cell for cell in cells.values() if cell.text.strip() or cell.symbol]
    if len(filled) != 1 or layout.label is None:
        return None
    spans = filled[0].col_span >= width > 1
    return filled[0] if spans or filled[0].col < layout.label < filled[0].col + filled[0].col_span else None


def with_groups(rows: list[Row], columns: Sequence[int], among_headers: Mapping[int, Cell]) -> list[Row]:
    """Return the rows with the groups that they belong to, carried down from the cells that name them.

    The only name of a group may stand in a row that repeats the header in the middle of its rows.
    """
    for col in columns:
        names = _carried_groups(rows, col)
        if not any(names) and col in among_headers:
            names = [" ".join(among_headers[col].text.split())] * len(rows)
        rows = [
            replace(row, groups=(*row.groups, name)) if name else row for row, name in zip(rows, names, strict=True)
        ]
    return rows


def _carried_groups(rows: list[Row], col: int) -> list[str]:
    """Return the group that each row has in a column; a lone name in the middle of its rows holds for all of them."""
    own = [_group_name(row, col) for row in rows]
    named = [name for name in own if name]
    if len(named) == 1 and own[0] != named[0]:
        return named * len(rows)
    carried: list[str] = []
    for name, row in zip(own, rows, strict=True):
        ended = row.is_band or (row.label_cell is not None and row.label_cell.col <= col)
        carried.append(name or ("" if ended or not carried else carried[-1]))
    return carried


def _group_name(row: Row, col: int) -> str:
    """Return what a row's cell in a group's column says, where it is not the row's own name."""
    cell = row.cells.get(col)
    return " ".join(cell.text.split()) if cell and cell is not row.label_cell else ""


def _value(cell: Cell | None, column: Column, named: str | None) -> PrintedValue | None:
    """Return a non-empty value cell as printed; a row may name the kind of a column that names none."""
    if cell is None or not cell.text.strip():
        return None
    return PrintedValue(
        column_label=column.label,
        kind=_kind(column, named),
        raw=with_single_spaces(cell.text),
        row=cell.row,
        col=cell.col,
        page=cell.page,
        markers=cell.markers,
        lines=cell.lines,
        period=column.period,
        part=column.part,
        is_new_part=column.reading.is_new,
        sex=column.sex,
        also=column.also,
        unit=column.unit,
        inferred=cell.inferred,
        confidence=cell.confidence,
    )


def _kind(column: Column, named: str | None) -> str:
    """Return a value's kind: its column's, or what its row is named; a budget under a year of plans is a plan."""
    if named is None or not column.is_silent:
        return column.kind or "outcome"
    return "plan" if named == "budget" and column.kind == "plan" else named


def join_continued_labels(rows: list[Row]) -> list[Row]:
    """Join label-only rows that go on with the label of the row above."""
    joined: list[Row] = []
    labels = [row.label for row in rows if row.label]
    for row in rows:
        if joined and _continues(joined[-1], row, labels):
            joined[-1] = replace(joined[-1], label=f"{joined[-1].label} {row.label}")
        else:
            joined.append(row)
    return joined


def _continues(above: Row, row: Row, labels: list[str]) -> bool:
    """A label-only row goes on where it begins in lower case, with a bracket, or where the joined label has a twin."""
    others = [c for c in row.cells.values() if c.text.strip() and c is not row.label_cell]
    if others or not row.label or not above.label or is_sex_label(row.label) or row.is_styled != above.is_styled:
        return False
    if is_part_label(row.label) or opens_with_bullet(row.label) or _stand_apart(above.label_cell, row.label_cell):
        return False
    return row.label[0].islower() or row.label[0] == "(" or _has_twin(f"{above.label} {row.label}", above.label, labels)


def _stand_apart(above: Cell | None, below: Cell | None) -> bool:
    """Whether two labels share no column, as text set beside a table and its labels do."""
    if above is None or below is None:
        return False
    return above.col >= below.col + below.col_span or below.col >= above.col + above.col_span


def _has_twin(joined: str, above: str, labels: list[str]) -> bool:
    """Whether another label of the table opens like the upper part and is about as long as the whole."""
    return any(
        label != above
        and label.startswith(above[: len(above) - 1])
        and abs(len(label) - len(joined)) <= 0.2 * len(joined)
        for label in labels
    )
