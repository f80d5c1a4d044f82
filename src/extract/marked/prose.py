"""Lines outside tables → blocks: headings, paragraphs, list items, footnotes."""

from __future__ import annotations

import re

from extract.marked.markup import Marked, read_markup
from schema.layout import Block, BlockKind
from schema.lexicon.goals import parse_goal_line
from schema.lexicon.labels import ends_sentence, holds_verb
from schema.lexicon.signs import PLAIN_FIGURES
from schema.lexicon.signs.bullets import item_opening
from schema.lexicon.signs.leaders import ends_with_leader
from schema.lexicon.signs.marks import marked_note
from schema.lexicon.signs.sections import marked_heading

LONGEST_HEADING = 110
"""Characters; the longest heading seen in a report has 104."""
LONGEST_STATEMENT = 60
"""A longer line with a finite verb is a sentence that lost its full stop, not a heading."""
SHORTEST_LEAD = 20
"""A bold opening longer than this is a statement that the rest of the paragraph comments on."""

_BOLD_LEAD = re.compile(r"^(\*\*(?=\S).+?\*\*)\s*(\S.*)$", re.DOTALL)


def read_blocks(line: str, number: int, *, is_alone: bool, star_notes: bool) -> list[Block]:
    """Turn one line of prose into its block, or into two where a bold statement is followed by a comment."""
    text = line.strip()
    if not text:
        return []
    if is_footnote(text, star_notes=star_notes):
        return [_footnote(text, number)]
    heading = marked_heading(text)
    if heading:
        level, name = heading
        return [_block("heading", read_markup(name, star_notes=star_notes), number, level=level)]
    bullet = item_opening(text)
    body = text[len(bullet) :] if bullet and not bullet[0].isalnum() else text
    lead = _BOLD_LEAD.match(body)
    kind: BlockKind = "list_item" if bullet else "paragraph"
    if lead and len(lead.group(1)) >= SHORTEST_LEAD:
        first, rest = (read_markup(part, star_notes=star_notes) for part in lead.groups())
        return [_block(kind, first, number), _block("paragraph", rest, number)]
    marked = read_markup(body, star_notes=star_notes)
    if not bullet and is_alone and is_heading(marked):
        kind = "heading"
    return [_block(kind, marked, number)] if marked.text else []


def is_footnote(text: str, *, star_notes: bool) -> bool:
    """Whether a line opens with a footnote's mark; a star counts only where the document uses it so."""
    return marked_note(text) is not None and (star_notes or not text.startswith("*")) and not text.startswith("**")


def is_heading(marked: Marked) -> bool:
    """Whether a line that stands alone reads as a heading."""
    text = marked.text
    if not text:
        return False
    if parse_goal_line(text):
        return len(text) <= 2 * LONGEST_HEADING
    if len(text) > LONGEST_HEADING or ends_with_leader(text):
        return False
    if len(text) > LONGEST_STATEMENT and holds_verb(text) and not marked.bold:
        return False
    opens = text[0].isupper() or (text[0].isdigit() and any(letter.isalpha() for letter in text))
    return opens and (not ends_sentence(text) or (marked.bold and not text.endswith(",")))


def _footnote(text: str, number: int) -> Block:
    mark, rest = marked_note(text) or ("", text)
    marker = re.sub(r"<[^>]*>|[\[\]^:\s]", "", mark).translate(PLAIN_FIGURES)
    body = read_markup(rest)
    return Block("footnote", body.text, markers=(marker,), bold=body.bold, line=number)


def _block(kind: BlockKind, marked: Marked, number: int, *, level: int = 0) -> Block:
    return Block(kind, marked.text, level=level, markers=marked.markers, bold=marked.bold, line=number)
