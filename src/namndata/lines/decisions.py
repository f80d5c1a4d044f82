"""What people decided on lines of money tables, in `lines.csv` beside the reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from namndata.beside import write_lines
from namndata.deciding import id_of_words, read_agreeing, with_new
from namndata.errors import UsageError

LINES_FILE = "lines.csv"
SAME, NOT_SAME, SPLIT, MERGED = "same", "not_same", "split", "merged"
WORDS = (SAME, NOT_SAME, SPLIT, MERGED)


@dataclass(frozen=True, slots=True)
class Link:
    """A line and an older one that it is, may be, or comes of."""

    line_id: str
    related_to: str
    relation: str
    """`same`, `split` or `merged`."""
    status: str
    score: float
    reasons: tuple[str, ...]
    line: str
    related_line: str
    municipality: str | None = None
    committee: str | None = None
    reviewed: bool = False
    decided_by: str | None = None

    @property
    def link(self) -> str:
        """A short id by which a decision can name the pair."""
        return id_of_words(self.line_id, self.related_to)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on two lines."""

    line_id: str
    """The newer line's id, as it is without decisions."""
    related_to: str
    """The older line's."""
    decision: str
    line: str = ""
    related_line: str = ""
    decided_by: str = ""
    decided_on: str = ""
    note: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two lines."""
        return self.line_id, self.related_to


COLUMNS = tuple(field.name for field in fields(Decision))
NEEDED = ("line_id", "related_to", "decision")


def read_decisions(folder: Path | None) -> tuple[Decision, ...]:
    """Return the decisions beside the reports, in their order; no file means no decisions."""
    if folder is None:
        return ()
    path = folder / LINES_FILE
    found = read_agreeing(path, NEEDED, decision_of, is_replaced, clash)
    check_circles(path, found)
    return found


def clash(new: Decision, old: Decision) -> str:
    """Return how a decision contradicts another."""
    said = f"{new.decision} with {new.related_to} contradicts {old.decision} with {old.related_to}"
    return f"{said} on the same line {new.line_id}"


def decision_of(row: Mapping[str, str], place: str) -> Decision:
    """Return a line's decision; what cannot be one ends the run."""
    decision = Decision(**{name: row.get(name) or "" for name in COLUMNS})
    decision = replace(decision, decision=decision.decision.casefold())
    if decision.decision not in WORDS:
        raise UsageError(f"{place}: decision {decision.decision!r} is none of {', '.join(WORDS)}.")
    if not (decision.line_id and decision.related_to) or decision.line_id == decision.related_to:
        raise UsageError(f"{place}: a decision needs a line_id and another one in related_to.")
    return decision


def check_circles(path: Path, decisions: Iterable[Decision]) -> None:
    """End the run where lines are said to be each other."""
    older = older_lines(decisions)
    for start in older:
        seen, line = {start}, older[start]
        while line in older:
            if line in seen:
                raise UsageError(f"{path}: {line} would be the same as a line that is the same as it.")
            seen.add(line)
            line = older[line]


def older_lines(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return the older line that each line is the same as."""
    return {each.line_id: each.related_to for each in decisions if each.decision == SAME}


def joined(line_id: str, older: Mapping[str, str]) -> str:
    """Return the id of the oldest line that a line is the same as."""
    while line_id in older:
        line_id = older[line_id]
    return line_id


def decide(decisions: Sequence[Decision], new: Decision) -> list[Decision]:
    """Return the decisions with a new one: it replaces one on the pair, and `same` any other `same` of the line."""
    return with_new(decisions, new, is_replaced)


def is_replaced(old: Decision, new: Decision) -> bool:
    """Tell whether a new decision makes an old one void."""
    return old.pair == new.pair or (old.line_id == new.line_id and old.decision == new.decision == SAME)


def write_decisions(folder: Path, decisions: Iterable[Decision]) -> None:
    """Write the decisions beside the reports, sorted, so that two people's additions merge."""
    ordered = sorted(set(decisions), key=lambda each: each.pair)
    write_lines(folder / LINES_FILE, COLUMNS, map(asdict, ordered))


def lost(decisions: Iterable[Decision], known: Iterable[str]) -> Iterator[Decision]:
    """Return the decisions whose older line no report has."""
    there = frozenset(known)
    return (decision for decision in decisions if decision.related_to not in there)
