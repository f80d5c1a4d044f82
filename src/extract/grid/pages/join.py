"""Joins the parts of a table that page breaks have parted, and rows that they have cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.grid.model import Grid, PrintedCell, break_inside, grid_to_cells, holds_amounts
from extract.grid.pages.missing import MOST_HEADER_ROWS, SAME_COLUMN, has_own_header, with_missing_columns
from extract.page.lines import around
from schema.layout import Block, Cell, Fragment, Table
from schema.lexicon.figures import is_figure
from schema.lexicon.wordbreaks import cell_text

OVER_BORDER = 2.0
"""A word may reach this many points over the border of its column."""
SAME_LAST_LINE = 5.0
"""Cells that a page break cut end within this many points of the lowest line of their row."""
SENTENCE_END = (".", "!", "?", "”", '"')


@dataclass(frozen=True, slots=True)
class Joined:
    """A whole table: the grids it was printed as, and its cells with rows counted through."""

    grids: tuple[Grid, ...]
    cells: tuple[Cell, ...]
    header_rows: tuple[int, ...]


@dataclass(slots=True)
class _Growing:
    """A table while parts are added to it."""

    grids: list[Grid]
    cells: list[PrintedCell]
    header_rows: list[int]
    n_rows: int
    hyphenated: bool


def join_grids(
    pages: Sequence[Sequence[Grid]], blocks: Sequence[Sequence[Block]], *, hyphenated: bool = False
) -> list[Joined]:
    """Tables from the grids of all pages, or of all columns of text, in reading order."""
    tables: list[_Growing] = []
    open_table: _Growing | None = None
    for grids, texts in zip(pages, blocks, strict=True):
        for i, grid in enumerate(grids):
            above = [] if i else _beside(texts, grid, above=True)
            first = i == 0 and (not above or (open_table is not None and _is_rest_of_cell(above, grid)))
            rest = with_missing_columns(open_table.grids[-1], grid) if first and open_table else grid
            if first and open_table and _continues(open_table, rest):
                _finish_label(open_table, above)
                _append(open_table, rest)
            else:
                tables.append(_start(grid, hyphenated))
        if grids:
            last = tables[-1]
            open_table = None if _beside(texts, grids[-1], above=False) else last
        elif kept := [block for block in texts if block.kind != "furniture"]:
            if open_table and _stands_over_labels(kept[0], open_table.grids[-1]):
                _finish_label(open_table, kept[:1])
            open_table = None
    return [_finished(table) for table in tables]


def _beside(blocks: Sequence[Block], grid: Grid, *, above: bool) -> list[Block]:
    """The running text and headings that stand above, or below, a grid on its page."""
    beside = []
    for block in blocks:
        if block.box is None or block.kind in ("furniture", "footnote"):
            continue
        if (block.box.bottom <= grid.box.top + 2) if above else (block.box.top >= grid.box.bottom - 2):
            beside.append(block)
    return beside


def _is_rest_of_cell(above: Sequence[Block], grid: Grid) -> bool:
    """Whether the only text above a grid is the end of a label that the page before cut: small letters over labels."""
    box = above[0].box
    is_near = box is not None and grid.box.top - box.bottom <= box.height
    return len(above) == 1 and is_near and _stands_over_labels(above[0], grid)


def _stands_over_labels(block: Block, grid: Grid) -> bool:
    """Whether text goes on in small letters within the column of a grid's labels, and ends no sentence."""
    is_rest = block.text[:1].islower() and not block.text.endswith(SENTENCE_END)
    box = block.box if is_rest else None
    return box is not None and grid.xs[0] - 2 <= box.x0 and box.x1 <= grid.xs[1] + 2


def _finish_label(table: _Growing, above: Sequence[Block]) -> None:
    """Give the last row's label the end that stands above the next page's rows."""
    i = _last_row(table).get(0, -1)
    for block in above if i >= 0 else ():
        before = table.cells[i]
        text = cell_text([before.cell.text, block.text], [None, None], hyphenated=table.hyphenated)
        fragment = Fragment(block.page or 0, block.box, block.text)
        cell = replace(before.cell, text=text, fragments=(*before.cell.fragments, fragment))
        table.cells[i] = replace(before, cell=cell)


def _start(grid: Grid, hyphenated: bool) -> _Growing:
    cells = grid_to_cells(grid, hyphenated=hyphenated)
    return _Growing([grid], cells, list(grid.header_rows), grid.n_rows, hyphenated)


def _finished(table: _Growing) -> Joined:
    return Joined(tuple(table.grids), tuple(p.cell for p in table.cells), tuple(table.header_rows))


def _continues(table: _Growing, grid: Grid) -> bool:
    """Whether a grid at the top of a page goes on with the table that ended the page before."""
    last = table.grids[-1]
    if grid.n_cols != last.n_cols or grid.page - last.page not in (0, 1):
        return False
    if _repeats_header(table, grid):
        return True
    if has_own_header(grid) and not _is_bare_header(last):
        return False
    if _same_columns(last, grid) or (_is_bare_header(last) and _stands_under(last, grid)):
        return True
    known = [part.xs for part in (table.grids[0], last)]
    return "aligned" in (last.engine, grid.engine) and any(keeps_to(xs, grid) for xs in known)


def _is_bare_header(grid: Grid) -> bool:
    """Whether the grid is nothing but column headers, left behind at the foot of a page."""
    rows = [[cell for cell in grid.row(number) if cell.words] for number in range(grid.n_rows)]
    bold = len(rows) <= MOST_HEADER_ROWS and all(cell.bold for row in rows for cell in row)
    return bold and not any(holds_amounts(grid, number) for number in range(grid.n_rows))


def _stands_under(header: Grid, grid: Grid) -> bool:
    """Whether each header stands over the column of its number."""
    spans = [(word.box.x0, word.box.x1, cell.col) for cell in header.cells if cell.col_span == 1 for word in cell.words]
    return all(grid.xs[col] - 1 <= (x0 + x1) / 2 <= grid.xs[col + 1] + 1 for x0, x1, col in spans)


def _same_columns(upper: Grid, lower: Grid) -> bool:
    shift = lower.xs[0] - upper.xs[0]
    return all(abs(a + shift - b) <= SAME_COLUMN for a, b in zip(upper.xs, lower.xs, strict=True))


def keeps_to(xs: Sequence[float], grid: Grid) -> bool:
    """Whether the words of a grid whose borders no line shows stand in columns of the same numbers by other borders."""
    cells = [cell for cell in grid.cells if cell.col_span == 1 and cell.words]
    return all(xs[cell.col] - OVER_BORDER <= w.box.x0 for cell in cells for w in cell.words) and all(
        w.box.x1 <= xs[cell.col + 1] + OVER_BORDER for cell in cells for w in cell.words
    )


def _header_texts(cells: Sequence[PrintedCell], rows: Sequence[int]) -> list[tuple[int, str]]:
    wanted = [p.cell for p in cells if p.cell.row in rows]
    return [(c.col, "".join(ch for ch in c.text if ch.isalnum()).casefold()) for c in wanted if c.text]


def _repeats_header(table: _Growing, grid: Grid) -> bool:
    """Whether the grid opens with the table's own column headers."""
    own = [row for row in table.header_rows if row < table.grids[0].n_rows]
    expected = _header_texts(table.cells, own)
    return bool(expected) and _header_texts(grid_to_cells(grid), range(len(own))) == expected


def _append(table: _Growing, grid: Grid) -> None:
    """Add a grid's rows below the table's, mending the row between them where it was cut."""
    headers = len(_own_headers(table)) if _repeats_header(table, grid) else 0
    if not headers and _is_bare_header(table.grids[-1]):
        first = table.n_rows - table.grids[-1].n_rows
        table.header_rows += range(first, table.n_rows)
        if has_own_header(grid):  # the page break parted the rows or lines of the header
            table.header_rows += [table.n_rows + row for row in grid.header_rows]
    parts = grid_to_cells(grid, hyphenated=table.hyphenated)
    first_body = [p for p in parts if p.cell.row == headers]
    cut = _row_is_cut(table, first_body)
    offset = table.n_rows
    if cut:
        _mend(table, first_body)
    else:
        parts = _mend_merged(table, parts, first_body)
    for part in parts:
        row = part.cell.row
        if cut and row == headers:
            if part.cell.row_span == 1:
                continue
            part, row = _below_cut(part), row + 1
        moved = offset + row - (1 if cut and row > headers else 0)
        if row < headers:
            table.header_rows.append(moved)
        table.cells.append(replace(part, cell=replace(part.cell, row=moved)))
    table.header_rows = sorted(set(table.header_rows))
    table.n_rows += grid.n_rows - (1 if cut else 0)
    table.grids.append(grid)


def _own_headers(table: _Growing) -> list[int]:
    return [row for row in table.header_rows if row < table.grids[0].n_rows]


def _last_row(table: _Growing) -> dict[int, int]:
    """For each column, the place in the list of the cell that reaches the table's last row."""
    reach: dict[int, int] = {}
    for i, part in enumerate(table.cells):
        cell = part.cell
        if cell.row + cell.row_span == table.n_rows:
            for col in range(cell.col, cell.col + cell.col_span):
                reach[col] = i
    return reach


def _row_is_cut(table: _Growing, first_body: Sequence[PrintedCell]) -> bool:
    """Whether the page's first row is the rest of the last row of the page before.

    Every cell of the rest must go on with a cell whose text ran to the foot of the page and
    whose last line had no room for the next word.
    """
    filled = [part for part in first_body if part.lines]
    reach = _last_row(table)
    pairs = [(table.cells[reach[p.cell.col]], p) for p in filled if p.cell.col in reach]
    if not filled or len(pairs) != len(filled) or (table.n_rows - 1) in table.header_rows:
        return False
    if not all(before.lines for before, _ in pairs):
        return False
    bottoms = [table.cells[i].lines[-1].box.bottom for i in reach.values() if table.cells[i].lines]
    if any(max(bottoms) - before.lines[-1].box.bottom > SAME_LAST_LINE for before, _ in pairs):
        return False
    if not all(_no_room(before, after) for before, after in pairs):
        return False
    if any(is_figure(before.lines[-1].text) and is_figure(after.lines[0].text) for before, after in pairs):
        return False  # each row has a number of its own
    return any(_mid_sentence(before, after) for before, after in pairs)


def _no_room(before: PrintedCell, after: PrintedCell) -> bool:
    """Whether the next word could not have stood on the line before it."""
    line, word = before.lines[-1], after.lines[0].words[0]
    space = 0.2 * line.size
    return line.box.width + space + word.box.width > before.limit - before.start - 1


def _mid_sentence(before: PrintedCell, after: PrintedCell) -> bool:
    """Whether the text before a page break is unfinished."""
    text, rest = before.cell.text, after.cell.text
    if text.count("(") > text.count(")"):
        return True
    return not text.endswith(SENTENCE_END) or rest[:1].islower()


def _mend(table: _Growing, first_body: Sequence[PrintedCell]) -> None:
    """Append the rest of a cut row to the cells it belongs to."""
    reach = _last_row(table)
    for part in first_body:
        if not part.lines and not part.cell.markers:
            continue
        i = reach[part.cell.col]
        table.cells[i] = _extended(table.cells[i], part, table.hyphenated)


def _below_cut(part: PrintedCell) -> PrintedCell:
    """What a merged cell covers below the row that was cut: its text went to the page before."""
    cell = replace(part.cell, text="", lines=(), markers=(), row_span=part.cell.row_span - 1)
    return replace(part, cell=cell, lines=(), fills=())


def _mend_merged(table: _Growing, parts: Sequence[PrintedCell], first_body: Sequence[PrintedCell]) -> list[PrintedCell]:
    """Give back the rest of a first-column cell that ran over the break while the row beside it did not."""
    rest = next((part for part in first_body if part.cell.col == 0 and part.lines), None)
    above = [i for i, part in enumerate(table.cells) if part.cell.col == 0 and part.lines]
    if rest is None or not above or table.cells[above[-1]].cell.row in table.header_rows:
        return list(parts)
    before = table.cells[above[-1]]
    reach = [p.lines[-1].box.bottom for p in table.cells if p.lines and p.cell.page == before.cell.page]
    to_the_foot = max(reach) - before.lines[-1].box.bottom <= SAME_LAST_LINE
    opens_inside = rest.cell.text[:1].islower() or rest.cell.text.startswith("(")
    if not (to_the_foot and opens_inside and _no_room(before, rest)):
        return list(parts)
    table.cells[above[-1]] = _extended(before, rest, table.hyphenated)
    emptied = replace(rest, cell=replace(rest.cell, text="", lines=(), markers=()), lines=(), fills=())
    return [emptied if part is rest else part for part in parts]


def _extended(before: PrintedCell, rest: PrintedCell, hyphenated: bool) -> PrintedCell:
    fills = [
        *before.fills[:-1],
        break_inside(before.lines[-1], rest.lines[0], before.limit, before.widest),
        *rest.fills,
    ]
    lines = (*before.cell.lines, *rest.cell.lines)
    fragment = Fragment(rest.cell.page or 0, rest.cell.box, rest.cell.text)
    cell = replace(
        before.cell,
        text=cell_text(lines, fills, hyphenated=hyphenated),
        lines=lines,
        markers=before.cell.markers + rest.cell.markers,
        fragments=(*before.cell.fragments, fragment),
    )
    return replace(before, cell=cell, lines=before.lines + rest.lines, fills=tuple(fills))


def joined_to_table(joined: Joined) -> Table:
    """A table in its final form, not yet numbered."""
    first = joined.grids[0]
    own = [cell.box for cell in joined.cells if cell.page == first.page and cell.box]
    return Table(
        number=0,
        cells=joined.cells,
        header_rows=joined.header_rows,
        page=first.page,
        box=around(own) if own else None,
        engine=first.engine,
        verdict=next((g.verdict for g in joined.grids if g.verdict != "ok"), "ok"),
        steps=tuple(dict.fromkeys(step for grid in joined.grids for step in grid.steps)),
    )
