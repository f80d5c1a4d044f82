"""The rows of the table `corrections`: each line, each record that it changed, and what was read there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from namndata.corrections.desk import Followed
from namndata.store.fields import Row, table_id_of


def correction_rows(followed: Iterable[Followed]) -> Iterator[Row]:
    """Return the rows in the order of the documents."""
    for one in followed:
        line, printed = one.correction, one.printed
        yield {
            "document": one.document,
            "page": int(line.page) if line.page else None,
            "label": line.label or None,
            "column_label": line.column_label or None,
            "raw": line.raw or None,
            "field": line.field,
            "value": line.value or None,
            "value_read": None if one.read is None else str(one.read),
            "outcome": one.outcome,
            "message": one.message or None,
            "record": printed.table if printed else None,
            "value_id": printed.value_id if printed else None,
            "table_id": table_id_of(one.document, printed.cell[0]) if printed else None,
            "row": printed.cell[1] if printed else None,
            "col": printed.cell[2] if printed else None,
            "decided_by": line.decided_by or None,
            "decided_on": line.decided_on or None,
            "note": line.note or None,
            "line": line.place,
        }
