"""Damaged documents from whole ones: the same seed gives the same damage.

PDFs are damaged in their bytes, cross references, streams, numbers, page boxes and turns; texts in their bytes, lines,
figures and characters; Word files in their packing and markup.
"""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?")
BOX = re.compile(rb"/(?:MediaBox|CropBox)\s*\[[^\]]*\]")
PAGE = re.compile(rb"/Type\s*/Page(?!s)")
ODD_NUMBERS = (b"0", b"-1", b"1e9", b"99999999999", b"-0.0000001", b"32768", b"4294967296", b"", b"NaN")
ODD_BOXES = (
    b"0 0 0 0",
    b"0 0 -595 -842",
    b"595 842 0 0",
    b"0 0 1e9 1e9",
    b"0 0 1 1",
    b"a b c d",
    b"0 0 595",
    b"-9e9 0 9e9 9",
)
ODD_ENTRIES = (
    b"/Rotate 90",
    b"/Rotate 45",
    b"/Rotate -270",
    b"/UserUnit 0",
    b"/UserUnit 1e6",
    b"/UserUnit -2",
    b"/Parent 1 0 R",
)
ODD_TEXT = (
    "\u202e",
    "\u200b",
    "\x00",
    "\ufeff",
    "<script>",
    "=cmd|' /C calc'!A0",
    "'; drop table cells;--",
    "\t",
    "|",
    "1 357⁵",
    "−39 906",
    "\ud7ff",
    "é" * 40,
)
SUFFIXES = {".pdf": "pdf", ".docx": "docx", ".txt": "text", ".md": "text"}


def damaged(whole: bytes, suffix: str, seed: int) -> tuple[str, bytes]:
    """Return the name of a damage and the document with it."""
    chance = random.Random(seed)
    way = chance.choice(WAYS[SUFFIXES[suffix]])
    return way.__name__, way(whole, chance)


def write_damaged(folder: Path, wholes: list[Path], number: int, seed: int) -> list[Path]:
    """Write so many damaged copies of whole documents, taken in turn."""
    made = []
    for each in range(number):
        whole = wholes[each % len(wholes)]
        name, content = damaged(whole.read_bytes(), whole.suffix, seed * 1_000_003 + each)
        made.append(folder / f"{each:05}-{name}{whole.suffix}")
        made[-1].write_bytes(content)
    return made


def flip_bytes(whole: bytes, chance: random.Random) -> bytes:
    """Set some bytes to others."""
    content = bytearray(whole)
    for _ in range(chance.choice((1, 4, 20, 200))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def cut_short(whole: bytes, chance: random.Random) -> bytes:
    """Keep only the beginning."""
    return whole[: chance.randrange(len(whole))]


def take_out(whole: bytes, chance: random.Random) -> bytes:
    """Take out a piece."""
    start = chance.randrange(len(whole))
    return whole[:start] + whole[start + chance.randrange(1, 5000) :]


def put_twice(whole: bytes, chance: random.Random) -> bytes:
    """Put a piece in at another place."""
    start, place = chance.randrange(len(whole)), chance.randrange(len(whole))
    return whole[:place] + whole[start : start + chance.randrange(1, 5000)] + whole[place:]


def wrong_references(whole: bytes, chance: random.Random) -> bytes:
    """Write other numbers where a PDF says at which byte, and which, its objects are."""
    place = max(whole.rfind(b"startxref"), 0) if chance.random() < 0.3 else 0
    found = [
        m
        for m in re.finditer(rb"\d+ \d+ (?:R|obj|n|f)|startxref\s+\d+|/(?:Prev|Size|Length|First|N) \d+", whole[place:])
    ]
    for match in chance.sample(found, min(len(found), chance.choice((1, 3, 30)))):
        number = str(chance.choice((0, 1, 7, chance.randrange(10**6), 2**31))).encode()
        start, end = place + match.start(), place + match.end()
        whole = (
            whole[:start]
            + NUMBER.sub(number, whole[start:end], count=1).ljust(end - start)[: end - start]
            + whole[end:]
        )
    return whole


def in_streams(change: Callable[[bytes, random.Random], bytes]) -> Callable[[bytes, random.Random], bytes]:
    """Return a way to damage what a PDF's packed streams hold."""

    def way(whole: bytes, chance: random.Random) -> bytes:
        def again(match: re.Match[bytes]) -> bytes:
            try:
                content = zlib.decompress(match[1])
            except zlib.error:
                return match[0]
            return b"stream\n" + zlib.compress(change(content, chance)) + b"\nendstream" if content else match[0]

        return STREAM.sub(again, whole)

    way.__name__ = f"{change.__name__}_in_streams"
    return way


def odd_numbers(content: bytes, chance: random.Random) -> bytes:
    """Set some numbers to odd ones."""
    share = chance.choice((0.001, 0.01, 0.1))
    return NUMBER.sub(lambda m: chance.choice(ODD_NUMBERS) if chance.random() < share else m[0], content)


def other_numbers(content: bytes, chance: random.Random) -> bytes:
    """Move what is drawn, a little or far."""
    share, scale = chance.choice((0.01, 0.2)), chance.choice((3, 100, 5000))
    return NUMBER.sub(
        lambda m: str(chance.randint(-scale, scale)).encode() if chance.random() < share else m[0], content
    )


def odd_pages(content: bytes, chance: random.Random) -> bytes:
    """Give pages odd boxes, turns and units."""
    content = BOX.sub(lambda m: b"/MediaBox [" + chance.choice(ODD_BOXES) + b"]", content)
    return PAGE.sub(lambda m: m[0] + b" " + chance.choice(ODD_ENTRIES), content)


def odd_characters(whole: bytes, chance: random.Random) -> bytes:
    """Put odd characters into a text."""
    text = whole.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 10, 100))):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice(ODD_TEXT) + text[place:]
    return text.encode("utf-8", "surrogatepass")


def other_figures(whole: bytes, chance: random.Random) -> bytes:
    """Set figures to other figures, signs and spaces."""
    signs = "0123456789 ,.-–/%()"
    text = whole.decode("utf-8", "replace")
    return "".join(chance.choice(signs) if ch.isdigit() and chance.random() < 0.1 else ch for ch in text).encode()


def other_lines(whole: bytes, chance: random.Random) -> bytes:
    """Shuffle, repeat, join or indent lines."""
    lines = whole.decode("utf-8", "replace").split("\n")
    way = chance.randrange(4)
    if way == 0:
        chance.shuffle(lines)
    elif way == 1:
        lines = [line for line in lines for _ in range(chance.choice((1, 1, 1, 5)))]
    elif way == 2:
        lines = [" ".join(lines[n : n + chance.randrange(1, 40)]) for n in range(0, len(lines), 20)]
    else:
        lines = [" " * chance.randrange(60) + line for line in lines]
    return "\n".join(lines).encode()


def other_markup(whole: bytes, chance: random.Random) -> bytes:
    """Damage the markup in a Word file, and pack it again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("document.xml"):
                content = chance.choice((flip_bytes, take_out, odd_numbers, without_tags, cut_short))(content, chance)
            if chance.random() > 0.02:
                new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # of no time of day
    return packed.getvalue()


def without_tags(content: bytes, chance: random.Random) -> bytes:
    """Take out some beginnings and ends of elements, or whole cells and properties."""
    share = chance.choice((0.001, 0.02))
    pattern = chance.choice(
        (rb"<w:(?:tc|tr|gridSpan|vMerge|tblGrid)\b[^>]*/?>", rb"<w:tc>.*?</w:tc>", rb"</w:p>", rb"<w:t\b[^>]*>")
    )
    return re.sub(pattern, lambda m: b"" if chance.random() < share else m[0], content, flags=re.DOTALL)


WAYS = {
    "pdf": (
        flip_bytes,
        cut_short,
        take_out,
        put_twice,
        wrong_references,
        in_streams(odd_numbers),
        in_streams(other_numbers),
        in_streams(flip_bytes),
        in_streams(odd_pages),
        odd_pages,
    ),
    "text": (flip_bytes, cut_short, take_out, put_twice, odd_characters, other_figures, other_lines),
    "docx": (flip_bytes, cut_short, other_markup, other_markup, other_markup),
}
