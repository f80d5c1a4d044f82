"""What the cells of a column look like: values, names, or what tells rows apart although it has figures."""

from __future__ import annotations

from itertools import islice

from schema.layout import Table
from schema.lexicon.figures import is_count
from schema.lexicon.headers import best_reading, is_time_alone, names_age
from schema.lexicon.periods import is_date_or_time
from schema.lexicon.values import are_classes, opens_like_value
from schema.lexicon.years import is_recent_year

SHORTEST_NAME = 3
"""Letters of a name; marks such as *P* and *N* are shorter."""

CODE_DIGITS = 8
"""Figures in the code of a project or account."""
LEAST_YEARS = 2
"""One number that looks like a year may be an amount."""


def holds_names(table: Table, col: int) -> bool:
    """Whether the column is filled with words that differ from row to row, in most rows that are no band."""
    headers, width = set(table.header_rows), table.n_cols
    texts = [name for c in table.cells if c.col == col and c.row not in headers and (name := _name_in(c.text))]
    rows = {c.row for c in table.cells if c.row not in headers and c.text.strip() and c.col_span < width}
    return 2 * len(texts) > len(rows) and 2 * len(set(texts)) > len(texts)


def _name_in(text: str) -> str:
    """Return the name in a text, without the code before it: *30 Försäljning*; nothing where there is none."""
    code, _, name = text.strip().partition(" ")
    named = name if is_count(code, most=CODE_DIGITS) else text
    return named if sum(map(str.isalpha, named)) >= SHORTEST_NAME and not opens_like_value(named) else ""


def holds_ages(table: Table, col: int) -> bool:
    """Whether most of the column's cells are ages: groups of people, not values."""
    cells = table.filled_below((col,))
    half = (len(cells) + 1) // 2
    others = (cell for cell in cells if not names_age(cell.text))
    return sum(1 for _ in islice(others, half)) < half


def first_classes(table: Table) -> int | None:
    """Return the first column of classes of one scale, which tell rows apart: *0–5 km*, *6–10 km*."""
    columns = ([cell.text for cell in table.filled_below((col,))] for col in range(table.n_cols))
    found = (are_classes(texts) and not all(map(is_time_alone, texts)) for texts in columns)
    return next((col for col, is_found in enumerate(found) if is_found), None)


def holds_sizes(table: Table) -> bool:
    """Whether the first column tells rows apart by sizes and maybe names, beside columns of bare figures."""
    sizes = [cell.text for cell in table.filled_below((0,))]
    others = [cell.text for cell in table.filled_below(range(1, table.n_cols))]
    return (
        0 < len(set(sizes)) == len(sizes)
        and any(map(is_size, sizes))
        and all(is_size(text) or not opens_like_value(text) for text in sizes)
        and bool(others)
        and not any(any(map(str.isalpha, text)) for text in others)
    )


def is_size(text: str) -> bool:
    """Whether a text is a figure with a word after it: *190 liter*."""
    return opens_like_value(text) and any(map(str.isdigit, text)) and any(map(str.isalpha, text))


def holds_any_value(table: Table, col: int) -> bool:
    """Whether any of the column's cells opens like a value."""
    return any(opens_like_value(cell.text) for cell in table.filled_below((col,)))


def holds_words(table: Table, col: int) -> bool:
    """Whether most of the column's filled cells are words."""
    cells = table.filled_below((col,))
    return 2 * sum(not opens_like_value(cell.text) for cell in cells) > len(cells)


def holds_values(table: Table, col: int) -> bool:
    """Whether most of the column's cells open like a value, and at least one has a digit."""
    texts = [cell.text for cell in table.filled_below((col,))]
    values = [t for t in texts if opens_like_value(t)]
    return len(values) * 2 > len(texts) and any(any(map(str.isdigit, t)) for t in values)


def holds_years(table: Table, col: int) -> bool:
    """Whether the column's cells are years: when something is ready, no value."""
    texts = [cell.text.strip() for cell in table.filled_below((col,))]
    return len(texts) >= LEAST_YEARS and all(map(is_recent_year, texts))


def holds_days(table: Table, col: int) -> bool:
    """Whether all of the column's cells are days or times of day."""
    texts = [cell.text.strip() for cell in table.filled_below((col,))]
    return bool(texts) and all(is_date_or_time(text) or _is_dashed_month(text) for text in texts)


def _is_dashed_month(text: str) -> bool:
    """Whether a text is a year and a month with a dash between them: *2025-10*."""
    return "-" in text and is_time_alone(text) and best_reading(text).time.months is not None


def holds_codes(table: Table, col: int) -> bool:
    """Whether most rows that are no band have a whole number left of the names: a project's, an account's."""
    width = table.n_cols
    cells = [cell for cell in table.filled_below((col,)) if cell.col_span < width]
    return 2 * sum(is_count(cell.text.strip(), most=CODE_DIGITS) for cell in cells) > len(cells)
