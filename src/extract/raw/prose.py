"""Lines of raw PDF text outside tables → headings, paragraphs and list items with their lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.raw.cells import Piece
from extract.raw.lines import Line
from schema.layout import Block, BlockKind
from schema.lexicon.assessments import verdict_alone
from schema.lexicon.goals import parse_goal_line, split_verdict_label
from schema.lexicon.labels import ends_sentence
from schema.lexicon.signs.bullets import opens_with_bullet, opens_with_letter, opens_with_number, without_bullet
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.signs.pages import is_contents
from schema.lexicon.signs.sections import marked_heading

LONGEST_HEADING = 110
FULL_LINE = 0.8
"""A line shorter than this share of the text's width had room for the next word: the line ends by itself."""
USUAL_WIDTH = 95

SHORTEST_HEADING = 3
"""Letters; what is shorter is a scrap of a picture or a turned label."""


def read_prose(lines: Sequence[Line], *, keeps_places: bool = False) -> Iterator[Block]:
    """Yield the blocks of a run of lines; where they keep their places, one that had room ends a paragraph."""
    width = _text_width(lines)
    last: Block | None = None
    for chunk in _chunks(lines):
        for unit, kind in _units(chunk, width, keeps_places=keeps_places):
            block = _block(unit, kind)
            if block is None:
                continue
            if last is not None and _goes_on(last, block):
                last = replace(last, text=f"{last.text} {block.text}", markers=(*last.markers, *block.markers))
                continue
            if last is not None:
                yield last
            last = block
    if last is not None:
        yield last


def _text_width(lines: Sequence[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines if len(line.text) > USUAL_WIDTH // 2)
    return lengths[int(len(lengths) * FULL_LINE)] if lengths else USUAL_WIDTH


def _chunks(lines: Sequence[Line]) -> list[list[Line]]:
    chunks: list[list[Line]] = [[]]
    for line in lines:
        if line.is_blank or line.starts_page:
            chunks.append([])
        if not line.is_blank:
            chunks[-1].append(line)
    return [chunk for chunk in chunks if chunk]


def _units(chunk: Sequence[Line], width: int, *, keeps_places: bool) -> Iterator[tuple[list[Line], BlockKind]]:
    """Divide a chunk into headings, items and paragraphs."""
    if is_contents([line.text for line in chunk]):
        yield from (([line], "list_item") for line in chunk)
        return
    unit: list[Line] = []
    kind: BlockKind = "paragraph"
    for index, line in enumerate(chunk):
        following = chunk[index + 1] if index + 1 < len(chunk) else None
        if _says_verdict(line.text):
            if unit:
                yield unit, kind
            yield [line], "paragraph"
            unit, kind = [], "paragraph"
            continue
        opens_item = _opens_item(line.text)
        is_named = parse_goal_line(line.text) or marked_heading(line.text)
        if keeps_places and unit and _ends_by_itself(unit[-1], line, width):
            yield unit, kind
            unit, kind = [], "paragraph"
        if opens_item or is_named or (not unit and _is_heading(line, following, width)):
            if unit:
                yield unit, kind
            unit, kind = [line], "list_item" if opens_item else "heading"
            if kind == "heading" and not _wraps(line, following):
                yield unit, kind
                unit, kind = [], "paragraph"
            continue
        unit.append(line)
    if unit:
        yield unit, kind


def _says_verdict(text: str) -> bool:
    """Whether a line is a verdict after its label and no more: *Bedömning: Målet är uppfyllt*."""
    _, colon, verdict = text.partition(":")
    return bool(colon) and split_verdict_label(text) is not None and verdict_alone(verdict) is not None


def _ends_by_itself(line: Line, following: Line, width: int) -> bool:
    """Whether a line ends a sentence and had room for the word that opens the next."""
    word = following.text.split(" ", 1)[0]
    return ends_sentence(line.text) and word[0].isupper() and len(line.text) + 1 + len(word) < FULL_LINE * width


def _wraps(line: Line, following: Line | None) -> bool:
    """A heading that goes on in lower case in the next line."""
    return following is not None and following.text[0].islower() and len(following.text) < LONGEST_HEADING // 2


def _opens_item(text: str) -> bool:
    """A bullet, a number, or a sign of a symbol font where the bullet stands."""
    is_sign = not text[0].isascii() and not text[0].isalnum()
    return opens_with_bullet(text) or opens_with_number(text) or opens_with_letter(text) or (is_sign and " " in text)


def _is_heading(line: Line, following: Line | None, width: int) -> bool:
    """A short line without a full stop that opens with a capital, with room left for the next line's word."""
    text = line.text
    if len(text) > LONGEST_HEADING or len(text) < SHORTEST_HEADING or ends_sentence(text):
        return False
    if not (text[0].isupper() or (text[0].isdigit() and any(c.isalpha() for c in text))):
        return False
    if following is None:
        return True
    word = following.text.split(" ", 1)[0]
    has_room = len(text) + 1 + len(word) < FULL_LINE * max(width, len(following.text))
    return has_room and following.text[0].isupper()


def _block(unit: Sequence[Line], kind: BlockKind) -> Block | None:
    text, markers = take_marks(Piece(list(unit)).text())
    level, text = marked_heading(text) or (0, without_bullet(text) if kind == "list_item" else text)
    return Block(kind, text, level=level, markers=markers, line=unit[0].number) if text else None


def _goes_on(last: Block, block: Block) -> bool:
    """A paragraph in lower case goes on with what a blank line or page break divided."""
    is_open = last.kind in ("paragraph", "list_item") and not re.search(r"[.!?:]\s*$", last.text)
    return block.kind == "paragraph" and is_open and block.text[0].islower() and len(last.text) > SHORTEST_HEADING
