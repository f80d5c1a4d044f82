"""Writes a report as a scan: pictures of its pages, slightly turned and noisy, without a text layer."""

from __future__ import annotations

import io
import time

import numpy as np
import pypdfium2
from PIL import Image
from source import Report
from with_typst import typeset

POINTS = 72
DOTS_PER_INCH = 200
"""What office scanners are set to."""
NOISE = 7.0
"""Standard deviation of the grey noise, of 255."""
SEED = 20210301


def scan(report: Report) -> bytes:
    """The report as a PDF of pictures; noise and date are fixed, so the same source gives the same bytes."""
    skew = float(report.facts.get("skew", "0"))
    noise = np.random.default_rng(SEED)
    pages = [_scanned(page, skew, noise) for page in pypdfium2.PdfDocument(typeset(report))]
    stamp = time.struct_time((int(report.facts["year"]), 3, 1, 0, 0, 0, 0, 60, 0))
    file = io.BytesIO()
    pages[0].save(
        file,
        format="PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=DOTS_PER_INCH,
        quality=55,
        creationDate=stamp,
        modDate=stamp,
    )
    return file.getvalue()


def _scanned(page: pypdfium2.PdfPage, skew: float, noise: np.random.Generator) -> Image.Image:
    """The page as a grey picture, turned by `skew` degrees."""
    picture = page.render(scale=DOTS_PER_INCH / POINTS, grayscale=True).to_pil().convert("L")
    turned = np.asarray(picture.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255), dtype=float)
    grey = np.clip(turned + noise.normal(0, NOISE, turned.shape), 0, 255)
    return Image.fromarray(grey.astype(np.uint8))
