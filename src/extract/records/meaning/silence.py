"""What a header leaves open: begins with its reading, ends with a kind from the table's title or the report."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from schema.lexicon.headers import Reading, ReportTime, Time, best_reading, read_header
from schema.lexicon.headers.grammar import LIKELY
from schema.lexicon.headers.times import OPEN_ENDED
from schema.lexicon.units import is_share_unit, money_units
from schema.lexicon.years import years_in

TOLD = frozenset({"variance", "forecast", "budget", "plan"})
"""Kinds that a title may tell of columns that name none; what was accounted for needs no telling."""
TOLD_BY_CORNER = TOLD | {"effect"}
"""The same of the header above the rows' names; in titles *förändring* is as often of the work."""
AHEAD = frozenset({"budget", "plan", "forecast", "target", "proposal"})
"""Kinds of years to come: only with these is a title's later year the table's own."""
_PART = re.compile(r"[,()]")
LONGEST_TITLE = 140
"""Letters of a line that says what a table holds; longer ones are prose that mentions it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a table before its headers are read."""

    report: ReportTime = ReportTime()
    is_plan: bool = False
    """The report plans its year rather than accounting for it."""
    titles: tuple[str, ...] = ()
    """The table's caption, then the headings above it, the nearest first."""
    prints_money: bool = True
    """A table, a heading or a line of the report prints a unit of money."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the titles tell of the columns that are silent."""

    kind: str | None = None
    time: Time = Time()
    basis: tuple[str, ...] = ()
    """What a variance that is told compares."""
    names_outcome: bool = False
    """The title that tells of forecasts names outcomes as well."""
    of_rounds: bool = False
    """The columns are forecasts by when they were made, and a variance is what each of them gives."""


def told_by(around: Surroundings, corner: str = "", *, is_money: bool) -> Told:
    """Return the kind and the time that the titles tell, the nearest that tells any.

    `corner` is the header above the rows' names: nearer than any title, it may tell of changes as well. A plan in a
    title (*Kompetensförsörjningsplan*) is a document, which tells of money alone.
    """
    titles = [title for title in around.titles if len(title) <= LONGEST_TITLE]
    readings = [_title_reading(title) for title in titles]
    kinds = TOLD if is_money else TOLD - {"plan"}
    telling = [r for r in readings if r.is_value and r.kind in kinds and r.score >= LIKELY]
    over_names = best_reading(corner)
    is_kind = over_names.is_value and over_names.kind in TOLD_BY_CORNER and not over_names.is_frame
    if is_kind and over_names.score >= LIKELY:
        telling = [over_names, *telling]
    kind, basis = (telling[0].kind, telling[0].basis) if telling else (None, ())
    both = any(any(other.kind == "outcome" for other in read_header(title)) for title in titles if kind == "forecast")
    is_own = bool(titles) and len(set(years_in(titles[0]))) < 2 and _is_own(readings[0], kind, around.report)
    return Told(kind, readings[0].time if is_own else Time(), basis, names_outcome=both)


def _title_reading(title: str) -> Reading:
    """Return the reading of a title; a part of it that names a comparison outranks what the others name.

    *Helårsprognos per avdelning, avvikelse mot budget*, or in brackets: what stands after a complement says what the
    figures are.
    """
    whole = best_reading(title)
    parts = [best_reading(part) for part in _PART.split(title)[1:] if whole.kind != "variance"]
    compared = (part for part in parts if part.kind == "variance" and part.basis and part.score >= LIKELY)
    found = next(compared, None)
    return replace(found, time=found.time.over(whole.time)) if found else whole


def _is_own(reading: Reading, kind: str | None, report: ReportTime) -> bool:
    """Whether a title's time is the table's: one year, and none to come where nothing is planned."""
    years = reading.time.years
    if reading.time.extent == "undated" or (years is not None and years[0] != years[1] and not reading.time.is_term):
        return False
    return years is None or report.year is None or years[0] <= report.year or kind in AHEAD


def kind_of(reading: Reading, told: Told, around: Surroundings, *, ahead: str) -> str:
    """Return what a column's values are: as its header states, else as the title or the report tells.

    `ahead` is what the table's figures of years to come are: a plan of money, a forecast of counts, else a target.
    """
    if reading.kind is not None:
        return _stated(reading, told, around)
    if told.kind == "variance" and _is_counted(reading):
        told = replace(told, kind=None)
    years, now = reading.time.years, around.report.last_year
    of_months = _of_months(reading.time, told, around)
    if of_months is not None:
        return of_months
    if reading.time.extent in OPEN_ENDED:
        return ahead if reading.time.extent == "later" else "outcome"
    if years is None or now is None:
        is_set = around.is_plan and reading.time.is_empty and (ahead == "plan" or _is_price(reading))
        return _ahead(told.kind or ("budget" if is_set else "outcome"), told.time, around)
    if years[0] != years[1]:
        is_ahead = years[0] > now or (years[1] > now and (told.kind == "forecast" or around.is_plan))
        planned = "plan" if around.is_plan and ahead == "plan" and told.kind != "forecast" else "forecast"
        return planned if is_ahead else "outcome"
    return _of_year(years[0], told, around, ahead="outcome" if reading.unknown and ahead == "target" else ahead)


def _is_counted(reading: Reading) -> bool:
    """Whether a header states a unit that no amount or share has: *Elever okt* beside the variances of schools."""
    return reading.unit is not None and not reading.is_money and not is_share_unit(reading.unit)


def _is_price(reading: Reading) -> bool:
    """Whether a header states money, or money for each of something, as a fee is: *Avgift, kr/tömning*."""
    return (reading.unit or "").partition("/")[0].partition(" ")[0] in money_units()


def _of_months(time: Time, told: Told, around: Surroundings) -> str | None:
    """What bare months of an interim report's year hold: forecasts after its day, outcomes before it.

    A title that tells of forecasts alone may mean those that were made in each month.
    """
    report = around.report
    if time.months is None or not report.is_interim or around.is_plan or not (told.kind is None or told.names_outcome):
        return None
    if time.years not in (None, (report.year, report.year)) or time.shift:
        return None
    is_ahead = time.months[0] > report.month
    return "forecast" if is_ahead else "outcome" if told.names_outcome else None


def _stated(reading: Reading, told: Told, around: Surroundings) -> str:
    assert reading.kind is not None
    if told.of_rounds and reading.kind == "forecast":
        return "variance"
    return _ahead(reading.kind, reading.time if reading.time.years else told.time, around)


def _ahead(kind: str, time: Time, around: Surroundings) -> str:
    """A budget of a year after the first budget year is a plan; a proposal is one of the two."""
    first = around.report.year
    if kind not in ("budget", "proposal"):
        return kind
    if first is None or time.years is None:
        return "budget"
    is_later = time.years[0] > (first if around.is_plan else first + 1)
    return "plan" if is_later else "budget"


def _of_year(year: int, told: Told, around: Surroundings, *, ahead: str) -> str:
    """A bare year: accounted for up to the report's own, planned or aimed at after it.

    A plan's own year and the one it is written in have no outcome yet: of amounts they are the budget, of other figures
    its own is what is to come.
    """
    now = around.report.last_year
    assert now is not None
    if told.kind in ("variance", "effect"):
        return told.kind
    if told.kind == "forecast":
        return "forecast" if year >= now else "outcome"
    if year > now:
        return "plan" if told.kind in ("budget", "plan") else ahead
    if around.is_plan and ahead == "plan" and year == now - 1:
        return "budget"
    if year < now or not (around.is_plan or told.kind in ("budget", "plan")):
        return "outcome"
    return "budget" if ahead == "plan" or told.kind in ("budget", "plan") else ahead
