"""Opens a Word file, within limits: what unpacks to more is refused before it is read."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError

from schema.problem import UnreadableDocument

MOST_BYTES = 500_000_000
"""Unpacked, pictures included: reports with many photographs unpack to some 100 MB."""
MOST_TEXT = 100_000_000
"""Unpacked size of one part of text: a report of 500 pages has 10 MB, and a parsed part takes ten times its size."""
PIECE = 2**20
"""Bytes that are unpacked at a time."""
MOST_PARTS = 20_000
"""Parts of a package; a report has some hundred."""
STRICT = b"purl.oclc.org/ooxml"
"""Names the strict form of the format, which python-docx does not read."""

DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, PackageNotFoundError, SyntaxError),
    *(
        AttributeError,
        EOFError,
        IndexError,
        KeyError,
        NotImplementedError,
        OSError,
        RuntimeError,
        TypeError,
        ValueError,
    ),
)
"""What opening a damaged package may raise."""


def open_document(path: Path) -> Document:
    """Open a Word file; raise UnreadableDocument where it is damaged, or larger than any report."""
    try:
        check_size(path)
        return docx.Document(str(path))
    except DAMAGES as error:
        raise why_not_opened(path) from error


def check_size(path: Path) -> None:
    """Raise UnreadableDocument where a package says that it unpacks to more than a report can hold."""
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
    texts = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
    too_large = sum(part.file_size for part in parts) > MOST_BYTES or max(texts, default=0) > MOST_TEXT
    if too_large or len(parts) > MOST_PARTS:
        message = "unpacks to more than any report holds; open it in Word and save it as PDF"
        raise UnreadableDocument("huge_file", message)
    with zipfile.ZipFile(path) as package:
        for part in package.infolist():
            check_part(package, part)


def check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack a part piece by piece, as far as it says that it goes: one that goes on is damaged, and fills nothing."""
    if part.flag_bits & 1:
        return
    with package.open(part) as stream:
        while stream.read(PIECE):
            pass


def why_not_opened(path: Path) -> UnreadableDocument:
    """Return why a package that is not too large cannot be opened."""
    try:
        with zipfile.ZipFile(path) as package:
            if any(part.flag_bits & 1 for part in package.infolist()):
                return UnreadableDocument("encrypted", "needs a password; save a copy without password protection")
            if STRICT in package.read("_rels/.rels"):
                return UnreadableDocument(
                    "office", "is a Word file in the strict form; save it as an ordinary .docx or PDF"
                )
    except DAMAGES:
        pass
    return UnreadableDocument("broken", "is a damaged Word file; fetch or export the file again")
