"""Corrections are followed: each changes the records that it means, or says why it means none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from namndata.corrections.change import Refused, attribute_of, changed
from namndata.corrections.desk import Desk, Followed, open_desk
from namndata.corrections.finish import finished
from namndata.corrections.lines import Correction
from namndata.corrections.places import Printed, fitting, parts_of
from schema.result import DocumentResult

OF_ONE_VALUE = ("value", "period", "status")
"""Fields in which the values of one cell differ: which of them is meant must be said."""
MOST_SHOWN = 5
"""Cells of the same row that a message names."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """All documents as people corrected them."""

    results: tuple[DocumentResult, ...]
    followed: tuple[Followed, ...] = ()


def correct_results(results: Sequence[DocumentResult], corrections: Iterable[Correction]) -> Corrected:
    """Return the results as the corrections of them say they should be; pure, and without reading anything."""
    known = known_by({result.source.document: result.source.path for result in results})
    lines: dict[str, list[Correction]] = {}
    for line in corrections:
        document = known.get(named_by(line))
        if document is not None:
            lines.setdefault(document, []).append(line)
    done = [correct_result(result, lines.get(result.source.document, ())) for result in results]
    return Corrected(tuple(result for result, _ in done), tuple(one for _, each in done for one in each))


def unplaced(paths: Mapping[str, str], corrections: Iterable[Correction]) -> tuple[Followed, ...]:
    """Return the corrections of documents that a corpus does not hold; `paths` are those of its documents."""
    known = known_by(paths)
    return tuple(
        Followed(
            line,
            "unplaced",
            message=f"{line.place}: the corpus holds no document {line.document!r}; correct its id, or delete the line",
        )
        for line in corrections
        if named_by(line) not in known
    )


def known_by(paths: Mapping[str, str]) -> dict[str, str]:
    """Return the documents by their ids and by their paths."""
    return {name: document for document, path in paths.items() for name in (path, document)}


def named_by(line: Correction) -> str:
    """Return what a correction calls its document."""
    return line.document.replace("\\", "/")


def correct_result(
    result: DocumentResult, corrections: Sequence[Correction]
) -> tuple[DocumentResult, tuple[Followed, ...]]:
    """Return one document's result as the corrections say it should be, and what became of each of them."""
    if not corrections:
        return result, ()
    desk = open_desk(result)
    for correction in corrections:
        follow(desk, correction)
    return finished(desk), tuple(desk.followed)


def follow(desk: Desk, correction: Correction) -> None:
    """Change the records that a correction means, or note why it means none."""
    found = fitting(correction, desk.printed)
    parts = parts_of(found, correction.reach)
    several = len(found) > 1 and correction.reach == "cell" and correction.field in OF_ONE_VALUE
    if not found:
        unfollowed(desk, correction, "unplaced", f"nothing fits it; {nearest(desk, correction)}")
    elif (parts > 1 or several) and not correction.is_for_many:
        ids = ", ".join(one.value_id for one in found)
        unfollowed(desk, correction, "ambiguous", f"{len(found)} values fit it; say in a column value_id which: {ids}")
    else:
        change_each(
            desk, correction, found, found if correction.reach == "cell" else whole_parts(desk, correction, found)
        )


def whole_parts(desk: Desk, correction: Correction, found: Sequence[Printed]) -> list[Printed]:
    """Return all records of the rows or tables that some are of; a goal beside an indicator has a label of its own."""
    meant = {(one.table, one.part(correction.reach)) for one in found}
    return [one for one in desk.printed if (one.table, one.part(correction.reach)) in meant]


def change_each(desk: Desk, correction: Correction, found: Sequence[Printed], reached: Sequence[Printed]) -> None:
    """Change all records that a correction reaches, or none of them where one cannot take it."""
    legend = desk.result.legend
    try:
        new = [changed(desk.records[one.position], correction.field, correction.value, legend) for one in reached]
    except Refused as reason:
        return unfollowed(desk, correction, "refused", str(reason), found[0])
    for one, record in zip(reached, new, strict=True):
        before = desk.as_read[one.position]
        name = attribute_of(before, correction.field)
        read = getattr(before, name) if name else None
        desk.followed.append(Followed(correction, "applied", desk.result.source.document, one, read))
        desk.records[one.position] = record.model_copy(update={"reviewed": True})
    if correction.field == "label":
        rename_parents(desk, reached, correction.value)
    seen = {one.position for one in found} if correction.reach == "cell" else set()
    desk.settled |= seen
    if correction.removes:
        desk.removed |= seen
    else:
        desk.removed -= seen


def rename_parents(desk: Desk, reached: Sequence[Printed], label: str) -> None:
    """Let the rows below a row whose label was corrected stand under its new one."""
    tables = {(one.table, one.cell[0], one.label) for one in reached if one.cell[0] is not None}
    for one in desk.printed:
        parent = getattr(desk.records[one.position], "parent", None)
        if parent and (one.table, one.cell[0], parent) in tables:
            desk.records[one.position] = desk.records[one.position].model_copy(update={"parent": label})


def unfollowed(desk: Desk, correction: Correction, outcome: str, why: str, printed: Printed | None = None) -> None:
    """Keep why a correction was not followed."""
    said = Followed(correction, outcome, desk.result.source.document, printed, None, f"{correction.place}: {why}")
    desk.followed.append(said)


def nearest(desk: Desk, correction: Correction) -> str:
    """Return what a correction may have meant: the cells of its row, else what to look at."""
    row = replace(correction, column_label="", raw="", value_id="")
    cells = dict.fromkeys(f"{one.raw} ({one.column_label})" for one in fitting(row, desk.printed))
    if not cells or not correction.label:
        return "compare document, page and label with the corpus, and correct or delete the line"
    shown = "; ".join(list(cells)[:MOST_SHOWN])
    return f"the row prints {shown}: correct the line, or delete it"
