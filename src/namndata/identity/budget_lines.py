"""Which lines of money tables are the same across reports, so that plan, budget and outcome meet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from namndata.identity.committees import Committee, Committees, facts_of, words_of
from namndata.identity.renditions import edition_of
from namndata.identity.slugs import LONGEST_SLUG, numbered
from normalize.name_keys import compact_key, name_key
from schema.lexicon.figures import split_account
from schema.lexicon.labels import without_part_word
from schema.lexicon.text import clean_label, fold_label
from schema.lexicon.units import without_money_unit
from schema.records import BudgetValue
from schema.result import DocumentResult
from schema.vocabulary import read_rows

STOCKS = frozenset(("plan", "budget", "outcome", "forecast"))
"""Kinds of amounts of which one line has one; a table of changes may have a variance of its own."""
LEAST_APART = 0.05
"""Share of an amount by which two tables of a report differ where they state two lines: below are rounding, misprints
and income that one of them counts; of twenty labels in two tables of thirty real reports none differed by 2–17 %."""

LineId = tuple[str, int | None, int | None, str, str]
"""Document, table, row, parent and line."""
Key = tuple[str, ...]


@dataclass(slots=True)
class Line:
    """A row of a money table."""

    order: tuple[str, str, int, int]
    committee: Committee
    topic: str
    name: str
    parent: str
    table: str
    """The words of its table's title."""
    ids: set[LineId] = field(default_factory=set)
    amounts: dict[tuple[str, ...], float] = field(default_factory=dict)
    """By kind, period and part, in SEK."""

    @property
    def document(self) -> str:
        """The report that prints it."""
        return self.order[1]


def identify_lines(results: Sequence[DocumentResult], committees: Committees) -> dict[LineId, str]:
    """Return a readable id for each row of the money tables, the same wherever the line goes on."""
    lines = sorted((line for result in results for line in lines_of(result, committees)), key=lambda line: line.order)
    alike = [part for group in same_lines(lines, committees) for part in split_by_committee(group, committees)]
    groups = [part for group in alike for part in split_by_parent(group)]
    lines_of_tables = [part for group in groups for part in split_by_table(group)]
    return {row: name for name, group in named(lines_of_tables) for line in group for row in line.ids}


def line_id(document: str, record: BudgetValue) -> LineId:
    """Return what names a printed row in the corpus."""
    return document, record.table, record.row, record.parent or "", record.line


def lines_of(result: DocumentResult, committees: Committees) -> Iterable[Line]:
    """Return a report's rows with their amounts."""
    found: dict[LineId, Line] = {}
    document, edition = result.source.document, edition_of(result.facts)
    for record in result.records_of(BudgetValue):
        key = line_id(document, record)
        line = found.get(key)
        if line is None:
            order = (edition, document, record.table or 0, record.row or 0)
            committee = committees.committee_of(facts_of(record, result.facts))
            names = (record.line, record.parent or "", words_of(record.table_title))
            line = found[key] = Line(order, committee, topic_of(record), *names, {key})
        if record.period and record.amount_sek is not None:
            line.amounts.setdefault((record.kind, record.period, record.part or ""), float(record.amount_sek))
    return found.values()


def topic_of(record: BudgetValue) -> str:
    """Return what kind of money a line is: a total of the investments is none of the operations."""
    for text in (record.line, record.parent or "", record.table_title or ""):
        folded = text.casefold()
        for phrase, topic in line_topics():
            if phrase in folded:
                return topic
    return "drift"


@cache
def line_topics() -> tuple[tuple[str, str], ...]:
    """Return the words that tell what kind of money a line is, in the order in which they are asked for."""
    return tuple((row["phrase"], row["topic"]) for row in read_rows("line_topics"))


def bare_name(line: str) -> str:
    """Return a line's label without *varav*, account and unit."""
    return without_money_unit(_account_and_name(line)[1]) or line


def account_of(line: str) -> str:
    """Return the account that a line begins with, or nothing."""
    return _account_and_name(line)[0]


def _account_and_name(line: str) -> tuple[str, str]:
    return split_account(without_part_word(clean_label(line)))


def same_lines(lines: Sequence[Line], committees: Committees) -> list[list[Line]]:
    """Return the rows by line: the same committee or its successor, kind of money, and account or name."""
    groups: dict[Key, list[Line]] = {}
    for line in lines:
        keys = [(*committees.heir(line.committee), line.topic, name) for name in line_names(line.name)]
        group = next((groups[key] for key in keys if key in groups), [])
        group.append(line)
        for key in keys:
            groups.setdefault(key, group)
    return list({id(group): group for group in groups.values()}.values())


def line_names(line: str) -> tuple[str, ...]:
    """Return what makes two lines the same: their account where they have one, else their name."""
    account, bare = account_of(line), bare_name(line)
    return (f"account {account}",) if account else (name_key(bare), compact_key(bare))


def split_by_committee(group: Sequence[Line], committees: Committees) -> Iterator[list[Line]]:
    """Return the group, or one for each committee where two that became one both have the line."""
    ended = {line.committee for line in group if committees.heir(line.committee) != line.committee}
    if len(ended) < 2:
        yield list(group)
        return
    parts: dict[Committee, list[Line]] = defaultdict(list)
    for line in group:
        parts[line.committee].append(line)
    yield from parts.values()


def split_by_parent(group: Sequence[Line]) -> Iterator[list[Line]]:
    """Return the group, or one for each parent where a report states different amounts under different parents."""
    if not any(disagree(group, document) for document in {line.document for line in group}):
        yield list(group)
        return
    parts: dict[str, list[Line]] = defaultdict(list)
    for line in group:
        parts[name_key(bare_name(line.parent))].append(line)
    yield from parts.values()


def disagree(group: Iterable[Line], document: str) -> bool:
    """Tell whether one report's rows of a name state different amounts for one kind, period and part."""
    stated: dict[tuple[str, ...], set[float]] = defaultdict(set)
    parents: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for line in group:
        if line.document == document:
            for place, amount in line.amounts.items():
                stated[place].add(amount)
                parents[place].add(fold_label(line.parent))
    return any(len(amounts) > 1 and len(parents[place]) > 1 for place, amounts in stated.items())


def split_by_table(group: Sequence[Line]) -> Iterator[list[Line]]:
    """Return the group, or several where one report's tables state quite other amounts: frames and changes of frames.

    A table goes with those of its title, or the first ones, that it does not contradict: a line goes on under others.
    """
    tables: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for line in group:
        tables[line.document, line.order[2]].append(line)
    parts: list[list[Line]] = []
    for lines in tables.values():
        fitting = [part for part in parts if not contradict(part, lines)]
        titled = (part for part in fitting if any(line.table == lines[0].table for line in part))
        part = next(titled, fitting[0] if fitting else [])
        if not part:
            parts.append(part)
        part.extend(lines)
    yield from parts


def contradict(some: Iterable[Line], others: Sequence[Line]) -> bool:
    """Tell whether rows of one report state quite other amounts for one kind, period and part."""
    return any(
        apart(amount, other.amounts[place])
        for line in some
        for other in others
        if line.document == other.document
        for place, amount in line.amounts.items()
        if place in other.amounts and place[0] in STOCKS
    )


def apart(one: float, other: float) -> bool:
    """Tell whether two amounts are of two lines, whatever signs they are printed with."""
    return abs(abs(one) - abs(other)) > LEAST_APART * max(abs(one), abs(other))


def named(groups: Sequence[list[Line]]) -> Iterable[tuple[str, list[Line]]]:
    """Return each group with a readable id, from its oldest name; namesakes get their parent, then a number."""
    ordered = sorted(groups, key=lambda group: group[0].order)
    plain = [readable(group[0], with_parent=False) for group in ordered]
    taken = Counter(plain)
    full = [readable(group[0], with_parent=taken[name] > 1) for name, group in zip(plain, ordered, strict=True)]
    return zip(numbered(full), ordered, strict=True)


def readable(line: Line, *, with_parent: bool) -> str:
    """Return committee, kind of money and name as words joined by hyphens."""
    parent = words_of(fold_label(bare_name(line.parent))) if with_parent and line.parent else ""
    name = words_of(fold_label(bare_name(line.name))) or "unnamed"
    return "/".join(part[:LONGEST_SLUG] for part in (*line.committee, line.topic, parent, name) if part)
