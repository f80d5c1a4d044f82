"""What a file is, by its content: its media type, and in plain words what it is where nothing reads it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extract.marked.decoding import decode_text
from schema.problem import UnreadableDocument

PDF = "application/pdf"
MARKDOWN, TABS, PLAIN = "text/markdown", "text/tab-separated-values", "text/plain"
_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
WORD = f"{_OOXML}.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is. One without a reader is refused as what it is, in these words."""

    media_type: str
    what: str = ""
    remedy: str = ""
    code: str = "office"

    def refusal(self) -> UnreadableDocument:
        """Why such a file cannot be read, and what to try."""
        return UnreadableDocument(self.code, f"is {self.what}; {self.remedy}")


AS_PDF = "save it as PDF"
PICTURE = "save the report as PDF with text"
UNPACK = "unpack it first"
NO_REPORT = "remove it from the folder"
EMPTY = Kind("application/x-empty", "empty", "fetch or export the report again", "empty")
UNDECODABLE = Kind(
    "application/octet-stream", "neither UTF-8 nor Windows text", "save it as UTF-8 text or PDF", "undecodable"
)
BINARY = Kind("application/octet-stream", "no text and no PDF", "export the report as PDF", "binary")
WEB_PAGE = Kind("text/html", "a web page, perhaps of an error or a login", "fetch the report itself", "web_page")
WEB_ARCHIVE = Kind("multipart/related", "a saved web page", "fetch the report itself", "web_page")
XML = Kind("application/xml", "an XML file", "export the report as PDF")
ZIP = Kind("application/zip", "a zip archive", UNPACK, "archive")
TORN_ZIP = Kind("application/zip", "a damaged Office file or archive", "fetch or export the report again", "broken")
OLE = Kind("application/x-ole-storage", "an old Word or Excel file", AS_PDF)

SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"MZ", Kind("application/vnd.microsoft.portable-executable", "a program, not a report", NO_REPORT, "executable")),
    (b"\x7fELF", Kind("application/x-executable", "a program, not a report", NO_REPORT, "executable")),
    (b"\x89PNG", Kind("image/png", "a picture", PICTURE, "image")),
    (b"\xff\xd8\xff", Kind("image/jpeg", "a picture", PICTURE, "image")),
    (b"GIF8", Kind("image/gif", "a picture", PICTURE, "image")),
    (b"II*\x00", Kind("image/tiff", "a picture", PICTURE, "image")),
    (b"MM\x00*", Kind("image/tiff", "a picture", PICTURE, "image")),
    (b"BM", Kind("image/bmp", "a picture", PICTURE, "image")),
    (b"{\\rtf", Kind("application/rtf", "a rich text file", AS_PDF)),
    (b"%!PS", Kind("application/postscript", "a PostScript file", AS_PDF)),
    (b"\x1f\x8b", Kind("application/gzip", "a compressed archive", UNPACK, "archive")),
    (b"7z\xbc\xaf", Kind("application/x-7z-compressed", "a compressed archive", UNPACK, "archive")),
    (b"Rar!", Kind("application/vnd.rar", "a compressed archive", UNPACK, "archive")),
)
"""What the first bytes say."""
ZIPPED: tuple[tuple[str, Kind], ...] = (
    ("word/document.xml", Kind(WORD, "a Word file", AS_PDF)),
    ("word/", Kind(WORD, "a Word file", AS_PDF)),
    ("xl/", Kind(f"{_OOXML}.spreadsheetml.sheet", "an Excel file", AS_PDF)),
    ("ppt/", Kind(f"{_OOXML}.presentationml.presentation", "a PowerPoint file", AS_PDF)),
    (f"{_ODF}.text", Kind(f"{_ODF}.text", "an OpenDocument text", AS_PDF)),
    (f"{_ODF}.spreadsheet", Kind(f"{_ODF}.spreadsheet", "an OpenDocument spreadsheet", AS_PDF)),
    (f"{_ODF}.presentation", Kind(f"{_ODF}.presentation", "an OpenDocument presentation", AS_PDF)),
    ("application/epub+zip", Kind("application/epub+zip", "an e-book", AS_PDF)),
    ("Index/Document.iwa", Kind("application/vnd.apple.pages", "a Pages file", AS_PDF)),
)
"""What the names in a zip archive say, or the media type that it states."""
STORED: tuple[tuple[str, Kind], ...] = (
    (
        "EncryptedPackage",
        Kind("application/x-ole-storage", "an Office file with a password", "save it without", "encrypted"),
    ),
    ("WordDocument", Kind("application/msword", "an old Word file", "save it as .docx or PDF")),
    ("Workbook", Kind("application/vnd.ms-excel", "an old Excel file", AS_PDF)),
    ("Book", Kind("application/vnd.ms-excel", "an old Excel file", AS_PDF)),
    ("PowerPoint Document", Kind("application/vnd.ms-powerpoint", "an old PowerPoint file", AS_PDF)),
    ("__substg1.0_", Kind("application/vnd.ms-outlook", "an Outlook message", "save its attachment")),
)
"""What the names of the streams in an old Office file say."""
REFUSED_SUFFIXES = frozenset(
    (".doc", ".docm", ".dotx", ".odt", ".rtf", ".pages")
    + (".ppt", ".pptx", ".odp", ".xls", ".xlsx", ".xlsm", ".ods")
    + (".htm", ".html", ".mht", ".mhtml")
)
"""Reports in a form that is not read: each is named in the summary as failed, never passed over in silence."""

OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
HEAD = 1024
"""Bytes within which a file says what it is; readers accept a PDF whose header stands so far into it."""
CONTROL_SHARE = 0.01
"""Text holds hardly any control characters; binary files hold far more than this share."""
TABLE_LINES = 3
"""Lines with tabs or pipes that make a text file one with tables."""

_WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE | re.DOTALL
)
_WEB_ARCHIVE = re.compile(r"^mime-version:.*multipart/related", re.IGNORECASE | re.DOTALL | re.MULTILINE)


def kind_of(path: Path) -> Kind:
    """Say what a file is; raise UnreadableDocument where it cannot be opened."""
    data = _bytes_of(path)
    head = data[:HEAD]
    if not data.strip(b"\x00 \t\r\n"):
        return EMPTY
    if b"%PDF-" in head:
        return Kind(PDF)
    if head.startswith(ZIP_STARTS):
        return _named(_names_in_zip(path, data), ZIPPED) or (ZIP if zipfile.is_zipfile(path) else TORN_ZIP)
    if head.startswith(OLE_START):
        names = (name for name, _ in STORED if name.encode("utf-16-le") in data)
        return _named(names, STORED) or OLE
    return _signed(head) or _kind_of_text(data)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        remedy = "check where its link leads" if path.is_symlink() else "check its permissions"
        reason = error.strerror or "unknown reason"
        raise UnreadableDocument("unreadable", f"cannot be opened ({reason}); {remedy}") from error


def _signed(head: bytes) -> Kind | None:
    """What the first bytes say, but for a short signature such as BM or MZ that merely begins a text."""
    for mark, kind in SIGNATURES:
        begins_text = len(mark) == 2 and mark.isalpha() and b"\x00" not in head[:512]
        if head.startswith(mark) and not begins_text:
            return kind
    return None


def _names_in_zip(path: Path, data: bytes) -> Iterable[str]:
    """The names in a zip archive and the type that it states; of a damaged one, the names that its bytes still show."""
    try:
        with zipfile.ZipFile(path) as archive:
            return [*archive.namelist(), *_stated_type(archive)]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return [name for name, _ in ZIPPED if name.encode() in data]


def _stated_type(archive: zipfile.ZipFile) -> list[str]:
    if "mimetype" not in archive.namelist() or archive.getinfo("mimetype").file_size > HEAD:
        return []
    return [archive.read("mimetype").decode("ascii", "replace").strip()]


def _named(names: Iterable[str], known: Iterable[tuple[str, Kind]]) -> Kind | None:
    """The first known kind whose name one of the names begins with."""
    found = list(names)
    return next((kind for mark, kind in known if any(name.startswith(mark) for name in found)), None)


def _kind_of_text(data: bytes) -> Kind:
    """Web pages and XML by how they begin; Markdown by tables of pipes, tab-separated text by tabs, else plain text."""
    try:
        text, _ = decode_text(data)
    except UnreadableDocument:
        return UNDECODABLE
    if _WEB_PAGE.match(text[:HEAD]):
        return WEB_PAGE
    if _WEB_ARCHIVE.search(text[:HEAD]):
        return WEB_ARCHIVE
    if text.startswith("<?xml"):
        return XML
    controls = sum(ord(ch) < 32 and ch not in "\t\n\r\f\v" for ch in text)
    if controls > CONTROL_SHARE * len(text):
        return BINARY
    lines = text.splitlines()
    pipes = sum(line.lstrip().startswith("|") and line.count("|") >= 3 for line in lines)
    tabs = sum(len(line.strip().split("\t")) > 1 for line in lines)
    if pipes >= TABLE_LINES and pipes >= tabs:
        return Kind(MARKDOWN)
    return Kind(TABS if tabs >= TABLE_LINES else PLAIN)
