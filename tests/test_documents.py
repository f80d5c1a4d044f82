import io
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from typeset import read, typeset

from extract.marked.read import decode
from extract.source import decode_text, document_id, identify
from schema.problem import UnreadableDocument

PDF_OWNER_LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<41><41>]/Size 5>>\nstartxref\n0\n%%EOF\n"
)
PDF_WITHOUT_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n"
)


def word_file() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("tom.pdf", b"", "empty"),
        ("blank.txt", b"\n \n", "empty"),
        ("word.pdf", word_file(), "office"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "office"),
        ("zip.txt", b"PK\x03\x04" + bytes(60), "archive"),
        ("program.pdf", b"MZ\x90\x00" + bytes(600), "executable"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(600), "image"),
        ("photo.txt", b"\xff\xd8\xff\xe0" + bytes(600), "image"),
        ("noise.txt", bytes(range(1, 32)) * 40, "binary"),
        ("sidan finns inte.pdf", b"\n<!DOCTYPE html><html><body>404</body></html>", "web_page"),
        ("undefined.txt", b"abc \x81\x8d\x8f " * 9, "undecodable"),
        ("locked.pdf", PDF_OWNER_LOCKED, "encrypted"),
        ("nothing.pdf", PDF_WITHOUT_PAGES, "no_pages"),
        ("broken.pdf", b"%PDF-1.7\ngarbage\n%%EOF\n", "broken"),
    ],
)
def test_what_cannot_be_read_costs_one_plain_line(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument) as caught:
        identify(path, tmp_path)
    assert caught.value.code == code
    assert "\n" not in caught.value.message and len(caught.value.message) > 10


def test_a_pdf_cut_off_in_transfer_is_called_so(tmp_path):
    whole = typeset(tmp_path, "Text").read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(UnreadableDocument) as caught:
        identify(path, tmp_path)
    assert caught.value.code == "truncated"


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("# Mål\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n", "text/markdown"),
        ("Mål\t2019\nAntal\t3\nAndel\t4 %\n", "text/tab-separated-values"),
        ("Löpande text\nutan tabeller\n", "text/plain"),
        ("MZ och BM är inga signaturer i text\n", "text/plain"),
    ],
)
def test_text_is_told_by_its_tables_not_its_name(tmp_path, text, media_type):
    path = tmp_path / "report.pdf"
    path.write_text(text, encoding="utf-8")
    source = identify(path, tmp_path)
    assert source.media_type == media_type
    assert source.path == "report.pdf" and source.size == len(text.encode())


def test_a_pdf_is_a_pdf_whatever_its_name(tmp_path):
    path = typeset(tmp_path, "Text").rename(tmp_path / "rapport.txt")
    assert identify(path, tmp_path).media_type == "application/pdf"


def test_text_in_either_encoding_reads_the_same():
    text = "Nämndmål – åtgärder"
    for encoding, found in (("utf-8-sig", "utf-8"), ("cp1252", "cp1252"), ("utf-16", "utf-16")):
        assert decode_text(text.encode(encoding)) == (text, found)


def test_a_stray_byte_leaves_the_other_letters_of_utf8_whole():
    data = "Nämndmål – åtgärder".encode()
    text, encoding = decode_text(data + b"\xff")
    assert (text, encoding) == ("Nämndmål – åtgärder\ufffd", "utf-8")
    _, [problem] = decode(data + b"\xff")
    assert problem.message.startswith("1 letters")


@pytest.mark.parametrize(
    ("stem", "document"),
    [("003-word", "003-word"), ("Årsrapport Åsunda 2021", "arsrapport-asunda-2021"), ("a_b", "a_b")],
)
def test_ids_come_from_the_stem(stem, document):
    assert document_id(stem) == document


def test_a_stem_without_latin_letters_still_gets_an_id():
    assert document_id("报告") != document_id("报表") and document_id("报告").startswith("document-")


def test_a_picture_of_a_page_is_refused_where_nothing_can_read_it(tmp_path, monkeypatch):
    monkeypatch.setattr("extract.pdf.available_engine", lambda: None, raising=False)
    path = tmp_path / "scan.pdf"
    _page_picture(typeset(tmp_path, "Inskannad text " * 40), path)
    with pytest.raises(UnreadableDocument) as caught:
        read(path)
    assert caught.value.code == "scanned"


def _page_picture(source: Path, target: Path) -> None:
    picture = pdfium.PdfDocument(source)[0].render(scale=1).to_pil()
    picture.save(target, "PDF")
