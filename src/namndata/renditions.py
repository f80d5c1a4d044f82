"""Which report is newer, and which files are the same report held twice."""

from __future__ import annotations

from collections.abc import Sequence

from schema.printed import ReportFacts
from schema.result import DocumentResult

SAME_SHARE = 0.7
"""Share of the smaller file's figures that the other must hold too. Renditions of one report differ by
what was lost in one of them; two years' reports repeat at most the years they have in common."""
FEWEST_FIGURES = 5
"""With fewer figures to compare, two files are never called the same report."""

Figure = tuple[str, str | None, str]


def edition_of(facts: ReportFacts) -> str:
    """Return a key that sorts reports by when they were written.

    A budget is written the year before the one it is for, an annual report after its year.
    """
    if facts.fiscal_year is None:
        return ""
    year, kind = facts.fiscal_year, (facts.document_type or "").casefold()
    if facts.as_of:
        return facts.as_of
    if "budgetförslag" in kind:
        return f"{year - 1:04}-06-01"
    if "budget" in kind or "plan" in kind:
        return f"{year - 1:04}-12-01"
    return f"{year:04}-09-01" if "delår" in kind else f"{year + 1:04}-02-01"


def preferred_renditions(results: Sequence[DocumentResult]) -> dict[str, str]:
    """Return, for each file that repeats a report, the document that is preferred to it."""
    preferred: dict[str, str] = {}
    kept: list[tuple[DocumentResult, frozenset[Figure]]] = []
    for result in sorted(results, key=_preference):
        figures = figures_of(result)
        same = next((other for other, theirs in kept if _is_same_report(result, figures, other, theirs)), None)
        if same is None:
            kept.append((result, figures))
        else:
            preferred[result.source.document] = same.source.document
    return preferred


def figures_of(result: DocumentResult) -> frozenset[Figure]:
    """Return what the report states: label, period and cell."""
    indicators = ((value.indicator, value.period, value.raw) for value in result.indicator_values)
    amounts = ((value.line, value.period, value.raw) for value in result.budget_values)
    return frozenset((*indicators, *amounts))


def _preference(result: DocumentResult) -> tuple[bool, bool, int, str]:
    """Order from best to worst: pages to point at, then nothing to remark, then most figures."""
    figures = len(result.indicator_values) + len(result.budget_values)
    return (result.number_of_pages is None, result.status != "ok", -figures, result.source.document)


def _is_same_report(
    one: DocumentResult, figures: frozenset[Figure], other: DocumentResult, theirs: frozenset[Figure]
) -> bool:
    """Tell whether two files are the same bytes, or of the same kind and year with the same figures."""
    if one.source.sha256 and one.source.sha256 == other.source.sha256:
        return True
    if (one.facts.document_type, one.facts.fiscal_year) != (other.facts.document_type, other.facts.fiscal_year):
        return False
    fewest = min(len(figures), len(theirs))
    return fewest >= FEWEST_FIGURES and len(figures & theirs) >= SAME_SHARE * fewest
