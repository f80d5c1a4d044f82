"""Committees, boards, joint authorities and companies, as texts name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extract.facts.body import (
    Body,
    body_words,
    committee_word,
    joining_words,
    kinds_of_names,
    named_for,
    proper,
)
from extract.facts.companies import find_associations, find_companies
from schema.lexicon.text import NAME_TOKEN

MOST_LINES = 2048
"""Lines whose bodies are kept: each fact asks for those of the same front pages and headings."""
SHORTEST_DISTRICT = 3
"""Letters that a word at the beginning of a sentence may have: *För stadsdelsnämnden*."""
MOST_WORDS = 8
"""Words of the longest name of a committee."""
LONGEST_STEP = 2
"""Words from one part of a name back to the part before it, a comma or joining word between them counted."""


@lru_cache(maxsize=MOST_LINES)
def find_bodies(text: str) -> tuple[Body, ...]:
    """Return the bodies that a text names, in order, none inside another."""
    found = [*_named_for(text), *_committees(text), *find_companies(text), *find_associations(text)]
    kept: list[Body] = []
    for body in sorted(found, key=lambda body: (body.start, -body.end)):
        if not kept or body.start >= kept[-1].end:
            kept.append(body)
    return tuple(kept)


def initials_of(name: str) -> str:
    """Return the letters that a name is shortened to in numbers of papers: Barn- och ungdomsnämnden is BUN."""
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word.casefold() not in joining_words()]
    if not words:
        return ""
    ending = committee_word().search(words[-1])
    letters = [word[0] for word in words] + ([ending["end"][0]] if ending and ending["stem"] else [])
    return "".join(letters).upper()


def _tokens(text: str) -> list[re.Match[str]]:
    return list(NAME_TOKEN.finditer(text))


def _committees(text: str) -> Iterator[Body]:
    """Yield names that end in nämnd or styrelse, with all the words that belong to them."""
    folded = text.casefold()
    if not any(part in folded for part in (*kinds_of_names(), *body_words("ending"))):
        return
    tokens = _tokens(text)
    for index, token in enumerate(tokens):
        word = token.group()
        kind = kinds_of_names().get(word.casefold().removesuffix("s"))
        if kind:
            yield Body(word.removesuffix("s").capitalize(), token.start(), token.end(), kind, word[-1:] in "sS")
            continue
        match = committee_word().search(word)
        if match is None or word.casefold().removesuffix("s") in body_words("state"):
            continue
        first = _first_of(tokens, index, is_bare="-" not in word and not match["stem"])
        if first is not None:
            end = _quarter_end(text, token.end())
            if word.casefold().removesuffix("s") in body_words("district"):
                end = _district_end(text, token.end())
                first -= word.islower() and end == token.end() and _is_district(tokens, index - 1)
            name = text[tokens[first].start() : end - len(match["genitive"])]
            is_part = bool(match["genitive"]) and _goes_on_with_part(tokens, index)
            yield Body(proper(name), tokens[first].start(), end, "committee", bool(match["genitive"]), is_part)


def _district_end(text: str, end: int) -> int:
    """Return where the name of a city district's committee ends: its district follows it."""
    district = re.match(r"(?:\s+[A-ZÅÄÖ][\w-]+)+", text[end:])
    return end + (district.end() if district else 0)


def _quarter_end(text: str, end: int) -> int:
    """Return where a committee's name ends whose quarter of the city follows it: *Socialnämnden Centrum*."""
    following = re.match(r"\s+([A-ZÅÄÖ]\w+)", text[end:])
    return end + following.end() if following and following[1].casefold() in body_words("quarter") else end


def _is_district(tokens: list[re.Match[str]], index: int) -> bool:
    """Whether the word before a city district's committee is its district's name: *Södermalms stadsdelsnämnd*."""
    word = tokens[index].group() if index >= 0 else ""
    return word[:1].isupper() and not word.isupper() and len(word) > SHORTEST_DISTRICT


def _first_of(tokens: list[re.Match[str]], index: int, *, is_bare: bool) -> int | None:
    """Return the index of a name's first word; None for a bare nämnden or styrelsen."""
    opening = max(index - MOST_WORDS - LONGEST_STEP, 0)
    words = [token.group().casefold() for token in tokens[opening:index]]
    if not words:
        return None if is_bare else index
    if _is_adjective(words[-1]):
        return index - 1
    if is_bare:
        return None
    first = len(words)
    if first >= LONGEST_STEP and words[-1] in joining_words() and _is_first_part(words[-2]):
        first -= LONGEST_STEP
        while first >= 1 and len(words) - first < MOST_WORDS:
            step = LONGEST_STEP if words[first - 1] == "," else 1
            if first < step or not words[first - step].endswith("-"):
                break
            first -= step
    return opening + first


def _is_adjective(word: str) -> bool:
    """Tell an adjective that makes a bare *nämnden* a name, or a compound that ends in it: *samhällstekniska*."""
    return word.endswith(tuple(body_words("adjective")))


def _is_first_part(word: str) -> bool:
    """Tell a first part of a name from the word before a name: *barn-*, or *barn* without its hyphen."""
    return word.endswith("-") or word in body_words("field")


def _goes_on_with_part(tokens: list[re.Match[str]], index: int) -> bool:
    """Tell whether a genitive is followed by a part of the body: its committee, office or chair."""
    if index + 1 >= len(tokens):
        return False
    word = tokens[index + 1].group().casefold()
    return any(word.endswith(part) for part in body_words("part"))


def _named_for(text: str) -> Iterator[Body]:
    """Yield *Nämnden för …*, whose name goes on to the end of its piece of the line."""
    for match in named_for().finditer(text):
        name = re.split(r"\s+[–-]\s+|,\s+(?=[A-ZÅÄÖ])", match.group())[0].strip(" ,-–")
        if len(name.split()) <= MOST_WORDS:
            yield Body(proper(name), match.start(), match.start() + len(name), "committee")
