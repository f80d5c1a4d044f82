"""The report's own legend (Teckenförklaring): what its signs, colours and symbols mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from schema.layout import Block, Box, Content, Image, Page
from schema.lexicon.signs import BULLETS
from schema.lexicon.words import in_small_letters
from schema.vocabulary import read_map, read_rows

Legend = tuple[tuple[str, str], ...]

LONGEST_MEANING = 160
"""A legend's entry is a phrase; a longer text beside a symbol is a paragraph."""
SYMBOL_SIZE = 24.0
"""Points; status symbols are drawn at the height of a line or two, pictures and charts are larger."""
TONE = "tone:"
"""What the sign of an entry begins with that is known by how light its symbol is."""
SAME_TONE, CLEARER = 8, 3
"""Grey levels that a symbol may be off from the legend's; any other of its symbols is so many times as far off."""
BESIDE = 40.0
"""Points between a symbol and the text that explains it."""


def symbol_meaning(symbol: Image | None, legend: Legend) -> str | None:
    """Return what a symbol means by the legend, `symbol:green` where it says nothing, None without symbol or colour."""
    if symbol is None:
        return None
    if not symbol.colour:
        return _meaning_by_tone(symbol.tone, legend)
    sign = f"symbol:{symbol.colour}"
    return dict(legend).get(sign, sign)


def _meaning_by_tone(tone: int | None, legend: Legend) -> str | None:
    """Return what the legend's symbol of the same grey means, where no other of its symbols is nearly as alike."""
    tones = ((sign.removeprefix(TONE), meaning) for sign, meaning in legend if sign.startswith(TONE))
    found = sorted((abs(int(level) - tone), meaning) for level, meaning in tones if tone is not None)
    others = [distance for distance, meaning in found if meaning != found[0][1]]
    if not others or found[0][0] > SAME_TONE or others[0] < CLEARER * max(found[0][0], 1):
        return None
    return found[0][1]


def find_legend(content: Content) -> Legend:
    """Return (sign or `symbol:colour`, meaning) of each entry; of two entries for one sign the first counts."""
    legend: dict[str, str] = {}
    entries = [*_written_entries(content.blocks), *_drawn_entries(content)]
    for sign, meaning in entries:
        legend.setdefault(sign, meaning)
    return tuple(legend.items())


def _written_entries(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Yield the entries that are written out, such as *- = inget belopp* and *Grön: målet nås*."""
    for block in blocks:
        for line in re.split(r"[\n;]", block.text):
            if len(line) > LONGEST_MEANING:
                continue
            if match := _sign_entry().match(line):
                yield match.group(1), match.group(2).strip(" .")
            elif match := _colour_entry().match(line.strip()):
                yield f"symbol:{_colours()[in_small_letters(match.group(1))]}", match.group(2).strip(" .")


@cache
def _colours() -> dict[str, str]:
    return read_map("colours", "phrase", "colour")


@cache
def _colour_entry() -> re.Pattern[str]:
    colours = "|".join(sorted(map(re.escape, _colours()), key=len, reverse=True))
    noun = rf"(?:\s+(?:{_words_of('noun')}))?"
    return re.compile(rf"^[-–{BULLETS}]?\s*({colours}){noun}\s*[:=–-]\s*(\S.*)$", re.IGNORECASE)


@cache
def _sign_entry() -> re.Pattern[str]:
    return re.compile(rf"^\s*([-–]{{1,2}}|\.{{1,3}}|[*?xX0])\s*(?:=|:|{_words_of('means')})\s*(\S.*)$")


def _words_of(role: str) -> str:
    return "|".join(re.escape(row["phrase"]) for row in read_rows("legend_words") if row["role"] == role)


def _drawn_entries(content: Content) -> Iterator[tuple[str, str]]:
    """Yield the texts that stand just right of a small symbol outside tables, by tone where these lack colours."""
    by_tone = any(cell.symbol and not cell.symbol.colour for table in content.tables for cell in table.cells)
    for page in content.pages:
        blocks = [b for b in content.blocks if b.page == page.number and b.box and b.kind != "furniture"]
        for image in _loose_symbols(page, content):
            text = _text_beside(image, page, blocks)
            if text and image.colour:
                yield f"symbol:{image.colour}", text
            if text and by_tone and image.tone is not None:
                yield f"{TONE}{image.tone}", text


def _loose_symbols(page: Page, content: Content) -> list[Image]:
    """Return the page's small symbols that stand in no table."""
    tables = [c.box for t in content.tables for c in t.cells if c.box and c.page == page.number]
    return [
        image
        for image in page.images
        if max(image.box.width, image.box.height) <= SYMBOL_SIZE and not any(_holds(box, image.box) for box in tables)
    ]


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= x <= outer.x1 and outer.top <= y <= outer.bottom


def _text_beside(image: Image, page: Page, blocks: list[Block]) -> str | None:
    """Return the words on the symbol's line from its right edge to the next wide gap or symbol."""
    middle = (image.box.top + image.box.bottom) / 2
    others = (i.box for i in page.images if i.box.top <= middle <= i.box.bottom and i.box.x0 > image.box.x1)
    end = min((box.x0 for box in others), default=page.width)
    words = sorted(
        (w for w in page.words if w.box.top <= middle <= w.box.bottom and image.box.x1 - 1 <= w.box.x0 < end),
        key=lambda w: w.box.x0,
    )
    edge = image.box.x1
    kept: list[str] = []
    for word in words:
        if word.box.x0 - edge > (BESIDE if not kept else 2 * word.size):
            break
        kept.append(word.text)
        edge = word.box.x1
    text = " ".join(kept).strip(" :=–-.")
    return text if text and blocks and len(text) <= LONGEST_MEANING else None
