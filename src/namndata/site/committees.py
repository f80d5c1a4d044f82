"""A committee's page: its reports, net costs, budget beside outcome, attainment of targets, indicators and goals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from namndata.site.charts import Chart
from namndata.site.indicators import SMALL, chart_of
from namndata.site.reading import Corpus, Row, by, committee_address, indicator_address
from namndata.site.reports import ReportShown

MOST_LINES = 16
"""Lines of money in one chart: more than these cannot be compared by eye."""
DEEPEST = 1
LEAST_POINTS = 2
"""Outcomes that make a series worth a chart."""


@dataclass(frozen=True)
class MoneyBar:
    """A line of money: what was budgeted and spent, as shares of the longest bar."""

    row: Row
    budget: float
    spent: float
    zero: float
    """Where zero stands: income is drawn to its left."""


@dataclass(frozen=True)
class MoneyYear:
    """The lines of one year that have a budget and an outcome or forecast."""

    year: int
    outcome_is: tuple[str, ...]
    """What was spent is: `final`, `interim` or `forecast`; several where lines differ."""
    bars: tuple[MoneyBar, ...]


@dataclass(frozen=True)
class Attained:
    """How many targets of a year were met."""

    year: int
    is_final: bool
    met: int
    missed: int
    open: int

    @property
    def whole(self) -> int:
        """All targets of the year."""
        return self.met + self.missed + self.open


@dataclass(frozen=True)
class Small:
    """An indicator with its small chart, if it has enough points for one."""

    row: Row
    address: str
    chart: Chart | None
    met: int | None


@dataclass(frozen=True)
class NetYear:
    """A year's net cost by kind, and how long the bars are."""

    year: int
    figures: Mapping[str, Row]
    shares: Mapping[str, float]
    """Of the width of all bars; income is below zero."""
    zero: float
    """Where zero stands: income is drawn to its left."""


@dataclass(frozen=True)
class CommitteeShown:
    """All that a committee's page shows."""

    municipality: str | None
    name: str
    address: str
    reports: tuple[ReportShown, ...]
    net: tuple[NetYear, ...]
    money: MoneyYear | None
    attained: tuple[Attained, ...]
    indicators: tuple[Small, ...]
    goals: tuple[Row, ...]

    @property
    def is_forecast_drawn(self) -> bool:
        """Whether a year's net cost is drawn by its forecast: there is no outcome yet."""
        return any("forecast" in year.figures and "outcome" not in year.figures for year in self.net)

    @property
    def values(self) -> int:
        """Values in all of its reports."""
        return sum(len(report.values) for report in self.reports)


def read_committees(corpus: Corpus, reports: Sequence[ReportShown]) -> list[CommitteeShown]:
    """Return the committees that have reports, by municipality and name."""
    names = ("net_costs", "budget_outcomes", "target_attainment", "goal_list", "indicators", "indicator_series")
    tables = {name: by_committee(corpus, corpus.rows(f"select * from {name} order by rowid")) for name in names}
    groups: dict[tuple[str | None, str], list[ReportShown]] = {}
    for report in reports:
        committee = report.row["committee_today"] or report.row["committee"] or ""
        groups.setdefault((report.row["municipality"], committee), []).append(report)
    shown = []
    for (municipality, name), of_committee in sorted(groups.items(), key=lambda each: (each[0][0] or "~", each[0][1])):
        rows = {table: found.get((municipality, name), []) for table, found in tables.items()}
        shown.append(
            CommitteeShown(
                municipality,
                name,
                committee_address(municipality, name),
                tuple(sorted(of_committee, key=lambda report: str(report.row["edition"] or ""), reverse=True)),
                tuple(net_years(rows["net_costs"])),
                money_of(rows["budget_outcomes"]),
                tuple(attained(rows["target_attainment"])),
                tuple(small_charts(corpus, rows["indicators"], rows["indicator_series"], rows["target_attainment"])),
                tuple(newest_goals(rows["goal_list"])),
            )
        )
    return shown


def by_committee(corpus: Corpus, rows: Iterable[Row]) -> dict[tuple[str | None, str], list[Row]]:
    """Return rows by municipality and the committee that has the work today."""
    groups: dict[tuple[str | None, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["municipality"], corpus.committee_today(row) or ""), []).append(row)
    return groups


def net_years(rows: Iterable[Row]) -> Iterable[NetYear]:
    """Yield the years' net costs, each kind once."""
    years = by((row for row in rows if row["net_cost_sek"] is not None and row["year"]), "year")
    amounts = [0.0, *(row["net_cost_sek"] for found in years.values() for row in found)]
    width = (max(amounts) - min(amounts)) or 1.0
    for year in sorted(years):
        figures = {row["kind"]: row for row in reversed(years[year]) if len(row["period"]) == len(str(year))}
        if figures:
            shares = {kind: row["net_cost_sek"] / width for kind, row in figures.items()}
            yield NetYear(year, figures, shares, -min(amounts) / width)


def money_of(rows: Iterable[Row]) -> MoneyYear | None:
    """Return the newest year's lines that have both a budget and what was spent."""
    lines = [
        row
        for row in rows
        if row["overspend_sek"] is not None
        and row["year"]
        and row["statement"] in ("operating", "income_statement")
        and row["part"] is None
        and row["period"] == str(row["year"])
        and (row["level"] or 0) <= DEEPEST
    ]
    if not lines:
        return None
    year = max(row["year"] for row in lines)
    chosen = sorted((row for row in lines if row["year"] == year), key=lambda row: -abs(row["budget_cost_sek"]))
    bars = chosen[:MOST_LINES]
    least = min(0, *(min(row["budget_cost_sek"], row["spent_cost_sek"]) for row in bars))
    most = max(0, *(max(row["budget_cost_sek"], row["spent_cost_sek"]) for row in bars))
    width = (most - least) or 1
    return MoneyYear(
        year,
        tuple(dict.fromkeys(row["outcome_is"] for row in bars)),
        tuple(
            MoneyBar(row, row["budget_cost_sek"] / width, row["spent_cost_sek"] / width, -least / width) for row in bars
        ),
    )


def attained(rows: Iterable[Row]) -> Iterable[Attained]:
    """Yield how many targets each year met: by final outcomes where there are any, else by what there is so far."""
    years = by((row for row in rows if row["year"]), "year")
    for year in sorted(years):
        finals = [row for row in years[year] if row["outcome_is"] == "final"]
        counted = finals or latest(years[year])
        met = Counter(row["met"] for row in counted)
        yield Attained(year, bool(finals), met[1], met[0], met[None])


def latest(rows: Iterable[Row]) -> list[Row]:
    """Return one row for each target."""
    return list({(row["indicator_id"], row["breakdown"], row["period"]): row for row in rows}.values())


def small_charts(
    corpus: Corpus, indicators: Iterable[Row], series: Iterable[Row], targets: Iterable[Row]
) -> Iterable[Small]:
    """Yield the indicators: those with a chart first, each group by name."""
    of_indicator = by(series, "indicator_id")
    met = {row["indicator_id"]: row["met"] for row in sorted(targets, key=lambda row: row["year"] or 0)}
    found = []
    for row in indicators:
        own = of_indicator.get(row["indicator_id"], [])
        chart = chart_of(corpus, row, own, SMALL)
        finals = sum(mark.point.what == "final" for mark in chart.marks) if chart else 0
        address = indicator_address(row["indicator_id"])
        found.append(Small(row, address, chart if finals >= LEAST_POINTS else None, met.get(row["indicator_id"])))
    return sorted(found, key=lambda each: (each.chart is None, each.row["name"].casefold()))


def newest_goals(rows: Sequence[Row]) -> Iterable[Row]:
    """Return the goals of the newest year that has any with an assessment, else of the newest."""
    assessed = [row["year"] for row in rows if row["assessment_code"] and row["year"]]
    years = assessed or [row["year"] for row in rows if row["year"]]
    newest = [row for row in rows if years and row["year"] == max(years)]
    return [row for row in newest if row["assessment_code"]] or newest
