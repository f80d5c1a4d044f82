"""Where a report prints an indicator: one row of a table with its sub-rows by sex, and the figures in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from namndata.identity.committees import Committee, Committees, facts_of
from namndata.identity.renditions import edition_of
from normalize.name_keys import compact_key, name_key
from schema.lexicon.text import clean_label, fold_label
from schema.printed import IndicatorRow, ReportFacts
from schema.records import IndicatorValue
from schema.result import DocumentResult
from schema.vocabulary import read_map, read_rows

WHOLE = "T"
"""The code of a row or figure for both sexes: it is the indicator itself."""

SEXES = frozenset("KMA")
"""Codes of the sexes, as in Kolada; A for another."""

FEWEST_BELOW = 3
"""With fewer rows under it, the first row of a table may be the whole that they are parts of."""

RowId = tuple[str, int, int, str, str]
"""Document, table, row, parent and label; 0 for a row in no table."""
Place = tuple[str | None, str, str]
"""Part of the whole, kind and period: where two reports can state the same figure."""
Figure = tuple[float | None, float | None, str | None]
"""Value, upper end of a range, direction."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, with its parent's."""

    name: str
    parent: str | None = None

    @property
    def full(self) -> str:
        """The label, after its parent's where it only makes sense under one."""
        return f"{self.parent.rstrip(': ')}: {self.name}" if self.parent else self.name


@dataclass(slots=True)
class Sighting:
    """A row and its sub-rows by sex: an indicator as one table of one report shows it."""

    document: str
    edition: str
    committee: Committee
    label: Label
    category: str
    table: int | None
    row: int | None
    table_title: str = ""
    municipality: str | None = None
    """As printed, with the committee's name: the keys are in `committee`."""
    committee_name: str | None = None
    committee_goal: str | None = None
    goal_area: str | None = None
    rows: dict[RowId, Label] = field(default_factory=dict)
    """Each printed row, sub-rows too."""
    figures: dict[Place, Figure] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    markers: set[str] = field(default_factory=set)
    records: list[IndicatorValue] = field(default_factory=list)

    @property
    def keys(self) -> tuple[str, str]:
        """What makes it the same as another: base forms of its words, or its letters without spaces."""
        parent = self.label.parent
        names = (parent, self.label.name) if parent else (self.label.name,)
        return " / ".join(map(name_key, names)), "/".join(map(compact_key, names))

    @property
    def block(self) -> tuple[str, str, str]:
        """The table, or the tables of one title, in which a report lists each indicator once."""
        return self.document, self.category, self.table_title

    @property
    def order(self) -> tuple[str, str, int, int]:
        """Where it comes: oldest report first, then as printed."""
        return self.edition, self.document, self.table or 0, self.row or 0


def sex_of_row(name: str, parent: str | None) -> str | None:
    """Return the sex that a sub-row is of; a label without a parent is no sub-row."""
    return read_map("sexes", "phrase", "code").get(fold_label(name)) if parent else None


def part_of(record: IndicatorValue) -> str | None:
    """Return the part of the whole that a value is of: `K`, `M`, `LSS`, `K, 0-12 år`, None for the whole."""
    parts = [sex_of_row(record.indicator, record.parent), (record.measure or "").casefold()]
    parts += [part_code(part) for part in (record.breakdown or "").split(",")]
    return ", ".join(part for part in parts if part and part != WHOLE) or None


def printed_part(record: IndicatorValue) -> str | None:
    """Return the part of the whole as it is printed, sexes by their code: `K`, `åk 6`, `Liknande kommuner`."""
    parts = [sex_of_row(record.indicator, record.parent), record.measure]
    for part in (record.breakdown or "").split(","):
        code = part_code(part)
        parts.append(code if code in SEXES or code is None else part.strip())
    return ", ".join(part for part in parts if part and part != WHOLE) or None


def part_code(part: str) -> str | None:
    """Return the code of a printed part: sexes as in Kolada, other words as printed but for case."""
    folded = fold_label(part)
    code = read_map("sexes", "phrase", "code").get(folded)
    return code or (None if folded in whole_words() else folded.upper() if len(folded) <= 3 else folded)


def whole_words() -> frozenset[str]:
    """Return the words for the whole."""
    return frozenset(row["phrase"] for row in read_rows("breakdowns") if row["dimension"] == "total")


def printed_label(row: IndicatorRow) -> Label:
    """Return a row's label as the corpus shows it."""
    return Label(clean_label(row.indicator), clean_label(row.parent) if row.parent else None)


def row_id(document: str, record: IndicatorValue | IndicatorRow) -> RowId:
    """Return what names a printed row in the corpus."""
    return document, record.table or 0, record.row or 0, clean_label(record.parent or ""), clean_label(record.indicator)


def find_sightings(results: Sequence[DocumentResult], committees: Committees) -> list[Sighting]:
    """Return every row of every report with its sub-rows, oldest report first."""
    found = (sighting for result in results for sighting in document_sightings(result, committees))
    return sorted(found, key=lambda sighting: sighting.order)


def document_sightings(result: DocumentResult, committees: Committees) -> Iterator[Sighting]:
    """Return a report's rows; a row that has no figures is known by its label alone."""
    known: dict[tuple[int | None, str], Sighting] = {}
    document = result.source.document
    records = records_by_row(document, result.records_of(IndicatorValue))
    rows = merged_rows(document, result)
    headings = table_headings(rows)
    for row in rows:
        of_row = records.get(row_id(document, row), [])
        sex = sex_of_row(row.indicator, row.parent)
        label = Label(clean_label(row.parent)) if sex and row.parent else printed_label(row)
        if label.parent and label.parent == headings.get(row.table):
            label = Label(label.name)
        place = (row.table, fold_label(label.full))
        sighting = known.get(place) if sex else None
        if sighting is None:
            facts = facts_of(of_row[0], result.facts) if of_row else result.facts
            sighting = known[place] = new_sighting(result, row, label, committees, facts)
            yield sighting
        add_row(sighting, document, row, of_row)


def table_headings(rows: Iterable[IndicatorRow]) -> dict[int, str]:
    """Return, by table, the row that all others stand under: it is a heading and says nothing of a single one."""
    parents: dict[int, list[str | None]] = defaultdict(list)
    for row in rows:
        if not sex_of_row(row.indicator, row.parent):
            parents[row.table].append(printed_label(row).parent)
    return {
        table: below[0]
        for table, (_, *below) in parents.items()
        if len(below) >= FEWEST_BELOW and below[0] and set(below) == {below[0]}
    }


def merged_rows(document: str, result: DocumentResult) -> list[IndicatorRow]:
    """Return the printed rows, and one for each record that none of them explains."""
    rows = {row_id(document, row): row for row in result.indicator_rows}
    for record in result.records_of(IndicatorValue):
        rows.setdefault(row_id(document, record), row_of_record(record))
    return list(rows.values())


def row_of_record(record: IndicatorValue) -> IndicatorRow:
    """Return a record's row."""
    return IndicatorRow(
        category=record.category,
        table=record.table or 0,
        table_title=record.table_title or "",
        indicator=record.indicator,
        row=record.row or 0,
        goal_area=record.goal_area,
        committee_goal=record.committee_goal,
        parent=record.parent,
        page=record.page,
    )


def records_by_row(document: str, records: Iterable[IndicatorValue]) -> Mapping[RowId, list[IndicatorValue]]:
    """Return the values of each row."""
    found: dict[RowId, list[IndicatorValue]] = defaultdict(list)
    for record in records:
        found[row_id(document, record)].append(record)
    return found


def new_sighting(
    result: DocumentResult, row: IndicatorRow, label: Label, committees: Committees, facts: ReportFacts
) -> Sighting:
    """Return a sighting that has no figures yet."""
    return Sighting(
        document=result.source.document,
        edition=edition_of(result.facts),
        committee=committees.committee_of(facts),
        label=label,
        category=row.category,
        table=row.table,
        row=row.row,
        table_title=row.table_title,
        municipality=result.facts.municipality,
        committee_name=facts.committee,
        committee_goal=row.committee_goal,
        goal_area=row.goal_area,
    )


def add_row(sighting: Sighting, document: str, row: IndicatorRow, records: Sequence[IndicatorValue]) -> None:
    """Add a row's label and figures."""
    sighting.rows[row_id(document, row)] = printed_label(row)
    sighting.markers.update(row.markers)
    for record in records:
        sighting.records.append(record)
        sighting.markers.update(record.footnotes)
        sighting.units += [record.unit] if record.unit and record.measure is None else []
        if record.period and (record.value is not None or record.direction):
            place = (part_of(record), record.kind, record.period)
            sighting.figures.setdefault(place, (record.value, record.upper, record.direction))


def most_common(values: Iterable[str | None]) -> str | None:
    """Return the most frequent value that is one; of equals, the first in the alphabet."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default=None)
