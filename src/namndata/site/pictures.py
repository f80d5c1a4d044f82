"""Pictures of a report's pages, one for each page with something to point at; boxes are drawn over them by the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL.Image import Image, Resampling

from namndata.beside import aside

WIDTH = 1100
"""Pixels across an upright A4 page: ten-point text can be read when it is shown twice as large as the screen asks."""
A4_WIDTH, A4_AREA = 595, 595 * 842
SUFFIX = ".webp"
QUALITIES = (58, 36, 20)
LARGEST = 98_000
"""Bytes of a picture, so that thirty pages stay under 3 MB; a larger one is encoded again with less quality."""
SMALLER = 0.75
"""How much smaller a picture is drawn that is too large at the least quality: photographs and noise of scanners."""

Box = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's picture and the size of the page that it shows."""

    page: int
    address: str
    """Relative to the site."""
    width: float
    height: float
    """In PDF points, as boxes are."""
    said: tuple[Box, ...] = ()
    """Boxes of lines that say whose the report is, of what kind and of when."""


def page_pictures(
    pdf: Path, pages: Mapping[int, Sequence[Box]], turned: Mapping[int, float], site: Path, folder: str
) -> Iterator[Picture]:
    """Draw pages of a PDF, each with boxes that are marked on it, into a folder of the site.

    A picture that is there stays: the folder names the file's bytes, and its own name how the page was turned.
    """
    (site / folder).mkdir(parents=True, exist_ok=True)
    with closing(pdfium.PdfDocument(pdf)) as document:
        for page_number in sorted(pages):
            if not 1 <= page_number <= len(document):
                continue
            page = document[page_number - 1]
            width, height = page.get_size()
            angle = turned.get(page_number, 0.0)
            address = f"{folder}/{page_number}{f'_{angle:g}' if angle else ''}{SUFFIX}"
            if not (site / address).is_file():
                with aside(site / address) as file:
                    file.write_bytes(draw(page, width * height, angle))
            page.close()
            if round(angle / 90) % 2:
                width, height = height, width
            yield Picture(page_number, address, round(width, 1), round(height, 1), tuple(pages[page_number]))


def draw(page: pdfium.PdfPage, area: float, angle: float = 0.0) -> bytes:
    """Return a page's picture as it was read, as large as is needed; large sheets are not drawn larger in all."""
    scale = WIDTH / A4_WIDTH * min(1.0, (A4_AREA / area) ** 0.5)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    quarter = 90 * round(angle / 90)
    picture = picture.rotate(quarter, expand=True).rotate(angle - quarter, Resampling.BICUBIC, fillcolor="white")
    for quality in QUALITIES:
        encoded = encode(picture, quality)
        if len(encoded) <= LARGEST:
            return encoded
    while len(encoded) > LARGEST:
        picture = picture.resize((max(1, round(picture.width * SMALLER)), max(1, round(picture.height * SMALLER))))
        encoded = encode(picture, QUALITIES[-1])
    return encoded


def encode(picture: Image, quality: int) -> bytes:
    """Return a picture as a file."""
    file = BytesIO()
    picture.save(file, "WEBP", quality=quality, method=4)
    return file.getvalue()
