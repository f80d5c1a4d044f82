"""A field as SQLite holds it."""

from __future__ import annotations

import json
from typing import Any

Row = dict[str, Any]
"""A row of a table by column."""


def table_id_of(document: str | None, table: int | None) -> str | None:
    """Return the id of a document's table."""
    return None if table is None or document is None else f"{document}:t{table}"


def as_column(value: Any) -> Any:
    """Return a field as a column holds it: yes and no as 1 and 0, a list as JSON that a Swede can read."""
    if value is None or type(value) is str:  # nearly all
        return value
    if isinstance(value, bool):
        return int(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (tuple, list)) else value
