"""From a document that was read to what it says of itself, and what in that is doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from extract.facts.kinds import kind_of, kind_sightings
from extract.facts.lines import read_paper
from extract.facts.place import Paper
from extract.facts.titles import title_sightings
from extract.facts.weigh import Verdict, shortened, weigh
from extract.facts.when import as_of, plan_years, year_sightings
from extract.facts.where import place_sightings
from extract.facts.whose import Names, body_sightings
from extract.facts.words import words_in
from schema.layout import Content
from schema.places import code_of
from schema.printed import FACTS, FactDoubt, FactSource, ReportFacts

LONGEST_SAID = 200
"""Characters that are kept of a line that says a fact; a paragraph may say it."""


def find_facts(content: Content) -> ReportFacts:
    """Return what the report says of itself; what it does not say is None."""
    paper = read_paper(content)
    title = weigh("title", title_sightings(paper))
    kinds = weigh("document_type", kind_sightings(paper))
    kind = kind_of(kinds)
    names = Names()
    body = weigh("committee", body_sightings(paper, names, kind=kind))
    place = _place(paper, names, body.value)
    year = weigh("fiscal_year", year_sightings(paper, kind))
    day = as_of(paper, kind, year.value)
    verdicts: dict[str, Verdict[Any]] = {
        "title": title,
        "municipality": place,
        "committee": body,
        "fiscal_year": year,
        "as_of": day,
    }
    return ReportFacts(
        title=title.value or "",
        municipality=place.value,
        municipality_code=code_of(place.value),
        committee=names.name_of(body.value) if body.value else None,
        document_type=kind,
        fiscal_year=year.value,
        plan_years=plan_years(paper, year.value) if kind in words_in("ahead") else (),
        as_of=day.value,
        sources=tuple(_sources({**verdicts, "document_type": replace(kinds, value=kind)}, names)),
        doubts=(*_type_doubts(kinds, kind), *_doubts(verdicts), *_unlisted(place.value)),
    )


def _place(paper: Paper, names: Names, body: str | None) -> Verdict[str]:
    """Return the municipality; a joint authority is of none."""
    if body is not None and names.kinds[body] == "association":
        return Verdict(None)
    return weigh("municipality", place_sightings(paper, is_shared=body is not None and names.is_shared(body)))


def _type_doubts(kinds: Verdict[str], kind: str | None) -> Iterator[FactDoubt]:
    """Yield why the type is doubtful; a paper of no known type says so."""
    if kind is None:
        named = next((one.best.text for one in kinds.found if one.value == ""), None)
        why = f"“{named}” is a paper of another kind" if named else "the paper names no kind that is known"
        yield FactDoubt("document_type", why)
    elif kinds.doubt:
        yield FactDoubt("document_type", kinds.doubt)


def _sources(verdicts: dict[str, Verdict[Any]], names: Names) -> Iterator[FactSource]:
    """Yield the line that says most for each fact that is known, the columns of `documents` in order."""
    for fact in FACTS:
        verdict = verdicts[fact]
        read = next((one.read for one in verdict.found if one.value == verdict.value), None)
        if verdict.value and read:
            value = names.name_of(verdict.value) if fact == "committee" else str(verdict.value)
            line = read.line
            yield FactSource(fact, value, shortened(read.text, LONGEST_SAID), line.place, line.page, line.box)


def _doubts(verdicts: dict[str, Verdict[Any]]) -> Iterator[FactDoubt]:
    yield from (FactDoubt(fact, verdict.doubt) for fact, verdict in verdicts.items() if verdict.doubt)


def _unlisted(municipality: str | None) -> Iterator[FactDoubt]:
    if municipality and code_of(municipality) is None:
        yield FactDoubt("municipality", f"“{municipality}” is no municipality or region of Sweden")
