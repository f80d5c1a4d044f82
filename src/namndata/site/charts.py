"""Where the marks of a chart stand: numbers and periods in, places in an SVG picture out. Templates write the SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from namndata.site.shown import number

MONTHS = 12
LEGEND = ("final", "interim", "expected", "forecast", "target", "break")
STEPS = (1, 2, 2.5, 5, 10)
"""What a scale may count in, times a power of ten."""
WANTED_TICKS = 4
NEAR_ZERO = 0.5
"""A series whose least value is less than this share of its largest is shown from zero."""


INSET = 12.0
"""Pixels between the ends of the scale and its first and last year, so that marks are whole."""
YEARS_SMALL, YEARS_LARGE = 2, 12
"""Years that are written out at most: more do not fit."""


@dataclass(frozen=True)
class Size:
    """How large a chart is, in pixels; a small one has no scale."""

    width: float
    height: float
    is_small: bool = False


@dataclass(frozen=True)
class Point:
    """A statement to be drawn."""

    period: str
    value: float
    what: str
    """final, interim, forecast, expected or target."""
    label: str
    address: str


@dataclass(frozen=True)
class Mark:
    """A point at its place."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True)
class Tick:
    """A line of the scale and what is written at it."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """A chart of a series."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    """Outcomes of years that follow each other, joined."""
    dashed: tuple[str, ...]
    """From the last outcome to a forecast."""
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    breaks: tuple[Tick, ...]
    year_width: float

    @property
    def kinds(self) -> tuple[str, ...]:
        """What is drawn, in the order of a legend."""
        drawn = {mark.point.what for mark in self.marks} | ({"break"} if self.breaks else set())
        return tuple(kind for kind in LEGEND if kind in drawn)

    @property
    def has_course(self) -> bool:
        """Whether it shows more than one period: a lone mark says less than its figure."""
        return len({mark.x for mark in self.marks}) > 1

    @property
    def last(self) -> Mark | None:
        """The newest outcome."""
        finals = [mark for mark in self.marks if mark.point.what == "final"]
        return finals[-1] if finals else None


def year_of(period: str) -> float:
    """Return where a period ends: a year at its own number, a month before it."""
    last = period.split("/")[-1].split("-")
    if not last[0].isdigit():
        return 0.0
    month = int(last[1]) if len(last) > 1 and last[1].isdigit() else MONTHS
    return int(last[0]) - 1 + month / MONTHS


def nice_ticks(low: float, high: float) -> list[float]:
    """Return round numbers from just below the lowest to just above the highest."""
    if low == high:
        low, high = (low - 1, high + 1) if low == 0 else (min(0.0, 2 * low), max(0.0, 2 * high))
    raw = (high - low) / WANTED_TICKS
    power = 10 ** floor(log10(raw))
    step = next(each * power for each in STEPS if each * power >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [each * step for each in range(first, last + 1)]


def range_of(values: Sequence[float]) -> tuple[float, float]:
    """Return what the scale must hold: from zero, unless the values lie close to each other far from it."""
    low, high = min(values), max(values)
    if low >= 0 and low < NEAR_ZERO * high:
        low = 0.0
    return low, high


def draw_chart(points: Iterable[Point], breaks: Iterable[tuple[str, str]], size: Size) -> Chart | None:
    """Return the chart of a series; None where there is nothing to draw."""
    points = sorted((point for point in points if year_of(point.period)), key=lambda point: year_of(point.period))
    if not points:
        return None
    changes = tuple(breaks)
    scale = scale_of(points, size)
    marks = tuple(Mark(scale.x(year_of(point.period)), scale.y(point.value), point) for point in points)
    return Chart(
        size.width,
        size.height,
        scale.left,
        scale.right,
        scale.top,
        scale.bottom,
        marks,
        tuple(joined(marks, [year_of(period) for period, _ in changes])),
        tuple(to_forecasts(marks)),
        tuple(Tick(scale.x(year), str(year)) for year in scale.years(YEARS_SMALL if size.is_small else YEARS_LARGE)),
        tuple(Tick(scale.y(tick), number(tick)) for tick in scale.ticks),
        tuple(Tick(scale.x(year_of(period) - 0.5), label) for period, label in changes if scale.holds(period)),
        scale.year_width,
    )


@dataclass(frozen=True)
class Scale:
    """Which place a year and a value have."""

    left: float
    right: float
    top: float
    bottom: float
    first: int
    last: int
    ticks: tuple[float, ...]

    @property
    def year_width(self) -> float:
        """The distance of a year from the next."""
        return (self.right - self.left - 2 * INSET) / (self.last - self.first)

    def x(self, year: float) -> float:
        """Return where a year stands."""
        return round(self.left + INSET + (year - self.first) * self.year_width, 1)

    def y(self, value: float) -> float:
        """Return where a value stands."""
        share = (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        return round(self.bottom - share * (self.bottom - self.top), 1)

    def years(self, most: int) -> list[int]:
        """Return the years that are written out."""
        if most <= 2:
            return [self.first, self.last]
        return [*range(self.first, self.last + 1, ceil((self.last - self.first + 1) / most))]

    def holds(self, period: str) -> bool:
        """Tell whether a period is on the scale."""
        return self.first <= year_of(period) <= self.last


def scale_of(points: Sequence[Point], size: Size) -> Scale:
    """Return the scale that holds all points."""
    ticks = tuple(nice_ticks(*range_of([point.value for point in points])))
    written = 7.2 * max(len(number(tick)) for tick in ticks)
    left, right = (6.0, size.width - 10) if size.is_small else (16 + written, size.width - 20)
    top, bottom = (10.0, size.height - 26) if size.is_small else (14.0, size.height - 30)
    first, last = floor(year_of(points[0].period) + 0.01), ceil(year_of(points[-1].period) - 0.01)
    if first >= last:
        first, last = last - 1, last + 1
    return Scale(left, right, top, bottom, first, last, ticks)


def joined(marks: Iterable[Mark], breaks: Sequence[float]) -> Iterable[str]:
    """Yield lines through outcomes of years that follow each other and are not parted by a break."""
    line: list[Mark] = []
    for mark in (mark for mark in marks if mark.point.what == "final"):
        here = year_of(mark.point.period)
        before = year_of(line[-1].point.period) if line else here
        if here - before > 1 or any(before < year <= here for year in breaks):
            yield path(line)
            line = []
        line.append(mark)
    yield path(line)


def to_forecasts(marks: Sequence[Mark]) -> Iterable[str]:
    """Yield lines from the last outcome to the forecasts after it."""
    finals = [mark for mark in marks if mark.point.what == "final"]
    for mark in marks:
        if finals and mark.point.what == "forecast" and mark.x > finals[-1].x:
            yield path([finals[-1], mark])


def path(marks: Sequence[Mark]) -> str:
    """Return a line through marks as SVG's `points`."""
    return " ".join(f"{mark.x},{mark.y}" for mark in marks)
