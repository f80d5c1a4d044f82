"""Text files → content: tab-separated and Markdown tables, with the prose around them.

Begins with a file that holds text, ends with its blocks and tables in reading order. Rows are kept
as printed: what a lost cell moved is set right later. Text without tabs and pipes goes to `flow`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.marked.decoding import decode
from extract.marked.grids import MarkedGrid, add_grid, finish, to_grid
from extract.marked.prose import read_blocks
from extract.marked.rows import FEWEST_TABLE_ROWS, is_contents, is_list, is_pipe_row, is_row, split_row
from extract.raw.read import read_flow
from schema.layout import Block, Content, Item, Source
from schema.lexicon.headers import is_header_word
from schema.problem import UnreadableDocument

LONGEST_PROSE_LINE = 60
"""A longer line that stops in mid-sentence goes on in the next one."""
LONGEST_LINE = 200_000
"""Characters on one line; the longest of some forty reports has 5,000, and a line of millions takes minutes."""

_STAR_NOTE = re.compile(r"^\s*\*{1,3}(?!\s*\*)\s*\w.*[^*]\s*$")
_STAR_MARK = re.compile(r"[\wåäö)%]\s?\*{1,3}(?=[\s|.,;]|$)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_TAG = re.compile(r"<[^<>\n]*>")


def read_text(
    source: Source, path: Path, earlier: Sequence[Any] = (), *, on_page: Callable[[int], None] = lambda page: None
) -> Content:
    """Read a text file: Markdown, tab-separated, or the raw text of a PDF."""
    text, problems = decode(path.read_bytes())
    lines = re.split(r"\r\n|\r|\n", text)
    if (longest := max(map(len, lines))) > LONGEST_LINE:
        message = (
            f"has a line of {longest} characters, longer than any report's; export the report with its line breaks"
        )
        raise UnreadableDocument("huge_line", message)
    if source.media_type == "text/plain" and sum(is_row(line) for line in lines) < FEWEST_TABLE_ROWS:
        content = read_flow(source, lines)
        problems = (*problems, *content.problems)
    else:
        content = Content(source, tuple(_read_items(lines)))
    return replace(content, problems=problems, text=_TAG.sub(" ", text))


def _read_items(lines: Sequence[str]) -> Iterator[Item]:
    """Yield blocks and finished tables; a table stands where its first row stands."""
    star_notes = uses_star_notes(lines)
    known = _vocabulary(lines)
    items: list[Block | MarkedGrid] = []
    for group in _groups(lines):
        if isinstance(group, MarkedGrid):
            add_grid(items, group)
        else:
            number, text, is_alone = group
            items.extend(read_blocks(text, number, is_alone=is_alone, star_notes=star_notes))
    number = 0
    for item in items:
        if isinstance(item, Block):
            yield item
        else:
            number += 1
            yield finish(item, number, star_notes=star_notes, known=known)


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
    return lambda word: counts[word.casefold()] > 1 or is_header_word(word)


def _groups(lines: Sequence[str]) -> Iterator[MarkedGrid | tuple[int, str, bool]]:
    """Yield runs of rows as grids and every other line as (number, text, stands alone)."""
    index = 0
    while index < len(lines):
        if not is_row(lines[index]):
            end, text = _paragraph(lines, index)
            yield index + 1, text, _stands_alone(lines, index, end)
            index = end
            continue
        end = index
        while end < len(lines) and is_row(lines[end]):
            end += 1
        yield from _row_groups(lines, index, end)
        index = end


def _paragraph(lines: Sequence[str], start: int) -> tuple[int, str]:
    """Join a line that stops in mid-sentence with the next one, where that goes on in lower case."""
    text, end = lines[start], start + 1
    while (
        end < len(lines)
        and len(lines[end - 1]) > LONGEST_PROSE_LINE
        and not is_row(lines[end])
        and re.match(r"[a-zåäö]", lines[end])
        and not re.search(r"[.:;!?*]\s*$", text)
    ):
        text, end = f"{text} {lines[end]}", end + 1
    return end, text


def _stands_alone(lines: Sequence[str], start: int, end: int) -> bool:
    """Whether blank lines or tables stand on both sides."""
    before = start == 0 or not lines[start - 1].strip() or is_row(lines[start - 1])
    after = end >= len(lines) or not lines[end].strip() or is_row(lines[end])
    return before and after


def _row_groups(lines: Sequence[str], start: int, end: int) -> Iterator[MarkedGrid | tuple[int, str, bool]]:
    """Yield a run of rows as a table, or line by line where it is none; nothing where no cell holds anything."""
    rows = [split_row(lines[index], index + 1) for index in range(start, end)]
    if is_contents(rows) or is_list(rows):
        for row in rows:
            yield row.line, " ".join(cell.strip() for cell in row.cells if cell.strip()), False
        return
    engine = "markdown" if is_pipe_row(lines[start]) else "tabs"
    grid = to_grid(rows, engine)
    if any(cell.strip() for row in grid.rows for cell in row.cells):
        yield grid
