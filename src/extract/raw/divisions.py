"""Which pieces of text make one cell, where a row prints more of them than the table has columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from rapidfuzz import fuzz

from extract.raw.cells import Piece
from extract.raw.figures import counts_of
from extract.raw.headers.model import HeaderColumn
from schema.lexicon.figures import is_figure
from schema.lexicon.numbers import shape_of
from schema.lexicon.values import opens_with

MOST_DIVISIONS = 3000
SPLIT_DIRECTION = 1.0
"""Cost of joining a direction with the text before it."""
UNEVEN = 0.1
"""Cost of a piece that one cell has more than another of its kind: their figures are of one size."""
COMPARED = "<>≤≥"
TWO_NUMBERS = 3.0
"""Cost of a cell of several numbers, more than that of cells as unlike as can be."""


def best_division(cells: list[list[Piece]], columns: Sequence[HeaderColumn]) -> list[list[Piece]]:
    """Divide pieces into as many cells as columns, so that cells of the same kind look most alike."""
    count = len(columns)
    options = combinations(range(1, len(cells)), count - 1)
    best: tuple[float, list[list[Piece]]] | None = None
    for tried, cuts in enumerate(options):
        if tried > MOST_DIVISIONS:
            break
        bounds = [0, *cuts, len(cells)]
        groups = [sum(cells[a:b], []) for a, b in zip(bounds, bounds[1:], strict=False)]
        cost = _unlikeness(groups, columns)
        if best is None or cost < best[0]:
            best = (cost, groups)
    return best[1] if best else cells[:count]


def _unlikeness(groups: Sequence[Sequence[Piece]], columns: Sequence[HeaderColumn]) -> float:
    shapes = [_shape(group) for group in groups]
    cost = 0.0
    for first, second in combinations(range(len(groups)), 2):
        if _family(columns[first]) == _family(columns[second]):
            cost += 1 - fuzz.ratio(shapes[first], shapes[second]) / 100
            cost += UNEVEN * abs(len(groups[first]) - len(groups[second]))
    cost += TWO_NUMBERS * sum(_holds_two_numbers(group) for group in groups)
    joined = (opens_with(piece.lines[0].text, "directions") for group in groups for piece in group[1:])
    return cost + SPLIT_DIRECTION * sum(joined)


def _holds_two_numbers(group: Sequence[Piece]) -> bool:
    """Whether a cell's pieces are figures, and not the thousands of one number."""
    words = [piece.lines[0].text.lstrip(COMPARED) for piece in group if len(piece.lines) == 1]
    return len(words) == len(group) > 1 and all(map(is_figure, words)) and 1 not in counts_of(words)


def _family(column: HeaderColumn) -> bool:
    return column.kind in ("target", "plan")


def _shape(group: Sequence[Piece]) -> str:
    text = " ".join(line.text for piece in group for line in piece.lines).casefold()
    return shape_of("".join(text.split()))
