"""The amounts of one money table, what side each is of, and how deep its line stands in the table's sums."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import isclose

from schema.lexicon.money import StatementWord, side_in, statement_in, statement_of_line
from schema.problem import Check
from schema.records import BudgetValue
from schema.result import Convention, DocumentResult

OPERATIONS = StatementWord("operating", False)
"""What a table of costs, income or budgets states whose title says nothing."""
OTHER = StatementWord("other", False)
FLOWS = ("operating", "income_statement")
"""Statements of a year's costs and income, below which a line of another statement may stand."""
ITEMS = {"balance_sheet": 2}
"""Lines that must open with a word for a statement before it decides for a table without such a title."""
ROUNDED = 0.5
"""By how much a term may be off that is rounded to whole units."""
MOST_LEVELS = 6
"""No table nests deeper; a parent that stands under itself ends here."""

Place = tuple[int | None, int | None]
"""Row and column of a cell."""


@dataclass(frozen=True)
class MoneyTable:
    """A table's amounts, and the checks of it that hold."""

    amounts: tuple[BudgetValue, ...]
    sums: tuple[Check, ...] = ()
    convention: Convention | None = None
    sides: Mapping[int, str | None] = field(default_factory=dict)
    """The side of each amount, by its place among the amounts."""
    document_type: str = ""
    """What the report is: a list of charges (*taxa*) states fees where no title or header says otherwise."""
    below: int = 0
    """How deep the whole table stands: below the sums of the one that a page break cut off from it."""

    @cached_property
    def column_sides(self) -> dict[int | None, str]:
        """The side of each column, in tables whose headers tell several; a header that tells none is of the net."""
        told = {value.col: side_in(value.column_label) for value in self.amounts}
        return {col: side or "net" for col, side in told.items()} if any(told.values()) else {}

    @cached_property
    def statement(self) -> StatementWord:
        """What the table states: its title says it, its headers, what several lines open with, or else its sides."""
        title = self.amounts[0].table_title or ""
        headers = (statement_in(value.column_label, "header") for value in self.amounts)
        told = statement_in(title) or next(filter(None, headers), None) or self._statement_of_lines()
        return told or statement_in(self.document_type) or (OPERATIONS if self._is_of_spending else OTHER)

    def _statement_of_lines(self) -> StatementWord | None:
        labels = {value.line for value in self.amounts}
        counts = Counter(word for label in labels if (word := statement_of_line(label)))
        enough = [word for word, count in counts.items() if count >= ITEMS.get(word.statement, len(labels))]
        return enough[0] if enough else None

    @property
    def _is_of_spending(self) -> bool:
        return any(self.sides.values()) or any(value.kind == "budget" for value in self.amounts)

    def statement_of(self, value: BudgetValue) -> str:
        """Return what a line is part of: a total of the investments is none of the operations, nor is the equity."""
        own = statement_of_line(value.line)
        return own.statement if own and self.statement.statement in FLOWS else self.statement.statement

    @cached_property
    def rows(self) -> dict[int | None, tuple[int, ...]]:
        """The numbers of the amounts of each row."""
        found: dict[int | None, list[int]] = defaultdict(list)
        for number, value in enumerate(self.amounts):
            found[value.row].append(number)
        return {row: tuple(numbers) for row, numbers in found.items()}

    @cached_property
    def at(self) -> dict[Place, int]:
        """The number of the amount in each cell."""
        return {(value.row, value.col): number for number, value in enumerate(self.amounts)}

    @cached_property
    def levels(self) -> dict[int | None, int]:
        """How deep each row stands: 0 for what nothing sums up, 1 for its terms, 2 for theirs."""
        above: dict[int | None, int | None] = {}
        for check in self.sums:
            (row, _), *terms = check.cells
            above |= {term: row for term, _ in terms if term != row and not stands_under(row, term, above)}
        totals = {value.row for value in self.amounts if value.is_total}
        return {
            row: self.below + self._depth(row, above, bool(totals)) + self._is_second_split(row, above)
            for row in self.rows
        }

    def _is_second_split(self, row: int | None, above: Mapping[int | None, int | None]) -> bool:
        """Tell whether a row is a *varav* part of what other lines of its side add up to: both count one money."""
        if row not in above or not self._is_part(row):
            return False
        terms = [other for other, whole in above.items() if whole == above[row] and not self._is_part(other)]
        return any(self._sides_in(row) & self._sides_in(other) for other in terms)

    def _is_part(self, row: int | None) -> bool:
        return row in self.rows and self.amounts[self.rows[row][0]].parent is not None

    def _sides_in(self, row: int | None) -> set[str | None]:
        return {self.sides.get(number) for number in self.rows.get(row, ())}

    @cached_property
    def sum_rows(self) -> frozenset[int | None]:
        """The rows that a sum comes to."""
        return frozenset(check.cells[0][0] for check in self.sums)

    @cached_property
    def bottom_rows(self) -> frozenset[int | None]:
        """The rows that the table's sums end in."""
        terms = {row for check in self.sums for row, _ in check.cells[1:]}
        return self.sum_rows - terms

    def _depth(self, row: int | None, above: Mapping[int | None, int | None], has_total: bool) -> int:
        value = self.amounts[self.rows[row][0]]
        if row in above:
            depth = 0
            while row in above and depth < MOST_LEVELS:
                row, depth = above[row], depth + 1
            return depth
        return int(has_total and not value.is_total) + int(value.parent is not None)


def stands_under(row: int | None, whole: int | None, above: Mapping[int | None, int | None]) -> bool:
    """Tell whether a row is already part of another, at once or in turn."""
    for _ in range(MOST_LEVELS):
        if row == whole:
            return True
        if row not in above:
            return False
        row = above[row]
    return True


def money_tables_of(result: DocumentResult) -> Iterator[MoneyTable]:
    """Return a report's money tables, each with the side of its amounts; amounts of no table are one of their own."""
    found: dict[int | None, list[BudgetValue]] = defaultdict(list)
    for value in result.records_of(BudgetValue):
        found[value.table].append(value)
    conventions = {convention.table: convention for convention in result.conventions}
    held: dict[int | None, list[Check]] = defaultdict(list)
    for check in result.checks:
        if check.passed and check.kind in ("sum", "net") and len(check.cells) > 1:
            held[check.table].append(check)
    after: MoneyTable | None = None
    for number, amounts in reversed(found.items()):
        sums = tuple(held[number])
        convention = conventions.get(number) if number is not None else None
        kind = result.facts.document_type or ""
        table = MoneyTable(tuple(amounts), sums, convention, sides_of(amounts, sums), kind)
        if after and is_summed_in(table, after):
            table = replace(table, below=table.below + after.levels[after.amounts[0].row] + 1)
        yield (after := table)


def is_summed_in(table: MoneyTable, after: MoneyTable) -> bool:
    """Tell whether the table after one goes on with the line that sums it up, as where a page break parts them."""
    first, total = table.amounts[0], after.amounts[0]
    headers = ({value.column_label for value in each.amounts} for each in (table, after))
    if not total.is_total or first.table_title != total.table_title or len(set(map(frozenset, headers))) > 1:
        return False
    if any(value.is_total for value in table.amounts):
        return False
    terms = [value.value for value in table.amounts if value.column_label == total.column_label]
    return len(terms) > 1 and isclose(sum(terms), total.value, abs_tol=ROUNDED * len(terms))


def sides_of(amounts: Sequence[BudgetValue], sums: Sequence[Check]) -> dict[int, str | None]:
    """Return the side of each amount: its header's, its line's, its parent's, or that of the total it is part of."""
    headers = {value.col: side_in(value.column_label) for value in amounts}
    by_column = any(headers.values())
    title = side_in(amounts[0].table_title or "")
    whole = "net" if title == "net" else None
    totals = sides_of_terms(amounts, sums)
    sides: dict[int, str | None] = {}
    for number, value in enumerate(amounts):
        line = side_in(value.line) or side_in(value.parent or "")
        if by_column:
            sides[number] = headers[value.col] or ("net" if line in (None, "net") else line)
        else:
            sides[number] = line or totals.get(value.row) or whole
    return sides


def sides_of_terms(amounts: Sequence[BudgetValue], sums: Sequence[Check]) -> dict[int | None, str]:
    """Return the side of each row that a total of costs or of income sums up."""
    labels = {value.row: value.line for value in amounts}
    found: dict[int | None, str] = {}
    for check in sums:
        (row, _), *terms = check.cells
        side = side_in(labels.get(row, ""))
        if check.kind == "sum" and side in ("cost", "income") and len(terms) > 1:
            found |= dict.fromkeys((term for term, _ in terms), side)
    return found
