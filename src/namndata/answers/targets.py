"""Whether targets were met: what the report says of it first, else what the outcome comes to beside the target.

A target of a year is set beside the final outcome of that year; where there is none, beside the latest interim outcome
and beside the forecast, each in a row of its own. A share that is aimed at for all, in a row that prints outcomes for
parts alone, is aimed at for each of these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from schema.lexicon.units import PERCENT

Row = dict[str, Any]
Better = Mapping[str, tuple[str | None, str | None]]
"""By indicator, which way is better and what says so."""

OTHER_YEAR = "outcome_of_another_year"
"""The doubt of a target beside the only outcome that its row prints, of an earlier year."""
WHOLE = 100
"""Percent: all of what a share is of."""
YEAR = 4
"""Characters of a year; a longer period is a part of one."""
WAYS = {("up", True): 1, ("down", True): 0, ("up", False): 0, ("down", False): 1}
"""Whether a level is met, by which way is better and whether the outcome lies above the target."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a target was met, and what tells."""

    met: int | None
    source: str | None
    """`printed` or `computed`."""
    judged_by: str | None
    """`verdict`, `bound`, `level` or `direction`."""


def target_rows(statements: Callable[[], Iterable[Row]], stated: Better) -> Iterator[Row]:
    """Return a row for each target beside its outcome, interim outcome or forecast.

    The statements come by series, and are asked for twice: first for what printed verdicts tell of which way is better.
    """
    better = dict(stated) | learned((each for rows in by_indicator(statements()) for each in series_of(rows)), stated)
    for rows in by_indicator(statements()):
        with_target = {row["row_id"] for row in rows if row["kind"] == "target"}
        for series in series_of(rows):
            yield from rows_of_series(series, better.get(series[0]["indicator_id"], (None, None)), with_target)


def by_indicator(statements: Iterable[Row]) -> Iterator[list[Row]]:
    """Return the statements of each indicator, with those of its breakdowns by sex."""
    for _, group in groupby(statements, key=itemgetter("whole_id")):
        yield list(group)


def series_of(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the statements of each breakdown of an indicator, with the targets that its rows print for all parts."""
    for_parts = {row["row_id"]: row for row in rows if is_for_each_part(row, rows)}
    series: dict[tuple[str, str | None], list[Row]] = {}
    for row in rows:
        if row["kind"] == "target" and row["row_id"] in for_parts:
            continue
        own = series.setdefault((row["indicator_id"], row["breakdown"]), [])
        handed = for_parts.get(row["row_id"])
        if (
            handed is not None
            and row["kind"] == "outcome"
            and not any(each["row_id"] == handed["row_id"] for each in own)
        ):
            own.append(handed | {name: row[name] for name in ("indicator_id", "indicator", "breakdown")})
        own.append(row)
    return list(series.values())


def is_for_each_part(target: Row, rows: Sequence[Row]) -> bool:
    """Tell whether a share is aimed at for all, where the row has outcomes of the period for parts alone."""
    if target["kind"] != "target" or target["breakdown"] is not None or target["printed_unit"] != PERCENT:
        return False
    period = target["period"]
    in_row = [row for row in rows if row["row_id"] == target["row_id"] and row["kind"] != "target"]
    beside_it = [
        row
        for row in in_row
        if row["value"] is not None and (row["period"] == period or is_part_of(row["period"], period))
    ]
    return bool(beside_it) and all(row["breakdown"] is not None for row in beside_it)


def rows_of_series(
    rows: Sequence[Row], better: tuple[str | None, str | None], with_target: Collection[str]
) -> Iterator[Row]:
    """Return the rows of one indicator and breakdown: its targets, then verdicts on outcomes without one."""
    known = preferred(rows, "outcome")
    targets = preferred(rows, "target")
    for period, target in sorted(targets.items()):
        found = beside(rows, period)
        verdict = verdict_on(rows, period)
        if not found and verdict:
            found = [row for row in [latest_in_row(rows, verdict)] if row]
        for outcome in found:
            yield target_row(target, outcome, verdict_of(verdict, outcome), known, better)
        if not found and verdict:
            yield target_row(target, None, verdict, known, better)
    for outcome in judged_without_target(rows, with_target):
        yield target_row(None, outcome, outcome, known, better)


def preferred(rows: Iterable[Row], kind: str) -> dict[str, Row]:
    """Return the statement that the series takes for each period."""
    return {
        row["period"]: row for row in rows if row["kind"] == kind and row["from_preferred"] == 1 and row["has_value"]
    }


def beside(rows: Sequence[Row], period: str) -> list[Row]:
    """Return what a target is set beside: the final outcome, else the latest interim outcome and the forecast."""
    outcomes = {each: row for each, row in preferred(rows, "outcome").items() if row["value"] is not None}
    same = outcomes.get(period)
    if same is not None and same["outcome_is"] != "interim":
        return [same]
    parts = [row for each, row in sorted(outcomes.items(), key=latest) if is_part_of(each, period)]
    forecast = preferred(rows, "forecast").get(period)
    found = [same] if same is not None else parts[-1:]
    return found + ([forecast] if forecast is not None and forecast["value"] is not None else [])


def latest(pair: tuple[str, Row]) -> str:
    """Return when a part of a year ends."""
    return pair[0].rpartition("/")[2]


def is_part_of(period: str, year: str) -> bool:
    """Tell whether a period is a part of a year."""
    return len(year) == YEAR < len(period) and period.startswith(f"{year}-") and latest((period, {})).startswith(year)


def verdict_on(rows: Sequence[Row], period: str) -> Row | None:
    """Return the newest target of a period whose row prints a verdict on it."""
    judged = [row for row in rows if row["kind"] == "target" and row["period"] == period and row["verdict"]]
    return max(judged, key=lambda row: (row["edition"], row["document"]), default=None)


def verdict_of(verdict: Row | None, outcome: Row) -> Row | None:
    """Return a verdict where it is on an outcome: one from before the end of the year is on what there was by then."""
    if verdict is None:
        return None
    is_later = outcome["outcome_is"] == "final" and outcome["period"] == verdict["period"]
    return None if is_later and verdict["is_early"] else verdict


def latest_in_row(rows: Sequence[Row], verdict: Row) -> Row | None:
    """Return the latest outcome that is printed in the row of a verdict."""
    outcomes = [row for row in rows if row["row_id"] == verdict["row_id"] and row["kind"] == "outcome"]
    return max((row for row in outcomes if row["value"] is not None), key=lambda row: latest((row["period"], row)),
               default=None)  # fmt: skip


def judged_without_target(rows: Sequence[Row], with_target: Collection[str]) -> Iterator[Row]:
    """Return the latest outcome of each printed row that has a verdict and no target, for all or for a part."""
    judged = [row for row in rows if row["verdict"] and row["kind"] == "outcome" and row["value"] is not None]
    for place in dict.fromkeys(row["row_id"] for row in judged if row["row_id"] not in with_target):
        yield max((row for row in judged if row["row_id"] == place), key=lambda row: latest((row["period"], row)))


def target_row(
    target: Row | None,
    outcome: Row | None,
    printed: Row | None,
    known: Mapping[str, Row],
    better: tuple[str | None, str | None],
) -> Row:
    """Return the row of one target beside one outcome."""
    shown = target or outcome or {}
    before = known.get(year_before(outcome["period"])) if outcome else None
    verdict = judge(target, outcome, printed, before, better[0])
    stated = [row for row in (target, outcome) if row]
    doubts = {doubt for row in stated for doubt in json.loads(row["doubts"])}
    if target and outcome and target["year"] != outcome["year"]:
        doubts.add(OTHER_YEAR)
    return {
        **{name: shown[name] for name in ("indicator_id", "indicator", "municipality", "committee", "breakdown")},
        "year": shown["year"],
        "period": shown["period"],
        "unit": shown["unit"],
        "outcome_is": standing(outcome, printed) if outcome else None,
        "outcome_period": outcome["period"] if outcome else None,
        "outcome": outcome["value"] if outcome else None,
        "outcome_status": outcome["status"] if outcome else None,
        "outcome_document": outcome["document"] if outcome else None,
        "outcome_page": outcome["page"] if outcome else None,
        **{f"target{name}": target[column] if target else None for name, column in TARGET.items()},
        "comparator": target["comparator"] if target else None,
        "better_when": better[0],
        "better_when_from": better[1],
        "previous_outcome": before["value"] if before else None,
        "printed_verdict": printed["verdict"] if printed else None,
        "met": verdict.met,
        "met_source": verdict.source,
        "judged_by": verdict.judged_by,
        "confidence": min(row["confidence"] for row in stated),
        "doubts": json.dumps(sorted(doubts)),
    }


def standing(outcome: Row, printed: Row | None) -> str:
    """Return what an outcome is for its target: a verdict before the end of the year is an interim one on any outcome.

    Where the row prints no outcome of the year yet, the final one of the year before must not make it a final answer.
    """
    is_early = printed is not None and printed["is_early"] and printed["year"] != outcome["year"]
    return "interim" if is_early else str(outcome["outcome_is"])


TARGET = {"": "value", "_upper": "upper", "_direction": "direction", "_raw": "raw", "_document": "document"}
"""Columns of a target, after its name."""


def year_before(period: str) -> str:
    """Return the same period of the year before."""
    return "/".join(f"{int(part[:YEAR]) - 1:04}{part[YEAR:]}" for part in period.split("/"))


def judge(
    target: Row | None, outcome: Row | None, printed: Row | None, before: Row | None, better: str | None
) -> Verdict:
    """Return whether a target is met: the report's own verdict comes first."""
    if printed is not None and printed["verdict_met"] is not None:
        return Verdict(printed["verdict_met"], "printed", "verdict")
    if target is None or outcome is None or not are_alike(target, outcome):
        return Verdict(None, None, None)
    how, met = computed(target, outcome, before, better)
    return Verdict(met, "computed", how) if met is not None else Verdict(None, None, None)


def are_alike(target: Row, outcome: Row) -> bool:
    """Tell whether an outcome can be measured against a target: of one unit, and no part of a sum over the year."""
    units = {row["printed_unit"] for row in (target, outcome) if row["printed_unit"]}
    adds_up = "/" in outcome["period"] and len(target["period"]) == YEAR and outcome["unit"] != PERCENT
    return len(units) < 2 and not adds_up and (target["year"] == outcome["year"] or target["value"] is None)


def computed(target: Row, outcome: Row, before: Row | None, better: str | None) -> tuple[str, int | None]:
    """Return what decides whether a target is met, and whether it is; None where its wording does not tell."""
    value = outcome["value"]
    if target["value"] is None:
        return "direction", beside_direction(target["direction"], value, before["value"] if before else None, better)
    low, high = target["value"], target["value"] if target["upper"] is None else target["upper"]
    bounds = {">=": value >= low, ">": value > low, "<=": value <= high, "<": value < high}
    if target["comparator"] in bounds:
        return "bound", int(bounds[target["comparator"]])
    if low <= value <= high:
        return "level", 1
    way = better or end_of_scale(target, outcome)
    return "level", WAYS.get((way or "", value > high))


def end_of_scale(target: Row, outcome: Row) -> str | None:
    """Return which way a level is reached that nothing lies beyond: all of a share from below, none from above."""
    if target["value"] == WHOLE and PERCENT in (target["printed_unit"], outcome["printed_unit"]):
        return "up"
    return "down" if target["value"] == 0 <= outcome["value"] else None


def beside_direction(direction: str | None, value: float, before: float | None, better: str | None) -> int | None:
    """Return whether an outcome moved as its target says; None where the outcome before it is not known."""
    if before is None:
        return None
    moved = {"increase": value > before, "decrease": value < before, "not_increase": value <= before}
    if direction in moved:
        return int(moved[direction])
    if direction == "maintain":
        return 1 if value == before else WAYS.get((better or "", value > before))
    return None


def learned(series: Iterable[Sequence[Row]], stated: Better) -> dict[str, tuple[str | None, str | None]]:
    """Return which way is better for indicators that do not say so, by printed verdicts on plain levels.

    An outcome above its target that is called met tells that up is better; verdicts that disagree tell nothing. What
    only words of the name say gives way.
    """
    found: dict[str, set[str]] = {}
    for rows in series:
        indicator = rows[0]["indicator_id"]
        if stated.get(indicator, (None, None))[1] in (None, "vocabulary"):
            found.setdefault(indicator, set()).update(ways_of(rows))
    return {name: (ways.pop(), "printed verdicts") for name, ways in found.items() if len(ways) == 1}


def ways_of(rows: Sequence[Row]) -> Iterator[str]:
    """Return what each printed verdict of a series tells of which way is better."""
    for period, target in preferred(rows, "target").items():
        judged = [(outcome, verdict_of(verdict_on(rows, period), outcome)) for outcome in beside(rows, period)]
        if target["value"] is None or target["comparator"]:
            continue
        for outcome, printed in judged[-1:]:  # of a part of the year and a forecast, a verdict is on the year
            if printed is None or printed["verdict_met"] is None:
                continue
            if outcome["value"] != target["value"] and are_alike(target, outcome):
                is_up = (outcome["value"] > target["value"]) == bool(printed["verdict_met"])
                yield "up" if is_up else "down"
