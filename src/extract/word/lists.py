"""The numbers that Word sets before the items of lists and before headings: they stand in no text of the file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from extract.word.xml import Element, W, child, number, value

ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"
NO_NUMBER = ("bullet", "none")
NO_LIST = "0"
"""The list of a paragraph that its style would number and that is not."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    style: str = "decimal"
    pattern: str = ""
    """What is printed, `%1.%2` for the numbers of the first two levels."""
    start: int = 1


class Lists:
    """The lists of a document, counted while its paragraphs are read in order."""

    def __init__(self, numbering: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = defaultdict(dict)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is None:
            return
        for abstract in numbering.iter(f"{W}abstractNum"):
            levels = {number(one.get(f"{W}ilvl")): level_of(one) for one in abstract.iter(f"{W}lvl")}
            self._levels[abstract.get(f"{W}abstractNumId")] = levels
        for one in numbering.iter(f"{W}num"):
            self._lists[one.get(f"{W}numId")] = value(one, "abstractNumId") or ""
            for changed in one.iter(f"{W}lvlOverride"):
                if start := value(changed, "startOverride"):
                    self._starts[one.get(f"{W}numId")][number(changed.get(f"{W}ilvl"))] = number(start)

    def holds(self, list_id: str | None) -> bool:
        """Whether a list is one: its paragraphs are items."""
        return list_id is not None and list_id != NO_LIST and list_id in self._lists

    def next_label(self, list_id: str, level: int) -> str:
        """Return what Word prints before the next item at a level of a list; nothing for a bullet."""
        abstract = self._lists[list_id]
        levels, counts = self._levels.get(abstract, {}), self._counts[abstract]
        starts = self._starts.get(list_id, {})
        if level in starts:
            counts[level] = starts.pop(level)
        else:
            counts[level] = counts.get(level, levels.get(level, Level()).start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        own = levels.get(level, Level())
        if own.style in NO_NUMBER:
            return ""
        label = own.pattern
        for one in range(level + 1):
            named = levels.get(one, Level())
            label = label.replace(f"%{one + 1}", written(counts.get(one, named.start), named.style))
        return label.strip()


def level_of(level: Element) -> Level:
    """Return how a level is numbered."""
    start = value(level, "start")
    return Level(
        value(level, "numFmt") or "decimal",
        value(level, "lvlText") or "",
        1 if start is None or child(level, "start") is None else number(start),
    )


def written(count: int, style: str) -> str:
    """Return a number as a list prints it."""
    if style in ("lowerLetter", "upperLetter"):
        text = LETTERS[(count - 1) % len(LETTERS)] * ((count - 1) // len(LETTERS) + 1) if count > 0 else ""
        return text.upper() if style.startswith("upper") else text
    if style in ("lowerRoman", "upperRoman"):
        return roman(count).upper() if style.startswith("upper") else roman(count)
    return f"{count:02}" if style == "decimalZero" else str(count)


def roman(count: int) -> str:
    """Return a number in small Roman figures."""
    text = ""
    for size, letters in ROMAN:
        text += letters * (count // size)
        count %= size
    return text
