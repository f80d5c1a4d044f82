"""Joint authorities whose names say nothing of what they are: the paper calls them one (*X är ett kommunalförbund*)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.facts.body import Body, body_words, either
from extract.facts.kinds import kinds_in
from extract.facts.place import TOLD, Line, Paper
from schema.places import places_by_name

REPEATED = 3
"""A name of the front that the text says so often is the paper's own."""
CALLED = 2
"""So often a text that is a joint authority's calls it that."""
_CAPITALS = r"[A-ZÅÄÖ][\wé-]+(?:\s+[A-ZÅÄÖ][\wé-]+){0,3}"
_NAME = re.compile(rf"{_CAPITALS}")


def find_self_named(paper: Paper) -> Iterator[tuple[Line, Body, str]]:
    """Yield lines with the joint authority that they name, and the form in which they do."""
    told = [line for line in paper.lines if line.place in TOLD]
    text = "\n".join(line.text for line in told)
    if len(_joint().findall(text)) < CALLED:
        return
    for line in told:
        match = _called().match(line.text)
        if match and text.count(match["name"]) >= REPEATED:
            yield line, Body(match["name"], match.start("name"), match.end("name"), "association"), "subject"
    for line in paper.at("title", "subtitle", "front", "running"):
        if _may_be_name(line.text) and text.count(line.text) >= REPEATED:
            yield line, Body(line.text, 0, len(line.text), "association"), "alone"


def _may_be_name(text: str) -> bool:
    """Tell whether a line is two capitalised words or more that name no paper, no office and no place."""
    words = text.split()
    if len(words) < 2 or not _NAME.fullmatch(text) or kinds_in(text):
        return False
    return not any(_is_office(word) or word.casefold() in places_by_name() for word in words)


def _is_office(word: str) -> bool:
    return any(word.casefold().endswith(part) for part in body_words("part"))


@cache
def _called() -> re.Pattern[str]:
    """Match a text that opens with a name and says that it is a joint authority."""
    return re.compile(rf"(?P<name>{_CAPITALS})\s+\w+\s+\w+\s+\w*(?:{either('joint')})(?!\w)")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"(?:{either('joint')})\w*", re.IGNORECASE)
