"""Puts a message into Swedish as it was said: with its figures, names and cells in their places.

Messages are stored and raised with what they tell of already in them. So each is matched against the catalogue's
texts, `{0}` standing for anything; of several that fit, that with most letters of its own is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from namndata.language.catalogue import doubts, messages
from namndata.language.places import PLACE, fill

JOINTS = ("\n", ": ", "; ", ", ")
"""What parts a line that is put together from several messages, the widest joint first."""
AND = "; "
"""What parts the doubts of a value."""
LONGEST = 2000
"""Characters; beyond, a text is a report's own and no message."""
DEPTH = 4
"""Messages within messages that are followed."""
KEPT = 20_000
"""Translated messages that are remembered: a site shows some of them thousands of times."""

ONE_OF = re.compile(r"(?<![\w.,])1 ")
"""A number one before a word: in English nothing else changes."""
DIGIT = r"\d"
SWEDISH, ENGLISH = 0, 1

Pattern = tuple[re.Pattern[str], tuple[str, str]]


def in_swedish(text: str) -> str:
    """Return a message in Swedish; what the catalogue does not know stays as it is."""
    return text if len(text) > LONGEST else _translated(text, DEPTH, SWEDISH)


def in_english(text: str) -> str:
    """Return a message with the words that its numbers ask for: code says `1 reports`, people read `1 report`."""
    return text if len(text) > LONGEST or not ONE_OF.search(text) else _translated(text, DEPTH, ENGLISH)


@lru_cache(KEPT)
def _translated(text: str, depth: int, language: int) -> str:
    bare = text.strip()
    known = messages().get(bare)
    if known is not None:
        return text if language == ENGLISH else text.replace(bare, known)
    if not depth or not bare:
        return text
    if language == SWEDISH and (known := _doubts_in_swedish(bare)):
        return text.replace(bare, known)
    for pattern, texts in _patterns():
        if match := pattern.fullmatch(bare):
            return text.replace(bare, fill(texts[language], _filler(match, depth, language)))
    return _by_joints(text, depth, language)


def _doubts_in_swedish(text: str) -> str | None:
    """Return why a value is doubtful in Swedish: a doubt, or several as `review_list` joins them."""
    parts, found = text.split(AND), []
    while parts:
        # A doubt may hold what parts it from others: the longest that is known is taken.
        sizes = range(len(parts), 0, -1)
        size = next((size for size in sizes if AND.join(parts[:size]) in doubts()), 0)
        if not size:
            return None
        found.append(doubts()[AND.join(parts[:size])])
        parts = parts[size:]
    return AND.join(found)


def _filler(match: re.Match[str], depth: int, language: int) -> Callable[[str], str]:
    return lambda name: _within(match[f"p{name}"], depth - 1, language)


def _by_joints(text: str, depth: int, language: int) -> str:
    for joint in JOINTS:
        if joint in text:
            return joint.join(_translated(part, depth - 1, language) for part in text.split(joint))
    return text


def _within(text: str, depth: int, language: int) -> str:
    """Return what stands in a message: a message of several words itself, or a name or cell, which stays."""
    return _translated(text, depth, language) if " " in text else text


@cache
def _patterns() -> tuple[Pattern, ...]:
    """Return the messages with places, those that say most first."""
    with_places = [(english, swedish) for english, swedish in messages().items() if PLACE.search(english)]
    with_places.sort(key=lambda pair: len(PLACE.sub(_word_of_many, pair[0])), reverse=True)
    return tuple((_pattern_of(english), (swedish, english)) for english, swedish in with_places)


def _word_of_many(place: re.Match[str]) -> str:
    return place[3] or ""


def _pattern_of(english: str) -> re.Pattern[str]:
    seen: set[str] = set()

    def place(number: str) -> str:
        again = number in seen
        seen.add(number)
        # A word that follows its number follows a number, and not the words of another message.
        return f"(?P=p{number})" if again else f"(?P<p{number}>.*?{DIGIT if number in counted else ''})"

    counted = {found[1] for found in PLACE.finditer(english) if found[2] is not None}
    pattern, end = "", 0
    for found in PLACE.finditer(english):
        words = "|".join(re.escape(word) for word in found.groups()[1:] if word is not None)
        pattern += re.escape(english[end : found.start()]) + (f"(?:{words})" if words else place(found[1]))
        end = found.end()
    return re.compile(pattern + re.escape(english[end:]), re.DOTALL)
