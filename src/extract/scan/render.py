"""A page of a PDF → its picture, as fine as it is read."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.bounded import bounded
from extract.scan.level import Pixels

POINTS_TO_INCH = 72
RESOLUTIONS = (200.0, 300.0)
"""Dots to the inch that pages are read at: their own where it lies between these; drawn text at the first."""


def rendered(page: pdfium.PdfPage, scale: float) -> Pixels:
    """Return the picture of a page with so many pixels to a point."""
    with bounded():
        image = page.render(scale=scale, rev_byteorder=True).to_numpy()
    return np.ascontiguousarray(image[:, :, :3] if image.ndim == 3 else image)


def resolution_of(page: pdfium.PdfPage) -> float:
    """Dots to the inch of the page's largest picture, within what OCR reads best."""
    low, high = RESOLUTIONS
    found = [low]
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, _, right, _ = picture.get_bounds()
        if right - left > page.get_width() / 2:
            found.append(picture.get_px_size()[0] * POINTS_TO_INCH / (right - left))
    return min(max(found), high)
