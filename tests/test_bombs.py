"""Small files that would grow without end: each ends within seconds, with a reason."""

import io
import time
import zipfile
import zlib
from functools import partial
from pathlib import Path

import pytest

from namndata.pipeline import process_document
from namndata.run.archive import Entry, hash_and_size
from namndata.run.batch import run_batch
from namndata.run.cache import Cache

WORD = next((Path(__file__).parent.parent / "corpus").glob("*.docx"))
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F 10 Tf 50 700 Td (Antal besok 1 204) Tj ET\n"
NAMES = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SECONDS = 60
"""A busy machine is no fault of the code: each takes under ten seconds on an idle one."""


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a PDF of objects; HERE in the trailer is where its cross references begin."""
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, own = len(objects) + 1, trailer.replace(b"HERE", b"%d" % len(data))
    data_end = b"xref\n0 %d\n0000000000 65535 f \n%strailer <</Size %d /Root 1 0 R %s>>\n" % (size, table, size, own)
    return data + data_end + b"startxref\n%d\n%%%%EOF\n" % len(data)


def page_of(content: bytes, *, trailer: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    stream = b"<</Length %d /Filter /FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    return pdf(CATALOG, ONE_PAGE, PAGE, stream, FONT, trailer=trailer)


def deep_tree(depth: int) -> bytes:
    inner = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(2, depth + 2)]
    return pdf(CATALOG, *inner, b"<</Type/Page/MediaBox[0 0 595 842]>>")


def word(body: bytes, before: bytes = b"") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(WORD) as whole, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for part in whole.namelist():
            document = b"%s<w:document %s><w:body>%s</w:body></w:document>" % (before, NAMES, body)
            package.writestr(part, document if part == "word/document.xml" else whole.read(part))
    return packed.getvalue()


def laughs() -> bytes:
    entities = b"".join(b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 10) for name in range(98, 110))
    return word(b"<w:p><w:r><w:t>&m;</w:t></w:r></w:p>", b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + entities + b"]>")


BOMBS = {
    "deep_tree.pdf": (partial(deep_tree, 3000), {"broken_page", "broken", "no_text"}),
    "endless_tree.pdf": (
        lambda: pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000>>"),
        {"huge_file", "broken_page", "no_pages"},
    ),
    "endless_xref.pdf": (lambda: page_of(TEXT, trailer=b"/Prev HERE"), {"", "broken"}),
    "drawn.pdf": (lambda: page_of(TEXT + b"9 9 3 3 re f\n" * 400_000), {"huge_page"}),
    "nested.docx": (lambda: word(b"<w:tbl><w:tr><w:tc>" * 5000 + b"</w:tc></w:tr></w:tbl>" * 5000), {"broken"}),
    "line.txt": (lambda: b"Antal 12 345 " * 400_000, {"huge_line"}),
    "cells.tsv": (lambda: b"Antal\t2023\nelever\t4\n" + b"12\t" * 1_000_000, {"huge_line"}),
    "laughs.docx": (laughs, {"broken"}),
}


def read(folder: Path, name: str, content: bytes):
    path = folder / name
    path.write_bytes(content)
    entry = Entry(path.stem, path, name, *hash_and_size(path))
    [outcome] = run_batch(partial(process_document, cache=Cache(None)), [entry], jobs=1, time_limit=SECONDS)
    return outcome


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_time_with_a_reason(name, tmp_path):
    make, codes = BOMBS[name]
    content, started = make(), time.monotonic()
    result = read(tmp_path, name, content).value
    assert time.monotonic() - started < SECONDS
    assert result is not None and result.status in ("partial", "failed")
    stopped = {problem.code for problem in result.problems} if result.status == "failed" else {""}
    assert stopped & codes
    assert all(problem.message and "\n" not in problem.message for problem in result.problems)
