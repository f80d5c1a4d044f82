"""Which words name which part of a cell.

The words around a number either lead it (`LSS 44 % IFO 52 %`) or follow it (`19 arbete (11 studier)`).
A cell that opens with words leads; one that opens with a number and closes with words follows.
Where the cell has no words, its label may have them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from normalize.gather import Draft, Reading
from normalize.lexeme import Kind, Lexeme
from normalize.units import count_noun
from schema.lexicon.labels import bracketed_part, is_part_word
from schema.lexicon.units import PERCENT, canonical_unit
from schema.vocabulary import read_map, read_rows

LONG_PHRASE = 4
"""So many words or more beside a number, without a colon, are a statement of their own, not a breakdown."""

_WORDS = frozenset({Kind.WORD, Kind.BREAKDOWN})
_BINDS_FORWARD = frozenset({Kind.COLON, Kind.DASH, Kind.OPEN})


def name_drafts(reading: Reading, label: str) -> None:
    """Give every part the name that the cell or the label has for it."""
    follows = not _words(reading.gaps[0]) and bool(_words_outside_brackets(reading.gaps[-1]))
    _lead_in(reading)
    for position in range(1, len(reading.drafts)):
        _share_gap(reading.drafts[position - 1], reading.drafts[position], reading.gaps[position], follows)
    _share_unit_after_brackets(reading)
    _trail(reading)
    _name_from_label(reading.drafts, label)


def _lead_in(reading: Reading) -> None:
    """Words that open the cell name the first part, or are a statement of their own.

    A known name at the statement's end names the number after it: `Samma som länet Snitt 2022: 45 %`.
    """
    gap, first = reading.gaps[0], reading.drafts[0]
    if _is_statement(reading):
        reading.drafts.insert(0, Draft(replace(gap[0], kind=Kind.WORD)))
        reading.gaps[:1] = [[], []]
        last = _words(gap)[-1]
        first.names, first.unread = ([last.text], False) if last.kind is Kind.BREAKDOWN else ([], True)
    else:
        _add_name(first, gap)


def _is_statement(reading: Reading) -> bool:
    """Whether the opening words say something themselves: many without a colon, or two before unnamed numbers."""
    words = _words(reading.gaps[0])
    colons = {lexeme.start for lexeme in reading.gaps[0] if lexeme.kind is Kind.COLON}
    if not words or words[-1].end in colons:
        return False
    known = any(word.kind is Kind.BREAKDOWN for word in words)
    unnamed = len(reading.drafts) > 1 and not any(map(_words, reading.gaps[1:]))
    return len(words) >= LONG_PHRASE or (len(words) > 1 and unnamed and not known)


def _share_gap(before: Draft, after: Draft, gap: list[Lexeme], follows: bool) -> None:
    """Give the words between two parts to the one that they stand for."""
    inside, rest = _split_brackets(gap, opened=before.bracketed)
    _add_name(before, inside)
    if not _words(rest):
        return
    in_one_bracket = before.bracketed and after.bracketed and rest[-1].kind is not Kind.OPEN
    if in_one_bracket:
        follows = all(map(is_part_word, before.names))
    leads = not follows or rest[-1].kind in _BINDS_FORWARD or is_part_word(rest[0].text)
    leads = leads or (after.bracketed and not in_one_bracket)
    opens_on_number = rest[-1].kind is Kind.OPEN
    _add_name(after if leads and not opens_on_number else before, rest)


def _share_unit_after_brackets(reading: Reading) -> None:
    """Give a unit that closes the cell to the figure in brackets before it and the one before that: `14 (16) st`."""
    *_, last = reading.drafts
    gap = reading.gaps[-1]
    if not last.bracketed or [lexeme.kind for lexeme in gap[:-1]] != [Kind.CLOSE]:
        return
    unit = canonical_unit(gap[-1].text)
    if unit:
        del gap[-1]
        for draft in reading.drafts[-2:]:
            draft.unit = draft.unit or unit


def _trail(reading: Reading) -> None:
    """Words that close the cell: the last part's name, its unit, or more than can be understood."""
    last = reading.drafts[-1]
    inside, rest = _split_brackets(reading.gaps[-1], opened=last.bracketed)
    _add_name(last, inside)
    words = _words(rest)
    if not words:
        return
    if not last.is_number:
        last.unread = True
    elif rest[0].kind is Kind.SLASH:
        reading.drafts.append(Draft(replace(words[0], kind=Kind.WORD), joiner=Kind.SLASH))
    else:
        _read_ending(last, words, alone=len(reading.drafts) == 1)


def _read_ending(draft: Draft, words: list[Lexeme], *, alone: bool) -> None:
    """`1 ny` and `3 möten med …` count something; `41 % exkl Arenan` and `11 studier` name a part."""
    if alone and draft.unit is None:
        texts = [word.text for word in words]
        draft.unit = texts[0] if len(texts) == 1 else count_noun(texts)
        draft.unread = len(texts) > 1
    elif len(words) < LONG_PHRASE and (draft.unit == PERCENT or not alone) and draft.joiner is not Kind.OF:
        draft.names.append(_as_printed(words))
    else:
        draft.unread = True


def _split_brackets(gap: list[Lexeme], *, opened: bool) -> tuple[list[Lexeme], list[Lexeme]]:
    """Split a gap into the words inside the brackets that belong to the part before, and the rest.

    A bracket that names a place (`1 (Malmslätt)`) is dropped: it is no part of a whole.
    """
    kinds = [lexeme.kind for lexeme in gap]
    if Kind.CLOSE not in kinds:
        return [], gap
    close = kinds.index(Kind.CLOSE)
    inside, rest = gap[0 if opened else 1 : close], gap[close + 1 :]
    is_place = not opened and bool(inside) and inside[0].kind is Kind.WORD and inside[0].text[0].isupper()
    return [] if is_place else inside, rest


def _words(gap: list[Lexeme]) -> list[Lexeme]:
    return [lexeme for lexeme in gap if lexeme.kind in _WORDS]


def _words_outside_brackets(gap: list[Lexeme]) -> list[Lexeme]:
    opened = all(lexeme.kind is not Kind.OPEN for lexeme in gap)
    return _words(_split_brackets(gap, opened=opened)[1])


def _add_name(draft: Draft, gap: list[Lexeme]) -> None:
    """Name a part by a gap's words, from the first to the last as printed; `Index 78` prints its unit first."""
    places = [position for position, lexeme in enumerate(gap) if lexeme.kind in _WORDS]
    if not places:
        return
    name = _as_printed(gap[places[0] : places[-1] + 1])
    unit = None if gap[places[0]].kind is Kind.BREAKDOWN else canonical_unit(name)
    if unit and draft.unit is None:
        draft.unit = unit
    else:
        draft.names.append(name)


def _as_printed(lexemes: list[Lexeme]) -> str:
    """Join lexemes with a space where the cell has one."""
    text = lexemes[0].text
    for left, right in zip(lexemes, lexemes[1:], strict=False):
        text += (" " if right.start > left.end else "") + right.text
    return text


_BRACKETED_NAMES = re.compile(r"\(([^()/]+(?:/[^()/]+)+)\)")
"""`(K/M)` in a label names the parts of `86/88`; `(kr/inv)` is a unit."""


def _name_from_label(drafts: list[Draft], label: str) -> None:
    """Where the cell prints several values without names, its label may say what they are."""
    names = [] if any(draft.names for draft in drafts) else _label_names(label, drafts)
    if len(names) == len(drafts) > 1:
        for draft, name in zip(drafts, names, strict=True):
            draft.names = [name]
    else:
        _name_wholes(drafts)
        _name_brackets(drafts, label)


def _label_names(label: str, drafts: list[Draft]) -> list[str]:
    """The parts that a label lists with the same sign as the cell: strokes, or `resp`."""
    joiners = {draft.joiner for draft in drafts[1:]}
    bracketed = _BRACKETED_NAMES.search(label)
    names = [name.strip() for name in bracketed[1].split("/")] if bracketed else []
    if (
        joiners == {Kind.SLASH}
        and names
        and all(name.casefold() in read_map("sexes", "phrase", "code") for name in names)
    ):
        return names
    if joiners == {Kind.SLASH}:
        first, *others = (name.strip() for name in label.split("/"))
        return [first.split()[-1] if first else "", *others]
    found = _respective().search(label)
    if joiners == {Kind.AND} and found:
        ending = f" {found[3]}" if found[3] else ""
        return [found[1] + ending, found[2].strip("*") + ending]
    return []


@cache
def _respective() -> re.Pattern[str]:
    """Two names that a label sets against each other: *Andel kvinnor resp män*, *7-15 resp 16-20 år*."""
    between = "|".join(re.escape(row["phrase"]) for row in read_rows("joiners") if row["role"] == "respective")
    ages = "|".join(row["phrase"] for row in read_rows("age_words") if row["role"] == "years")
    return re.compile(rf"(\S+)\s+(?:{between})\s+(\S+)(?:\s+({ages}))?", re.IGNORECASE)


def _name_wholes(drafts: list[Draft]) -> None:
    """`217/1457`: the whole takes its stroke for a name, so that it is not taken for the value."""
    for before, draft in zip([None, *drafts], drafts, strict=False):
        is_count = draft.is_number and draft.unit is None and not draft.names
        if draft.joiner is Kind.SLASH and is_count and (before is None or before.unit is None):
            draft.names = ["/"]


def _name_brackets(drafts: list[Draft], label: str) -> None:
    """Name the numbers in brackets that the cell itself leaves without a name."""
    varav = bracketed_part(label)
    main: Draft | None = None
    for draft, follower in zip(drafts, [*drafts[1:], None], strict=True):
        if not draft.bracketed:
            main = main if draft.joiner is Kind.OF else draft
        elif main is not None and not draft.names:
            is_share = follower is not None and follower.joiner in (Kind.OF, Kind.SLASH)
            _name_bracket(draft, main, varav, is_share=is_share)


def _name_bracket(draft: Draft, main: Draft, varav: str | None, *, is_share: bool) -> None:
    """A number in brackets is a share of the same thing, a part that the label names, or last year's figure."""
    draft.names = list(main.names)
    if is_share or (draft.unit == PERCENT) != (main.unit == PERCENT):
        draft.unread = draft.unit is None
        return
    if varav:
        draft.names = [f"{main.name}, {varav}" if main.name else varav]
    elif draft.period is None:
        draft.unit, draft.last_year = draft.unit or main.unit, True
