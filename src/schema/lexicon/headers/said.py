"""What one level of a header says, its head apart from its complements: begins with items, ends with a `Said`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from schema.lexicon.headers.items import Item, items_of
from schema.lexicon.headers.times import Extent, Time
from schema.lexicon.headers.words import Entry
from schema.vocabulary import read_map

COMPARED = frozenset({"budget", "forecast", "plan", "target", "proposal"})
"""Kinds that a variance is against; what is said of their time holds for the variance."""
CITATION = ["open", "unknown", "when", "close"]
"""Items of brackets that name a paper: *(Sweco 2022)*."""
EXTENTS: dict[str, Extent] = {
    "year": "year",
    "to_date": "to_date",
    "through": "to_date",
    "within": "within",
    "rolling": "rolling",
    "month": "month",
    "undated": "undated",
    "later": "later",
    "earlier": "earlier",
}


@dataclass(frozen=True, slots=True)
class Noun:
    """A word that says what the column is, where it stands among the others."""

    cls: str
    meaning: str
    place: int
    joined: str = ""
    """How it is joined to the noun before it: `minus`, `or`, `and`, or not at all."""


@dataclass(slots=True)
class Said:
    """All that a level says; kinds and roles are still to be weighed."""

    nouns: list[Noun] = field(default_factory=list)
    """Kinds, frames, comparisons, goals, roles, measures and values of the head, in order."""
    bracketed: list[str] = field(default_factory=list)
    """Kinds in brackets after the head."""
    against: list[str] = field(default_factory=list)
    """Kinds in the complements: what a comparison is made with."""
    first: list[str] = field(default_factory=list)
    """Kinds in the first parts of compounds."""
    time: Time = Time()
    later_time: Time = Time()
    """What complements say of time; it holds where the head leaves it open."""
    base_time: Time = Time()
    """What a comparison is made from: never the column's own."""
    stances: list[str] = field(default_factory=list)
    unit: str | None = None
    sex: str | None = None
    parts: list[str] = field(default_factory=list)
    """Words for parts, as printed."""
    unknown: list[str] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)
    """Parts and unknown words with their place, as printed."""
    has_figures: bool = False
    """Numbers stand in it that are no time, part or mark."""
    is_previous: bool = False
    is_project: bool = False
    is_sum: bool = False
    is_decided: bool = False
    """Somebody decided on it: *Beslutad utgift*."""
    is_filled: bool = False
    """Something was printed."""

    def has(self, *classes: str) -> bool:
        """Whether a noun of one of the classes stands in the head."""
        return any(noun.cls in classes for noun in self.nouns)

    @property
    def whole_time(self) -> Time:
        """The head's time, completed by its complements'."""
        return self.time.over(self.later_time)


def said_by(text: str) -> Said:
    """Return what a level of a header says."""
    reader = _Reader(_without_asides(items_of(text)))
    return reader.read()


def _without_asides(items: Sequence[Item]) -> Sequence[Item]:
    """Leave out what says that other figures stand in brackets, and the years of papers that are named there.

    *(föregående år inom parentes)*, *(Sweco 2022)*.
    """
    items = [item for place, item in enumerate(items) if not _is_cited(items, place)]
    aside = next((place for place, item in enumerate(items) if item.cls == "aside"), None)
    if aside is None:
        return items
    start = next((at for at in range(aside, -1, -1) if items[at].cls in ("open", "stop")), 0)
    return [*items[:start], *items[aside + 1 :]]


def _is_cited(items: Sequence[Item], place: int) -> bool:
    """Whether a year follows a name in brackets, in a header of nothing but unknown words."""
    around = [item.cls for item in items[max(place - 2, 0) : place + 2]]
    return around == CITATION and {item.cls for item in items} <= {*CITATION, "filler", "stop"}


class _Reader:
    """One pass over the items, left to right."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.said = Said(is_filled=bool(items))
        self.depth = 0
        self.complement: str | None = None
        """`before` or `against` once a preposition has closed the head."""
        self.joined = ""
        self.owned = False
        """A genitive stands before the noun to come."""

    def read(self) -> Said:
        for place, item in enumerate(self.items):
            self._take(place, item)
        if self.complement == "against":
            self._settle_against()
        return self.said

    def _take(self, place: int, item: Item) -> None:
        if item.cls in ("open", "close"):
            self.depth += 1 if item.cls == "open" else -1
        elif item.cls in ("before", "against"):
            if self._is_transparent(place):
                self._add_side(place, item.meaning)
            else:
                self.complement = "against" if item.cls == "against" else self.complement or "before"
        elif item.cls == "joiner":
            self.joined = item.meaning
            return
        else:
            self._take_word(place, item)
        self.joined = ""

    def _is_transparent(self, place: int) -> bool:
        """A preposition before a time or unit opens no complement: *Mål för 2024*, *i tkr*, *per 31 aug*."""
        if self.items[place].cls == "against":
            return False
        following = next((i for i in self.items[place + 1 :] if i.cls != "filler"), None)
        return following is None or following.cls in ("when", "unit", "time")

    def _add_side(self, place: int, side: str) -> None:
        """A preposition before a year may take all on one side of it: *Efter 2028*; after a month it says no more."""
        time = next((item.time for item in self.items[place + 1 :] if item.cls == "when"), Time())
        if time.years and not time.months:
            self._add_time(_time_of(side))

    def _take_word(self, place: int, item: Item) -> None:
        self._add_first(item.first)
        if item.cls == "owner":
            self.owned = True
        elif item.cls == "when":
            self._add_time(item.time)
        elif item.cls in ("time", "term"):
            self._add_time(_time_of(item.meaning) if item.cls == "time" else Time())
        elif item.cls == "unit":
            if not self._is_limit(place):
                self.said.unit = self.said.unit or item.meaning
        elif item.cls == "stance" and self.complement is None:
            self.said.stances.append(item.meaning)
        elif item.cls == "previous":
            self.said.is_previous = self.said.is_previous or self.complement is None
        elif item.cls == "sum":
            self.said.is_sum = True
        elif item.cls == "number":
            self.said.has_figures = True
        elif (item.cls, item.meaning) == ("basis", "decided"):
            self.said.is_decided = self.said.is_decided or self.complement is None
        elif item.cls in ("part", "unknown"):
            self._add_part(place, item)
        elif item.cls not in ("basis", "filler", "stop", "mark", "stance"):
            self._add_noun(place, item)

    def _is_limit(self, place: int) -> bool:
        """Whether a unit counts a number of the header's own: *>60 dagar*, *inom 90 dagar*."""
        return place > 0 and self.items[place - 1].cls == "number"

    def _add_time(self, time: Time) -> None:
        if self.complement is None or self.depth:
            self.said.time = self.said.time.over(time)
        elif self.complement == "before":
            self.said.later_time = self.said.later_time.over(time)
        else:
            self.said.base_time = self.said.base_time.over(time)

    def _add_first(self, first: Sequence[Entry]) -> None:
        """What the first parts of a compound say of time, measure or what is compared."""
        for entry in first:
            if entry.cls in ("kind", "frame", "aim"):
                self.said.first.append("target" if entry.cls == "aim" else entry.meaning.split()[0])
            elif entry.cls == "filler" and entry.meaning or entry.cls == "time":
                self._add_time(_time_of(entry.meaning))
            elif entry.cls == "project":
                self.said.is_project = True
            elif entry.cls == "sum":
                self.said.is_sum = True

    def _add_part(self, place: int, item: Item) -> None:
        if self.complement is not None and not self.depth:
            return
        self.said.words.append((place, item.text))
        if item.cls == "unknown":
            self.said.unknown.append(item.text)
            return
        self.said.parts.append(item.text)
        if item.meaning == "sex":
            self.said.sex = read_map("sexes", "phrase", "code").get(item.text.casefold()) or self.said.sex

    def _add_noun(self, place: int, item: Item) -> None:
        meaning, *rest = item.meaning.split() or [""]
        if self.complement is not None and not self.depth:
            if item.cls in ("kind", "frame", "aim"):
                self.said.against.append("target" if item.cls == "aim" else meaning)
            return
        for extent in rest:
            self.said.later_time = self.said.later_time.over(_time_of(extent))
        if self.depth and item.cls in ("kind", "frame") and self.said.nouns:
            self.said.bracketed.append(meaning)
        elif not self.depth or not self.said.nouns:
            self.said.is_project = self.said.is_project or item.cls == "project"
            self.said.nouns.append(self._noun(place, item, meaning))

    def _noun(self, place: int, item: Item, meaning: str) -> Noun:
        """A noun that only says that numbers stand here is what the first part of its compound is."""
        first = item.first[-1] if item.first else None
        if item.cls == "value" and first is not None and first.cls in ("kind", "frame", "aim", "stance"):
            return Noun("kind", "target" if first.cls == "aim" else first.meaning.split()[0], place, self.joined)
        cls = "goal" if item.cls == "aim" and self.owned else item.cls
        self.owned = False
        return Noun(cls, meaning, place, self.joined)

    def _settle_against(self) -> None:
        """The time of what is compared with is the column's where it is a budget, forecast or target of it."""
        said = self.said
        if COMPARED & {*said.against, *said.first} and not said.base_time.shift:
            said.later_time = said.later_time.over(said.base_time)


def _time_of(meaning: str) -> Time:
    if meaning == "last_year":
        return Time(shift=-1)
    return Time(extent=EXTENTS[meaning]) if meaning in EXTENTS else Time()


def merged(upper: Said, lower: Said) -> Said:
    """Return what two levels say together: the lower one's kind, and what it leaves open from the upper."""
    if not lower.is_filled or not upper.is_filled:
        return lower if lower.is_filled else upper
    nouns = _stacked(upper, lower)
    return Said(
        nouns=nouns,
        bracketed=lower.bracketed or upper.bracketed,
        against=[*lower.against, *upper.against],
        first=[*lower.first, *upper.first, *(n.meaning for n in upper.nouns if n.cls in ("kind", "frame"))],
        time=lower.time.over(upper.time),
        later_time=lower.later_time.over(upper.later_time),
        base_time=lower.base_time,
        stances=[*lower.stances, *upper.stances],
        unit=lower.unit or upper.unit,
        sex=lower.sex or upper.sex,
        parts=[*upper.parts, *lower.parts],
        unknown=[*upper.unknown, *lower.unknown],
        words=[*((place - 1000, text) for place, text in upper.words), *lower.words],
        has_figures=lower.has_figures or upper.has_figures,
        is_previous=lower.is_previous or upper.is_previous,
        is_project=lower.is_project or upper.is_project,
        is_sum=lower.is_sum or upper.is_sum,
        is_decided=lower.is_decided or upper.is_decided,
        is_filled=True,
    )


def _stacked(upper: Said, lower: Said) -> list[Noun]:
    """The nouns of both levels: a comparison on either outranks, else the lower level's kind alone counts."""
    kinds = ("kind", "frame", "comparison")
    above = [replace(noun, place=noun.place - 1000) for noun in upper.nouns]
    if lower.has(*kinds) and not (upper.has("comparison") and not lower.has("comparison")):
        return [*(noun for noun in above if noun.cls not in kinds), *lower.nouns]
    return [*above, *lower.nouns]
