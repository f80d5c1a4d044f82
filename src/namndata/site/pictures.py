"""Pictures of a report's pages, one for each page with something to point at; boxes are drawn over them by the page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium

from namndata.beside import aside

WIDTH = 1100
"""Pixels across an upright A4 page: ten-point text can be read when it is shown twice as large as the screen asks."""
A4_WIDTH, A4_AREA = 595, 595 * 842
SUFFIX = ".webp"
QUALITIES = (58, 36, 20)
LARGEST = 98_000
"""Bytes of a picture, so that thirty pages stay under 3 MB; a larger one is encoded again with less quality."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's picture and the size of the page that it shows."""

    page: int
    address: str
    """Relative to the site."""
    width: float
    height: float
    """In PDF points, as boxes are."""


def page_pictures(pdf: Path, pages: Collection[int], site: Path, folder: str) -> Iterator[Picture]:
    """Draw pages of a PDF into a folder of the site; one that is there stays: the folder names the file's bytes."""
    (site / folder).mkdir(parents=True, exist_ok=True)
    with closing(pdfium.PdfDocument(pdf)) as document:
        for page_number in sorted(pages):
            if not 1 <= page_number <= len(document):
                continue
            page = document[page_number - 1]
            width, height = page.get_size()
            address = f"{folder}/{page_number}{SUFFIX}"
            if not (site / address).is_file():
                with aside(site / address) as file:
                    file.write_bytes(draw(page, width * height))
            page.close()
            yield Picture(page_number, address, round(width, 1), round(height, 1))


def draw(page: pdfium.PdfPage, area: float) -> bytes:
    """Return a page's picture, as large as is needed to read it; large sheets are not drawn larger in all."""
    scale = WIDTH / A4_WIDTH * min(1.0, (A4_AREA / area) ** 0.5)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    for quality in QUALITIES:
        encoded = BytesIO()
        picture.save(encoded, "WEBP", quality=quality, method=4)
        if encoded.tell() <= LARGEST:
            break
    return encoded.getvalue()
