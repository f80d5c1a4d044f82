"""Which report is newer, and which files are the same report held twice or in several versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from namndata.identity.committees import words_of
from normalize.name_keys import compact_key
from schema.lexicon.numbers import natural_key
from schema.printed import ReportFacts
from schema.records import BudgetValue, CellValue, IndicatorValue
from schema.result import DocumentResult
from schema.vocabulary import read_rows

SAME_SHARE = 0.7
"""Share of the smaller file's figures that the other must hold too. Files of one report differ by what was lost or
changed in one of them; two years' reports repeat at most the years they have in common."""
AFTER_ITS_YEAR = (1, "02-01")
"""When reports are written that account for their year: so many years after it, and about which day."""
FEWEST_FIGURES = 5
"""With fewer figures to compare, two files are never called the same report."""
MISREAD_SHARE = 0.02
"""Share of figures that may differ between a report's PDF and its text: reading one of them goes wrong so often. Two
files of one kind that differ in a single figure are two editions."""

Place = tuple[str, ...]
"""Label, parent, kind and period of a figure."""
Stated = tuple[frozenset[str], frozenset[str]]
"""Values, and cells as printed without spaces, which a narrow column may break: either may agree."""
Figures = dict[Place, Stated]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a file is among the files of its report."""

    rendition_of: str | None = None
    """The preferred file with the same figures."""
    edition_of: str | None = None
    """The preferred version of the report, where this one has other figures."""
    number: int = 1
    """Which version it is, by the order of the files' names; nothing says that the last is right."""


def edition_of(facts: ReportFacts) -> str:
    """Return a key that sorts reports by when they were written.

    A budget is written the year before the one it is for, an annual report after its year.
    """
    if facts.fiscal_year is None:
        return ""
    if facts.as_of:
        return facts.as_of
    rows = (row for row in read_rows("report_times") if row["document_type"] == facts.document_type)
    years_after, day = next(((int(row["years_after"]), row["day"]) for row in rows), AFTER_ITS_YEAR)
    return f"{facts.fiscal_year + years_after:04}-{day}"


def plans_its_year(facts: ReportFacts) -> bool:
    """Tell whether a report plans its year, so that what it prints of that year has not happened yet."""
    rows = (row for row in read_rows("report_times") if row["document_type"] == facts.document_type)
    return any(row["plans"] == "1" for row in rows)


def find_standings(results: Sequence[DocumentResult]) -> dict[str, Standing]:
    """Return what each file is: most are the only one of their report."""
    standings = {result.source.document: Standing() for result in results}
    reports: dict[tuple[str, int], list[list[DocumentResult]]] = defaultdict(list)
    figures = {result.source.document: figures_of(result) for result in results}
    for result in sorted(results, key=_preference):
        if result.facts.fiscal_year is None:
            continue
        known = reports[result.facts.document_type or "", result.facts.fiscal_year]
        same = next((files for files in known if is_same_report(result, files[0], figures)), None)
        if same is None:
            known.append([result])
        else:
            same.append(result)
    for files in (files for known in reports.values() for files in known if len(files) > 1):
        standings |= dict(_rank(files, figures))
    return standings


def figures_of(result: DocumentResult) -> Figures:
    """Return what a file states, by place."""
    found: dict[Place, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for model, figure_of in FIGURES.items():
        for record in result.records_of(model):
            if record.period and (figure := figure_of(record)):
                place, stated = figure
                found[place][0].add(stated)
                found[place][1].add("".join(record.raw.split()))
    return {place: (frozenset(values), frozenset(raws)) for place, (values, raws) in found.items()}


def _measure(value: IndicatorValue) -> tuple[Place, str] | None:
    if value.value is None and not value.direction:
        return None
    names = (compact_key(value.indicator), compact_key(value.parent or ""), value.breakdown or "")
    return ("indicator", *names, value.kind, str(value.period)), f"{value.value} {value.upper} {value.direction}"


def _amount(amount: BudgetValue) -> tuple[Place, str]:
    names = (compact_key(amount.line), compact_key(amount.parent or ""), amount.part or "")
    return ("budget", *names, amount.kind, str(amount.period)), f"{amount.amount_sek} {amount.value}"


FIGURES: Mapping[type[CellValue], Callable[[Any], tuple[Place, str] | None]] = {
    IndicatorValue: _measure,
    BudgetValue: _amount,
}
"""What a record of a kind states, and at what place, so that two files can be compared; None for nothing."""


def agree(one: Stated, other: Stated) -> bool:
    """Tell whether two files state the same at a place."""
    return one[0] == other[0] or one[1] == other[1]


def is_same_report(one: DocumentResult, other: DocumentResult, figures: dict[str, Figures]) -> bool:
    """Tell whether two files of one kind and year are of one committee and day and state mostly the same figures."""
    mine, theirs = figures[one.source.document], figures[other.source.document]
    for name in ("committee", "municipality", "as_of"):
        said = {words_of(value) for value in (getattr(one.facts, name), getattr(other.facts, name)) if value}
        if len(said) > 1:
            return False
    fewest = min(len(mine), len(theirs))
    alike = sum(agree(mine[place], theirs[place]) for place in mine.keys() & theirs.keys())
    return fewest >= FEWEST_FIGURES and alike >= SAME_SHARE * fewest


def _rank(files: Sequence[DocumentResult], figures: dict[str, Figures]) -> Iterator[tuple[str, Standing]]:
    """Return the standing of one report's files, the best rendition of each edition first."""
    editions: list[list[DocumentResult]] = []
    for file in files:
        same = [edition for edition in editions if _is_rendition(file, edition[0], figures)]
        if same:
            min(same, key=lambda edition: _changes(file, edition[0], figures)).append(file)
        else:
            editions.append([file])
    editions.sort(key=lambda edition: natural_key(edition[0].source.document))
    shown = editions[-1][0].source.document
    for number, edition in enumerate(editions, start=1):
        best = edition[0].source.document
        for file in edition:
            document = file.source.document
            yield (
                document,
                Standing(None if document == best else best, None if best == shown else shown, number),
            )


def _is_rendition(one: DocumentResult, other: DocumentResult, figures: Mapping[str, Figures]) -> bool:
    changed = _changes(one, other, figures)
    if one.source.media_type == other.source.media_type:
        return changed == 0
    shared = figures[one.source.document].keys() & figures[other.source.document].keys()
    return changed <= MISREAD_SHARE * len(shared)


def _changes(one: DocumentResult, other: DocumentResult, figures: Mapping[str, Figures]) -> int:
    """Return in how many places two files state different figures."""
    mine, theirs = figures[one.source.document], figures[other.source.document]
    return sum(not agree(mine[place], theirs[place]) for place in mine.keys() & theirs.keys())


def _preference(result: DocumentResult) -> tuple[bool, bool, int, str]:
    """Order from best to worst: pages to point at, then nothing to remark, then most figures."""
    figures = len(result.records_of(CellValue))
    return (result.number_of_pages is None, result.status != "ok", -figures, result.source.document)
