"""Headers over several columns in running lines: `Jan-aug Helår 2025` above *Budget*, *Utfall*, *Budget*, *Prognos*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from extract.raw.headers.counted import label_role
from extract.raw.headers.model import Header, HeaderColumn
from schema.lexicon.headers import Time, column_role, is_time_alone, read_header
from schema.lexicon.text import fold
from schema.lexicon.years import is_year

MOST_WORDS = 16
LONGEST_DAY = 2
"""Figures of a date's day; longer numbers but years are amounts."""
FEWEST_COLUMNS = 3
"""Columns below groups: two would be one of each."""
REPEATED, UNLIKELY, RETURNS = 3.0, 1.0, -1.0
"""Costs of a header twice in a group, of a kind that its time seldom has, of a group that begins as the first does."""
MARGIN = 1.0
"""So much cheaper than the next is the way that is taken."""
PLANNED = frozenset({"forecast", "variance", "budget", "plan", "target"})

Division = tuple[str, ...]


def may_name_groups(text: str) -> bool:
    """Whether a line may name groups of columns: two or more times, or names with a capital each."""
    words = text.split()
    if not 1 < len(words) <= MOST_WORDS or not words[0][0].isupper() or any(map(_is_amount, words)):
        return False
    return sum(word[0].isupper() for word in words) > 1 or len(_times(words)[1]) > 1


def _is_amount(word: str) -> bool:
    return len(word) > LONGEST_DAY and word.isdecimal() and not is_year(word)


def with_groups(text: str, header: Header) -> Header | None:
    """A header with what the line above it says of groups of its columns; None where it says nothing of them."""
    values = header.values
    if len(values) < FEWEST_COLUMNS:
        return None
    words = text.split()
    label, groups = _times(words)
    if len(groups) < 2 or (label and header.labels):  # noqa: PLR2004
        label, groups = _names(words, values)
        if label and header.labels:
            return None
    if not 1 < len(groups) <= len(values):
        return None
    runs = _runs(groups, values)
    if runs is None:
        return replace(header, start=header.start - 1, is_unsure=True)
    names = (group for group, size in zip(groups, runs, strict=True) for _ in range(size))
    grouped = [_under(name, column) for name, column in zip(names, values, strict=True)]
    labels = header.labels or ((HeaderColumn(label, label_role([label])),) if label else ())
    return replace(header, columns=(*labels, *grouped), start=header.start - 1)


def _under(group: str, column: HeaderColumn) -> HeaderColumn:
    label = f"{group} {column.label}"
    return replace(column, label=label, kind=column_role(label)[1] or column.kind)


def _times(words: Sequence[str]) -> tuple[str, Division]:
    """A label and the times after it; such as *Ack* goes with the month after it."""
    first = next((i for i in range(len(words)) if is_time_alone(words[i])), len(words))
    if not all(word[0].isupper() == (not i) for i, word in enumerate(words[:first])):
        return "", ()
    phrases: list[str] = []
    for word in words[first:]:
        is_new = word[0].isupper() or (bool(phrases) and is_year(word) and is_year(phrases[-1].split()[-1]))
        if not phrases or (is_new and not _qualifies(phrases[-1], word)):
            phrases.append(word)
        else:
            phrases[-1] = f"{phrases[-1]} {word}"
    is_known = all(map(is_time_alone, phrases)) and len({phrase.casefold() for phrase in phrases}) == len(phrases)
    return " ".join(words[:first]), tuple(phrases) if is_known else ()


def _qualifies(phrase: str, word: str) -> bool:
    """Whether a phrase says how far a month reaches, and the month is next."""
    time = _time(phrase)
    return time.extent == "to_date" and time.months is None and time.years is None and _time(word).months is not None


def _time(text: str) -> Time:
    return read_header(text)[0].time


def _names(words: Sequence[str], values: Sequence[HeaderColumn]) -> tuple[str, Division]:
    """A label and the names above years that return: as many as the years do, each with a capital."""
    labels = [column.label for column in values]
    count = labels.count(labels[0])
    if count == 1 or not all(map(is_time_alone, labels)) or labels != labels[: len(labels) // count] * count:
        return "", ()
    starts = [i for i, word in enumerate(words) if word[0].isupper()]
    if len(starts) not in (count, count + 1) or starts[0]:
        return "", ()
    names = tuple(" ".join(words[a:b]) for a, b in pairwise((*starts, len(words))))
    return ("", names) if len(starts) == count else (names[0], names[1:])


def _runs(groups: Division, values: Sequence[HeaderColumn]) -> tuple[int, ...] | None:
    """How many columns each group has; None where two ways are as likely."""
    times = [_time(group) for group in groups]
    ways = sorted((_cost(sizes, times, values), sizes) for sizes in _sizes(len(values), len(groups)))
    return ways[0][1] if len(ways) == 1 or ways[1][0] - ways[0][0] >= MARGIN else None


def _sizes(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    for cuts in combinations(range(1, total), parts - 1):
        yield tuple(b - a for a, b in pairwise((0, *cuts, total)))


def _cost(sizes: Sequence[int], times: Sequence[Time], values: Sequence[HeaderColumn]) -> float:
    last = max((time.years[1] for time in times if time.years), default=0)
    has_part = any(_is_part(time) for time in times)
    cost, at = 0.0, 0
    for index, (size, time) in enumerate(zip(sizes, times, strict=True)):
        run = values[at : at + size]
        year = time.years[1] if time.years else last
        cost += REPEATED * (size - len({(fold(column.label), column.year or year) for column in run}))
        is_past = time.years is not None and time.years[1] < last
        for column in run:
            is_early = column.kind == "forecast" and _is_part(time)
            is_late = column.kind == "outcome" and time.extent == "year" and has_part and not is_past
            cost += UNLIKELY * (is_early or is_late or (is_past and column.kind in PLANNED))
        cost += RETURNS * (index > 0 and run[0].label == values[0].label)
        at += size
    return cost


def _is_part(time: Time) -> bool:
    return time.months is not None or time.extent in ("to_date", "within")
