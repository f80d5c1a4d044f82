"""What columns count where one row holds several measures: begins with printed rows, ends with a name by column.

Under *Antal uppdrag* and *Antal tolkar* a row has two numbers of one period that are no versions of each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from os.path import commonprefix

from schema.lexicon.headers import best_reading
from schema.lexicon.labels import is_total_label
from schema.lexicon.units import is_share_unit
from schema.lexicon.years import without_years
from schema.printed import BudgetLine, IndicatorRow, PrintedValue

MOST_SHARED = 4
"""Words that the headers of several columns open with alike; more are a title read as a level of theirs."""
Place = tuple[int, int]
"""Table and column."""
Words = tuple[str, ...]


def measures_in(rows: Sequence[IndicatorRow | BudgetLine]) -> Mapping[Place, str]:
    """Return what columns count that are told apart by nothing else: not by kind, period or a known part.

    Words for a kind tell them apart where all of the table is of that kind: frames before and after changes are no
    versions of one budget, but a budget and an adjusted one stand beside the same outcome.
    """
    kinds: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        kinds[row.table].update(value.kind for value in row.values)
    alike: dict[Hashable, dict[Place, Words]] = defaultdict(dict)
    for row in rows:
        for value in row.values:
            is_no_part = value.is_new_part and isinstance(row, IndicatorRow)
            told = row.table, value.kind, value.period, None if is_no_part else value.part
            alike[told][row.table, value.col] = words_of(value, speaks=len(kinds[row.table]) == 1)
    several = (columns for columns in alike.values() if len(set(columns.values())) > 1)
    return {place: name for columns in several for place, name in named(columns) if name}


def words_of(value: PrintedValue, *, speaks: bool) -> Words:
    """Return what a header says besides its year, nothing of a total; one that names a kind says if it is of shares."""
    words = tuple(without_years(value.column_label).replace(" ,", ",").split())
    if best_reading(value.column_label).kind is not None and not (speaks and len(words) > 1):
        return (value.unit,) if value.unit and is_share_unit(value.unit) else ()
    is_total = len(words) == 1 and is_total_label(words[0])
    return () if is_total or not any(map(str.isalpha, "".join(words))) else words


def named(columns: Mapping[Place, Words]) -> Iterable[tuple[Place, str]]:
    """Yield each column's name, without a long opening that all of them share."""
    shared = len(commonprefix(list(columns.values())))
    return ((place, " ".join(words[shared if shared > MOST_SHARED else 0 :])) for place, words in columns.items())
