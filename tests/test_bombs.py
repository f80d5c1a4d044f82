"""Small files that would grow without end: each ends within seconds, with a reason."""

import io
import os
import time
import zipfile
import zlib
from functools import partial
from pathlib import Path

import pytest

from extract import bounded
from extract import pdf as composing
from extract.scan import read as scanning
from namndata.language.translate import in_swedish
from namndata.pipeline import process_document
from namndata.run.archive import Entry, hash_and_size
from namndata.run.batch import run_batch
from namndata.run.build import Options, Watcher, build_corpus
from namndata.run.cache import Cache
from namndata.run.kept import without_page

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


def drawing(resources: bytes, content: bytes, *objects: bytes, text: bytes = TEXT) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%s>>/Contents 4 0 R>>" % resources
    return pdf(CATALOG, ONE_PAGE, page, stream(b"", text + content), FONT, *objects)


def stream(entries: bytes, content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    packed = zlib.compress(content)
    return b"<<%s/Length %d/Filter[%s]>>stream\n%s\nendstream" % (entries, len(packed), filters, packed)


def doubled(times: int, last: bytes = b"0 0 5 5 re f") -> bytes:
    """A drawing that is drawn twice by another, and that by another, or one that draws itself."""
    own = b"/Font<</F 5 0 R>>/XObject<</X %d 0 R>>"
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s>>"
    numbers = [min(number + 1, 5 + times) for number in range(6, 6 + times)]
    inner = [stream(entries % (own % number), b"/X Do /X Do") for number in numbers[:-1]]
    return drawing(own % 6, b"/X Do", *inner, stream(entries % (own % numbers[-1]), last))


def packed_twice(megabytes: int) -> bytes:
    packer = zlib.compressobj()
    packed = b"".join([packer.compress(bytes(2**20)) for _ in range(megabytes)]) + packer.flush()
    return pdf(CATALOG, ONE_PAGE, PAGE, stream(b"", packed, b"/FlateDecode/FlateDecode"), FONT)


def pictures(side: int, placed: bytes, text: bytes = TEXT) -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray" % (side, side)
    return drawing(
        b"/Font<</F 5 0 R>>/XObject<</X 6 0 R>>", placed, stream(entries, bytes(side * side // 8)), text=text
    )


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


def says_less() -> bytes:
    """A part that unpacks to 400 MB and says that it holds a thousand bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 400_000_000)
        package.getinfo("word/document.xml").file_size = 1000
    return packed.getvalue()


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
    "doubled.pdf": (partial(doubled, 40), {"huge_page"}),
    "draws_itself.pdf": (partial(doubled, 1, b"BT /F 9 Tf 9 9 Td (a) Tj ET /X Do /X Do"), {"huge_page", ""}),
    "packed_twice.pdf": (lambda: packed_twice(3000), {"huge_page", "no_text"}),
    "small_pictures.pdf": (lambda: pictures(8000, b"q 9 0 0 9 50 50 cm /X Do Q " * 300), {""}),
    "huge_picture.pdf": (lambda: pictures(30_000, b"q 500 0 0 700 50 50 cm /X Do Q"), {"huge_page", "no_text"}),
    "says_less.docx": (says_less, {"broken"}),
    "unpacks.docx": (lambda: word(b" " * 100_000_000), {"huge_file"}),
}


def read(folder: Path, name: str, content: bytes):
    path = folder / name
    path.write_bytes(content)
    entry = Entry(path.stem, path, name, *hash_and_size(path))
    [outcome] = run_batch(
        partial(process_document, cache=Cache(None)), [entry], jobs=1, time_limit=SECONDS, spare=without_page
    )
    return outcome


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_time_with_a_reason(name, tmp_path, monkeypatch):
    monkeypatch.setattr(bounded, "SECONDS_A_PAGE", 2.0)
    make, codes = BOMBS[name]
    content, started = make(), time.monotonic()
    outcome = read(tmp_path, name, content)
    result = outcome.value
    assert time.monotonic() - started < SECONDS
    if result is None:
        assert outcome.code in codes and outcome.code != "timeout"
        assert "was ended: its content unfolds" in outcome.failure and in_swedish(outcome.failure) != outcome.failure
        return
    assert result.status in ("partial", "failed")
    stopped = {problem.code for problem in result.problems} if result.status == "failed" else {""}
    assert stopped & codes
    assert all(problem.message and "\n" not in problem.message for problem in result.problems)


def among_pages(bomb: bytes) -> bytes:
    """The only page of a PDF between two plain ones."""
    parts = [part.partition(b" obj\n")[2].removesuffix(b"\nendobj\n") for part in objects_of(bomb)]
    parts[1] = b"<</Type/Pages/Kids[%d 0 R 3 0 R %d 0 R]/Count 3>>" % (len(parts) + 1, len(parts) + 1)
    plain = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents %d 0 R>>"
    return pdf(*parts, plain % (len(parts) + 2), stream(b"", TEXT))


def objects_of(data: bytes) -> list[bytes]:
    places = [int(line[:10]) for line in data[data.rindex(b"\nxref\n") :].splitlines() if line.endswith(b" 00000 n ")]
    ends = [*places[1:], data.rindex(b"xref\n", 0, data.rindex(b"startxref"))]
    return [data[start:end] for start, end in zip(places, ends, strict=True)]


PAGES = {
    "drawn": lambda: page_of(TEXT + b"9 9 3 3 re f\n" * 1_000_000),
    "doubled": partial(doubled, 40),
    "packed twice": lambda: packed_twice(3000),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_bomb_costs_its_page_and_the_others_are_read(name, tmp_path, monkeypatch):
    monkeypatch.setattr(bounded, "SECONDS_A_PAGE", 2.0)
    result = read(tmp_path, "report.pdf", among_pages(PAGES[name]())).value
    assert (result.status, result.number_of_pages) == ("partial", 3)
    assert [(p.code, p.page) for p in result.problems if p.severity == "error"] == [("huge_page", 2)]
    assert [page.numbers for page in result.ledger if page.page != 2] == [2, 2]


def test_a_page_is_left_out_of_the_step_that_it_brings_down(tmp_path, monkeypatch):
    def end_at_second(parse, words, **options):
        return os._exit(bounded.TOO_LARGE) if parse.page.number == 2 else []

    monkeypatch.setattr(composing, "find_tables", end_at_second)
    result = read(tmp_path, "report.pdf", among_pages(page_of(TEXT))).value
    assert [(p.code, p.page) for p in result.problems if p.severity == "error"] == [("huge_page", 2)]
    assert [page.numbers for page in result.ledger] == [2, 2, 2], "its words stay running text"


def test_a_picture_of_a_page_that_brings_its_worker_down_costs_that_page(tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "read_scan", lambda document, index: os._exit(bounded.TOO_LARGE))
    monkeypatch.setattr(scanning, "available_engine", lambda: "any")
    scan = pictures(800, b"q 500 0 0 700 50 50 cm /X Do Q", text=b"")
    result = read(tmp_path, "report.pdf", among_pages(scan)).value
    assert [(p.code, p.page) for p in result.problems if p.stage == "read"] == [("huge_page", 2)]
    alone = read(tmp_path, "scan.pdf", scan).value
    assert [(p.code, p.page) for p in alone.problems] == [("huge_page", 1)]


def test_a_document_of_many_bombs_fails_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(composing, "find_tables", lambda parse, words, **options: os._exit(bounded.TOO_LONG))
    plain = stream(b"", TEXT)
    pages = b"<</Type/Pages/Kids[%s]/Count 9>>" % (b"3 0 R " * 9)
    outcome = read(tmp_path, "report.pdf", pdf(CATALOG, pages, PAGE, plain, FONT))
    assert outcome.value is None and outcome.code == "huge_page"


def test_what_was_read_without_a_page_is_kept_and_read_again_with_another_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(bounded, "SECONDS_A_PAGE", 0.5)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "report.pdf").write_bytes(among_pages(doubled(40)))
    again = [
        len(build_corpus(tmp_path / "in", tmp_path / "out", Options(jobs=1, time_limit=limit), Watcher()).read)
        for limit in (60.0, 60.0, 61.0)
    ]
    assert again == [1, 0, 1]


def test_nothing_is_ended_outside_a_worker(monkeypatch):
    monkeypatch.setattr(bounded, "SECONDS_A_PAGE", -1.0)
    with bounded.bounded():
        time.sleep(3 * bounded.EVERY)
