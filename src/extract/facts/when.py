"""Of which year a paper is, which years it plans for, and up to which day it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.facts.kinds import kinds_in
from extract.facts.place import TOLD, Line, Paper
from extract.facts.weigh import Sighting, Verdict, weigh
from extract.facts.words import ends_with, one_of, words_in
from schema.lexicon.dates import Moment, find_moments, short_year

MOST_PLAN_YEARS = 10
DAYS = ("dated", "meeting", "decided")
"""Roles of lines that tell when a paper was written or decided: the year of a letter, of minutes or of a policy."""
NEAR = 25
"""Characters before a year in which running text names the paper that it is of."""


def year_sightings(paper: Paper, kind: str | None) -> Iterator[Sighting[int]]:
    """Yield what each line says for a year."""
    is_of_its_day = kind is None or kind in words_in("own_day")
    looks_back = kind in words_in("annual") or kind in words_in("interim")
    for line in paper.lines:
        if line.role == "contents":
            continue
        moments = find_moments(line.text)
        for index, moment in enumerate(moments):
            if moment.year is not None and not (moment.is_short and line.place in TOLD):
                form = _year_form(line, moment, moments[:index], is_of_its_day=is_of_its_day)
                year = moment.last_year if looks_back and _is_series(moment) else moment.year
                yield Sighting(year or moment.year, line.place, form, line)
        short = short_year(line.text)
        if short and line.place == "title":
            yield Sighting(short, line.place, "short", line)


def _is_series(moment: Moment) -> bool:
    """Whether a time is a span of more years than a school year's two: figures of such a span end with the last."""
    return moment.year is not None and moment.last_year is not None and moment.last_year - moment.year > 1


def _year_form(line: Line, moment: Moment, before: tuple[Moment, ...], *, is_of_its_day: bool) -> str:
    """Return how a line names a year."""
    if moment.is_number:
        return "number"
    if line.role and line.role != "owner":
        return f"{line.role}_own" if is_of_its_day and line.role in DAYS else line.role
    if any(ends_with(word, line.text, moment.start) for word in ("aim", "compared")):
        return "aim"
    if moment.day and ends_with("written", line.text, moment.start):
        return "decided_own" if is_of_its_day else "decided"
    if line.place in TOLD and line.place != "header":
        return _told_form(line.text[max(0, moment.start - NEAR) : moment.start], moment, is_of_its_day=is_of_its_day)
    head = line.text[: moment.start]
    if line.place == "header":
        return "plan" if _is_plan(head) else "headed"
    if (_is_plan(head) and any(other.year for other in before)) or _only_plan(head):
        return "plan"
    if moment.is_span:
        return "span"
    if moment.day is not None and not _is_until(line, moment) and not kinds_in(line.text):
        return "day_own" if is_of_its_day and line.place != "running" else "day"
    return "typed" if kinds_in(line.text) else "plain"


def _told_form(before: str, moment: Moment, *, is_of_its_day: bool) -> str:
    """Return how running text names a year: a policy names many, a report most often its own."""
    if kinds_in(before):
        return "told_typed"
    if is_of_its_day:
        return "told_day" if moment.day else "told_other"
    return "told_month" if moment.month else "told"


def _is_until(line: Line, moment: Moment) -> bool:
    """Tell whether a day is the one up to which the paper counts."""
    return moment.from_month is not None or ends_with("until", line.text, moment.start)


def _is_plan(head: str) -> bool:
    return bool(re.search(rf"(?<![^\W\d_]){one_of('plan')}(?![^\W\d_])[^.]*$", head, re.IGNORECASE))


def _only_plan(head: str) -> bool:
    """Tell whether nothing but the word for plan goes before the years."""
    before, plan, after = one_of("before_plan"), one_of("plan"), one_of("after_plan")
    return bool(re.fullmatch(rf"\W*(?:{before}\s+)?{plan}(?:\s+{after})?\W*", head, re.IGNORECASE))


def plan_years(paper: Paper, year: int | None) -> tuple[int, ...]:
    """Return the later years that a budget or plan is for, by its title, front or running head."""
    if year is None:
        return ()
    for line in paper.at("title", "subtitle", "front", "running", "heading", "file"):
        if line.role and line.role != "owner":
            continue
        moments = [m for m in find_moments(line.text) if m.year and not m.is_number and not m.day and not m.month]
        years = {y for m in moments if m.year for y in range(m.year, (m.last_year or m.year) + 1)}
        spans = any(moment.is_span for moment in moments) or _is_plan(line.text)
        planned = tuple(sorted(y for y in years if year < y <= year + MOST_PLAN_YEARS))
        if spans and planned and (year in years or _is_plan(line.text)):
            return planned
    return ()


def as_of(paper: Paper, kind: str | None, year: int | None) -> Verdict[str]:
    """Return the day up to which a paper counts: the year's last for annual papers, the stated one for interim ones."""
    if kind in words_in("annual"):
        return Verdict(f"{year}-12-31" if year else None)
    if kind not in words_in("interim"):
        return Verdict(None)
    return weigh("as_of", day_sightings(paper, year))


def day_sightings(paper: Paper, year: int | None) -> Iterator[Sighting[str]]:
    """Yield what each line says for the day up to which the paper counts."""
    for line in paper.lines:
        if line.role and line.role != "owner":
            continue
        is_typed = line.place not in TOLD and bool(kinds_in(line.text))
        moments = [moment for moment in find_moments(line.text) if not (moment.is_short and line.place in TOLD)]
        for moment in _ends(moments, year):
            form = _day_form(line, moment, is_typed=is_typed)
            day = moment.last_day(year)
            if day:
                yield Sighting(day, line.place, form, line)


def _ends(moments: Iterable[Moment], year: int | None) -> Iterator[Moment]:
    """Yield the times with a month, of the report's own year."""
    for moment in moments:
        if moment.month is not None and not moment.is_number and (year is None or moment.year in (None, year)):
            yield moment


def _day_form(line: Line, moment: Moment, *, is_typed: bool) -> str:
    if ends_with("written", line.text, moment.start):
        return "decided"
    if _is_until(line, moment):
        return "told_until" if line.place in TOLD else "until"
    if line.place in TOLD and line.place != "header":
        return "told"
    if is_typed:
        return "typed"
    return "day" if moment.day is not None else "month"
