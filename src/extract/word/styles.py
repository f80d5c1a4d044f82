"""What the styles of a Word file say of its text: heading, list, caption, bold, size."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from extract.word.xml import TWIPS, Element, W, child, is_on, number, value

USUAL_SIZE = 10.0
"""Points of text whose size nothing states."""
BODY_LEVEL = 9
"""The outline level of running text; headings have 0 to 8."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a style or a paragraph sets its text; None where it leaves that to the style it builds on."""

    name: str | None = None
    level: int | None = None
    """Depth of a heading, 1 for the outermost; 0 for running text."""
    bold: bool | None = None
    italic: bool | None = None
    raised: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    colour: str | None = None
    """Six hexadecimal figures."""
    list_id: str | None = None
    list_level: int | None = None
    indent: float | None = None
    """Points from the left side to where the first line begins."""

    def over(self, other: Look) -> Look:
        """Return this look, with the other's where this one says nothing."""
        mine: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        return Look(**{name: getattr(other, name) if own is None else own for name, own in mine.items()})


class Styles:
    """The styles of a document, each with what it takes over from the one that it builds on."""

    def __init__(self, styles: Element) -> None:
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        defaults = child(styles, "docDefaults")
        self._base = text_look(child(defaults, "rPrDefault", "rPr")).over(Look(size=USUAL_SIZE))
        plain = (id_ for id_, style in self._styles.items() if is_default_paragraph(style))
        self._plain = next(plain, None)
        self._found: dict[str | None, Look] = {}

    def paragraph(self, paragraph: Element) -> Look:
        """Return how a paragraph is set: by itself, else by its style."""
        own = paragraph_look(child(paragraph, "pPr"))
        return own.over(self.style(value(paragraph, "pPr", "pStyle") or self._plain)).over(self._base)

    def run(self, run: Element, paragraph: Look) -> Look:
        """Return how a run of a paragraph is set: by itself, else by its own style, else by the paragraph."""
        properties = child(run, "rPr")
        style = value(properties, "rStyle")
        return text_look(properties).over(self.style(style) if style else Look()).over(paragraph)

    def style(self, style_id: str | None) -> Look:
        """Return the look of a style."""
        if style_id not in self._found:
            self._found[style_id] = Look()  # a style that builds on itself ends here
            self._found[style_id] = self._look_of(self._styles.get(style_id))
        return self._found[style_id]

    def _look_of(self, style: Element) -> Look:
        if style is None:
            return Look()
        name = (value(style, "name") or "").casefold()
        own = text_look(child(style, "rPr")).over(paragraph_look(child(style, "pPr")))
        own = own.over(Look(name=name, level=level_of_name(name)))
        based = value(style, "basedOn")
        return own.over(self.style(based)) if based else own


def level_of_name(name: str) -> int | None:
    """Return the level of a heading whose style states none but is called by it; Word calls it so in every language."""
    if name == "title":
        return 1
    word, _, level = name.partition(" ")
    return int(level) if word == "heading" and level.isdecimal() and int(level) <= BODY_LEVEL else None


def is_default_paragraph(style: Element) -> bool:
    """Whether paragraphs without a style have this one."""
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")


def text_look(properties: Element) -> Look:
    """Return what the properties of text say."""
    if properties is None:
        return Look()
    size, colour, raised = (value(properties, name) for name in ("sz", "color", "vertAlign"))
    return Look(
        bold=is_on(properties, "b"),
        italic=is_on(properties, "i"),
        raised=None if raised is None else raised == "superscript",
        hidden=is_on(properties, "vanish"),
        size=number(size) / 2 or None,
        colour=colour if colour and len(colour) == 6 else None,
    )


def paragraph_look(properties: Element) -> Look:
    """Return what the properties of a paragraph say."""
    if properties is None:
        return Look()
    outline = value(properties, "outlineLvl")
    level = value(properties, "numPr", "ilvl")
    return Look(
        level=None if outline is None else (number(outline) + 1) % (BODY_LEVEL + 1),
        list_id=value(properties, "numPr", "numId"),
        list_level=None if level is None else number(level),
        indent=indent_of(child(properties, "ind")),
    )


def indent_of(indent: Element) -> float | None:
    """Return where the first line of a paragraph begins, in points."""
    if indent is None:
        return None
    left = number(indent.get(f"{W}left") or indent.get(f"{W}start"))
    return (left + number(indent.get(f"{W}firstLine")) - number(indent.get(f"{W}hanging"))) / TWIPS
