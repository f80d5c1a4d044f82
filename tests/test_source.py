import io
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from typeset import read, typeset

from extract.marked.decoding import decode, decode_text
from extract.readers import read_file
from extract.source import kind_of
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


def zip_of(*names: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<w/>")
        if mimetype:
            archive.writestr("mimetype", mimetype)
    return buffer.getvalue()


def old_office_file(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(60)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("tom.pdf", b"", "empty"),
        ("blank.txt", b"\n \n", "empty"),
        ("excel.pdf", zip_of("xl/workbook.xml"), "office"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "office"),
        ("zip.txt", b"PK\x03\x04" + bytes(60), "broken"),
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
        read_file(path)
    assert caught.value.code == code
    assert "\n" not in caught.value.message and len(caught.value.message) > 10


def test_a_pdf_cut_off_in_transfer_is_called_so(tmp_path):
    whole = typeset(tmp_path, "Text").read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(UnreadableDocument) as caught:
        read_file(path)
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
    assert kind_of(path).media_type == media_type


def test_a_pdf_is_a_pdf_whatever_its_name(tmp_path):
    path = typeset(tmp_path, "Text").rename(tmp_path / "rapport.txt")
    assert kind_of(path).media_type == "application/pdf"


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


OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"


@pytest.mark.parametrize(
    ("data", "media_type", "said"),
    [
        (b"<!DOCTYPE html><html><body>404</body></html>", "text/html", "a web page"),
        (b"<?xml version='1.0'?>\n<!-- saved -->\n<html xmlns='x'>", "text/html", "a web page"),
        ("<html>Nämnd".encode("utf-16"), "text/html", "a web page"),
        (b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>", "multipart/related", "web page"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "application/xml", "an XML file"),
        (zip_of("[Content_Types].xml", "xl/workbook.xml"), f"{OOXML}.spreadsheetml.sheet", "an Excel file"),
        (zip_of("ppt/presentation.xml"), f"{OOXML}.presentationml.presentation", "a PowerPoint file"),
        (zip_of("content.xml", mimetype=f"{ODF}.text"), f"{ODF}.text", "an OpenDocument text"),
        (zip_of("content.xml", mimetype=f"{ODF}.spreadsheet"), f"{ODF}.spreadsheet", "an OpenDocument spreadsheet"),
        (zip_of("xl/workbook.xml")[:30] + b"xl/", f"{OOXML}.spreadsheetml.sheet", "an Excel file"),
        (zip_of("budget.pdf"), "application/zip", "a zip archive"),
        (zip_of("[Content_Types].xml", "word/document.xml")[:60], "application/zip", "a damaged Office file"),
        (old_office_file("WordDocument"), "application/msword", "an old Word file"),
        (old_office_file("Workbook"), "application/vnd.ms-excel", "an old Excel file"),
        (old_office_file("EncryptedPackage"), "application/x-ole-storage", "a password"),
        (b"{\\rtf1 Budget}", "application/rtf", "a rich text file"),
        (b"\xff\xd8\xff\xe0" + bytes(600), "image/jpeg", "a picture"),
        (bytes(range(1, 32)) * 40, "application/octet-stream", "no text"),
        (b"", "application/x-empty", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_nothing_reads_is_refused_by_its_true_name(tmp_path, data, media_type, said):
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    assert kind_of(path).media_type == media_type
    with pytest.raises(UnreadableDocument) as caught:
        read_file(path)
    assert said in caught.value.message


def test_a_picture_of_a_page_is_refused_where_nothing_can_read_it(tmp_path, monkeypatch):
    monkeypatch.setattr("extract.scan.read.available_engine", lambda: None)
    path = tmp_path / "scan.pdf"
    _page_picture(typeset(tmp_path, "Inskannad text " * 40), path)
    with pytest.raises(UnreadableDocument) as caught:
        read(path)
    assert caught.value.code == "scanned"


def _page_picture(source: Path, target: Path) -> None:
    picture = pdfium.PdfDocument(source)[0].render(scale=1).to_pil()
    picture.save(target, "PDF")
