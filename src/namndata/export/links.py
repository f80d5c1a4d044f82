"""Where a report can be looked at: where it was fetched, else its file, at the page that a value was read from."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PDF = "application/pdf"
WEB = ("http://", "https://")
"""What a link may begin with: an address of another kind could do more than show a report."""
LONGEST = 2000
"""Longer addresses are no links in Excel (its limit is 2080 characters)."""

LAST_ASCII = 127
"""Letters beyond stay as they are: Excel does not undo their escapes in names of files."""


@dataclass(frozen=True, slots=True)
class Links:
    """The reports' addresses by document."""

    addresses: Mapping[str, str]
    with_pages: frozenset[str]
    """Documents whose address can name a page."""

    def of(self, document: object, page: object) -> str | None:
        """Return the address of a report, at a page where its format has pages."""
        address = self.addresses.get(str(document))
        return f"{address}#page={page}" if address and page and document in self.with_pages else address


def links_of(db: sqlite3.Connection, reports: Path | None, out: Path) -> Links:
    """Return the links of all documents; `reports` is the folder of their files, `out` where the links will stand."""
    addresses, with_pages = {}, set()
    for document, path, media_type, url in db.execute("select document, path, media_type, source_url from documents"):
        address = web_address(url) or (reports and file_address(reports / path, out))
        if address and len(address) <= LONGEST:
            addresses[document] = address
        if media_type == PDF:
            with_pages.add(document)
    return Links(addresses, frozenset(with_pages))


def web_address(url: str | None) -> str | None:
    """Return an address on the web without its fragment; nothing for any other."""
    return url.split("#")[0] if url and url.lower().startswith(WEB) else None


def file_address(path: Path, out: Path) -> str | None:
    """Return a file's address relative to the folder that the link stands in; nothing where the file is gone."""
    if not path.is_file():
        return None
    relative = Path(os.path.relpath(path.resolve(), out.resolve())).as_posix()
    return "".join(letter if ord(letter) > LAST_ASCII else quote(letter) for letter in relative)
