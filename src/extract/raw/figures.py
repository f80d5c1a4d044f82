"""Rows of figures in raw PDF text: a label and its amounts in one line, or in lines below each other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from extract.raw.headers.model import HeaderColumn
from extract.raw.lines import Line
from extract.raw.placement import CONFIRMED, LIKELY, UNSURE, Placement, RowContext, place
from schema.lexicon.figures import (
    goes_on_group,
    is_count,
    is_group,
    is_later_group,
    is_lone_account,
    is_lone_minus,
    is_range,
    opens_group,
)
from schema.lexicon.numbers import parse_number
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.values import is_field
from schema.lexicon.years import is_year

NO_BREAK = "\u00a0"
ROUNDING = 1.01
"""Half a unit in each of two figures and their difference, and what binary fractions add."""

VARIANCE_HOLDS, VARIANCE_FAILS = -3.0, 1.5
"""Costs of a placement whose variance is, or is not, the difference of its neighbours."""
UNUSUAL = 0.3
EMPTY_COLUMN = 0.4
MOST_COLUMNS_TO_TRY = 7
"""With a variance column every placement is tried, in tables no wider than this."""

WITHOUT_NOTE = 0.2
"""What a row without a note number costs in a table that has them."""

MOST_WAYS = 40_000
"""Ways to group a row's figures that are weighed; eight columns of two groups each have 16,000."""
NUMBERS_KEPT = 4096
"""Numbers that are remembered as read: every way to place a row asks for them again."""
LINES_KEPT = 8192
"""Lines that are remembered as split: those above them ask for them again."""
LONGEST_NOTE = 2
"""Figures of a note's number."""


def split_fields(line: Line, count: int) -> tuple[str, list[str]]:
    """Return a line's label and the words after it, split at single spaces."""
    label, fields = _split(line.text, line.raw, count)
    return label, list(fields)


@lru_cache(maxsize=LINES_KEPT)
def _split(text: str, raw: str, count: int) -> tuple[str, Sequence[str]]:
    if is_lone_account(text):
        return text, ()
    words = bind_percent(text).split(" ")
    words = [word for word in words if word]
    first = len(words)
    while first > 0 and is_field(take_marks(words[first - 1])[0]):
        first -= 1
    while first < len(words) and words[first] in ("-", "–") and len(words) - first > count:
        first += 1
    while first < len(words) and is_range(words[first]) and len(words) - first > count:
        first += 1
    if first == len(words):
        return text, ()
    if first == 0 and is_year(words[0]) and len(words) > count:
        first = 1
    while len(words) - first > 3 * count:
        first += 1
    label = " ".join(words[:first])
    if first == 0:
        return "", bind_percent(raw.lstrip(" ")).split(" ")
    rest = bind_percent(raw)
    at = _nth_word(rest, first)
    return label, rest[at:].split(" ")


def bind_percent(text: str) -> str:
    """Bind a percent sign to the number before it with a no-break space."""
    return re.sub(r"(?<=\d) %", f"{NO_BREAK}%", text)


def _nth_word(text: str, index: int) -> int:
    """Where the word with an index begins."""
    starts = [match.start() for match in re.finditer(r"[^ ]+", text)]
    return starts[index] if index < len(starts) else len(text)


def groupings(words: Sequence[str], most: int) -> list[list[str]]:
    """Return the ways to read words as at most `most` numbers whose thousands are set apart by spaces.

    None are returned where they are too many to tell the right one.
    """
    found: list[list[str]] = []
    fewest = [min(counts_of(words[index:]), default=most + 1) for index in range(len(words) + 1)]

    def extend(index: int, numbers: list[str]) -> None:
        if len(numbers) + fewest[index] > most or len(found) > MOST_WAYS:
            return
        if index == len(words):
            found.append(numbers)
            return
        for end in _ends_of_number(words, index):
            extend(end, [*numbers, " ".join(words[index:end])])

    extend(0, [])
    return found if len(found) <= MOST_WAYS else []


def _ends_of_number(words: Sequence[str], index: int) -> Iterator[int]:
    """The words before which a number may end that begins with a word."""
    if not is_later_group(words[index]):
        yield index + 1
    if is_lone_minus(words[index]) and index + 1 < len(words) and words[index + 1][0].isdigit():
        yield from _ends_of_number(words, index + 1)
    end = index + 1
    while opens_group(words[index]) and end < len(words) and goes_on_group(words[end]):
        end += 1
        yield end
        if not is_group(words[end - 1]):
            break


def counts_of(words: Sequence[str]) -> set[int]:
    """Return as how many numbers words can be read."""
    counts: list[set[int]] = [{0}, *(set() for _ in words)]
    for index in range(len(words)):
        for end in _ends_of_number(words, index) if counts[index] else ():
            counts[end] |= {count + 1 for count in counts[index]}
    return counts[-1]


@lru_cache(maxsize=NUMBERS_KEPT)
def to_number(text: str) -> float | None:
    """Read a printed number, None where it is none."""
    number = parse_number(take_marks(text)[0].rstrip("%- \u00a0"))
    return None if number is None else float(number)


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers of a row and the columns they stand in."""

    numbers: tuple[str, ...]
    placement: Placement


def read_row(fields: Sequence[str], columns: Sequence[HeaderColumn], *, is_short_table: bool) -> Reading | None:
    """Read a row's words as numbers in columns: by doubled spaces, by the variance, by alignment."""
    words = [text for text in fields if text]
    if not words:
        return Reading((), Placement(()))
    spaced = _by_spaces(fields, columns)
    if spaced is not None:
        return spaced
    options = groupings(words, len(columns))
    if not options:
        return None
    weighed = sorted(
        (
            (cost, numbers, placement)
            for numbers in options
            for cost, placement in _placements(numbers, columns, is_short_table=is_short_table)
        ),
        key=lambda option: option[0],
    )
    if not weighed:
        return None
    _, numbers, placement = weighed[0]
    return Reading(tuple(numbers), placement)


def _by_spaces(fields: Sequence[str], columns: Sequence[HeaderColumn]) -> Reading | None:
    """Doubled spaces inside a row are its empty cells: place the numbers by them where the count fits."""
    inner = list(fields)
    while inner and not inner[-1]:
        inner.pop()
    if "" not in inner:
        return None
    cells: list[str] = []
    for numbers in groupings([text or "\x00" for text in inner], len(columns)):
        plain = ["" if text == "\x00" else text for text in numbers]
        if len(plain) <= len(columns) and _variance_cost(plain, tuple(range(len(plain))), columns) <= 0:
            cells = plain
            break
    if not cells:
        return None
    chosen = tuple(i for i, text in enumerate(cells) if text)
    return Reading(tuple(cells[i] for i in chosen), Placement(chosen, True, CONFIRMED))


def _placements(
    numbers: Sequence[str], columns: Sequence[HeaderColumn], *, is_short_table: bool
) -> Iterator[tuple[float, Placement]]:
    """Yield the likely placements of a row's numbers with their costs."""
    count, width = len(numbers), len(columns)
    if columns[0].role == "note":
        yield from _beside_notes(numbers, columns, is_short_table=is_short_table)
        return
    base = _spread(numbers, columns) + EMPTY_COLUMN * (width - count)
    if count == width:
        chosen = tuple(range(width))
        yield base + _variance_cost(numbers, chosen, columns), Placement(chosen)
    elif any(column.kind == "target" for column in columns):
        yield base, place(numbers, columns, RowContext())
    else:
        yield from _aligned(numbers, columns, base, is_short_table=is_short_table)


def is_note(text: str) -> bool:
    """Whether a text may be the numbers of notes: `7`, `6,7`."""
    return all(is_count(part, most=LONGEST_NOTE) for part in text.split(","))


def _beside_notes(
    numbers: Sequence[str], columns: Sequence[HeaderColumn], *, is_short_table: bool
) -> Iterator[tuple[float, Placement]]:
    """The placements where the first column holds note numbers: a row's first number may be one."""
    values = columns[1:]
    if len(numbers) <= len(values):
        for cost, placement in _placements(numbers, values, is_short_table=is_short_table):
            yield cost + WITHOUT_NOTE, replace(placement, columns=tuple(col + 1 for col in placement.columns))
    if len(numbers) > 1 and is_note(numbers[0]):
        for cost, placement in _placements(numbers[1:], values, is_short_table=is_short_table):
            yield cost, replace(placement, columns=(0, *(col + 1 for col in placement.columns)))


def _aligned(
    numbers: Sequence[str], columns: Sequence[HeaderColumn], base: float, *, is_short_table: bool
) -> Iterator[tuple[float, Placement]]:
    """Flush left in a table whose last columns are empty throughout, else flush right; the variance decides."""
    count, width = len(numbers), len(columns)
    left, right = tuple(range(count)), tuple(range(width - count, width))
    usual = left if is_short_table else right
    has_variance = any(column.kind == "variance" for column in columns)
    every = combinations(range(width), count)
    tried = every if has_variance and width <= MOST_COLUMNS_TO_TRY else (left, right)
    for chosen in sorted(set(tried)):
        variance = _variance_cost(numbers, chosen, columns)
        confidence = CONFIRMED if variance < 0 else (LIKELY if chosen == usual else UNSURE)
        gaps = sum(b - a > 1 for a, b in zip(chosen, chosen[1:], strict=False))
        penalty = 0.0 if chosen == usual else UNUSUAL * (1 + gaps)
        yield base + variance + penalty, Placement(chosen, True, confidence)


def _spread(numbers: Sequence[str], columns: Sequence[HeaderColumn]) -> float:
    """How far apart the magnitudes of a row's numbers lie; a row's years are alike."""
    values = [abs(value) for value in map(to_number, numbers) if value]
    if len(values) < 2:
        return 0.0
    has_variance = any(column.kind == "variance" for column in columns)
    logs = sorted(math.log10(value) for value in values)
    if has_variance and len(logs) > 2:
        logs = logs[1:]
    mean = sum(logs) / len(logs)
    return math.sqrt(sum((x - mean) ** 2 for x in logs) / len(logs))


def _variance_cost(numbers: Sequence[str], chosen: Sequence[int], columns: Sequence[HeaderColumn]) -> float:
    """Negative where the variance is the difference of its outcome and budget, positive where it is not."""
    at = {column: to_number(text) for text, column in zip(numbers, chosen, strict=True) if text}
    variance = next((i for i, c in enumerate(columns) if c.kind == "variance"), None)
    if variance is None or at.get(variance) is None:
        return 0.0
    filled = [i for i in range(variance) if at.get(i) is not None]
    outcomes = [i for i in filled if columns[i].kind in ("outcome", "forecast")]
    budgets = [i for i in filled if columns[i].kind == "budget"]
    target = abs(at[variance] or 0.0)
    gaps = [abs((at.get(b) or 0.0) - (at.get(o) or 0.0)) for b in budgets or [-1] for o in outcomes or [-1]]
    return VARIANCE_HOLDS if any(abs(gap - target) <= ROUNDING for gap in gaps) else VARIANCE_FAILS
