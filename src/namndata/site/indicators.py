"""An indicator's page: its series as a chart and as a table, each figure with the place where it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from namndata.site.charts import Chart, Point, Size, draw_chart
from namndata.site.reading import Corpus, Row, Value, by, committee_address, indicator_address, place_of
from namndata.site.shown import number

DRAWN = ("final", "interim", "forecast", "expected")
SMALL, LARGE = Size(264, 104, is_small=True), Size(780, 320)
BREAKS = frozenset({"definition_changed", "split", "merged"})


@dataclass(frozen=True)
class IndicatorShown:
    """All that an indicator's page shows."""

    row: Row
    address: str
    committee: str
    chart: Chart | None
    statements: tuple[tuple[Row, Value | None], ...]
    """What each report states, the newest period first, with the value that has its place."""
    targets: tuple[Row, ...]
    names: tuple[Row, ...]
    related: tuple[Row, ...]
    official: tuple[Row, ...]


def read_indicators(corpus: Corpus) -> Iterator[IndicatorShown]:
    """Yield every indicator."""
    rows = corpus.rows("select * from indicators")
    by_id = {row["indicator_id"]: row for row in rows}
    tables = {
        name: by(corpus.rows(f"select * from {name} order by rowid"), "indicator_id")
        for name in ("indicator_statements", "indicator_series", "target_attainment", "indicator_names")
    }
    official = by(corpus.rows("select * from official_comparison where official_value is not null"), "indicator_id")
    followers = by((row for row in rows if row["related_to"]), "related_to")
    for row in rows:
        key = row["indicator_id"]
        statements = sorted(
            (each for each in tables["indicator_statements"].get(key, ()) if each["has_value"]),
            key=lambda each: (each["period"] or "", each["from_preferred"] == 1, each["edition"] or ""),
            reverse=True,
        )
        chart = chart_of(corpus, row, tables["indicator_series"].get(key, ()), LARGE)
        before = [by_id[row["related_to"]]] if row["related_to"] in by_id else []
        yield IndicatorShown(
            row,
            indicator_address(key),
            committee_address(row["municipality"], corpus.committee_today(row)),
            chart if chart and chart.has_course else None,
            tuple((each, corpus.by_id.get(each["value_id"])) for each in statements),
            tuple(tables["target_attainment"].get(key, ())),
            tuple(unique_names(tables["indicator_names"].get(key, ()))),
            (*before, *followers.get(key, ())),
            tuple(official.get(key, ())),
        )


def unique_names(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield each printed name once."""
    seen = set()
    for row in rows:
        if (row["name"], row["parent"]) not in seen:
            seen.add((row["name"], row["parent"]))
            yield row


def chart_of(corpus: Corpus, row: Row, series: Sequence[Row], size: Size) -> Chart | None:
    """Return the chart of an indicator's whole, or of its first part where no whole is printed."""
    parts = [each["breakdown"] for each in series if each["value"] is not None]
    if not parts:
        return None
    part = None if None in parts else parts[0]
    points = [point_of(corpus, each, small=size.is_small) for each in series if is_drawn(each, part)]
    breaks = [(row["first_period"], row["relation"])] if row["relation"] in BREAKS and row["first_period"] else []
    return draw_chart(points, breaks, size)


def is_drawn(row: Row, part: str | None) -> bool:
    """Tell whether a statement is drawn: a number of the part, an outcome, forecast or target."""
    is_of_part = row["breakdown"] == part and row["value"] is not None
    return bool(is_of_part and row["period"] and (row["kind"] == "target" or row["outcome_is"] in DRAWN))


def point_of(corpus: Corpus, row: Row, *, small: bool) -> Point:
    """Return a statement as a point."""
    what = "target" if row["kind"] == "target" else row["outcome_is"]
    unit = f" {row['unit']}" if row["unit"] else ""
    return Point(
        row["period"],
        row["value"],
        what,
        f"{row['period']}: {number(row['value'])}{unit}",
        "" if small else place_of(corpus, row["value_id"]),
    )
