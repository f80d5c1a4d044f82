"""What people decided on links, in `kolada.csv` beside the reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Literal, get_args

from namndata.beside import write_lines
from namndata.deciding import read_agreeing, with_new
from namndata.errors import UsageError

KOLADA_FILE = "kolada.csv"
Word = Literal["accept", "reject"]
WORDS: tuple[str, ...] = get_args(Word)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on an indicator and a national one."""

    indicator_id: str
    kpi: str
    decision: str
    name: str = ""
    """The label, its parent's before it: it finds the indicator where its id has changed."""
    municipality: str = ""
    committee: str = ""
    decided_by: str = ""
    decided_on: str = ""
    note: str = ""


COLUMNS = tuple(field.name for field in fields(Decision))
NEEDED = ("indicator_id", "kpi", "decision")


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a file, in its order; no file means no decisions."""
    return read_agreeing(path, NEEDED, decision_of, is_replaced, clash)


def clash(new: Decision, old: Decision) -> str:
    """Return how a decision contradicts another."""
    said = f"{new.decision} {new.kpi} contradicts {old.decision} {old.kpi}"
    return f"{said} on the same indicator {new.indicator_id}"


def decision_of(row: Mapping[str, str], place: str) -> Decision:
    """Return a line's decision; what cannot be one ends the run."""
    decision = Decision(**{name: row.get(name) or "" for name in COLUMNS})
    decision = replace(decision, decision=decision.decision.casefold(), kpi=decision.kpi.upper())
    if decision.decision not in WORDS:
        raise UsageError(f"{place}: decision {decision.decision!r} is none of {', '.join(WORDS)}.")
    if not (decision.indicator_id and decision.kpi):
        raise UsageError(f"{place}: a decision needs an indicator_id and a kpi.")
    if not (decision.kpi.isascii() and decision.kpi.isalnum()):
        raise UsageError(f"{place}: kpi {decision.kpi!r} is no id of Kolada's, such as N33009.")
    return decision


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write the decisions, sorted, so that two people's additions merge; written aside and renamed."""
    ordered = sorted(set(decisions), key=lambda each: (each.indicator_id, each.kpi))
    write_lines(path, COLUMNS, map(asdict, ordered))


def decide(decisions: Sequence[Decision], new: Decision) -> list[Decision]:
    """Return the decisions with a new one: it replaces one on the same pair, and an accepted one any other accepted."""
    return with_new(decisions, new, is_replaced)


def is_replaced(old: Decision, new: Decision) -> bool:
    """Tell whether a new decision makes an old one void."""
    if old.indicator_id != new.indicator_id:
        return False
    return old.kpi == new.kpi or old.decision == new.decision == "accept"


def undo(decisions: Sequence[Decision], indicator_id: str, kpi: str) -> list[Decision]:
    """Return the decisions without that on a pair."""
    return [old for old in decisions if (old.indicator_id, old.kpi) != (indicator_id, kpi)]
