"""Reads a Word file: begins with its bytes, ends with its blocks and tables in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml

from extract.word.blocks import blocks_of, paragraph_kind, with_levels, with_star_notes
from extract.word.lists import Lists
from extract.word.notes import PARTS, Notes
from extract.word.package import DAMAGES, open_document, why_not_opened
from extract.word.runs import Printed, Run, printed_by, runs_of
from extract.word.styles import Styles
from extract.word.tables import cells_of, read_grid, rows_of
from extract.word.xml import Element, W, paragraphs_in, printed, text_boxes
from schema.layout import Block, Content, Item, Source, numbered
from schema.problem import Problem

RUNNING = ("header", "footer")
EMBEDDED = {
    f"{W}object": "an object of another program, such as a spreadsheet, is shown as a picture",
    f"{W}altChunk": "another file is pasted in whole",
}
"""What Word shows and this does not read."""


def read_word(
    source: Source, path: Path, earlier: Sequence[Any] = (), *, on_page: Callable[[int], None] = lambda page: None
) -> Content:
    """Read a Word file; raise UnreadableDocument where it is damaged or larger than any report."""
    document = open_document(path)
    try:
        story = Story(document)
        items = story.items(document.element.body)
        return Content(source, numbered(items), problems=story.problems(), text=story.text())
    except DAMAGES as error:
        raise why_not_opened(path) from error


class Story:
    """A document while it is read from its beginning to its end: lists and notes are counted on the way."""

    def __init__(self, document: Document) -> None:
        self._body = document.element.body
        parts = {part.reltype.rpartition("/")[2]: part for part in document.part.rels.values() if not part.is_external}
        elements = {name: _element(relation.target_part) for name, relation in parts.items()}
        self._running = [
            _element(relation.target_part)
            for relation in document.part.rels.values()
            if not relation.is_external and relation.reltype.rpartition("/")[2] in RUNNING
        ]
        self._noted = [element for name in PARTS if (element := elements.get(f"{name}s")) is not None]
        self._styles = Styles(document.styles.element)
        self._lists = Lists(elements.get("numbering"))
        bodies = {name: elements[f"{name}s"] for name in PARTS if elements.get(f"{name}s") is not None}
        self._notes = Notes(bodies, elements.get("settings"))

    def items(self, body: Element) -> list[Item]:
        """Return the blocks and tables of the text, notes that it does not refer to, running headers and footers."""
        found = with_levels(list(self._items(body)))
        return with_star_notes([*found, *self._note_blocks(self._notes.rest()), *self._running_blocks()])

    def problems(self) -> tuple[Problem, ...]:
        """Return a problem for each kind of thing that the text shows and this does not read."""
        shown = [what for tag, what in EMBEDDED.items() if next(self._body.iter(tag), None) is not None]
        return tuple(
            Problem("read", "embedded_object", f"In the Word file {what}; it is not read. Save the report as PDF.")
            for what in shown
        )

    def text(self) -> str:
        """Return all that the document prints, paragraph by paragraph, whatever it is a part of."""
        running = dict.fromkeys(block.text for block in self._running_blocks())
        parts = (self._body, *self._noted)
        return "\n".join([*(self._plain(one) for part in parts for one in paragraphs_in(part)), *running])

    def _plain(self, paragraph: Element) -> str:
        runs = runs_of(paragraph, self._styles, lambda reference: "")
        return "".join(f" {run.text} " if run.is_mark else run.text for run in runs)

    def _items(self, body: Element) -> Iterator[Item]:
        """Yield the blocks and tables of a body, of a text box or of a cell, and the notes that they refer to."""
        for element in printed(body):
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)

    def _paragraph(self, paragraph: Element) -> Iterator[Item]:
        look = self._styles.paragraph(paragraph)
        runs = runs_of(paragraph, self._styles, self._notes.mark_of)
        content = printed_by([runs], look.indent or 0.0)
        is_item = self._lists.holds(look.list_id) and bool(content.lines)
        label = self._lists.next_label(look.list_id or "", look.list_level or 0) if is_item else ""
        yield from blocks_of(content, paragraph_kind(look, content, is_item=is_item), look, label)
        yield from self._note_blocks(self._notes.take())
        for box in text_boxes(paragraph):
            yield from self._items(box)

    def _table(self, table: Element) -> Iterator[Item]:
        """Yield a table and the tables in its cells; a table that only sets text in places is none."""
        rows = [list(cells_of(row)) for row in rows_of(table)]
        inner = [nested for row in rows for cell in row for nested in _nested_tables(cell)]
        if len(rows) == 1 and (inner or len(rows[0]) == 1):
            for cell in rows[0]:
                yield from self._items(cell)
            return
        grid = read_grid(table, self._cell)
        if grid is not None:
            yield grid
        yield from self._note_blocks(self._notes.take())
        for nested in inner:
            yield from self._table(nested)

    def _cell(self, cell: Element) -> Printed:
        """Read the paragraphs of a cell; those of its list items with their numbers."""
        paragraphs = [one for one in printed(cell) if one.tag == f"{W}p"]
        looks = [self._styles.paragraph(one) for one in paragraphs]
        runs = [self._labelled(one, look) for one, look in zip(paragraphs, looks, strict=True)]
        return printed_by(runs, next((look.indent or 0.0 for look, own in zip(looks, runs, strict=True) if own), 0.0))

    def _labelled(self, paragraph: Element, look: Any) -> list[Run]:
        runs = runs_of(paragraph, self._styles, self._notes.mark_of)
        for box in text_boxes(paragraph):
            runs += [run for inner in paragraphs_in(box) for run in runs_of(inner, self._styles, self._notes.mark_of)]
        if self._lists.holds(look.list_id) and any(run.text.strip() for run in runs):
            label = self._lists.next_label(look.list_id, look.list_level or 0)
            return [Run(f"{label} ", runs[0].look), *runs] if label else runs
        return runs

    def _note_blocks(self, notes: Iterable[tuple[str, Element]]) -> Iterator[Block]:
        """Yield notes by their marks and bodies."""
        for mark, note in notes:
            runs = [runs_of(one, self._styles, lambda reference: "") for one in paragraphs_in(note)]
            content = printed_by(runs)
            markers = (mark,) if mark else content.markers[:1]
            if content.lines:
                yield Block("footnote", content.text, markers=markers, bold=content.bold)

    def _running_blocks(self) -> Iterator[Block]:
        """Yield the texts of running headers and footers, each once."""
        seen: set[str] = set()
        for part in self._running:
            for paragraph in paragraphs_in(part):
                content = printed_by([runs_of(paragraph, self._styles, lambda reference: "")])
                if content.text and content.text not in seen:
                    seen.add(content.text)
                    yield Block("furniture", content.text, bold=content.bold)


def _nested_tables(cell: Element) -> list[Element]:
    return [one for one in printed(cell) if one.tag == f"{W}tbl"]


def _element(part: Any) -> Element:
    """Return the root of a part; python-docx parses some parts itself and leaves others as bytes."""
    if hasattr(part, "element"):
        return part.element
    if not part.partname.endswith(".xml"):
        return None
    return parse_xml(part.blob)
