"""Lines of labels beside rows of figures that gaps part → the one likeliest way to set them, or none.

Begins with lines that hold titles, groups and labels, some of several lines, and with segments of rows; ends with the
lines of each. Every way has a cost, by where labels may be broken, by the gaps that groups and tall labels leave
between segments, and by the totals that must be the sum of what stands above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from extract.raw.blocks.proof import terms_of
from extract.raw.lines import Line, awaits_more
from schema.lexicon.labels import is_part_label, is_total_label

MOST_LINES = 4
"""Lines of one label."""
MOST_STATES = 8_000
"""Rows, times lines that are more than rows, that are weighed."""
GROUP, GROUP_AMID = 0.05, 0.6
"""Costs of a group at the top or after a total, and of one after other rows."""
BROKEN, UNBROKEN = 1.2, 1.5
"""Costs of a label that goes on with a capital, and of one that begins in lower case or after *och*."""
TALL_AMID, NO_GAP, NO_SUM = 1.0, 2.0, 2.0
"""Costs of a tall label amid a segment, of a gap that no group or tall label leaves, and of a total that is no sum."""
CLEAN = 0.5
"""A way that costs less holds nothing but groups."""
CLEAR = 0.5
"""How much cheaper a row's label must be than any other."""

Figures = tuple[Line, ...]
Span = tuple[int, int]
State = tuple[int, int, bool, bool]
"""Lines and rows that are set, whether a gap follows the last, and whether it is a total or a group."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Lines that are taken as a group or as a row's label."""

    before: State
    after: State
    cost: float

    @property
    def is_row(self) -> bool:
        return self.after[1] > self.before[1]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The lines of each row's label."""

    spans: tuple[Span, ...]
    is_proven: bool
    """Totals are sums of several rows, and nothing speaks for another way."""


def goes_on(above: str, below: str) -> bool:
    """Whether a line goes on with the label above it: in lower case, or after such as *och*; a part never does."""
    return not is_part_label(below) and (below[0].islower() or below[0] in ",.()" or awaits_more(above))


def align(lines: Sequence[Line], segments: Sequence[Sequence[Figures]]) -> Alignment | None:
    """Set rows beside the lines of their labels; None where another way is nearly as likely."""
    rows = [row for segment in segments for row in segment]
    spare = len(lines) - len(rows)
    if not rows or spare < 0 or (spare + 1) * len(rows) > MOST_STATES:
        return None
    texts = [line.text for line in lines]
    terms = terms_of(rows)
    starts = set(accumulate((len(segment) for segment in segments), initial=0))
    steps = _steps(texts, starts, terms)
    ends = [(len(lines), len(rows), gap, closed) for gap in (False, True) for closed in (False, True)]
    forward, back = {(0, 0, True, True): 0.0}, dict.fromkeys(ends, 0.0)
    for step in steps:
        forward[step.after] = min(forward.get(step.after, inf), forward[step.before] + step.cost)
    for step in reversed(steps):
        back[step.before] = min(back.get(step.before, inf), back.get(step.after, inf) + step.cost)
    ways: list[dict[Span, float]] = [{} for _ in rows]
    for step in steps:
        if step.is_row:
            own, span = ways[step.before[1]], (step.before[0], step.after[0])
            own[span] = min(own.get(span, inf), forward[step.before] + step.cost + back.get(step.after, inf))
    found = [_clearest(own) for own in ways]
    spans = tuple(span for span in found if span is not None)
    if len(spans) < len(rows):
        return None
    sums = {
        count for (a, b), count in zip(spans, terms, strict=True) if is_total_label(" ".join(texts[a:b]), bare=False)
    }
    if 0 in sums or max(sums, default=0) < 2:
        return None
    return Alignment(spans, min(forward.get(end, inf) for end in ends) < CLEAN)


def _clearest(ways: dict[Span, float]) -> Span | None:
    """The cheapest label of a row, None where another is nearly as cheap."""
    best, *others = sorted(ways.items(), key=lambda way: way[1]) or [((0, 0), inf)]
    return best[0] if best[1] < inf and all(cost - best[1] >= CLEAR for _, cost in others[:1]) else None


def _steps(texts: Sequence[str], starts: set[int], terms: Sequence[int]) -> list[_Step]:
    """All steps from the first line on, those from earlier lines first; after the last row come groups of a total."""
    spare = len(texts) - len(terms)
    steps: list[_Step] = []
    states: list[set[State]] = [set() for _ in range(len(texts) + 1)]
    states[0].add((0, 0, True, True))
    for line in range(len(texts)):
        for before in sorted(states[line]):
            for step in _steps_from(before, texts, starts, terms):
                if step.after[0] - step.after[1] <= spare:
                    steps.append(step)
                    states[step.after[0]].add(step.after)
    return steps


def _steps_from(before: State, texts: Sequence[str], starts: set[int], terms: Sequence[int]) -> Iterator[_Step]:
    line, row, gap, closed = before
    is_over = row == len(terms)
    opens, closes = row in starts, row + 1 in starts
    cost = UNBROKEN if line and goes_on(texts[line - 1], texts[line]) else 0.0
    for end in range(line + 1, min(line + MOST_LINES, len(texts)) + 1):
        if end - line > 1 and not goes_on(texts[end - 2], texts[end - 1]):
            cost += BROKEN
        tall = end - line > 1
        is_total = is_total_label(" ".join(texts[line:end]), bare=False)
        if opens and not is_total and (closed or not is_over):
            yield _Step(before, (end, row, True, True), cost + (GROUP if closed else GROUP_AMID))
        if is_over:
            continue
        amid = (tall and not opens and not closes) or (gap and not opens)
        own = TALL_AMID * amid + NO_GAP * (opens and not gap and not tall) + NO_SUM * (is_total and not terms[row])
        yield _Step(before, (end, row + 1, tall, is_total), cost + own)
