"""Where a table's header begins: by its words, by its years, or by the rows of figures below it."""

from __future__ import annotations

from collections.abc import Sequence

from extract.raw.figures import counts_of, split_fields
from extract.raw.headers import Header, HeaderColumn, find_header
from extract.raw.lines import Line
from schema.lexicon.headers import column_role
from schema.lexicon.headers.runs import is_period_word
from schema.lexicon.labels import ends_sentence
from schema.lexicon.years import is_year

FEWEST_DATED = 3
"""Years or school years that make a line a header whatever stands before them."""
MOST_LABEL_WORDS = 5
MOST_COLUMNS = 14
"""School years and plans have up to ten columns."""
MOST_HEADER_LINES = 20
LONGEST_HEADER_LINE = 40
"""Characters; a narrow column's header is shorter, running text longer."""
ROWS_TO_JUDGE = 6
FEWEST_ROWS = 2


def header_at(lines: Sequence[Line], start: int) -> Header | None:
    """Return the header that begins at a line, None where none does."""
    return stated_header_at(lines, start) or (_over_rows(lines, start) if lines[start].text else None)


def stated_header_at(lines: Sequence[Line], start: int) -> Header | None:
    """Return the header that words or years make of a line and those below: it ends a table above it."""
    if not lines[start].text:
        return None
    return find_header(lines, start) or _of_years(lines, start)


def _of_years(lines: Sequence[Line], start: int) -> Header | None:
    """A line that ends with several years, over rows of as many figures; the words before them head the labels."""
    words = lines[start].text.split()
    first = len(words)
    while first and is_period_word(words[first - 1]):
        first -= 1
    count = len(words) - first
    if count < FEWEST_DATED or first > MOST_LABEL_WORDS or ends_sentence(" ".join(words[:first])):
        return None
    if count not in _counts(lines[: start + 1 + FEWEST_ROWS], start + 1):
        return None
    label = [HeaderColumn(" ".join(words[:first]), _label_role(words[:first]))] if first else []
    return Header((*label, *(HeaderColumn(year, "value", "period") for year in words[first:])), start, start + 1)


def _label_role(words: Sequence[str]) -> str:
    role = column_role(" ".join(words))[0]
    return role if role in ("volume", "personnel", "indicator") else "line"


def _over_rows(lines: Sequence[Line], start: int) -> Header | None:
    """Short lines right above rows of figures, one cell more than the figures that each row can be read as.

    Where lines further up or down make another header as well, none is known.
    """
    end = _end_of_short_lines(lines, start)
    if end - start < FEWEST_DATED or not _may_open(lines[start], lines[start - 1] if start else None):
        return None
    counts = _counts(lines, end)
    fitting = [top for top in range(start, end) if len(_cells(lines[top:end])) - 1 in counts]
    if fitting != [start]:
        return None
    label, *texts = _cells(lines[start:end])
    columns = [HeaderColumn(text, "value", column_role(text)[1] or "outcome") for text in texts]
    return Header((HeaderColumn(label, _label_role([label])), *columns), start, end)


def _may_open(line: Line, above: Line | None) -> bool:
    """Whether a header may begin with a line: below a blank line or one that ended by itself."""
    return line.text[0].isupper() and (above is None or above.is_blank or above.ends_open is not True)


def _end_of_short_lines(lines: Sequence[Line], start: int) -> int:
    end = start
    while end < len(lines) and end - start <= MOST_HEADER_LINES:
        text = lines[end].text
        if not text or len(text) > LONGEST_HEADER_LINE or ends_sentence(text) or text[0].isdigit():
            break
        if len(split_fields(lines[end], MOST_COLUMNS)[1]) > 1:
            break
        end += 1
    return end


def _cells(lines: Sequence[Line]) -> list[str]:
    """The cells of a header, one a line; a line that ends with the space of a wrap goes on."""
    cells: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on:
            cells[-1] = f"{cells[-1]} {line.text}"
        else:
            cells.append(line.text)
        goes_on = line.ends_open is True
    return cells


def _counts(lines: Sequence[Line], start: int) -> set[int]:
    """As how many figures each of the next rows can be read; none where not two rows of figures follow."""
    rows: list[set[int]] = []
    for line in lines[start : start + ROWS_TO_JUDGE]:
        label, fields = split_fields(line, MOST_COLUMNS)
        words = [word for word in fields if word]
        if not label and words and is_year(words[0]):
            label, *words = words
        if not label or not words:
            break
        rows.append(counts_of(words))
    return set.intersection(*rows) if len(rows) >= FEWEST_ROWS else set()
