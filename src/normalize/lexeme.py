"""What a stretch of a value cell may be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto


class Kind(Enum):
    """What a lexeme is."""

    NUMBER = auto()
    UNIT = auto()
    COMPARATOR = auto()
    COMPARATOR_AFTER = auto()
    DIRECTION = auto()
    MISSING = auto()
    MISSING_ANYWHERE = auto()
    PENDING = auto()
    PRELIMINARY = auto()
    BREAKDOWN = auto()
    PERIOD = auto()
    OPEN = auto()
    CLOSE = auto()
    COLON = auto()
    SLASH = auto()
    DASH = auto()
    AND = auto()
    OF = auto()
    STOP = auto()
    WORD = auto()


ANCHORS = frozenset({Kind.NUMBER, Kind.DIRECTION, Kind.MISSING})
"""What a part of a cell stands around."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A stretch of the cell that means one thing."""

    kind: Kind
    start: int
    end: int
    text: str
    meaning: str = ""
    """Comparator, direction, canonical unit or period."""
    value: Decimal | None = None
    upper: Decimal | None = None
    doubtful: bool = False
