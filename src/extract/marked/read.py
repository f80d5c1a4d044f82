"""Text files → content: tab-separated and Markdown tables, with the prose around them.

Begins with a file that holds text, ends with its blocks and tables in reading order. Rows are kept
as printed: what a lost cell moved is set right later. Text without tabs and pipes goes to `flow`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extract.marked.markup import Marked, read_markup
from extract.marked.prose import BULLET, DOT_LEADERS, read_blocks
from extract.raw.read import read_flow
from extract.records.columns import VALUE_LIKE, column_role, fold
from extract.source import LOST, decode_text
from schema.layout import Block, Cell, Content, Item, Source, Table
from schema.lexicon.wordbreaks import rejoin_header
from schema.problem import Problem
from schema.vocabulary import read_rows

FEWEST_TABLE_ROWS = 2
"""Files with fewer rows of cells than this are running text."""
MOST_HEADER_ROWS = 3
LONGEST_PROSE_LINE = 60
"""A longer line that stops in mid-sentence goes on in the next one."""

_DELIMITER = re.compile(r"^:?-+:?$")
_STAR_NOTE = re.compile(r"^\s*\*{1,3}(?!\s*\*)\s*\w.*[^*]\s*$")
_STAR_MARK = re.compile(r"[\wåäö)%]\s?\*{1,3}(?=[\s|.,;]|$)")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of cells."""

    line: int
    cells: tuple[str, ...]
    is_delimiter: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(slots=True)
class _Grid:
    """A table under construction."""

    line: int
    engine: str
    rows: list[_Row] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)

    def header_key(self) -> tuple[str, ...]:
        """The header's letters, by which a repeated header is known."""
        return row_key(self.rows[self.headers[0]]) if self.headers else ()


def read_text(source: Source, path: Path) -> Content:
    """Read a text file: Markdown, tab-separated, or the raw text of a PDF."""
    text, problems = decode(path.read_bytes())
    lines = re.split(r"\r\n|\r|\n", text)
    if source.media_type == "text/plain" and sum(_is_row(line) for line in lines) < FEWEST_TABLE_ROWS:
        content = read_flow(source, lines)
        return replace(content, problems=(*problems, *content.problems))
    return Content(source, tuple(_read_items(lines)), problems=problems)


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Decode a text file, with a problem where characters may be wrong."""
    text, encoding = decode_text(data)
    if encoding == "cp1252":
        message = "The file is not UTF-8; it was read as Windows-1252. Save it as UTF-8 to be sure."
        return text, (Problem("read", "not_utf8", message),)
    if encoding == "utf-8" and LOST in text and LOST.encode() not in data:
        message = f"{text.count(LOST)} letters of the file are no UTF-8 and lost. Save it as UTF-8 again."
        return text, (Problem("read", "not_utf8", message),)
    return text, ()


def _is_row(line: str) -> bool:
    return "\t" in line.strip("\n ") or _is_pipe_row(line)


def _is_pipe_row(line: str) -> bool:
    text = line.strip()
    return text.count("|") >= 2 and (text.startswith("|") or text.endswith("|"))


def _read_items(lines: Sequence[str]) -> Iterator[Item]:
    """Yield blocks and finished tables; a table stands where its first row stands."""
    star_notes = uses_star_notes(lines)
    known = _vocabulary(lines)
    items: list[Block | _Grid] = []
    for group in _groups(lines):
        if isinstance(group, _Grid):
            _add_grid(items, group)
        else:
            number, text, is_alone = group
            items.extend(read_blocks(text, number, is_alone=is_alone, star_notes=star_notes))
    number = 0
    for item in items:
        if isinstance(item, Block):
            yield item
        else:
            number += 1
            yield _finish(item, number, star_notes=star_notes, known=known)


def uses_star_notes(lines: Sequence[str]) -> bool:
    """Whether some line explains a star and some other text carries one."""
    notes = [i for i, line in enumerate(lines) if _STAR_NOTE.match(line)]
    lone = [i for i in notes if not _has_neighbour(lines, notes, i)]
    return bool(lone) and any(_STAR_MARK.search(line) for i, line in enumerate(lines) if i not in lone)


def _has_neighbour(lines: Sequence[str], notes: Sequence[int], index: int) -> bool:
    """Whether a starred line stands in a list of such lines."""
    return any(other in notes for other in (index - 1, index + 1))


def _vocabulary(lines: Sequence[str]) -> Callable[[str], bool]:
    """Tell the document's own words, those seen at least twice, and the vocabulary's header words."""
    counts = Counter(word.casefold() for line in lines for word in _WORD.findall(line))
    headers = {row["phrase"].casefold() for row in read_rows("headers")}
    return lambda word: counts[word.casefold()] > 1 or word.casefold() in headers


def _groups(lines: Sequence[str]) -> Iterator[_Grid | tuple[int, str, bool]]:
    """Yield runs of rows as grids and every other line as (number, text, stands alone)."""
    index = 0
    while index < len(lines):
        if not _is_row(lines[index]):
            end, text = _paragraph(lines, index)
            yield index + 1, text, _stands_alone(lines, index, end)
            index = end
            continue
        end = index
        while end < len(lines) and _is_row(lines[end]):
            end += 1
        yield from _row_groups(lines, index, end)
        index = end


def _paragraph(lines: Sequence[str], start: int) -> tuple[int, str]:
    """Join a line that stops in mid-sentence with the next one, where that goes on in lower case."""
    text, end = lines[start], start + 1
    while (
        end < len(lines)
        and len(lines[end - 1]) > LONGEST_PROSE_LINE
        and not _is_row(lines[end])
        and re.match(r"[a-zåäö]", lines[end])
        and not re.search(r"[.:;!?*]\s*$", text)
    ):
        text, end = f"{text} {lines[end]}", end + 1
    return end, text


def _stands_alone(lines: Sequence[str], start: int, end: int) -> bool:
    """Whether blank lines or tables stand on both sides."""
    before = start == 0 or not lines[start - 1].strip() or _is_row(lines[start - 1])
    after = end >= len(lines) or not lines[end].strip() or _is_row(lines[end])
    return before and after


def _row_groups(lines: Sequence[str], start: int, end: int) -> Iterator[_Grid | tuple[int, str, bool]]:
    """Yield a run of rows as a table, or line by line where it is none."""
    rows = [_split_row(lines[index], index + 1) for index in range(start, end)]
    if _is_contents(rows) or _is_list(rows):
        for row in rows:
            yield row.line, " ".join(cell.strip() for cell in row.cells if cell.strip()), False
        return
    engine = "markdown" if _is_pipe_row(lines[start]) else "tabs"
    yield _to_grid(rows, engine)


def _split_row(line: str, number: int) -> _Row:
    if "\t" in line and not _is_pipe_row(line):
        cells = tuple(line.split("\t"))
        return _Row(number, cells, all(re.fullmatch(r"\s*-{2,}\s*", cell) for cell in cells if cell.strip()))
    text = line.strip()
    inner = text[1:] if text.startswith("|") else text
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    cells = tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", inner))
    filled = [cell for cell in cells if cell]
    is_delimiter = bool(filled) and all(_DELIMITER.match(cell) for cell in filled) and "-" * 2 in line
    return _Row(number, cells, is_delimiter)


def _is_contents(rows: Sequence[_Row]) -> bool:
    """A table of contents: titles, each with a page number that never falls."""
    filled = [[c.strip() for c in row.cells if c.strip()] for row in rows if not row.is_delimiter and not row.is_empty]
    if len(filled) < FEWEST_TABLE_ROWS or any(len(cells) > 2 for cells in filled):
        return False
    if sum(bool(DOT_LEADERS.search(cells[0])) for cells in filled) * 2 > len(filled):
        return True
    pages = [cells[-1] for cells in filled]
    if not all(len(cells) == 2 and re.fullmatch(r"\d{1,3}", cells[1]) for cells in filled):
        return False
    numbers = [int(page) for page in pages]
    return len(numbers) > FEWEST_TABLE_ROWS and numbers == sorted(numbers) and len(set(numbers)) > 2


def _is_list(rows: Sequence[_Row]) -> bool:
    """Items set out with a tab after their bullet, or a lone line with one tab."""
    pairs = all(len([c for c in row.cells if c.strip()]) <= 2 for row in rows)
    bullets = all(BULLET.match(row.cells[0].strip() + " x") for row in rows)
    return pairs and (bullets or (len(rows) == 1 and len(rows[0].cells) == 2))


def _to_grid(rows: Sequence[_Row], engine: str) -> _Grid:
    """Set header rows: those above a delimiter, else those whose words are header words."""
    grid = _Grid(rows[0].line, engine)
    delimiters = 0
    for row in rows:
        if row.is_delimiter:
            _mark_header(grid, is_first=not delimiters)
            delimiters += 1
        elif not (row.is_empty and not grid.rows):
            grid.rows.append(row)
    if not delimiters and grid.rows and is_header_row(grid.rows[0]):
        grid.headers.append(0)
    _extend_header(grid)
    return grid


def _mark_header(grid: _Grid, *, is_first: bool) -> None:
    """A delimiter makes a header of the row above it; a later one only where that reads as one."""
    last = len(grid.rows) - 1
    if last >= 0 and ((is_first and last == 0) or is_header_row(grid.rows[last])):
        grid.headers.append(last)


def _extend_header(grid: _Grid) -> None:
    """Add the rows below the first header row that go on with it."""
    while grid.headers and len(grid.headers) < MOST_HEADER_ROWS:
        row = grid.headers[-1] + 1
        if row >= len(grid.rows) or row != grid.headers[0] + len(grid.headers):
            return
        if not _continues_header(grid.rows[grid.headers[0]], grid.rows[row]):
            return
        grid.headers.append(row)


def _continues_header(header: _Row, row: _Row) -> bool:
    """A second header row fills columns the first left blank, or splits columns that it names twice."""
    texts = [_plain(cell) for cell in row.cells]
    filled = [i for i, text in enumerate(texts) if text]
    if not filled or _is_unit_row(row) or _is_value_row([texts[i] for i in filled]):
        return _is_unit_row(row)
    above = [_plain(header.cells[i]) if i < len(header.cells) else "" for i in filled]
    fills_blanks = not any(above) and all(column_role(texts[i])[0] != "unknown" for i in filled)
    splits = len(filled) > 1 and filled[0] > 0 and all(above) and len(set(above)) < len(above)
    return fills_blanks or splits


def _is_unit_row(row: _Row) -> bool:
    """A row with nothing but `Belopp tkr` in its first cell."""
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) == 1 and bool(row.cells[0].strip()) and fold(row.cells[0]).startswith("belopp")


def is_header_row(row: _Row) -> bool:
    """Whether a row's cells are header words: most are known, and two at least."""
    texts = [_plain(cell) for cell in row.cells]
    filled = [text for text in texts if text]
    roles = [column_role(text)[0] for text in filled]
    known = [role for role in roles if role not in ("unknown", "blank")]
    return len(known) >= 2 and len(known) * 2 > len(filled) and not _is_value_row(filled)


def _is_value_row(texts: Sequence[str]) -> bool:
    """Figures other than years tell a row of values from a header."""
    return any(VALUE_LIKE.match(text) and not re.match(r"(?:19|20)\d\d\b", text) for text in texts)


def _plain(cell: str) -> str:
    return rejoin_header(read_markup(cell, star_notes=True).text)


def row_key(row: _Row) -> tuple[str, ...]:
    """A row's letters and digits, by which a repeated header is known."""
    keys = [re.sub(r"[\W_]", "", _plain(cell)).casefold() for cell in row.cells]
    while keys and not keys[-1]:
        keys.pop()
    return tuple(keys)


def _add_grid(items: list[Block | _Grid], grid: _Grid) -> None:
    """Append a grid, to the table before it where that goes on here."""
    before = _open_grid(items)
    if before is None or not _continues(before, grid, items):
        items.append(grid)
        return
    offset = len(before.rows)
    before.rows.extend(grid.rows)
    before.headers.extend(offset + row for row in grid.headers)


def _open_grid(items: Sequence[Block | _Grid]) -> _Grid | None:
    """The last table, unless a heading stands after it."""
    for item in reversed(items):
        if isinstance(item, _Grid):
            return item
        if item.kind == "heading":
            return None
    return None


def _continues(before: _Grid, grid: _Grid, items: Sequence[Block | _Grid]) -> bool:
    """A table goes on with the same header, or with none where only footnotes stand between."""
    if before.engine != grid.engine:
        return False
    if grid.headers:
        return before.header_key() == grid.header_key()
    since = [item for item in items[_index_of(items, before) + 1 :] if isinstance(item, Block)]
    only_notes = all(block.kind in ("footnote", "furniture") for block in since)
    return bool(before.headers) and only_notes and abs(before.width - grid.width) <= 1


def _index_of(items: Sequence[Block | _Grid], grid: _Grid) -> int:
    return next(i for i, item in enumerate(items) if item is grid)


def _finish(grid: _Grid, number: int, *, star_notes: bool, known: Callable[[str], bool]) -> Table:
    width = grid.width
    cells = []
    for index, row in enumerate(grid.rows):
        is_header = index in grid.headers
        for col in range(width):
            raw = row.cells[col] if col < len(row.cells) else ""
            marked = read_markup(raw, star_notes=star_notes)
            cells.append(_cell(index, col, marked, is_header=is_header, known=known))
    headers = tuple(grid.headers)
    return Table(number, tuple(cells), header_rows=headers, engine=grid.engine, line=grid.line)


def _cell(row: int, col: int, marked: Marked, *, is_header: bool, known: Callable[[str], bool]) -> Cell:
    text = rejoin_header(marked.text, known=known) if is_header else marked.text
    return Cell(
        row,
        col,
        text,
        lines=marked.lines,
        markers=marked.markers,
        bold=marked.bold,
        italic=marked.italic,
        italic_tail=marked.italic_tail,
    )
