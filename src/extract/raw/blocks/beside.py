"""Labels printed in one block beside figures printed in others → which label each row of figures belongs to.

Where labels are more than rows, some head a group and have no figures: the sums tell which.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import comb

from extract.raw.figures import to_number
from extract.raw.headers.model import LABEL_SIDE
from extract.raw.lines import Line, awaits_more
from schema.lexicon.headers import column_role, is_header_word
from schema.lexicon.labels import is_part_label, is_total_label
from schema.lexicon.wordbreaks import is_word, join_lines

MOST_WAYS = 20_000
"""Ways to set the rows beside the labels that are weighed."""
HALF = 0.5
MOST_ABOVE = 4
"""Lines above the labels: a title, a unit, the header."""

Label = tuple[Line, ...]
Figures = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Labels, and the figures of each: none for a group."""

    above: tuple[Line, ...]
    """The lines above the labels: a title, the header."""
    labels: tuple[Label, ...]
    rows: tuple[Figures, ...]
    by_sums: bool
    """Sums told which labels have figures; else their number did."""


def set_beside(lines: Sequence[Line], segments: Sequence[Sequence[Figures]], *, is_headed: bool) -> Beside | None:
    """Set rows of figures, in segments that gaps part, beside labels; None where more than one way fits.

    Where each column has its header in its own block, what is more in the block of labels is theirs.
    """
    rows = [row for segment in segments for row in segment]
    labels = wrapped(lines)
    spare = len(labels) - len(rows)
    heads = [i + 1 for i, label in enumerate(labels[:MOST_ABOVE]) if _is_header(label)]
    is_known = spare in heads if heads else not spare or (is_headed and 0 < spare <= MOST_ABOVE)
    if is_known and fits(labels[spare:], segments):
        return Beside(_lines(labels[:spare]), labels[spare:], tuple(rows), by_sums=False)
    return _by_sums(labels, segments, heads) if spare > 0 else None


def fits(labels: Sequence[Label], segments: Sequence[Sequence[Figures]]) -> bool:
    """Whether rows beside as many labels agree with the gaps between them, or with the sums."""
    starts = tuple(accumulate((len(segment) for segment in segments[:-1]), initial=0))
    if starts in _starts(labels, [len(segment) for segment in segments]) or all(len(s) == 1 for s in segments):
        return True
    return _held(starts, _values(segments), _totals(labels)) > 0


def _lines(labels: Sequence[Label]) -> tuple[Line, ...]:
    return tuple(line for label in labels for line in label)


def _values(segments: Sequence[Sequence[Figures]]) -> list[list[list[float]]]:
    return [[[to_number(line.text) or 0.0 for line in row] for row in segment] for segment in segments]


def _totals(labels: Sequence[Label]) -> set[int]:
    return {i for i, label in enumerate(labels) if is_total_label(text_of(label))}


def _is_header(label: Label) -> bool:
    return column_role(text_of(label))[0] in LABEL_SIDE


def text_of(lines: Sequence[Line]) -> str:
    """Lines as one text."""
    return " ".join(line.text for line in lines)


def header_text(lines: Sequence[Line]) -> str:
    """Lines of a header as one text, words that a narrow column broke mended: *Investering* over *sram*."""
    texts = [line.text for line in lines]
    fills = [_breaks_word(above, below) for above, below in pairwise(texts)]
    return join_lines(texts, fills=fills, known=is_header_word)


def _breaks_word(above: str, below: str) -> bool | None:
    """Whether a line opens with what is no word, and names a value together with the end of the line above."""
    left, right = above.split()[-1], below.split()[0]
    if not right.islower() or is_word(right) or is_header_word(right):
        return None
    return column_role(left + right)[1] is not None or None


def wrapped(lines: Sequence[Line]) -> tuple[Label, ...]:
    """Labels, those joined that go on in lower case or after such as *och*, but for parts: *varav intäkter*."""
    labels: list[Label] = []
    for line in lines:
        goes_on = line.text[0].islower() or line.text[0] in ",.)"
        if labels and not is_part_label(line.text) and (goes_on or awaits_more(labels[-1][-1].text)):
            labels[-1] = (*labels[-1], line)
        else:
            labels.append((line,))
    return tuple(labels)


def _by_sums(labels: Sequence[Label], segments: Sequence[Sequence[Figures]], heads: Sequence[int]) -> Beside | None:
    """The one way in which each total is the sum of what stands above it."""
    spare = len(labels) - sum(map(len, segments))
    if comb(spare + len(segments), len(segments)) > MOST_WAYS:
        return None
    values, totals = _values(segments), _totals(labels)
    best: list[tuple[int, ...]] = []
    most = 0
    for starts in _starts(labels, [len(segment) for segment in segments]):
        held = _held(starts, values, totals)
        if held > most:
            best, most = [starts], held
        elif held and held == most:
            best.append(starts)
    if len(best) != 1:
        return None
    rows: list[Figures] = [()] * len(labels)
    for start, segment in zip(best[0], segments, strict=True):
        rows[start : start + len(segment)] = segment
    head = max((head for head in heads if head <= best[0][0]), default=0)
    return Beside(_lines(labels[:head]), tuple(labels[head:]), tuple(rows[head:]), by_sums=True)


def _starts(labels: Sequence[Label], lengths: Sequence[int], first: int = 0) -> Iterator[tuple[int, ...]]:
    """The labels at which the segments may begin: between two stands a group, or a label of several lines."""
    if not lengths:
        yield ()
        return
    length, *others = lengths
    for start in range(first, len(labels) - sum(lengths) + 1):
        stop = start + length
        is_gap = stop < len(labels) and (len(labels[stop - 1]) > 1 or len(labels[stop]) > 1)
        for rest in _starts(labels, others, stop if is_gap or not others else stop + 1):
            yield (start, *rest)


def _held(starts: Sequence[int], values: Sequence[Sequence[Sequence[float]]], totals: set[int]) -> int:
    """How many totals are the sum of rows or totals right above them; 0 where one is not, or has no figures."""
    at = {start + i: row for start, segment in zip(starts, values, strict=True) for i, row in enumerate(segment)}
    if not totals <= set(at):
        return 0
    above: list[Sequence[float]] = []
    sums: list[Sequence[float]] = []
    for place in sorted(at):
        if place in totals:
            if not _is_sum(at[place], above) and not _is_sum(at[place], sums):
                return 0
            sums.append(at[place])
            above = []
        else:
            above.append(at[place])
    return len(totals)


def _is_sum(total: Sequence[float], rows: Sequence[Sequence[float]]) -> bool:
    """Whether a run of rows up to the last adds up to a total in each column, within half a unit a term."""
    added = [0.0] * len(total)
    for count, row in enumerate(reversed(rows), 1):
        added = [a + b for a, b in zip(added, row, strict=True)]
        if all(abs(a - b) <= (count + 1) * HALF for a, b in zip(added, total, strict=True)):
            return True
    return False
