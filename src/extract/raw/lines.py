"""Lines of a raw PDF text: where its pages begin, which lines are footnotes, where their marks stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from schema.layout import Block
from schema.lexicon.figures import is_count
from schema.lexicon.periods import with_parted_months
from schema.lexicon.signs.marks import (
    holds_mark,
    opening_note,
    places_of_glued_mark,
    places_of_mark,
    take_marks,
    with_marks,
)
from schema.lexicon.values import is_field
from schema.lexicon.wordbreaks import join_lines
from schema.vocabulary import read_rows

MOST_FOOTNOTE_LINES = 4
"""Lines that a footnote takes on average; more is text that stands below the notes."""
FEWEST_FIGURES, ROWS_A_NOTE = 3, 3
"""Words of figures that end a line of a table, and for how many numbered lines one of these is enough."""
LONGEST_MARK = 2
"""Figures of a footnote's number."""
NEXT_CELL = 1
"""Lines after a marked number in which another number of its row may carry the same mark."""
SHORTEST_FOOTNOTE = 8
"""Letters; shorter lines that open with a number are cells."""
DENSE = 0.05
"""Share of blank lines below which blank lines do not set cells apart."""
WRAPPED_SHARE = 0.05
"""Share of lines that end with a space in a text that keeps it where a line was wrapped."""
LONG_LINE = 20

SOFT_HYPHENS = "\ufffe\x02"
_FORM_FEED = re.compile(r"^\f")
_PAGE_START = re.compile(r"^ (?=\S)|^\f")
_WORD_END = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, without the spaces at its ends."""

    number: int
    text: str
    raw: str = ""
    ends_open: bool | None = None
    """Whether a single space ends the line: the sign of a wrap after a word; None where the file keeps none."""
    starts_page: bool = False
    part_of: int | None = None
    """The file's line that it is all or a part of, in a file that lost the ends of lines."""

    @property
    def in_file(self) -> int:
        """Its line in the file."""
        return self.part_of or self.number

    @property
    def is_blank(self) -> bool:
        """Nothing printed."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote printed at the bottom of a page."""

    marker: str
    text: str
    line: int


def read_lines(raw: Sequence[str], *, indented: bool = False) -> list[Line]:
    """Return the lines and where pages begin.

    A single space before a line is the sign of a new page, except in a text whose lines are indented.
    """
    page_start = _FORM_FEED if indented else _PAGE_START
    keeps = _keeps_wrap_spaces(raw)
    return [
        Line(
            number,
            text.strip(),
            text.lstrip("\f"),
            ends_open=(text.endswith(" ") and not text.endswith("  ")) if keeps else None,
            starts_page=bool(page_start.match(text)) and not _goes_on_from(raw[number - 2] if number > 1 else "", text),
        )
        for number, text in enumerate(map(_mended, raw), 1)
    ]


def _goes_on_from(above: str, text: str) -> bool:
    """Whether a space before a line stands between it and a mark, or the rest of a short cell, above it."""
    above, text = above.strip(), text.strip(" ")
    return is_count(above, most=LONGEST_MARK) or (text[:1].islower() and 0 < len(above) < LONG_LINE)


def take_notes(lines: Sequence[Line]) -> tuple[list[Line], list[Footnote]]:
    """Return the lines without footnotes and with their marks told apart, and the footnotes."""
    kept: list[Line] = []
    notes: list[Footnote] = []
    for page in pages_of(lines):
        body, found = _take_footnotes(page)
        kept += _mark(body, [note.marker for note in found])
        notes += found
    return kept, notes


def _mended(text: str) -> str:
    """A line with the hyphens that a converter took for those of broken words."""
    return with_parted_months(_mend_soft_hyphens(text))


def _mend_soft_hyphens(text: str) -> str:
    """PDFium writes a hyphen that it took for a line's end as U+FFFE or U+0002, and joins the lines."""
    if not any(sign in text for sign in SOFT_HYPHENS):
        return text
    joined = re.sub(rf"(\S+)[{SOFT_HYPHENS}](\S+)", lambda m: join_lines([f"{m.group(1)}-", m.group(2)]), text)
    return re.sub(rf"(?<=\S)[{SOFT_HYPHENS}]", "-", joined)


def chunk_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Divide lines where one is blank or opens a page.

    In a text that keeps the space of a wrap, also where a line without it is followed by a capital; in one
    without blank lines, where a line that may end a cell is.
    """
    is_dense = is_without_blanks(lines)
    chunks: list[list[Line]] = [[]]
    for line in lines:
        last = chunks[-1][-1] if chunks[-1] else None
        ends = last is not None and line.text[:1].isupper() and _may_end(last, is_dense=is_dense)
        if line.is_blank or line.starts_page or ends:
            chunks.append([])
        if not line.is_blank:
            chunks[-1].append(line)
    return [chunk for chunk in chunks if chunk]


def is_without_blanks(lines: Sequence[Line]) -> bool:
    """Whether blank lines between the others are too few to set cells or rows apart."""
    printed = [index for index, line in enumerate(lines) if not line.is_blank]
    inner = lines[printed[0] : printed[-1] + 1] if printed else lines
    return sum(line.is_blank for line in inner) < DENSE * len(inner)


def _may_end(line: Line, *, is_dense: bool) -> bool:
    """Whether a cell may end with a line that a capital follows."""
    if line.ends_open is not None:
        return not line.raw.endswith(" ")
    return is_dense and not awaits_more(line.text)


def awaits_more(text: str) -> bool:
    """Whether a line cannot be a cell's last: it ends with a comma, a hyphen or a word such as *och*."""
    word = text.rsplit(" ", 1)[-1]
    return not (word[-1].isalnum() or word[-1] in ".)%?*:") or word in _leading_words()


def is_leading(word: str) -> bool:
    """Whether a word such as *och*, *i* or *ska* awaits another and ends no cell."""
    return word.casefold() in _leading_words()


@cache
def _leading_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("wordbreaks") if row["role"] == "leading")


def _keeps_wrap_spaces(raw: Sequence[str]) -> bool:
    """Files that drop the space of a wrap have none at all; others have it in cells, if not always in prose."""
    long = [text for text in raw if len(text) > LONG_LINE]
    return sum(text.endswith(" ") and not text.endswith("  ") for text in long) > WRAPPED_SHARE * len(long)


def footnote_block(note: Footnote) -> Block:
    """A footnote as a block of the document."""
    return Block("footnote", take_marks(note.text)[0], markers=(note.marker,), line=note.line)


def pages_of(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each page."""
    pages: list[list[Line]] = [[]]
    for line in lines:
        if line.starts_page and pages[-1]:
            pages.append([])
        pages[-1].append(line)
    return pages


def _take_footnotes(page: Sequence[Line]) -> tuple[list[Line], list[Footnote]]:
    """Split a page into its body and the footnotes below it."""
    start = _footnote_start(page)
    printed = sum(not line.is_blank for line in page[start:])
    opened = sum(opening_note(line.text) is not None for line in page[start:])
    if printed > MOST_FOOTNOTE_LINES * opened or _are_rows(page[start:], opened):
        return list(page), []
    notes: list[Footnote] = []
    for line in page[start:]:
        note = opening_note(line.text)
        if note and _is_next(notes, note[0]):
            notes.append(Footnote(note[0], note[1].strip(), line.number))
        elif notes and not line.is_blank:
            notes[-1] = replace(notes[-1], text=f"{notes[-1].text} {line.text}".strip())
    return list(page[:start]), notes


def _are_rows(lines: Sequence[Line], opened: int) -> bool:
    """Whether lines are the numbered rows of a table: for each third of them one ends with figures in a row."""
    ends = [line.text.split()[-FEWEST_FIGURES:] for line in lines]
    rows = sum(len(words) == FEWEST_FIGURES and all(map(is_field, words)) for words in ends)
    return rows > 1 and ROWS_A_NOTE * rows >= opened


def _is_next(notes: Sequence[Footnote], marker: str) -> bool:
    """Footnotes stand in order, upwards or downwards."""
    return not notes or abs(int(marker) - int(notes[-1].marker)) == 1


def _footnote_start(page: Sequence[Line]) -> int:
    """Index of the first footnote of the block that ends the page; the page's length where there is none."""
    body = " ".join(line.text for line in page)
    best = len(page)
    index = len(page)
    while index > 0:
        first = _chunk_start(page, index)
        opening = next((i for i in range(first, index) if _opens_footnote(page, i, body)), None)
        if opening is None:
            if any(not line.is_blank for line in page[first:index]):
                break
        else:
            best = opening
            if opening > first:
                break
        index = first
        while index > 0 and page[index - 1].is_blank:
            index -= 1
    return best


def _chunk_start(page: Sequence[Line], end: int) -> int:
    index = end
    while index > 0 and page[index - 1].is_blank:
        index -= 1
    while index > 0 and not page[index - 1].is_blank:
        index -= 1
    return index


def _opens_footnote(page: Sequence[Line], index: int, body: str) -> bool:
    """Whether a line opens a footnote: a number, text enough, and its mark elsewhere on the page."""
    line = page[index]
    note = opening_note(line.text)
    if note is None:
        return False
    marker, text = note
    is_raised = False
    if not text and index + 1 < len(page):
        text = page[index + 1].text
        is_raised = page[index + 1].raw.startswith(" ")
    letters = sum(letter.isalpha() for letter in text)
    return letters >= SHORTEST_FOOTNOTE and (is_raised or bool(places_of_mark(marker, body)))


def _mark(body: Sequence[Line], markers: Sequence[str]) -> list[Line]:
    """Set the marks of the page's footnotes apart from the text beside them."""
    lines = list(body)
    places: dict[int, int] = {}
    for marker in sorted(set(markers), key=int):
        for index, line in enumerate(lines):
            spans = _line_marks(marker, line.text)
            if spans:
                places.setdefault(int(marker), index)
                lines[index] = replace(line, text=with_marks(line.text, marker, spans))
    return _mark_glued(lines, [m for m in markers if int(m) not in places], places)


def _line_marks(marker: str, text: str) -> list[tuple[int, int]]:
    return [] if holds_mark(text, marker) else places_of_mark(marker, text)


def _mark_glued(lines: list[Line], missing: Sequence[str], places: dict[int, int]) -> list[Line]:
    """Find marks glued to a number: between the marks before and after them, in their order."""
    wanted = sorted(missing, key=int)
    if not wanted:
        return lines
    first = max((i for n, i in places.items() if n < int(wanted[0])), default=0 if len(wanted) > 1 else None)
    if first is None:
        return lines
    last = min((i for n, i in places.items() if n > int(wanted[-1])), default=len(lines))
    found: list[tuple[int, list[tuple[int, int]], str]] = []
    index = first
    for marker in wanted:
        hit = _next_glued(lines, index, last, marker)
        if hit is None:
            return lines
        while hit is not None:
            found.append((*hit, marker))
            index = hit[0] + 1
            hit = _next_glued(lines, index, min(last, index + NEXT_CELL), marker)
    for index, spans, marker in found:
        lines[index] = replace(lines[index], text=with_marks(lines[index].text, marker, spans))
    return lines


def _next_glued(lines: Sequence[Line], start: int, stop: int, marker: str) -> tuple[int, list[tuple[int, int]]] | None:
    """The numbers that end with the mark, in the first line where they surely do, or in the only one with any."""
    for sure in (True, False):
        hits = [(i, places_of_glued_mark(marker, lines[i].text, sure=sure)) for i in range(start, stop)]
        found = [hit for hit in hits if hit[1]]
        if found and (sure or len(found) == 1):
            return found[0]
    return None
