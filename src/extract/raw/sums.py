"""Short rows of figures in raw PDF text: the columns in which the sums below them hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import comb, prod

from extract.raw.figures import Reading, to_number
from extract.raw.placement import CONFIRMED, UNSURE, Placement
from schema.lexicon.labels import is_part_label, is_total_label

MOST_WAYS = 20_000
"""So many ways to place the short rows of one sum at most are tried."""
MOST_PLACES = 60
"""A row with more ways to stand is tried flush with every column only."""

Columns = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Sum:
    """A row of figures and the rows that add up to it."""

    total: int
    addends: tuple[int, ...]


def settled_by_sums(labels: Sequence[str], readings: Sequence[Reading | None], width: int) -> list[Reading | None]:
    """The rows' readings, short ones moved to where a total or a row's parts add up in every column.

    Where they add up as read, the placement is confirmed; where they do in two ways, the other one is the rival.
    """
    settled = list(readings)
    if not any(_is_open(reading, width) for reading in readings):
        return settled
    for group in _sums(labels, readings, width):
        _settle(group, settled, width)
    return settled


def _sums(labels: Sequence[str], readings: Sequence[Reading | None], width: int) -> Iterator[_Sum]:
    """Totals with the rows above them, since the last total or from the top, and rows with the parts below them."""
    whole = [reading is not None and len(reading.numbers) == width for reading in readings]
    parts = [is_part_label(label) for label in labels]
    sums = [is_total_label(label) for label in labels]
    totals = [i for i, is_total in enumerate(sums) if is_total]
    plain = [i for i, reading in enumerate(readings) if reading and not parts[i] and not sums[i]]
    for at, total in enumerate(totals):
        if not whole[total]:
            continue
        for start in sorted({totals[at - 1] + 1 if at else 0, 0}, reverse=True):
            yield _Sum(total, tuple(plain[bisect_left(plain, start) : bisect_left(plain, total)]))
    for i in range(len(labels)):
        below = i + 1
        while below < len(labels) and parts[below]:
            below += 1
        if whole[i] and not parts[i] and below - i > 2:
            yield _Sum(i, tuple(k for k in range(i + 1, below) if readings[k]))


def _settle(group: _Sum, readings: list[Reading | None], width: int) -> None:
    """Move the short rows of a sum to where it holds in every column, if it does anywhere."""
    short = [i for i in group.addends if _is_open(readings[i], width)]
    if not short:
        return
    rest = _rest_of(group, readings, short)
    own = {i: _own(readings[i]) for i in short}
    if _holds(rest, own):
        _take(readings, own, [])
        return
    choices = [list(_places(readings[i], width)) for i in short]
    if prod(len(places) for places in choices) > MOST_WAYS:
        return
    ways = [dict(zip(short, way, strict=True)) for way in product(*choices)]
    found = [way for way in ways if _holds(rest, way)]
    if found:
        found.sort(key=lambda way: sum(columns != _own(readings[i]) for i, columns in way.items()))
        _take(readings, found[0], found[1:])


def _is_open(reading: Reading | None, width: int) -> bool:
    """Whether a row's columns were inferred and no sum has confirmed them yet."""
    if reading is None or not 0 < len(reading.numbers) < width:
        return False
    return reading.placement.inferred and reading.placement.confidence < CONFIRMED


def _own(reading: Reading | None) -> Columns:
    return reading.placement.columns if reading else ()


def _places(reading: Reading | None, width: int) -> Iterator[Columns]:
    """The ways a row's numbers may stand in the columns, in order."""
    count = len(reading.numbers) if reading else 0
    if comb(width, count) <= MOST_PLACES:
        yield from combinations(range(width), count)
    else:
        yield from (tuple(range(start, start + count)) for start in range(width - count + 1))


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a total leaves for the short ones among its addends."""

    columns: tuple[float, ...]
    """What remains of it in each column."""
    numbers: dict[int, tuple[float, ...]]
    """The short rows' numbers."""
    slack: float
    """Half a printed unit a term; less than nought where there are too few terms."""


def _rest_of(group: _Sum, readings: Sequence[Reading | None], short: Sequence[int]) -> _Rest:
    """Take the addends whose columns are known from a total."""
    total, rows = readings[group.total], [(i, readings[i]) for i in group.addends]
    rest = [to_number(text) or 0.0 for text in total.numbers] if total else []
    addends = {i: reading for i, reading in rows if reading is not None}
    numbers = {i: tuple(to_number(text) or 0.0 for text in reading.numbers) for i, reading in addends.items()}
    for i in sorted(addends.keys() - set(short)):
        for value, col in zip(numbers[i], addends[i].placement.columns, strict=True):
            rest[col] -= value
    decimals = max((_decimals(text) for reading in addends.values() for text in reading.numbers), default=0)
    slack = (len(addends) + 1) / 2 * 10**-decimals + 1e-6 if len(addends) > 1 else -1.0
    return _Rest(tuple(rest), {i: numbers[i] for i in short}, slack)


def _holds(rest: _Rest, way: dict[int, Columns]) -> bool:
    """Whether the short rows make up what remains in every column, each placed one way."""
    left = list(rest.columns)
    for i, columns in way.items():
        for value, col in zip(rest.numbers[i], columns, strict=True):
            left[col] -= value
    return all(abs(value) <= rest.slack for value in left)


def _decimals(text: str) -> int:
    return len(text.partition(",")[2].rstrip("% -")) if "," in text else 0


def _take(readings: list[Reading | None], way: dict[int, Columns], others: Sequence[dict[int, Columns]]) -> None:
    """Place the rows one way; a row that another way places elsewhere keeps that as its rival."""
    for i, columns in way.items():
        reading = readings[i]
        if reading is None:
            continue
        rival = next((other[i] for other in others if other[i] != columns), None)
        placement = Placement(columns, True, UNSURE if rival else CONFIRMED, rival)
        readings[i] = replace(reading, placement=placement)
