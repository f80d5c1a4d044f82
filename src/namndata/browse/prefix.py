"""Words that are searched for in a table may be the beginnings of longer ones, as on the first page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from namndata.browse.guard import App, Receive, Scope, Send

SEARCH = "_search"
"""Datasette's name for the words of a table's search."""
WORD = re.compile(r"\w+")


def with_prefixes(app: App) -> App:
    """Return an application that takes the words of a search as beginnings."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        query: bytes = scope.get("query_string") or b""
        if SEARCH.encode() in query:
            asked = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
            asked = [(name, as_beginnings(value) if name == SEARCH else value) for name, value in asked]
            kept = [(name, value) for name, value in asked if value or name != SEARCH]
            scope = {**scope, "query_string": urlencode(kept).encode("latin-1")}
        await app(scope, receive, send)

    return answer


def as_beginnings(words: str) -> str:
    """Return words as SQLite's full-text search takes beginnings; in small letters they are none of its own words."""
    return " ".join(f"{word}*" for word in WORD.findall(words.casefold()))
