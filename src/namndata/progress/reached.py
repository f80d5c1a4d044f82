"""How far a run is, from the pages that its workers say they are at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from namndata.progress.sizes import Size
from namndata.run.batch import Place

READING = 0.6
"""Part of a page of text's time until its words are read, 2.6 s of 4.3 s over 89 pages; the rest is what follows."""
READ, SCANNED = 0, 1
"""Steps of a PDF's reading that pass its pages; the last finds tables. Other formats tell no pages."""


@dataclass(slots=True)
class Reached:
    """What is done of what there is, in reports, pages, and pages of text that take as long."""

    sizes: Mapping[str, Size]
    parts: dict[str, float] = field(default_factory=dict)
    """What is done of each document that was begun, from 0 to 1."""
    reports: int = 0

    @property
    def pages(self) -> int:
        """Pages that are done."""
        return int(sum(part * self.sizes[document].pages for document, part in self.parts.items()))

    @property
    def all_pages(self) -> int:
        """Pages that there are."""
        return sum(size.pages for size in self.sizes.values())

    @property
    def effort(self) -> float:
        """What is done, scanned pages counted by what they take."""
        return sum(part * self.sizes[document].effort for document, part in self.parts.items())

    @property
    def all_effort(self) -> float:
        """What there is to do."""
        return sum(size.effort for size in self.sizes.values())

    def at(self, document: str, place: Place) -> None:
        """Take in that a document's page is begun; one that is read again stays where it was until it is past that."""
        if place.page:
            part = part_done(self.sizes[document], place)
            self.parts[document] = max(part, self.parts.get(document, 0.0))

    def done(self, document: str) -> None:
        """Take in that a document is done."""
        self.parts[document] = 1.0
        self.reports += 1


def part_done(size: Size, place: Place) -> float:
    """Return the part of a document that is done where a page is begun in a step of its reading."""
    pages = min(place.page - 1, size.pages)
    read = READING * (pages if place.step == READ else size.pages)
    scanned = size.scanning * (0 if place.step == READ else pages / size.pages if place.step == SCANNED else 1)
    tables = (1 - READING) * (pages if place.step > SCANNED else 0)
    return min(1.0, (read + scanned + tables) / size.effort)
