"""Text outside tables as headings, paragraphs, list items, footnotes and page furniture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from extract.page.lines import COLUMN_GAP, Line, around, cuts_of, lines_of, segments_of
from schema.layout import Block, Box, Page, Word
from schema.lexicon.figures import is_figure
from schema.lexicon.labels import ends_sentence
from schema.lexicon.numbers import without_figures
from schema.lexicon.signs.bullets import is_bullet
from schema.lexicon.signs.marks import plain_note
from schema.lexicon.signs.pages import is_page_number
from schema.lexicon.wordbreaks import cell_text

EDGE_ZONE = 0.11
"""Running headers and footers stand within this share of the page's height from an edge."""
REPEATS = 2
"""A running line returns on at least this many pages, figures aside."""
FURNITURE_GAP = 1.3
"""Running lines stand at least this many font sizes from the text; table headers stand nearer their rows."""
TITLE_GAP = 0.5
"""The same for running lines that are no row of several pieces."""
LONGEST_RUNNING = 160
"""A longer line is running text even where it returns."""
HYPHENATED_SHARE = 0.02
"""Without hyphenation under 1 % of lines end in a hyphen (`social-` before `och`)."""
PARAGRAPH_GAP = 0.75
"""A gap between lines above this share of the font size, beyond the document's own, parts paragraphs."""
HEADING_SIZE = 1.08
"""A heading is at least this much larger than running text, or bold."""
LONGEST_HEADING = 200
ROOM_ABOVE = 0.8
"""A heading that runs on has its last word beyond this share of the text's width."""
FOOTNOTE_SIZE = 0.92
"""Footnotes are printed at most this share of the running text's size."""
BOX_GAP = 1.5
"""Font sizes at least between text and a box beside it."""
BOX_START = 1.5
"""Points within which the lines of a box begin."""
BOX_PITCH = 0.6
"""Font sizes at most between the lines of a box."""
FEWEST_IN_BOX, MOST_IN_BOX = 2, 6
LEVEL = 0.15
"""Lines this near, in font sizes, are level."""
BOX_RIGHT = 0.4
"""A box begins beyond this share of the text's width."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """What the running text of a document looks like."""

    size: float
    heading_styles: tuple[tuple[float, bool], ...]
    """Sizes and weights of headings, the outermost first."""
    hyphenated: bool = False
    """Words are divided at the ends of lines."""

    def level(self, line: Line) -> int:
        """Depth of a heading, 1 for the outermost; 0 for running text."""
        key = (round(line.size * 2) / 2, line.bold)
        return self.heading_styles.index(key) + 1 if key in self.heading_styles else 0


def furniture_of(pages: Sequence[Page]) -> dict[int, set[int]]:
    """For each page number the identities of words in running headers, footers and page numbers."""
    edges = {page.number: _edge_lines(page) for page in pages}
    seen = Counter(
        (_shape(line), side, round(line.box.top / 6) + shift)
        for sides in edges.values()
        for side, lines in enumerate(sides)
        for line in lines
        for shift in (-1, 0, 1)
    )
    found: dict[int, set[int]] = {}
    for page in pages:
        kept: list[Line] = []
        for side, lines in enumerate(edges[page.number]):
            kept += _running_lines(page, lines, _counter(seen, side))
        found[page.number] = {id(word) for line in kept for word in line.words}
    return found


def _counter(seen: Counter[tuple[str, int, int]], side: int) -> Callable[[Line], int]:
    return lambda line: seen[(_shape(line), side, round(line.box.top / 6))]


def _shape(line: Line) -> str:
    """A line's text with figures left out, for finding it again on other pages."""
    return without_figures(line.text)


def _edge_lines(page: Page) -> tuple[list[Line], list[Line]]:
    """The lines near the top and the bottom of a page, those nearest the edge first."""
    lines = lines_of(page.words)
    top = [line for line in lines if line.box.bottom < EDGE_ZONE * page.height]
    bottom = [line for line in lines if line.box.top > (1 - EDGE_ZONE) * page.height]
    return top, bottom[::-1]


def _running_lines(page: Page, lines: Sequence[Line], times: Callable[[Line], int]) -> list[Line]:
    """The outermost lines that return on other pages, or number the page, and stand apart from the text.

    A table header that is repeated at the top of pages stands close above its rows.
    """
    repeated: list[Line] = []
    for line in lines:
        numbered = is_page_number(line.text)
        if not numbered and times(line) < REPEATS or len(line.text) > LONGEST_RUNNING:
            break
        repeated.append(line)
    gaps = [_gap_beyond(page, line, repeated[: i + 1]) for i, line in enumerate(repeated)]
    if not gaps:
        return []
    widest = max(range(len(gaps)), key=lambda i: gaps[i])
    like_a_row = any(len(segments_of(line)) > 1 for line in repeated[: widest + 1])
    clear = gaps[widest] >= (FURNITURE_GAP if like_a_row else TITLE_GAP) * repeated[widest].size
    return list(repeated[: widest + 1]) if clear else []


def _gap_beyond(page: Page, line: Line, outer: Sequence[Line]) -> float:
    """Distance from a line to the nearest words further inside the page."""
    own = {id(word) for part in outer for word in part.words}
    inner = [word.box for word in page.words if id(word) not in own]
    middle = page.height / 2
    if line.box.top < middle:
        return min((b.top - line.box.bottom for b in inner), default=page.height)
    return min((line.box.top - b.bottom for b in inner), default=page.height)


def text_style(lines: Iterable[Line]) -> TextStyle:
    """The running text's size and the document's heading styles, from all lines outside tables."""
    all_lines = [line for line in lines if line.text]
    sizes: Counter[float] = Counter()
    for line in all_lines:
        if not line.bold:
            sizes[round(line.size * 2) / 2] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    styles = Counter((round(line.size * 2) / 2, line.bold) for line in all_lines)
    headings = {key for key in styles if key[0] >= HEADING_SIZE * body or (key[1] and key[0] >= body)}
    ordered = tuple(sorted(headings, key=lambda key: (-key[0], not key[1])))
    return TextStyle(body, ordered, _are_hyphenated([line.words[-1].text for line in all_lines]))


def hyphenates(pages: Sequence[Page]) -> bool:
    """Whether a document's lines are hyphenated: far more of them end in a hyphen than compounds explain."""
    lines = [line for page in pages for line in lines_of(page.words)]
    return _are_hyphenated(
        [line.words[i - 1].text for line in lines for i in (*cuts_of(line, COLUMN_GAP)[1:], len(line.words))]
    )


def _are_hyphenated(ends: Sequence[str]) -> bool:
    """Whether so many of the last words of lines end in a hyphen that words must be divided there."""
    hyphens = sum(len(text) > 2 and text.endswith("-") and text[-2].isalpha() for text in ends)
    return hyphens > HYPHENATED_SHARE * len(ends)


def blocks_of(words: Sequence[Word], page: int, style: TextStyle, rules: Sequence[Box] = ()) -> list[Block]:
    """Blocks of a page's words outside tables in reading order: from the top down, a box below what it is beside."""
    text, boxes = _parted(words, rules)
    blocks = _blocks(text, page, style)
    for box in boxes:
        bottom = box[-1].box.bottom
        after = next((i for i, block in enumerate(blocks) if block.box and block.box.top >= bottom), len(blocks))
        blocks[after:after] = _blocks([word for line in box for word in line.words], page, style)
    return blocks


def lines_apart(words: Sequence[Word], rules: Sequence[Box]) -> list[Line]:
    """The lines of a page's words outside tables, those of boxes apart from what they are beside."""
    text, boxes = _parted(words, rules)
    return [*lines_of(text), *(line for box in boxes for line in box)]


def _parted(words: Sequence[Word], rules: Sequence[Box]) -> tuple[list[Word], list[list[Line]]]:
    """The words that stand in no box, and the lines of each box."""
    boxes = _boxes_beside(lines_of(words), rules)
    boxed = {id(word) for box in boxes for line in box for word in line.words}
    return [word for word in words if id(word) not in boxed], boxes


def _boxes_beside(lines: Sequence[Line], rules: Sequence[Box] = ()) -> list[list[Line]]:
    """The lines of each box that stands to the right of text that is no row with it; `rules` may part them."""
    if not lines:
        return []
    area = around(line.box for line in lines)
    pieces = [segments_of(line, gap=BOX_GAP) for line in lines]
    ends = [own[-1] for own in pieces if own[-1].box.x0 > area.x0 + BOX_RIGHT * area.width]
    left = [piece for own in pieces for piece in own if piece not in ends]
    upright = [rule for rule in rules if rule.height > rule.width]
    return [run for run in _runs(ends) if FEWEST_IN_BOX <= len(run) <= MOST_IN_BOX and _is_beside(run, left, upright)]


def _runs(pieces: Sequence[Line]) -> list[list[Line]]:
    """Pieces that stand right below each other and begin at one place."""
    runs: list[list[Line]] = []
    for piece in pieces:
        last = runs[-1][-1] if runs else None
        near = last and abs(piece.box.x0 - last.box.x0) <= BOX_START
        if last and near and piece.box.top - last.box.bottom <= BOX_PITCH * last.size:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _is_beside(run: Sequence[Line], left: Sequence[Line], upright: Sequence[Box]) -> bool:
    """Whether lines stand beside text: a rule parts them, or they are not each level with one, or it runs on."""
    box = around(line.box for line in run)
    near = [p for p in left if p.box.bottom > box.top and p.box.top < box.bottom and p.box.x1 < box.x0]
    if not near or any(is_figure(line.text) for line in run):
        return False
    edge = max(p.box.x1 for p in near)
    if any(
        edge < rule.x0 < box.x0 and rule.top <= _middle(run[0]) and _middle(run[-1]) <= rule.bottom for rule in upright
    ):
        return True
    level = [any(abs(_middle(line) - _middle(p)) <= LEVEL * line.size for p in near) for line in run]
    goes_on = any(below.text[:1].islower() for _, below in pairwise([p for p in left if p.box.bottom > box.top][:3]))
    return not all(level) or (len(near) > 1 and goes_on)


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def _blocks(words: Sequence[Word], page: int, style: TextStyle) -> list[Block]:
    groups: list[list[Line]] = []
    lines = lines_of(words)
    side = max((line.box.x1 for line in lines), default=0.0)
    for line in lines:
        if groups and _continues(groups[-1], line, style) and not _begins_anew(groups[-1][-1], line, style, side):
            groups[-1].append(line)
        else:
            groups.append([line])
    return _with_plain_footnotes([_block(group, page, style) for group in groups], groups, style)


def _with_plain_footnotes(blocks: list[Block], groups: Sequence[Sequence[Line]], style: TextStyle) -> list[Block]:
    """Mark small texts at the foot of a page that begin with a figure as footnotes: the mark may not be raised.

    In bold it is the heading of a note to the accounts.
    """
    for i in range(len(blocks) - 1, -1, -1):
        if blocks[i].kind == "footnote":
            continue
        note = plain_note(blocks[i].text)
        if not note or blocks[i].bold or groups[i][0].size > FOOTNOTE_SIZE * style.size:
            break
        mark, text = note
        blocks[i] = replace(blocks[i], kind="footnote", text=text, markers=(mark, *blocks[i].markers))
    return blocks


def _continues(group: Sequence[Line], line: Line, style: TextStyle) -> bool:
    """Whether a line goes on with the block above it."""
    last = group[-1]
    gap = line.box.top - last.box.bottom
    alike = abs(last.size - line.size) < 0.6 and (
        last.bold == line.bold or not style.level(last) and not style.level(line)
    )
    if not alike or gap > PARAGRAPH_GAP * last.size or gap < -last.size:
        return False
    if line.words[0].is_marker or _is_bullet(line):
        return False
    return not (style.level(last) and style.level(last) != style.level(line))


def _begins_anew(last: Line, line: Line, style: TextStyle, side: float) -> bool:
    """Whether a heading, or a line that a bold label opens or ends above, is no end of what stands above it.

    It opens with a capital that had ample room on the line above. Before a label it is enough that the first word had
    room there, or that the line above opens with a label or ends a sentence.
    """
    word = line.words[0]
    opens, is_below_label = _opens_with_label(line), _opens_with_label(last)
    if not (style.level(line) or opens or is_below_label) or not word.text[:1].isupper():
        return False
    reach = last.box.x1 + word.box.width
    if opens:
        return is_below_label or reach + line.size / 2 < side or ends_sentence(last.text)
    return reach + line.size < last.box.x0 + ROOM_ABOVE * (side - last.box.x0)


def _opens_with_label(line: Line) -> bool:
    """Whether a line opens with bold words that end in a colon and goes on in lighter ones: **Bedömning:** Uppfyllt."""
    bold = [word.text for word in takewhile(lambda word: word.bold, line.words)]
    return 0 < len(bold) < len(line.words) and bold[-1].endswith(":")


def _is_bullet(line: Line) -> bool:
    return len(line.words) > 1 and is_bullet(line.words[0].text)


def _block(group: Sequence[Line], page: int, style: TextStyle) -> Block:
    first = group[0]
    texts = [line.text for line in group if line.text]
    fills = [None if text.endswith(("-", "/")) else False for text in texts]
    text = cell_text(texts, fills, hyphenated=style.hyphenated)
    markers = tuple(mark for line in group for mark in line.markers)
    level = style.level(first)
    block = Block("paragraph", text, page, 0, around(line.box for line in group), markers, first.bold)
    if first.words[0].is_marker:
        return replace(block, kind="footnote")
    if level and len(text) <= LONGEST_HEADING:
        return replace(block, kind="heading", level=level)
    return replace(block, kind="list_item") if _is_bullet(first) else block


def furniture_blocks(words: Sequence[Word], page: int) -> list[Block]:
    """Running headers, footers and page numbers, one block a line."""
    return [
        Block("furniture", line.text, page, box=line.box, markers=line.markers, bold=line.bold)
        for whole in lines_of(words)
        for line in segments_of(whole)
    ]


def reading_order(box: Box | None) -> tuple[float, float]:
    """Sort key of things on a page: from the top down, then from left to right."""
    return (box.top, box.x0) if box else (0.0, 0.0)
