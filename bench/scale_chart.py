"""Draw what archives cost by their size, from bench/scale.csv: docs/scale.svg.

    python bench/scale_chart.py

Both axes are logarithmic, so that a straight line is a power of the number of reports. Lines differ in their strokes
and carry their names, so that no one needs to see their colours; a title and a description tell what they show.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from html import escape
from math import log10
from pathlib import Path

HERE = Path(__file__).parent
TABLE, CHART = HERE / "scale.csv", HERE.parent / "docs" / "scale.svg"
WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 50, 50
LINES = (
    ("seconds", "first writing, s", "#0b5394", ""),
    ("mib", "memory, MiB", "#7a3e00", "6 3"),
    ("file_mib", "file, MiB", "#1b6b2f", "2 3"),
    ("one_changed_s", "one changed, s", "#6a1b9a", "10 4"),
)
"""Columns with the name, colour and stroke of their lines."""
Row = dict[str, float]
Place = tuple[float, float]


def read_table() -> list[Row]:
    """Return the measured rows."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


def places(rows: Sequence[Row], column: str, decades: tuple[range, range]) -> list[Place]:
    """Return where the points of a line stand."""
    return [
        (across(log10(row["reports"]), decades[0]), upward(log10(row[column]), decades[1]))
        for row in rows
        if row[column]
    ]


def across(power: float, decades: range) -> float:
    """Return how far to the right a power of ten stands."""
    return LEFT + (WIDTH - LEFT - RIGHT) * (power - decades.start) / (decades.stop - decades.start)


def upward(power: float, decades: range) -> float:
    """Return how far down a power of ten stands."""
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (power - decades.start) / (decades.stop - decades.start)


def axes(decades: tuple[range, range]) -> Iterator[str]:
    """Draw a line and a number for each power of ten."""
    for power in range(decades[0].start, decades[0].stop + 1):
        x = across(power, decades[0])
        yield f'<line x1="{x:.0f}" y1="{TOP}" x2="{x:.0f}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>'
        yield f'<text x="{x:.0f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>'
    for power in range(decades[1].start, decades[1].stop + 1):
        y = upward(power, decades[1])
        yield f'<line x1="{LEFT}" y1="{y:.0f}" x2="{WIDTH - RIGHT}" y2="{y:.0f}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{10**power:,}</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 10}" text-anchor="middle">reports</text>'


def line(points: Sequence[Place], name: str, colour: str, dashes: str) -> Iterator[str]:
    """Draw a line with its points and its name beside the last."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in points)
    x, y = points[-1]
    yield f'<text x="{x + 10:.1f}" y="{y + 4:.1f}" fill="{colour}">{escape(name)}</text>'


def described(rows: Sequence[Row]) -> str:
    """Return in words what the chart shows."""
    first, last = rows[0], rows[-1]
    told = [f"{name} from {first[column]:g} to {last[column]:g}" for column, name, _, _ in LINES]
    return f"From {first['reports']:,.0f} to {last['reports']:,.0f} reports: {'; '.join(told)}."


def chart(rows: Sequence[Row]) -> str:
    """Return the chart."""
    decades = (range(2, 5), range(0, 3))
    drawn = [part for column, *look in LINES for part in line(places(rows, column, decades), look[0], look[1], look[2])]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
            ' aria-labelledby="title desc" font-family="sans-serif" font-size="13" fill="#222">',
            '<title id="title">What an archive costs by its size</title>',
            f'<desc id="desc">{escape(described(rows))}</desc>',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            f'<text x="{LEFT}" y="26" font-size="16">What an archive costs by its size</text>',
            *axes(decades),
            *drawn,
            "</svg>\n",
        )
    )


if __name__ == "__main__":
    CHART.write_text(chart(read_table()), encoding="utf-8")
