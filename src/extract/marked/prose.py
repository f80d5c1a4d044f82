"""Lines outside tables → blocks: headings, paragraphs, list items, footnotes."""

from __future__ import annotations

import re

from extract.marked.markup import SUPERSCRIPTS, Marked, read_markup
from extract.records.sections import parse_goal_line
from schema.layout import Block, BlockKind

LONGEST_HEADING = 110
"""Characters; the longest heading seen in a report has 104."""
LONGEST_STATEMENT = 60
"""A longer line with a finite verb is a sentence that lost its full stop, not a heading."""
SHORTEST_LEAD = 20
"""A bold opening longer than this is a statement that the rest of the paragraph comments on."""

BULLET = re.compile(r"^(?:[-–•●▪◦·*‣]|\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
FOOTNOTE = re.compile(
    r"^(?:([⁰¹²³⁴⁵⁶⁷⁸⁹]+|<sup>\s*\w+\s*</sup>|\[\^?\d+\]:?|\*{1,3}(?![\s*]*\*))\s*)(?=\S)", re.IGNORECASE
)
DOT_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?: \.){4,})\s*\d*$")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_BOLD_LEAD = re.compile(r"^(\*\*(?=\S).+?\*\*)\s*(\S.*)$", re.DOTALL)
_FINITE_VERB = re.compile(
    r"\b(?:är|har|ska|skall|kommer|kan|bör|måste|får|ges|gavs|ingår|innebär|uppdras|redovisas|görs)\b",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?;,:…]['”\"*]*$")


def read_blocks(line: str, number: int, *, is_alone: bool, star_notes: bool) -> list[Block]:
    """Turn one line of prose into its block, or into two where a bold statement is followed by a comment."""
    text = line.strip()
    if not text:
        return []
    if is_footnote(text, star_notes=star_notes):
        return [_footnote(text, number)]
    heading = _MARKDOWN_HEADING.match(text)
    if heading:
        marked = read_markup(heading.group(2), star_notes=star_notes)
        return [_block("heading", marked, number, level=len(heading.group(1)))]
    bullet = BULLET.match(text)
    body = text[bullet.end() :] if bullet and _is_dash(bullet.group()) else text
    lead = _BOLD_LEAD.match(body)
    kind: BlockKind = "list_item" if bullet else "paragraph"
    if lead and len(lead.group(1)) >= SHORTEST_LEAD:
        first, rest = (read_markup(part, star_notes=star_notes) for part in lead.groups())
        return [_block(kind, first, number), _block("paragraph", rest, number)]
    marked = read_markup(body, star_notes=star_notes)
    if not bullet and is_alone and is_heading(marked):
        kind = "heading"
    return [_block(kind, marked, number)] if marked.text else []


def _is_dash(bullet: str) -> bool:
    return not bullet[0].isalnum()


def is_footnote(text: str, *, star_notes: bool) -> bool:
    """Whether a line opens with a footnote's mark; a star counts only where the document uses it so."""
    match = FOOTNOTE.match(text)
    return bool(match) and (star_notes or not text.startswith("*")) and not text.startswith("**")


def is_heading(marked: Marked) -> bool:
    """Whether a line that stands alone reads as a heading."""
    text = marked.text
    if parse_goal_line(text):
        return len(text) <= 2 * LONGEST_HEADING
    if len(text) > LONGEST_HEADING or DOT_LEADERS.search(text):
        return False
    if len(text) > LONGEST_STATEMENT and _FINITE_VERB.search(text) and not marked.bold:
        return False
    opens = text[0].isupper() or (text[0].isdigit() and any(letter.isalpha() for letter in text))
    return opens and (not _ENDS_SENTENCE.search(text) or (marked.bold and not text.endswith(",")))


def _footnote(text: str, number: int) -> Block:
    match = FOOTNOTE.match(text)
    mark = match.group(1) if match else ""
    marker = re.sub(r"<[^>]*>|[\[\]^:\s]", "", mark).translate(SUPERSCRIPTS)
    body = read_markup(text[len(match.group()) :] if match else text)
    return Block("footnote", body.text, markers=(marker,), bold=body.bold, line=number)


def _block(kind: BlockKind, marked: Marked, number: int, *, level: int = 0) -> Block:
    return Block(kind, marked.text, level=level, markers=marked.markers, bold=marked.bold, line=number)
