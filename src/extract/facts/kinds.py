"""What kind of paper it is, by the words in `document_types.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.facts.place import Line, Paper
from extract.facts.weigh import Sighting, Verdict
from extract.facts.words import ends_with, names_auditor, one_of, opens_with, type_of
from schema.lexicon.dates import find_moments, find_years
from schema.lexicon.signs.bullets import opens_with_bullet
from schema.lexicon.signs.sections import opens_with_paragraph
from schema.places import plain_letters
from schema.vocabulary import read_rows

NO_TYPE = ""
"""A paper of another kind than those that are told apart."""
_ENDINGS = "(?:er|erna|en|ens|et|ets|ar|arna|or|orna|n|ns|t|ts|na|s)?"
"""Endings that bend a noun: delårsrapporten, taxans, protokollet."""
_GAP = r"(?:\s+[\w§&/.–-]+){0,3}?\s+"
DECEMBER = 12
DEFINITE = ("n", "t")
"""Endings of a noun that means this one: delårsrapporten, bokslutet."""
WORDS_BEFORE = 10
"""Words before a complement that are looked at: a preposition and the owner, of up to five, are fewer."""
SEEN = 4096
"""Texts whose kinds are kept: a line is asked for them for each time and body that it names."""
LEAST_LETTERS = 9
"""Letters of a phrase that is known in a text without its spaces and marks; shorter ones stand in other words."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A word for a kind of paper, as a line prints it."""

    type: str
    role: str
    start: int
    end: int
    is_complement: bool = False
    """It follows a preposition: *granskning av delårsrapport*."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: str
    type: str
    role: str
    pattern: re.Pattern[str]
    opening: str
    """Its first word, in lower case: a line without it needs no search."""
    letters: str
    """All its words without spaces and marks."""


@cache
def _phrases() -> tuple[_Phrase, ...]:
    """Return the phrases, the longest first: it wins where several fit."""
    rows = sorted(
        read_rows("document_types"), key=lambda r: (-len(r["phrase"].strip("*")), r["phrase"].startswith("*"))
    )
    return tuple(_phrase(row["phrase"], row["document_type"], row["role"]) for row in rows)


@cache
def _long_phrases() -> tuple[_Phrase, ...]:
    return tuple(one for one in _phrases() if len(one.letters) >= LEAST_LETTERS and "…" not in one.words)


def _phrase(words: str, kind: str, role: str) -> _Phrase:
    opening = words.removeprefix("*").split()[0].casefold()
    return _Phrase(words, kind, role, _pattern(words), opening, plain_letters(words))


def _pattern(phrase: str) -> re.Pattern[str]:
    start = r"(?<![^\W_])(?:[^\W\d_]+-?)?" if phrase.startswith("*") else r"(?<![\w-])"
    words = re.escape(phrase.removeprefix("*")).replace(r"\ …\ ", _GAP).replace(r"\ ", r"\s+")
    return re.compile(rf"{start}{words.replace(' … ', _GAP)}{_ENDINGS}(?![^\W\d_])", re.IGNORECASE)


@cache
def _before_complement() -> re.Pattern[str]:
    """Match what goes before a complement: a preposition, and perhaps the owner in the genitive."""
    return re.compile(rf"(?<![^\W\d_]){one_of('preposition')}\s+(?:(?:[\w-]+,?\s+){{0,4}}?[\w-]+s\s+)?$", re.IGNORECASE)


@lru_cache(maxsize=SEEN)
def kinds_in(text: str) -> tuple[Kind, ...]:
    """Return the kinds of paper that a line names, in order; the longest phrase wins where several overlap."""
    found: list[Kind] = []
    taken = bytearray(len(text))
    folded = text.casefold()
    for phrase in (one for one in _phrases() if one.opening in folded):
        for match in phrase.pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(match.group())
                after = bool(_before_complement().search(_last_words(text[: match.start()])))
                found.append(Kind(phrase.type, phrase.role, match.start(), match.end(), after))
    return tuple(sorted(found, key=lambda kind: kind.start)) or tuple(_kinds_in_letters(text))


def _last_words(text: str) -> str:
    """Return the end of a text in which what goes before a complement stands, however long the text is."""
    before, *words = text.rsplit(maxsplit=WORDS_BEFORE) or [""]
    return text[len(before) :] if len(words) == WORDS_BEFORE else text


def _kinds_in_letters(text: str) -> Iterator[Kind]:
    """Yield the kind whose letters stand in a file name or a title whose marks came loose."""
    letters = plain_letters(text)
    for phrase in _long_phrases():
        if phrase.letters not in letters:
            continue
        if phrase.type or any(plain_letters(word).startswith(phrase.letters) for word in text.split()):
            yield Kind(phrase.type, phrase.role, 0, len(text))
            return


def kind_sightings(lines: Paper) -> Iterator[Sighting[str]]:
    """Yield what each line says for a kind of paper."""
    for line in lines.lines:
        if line.role in ("contents", "other") or line.place in ("table", "header"):
            continue
        if line.place in ("opening", "body"):
            yield from _said(line)
        else:
            yield from _named(line)
            yield from _by_times(line)
            if names_auditor(line.text):
                yield Sighting(type_of("review"), line.place, "auditor", line)


def _named(line: Line) -> Iterator[Sighting[str]]:
    """Yield the kinds that a title, a heading or a name states: its first is its head."""
    if opens_with_bullet(line.text) or (opens_with_paragraph(line.text) and line.place != "title"):
        return
    is_first = True
    has_month = any(moment.month and not moment.from_month for moment in find_moments(line.text))
    for kind in kinds_in(line.text):
        if line.place in ("heading", "part") and _is_by_title_alone(kind):
            continue
        form = "names" if kind.role == "monthly" and has_month else kind.role
        if kind.is_complement:
            form += "_complement"
        elif not is_first:
            form += "_later"
        elif line.role or opens_with_paragraph(line.text):
            form += "_labelled"
        elif line.place == "heading" and kind.role == "names" and find_years(line.text):
            form += "_dated"
        is_first = is_first and kind.role in ("form", "monthly")
        yield Sighting(kind.type, line.place, form, line)


def _is_by_title_alone(kind: Kind) -> bool:
    return kind.type == NO_TYPE or kind.role == "rule"


def _by_times(line: Line) -> Iterator[Sighting[str]]:
    """Yield what the times on a line say: a day of meeting, or a part of a year that is accounted for."""
    if line.role == "meeting" or opens_with_paragraph(line.text):
        yield Sighting(type_of("minutes"), line.place, "of_meeting", line)
    for moment in find_moments(line.text):
        if moment.from_month == 1 and moment.month and moment.month < DECEMBER and not line.role:
            yield Sighting(type_of("part_year"), line.place, "of_part_year", line)


def kind_of(verdict: Verdict[str]) -> str | None:
    """Return the type that was decided; a paper on something else is at least a letter or minutes, where it says so."""
    forms = {phrase.type for phrase in _phrases() if phrase.role in ("form", "session") and phrase.type}
    if verdict.value:
        return verdict.value
    return next((one.value for one in verdict.found if one.value in forms), None)


def _said(line: Line) -> Iterator[Sighting[str]]:
    """Yield the kind that a text calls itself (*verksamhetsberättelsen är …*), and those that it mentions."""
    for kind in kinds_in(line.text):
        if _is_by_title_alone(kind):
            continue
        yield Sighting(kind.type, line.place, "itself" if _is_itself(kind, line.text) else "mentioned", line)


def _is_itself(kind: Kind, text: str) -> bool:
    """Tell whether a text speaks of the paper that it is: *verksamhetsberättelsen är …*, *denna rapport*."""
    return _opens_itself(kind, text) or ends_with("this", text, kind.start)


def _opens_itself(kind: Kind, text: str) -> bool:
    is_definite = text[kind.start : kind.end].casefold().endswith(DEFINITE)
    return kind.start == 0 and is_definite and bool(opens_with("tells").match(text[kind.end :]))


def tells_of_itself(text: str) -> bool:
    """Tell whether a text opens with the paper that it is."""
    return any(_opens_itself(kind, text) for kind in kinds_in(text))
