"""What speaks for a table's numbers being money, counts, figures of staff or indicators.

Begins with a table's columns, ends with the names of the signs that `table_evidence.csv` weighs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from extract.records.columns import GOAL_ROLES, Column
from extract.records.shape.natures import nature_of_column, nature_of_label
from schema.layout import Table
from schema.lexicon.labels import is_sum_label
from schema.lexicon.numbers import find_numbers, parse_number
from schema.lexicon.units import money_unit, prints_percent, states_percent
from schema.lexicon.values import opens_like_value
from schema.lexicon.words import words
from schema.vocabulary import read_rows

MOST = 0.5
"""Share of a table's rows or cells that makes a sign the table's."""
SOME = 0.2
"""Share from which it is no accident: one row in five."""
LARGE = 1000
"""Figures from here on are grouped or long: rarely shares, marks or people."""
SMALL = 100
"""No share and no mark is above."""
ENDINGS = ("", "n", "en", "et")
"""How the names of organs end where they are definite."""
NEAR_TITLES = 3
"""The title and the headings nearest to it; those further out speak of whole chapters."""


def evidence_of(
    columns: Sequence[Column], table: Table, label: int | None, titles: Sequence[str], *, prints_money: bool
) -> frozenset[str]:
    """Return the signs that a table shows, and its report, which may print a unit of money or none at all."""
    labels = _texts(table, {label} if label is not None else set())
    values = _texts(table, {column.index for column in columns if column.is_value})
    signs = (*_of_headers(columns), *_of_titles(titles), *_of_labels(labels), *_of_values(values))
    signs = signs if prints_money else (*signs, "no unit of money")
    return frozenset(signs)


def _texts(table: Table, cols: set[int]) -> list[str]:
    return [cell.text.strip() for cell in table.filled_below(cols)]


def _of_headers(columns: Sequence[Column]) -> Iterator[str]:
    """Yield what the columns are headed as: their roles, kinds, units and topics."""
    for column in columns:
        if column.is_value:
            yield f"values {column.kind}" if column.kind else "values unnamed"
            yield from (f"values on {topic}" for topic in topics_in(column.label)[:1])
            nature = nature_of_column(column)
            if nature:
                yield f"column of {nature}"
            continue
        yield f"role {'goal' if column.role in GOAL_ROLES else column.role}"
        if money_unit(column.label):
            yield "header in money"
        if states_percent(column.label):
            yield "header in percent"
        yield from (f"header on {topic}" for topic in topics_in(column.label)[:1])
        if any(row["phrase"] in column.label.casefold() for row in read_rows("indicator_words")):
            yield "header names indicators"


def _of_titles(titles: Sequence[str]) -> Iterator[str]:
    """Yield what the title speaks of, or else the nearest heading that speaks of something."""
    for place, title in enumerate(titles[:NEAR_TITLES]):
        topics = topics_in(title)
        if topics:
            yield f"{'heading' if place else 'title'} on {topics[0]}"
            break
    if titles and money_unit(titles[0]):
        yield "title in money"
    if titles and nature_of_label(titles[0]) == "count":
        yield "title of count"


def _of_labels(labels: Sequence[str]) -> Iterator[str]:
    """Yield what the rows are named as."""
    natures = [nature_of_label(label) for label in labels]
    for nature in ("money", "count", "share"):
        if _share(nature == other for other in natures) >= SOME:
            yield f"rows of {nature}"
    topics = [next(iter(topics_in(label)), None) for label in labels]
    for topic in ("money", "personnel", "volume"):
        if _share(topic == other for other in topics) >= (MOST if topic == "money" else SOME):
            yield f"rows on {topic}"
    if any(map(is_sum_label, labels)):
        yield "a row of sums"
    if _share(map(_names_organ, labels)) >= MOST:
        yield "rows of committees"
    if _share(map(_names_age, labels)) >= MOST:
        yield "rows of ages"


def _names_organ(label: str) -> bool:
    """Whether a row is named by a committee, a board or an administration."""
    return any(word.strip(".,()").endswith(_organs()) for word in label.casefold().split())


@cache
def _organs() -> tuple[str, ...]:
    rows = (row["word"] for row in read_rows("header_words") if (row["class"], row["meaning"]) == ("part", "organ"))
    return tuple(f"{word}{ending}" for word in rows for ending in ENDINGS)


def _names_age(label: str) -> bool:
    """Whether a row is named by an age or a school year: `1-3 år`, `80+`, `Åk 7-9`; codes have three figures."""
    first = label.casefold().split()[0]
    numbers = find_numbers(first)
    is_age = bool(numbers) and numbers[0].start == 0 and abs(numbers[0].value) < SMALL
    return is_age or words("header_words", column="word", meaning="numbered").whole(first) is not None


def _of_values(values: Sequence[str]) -> Iterator[str]:
    """Yield what the figures look like."""
    if _share(map(prints_percent, values)) >= SOME:
        yield "cells in percent"
    if _share(not opens_like_value(text) for text in values) >= SOME:
        yield "cells of words"
    numbers = [number for text in values if (number := parse_number(text)) is not None]
    if not numbers:
        return
    if _share(number < 0 for number in numbers) >= SOME / 2:
        yield "negative figures"
    if _share(abs(number) >= LARGE for number in numbers) >= MOST:
        yield "large figures"
    if all(abs(number) <= SMALL for number in numbers):
        yield "small figures"
    if _share(bool(find_numbers(text)) and find_numbers(text)[0].decimals > 0 for text in values) >= MOST:
        yield "figures with decimals"


def _share(signs: Iterable[bool]) -> float:
    found = list(signs)
    return sum(found) / len(found) if found else 0.0


@cache
def topics_in(text: str) -> tuple[str, ...]:
    """Return the topics of `topics.csv` that a text names, in the order they stand."""
    folded = text.casefold()
    hits = [(_place(row["phrase"], folded, row["match"]), row["topic"]) for row in read_rows("topics")]
    return tuple(topic for place, topic in sorted(hits) if place >= 0)


def _place(phrase: str, folded: str, match: str) -> int:
    """Return where a phrase stands in a text, -1 where it does not."""
    place = folded.find(phrase)
    if match == "inside" or place < 0:
        return place
    hit = words("topics", phrase=phrase).find(folded)
    return hit.start if hit else -1
