"""Companies and joint authorities, as texts name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.facts.body import Body, body_words, either, limited, proper, proper_capital
from extract.facts.kinds import kinds_in
from extract.facts.words import names_auditor
from schema.places import places_by_name

_CAPITALISED = re.compile(r"(?<![\w-])[A-ZÅÄÖ][^\W\d_]+(?:-[^\W\d_]+)*")


def find_companies(text: str) -> Iterator[Body]:
    """Yield names that end in AB, and compounds that open with a municipality's name (*Östersundsbostäder*)."""
    for match in limited().finditer(text):
        start = match.start() + max((kind.end for kind in kinds_in(match.group())), default=0)
        name = " ".join(text[start : match.end()].split())
        if name != match["limited"] and not names_auditor(name):
            yield Body(name, start, match.end(), "company")
    for match in _CAPITALISED.finditer(text):
        if _is_town_company(match.group().casefold()):
            yield Body(proper(match.group()), match.start(), match.end(), "company")


def is_town_company(name: str) -> bool:
    """Tell whether a company is called by its municipality: *Kumla Bostäder AB*, *Olofströmshus*."""
    first = name.split()[0].casefold()
    return first.removesuffix("s") in places_by_name() or first in places_by_name() or _is_town_company(first)


@cache
def _is_town_company(word: str) -> bool:
    return any(
        word.endswith(ending) and word[: -len(ending)].removesuffix("s").removesuffix("-") in places_by_name()
        for ending in body_words("company")
    )


def find_associations(text: str) -> Iterator[Body]:
    """Yield joint authorities: their word and the capitalised words after it, or a name before *kommunalförbund*."""
    before_name, after_name = _associations()
    for match in before_name.finditer(text):
        yield Body(proper_capital(match.group()), match.start(), match.end(), "association")
    for match in after_name.finditer(text):
        yield Body(match.group(), match.start(), match.end(), "association")


@cache
def _associations() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match a joint authority's word with the capitalised words after it, and a name before *kommunalförbund*."""
    capitals = rf"(?:\s+(?!(?i:{either('association')}))[A-ZÅÄÖ][\w-]+){{1,3}}"
    name = r"[A-ZÅÄÖ][\w-]+(?:\s+[A-ZÅÄÖ][\w-]+){0,3}"
    return (
        re.compile(rf"(?<!\w)(?i:{either('association')}){capitals}"),
        re.compile(rf"{name}\s+[^\W\d_]*(?:{either('joint')})(?!\w)"),
    )
