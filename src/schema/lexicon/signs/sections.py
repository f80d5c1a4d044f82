"""Numbers of sections and paragraphs: `2.1 Drift`, `§ 18`, `Ks § 197`."""

from __future__ import annotations

import re

_CHAPTER = re.compile(r"\d+(?:\.\d+)*\.?\s+[^\W\d_]")
_PARAGRAPH = re.compile(r"(?:[^\W\d_]{2,4}\s+)?§\s*\d")


def opens_with_chapter(text: str) -> bool:
    """Whether a text opens with the number of a chapter and goes on with a word."""
    return bool(_CHAPTER.match(text))


def opens_with_paragraph(text: str) -> bool:
    """Whether a text opens as an item of minutes does."""
    return bool(_PARAGRAPH.match(text))
