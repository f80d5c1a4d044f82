"""What one parse of a page gives: the page and what only the table finders need of it."""

from __future__ import annotations

from dataclasses import dataclass

from schema.layout import Box, Page, Word

SAME_LINE = 0.45
"""Words share a line when their middles are closer than this share of the smaller font size."""

Matrix = tuple[float, float, float, float, float, float]
"""Places what the file holds on the page: a, b, c, d, e, f as in PDF."""


@dataclass(frozen=True, slots=True)
class Font:
    """What matters of a typeface."""

    name: str = ""
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle too large to be a line."""

    box: Box
    colour: tuple[int, int, int]
    stroked: bool = False


@dataclass(frozen=True, slots=True)
class PageParse:
    """A page and what only the table finders need of it."""

    page: Page
    fills: tuple[Fill, ...] = ()
    odd_chars: int = 0
    """Characters that the file gives no readable code for."""
    picture_share: float = 0.0
    """Share of the page that is covered by its largest picture."""


def middle_of(word: Word) -> float:
    """How far down a word has its middle."""
    return (word.box.top + word.box.bottom) / 2
