"""How deep a table's labels are set, by all that layout has for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise, takewhile

from extract.records.rows import INDENT_POINTS, Row
from schema.lexicon.labels import is_part_label, is_sex_label, is_total_label
from schema.lexicon.numbers import parse_number
from schema.lexicon.signs.bullets import opens_with_bullet

DEEPEST = 4
"""Levels that reports indent; more than these are labels that are centred."""
FEWEST_PARTS = 2
"""One row below a bold one that has the same figures may be anything."""
LONGER = 2
"""Letters by which a label is longer whatever its letters; of two words nearly as long either may be wider."""
FEWEST_STEPS = 3
"""Places where centred labels begin, less one; labels of two or three depths may by chance be shorter the deeper."""
ROUNDING = Decimal("0.5")
"""Units of the last printed figure that each term of a sum may be off by."""


def depths_of(rows: Sequence[Row]) -> tuple[int, ...]:
    """Return how deep each label is set: by indent, italics, a bullet or its column, and below bold sums."""
    lines = [row for row in rows if row.label and not is_part_label(row.label)]
    styles = {row.is_styled for row in lines if not is_sex_label(row.label) or is_total_label(row.label)}
    styled = styles == {True, False} and any(row.is_styled for row in lines if row.values)
    levels = _indents(rows) if styled else []
    columns = sorted({row.label_cell.col for row in rows if row.label_cell and row.values})
    bullets = {opens_with_bullet(row.label) for row in lines} == {True, False}
    below = _below_bold(rows)
    depths = (_depth(row, levels, columns, styled=styled, bullets=bullets) for row in rows)
    return tuple(depth + (position in below) for position, depth in enumerate(depths))


def set_to_the_left(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows with no label set deeper where they are centred or set to the right: the shorter, the deeper."""
    cells = [row.label_cell for row in rows if row.label_cell and row.values]
    places = sorted({(len(cell.text.strip()), cell.indent) for cell in cells})
    pairs = ((a, b) for a, b in combinations(places, 2) if b[0] - a[0] >= LONGER)
    steps = sum(b - a >= 1 for a, b in pairwise(sorted(indent for _, indent in places)))
    if steps < FEWEST_STEPS or not all(short[1] > long[1] for short, long in pairs):
        return rows
    return [replace(row, label_cell=replace(row.label_cell, indent=0.0)) if row.label_cell else row for row in rows]


def _indents(rows: Sequence[Row]) -> list[float]:
    """Return the least indent of each depth below the first."""
    found = sorted(row.label_cell.indent for row in rows if row.label_cell)
    levels = [wide for narrow, wide in pairwise(found) if wide - narrow >= INDENT_POINTS]
    return levels if len(levels) <= DEEPEST else []


def _depth(row: Row, levels: list[float], columns: list[int], *, styled: bool, bullets: bool) -> int:
    cell = row.label_cell
    if cell is None or row.is_band:
        return 0
    is_set_apart = (styled and row.is_styled and not row.groups) or (bullets and opens_with_bullet(row.label))
    inside = max(sum(cell.indent >= level for level in levels), int(is_set_apart))
    return inside + sum(cell.col > col for col in columns)


def _below_bold(rows: Sequence[Row]) -> frozenset[int]:
    """Return the positions of the plain rows that a bold row above them has the figures of.

    A bold amount alone is no sign: the rows below must add up to it, or the same rows stand below another bold one.
    """
    blocks = [(i, _plain_below(i, rows)) for i, row in enumerate(rows) if row.is_bold and row.values]
    labels = Counter(rows[i].label for _, block in blocks for i in block)
    return frozenset(
        i
        for bold, block in blocks
        if _adds_up(rows[bold], [rows[i] for i in block]) or (block and all(labels[rows[i].label] > 1 for i in block))
        for i in block
    )


def _plain_below(position: int, rows: Sequence[Row]) -> list[int]:
    """Return the positions of the plain rows with values straight below a bold row."""
    below = range(position + 1, len(rows))
    return list(takewhile(lambda i: rows[i].label and rows[i].values and not rows[i].is_bold, below))


def _adds_up(whole: Row, parts: Sequence[Row]) -> bool:
    """Whether some rows add up to the one above in each column with figures."""
    if len(parts) < FEWEST_PARTS or is_total_label(whole.label):
        return False
    sums = [
        (number, [_number(part, value.col) for part in parts])
        for value in whole.values
        if (number := parse_number(value.raw))
    ]
    return bool(sums) and all(_is_sum(number, [term for term in terms if term is not None]) for number, terms in sums)


def _number(row: Row, col: int) -> Decimal | None:
    return next((parse_number(value.raw) for value in row.values if value.col == col), None)


def _is_sum(whole: Decimal, terms: Sequence[Decimal]) -> bool:
    exponent = whole.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return len(terms) >= FEWEST_PARTS and abs(sum(terms) - whole) <= ROUNDING * unit * (len(terms) + 1)
