"""Puts a message into Swedish, with its figures, names and cells in their places; in English, words follow numbers.

Messages are stored and raised with what they tell of already in them. So each is matched against the catalogue's
texts, `{0}` standing for anything; of several that fit, that with most letters of its own is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from namndata.language.catalogue import counting, messages
from namndata.language.places import PLACE, fill

JOINTS = ("\n", ": ", "; ", ", ")
"""What parts a line that is put together from several messages, the widest joint first."""
LONGEST = 2000
"""Characters; beyond, a text is a report's own and no message."""
DEPTH = 4
"""Messages within messages that are followed."""
KEPT = 20_000
"""Translated messages that are remembered: a site shows some of them thousands of times."""

Pattern = tuple[re.Pattern[str], str]
Texts = Callable[[], Mapping[str, str]]
"""What a language says, by what the code says."""


def in_swedish(text: str) -> str:
    """Return a message in Swedish; what the catalogue does not know stays as it is."""
    return text if len(text) > LONGEST else _translated(text, DEPTH, messages)


def in_english(text: str) -> str:
    """Return a message whose words follow their numbers: “1 report”, where the code says “1 reports”."""
    return text if len(text) > LONGEST else _translated(text, DEPTH, counting)


@lru_cache(KEPT)
def _translated(text: str, depth: int, texts: Texts) -> str:
    bare = text.strip()
    known = texts().get(bare)
    if known is not None:
        return text.replace(bare, known)
    if not depth or not bare:
        return text
    for pattern, said in _patterns(texts):
        if match := pattern.fullmatch(bare):
            return text.replace(bare, fill(said, _filler(match, depth, texts)))
    return _by_joints(text, depth, texts)


def _filler(match: re.Match[str], depth: int, texts: Texts) -> Callable[[str], str]:
    return lambda name: _within(match[f"p{name}"], depth - 1, texts)


def _by_joints(text: str, depth: int, texts: Texts) -> str:
    for joint in JOINTS:
        if joint in text:
            return joint.join(_translated(part, depth - 1, texts) for part in text.split(joint))
    return text


def _within(text: str, depth: int, texts: Texts) -> str:
    """Return what stands in a message: a message of several words itself, or a name or cell, which stays."""
    return _translated(text, depth, texts) if " " in text else text


@cache
def _patterns(texts: Texts) -> tuple[Pattern, ...]:
    """Return the messages with places, those that say most first."""
    with_places = [(english, said) for english, said in texts().items() if PLACE.search(english)]
    with_places.sort(key=lambda pair: len(PLACE.sub("", pair[0])), reverse=True)
    return tuple((_pattern_of(english), said) for english, said in with_places)


def _pattern_of(english: str) -> re.Pattern[str]:
    seen: set[str] = set()

    def place(number: str) -> str:
        again = number in seen
        seen.add(number)
        return f"(?P=p{number})" if again else f"(?P<p{number}>.*?)"

    pattern, end = "", 0
    for found in PLACE.finditer(english):
        pattern += re.escape(english[end : found.start()]) + place(found[1])
        end = found.end()
    return re.compile(pattern + re.escape(english[end:]), re.DOTALL)
