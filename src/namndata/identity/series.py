"""Which printed rows are the same indicator across years, committees and reports.

Names that are equal after normalisation join by themselves, and those that more than likeness proves to be one; people
decide on the rest, and what may be the same is proposed. An indicator belongs to a committee, and to the one that took
over its work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from namndata.identity import crosswalk
from namndata.identity.budget_lines import LineId, identify_lines
from namndata.identity.committees import Committees, reporting, scb_codes
from namndata.identity.evidence import join_proven
from namndata.identity.ids import name_indicators, part_id
from namndata.identity.indicators import all_indicator_rows, name_rows
from namndata.identity.lineage import names_today, read_committees
from namndata.identity.membership import alias_rows, apply_decisions, in_readable_ids, regroup, relations
from namndata.identity.proposal_rows import find_proposals, proposal_row, proposal_rows
from namndata.identity.same_names import join_exact
from namndata.identity.sightings import RowId, find_sightings, row_id
from namndata.lines import decisions as of_lines
from schema.records import IndicatorValue
from schema.result import DocumentResult

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided on names and on lines."""

    names: tuple[crosswalk.Decision, ...] = ()
    lines: tuple[of_lines.Decision, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self.names or self.lines)


def read_decisions(folder: Path | None) -> Decisions:
    """Return what people decided beside the reports."""
    if folder is None:
        return Decisions()
    return Decisions(crosswalk.read_crosswalk(folder / crosswalk.CROSSWALK), of_lines.read_decisions(folder))


@dataclass(frozen=True, slots=True)
class Identity:
    """The indicators of a corpus, what each printed row joins, and what people may join."""

    ids: Mapping[RowId, str]
    indicators: tuple[Row, ...] = ()
    names: tuple[Row, ...] = ()
    proposals: tuple[Row, ...] = ()
    vetoes: tuple[Row, ...] = ()
    committees: tuple[Row, ...] = ()
    aliases: tuple[Row, ...] = ()
    lines: Mapping[LineId, str] = field(default_factory=dict)
    """The line of each row of the money tables."""
    today: Mapping[str, str | None] = field(default_factory=dict)
    """The committee that has the work of each report's committee now."""

    def id_of(self, document: str, record: IndicatorValue) -> str:
        """Return the id of the indicator that a report's record belongs to."""
        return self.ids[row_id(document, record)]


def identify_indicators(
    results: Sequence[DocumentResult],
    corpus: Path | None = None,
    committees: Committees | None = None,
    decided: Decisions | None = None,
) -> Identity:
    """Join rows by name and by the decisions in the corpus folder, and propose what else may be the same.

    Where the results are a part of a corpus, `committees` are those of all of it, `decided` what concerns the part.
    """
    decided = read_decisions(corpus) if decided is None else decided
    committees = committees or read_committees(corpus, [result.facts for result in results])
    sightings = find_sightings(results, committees)
    groups, proven = join_proven(join_exact(sightings, committees), committees)
    naming = name_indicators(groups)
    decisions = in_readable_ids(decided.names, naming)
    membership = apply_decisions(groups, naming, decisions, committees)
    final = regroup(sightings, membership)
    related = relations(decisions, final)
    notes = {result.source.document: result.footnotes for result in results}
    older = of_lines.older_lines(decided.lines)
    proposals = find_proposals(final, membership, related, committees)
    return Identity(
        ids={
            row: part_id(membership.id_of[id(sighting)], label)
            for sighting in sightings
            for row, label in sighting.rows.items()
        },
        indicators=tuple(all_indicator_rows(final, notes, related)),
        names=tuple(row for key in sorted(final) for row in name_rows(key, final[key], membership, proven)),
        proposals=tuple(row for each in proposals if not each.vetoes for row in proposal_rows(each, final)),
        vetoes=tuple(proposal_row(each, final) | {"vetoes": each.vetoes} for each in proposals if each.vetoes),
        committees=tuple(committees.rows(reporting(results), scb_codes())),
        aliases=tuple(alias_rows(membership, final)),
        lines={row: of_lines.joined(line, older) for row, line in identify_lines(results, committees).items()},
        today=names_today([(result.source.document, result.facts) for result in results], committees),
    )
