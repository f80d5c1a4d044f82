"""Numbers of sections and paragraphs: `2.1 Drift`, `§ 18`, `Ks § 197`."""

from __future__ import annotations

import re

_MARKED = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_CHAPTER = re.compile(r"\d+(?:\.\d+)*\.?\s+[^\W\d_]")
_FIGURES = re.compile(r"\d+")
_PARAGRAPH = re.compile(r"(?:[^\W\d_]{2,4}\s+)?§\s*\d")


def marked_heading(text: str) -> tuple[int, str] | None:
    """Return (level, heading) of a line that Markdown's signs make a heading: `## Drift`; None for any other."""
    found = _MARKED.match(text)
    return (len(found[1]), found[2]) if found else None


def opens_with_chapter(text: str) -> bool:
    """Whether a text opens with the number of a chapter and goes on with a word."""
    return bool(_CHAPTER.match(text))


def chapter_depth(text: str) -> int:
    """Return how deep the chapter lies whose number a text opens with, 2 for *2.1 Drift*; 0 where there is none."""
    found = _CHAPTER.match(text)
    return len(_FIGURES.findall(found.group())) if found else 0


def without_chapter(text: str) -> str:
    """Return a text without the number of a chapter that it opens with: *Drift* of *2.1 Drift*."""
    found = _CHAPTER.match(text)
    return text[found.end() - 1 :] if found else text


def opens_with_paragraph(text: str) -> bool:
    """Whether a text opens as an item of minutes does."""
    return bool(_PARAGRAPH.match(text))
