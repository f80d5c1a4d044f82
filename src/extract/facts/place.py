"""One line of a paper, and what the words that open it say of the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.facts.words import ends_as
from schema.layout import Box
from schema.lexicon.dates import with_whole_dates
from schema.lexicon.words import in_small_letters
from schema.vocabulary import read_rows

TOLD = ("opening", "body", "table", "header")
"""Places of running text and tables, which mention others' names and years."""
LONG_LINE = 70
"""Characters of a line of running text; labels and names of a front page are shorter."""
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_]{1,2}(?!\w)")
_ADDRESS = re.compile(r"[\w.-]+@|https?:|www\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph, and where it stands."""

    text: str
    place: str
    """`title`, `subtitle`, `front`, `running`, `heading`, `opening`, `body`, `header`, `table`, `file` …"""
    role: str = ""
    """What the words that open it say it is; see `front_words.csv`."""
    page: int | None = None
    size: float = 0.0
    """Font size in points; 0 where nothing tells."""
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """All lines of a document, by place."""

    lines: tuple[Line, ...]

    def worded(self) -> list[Line]:
        """Return the lines that hold a letter, as names do."""
        return [line for line in self.lines if any(map(str.isalpha, line.text))]

    def at(self, *places: str) -> list[Line]:
        """Return the lines that stand at one of the places, in order."""
        return [line for line in self.lines if line.place in places]


def clean(text: str) -> str:
    """Return a text on one line, soft hyphens out, letter-spaced words closed."""
    text = " ".join(text.replace("\u00ad", "").replace("\ufffe", "-").split())
    return _SPACED.sub(lambda found: found.group().replace(" ", ""), with_whole_dates(text))


def role_of(text: str) -> str:
    """Return what the words that open a line say of it: `owner`, `decided`, `number` …, or nothing."""
    found = _openings().match(text)
    return _roles()[" ".join(in_small_letters(found.group("phrase")).split())] if found else ""


def is_labelled(text: str, end: int) -> bool:
    """Tell whether what stands before a place ends with a label of the owner and a colon: *Organisation:*."""
    return ends_as(_owner_label(), text, end)


@cache
def _owner_label() -> re.Pattern[str]:
    labels = "|".join(re.escape(phrase) for phrase, role in _roles().items() if role == "owner")
    return re.compile(rf"(?<!\w)(?:{labels})\s*:\s*$", re.IGNORECASE)


def after_opening(text: str) -> str:
    """Return a line without the words that open it."""
    found = _openings().match(text)
    return text[found.end() :].strip() if found else text


@cache
def _roles() -> dict[str, str]:
    return {row["phrase"]: row["role"] for row in read_rows("front_words")}


@cache
def _openings() -> re.Pattern[str]:
    """Match an opening: its phrase, then a colon, a space before more, or the end."""
    phrases = "|".join(re.escape(phrase) for phrase in sorted(_roles(), key=len, reverse=True))
    return re.compile(rf"\s*(?P<phrase>{phrases})(?:\s*:|\s*$|(?=\s))", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Tell whether a line is a web or mail address."""
    return bool(_ADDRESS.match(text)) or bool(re.fullmatch(r"[\w.-]+\.(?:se|nu|com|org)(?:/\S*)?", text.strip()))


def is_sentence(text: str) -> bool:
    """Tell whether a line is running text by its length and its end."""
    return len(text) >= LONG_LINE and text.rstrip().endswith((".", "!", "?"))
