"""What a value cell means: one part for a plain number, several for a compound cell.

The words around a number either lead it (`LSS 44 % IFO 52 %`) or follow it (`19 arbete (11 studier)`).
A cell that opens with words leads; one that opens with a number and closes with words follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from normalize.labels import clean_text
from normalize.lexemes import ANCHORS, Kind, Lexeme, to_lexemes
from normalize.periods import shift_year
from normalize.units import PERCENT, canonical_unit, count_noun, label_unit
from schema.records import Comparator, Direction, Status
from schema.vocabulary import read_rows

LONG_PHRASE = 4
"""So many words or more before a number, without a colon, are a statement of their own, not a breakdown."""
PROSE = 25
"""So many words or more are running text, whatever numbers it mentions."""
UNREAD_WORDS = 0.8
DOUBTFUL_GROUPING = 0.7
ASSUMED_PERIOD = 0.6
NUMBERS_IN_PROSE = 0.6
"""What a part's confidence is multiplied by: words left over; a point that may be a decimal point or a
separator, or a line break inside a number; brackets taken for last year's figure; running text."""

_VARAV = re.compile(r"\((varav [^()]*)\)", re.IGNORECASE)
_RESPECTIVE = re.compile(r"(\S+)\s+(?:resp\.?|respektive)\s+(\S+)(?:\s+(år|åringar))?", re.IGNORECASE)
_DAY_OF_MONTH = 31
_OF_WHICH = frozenset({"varav", "därav"})


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
    confidence: float = 1.0


@dataclass(slots=True)
class _Draft:
    """A part being read."""

    anchor: Lexeme
    comparator: str | None = None
    unit: str | None = None
    period: str | None = None
    direction: str | None = None
    preliminary: bool = False
    bracketed: bool = False
    joiner: Kind | None = None
    """The slash, `av` or `resp` between this part and the one before."""
    breakdown: list[Lexeme] = field(default_factory=list)
    unread: bool = False
    last_year: bool = False
    """A figure in brackets that is taken for the year before."""

    @property
    def name(self) -> str | None:
        """The breakdown's words as printed."""
        return " ".join(lexeme.text for lexeme in self.breakdown) or None


@dataclass(slots=True)
class _Reading:
    """All parts of a cell with the words between them, `gaps[i]` standing before part i."""

    drafts: list[_Draft] = field(default_factory=list)
    gaps: list[list[Lexeme]] = field(default_factory=lambda: [[]])


def parse_cell(
    raw: str,
    *,
    label: str = "",
    parent: str | None = None,
    lines: tuple[str, ...] = (),
    kind: str = "outcome",
    unit: str | None = None,
    column_period: str | None = None,
    legend: tuple[tuple[str, str], ...] = (),
) -> tuple[Part, ...]:
    """Return what a cell means, always at least one part.

    `unit` is the row's own unit column. A `-` means zero only where the report's legend says so.
    """
    text = clean_text(raw).rstrip("*").strip()
    sign = _read_sign(text, legend)
    if sign is not None:
        return (sign,)
    lexemes = to_lexemes(text, column_period=column_period)
    whole = _read_whole(lexemes)
    if whole is not None:
        return (whole,)
    reading = _read_parts(lexemes, column_period)
    _assign_gaps(reading)
    _name_from_label(reading, label)
    stated = canonical_unit(unit) or unit if unit else label_unit(label, parent)
    return _finish(reading, stated, _broken_numbers(lines), column_period)


def dash_is_zero(legend: tuple[tuple[str, str], ...]) -> bool:
    """Whether the report's own legend says that a dash stands for nought."""
    meanings = [meaning.casefold() for sign, meaning in legend if sign.strip() in {"-", "–", "—"}]
    return any(re.search(r"\b(?:noll|0)\b", meaning) for meaning in meanings)


def _read_sign(text: str, legend: tuple[tuple[str, str], ...]) -> Part | None:
    """Read a cell that is nothing but a sign or word for a missing value."""
    folded = re.sub(r"[‐‑‒–—−]", "-", text.casefold())
    if folded == "-" and dash_is_zero(legend):
        return Part(value=Decimal(0))
    if not folded or folded in _whole_words():
        return Part(status="missing")
    return None


def _whole_words() -> frozenset[str]:
    return frozenset(row["phrase"] for row in read_rows("missing") if row["match"] == "whole")


def _read_whole(lexemes: tuple[Lexeme, ...]) -> Part | None:
    """Read a cell that says one thing as a whole: missing, pending, or words."""
    kinds = [lexeme.kind for lexeme in lexemes]
    free_number = _has_free_number(lexemes)
    if kinds[0] is Kind.MISSING and not free_number:
        return Part(status="missing")
    if Kind.MISSING_ANYWHERE in kinds and not free_number:
        return Part(status="missing")
    if Kind.PENDING in kinds and not free_number:
        return Part(status="pending")
    if kinds.count(Kind.WORD) >= PROSE:
        return Part(status="text", confidence=NUMBERS_IN_PROSE if free_number else 1.0)
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
    day = lexemes[0].value
    return day is not None and lexemes[0].text.isdigit() and 1 <= day <= _DAY_OF_MONTH


def _read_parts(lexemes: tuple[Lexeme, ...], column_period: str | None) -> _Reading:
    """Open a part at each number, direction or missing word; give it what stands fast beside it."""
    reading = _Reading()
    comparator: str | None = None
    period: str | None = None
    preliminary = bracketed = False
    for position, lexeme in enumerate(lexemes):
        drafts, gap = reading.drafts, reading.gaps[-1]
        if lexeme.kind in ANCHORS:
            draft = _Draft(lexeme, comparator, None, period, None, preliminary, bracketed)
            joiners = (Kind.SLASH, Kind.OF, Kind.AND) if drafts else (Kind.SLASH,)
            draft.joiner = next((other.kind for other in gap if other.kind in joiners), None)
            comparator, preliminary = None, False
            if not _merge_direction(reading, draft):
                drafts.append(draft)
                reading.gaps.append([])
        elif lexeme.kind is Kind.COMPARATOR:
            comparator = lexeme.meaning
        elif lexeme.kind is Kind.COMPARATOR_AFTER and drafts:
            drafts[-1].comparator = lexeme.meaning
        elif lexeme.kind is Kind.UNIT and drafts and not gap:
            drafts[-1].unit = lexeme.meaning
        elif lexeme.kind is Kind.PERIOD:
            period = _place_period(lexeme, lexemes[position + 1 :], reading, period)
        elif lexeme.kind is Kind.PRELIMINARY:
            preliminary = _place_preliminary(reading)
        elif lexeme.kind in (Kind.OPEN, Kind.CLOSE):
            bracketed = lexeme.kind is Kind.OPEN
            gap.append(lexeme)
        else:
            gap.append(lexeme)
    return reading


def _merge_direction(reading: _Reading, draft: _Draft) -> bool:
    """`Minska till 5 %`, `Ökning med minst 5 %`: one statement with a direction and a number."""
    if len(reading.drafts) != 1 or draft.anchor.kind is not Kind.NUMBER:
        return False
    first, gap = reading.drafts[0], reading.gaps[-1]
    if first.anchor.kind is not Kind.DIRECTION or any(lexeme.kind is Kind.COLON for lexeme in gap):
        return False
    draft.direction, draft.unread, draft.joiner = first.anchor.meaning, len(gap) > 1, None
    reading.drafts[0] = draft
    reading.gaps[-1] = []
    return True


def _place_period(lexeme: Lexeme, following: tuple[Lexeme, ...], reading: _Reading, current: str | None) -> str | None:
    """A period before a colon or before any value holds for what follows, otherwise for the value before it."""
    leads = bool(following) and following[0].kind is Kind.COLON
    if leads or (not reading.drafts and any(other.kind in ANCHORS for other in following)):
        return lexeme.meaning
    if reading.drafts and reading.drafts[-1].anchor.kind is Kind.NUMBER:
        reading.drafts[-1].period = lexeme.meaning
    return current


def _place_preliminary(reading: _Reading) -> bool:
    """After a value the word belongs to it, before one to the next."""
    if reading.drafts:
        reading.drafts[-1].preliminary = True
    return not reading.drafts


def _assign_gaps(reading: _Reading) -> None:
    """Give the words between the parts to the part before or after them."""
    gaps, drafts = reading.gaps, reading.drafts
    follows = not _names(gaps[0]) and bool(_names(gaps[-1], outside=True))
    _lead_in(reading)
    for position in range(1, len(drafts)):
        before, after = drafts[position - 1], drafts[position]
        inside, rest = _split_brackets(gaps[position], opened=before.bracketed)
        _add_names(before, inside)
        if not rest:
            continue
        leads = not follows or rest[-1].kind in (Kind.COLON, Kind.DASH, Kind.OPEN) or after.bracketed
        leads = leads or rest[0].text.casefold() in _OF_WHICH
        if leads and not _stays_behind(rest):
            _add_names(after, rest)
        else:
            _add_names(before, rest)
    _trail(reading)


def _stays_behind(gap: list[Lexeme]) -> bool:
    """`19 arbete (11 studier)`: words before a bracket that opens on a number belong to the number before."""
    return gap[-1].kind is Kind.OPEN and bool(_names(gap))


def _lead_in(reading: _Reading) -> None:
    """Words that open the cell name the first part, or are a statement of their own."""
    gap, first = reading.gaps[0], reading.drafts[0]
    if _is_statement(reading):
        reading.drafts.insert(0, _Draft(replace(gap[0], kind=Kind.WORD)))
        reading.gaps[:1] = [[], []]
        first.unread = True
    else:
        _add_names(first, gap)


def _is_statement(reading: _Reading) -> bool:
    """Whether the opening words say something themselves: many without a colon, or two before unnamed numbers."""
    names = _names(reading.gaps[0])
    colons = {lexeme.start for lexeme in reading.gaps[0] if lexeme.kind is Kind.COLON}
    if not names or names[-1].end in colons:
        return False
    known = any(lexeme.kind is Kind.BREAKDOWN for lexeme in names)
    unnamed = len(reading.drafts) > 1 and not any(_names(gap) for gap in reading.gaps[1:])
    return len(names) >= LONG_PHRASE or (len(names) > 1 and unnamed and not known)


def _trail(reading: _Reading) -> None:
    """Words that close the cell: the last part's name, its unit, or more than can be understood."""
    last = reading.drafts[-1]
    inside, rest = _split_brackets(reading.gaps[-1], opened=last.bracketed)
    _add_names(last, inside)
    if last.anchor.kind is not Kind.NUMBER or not rest:
        last.unread = last.unread or bool(_names(rest))
        return
    if rest[0].kind is Kind.SLASH and len(_names(rest)) > 0:
        reading.drafts.append(_Draft(replace(_names(rest)[0], kind=Kind.WORD), joiner=Kind.SLASH))
        return
    _trailing_words(last, _names(rest), alone=len(reading.drafts) == 1)


def _trailing_words(draft: _Draft, words: list[Lexeme], *, alone: bool) -> None:
    """`1 ny` and `3 möten med …` count something; `41 % exkl Arenan` and `11 studier` name a part."""
    if not words:
        return
    if alone and draft.unit is None:
        texts = [word.text for word in words]
        draft.unit = texts[0] if len(texts) == 1 else count_noun(texts)
        draft.unread = len(texts) > 1
    elif len(words) < LONG_PHRASE and (draft.unit == PERCENT or not alone) and draft.joiner is not Kind.OF:
        draft.breakdown.append(_as_printed(words))
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
    first = 0 if opened else 1
    inside, rest = gap[first:close], gap[close + 1 :]
    if not opened and inside and inside[0].kind is Kind.WORD and inside[0].text[0].isupper():
        inside = []
    return inside, rest


def _names(gap: list[Lexeme], *, outside: bool = False) -> list[Lexeme]:
    """The lexemes of a gap that are words; `outside` leaves out what stands in brackets."""
    if outside:
        gap = _split_brackets(gap, opened=Kind.OPEN not in [lexeme.kind for lexeme in gap])[1]
    return [lexeme for lexeme in gap if lexeme.kind in (Kind.WORD, Kind.BREAKDOWN)]


def _add_names(draft: _Draft, gap: list[Lexeme]) -> None:
    """Name a part by a gap's words, from the first to the last as printed; `Index 78` prints its unit first."""
    named = [position for position, lexeme in enumerate(gap) if lexeme.kind in (Kind.WORD, Kind.BREAKDOWN)]
    if not named:
        return
    name = _as_printed(gap[named[0] : named[-1] + 1])
    unit = canonical_unit(name.text) if name.kind is not Kind.BREAKDOWN else None
    if unit and draft.unit is None:
        draft.unit = unit
    else:
        draft.breakdown.append(name)


def _as_printed(lexemes: list[Lexeme]) -> Lexeme:
    """Join lexemes to one, with a space where the cell has one."""
    text = lexemes[0].text
    for left, right in zip(lexemes, lexemes[1:], strict=False):
        text += (" " if right.start > left.end else "") + right.text
    return replace(lexemes[0], end=lexemes[-1].end, text=text)


def _name_from_label(reading: _Reading, label: str) -> None:
    """Where the cell prints several values without names, its label may say what they are."""
    drafts = reading.drafts
    names = [] if any(draft.breakdown for draft in drafts) else _label_names(label, drafts)
    if len(names) == len(drafts) > 1:
        for draft, name in zip(drafts, names, strict=True):
            draft.breakdown = [replace(draft.anchor, text=name)]
    else:
        _name_wholes(drafts)
        _name_brackets(reading, label)


def _name_wholes(drafts: list[_Draft]) -> None:
    """`217/1457`: the whole takes its stroke for a name, so that it is not taken for the value."""
    for before, draft in zip([None, *drafts], drafts, strict=False):
        is_count = draft.anchor.kind is Kind.NUMBER and draft.unit is None
        if draft.joiner is Kind.SLASH and is_count and (before is None or before.unit is None):
            draft.breakdown = draft.breakdown or [replace(draft.anchor, text="/")]


def _label_names(label: str, drafts: list[_Draft]) -> list[str]:
    """The parts that a label lists with the same sign as the cell: strokes, or `resp`."""
    joiners = {draft.joiner for draft in drafts[1:]}
    if joiners == {Kind.SLASH}:
        names = [name.strip() for name in label.split("/")]
        return [names[0].split()[-1] if names[0] else "", *names[1:]]
    found = _RESPECTIVE.search(label)
    if joiners == {Kind.AND} and found:
        ending = f" {found[3]}" if found[3] else ""
        return [found[1] + ending, found[2].strip("*") + ending]
    return []


def _name_brackets(reading: _Reading, label: str) -> None:
    """Name the numbers in brackets that the cell itself leaves without a name."""
    varav = _VARAV.search(label)
    main: _Draft | None = None
    for draft in reading.drafts:
        if not draft.bracketed:
            main = draft if draft.joiner is not Kind.OF else main
        elif main is not None and not draft.breakdown:
            _name_bracket(draft, main, varav, is_share=_has_fraction(reading, draft))


def _name_bracket(draft: _Draft, main: _Draft, varav: re.Match[str] | None, *, is_share: bool) -> None:
    """A number in brackets is a share of the same thing, a part that the label names, or last year's figure."""
    draft.breakdown = list(main.breakdown)
    if is_share or (draft.unit == PERCENT) != (main.unit == PERCENT):
        return
    if varav:
        text = f"{main.name}, {varav[1]}" if main.name else varav[1]
        draft.breakdown = [replace(draft.anchor, text=text)]
    elif draft.period is None:
        draft.unit, draft.last_year = draft.unit or main.unit, True


def _has_fraction(reading: _Reading, draft: _Draft) -> bool:
    """Whether the next part is the whole that this one is a part of."""
    position = reading.drafts.index(draft) + 1
    return position < len(reading.drafts) and reading.drafts[position].joiner in (Kind.OF, Kind.SLASH)


def _broken_numbers(lines: tuple[str, ...]) -> bool:
    """Whether a line ends and the next begins so that two numbers may have become one."""
    pairs = zip(lines, lines[1:], strict=False)
    return any(left[-1:].isdigit() and re.match(r"\d{3}(?!\d)", right) for left, right in pairs)


def _finish(reading: _Reading, stated_unit: str | None, broken: bool, column_period: str | None) -> tuple[Part, ...]:
    _share_units(reading.drafts)
    parts: list[Part] = []
    figures: list[Part] = []
    for draft in reading.drafts:
        part = _to_part(draft, stated_unit, broken, column_period)
        repeated = draft.bracketed and any(_same_figure(part, other) for other in figures)
        figures.append(part)
        if not repeated and draft.joiner is not Kind.OF:
            parts.append(part)
    return tuple(parts)


def _share_units(drafts: list[_Draft]) -> None:
    """Give a unit printed once to the values before it: `79 resp 84 %`, `8 av 10 brukare`.

    What a value is a part of is no value of its own: it stays in the raw text.
    """
    for draft, follower in reversed(list(zip(drafts, drafts[1:], strict=False))):
        if follower.joiner in (Kind.AND, Kind.OF) and draft.unit is None:
            draft.unit = follower.unit


def _same_figure(part: Part, other: Part) -> bool:
    """`Åtta av tio (8/10)` and `0 (noll)` say the same figures twice."""
    return part.value is not None and (part.value, part.upper, part.unit) == (other.value, other.upper, other.unit)


def _to_part(draft: _Draft, stated_unit: str | None, broken: bool, column_period: str | None) -> Part:
    kind, anchor = draft.anchor.kind, draft.anchor
    if kind is Kind.WORD:
        return Part(breakdown=draft.name, status="text")
    if kind is Kind.MISSING:
        return Part(breakdown=draft.name, status="missing", period=draft.period)
    confidence = UNREAD_WORDS if draft.unread else 1.0
    if kind is Kind.DIRECTION:
        return Part(breakdown=draft.name, direction=anchor.meaning, period=draft.period, confidence=confidence)  # type: ignore[arg-type]
    confidence *= DOUBTFUL_GROUPING if anchor.doubtful or (broken and " " in anchor.text) else 1.0
    confidence *= ASSUMED_PERIOD if draft.last_year else 1.0
    return Part(
        breakdown=draft.name,
        value=anchor.value,
        upper=anchor.upper,
        comparator=draft.comparator,  # type: ignore[arg-type]
        unit=draft.unit or stated_unit,
        direction=draft.direction,  # type: ignore[arg-type]
        status="preliminary" if draft.preliminary else "reported",
        period=shift_year(column_period, -1) if draft.last_year else draft.period,
        confidence=round(confidence, 3),
    )
