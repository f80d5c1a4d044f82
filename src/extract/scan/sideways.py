"""Words set sideways beside a table, as a name merged over its rows: begins with strips, ends with one strip a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

import numpy as np

from extract.scan.engines import Read
from extract.scan.level import Pixels
from extract.scan.sheet import Region, cut_out

FEWEST_LETTERS = 4
"""So many letters below each other are a name that is set sideways; fewer may be figures of a narrow column."""
NARROW = 1.4
"""A letter that lies on its side is no wider than this many usual heights."""
CLOSE = 0.3
"""Letters of a word lie nearer to each other, in usual heights, than the rows of a table."""
LEVEL = 0.25
"""Figures of a column stand level, within this share of the usual height, with words beside them."""
FEWEST_ASTRAY = 0.4
"""Letters lie where the rows are by chance alone: at least this share of them stands level with nothing."""
MARGIN = 3
"""Pixels around a name that is read."""

ReadLines = Callable[[Sequence[Pixels]], list[list[Read]]]
Lines = Sequence[Sequence[Read]]


def with_sideways_names(
    level: Pixels, strips: Sequence[Region], lines: Lines, read: ReadLines
) -> tuple[list[Region], list[Sequence[Read]]]:
    """Return the strips and what was read in them, letters that lie on their side as the one name that they spell."""
    kept = {i: (strip, line) for i, (strip, line) in enumerate(zip(strips, lines, strict=True))}
    names = []
    for letters in _columns_of_letters(strips):
        name = _name(level, [strips[i] for i in letters], read)
        if name:
            names.append(name)
            for i in letters:
                del kept[i]
    found = [*kept.values(), *names]
    return [strip for strip, _ in found], [line for _, line in found]


def _columns_of_letters(strips: Sequence[Region]) -> list[list[int]]:
    """Return the strips, by their places, that are letters of one name set sideways."""
    if not strips:
        return []
    usual = median(strip[3] for strip in strips)
    narrow = [i for i, (_, _, width, _) in enumerate(strips) if width <= NARROW * usual]
    columns: list[list[int]] = []
    for i in sorted(narrow, key=lambda i: _middle(strips[i], 0)):
        if columns and _middle(strips[i], 0) - _middle(strips[columns[-1][0]], 0) <= usual / 2:
            columns[-1].append(i)
        else:
            columns.append([i])
    names = (name for column in columns for name in _close(sorted(column, key=lambda i: strips[i][1]), strips, usual))
    return [name for name in names if len(name) >= FEWEST_LETTERS and _is_astray(name, strips, usual)]


def _close(column: Sequence[int], strips: Sequence[Region], usual: float) -> list[list[int]]:
    """Part a column where its letters lie too far from each other to be one name; a space is as wide as a letter."""
    names: list[list[int]] = []
    for i in column:
        if names and strips[i][1] - max(strips[k][1] + strips[k][3] for k in names[-1]) <= usual:
            names[-1].append(i)
        else:
            names.append([i])
    gaps = (
        [strips[b][1] - strips[a][1] - strips[a][3] for a, b in zip(name, name[1:], strict=False)] for name in names
    )
    return [name for name, apart in zip(names, gaps, strict=True) if apart and median(apart) <= CLOSE * usual]


def _is_astray(letters: Sequence[int], strips: Sequence[Region], usual: float) -> bool:
    own = set(letters)
    rows = [_middle(strip, 1) for i, strip in enumerate(strips) if i not in own]
    astray = sum(all(abs(_middle(strips[i], 1) - row) > LEVEL * usual for row in rows) for i in letters)
    return astray >= FEWEST_ASTRAY * len(letters)


def _middle(strip: Region, axis: int) -> float:
    return strip[axis] + strip[axis + 2] / 2


def _name(level: Pixels, letters: Sequence[Region], read: ReadLines) -> tuple[Region, list[Read]] | None:
    """Return where a name stands, as a line in the middle of its height, and the word that it is, read either way."""
    left, top = min(s[0] for s in letters), min(s[1] for s in letters)
    right, bottom = max(s[0] + s[2] for s in letters), max(s[1] + s[3] for s in letters)
    picture = np.pad(cut_out(level, (left, top, right - left, bottom - top)), MARGIN, constant_values=255)
    ways = read([np.ascontiguousarray(np.rot90(picture, turns)) for turns in (3, 1)])
    best = max(ways, key=lambda words: np.mean([word.confidence for word in words] or [0.0]))
    if not best:
        return None
    text = " ".join(word.text for word in best)
    confidence = float(np.mean([word.confidence for word in best]))
    height = min(right - left, bottom - top)
    strip = (left, (top + bottom - height) // 2, right - left, height)
    return strip, [Read(text, 0, right - left, confidence)]
