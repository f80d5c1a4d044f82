"""Footnotes and endnotes of a Word file: numbered where the text refers to them, read after what refers to them."""

from __future__ import annotations

from collections.abc import Iterator

from extract.word.lists import written
from extract.word.xml import Element, W, value

SIGNS = "*†‡§"
"""Marks that Word gives notes that are not numbered, in their order, then doubled."""
PARTS = ("footnote", "endnote")


class Notes:
    """The notes of a document; asked for their marks in the order of its text."""

    def __init__(self, bodies: dict[str, Element], settings: Element | None) -> None:
        self._bodies = bodies
        self._styles = {name: _style(settings, name) for name in PARTS}
        self._counts = dict.fromkeys(PARTS, 0)
        self._waiting: list[tuple[str, Element]] = []
        self._referred: set[tuple[str, str | None]] = set()

    def mark_of(self, reference: Element) -> str:
        """Return the mark of the note that an element refers to; the note waits to be read.

        A mark of the author's own stands in the text after the reference, and is found there.
        """
        name = "footnote" if reference.tag.endswith("footnoteReference") else "endnote"
        body = self._body(name, reference.get(f"{W}id"))
        self._referred.add((name, reference.get(f"{W}id")))
        if body is None:
            return ""
        if reference.get(f"{W}customMarkFollows") in ("1", "true", "on"):
            self._waiting.append(("", body))
            return ""
        self._counts[name] += 1
        mark = _mark(self._counts[name], self._styles[name])
        self._waiting.append((mark, body))
        return mark

    def take(self) -> Iterator[tuple[str, Element]]:
        """Yield the mark and body of each note that the text has referred to since this was last asked."""
        waiting, self._waiting = self._waiting, []
        yield from waiting

    def rest(self) -> Iterator[tuple[str, Element]]:
        """Yield the notes that nothing in the text refers to, without a mark."""
        for name, notes in self._bodies.items():
            for note in notes.iter(f"{W}{name}"):
                if (name, note.get(f"{W}id")) not in self._referred:
                    yield "", note

    def _body(self, name: str, note_id: str | None) -> Element | None:
        notes = self._bodies.get(name)
        if notes is None:
            return None
        return next((note for note in notes.iter(f"{W}{name}") if note.get(f"{W}id") == note_id), None)


def _style(settings: Element | None, name: str) -> str:
    """Return how the notes of a document are numbered."""
    usual = "decimal" if name == "footnote" else "lowerRoman"
    return usual if settings is None else value(settings, f"{name}Pr", "numFmt") or usual


def _mark(count: int, style: str) -> str:
    if style == "chicago":
        return SIGNS[(count - 1) % len(SIGNS)] * ((count - 1) // len(SIGNS) + 1)
    return written(count, style)
