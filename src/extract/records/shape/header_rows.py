"""The rows of a table that are its header, and what they print over each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.records.shape.filled import is_size
from schema.layout import Cell, Table
from schema.lexicon.assessments import verdict_alone
from schema.lexicon.figures import is_figure
from schema.lexicon.headers import is_time_alone, read_header
from schema.lexicon.numbers import parse_number
from schema.lexicon.signs import MINUSES
from schema.lexicon.values import opens_like_value
from schema.lexicon.years import is_year

MOST_ROWS = 3
"""Rows that a header goes on in, where each of its lines was taken for a row."""
LEAST_BELOW = 2
"""Cells of a row that goes on with the header; one may be a stray year."""


def header_paths(table: Table) -> tuple[tuple[str, ...], ...]:
    """Return the levels of each column's header, from top to bottom, repetitions left out."""
    rows = leading_header_rows(table)
    grid = table.grid()
    levels = (
        [cell.text for row in rows if row < len(grid) and (cell := grid[row][col]) is not None]
        for col in range(table.n_cols)
    )
    return tuple(_distinct(texts) for texts in levels)


def header_labels(table: Table) -> tuple[str, ...]:
    """Return each column's header, its rows joined and repetitions left out."""
    return tuple(" ".join(path) for path in header_paths(table))


def with_true_headers(table: Table) -> Table:
    """Set the header's rows right: take out bands and rows with figures, take in rows of nothing but times."""
    leading = leading_header_rows(table)
    grid = table.grid()
    rows_of_cells = [[c for c in grid[row] if c is not None and c.row == row] for row in leading]
    kept = next(
        (i for i, cells in enumerate(rows_of_cells) if i and not (_is_header_row(cells) or _names_sizes(cells, table))),
        len(leading),
    )
    if leading and _is_row_of_amounts(rows_of_cells[0]):
        kept = 0
    dropped = set(leading[kept:])
    rows = [row for row in table.header_rows if row not in dropped]
    if leading and not dropped:
        rows += _rest_of_header(table, leading[-1] + 1)
    return replace(table, header_rows=tuple(sorted(rows))) if tuple(rows) != table.header_rows else table


def _rest_of_header(table: Table, row: int) -> list[int]:
    """Return the rows below the header that are of it, among them a corner that stands on a line of its own."""
    found: list[int] = []
    while len(found) < MOST_ROWS:
        filled = [cell.col for cell in table.cells if cell.row == row and cell.text.strip()]
        if filled == [0] and _goes_on_header(table, row + 1):
            more = [row, row + 1]
        elif _goes_on_header(table, row):
            more = [row]
        else:
            break
        found += more
        table, row = replace(table, header_rows=(*table.header_rows, *more)), more[-1] + 1
    return found


def _is_row_of_amounts(cells: Sequence[Cell]) -> bool:
    """Whether a row holds a label and amounts that are no years: the header stands on the page before."""
    amounts = [c for c in cells if c.col and is_figure(c.text.strip()) and any(map(str.isdigit, c.text))]
    filled = [c for c in cells if c.text.strip()]
    return (
        len(amounts) >= LEAST_BELOW
        and len(amounts) >= len(filled) - 1
        and not any(is_time_alone(c.text) for c in amounts)
    )


def _goes_on_header(table: Table, row: int) -> bool:
    """Whether a row below the header states the times of columns whose header states none, or names what they hold."""
    cells = [c for c in table.cells if c.row == row and c.col and c.text.strip()]
    if row in table.header_rows or len(cells) < LEAST_BELOW:
        return False
    label = next((c.text for c in table.cells if c.row == row and c.col == 0), "").strip()
    names_labels = not label or not header_paths(table)[0]
    if names_labels and _stands_under_merged(cells, table) or not label and all(map(_ends_span, cells)):
        return True
    own = [read_header((cell.text,))[0] for cell in cells]
    if all(reading.is_value and reading.kind is not None for reading in own):
        return True
    paths = header_paths(table)
    if label and not _is_unit(label):
        return False
    is_open = all(map(_lacks_time, (paths[cell.col] for cell in cells)))
    if is_open and not label and all(is_time_alone(cell.text) for cell in cells):
        return True
    return all(_reads_on(paths[cell.col], cell.text) for cell in cells)


def _is_unit(label: str) -> bool:
    """Whether the names' header goes on with nothing but a unit: *(tkr)*."""
    reading = read_header((label,))[0]
    return reading.unit is not None and not (reading.unknown or reading.part or reading.kind)


def _reads_on(path: tuple[str, ...], text: str) -> bool:
    """Whether a text goes on with a header above it: with a time, a unit or a kind that the header has not said."""
    if " ".join(path).rstrip().endswith(tuple(MINUSES)) and text.strip().isdigit():
        return True
    reading = read_header((text,))[0]
    says = reading.kind is not None or not reading.time.is_empty
    is_amount = parse_number(text) is not None and not is_year(text)
    own, above = reading.time, read_header(path)[0].time
    fits = not (own.years and above.years) and not (own.months and above.months)
    return bool(path) and reading.is_value and says and fits and not reading.unknown and not is_amount


def _lacks_time(path: tuple[str, ...]) -> bool:
    """Whether a header is empty, or may head values and says no time."""
    readings = read_header(path)
    of_values = (reading.time for reading in readings if reading.is_value)
    return readings[0].role == "blank" or any(not (time.years or time.months) for time in of_values)


def _ends_span(cell: Cell) -> bool:
    """Whether a cell is the end of a span of days that the header's row above begins: *–2024-12-31*."""
    return cell.text.strip().startswith(tuple(MINUSES)) and is_time_alone(cell.text.strip().lstrip("".join(MINUSES)))


def _stands_under_merged(cells: Sequence[Cell], table: Table) -> bool:
    """Whether words or times, no figures, stand below merged headers: *Kvinnor*, *Män* under a year."""
    merged = [c for c in table.cells if c.row == cells[0].row - 1 and c.col_span > 1 and c.text.strip()]
    under = [any(above.col <= c.col < above.col + above.col_span for above in merged) for c in cells]
    return all(under) and not any(opens_like_value(c.text) and not is_time_alone(c.text) for c in cells)


def _is_header_row(cells: Sequence[Cell]) -> bool:
    """A further header row holds words or periods under more than the first column, and no figures."""
    filled = [cell for cell in cells if cell.text.strip()]
    if not filled or {cell.col for cell in filled} == {0} or _is_judged_band(filled):
        return not filled
    return not any(opens_like_value(c.text) and not is_time_alone(c.text, with_unit=True) for c in filled)


def _is_judged_band(filled: Sequence[Cell]) -> bool:
    """Whether a row is a name and its verdict: a goal above its indicators, however bold."""
    first, *others = {cell.col: " ".join(cell.text.split()) for cell in filled}.items()
    return first[0] == 0 and verdict_alone(" ".join(text for _, text in others)) is not None


def _names_sizes(cells: Sequence[Cell], table: Table) -> bool:
    """Whether a row's figures are sizes that head columns of bare figures: *26 ggr/år*, *52 ggr/år* over amounts."""
    sizes = [cell for cell in cells if cell.col and cell.text.strip()]
    below = table.filled_below({cell.col for cell in sizes})
    first = max((cell.row for cell in sizes), default=0)
    return (
        len({cell.text for cell in sizes}) == len(sizes) >= LEAST_BELOW
        and all(is_size(cell.text) for cell in sizes)
        and not any(any(map(str.isalpha, cell.text)) for cell in below if cell.row > first)
    )


def leading_header_rows(table: Table) -> tuple[int, ...]:
    """Return the header rows at the table's top, those repeated further down left out."""
    rows: list[int] = []
    for row in sorted(table.header_rows):
        if rows and row != rows[-1] + 1:
            break
        rows.append(row)
    return tuple(rows)


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in (" ".join(t.split()) for t in texts) if text))
