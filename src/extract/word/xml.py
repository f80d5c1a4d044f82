"""The elements of a Word file: their names, and the way through them that a reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Element = Any
"""An element of lxml, which has no types of its own."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE, CHOICE, FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
TRANSPARENT = frozenset(
    W + name
    for name in "bdo customXml dir fldSimple hyperlink ins moveTo sdt sdtContent smartTag subDoc".split()  # noqa: SIM905
)
"""Elements that only surround what is printed. Deleted and moved text stands in others, and is not printed."""
OFF = frozenset({"0", "false", "off", "none"})
TWIPS = 20
"""Twips to a point."""


def printed(element: Element) -> Iterator[Element]:
    """Yield the children of an element that are printed, those inside elements that only surround them included."""
    for child in element:
        if child.tag in TRANSPARENT:
            yield from printed(child)
        elif child.tag == ALTERNATE:
            yield from printed(chosen(child))
        else:
            yield child


def chosen(alternate: Element) -> Element:
    """Return the one of several renditions of a thing that is shown: the newest, not the one for old programs."""
    choice = alternate.find(CHOICE)
    if choice is None:
        choice = alternate.find(FALLBACK)
    return alternate if choice is None else choice


def child(element: Element, *path: str) -> Element:
    """Return the first element at a path of names, None where there is none."""
    return None if element is None else element.find("/".join(W + name for name in path))


def value(element: Element, *path: str) -> str | None:
    """Return the `w:val` of the first element at a path of names, None where there is none."""
    found = child(element, *path)
    return None if found is None else found.get(W + "val")


def is_on(element: Element, *path: str) -> bool | None:
    """Return what a switch at a path says, None where it says nothing."""
    found = child(element, *path)
    return None if found is None else found.get(W + "val", "1") not in OFF


def number(text: str | None) -> int:
    """Return a whole number that an attribute holds, 0 where it holds none."""
    try:
        return int(float(text or 0))
    except (ValueError, OverflowError):
        return 0


def paragraphs_in(element: Element) -> Iterator[Element]:
    """Yield all paragraphs of an element that are printed, those in its tables and text boxes included."""
    for inner in element:
        if inner.tag == ALTERNATE:
            yield from paragraphs_in(chosen(inner))
            continue
        if inner.tag == f"{W}p":
            yield inner
        yield from paragraphs_in(inner)


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the contents of the text boxes that hang on a paragraph, each once."""
    for box in paragraph.iter(f"{W}txbxContent"):
        above = list(box.iterancestors())
        above = above[: above.index(paragraph)]
        hidden = any(one.tag == FALLBACK and one.getparent().find(CHOICE) is not None for one in above)
        if not hidden and not any(one.tag == f"{W}txbxContent" for one in above):
            yield box
