"""Whose paper it is: the committee, board, joint authority or company, and the evidence of each line for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extract.facts.bodies import find_bodies, initials_of
from extract.facts.body import Body, body_words
from extract.facts.companies import is_town_company
from extract.facts.kinds import kinds_in, tells_of_itself
from extract.facts.place import TOLD, Line, Paper, after_opening, is_labelled
from extract.facts.selfnamed import find_self_named
from extract.facts.weigh import Sighting
from extract.facts.words import ends_with, type_of
from schema.lexicon.signs.sections import opens_with_chapter
from schema.places import plain_letters

FIRST = ("title", "subtitle", "front", "running", "file", "folder")
"""Places that speak of the whole paper."""
LARGE = ("title", "subtitle", "running")
"""Places where a company of any name may be the paper's own; in small print it is as often the consultant."""
HEADINGS = ("subtitle", "heading")
"""Places of headings: more than one body that heads a part by itself has a chapter there."""
DOMINANT = 0.6
"""Share of the mentions in a text by which it is one committee's; a council's or auditors' paper mentions many."""
SUBJECT_WITHIN = 80
"""Characters in which a text that opens with the paper that it is says whose."""
NEAR_END = 3
"""Characters that may stand around a name that is alone on its line."""


class Names:
    """The bodies that a paper names, each under one key whatever its hyphens, case and ending."""

    def __init__(self) -> None:
        self._printed: dict[str, Counter[str]] = {}
        self.kinds: dict[str, str] = {}

    def key_of(self, body: Body) -> str:
        """Return the key of a body and remember how it is printed."""
        key = _key(body.name)
        self._printed.setdefault(key, Counter())[body.name] += 1
        self.kinds.setdefault(key, body.kind)
        return key

    def name_of(self, key: str) -> str:
        """Return the form that is printed most, one in the definite or with its hyphens before others."""
        printed = self._printed[key]
        return max(printed, key=lambda name: (name.endswith("n"), name.count("-"), printed[name]))

    def is_shared(self, key: str) -> bool:
        """Tell whether a body is a committee of several municipalities."""
        return self.name_of(key).split()[0].casefold() in body_words("shared")

    def __iter__(self) -> Iterator[str]:
        return iter(self._printed)


@cache
def _key(name: str) -> str:
    letters = plain_letters(name)
    bare, definite = _committee_endings()
    long = next((ending for ending in definite if letters.endswith(ending)), "")
    return letters.removesuffix(long) + next((ending for ending in bare if long.startswith(ending)), "")


@cache
def _committee_endings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what committees' names end with, as *nämnd*, and the same in the definite, as *nämnden*."""
    endings = sorted(map(plain_letters, body_words("ending")))
    definite = tuple(ending for ending in endings if ending.startswith(tuple(set(endings) - {ending})))
    return tuple(ending for ending in endings if ending not in definite), definite


def body_sightings(paper: Paper, names: Names, *, kind: str | None) -> list[Sighting[str]]:
    """Return what each line says for a body; a review mentions those that it is about, not whose it is."""
    found: list[Sighting[str]] = []
    for line in paper.worded():
        if line.role == "contents":
            continue
        bodies = [body for body in find_bodies(line.text) if _may_own(body, line, kind)]
        keys = {names.key_of(body) for body in bodies}
        for body in bodies:
            form = _form(line, body, several=len(keys) > 1, before=body is not bodies[0])
            found.append(Sighting(names.key_of(body), line.place, form, line))
    found += [Sighting(names.key_of(body), line.place, form, line) for line, body, form in find_self_named(paper)]
    found = _without_chapters(found)
    told = found if kind == type_of("review") else _with_dominant(found)
    return [*told, *_named_by_letters(paper, names)]


def _may_own(body: Body, line: Line, kind: str | None) -> bool:
    """Auditors review the papers of others, and a council's only papers of its own are those of its meetings."""
    if kind == type_of("review") and line.place not in FIRST:
        return False
    if body.kind == "company" and line.place not in LARGE and not is_town_company(body.name):
        return False
    return body.kind != "auditors" and (kind == type_of("minutes") or body.kind != "council")


def _without_chapters(sightings: list[Sighting[str]]) -> list[Sighting[str]]:
    """Return the sightings; headings that name several bodies are chapters, and say nothing of whose the whole is."""
    alone = {one.value for one in sightings if one.place in HEADINGS and one.form == "alone"}
    chapters = HEADINGS if len(alone) > 1 else HEADINGS[1:]
    if len({one.value for one in sightings if one.place in chapters}) < 2:
        return sightings
    return [replace(one, form="listed") if one.place in chapters else one for one in sightings]


def _with_dominant(sightings: list[Sighting[str]]) -> list[Sighting[str]]:
    """Return the sightings; where running text mentions hardly any other body, its mentions say whose it is."""
    told = Counter(one.value for one in sightings if one.form == "mentioned" and one.place in TOLD)
    most = max(told, key=lambda value: told[value], default=None)
    if most is None or told[most] < DOMINANT * sum(told.values()):
        return sightings
    return [replace(s, form="dominant") if s.value == most and s.form == "mentioned" else s for s in sightings]


def _form(line: Line, body: Body, *, several: bool, before: bool) -> str:
    """Return how a line names a body."""
    if line.role and line.role != "owner" and not is_labelled(line.text, body.start):
        return line.role
    if line.place == "heading" and opens_with_chapter(line.text):
        return "listed"
    if body.is_part:
        return "of_part"
    around = (line.text[: body.start] + line.text[body.end :]).strip(" ,.:;|–-()")
    if line.place not in TOLD and not several and len(re.sub(r"[\d\W]", "", around)) <= NEAR_END:
        return "alone"
    if line.role == "owner" and after_opening(line.text).startswith(body.name[:4]):
        return "labelled"
    is_owner = body.genitive and any(kind.start >= body.end for kind in kinds_in(line.text))
    if line.place in TOLD:
        if is_labelled(line.text, body.start):
            return "told_labelled"
        is_subject = body.genitive and not before and body.start <= SUBJECT_WITHIN and tells_of_itself(line.text)
        return "subject" if is_subject else "mentioned"
    if several:
        return "listed"
    if is_owner or _is_typed(line, body):
        return "owner"
    return "about" if ends_with("preposition", line.text, body.start) and not body.genitive else "within"


def _is_typed(line: Line, body: Body) -> bool:
    """Tell whether a name stands first or last on a line that says what the paper is."""
    at_edge = body.start <= NEAR_END or len(line.text) - body.end <= NEAR_END
    if body.genitive or ends_with("preposition", line.text, body.start):
        return False
    return at_edge and any(not kind.is_complement for kind in kinds_in(line.text))


def _named_by_letters(paper: Paper, names: Names) -> Iterator[Sighting[str]]:
    """Yield bodies whose letters stand in the file's name, or whose initials stand there or in the paper's number."""
    for line in paper.lines:
        if line.place not in ("file", "folder", "running", "front"):
            continue
        tokens = {token.upper() for token in re.findall(r"[^\W\d_]+", line.text)}
        letters = plain_letters(line.text)
        for key in names:
            name = names.name_of(key)
            if line.place in ("file", "folder") and key in letters and not find_bodies(line.text):
                yield Sighting(key, line.place, "letters", line)
            elif (
                len(initials_of(name)) > 1
                and initials_of(name) in tokens
                and (line.place != "front" or line.role == "number")
            ):
                yield Sighting(key, line.place, "initials", line)
