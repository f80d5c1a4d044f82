"""Headers of aligned tables: which lines they are, and each phrase of a line by the column that it stands over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.grid.model import Grid, GridCell
from extract.grid.row_model import Piece, goes_on, piece_of
from extract.page.gutters import Columns, Strip, borders, column_of, first_with_figures, has_figure
from extract.page.lines import COLUMN_GAP, Line, segments_of
from schema.layout import Box, Word
from schema.lexicon.figures import is_amount, is_figure
from schema.lexicon.labels import heads_column
from schema.lexicon.periods import is_period, is_time
from schema.lexicon.years import without_years

PHRASE_GAP = 0.5
"""Font sizes between the headers of two columns: a space has .25 to .35, two headers side by side .55 and more."""
SAME_EDGE = 1.5
"""Text that begins or ends within this many points of its column's edge is set against it."""
FIGURES = 0.8
"""Share of a column's lines that are figures where it holds amounts; reports print words and dashes among them."""
LEAST_PHRASES = 3
"""Two words with capitals may be one header, such as a name."""
BESIDE = 0.2
"""Lines that overlap by this share of the font size stand beside each other."""
MOST_OF = 0.6
"""A phrase that covers so much of two columns' text heads both of them."""


def phrases_by_column(
    line: Line, columns: Columns, xs: Sequence[float], sides: Sequence[Strip]
) -> dict[int, Line] | None:
    """Return the line's words by column, None where its phrases stand over no columns of their own.

    `sides` is where each column's text begins and ends in the lines that keep to the columns.
    """
    phrases = [part for phrase in segments_of(line, gap=PHRASE_GAP) for part in _parted(phrase, columns, xs, sides)]
    cols = [_column_under(phrase.box, sides) for phrase in phrases]
    known = [col for col in cols if col is not None]
    if len(known) < len(cols) or len(set(known)) < 2 or any(b < a for a, b in pairwise(known)):
        return _one_for_each(line, sides)
    held: dict[int, Line] = {}
    for col, phrase in zip(known, phrases, strict=True):
        held[col] = Line((*held[col].words, *phrase.words)) if col in held else phrase
    return held


def _one_for_each(line: Line, sides: Sequence[Strip]) -> dict[int, Line] | None:
    """Return a phrase for each column where as many begin with a capital as there are columns, each over its own."""
    starts = [i for i, word in enumerate(line.words) if word.text[:1].isupper() or not i]
    phrases = [Line(line.words[a:b]) for a, b in pairwise([*starts, len(line.words)])]
    first = len(sides) - len(phrases)
    if first not in (0, 1) or len(phrases) < LEAST_PHRASES:
        return None
    held = {first + i: phrase for i, phrase in enumerate(phrases)}
    fits = (min(p.box.x1, sides[col][1]) - max(p.box.x0, sides[col][0]) > -p.size for col, p in held.items())
    return held if all(fits) else None


def _column_under(box: Box, sides: Sequence[Strip]) -> int | None:
    """Return the only column that a box stands over, or the one in whose room it stands, left of its figures."""
    over = [min(box.x1, right) - max(box.x0, left) for left, right in sides]
    if sum(shared > MOST_OF * (right - left) > 0 for shared, (left, right) in zip(over, sides, strict=True)) > 1:
        return None
    if max(over, default=0.0) > 0:
        return max(range(len(sides)), key=lambda col: over[col])
    return next((col for col, (left, _) in enumerate(sides) if box.x1 <= left), None)


def headers_across(
    region: Sequence[Line], columns: Columns, xs: Sequence[float], sides: Sequence[Strip]
) -> dict[int, dict[int, Piece]]:
    """The lines across columns above the first figures that are headers of one column each."""
    first = first_with_figures(region, 0)
    found = ((i, phrases_by_column(region[i], columns, xs, sides)) for i in sorted(columns.spanning) if i < first)
    return {i: {col: piece_of(part) for col, part in held.items()} for i, held in found if held}


def spanning_pieces(line: Line, columns: Columns, xs: Sequence[float], sides: Sequence[Strip]) -> dict[int, Piece]:
    """A line's parts, each in the column where it begins; words part where a gutter passes between two headers."""
    held: dict[int, list[Word]] = {}
    for part in _parted(line, columns, xs, sides):
        held.setdefault(_column_set(part.box, column_of(part.words[0], xs), sides), []).extend(part.words)
    return {col: piece_of(Line(tuple(part))) for col, part in held.items()}


def _parted(line: Line, columns: Columns, xs: Sequence[float], sides: Sequence[Strip]) -> list[Line]:
    """The words of a line in parts where the headers of two columns meet."""
    parts: list[list[Word]] = []
    for word in line.words:
        if not parts or not word.is_marker and _parts_headers(Line(tuple(parts[-1])), word, columns, xs, sides):
            parts.append([])
        parts[-1].append(word)
    return [Line(tuple(part)) for part in parts]


def _parts_headers(left: Line, right: Word, columns: Columns, xs: Sequence[float], sides: Sequence[Strip]) -> bool:
    """Whether a gap parts the headers of two columns: wide, or the text left of it and the word are set as columns."""
    last = left.words[-1]
    if right.box.x0 < last.box.x1 - SAME_EDGE:
        return True  # words of one cell do not run into each other
    if not any(last.box.x1 <= b and right.box.x0 >= a for a, b in columns.gutters):
        return False
    if right.box.x0 - last.box.x1 > COLUMN_GAP * last.size or right.box.x0 == last.box.x1:
        return True  # words that touch were one until their columns parted them
    after = _column_set(right.box, column_of(right, xs), sides)
    befores = (
        (box, _column_set(box, column_of(word, xs), sides))
        for box, word in ((last.box, last), (left.box, left.words[0]))
    )
    is_set = any(before != after and _is_set_as(box, sides[before]) for box, before in befores)
    return is_set and _is_set_as(right.box, sides[after])


def _column_set(box: Box, start: int, sides: Sequence[Strip]) -> int:
    """The column that a box begins in, or the next one where it is too wide for that and ends as that column does."""
    after = start + 1
    ends = after < len(sides) and sides[start][1] < box.x0 and abs(box.x1 - sides[after][1]) <= SAME_EDGE
    return after if ends else start


def _is_set_as(box: Box, side: Strip) -> bool:
    """Whether a word begins, ends or has its middle where its column's text has."""
    offsets = (box.x0 - side[0], box.x1 - side[1], (box.x0 + box.x1 - side[0] - side[1]) / 2)
    return min(abs(offset) for offset in offsets) <= SAME_EDGE


def sides_of(region: Sequence[Line], columns: Columns, xs: Sequence[float]) -> list[Strip]:
    """Where the text of each column begins and ends in the lines that keep to the columns."""
    sides: list[Strip] = [(x, x) for x in xs[:-1]]
    seen: set[int] = set()
    for i, line in enumerate(region):
        for word in line.words if i not in columns.spanning else ():
            col = column_of(word, xs)
            low, high = sides[col] if col in seen else (word.box.x0, word.box.x1)
            sides[col] = (min(low, word.box.x0), max(high, word.box.x1))
            seen.add(col)
    return sides


def borders_beside(xs: Sequence[float], columns: Columns, pieces: Sequence[dict[int, Piece]]) -> tuple[float, ...]:
    """The column borders, moved within their gutters to the left of headers that are wider than their columns."""
    fitted = list(xs)
    for col, (left, _) in enumerate(columns.gutters, start=1):
        starts = [held[col].line.box.x0 for held in pieces if col in held]
        fitted[col] = min([fitted[col], *((left + start) / 2 for start in starts if left < start < fitted[col])])
    return tuple(fitted)


def heads_columns(line: Line, body: Sequence[Line], columns: Columns) -> bool:
    """Whether each phrase of a line stands over a column of its own."""
    xs = borders([word for part in body for word in part.words], columns.gutters)
    held = phrases_by_column(line, columns, xs, sides_of(body, columns, xs))
    return held is not None and 2 * len(held) > len(columns.gutters)


def header_lines(region: Sequence[Line], cuts: set[int], pieces: Sequence[dict[int, Piece]]) -> int:
    """How many leading lines hold column headers, by a rule below them or by their weight."""
    first = first_with_figures(region, len(region) - 1)
    ruled = min((cut for cut in cuts if cut <= first), default=0)
    if ruled and any(len(piece) > 1 for piece in pieces[:ruled]):
        return ruled
    bold = 0
    while bold < first and region[bold].bold and not _is_band_line(region, pieces, bold):
        bold += 1
    return bold or _lines_to_labels(pieces, first) if any(has_figure(line) or not line.bold for line in region) else 0


def _lines_to_labels(pieces: Sequence[dict[int, Piece]], first: int) -> int:
    """How many lines end a header that is set at the foot of its cells: others wrap above the labels' own.

    The labels' line heads a column that none above it does, or ends a header in its time (`jan-apr` over `2024`).
    Where the labels have no header, the lines above the first row are one if they head all that it fills. Lines that
    overlap the labels' line in height stand in cells set to the middle of one row.
    """
    label = next((i for i, held in enumerate(pieces) if 0 in held), 0)
    above = {col for held in pieces[:label] for col in held}
    if not 0 < label <= first:
        return 0
    own = pieces[label].keys() - {0}
    if label == first:
        return label if own <= above else 0
    end, foot = label + 1, pieces[label][0].line
    while end < first and all(is_beside(piece.line, foot) for piece in pieces[end].values()):
        end += 1
    if end > label + 1:
        return end
    ends_in_time = any(is_period(pieces[label][col].line.text) for col in above & own)
    return label + 1 if ends_in_time or own - above else 0


def bands_over_figures(pieces: Sequence[dict[int, Piece]], header: int) -> dict[int, dict[int, Piece]]:
    """The lines of words, each as one piece, that stick out of the column of figures whose row they stand above.

    They have no label: *Antal* or *Andel i procent*, set in the middle of the columns that they name. A line that goes
    on from the cell above it ends that; one in the middle of the table is of all its columns.
    """
    bands = {}
    every = [piece.line.box for held in pieces for piece in held.values()]
    middle = (min(box.x0 for box in every) + max(box.x1 for box in every)) / 2 if every else 0.0
    for i, (held, below) in enumerate(pairwise(pieces)):
        under = [col for col in held if col in below and below[col].figure]
        above = pieces[i - 1] if i else {}
        is_end = any(goes_on(above[col], piece) for col, piece in held.items() if col in above)
        if i < header or 0 in held or is_end or not under or min(below) in held:
            continue
        line = Line(tuple(word for col in sorted(held) for word in held[col].line.words))
        if len(segments_of(line)) > 1 or any(map(str.isdigit, line.text)):
            continue
        figures = [row[col].line.box.width for row in pieces for col in under if col in row and row[col].figure]
        if line.box.width > max(figures) + line.size:
            is_central = abs((line.box.x0 + line.box.x1) / 2 - middle) <= line.size
            bands[i] = {0 if is_central else min(held): piece_of(line)}
    return bands


def _is_band_line(region: Sequence[Line], pieces: Sequence[dict[int, Piece]], i: int) -> bool:
    """Whether a bold line below the header stands in the first column alone and begins a label."""
    if not i or set(pieces[i]) != {0} or is_beside(region[i - 1], region[i]):
        return False
    return not pieces[i][0].line.text[:1].islower()


def starts_table(region: Sequence[Line], line: Line, gap: float) -> bool:
    """Whether a line is the header of another table: bold in several columns or as the first, no amounts, lower."""
    is_set_apart = line.bold and not region[-1].bold or _repeats_header(region[0], line)
    if not is_set_apart or len(segments_of(line)) < 2 or len(region) < 2:
        return False
    gaps = [b.box.top - a.box.bottom for a, b in pairwise(region)]
    amounts = any(map(str.isdigit, without_years(line.text)))
    return not amounts and gap > 1.15 * max(0.5, sorted(gaps)[len(gaps) // 2])


def _repeats_header(first: Line, line: Line) -> bool:
    """Whether the columns right of the first are headed as in the first line: `Nämndspecifika` beside `Status`."""
    heads, again = ([piece.text for piece in segments_of(part)[1:]] for part in (first, line))
    return heads == again and all(heads_column(text) for text in again)


def is_beside(line: Line, other: Line) -> bool:
    """Whether two lines overlap in height, as those of cells do that are set in the middle of their row."""
    return min(line.box.bottom, other.box.bottom) - max(line.box.top, other.box.top) > BESIDE * line.size


def goes_on_below(above: Line, line: Line) -> bool:
    """Whether a line stands under one piece of the line above it, set as that is: a cell's text goes on."""
    under = (piece.box for left, piece in pairwise(segments_of(above)) if left.box.x1 < line.box.x0)
    return any(min(abs(box.x0 - line.box.x0), abs(box.x1 - line.box.x1)) <= SAME_EDGE for box in under)


def begins_header_below(above: Line, first: Line) -> bool:
    """Whether a line is one phrase above one time in the first line of headers: `Målvärde` over `2021`."""
    under = [part for part in segments_of(first) if min(part.box.x1, above.box.x1) > max(part.box.x0, above.box.x0)]
    return len(segments_of(above)) == 1 and len(under) == 1 and is_time(under[0].text)


def settle_headers(grid: Grid) -> Grid:
    """The grid with each word of its header over the column whose text ends right of where it begins.

    Word sets headers to the left over figures to the right: a header then begins left of its figures, and borders
    between columns of text run through it. Only where that leaves a column of figures without a header is it changed.
    """
    body = next((row for row in range(grid.n_rows) if _has_amounts(grid, row)), 0)
    head = [cell for cell in grid.cells if cell.row < body]
    is_plain = all(cell.row_span == cell.col_span == 1 for cell in head)
    if not body or not is_plain or len(grid.xs) <= LEAST_PHRASES or _headed(head) >= set(range(1, grid.n_cols)):
        return grid
    ends = _ends(grid, body)
    if ends is None:
        return grid
    places = {id(word): min(_over(word, ends), grid.n_cols - 1) for cell in head for word in cell.words}
    held: dict[tuple[int, int], list[Word]] = {}
    for cell in head:
        for word in cell.words:
            held.setdefault((cell.row, places[id(word)]), []).append(word)
    moved = [replace(cell, words=tuple(held.get((cell.row, cell.col), ()))) for cell in head]
    if not _headed(moved) >= set(range(1, grid.n_cols)):
        return grid
    return _with_borders(replace(grid, cells=(*moved, *(cell for cell in grid.cells if cell.row >= body))))


def _with_borders(grid: Grid) -> Grid:
    """The grid with the borders of its columns between the words that stand in them."""
    inside = range(1, grid.n_cols)
    words = [
        [word.box for c in grid.cells if c.col == col and c.col_span == 1 for word in c.words] for col in (0, *inside)
    ]
    middles = [(max(b.x1 for b in words[col - 1]) + min(b.x0 for b in words[col])) / 2 for col in inside]
    xs = (grid.xs[0], *middles, grid.xs[-1])
    cells = (replace(c, box=replace(c.box, x0=xs[c.col], x1=xs[c.col + c.col_span])) for c in grid.cells)
    return replace(grid, xs=xs, cells=tuple(cells))


def _headed(head: Sequence[GridCell]) -> set[int]:
    return {cell.col for cell in head if cell.words}


def _has_amounts(grid: Grid, row: int) -> bool:
    """Whether a row holds an amount right of its label."""
    return any(is_amount(line.text) for cell in grid.row(row) if cell.col for line in cell.lines)


def _ends(grid: Grid, body: int) -> list[float] | None:
    """Where each column's text ends below the header; None where a column but the first holds other than figures."""
    ends = []
    for col in range(grid.n_cols):
        cells = [c for c in grid.cells if c.col == col and c.row >= body and c.words and c.col_span == 1]
        figures = [is_figure(line.text) for cell in cells for line in cell.lines]
        if not figures or (col and sum(figures) < FIGURES * len(figures)):
            return None
        ends.append(max(word.box.x1 for cell in cells for word in cell.words))
    return ends


def _over(word: Word, ends: Sequence[float]) -> int:
    """The first column whose text ends right of where a word begins."""
    return sum(word.box.x0 >= end - SAME_EDGE for end in ends)
