"""A document as lines that each say where they stand: title, front page, running head, opening, body, file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from extract.facts.front import front_of_pages
from extract.facts.place import Line, Paper, clean, is_sentence, role_of
from schema.layout import Block, Content
from schema.lexicon.signs.leaders import ends_with_leader
from schema.lexicon.signs.pages import without_page

OPENING_TEXT = 2000
"""Characters after the front in which a report without a title page says what it is."""
FRONT_BLOCKS = 25
"""A text file's front ends after so many blocks, or at the first long paragraph or list of contents."""
WHOLE_SHARE = 0.25
"""A running line of the whole paper stands on this share of its pages; odd and even pages may differ."""
PAGE_TEXT = 2500
"""Characters on a page of a report, for text that lost its pages."""
RETURNS = 3
"""A line of a text file that returns so often is a running line."""
SHORT = 90
"""Characters of the longest running line in a text file."""
LONG = 160
"""A paragraph of more characters is running text."""


def read_paper(content: Content) -> Paper:
    """Return a document's lines: its front by the look of its first page, or by its first blocks."""
    rest = [block for block in content.blocks if block.kind not in ("furniture", "footnote")]
    running = tuple(_running(content, rest))
    shapes = {_shape(line.text) for line in running}
    page, front = front_of_pages(content.pages, content.tables, lambda text: _shape(text) in shapes)
    if page is None:
        front, rest = _front_of_blocks(rest)
    else:
        rest = [block for block in rest if (block.page or 0) > page]
    lines = [*front, *running, *_rest(rest), *_cells(content), *_names(content)]
    return Paper(tuple(lines))


def _shape(text: str) -> str:
    return re.sub(r"[\d\W]+", "", text).casefold()


def _running(content: Content, rest: Sequence[Block]) -> Iterator[Line]:
    """Yield the running lines, without page numbers; in a text file those are short lines that return.

    One that stands on few pages is the head of a part, which may be another's paper.
    """
    found = [block.text for block in content.blocks if block.kind == "furniture"]
    short = [block.text for block in rest if len(block.text) <= SHORT and not content.pages]
    times = Counter(text for text in map(_without_page, found or short) if any(ch.isalpha() for ch in text))
    pages = len(content.pages) or sum(len(block.text) for block in rest) / PAGE_TEXT
    least = max(2.0, WHOLE_SHARE * pages)
    for text, count in times.items():
        place = "running" if count >= least else "part"
        if found or count >= RETURNS:
            yield from (Line(text, place, role_of(text)) for _ in range(min(count, 2)))


def _without_page(text: str) -> str:
    return without_page(clean(text)).strip(" ,|-–")


def _front_of_blocks(blocks: Sequence[Block]) -> tuple[list[Line], list[Block]]:
    """Return the front of a text file, and the blocks after it."""
    front: list[Block] = []
    for block in blocks[:FRONT_BLOCKS]:
        if len(block.text) > LONG or is_sentence(block.text) or role_of(clean(block.text)) == "contents":
            break
        front.append(block)
    levels = sorted({block.level for block in front if block.kind == "heading" and block.level})
    places = dict(zip(levels, ("title", "subtitle"), strict=False))
    lines = [
        Line(text, places.get(block.level, "front") if block.kind == "heading" else "front", role_of(text))
        for block in front
        if (text := clean(block.text))
    ]
    return lines, list(blocks[len(front) :])


def _rest(blocks: Iterable[Block]) -> Iterator[Line]:
    """Yield headings and running text after the front; what a contents page lists is left out."""
    read = 0
    in_contents = False
    for block in blocks:
        text = clean(block.text)
        if role_of(text) == "contents":
            in_contents = True
        elif len(text) > LONG:
            in_contents = False
        if not text or in_contents or ends_with_leader(text):
            continue
        is_opening = read < OPENING_TEXT
        read += len(text)
        place = "heading" if block.kind == "heading" else "opening" if is_opening else "body"
        yield Line(text, place, page=block.page, box=block.box)


def _cells(content: Content) -> Iterator[Line]:
    """Yield the texts of tables, column headers apart."""
    for table in content.tables:
        for cell in table.cells:
            if cell.text.strip():
                place = "header" if cell.row in table.header_rows else "table"
                yield Line(clean(cell.text), place, page=cell.page, box=cell.box)


def _names(content: Content) -> Iterator[Line]:
    """Yield file name, folders and the properties that the file carries."""
    path = PurePosixPath(content.source.path)
    yield Line(readable_name(path.stem), "file")
    yield from (Line(readable_name(part), "folder") for part in path.parts[:-1])
    yield from (Line(clean(value), "properties") for value in content.properties)


def readable_name(stem: str) -> str:
    """Return a file's name as words: underscores and hyphens between letters are spaces."""
    text = re.sub(r"[_+~,;()\[\]]+|%20", " ", stem)
    text = re.sub(r"(?<![\d])[-–](?=\S)|(?<=\S)[-–](?![\d\s])", " ", text)
    return clean(text)
