"""Every outcome against what the newest earlier report printed for it: over the whole corpus, once names are joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from namndata.audit.comparisons import Statement, check_earlier_reports
from namndata.audit.figures import amount_figure, is_exact, measure_figure
from namndata.identity.budget_lines import line_id
from namndata.identity.renditions import Standing, edition_of
from namndata.identity.series import Identity
from namndata.identity.sightings import part_of
from schema.problem import Check
from schema.records import BudgetValue, IndicatorValue
from schema.result import DocumentResult


def checks_of_earlier(
    results: Sequence[DocumentResult], identity: Identity, standings: Mapping[str, Standing]
) -> dict[str, list[Check]]:
    """Return the checks by the document whose figure is checked; a report held twice counts once."""
    checks: dict[str, list[Check]] = defaultdict(list)
    kept = [result for result in results if is_preferred(standings[result.source.document])]
    statements = [pair for result in kept for pair in outcomes_of(result, identity)]
    for document, check in check_earlier_reports(statements):
        checks[document].append(check)
    return checks


def is_preferred(standing: Standing) -> bool:
    """Tell whether a file is the one that its report is read from."""
    return standing.rendition_of is None and standing.edition_of is None


def outcomes_of(result: DocumentResult, identity: Identity) -> Iterator[tuple[Hashable, Statement]]:
    """Return a report's outcomes by what they state; those that it states twice, with other figures, are left out."""
    found: dict[Hashable, list[Statement]] = defaultdict(list)
    document, edition = result.source.document, edition_of(result.facts)
    for value in result.records_of(IndicatorValue):
        if value.kind == "outcome" and value.period and value.status == "reported" and is_exact(value):
            measured = (identity.id_of(document, value), part_of(value), value.period)
            found[measured].append(Statement(document, edition, measure_figure(value)))
    for amount in result.records_of(BudgetValue):
        if amount.kind == "outcome" and amount.period and amount.table is not None:
            line = identity.lines[line_id(document, amount)]
            figure = amount_figure(amount)
            found["amount", line, amount.part, amount.measure, amount.period].append(
                Statement(document, edition, figure)
            )
    for key, same in found.items():
        if len({statement.figure.value for statement in same}) == 1:
            yield key, same[0]
