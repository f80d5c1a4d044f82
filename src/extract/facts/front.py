"""The front of a PDF: the lines of its first page, told by size as title, subtitle, small print or running text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from extract.facts.place import LONG_LINE, Line, clean, is_address, is_sentence, role_of
from extract.facts.where import is_name
from extract.facts.words import ends_with
from extract.page.lines import Line as PrintedLine
from extract.page.lines import around, lines_of, segments_of
from schema.layout import Box, Page, Table, Word
from schema.lexicon.signs.bullets import opens_with_bullet
from schema.lexicon.signs.sections import opens_with_chapter
from schema.lexicon.wordbreaks import join_lines

LETTERS = 4
"""A page with fewer letters, web addresses apart, is a picture before the front page."""
BODY_PAGES = 20
"""Pages that the size of running text is taken from."""
TITLE_SIZE = 1.25
"""A title is set at least so much larger than running text."""
TITLE_SHARE = 0.8
"""Lines of the title are at least this share of the page's largest."""
SUBTITLE_SIZE = 1.12
"""So much larger than running text are subtitles and headings."""
SAME_SIZE = 0.6
"""Points by which lines of one size may differ."""
LEADING = 1.45
"""A line that goes on with a title stands at most so many font sizes below it; Word sets headings at up to 1.4."""
FIGURES_SHARE = 0.3
"""Share of cells without a letter in a table of figures; a letterhead's grid has at most a date and a page number."""
BESIDE = 6
"""A title's next line may come so many pieces later, where a column of small print stands beside it."""
SINGLE = 1.22
"""Lines of one paragraph of a title are set at most so many font sizes apart; others stand further."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A printed line of the front, or several of one paragraph."""

    text: str
    size: float
    left: float
    top: float
    right: float
    """Right edge of the last line."""
    next_word: float
    """Width of its first word."""
    box: Box
    """All its lines."""
    last_length: int = 0
    """Characters of the last line."""
    is_prose: bool = False


def front_of_pages(
    pages: Sequence[Page], tables: Sequence[Table], is_running: Callable[[str], bool]
) -> tuple[int | None, list[Line]]:
    """Return the number of the front page and its lines; None where there are no pages with words."""
    front = next((page for page in pages if _says_something(page)), None)
    if front is None:
        return None, []
    figures = [table.box for table in tables if table.page == front.number and table.box and _holds_figures(table)]
    words = [word for word in front.words if not any(box.holds_middle_of(word.box) for box in figures)]
    body = body_size(pages)
    pieces = _in_paragraphs(_pieces(words))
    largest = max((piece.size for piece in pieces if not piece.is_prose), default=body)
    found = [_line(piece, body, largest, front.number) for piece in _in_titles(pieces, body)]
    small = SUBTITLE_SIZE * body
    lines = [replace(x, place="running") if x.size < small and is_running(x.text) else x for x in found]
    return front.number, list(_before_text(_until_contents(lines)))


def _holds_figures(table: Table) -> bool:
    """Tell a table of figures from the grid of a letterhead."""
    filled = [cell.text for cell in table.cells if cell.text.strip()]
    numbers = sum(not any(ch.isalpha() for ch in text) for text in filled)
    return numbers >= FIGURES_SHARE * len(filled)


def _says_something(page: Page) -> bool:
    texts = [word.text for word in page.words if not is_address(word.text)]
    return sum(ch.isalpha() for text in texts for ch in text) >= LETTERS


def body_size(pages: Iterable[Page]) -> float:
    """Return the size that most characters of the first pages are set in."""
    sizes: Counter[float] = Counter()
    for page in list(pages)[:BODY_PAGES]:
        for word in page.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _pieces(words: Iterable[Word]) -> list[_Piece]:
    """Return the lines of words, parted by wide gaps, in the order in which they are read."""
    return [
        _Piece(text, segment.size, box.x0, box.top, box.x1, segment.words[0].box.width, box, len(text))
        for line in lines_of(words)
        for segment in segments_of(line, gap=_gap(line))
        if (text := clean(segment.text)) and (box := segment.box)
    ]


def _gap(line: PrintedLine) -> float:
    """Return the gap that parts columns; letter-spaced titles are kept whole."""
    singles = sum(len(word.text) == 1 for word in line.words)
    return 2.0 if singles > len(line.words) / 2 else 1.2


def _in_paragraphs(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Join running text: a long line and what goes on below it, at the same size and edge."""
    return _joined(pieces, lambda above, below: above.last_length >= LONG_LINE, is_prose=True)


def _in_titles(pieces: Sequence[_Piece], body: float) -> list[_Piece]:
    """Join the lines of a title that was too long for one."""
    side = max((piece.right for piece in pieces), default=0.0)

    def goes_on(above: _Piece, below: _Piece) -> bool:
        if above.is_prose or below.is_prose or below.size < SUBTITLE_SIZE * body:
            return False
        if _ends_open(above.text) or not below.text[:1].isupper() or above.right + below.next_word > side:
            return True
        return below.top - above.top <= SINGLE * above.size and not is_name(below.text) and not is_name(above.text)

    return _joined(pieces, goes_on)


def _joined(
    pieces: Sequence[_Piece], goes_on: Callable[[_Piece, _Piece], bool], *, is_prose: bool = False
) -> list[_Piece]:
    """Join pieces with those above that they go on with; what stands beside them may come between."""
    found: list[_Piece] = []
    for piece in pieces:
        near = range(len(found) - 1, max(-1, len(found) - 1 - BESIDE), -1)
        above = next((i for i in near if _follows(found[i], piece) and goes_on(found[i], piece)), None)
        if above is None:
            found.append(piece)
            continue
        found[above] = replace(
            found[above],
            text=join_lines([found[above].text, piece.text]),
            top=piece.top,
            right=piece.right,
            box=around((found[above].box, piece.box)),
            last_length=piece.last_length,
            is_prose=is_prose,
        )
    return found


def _follows(above: _Piece, below: _Piece) -> bool:
    near = 0 < below.top - above.top <= LEADING * above.size
    left, middle = above.left - below.left, above.left + above.right - below.left - below.right
    return near and abs(above.size - below.size) <= SAME_SIZE and min(abs(left), abs(middle)) <= 3 * above.size


def _ends_open(text: str) -> bool:
    """Tell whether a line ends inside a phrase: after a hyphen, a colon or a word that needs another."""
    return text.endswith(("-", "–", "/", ":")) or any(ends_with(word, text) for word in ("preposition", "joins"))


def _line(piece: _Piece, body: float, largest: float, page: int) -> Line:
    if piece.is_prose or is_sentence(piece.text) or opens_with_bullet(piece.text):
        place = "opening"
    elif piece.size >= max(TITLE_SIZE * body, TITLE_SHARE * largest):
        place = "title"
    elif piece.size >= SUBTITLE_SIZE * body:
        place = "heading" if opens_with_chapter(piece.text) else "subtitle"
    else:
        place = "front"
    return Line(piece.text, place, role_of(piece.text), page, piece.size, piece.box)


def _until_contents(lines: Iterable[Line]) -> Iterable[Line]:
    """Yield the lines above a list of contents."""
    for line in lines:
        if line.role == "contents":
            return
        yield line


def _before_text(lines: Iterable[Line]) -> Iterable[Line]:
    """Yield the lines; below the first running text, small print is running text and a larger line a heading."""
    below = {"front": "opening", "subtitle": "heading"}
    in_text = False
    for line in lines:
        in_text = in_text or line.place == "opening"
        yield replace(line, place=below.get(line.place, line.place)) if in_text else line
