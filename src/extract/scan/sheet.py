"""A level page made clean: dark text on white, with its lines and shaded areas set apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isqrt

import cv2
import numpy as np

from extract.scan.level import Pixels, as_bytes, grey_of, mask_of, middle_of, whitened

Region = tuple[int, int, int, int]
"""Left, top, width and height in pixels."""

ENOUGH_PIXELS = 40_000
"""So many pixels tell the colour of an area."""
STROKE = 7.5
"""Points; wider than the strokes and counters of letters in running text, narrower than any shaded row."""
GRAIN = 0.5
"""Points; noise and printed dots are finer than this."""
INK = 0.67
"""What is darker than this share of its background is printed."""
FAINT = 0.86
"""Long runs darker than this share of their background are lines: hairlines are pale at 200 dpi."""
SHORTEST_ACROSS, SHORTEST_DOWN = 26.0, 17.0
"""Points; shorter runs are dashes and parts of letters. The lowest table row seen is 12 points, of at least two."""
RULE_THICKNESS = 3.0
"""Points; thicker runs are shaded areas."""
CLOSE_PRINT = 0.3
"""Beside a line less than this share is printed; beside the foot of a row of letters at least 0.4 is."""
LED_ON, LEAST_DARKER, TALLEST_LETTER = 10.0, 6.0, 20.0
"""A line goes on where it is darker than the paper beside it by half of what it is where it was found, on average over
this many points, and by this many grey levels; for more points than a letter is tall that stands in line with it."""
LONE_RULE = 2.0
"""A line that meets no other is at least this many times as long as the shortest."""
BAND_DARKNESS = 0.75
"""A dark band is darker than this share of the paper; light blue headers with white text reach 0.6."""
BAND_COVER = 0.58
"""Share of dark pixels in a band with light text; bold dark text on paper stays under 0.45."""
INK_APART = 35
"""Grey levels by which print on a band differs from it."""
BAND_SIZE = (20.0, 8.0)
"""Least width and height of a shaded area in points."""
RIM = 0.7
"""Points; how far the blur of a dark band's edge reaches."""
RIM_DEPTH, RIM_COVER = 2.0, 0.88
"""Within this many points of a dark band's upper and lower edge a row of pixels is dark over this share."""
LIGHT_LINE, LINE_COVER = 0.8, 0.9
"""Once a dark band is inverted, a line through it is darker than the first share over this much of its height."""
NEAR_EDGE = 3.0
"""Points; a line this near to the edge of a shaded area is that edge."""
SHADE = 7
"""Grey levels by which a shaded area differs from the paper."""
SHADE_COVER = 0.85
"""Share of its rectangle that a shaded area fills."""


@dataclass(frozen=True, slots=True)
class Shading:
    """A shaded rectangle."""

    region: Region
    colour: tuple[int, int, int]
    dark: bool = False
    """Printed on in a lighter colour."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed on a scanned page, in pixels of the straightened picture."""

    level: Pixels
    """Dark text on white: shading levelled, dark bands inverted, lines removed."""
    ink: Pixels
    """255 where text or pictures are printed."""
    across: tuple[Region, ...]
    down: tuple[Region, ...]
    shadings: tuple[Shading, ...]
    scale: float
    """Pixels to a point."""


def clean_sheet(image: Pixels, scale: float) -> Sheet:
    """Separate text, lines and shading of a straightened page (grey, or red-green-blue)."""
    grey = grey_of(image)
    paper = int(np.percentile(grey[::4, ::4], 80))
    background = _background(grey, scale)
    bands = _dark_bands(image, grey, paper, scale)
    shadings = [*bands, *_light_areas(image, grey, background, scale)]
    for shading in shadings:
        if shading.dark:
            part = cut_out(grey, shading.region)
            part[:] = _as_on_paper(part, paper)
    shadings = [part for shading in shadings for part in _parted_at_lines(shading, grey, scale)]
    level = whitened(grey, _background(grey, scale) if bands else background)
    ink, faint = mask_of(level < INK * 255), mask_of(level < FAINT * 255)
    across = _rules(level, faint, scale)
    turned = _rules(np.ascontiguousarray(level.T), np.ascontiguousarray(faint.T), scale, upright=True)
    down = [(y, x, h, w) for x, y, w, h in turned]
    down = [r for r in down if r[3] >= LONE_RULE * SHORTEST_DOWN * scale or _meets(r, across, scale)]
    _erase(level, ink, [*across, *down])
    rims = [shading.region for shading in shadings if shading.dark]
    across = [r for r in across if not any(_is_rim(r, rim, scale) for rim in rims)]
    down = [r for r in down if not any(_is_rim(r, rim, scale) for rim in rims)]
    shadings = [replace(s, region=_snapped(s.region, across, scale)) for s in shadings]
    across += [edge for shading in shadings for edge in _edges(shading.region, across, down, scale)]
    return Sheet(level, ink, tuple(across), tuple(down), tuple(shadings), scale)


def _as_on_paper(band: Pixels, paper: int) -> Pixels:
    """A band with light print as dark print on the page's own paper, so that nothing is left of its edges."""
    inverted = 255 - band.astype(np.float32)
    return as_bytes(np.clip(inverted * paper / max(255 - middle_of(band), 1), 0, 255))


def _parted_at_lines(shading: Shading, grey: Pixels, scale: float) -> list[Shading]:
    """A dark band's cells, parted at the light lines through it, which are painted over: they are no letters."""
    if not shading.dark:
        return [shading]
    left, top, width, height = shading.region
    part = grey[top : top + height, left : left + width]
    paper = middle_of(part)
    printed = (part < LIGHT_LINE * paper).mean(axis=0) >= LINE_COVER
    edges = np.flatnonzero(np.diff(np.concatenate(([0], printed.astype(np.int8), [0]))))
    lines = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    lines = [(a, b) for a, b in lines if b - a <= RULE_THICKNESS * scale]
    for a, b in lines:
        part[:, max(a - 1, 0) : b + 1] = int(paper)
    bounds = [0]
    for middle in [*((a + b) // 2 for a, b in lines), width]:
        if middle - bounds[-1] > RULE_THICKNESS * scale:
            bounds.append(middle)
    bounds[-1] = width
    return [replace(shading, region=(left + a, top, b - a, height)) for a, b in pairwise(bounds)]


def _is_rim(line: Region, band: Region, scale: float) -> bool:
    """Whether a line is only what is left of a dark band's edge once its inside has been made white."""
    left, top, width, height = band
    reach = max(2.0, RIM * scale)
    inside = left - reach <= line[0] and line[0] + line[2] <= left + width + reach
    inside = inside and top - reach <= line[1] and line[1] + line[3] <= top + height + reach
    level = min(abs(line[1] + line[3] / 2 - y) for y in (top, top + height)) <= reach and line[2] > line[3]
    upright = min(abs(line[0] + line[2] / 2 - x) for x in (left, left + width)) <= reach and line[3] > line[2]
    return inside and (level or upright)


def _edges(area: Region, across: Sequence[Region], down: Sequence[Region], scale: float) -> Iterator[Region]:
    """The upper and lower edge of a shaded area in a table with upright lines, where none is seen: it parts rows."""
    left, top, width, height = area
    reach = NEAR_EDGE * scale
    for edge in (top, top + height):
        drawn = (min(x + w, left + width) - max(x, left) for x, y, w, h in across if abs(y + h / 2 - edge) <= reach)
        is_drawn = sum(max(part, 0) for part in drawn) > width / 2
        meeting = [x for x, y, _, h in down if y - reach <= edge <= y + h + reach]
        if not is_drawn and sum(left - reach <= x <= left + width + reach for x in meeting) > 1:
            yield left, edge, width, 1


def _snapped(region: Region, across: list[Region], scale: float) -> Region:
    """A shaded area that ends at the lines drawn near its upper and lower edge: blur widens it."""
    left, top, width, height = region
    near = [y + h // 2 for x, y, w, h in across if x < left + width and left < x + w]
    reach = NEAR_EDGE * scale
    upper = min((y for y in near if abs(y - top) <= reach), key=lambda y: abs(y - top), default=top)
    bottom = top + height
    lower = min((y for y in near if abs(y - bottom) <= reach), key=lambda y: abs(y - bottom), default=bottom)
    return (left, upper, width, lower - upper) if lower > upper else region


def _odd(pixels: float) -> int:
    return max(3, int(pixels) // 2 * 2 + 1)


def _square(pixels: int) -> Pixels:
    return np.ones((pixels, pixels), np.uint8)


def _background(grey: Pixels, scale: float) -> Pixels:
    """The colour of the paper or shading under the text."""
    smooth = cv2.GaussianBlur(grey, (0, 0), GRAIN * scale)
    closed = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, _square(_odd(STROKE * scale)))
    return as_bytes(cv2.medianBlur(as_bytes(closed), _odd(2 * scale)))


def _dark_bands(image: Pixels, grey: Pixels, paper: int, scale: float) -> list[Shading]:
    """Dark rectangles with light text."""
    dark = mask_of(grey < BAND_DARKNESS * paper)
    dense = cv2.blur(dark, (_odd(9 * scale), _odd(3 * scale))) > BAND_COVER * 255
    joined = cv2.morphologyEx(dense.astype(np.uint8), cv2.MORPH_CLOSE, _square(_odd(5 * scale)))
    bands = []
    for region in _large_regions(as_bytes(joined), scale):
        region = _grown(dark, _trimmed(dark, region), int(3 * scale))
        cover = float(cut_out(dark, region).mean()) / 255
        if cover >= BAND_COVER and _has_rims(dark, region, scale):
            bands.append(Shading(region, _colour(image, region, dark), _has_light_text(cut_out(grey, region))))
    return bands


def _has_light_text(band: Pixels) -> bool:
    """Whether what is printed on a band is lighter than it; lines through it do not count."""
    off = band.astype(np.float32) - np.float32(middle_of(band))
    off = off[np.abs(off.mean(axis=1)) < INK_APART][:, np.abs(off.mean(axis=0)) < INK_APART]
    return bool(np.count_nonzero(off > INK_APART) >= np.count_nonzero(off < -INK_APART))


def _has_rims(dark: Pixels, region: Region, scale: float) -> bool:
    """Whether a dark region has an unprinted edge above and below its text; large bold letters have none."""
    rows = cut_out(dark, region).mean(axis=1) / 255
    edge = max(2, round(RIM_DEPTH * scale))
    return float(rows[:edge].max()) >= RIM_COVER and float(rows[-edge:].max()) >= RIM_COVER


def _trimmed(dark: Pixels, region: Region) -> Region:
    """A region without the rows at its edges that are mostly light: the blur has reached into the next row's text."""
    left, top, width, height = region
    solid = np.flatnonzero(cut_out(dark, region).mean(axis=1) > 127)
    return (left, top + int(solid[0]), width, int(solid[-1] - solid[0]) + 1) if len(solid) else region


def _grown(dark: Pixels, region: Region, most: int) -> Region:
    """A region widened while the next row or column is mostly dark: the blur has taken its rim."""
    left, top, width, height = region
    right, bottom = left + width, top + height
    for _ in range(most):
        before = left, top, right, bottom
        top -= int(top > 0 and dark[top - 1, left:right].mean() > 127)
        bottom += int(bottom < dark.shape[0] and dark[bottom, left:right].mean() > 127)
        left -= int(left > 0 and dark[top:bottom, left - 1].mean() > 127)
        right += int(right < dark.shape[1] and dark[top:bottom, right].mean() > 127)
        if (left, top, right, bottom) == before:
            break
    return left, top, right - left, bottom - top


def _large_regions(mask: Pixels, scale: float) -> list[Region]:
    """Bounding rectangles of the connected parts that are large enough to be a shaded area."""
    width, height = BAND_SIZE[0] * scale, BAND_SIZE[1] * scale
    return [region for region in parts_of(mask) if region[2] >= width and region[3] >= height]


def parts_of(mask: Pixels) -> list[Region]:
    """Rectangles around the parts of a mask that hang together, from the top down: quicker than to number pixels."""
    outlines, nesting = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    outer = [i for i in range(len(outlines)) if nesting[0][i][3] < 0]  # the others run around holes
    return sorted((_box(cv2.boundingRect(outlines[i])) for i in outer), key=lambda region: (region[1], region[0]))


def _box(rectangle: Sequence[int]) -> Region:
    left, top, width, height = rectangle
    return int(left), int(top), int(width), int(height)


def cut_out(image: Pixels, region: Region) -> Pixels:
    """The part of a picture that a region covers, as a view."""
    left, top, width, height = region
    part: Pixels = image[top : top + height, left : left + width]
    return part


def _colour(image: Pixels, region: Region, mask: Pixels) -> tuple[int, int, int]:
    """The middle colour of a region's masked pixels; of a large region, of every so many in each direction."""
    step = max(1, isqrt(region[2] * region[3] // ENOUGH_PIXELS))
    pixels, chosen = (np.ascontiguousarray(cut_out(part, region)[::step, ::step]) for part in (image, mask))
    if not chosen.any():  # print or dirt all over, as on a damaged page
        return 255, 255, 255
    middle = [int(middle_of(pixels, chosen, channel)) for channel in range(1 if image.ndim == 2 else 3)]
    red, green, blue = np.broadcast_to(middle, (3,)).tolist()
    return red, green, blue


def _light_areas(image: Pixels, grey: Pixels, background: Pixels, scale: float) -> list[Shading]:
    """Pale rectangles with dark text, such as header rows and every second row."""
    paper = int(np.percentile(background[::4, ::4], 90))
    differs = mask_of((background > paper + SHADE) | (background < paper - SHADE))
    solid = as_bytes(cv2.morphologyEx(differs, cv2.MORPH_OPEN, _square(_odd(BAND_SIZE[1] * scale * 0.7))))
    blank = mask_of(grey > np.float32(0.9) * background)
    own = np.array(_colour(image, (0, 0, grey.shape[1], grey.shape[0]), blank))
    areas = []
    for region in _large_regions(solid, scale):
        colour = _colour(image, region, blank)
        shade = int(np.abs(own - colour).max())
        tone = middle_of(cut_out(background, region))
        if cut_out(solid, region).mean() >= SHADE_COVER * 255 and shade > SHADE and tone > BAND_DARKNESS * paper:
            areas.append(Shading(region, colour))
    return areas


def _rules(level: Pixels, faint: Pixels, scale: float, *, upright: bool = False) -> list[Region]:
    """Long thin level runs with little print along them; upright ones in a picture that is turned over."""
    shortest = int((SHORTEST_DOWN if upright else SHORTEST_ACROSS) * scale)
    runs = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    runs = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    regions = [region for region in parts_of(as_bytes(runs)) if region[3] <= RULE_THICKNESS * scale]
    whole = dict.fromkeys(_led_on(level, region, scale) for region in regions if _is_lone(faint, region, scale))
    return [one for one in whole if not any(_covers(other, one) for other in whole if other != one)]


def _led_on(level: Pixels, run: Region, scale: float) -> Region:
    """A run as far as the paper is darker along it than on both its sides: noise hides pieces of pale lines."""
    left, top, width, height = run
    apart = round(scale)
    if top < apart or top + height + apart > len(level):
        return run
    beside = np.minimum(level[top - apart], level[top + height + apart - 1])
    darker = beside.astype(np.float32) - level[top : top + height].mean(axis=0, dtype=np.float32)
    own = max(float(darker[left : left + width].mean()) / 2, LEAST_DARKER)
    ends = np.flatnonzero(cv2.blur(darker[None], (_odd(LED_ON * scale), 1))[0] < own)
    start = int(max(ends[ends < left], default=-1)) + 1
    end = int(min(ends[ends >= left + width], default=level.shape[1]))
    least = TALLEST_LETTER * scale
    start, end = start if start < left - least else left, end if end > left + width + least else left + width
    return start, top, end - start, height


def _covers(outer: Region, inner: Region) -> bool:
    """Whether a level line is part of another, or lies beside it by a pixel and is shorter."""
    near = abs(outer[1] + outer[3] / 2 - inner[1] - inner[3] / 2) <= 1.5
    return near and outer[2] > inner[2] and outer[0] <= inner[0] + 2 and inner[0] + inner[2] <= outer[0] + outer[2] + 2


def _is_lone(picture: Pixels, region: Region, scale: float) -> bool:
    """Whether little is printed just above and below a level run."""
    left, top, width, height = region
    reach = max(2, int(scale))
    above = picture[max(top - 1 - reach, 0) : max(top - 1, 0), left : left + width]
    below = picture[top + height + 1 : top + height + 1 + reach, left : left + width]
    return all(strip.size == 0 or strip.mean() < CLOSE_PRINT * 255 for strip in (above, below))


def _meets(upright: Region, across: list[Region], scale: float) -> bool:
    """Whether a line ends at, or crosses, a level one."""
    x, top, width, height = upright
    reach = 2 * scale
    return any(
        left - reach <= x <= left + length + reach and top - reach <= y <= top + height + reach
        for left, y, length, _ in across
    )


def _erase(level: Pixels, ink: Pixels, regions: list[Region]) -> None:
    """Make lines, with the blur along them, white."""
    for left, top, width, height in regions:
        places = np.s_[max(top - 1, 0) : top + height + 1, max(left - 1, 0) : left + width + 1]
        level[places], ink[places] = 255, 0
