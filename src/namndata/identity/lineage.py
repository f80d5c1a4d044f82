"""Who took over whose work: what a list beside the reports says, and what the committees' own names say.

*Social- och omsorgsnämnden* has the work of *Socialnämnden* and *Omsorgsnämnden* once these report no more: a name that
joins the names of committees that ended before it. Whatever names do not say stands in the corpus folder's list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, permutations
from pathlib import Path

from namndata.beside import read_lines
from namndata.errors import UsageError
from namndata.identity.committees import COMMITTEES_FILE, Committee, Committees, Move, municipality_words, words_of
from namndata.identity.renditions import edition_of
from schema.lexicon.text import after_coordination
from schema.printed import ReportFacts

COLUMNS = ("municipality", "committee", "valid_from", "valid_to", "moved_to", "share", "what")
SHORTEST_HEAD = 5
"""Letters that a committee's name has after its field of work: *nämnd* is the shortest."""

_FIRST_PARTS = re.compile(r"[^\W\d_]+(?=-)")


@dataclass(frozen=True, slots=True)
class _Term:
    """When a committee reports, as far as its reports are known."""

    municipality: str
    name: str
    first: str
    last: str


def read_committees(corpus: Path | None, reports: Sequence[ReportFacts]) -> Committees:
    """Return the committees of a corpus: by the list in its folder, else by what their names join."""
    listed = [_move(row) for row in corpus_rows(corpus / COMMITTEES_FILE)] if corpus else []
    told = {(municipality_words(move.municipality), words_of(move.committee)) for move in listed}
    by_name = [move for move in moves_by_name(reports) if _key(move) not in told]
    towns: dict[str, set[str]] = defaultdict(set)
    for facts in reports:
        if facts.municipality and facts.committee:
            towns[words_of(facts.committee)].add(municipality_words(facts.municipality))
    only = {name: min(found) for name, found in towns.items() if len(found) == 1}
    return Committees(tuple(dict.fromkeys((*listed, *by_name))), only)


def names_today(reports: Sequence[tuple[str, ReportFacts]], committees: Committees) -> dict[str, str | None]:
    """Return the name of the committee that has each report's work now, by the report's document.

    A committee whose work went to several, or in part, keeps its own name.
    """
    names: dict[Committee, str] = {}
    for move in committees.moves:
        if move.moved_to:
            names.setdefault((municipality_words(move.municipality), words_of(move.moved_to)), move.moved_to)
    for _, facts in reports:
        if facts.committee:
            names.setdefault(committees.committee_of(facts), facts.committee)
    return {
        document: names.get(committees.heir(committees.committee_of(facts)), facts.committee)
        for document, facts in reports
        if facts.committee
    }


def corpus_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a corpus folder's list of committees, if it has one."""
    lines = list(read_lines(path, ("municipality", "committee")))
    for line in lines:
        if not (line.values.get("municipality") and line.values.get("committee")):
            raise UsageError(f"{line.place}: each line needs a municipality and a committee, this one has not.")
    return [line.values for line in lines]


def moves_by_name(reports: Iterable[ReportFacts]) -> Iterator[Move]:
    """Yield who took over from whom where a committee's name joins names of others, which reported before it alone."""
    terms = sorted(_terms(reports), key=lambda term: (term.municipality, term.first, term.name))
    for _, of_one in groupby(terms, key=lambda term: term.municipality):
        for joined, part in permutations(of_one, 2):
            if part.last < joined.first and is_part_of(part.name, joined.name):
                yield Move(part.municipality, part.name, moved_to=joined.name, share="all")


def is_part_of(name: str, joined: str) -> bool:
    """Whether a committee's name is one of those that another's joins: *Socialnämnden* of *Social- och …nämnden*."""
    last = after_coordination(joined).casefold()
    if last == joined.casefold():
        return False
    folded = name.casefold()
    if folded == last:
        return True
    fields = _FIRST_PARTS.findall(joined[: len(joined) - len(last)].casefold())
    heads = [folded.removeprefix(each) for each in fields if folded.startswith(each)]
    return any(len(head) >= SHORTEST_HEAD and last.endswith(head) for head in heads)


def _terms(reports: Iterable[ReportFacts]) -> Iterator[_Term]:
    editions: dict[tuple[str, str], list[str]] = defaultdict(list)
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for facts in reports:
        if facts.municipality and facts.committee and edition_of(facts):
            key = municipality_words(facts.municipality), words_of(facts.committee)
            names.setdefault(key, (facts.municipality, facts.committee))
            editions[key].append(edition_of(facts))
    for key, found in editions.items():
        yield _Term(*names[key], min(found), max(found))


def _move(row: Mapping[str, str | None]) -> Move:
    municipality, committee, *rest = (row[name] for name in COLUMNS)
    return Move(municipality or "", committee or "", *rest)


def _key(move: Move) -> tuple[str, str]:
    return municipality_words(move.municipality), words_of(move.committee)
