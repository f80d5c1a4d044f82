"""A cell's lexemes gathered around its values: each number, direction or missing word with what stands fast by it."""

from __future__ import annotations

from dataclasses import dataclass, field

from normalize.lexeme import ANCHORS, Kind, Lexeme

_JOINERS = frozenset({Kind.SLASH, Kind.OF, Kind.AND})


@dataclass(slots=True)
class Draft:
    """A part of a cell while it is being read."""

    anchor: Lexeme
    """The number, direction, missing word or statement itself."""
    comparator: str | None = None
    unit: str | None = None
    period: str | None = None
    direction: str | None = None
    """A direction that the same statement gives beside its number."""
    preliminary: bool = False
    bracketed: bool = False
    joiner: Kind | None = None
    """The stroke, `av` or `resp` between this part and the one before."""
    names: list[str] = field(default_factory=list)
    """What the cell or the label calls this part."""
    unread: bool = False
    """Words beside it were not understood."""
    last_year: bool = False
    """A figure in brackets that is taken for the year before."""

    @property
    def name(self) -> str | None:
        """The breakdown."""
        return " ".join(self.names) or None

    @property
    def is_number(self) -> bool:
        """Whether the part has a value."""
        return self.anchor.kind is Kind.NUMBER


@dataclass(slots=True)
class Reading:
    """All parts of a cell with the words between them: `gaps[i]` stands before part i, the last after all."""

    drafts: list[Draft] = field(default_factory=list)
    gaps: list[list[Lexeme]] = field(default_factory=lambda: [[]])


def read_drafts(lexemes: tuple[Lexeme, ...]) -> Reading:
    """Open a part at each value; give it its comparator, unit and period, and leave the words in the gaps."""
    reader = _Reader()
    for position, lexeme in enumerate(lexemes):
        reader.place(lexeme, lexemes[position + 1 :])
    return reader.reading


class _Reader:
    """Holds what has been read but not yet given to a part."""

    def __init__(self) -> None:
        self.reading = Reading()
        self.comparator: str | None = None
        self.period: str | None = None
        self.preliminary = False
        self.bracketed = False

    def place(self, lexeme: Lexeme, following: tuple[Lexeme, ...]) -> None:
        """Take the next lexeme."""
        last = self.reading.drafts[-1] if self.reading.drafts else None
        gap = self.reading.gaps[-1]
        match lexeme.kind:
            case kind if kind in ANCHORS:
                self._open(lexeme)
            case Kind.COMPARATOR:
                self.comparator = lexeme.meaning
            case Kind.COMPARATOR_AFTER if last:
                last.comparator = lexeme.meaning
            case Kind.UNIT if last and not gap:
                last.unit = lexeme.meaning
            case Kind.PERIOD:
                self._place_period(lexeme, following)
            case Kind.PRELIMINARY if last:
                last.preliminary = True
            case Kind.PRELIMINARY:
                self.preliminary = True
            case kind:
                self.bracketed = kind is Kind.OPEN or (self.bracketed and kind is not Kind.CLOSE)
                gap.append(lexeme)

    def _open(self, anchor: Lexeme) -> None:
        drafts, gap = self.reading.drafts, self.reading.gaps[-1]
        draft = Draft(anchor, self.comparator, period=self.period)
        draft.preliminary, draft.bracketed = self.preliminary, self.bracketed
        between = [lexeme.kind for lexeme in gap if lexeme.kind in _JOINERS]
        draft.joiner = between[0] if between and (drafts or between[0] is Kind.SLASH) else None
        self.comparator, self.preliminary = None, False
        if not self._merge_direction(draft):
            drafts.append(draft)
            self.reading.gaps.append([])

    def _merge_direction(self, draft: Draft) -> bool:
        """`Minska till 5 %`, `Ökning med minst 5 %`: one statement with a direction and a number."""
        drafts, gap = self.reading.drafts, self.reading.gaps[-1]
        if len(drafts) != 1 or drafts[0].anchor.kind is not Kind.DIRECTION or not draft.is_number:
            return False
        if any(lexeme.kind is Kind.COLON for lexeme in gap):
            return False
        draft.direction, draft.joiner, draft.unread = drafts[0].anchor.meaning, None, len(gap) > 1
        drafts[0] = draft
        gap.clear()
        return True

    def _place_period(self, lexeme: Lexeme, following: tuple[Lexeme, ...]) -> None:
        """Before a colon, or before the first value, a period holds for what follows; else for the value before it."""
        drafts = self.reading.drafts
        leads = bool(following) and following[0].kind is Kind.COLON
        if leads or (not drafts and any(other.kind in ANCHORS for other in following)):
            self.period = lexeme.meaning
        elif drafts and drafts[-1].is_number:
            drafts[-1].period = lexeme.meaning
