"""Which municipality or region: the names of the closed list, and the evidence of each line for one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extract.facts.bodies import find_bodies
from extract.facts.place import TOLD, Line, Paper
from extract.facts.weigh import Sighting
from extract.facts.words import one_of, opens_with, words_in
from schema.lexicon.signs.pages import POST_CODE
from schema.lexicon.words import in_small_letters
from schema.places import Place, all_places, places_by_letters, places_by_name, plain_letters
from schema.swedish import is_known

SEVERAL = 3
"""A line that names so many municipalities lists them."""
FEWEST_LETTERS = 3
"""With fewer letters, nothing is left of a text."""
_DOMAIN = re.compile(r"(?:[@/.]|(?<![\w.]))([\wåäö-]+)\.(?:se|nu|com)(?!\w)", re.IGNORECASE)


def place_sightings(paper: Paper, *, is_shared: bool) -> Iterator[Sighting[str]]:
    """Yield what each line says for a municipality or region, by its own name.

    A shared committee mentions its members, and where it meets: it is of none unless its front names one alone.
    """
    found = [Sighting(name, line.place, form, line) for line in paper.worded() for form, name in _named(line)]
    if is_shared:
        found = [one for one in found if one.form == "official" and one.place not in TOLD]
        found = found if len({one.value for one in found}) == 1 else []
    yield from found


def _named(line: Line) -> Iterator[tuple[str, str]]:
    """Yield the names on a line, each with the form that it stands in."""
    if line.place in ("file", "folder"):
        yield from _in_file_name(line.text)
        return
    found = [(form, _place(m).own_name) for m in _names().finditer(line.text) if (form := _form(line, m))]
    if len({name for _, name in found}) >= SEVERAL:
        found = [("listed", name) for _, name in found]
    yield from found
    for match in _DOMAIN.finditer(line.text) if "." in line.text else ():
        place = places_by_letters().get(plain_letters(match.group(1)))
        if place:
            yield "domain", place.own_name
    folded = line.text.casefold()
    for match in _unknown().finditer(line.text) if any(town in folded for town in words_in("town")) else ():
        unknown = _unknown_name(match)
        if unknown:
            yield "unknown_told" if line.place in TOLD else "unknown", unknown
    if line.place not in TOLD:
        yield from (("company", name) for name in _towns_of_companies(line.text))


def _form(line: Line, match: re.Match[str]) -> str | None:
    """Return how a line names a place; None where another thing has the name."""
    place, after = _place(match), line.text[match.end() :]
    if match["official"] or place.is_region:
        return "addressed" if line.role in ("addressed", "other") else "official"
    if place.is_word and match.group() == line.text.strip(" ~.,:|") and line.place not in TOLD:
        return "alone_word"
    if place.is_word or opens_with("other_place").match(after) or match["name"][0].islower():
        return None
    if POST_CODE.search(line.text[: match.start()]):
        return "post"
    return "bare_told" if line.place in TOLD else "bare"


@cache
def _names() -> re.Pattern[str]:
    """Match the names of all places, with *kommun* or *stad* after them where it stands."""
    names = _by_opening(sorted(_by_printed_name(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<name>{names})(?:s)?(?P<official>\s+(?:{_official()}))?(?![\w-])", re.IGNORECASE)


def _by_opening(names: Iterable[str]) -> str:
    """Return a pattern for names, those with the same two first letters together: most words begin otherwise."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name[:2], []).append(re.escape(name[2:]))
    return "|".join(f"{re.escape(opening)}(?:{'|'.join(rests)})" for opening, rests in groups.items())


def _official() -> str:
    """Return a pattern for what makes a name official: *kommun*, *stads*, *kommunfullmäktige*."""
    return rf"{one_of('town')}(?:s|en|ens)?(?!\w)|{one_of('organ')}\w*"


@cache
def _unknown() -> re.Pattern[str]:
    """Match any capitalised name before *kommun* or *stad*."""
    name = r"[A-ZÅÄÖ][\wé-]+"
    return re.compile(rf"(?<![\w-])({name}(?: {name})?) ((?i:{one_of('town')}))s?(?!\w)")


@cache
def _by_printed_name() -> dict[str, Place]:
    """Return the places by their names, and by what stands before *kommun* where that is another (*Falu*)."""
    found = {place.own_name.rsplit(" ", 1)[0].casefold(): place for place in all_places() if not place.is_region}
    found = {name.removesuffix("s"): place for name, place in found.items()}
    return (
        found
        | {place.own_name.casefold(): place for place in all_places() if place.is_region}
        | {place.name.casefold(): place for place in reversed(all_places())}
    )


def _place(match: re.Match[str]) -> Place:
    return _by_printed_name()[in_small_letters(match["name"])]


def _unknown_name(match: re.Match[str]) -> str | None:
    """Return a name that is on no list, unless it is a word (*Attraktiv kommun*)."""
    name, kind = match.group(1), match.group(2)
    parts = name.casefold().split()
    if any(
        part.removesuffix("s") in places_by_name() or part in places_by_name() for part in (parts[-1], " ".join(parts))
    ):
        return None
    if all(is_known(part) for part in parts):
        return None
    return f"{name.title()} {kind.lower()}" if name.isupper() else f"{name} {kind}"


def _in_file_name(text: str) -> Iterator[tuple[str, str]]:
    """Yield the places whose letters a file's name spells, in up to three words."""
    words = text.split()
    places = places_by_letters()
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            letters = plain_letters("".join(words[start : start + size]))
            place = places.get(letters) or places.get(letters.removesuffix("s"))
            after = words[start + size].casefold() if start + size < len(words) else ""
            if place and (after.removesuffix("s") in words_in("town") or not place.is_word):
                yield "letters", place.own_name
    yield from (("company", name) for name in _towns_of_companies(text))


def _towns_of_companies(text: str) -> Iterator[str]:
    """Yield the municipalities in the names of companies (*Östersundsbostäder*)."""
    for body in find_bodies(text):
        if body.kind == "company":
            folded = body.name.casefold()
            yield from (p.own_name for p in all_places() if not p.is_word and folded.startswith(p.name.casefold()))


def is_place(text: str) -> bool:
    """Tell whether a text is nothing but the name of a municipality or region."""
    match = _names().fullmatch(text.strip(" .,:–-"))
    return match is not None or bool(_unknown().fullmatch(text.strip()))


def is_name(text: str) -> bool:
    """Tell whether a text is nothing but the name of a body or a place."""
    for body in reversed(find_bodies(text)):
        text = text[: body.start] + text[body.end :]
    return sum(ch.isalpha() for ch in text) < FEWEST_LETTERS or is_place(text)
