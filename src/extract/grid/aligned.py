"""Tables without drawn cells: lines gathered into regions, columns from gutters, rows from all columns together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extract.grid.bars import Bar, Frame, bars_of, cuts_of, frames_of, keeps_within, rows_are_ruled
from extract.grid.charts import chart_in
from extract.grid.headers.body import Heads, headed_body, header_above, heads_again
from extract.grid.headers.phrases import (
    SAME_EDGE,
    bands_over_figures,
    begins_header_below,
    borders_beside,
    goes_on_below,
    header_lines,
    headers_across,
    heads_columns,
    is_beside,
    sides_of,
    spanning_pieces,
    starts_table,
)
from extract.grid.model import Grid, GridCell, printed_text
from extract.grid.row_cells import cells_of, side_labels, turned_headers, with_side_labels, with_turned_header
from extract.grid.row_model import Piece, RowModel, RowTask, pieces_by_column
from extract.page.gutters import (
    Columns,
    all_columns_of,
    borders,
    columns_of,
    first_with_figures,
    has_figure,
    unglued,
)
from extract.page.lines import Line, lines_of, segments_of
from extract.page.model import PageParse
from schema.layout import Box, Image, Word
from schema.lexicon.figures import is_figure
from schema.lexicon.labels import heads_column
from schema.lexicon.signs.bullets import is_bullet
from schema.lexicon.signs.leaders import ends_with_leader

REGION_GAP = 2.4
"""Lines further apart than this share of the font size do not belong to one table."""
HEADER_GAP = 1.3
"""A header above a table's first rule is at most this many font sizes away from it."""
INSIDE_HEADER = 0.5
"""Lines of a header cell are at most this many font sizes apart."""
ROW_GAP, SAME_PITCH = 0.8, 0.1
"""A row below a table's last rule is so many font sizes away, or as far as its rows stand apart, give or take."""
SIZE_CHANGE = 1.12
"""A line printed this much larger than the table is a heading."""
FILLED_SHARE = 0.28
"""Grids with a smaller share of filled cells are scattered words; goal tables with merged cells have 0.45."""
PROSE_LENGTH = 170
"""Cells that are longer than this on average are columns of running text."""
KEPT_GUTTERS = 0.5
"""A line that closes more than this share of the gutters is none of the table's."""
LONGEST_BRIDGE = 6
"""Lines of a label beside no value that may stand between two lines of a table, and the line after them."""
BRIDGE_GAP, BRIDGE_SLACK = 0.9, 0.25
"""How far apart such lines may stand below a lone header, and how much further than lines above, in font sizes."""
LINES_KEPT_IN_SIGHT = 80
"""A line is weighed against so many lines above it: a printed page has no more, a list in a text file thousands."""
FEW_GUTTERS = 3
"""A table with more gutters may lose one to a word that is too wide for its column."""
FEW_LINES = 4
"""So few lines do not tell how far apart a table's rows stand."""
SYMBOL_SIZE = 40.0
"""Pictures up to this size may stand in a cell."""
FULL_LINE, FULL_SHARE = 0.75, 0.6
"""In columns of running text this share of the lines is at least so long, measured by the longest."""
PROSE_WIDTH = 14
"""Columns of running text are at least so many font sizes wide."""


def find_aligned(parse: PageParse, words: Sequence[Word]) -> list[Grid]:
    """Tables among words that stand in no drawn cell."""
    symbols = _symbols(parse, words)
    beside, turned = side_labels(words), turned_headers(words)
    lines = lines_of([*(word for word in words if word not in beside and word not in turned), *symbols])
    bars = bars_of(parse)
    frames = frames_of(bars, lines, parse.page.height)
    found = _regions(lines, frames)
    charts = [box for region in found if (box := chart_in(region))]
    kept = [word for word in words if not any(box.holds_middle_of(word.box) for box in charts)]
    if len(kept) < len(words):
        return find_aligned(parse, kept)
    regions = [part for region in found for part in _side_by_side(region, bars)]
    headed = _with_headers(regions, lines)
    grids = [region_to_grid(region, bars, symbols, parse.page.number) for region in headed]
    return [with_turned_header(with_side_labels(grid, beside), turned, words) for grid in grids if grid is not None]


def _with_headers(regions: Sequence[Sequence[Line]], lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The regions, each with the lines above it that head its columns."""
    kept: list[Sequence[Line]] = []
    for region in sorted(regions, key=lambda lines: lines[0].box.top):
        head = header_above(region, lines)
        others = {id(line) for other in kept if any(map(has_figure, other)) for line in other}
        if head and not others & set(map(id, head)):
            kept = [other for other in kept if not any(line is part for line in other for part in head)]
            kept.append([*head, *region])
        else:
            kept.append(region)
    return kept


def _side_by_side(region: Sequence[Line], bars: Sequence[Bar]) -> list[Sequence[Line]]:
    """The region, parted where two tables stand beside each other: those most alike, or else the first two."""
    found = []
    for left, right in columns_of(region).gutters:
        beyond = _half(region, (left + right) / 2, 1e9)
        if not any(map(has_figure, beyond)) or any(is_figure(segments_of(line)[0].text) for line in beyond[1:]):
            continue
        halves = [_half(region, -1e9, (left + right) / 2), beyond]
        if any(map(has_figure, halves[0])):
            found.append((_likeness(halves, left, right, bars), halves))
    likeness, halves = max(found, key=lambda pair: pair[0], default=(0, []))
    return [part for half in halves for part in _side_by_side(half, bars)] if likeness else [region]


def _half(region: Sequence[Line], x0: float, x1: float) -> list[Line]:
    """The lines of a region between two places from left to right."""
    return lines_of(w for line in region for w in line.words if x0 < (w.box.x0 + w.box.x1) / 2 < x1)


def _likeness(halves: Sequence[Sequence[Line]], left: float, right: float, bars: Sequence[Bar]) -> int:
    """How many headers that each has once two halves with labels share; 1 where rules end or titles begin there."""
    if all(map(_is_titled, halves)):
        return 1
    texts = [[piece.text for piece in segments_of(half[0])] for half in halves]
    heads = [{text for text in found[1:] if found.count(text) == 1} for found in texts]
    top, bottom = halves[0][0].box.top, halves[0][-1].box.bottom
    ends = [b.y for b in bars if top - 4 < b.y < bottom + 4 and halves[0][0].box.x0 - 12 < b.x0 and b.x1 <= right]
    begins = [b.y for b in bars if top - 4 < b.y < bottom + 4 and left <= b.x0]
    return len(heads[0] & heads[1]) or any(abs(a - b) < 1 for a in ends for b in begins)


def _is_titled(half: Sequence[Line]) -> bool:
    """Whether lines open with one bold phrase over their names, and headers of several columns below it."""
    title, *rest = half
    x0 = min(line.box.x0 for line in half)
    heads = bool(rest) and len(segments_of(rest[0])) > 1 and not has_figure(rest[0])
    return heads and title.bold and len(segments_of(title)) == 1 and title.box.x0 - x0 <= SAME_EDGE


def _symbols(parse: PageParse, words: Sequence[Word]) -> dict[Word, Image]:
    """Status pictures as words without text, as tall as the text around them."""
    if not words or not parse.page.images:
        return {}
    size = sorted(word.size for word in words)[len(words) // 2]
    found = {}
    for image in parse.page.images:
        box = image.box
        if max(box.width, box.height) <= SYMBOL_SIZE and min(box.width, box.height) >= 2:
            middle = (box.top + box.bottom) / 2
            placed = Box(box.x0, middle - 0.5 * size, box.x1, middle + 0.48 * size)
            found[Word("", placed, size)] = image
    return found


def _regions(lines: Sequence[Line], frames: Sequence[Frame]) -> list[list[Line]]:
    """The lines of each table, those between rules first."""
    taken: set[int] = set()
    regions = []
    for frame in frames:
        region = _framed(lines, frame, taken)
        if len(region) > 1:
            regions += _stacked(region)
            taken |= {id(line) for line in region}
    for run in _runs(lines, taken):
        regions += _open_regions(run)
    return regions


def _stacked(region: list[Line]) -> list[list[Line]]:
    """The lines of a frame, parted where another table begins after an empty line or under a title."""
    for i, (above, line) in enumerate(pairwise(region[:-1]), 1):
        gap = line.box.top - above.box.bottom
        is_title = line.size > SIZE_CHANGE * above.size and line.bold and len(segments_of(line)) == 1
        if gap > line.size and is_title and any(map(has_figure, region[:i])):
            return [region[:i], *_stacked(region[i + 1 :])]
        if gap > line.size and starts_table(region[:i], line, gap):
            return [region[:i], *_stacked(region[i:])]
    return [region]


def _runs(lines: Sequence[Line], taken: set[int]) -> list[list[Line]]:
    """The lines that stand in no frame, parted where a frame stands between them."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if id(line) in taken:
            runs.append([])
        else:
            runs[-1].append(line)
    return [run for run in runs if run]


def _framed(lines: Sequence[Line], frame: Frame, taken: set[int]) -> list[Line]:
    """The lines between a frame's rules, with a header above the first and rows below the last rule."""
    box = frame.box
    inside = [i for i, line in enumerate(lines) if _in_frame(line, box) and id(line) not in taken]
    if not inside:
        return []
    start, end = inside[0], inside[-1]
    while step := _header_lines_above(lines, start, end, box, taken):
        start -= step
    end = _end_below(lines, start, end, box, taken)
    return list(lines[start : end + 1])


def _end_below(lines: Sequence[Line], start: int, end: int, box: Box, taken: set[int]) -> int:
    """The last line of a table whose rows go on below its last rule."""
    only_header = not any(has_figure(line) for line in lines[start : end + 1])
    while end + 1 < len(lines) and id(lines[end + 1]) not in taken:
        region = lines[start : end + 1]
        more = only_header and (int(_belongs(region, lines[end + 1])) or _bridged(region, lines, end + 1))
        if (
            not more
            and not _is_row_below(lines, start, end, box)
            and not _ends_label(lines[end + 1], lines[start : end + 1])
        ):
            break
        end += max(1, more)
    return end


def _ends_label(line: Line, region: Sequence[Line]) -> bool:
    """Whether a line is the end of the label above it: small letters under the labels alone, as close as lines are."""
    last = segments_of(region[-1])
    under = line.box.x0 >= last[0].box.x0 - SAME_EDGE and line.box.x1 < last[-1].box.x0
    close = line.box.top - region[-1].box.bottom <= INSIDE_HEADER * line.size
    return under and close and len(last) > 1 and line.text[:1].islower() and len(segments_of(line)) == 1


def _in_frame(line: Line, box: Box) -> bool:
    middle = (line.box.top + line.box.bottom) / 2
    return box.top < middle < box.bottom and keeps_within(line, box.x0, box.x1)


def _header_lines_above(lines: Sequence[Line], start: int, end: int, box: Box, taken: set[int]) -> int:
    """How many lines above a table's lines begin its header: two where the first column's header runs on alone."""
    if not start or id(lines[start - 1]) in taken:
        return 0
    if _is_header_above(lines, start, end, box):
        return 1
    rest, first = lines[start - 1], lines[start - 2]
    if start < 2 or id(first) in taken or rest.bold != segments_of(first)[0].bold or lines[start].bold:
        return 0
    gap = min(lines[start].box.top, max(box.top, rest.box.bottom)) - rest.box.bottom
    close = gap <= HEADER_GAP * rest.size and rest.box.top - first.box.bottom <= INSIDE_HEADER * rest.size
    return 2 if close and len(segments_of(first)) > 1 and _is_header_above(lines, start, end, box, skipped=1) else 0


def _is_header_above(lines: Sequence[Line], start: int, end: int, box: Box, *, skipped: int = 0) -> bool:
    """Whether the line above a table's lines, or above some skipped ones, is the header of its columns."""
    line, first = lines[start - 1 - skipped], lines[start - skipped]
    gap = min(first.box.top, max(box.top, line.box.bottom)) - line.box.bottom
    within = keeps_within(line, box.x0, box.x1)
    if not within or gap > HEADER_GAP * first.size or line.size > SIZE_CHANGE * first.size:
        return False
    body = lines[start + first_with_figures(lines[start : end + 1], 0) : end + 1]
    before = columns_of(body)
    if is_beside(line, first):
        return True
    if not before.gutters or _closes_gutters(line, body):
        keeps = len(segments_of(line)) > 1 and len(columns_of([line, *body]).gutters) >= len(before.gutters)
        head = lines[start - skipped : end + 1 - len(body)]
        alone = len(segments_of(line)) == 1 and any(len(segments_of(own)) > 1 for own in head)
        return keeps or (bool(before.gutters) and not alone and heads_columns(line, body, before))
    return len(segments_of(line)) > 1 or line.box.x0 > before.gutters[0][1] - 2


def _closes_gutters(line: Line, region: Sequence[Line]) -> bool:
    """Whether a line's words leave fewer gutters."""
    return len(columns_of([line, *region], strict=True).gutters) < len(columns_of(region, strict=True).gutters)


def _is_row_below(lines: Sequence[Line], start: int, end: int, box: Box) -> bool:
    """Whether the line below a table's last rule is one more row."""
    line, last = lines[end + 1], lines[end]
    gap = line.box.top - max(last.box.bottom, box.bottom if last.box.bottom < box.bottom else 0.0)
    within = keeps_within(line, box.x0, box.x1)
    body = lines[start : end + 1]
    steps = [below.box.top - above.box.bottom for above, below in pairwise(body)]
    widest = max(ROW_GAP * last.size, median(steps) + SAME_PITCH * last.size if steps else 0.0)
    if not within or gap > widest or line.size > SIZE_CHANGE * last.size or not has_figure(line):
        return False
    return len(columns_of([*body, line]).gutters) >= len(columns_of(body).gutters)


def _open_regions(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines that share at least one gutter."""
    regions: list[list[Line]] = []
    current: list[Line] = []
    ahead = 0
    for i, line in enumerate(lines):
        recent = current[-LINES_KEPT_IN_SIGHT:]
        if ahead or recent and (_belongs(recent, line) or (ahead := _bridged(recent, lines, i))):
            current.append(line)
            ahead = max(0, ahead - 1)
            continue
        if current:
            regions.append(current)
        current = [line] if _is_multi(line) else []
    if current:
        regions.append(current)
    return [_with_lines_above(region, lines) for region in regions if len(region) > 1]


def _is_multi(line: Line) -> bool:
    """Whether a line has pieces in several columns and is no entry of a list or table of contents."""
    if ends_with_leader(line.text):
        return False
    pieces = segments_of(line)
    return len(pieces) > 1 and not (len(pieces) == 2 and is_bullet(pieces[0].text.strip()))


def _belongs(region: Sequence[Line], line: Line) -> bool:
    """Whether a line goes on with a region: close enough, no heading, and leaving a gutter free."""
    size = max(part.size for part in region)
    gap = line.box.top - max(part.box.bottom for part in region)
    if gap > REGION_GAP * size or line.size > SIZE_CHANGE * size or size > SIZE_CHANGE * line.size * 1.2:
        return False
    if ends_with_leader(line.text) or starts_table(region, line, gap) or heads_again(region, line):
        return False
    last = max((i for i, part in enumerate(region) if has_figure(part)), default=len(region) - 1)
    before = columns_of(region[: last + 1]).gutters
    after = columns_of([*region, line]).gutters
    if _is_multi(line):
        return len(after) >= max(1, min(len(before), 2), KEPT_GUTTERS * len(before))
    inside = line.box.x0 >= min(part.box.x0 for part in region) - 2
    widest = max((b.box.top - a.box.bottom for a, b in pairwise(region)), default=0.0)
    close = len(region) < FEW_LINES or gap <= max(BRIDGE_GAP * size, widest + BRIDGE_SLACK * size)
    fits = goes_on_below(region[-1], line) or not _closes_gutters(line, region)
    return close and inside and bool(columns_of(region, strict=True).gutters) and fits


def _bridged(region: Sequence[Line], lines: Sequence[Line], i: int) -> int:
    """How many lines lead to the next row of the table: short ones across columns, such as bands or long labels."""
    after = next((k for k in range(i, min(i + LONGEST_BRIDGE, len(lines))) if len(segments_of(lines[k])) > 1), None)
    if not after or after == i:
        return 0
    last, added = lines[after], lines[i : after + 1]
    is_header = not any(has_figure(part) for part in region)
    x0 = min(line.box.x0 for line in [*region, *(added if is_header else [last])])
    x1 = max(last.box.x1, *(part.box.x1 for part in region))
    bands = [line for line in added[:-1] if is_header and line.bold and abs(line.box.x0 - x0) <= SAME_EDGE]
    others = [line for line in added if line not in bands]
    if not all(_may_bridge(line, x0, x1) for line in others[:-1]) or (last.bold and not has_figure(last)):
        return 0
    if heads_again(region, last):
        return 0
    size = region[-1].size
    lone = HEADER_GAP if len(region) == 1 and region[0].box.x0 > added[0].box.x1 else BRIDGE_GAP
    widest = max((b.box.top - a.box.bottom for a, b in pairwise(region)), default=lone * size)
    steps = [b.box.top - a.box.bottom for a, b in pairwise([region[-1], *added])]
    is_band = len(added) == 2 and has_figure(last) and not is_header
    most = REGION_GAP * size if is_band else max(widest, 0.0) + BRIDGE_SLACK * size
    if max(steps) > most or any(line.size > SIZE_CHANGE * size for line in added):
        return 0
    before, kept = len(columns_of(region).gutters), len(columns_of([*region, *others]).gutters)
    overflows = before > FEW_GUTTERS and (bands or all(goes_on_below(region[-1], line) for line in added[:-1]))
    return len(added) if kept >= before - bool(overflows) else 0


def _may_bridge(line: Line, x0: float, x1: float) -> bool:
    return line.box.width < 0.6 * (x1 - x0) and line.box.x0 >= x0 - 2 and not ends_with_leader(line.text)


def _with_lines_above(region: list[Line], lines: Sequence[Line]) -> list[Line]:
    """Add the first lines of header cells that are taller than the rest of the header row."""
    start = next(i for i, line in enumerate(lines) if line is region[0])
    while start > 0:
        above, first = lines[start - 1], region[0]
        close = first.box.top - above.box.bottom <= 0.45 * first.size and abs(above.size - first.size) < 0.6
        apart = _closes_gutters(above, region) and not begins_header_below(above, first)
        if not close or above.bold != first.bold or apart or _is_caption(above, first):
            break
        region = [above, *region]
        start -= 1
    return region


def _is_caption(above: Line, first: Line) -> bool:
    """Whether a line over the first column alone is no beginning of that column's header."""
    pieces = segments_of(first)
    if len(segments_of(above)) > 1 or above.box.x0 > pieces[0].box.x1 or is_beside(above, first):
        return False
    return not (first.text[:1].islower() or above.text.endswith("-"))


def region_to_grid(region: Sequence[Line], bars: Sequence[Bar], symbols: dict[Word, Image], page: int) -> Grid | None:
    """A table's lines as a grid by their gutters, or those of its figures and the headers over them; None for prose."""
    columns = all_columns_of(region)
    if not columns.gutters:
        return None
    words = [word for line in region for word in line.words]
    heads = headed_body(region, columns)
    columns = heads.columns if heads else columns
    xs = heads.xs if heads else borders(words, columns.gutters)
    region = [Line(tuple(part for word in line.words for part in unglued(word, xs))) for line in region]
    task = _row_task(region, columns, xs, bars, heads)
    model = RowModel(task)
    rows = model.rows()
    if len(rows) < 2:
        return None
    xs = borders_beside(xs, columns, task.pieces)
    cells = cells_of(model, rows, xs)
    headers = tuple(i for i, (_, end) in enumerate(rows) if end < task.header)
    grid = Grid(page, tuple(xs), tuple(_with_symbols(cells, symbols)), "aligned", header_rows=headers)
    return grid if _is_plausible(grid) else None


def _row_task(
    region: Sequence[Line],
    columns: Columns,
    xs: Sequence[float],
    bars: Sequence[Bar],
    heads: Heads | None,
) -> RowTask:
    """The region as pieces by line and column, with the lines above which rules run."""
    sides = sides_of(region, columns, xs)
    phrased = heads.pieces if heads else headers_across(region, columns, xs, sides)
    columns = replace(columns, spanning=columns.spanning - set(phrased))
    pieces = [
        spanning_pieces(line, columns, xs, sides)
        if i in columns.spanning
        else phrased.get(i) or pieces_by_column(line, xs)
        for i, line in enumerate(region)
    ]
    cuts = cuts_of(region, bars, xs[0], xs[-1])
    header = header_lines(region, cuts, pieces)
    own = {i for i in columns.spanning if _is_own_row(region[i], pieces[i], columns)}
    own |= heads.groups.keys() if heads else set()
    over = bands_over_figures(pieces, header)
    pieces = [over.get(i, held) for i, held in enumerate(pieces)]
    bands = frozenset(own | over.keys())
    ruled = rows_are_ruled(region, cuts)
    spanning = columns.spanning | over.keys()
    return RowTask(
        tuple(pieces), tuple(xs), spanning, bands, frozenset(cuts), ruled, header, heads.groups if heads else {}
    )


def _is_own_row(line: Line, pieces: dict[int, Piece], columns: Columns) -> bool:
    """Whether a line across columns heads several of them or runs across more than one gutter."""
    crossed = sum(line.box.x0 < left and line.box.x1 > right for left, right in columns.gutters)
    return len(pieces) > 1 or crossed > 1


def _with_symbols(cells: Sequence[GridCell], symbols: dict[Word, Image]) -> list[GridCell]:
    """Turn the words that stand for pictures back into pictures."""
    if not symbols:
        return list(cells)
    out = []
    for cell in cells:
        image = next((symbols[word] for word in cell.words if word in symbols), None)
        words = tuple(word for word in cell.words if word not in symbols)
        out.append(replace(cell, words=words, symbol=image))
    return out


def _is_plausible(grid: Grid) -> bool:
    """Whether a grid of aligned words is a table rather than columns of prose, a list or a table of contents."""
    filled = [cell for cell in grid.cells if cell.words]
    if len(filled) < FILLED_SHARE * grid.n_rows * grid.n_cols:
        return False
    if _is_prose(grid):
        return False
    lengths = [sum(len(w.text) + 1 for w in cell.words) for cell in filled]
    first = [" ".join(w.text for w in c.words) for c in filled if c.col == 0]
    if all(not text or is_bullet(text) for text in first):
        return False
    numeric = sum(any(ch.isdigit() for w in c.words for ch in w.text) for c in filled if c.col)
    return sum(lengths) / len(lengths) < PROSE_LENGTH and (numeric > 0 or grid.n_cols > 2 or _has_header(grid))


def _is_prose(grid: Grid) -> bool:
    """Whether the columns are running text: most lines of each are as long as the column is wide."""
    for col in range(grid.n_cols):
        lines = lines_of(word for cell in grid.cells if cell.col == col for word in cell.words)
        widest = max((line.box.width for line in lines), default=0.0)
        full = sum(line.box.width > FULL_LINE * widest for line in lines)
        if (
            len(lines) < 3
            or widest < PROSE_WIDTH * lines[0].size
            or full < FULL_SHARE * len(lines)
            or any(is_figure(line.text) for line in lines)
        ):
            return False
    return not _has_header(grid)


def _has_header(grid: Grid) -> bool:
    """Whether the first row is bold throughout, or says what each of several columns holds."""
    cells = [cell for cell in grid.row(0) if cell.words]
    return len(cells) > 1 and (all(c.bold for c in cells) or all(heads_column(printed_text(c)) for c in cells))
