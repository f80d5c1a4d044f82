"""Assignments (uppdrag) to the committee, from tables and from lists of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from extract.records.columns import Layout
from extract.records.rows import Row, join_continued_labels, table_rows
from extract.records.sections import Place, is_sentence
from schema.layout import Block, Item, Table
from schema.lexicon.figures import is_count
from schema.lexicon.labels import ends_sentence
from schema.lexicon.signs.bullets import bold_lead, split_number, without_bullet
from schema.lexicon.text import after_coordination
from schema.lexicon.words import Hit, words
from schema.printed import AssignmentRow, Scope
from schema.vocabulary import read_rows

LEAST_LENGTH = 25
"""Shorter lines in an assignment section are headings or references."""
LONGEST_NUMBER = 3
"""Figures of an assignment's number; no list seen has a thousand."""


@cache
def _scope_words() -> tuple[tuple[str, Scope], ...]:
    return tuple((row["phrase"], row["scope"]) for row in read_rows("scopes"))  # type: ignore[misc]


def scope_of(*texts: str) -> Scope:
    """Return whom assignments are for, by the first of the texts that says it."""
    for text in texts:
        folded = text.casefold()
        for phrase, scope in _scope_words():
            if phrase in folded:
                return scope
    return "committee_specific"


def read_assignment_table(
    table: Table, layout: Layout, place: Place, before: AssignmentRow | None = None
) -> list[AssignmentRow]:
    """Return a table's assignments with number, status and comment, after the one that may go on in it."""
    label = layout.columns[layout.label].label if layout.label is not None else ""
    headings = tuple(reversed(place.headings))
    found: list[AssignmentRow] = [before] if before else []
    above = ""
    for row in join_continued_labels(table_rows(table, layout)):
        if is_count(row.label, most=LONGEST_NUMBER):
            above = row.label
        elif found and (_goes_on(found[-1].text, row.label) or _comments(found[-1], row, layout)):
            found[-1] = _with_rest(found[-1], row, layout)
        elif _without_details(row.label):
            found.append(_table_assignment(row, layout, label, headings, table, above=above))
            above = ""
    return found


def _table_assignment(
    row: Row, layout: Layout, label: str, headings: Sequence[str], table: Table, *, above: str
) -> AssignmentRow:
    """Return a row's assignment; `above` is the number that stands alone in the row above it."""
    number, text = split_number(row.label)
    return AssignmentRow(
        scope=scope_of(label, *headings, text),
        text=text,
        number=row.text(layout.find("number")) or number or above or None,
        status=row.text(layout.find("status", "assessment")),
        comment=row.text(layout.find("comment")),
        page=row.page,
        table=table.number,
        row=row.index,
    )


def _without_details(label: str) -> str:
    """Return a label without what a cell says of its assignment below the text: *Uppdragsår 2025*."""
    detail = words("assignment_words", role="detail").find(label)
    text = label[: detail.start].strip() if detail else label
    return text if any(map(str.isalpha, text)) else ""


def _goes_on(above: str, label: str) -> bool:
    """Whether a row's label goes on with the assignment above: in the middle of a sentence, or with details alone.

    Rows that each open with *att* are a list of assignments.
    """
    text = _without_details(label)
    if not text:
        return bool(label)
    is_listed = words("assignment_words", role="lists").opening(text) is not None
    return text[0].islower() and not ends_sentence(above) and not is_listed


def _comments(above: AssignmentRow, row: Row, layout: Layout) -> bool:
    """Whether a sentence stands where the assignment above has its status: its row goes on with that assignment."""
    beside = row.text(layout.find("status", "assessment"))
    return _is_status(above.status) and beside is not None and ends_sentence(beside) and not _is_status(beside)


def _is_status(text: str | None) -> bool:
    return text is not None and words("progress").opening(text) is not None


def _with_rest(above: AssignmentRow, row: Row, layout: Layout) -> AssignmentRow:
    """Return an assignment with the rest that stands in a row below it; what stands beside is its comment."""
    beside = (row.text(layout.find(role)) for role in ("status", "assessment", "comment"))
    comment = " ".join(text for text in (above.comment, *dict.fromkeys(beside)) if text)
    return replace(above, text=f"{above.text} {row.label}".strip(), comment=comment or None)


def read_assignment_texts(placed: Iterable[tuple[Item, Place]]) -> list[AssignmentRow]:
    """Return the assignments that stand as numbered or bold text, or as a list with a lead, in a section on them."""
    found: list[AssignmentRow] = []
    is_led = False
    placed = list(placed)
    statuses = [item for item, _ in placed if isinstance(item, Block) and words("progress").whole(item.text)]
    for item, place in placed:
        if not isinstance(item, Block) or item.kind not in ("list_item", "furniture", "footnote"):
            is_led = isinstance(item, Block) and _leads(item.text)
        if isinstance(item, Block) and _in_section(item, place):
            if row := _text_assignment(item, place, is_listed=is_led and item.kind == "list_item"):
                found.append(row)
                continue
            if not _is_status(item.text) and (status := _status_beside(item, statuses)):
                found.append(
                    AssignmentRow(scope_of(*reversed(place.headings)), item.text, status=status, page=item.page)
                )
                continue
            text, status, remark = _parted(item.text)
            if found and not text and not (status and found[-1].status):
                found[-1] = replace(found[-1], status=status or found[-1].status, comment=remark or found[-1].comment)
    return found


def _status_beside(block: Block, statuses: Sequence[Block]) -> str | None:
    """Return the status that stands right of a line of text, as in a table that no lines part."""
    own = block.box
    if own is None:
        return None
    for other in statuses:
        box = other.box if other.page == block.page else None
        if box and box.x0 >= own.x1 and own.top < (box.top + box.bottom) / 2 < own.bottom:
            return other.text.strip()
    return None


def _leads(text: str) -> bool:
    """Whether a line says that assignments follow: *Fullmäktige har gett nämnden i uppdrag att:*."""
    return text.rstrip().endswith(":") and words("assignment_words", role="section").find(text) is not None


def _parted(text: str) -> tuple[str, str | None, str | None]:
    """Return an assignment's text, how far it has come and what is remarked on it: *… Status: Pågår Kommentar: …*."""
    text, remark = _parted_at(text, words("remarks").hits(text), bool)
    text, status = _parted_at(text, words("assignment_words", role="status").hits(text), _is_status)
    status, _, told = (status or "").partition(". ")
    return text, status or None, remark or told.strip() or None


def _parted_at(text: str, hits: Iterable[Hit], fits: Callable[[str], bool]) -> tuple[str, str | None]:
    """Return a text up to the first word before a colon, and what stands after it, where that fits."""
    for hit in hits:
        rest = text[hit.end :].lstrip(" *")
        if rest.startswith(":") and fits(rest[1:].strip(" *")):
            return text[: hit.start].strip(" *"), rest[1:].strip(" *")
    return text, None


def _in_section(block: Block, place: Place) -> bool:
    """Whether the block is text under a heading on assignments that are given, not on the committee's duties."""
    in_bold = block.kind == "heading" and (is_sentence(block) or block.text.rstrip().endswith("."))
    is_text = block.kind in ("paragraph", "list_item") or in_bold
    return is_text and any(_names_assignments(heading) for heading in place.headings)


def _names_assignments(heading: str) -> bool:
    """Headings name assignments by that word, or by whom they are given to (*Nämndspecifika*)."""
    if words("assignment_words", role="section").find(heading):
        return words("assignment_words", role="duties").whole(heading) is None
    return len(heading.split()) == 1 and any(phrase in heading.casefold() for phrase, _ in _scope_words())


def _text_assignment(block: Block, place: Place, *, is_listed: bool) -> AssignmentRow | None:
    text, comment = without_bullet(block.text.strip()) if is_listed else block.text.strip(), None
    bold = bold_lead(text)
    if bold and _announced(bold[0]) is None:
        text, comment = bold[0].strip(), bold[1].strip() or None
    elif bold:
        text = f"{bold[0].strip()} {bold[1].strip()}"
    text, status, remark = _parted(text)
    announced = _announced(text)
    named = words("assignment_words", role="numbered").opening(text)
    number, rest = split_number(text[named.end :].strip() if named else text)
    text = announced or (rest if number else text)
    sentence, stop, said = text.rpartition(". ")
    if number and stop and not status and words("progress").whole(said.strip(" .")):
        text, status = f"{sentence}.", said
    gives = status or words("assignment_words", role="gives").find(text)
    is_given = announced or is_listed or (gives and (number or _names_receiver(text)))
    if len(text) < LEAST_LENGTH or not is_given:
        return None
    headings = tuple(reversed(place.headings))
    return AssignmentRow(scope_of(*headings, text), text, number, status, comment or remark, page=block.page)


def _announced(text: str) -> str | None:
    """Return what follows *Uppdrag:* at a text's beginning, None where the text begins otherwise."""
    named = words("assignment_words", role="numbered").opening(text)
    rest = text[named.end :].lstrip() if named else ""
    return rest[1:].strip() if rest.startswith(":") else None


def _names_receiver(text: str) -> bool:
    """A sentence that gives an assignment opens with the committee that gets it; bare *Nämnden* reports on one."""
    receivers = words("assignment_words", role="subject")
    return bool(receivers.opening(text) or receivers.opening(after_coordination(text)))
