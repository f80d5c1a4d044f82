"""Headers that no word tells: texts above rows of figures, as many as the rows can be read to have cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.raw.figures import counts_of, split_fields
from extract.raw.headers.model import Header, HeaderColumn
from extract.raw.lines import Line, awaits_more
from schema.lexicon.headers import column_role
from schema.lexicon.labels import ends_sentence
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.years import is_year, words_glued_to_year

MOST_COLUMNS = 14
"""School years and plans have up to ten columns."""
FEWEST_CELLS = 3
MOST_HEADER_LINES = 20
LONGEST_HEADER_LINE = 75
"""Characters; four columns of two words have so many in one line, running text more."""
FULL_LINE = 40
"""Characters; a shorter line that keeps the space of a wrap may end a cell all the same."""
LONGEST_CELL = 48
"""Characters of a column's header; the longest of the reports seen has 43."""
LINES_KEPT = 4096
"""Lines whose words are remembered: each is asked for by those above it."""
ROWS_TO_JUDGE = 8
FEWEST_ROWS = 2
MOST_LABEL_LINES = 4
"""Lines of a row's label above its figures."""


def header_over_rows(lines: Sequence[Line], start: int) -> Header | None:
    """Return the header that begins at a line and has one cell more than each row below it has figures.

    Where lines further down make other columns as well, none is known; the same ones leave a heading above them,
    and any leave one above a blank line.
    """
    if not _may_open(lines[start], lines[start - 1] if start else None):
        return None
    stop = _end_of_short_lines(lines, start)
    for end in _ends(lines, start, stop):
        counts = {count for count in counts_below(lines, end) if count + 1 >= FEWEST_CELLS}
        if not counts or sum(map(_width, lines[start:end])) > (max(counts) + 1) * (LONGEST_CELL + 1):
            continue
        tops = [top for top in range(start, end) if lines[top].text]
        found = [division for top in tops if (division := _division(lines, top, end, counts))]
        least = min((division.level for division in found), default=SURE)
        likeliest = [division for division in found if division.level == least]
        top = _top(likeliest, lines) if len({division.cells[1:] for division in likeliest}) == 1 else None
        is_heading_above = top is not None and any(line.is_blank for line in lines[start:top])
        if is_heading_above and (len(tops) > 2 and not any(map(_names_values, (lines[i].text for i in tops[:-1])))):
            return None
        if top == start:
            label, *texts = next(division.cells for division in likeliest if division.top == start)
            roles = [column_role(text) for text in texts]
            if any(role == "line" for role, _ in roles) or column_role(label)[0] == "value":
                continue
            if any(line.is_blank for line in lines[start:end]) and len(set(texts)) < len(texts):
                continue
            columns = [
                HeaderColumn(text, "value", kind or "outcome") for text, (_, kind) in zip(texts, roles, strict=True)
            ]
            is_known = any(role in ("value", "period") for role, _ in roles)
            return Header((HeaderColumn(label, label_role([label])), *columns), start, end, is_unsure=not is_known)
    return None


def _names_values(text: str) -> bool:
    """Whether a line holds a year alone, or what columns of values are called."""
    return is_year(text.split()[0]) or column_role(text)[0] in ("value", "period")


def _top(divisions: Sequence[_Division], lines: Sequence[Line]) -> int:
    """Where the header of several that name the same columns begins: the last, with the year that stands above it."""
    last = divisions[-1].top
    return last - 1 if last > divisions[0].top and is_year(lines[last - 1].text) else last


def label_role(words: Sequence[str]) -> str:
    """What the header of a label column says of its rows."""
    role = column_role(" ".join(words))[0]
    return role if role in ("volume", "personnel", "indicator") else "line"


def counts_below(lines: Sequence[Line], start: int, *, most: int = ROWS_TO_JUDGE) -> set[int]:
    """As how many figures all of the next rows can be read; none where not two rows of figures follow."""
    rows = rows_below(lines, start, most)
    return set.intersection(*rows) if len(rows) >= FEWEST_ROWS else set()


def rows_below(lines: Sequence[Line], start: int, most: int = ROWS_TO_JUDGE) -> list[set[int]]:
    """As how many figures each of the next rows can be read; an empty line may stand above each."""
    rows: list[set[int]] = []
    labels = 0
    for above, line in zip(lines[max(start - 1, 0) :], lines[start:], strict=False):
        if line.is_blank and not above.is_blank:
            continue
        label, fields = split_fields(line, MOST_COLUMNS)
        words = [word for word in fields if word]
        if not label and words and is_year(words[0]) and len(words) > 1:
            label, *words = words
        is_apart = labels and above.is_blank  # a heading, above what heads other rows
        if (
            line.text
            and not (words or is_apart)
            and labels < MOST_LABEL_LINES
            and len(line.text) <= LONGEST_HEADER_LINE
        ):
            labels += 1
            continue
        if not words or not (label or labels) or len(rows) == most:
            break
        rows.append(counts_of(words))
        labels = 0
    return rows


def _may_open(line: Line, above: Line | None) -> bool:
    """Whether a header may begin with a line: below a blank line or one that ended by itself."""
    ended = above is None or above.ends_open is not True or len(above.text) < FULL_LINE or ends_sentence(above.text)
    return (line.text[0].isupper() or is_year(line.text)) and ended


def _end_of_short_lines(lines: Sequence[Line], start: int) -> int:
    """Where lines end that are no rows; an empty line may part the header of a column from the next."""
    end = start
    while end < len(lines) and end - start <= MOST_HEADER_LINES:
        text = lines[end].text
        if not text and lines[end - 1].text and end + 1 < len(lines):
            end += 1
            continue
        if not text or len(text) > LONGEST_HEADER_LINE or ends_sentence(text):
            break
        if text[0].isdigit() and not is_year(text.split()[0]):
            break
        if len(split_fields(lines[end], MOST_COLUMNS)[1]) > 1:
            break
        end += 1
    return end


def _ends(lines: Sequence[Line], start: int, stop: int) -> Iterator[int]:
    """Where the header may end: above the first row, whose label may stand in lines of its own above its figures."""
    yield stop
    if stop < len(lines) and lines[stop].text and not split_fields(lines[stop], MOST_COLUMNS)[0]:
        yield from range(stop - 1, max(start, stop - MOST_LABEL_LINES), -1)


SURE, IN_LINE, AFTER_WRAP, ABBREVIATED, INSIDE = range(5)
"""How likely a word begins a cell: a capital that opens a line, one within a line, one below a line that goes on,
`SFI` at the head of a line; any other word."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class _Division:
    top: int
    level: int
    """The least likely words that begin cells."""
    cells: tuple[str, ...]


def _division(lines: Sequence[Line], top: int, end: int, counts: set[int]) -> _Division | None:
    """The cells of a header that are one more than the rows' figures, the likeliest words beginning cells."""
    words = _words(lines[top:end])
    for level in (SURE, IN_LINE, AFTER_WRAP, ABBREVIATED):
        cells: list[list[str]] = []
        for word in words:
            if word.level <= level:
                cells.append([])
            cells[-1].append(word.text)
        texts = tuple(" ".join(cell) for cell in cells)
        if len(texts) - 1 in counts and len(texts) >= FEWEST_CELLS and max(map(len, texts)) <= LONGEST_CELL:
            return _Division(top, level, texts)
    return None


def _words(lines: Sequence[Line]) -> list[_Word]:
    """The words of a header, each with what it takes to begin a cell."""
    words: list[_Word] = []
    above: Line | None = None
    is_parted = any(line.is_blank for line in lines)
    for line in lines:
        first, *others = _printed(line.text) or ("",)
        if first:
            level = _level(first, above, is_first=True)
            if is_parted:  # empty lines part the cells, other lines of a cell are wrapped
                level = SURE if above is None else INSIDE
            words += (_Word(first, level), *(_Word(text, _level(text, above, is_first=False)) for text in others))
        above = None if line.is_blank else line
    if len(words) > 1 and is_year(words[0].text):
        words[1] = _Word(words[1].text, INSIDE)
    return words


@lru_cache(maxsize=LINES_KEPT)
def _printed(text: str) -> tuple[str, ...]:
    """The words of a line, a year that a word is glued to as one of its own."""
    return tuple(part for word in take_marks(text)[0].split() for part in words_glued_to_year(word))


def _width(line: Line) -> int:
    """The characters of a line's words, each with a space."""
    return sum(map(len, _printed(line.text))) + len(_printed(line.text))


def _level(text: str, above: Line | None, *, is_first: bool) -> int:
    if above is None and is_first:
        return SURE
    if not text[0].isupper() or (text[1:2].isupper() and not is_first):
        return INSIDE
    if text[1:2].isupper():
        return ABBREVIATED
    if is_first and above is not None:
        return AFTER_WRAP if _goes_on(above) else SURE
    return IN_LINE


def _goes_on(line: Line) -> bool:
    """Whether a line's last cell goes on in the next."""
    return line.ends_open if line.ends_open is not None else awaits_more(line.text)
