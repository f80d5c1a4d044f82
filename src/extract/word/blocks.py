"""Paragraphs of a Word file → blocks: headings by their style or their weight, items, notes, captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.word.runs import Printed
from extract.word.styles import Look
from schema.layout import Block, BlockKind, Cell, Item, Table
from schema.lexicon.labels import ends_sentence
from schema.lexicon.signs.marks import marked_note

LONGEST_HEADING = 110
"""Characters of a heading that only its weight tells."""
BELOW_STYLES = 7
"""Level of a heading that only its weight tells, where others have a style: it stands below all of those."""
CONTENTS = "toc "

_STAR_NOTE = re.compile(r"(\*{1,3})\s?(?=\w)")
_STAR_END = re.compile(r"(?<=[\w)%.])\s?(\*{1,3})$")


def paragraph_kind(look: Look, content: Printed, *, is_item: bool) -> BlockKind:
    """Return what kind of block a paragraph is."""
    if (look.name or "").startswith(CONTENTS):
        return "furniture"
    if content.opens_with_mark:
        return "footnote"
    if look.level or (not is_item and _reads_like_heading(content)):
        return "heading"
    return "list_item" if is_item else "paragraph"


def _reads_like_heading(content: Printed) -> bool:
    text = content.text
    return content.bold and 0 < len(text) <= LONGEST_HEADING and not ends_sentence(text)


def blocks_of(content: Printed, kind: BlockKind, look: Look, label: str) -> Iterator[Block]:
    """Yield the block of a paragraph; a heading that only its weight tells has its size as a level for now."""
    text = f"{label} {content.text}".strip()
    if not content.lines:
        return
    level = (look.level or -round(content.size * 2)) if kind == "heading" else 0
    yield Block(kind, text, level=level, markers=content.markers, bold=content.bold)


def with_levels(items: Sequence[Item]) -> list[Item]:
    """Return the items with headings that only their weight tells below those with a style, else ranked by size."""
    sizes = sorted({item.level for item in items if isinstance(item, Block) and item.level < 0})
    styled = any(isinstance(item, Block) and item.level > 0 for item in items)
    ranks = {size: BELOW_STYLES if styled else rank for rank, size in enumerate(sizes, 1)}
    return [
        replace(item, level=ranks.get(item.level, item.level)) if isinstance(item, Block) else item for item in items
    ]


def with_star_notes(items: Sequence[Item]) -> list[Item]:
    """Return the items with stars told for marks, where some paragraph opens with one to say what it means."""
    if not any(isinstance(item, Block) and _is_star_note(item) for item in items):
        return list(items)
    return [_star_note(item) if isinstance(item, Block) else _without_stars(item) for item in items]


def _is_star_note(block: Block) -> bool:
    return block.kind == "paragraph" and bool(_STAR_NOTE.match(block.text)) and marked_note(block.text) is not None


def _star_note(block: Block) -> Block:
    found = _STAR_NOTE.match(block.text)
    if not found or not _is_star_note(block):
        return block
    return replace(block, kind="footnote", text=block.text[found.end() :], markers=(found[1], *block.markers))


def _without_stars(table: Table) -> Table:
    return replace(table, cells=tuple(_without_star(cell) for cell in table.cells))


def _without_star(cell: Cell) -> Cell:
    found = _STAR_END.search(cell.text)
    if not found:
        return cell
    lines = (*cell.lines[:-1], _STAR_END.sub("", cell.lines[-1])) if cell.lines else ()
    return replace(cell, text=cell.text[: found.start()], lines=lines, markers=(*cell.markers, found[1]))
