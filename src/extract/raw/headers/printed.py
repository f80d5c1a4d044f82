"""Column headers in a raw PDF text: their words stand one a line, broken, or all in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.raw.headers.model import LABEL_SIDE, Header, HeaderColumn
from extract.raw.lines import Line
from schema.lexicon.figures import is_amount_of_table
from schema.lexicon.goals import parse_goal_line
from schema.lexicon.headers import column_role
from schema.lexicon.headers.runs import (
    Head,
    begins_header_word,
    goes_on_header,
    head_at,
    is_period_word,
    is_school_year,
    is_side,
    may_open_header,
    mend,
    takes_complement,
)
from schema.lexicon.periods import is_period
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.text import fold
from schema.lexicon.values import is_field
from schema.lexicon.years import is_year, parted_at_year, words_glued_to_year, year_in

LONGEST_HEADER = 45
"""Lines; eight columns with each word and year on a line of its own, and blank lines between, take 32."""
LONGEST_LINE = 110
"""Characters; a longer line is prose."""
LONGEST_PHRASE = 5
"""Tokens that a broken header word or a phrase of the vocabulary can take."""
MOST_LABEL_WORDS = 7
"""Words that no vocabulary knows in the header of the label column."""
FEWEST_VALUE_COLUMNS = 2
LINES_KEPT = 4096
"""Lines whose words are remembered: each is asked for by those above it."""

BESIDE_GOALS = frozenset({"indicator", "committee_goal", "municipal_goal", "assessment"})
"""Columns that stand beside a goal column."""
ONCE = frozenset({"committee_goal", "indicator", "assessment"})
"""A second such column begins another table, or the first was a heading."""
TEXT_ROLES = frozenset({"status", "comment", "other", "note"})


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    line: int
    after_blank: bool = False


def find_header(lines: Sequence[Line], start: int) -> Header | None:
    """Return the header that begins at a line, None where none does."""
    text = lines[start].text
    if not text or len(text) > LONGEST_LINE or text[0].islower() or not may_open_header(text.split(" ", 1)[0]):
        return None
    if _names_goal(lines, start):
        return None
    return _stacked(lines, start) or _flowing(lines, start)


def _names_goal(lines: Sequence[Line], index: int) -> bool:
    """A line that names one goal, not the header of a goal column beside an indicator column."""
    goal = parse_goal_line(lines[index].text)
    if goal is None:
        return False
    words = _words_of(goal[1])
    below = [word for line in lines[index + 1 : index + LONGEST_PHRASE] for word in line.text.split()]
    runs = [[word] for word in words] + [[*words, *below][:LONGEST_PHRASE]]
    return not {head.role for run in runs if (head := head_at(run))} & BESIDE_GOALS


def _flowing(lines: Sequence[Line], start: int) -> Header | None:
    """Read columns one after the other, line by line, as long as each line is nothing but header words."""
    tokens: list[_Token] = []
    found: list[Header] = []
    blank = False
    for index in range(start, min(len(lines), start + LONGEST_HEADER)):
        line = lines[index]
        if line.is_blank:
            if blank:
                break
            blank = True
            continue
        if len(line.text) > LONGEST_LINE or (index > start and (line.starts_page or _names_goal(lines, index))):
            break
        text, _ = take_marks(line.text)
        tokens += [_Token(word, index, blank and not i) for i, word in enumerate(_words_of(text))]
        blank = False
        parsed, read = _parse(tokens)
        if parsed is None:
            if read + LONGEST_PHRASE <= len(tokens) or not _may_complete(tokens):
                break
            continue
        before = found[-1] if found else None
        if _is_valid(parsed) and not takes_complement(tokens[-1].text) and not _opens_label(parsed, before):
            found.append(Header(tuple(parsed), start, index + 1))
    return _before_label(found, lines) if found else None


def _before_label(found: Sequence[Header], lines: Sequence[Line]) -> Header:
    """Return the whole header; the first row's label may read like a column more, as the figures below it tell.

    Such is *Förändring av riktlinjer* below columns of effects.
    """
    whole = found[-1]
    shorter = [header for header in found if len(header.columns) == len(whole.columns) - 1]
    if not shorter or not any(map(takes_complement, whole.columns[-1].label.split())):
        return whole
    below = next((line.text.split() for line in lines[whole.end :] if not line.is_blank), [])
    return shorter[-1] if all(map(is_field, below)) and len(below) == len(shorter[-1].values) else whole


def _opens_label(columns: Sequence[HeaderColumn], best: Header | None) -> bool:
    """Whether lines only add words with a capital to a column whose year is stated, as a first row's label does."""
    if best is None or len(columns) > len(best.columns):
        return False
    before, added = best.columns[-1].label, columns[-1].label.removeprefix(best.columns[-1].label).strip()
    return bool(year_in(before)) and before[-1].isalnum() and added[:1].isupper()


@lru_cache(maxsize=LINES_KEPT)
def _words_of(text: str) -> tuple[str, ...]:
    """The words of a line; a year that no space parts from the header word beside it is a word of its own."""
    words: list[str] = []
    for word in (part for printed in text.split() for part in words_glued_to_year(printed)):
        printed, year = parted_at_year(word)
        head = printed.rstrip("<>|/.,:;_-")
        words += [head, year] if year and head and head_at([head]) else [word]
    return tuple(words)


def _may_complete(tokens: Sequence[_Token]) -> bool:
    """Whether the last word may be the first half of a broken header word."""
    last = tokens[-1].line
    tail = [t.text for t in tokens if t.line >= last - 2]
    return any(
        begins_header_word(fold("".join(tail[i:]))) for i in range(max(0, len(tail) - LONGEST_PHRASE), len(tail))
    )


def _parse(tokens: Sequence[_Token]) -> tuple[list[HeaderColumn] | None, int]:
    """Divide tokens into columns, None where some token fits none; and tell how many tokens fit."""
    columns: list[HeaderColumn] = []
    unknown = 0
    index = 0
    while index < len(tokens):
        size, role, kind = _phrase_at(tokens, index, columns)
        text = mend(" ".join(t.text for t in tokens[index : index + max(size, 1)]))
        if size and columns and index and takes_complement(tokens[index - 1].text):
            columns[-1] = _append(columns[-1], text)
        elif size and not (columns and _goes_on(columns[-1], role, tokens[index])):
            again = role in ONCE and any(column.role == role for column in columns)
            if again or (columns and not _may_follow(columns[-1], role, tokens, index)):
                return None, index
            columns.append(HeaderColumn(text, role, kind))
        elif size:
            if fold(text) == fold(columns[-1].label) or tokens[index].after_blank:
                return None, index
            columns[-1] = _append(columns[-1], text)
        elif is_period_word(text):
            following = tokens[index + 1].text if index + 1 < len(tokens) else ""
            _add_period(columns, text, has_own_year=not year_in(text) and is_year(following))
        elif columns and goes_on_header(text) and not (columns[-1].is_value and text.isupper()):
            columns[-1] = _append(columns[-1], text)
        elif columns and not columns[-1].is_value and not tokens[index].after_blank:
            unknown += 1
            if text == "0" or is_amount_of_table(text) or unknown > MOST_LABEL_WORDS or columns[-1].role in TEXT_ROLES:
                return None, index
            columns[-1] = _append(columns[-1], text)
        else:
            return None, index
        index += max(size, 1)
    return columns, index


def _phrase_at(
    tokens: Sequence[_Token], index: int, columns: Sequence[HeaderColumn] = ()
) -> tuple[int, str, str | None]:
    """Return the size, role and kind of the longest run that heads a column at a token; size 0 for none."""
    if not any(letter.isalpha() for letter in tokens[index].text):
        return 0, "", None
    words = [token.text for token in tokens[index : index + LONGEST_PHRASE]]
    dated = next((i for i, word in enumerate(words) if i and (year_in(word) or is_period(word))), len(words))
    head = head_at(words[:dated])
    if head is None or year_in(words[0]):
        return 0, "", None
    if head.is_measure:
        return _side(words, head, columns)
    is_dated = dated == head.size < len(words) and columns and columns[-1].is_value and head.role in LABEL_SIDE
    role, kind = column_role(" ".join(words[: dated + 1])) if is_dated else (head.role, head.kind)
    return head.size, role, kind


def _side(words: Sequence[str], head: Head, columns: Sequence[HeaderColumn]) -> tuple[int, str, str | None]:
    """*Intäkter*, *Netto*: the side of the value column before it, else a column; before kinds the lines' header."""
    last = columns[-1] if columns else None
    if words[0][0].islower() or (last is not None and last.is_value and not last.is_measure):
        return 0, "", None
    following = head_at(words[head.size :])
    is_line = last is None or (not last.is_value and following is not None and following.role == "value")
    if is_line and not (following is not None and following.is_measure):
        return head.size, "line", None
    return head.size, "value", "outcome"


def _goes_on(column: HeaderColumn, role: str, token: _Token) -> bool:
    """A second phrase of the same kind goes on with a label (`Ekonomi, belopp tkr`)."""
    return column.role == role and role in LABEL_SIDE


def _may_follow(last: HeaderColumn, role: str, tokens: Sequence[_Token], index: int) -> bool:
    """Labels come first; a text column after values or texts stands in their line."""
    if role in LABEL_SIDE:
        return not last.is_value and last.role not in TEXT_ROLES
    return role not in TEXT_ROLES or not last.is_value or tokens[index - 1].line == tokens[index].line


def _append(column: HeaderColumn, text: str) -> HeaderColumn:
    return replace(column, label=f"{column.label} {text}")


def _add_period(columns: list[HeaderColumn], text: str, *, has_own_year: bool) -> None:
    """A period goes to the value column before it, else is a column; a month before a year goes with that year."""
    last = columns[-1] if columns else None
    dated = last is not None and (bool(year_in(last.label)) or is_school_year(last.label))
    has_year = dated and (has_own_year or bool(year_in(text)) or is_school_year(text))
    ends_month = last is not None and last.is_value and not dated
    if last is not None and last.is_value and (ends_month or not has_year):
        columns[-1] = _append(last, text)
    else:
        columns.append(HeaderColumn(text.rstrip(","), "value", "period"))


def _is_valid(columns: Sequence[HeaderColumn]) -> bool:
    values = [c for c in columns if c.is_value]
    roles = {c.role for c in columns}
    if not values:
        return bool(roles & {"assignment", "measure"}) and "status" in roles
    if len(values) < FEWEST_VALUE_COLUMNS:
        return {"committee_goal", "indicator"} <= roles
    return any(c.role in LABEL_SIDE for c in columns) or all(c.kind != "period" for c in values)


def _stacked(lines: Sequence[Line], start: int) -> Header | None:
    """A header whose rows stand under each other: words in the first line, years in the second."""
    if start + 1 >= len(lines) or _first_field(lines[start + 1].text.split()) is None:
        return None
    first, _ = _parse([_Token(word, start) for word in lines[start].text.split()])
    values = [c for c in first or () if c.is_value]
    if first is None or len(values) <= FEWEST_VALUE_COLUMNS or any(year_in(c.label) for c in values):
        return None
    columns, end = list(first), start + 1
    while end < len(lines) and end <= start + 2:
        below = _row_below(columns, lines[end])
        if below is None:
            break
        columns, end = below, end + 1
    return Header(tuple(columns), start, end) if end > start + 1 else None


def _first_field(words: Sequence[str]) -> int | None:
    """Index of the first of the years and sides that a header's second row ends with; None where it holds others."""
    is_field = [is_year(word) or is_side(word) for word in words]
    first = next((i for i, known in enumerate(is_field) if known), None)
    return first if first is not None and all(is_field[first:]) else None


def _row_below(columns: Sequence[HeaderColumn], line: Line) -> list[HeaderColumn] | None:
    """Add a second row to the columns; an empty field is a space too many."""
    words = line.text.split()
    first = _first_field(words)
    label = " ".join(words[:first])
    is_header = not label or _phrase_at([_Token(w, 0) for w in words[:first]], 0)[0] or line.text.startswith(label)
    if first is None or not is_header:
        return None
    values = [i for i, c in enumerate(columns) if c.is_value]
    fields = _fields(line, words[first], len(values), [columns[i] for i in values])
    joined = list(columns)
    if label:
        joined[0] = _append(joined[0], label)
    for index, text in zip(values, fields, strict=False):
        if text:
            joined[index] = _append(joined[index], text)
    return joined


def _fields(line: Line, first: str, count: int, columns: Sequence[HeaderColumn]) -> list[str]:
    """Split the row at single spaces; where that gives too few, a variance column has no year."""
    fields = line.raw[line.raw.index(first) :].rstrip("\n").split(" ")
    if len(fields) >= count:
        return fields[:count]
    words = iter(filter(None, fields))
    return ["" if column.kind == "variance" else next(words, "") for column in columns]
