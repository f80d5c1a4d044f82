"""What a file is, by its content; what cannot be read is refused in one plain line."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

import pypdfium2 as pdfium

from schema.layout import MediaType, Source
from schema.problem import UnreadableDocument

SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office", "an old Word or Excel file; save it as PDF"),
    (b"MZ", "executable", "a program, not a report; remove it from the folder"),
    (b"\x7fELF", "executable", "a program, not a report; remove it from the folder"),
    (b"\x89PNG", "image", "a picture; save the report as PDF with text"),
    (b"\xff\xd8\xff", "image", "a picture; save the report as PDF with text"),
    (b"GIF8", "image", "a picture; save the report as PDF with text"),
    (b"II*\x00", "image", "a picture; save the report as PDF with text"),
    (b"MM\x00*", "image", "a picture; save the report as PDF with text"),
    (b"BM", "image", "a picture; save the report as PDF with text"),
    (b"{\\rtf", "office", "a rich text file; save it as PDF"),
    (b"\x1f\x8b", "archive", "a compressed archive; unpack it first"),
    (b"7z\xbc\xaf", "archive", "a compressed archive; unpack it first"),
    (b"Rar!", "archive", "a compressed archive; unpack it first"),
)
ZIP_CONTENTS: tuple[tuple[bytes, str, str], ...] = (
    (b"word/", "office", "a Word file; save it as PDF"),
    (b"xl/", "office", "an Excel file; save it as PDF"),
    (b"ppt/", "office", "a PowerPoint file; save it as PDF"),
    (b"opendocument", "office", "an OpenDocument file; save it as PDF"),
)
WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
PDF_HEADER_WITHIN = 1024
"""Readers accept a PDF whose header stands this many bytes into the file."""
CONTROL_SHARE = 0.01
"""Text holds hardly any control characters; binary files hold far more than this share."""
LOST = "\ufffd"
"""Stands for bytes that are no text."""
STRAY_SHARE = 0.2
"""Letters beyond ASCII are nearly all lost where Windows text is read as UTF-8, and hardly any in damaged UTF-8."""
TABLE_LINES = 3
"""Lines with tabs or pipes that make a text file one with tables."""


def identify(path: Path, root: Path) -> Source:
    """Say what a file is and give it its id; raise UnreadableDocument where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        remedy = "check where its link leads" if path.is_symlink() else "check its permissions"
        reason = error.strerror or "unknown reason"
        raise UnreadableDocument("unreadable", f"cannot be opened ({reason}); {remedy}") from error
    return Source(
        document=document_id(path.stem),
        path=path.relative_to(root).as_posix(),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=_media_type(data),
        size=len(data),
    )


def document_id(stem: str) -> str:
    """A stable id of lower-case letters, digits, `-` and `_`, made from a file's stem."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9_-]+", "-", plain.lower()).strip("-")
    return slug or "document-" + hashlib.sha256(stem.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def decode_text(data: bytes) -> tuple[str, str]:
    """The text of a file and its encoding: UTF-8, UTF-16 with its mark or, failing those, Windows' Western one.

    A few stray bytes do not make UTF-8 another encoding: they become the replacement character.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decode(data, "utf-16"), "utf-16"
    text = data.decode("utf-8-sig", errors="replace")
    lost = text.count(LOST)
    if not lost or lost <= STRAY_SHARE * sum(ord(character) >= 128 for character in text):
        return text, "utf-8"
    return _decode(data, "cp1252"), "cp1252"


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = "is neither UTF-8 nor Windows text; save it as UTF-8 text or PDF"
        raise UnreadableDocument("undecodable", message) from error


def _media_type(data: bytes) -> MediaType:
    """The kind of file, by its first bytes and then by its text."""
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableDocument("empty", "is empty; fetch or export the report again")
    if b"%PDF-" in data[:PDF_HEADER_WITHIN]:
        _check_pdf(data)
        return "application/pdf"
    _refuse_known(data)
    text, _ = decode_text(data)
    controls = sum(ord(ch) < 32 and ch not in "\t\n\r\f\v" for ch in text)
    if controls > CONTROL_SHARE * len(text):
        raise UnreadableDocument("binary", "is no text and no PDF; export the report as PDF")
    return _text_type(text)


def _refuse_known(data: bytes) -> None:
    """Raise for kinds of file that people mistake for reports."""
    if WEB_PAGE.match(data):
        raise UnreadableDocument("web_page", "is a web page, perhaps of an error or a login; fetch the report itself")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        for mark, code, what in ZIP_CONTENTS:
            if mark in data:
                raise UnreadableDocument(code, f"is {what}")
        raise UnreadableDocument("archive", "is a zip archive; unpack it first")
    for mark, code, what in SIGNATURES:
        if data.startswith(mark) and not _is_prose(data, mark):
            raise UnreadableDocument(code, f"is {what}")


def _is_prose(data: bytes, mark: bytes) -> bool:
    """Whether a short signature such as BM or MZ merely begins a text."""
    return len(mark) == 2 and mark.isalpha() and b"\x00" not in data[:512]


def _text_type(text: str) -> MediaType:
    """Markdown where pipes make tables, tab-separated where tabs do, else plain text."""
    lines = text.splitlines()
    pipes = sum(line.lstrip().startswith("|") and line.count("|") >= 3 for line in lines)
    tabs = sum(len(line.strip().split("\t")) > 1 for line in lines)
    if pipes >= TABLE_LINES and pipes >= tabs:
        return "text/markdown"
    return "text/tab-separated-values" if tabs >= TABLE_LINES else "text/plain"


def _check_pdf(data: bytes) -> None:
    """Open a PDF just far enough to know that it has pages that can be read."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _pdf_refusal(data, error) from error
    try:
        if len(document) == 0:
            raise UnreadableDocument("no_pages", "is a PDF without pages; export the report again")
    finally:
        document.close()


def _pdf_refusal(data: bytes, error: pdfium.PdfiumError) -> UnreadableDocument:
    """Why a PDF does not open, and what to do about it."""
    text = str(error).lower()
    if "password" in text or "security" in text:
        return UnreadableDocument("encrypted", "needs a password; save a copy without password protection")
    if b"%%EOF" not in data[-2048:]:
        return UnreadableDocument("truncated", "is a PDF that was cut off; fetch the file again")
    if b"/Count 0" in data:
        return UnreadableDocument("no_pages", "is a PDF without pages; export the report again")
    return UnreadableDocument("broken", "is a damaged PDF; fetch or export the file again")
