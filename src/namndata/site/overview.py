"""The first page: what the corpus covers, what is new, what is doubtful, and how far it can be trusted."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from namndata.sample.measure import Measured, measure_errors
from namndata.site.committees import CommitteeShown
from namndata.site.reading import Corpus, Row
from namndata.site.reports import ReportShown

SEEN = "seen.json"
"""Which reports earlier sites showed, and on what day first: what is new is told from it."""
MOST_NEW = 6
MOST_DOUBTFUL = 8
YEARS_END = "-12-31"


@dataclass(frozen=True)
class Covered:
    """A committee's reports by year."""

    committee: CommitteeShown
    years: Mapping[int, tuple[ReportShown, ...]]


@dataclass(frozen=True)
class Overview:
    """What the first page shows."""

    reports: tuple[ReportShown, ...]
    values: int
    years: tuple[int, ...]
    coverage: tuple[Covered, ...]
    bands: Counter[str]
    new: tuple[ReportShown, ...]
    doubtful: tuple[ReportShown, ...]
    held: int
    failed: int
    failed_documents: tuple[Row, ...]
    targets: int
    met: int
    not_met: int
    numbers: int
    unaccounted: int
    indicators: int
    measured: Measured | None

    @property
    def municipalities(self) -> int:
        """How many there are."""
        return len({report.row["municipality"] for report in self.reports if report.row["municipality"]})


def read_overview(
    corpus: Corpus, folder: Path, reports: Sequence[ReportShown], committees: Sequence[CommitteeShown], out: Path
) -> Overview:
    """Return what the first page shows."""
    bands = Counter(value.band for report in reports for value in report.values)
    years = sorted({report.row["fiscal_year"] for report in reports if report.row["fiscal_year"]})
    targets = corpus.rows(
        "select count(*) n, coalesce(sum(met = 1), 0) met, coalesce(sum(met = 0), 0) missed"
        " from target_attainment where outcome_is = 'final'"
    )[0]
    ledger = corpus.rows("select ifnull(sum(numbers), 0) n, ifnull(sum(unaccounted), 0) lost from number_ledger")[0]
    return Overview(
        tuple(reports),
        sum(bands.values()),
        tuple(range(years[0], years[-1] + 1)) if years else (),
        tuple(covered(committee) for committee in committees),
        bands,
        new_reports(reports, out),
        tuple(sorted((each for each in reports if doubt_of(each)), key=doubt_of, reverse=True)[:MOST_DOUBTFUL]),
        sum(report.held for report in reports),
        sum(report.contradictions for report in reports),
        tuple(corpus.rows("select * from documents where status = 'failed' order by path")),
        targets["n"],
        targets["met"],
        targets["missed"],
        ledger["n"],
        ledger["lost"],
        corpus.rows("select count(*) n from indicators")[0]["n"],
        measure_errors(folder) if folder.is_dir() else None,
    )


def covered(committee: CommitteeShown) -> Covered:
    """Return a committee's reports by year: plans first, then interim reports, then those of the whole year."""
    years: dict[int, list[ReportShown]] = {}
    for report in committee.reports:
        if report.row["fiscal_year"]:
            years.setdefault(report.row["fiscal_year"], []).append(report)
    order = ("plan", "interim", "whole")
    return Covered(
        committee,
        {
            year: tuple(sorted(each, key=lambda report: (order.index(time_of(report)), report.row["edition"] or "")))
            for year, each in years.items()
        },
    )


def time_of(report: ReportShown) -> str:
    """Return whether a report was written before, within or after its year."""
    if report.row["is_plan"]:
        return "plan"
    end = f"{report.row['fiscal_year']}{YEARS_END}"
    return "interim" if (report.row["as_of"] or end) < end else "whole"


def doubt_of(report: ReportShown) -> float:
    """Return how much there is to look at in a report: doubtful values, failed checks and problems."""
    return len(report.values) - report.sure + 5 * (report.contradictions + len(report.problems))


def new_reports(reports: Sequence[ReportShown], out: Path) -> tuple[ReportShown, ...]:
    """Return the reports that the newest site but one did not show; where all are as new, those of the latest years."""
    today = datetime.date.today().isoformat()
    seen = read_seen(out / SEEN)
    days = {report.row["content_id"]: seen.get(report.row["content_id"], today) for report in reports}
    (out / SEEN).write_text(json.dumps(days, indent=0, sort_keys=True), encoding="utf-8")
    newest = max(days.values(), default="")
    new = [report for report in reports if days[report.row["content_id"]] == newest]
    if len(new) == len(reports):
        new = sorted(reports, key=lambda report: str(report.row["edition"] or ""), reverse=True)
    return tuple(new[:MOST_NEW])


def read_seen(path: Path) -> dict[str, str]:
    """Return when each report was first shown; a file that is none counts for nothing."""
    try:
        seen = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(day) for key, day in seen.items()} if isinstance(seen, dict) else {}
