"""Leftover markup in a cell or paragraph → plain text, and what the markup said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schema.lexicon.signs import PLAIN_FIGURES
from schema.lexicon.signs.marks import raised_figures

_BREAK_TAG = re.compile(r"\s*<\s*(?:br\s*/?|/?p|/?li|/?div)\b[^<>]*>\s*", re.IGNORECASE)
_LIST_TAG = re.compile(r"<\s*/?[uo]l\b[^<>]*>", re.IGNORECASE)
_SUP_TAG = re.compile(r"<\s*sup\b[^<>]*>\s*([^<]*?)\s*<\s*/\s*sup\s*>", re.IGNORECASE)
_ITALIC_TAG = re.compile(r"<\s*/?(?:i|em)\b[^<>]*>", re.IGNORECASE)
_ITALIC_RUN = re.compile(r"<\s*(?:i|em)\b[^<>]*>(.*?)<\s*/\s*(?:i|em)\s*>", re.IGNORECASE | re.DOTALL)
_BOLD_TAG = re.compile(r"<\s*/?(?:b|strong)\b[^<>]*>", re.IGNORECASE)
_STAR_BOLD = re.compile(r"\*\*|(?<!\w)__|__(?!\w)")
_STAR_ITALIC = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]*[^\s*\\])\*(?![\w*])")
_OTHER_TAG = re.compile(r"<\s*/?(?:u|s|span|font|a|small|big|sub|table|tr|td|th|tbody|thead)\b[^<>]*>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>])")
_SPACE_BEFORE_STOP = re.compile(r" +(?=[.,;:](?:\s|$))")
_NOTE_STAR = re.compile(r"(?<=[\w)%.])\s?(\*{1,3})(?=\s|<|$)")
_GLUED_FIGURES = re.compile(r"(?<=\d)(?:<\s*/?(?:i|em|u|s|span|font|a|small|big|sub)\b[^<>]*>)+(?=\d)", re.IGNORECASE)
_GLUED_BOLD = re.compile(r"(?<=\w)(?:\*\*|</?(?:b|strong)>)(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """Text without its markup, and what the markup said."""

    text: str
    lines: tuple[str, ...] = ()
    """The text's parts as the markup divides them: lines, list items, an italic description."""
    markers: tuple[str, ...] = ()
    bold: bool = False
    italic: bool = False
    italic_tail: str = ""
    """Italic text that ends an upright one."""


def read_markup(raw: str, *, star_notes: bool = False) -> Marked:
    """Take tags, stars and raised numbers out of a text; `star_notes` says that `*` refers to a footnote."""
    bold = _is_whole(raw, _BOLD_TAG, _STAR_BOLD)
    text = _STAR_BOLD.sub("", _BOLD_TAG.sub("", _GLUED_BOLD.sub(" ", raw)))
    text = _STAR_ITALIC.sub(r"<i>\1</i>", text)
    text, markers = _take_markers(text, star_notes=star_notes)
    italic = bool(_ITALIC_TAG.search(text)) and not _squeeze(_ITALIC_RUN.sub(" ", text))
    tail = "" if italic else _italic_tail(text)
    text = _break_lines(text)
    lines = tuple(line for line in (_squeeze(part) for part in text.split("\n")) if line)
    return Marked(_clean(" ".join(lines)), lines, markers, bold, italic, _clean(tail))


def _clean(text: str) -> str:
    return _SPACE_BEFORE_STOP.sub("", text)


def _take_markers(raw: str, *, star_notes: bool) -> tuple[str, tuple[str, ...]]:
    markers: list[str] = []

    def take(match: re.Match[str]) -> str:
        found = match.group(match.lastindex or 0).translate(PLAIN_FIGURES)
        markers.extend(part for part in re.split(r"[,;\s]+", found) if part)
        ends_number = match.string[match.end() : match.end() + 1].isdigit()
        return " " if ends_number else ""  # the mark alone parts 357⁵ from 2023

    text = raised_figures().sub(take, _SUP_TAG.sub(take, raw))
    if star_notes:
        text = _NOTE_STAR.sub(take, text)
    return text, tuple(markers)


def _is_whole(text: str, *marks: re.Pattern[str]) -> bool:
    """Whether the text opens or closes with one of the marks and holds nothing outside a pair of them."""
    inner = text.strip()
    for mark in marks:
        places = [(m.start(), m.end()) for m in mark.finditer(inner)]
        if len(places) == 2 and places[0][0] == 0 and places[1][1] == len(inner):
            return True
        if len(places) == 1 and places[0][1] == len(inner) > 2:
            return True
    return False


def _break_lines(text: str) -> str:
    """Set line breaks where tags, list items or a change to italics divide the text."""
    if _LIST_TAG.search(text):
        head, *rest = _LIST_TAG.split(text)
        text = "\n".join([head, *(re.sub(r"(?:^|\s+)(?=[-•–]\s)", "\n", part) for part in rest)])
    text = _BREAK_TAG.sub("\n", text)
    text = _break_before_italics(text)
    return _ESCAPE.sub(r"\1", _untagged(text))


def _untagged(text: str) -> str:
    """Return a text without its tags; figures on both sides of one are two numbers."""
    return _OTHER_TAG.sub("", _ITALIC_TAG.sub("", _GLUED_FIGURES.sub(" ", text)))


def _italic_start(text: str) -> int | None:
    """Where an italic end of an upright text begins, None where there is none."""
    runs = list(_ITALIC_RUN.finditer(text))
    if not runs or not _squeeze(_OTHER_TAG.sub("", text[: runs[0].start()])):
        return None
    start = runs[0].start()
    return start if not _squeeze(_ITALIC_RUN.sub("", text[start:])) else None


def _italic_tail(text: str) -> str:
    start = _italic_start(text)
    return "" if start is None else _squeeze(_untagged(_BREAK_TAG.sub(" ", text[start:])))


def _break_before_italics(text: str) -> str:
    """An italic end of an upright text, its description, stands on a line of its own."""
    start = _italic_start(text)
    return text if start is None else f"{text[:start]}\n{text[start:]}"


def _squeeze(text: str) -> str:
    """Runs of spaces and tabs become one space; a no-break space inside a number stays."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
