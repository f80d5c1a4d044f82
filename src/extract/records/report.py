"""A document that has been read → everything that it prints, as records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from extract.records.assignments import read_assignment_table, read_assignment_texts
from extract.records.budgets import (
    are_several,
    budget_records,
    read_budgets,
    unit_of_table,
    units_of_tables,
    usual_unit,
)
from extract.records.cell_doubts import label_of
from extract.records.columns import Column, Layout, TableKind
from extract.records.doubts import R, doubt_whole, with_doubts
from extract.records.goals.tables import (
    besides_headings,
    goals_in_table,
    goals_of_indicators,
    with_stated_areas,
    with_told_goals,
)
from extract.records.goals.text import goals_in_text
from extract.records.indicators import indicator_records, read_indicators
from extract.records.legend import Legend, find_legend
from extract.records.meaning.silence import Surroundings
from extract.records.meaning.so_far import counts_since_january, with_parts_so_far
from extract.records.no_data import has_figures_for_header, tables_without_data, without_joined
from extract.records.owners import owners_of
from extract.records.plain import read_plain
from extract.records.remarks import engine_problems, header_problems, no_data, nothing_read
from extract.records.sections import Place, walk_sections
from extract.records.shape.banners import below_banners, lift_banners, lower_merged, mark_repeated, with_own_title
from extract.records.shape.codes import with_parted_codes
from extract.records.shape.continued import with_columns_of
from extract.records.shape.dated import named_by_title
from extract.records.shape.header_rows import with_true_headers
from extract.records.shape.natures import amounts_apart, counts_apart
from extract.records.shape.shifts import apply_shifts, as_printed, find_shifts, with_header_in_place
from extract.records.shape.turned import is_turned, turn_table
from extract.records.table_kinds import classify_table
from schema.layout import UNKNOWN_COLUMNS, Content, Table
from schema.lexicon.headers import ReportTime, school_year_end
from schema.lexicon.labels import ends_sentence, is_numbered_caption, is_plan_title, is_total_label
from schema.lexicon.signs.marks import plain_note
from schema.lexicon.units import printed_money_unit
from schema.lexicon.values import are_classes, is_value_alone, opens_with
from schema.printed import (
    AssignmentRow,
    BudgetLine,
    Footnote,
    GoalRow,
    IndicatorRow,
    PrintedReport,
    PrintedRow,
    ReportFacts,
)
from schema.problem import Problem
from schema.vocabulary import read_map


@dataclass(frozen=True, slots=True)
class _Last:
    """The table read before: what its columns mean and where it stood."""

    layout: Layout
    place: Place
    table: Table
    group: str | None = None
    """What its last row belongs to."""


@dataclass
class _Found:
    """Records gathered table by table."""

    indicators: list[IndicatorRow] = field(default_factory=list)
    budget_lines: list[BudgetLine] = field(default_factory=list)
    assignments: list[AssignmentRow] = field(default_factory=list)
    goals: list[GoalRow] = field(default_factory=list)
    plain: list[PrintedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    last: _Last | None = None

    @property
    def total(self) -> int:
        """Number of records and problems so far."""
        rows = (self.indicators, self.budget_lines, self.assignments, self.goals, self.plain)
        return sum(len(kept) for kept in rows) + len(self.problems)


NO_FACTS = ReportFacts()


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the whole report says that each table is read with."""

    unit: str | None
    """The money unit that most tables print."""
    time: ReportTime
    legend: Legend
    is_plan: bool
    """The report plans its year rather than accounting for it."""
    prints_money: bool
    """A table, a heading or a line of the report prints a unit of money."""
    several_units: bool
    """Some of its tables print another unit of money than others."""

    def around(self, place: Place) -> Surroundings:
        """Return what a table's headers are read with."""
        titles = (title for title in (place.title, *reversed(place.headings)) if not ends_sentence(title))
        told = (*place.telling, *titles)
        return Surroundings(self.time, self.is_plan, told, self.prints_money)


def print_report(content: Content, facts: ReportFacts = NO_FACTS) -> tuple[PrintedReport, tuple[Problem, ...]]:
    """Return the report's records as printed, and what could not be understood; its facts are known before."""
    placed = list(walk_sections(content))
    legend = find_legend(content)
    found = _Found()
    empty = tables_without_data(content)
    until = None if _plans(facts) else school_year_end(facts.title)
    time = ReportTime(facts.fiscal_year, facts.as_of, until)
    units = units_of_tables(placed)
    unit = usual_unit(units, placed)
    in_money = bool(unit) or any(printed_money_unit(block.text) for block in content.blocks)
    reading = _Reading(unit, time, legend, _plans(facts), in_money, are_several(units))
    for item, place in placed:
        if isinstance(item, Table) and item.number in empty:
            found.problems.append(no_data(item, empty[item.number]))
        elif isinstance(item, Table) and item.verdict != UNKNOWN_COLUMNS:
            _read_table(item, place, reading, found)
    found.assignments += read_assignment_texts(placed)
    counted = counts_since_january(content.blocks, [*found.indicators, *found.budget_lines], time)
    found.indicators = with_parts_so_far(found.indicators, time, since_january=counted)
    found.budget_lines = with_parts_so_far(found.budget_lines, time, since_january=counted)
    found.indicators = with_stated_areas(found.indicators, found.goals)
    stated = goals_of_indicators(found.indicators)
    told = goals_in_text(placed, found.goals + stated)
    found.indicators = with_told_goals(found.indicators, told, placed)
    report = PrintedReport(
        facts=facts,
        rows=(
            *doubt_whole(found.indicators),
            *doubt_whole(found.budget_lines),
            *found.assignments,
            *found.goals,
            *told,
            *besides_headings(stated, told, placed),
            *found.plain,
        ),
        footnotes=_footnotes(content),
        legend=legend,
        owners=owners_of(placed, found.budget_lines, committee=facts.committee),
    )
    return report, tuple(found.problems)


def _plans(facts: ReportFacts) -> bool:
    """Whether a report plans its year rather than accounting for it, by its type, else by its title."""
    plans = read_map("report_times", "document_type", "plans").get(facts.document_type or "")
    return plans == "1" or (plans is None and is_plan_title(facts.title))


def _read_table(table: Table, place: Place, reading: _Reading, found: _Found) -> None:
    """Read one table by its kind."""
    found.problems += engine_problems(table, place)
    table = with_header_in_place(with_parted_codes(with_true_headers(table)))
    table, banners = lift_banners(lower_merged(mark_repeated(table)))
    place = below_banners(place, banners)
    if is_turned(table):
        _read_turned(table, place, reading, found)
        return
    layout = classify_table(table, place.title, reading.around(place))
    goes_on = found.last and _goes_on(table, layout, place, found.last)
    if goes_on and found.last:
        table, layout = replace(table, header_rows=()), replace(goes_on, goes_on=True, group=_group(place, found.last))
        place = replace(place, title=found.last.place.title)
    else:
        place = with_own_title(place, table, layout)
    found.problems += header_problems(table, layout, place)
    if not goes_on and has_figures_for_header(layout):
        found.problems.append(no_data(table, "a chart or a piece of a table: figures stand where its header should"))
        return
    before = found.total
    if layout.kind in READERS:
        READERS[layout.kind](table, layout, place, reading, found)
    found.problems += nothing_read(table) if found.total == before else []
    _withhold(table, layout, found)
    found.last = _Last(layout, place, table, _last_group(found, table, layout))


def _withhold(table: Table, layout: Layout, found: _Found) -> None:
    """Leave out what may be several figures joined."""
    counts = [row for row in found.indicators if row.table == table.number]
    amounts = [row for row in found.budget_lines if row.table == table.number]
    own, problems = without_joined(counts, table, layout)
    lines, more = without_joined(amounts, table, layout)
    found.indicators[len(found.indicators) - len(counts) :] = own
    found.budget_lines[len(found.budget_lines) - len(amounts) :] = lines
    found.problems += [*problems, *more]


def _read_turned(table: Table, place: Place, reading: _Reading, found: _Found) -> None:
    layout, rows = turn_table(table, place.title, reading.around(place))
    if layout.kind == "money":
        amounts, counts = counts_apart(budget_records(rows, table, place, unit=reading.unit), layout)
    else:
        counts, amounts = amounts_apart(indicator_records(rows, table, layout, place), layout)
    found.budget_lines += with_doubts(amounts, table, layout)
    found.indicators += with_doubts(counts, table, layout)


def _group(place: Place, last: _Last) -> str | None:
    """Return what the rows of a table that goes on belong to: the line above it, else what the one before ended in."""
    is_own = place.title not in (*place.headings, last.place.title)
    _, name = plain_note(place.title) or ("", place.title)
    return name if is_own else last.group


def _last_group(found: _Found, table: Table, layout: Layout) -> str | None:
    """Return the heading that a table's last row stands under, None where a sum has ended it."""
    rows = [(r.indicator, r.parent, r.values) for r in found.indicators if r.table == table.number]
    rows += [(line.line, line.parent, line.values) for line in found.budget_lines if line.table == table.number]
    heads = {label for label, _, values in rows if not values} | {layout.group}
    label, parent, _ = rows[-1] if rows else ("", None, ())
    return parent if parent in heads and not is_total_label(label) else None


def _read_measures(table: Table, layout: Layout, place: Place, reading: _Reading, found: _Found) -> None:
    shifts = find_shifts(table, layout)
    records = _named(
        read_indicators(apply_shifts(table, shifts), layout, place, reading.legend), table, layout, found, place
    )
    amounts: list[BudgetLine] = []
    if layout.kind != "indicator":
        records, amounts = amounts_apart(records, layout)
    found.indicators += with_doubts([as_printed(record, shifts) for record in records], table, layout)
    found.budget_lines += with_doubts([as_printed(line, shifts) for line in amounts], table, layout)


def _read_money(table: Table, layout: Layout, place: Place, reading: _Reading, found: _Found) -> None:
    read = _named(read_budgets(table, layout, place, unit=reading.unit), table, layout, found, place)
    lines, counts = counts_apart(read, layout)
    of_amounts = replace(layout, doubts=(*layout.doubts, *_unit_doubts(table, place, reading)))
    found.budget_lines += with_doubts(lines, table, of_amounts)
    found.indicators += with_doubts(counts, table, layout)


def _named(rows: list[R], table: Table, layout: Layout, found: _Found, place: Place) -> list[R]:
    """Return the rows that have a name: signs alone name nothing, nor does a value below no header, or one of values.

    Such rows stand beside the axis of a chart, or were cut off from the columns that name them.
    """
    rows = [named_by_title(row, place.title) for row in rows]
    header = layout.columns[layout.label] if layout.label is not None else None
    of_values = header is not None and any(reading.kind for reading in header.readings[:1])
    is_headed = header is None or (bool(header.label.strip()) and not of_values) or are_classes([*map(label_of, rows)])
    named = [row for row in rows if _is_name(label_of(row), is_headed=is_headed)]
    if len(named) < len(rows):
        message = f"{len(rows) - len(named)} rows have a value or sign where a name should stand; see `cells`."
        found.problems.append(Problem("records", "unnamed_rows", message, "info", page=table.page, table=table.number))
    return named


def _is_name(label: str, *, is_headed: bool) -> bool:
    return any(map(str.isalnum, label)) and (is_headed or not is_value_alone(label))


def _unit_doubts(table: Table, place: Place, reading: _Reading) -> tuple[str, ...]:
    """Return the doubt in the unit of amounts whose table prints none."""
    stated = unit_of_table(table, place)
    if stated.unit or stated.is_by_row:
        return ()
    if not reading.unit:
        return ("no_unit",)
    return ("one_of_units",) if reading.several_units else ("assumed_unit",)


def _read_assignments(table: Table, layout: Layout, place: Place, _: _Reading, found: _Found) -> None:
    goes_on = found.last is not None and found.last.layout.kind == "assignment" and found.assignments
    before = found.assignments.pop() if goes_on else None
    found.assignments += read_assignment_table(table, layout, place, before)


def _read_goals(table: Table, layout: Layout, place: Place, reading: _Reading, found: _Found) -> None:
    found.goals += goals_in_table(table, layout, place, reading.legend)


def _read_plain(table: Table, layout: Layout, _: Place, __: _Reading, found: _Found) -> None:
    assert layout.plain is not None
    found.plain += read_plain(table, layout, layout.plain)


READERS: Mapping[TableKind, Callable[[Table, Layout, Place, _Reading, _Found], None]] = {
    "indicator": _read_measures,
    "volume": _read_measures,
    "personnel": _read_measures,
    "money": _read_money,
    "assignment": _read_assignments,
    "goal": _read_goals,
    "plain": _read_plain,
}
"""How a table of each kind is read; a table of another kind stays in the cells only."""


def _goes_on(table: Table, layout: Layout, place: Place, last: _Last) -> Layout | None:
    """Return the columns of the table before in the same section, where a table without a telling header goes on."""
    telling = any(_says_something(column) for column in layout.columns[1:])
    number = place.title.split()[:2] if is_numbered_caption(place.title) else None
    if number and number != last.place.title.split()[:2]:
        return None  # another caption: *Tabell 4* after *Tabell 3*
    if place.headings != last.place.headings or not last.layout.values or telling:
        return None
    is_bare = not any(column.label for column in layout.columns[1:])
    has_words = any(column.role == "unknown" or "unknown_header" in column.doubts for column in layout.columns)
    if table.n_cols == last.table.n_cols:
        return last.layout if has_words or is_bare else None
    return with_columns_of(last.table, last.layout, table) if is_bare else None


def _says_something(column: Column) -> bool:
    """Whether a header names a kind, a time, a unit, a known part or what its words are.

    *Kommer hösten 2018* and *250 kr/år* are values.
    """
    if opens_with(column.label, "pending"):
        return False
    reading = column.reading
    states_unit = column.unit is not None and not any(map(str.isdigit, column.label))
    has_role = column.role not in ("value", "blank", "unknown")
    has_part = reading.part is not None and not reading.is_new
    return has_role or has_part or states_unit or reading.kind is not None or not reading.time.is_empty


def _footnotes(content: Content) -> tuple[Footnote, ...]:
    notes = [b for b in content.blocks if b.kind == "footnote"]
    return tuple(Footnote(marker, b.text, b.page) for b in notes for marker in b.markers)
