"""The number ledger: every number that a report prints is in a record, in a kept table or in prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from normalize.report import NormalizedReport
from schema.layout import Block, Cell, Content, Table, Word
from schema.lexicon.numbers import digit_runs, find_numbers
from schema.lexicon.periods import without_days
from schema.lexicon.signs.leaders import ends_with_leader
from schema.lexicon.signs.marks import marks_in
from schema.lexicon.signs.pages import without_page
from schema.problem import PageNumbers, Problem, Severity
from schema.records import CellValue

WORD = re.compile(r"[^\W\d_]{2,}")
MOST_NAMED = 12
"""Numbers that a problem names; a page that was not understood has hundreds."""

FEWEST_FIGURES = 3
"""A paragraph with at least this many numbers, and as many numbers as words, reads like a row of a table."""

REGROUPED: dict[str, tuple[Severity, str]] = {
    "several_figures": (
        "warning",
        "The cell holds several numbers and no word between them: it may be two cells, or one number that was parted.",
    ),
    "joined_number": ("info", "Two lines of the cell were joined to one number; look whether they are two."),
}
"""Doubts that say that numbers may have been joined or left unparted, and what to tell of them."""

Runs = Counter[str]
"""Runs of digits and how often each occurs: what two readings of a text share however they group them."""


@dataclass(slots=True)
class Supply:
    """The numbers of what was kept of one page."""

    records: Runs = field(default_factory=Counter)
    tables: Runs = field(default_factory=Counter)
    prose: Runs = field(default_factory=Counter)
    glued: Runs = field(default_factory=Counter)
    """A cell's numbers with its footnote marks after them: raw text prints `113` and mark `7` as `1137`."""


def account_for_numbers(
    content: Content, normalized: NormalizedReport
) -> tuple[tuple[PageNumbers, ...], tuple[Problem, ...]]:
    """Count where each page's numbers went; return a problem for each page with numbers found nowhere.

    What a page lacks may be held by a block or cell that begins on another page, so that what is left
    over there is looked through last.
    """
    printed = printed_runs(content)
    supplies = kept_runs(content, record_rows(normalized))
    taken = {page: take_all(runs, supplies.setdefault(page, Supply())) for page, runs in printed.items()}
    rest = merge(supplies.values())
    pages, problems = [], []
    for page, runs in printed.items():
        here, missing = taken[page]
        elsewhere, missing = take_all(missing, rest)
        unglued = missing & rest.glued
        rest.glued.subtract(unglued)
        lost = missing - unglued
        in_records, in_tables, in_prose = (one + other for one, other in zip(here, elsewhere, strict=True))
        in_records += unglued.total()
        pages.append(PageNumbers(page, runs.total(), in_records, in_tables, in_prose, lost.total()))
        if lost:
            problems.append(lost_numbers(page, lost))
    return tuple(pages), tuple(problems)


def find_loose_figures(content: Content) -> Iterator[Problem]:
    """Return a problem for each paragraph that looks like a part of a table which was not found as one."""
    for block in content.blocks:
        if block.kind in ("paragraph", "list_item") and reads_like_a_row(block.text):
            message = "These figures look like a part of a table, but stand outside every table that was found."
            yield Problem("audit", "figures_outside_tables", message, page=block.page, raw=block.text)


def reads_like_a_row(text: str) -> bool:
    """Tell whether a text is made of numbers as much as of words; days and the numbers of pages are none of them."""
    text = without_days(without_page(text) if text.endswith(")") else text)  # `4 (26)`
    if ends_with_leader(text):
        return False
    return len(find_numbers(text)) >= max(FEWEST_FIGURES, len(WORD.findall(text)))


def printed_runs(content: Content) -> dict[int | None, Runs]:
    """Return the runs of digits that each page prints, each footnote mark by itself; without pages it is one."""
    if not content.pages:
        return {None: Counter(digit_runs(content.text))}
    return {page.number: Counter(digit_runs("\n".join(map(parted, page.words)))) for page in content.pages}


def parted(word: Word) -> str:
    """Return a printed word; a raised `789` is three marks."""
    return "\n".join(marks_in(word.text)) if word.is_marker else word.text


def record_rows(normalized: NormalizedReport) -> frozenset[tuple[int | None, int | None]]:
    """Return the table rows that records were made from."""
    return frozenset((record.table, record.row) for record in normalized.records if record.table is not None)


def kept_runs(content: Content, rows: frozenset[tuple[int | None, int | None]]) -> dict[int | None, Supply]:
    """Return the numbers of the cells and blocks that were kept, by page."""
    supplies: dict[int | None, Supply] = {}
    for item in content.items:
        if isinstance(item, Block):
            supply = supplies.setdefault(item.page, Supply())
            supply.prose.update(digit_runs(item.text))
            supply.prose.update(run for marker in item.markers for run in digit_runs(marker))
        else:
            add_table(supplies, item, rows)
    return supplies


def add_table(supplies: dict[int | None, Supply], table: Table, rows: frozenset[tuple[int | None, int | None]]) -> None:
    """Add the numbers of a table's cells and title to what was kept."""
    supplies.setdefault(table.page, Supply()).prose.update(digit_runs(table.title))
    for cell in table.cells:
        glued = (run + mark for run in digit_runs(cell.text) for mark in cell.markers)
        supplies.setdefault(cell.page, Supply()).glued.update(glued)
        for page, runs in cell_runs(cell):
            supply = supplies.setdefault(page, Supply())
            (supply.records if (table.number, cell.row) in rows else supply.tables).update(runs)


def cell_runs(cell: Cell) -> Iterator[tuple[int | None, Runs]]:
    """Return the numbers of a cell by the page on which each part of it stands."""
    text = printed_in(cell) + Counter(run for mark in cell.markers for run in digit_runs(mark))
    for fragment in cell.fragments:
        moved = Counter(digit_runs(fragment.text)) & text
        text -= moved
        yield fragment.page, moved
    yield cell.page, text


def printed_in(cell: Cell) -> Runs:
    """Return a cell's numbers as its lines print them: a number broken by a narrow column is two runs."""
    joined, parted = Counter(digit_runs(cell.text)), Counter(digit_runs("\n".join(cell.lines)))
    return parted if have_same_digits(joined, parted) else joined


def have_same_digits(joined: Runs, parted: Runs) -> bool:
    """Tell whether two readings hold the same digits, however they group them."""
    return sorted("".join(joined.elements())) == sorted("".join(parted.elements()))


def find_regrouped(normalized: NormalizedReport) -> Iterable[Problem]:
    """Return one problem for each cell whose numbers the reading may have joined or left unparted."""
    problems = [
        Problem(
            "audit",
            code,
            REGROUPED[code][1],
            REGROUPED[code][0],
            page=value.page,
            table=value.table,
            row=value.row,
            col=value.col,
            raw=value.raw,
        )
        for value in normalized.records_of(CellValue)
        for code in value.doubts
        if code in REGROUPED
    ]
    return dict.fromkeys(problems)


def take_all(wanted: Runs, supply: Supply) -> tuple[tuple[int, int, int], Runs]:
    """Take the wanted numbers out of the supply; return how many came from each part, and what is missing."""
    counts = []
    for part in (supply.records, supply.tables, supply.prose):
        found = wanted & part
        part.subtract(found)
        wanted = wanted - found
        counts.append(found.total())
    return (counts[0], counts[1], counts[2]), wanted


def merge(supplies: Iterable[Supply]) -> Supply:
    """Return all that is left of several supplies."""
    merged = Supply()
    for supply in supplies:
        merged.records.update(supply.records)
        merged.tables.update(supply.tables)
        merged.prose.update(supply.prose)
        merged.glued.update(supply.glued)
    return merged


def lost_numbers(page: int | None, lost: Runs) -> Problem:
    """Return the problem of a page's numbers that nothing kept explains."""
    named = ", ".join(sorted(lost.elements())[:MOST_NAMED])
    where = "the text" if page is None else f"page {page}"
    message = f"{lost.total()} numbers printed on {where} are in no record, table or text that was kept: {named}."
    return Problem("audit", "unaccounted_number", message, page=page, raw=named)
