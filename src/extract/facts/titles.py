"""The title: the paper's own name, as its front prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from extract.facts.kinds import kinds_in
from extract.facts.place import Line, Paper, is_address
from extract.facts.weigh import Sighting
from extract.facts.where import is_name
from extract.facts.words import ends_with
from schema.lexicon.dates import find_moments
from schema.places import plain_letters

LONGEST = 160
ALIKE = 85
"""Two titles in two places of a paper are one where so many of a hundred letters agree."""
_PLACES = ("title", "subtitle", "front", "running", "heading", "file", "properties")
_LETTER = re.compile(r"[^\W\d_]")


def title_sightings(paper: Paper) -> Iterator[Sighting[str]]:
    """Yield what each line says for a title."""
    candidates = list(_candidates(paper))
    for line in candidates:
        yield Sighting(line.text, line.place, _form(line), line)
        for other in paper.at("running", "properties", "file", "heading"):
            typed = bool(kinds_in(other.text))
            if other is not line and (typed or other.place != "heading") and _is_alike(line.text, other.text):
                yield Sighting(line.text, f"also_{other.place}", "typed" if typed else "plain", other)


def _candidates(paper: Paper) -> Iterator[Line]:
    seen: set[str] = set()
    for line in _whole(paper.at("title", "subtitle", "front", "running", "heading")):
        if line.text not in seen and _may_be_title(line):
            seen.add(line.text)
            yield line


def _whole(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines as titles: with what goes on below, without the body that goes before a comma."""
    kept: list[Line] = []
    for line in lines:
        above = kept[-1] if kept else None
        if above and above.place == line.place == "title" and _goes_on(above.text, line.text):
            kept[-1] = replace(above, text=f"{above.text} {line.text}")
        elif line.place == "running" and is_name(line.text.split(", ")[0]):
            kept.append(replace(line, text=line.text.partition(", ")[2]))
        elif not (line.place == "title" and _is_year(line.text)):
            kept.append(line)
    yield from kept


def _goes_on(above: str, below: str) -> bool:
    """Tell whether a title goes on below: in mid-phrase, with its year, or with what a mere word is about."""
    if ends_with("preposition", above) or below[:1].islower():
        return True
    if is_name(above) or (is_name(below) and not _is_year(below)):
        return False
    return _is_year(below) or (_is_mere(above) and len(_LETTER.findall(below)) >= 3 and not kinds_in(below))


def _is_mere(text: str) -> bool:
    """Tell whether a text is nothing but a word for a kind of paper."""
    return any(kind.start == 0 and kind.end == len(text.strip()) for kind in kinds_in(text))


def _is_year(text: str) -> bool:
    return bool(find_moments(text)) and not _LETTER.search(text)


def _may_be_title(line: Line) -> bool:
    """Refuse what is no title by its look: addresses, bullets, labels with their value, names and bare figures."""
    text = line.text
    if len(text) > LONGEST or len(_LETTER.findall(text)) < 3 or is_address(text) or line.role:
        return False
    if re.match(r"[^\w(§”\"]", text) or text[0].islower() and not kinds_in(text):
        return False
    return not is_name(text)


def _form(line: Line) -> str:
    """Return how much a line looks like a title."""
    kinds = [kind for kind in kinds_in(line.text) if not kind.is_complement]
    typed = any(kind.role not in ("form", "monthly") for kind in kinds)
    dated = any(moment.year or moment.month for moment in find_moments(line.text))
    if line.text.rstrip().endswith((".", ":", ";", ",")):
        return "sentence"
    if _is_mere(line.text):
        return "mere"
    if typed:
        return "typed_dated" if dated else "typed"
    return "form" if kinds else "dated" if dated else "plain"


def _is_alike(one: str, other: str) -> bool:
    """Tell whether two lines are one title, or one ends with the other."""
    mine, theirs = plain_letters(one), plain_letters(other)
    if len(mine) < 8 or not theirs:
        return False
    return mine in theirs or fuzz.ratio(mine, theirs) >= ALIKE
