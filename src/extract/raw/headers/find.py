"""Where a table's header begins: by its words, by its years, or by the rows of figures below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.raw.headers.counted import counts_below, header_over_rows, label_role, rows_below
from extract.raw.headers.groups import may_name_groups, with_groups
from extract.raw.headers.model import Header, HeaderColumn
from extract.raw.headers.printed import find_header
from extract.raw.lines import Line
from schema.lexicon.headers import column_role
from schema.lexicon.headers.runs import is_period_word
from schema.lexicon.labels import ends_sentence
from schema.lexicon.years import is_year

FEWEST_DATED = 3
"""Years or school years that make a line a header whatever stands before them."""
FEWEST_KINDS = 3
"""Words that name kinds of values (*Budget*, *Utfall*, *Prognos*) in a line that no grammar reads as a header."""
MOST_TAIL_LINES = 3
MOST_TAIL_WORDS = 3
"""Words of a column's header; more are a row's label that opens with such a word: *Uppföljning av ...*."""
TAIL_ROLES = frozenset({"source", "assessment", "status", "comment"})
"""What columns right of the values hold; no row opens with these words alone."""
MOST_LABEL_WORDS = 5
FEWEST_ROWS = 2
FIGURE_ROLES = frozenset({"line", "note", "personnel"})
"""Label columns of tables whose other cells are figures."""


def header_at(lines: Sequence[Line], start: int) -> Header | None:
    """Return the likeliest header that begins at a line, None where none does."""
    return next(headers_at(lines, start), None)


def headers_at(lines: Sequence[Line], start: int) -> Iterator[Header]:
    """Yield the headers that may begin at a line, the likeliest first.

    Where the rows below one that words make cannot be read as so many figures, the one that they can be counts.
    """
    if not lines[start].text:
        return
    stated = stated_header_at(lines, start)
    if stated is not None and not (_miscounts(stated, lines) or _lacks_columns(stated, lines)):
        yield stated
        stated = None
    counted = header_over_rows(lines, start)
    if counted is not None and not _holds_header(counted, lines):
        yield counted
    if stated is not None and not _lacks_columns(stated, lines):
        yield stated


def _holds_header(counted: Header, lines: Sequence[Line]) -> bool:
    """Whether words make a header of lines of one that was counted: what stands above them is a heading."""
    inner = (stated_header_at(lines, index) for index in range(counted.start + 1, counted.end))
    return any(header is not None and not _miscounts(header, lines) for header in inner)


def _miscounts(header: Header, lines: Sequence[Line]) -> bool:
    """Whether a header of figures has other columns than the rows right below it have figures."""
    if not {column.role for column in header.labels} <= FIGURE_ROLES:
        return False
    counts = counts_below(lines, header.end)
    has_notes = any(column.role == "note" for column in header.labels)
    return bool(counts) and not counts & {len(header.values), len(header.values) + has_notes}


def _lacks_columns(header: Header, lines: Sequence[Line]) -> bool:
    """Whether the rows below rather have more figures than a header columns, and than a label's number besides."""
    fits = Counter(count for counts in rows_below(lines, header.end) for count in counts)
    most = len(header.values) + 1
    over = max((fits[count] for count in fits if count > most), default=0)
    return over >= FEWEST_ROWS and over > max((fits[count] for count in fits if count <= most), default=0)


def stated_header_at(lines: Sequence[Line], start: int) -> Header | None:
    """Return the header that words or years make of a line and those below: it ends a table above it."""
    if not lines[start].text:
        return None
    if grouped := _grouped(lines, start):
        return grouped
    found = _of_words(lines, start)
    inner = (_grouped(lines, index) for index in range(start + 1, found.end - 1)) if found else ()
    under = next(filter(None, inner), None)
    return _below_label(lines, start, under) if under else found


def _of_words(lines: Sequence[Line], start: int) -> Header | None:
    """The header that words or years make of a line and those below, without groups above them."""
    found = find_header(lines, start)
    return _with_tail(_with_last(found, lines), lines) if found else _of_years(lines, start) or _of_kinds(lines, start)


def _grouped(lines: Sequence[Line], start: int) -> Header | None:
    """A header whose groups of columns are named in the line above its columns' own names."""
    if start + 1 == len(lines) or not may_name_groups(lines[start].text):
        return None
    below = _of_words(lines, start + 1) or header_over_rows(lines, start + 1) if lines[start + 1].text else None
    return with_groups(lines[start].text, below) if below is not None else None


def _below_label(lines: Sequence[Line], start: int, grouped: Header) -> Header:
    """A header of groups with the lines above it as the header of the labels, where it has none."""
    if grouped.labels:
        return replace(grouped, start=start)
    text = " ".join(line.text for line in lines[start : grouped.start] if line.text)
    return replace(grouped, columns=(HeaderColumn(text, label_role([text])), *grouped.columns), start=start)


def _with_last(header: Header, lines: Sequence[Line]) -> Header:
    """A header with the text below it as one more column, where more rows have a figure for it than have none."""
    end = header.end + 1
    while end < len(lines) and lines[end].text[:1].islower():
        end += 1
    last = " ".join(line.text for line in lines[header.end : end])
    if not last or header.is_assignments or column_role(last)[0] != "value":
        return header
    rows, width = rows_below(lines, end), len(header.values)
    if sum(width + 1 in counts for counts in rows) <= sum(width in counts for counts in rows):
        return header
    column = HeaderColumn(last, "value", column_role(last)[1] or "outcome")
    return replace(header, columns=(*header.columns, column), end=end)


def _with_tail(header: Header, lines: Sequence[Line]) -> Header:
    """A header of values with the columns of a source or a status that an empty line parts from them."""
    start = end = header.end + 1
    while end < len(lines) and lines[end].text and end - start < MOST_TAIL_LINES:
        end += 1
    text = " ".join(line.text for line in lines[start:end])
    if not header.values or not text or lines[header.end].text:
        return header
    tail = next((cells for cells in (text.split(), [text]) if _are_tail(cells)), [])
    columns = [HeaderColumn(cell, column_role(cell)[0]) for cell in tail]
    return replace(header, columns=(*header.columns, *columns), end=end) if tail else header


def _are_tail(cells: Sequence[str]) -> bool:
    return all(column_role(cell)[0] in TAIL_ROLES and len(cell.split()) <= MOST_TAIL_WORDS for cell in cells)


def _of_kinds(lines: Sequence[Line], start: int) -> Header | None:
    """A line that names several kinds of values, over lines that go on with its columns and rows of as many figures."""
    kinds = [column_role(word)[1] for word in lines[start].text.split()]
    return header_over_rows(lines, start) if len(kinds) - kinds.count(None) >= FEWEST_KINDS else None


def _of_years(lines: Sequence[Line], start: int) -> Header | None:
    """A line that ends with several years, over rows of as many figures; the words before them head the labels."""
    words = lines[start].text.split()
    first = len(words)
    while first and is_period_word(words[first - 1]):
        first -= 1
    counts = counts_below(lines, start + 1, most=FEWEST_ROWS)
    if first < len(words) and not is_year(words[first]) and len(words) - first not in counts:
        first += 1
    count = len(words) - first
    if count < FEWEST_DATED or first > MOST_LABEL_WORDS or ends_sentence(" ".join(words[:first])):
        return None
    if count not in counts:
        return None
    label = [HeaderColumn(" ".join(words[:first]), label_role(words[:first]))] if first else []
    return Header((*label, *(HeaderColumn(year, "value", "period") for year in words[first:])), start, start + 1)
