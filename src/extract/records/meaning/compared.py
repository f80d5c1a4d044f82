"""Periods that the other columns of a table tell: what is compared, and months that are summed up to one.

Begins with one choice a value column, ends with the same choices and periods that fit together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extract.records.meaning.decode import Choice, Figures, Pair, differences
from schema.lexicon.headers.times import MONTHS_OF_YEAR

COMPARED = frozenset({"budget", "forecast", "plan", "target", "outcome"})
WHOLE = frozenset({"budget", "forecast", "plan"})
"""Kinds whose figures of a year an outcome so far is held against."""
OF_PART = frozenset({"budget", "outcome", "variance"})
"""Kinds whose figures of a part of the year are counted as its outcomes are."""
FASTEST = 1.3
"""Of an even pace, amounts so far may be so much; those of staff or places are as large in a month as in the year."""
LEAST_COMPARED = 3
"""Rows in which the share of the year must be known; two may both be odd."""


def with_months_so_far(choices: Sequence[Choice], figures: Sequence[Figures]) -> list[Choice]:
    """Give amounts of a later part of the year the months since January where one is too large a share of the year's.

    What is of the same part has them too: *Budget aug*, and last year's *Utfall aug*.
    """
    summed = {c.reading.time.months for i, c in enumerate(choices) if _sums_months(i, choices, figures)}
    return [
        replace(c, period=f"{c.period[:4]}-01/{c.period[-7:]}")
        if c.kind in OF_PART and c.reading.time.months in summed and _names_part(c) and c.period
        else c
        for c in choices
    ]


def _names_part(own: Choice) -> bool:
    """Whether a column states a part of the year that begins after January, and not how it is counted."""
    time = own.reading.time
    if time.months is None or time.months[0] == 1 or time.extent is not None or own.reading.unit == "%":
        return False
    return (own.period or "")[5:7] == f"{time.months[0]:02}"


def _sums_months(index: int, choices: Sequence[Choice], figures: Sequence[Figures]) -> bool:
    """Whether an outcome is nearer to all the months up to its last than to its own part of the year alone."""
    own = choices[index]
    if own.kind != "outcome" or not own.period or not own.reading.time.months or not _names_part(own):
        return False
    first, last = own.reading.time.months
    year = (i for i, c in enumerate(choices) if c.kind in WHOLE and c.period == own.period[:4])
    whole = next((i for i in year if choices[i].reading.part == own.reading.part), None)
    if whole is None:
        return False
    rows = [row for row in figures[index] if figures[whole].get(row)]
    shares = [abs(figures[index][row] / figures[whole][row]) for row in rows]
    passed = float(median(shares)) * MONTHS_OF_YEAR if len(shares) >= LEAST_COMPARED else 0.0
    return (last + last - first + 1) / 2 < passed <= FASTEST * last


def may_be_of_year(own: Choice, choices: Sequence[Choice]) -> bool:
    """Whether an interim report's outcome, by a header without time, may be of the year as well as of its part so far.

    One of last year without months is of the same time: *Utfall fg år* beside *Utfall*.
    """
    bare = (c for c in choices if c.kind == "outcome" and c.reading.time.is_empty)
    return (
        own.kind == "outcome"
        and replace(own.reading.time, shift=0).is_empty
        and any("/" in (c.period or "") for c in bare)
    )


def with_compared_periods(choices: Sequence[Choice], figures: Sequence[Figures]) -> list[Choice]:
    """Give each variance or change that states no time the period of the columns that it compares."""
    choices = [replace(c, period=_forecasts_year(c, choices) or _of_same_day(c, choices) or c.period) for c in choices]
    silent = [i for i, c in enumerate(choices) if c.kind == "variance" and c.reading.time.is_empty]
    shown = differences(figures) if silent else {}
    choices = [replace(c, kind="effect") if _is_change(c, choices, shown.get(i)) else c for i, c in enumerate(choices)]
    changes = any(c.kind == "effect" and c.reading.is_difference for c in choices)
    choices = [replace(c, kind="effect") if changes and _is_share_of_change(c) else c for c in choices]
    silent = [i for i in silent if choices[i].kind == "variance"]
    periods = {i: _compared_period(i, choices, shown.get(i, ())) for i in silent}
    periods |= {i: _changed_period(c, choices[:i]) for i, c in enumerate(choices) if c.kind == "effect"}
    return [replace(c, period=periods.get(i) or c.period) for i, c in enumerate(choices)]


def _is_change(own: Choice, choices: Sequence[Choice], pairs: Sequence[Pair] | None) -> bool:
    """Whether what is only called a difference is shown to be one between times: *Diff* beside two outcomes."""
    kinds = {frozenset((choices[a].kind, choices[b].kind)) for a, b in pairs or ()}
    return own.kind == "variance" and own.reading.is_difference and kinds == {frozenset({"outcome"})}


def _is_share_of_change(own: Choice) -> bool:
    """Whether a column may be a change in per cent: *Skillnad i %* beside *Skillnad* between times."""
    return own.kind == "variance" and own.reading.is_difference and own.reading.unit == "%"


def _forecasts_year(own: Choice, choices: Sequence[Choice]) -> str | None:
    """The year of the forecast that was made in the part of it that a variance names: *Prognos T2*, *Avvikelse T2*."""
    time = own.reading.time
    if own.kind != "variance" or time.months is None or time.years is not None:
        return None
    same = (c for c in choices if c.kind == "forecast" and c.reading.time.months == time.months)
    is_of_outcome = any(c.kind == "outcome" and c.reading.time.months == time.months for c in choices)
    return None if is_of_outcome else next((c.period for c in same), None)


def _of_same_day(own: Choice, choices: Sequence[Choice]) -> str | None:
    """The period of the outcome of the day that a variance names: *15 okt*, *Avvikelse 15 okt mot budget*."""
    time = own.reading.time
    same = (c.period for c in choices if c.kind == "outcome" and c.reading.time == time)
    return next(same, None) if own.kind == "variance" and time.is_state else None


def _changed_period(own: Choice, before: Sequence[Choice]) -> str | None:
    """The months of the outcome that a change between outcomes leads to, the nearest one of the change's year."""
    outcomes = [c.period for c in before if c.kind == "outcome" and c.period]
    is_change = own.reading.time.is_empty and "forecast" not in own.reading.basis and len(set(outcomes)) > 1
    return next((p for p in reversed(outcomes) if is_change and own.period and p[:4] == own.period[:4]), None)


def _compared_period(index: int, choices: Sequence[Choice], pairs: Sequence[Pair]) -> str | None:
    """The period of the outcome or forecast that is compared, with a budget of the same year beside it.

    Where sums hold, only columns that they name are compared; of several the nearest.
    """
    own = choices[index]
    asked = [kind for kind in ("forecast", "outcome") if kind in own.reading.basis] or ["forecast", "outcome"]
    named = [i for pair in pairs if _are_of_a_year(*(choices[i] for i in pair)) for i in pair]
    for i in sorted(named or range(len(choices)), key=lambda i: (i > index, abs(i - index))):
        other = choices[i]
        if other.kind in asked and other.reading.part == own.reading.part and _has_measure(other, choices):
            return other.period
    return None


def _has_measure(outcome: Choice, choices: Sequence[Choice]) -> bool:
    """Whether something of the same year stands beside an outcome for it to be compared with."""
    return any(_are_of_a_year(outcome, other) for other in choices)


def _are_of_a_year(first: Choice, second: Choice) -> bool:
    """Whether two columns are of different kinds that are compared, and of the same year."""
    if first.kind == second.kind or not {first.kind, second.kind} <= COMPARED:
        return False
    return bool(first.period and second.period and first.period[:4] == second.period[:4])
