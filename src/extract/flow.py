"""Raw PDF text, whose columns are gone → content with tables."""

from __future__ import annotations

from collections.abc import Sequence

from extract.prose import read_blocks
from schema.layout import Content, Item, Source


def read_flow(source: Source, lines: Sequence[str]) -> Content:
    """Read the lines of a raw PDF text."""
    items: list[Item] = []
    for number, line in enumerate(lines, 1):
        items.extend(read_blocks(line, number, is_alone=False, star_notes=False))
    return Content(source, tuple(items))
