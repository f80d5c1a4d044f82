"""Amounts in brackets: a minus in one report, last year's figure in another; each table's own sums tell which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from schema.lexicon.labels import is_part_label
from schema.lexicon.numbers import number_in_brackets, parse_number
from schema.printed import BudgetLine


def tables_with_minus_in_brackets(lines: Iterable[BudgetLine]) -> frozenset[int]:
    """The tables in which totals hold with bracketed amounts as negative ones, and none does with them as positive."""
    by_table: dict[int, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        by_table[line.table].append(line)
    return frozenset(table for table, own in by_table.items() if _has_brackets(own) and _proved(own))


def bracketed_amount(raw: str) -> Decimal | None:
    """The amount that stands alone in brackets, without a sign; None where the cell is anything else."""
    inside = number_in_brackets(raw)
    return parse_number(inside) if inside else None


def _has_brackets(lines: Sequence[BudgetLine]) -> bool:
    return any(bracketed_amount(value.raw) is not None for line in lines for value in line.values)


def _proved(lines: Sequence[BudgetLine]) -> bool:
    sums = list(_sums(lines))
    holds_with_minus = any(not _differs(terms, total, -1) for terms, total in sums)
    return holds_with_minus and all(_differs(terms, total, 1) for terms, total in sums)


def _sums(lines: Sequence[BudgetLine]) -> Iterator[tuple[list[str], str]]:
    """For each total and column the printed terms above it, since the last total or from the top, and the total."""
    for end, total in enumerate(lines):
        if not total.is_total:
            continue
        last = max((i for i in range(end) if lines[i].is_total), default=-1)
        for start in {last + 1, 0}:
            own = [line for line in lines[start:end] if not line.is_total and not is_part_label(line.line)]
            for value in total.values:
                terms = [v.raw for line in own for v in line.values if v.col == value.col]
                if len(terms) > 1 and _is_mixed([*terms, value.raw]):
                    yield terms, value.raw


def _is_mixed(raws: Sequence[str]) -> bool:
    """Whether some amounts stand in brackets and others, that are not nought, do not: else any sign would do."""
    bracketed = [bracketed_amount(raw) is not None for raw in raws]
    return any(bracketed) and any(parse_number(raw) for raw, inside in zip(raws, bracketed, strict=True) if not inside)


def _differs(terms: Sequence[str], total: str, sign: int) -> bool:
    """Whether the terms fail to make the total, within half a printed unit a term, with brackets read by a sign."""
    amounts = [_amount(raw, sign) for raw in (*terms, total)]
    if any(amount is None for amount in amounts):
        return True
    known = [amount for amount in amounts if amount is not None]
    exponents = [amount.as_tuple().exponent for amount in known]
    unit = Decimal(1).scaleb(min(e for e in exponents if isinstance(e, int)))
    return abs(sum(known[:-1]) - known[-1]) > unit * len(known) / 2


def _amount(raw: str, sign: int) -> Decimal | None:
    inside = bracketed_amount(raw)
    return parse_number(raw) if inside is None else sign * inside
