"""Status dots on scanned pages: round spots of one colour, which a reader of letters takes for an O."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import cv2
import numpy as np

from extract.page.symbols import colour_word, tone_of
from extract.scan.level import Pixels, as_bytes
from extract.scan.sheet import Region

SMALLEST, LARGEST = 4.5, 22.0
"""Points; full stops are smaller than status dots, pictures larger."""
COLOURED = 70
"""Channels of a coloured pixel differ by more than this; paper and ink of a noisy scan by less."""
GREY = (100, 205)
"""Levels of a grey dot; those of ink are lower and those of paper higher."""
TONES = (64, 205)
"""Levels of dots on a page without colours, where red ones are nearly as dark as ink."""
SOLID = 0.5
"""Dots are filled over more than this share of the smallest one's size; the strokes of letters are thinner."""
ROUND = (0.86, 1.16)
"""A dot is this many times as wide as high."""
FULL = 0.1
"""A dot fills its rectangle as a circle does, give or take this share; letters have holes or corners."""
ALIKE = 26.0
"""How much the brightness of a dot's inside may vary."""
CLEAR = 0.15
"""Around a dot this share of its size is blank."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A round spot on a page."""

    region: Region
    colour: str
    """Empty where the page has none."""
    tone: int


def find_spots(image: Pixels, scale: float) -> list[Spot]:
    """The status dots of an upright red-green-blue page; where nothing is coloured they tell no status."""
    smooth = as_bytes(cv2.medianBlur(image, 5))
    if image.ndim != 3:
        return _without_colour(smooth, smooth, scale)
    red, green, blue = cv2.split(smooth)
    spread = np.asarray(cv2.max(cv2.max(red, green), blue)) - np.asarray(cv2.min(cv2.min(red, green), blue))
    if np.count_nonzero(spread > COLOURED) < scale * scale:
        return _without_colour(smooth, as_bytes(green), scale)
    level = np.add(red, green, dtype=np.uint16) + blue  # of all three channels together
    masks = (spread > COLOURED, (spread < COLOURED // 2) & (level > 3 * GREY[0]) & (level < 3 * GREY[1]))
    regions = [region for mask in masks for region in _round_parts(mask.view(np.uint8), smooth, scale)]
    found = [_spot(smooth, region, has_colour=True) for region in regions]
    return found if any(spot.colour != "grey" for spot in found) else _without_colour(smooth, as_bytes(green), scale)


def _without_colour(smooth: Pixels, level: Pixels, scale: float) -> list[Spot]:
    """The dots of a page without coloured ones, as printed or scanned in grey: they would be read as noughts."""
    mask = as_bytes(cv2.inRange(level, (TONES[0],), (TONES[1],)))
    return [_spot(smooth, region, has_colour=False) for region in _round_parts(mask, smooth, scale)]


def without_spots(image: Pixels, spots: list[Spot]) -> Pixels:
    """The page with its dots painted over by the paper beside them."""
    if not spots:
        return image
    cleared = image.copy()
    for spot in spots:
        left, top, width, height = spot.region
        around = _margin(spot.region)
        rows, columns = (
            slice(max(top - around, 0), top + height + around),
            slice(max(left - around, 0), left + width + around),
        )
        rim = np.concatenate([cleared[rows, columns][0], cleared[rows, columns][-1]])
        cleared[rows, columns] = np.median(rim, axis=0).astype(np.uint8)
    return cleared


def _round_parts(mask: Pixels, image: Pixels, scale: float) -> list[Region]:
    """The connected parts of a mask that are round, full and of one colour."""
    if not cv2.erode(mask, np.ones((round(SOLID * SMALLEST * scale),) * 2, np.uint8)).any():
        return []
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    found = []
    for left, top, width, height, area in stats[1:count].tolist():
        size = (width + height) / 2 / scale
        if not SMALLEST <= size <= LARGEST or not ROUND[0] <= width / height <= ROUND[1]:
            continue
        region = (left, top, width, height)
        if abs(area / (width * height) - pi / 4) <= FULL and _stands_clear(mask, region) and _is_even(image, region):
            found.append(region)
    return found


def _spot(image: Pixels, region: Region, *, has_colour: bool) -> Spot:
    left, top, width, height = region
    middle = image[top + height // 3 : top + height - height // 3, left + width // 3 : left + width - width // 3]
    channels = np.median(middle.reshape(-1, 3 if image.ndim == 3 else 1), axis=0)
    red, green, blue = (int(value) for value in np.broadcast_to(channels, (3,)))
    return Spot(region, colour_word((red, green, blue)) if has_colour else "", tone_of((red, green, blue)))


def _is_even(image: Pixels, region: Region) -> bool:
    """Whether the inside of a part has one brightness, as letters and their counters have not."""
    left, top, width, height = region
    inside = image[top + height // 4 : top + height - height // 4, left + width // 4 : left + width - width // 4]
    return bool(inside.size) and float((inside if inside.ndim == 2 else inside.mean(axis=2)).std()) <= ALIKE


def _stands_clear(mask: Pixels, region: Region) -> bool:
    """Whether nothing of the same kind stands close to a part."""
    left, top, width, height = region
    around = _margin(region)
    outer = mask[max(top - around, 0) : top + height + around, max(left - around, 0) : left + width + around]
    inner = mask[top : top + height, left : left + width]
    return bool(np.count_nonzero(outer) == np.count_nonzero(inner))


def _margin(region: Region) -> int:
    return max(2, round(CLEAR * max(region[2:])))
