"""What columns count where one row holds several measures: begins with printed rows, ends with a name by column.

Under *Antal uppdrag* and *Antal tolkar* a row has two numbers of one period that are no versions of each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from os.path import commonprefix

from schema.lexicon.headers import best_reading
from schema.lexicon.years import without_years
from schema.printed import IndicatorRow, PrintedValue

MOST_SHARED = 4
"""Words that the headers of several columns open with alike; more are a title read as a level of theirs."""
Place = tuple[int, int]
"""Table and column."""
Words = tuple[str, ...]


def measures_in(rows: Iterable[IndicatorRow]) -> Mapping[Place, str]:
    """Return what columns count that are told apart by nothing else: not by kind, period or a known part."""
    alike: dict[Hashable, dict[Place, Words]] = defaultdict(dict)
    for row in rows:
        for value in row.values:
            part = None if value.is_new_part else value.part
            alike[row.table, value.kind, value.period, part][row.table, value.col] = words_of(value)
    several = (columns for columns in alike.values() if len(set(columns.values())) > 1)
    return {place: name for columns in several for place, name in named(columns) if name}


def words_of(value: PrintedValue) -> Words:
    """Return the words of a header without its year, or its unit where the words name a kind of value."""
    if best_reading(value.column_label).kind is not None:
        return (value.unit,) if value.unit else ()
    words = without_years(value.column_label)
    return tuple(words.split()) if any(map(str.isalpha, words)) else ()


def named(columns: Mapping[Place, Words]) -> Iterable[tuple[Place, str]]:
    """Yield each column's name, without a long opening that all of them share."""
    shared = len(commonprefix(list(columns.values())))
    return ((place, " ".join(words[shared if shared > MOST_SHARED else 0 :])) for place, words in columns.items())
