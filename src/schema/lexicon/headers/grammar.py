"""The grammar of headers: begins with a header's levels from top to bottom, ends with its scored readings.

In a compound the last part decides, in a phrase the head before its complement; words of comparison outrank what
they compare, modifiers change period or version only, and levels add up. See docs/reading-headers.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

from schema.lexicon.headers.items import items_of
from schema.lexicon.headers.said import COMPARED, Noun, Said, merged, said_by
from schema.lexicon.headers.times import Time
from schema.lexicon.headers.tokens import KEPT
from schema.lexicon.signs import MINUSES
from schema.lexicon.units import is_share_unit, money_units

SURE = 1.0
LIKELY = 0.8
"""Score of the reading that a header of two meanings most often has."""
OPEN = 0.4
"""Score of readings between which the words do not tell."""
LESS = 0.2
"""Score of a reading that only other evidence can raise."""
WORD_ROLES = frozenset({"comment", "assessment", "source", "trend", "status", "other", "note", "number", "unit"})
"""Roles of columns of words; before a kind they are the head (*Kommentar budgetavvikelse*)."""
MEASURED = frozenset({"outcome", "budget", "forecast", "plan", "target"})
"""Kinds that no header names of another: a variance may be of any."""
WEAK = frozenset({"value", "measure"})
"""Classes of nouns that leave open what kind the numbers are."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a header, with its score among the others."""

    role: str
    """A role of `header_words.csv`; `value` for a column of values, `blank`, `unknown`, `goal`."""
    kind: str | None = None
    """What the values are; None where the header does not say."""
    score: float = SURE
    time: Time = Time()
    basis: tuple[str, ...] = ()
    """What a comparison compares."""
    also: str | None = None
    """The kind of the second figure in each cell: `Mål (utfall)`."""
    measure: str | None = None
    """`income`, `cost`, `net`, `gross` or `result`."""
    unit: str | None = None
    part: str | None = None
    """The part of the whole, as printed."""
    sex: str | None = None
    unknown: tuple[str, ...] = ()
    """Words that the vocabulary lacks."""
    is_change: bool = False
    """It names an earlier time that the values are a change from."""
    is_frame: bool = False
    """The kind is that of money given: a budget as a column, an income as a row."""
    is_granted: bool = False
    """A participle alone says the kind, of something else than money: *Beviljade timmar*."""
    is_sum: bool = False
    """It is the total of something."""
    is_difference: bool = False
    """It compares without a word on what: *Diff*."""

    @property
    def is_value(self) -> bool:
        """Whether the column holds values."""
        return self.role == "value"

    @property
    def is_money(self) -> bool:
        """Whether the header prints a unit of money."""
        return self.unit in money_units()

    @property
    def is_new(self) -> bool:
        """Whether the header says nothing but words that the vocabulary lacks."""
        return bool(self.unknown) and self.kind is None and self.part in (None, " ".join(self.unknown))


Path = Sequence[str] | str


def read_header(path: Path) -> tuple[Reading, ...]:
    """Return the readings of a header, its levels from top to bottom; the surest first."""
    levels = (path,) if isinstance(path, str) else tuple(path)
    return _read(_own(_whole(levels)))


def _own(levels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the last level alone where it names kind and year, and the levels above a kind of that year as well.

    A header beside those of a group may stand below its line: *Mål 2024* right of *Utfall 2024* over two columns.
    """
    above, own = (_read(part)[0] if part else Reading("blank") for part in (levels[:-1], levels[-1:]))
    whole = all(r.is_value and r.kind in MEASURED and r.score >= LIKELY and r.time.years for r in (above, own))
    return levels[-1:] if whole and above.kind != own.kind else levels


def _whole(levels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the levels; one that ends with a dash or a preposition goes on in the next: `Förändring mot`, `2023`."""
    whole: list[str] = []
    for level in levels:
        if whole and (_is_open(whole[-1]) or _ends_span(level)):
            whole[-1] = f"{whole[-1]} {level}"
        else:
            whole.append(level)
    return tuple(whole)


def _is_open(level: str) -> bool:
    """Whether a level ends with a dash or a preposition."""
    prepositions = ("before", "against")
    last = items_of(level)[-1:]
    is_preposition = any(i.cls in prepositions or (i.cls, i.meaning) == ("time", "through") for i in last)
    return is_preposition or level.rstrip().endswith(tuple(MINUSES))


def _ends_span(level: str) -> bool:
    """Whether a level is the end of a span of days: *–2024-12-31*."""
    is_of_figures = any(map(str.isdecimal, level)) and not any(map(str.isalpha, level))
    return is_of_figures and level.lstrip().startswith(tuple(MINUSES))


def best_reading(path: Path) -> Reading:
    """Return the surest reading."""
    return read_header(path)[0]


@lru_cache(maxsize=KEPT)
def _read(levels: tuple[str, ...]) -> tuple[Reading, ...]:
    said = reduce(merged, map(said_by, levels), Said())
    readings = sorted(_readings(said), key=lambda reading: -reading.score)
    return tuple(readings) or _unread(said)


def _unread(said: Said) -> tuple[Reading, ...]:
    """An empty header, or one of unknown words: of figures below it they name a part."""
    if not said.is_filled:
        return (Reading("blank"),)
    unknown = tuple(said.unknown)
    return Reading("unknown", unknown=unknown), Reading(
        "value", None, LESS, part=_part(said), sex=said.sex, unknown=unknown
    )


def _readings(said: Said) -> Iterator[Reading]:
    roles = [noun for noun in said.nouns if noun.cls in ("role", "bare_role", "project", "goal", "aim")]
    kinds = list(_kinds(said))
    role = _role(said, roles)
    if kinds:
        words_first = role is not None and role[0] in WORD_ROLES and _is_head(said, roles[0])
        for kind, score in kinds:
            yield _value(said, kind, score * (OPEN if words_first else SURE))
        if role is not None:
            yield Reading(role[0], score=LIKELY if words_first else LESS)
        return
    if role is not None:
        yield Reading(role[0], score=role[1], time=said.whole_time, part=_part(said), unknown=tuple(said.unknown))
        yield _value(said, "target" if said.has("goal", "aim") else None, OPEN)
    elif _speaks_of_values(said):
        yield _value(said, None, SURE if not said.unknown else LIKELY)
        if said.has("measure") and said.whole_time.is_empty:
            yield Reading("line", score=OPEN)


def _is_head(said: Said, role: Noun) -> bool:
    """Whether a role of words comes before the kind, or is what is forecast: *Prognos måluppfyllelse*."""
    kinds = [noun for noun in said.nouns if noun.cls in ("kind", "frame", "comparison")]
    is_judged = role.meaning == "assessment" and [noun.meaning for noun in kinds] == ["forecast"] and not said.unit
    return is_judged or role.place < min((noun.place for noun in kinds), default=role.place + 1)


def _role(said: Said, roles: Sequence[Noun]) -> tuple[str, float] | None:
    """Return the role that the nouns name, the first of them the head; a bare one has no other word beside it."""
    for noun in roles:
        if noun.cls == "aim":
            return noun.meaning, LESS if _is_dated(said) else OPEN + LESS / 2
        if noun.cls in ("role", "goal") or not (said.unknown or said.parts and noun.meaning != "note"):
            return noun.meaning, SURE
    return None


def _speaks_of_values(said: Said) -> bool:
    """Whether a header without kind or role heads values: by a time, part, measure, sum or unit."""
    if not said.whole_time.is_empty:
        return True
    return not said.has_figures and bool(said.parts or said.stances or said.unit or said.is_sum or said.has(*WEAK))


def _value(said: Said, kind: str | None, score: float) -> Reading:
    measure = next((noun.meaning for noun in said.nouns if noun.cls == "measure"), None)
    also = next((found for found in said.bracketed if found != kind), None)
    return Reading(
        "value",
        kind,
        score,
        time=_time(said, kind),
        basis=tuple(dict.fromkeys(_compared(said))) if kind in ("variance", "effect") else (),
        also=also if kind not in ("variance", "effect") else None,
        measure=measure,
        unit=said.unit,
        part=_part(said),
        sex=said.sex,
        unknown=tuple(said.unknown),
        is_change=kind == "effect" and not said.base_time.is_empty,
        is_frame=said.has("frame") and not said.has("kind", "comparison"),
        is_granted=_is_granted(said),
        is_sum=said.is_sum,
        is_difference=any(noun.meaning == "difference" for noun in said.nouns) and not any(_compared(said)),
    )


def _is_granted(said: Said) -> bool:
    """Whether no noun says the kind, but a participle of something that is counted or named."""
    is_named = any(noun.cls in ("role", "bare_role") and noun.meaning != "volume" for noun in said.nouns)
    is_counted = said.unit is not None and said.unit not in money_units() and not is_share_unit(said.unit)
    return bool(said.stances) and (is_named or is_counted) and not said.has("kind", "frame", "comparison")


def _compared(said: Said) -> Iterator[str]:
    """The kinds that a comparison names, in its complement, beside it or before it in a compound."""
    yield from said.against
    yield from said.first
    yield from (noun.meaning for noun in said.nouns if noun.cls in ("kind", "frame"))
    yield from said.stances


def _part(said: Said) -> str | None:
    """The words for parts, with the unknown words beside them, as printed."""
    return " ".join(text for _, text in sorted(said.words)) or None if said.words else None


def _time(said: Said, kind: str | None) -> Time:
    """The header's time; a project's whole and a measurement of no stated day are undated."""
    time = said.whole_time
    if time.years or time.months or time.shift:
        return time
    is_whole = said.is_project and kind is not None and (said.is_sum or time.extent is None)
    is_measured = said.is_previous and kind in (None, "outcome")
    if said.is_previous and kind == "forecast" and time.extent == "month":
        return Time()  # the month in which it was made
    return Time(extent="undated") if is_whole or is_measured else time


def _kinds(said: Said) -> Iterator[tuple[str, float]]:
    """Yield the kinds that the words allow, with their scores."""
    comparison = next((noun for noun in said.nouns if noun.cls == "comparison"), None)
    strong = [noun for noun in said.nouns if noun.cls in ("kind", "frame")]
    if comparison is not None:
        yield _comparison_kind(said, comparison), SURE
    elif any(noun.meaning == "effect" for noun in strong):
        yield "effect", SURE
    elif strong:
        yield from _weighed(strong, said.stances)
    elif "budget" in said.against and said.has("measure"):
        yield "variance", LIKELY
    elif said.stances:
        yield said.stances[0], SURE if not said.unknown else LIKELY - LESS / 2
    elif said.is_decided and said.has("measure"):
        yield "budget", LIKELY
    elif said.has("aim") and (said.bracketed or _is_dated(said)):
        yield "target", LIKELY


def _is_dated(said: Said) -> bool:
    return not said.whole_time.is_empty or said.has("value")


def _comparison_kind(said: Said, noun: Noun) -> str:
    """A change against a budget is a variance; a difference between years, or to an earlier one, is a change.

    One against or between forecasts is of the forecast.
    """
    if noun.meaning == "effect":
        return "variance" if COMPARED & set(said.against) - {"forecast"} else "effect"
    if any(_compared(said)):
        return "variance"
    years = said.time.years
    spans = noun.meaning == "difference" and years is not None and years[0] != years[1]
    return "effect" if spans or said.base_time.shift or said.base_time.years else "variance"


def _weighed(strong: Sequence[Noun], stances: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield the kinds of one or several nouns; a participle decides only what an outcome is."""
    meanings = list(dict.fromkeys(noun.meaning for noun in strong))
    if meanings == ["outcome"] and stances:
        yield stances[0], SURE
    elif len(meanings) == 1:
        yield meanings[0], SURE
    elif "proposal" in meanings:
        yield "proposal", SURE
    else:
        yield from _between(meanings[0], meanings[1], {noun.joined for noun in strong[1:]})


def _between(first: str, second: str, joined: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Two kinds side by side: with a bare dash they are open, else the head comes first."""
    signs = set(joined)
    if "minus" in signs or "or" in signs:
        yield from ((kind, OPEN) for kind in (first, second, "variance"))
    elif {first, second} == {"outcome", "forecast"}:
        yield from (("forecast", LIKELY), ("outcome", LESS))
    else:
        yield from ((first, LIKELY), (second, LESS))
