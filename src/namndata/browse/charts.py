"""Charts of what a page shows: series over years where rows have several, else bars; which fits is told by the columns.

A table, a question of docs/questions.md and SQL of one's own are treated alike, so that a changed question keeps its
chart. Only rows that the page shows are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from namndata.language.catalogue import keyed_words
from namndata.language.chosen import named
from namndata.site.charts import Chart, Point, Size, draw_chart, year_of
from namndata.site.shown import number

Row = Mapping[str, Any]
Key = tuple[Any, ...]

SMALL, LARGE = Size(300, 150), Size(780, 300)
MOST_SERIES, MOST_BARS = 9, 24
"""Drawn at most: more than these push the table out of sight."""
LEAST_PERIODS = 2
"""Periods with a number that make a series."""
LEAST_IN_SERIES = 0.5
"""Share of the rows that are in a series, for series to be drawn; of fewer, most would be left out."""
TIMES = ("period", "year")
NAMES = ("municipality", "committee", "indicator", "name", "line", "parent", "side", "breakdown", "sex", "part")
"""Columns that tell whose a figure is, the widest first."""
IDS = ("indicator_id", "line_id", "table_key", "unit")
"""Columns that keep series of one name apart."""
OUTCOMES = ("final", "interim", "forecast", "expected")
WHAT = {"target": "target", "budget": "target", "forecast": "forecast", "plan": "expected", "outcome": "final"}
"""What a kind of statement is drawn as, where no column says more of it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is drawn of a result."""

    column: str
    word: str
    """Its name in the catalogue."""
    against: str | None = None
    """The column that it is set against: a target or budget."""
    aim: str = "target"
    """What that is called."""
    unit: str = ""
    """Its unit, where no column `unit` says it."""
    over_time: bool = False
    """Whether it is followed over years; else each row is a bar."""
    of: tuple[str, ...] = (*NAMES, *IDS)
    """The columns that part a series from another."""


SEK = "SEK"
MEASURES = (
    Measure("outcome", "outcome", "target", over_time=True),
    Measure("official_value", "official", "value", "printed", over_time=True),
    Measure("value", "value", over_time=True),
    Measure("spent_cost_sek", "spent", "budget_cost_sek", "budget", SEK),
    Measure("spent_tkr", "spent", "budget_tkr", "budget", "tkr"),
    Measure("earned_mnkr", "earned", "budget_mnkr", "budget", "mnkr"),
    Measure("cost_sek", "cost", aim="budget", unit=SEK, over_time=True),
    Measure("net_cost_sek", "cost", aim="budget", unit=SEK, over_time=True, of=("municipality", "committee")),
    Measure("met", "met", "targets", "targets"),
    Measure("percent_off", "off", unit="%"),
    Measure("percent", "overspend", unit="%"),
    Measure("mnkr", "cost", aim="budget", unit="mnkr", over_time=True),
    Measure("forecast", "forecast", "outcome_before", "before"),
    Measure("budget_mnkr", "budget", unit="mnkr"),
)
"""The first whose columns a result has is drawn."""
SCALES = ((1e6, "mnkr"), (1e3, "tkr"), (1.0, "kr"))
"""What amounts in SEK are counted in: the first that the largest reaches."""


@dataclass(frozen=True, slots=True)
class Series:
    """A series with its name."""

    name: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class Bar:
    """A row as a bar: where it begins and how long it is, as shares of the widest."""

    name: str
    label: str
    start: float
    length: float
    aim: tuple[float, float, str] | None
    """The same of what it is set against, and its label."""
    address: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The charts of a page."""

    measure: Measure
    unit: str
    size: Size
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    zero: float
    """Where bars begin, as a share of the width."""
    more: int
    """Series or rows that are not drawn."""
    is_mixed: bool = False
    """Whether units differ, so that each bar is as long as its own row asks for."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the series' legend explains."""
        drawn = {kind for series in self.series for kind in series.chart.kinds}
        return tuple(kind for kind in (*OUTCOMES, "target") if kind in drawn)

    def words(self, key: str) -> tuple[str, str]:
        """Return the name of the measure, or of a kind of mark, in Swedish and English."""
        own = {"measure": f"chart.{self.measure.word}", "target": f"chart.{self.measure.aim}"}
        return keyed_words()[own.get(key, f"series.{key}")]


def charts_of(columns: Sequence[str], rows: Iterable[Any], address_of: Callable[[str], str]) -> Drawn | None:
    """Return the charts of a result; None where none fits."""
    measure = next((each for each in MEASURES if {each.column, each.against or each.column} <= set(columns)), None)
    if measure is None:
        return None
    plain = [{name: bare(row[name]) for name in columns} for row in rows]
    shown = [row for row in plain if is_number(row[measure.column])]
    scale, unit = scale_of(measure, shown)
    time = next((name for name in TIMES if name in columns), None)
    if time and measure.over_time and (series := series_in(shown, measure, time)):
        return as_series(measure, unit, series, time, scale, address_of)
    return as_bars(measure, unit, shown, scale, address_of) if len(shown) > 1 else None


def bare(value: Any) -> Any:
    """Return a value that Datasette has put beside the label of what it refers to."""
    return value["value"] if isinstance(value, dict) else value


def is_number(value: Any) -> bool:
    """Tell whether a value can be drawn."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def scale_of(measure: Measure, rows: Sequence[Row]) -> tuple[float, str]:
    """Return what figures are divided by, and their unit."""
    if measure.unit != SEK:
        return 1.0, measure.unit
    largest = max((abs(row[measure.column]) for row in rows), default=0.0)
    return next((each for each in SCALES if largest >= each[0]), SCALES[-1])


def series_in(rows: Sequence[Row], measure: Measure, time: str) -> dict[Key, list[Row]]:
    """Return the rows of each series; none where rows are ranked by something else than time, or most are alone."""
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        if what_of(row):
            groups.setdefault(tuple(row.get(name) for name in measure.of), []).append(row)
    series = {key: found for key, found in groups.items() if len(periods_of(found, time)) >= LEAST_PERIODS}
    is_most = sum(map(len, series.values())) >= LEAST_IN_SERIES * len(rows)
    return series if is_most and all(goes_on(found, time) for found in series.values()) else {}


def periods_of(rows: Iterable[Row], time: str) -> set[str]:
    """Return the periods that rows are of."""
    return {str(row[time]) for row in rows if year_of(str(row[time] or ""))}


def goes_on(rows: Iterable[Row], time: str) -> bool:
    """Tell whether rows of one kind stand in the order of their years."""
    last: dict[str | None, int] = {}
    for row in rows:
        what, when = what_of(row), ceil(year_of(str(row[time] or "")))
        if when < last.get(what, 0):
            return False
        last[what] = when
    return True


def what_of(row: Row) -> str | None:
    """Return what a row is drawn as; None for what is no level, such as a variance."""
    kind = row.get("kind")
    if kind in (None, "outcome") and row.get("outcome_is") in OUTCOMES:
        return str(row["outcome_is"])
    return WHAT.get(kind or "outcome")


def as_series(
    measure: Measure,
    unit: str,
    groups: Mapping[Key, Sequence[Row]],
    time: str,
    scale: float,
    address_of: Callable[[str], str],
) -> Drawn:
    """Return charts over periods, those with most periods first."""
    best = sorted(groups, key=lambda key: -len({row[time] for row in groups[key]}))[:MOST_SERIES]
    size = LARGE if len(best) == 1 else SMALL
    first = next(iter(groups.values()))[0]
    called = [name for name in names_in(first) if name in measure.of]
    differing = [name for name in called if len({rows[0][name] for rows in groups.values()}) > 1] or called
    found = []
    for key in best:
        points = [point for row in groups[key] for point in points_of(row, measure, unit, time, scale, address_of)]
        if chart := draw_chart(points, (), size):
            units = set() if measure.unit else {str(row["unit"]) for row in groups[key] if row.get("unit")}
            found.append(Series(name_of(groups[key][0], differing, units), chart))
    return Drawn(measure, unit, size, tuple(found), (), 0.0, len(groups) - len(found))


def names_in(row: Row) -> list[str]:
    """Return the columns that tell whose a figure is; an indicator's name holds its part."""
    parts = ("breakdown", "sex") if row.get("indicator") else ()
    return [name for name in NAMES if name in row and name not in parts]


def name_of(row: Row, chosen: Iterable[str], units: Iterable[str] = ()) -> str:
    """Return what a row or series is called: what parts it from the others, with its unit."""
    name = ", ".join(named("side", str(row[each])) for each in chosen if row.get(each) is not None)
    unit = ", ".join(sorted(units))
    return f"{name} ({unit})" if unit and unit not in name else name


def points_of(
    row: Row, measure: Measure, unit: str, time: str, scale: float, address_of: Callable[[str], str]
) -> Iterable[Point]:
    """Yield what a row states of a period: the figure, and what it is set against."""
    own, address = unit_of(row, measure, unit), place_of(row, address_of)
    for column, what in ((measure.column, what_of(row)), (measure.against, "target")):
        if column and what and is_number(row[column]) and row[time]:
            value = row[column] / scale
            yield Point(str(row[time]), value, what, f"{row[time]}: {with_unit(value, own)}", address)


def unit_of(row: Row, measure: Measure, unit: str) -> str:
    """Return the unit of a row's figures: its own where the measure has none."""
    return unit if measure.unit else str(row.get("unit") or unit)


def place_of(row: Row, address_of: Callable[[str], str]) -> str:
    """Return where a row's value stands; empty where it is of several."""
    return address_of(row["value_id"]) if row.get("value_id") else ""


def with_unit(value: float, unit: str | None) -> str:
    """Return a figure with its unit."""
    return f"{number(round(value, 2))} {unit}" if unit else number(round(value, 2))


def as_bars(
    measure: Measure, unit: str, rows: Sequence[Row], scale: float, address_of: Callable[[str], str]
) -> Drawn | None:
    """Return a bar for each row, in the order of the page; None where rows have no names, or nothing in common."""
    shown = rows[:MOST_BARS]
    time = next((name for name in TIMES if name in shown[0]), "")
    every = (*names_in(shown[0]), *filter(None, [time]), "kind")
    named = [name for name in every if len({row.get(name) for row in shown}) > 1]
    is_mixed = not measure.unit and len({row.get("unit") for row in shown}) > 1
    if not named or (is_mixed and not measure.against):
        return None
    pairs = [figures_of(row, measure, scale) for row in shown]
    common = span_of([figure for pair in pairs for figure in pair])
    bars = []
    for row, pair in zip(shown, pairs, strict=True):
        least, most = span_of(pair) if is_mixed else common
        width = (most - least) or 1.0
        starts = [((min(0.0, figure) - least) / width, abs(figure) / width) for figure in pair]
        labels = [with_unit(figure, unit_of(row, measure, unit)) for figure in pair]
        aim = (*starts[1], labels[1]) if len(pair) > 1 else None
        bars.append(Bar(name_of(row, named), labels[0], *starts[0], aim, place_of(row, address_of)))
    zero = 0.0 if is_mixed or common[0] == common[1] else -common[0] / (common[1] - common[0])
    return Drawn(measure, unit, LARGE, (), tuple(bars), zero, len(rows) - len(bars), is_mixed)


def figures_of(row: Row, measure: Measure, scale: float) -> list[float]:
    """Return a row's figure, and what it is set against where that is a number."""
    columns = [measure.column, *filter(None, [measure.against])]
    return [row[column] / scale for column in columns if is_number(row[column])]


def span_of(figures: Iterable[float]) -> tuple[float, float]:
    """Return the least and the largest figure, zero among them."""
    every = [0.0, *figures]
    return min(every), max(every)
