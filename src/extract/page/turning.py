"""Where things of the file stand on the page as a reader sees it: matrices and quarter turns."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pypdfium2 as pdfium

from extract.page.chars import Places, RawChars
from extract.page.model import Matrix

SLANTED = 4
"""What is told of text that runs neither along nor across the page, as watermarks and slanted headers do."""
LARGEST_SLIP = 0.12
"""Text is at most this share of a quarter turn (11 degrees) out of line where a page was laid askew."""
TURN_SAMPLE = 7
"""Every so many characters are asked for the direction in which they run."""


def display_matrix(page: pdfium.PdfPage) -> tuple[Matrix, float, float]:
    """The matrix from the file's coordinates to the displayed page, origin bottom left, and the page's size."""
    width, height = page.get_size()
    left, bottom = page.get_bbox()[:2]
    rotation = page.get_rotation()
    own_width, own_height = (height, width) if rotation in (90, 270) else (width, height)
    matrices: dict[int, Matrix] = {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, -1, 1, 0, -bottom, own_width + left),
        180: (-1, 0, 0, -1, own_width + left, own_height + bottom),
        270: (0, 1, -1, 0, own_height + bottom, -left),
    }
    return matrices[rotation], width, height


def turn_of_text(matrix: Matrix, chars: RawChars) -> int:
    """How many quarter turns to the left most of a page's text runs."""
    turns = Counter(char_turns(matrix, chars)[::TURN_SAMPLE].tolist())
    turn = turns.most_common(1)[0][0] if turns else 0
    return 0 if turn == SLANTED else turn


def char_turns(matrix: Matrix, chars: RawChars) -> Places:
    """How many quarter turns to the left each of n characters runs."""
    known = {across: quarter_turns(matrix, *across) for across in {run.across for run in chars.runs}}
    return np.array([known[run.across] for run in chars.runs], dtype=np.intp)[chars.run_of]


def turned_page(matrix: Matrix, width: float, height: float, turn: int) -> tuple[Matrix, float, float]:
    """The page turned so that text which ran in a direction runs to the right."""
    if not turn:
        return matrix, width, height
    extra: dict[int, Matrix] = {
        1: (0, -1, 1, 0, 0, width),
        2: (-1, 0, 0, -1, width, height),
        3: (0, 1, -1, 0, height, 0),
    }
    size = (width, height) if turn == 2 else (height, width)
    return multiply(matrix, extra[turn]), *size


def quarter_turns(matrix: Matrix, run_x: float, run_y: float) -> int:
    """How many quarter turns to the left text runs: 0 upright, 1 upwards, 2 on its head, 3 downwards; or slanted."""
    a, b, c, d, _, _ = matrix
    x, y = a * run_x + c * run_y, b * run_x + d * run_y
    turns = math.atan2(y, x) / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < LARGEST_SLIP else SLANTED


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """One matrix for two, applied in order."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def apply_matrix(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point of the file stands."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
