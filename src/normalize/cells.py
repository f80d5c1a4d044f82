"""What a value cell means: one part for a plain number, several for a compound cell.

The text becomes lexemes, the lexemes drafts around their numbers, the drafts take the words that name them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import cast

from normalize.gather import Draft, read_drafts
from normalize.lexeme import ANCHORS, Kind, Lexeme
from normalize.part_names import name_drafts
from normalize.split import CELLS_KEPT, to_lexemes
from normalize.units import label_unit, title_unit, words_of_time
from schema.lexicon.figures import opens_with_group
from schema.lexicon.labels import is_sex_label
from schema.lexicon.numbers import find_numbers, with_sign_in_front, without_tolerance
from schema.lexicon.periods import DAYS_OF_MONTH, is_date_or_time, shift_year
from schema.lexicon.signs import MINUSES
from schema.lexicon.text import clean_text
from schema.lexicon.units import canonical_unit
from schema.lexicon.words import words
from schema.records import Comparator, Direction, Status
from schema.vocabulary import read_rows

PROSE = 25
"""So many words or more are running text, whatever numbers it mentions."""
TWO_THINGS = 0.4
"""Confidence in numbers of different units that no word tells apart."""
UNREAD_WORDS = 0.8
"""Confidence where words beside the value were not understood."""
DOUBTFUL_GROUPING = 0.7
"""Confidence where a point may be a separator or a decimal point, or a line breaks inside a number."""
NUMBERS_IN_PROSE = 0.6
"""Confidence in a text that holds numbers."""
ASSUMED_PERIOD = 0.6
"""Confidence where brackets are taken for last year's figure."""

Legend = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One number, direction or statement of a value cell."""

    breakdown: str | None = None
    value: Decimal | None = None
    upper: Decimal | None = None
    comparator: Comparator | None = None
    unit: str | None = None
    direction: Direction | None = None
    status: Status = "reported"
    period: str | None = None
    """Only where the cell itself names a period."""
    confidence: float = 1.0


def parse_cell(
    raw: str,
    *,
    label: str = "",
    parent: str | None = None,
    unit: str | None = None,
    column: str = "",
    counts: str | None = None,
    title: str = "",
    lines: tuple[str, ...] = (),
    column_period: str | None = None,
    legend: Legend = (),
) -> tuple[Part, ...]:
    """Return what a cell means, always at least one part.

    `unit` is the row's own unit or its column's; without one the label's or the parent's counts, then what the header
    of the column counts, then what `counts` or the table's `title` says of all its rows. *(år)* in a header is no unit
    of cells that print a year of their own.
    A `-` means zero only where the report's legend says so.
    """
    printed, text, is_time = _text_of(raw)
    if is_time:
        return (Part(status="text"),)
    lexemes = to_lexemes(text, column_period=column_period)
    whole = _read_sign(text, legend) or _read_whole(lexemes)
    if whole is not None:
        return (whole,)
    reading = read_drafts(lexemes)
    name_drafts(reading, label)
    _share_units(reading.drafts)
    named = _named_unit(column, counts) or title_unit(title)
    if named in words_of_time() and any(draft.period for draft in reading.drafts):
        named = None
    stated = _row_unit(unit, label, parent) if unit else label_unit(label, parent) or named
    certainty = DOUBTFUL_GROUPING if _breaks_number(lines) else 1.0
    for draft in reading.drafts if text != printed else ():
        draft.unread = True
    read = [(draft, _to_part(draft, stated, certainty, column_period)) for draft in reading.drafts]
    parts = _without_repeats(read)
    return _doubted(parts) if _measure_two_things(read) else parts


@lru_cache(maxsize=CELLS_KEPT)
def _text_of(raw: str) -> tuple[str, str, bool]:
    """Return a cell's text, the same as it is read, and whether it is but a day or time."""
    printed = clean_text(raw).rstrip("*").strip()
    text = with_sign_in_front(without_tolerance(printed))
    return printed, text, is_date_or_time(text)


def _measure_two_things(read: Sequence[tuple[Draft, Part]]) -> bool:
    """Whether numbers of one name and time have different units, as cells of two rows have that became one."""
    units: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for draft, part in read:
        if part.unit and not draft.bracketed:
            units[part.breakdown, part.period].add(part.unit)
    return any(len(found) > 1 for found in units.values())


def _doubted(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(replace(part, confidence=round(part.confidence * TWO_THINGS, 3)) for part in parts)


def _row_unit(unit: str, label: str, parent: str | None) -> str:
    """Return what a column of units says; a phrase that is none (*Medelvärde av antal*) leaves it to the label."""
    found = canonical_unit(unit) or label_unit(unit)
    return found or (label_unit(label, parent) if len(unit.split()) > 1 else None) or unit


def _named_unit(*headers: str | None) -> str | None:
    """Return what the headers count, by the first that counts anything but a sex: *Antal kvinnor* is of no unit."""
    units = (label_unit(header) for header in headers if header)
    return next((unit for unit in units if unit and not is_sex_label(unit)), None)


def dash_is_zero(legend: Legend) -> bool:
    """Whether the report's own legend says that a dash stands for nought."""
    meanings = [meaning.casefold() for sign, meaning in legend if sign.strip() and not sign.strip().strip(MINUSES)]
    return any(_says_nought(meaning) for meaning in meanings)


def _says_nought(meaning: str) -> bool:
    return bool(words("numerals", value="0").find(meaning)) or any(n.value == 0 for n in find_numbers(meaning))


def _read_sign(text: str, legend: Legend) -> Part | None:
    """Read a cell that is nothing but a sign or word for a missing value."""
    folded = re.sub(f"[{MINUSES}]", "-", text.casefold())
    if folded == "-" and dash_is_zero(legend):
        return Part(value=Decimal(0))
    if not folded or folded in _missing_signs():
        return Part(status="missing")
    return None


@cache
def _missing_signs() -> frozenset[str]:
    return frozenset(row["phrase"] for row in read_rows("missing") if row["match"] == "whole")


def _read_whole(lexemes: tuple[Lexeme, ...]) -> Part | None:
    """Read a cell that says one thing as a whole: missing, pending, or words."""
    kinds = [lexeme.kind for lexeme in lexemes]
    has_number = _has_free_number(lexemes)
    if not has_number and (kinds[:1] == [Kind.MISSING] or Kind.MISSING_ANYWHERE in kinds):
        return Part(status="missing")
    if not has_number and Kind.PENDING in kinds:
        return Part(status="pending")
    if kinds.count(Kind.WORD) >= PROSE:
        return Part(status="text", confidence=NUMBERS_IN_PROSE if has_number else 1.0)
    if not any(kind in ANCHORS for kind in kinds) or _is_date(lexemes):
        return Part(status="text")
    return None


def _has_free_number(lexemes: tuple[Lexeme, ...]) -> bool:
    """Whether a number stands outside brackets."""
    depth = 0
    for lexeme in lexemes:
        depth += (lexeme.kind is Kind.OPEN) - (lexeme.kind is Kind.CLOSE)
        if lexeme.kind is Kind.NUMBER and depth == 0:
            return True
    return False


def _is_date(lexemes: tuple[Lexeme, ...]) -> bool:
    """`15 mars 2023`: a day, not fifteen of something."""
    if len(lexemes) != 2 or lexemes[1].kind is not Kind.PERIOD or "-" not in lexemes[1].meaning:
        return False
    return lexemes[0].text.isdigit() and 1 <= int(lexemes[0].text) <= DAYS_OF_MONTH


def _share_units(drafts: list[Draft]) -> None:
    """Give a unit printed once to the value before it: `79 resp 84 %`, `8 av 10 brukare`."""
    for draft, follower in reversed(list(zip(drafts, drafts[1:], strict=False))):
        if follower.joiner in (Kind.AND, Kind.OF) and draft.unit is None:
            draft.unit = follower.unit


def _breaks_number(lines: tuple[str, ...]) -> bool:
    """Whether a line ends and the next begins so that two numbers may have become one."""
    pairs = zip(lines, lines[1:], strict=False)
    return any(left[-1:].isdigit() and opens_with_group(right) for left, right in pairs)


def _to_part(draft: Draft, stated_unit: str | None, certainty: float, column_period: str | None) -> Part:
    """Return a draft as a part; only numbers have units."""
    match draft.anchor.kind:
        case Kind.NUMBER:
            return _number_part(draft, stated_unit, certainty, column_period)
        case Kind.DIRECTION:
            direction = cast(Direction, draft.anchor.meaning)
            confidence = UNREAD_WORDS if draft.unread else 1.0
            return Part(draft.name, direction=direction, period=draft.period, confidence=confidence)
        case Kind.MISSING:
            return Part(draft.name, status="missing", period=draft.period)
        case _:
            return Part(draft.name, status="text")


def _number_part(draft: Draft, stated_unit: str | None, certainty: float, column_period: str | None) -> Part:
    confidence = certainty if any(char.isspace() for char in draft.anchor.text) else 1.0
    confidence *= DOUBTFUL_GROUPING if draft.anchor.doubtful else 1.0
    confidence *= ASSUMED_PERIOD if draft.last_year else 1.0
    confidence *= UNREAD_WORDS if draft.unread else 1.0
    return Part(
        breakdown=draft.name,
        value=draft.anchor.value,
        upper=draft.anchor.upper,
        comparator=cast(Comparator | None, draft.comparator),
        unit=draft.unit or stated_unit,
        direction=cast(Direction | None, draft.direction),
        status="preliminary" if draft.preliminary else "reported",
        period=shift_year(column_period, -1) if draft.last_year else draft.period,
        confidence=round(confidence, 3),
    )


def _without_repeats(read: list[tuple[Draft, Part]]) -> tuple[Part, ...]:
    """Leave out what a value is a part of (`8 av 10`), and figures said twice (`Åtta av tio (8/10)`, `0 (noll)`)."""
    kept: list[Part] = []
    said: set[tuple[Decimal | None, Decimal | None, str | None]] = set()
    for draft, part in read:
        figure = (part.value, part.upper, part.unit)
        repeats = draft.bracketed and draft.is_number and figure in said
        said.add(figure)
        if not repeats and draft.joiner is not Kind.OF:
            kept.append(part)
    return tuple(kept)
