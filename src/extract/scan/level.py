"""The picture of a page lit alike all over and turned back to level."""

from __future__ import annotations

from itertools import pairwise
from math import radians, tan

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""Grey levels, or red-green-blue ones in a third direction."""

WIDEST_SKEW = 4.0
"""Degrees; pages that are fed more askew than this are seldom kept."""
COARSE_STEP, FINE_STEP = 0.25, 0.03
"""Degrees between tried angles; 0.03 is one pixel over the width of a page."""
SKEW_WIDTH = 1000
"""Pixels to which a page is shrunk while its skew is sought."""
LIGHT_SIDE = 12
"""Samples, some 0.7 points apart, along the sides of the squares whose brightest paper measures the light."""
LIGHT_ROUNDS, LIGHT_ON_PAPER = 4, 0.94
"""Squares darker than this share of the fitted light are shaded or printed over and left out of the next fit."""
SHADES, SHADE = 3, 8
FLAT_SHARE = 0.5
"""So much of a page or table has one of its three commonest shades of eight grey levels; photographs have many."""
EVEN_LIGHT = 0.93
"""A page whose darkest corner is lit by at least this share of its brightest is left as it is."""


def evenly_lit(image: Pixels, scale: float) -> Pixels:
    """The picture as if lit alike all over: what darkens it slowly towards a side or a fold is divided out."""
    step = max(1, round(0.75 * scale))
    squares = grey_of(np.ascontiguousarray(image[::step, ::step]))
    rows, columns = (length // LIGHT_SIDE for length in squares.shape)
    if min(rows, columns) < 3:
        return image
    cut = squares[: rows * LIGHT_SIDE, : columns * LIGHT_SIDE].reshape(rows, LIGHT_SIDE, columns, LIGHT_SIDE)
    paper = np.percentile(cut, 90, axis=(1, 3)).ravel()
    y, x = (axis.ravel() / size for axis, size in zip(np.mgrid[:rows, :columns], (rows, columns), strict=True))
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)
    kept = np.ones(len(paper), dtype=bool)
    light = paper
    for _ in range(LIGHT_ROUNDS):
        own = terms[kept]
        light = terms @ np.linalg.lstsq(own.T @ own, own.T @ paper[kept], rcond=None)[0]
        kept = paper > LIGHT_ON_PAPER * light
        if kept.sum() < terms.shape[1] * 2:
            return image
    if light.min() <= 0 or light.min() >= EVEN_LIGHT * light.max():
        return image
    shares = (light / light.max()).reshape(rows, columns).astype(np.float32)
    lit = cv2.resize(shares, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR)
    even: Pixels = np.clip(image / (lit if image.ndim == 2 else lit[:, :, None]), 0, 255).astype(np.uint8)
    return even


def is_flat(grey: Pixels) -> bool:
    """Whether most of a picture has few shades, as paper and shaded cells have."""
    counts = np.bincount(grey[::4, ::4].ravel() // SHADE)
    return bool(np.sort(counts)[-SHADES:].sum() >= FLAT_SHARE * counts.sum())


def straighten(image: Pixels) -> tuple[Pixels, float]:
    """Turn a page by the angle at which its lines of text are sharpest; the picture and the angle."""
    angle = skew_of(grey_of(image))
    return (_turned(image, angle), angle) if abs(angle) >= FINE_STEP else (image, 0.0)


def skew_of(grey: Pixels) -> float:
    """The angle in degrees by which a page must be turned to make its lines level."""
    factor = SKEW_WIDTH / max(grey.shape)
    small = as_bytes(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    ink = mask_of(small < 0.8 * middle_of(small))
    half = as_bytes(cv2.resize(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    coarse = _sharpest(half, np.arange(-WIDEST_SKEW, WIDEST_SKEW + COARSE_STEP / 2, COARSE_STEP))
    return _sharpest(ink, np.arange(coarse - COARSE_STEP, coarse + COARSE_STEP + FINE_STEP / 2, FINE_STEP))


def _sharpest(ink: Pixels, angles: npt.NDArray[np.float64]) -> float:
    """The angle that makes the rows of a picture differ most; no turn where none does better."""
    printed = _printed_up_to(ink)
    scores = [
        (_contrast_of(_leaning_rows(printed, float(angle))), -abs(float(angle)), float(angle)) for angle in angles
    ]
    return max(scores)[2]


def _printed_up_to(ink: Pixels) -> npt.NDArray[np.int32]:
    """How much each row (second axis) of a picture holds in its first 0, 8, 16 … columns (first axis)."""
    bytes_ = np.bitwise_count(np.packbits(ink > 0, axis=1)).T
    return np.concatenate((np.zeros((1, len(ink)), np.int32), np.cumsum(bytes_, axis=0, dtype=np.int32)))


def _leaning_rows(printed: npt.NDArray[np.int32], angle: float) -> npt.NDArray[np.int32]:
    """How much each row would hold if the picture were turned: sums along leaning lines, as turning takes longer."""
    blocks, height = len(printed) - 1, printed.shape[1]
    rise = np.rint((np.arange(blocks) - (blocks - 1) / 2) * (8 * tan(radians(angle)))).astype(np.int64)
    rows = np.zeros(height, np.int32)
    for start, end in pairwise([0, *(np.flatnonzero(np.diff(rise)) + 1).tolist(), blocks]):
        own, up = printed[end] - printed[start], int(rise[start])
        if abs(up) < height:
            rows[max(-up, 0) : height - max(up, 0)] += own[max(up, 0) : height + min(up, 0)]
    return rows


def row_contrast(ink: Pixels) -> float:
    """How sharply rows of print and empty rows follow each other."""
    rows = np.asarray(cv2.reduce(np.ascontiguousarray(ink), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S))
    return _contrast_of(rows.ravel() / 255)


def _contrast_of(rows: npt.NDArray[np.generic]) -> float:
    return float(np.square(np.diff(rows.astype(np.float64))).sum())


def _turned(image: Pixels, angle: float) -> Pixels:
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return as_bytes(cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,) * 3))


def whitened(grey: Pixels, background: Pixels) -> Pixels:
    """The page with its background made white."""
    level = grey.astype(np.float32)
    level *= 255
    level /= np.maximum(background, 1)
    return as_bytes(np.minimum(level, 255, out=level))


def mask_of(chosen: npt.NDArray[np.bool_]) -> Pixels:
    """255 where something holds."""
    return chosen.view(np.uint8) * np.uint8(255)


def without_needless_colours(image: Pixels) -> Pixels:
    """A grey page as grey levels alone, which are quicker to work on; one with colours as it is."""
    if image.ndim == 2 or any((image[::step, ::step] != image[::step, ::step, :1]).any() for step in (16, 1)):
        return image
    return np.ascontiguousarray(image[:, :, 0])


def middle_of(levels: Pixels, chosen: Pixels | None = None, channel: int = 0) -> float:
    """The median of a channel's levels, of the chosen pixels alone, by counting them: quicker than to sort them."""
    counts = cv2.calcHist([np.ascontiguousarray(levels)], [channel], chosen, [256], [0, 256])
    up_to = np.cumsum(counts, dtype=np.float64)
    size = int(up_to[-1])
    return float(np.searchsorted(up_to, ((size + 1) // 2, size // 2 + 1)).sum()) / 2


def grey_of(image: Pixels) -> Pixels:
    """A picture without its colours, as a copy."""
    return image.copy() if image.ndim == 2 else as_bytes(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))


def as_bytes(image: object) -> Pixels:
    """What a library gives, as grey levels."""
    return np.asarray(image, dtype=np.uint8)
